#!/usr/bin/env python3
"""Measures the mojibake engine: damages clean lines along many paths, repairs them, compares.

    make bench-mojibake [TEXTS=folder] [LINES=n]

TEXTS holds one UTF-8 text a language (LANG.txt), such as the held-out half that
tools/model-corpus.py writes. Without it, the message catalogues of this machine's GNU programs are
taken; the character statistics were not trained on these. Printed for each path: records, exact
(the clean text came back), found (something was changed), harm (a character that is in neither
text), then speed; with ftfy beside it when Python has it.
"""
import argparse
import glob
import html.entities
import os
import random
import re
import struct
import subprocess
import time
import unicodedata

try:
    import ftfy
except ImportError:
    ftfy = None

DOMAINS = ("coreutils", "bash", "apt", "dpkg", "tar", "gcc-12", "cpplib-12", "findutils", "sed",
           "diffutils", "grep", "git", "make", "wget", "gnupg2", "glib20", "aptitude", "binutils")
LANGUAGES = ("bg ca cs da de el eo es et eu fi fr ga gl he hr hu id is it ja ko lt lv nb nl pl pt "
             "ro ru sk sl sq sr sv th tr uk vi zh_CN").split()
PAGES = ("latin-1 cp1252 cp1250 cp1251 cp1253 cp1254 cp1257 cp1258 iso8859-2 iso8859-15 mac-roman "
         "cp437 cp850 cp852 cp866 koi8-r").split()


def catalogue(path):
    data = open(path, "rb").read()
    count, _, table = struct.unpack("<III", data[8:20])
    for i in range(1, count):
        size, at = struct.unpack_from("<II", data, table + 8 * i)
        try:
            text = data[at:at + size].decode("utf-8")
        except UnicodeDecodeError:
            return
        yield from re.split(r"[\0\n]+", text)


def machine_texts():
    for lang in LANGUAGES:
        lines = []
        for domain in DOMAINS:
            path = "/usr/share/locale/%s/LC_MESSAGES/%s.mo" % (lang, domain)
            if os.path.exists(path):
                lines += catalogue(path)
        yield lang, lines


def folder_texts(folder):
    for path in sorted(glob.glob(folder + "/*.txt")):
        yield os.path.basename(path)[:-4], open(path, encoding="utf-8").read().split("\n")


def typographic(line):
    line = re.sub(r"(?<=\w)'", "’", line).replace("...", "…").replace(" - ", " – ")
    return re.sub(r'"([^"]*)"', r"“\1”", line)


def pool(texts, lines_each):
    out = []
    for lang, lines in texts:
        lines = sorted({re.sub(r"\s+", " ", x).strip() for x in lines})
        lines = [x for x in lines if 25 < len(x) < 220 and not x.isascii() and "%" not in x
                 and "\\" not in x]
        random.shuffle(lines)
        out += [(lang, typographic(x) if random.random() < 0.3 else x) for x in lines[:lines_each]]
    return out


TABLES = {}


def table(page):
    """What each byte is read as; a byte that the page leaves open as the same number."""
    if page not in TABLES:
        TABLES[page] = [bytes([b]).decode(page, "ignore") or chr(b) for b in range(256)]
    return TABLES[page]


def misread(text, *pages):
    for page in pages:
        text = "".join(table(page)[b] for b in text.encode("utf-8"))
    return text


