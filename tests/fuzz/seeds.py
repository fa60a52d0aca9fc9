"""Makes the corpora that the fuzz targets begin with, out of the fixtures.

usage: seeds.py FOLDER      writes FOLDER/TARGET/HASH

Articles are the cases of tests/fixtures/checks/*.txt and the sites' files, rule files those of the
tables, the sites and the built-in sets; what broke one target is tried on all. Baselines, ignore
files and globs are few and stand here.
"""
import hashlib
import pathlib
import re
import sys

ARTICLES = ["lint", "fix", "format", "front", "markdown", "suppress", "readers"]
MARK = re.compile(rb"^#### (rules|case|expect|fixed|unsafe|file)\b(.*)\n", re.M)

BASELINES = [
    b"newslint baseline 1\n",
    b"content/a.md\tnews/enum\t1f0c6d3a9b27e854\t2\na.md\tb/length\t0000000000000000\t1\n",
    b"newslint baseline 1\r\na\\x5Cb\\xFF.md\tb/odd\tffffffffffffffff\t1000000000\r\n",
]
IGNORED = [
    b"*.md\n!a.md\n/x/y\n\0content/a.md",
    b"# comment\n\\#a\\ \ndrafts/\n**/b/**\n\0x/drafts/",
    b"\xef\xbb\xbf[a-z]*.m?\r\n!/[!b]/**/c\n\0b/x/c",
]
GLOBS = [
    b"*.md\0content/a.md",
    b"content/{en,uk/{a,b}}/**/*.m[dx]\0content/uk/a/x.md",
    b"/**/[[:alpha:]-_]?\\*\0a/b*",
    b"drafts/\0x/drafts",
]
JSON = [
    b'{"title": "a\\u00e9\\ud83d\\ude00", "tags": [1, -2.5e3, true, null, {}]}\n\nBody\n',
    b'{\r\n  "a": "\\"\\\\\\/\\b", "a": 12345678901234567890\r\n}\r\n',
]
COMMENTS = [
    b"---\ntitle: 7 # newslint-disable-line type\nx: 1\n# newslint-disable-next-line s/*\ny: 2\n---\n"
    b"<!-- newslint-disable bad, odd -- why -->\nbad\xc2\xa0\n<!-- newslint-enable -->\nbad\n"
    b"<!-- newslint-disable-file s/first -->\n",
]


def sections(table):
    """(kind, flags, bytes) of a table's sections."""
    marks = list(MARK.finditer(table))
    for mark, after in zip(marks, marks[1:] + [None]):
        yield mark[1], mark[2].split(), table[mark.end() : after.start() if after else None]


def encoded(text, flags):
    """The bytes that a case's flags ask for, as tests/table_bytes.sh makes them."""
    words = set(b",".join(flags[1:]).split(b","))
    if b"bytes" in words:
        text = re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text)
    if b"crlf" in words:
        text = text.replace(b"\n", b"\r\n")
    if b"cr" in words:
        text = text.replace(b"\n", b"\r")
    return text[:-1] if b"unended" in words else text


def main(out):
    corpora = {"baseline": BASELINES, "ignore": IGNORED, "glob": GLOBS, "json": JSON}
    articles, rules = set(COMMENTS), set()
    for path in pathlib.Path("tests/fixtures").rglob("*.txt"):
        for kind, flags, text in sections(path.read_bytes()):
            if kind == b"rules" or (kind == b"case" and path.name == "mistakes.txt"):
                rules.add(encoded(text, flags or [b""]))
            elif kind == b"case":
                articles.add(encoded(text, flags))
    for path in pathlib.Path("tests/fixtures").rglob("*.md"):
        articles.add(path.read_bytes())
    for name in ARTICLES:
        for path in pathlib.Path("tests/fuzz/seeds/fuzz_" + name).glob("*"):
            articles.add(path.read_bytes())
    for folder in ("tests/fixtures", "rules"):
        for path in pathlib.Path(folder).rglob("*.yaml"):
            rules.add(path.read_bytes())
    corpora["rules"] = rules
    for name in ARTICLES:
        corpora[name] = articles
    corpora["mojibake"] = [b"\3" + text for text in articles if re.search(rb"[\x80-\xff]", text)]
    for name, texts in corpora.items():
        folder = pathlib.Path(out, "fuzz_" + name)
        folder.mkdir(parents=True, exist_ok=True)
        for text in texts:
            (folder / hashlib.sha1(text).hexdigest()[:16]).write_bytes(text)


main(sys.argv[1])
