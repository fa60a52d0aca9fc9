#!/usr/bin/env python3
"""Trains the character statistics of the mojibake engine and writes src/encoding/model_tables.c.

    python3 tools/model-corpus.py UNPACKED OUT
    python3 tools/make-model.py OUT/train > src/encoding/model_tables.c

The model is an interpolated bigram of characters that backs off to a bigram of character classes
(script and case) times the character's share of its class; each language has the same weight. Costs
are in eighths of a bit. Smoothing is Witten and Bell's (IEEE Trans. Inf. Theory 37, 1991).
"""
import collections
import glob
import math
import os
import re
import sys
import unicodedata

BIGRAMS = 56000
ENOUGH = 40000  # pairs of a language that give it full weight
ALPHABET = 60  # what a letter of an alphabet counts, of a million characters a language
SCALE = 8
FLAT = 0.05  # share of the classes' own frequency in the bigram of classes
LEAST_NEW = 0.02  # share of the back-off after any character
HAN = 3500  # as many characters as make up nearly all of Chinese text
RANGES = [  # first, last, class: scripts that are not split by case
    (0x0530, 0x058F, "armenian"), (0x0590, 0x05FF, "hebrew"), (0xFB1D, 0xFB4F, "hebrew"),
    (0x0600, 0x077F, "arabic"), (0x08A0, 0x08FF, "arabic"), (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFE, "arabic"), (0x0900, 0x097F, "devanagari"), (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "gurmukhi"), (0x0A80, 0x0AFF, "gujarati"), (0x0B00, 0x0B7F, "oriya"),
    (0x0B80, 0x0BFF, "tamil"), (0x0C00, 0x0C7F, "telugu"), (0x0C80, 0x0CFF, "kannada"),
    (0x0D00, 0x0D7F, "malayalam"), (0x0D80, 0x0DFF, "sinhala"), (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"), (0x0F00, 0x0FFF, "tibetan"), (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"), (0x1200, 0x139F, "ethiopic"), (0x1780, 0x17FF, "khmer"),
    (0x1100, 0x11FF, "jamo"), (0x3130, 0x318F, "jamo"), (0xAC00, 0xD7A3, "hangul"),
    (0x3040, 0x30FF, "kana"), (0x4E00, 0x9FFF, "han"), (0x3400, 0x4DBF, "rarehan"),
    (0xF900, 0xFAFF, "rarehan"), (0x3000, 0x303F, "cjkpunct"), (0xFF00, 0xFFEF, "cjkpunct"),
    (0x2500, 0x259F, "box"), (0x2190, 0x24FF, "math"), (0x27C0, 0x2BFF, "math"),
    (0x25A0, 0x27BF, "emoji"), (0x20A0, 0x20CF, "currency"), (0xE000, 0xF8FF, "private"),
]
CLASSES = ["lower", "upper", "digit", "space", "control", "close", "open", "quote", "punct",
           "latin_lower", "latin_upper", "latin_rare", "greek_lower", "greek_upper", "greek_rare",
           "cyrillic_lower", "cyrillic_upper", "cyrillic_rare", "mark_open", "mark_close", "dash",
           "currency", "symbol", "modifier", "combining", "math", "box", "emoji", "format", "c1",
           "private", "unassigned", "other"]
for _, _, name in RANGES:
    if name not in CLASSES:
        CLASSES.append(name)
NUMBER = {name: i for i, name in enumerate(CLASSES)}


def ascii_class(c):
    if c.islower() or c.isupper():
        return "lower" if c.islower() else "upper"
    if c.isdigit():
        return "digit"
    if c == " ":
        return "space"
    if c < " " or c == "\x7f":
        return "control"
    return ("close" if c in ".,;:!?)]}" else "open" if c in "([{" else
            "quote" if c in "'\"" else "punct")


