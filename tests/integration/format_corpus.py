"""Makes the site that every output format is tested with: an article for each bad example of the built-in rules, and
articles, file names and a rule file that attack terminals, logs, XML, JSON and URIs.

    format_corpus.py FOLDER
"""
import os
import sys

import yaml

OUT = os.fsencode(sys.argv[1])
RULES = "rules"
BODY_SETS = ("headings", "markdownlint")

# What could act on a terminal, a log, or a format; each stands in a value, a key, a heading and a file name.
ATTACKS = [
    b"\x1b[31mred\x1b[0m", b"\x1b]8;;http://x.example\x07link\x1b]8;;\x07", b"::error file=x::y", b"##[error]z",
    b"##vso[task.complete]done", b"]]><x>&amp;", b"\"'\\`", b"%0A%25 100%", b"a: b, c; d=e", b"[text](http://x.example)",
    b"bell\x07\x08back", b"\xe2\x80\xaeright\xe2\x80\xac", b"zero\xe2\x80\x8bwidth", b"nel\xc2\x85ls\xe2\x80\xa8ps\xe2\x80\xa9",
    b"c1\xc2\x9b31m", b"surrogate\xed\xa0\x80\xed\xb0\x80", b"bad\xff\xfe\xc3", b"nonchar\xef\xbf\xbf\xef\xb7\x90",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb \xf0\x9f\x87\xba\xf0\x9f\x87\xa6 e\xcc\x81 \xe4\xb8\xad\xe6\x96\x87",
    b"nul\x00nul", b"tab\ttab", b"-", b"caf\xc3\x83\xc2\xa9",
]

NAMES = [
    b"line\nend", b"car\rriage", b"tab\tname", b"quote\"s'", b"100%25", b"colon:comma,", b"::error::name", b"]]>&<b>",
    b"\x1b[31mred", b"bytes\xff\xc3", b" blanks ", b"-dash", b"##[error]name", b"C:\\windows\\x", b"bidi\xe2\x80\xaename",
    b"c1\xc2\x9bname", b"ls\xe2\x80\xa8name", b"a#b?c", b"\\x1B literal", b"\xe4\xb8\xad\xe6\x96\x87 \xf0\x9f\x98\x80",
    b"del\x7f", b"sur\xed\xa0\x80", b"nonchar\xef\xbf\xbf",
]

HOUSE = r"""
newslint: 1
name: house
extends: [encoding, front-matter, headings]
fields:
  title: {type: string, length: {max: 200}}
  mood: {required: true, enum: [GOOD, BAD]}
  id: {unique: {level: info}}
  slug: {pattern: '^[a-z-]*$'}
  n: {range: {min: 1, max: 5}}
  when: {timestamp: {zone: required, level: warning}}
  link: {url: {schemes: [https]}}
  tags: {type: list, items: {max: 2, unique: true, sorted: true}, each: {enum: [a, b]}}
  summary: {truncated: warning}
  lang: {required: {level: info}}
  updated: {type: timestamp}
unknown-fields: warning
rules:
  order: {check: key-order, order: [title, mood, id], level: info}
  name: {check: filename, pattern: '{slug}.md', level: info}
  later: {assert: updated >= when, level: warning, message: "updated {updated} lies before {when}"}
  words: {check: text, forbid: ['foo', 'two\s+lines'], level: warning}
  spelling: {check: text, replace: {colour: color}, level: warning}
  links: {check: links}
  images: {check: images}
  outline: {check: heading-outline, headings: [Start, End], level: info}
  long: {check: body, max: 2000}
  gaps: {check: heading-blank-lines, level: info}
  slow: {check: text, forbid: ['(?:(?:a|aa)+)+$'], level: warning}
  evil:
    check: text
    forbid: [evil]
    message: "ESC::error::]]> `{found}` %0A [a](b)"
    help: "ESC::warning::help ##[error] ]]> <b>\n&amp; two lines"
    url: "https://x.example/ESC?a=b&c=]]>"
""".replace("ESC", "\\e[31m")

