"""Articles made by a generator, damaged, and repaired by --fix: proves by PyYAML and byte for byte that what was
damaged is what it was, that nothing else changed, that a second run changes nothing, and that --diff says the same.
usage: fix_generated.py NEWSLINT FOLDER COUNT [SEED]"""
import json
import os
import random
import shutil
import subprocess
import sys
import unicodedata

import yaml

NEWSLINT, FOLDER, COUNT = sys.argv[1], sys.argv[2], int(sys.argv[3])
SEED = int(sys.argv[4]) if len(sys.argv) > 4 else 1

WORDS = """the minister said on Monday that prices rose while nobody looked at the harbour café naïve résumé Zürich
Málaga Łódź København Kraków coração señor garçon œuvre straße 北京 東京 Москва Київ Αθήνα القاهرة €100 £20 50% it’s
“quoted” ‘single’ — – … © ® ™ § ½ × · don't say "no" a\\b c:d #tag x,y [z] {w} key: value - dash ? ! & * | > @ `tick`
'tis 100 3.14 true null ~ 2025-01-01 # comment""".split()
SOUND = ["…", "’", "“", "”", "–", "—", "é", "ü", "ñ", "ç", "€", "©", "à", "ö"]


def mojibake(rng, text, times):
    for _ in range(times):
        data = text.encode()
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)
    return text


# A damage: (what stands there, what it was). Each is repaired by a safe fix wherever text may stand.
def make_damage(rng):
    kind = rng.choice(["cp1252", "cp1252", "cp1252", "twice", "bom", "nfd", "zero-width"])
    if kind in ("cp1252", "twice"):
        was = rng.choice(["it’s the", "providing…", "“quoted” words", "years – and", "a café there", "für Müller und",
                          "el señor dijo", "l’été à Paris", "costs €50 now", "she said — no"])
        return mojibake(rng, was, 1 if kind == "cp1252" else 2), was, kind
    if kind == "bom":
        return "before\ufeff after", "before after", kind
    if kind == "nfd":
        was = rng.choice(["café", "Zürich", "señor", "Málaga"])
        return unicodedata.normalize("NFD", was), was, kind
    return "with\u200bin", "within", kind


def sentence(rng, n):
    return " ".join(rng.choice(WORDS) for _ in range(n)).strip()


class Value:
    """A text as parts: strings, and damages as (is, was)."""

    def __init__(self, rng, damaged):
        self.parts = [sentence(rng, rng.randint(1, 5))]
        self.kinds = set()
        for _ in range(rng.randint(1, 3) if damaged else 0):
            found, was, kind = make_damage(rng)
            self.kinds.add(kind)
            self.parts += [" ", (found, was), " ", sentence(rng, rng.randint(1, 4))]
        if not damaged and rng.random() < 0.3:
            self.parts[0] += " " + rng.choice(SOUND)

    def text(self, which):
        return "".join(p if isinstance(p, str) else p[which] for p in self.parts)


def can_be_plain(text, flow):
    try:
        node = yaml.safe_load(("k: [%s, 1]\n" if flow else "k: %s\n") % text)["k"]
        return (node[0] if flow else node) == text
    except (yaml.YAMLError, TypeError, KeyError):
        return False


def escape_double(rng, text, as_json, all_odd):
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif ord(c) > 0x7E and ord(c) < 0x10000 and (all_odd or c in "\x85\ufeff" or rng.random() < 0.1):
            out.append("\\u%04x" % ord(c))
        elif c == " " and not as_json and not all_odd and rng.random() < 0.02:
            out.append("\\x20")
        else:
            out.append(c)
    return "".join(out)


def broken_into_lines(rng, text, pad):
    """Some blanks that stand alone between other characters become line ends."""
    out = list(text)
    for i in range(1, len(text) - 1):
        if text[i] == " " and " " not in text[i - 1] + text[i + 1] and text[i + 1] not in "#-?:&*!|>%@`" \
                and rng.random() < 0.15:
            out[i] = "\n" + pad
    return "".join(out)


STYLES = ["plain", "single", "double", "folded", "literal", "plain-lines", "single-lines", "double-lines"]