def class_of(cp):
    c, kind = chr(cp), unicodedata.category(chr(cp))
    if cp < 0x80:
        return ascii_class(c)
    if cp < 0xA0 or cp == 0xFFFD:
        return "c1"
    if c in "\u00a0\u202f\u2009\u2007\u2003\u2002":
        return "space"
    if kind in ("Cn", "Cs"):
        return "unassigned"
    if kind == "Co":
        return "private"
    if kind in ("Cf", "Zl", "Zp", "Zs") or 0xFE00 <= cp <= 0xFE0F:
        return "format"
    if c in "“‘„‚«‹¿¡":
        return "mark_open"
    if c in "”’»›…™®°†‡ªº²³¹½¼¾‰":
        return "mark_close"
    if c in "–—‐‑−":
        return "dash"
    if kind == "Sc":
        return "currency"
    for first, last, name in RANGES:
        if first <= cp <= last:
            return name
    if kind in ("Sk", "Lm"):
        return "modifier"
    if kind in ("Mn", "Me", "Mc"):
        return "combining"
    if cp < 0x250 or 0x1E00 <= cp < 0x1F00:
        common = cp < 0x180 or cp in LATIN_MORE or 0x1EA0 <= cp < 0x1EFA
        if kind in ("Lu", "Ll", "Lt", "Lo"):
            case = "latin_lower" if kind == "Ll" else "latin_upper"
            return case if common else "latin_rare"
        return "symbol"
    if cp in LATIN_MORE:
        return "latin_lower" if kind == "Ll" else "latin_upper"
    if cp < 0x2B0 or 0x2C60 <= cp < 0x2C80 or 0xA720 <= cp < 0xA800:
        return "latin_rare"
    if 0x370 <= cp < 0x400 or 0x1F00 <= cp < 0x2000:
        if cp >= 0x1F00 or cp in (0x3D0, 0x3D1, 0x3D5, 0x3D6) or cp > 0x3D6 or cp < 0x384:
            return "greek_rare"
        return ("greek_lower" if kind == "Ll" else "greek_upper" if kind == "Lu" else "symbol")
    if 0x400 <= cp < 0x530:
        if cp >= 0x460 and chr(cp) not in "ґҐәӘғҒқҚңҢөӨұҰүҮһҺҗҖӣӢӯӮҳҲҷҶ":
            return "cyrillic_rare"
        return "cyrillic_lower" if kind == "Ll" else "cyrillic_upper"
    if 0x1F000 <= cp < 0x1FB00:
        return "emoji"
    if 0x20000 <= cp < 0x32000:
        return "rarehan"
    if kind[0] in "PS":
        return "symbol"
    return "other"


# Letters beyond Latin Extended-A that CLDR's exemplar sets have for a living language.
LATIN_MORE = {ord(c) for c in "ơưșțǎǐǒǔǹǧǥǯǩəǝǫǰȟɓɗƙƴɛɔɣɖƒʋɨʉɲḍḥḷḿṅṛṣṭṽẁẃẅẓ"}
LATIN_MORE |= {ord(chr(cp).upper()) for cp in LATIN_MORE if len(chr(cp).upper()) == 1}


def variants(line, number):
    """The line, and forms of it that catalogues seldom hold: capitals, typographic marks."""
    yield line
    if "'" in line or '"' in line or "..." in line or " - " in line:
        text = re.sub(r"(?<=\w)'", "’", line).replace("...", "…")
        text = text.replace(" - ", (" – ", " — ", "—", " — ")[number % 4])
        text = re.sub(r'"([^"]*)"', r"“\1”" if number % 3 else r"«\1»", text)
        yield re.sub(r"(?<!\w)'([^']*)'", r"‘\1’", text)
    if number % 12 == 0:
        yield line.upper()
    if number % 17 == 0:
        yield line.title()


def count(folder):
    pairs = collections.defaultdict(float)
    for path in sorted(glob.glob(folder + "/*.txt")):
        own = collections.Counter()
        for number, line in enumerate(open(path, encoding="utf-8")):
            for form in variants(line.rstrip("\n"), number):
                form = "\n" + form.replace("\u00a0", " ") + "\n"
                own.update(zip(form, form[1:]))
        total = sum(own.values())
        weight = min(1.0, total / ENOUGH) * 1e6 / total
        for pair, n in own.items():
            pairs[pair] += n * weight
    return pairs


def language_rows(folder):
    """For each language in Latin script: costs of pairs of ASCII letters (0: no letter) and of its
    other letters, against all such pairs and letters of that language."""
    out = []
    for path in sorted(glob.glob(folder + "/*.txt")):
        name = os.path.basename(path)[:-4]
        text = open(path, encoding="utf-8").read().lower()
        letters = collections.Counter(c for c in text if c.isalpha())
        latin = sum(n for c, n in letters.items() if class_of(ord(c)) in ("lower", "latin_lower"))
        if latin < 60000 or latin < 0.6 * sum(letters.values()) or "@" in name:
            continue
        pairs = collections.Counter(zip(" " + text, text))
        grid = [[1.0] * 27 for _ in range(27)]
        for (a, b), n in pairs.items():
            grid[ascii_index(a)][ascii_index(b)] += n
        total = sum(map(sum, grid)) - grid[0][0]
        grid = [[quantise(-math.log2(n / total)) for n in row] for row in grid]
        others = {c: n for c, n in letters.items() if class_of(ord(c)) == "latin_lower"}
        out.append((name, grid, others, sum(others.values()) + latin / 200))
    return out


