"""Reads the reports of one run in every format back: the same findings at the same lines."""
import json
import re
import sys
import xml.etree.ElementTree as tree
from collections import Counter
from urllib.parse import unquote_to_bytes

folder = sys.argv[1]


def read(format):
    with open(f"{folder}/hostile.{format}", encoding="utf-8", newline="\n") as file:
        return file.read()


def lines(format):
    return read(format).rstrip("\n").split("\n")


LEVELS = {"note": "info", "notice": "info", "INFO": "info", "ERROR": "error", "WARNING": "warning",
          "major": "error", "minor": "warning"}


def level(word):
    return LEVELS.get(word, word)


document = json.loads(read("json"))
wanted = Counter((d["level"], d["rule"], d["start"]["line"]) for d in document["diagnostics"])
assert sum(wanted.values()) > 20
places = Counter((d["start"]["line"], d["start"]["column"]) for d in document["diagnostics"])

found = {}
found["jsonl"] = Counter((d["level"], d["rule"], d["start"]["line"])
                         for d in map(json.loads, lines("jsonl")))
gcc = re.compile(r"^(.*?):(\d+):(\d+): (error|warning|note): (.*) \[([^\]]+)\]$")
text = [gcc.match(line) for line in lines("text")]
found["text"] = Counter((level(m[4]), m[6], int(m[2])) for m in text)
assert Counter((int(m[2]), int(m[3])) for m in text) == places
head = re.compile(r"^(error|warning|note)\[([^\]]+)\]:.*\n *--> .*:(\d+):\d+$", re.M)
found["pretty"] = Counter((level(m[1]), m[2], int(m[3])) for m in head.finditer(read("pretty")))

run = json.loads(read("sarif"))["runs"][0]
regions = [r["locations"][0]["physicalLocation"]["region"] for r in run["results"]]
found["sarif"] = Counter((level(r["level"]), r["ruleId"], region["startLine"])
                         for r, region in zip(run["results"], regions))
assert Counter((r["startLine"], r["startColumn"]) for r in regions) == places
assert run["columnKind"] == "unicodeCodePoints"
for result in run["results"]:
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]*", uri), uri
    unquote_to_bytes(uri)

command = re.compile(r"^::(error|warning|notice) title=([^,]*),file=[^,:]*,line=(\d+),endLine=\d+"
                     r"(?:,col=\d+,endColumn=\d+)?::")
commands = [command.match(line) for line in lines("github") if line.startswith("::")]
found["github"] = Counter((level(m[1]), m[2], int(m[3])) for m in commands)
order = [m[1] for m in commands]
assert order == sorted(order, key=["error", "warning", "notice"].index)

issues = json.loads(read("gitlab"))
found["gitlab"] = Counter((level(i["severity"]), i["check_name"], i["location"]["lines"]["begin"])
                          for i in issues)
assert len({i["fingerprint"] for i in issues}) == len(issues)

found["rdjson"] = Counter((level(d["severity"]), d["code"]["value"],
                           d["location"]["range"]["start"]["line"])
                          for d in json.loads(read("rdjson"))["diagnostics"])
found["checkstyle"] = Counter((e.get("severity"), e.get("source"), int(e.get("line")))
                              for e in tree.fromstring(read("checkstyle").encode()).iter("error"))
cases = list(tree.fromstring(read("junit").encode()).iter("testcase"))
failure = re.compile(r"(?s)^.*?:(\d+):\d+: (error|warning|note): ")
found["junit"] = Counter()
for case in cases:
    for f in case.iter("failure"):
        m = failure.match(f.text)
        found["junit"][(level(m[2]), f.get("type"), int(m[1]))] += 1
assert len({(c.get("classname"), c.get("name")) for c in cases}) == len(cases)

for format, counter in found.items():
    assert counter == wanted, (format, counter - wanted, wanted - counter)
