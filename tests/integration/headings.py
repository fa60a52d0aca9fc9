"""Laws about headings, over random Markdown, the CommonMark specification's examples (if there) and
the articles that are given: `export` names the headings that cmark sees; what a message quotes is what
stands at its place; a fix changes no heading but as it says, and fixing twice is fixing once.

    headings.py NEWSLINT TMP SPEC [ARTICLE...]

SPEC is the specification's text. RANDOM_DOCUMENTS says how many. Speaks TAP."""

import ctypes
import ctypes.util
import json
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

newslint, tmp, spec, *articles = sys.argv[1:]
cmark = ctypes.CDLL(ctypes.util.find_library("cmark"))
cmark.cmark_parse_document.restype = ctypes.c_void_p
cmark.cmark_parse_document.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]
cmark.cmark_render_xml.restype = ctypes.c_char_p
cmark.cmark_render_xml.argtypes = [ctypes.c_void_p, ctypes.c_int]
FRONT = "---\nt: 1\n---\n"

INLINES = ["a", "B", "rain", "*b*", "**c d**", "`x`", "[l](#a)", "![i](u.png)", "<b>t</b>", "&amp;", "\\#", "é", "日本", "😀",
           "C#", ".", "!", "?", ":", "#", "##", "<!-- c -->", "[r]", "bad", "the the", "a.", "**d.**", "  ", "\\*", "\\", "_", "&copy;.", "、。", "\u00a0"]
PREFIXES = ["", "", "", "", "", " ", "  ", "   ", "    ", "> ", ">", ">  ", "- ", "  ", "1. ", "> - ", "\t", " \t", "-\t"]
LINES = ["", "", "", "", "===", "---", "  ---", "-", "***", "```", "~~~", "<div>", "</div>", "<!--", "-->", "<!-- x -->", "<pre>", "</pre>", "[r]: #a", "[r]: /u 'x'",
         "#", "##", "# ", "##  ", "## ##", "#a", "##a", "##a##", "#a#", "# a#", "#  a  #", "## a ##", "##\ta", "##  a", "| a |", "    ## a", "####### a", "\\## a", "##!", "#1", "## a ## ", "a\\"]


def document(seed):
    r = random.Random(seed)

    def text():
        return r.choice([" ", "", " "]).join(r.choice(INLINES) for _ in range(r.randint(1, 3)))

    out = ""
    for _ in range(r.randint(1, 14)):
        kind = r.random()
        if kind < 0.35:
            line = "#" * r.randint(1, 4) + r.choice([" ", " ", "  ", "", "\t"]) + text() + r.choice(["", "", " #", "  ##", "##"])
        else:
            line = text() if kind < 0.65 else r.choice(LINES)
        out += r.choice(PREFIXES) + line + "\n"
    if r.random() < 0.2:
        out = out[:-1]
    return out.replace("\n", r.choice(["\n", "\n", "\r\n", "\r"]))


def children(node):
    """What a reader sees of it."""
    out = ""
    for child in node:
        name = child.tag.rsplit("}", 1)[1]
        if name in ("text", "code"):
            out += child.text or ""
        elif name in ("softbreak", "linebreak"):
            out += " "
        elif name != "html_inline":
            out += children(child)
    return out


def judge(body):
    """The headings as cmark has them: level, text, line, and its inlines' XML. None: no XML can say it."""
    data = body.encode()
    root = cmark.cmark_parse_document(data, len(data), 0)
    text = cmark.cmark_render_xml(root, 2).decode()
    found = []
    try:
        tree = xml.fromstring(text.replace("<!DOCTYPE document SYSTEM \"CommonMark.dtd\">", ""))
    except xml.ParseError:
        return None
    for node in tree.iter("{http://commonmark.org/xml/1.0}heading"):
        line = int(node.get("sourcepos").split(":")[0])
        inner = "".join(xml.tostring(c, "unicode") for c in node)
        found.append((int(node.get("level")), children(node), line, re.sub(r' sourcepos="[^"]*"', "", inner)))
    return found


number = 0


def result(problems, title):
    global number
    number += 1
    for problem in problems[:20]:
        print("#", problem)
    print(f"{'not ok' if problems else 'ok'} {number} - {title}")