def ascii_index(c):
    return ord(c) - 96 if "a" <= c <= "z" else 0


def quantise(bits):
    return max(0, min(255, round(bits * SCALE)))


def alphabets(folder):
    """Letters that a language has, whether its texts hold them or not."""
    out = collections.Counter()
    for path in sorted(glob.glob(folder + "/*.letters")):
        for c in open(path, encoding="utf-8").read():
            if class_of(ord(c)) in ("han", "rarehan", "hangul"):
                continue
            out[c] += ALPHABET
            if len(c.upper()) == 1 and c.upper() != c:
                out[c.upper()] += ALPHABET / 3
    return out


class Model:
    def __init__(self, pairs, letters):
        self.pairs = pairs
        self.chars = letters
        for (_, c), n in pairs.items():
            self.chars[c] += n
        self.cls = {c: NUMBER[class_of(ord(c))] for c in self.chars}
        self.class_total = collections.Counter()
        for c, n in self.chars.items():
            self.class_total[self.cls[c]] += n
        self.train_classes()
        self.train_characters()
        self.train_pairs()

    def train_classes(self):
        n = len(CLASSES)
        grid = [[0.02] * n for _ in range(n)]
        for (a, b), k in self.pairs.items():
            if a in self.cls:
                grid[self.cls[a]][self.cls[b]] += k
        everything = sum(self.class_total.values())
        self.class_cost = []
        for row in grid:
            total = sum(row)
            mix = [(1 - FLAT) * (k + 300 * (self.class_total[j] + 40) / everything) / (total + 300)
                   + FLAT * (self.class_total[j] + 40) / everything for j, k in enumerate(row)]
            self.class_cost.append([quantise(-math.log2(p)) for p in mix])

    def train_characters(self):
        sizes = collections.Counter(NUMBER[class_of(cp)] for cp in range(0x110000)
                                    if not 0xD800 <= cp < 0xE000)
        self.unseen, self.char_cost = [], {}
        for k in range(len(CLASSES)):
            seen = [c for c in self.chars if self.cls[c] == k]
            total = self.class_total[k] + 30
            rest = max(1, sizes[k] - len(seen))
            self.unseen.append(quantise(-math.log2(20.0 / total / rest)))
            if k == NUMBER["han"]:
                self.unseen[-1] = quantise(math.log2(HAN))
            flat = 0.5 if CLASSES[k] in ("mark_open", "mark_close", "dash", "symbol") else 0.05
            for c in seen:
                share = (1 - flat) * self.chars[c] / total + flat / len(seen)
                self.char_cost[c] = -math.log2(share)

    def backoff_bits(self, a, b):
        return self.class_cost[self.cls[a]][self.cls[b]] / SCALE + self.char_cost[b]

    def train_pairs(self):
        rows = collections.defaultdict(dict)
        for (a, b), k in self.pairs.items():
            if a in self.cls and k >= 0.5:
                rows[a][b] = k
        gains, self.weight = [], {}
        for a, row in rows.items():
            total, kinds = sum(row.values()), len(row)
            new = max(LEAST_NEW, 8 * kinds / (total + 8 * kinds))
            self.weight[a] = quantise(-math.log2(new))
            for b, k in row.items():
                p = (1 - new) * k / total + new * 2 ** -self.backoff_bits(a, b)
                cost = -math.log2(p)
                if self.cls[a] != NUMBER["han"] and self.cls[b] != NUMBER["han"]:
                    saved = self.weight[a] / SCALE + self.backoff_bits(a, b) - cost
                    gains.append((k * saved, a, b, cost))
        gains.sort(reverse=True)
        self.kept = collections.defaultdict(list)
        for _, a, b, cost in gains[:BIGRAMS]:
            self.kept[a].append((b, quantise(cost)))


def rows(values, per_line=20, fmt="%d"):
    return "\n".join("    " + ", ".join(fmt % v for v in values[i:i + per_line]) + ","
                     for i in range(0, len(values), per_line))


def emit_array(kind, name, values, per_line=20, fmt="%d"):
    print("const %s %s[%d] = {\n%s\n};\n" % (kind, name, len(values), rows(values, per_line, fmt)))


