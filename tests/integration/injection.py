#!/usr/bin/env python3
"""Nothing that comes from outside acts on a terminal or a log: not from articles, paths, rule files, baselines, arguments
or the environment, in what any command says. Texts that are passed on as they are (repair, --fix of standard input,
--list-files -0) are not looked at."""
import os
import re
import subprocess
import tempfile

newslint = os.path.abspath(os.environ.get("BUILD", "build") + "/newslint")
# An escape sequence, a bell, a bidi control, a zero-width space, a line separator, NEL, and words that CI logs obey.
H = "\x1b[31mX\x07\u202e\u200b\u2028\u0085##vso[x]y"
NAME = H + "\n\r\t::error::z"
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
number = 0


def ok(good, name, why=""):
    global number
    number += 1
    print("%s %d - %s" % ("ok" if good else "not ok", number, name))
    if not good:
        print("# %r" % why)


def acts(data, may_tab=False):
    """What of the output would act, or None."""
    text = data.decode("utf-8", errors="surrogateescape")
    if any(0xDC80 <= ord(c) <= 0xDCFF for c in text):
        return "bytes that are not UTF-8"
    found = RAW.search(text)
    if found:
        return text[max(0, found.start() - 60):found.end() + 20]
    for line in text.split("\n"):
        if line.startswith("::") or re.search(r"##\[|##vso\[", line):
            return line
    return None


def run(name, *args, stdin=b"", env=None, look_at_out=True):
    e = {"PATH": os.environ["PATH"], "GITHUB_ACTIONS": "true", **(env or {})}
    p = subprocess.run([os.fsencode(newslint)] + [os.fsencode(a) for a in args], input=stdin, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, env=e, timeout=120)
    bad = acts(p.stderr) or (acts(p.stdout) if look_at_out else None)
    ok(not bad and p.returncode >= 0, name, bad or p.returncode)
    return p


def write(path, text):
    with open(os.fsencode(path), "wb") as f:
        f.write(text.encode("utf-8", errors="surrogateescape"))


def main():
    os.chdir(tempfile.mkdtemp(prefix="newslint-injection-"))
    quoted = '"' + "".join("\\x%02x" % ord(c) if ord(c) < 0x100 and not c.isalnum() else c for c in NAME) + '"'
    article = ("---\ntitle: %s\n%s: a\nbad: [\"A\u00e2\u20ac\u00a6 %s\"]\n---\n\n# %s\n\n### %s\n\n"
               "<!-- newslint-disable %s -->\n\n[%s](%s)\n" % (quoted, quoted, quoted[1:-1], H, H, H.replace("\u0085", ""), H, H))
    odd = NAME.replace("/", "") + "\udce9.md"
    write("newslint.yaml", "newslint: 1\nname: s\nextends: [news, headings, encoding]\n")
    write("a.md", article)
    write(odd, article)
    write("raw.md", "---\ntitle: %s\n---\n\n%s\n" % (H, H))
    for f in ("text", "pretty", "json", "jsonl", "sarif", "gitlab", "junit", "checkstyle", "rdjson"):
        run("articles and paths, as %s" % f, "--format", f, "a.md", odd, "raw.md")
    run("--statistics", "--statistics", "a.md", odd)
    run("--list-files", "--list-files", ".")
    run("--fix", "--fix", "--unsafe-fixes", ".")
    run("export", "export", ".")
    run("repair --explain", "repair", "--explain", "--unsafe", "raw.md", odd, look_at_out=False)
    run("what is not there", NAME, "a.md")
    run("an article that is a folder", "--stdin-filename", NAME + "/x.md", "-", stdin=article.encode(errors="replace"))

    rules = {
        "an unknown key": 'newslint: 1\nname: s\n%s: 1\n' % quoted,
        "a name": 'newslint: 1\nname: %s\n' % quoted,
        "extended": 'newslint: 1\nname: s\nextends: [%s]\n' % quoted,
        "a rule": 'newslint: 1\nname: s\nrules: {%s: {check: %s, message: %s}}\n' % (quoted, quoted, quoted),
        "a check": 'newslint: 1\nname: s\nrules: {a: {check: text, in: [title], forbid: %s}}\n' % quoted.replace("[", "("),
        "an expression": 'newslint: 1\nname: s\nrules: {a: {assert: %s}}\n' % quoted,
        "a template": 'newslint: 1\nname: s\nrules: {a: {check: required, fields: [title], message: "{%s}"}}\n' % quoted[1:-1],
        "a glob": 'newslint: 1\nname: s\ninclude: [%s]\nrules: {a: {check: required, fields: [x], files: [%s]}}\n' % (quoted, quoted),
        "raw characters": 'newslint: 1\nname: s\n# %s\n%s: 1\n' % (H, H),
        "message and help": 'newslint: 1\nname: s\nrules: {a: {check: required, fields: [x], message: %s, help: %s, url: %s, '
                            'examples: {good: [%s], bad: [%s]}}}\n' % ((quoted,) * 5),
    }
    for name, text in rules.items():
        path = "r%d.yaml" % number
        write(path, text)
        run("rule files: %s" % name, "-c", path, "--format", "pretty", "a.md")
        run("rules: %s" % name, "rules", "-v", "-c", path)
        run("explain: %s" % name, "explain", "-c", path, "s/a")
        run("test-rules: %s" % name, "test-rules", path)
    bad = NAME.replace("/", "") + ".yaml"
    write(bad, "newslint: 1\nnope: 1\n")
    run("the path of a rule file", "-c", bad, "a.md")
    run("test-rules: the path", "test-rules", bad)

    write("b.txt", "newslint baseline 1\n%s\n" % NAME)
    run("a baseline", "--baseline", "b.txt", "a.md")
    run("the path of a baseline", "--baseline", NAME, "a.md")
    run("an output that cannot be written", "-o", "none/" + NAME, "a.md")
    write("list", NAME + "\n")
    run("a list of paths", "--files-from", "list")
    for option in ("--config", "--rules", "--format", "--output", "--stdin-filename", "--files-from", "--include", "--exclude",
                   "--fail-on", "--max-warnings", "--min-level", "--now", "--jobs", "--max-size", "--max-depth", "--color",
                   "--columns", "--parsers"):
        run("the argument of %s" % option, option, NAME + "[", "a.md")
        run("the argument of %s=" % option, "%s=%s" % (option, NAME), "a.md")
    for command in ("explain", "rules", "export", "repair", "test-rules", "nothing"):
        run("an unknown option of %s" % command, command, "--" + NAME)
        run("an unknown word of %s" % command, command, NAME, look_at_out=command != "repair")
        run("an unknown letter of %s" % command, command, "-\x1b")
    run("rules --for", "rules", "--for", NAME)
    for variable in ("SOURCE_DATE_EPOCH", "NO_COLOR", "TERM", "LC_ALL", "GITHUB_WORKSPACE", "COLUMNS"):
        run("the variable %s" % variable, "a.md", env={variable: NAME})
    print("1..%d" % number)


main()