def run(*args):
    done = subprocess.run([newslint, *args], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.stdout.decode()


documents = [document(seed) for seed in range(int(os.environ.get("RANDOM_DOCUMENTS", "1000")))]
if os.path.exists(spec):
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n", open(spec, encoding="utf-8").read(), re.S | re.M)
    documents += [e.replace("→", "\t") for e in examples]
folder = os.path.join(tmp, "files")
os.makedirs(folder)
bodies = {}
for i, body in enumerate(documents):
    bodies[f"{i}.md"] = body
    with open(os.path.join(folder, f"{i}.md"), "w", encoding="utf-8", newline="") as f:
        f.write(FRONT + body)
given = {}
for i, path in enumerate(articles):
    given[f"given-{i}.md"] = open(path, encoding="utf-8", newline="").read()
    with open(os.path.join(folder, f"given-{i}.md"), "w", encoding="utf-8", newline="") as f:
        f.write(given[f"given-{i}.md"])

# ---- export

problems, looked = [], 0
for line in run("export", ".").splitlines():
    article = json.loads(line)
    if article["path"] not in bodies:
        continue
    body = bodies[article["path"]]
    want = judge(body)
    if want is None:
        continue
    looked += 1
    got = [(h["level"], h["text"], h["line"] - 3) for h in article["headings"]]
    cut = [(level, text, at) for level, text, at, _ in want]
    if re.search(r"^[\s>\d.)*+-]*\[[^\]]*\]:", body, re.M):  # lines behind definitions, cmark has wrong
        got, cut = [h[:2] for h in got], [h[:2] for h in cut]
    if got != cut:
        problems.append(f"{article['path']}: {got} is not {cut}: {body!r}")
result(problems, f"export and cmark name the same headings in {looked} documents")

# ---- What a message quotes

RULES = """newslint: 1
name: m
rules:
  increment: {check: heading-increment}
  first: {check: heading-first}
  unique: {check: heading-unique, siblings: false}
  depth: {check: heading-depth, max: 2}
  length: {check: heading-length, min: 3, max: 4}
  punctuation: {check: heading-punctuation}
  emphasis: {check: heading-emphasis}
  outline: {check: heading-outline, headings: ["a"]}
  space: {check: heading-space}
  indent: {check: heading-indent}
  style: {check: heading-style}
  blank: {check: heading-blank-lines}
  word: {check: text, forbid: ['\\bbad\\b', '[.!]']}
  other: {check: text, replace: {rain: snow}}
  twice: {check: text, repeated: true}
  link: {check: links}
"""
with open(os.path.join(tmp, "rules.yaml"), "w", encoding="utf-8") as f:
    f.write(RULES)
problems, looked = [], 0
report = json.loads(run("-c", "../rules.yaml", "--format", "json", "--no-index", "--fail-on", "never", "."))
sources = {name: (FRONT + body).encode() for name, body in bodies.items()}
sources.update({name: text.encode() for name, text in given.items()})
for d in report["diagnostics"]:
    found = sources[d["path"]][d["start"]["offset"]:d["end"]["offset"]].decode()
    quote = re.match(r"(?:heading (?:ends in )?|no heading or anchor for )?`((?:[^`]|`(?=[^`]*`.*should))+?)`", d["message"])
    rule = d["rule"].split("/")[1]
    if rule in ("increment", "first", "depth", "length") and found and not found.strip(" \t\r\n"):
        problems.append(f"{d['path']}: {d['message']}: the range is blank")
    if rule in ("outline", "unique") and re.search(r"[*_\[\]<>&\\`\n\r]", found):
        continue  # the quote is without markup
    if not quote or rule in ("length", "increment", "first") or "is missing" in d["message"]:
        continue
    looked += 1
    if rule == "twice":
        found = found.split()[0] if len(set(found.lower().split())) == 1 else found
    cut = quote[1].endswith("…") and found.startswith(quote[1][:-1])
    if quote[1] != found and not cut and not re.search(r"[*_\[\]<>&\\`\n\r]", found):
        problems.append(f"{d['path']}:{d['start']['line']}: {d['message']}: at its place stands {found!r}")
result(problems, f"{looked} messages quote what stands at their place")

# ---- Fixes


def keys(headings):
    """Hashes that were to close a heading, `## A##`, are of its text until that is mended."""
    out = []
    for level, text, _, inner in headings:
        open_end = re.search(r"[^#\\\\](" + "#" * level + r")</ns0:text>\s*\Z", inner)
        if open_end:
            inner = inner[:open_end.start(1)] + inner[open_end.end(1):]
        inner = re.sub(r">\n *<", "><", re.sub(r"\s+</ns0:text>", "</ns0:text>", inner.strip()))
        out.append((level, re.sub(r"\s*<ns0:text[^>]*></ns0:text>\Z", "", inner)))
    return out


for title, rules in (
    ("spaces", "space: {check: heading-space}"),
    ("indentation", "indent: {check: heading-indent}"),
    ("blank lines", "blank: {check: heading-blank-lines, above: 2, below: [1, 2]}"),
    ("hashes", "style: {check: heading-style, style: atx}"),
    ("closed hashes", "style: {check: heading-style, style: atx-closed}"),
    ("one style", "style: {check: heading-style}"),
    ("all", "space: {check: heading-space}\n  indent: {check: heading-indent}\n  blank: {check: heading-blank-lines}\n  style: {check: heading-style}"),
):
    with open(os.path.join(tmp, "rules.yaml"), "w", encoding="utf-8") as f:
        f.write(f"newslint: 1\nname: m\nrules:\n  {rules}\n")
    for name, body in bodies.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as f:
            f.write(FRONT + body)
    before = json.loads(run("-c", "../rules.yaml", "--format", "json", "--fail-on", "never", "."))["diagnostics"]
    added = {}
    for d in before:
        if "this is no heading" in d["message"] and d.get("fix", {}).get("safety") == "safe":
            added[d["path"]] = added.get(d["path"], 0) + 1
    run("-c", "../rules.yaml", "--fix", "--fail-on", "never", ".")
    problems, changed = [], 0
    texts = {}
    for name, body in bodies.items():
        texts[name] = open(os.path.join(folder, name), encoding="utf-8", newline="").read()
        now = texts[name][len(FRONT):]
        if now == body:
            continue
        changed += 1
        old, new = judge(body), judge(now)
        if old is None or new is None:
            continue
        old, new = keys(old), keys(new)
        rest = iter(new)
        kept = all(any(h == other for other in rest) for h in old)
        if not kept or len(new) < len(old) or (len(new) > len(old) and name not in added):
            problems.append(f"{name}: {old} became {new}: {body!r} -> {now!r}")
    run("-c", "../rules.yaml", "--fix", "--fail-on", "never", ".")
    for name, text in texts.items():
        again = open(os.path.join(folder, name), encoding="utf-8", newline="").read()
        if again != text:
            problems.append(f"{name}: fixed again, {text!r} became {again!r}")
    result(problems, f"fixing {title} keeps the headings of {changed} documents, and is done at once")