BODIES = {
    "multi.md": "---\ntitle: \"a\n  b\"\nmood: \"neither\n  good\n\n  nor bad\"\nlang: en\n---\n\n## Start\n\nSome two\nlines and evil.\n",
    "related.md": "---\nmood: GOOD\nid: one\nwhen: 2025-02-02 02:02:02+0000\nupdated: 2024-01-01T00:00:00Z\nlang: en\n---\n## Start\n## Start\n",
    "twin.md": "---\nmood: GOOD\nid: one\nlang: en\n---\n## Start\n",
    "lists.md": "---\nmood: good\ntags: [b, a, b, c]\nn: 9\nslug: \"It's\"\nlink: http://x y/\nsummary: It goes on…\n---\n## Start\n",
    "body.md": "---\nmood: BAD\nlang: en\n---\n## Start\n### Deep.\n##### Deeper\n\n**Bold**\n\n[x]() ![](a.png) [y](#none) foo colour foo\n",
    "duplicate.md": "---\nmood: BAD\nlang: en\nmood: GOOD\nmodd: x\n---\n## Start\n",
    "unclosed.md": "---\nmood: [GOOD\n",
    "open.md": "---\nmood: GOOD",
    "empty.md": "",
    "none.md": "No front matter.",
    "toml.md": "+++\ntitle = 1\n+++\ntext\n",
    "json.md": "{\n\"mood\": \"GOO\\u0044X\", \"title\": \"\\u001b[31m\"\n}\n\n## Start\n",
    "suppressed.md": "---\nmood: x # newslint-disable-line enum\nlang: en # newslint-disable-line enum\n---\n## Start\n",
    "long.md": "---\nmood: GOOD\nlang: en\ntitle: \"" + "中文 mot " * 500 + "cafÃ© " + "😀 x" * 900 + "\"\n---\n## Start\n",
    "tabs.md": "---\nmood: GOOD\nlang: en\n---\n## Start\n\na\tfoo\t\tfoo\n\n-\tfoo 中foo\te\u0301foo 👩‍💻foo 🇺🇦foo\n",
    "slow.md": "---\nmood: GOOD\nlang: en\n---\n## Start\n\n" + "a" * 4000 + "b\n",
    "clean.md": "---\ntitle: A\nmood: GOOD\nid: none\nlang: en\n---\n\n## Start\n",
}


def write(folder, name, data):
    folder = os.path.join(OUT, os.fsencode(folder))
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, os.fsencode(name)), "wb") as file:
        file.write(data)


def text_of(example, body):
    if isinstance(example, dict) and "bytes" in example:
        return example["bytes"].encode("latin-1")
    if isinstance(example, dict):
        return example["article"].encode()
    text = str(example)
    if not body and not text.startswith(("---\n", "+++\n")):
        text = "---\n%s%s---\n" % (text, "" if text.endswith("\n") else "\n")
    return text.encode()


def built_in(name):
    write(name, "newslint.yaml", ("newslint: 1\nname: x%s\nextends: [%s]\n" % (name, name)).encode())
    with open(os.path.join(RULES, name + ".yaml"), encoding="utf-8") as file:
        rules = yaml.safe_load(file)
    for field in rules.get("fields", {}).values():
        for check, options in field.items() if isinstance(field, dict) else ():
            if isinstance(options, dict) and "examples" in options:
                sys.exit("%s: %s has examples in the tree of fields, which are not read here" % (name, check))
    for rule, options in rules["rules"].items():
        for i, bad in enumerate(options.get("examples", {}).get("bad", ()) if isinstance(options, dict) else ()):
            for k, text in enumerate(bad if isinstance(bad, list) else [bad]):
                write(name, "%s-%d-%d.md" % (rule.replace("/", "-"), i, k), text_of(text, name in BODY_SETS))


def attacks():
    for i, attack in enumerate(ATTACKS):
        quoted = b"'" + attack.replace(b"'", b"''") + b"'"
        write("house/attack", b"%02d.md" % i,
              b"---\nmood: %s\n%s: 1\nlang: en\n---\n\n## Start\n\n#### %s.\n\nfoo %s foo evil\n"
              % (quoted, quoted, attack, attack))
    for name in NAMES:
        write("house/names", name + b".md", b"---\nmood: GRIM\nid: shared\nlang: en\n---\n\n## Start\n\nevil caf\xc3\x83\xc2\xa9\n")


def spellings():
    article = "---\nmood: \"GRIM 😀\"\ntitle: cafÃ©\nlang: en\n---\n\n## Start\n\n中文 evil\u2028foo\n"
    write("house", "bom.md", b"\xef\xbb\xbf" + article.encode())
    write("house", "crlf.md", article.replace("\n", "\r\n").encode())
    write("house", "cr.md", article.replace("\n", "\r").encode())
    write("house", "latin.md", article.replace("Ã©", "e").encode().replace(b"cafe", b"caf\xe9"))
    write("house", "no-end.md", article.encode().rstrip(b"\n"))


for built in sorted(os.listdir(RULES)):
    built_in(built[:-len(".yaml")])
write("house", "newslint.yaml", HOUSE.encode())
for file_name, article_text in BODIES.items():
    write("house", file_name, article_text.encode())
attacks()
spellings()
os.symlink("nowhere", os.path.join(OUT, b"house", b"dangling.md"))
