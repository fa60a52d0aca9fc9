"""Reads the reports of one run in every format back: the same findings at the same places with the same words, each in the
unit that the format's specification asks for, and the same fixes. Places are computed anew from the offsets of `json`
and the bytes of the articles.

    format_findings.py REPORTS SITE
"""
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree as tree
from collections import Counter, namedtuple
from urllib.parse import unquote_to_bytes

from format_read import Reports, command, visible

reports = Reports(sys.argv[1], sys.argv[2])
Finding = namedtuple("Finding", "path level rule message start end")
WORDS = {"error": "error", "warning": "warning", "info": "note"}
json_findings = json.loads(reports.read("json"))["diagnostics"]
failed = []


def same(format_name, found, wanted):
    """Compares what a format holds with what it should hold, one tuple a finding."""
    found, wanted = Counter(found), Counter(wanted)
    print("%-10s %d findings" % (format_name, sum(found.values())))
    if found != wanted:
        failed.append(format_name)
        for what, extra in (("only there", found - wanted), ("missing", wanted - found)):
            for item in list(extra)[:5]:
                print("  %s: %r" % (what, item))


def of(path):
    return reports.text(path)


def check_places():
    """json's own lines and columns."""
    for d in json_findings:
        text = of(d["path"])
        for end in ("start", "end"):
            at = d[end]
            wanted = text.line_column(at["offset"], "codepoint")
            if (at["line"], at["column"]) != wanted:
                failed.append("json")
                print("json: %s %s: %r, not %r" % (d["path"], d["rule"], at, wanted))
    order = [(reports.bytes_of(d["path"]), d["start"]["offset"], d["rule"]) for d in json_findings]
    by_file = [path for i, (path, _, _) in enumerate(order) if i == 0 or order[i - 1][0] != path]
    if len(set(by_file)) != len(by_file) or by_file != sorted(by_file) or order != sorted(order):
        failed.append("json")
        print("json: the order is not that of path, start and rule")


def wanted(unit="codepoint"):
    for d in json_findings:
        text = of(d["path"])
        yield d, text.line_column(d["start"]["offset"], unit), text.line_column(d["end"]["offset"], unit)


def last_line(start, end):
    return end[0] - 1 if end[1] == 1 and end[0] > start[0] else end[0]


def jsonl():
    lines = [json.loads(line) for line in reports.lines("jsonl")]
    same("jsonl", map(repr, lines), map(repr, json_findings))


def text():
    gcc = re.compile(r"^(.*?\.md):(\d+):(\d+): (error|warning|note): (.*) \[([^ \]]+)\]$")
    found = [gcc.match(line).groups() for line in reports.lines("text")]
    same("text", found, [(visible(d["path"]), str(s[0]), str(s[1]), WORDS[d["level"]], visible(d["message"]), d["rule"])
                         for d, s, _ in wanted()])


def pretty():
    head = re.compile(r"^(error|warning|note)\[([^\]]+)\]: (.*)\n *--> (.*):(\d+):(\d+)$", re.M)
    same("pretty", head.findall(reports.read("pretty")),
         [(WORDS[d["level"]], d["rule"], visible(d["message"]), visible(d["path"]), str(s[0]), str(s[1]))
          for d, s, _ in wanted()])


def cells(shown):
    """Width of a text without clusters of several code points but combining marks; None where there are others."""
    if re.search("[\u200d\ufe0f\u200c\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\u1100-\u11ff]", shown):
        return None
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


def expand(shown):
    """Tabs to the next multiple of 8 cells."""
    out = ""
    for part in re.split("(\t)", shown):
        out += " " * (8 - cells(out) % 8) if part == "\t" else part
    return out


def carets():
    """Under the source line of a finding on one line stands a caret under each cell of its range, and nowhere else."""
    blocks = re.split(r"\n(?=(?:error|warning|note)\[)", "\n" + reports.read("pretty"))[1:]
    looked = 0
    for block, (d, start, end) in zip(blocks, wanted()):
        if start[0] != end[0] or of(d["path"]).data is None:
            continue
        marked = re.search(r"^ *%d \|(?: (.*))?\n *\| ( *)(\^+)$" % start[0], block, re.M)
        line, at = of(d["path"]).line_at(start[0])
        before, there = (line[:d["start"]["offset"] - at], line[d["start"]["offset"] - at:d["end"]["offset"] - at])
        try:
            before, there = before.decode(), there.decode()
        except UnicodeDecodeError:
            before, there = (part.decode("utf-8", "surrogateescape") for part in (before, there))
        left, whole = (expand_visible(part) for part in (before, before + there))
        if not marked:
            failed.append("pretty")
            print("pretty: no carets at %s:%d:%d" % (d["path"], *start))
        elif marked[1] and "…" not in marked[1].strip("…") and not marked[1].startswith("…") and not marked[1].endswith("…") \
                and left is not None and whole is not None:
            looked += 1
            if (len(marked[2]), len(marked[3])) != (left, max(whole - left, 1)):
                failed.append("pretty")
                print("pretty: carets at %d, %d wide, not %d, %d:\n%s" % (len(marked[2]), len(marked[3]), left,
                                                                       whole - left, block))
    print("carets     %d lines" % looked)
    assert looked > len(json_findings) / 2


def expand_visible(part):
    tabs = [visible(p) for p in part.split("\t")]
    if any(cells(t) is None for t in tabs):
        return None
    return cells(expand("\t".join(tabs)))