def can_say(value, style, flow):
    """Both what stands there and what it was, so that nothing but the damage differs."""
    for text in (value.text(0), value.text(1)):
        outer = text != text.strip() or "  " in text
        if style.startswith("plain") and (outer or not can_be_plain(text, flow)):
            return False
        if style in ("folded", "literal") and (flow or outer or "\x85" in text):
            return False
        if style.startswith("single") and "\x85" in text or style.endswith("lines") and outer:
            return False
    return True


def spell(value, which, style, indent, flow, seed):
    if not can_say(value, style, flow):
        style = "double"
    pad, out = " " * (indent + 2), ""
    for i, p in enumerate(value.parts):
        rng = random.Random(seed + i)
        sound = isinstance(p, str)
        text = p if sound else p[which]
        if style.startswith("double") or style == "json":
            # An escaped damage is repaired to the character itself.
            text = escape_double(rng, text, style == "json", True) if not sound and which == 0 and seed % 5 == 0 else \
                escape_double(rng, text, style == "json", False) if sound else \
                text.replace("\\", "\\\\").replace('"', '\\"').replace("\x85", "\\x85")
        elif style.startswith("single"):
            text = text.replace("'", "''")
        if sound and style not in ("plain", "single", "double", "json", "literal"):
            text = broken_into_lines(rng, text, pad)
        out += text
    if style.startswith("double") or style == "json":
        return '"' + out + '"'
    if style.startswith("single"):
        return "'" + out + "'"
    if style.startswith("plain"):
        return out
    return (">" if style == "folded" else "|") + random.Random(seed).choice(["", "-", "+"]) + "\n" + pad + out


class Article:
    """Front matter and a body, made twice from the same choices: as it is and as it was."""

    def __init__(self, seed):
        rng = random.Random(seed)
        self.json = rng.random() < 0.1
        self.newline = rng.choice(["\n", "\n", "\n", "\r\n", "\r"])
        self.bom = rng.random() < 0.15
        self.last_newline = rng.random() < 0.8
        self.fields = []
        for i in range(rng.randint(1, 7)):
            shape = rng.choice(["value", "value", "value", "list", "flow-list", "flow-map", "map", "other", "anchor",
                                "time"])
            self.fields.append((f"k{i}" if rng.random() < 0.8 else f"key {i}", shape,
                                [Value(rng, rng.random() < 0.6) for _ in range(rng.randint(1, 3))],
                                [rng.choice(STYLES) for _ in range(3)], rng.randrange(1 << 30), rng.random()))
        self.body = [Value(rng, rng.random() < 0.5) for _ in range(rng.randint(0, 4))]
        self.heading = rng.random()

    def yaml_field(self, field, which):
        key, shape, values, styles, seed, chance = field
        note = "  # a note: it's" if chance < 0.2 else ""

        def say(i, indent, flow):
            return spell(values[i], which, styles[i], indent, flow, seed + 10 * i)

        if shape == "value":
            text = say(0, 0, False)
            return f"{key}: {text}" + (note if text[0] in "'\"" else "")
        if shape == "anchor":
            return f"{key}: &a{seed} {spell(values[0], which, 'double', 0, False, seed)}\n{key}-again: *a{seed}"
        if shape == "list":
            return "\n".join([f"{key}:{note}"] + ["  - " + say(i, 2, False) for i in range(len(values))])
        if shape == "map":
            return "\n".join([f"{key}:{note}"] + [f"  sub{i}:   " + say(i, 2, False) for i in range(len(values))])
        if shape == "flow-list":
            return f"{key}: [" + ", ".join(say(i, 0, True) for i in range(len(values))) + "]" + note
        if shape == "flow-map":
            return f"{key}: {{" + ", ".join(f"s{i}: " + say(i, 0, True) for i in range(len(values))) + "}" + note
        if shape == "time":
            times = [("2025-11-14 02:13:55+0000", "2025-11-14T02:13:55+00:00"),
                     ("2025-11-14t02:13:55z", "2025-11-14T02:13:55Z")][seed % 2]
            quote = ["", "'", '"'][seed % 3]
            return f"at{key[-1]}: {quote}{times[which]}{quote}{note}"
        return f"{key}: " + ["12", "true", "null", "2025-11-14T02:13:55Z", "[]", "{}", "~", "''"][seed % 8] + note

    def front(self, which):
        if self.json:
            items = [f'  "{key}": {spell(values[0], which, "json", 0, True, seed)}'
                     for key, _, values, _, seed, _ in self.fields]
            return ["{", ",\n".join(items), "}"]
        return ["---"] + [self.yaml_field(f, which) for f in self.fields] + ["---"]

    def source(self, which):
        out = self.front(which) + [""]
        if self.heading < 0.6:
            out += [("##A heading" if which == 0 and self.heading < 0.3 else "## A heading"), ""]
        for v in self.body:
            out += [v.text(which), ""]
        text = "\n".join(out)
        if not self.last_newline:
            text = text.rstrip("\n")
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.replace("\n", self.newline).encode()