def emit_classes():
    blocks, starts = [], []
    for base in range(0, 0x10000, 64):
        block = tuple(NUMBER["unassigned" if 0xD800 <= cp < 0xE000 else class_of(cp)]
                      for cp in range(base, base + 64))
        if block not in blocks:
            blocks.append(block)
        starts.append(blocks.index(block))
    emit_array("uint8_t", "nl_model_class_block", starts, 24)
    print("const uint8_t nl_model_class[%d][64] = {" % len(blocks))
    for block in blocks:
        print("    {\n" + rows(block, 32) + "\n    },")
    print("};\n")


def emit(model):
    print("/* Character statistics. Generated by tools/make-model.py; do not edit. Sources: the texts\n"
          " * that tools/model-corpus.py names. Costs are in eighths of a bit. */")
    print("/* clang-format off */")
    print('#include "encoding/model.h"\n')
    emit_classes()
    known = sorted({c for c in model.chars if ord(c) < 0x10000 and model.cls[c] != NUMBER["han"]
                    and (model.chars[c] > 20 or ord(c) < 0x80)} | {chr(c) for c in range(0x80)})
    index = {c: i for i, c in enumerate(known)}
    print("const uint8_t nl_model_class_cost[NL_CLASS_COUNT][NL_CLASS_COUNT] = {")
    for row in model.class_cost:
        print("    {\n" + rows(row) + "\n    },")
    print("};\n")
    emit_array("uint8_t", "nl_model_unseen_cost", model.unseen)
    print("const uint16_t nl_model_known_count = %d;\n" % len(known))
    emit_array("uint16_t", "nl_model_known", [ord(c) for c in known], 14, "0x%04X")
    emit_array("uint8_t", "nl_model_char_cost",
               [quantise(model.char_cost.get(c, 20)) for c in known])
    emit_array("uint8_t", "nl_model_backoff", [model.weight.get(c, 0) for c in known])
    starts, second, cost = [], [], []
    for c in known:
        starts.append(len(second))
        for b, k in sorted((index[b], k) for b, k in model.kept.get(c, []) if b in index):
            second.append(b)
            cost.append(k)
    starts.append(len(second))
    emit_array("uint32_t", "nl_model_row", starts, 14)
    emit_array("uint16_t", "nl_model_second", second, 18)
    emit_array("uint8_t", "nl_model_pair_cost", cost, 22)
    size = 1024 + len(known) * 8 + len(second) * 3 + len(CLASSES) ** 2
    print("characters %d, pairs %d, about %d bytes" % (len(known), len(second), size),
          file=sys.stderr)


def emit_languages(languages):
    counts = collections.Counter()
    for _, _, others, total in languages:
        counts.update({c: n / total for c, n in others.items()})
    alphabet = sorted(c for c, _ in counts.most_common(128))
    print("/* Languages in Latin script: " + " ".join(row[0] for row in languages) + " */")
    print("const uint8_t nl_language_count = %d;\n" % len(languages))
    print("const uint8_t nl_language_pairs[%d][27 * 27] = {" % len(languages))
    for _, grid, _, _ in languages:
        print("    {\n" + rows(sum(grid, []), 27) + "\n    },")
    print("};\n\nconst uint16_t nl_language_alphabet_count = %d;\n" % len(alphabet))
    emit_array("uint16_t", "nl_language_alphabet", [ord(c) for c in alphabet], 14, "0x%04X")
    print("const uint8_t nl_language_letters[%d][%d] = {" % (len(languages), len(alphabet)))
    for _, _, others, total in languages:
        print("    {\n" + rows([quantise(-math.log2((others.get(c, 0) + 0.05) / total))
                                for c in alphabet]) + "\n    },")
    print("};\n")
    print("languages %d, letters %d, about %d bytes" % (
        len(languages), len(alphabet), len(languages) * (729 + len(alphabet))), file=sys.stderr)


def emit_header():
    names = ",\n".join("    NL_CLASS_" + c.upper() for c in CLASSES)
    print("/* Character classes: script and case. Generated by tools/make-model.py. */\n"
          "#ifndef NL_ENCODING_CLASSES_H\n#define NL_ENCODING_CLASSES_H\n\n"
          "typedef enum nl_class {\n%s,\n    NL_CLASS_COUNT\n} nl_class;\n\n#endif" % names)


if sys.argv[1] == "--classes":
    emit_header()
else:
    emit(Model(count(sys.argv[1]), alphabets(sys.argv[1])))
    emit_languages(language_rows(sys.argv[1]))