def some_words(text, *pages):
    words = re.findall(r"\S+|\s+", text)
    odd = [i for i, w in enumerate(words) if not w.isascii()]
    chosen = set(random.sample(odd, max(1, len(odd) // 2)))
    return "".join(misread(w, *pages) if i in chosen else w for i, w in enumerate(words))


def one_character(text, page):
    i = random.choice([i for i, c in enumerate(text) if ord(c) > 127])
    return text[:i] + misread(text[i], page) + text[i + 1:]


def cut(text, tail):
    """Cut inside a character beyond ASCII."""
    data = text.encode("utf-8")
    at = random.choice([i for i, b in enumerate(data) if b >= 0xC0])
    clean = data[:at].decode("utf-8") + tail
    return clean, misread(clean[:len(clean) - len(tail)], "cp1252") + table("cp1252")[data[at]] + tail


def entities(text):
    return "".join(c if ord(c) < 128 else "&#%d;" % ord(c) for c in misread(text, "cp1252"))


def named_entities(text):
    names = html.entities.codepoint2name
    return "".join("&%s;" % names[ord(c)] if ord(c) > 127 and ord(c) in names else c
                   for c in misread(text, "cp1252"))


def raw_words(text, page):
    words = re.findall(r"\S+|\s+", text)
    odd = [i for i, w in enumerate(words) if not w.isascii()]
    chosen = set(random.sample(odd, max(1, len(odd) // 3)))
    return b"".join(w.encode(page if i in chosen else "utf-8") for i, w in enumerate(words))


def paths():
    for page in PAGES:
        yield "u8>" + page, lambda s, p=page: (s, misread(s, p))
    for page in ("cp1252", "latin-1", "cp1250", "cp1251", "mac-roman", "cp437"):
        yield "2x:" + page, lambda s, p=page: (s, misread(s, p, p))
    for chain in (("latin-1", "cp1252"), ("cp1252", "latin-1"), ("cp1252", "cp1251")):
        yield "2x:" + "+".join(chain), lambda s, c=chain: (s, misread(s, *c))
    for page in ("cp1252", "latin-1"):
        yield "3x:" + page, lambda s, p=page: (s, misread(s, p, p, p))
    for page in ("cp1252", "latin-1", "cp1250", "cp1251", "iso8859-2", "mac-roman", "cp437"):
        yield "mix:" + page, lambda s, p=page: (s, some_words(s, p))
    yield "mix:2xcp1252", lambda s: (s, some_words(s, "cp1252", "cp1252"))
    yield "mix:1char-cp1252", lambda s: (s, one_character(s, "cp1252"))
    yield "mix:cp1252|latin1", lambda s: (s, "".join(
        c if ord(c) < 128 else misread(c, random.choice(("cp1252", "latin-1"))) for c in s))
    yield "nbsp>space", lambda s: (s, misread(s, "cp1252").replace("\xa0", " "))
    yield "quotes:straightened", lambda s: (s, re.sub("[“”„]", '"', re.sub(
        "[‘’]", "'", misread(s, "cp1252"))))
    yield "dmg:undef>fffd", lambda s: (s, re.sub("[\x81\x8d\x8f\x90\x9d]", "\ufffd",
                                                misread(s, "cp1252")))
    yield "dmg:undef>?", lambda s: (s, re.sub("[\x81\x8d\x8f\x90\x9d]", "?", misread(s, "cp1252")))
    yield "dmg:undef-dropped", lambda s: (s, re.sub("[\x81\x8d\x8f\x90\x9d]", "",
                                                   misread(s, "cp1252")))
    yield "dmg:c1-dropped", lambda s: (s, re.sub("[\x80-\x9f]", "", misread(s, "latin-1")))
    yield "cut:cp1252", lambda s: cut(s, "")
    yield "cut:cp1252+…", lambda s: cut(s, "…")
    yield "cut:cp1252+...", lambda s: cut(s, "...")
    yield "ent:num(u8>cp1252)", lambda s: (s, entities(s))
    yield "ent:named(u8>cp1252)", lambda s: (s, named_entities(s))
    for page in ("cp1252", "cp1250", "cp1251"):
        yield "raw:%s-words" % page, lambda s, p=page: (s, raw_words(s, p))
    yield "sb:cp1252>latin1", lambda s: (s, s.encode("cp1252").decode("latin-1"))
    for page, to in (("cp1251", "cp1252"), ("cp1250", "cp1252"), ("koi8-r", "cp1251")):
        yield "sb:%s>%s" % (page, to), lambda s, p=page, t=to: (
            s, "".join(table(t)[b] for b in s.encode(p)))
    yield "clean", lambda s: (s, s)
    yield "clean:upper", lambda s: (s.upper(),) * 2
    yield "clean:title", lambda s: (s.title(),) * 2
    yield "clean:nfd", lambda s: (unicodedata.normalize("NFD", s),) * 2
    yield "clean:« »", lambda s: ("«\xa0" + s + "\xa0»",) * 2
    for mark in "»”™…°±€":
        yield "hard:" + mark, lambda s, m=mark: (s.upper() + m,) * 2


def records(texts, make, clean):
    out = []
    for _, line in texts:
        try:
            goal, damaged = make(line)
        except (UnicodeEncodeError, IndexError, ValueError):
            continue
        if isinstance(damaged, str):
            damaged = damaged.encode("utf-8", "surrogatepass")
        if clean or damaged != goal.encode("utf-8"):
            out.append((goal, damaged))
    return out


def repaired(run, rows, *options):
    data = b"".join(damaged + b"\0" for _, damaged in rows)
    out = subprocess.run([run, *options], input=data, stdout=subprocess.PIPE, check=True).stdout
    return [x.decode("utf-8", "replace") for x in out.split(b"\0")[:-1]]


def score(rows, outputs):
    exact = found = harm = 0
    for (goal, damaged), got in zip(rows, outputs):
        damaged = damaged.decode("utf-8", "replace")
        exact += got == goal
        found += got != damaged
        harm += got not in (goal, damaged) and bool(set(got) - set(goal) - set(damaged))
    n = max(1, len(rows))
    return 100 * exact / n, 100 * found / n, 100 * harm / n


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("--texts")
    parser.add_argument("--lines", type=int, default=30)
    args = parser.parse_args()
    random.seed(1)
    source = folder_texts(args.texts) if args.texts else machine_texts()
    texts = pool(source, args.lines)
    run = args.bin + "/mojibake_run"
    print("%d lines in %d languages" % (len(texts), len({lang for lang, _ in texts})))
    print("%-22s %5s | safe: %6s %6s %5s | unsafe: %6s %5s%s" % (
        "path", "n", "exact", "found", "harm", "exact", "harm",
        " | ftfy: exact  harm" if ftfy else ""))
    changed = right = damaged = 0
    for name, make in paths():
        clean = name.startswith(("clean", "hard"))
        rows = records(texts, make, clean)
        if not rows:
            continue
        outputs = repaired(run, rows)
        safe, unsafe = score(rows, outputs), score(rows, repaired(run, rows, "-u"))
        line = "%-22s %5d |       %6.2f %6.2f %5.2f |         %6.2f %5.2f" % (
            name, len(rows), *safe, unsafe[0], unsafe[2])
        if ftfy:
            theirs = score(rows, [ftfy.fix_encoding(d.decode("utf-8", "replace")) for _, d in rows])
            line += " |      %6.2f %5.2f" % (theirs[0], theirs[2])
        print(line, flush=True)
        changed += round(safe[1] * len(rows) / 100)
        right += 0 if clean else round(safe[0] * len(rows) / 100)
        damaged += 0 if clean else len(rows)
    print("precision %.2f %% (changed records that came out exact), recall %.2f %%" % (
        100 * right / max(1, changed), 100 * right / max(1, damaged)))
    speed(args, texts)


def speed(args, texts):
    data = ("\n".join(line for _, line in texts) + "\n").encode() * 8
    files = {"multilingual": data, "ascii": b"The quick brown fox jumps over the lazy dog.\n" * 40000}
    for name, content in files.items():
        path = "%s/speed-%s.txt" % (args.bin, name)
        with open(path, "wb") as f:
            f.write(content)
        print(subprocess.run([args.bin + "/mojibake_speed", path], stdout=subprocess.PIPE,
                             text=True).stdout.strip(), "MB/s (possible, find)")
    if ftfy:
        start, text = time.time(), data[:400000].decode("utf-8", "ignore")
        for line in text.split("\n"):
            ftfy.fix_encoding(line)
        print("ftfy.fix_encoding %.2f MB/s" % (len(text.encode()) / (time.time() - start) / 1e6))


main()
