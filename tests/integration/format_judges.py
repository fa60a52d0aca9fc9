"""Judges a report by the specification of its format, where no schema can.

    format_judges.py schema SCHEMA FILE [lines]   by a JSON Schema; `lines`: each line by the schema's `diagnostic`
    format_judges.py controls REPORTS             no format lets a control character through
    format_judges.py sarif REPORTS SITE           GitHub's rules for code scanning, and its line hashes
    format_judges.py github REPORTS               commands as the runner reads them, and nothing else that it would take
    format_judges.py log FILE                     a log in which no line is a command
    format_judges.py rules PROGRAM REPORTS        every built-in rule has a finding
    format_judges.py stable BEFORE AFTER          fingerprints of gitlab and sarif survive lines moving
"""
import gzip
import json
import os
import re
import subprocess
import sys
from urllib.parse import unquote_to_bytes

from format_read import Reports, command, hidden

NAMES = ("text", "pretty", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson")


def schema(path, file, lines=None):
    import jsonschema
    with open(path, encoding="utf-8") as f:
        document = json.load(f)
    if lines:
        document = {"$schema": document["$schema"], "$defs": document["$defs"], "$ref": "#/$defs/diagnostic"}
    validator = jsonschema.validators.validator_for(document)(document)
    with open(file, encoding="utf-8") as f:
        things = [json.loads(line) for line in f] if lines else [json.load(f)]
    for thing in things:
        for error in list(validator.iter_errors(thing))[:5]:
            sys.exit("%s: %s" % ("/".join(map(str, error.absolute_path)), error.message))
    assert things


def controls(folder):
    reports = Reports(folder, folder)
    for name in NAMES + ("colors",):
        text = reports.read(name)
        if name == "colors":
            assert "\x1b[1;31merror[" in text
            text = re.sub(r"\x1b\[(0|1|31|32|1;3[1-6])m", "", text)
        bad = [c for c in text if c != "\n" and hidden(c)]
        assert not bad, "%s: %r" % (name, sorted(set(bad)))
    assert all(map(hidden, "\x1b\x85\u202e\ufeff\u2028\uffff"))


# github/codeql-action, src/fingerprints.ts, as a sum and not as a rolling hash.
def line_hashes(data):
    text = re.sub("[ \t]", "", re.sub("\r\n?", "\n", data.decode("utf-8", "replace")))
    units = text.encode("utf-16-le")
    units = [units[i] | units[i + 1] << 8 for i in range(0, len(units), 2)] + [65535]
    hashes, seen = [], {}
    for i in [0] + [i + 1 for i, unit in enumerate(units) if unit == 10]:
        value = 0
        for unit in (units[i:i + 100] + [0] * 100)[:100]:
            value = (value * 37 + unit) % (1 << 64)
        seen[value] = seen.get(value, 0) + 1
        hashes.append("%x:%d" % (value, seen[value]))
    return hashes


URI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._~!$&'()*+,;=:@\[\]-]|%[0-9A-F]{2})+"
                 r"([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*(#[^\[\]<>\s]*)?$")


def check_rule(rule):
    assert rule["shortDescription"]["text"] and len(rule["shortDescription"]["text"].encode()) <= 1024
    assert rule["fullDescription"]["text"] and len(rule["fullDescription"]["text"].encode()) <= 1024
    assert rule["help"]["text"] and rule["id"] in rule["help"]["markdown"] and rule["name"]
    assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert len(rule["properties"]["tags"]) <= 20 and rule["properties"]["precision"] == "high"
    assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
    assert "helpUri" not in rule or URI.match(rule["helpUri"]), rule["helpUri"]


def check_place(place, site):
    uri = place["artifactLocation"]["uri"]
    assert re.fullmatch(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) and not uri.startswith(("/", "./", "../")), uri
    path = os.path.join(os.fsencode(site), unquote_to_bytes(uri))
    assert os.path.lexists(path), uri
    data = open(path, "rb").read() if os.path.exists(path) else b""
    region = place["region"]
    assert set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
    lines = re.split(rb"\r\n|\r|\n", data[3:] if data.startswith(b"\xef\xbb\xbf") else data)
    for end in ("start", "end"):
        line, column = region[end + "Line"], region[end + "Column"]
        assert 1 <= line <= len(lines), region
        assert 1 <= column <= len(lines[line - 1].decode("utf-8", "surrogateescape")) + 1, (uri, region)
    assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    return path, data