def sarif():
    run = json.loads(reports.read("sarif"))["runs"][0]
    found = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        found.append((unquote_to_bytes(place["artifactLocation"]["uri"]), result["level"], result["ruleId"],
                      result["message"]["text"].replace("\\[", "["),
                      (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"]),
                      len(result.get("relatedLocations", ())),
                      tuple((r["deletedRegion"]["startLine"], r["deletedRegion"]["startColumn"], r["deletedRegion"]["endLine"],
                             r["deletedRegion"]["endColumn"], r["insertedContent"]["text"])
                            for fix in result.get("fixes", ()) for r in fix["artifactChanges"][0]["replacements"])))
    same("sarif", found, [(reports.bytes_of(d["path"]), WORDS[d["level"]], d["rule"], d["message"], s, e,
                           len(d.get("related", ())),
                           tuple(of(d["path"]).line_column(edit["start"], "codepoint")
                                 + of(d["path"]).line_column(edit["end"], "codepoint") + (edit["text"],)
                                 for edit in d.get("fix", {}).get("edits", ())))
                          for d, s, e in wanted()])


def property_path(path):
    """In a workflow command line ends of a path stay what they are, other controls are made visible."""
    return "".join(part if part in ("\n", "\r") else visible(part) for part in re.split("([\n\r])", path))


def github():
    found, order = [], []
    for line in reports.lines("github"):
        name, properties, data = command(line)
        order.append(name)
        place = "%s:%s:" % (visible(properties["file"]), properties["line"])
        assert data.startswith(place), data
        found.append((properties["file"], name, properties["title"], data[len(place):].split(": ", 1)[1],
                      int(properties["line"]), int(properties["endLine"]), properties.get("col"), properties.get("endColumn")))
    assert order == sorted(order, key=["error", "warning", "notice"].index)
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    wants = []
    for d, s, e in wanted():
        columns = (str(s[1]), str(e[1])) if s[0] == e[0] else (None, None)
        wants.append((property_path(d["path"]), levels[d["level"]], d["rule"], visible(d["message"]), s[0],
                      last_line(s, e)) + columns)
    same("github", found, wants)


def gitlab():
    severities = {"error": "major", "warning": "minor", "info": "info"}
    same("gitlab", [(i["location"]["path"], i["severity"], i["check_name"], i["description"],
                     i["location"]["lines"]["begin"], i["location"]["lines"]["end"])
                    for i in json.loads(reports.read("gitlab"))],
         [(d["path"], severities[d["level"]], d["rule"], d["rule"] + ": " + d["message"], s[0], last_line(s, e))
          for d, s, e in wanted()])


def junit():
    found = []
    for suite in tree.fromstring(reports.read("junit").encode()).iter("testsuite"):
        cases = suite.findall("testcase")
        failures = [(case, failure) for case in cases for failure in case.findall("failure")]
        assert int(suite.get("tests")) == len(cases) and int(suite.get("failures")) == len(failures)
        assert failures or len(cases) == 1
        for case, failure in failures:
            at = re.match(r"(.*) \((\d+):(\d+)\)(?: #\d+)?$", case.get("name"))
            prefix = "%s:%s:%s: " % (suite.get("name"), at[2], at[3])
            assert case.get("classname") == suite.get("name") and failure.get("type") == at[1]
            assert failure.text.startswith(prefix) and failure.text.endswith(": " + failure.get("message"))
            found.append((suite.get("name"), failure.text[len(prefix):].split(":")[0], at[1], failure.get("message"),
                          int(at[2]), int(at[3])))
    same("junit", found, [(visible(d["path"]), WORDS[d["level"]], d["rule"], visible(d["message"])) + s
                          for d, s, _ in wanted()])


def checkstyle():
    same("checkstyle", [(file.get("name"), e.get("severity"), e.get("source"), e.get("message"), int(e.get("line")),
                         int(e.get("column")))
                        for file in tree.fromstring(reports.read("checkstyle").encode()) for e in file],
         [(visible(d["path"]), d["level"], d["rule"], visible(d["message"])) + s for d, s, _ in wanted()])


def apply(data, edits):
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new.encode() + data[end:]
    return data


def rdjson():
    found, fixes = [], 0
    diagnostics = json.loads(reports.read("rdjson"))["diagnostics"]
    for d in diagnostics:
        r = d["location"]["range"]
        found.append((d["location"]["path"], d["severity"].lower(), d["code"]["value"], d["message"],
                      (r["start"]["line"], r["start"]["column"]), (r["end"]["line"], r["end"]["column"]),
                      len(d.get("relatedLocations", ()))))
    same("rdjson", found, [(d["path"], d["level"], d["rule"], d["message"], s, e, len(d.get("related", ())))
                           for d, s, e in wanted("byte")])
    for d, j in zip(diagnostics, json_findings):
        if "suggestions" not in d:
            assert "fix" not in j or of(j["path"]).data is None or any(e["end"] - e["start"] > 1000 for e in j["fix"]["edits"]), j
            continue
        text = of(j["path"])
        edits = [(text.offset(s["range"]["start"]["line"], s["range"]["start"]["column"]),
                  text.offset(s["range"]["end"]["line"], s["range"]["end"]["column"]), s["text"]) for s in d["suggestions"]]
        fixes += 1
        if apply(text.data, edits) != apply(text.data, [(e["start"], e["end"], e["text"]) for e in j["fix"]["edits"]]):
            failed.append("rdjson")
            print("rdjson: another fix: %r" % d)
    print("rdjson     %d suggestions" % fixes)


check_places()
for reader in (jsonl, text, pretty, carets, sarif, github, gitlab, junit, checkstyle, rdjson):
    reader()
sys.exit("differ: " + ", ".join(sorted(set(failed))) if failed else 0)
