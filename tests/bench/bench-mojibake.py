#!/usr/bin/env python3
"""Measures the mojibake engine: damages clean lines along many paths, repairs them, compares.

    make bench-mojibake [TEXTS=folder] [LINES=n]

TEXTS holds one UTF-8 text a language (LANG.txt), such as the held-out half that
tools/model-corpus.py writes. Without it, the message catalogues of this machine's GNU programs are
taken; the character statistics were not trained on these. Printed for each path: records, exact
(the clean text came back), found (something was changed), harm (not closer, or a character that is
in neither text), then speed; with ftfy beside it when Python has it.
"""
import argparse
import difflib
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
           "diffutils", "grep", "git", "make", "wget", "gnupg2", "glib20", "binutils")
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


def cut(text, tail, *pages):
    """Cut inside a character beyond ASCII; what is left of it is misread like the rest."""
    data = text.encode("utf-8")
    at = random.choice([i for i, b in enumerate(data) if b >= 0xC0])
    head, rest = data[:at].decode("utf-8"), table(pages[0])[data[at]]
    return head + tail, misread(head, *pages) + misread(rest, *pages[1:]) + tail


def cut_with_ellipsis(text):
    """The ellipsis was set before the damage, so that it was misread too."""
    goal, damaged = cut(text, "", "cp1252")
    return goal + "…", damaged + misread("…", "cp1252")


def numbered(text):
    return "".join(c if ord(c) < 128 else "&#%d;" % ord(c) for c in text)


def named(text):
    names = html.entities.codepoint2name
    return "".join("&%s;" % names[ord(c)] if ord(c) > 127 and ord(c) in names else c for c in text)


def quoted(text):
    """A word in quotes, and typographic apostrophes."""
    words = text.split(" ")
    at = random.randrange(1, len(words) - 1)
    words[at] = "“%s”" % words[at]
    return " ".join(words).replace("'", "’")


def with_no_break(text):
    return re.sub(" (?=[:;!?»%])|(?<=«) ", "\xa0", text) if re.search(" [:;!?»%]|« ", text) \
        else text.replace(" ", "\xa0", 1)


def cesu(text):
    halves = "".join(c if ord(c) < 0x10000 else chr(0xD7C0 + (ord(c) >> 10)) +
                     chr(0xDC00 + (ord(c) & 0x3FF)) for c in text)
    return "".join(table("cp1252")[b] for b in halves.encode("utf-8", "surrogatepass"))


def one_lost(text, to):
    damaged = misread(text, "cp1252")
    at = random.choice([i for i, c in enumerate(damaged) if ord(c) > 127])
    return damaged[:at] + to + damaged[at + 1:]


def raw(text, page, share):
    """Some words, or all, as bytes of the page."""
    return b"".join(w.encode(page if not w.isascii() and random.random() < share else "utf-8")
                    for w in re.findall(r"\S+|\s+", text))


def raw_character(text, around=lambda s: s):
    at = random.choice([i for i, c in enumerate(text) if ord(c) > 127])
    return (around(text[:at]).encode() + text[at].encode("cp1252")
            + around(text[at + 1:]).encode())


def of_bytes(data, page):
    return "".join(table(page)[b] for b in data)


UNDEFINED = "[\x81\x8d\x8f\x90\x9d]"
EIGHT_BIT = """cp1256>cp1252 cp1251>cp1252 cp1251>mac-roman cp1250>cp1252 iso8859-2>latin-1
cp852>cp1252 cp1252>mac-roman mac-roman>cp1252 cp850>cp1252 cp1252>cp850 cp1252>latin-1
cp1252>cp1250 cp1252>cp1251 cp1253>cp1252 cp1257>cp1252 cp1255>cp1252 shift_jis>cp1252
euc_jp>cp1252 euc_kr>cp1252 koi8-r>cp1252 koi8-r>cp1251 cp1251>koi8-r cp866>cp1251 cp1251>cp866
cp1254>cp1252 gbk>cp1252 big5>cp1252""".split()
LAYERS = """cp1252+cp1252 latin-1+latin-1 latin-1+cp1252 cp1252+latin-1 cp1250+cp1250 cp1251+cp1251
mac-roman+mac-roman cp437+cp437 cp1252+cp1251 cp1252+cp1252+cp1252 latin-1+latin-1+latin-1""".split()


def misread_paths():
    for page in PAGES:
        yield "u8>" + page, lambda s, p=page: (s, misread(s, p))
    for page in ("gbk", "cp932", "cp949", "big5"):
        yield "u8>" + page, lambda s, p=page: (s, s.encode("utf-8").decode(p))
    for chain in LAYERS:
        pages = chain.split("+")
        yield "%dx:%s" % (len(pages), chain), lambda s, c=pages: (s, misread(s, *c))
    yield "cesu8>cp1252", lambda s: (s + " 🚀", cesu(s + " 🚀"))


def mixed_paths():
    for page in ("cp1252", "latin-1", "cp1250", "cp1251", "iso8859-2", "mac-roman", "cp437"):
        yield "mix:" + page, lambda s, p=page: (s, some_words(s, p))
    yield "mix:2xcp1252", lambda s: (s, some_words(s, "cp1252", "cp1252"))
    for page in ("cp1252", "latin-1", "cp1250", "cp1251", "cp1257", "iso8859-2", "mac-roman", "cp437",
                 "cp850"):
        yield "mix:1char-" + page, lambda s, p=page: (s, one_character(s, p))
    yield "mix:cp1252|latin-1", lambda s: (s, "".join(
        c if ord(c) < 128 else misread(c, random.choice(("cp1252", "latin-1"))) for c in s))


