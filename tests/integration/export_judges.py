"""What `newslint export` says of articles, beside what PyYAML (scalars typed by the YAML 1.2 core schema,
section 10.3.2) and cmark say. Reads the JSON lines on standard input; says each difference and fails."""

import json
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

import yaml


class Skip(Exception):
    """What YAML 1.2 does not allow, or PyYAML reads as YAML 1.1 has it."""


class Core(yaml.SafeLoader):
    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=True):
        own = list(node.value)
        self.flatten_mapping(node)
        above = {key.value for key, value in node.value if (key, value) not in own}
        out = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Skip("a key that is no scalar")
            if key.value in out and key.value not in above:
                raise Skip("a key that stands there twice")
            out[key.value] = self.construct_object(value, deep=True)
        return out


def number(loader, node):
    text = node.value.replace("+", "", 1) if node.value[:1] == "+" else node.value
    for prefix, base in (("0o", 8), ("0x", 16)):
        if text.startswith(prefix):
            return int(text[2:], base)
    return int(text)


def real(loader, node):
    text = node.value.lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


T = "tag:yaml.org,2002:"
for tag, pattern, first in (
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", list("tTfF")),
    ("int", r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", list("-+0123456789")),
    ("float", r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
              r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))", list("-+.0123456789")),
    ("merge", r"(?:<<)", ["<"]),
):
    Core.add_implicit_resolver(T + tag, re.compile("^" + pattern + r"\Z"), first)
Core.add_constructor(T + "int", number)
Core.add_constructor(T + "float", real)
Core.add_constructor(T + "timestamp", Core.construct_yaml_str)
Core.add_constructor(T + "map", lambda loader, node: loader.construct_mapping(node))


def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, (int, float)) and isinstance(b, float) and (math.isinf(b) or math.isnan(b)):
        return False
    if isinstance(b, float) and (math.isinf(b) or math.isnan(b)):
        return isinstance(a, str)  # JSON has no number for it
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return a == b or math.isclose(a, b, rel_tol=1e-15)
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return a == b


def lines_of(data):
    return re.split(b"(?<=\n)|(?<=\r)(?!\n)", data)


def judge_front(path, lines, front):
    text = b"".join(lines[front["startLine"]:front["endLine"] - 1])
    if b"\xc2\x85" in text or b":\t" in text:
        return None  # a line end, and no white space, for PyYAML alone
    try:
        wanted = yaml.load(text.decode("utf-8"), Core)
    except (Skip, yaml.reader.ReaderError, UnicodeDecodeError):
        return None  # damaged characters: newslint reads on
    except (yaml.YAMLError, ValueError) as error:
        return "PyYAML refuses it: " + str(error).split("\n")[0]
    if same(front["data"], wanted):
        return None
    for key in wanted if isinstance(wanted, dict) else []:
        if not same(front["data"].get(key), wanted[key]):
            return "%r is %r, PyYAML says %r" % (key, front["data"].get(key), wanted[key])
    return "front matter is %r, PyYAML says %r" % (front["data"], wanted)


def judge_headings(path, lines, article):
    body = b"".join(lines[article["bodyLine"] - 1:])
    if re.search(rb"(?m)^[ >*+-]{0,9}\[[^\]]+\]:", body):
        return None  # behind a link reference definition cmark errs in the line
    said = subprocess.run(["cmark", "-t", "xml", "--sourcepos"], input=body, stdout=subprocess.PIPE,
                          check=True).stdout.decode("utf-8", "replace")
    said = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "?", said)
    root = xml.fromstring(said.replace('<!DOCTYPE document SYSTEM "CommonMark.dtd">', ""))
    name = "{http://commonmark.org/xml/1.0}heading"
    wanted = [(int(h.get("level")), int(h.get("sourcepos").split(":")[0]) + article["bodyLine"] - 1)
              for h in root.iter(name)]
    found = [(h["level"], h["line"]) for h in article["headings"]]
    return None if wanted == found else "headings are %r, cmark says %r" % (found, wanted)


def main():
    bad = count = 0
    for line in sys.stdin.buffer:
        article = json.loads(line)
        path = article["path"]
        with open(path, "rb") as file:
            lines = lines_of(file.read())
        front = article.get("frontMatter")
        faults = [judge_headings(path, lines, article) if article.get("bodyLine") else None]
        if front and front["format"] == "yaml" and not article.get("error"):
            lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
            faults.append(judge_front(path, lines, front))
        for fault in filter(None, faults):
            print("# %s: %s" % (path, fault))
            bad += 1
        count += 1
    print("# %d articles" % count)
    sys.exit(1 if bad or not count else 0)


main()