def sarif(folder, site):
    text = Reports(folder, site).read("sarif")
    log = json.loads(text)
    assert len(gzip.compress(text.encode())) <= 10 << 20 and len(log["runs"]) == 1
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules)) and len(rules) <= 25000 and len(run["results"]) <= 25000
    assert run["columnKind"] == "unicodeCodePoints" and "originalUriBaseIds" not in run
    assert re.fullmatch(r"\d+\.\d+\.\d+", run["tool"]["driver"]["semanticVersion"])
    for rule in run["tool"]["driver"]["rules"]:
        check_rule(rule)
    hashes, own = {}, set()
    for result in run["results"]:
        assert result["ruleId"] in rules and result["message"]["text"] and len(result["locations"]) == 1
        assert not re.search(r"(?<!\\)\[[^\]]*\]\(", result["message"]["text"]), result["message"]
        place = result["locations"][0]["physicalLocation"]
        path, data = check_place(place, site)
        if path not in hashes:
            hashes[path] = line_hashes(data)
        prints = result["partialFingerprints"]
        wanted = hashes[path][place["region"]["startLine"] - 1]
        if os.path.exists(path):
            assert prints["primaryLocationLineHash"] == wanted, (path, place, prints, wanted)
        assert prints["newslint/v1"] not in own
        own.add(prints["newslint/v1"])
        ids = [related["id"] for related in result.get("relatedLocations", ())]
        assert len(ids) == len(set(ids)) <= 1000
        for related in result.get("relatedLocations", ()):
            check_place(related["physicalLocation"], site)
    print("%d results, %d lines hashed" % (len(run["results"]), sum(map(len, hashes.values()))))


def is_command(line):
    """What actions/runner (ActionCommand.cs) and microsoft/azure-pipelines-agent (Command.cs) take for one."""
    return line.lstrip().startswith("::") or re.search(r"##[A-Za-z.]*\[", line)


def escape(text, more):
    """actions/toolkit, packages/core/src/command.ts, escapeData and escapeProperty."""
    for plain, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")) + more:
        text = text.replace(plain, escaped)
    return text


def github(folder):
    lines = Reports(folder, folder).lines("github")
    for line in lines:
        name, properties, data = command(line)
        again = "::%s %s::%s" % (name, ",".join("%s=%s" % (key, escape(value, ((":", "%3A"), (",", "%2C"))))
                                                for key, value in properties.items()), escape(data, ()))
        assert again == line, (again, line)
        assert name in ("error", "warning", "notice") and properties["file"] and properties["title"]
        assert ("col" in properties) == ("endColumn" in properties)
        assert "col" not in properties or properties["line"] == properties["endLine"]
    print("%d commands" % len(lines))


def log(file):
    with open(file, encoding="utf-8", newline="\n") as f:
        lines = f.read().rstrip("\n").split("\n")
    taken = [line for line in lines if is_command(line)]
    assert len(lines) > 100 and not taken, taken[:5]


def rules(program, folder):
    found = {d["rule"] for d in map(json.loads, Reports(folder, folder).lines("jsonl"))}
    missing = set()
    for name in os.listdir("rules"):
        listing = subprocess.run([program, "rules", "--rules", name[:-len(".yaml")]], stdout=subprocess.PIPE, check=True)
        missing |= {line.split()[0] for line in listing.stdout.decode().split("\n") if line and line[0] != " "} - found
    # These need a file of 64 MiB, and a fix that goes wrong.
    assert missing == {"newslint/too-large", "newslint/not-fixed"}, missing


def stable(before, after):
    def prints(folder):
        reports = Reports(folder, folder)
        issues = json.loads(reports.read("gitlab"))
        results = [r["partialFingerprints"] for r in json.loads(reports.read("sarif"))["runs"][0]["results"]]
        return ({i["fingerprint"] for i in issues}, {r["newslint/v1"] for r in results},
                {r["primaryLocationLineHash"] for r in results}, {i["location"]["lines"]["begin"] for i in issues},
                len(issues))
    old, new = prints(before), prints(after)
    assert old[4] == new[4] == len(old[0]) == len(old[1]) > 3, (old, new)
    assert old[:3] == new[:3] and not old[3] & new[3], (old, new)


globals()[sys.argv[1]](*sys.argv[2:])