def lossy_paths():
    yield "nbsp>space", lambda s: (with_no_break(s), misread(with_no_break(s), "cp1252")
                                   .replace("\xa0", " "))
    yield "nbsp>space,collapsed", lambda s: (with_no_break(s), re.sub(
        " +", " ", misread(with_no_break(s), "cp1252").replace("\xa0", " ")))
    yield "nbsp-dropped", lambda s: (with_no_break(s), misread(with_no_break(s), "cp1252")
                                     .replace("\xa0", ""))
    yield "pysplit(latin-1)", lambda s: (with_no_break(s), " ".join(
        misread(with_no_break(s), "latin-1").split()))
    yield "quotes:uncurled", lambda s: (lambda q: (q, re.sub("[“”„]", '"', re.sub(
        "[‘’]", "'", misread(q, "cp1252")))))(quoted(s))
    yield "quotes:curled-after", lambda s: (s.replace("'", "’"), misread(s, "cp1252")
                                            .replace("'", "’"))
    yield "case:lower", lambda s: (s.lower(), misread(s, "cp1252").lower())
    yield "case:upper", lambda s: (s.upper(), misread(s, "cp1252").upper())
    for name, to in ((">fffd", "\ufffd"), (">?", "?"), ("-dropped", "")):
        yield "dmg:undef" + name, lambda s, t=to: (s, re.sub(UNDEFINED, t, misread(s, "cp1252")))
    for name, to in ((">?", "?"), ("-dropped", "")):
        yield "dmg:c1" + name, lambda s, t=to: (s, re.sub("[\x80-\x9f]", t, misread(s, "latin-1")))
    yield "dmg:shy-dropped", lambda s: (s, misread(s, "cp1252").replace("\xad", ""))
    for name, to in ((">fffd", "\ufffd"), (">?", "?"), ("-dropped", "")):
        yield "dmg:1byte" + name, lambda s, t=to: (s, one_lost(s, t))


def cut_paths():
    for tail in ("", "…", "..."):
        yield "cut:cp1252" + ("+" + tail if tail else ""), lambda s, t=tail: cut(s, t, "cp1252")
    yield "cut+…:cp1252", cut_with_ellipsis
    yield "cut:latin-1", lambda s: cut(s, "", "latin-1")
    yield "cut:2xcp1252", lambda s: cut(s, "", "cp1252", "cp1252")


def escaped_paths():
    yield "ent:named(u8>cp1252)", lambda s: (s, named(misread(s, "cp1252")))
    yield "ent:num(u8>cp1252)", lambda s: (s, numbered(misread(s, "cp1252")))
    yield "ent:num(u8>latin-1)", lambda s: (s, numbered(misread(s, "latin-1")))
    yield "ent:amp-doubled", lambda s: (s, named(misread(s, "cp1252")).replace("&", "&amp;"))
    yield "ent:c1num", lambda s: (lambda q: (q, "".join(
        "&#%d;" % c.encode("cp1252")[0] if c in "“”’…–—" else c for c in q)))(quoted(s))
    yield "esc:\\u(u8>cp1252)", lambda s: (s, "".join(
        c if ord(c) < 128 else "\\u%04x" % ord(c) for c in misread(s, "cp1252")))


def eight_bit_paths():
    for page in ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257"):
        yield "raw:%s-all" % page, lambda s, p=page: (s, raw(s, p, 1))
        yield "raw:%s-span" % page, lambda s, p=page: (s, raw(s, p, 0.4))
    yield "raw:cp1252-1char", lambda s: (s, raw_character(s))
    yield "raw:moji+cp1252", lambda s: (s, raw_character(s, lambda t: misread(t, "cp1252")))
    for path in EIGHT_BIT:
        page, to = path.split(">")
        yield "sb:" + path, lambda s, p=page, t=to: (s, of_bytes(s.encode(p), t))


def clean_paths():
    yield "clean", lambda s: (s, s)
    yield "clean:upper", lambda s: (s.upper(),) * 2
    yield "clean:title", lambda s: (s.title(),) * 2
    yield "clean:nfd", lambda s: (unicodedata.normalize("NFD", s),) * 2
    yield "clean:« »", lambda s: ("«\xa0" + s + "\xa0»",) * 2
    for mark in "”»™…†§°±‰½ºª€":
        yield "hard:" + mark, lambda s, m=mark: (re.sub(r"(?<=\w)(?= |$)", m, s.upper()),) * 2


def paths():
    for part in (misread_paths, mixed_paths, lossy_paths, cut_paths, escaped_paths, eight_bit_paths,
                 clean_paths):
        yield from part()


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


def distance(a, b):
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return len(a) + len(b) - 2 * sum(m.size for m in matcher.get_matching_blocks())


def score(rows, outputs):
    """Percent exact, found, and harmed: not closer, or with a character that is in neither text."""
    exact = found = harm = 0
    for (goal, damaged), got in zip(rows, outputs):
        damaged = damaged.decode("utf-8", "replace")
        exact += got == goal
        found += got != damaged
        if got not in (goal, damaged):
            harm += bool(set(got) - set(goal) - set(damaged)) or \
                distance(got, goal) >= distance(damaged, goal)
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