RULES = """newslint: 1
name: site
rules:
  mojibake: {check: mojibake}
  characters: {check: characters, kinds: [byte-order-mark, not-nfc, invisible-character]}
  space: {check: heading-space}
  time: {check: timestamp, fields: [at0, at1, at2, at3, at4, at5, at6]}
"""


def run(*arguments, **more):
    return subprocess.run([NEWSLINT, *arguments], cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def tree(data, as_json):
    text = data.decode().lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if as_json:
        return json.JSONDecoder().raw_decode(text)[0]
    front = text.split("\n---", 1)[0].split("\n", 1)[1]
    return yaml.load(front, Loader=yaml.BaseLoader)


def main():
    failures = {}

    def fail(what, name, detail=""):
        failures.setdefault(what, []).append((name, detail))

    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    with open(f"{FOLDER}/newslint.yaml", "w") as f:
        f.write(RULES)
    articles = {}
    for i in range(COUNT):
        a = Article(SEED * 1000000 + i)
        articles[f"{i}.md"] = (a.source(0), a.source(1), a)
    for name, (damaged, _, _) in articles.items():
        with open(f"{FOLDER}/{name}", "wb") as f:
            f.write(damaged)
    diff = run("--diff", "--no-ignore", ".")
    if diff.returncode not in (0, 1):
        fail("--diff ends well", "all", diff.stderr[-300:])
    first = run("--fix", "--format", "jsonl", ".")
    if first.returncode not in (0, 1):
        fail("--fix ends well", "all", first.stderr[-300:])
    after = {}
    for name, (damaged, sound, a) in articles.items():
        with open(f"{FOLDER}/{name}", "rb") as f:
            after[name] = f.read()
        if after[name] != sound:
            at = len(os.path.commonprefix([after[name], sound]))
            fail("every damage is repaired and no other byte is changed", name,
                 f"wanted {sound[max(at - 60, 0):at + 60]} found {after[name][max(at - 60, 0):at + 60]}")
        try:
            if tree(after[name], a.json) != tree(sound, a.json):
                fail("the values are what they were", name)
        except (yaml.YAMLError, ValueError, IndexError) as e:
            fail("PyYAML reads the result", name, str(e))
    run("--fix", ".")
    for name in articles:
        with open(f"{FOLDER}/{name}", "rb") as f:
            if f.read() != after[name]:
                fail("a second --fix changes nothing", name)
    for tool in (["patch", "-s", "-p0", "--binary"], ["git", "apply", "-p0"]):
        for name, (damaged, _, _) in articles.items():
            with open(f"{FOLDER}/{name}", "wb") as f:
                f.write(damaged)
        p = subprocess.run(tool, cwd=FOLDER, input=diff.stdout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if p.returncode != 0:
            fail(f"{tool[0]} takes --diff", "all", p.stdout[-300:])
        for name in articles:
            with open(f"{FOLDER}/{name}", "rb") as f:
                if f.read() != after[name]:
                    fail(f"{tool[0]} takes --diff", name)
    n = 0
    for what in ("--diff ends well", "--fix ends well", "every damage is repaired and no other byte is changed",
                 "the values are what they were", "PyYAML reads the result", "a second --fix changes nothing",
                 "patch takes --diff", "git takes --diff"):
        n += 1
        bad = failures.get(what, [])
        print(("not ok" if bad else "ok"), n, "-", f"{COUNT} articles: {what}")
        for name, detail in bad[:5]:
            print("#", len(bad), name, detail)


main()
