#!/usr/bin/env python3
"""Collects the texts that the character statistics are trained from, one file a language.

    python3 tools/model-corpus.py UNPACKED OUT

UNPACKED is a folder of Debian packages unpacked with `dpkg -x` (see docs/mojibake.md for their
list). Taken are message translations (*.mo), manual pages, the installation guide, names and
exemplar characters of CLDR and, for languages with little else, words of the hunspell dictionaries.
A line goes to OUT/train/LANG.txt, or, one in ten by its hash, to OUT/held/LANG.txt.
"""
import collections
import glob
import gzip
import html
import os
import re
import struct
import sys
import unicodedata
import zlib

# Some catalogues hold damaged strings: UTF-8 read as Latin-1 or Windows-1252.
CONTINUATION = "[\u0080-\u00bf" + re.escape(bytes(b for b in range(128, 160) if b not in (
    0x81, 0x8D, 0x8F, 0x90, 0x9D)).decode("cp1252")) + "]"
GARBLED = re.compile("[\u00c2-\u00df]%s|[\u00e0-\u00ef]%s%s" % ((CONTINUATION,) * 3))

LIMIT = 1500000  # characters a language


def mo_strings(path):
    data = open(path, "rb").read()
    if len(data) < 28:
        return
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack(order + "III", data[8:20])
    charset = "utf-8"
    for i in range(count):
        size, at = struct.unpack_from(order + "II", data, translations + 8 * i)
        osize, _ = struct.unpack_from(order + "II", data, originals + 8 * i)
        raw = data[at:at + size]
        if osize == 0:
            found = re.search(rb"charset=([\w-]+)", raw)
            charset = found.group(1).decode() if found else "utf-8"
            continue
        try:
            yield from raw.decode(charset).split("\0")
        except (UnicodeDecodeError, LookupError):
            return


def man_lines(path):
    opener = gzip.open if path.endswith(".gz") else open
    try:
        text = opener(path, "rb").read().decode("utf-8")
    except (UnicodeDecodeError, OSError):
        return
    for line in text.split("\n"):
        if line[:1] in (".", "'") or "\\" in re.sub(r"\\f[BIRP]|\\-|\\&", "", line):
            continue
        yield re.sub(r"\\f[BIRP]|\\&", "", line).replace("\\-", "-")


def markup_lines(path):
    try:
        text = open(path, encoding="utf-8").read()
    except UnicodeDecodeError:
        return
    text = re.sub(r"(?s)<(script|style|pre|code)\b.*?</\1>", " ", text)
    text = re.sub(r"</?(p|li|h\d|td|dt|dd|title|div)\b[^>]*>", "\n", text)
    yield from html.unescape(re.sub(r"<[^>]+>", "", text)).split("\n\n")


def cldr_lines(path):
    text = open(path, encoding="utf-8").read()
    for value in re.findall(r"<(?:territory|language|displayName|variant)\b[^>]*>([^<]+)<", text):
        yield value


def exemplars(path):
    """The letters beyond ASCII of a set such as `[a á {ch} e-g]`."""
    found = re.search(r"<exemplarCharacters>\[(.*?)\]<", open(path, encoding="utf-8").read())
    letters = found.group(1) if found else ""
    for item in re.sub(r"\{.*?\}|\\.", " ", letters).split():
        ends = re.findall("(.)-(.)", item) or [(c, c) for c in item]
        for first, last in ends:
            yield from (chr(cp) for cp in range(ord(first), ord(last) + 1) if cp >= 0x80)


def tidy(text):
    text = text.replace("_", "").replace("\t", " ")
    if re.search(r"[%{}\\<>=|@#$]|https?:|&\w", text):
        return None
    text = re.sub(r" +", " ", re.sub(r"\s*\n\s*", " ", text)).strip()
    if len(text) < 3 or "\ufffd" in text or GARBLED.search(text):
        return None
    return unicodedata.normalize("NFC", text)


class Corpus:
    def __init__(self, out):
        self.out, self.size, self.seen = out, collections.Counter(), set()
        self.files = {}
        for part in ("train", "held"):
            os.makedirs(os.path.join(out, part), exist_ok=True)

    def add(self, lang, lines, source_is_english=False):
        for line in lines:
            if self.size[lang] > LIMIT:
                return
            line = tidy(line)
            if line is None or all(ord(c) < 128 for c in line) and lang not in ASCII_LANGUAGES:
                continue
            key = zlib.crc32(line.encode())
            if (lang, key) in self.seen:
                continue
            self.seen.add((lang, key))
            self.size[lang] += len(line)
            part = "held" if key % 10 == 0 and len(line) > 25 else "train"
            if (lang, part) not in self.files:
                path = os.path.join(self.out, part, lang + ".txt")
                self.files[lang, part] = open(path, "w", encoding="utf-8")
            self.files[lang, part].write(line + "\n")


ASCII_LANGUAGES = {"en", "id", "nl", "sw", "ms"}
ALIAS = {"nb": "nb", "no": "nb", "zh_CN": "zh", "zh_TW": "zh_Hant", "pt_BR": "pt", "pt_PT": "pt",
         "sr@latin": "sr_Latn", "sr@Latn": "sr_Latn", "en_GB": "en", "en_US": "en", "C": "en"}


def language(name):
    return ALIAS.get(name, name if "@" in name else name.split("_")[0])


def main():
    root, out = sys.argv[1:]
    corpus = Corpus(out)
    pattern = root + "/*/usr/share/help/*/**/*.page"
    for path in sorted(glob.glob(pattern, recursive=True)):
        corpus.add(language(path.split("/help/")[1].split("/")[0]), markup_lines(path))
    for path in sorted(glob.glob(root + "/*/usr/share/doc/installation-guide*/*.??.html")
                       + glob.glob(root + "/*/usr/share/doc/installation-guide*/*/*.html")):
        corpus.add(language(path.split("/")[-2] if "/amd64" not in path else "en"), markup_lines(path))
    for path in sorted(glob.glob(root + "/manpages-*/usr/share/man/*/man[178]/*")):
        corpus.add(language(path.split("/man/")[1].split("/")[0]), man_lines(path))
    catalogues = glob.glob(root + "/*/usr/share/**/LC_MESSAGES/*.mo", recursive=True)
    for path in sorted(catalogues, key=lambda p: (zlib.crc32(p.split("/")[-1].encode()), p)):
        if "iso_3166" in path or "iso_639" in path or "iso_15924" in path:
            continue
        corpus.add(language(path.split("/LC_MESSAGES")[0].split("/")[-1]), mo_strings(path))
    for path in sorted(glob.glob(root + "/*/usr/share/unicode/cldr/common/main/*.xml")):
        name = os.path.basename(path)[:-4]
        if "_" not in name and name != "root":
            corpus.add(language(name), cldr_lines(path))
            with open(os.path.join(out, "train", name + ".letters"), "w", encoding="utf-8") as f:
                f.write("".join(exemplars(path)))
    for lang, size in sorted(corpus.size.items()):
        print(lang, size)


main()
