/*
 * The fast readers against libyaml and cmark, on every file of the folders in $NEWSLINT_READERS
 * (separated by colons; default: the seeds, fixtures and examples) and on mutants of it: lines and
 * bytes dropped, doubled, swapped, indented, and pieces of YAML and Markdown put in.
 * $NEWSLINT_MUTANTS says how many of each file (default: 100).
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "reader_laws.h"
#include "unit.h"
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MUTANTS = 100,
    GENERATED = 30000,
    LINES_MOST = 7,
    FILE_MOST = 1 << 16,
    FOLDERS_OPEN = 16,
    CHANGES_MOST = 4
};

typedef struct progress {
    uint64_t seed;
    size_t mutants; /* of each file */
    size_t files, texts, broken;
    laws_taken whole, mutated;
} progress;

static progress now; /* nftw() hands nothing on */

static uint64_t random_next(void) { /* xorshift64 */
    now.seed ^= now.seed << 13;
    now.seed ^= now.seed >> 7;
    now.seed ^= now.seed << 17;
    return now.seed;
}

static size_t below(size_t n) {
    return n ? (size_t)(random_next() % n) : 0;
}

static const char *const pieces[] = {
    "- ",
    "-",
    "  ",
    "    ",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    ":",
    ": ",
    ":\n",
    "#",
    " #",
    "# ",
    "## ",
    "---",
    "...",
    "===",
    "\"",
    "'",
    "''",
    "\\",
    "\\n",
    "\\u00e9",
    "\\x41",
    "\\\"",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ",",
    "[]",
    "{}",
    "[a, 'b']",
    "{a: b}",
    "|",
    ">",
    "|\n",
    ">-\n",
    "|+\n",
    "|2\n",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "%",
    "@",
    "`",
    "```\n",
    "~~~",
    "> ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "1.\n",
    "<!-- a -->",
    "<!--",
    "<div>",
    "<a@b.c>",
    "[a]: b\n",
    "[a]",
    "![a](b)",
    "_a_",
    "**",
    "&amp;",
    "***",
    "- - -\n",
    "_ _ _",
    "null",
    "true",
    "0x1F",
    "1e3",
    "~",
    ".inf",
    "\xC2\x85",
    "\xC2\xA0",
    "\xE2\x80\xA8",
    "\xEF\xBB\xBF",
    "\xC3\xA9",
    "\xFF",
    "\xF0\x9F\x98\x80",
    "key: value\n",
    "  a: b\n",
    "- a\n",
    "a:\n",
    "\n\n",
    "\n  ",
    "\n- ",
    "\n# ",
    "\n> ",
    "\n===\n",
    "\n---\n",
};

/* The line that holds a place. */
static nl_span line_at(nl_str text, size_t at) {
    size_t start = at, end = at;
    while (start > 0 && text.p[start - 1] != '\n')
        start--;
    while (end < text.n && text.p[end] != '\n')
        end++;
    return nl_span_of(start, end < text.n ? end + 1 : end);
}

/* `text` with what stands in span replaced, into out. */
static void replace(nl_str text, nl_span span, nl_str by, nl_buf *out) {
    nl_buf_clear(out);
    nl_buf_str_add(out, nl_str_sub(text, 0, span.start));
    nl_buf_str_add(out, by);
    nl_buf_str_add(out, nl_str_sub(text, span.end, text.n));
}

static void change(nl_str text, nl_buf *out) {
    size_t at = below(text.n + 1);
    nl_span line = line_at(text, at), other = line_at(text, below(text.n + 1));
    nl_str other_text = nl_str_sub(text, other.start, other.end);
    nl_str piece = nl_str_c(pieces[below(sizeof pieces / sizeof pieces[0])]);
    nl_span place = nl_span_of(at, at);
    switch (below(8)) {
    case 0:
        replace(text, place, piece, out);
        break;
    case 1: /* at a line's start */
        replace(text, nl_span_of(line.start, line.start), piece, out);
        break;
    case 2: /* at its end */
        line.end -= line.end > line.start && text.p[line.end - 1] == '\n';
        replace(text, nl_span_of(line.end, line.end), piece, out);
        break;
    case 3:
        replace(text, line, NL_S(""), out);
        break;
    case 4:
        replace(text, nl_span_of(line.start, line.start), other_text, out);
        break;
    case 5:
        replace(text, line, other_text, out);
        break;
    case 6: { /* some bytes go */
        size_t end = at + 1 + below(6);
        replace(text, nl_span_of(at, end < text.n ? end : text.n), NL_S(""), out);
        break;
    }
    default: { /* from here to the line's end */
        size_t end = line.end - (line.end > line.start && text.p[line.end - 1] == '\n');
        replace(text, nl_span_of(at < end ? at : end, end), piece, out);
        break;
    }
    }
}

static void with_crlf(nl_str text, nl_buf *out) {
    nl_buf_clear(out);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            nl_buf_putc(out, '\r');
        nl_buf_putc(out, text.p[i]);
    }
}

/* The bytes in a buffer of their own length, so that a sanitizer sees who reads behind them. */
static void compare(const char *path, nl_str text, laws_taken *taken) {
    nl_arena arena = {0};
    char *copy = nl_alloc(text.n + !text.n);
    if (text.n)
        memcpy(copy, text.p, text.n);
    const char *broken = laws_readers_broken(nl_str_n(copy, text.n), taken, &arena);
    now.texts++;
    if (broken && now.broken++ < 5)
        print_message("%s: %s, in:\n%.*s\n", path, broken, (int)text.n, copy);
    free(copy);
    nl_arena_free(&arena);
}

static void mutate(const char *path, nl_str text) {
    nl_buf out = {0}, in = {0};
    for (size_t i = 0; i < now.mutants; i++) {
        if (below(8) == 0)
            with_crlf(text, &out);
        else
            replace(text, nl_span_of(0, 0), NL_S(""), &out);
        for (size_t changes = 1 + below(CHANGES_MOST); changes; changes--) {
            nl_buf swap = in;
            in = out;
            out = swap;
            change(nl_buf_str(&in), &out);
        }
        compare(path, nl_buf_str(&out), &now.mutated);
    }
    nl_buf_free(&in);
    nl_buf_free(&out);
}

/* A file that is no article may be YAML: its text then stands between dashes too. */
static void look(const char *path, nl_str text) {
    nl_buf front = {0};
    now.files++;
    compare(path, text, &now.whole);
    mutate(path, text);
    nl_str name = nl_str_c(path);
    if (nl_str_ends(name, NL_S(".yaml")) || nl_str_ends(name, NL_S(".yml"))) {
        nl_buf_puts(&front, "---\n");
        nl_buf_str_add(&front, text);
        nl_buf_puts(&front, "\n---\n");
        compare(path, nl_buf_str(&front), &now.whole);
        mutate(path, nl_buf_str(&front));
    }
    nl_buf_free(&front);
}

static int visit(const char *path, const struct stat *st, int kind, struct FTW *ftw) {
    (void)ftw;
    nl_buf text = {0};
    nl_error error;
    if (kind == FTW_F && st->st_size <= FILE_MOST &&
        nl_file_read(path, FILE_MOST, &text, NULL, &error) == NL_READ_OK)
        look(path, nl_buf_str(&text));
    nl_buf_free(&text);
    return 0;
}

/* The same texts each time, others with another $NEWSLINT_SEED. */
static void start(void) {
    const char *seed = getenv("NEWSLINT_SEED");
    now = (progress){.seed = 0x9E3779B97F4A7C15u};
    if (seed)
        now.seed ^= (uint64_t)strtoul(seed, NULL, 10) * 0xD1342543DE82EF95u;
}

static void say(const char *what, const laws_taken *t) {
    print_message("%s: front matter taken %zu of %zu, bodies %zu of %zu\n", what, t->yaml,
                  t->yaml_of, t->body, t->body_of);
}

/* ---- Articles put together of lines ---------------------------------------------------------- */

static const char *const front_lines[] = {
    "a: b",       "b:",         "- x",
    "- k: v",     "-",          "- - y",
    "c: |",       "d: >-",      "e: \"f\"",
    "g: 'h''s'",  "i: [j, k]",  "l: {m: n}",
    "text",       "more: text", "# comment",
    "p: q # r",   "s: t#u",     "v: \"w",
    "x\"",        "y: 'z",      "1'",
    "2: 3",       "4.5: ~",     "on: http://6",
    "a b: c d",   "\"7\": 8",   "'9': '0'",
    "- [a]",      "- |+",       "- >",
    "e: [",       "]",          "a, b",
    "f: {a: 1,",  "b: [2]}",    "a:  b",
    "a : b",      "- 'a' : b",  "h: \"\\u00e9\"",
    "i: a: b",    "j: k:",      "-l: m",
    "n: -1",      "o: - p",     "q: 'r' s",
    "t: [a]b",    "u: \"\"",    "\xC3\xA9: \xC2\xBB",
    "<<: {a: b}", "? a",        "...",
    "--- a",      "%a",         "a: &b c",
    "",           " ",          "  ",
    "    ",       "      ",     "c: |  # d",
};
static const char *const body_lines[] = {
    "text",       "more text",
    "# H",        "## H ##",
    "#",          "####### 7",
    "#tag",       "===",
    "---",        "--",
    "-",          "=",
    "***",        "* * *",
    "_ _ _",      "- a",
    "- b",        "* c",
    "+ d",        "1. e",
    "2. f",       "1) g",
    "-   h",      "-      i",
    "- # j",      "- > k",
    "- [ ] l",    "- - m",
    "> n",        ">o",
    ">",          "> - p",
    "> ===",      ">      q",
    "```",        "```` r",
    "~~~",        "~~~~",
    "``` `",      "<!-- s -->",
    "<!-- t",     "u -->",
    "<div>",      "<http://v.w>",
    "[x]: /y",    "[x] z",
    "[x](y)",     "[a",
    "b]: /c",     "**d**",
    "*e* f",      "_g_",
    "`h` i",      "\\# j",
    "## *k* `l`", "## [m](n)",
    "## o\\",     "## p & q",
    "10. r",      "1234567890. s",
    "- ",         "\xC3\xA9\xE2\x80\xA6",
    "",           "",
    " ",          "## t#",
    "## u \\#",   "&amp; v",
    "!w",         "| x | y |",
    "2.",         "- ~~~",
    "```\tz",     "01. a",
    "0. b",       "![c](d)",
    "a\tb",       "\ta",
    "c\t",        "-\td",
    "1.\te",      "\t```",
    "```\t",      "~~~ \t",
    "#\tf",       "\t",
    " \tg",       "## h\ti",
    "## j\t##\t", "## ![e](f)",
};

static void add_line(nl_buf *out, const char *const *lines, size_t count, size_t indent_most) {
    for (size_t indent = below(3) ? 0 : below(indent_most + 1); indent; indent--)
        nl_buf_putc(out, ' ');
    nl_buf_puts(out, lines[below(count)]);
    nl_buf_putc(out, '\n');
}

static void test_generated(void **state) {
    (void)state;
    const char *given = getenv("NEWSLINT_GENERATED");
    size_t count = given ? (size_t)strtoul(given, NULL, 10) : GENERATED;
    nl_buf text = {0}, crlf = {0};
    start();
    for (size_t i = 0; i < count; i++) {
        nl_buf_clear(&text);
        nl_buf_puts(&text, "---\n");
        for (size_t n = below(LINES_MOST); n; n--)
            add_line(&text, front_lines, sizeof front_lines / sizeof *front_lines, 6);
        nl_buf_puts(&text, "---\n");
        for (size_t n = below(LINES_MOST); n; n--)
            add_line(&text, body_lines, sizeof body_lines / sizeof *body_lines, 5);
        bool other = below(8) == 0;
        if (other)
            with_crlf(nl_buf_str(&text), &crlf);
        compare("generated", nl_buf_str(other ? &crlf : &text), &now.whole);
    }
    nl_buf_free(&crlf);
    nl_buf_free(&text);
    say("generated", &now.whole);
    assert_int_equal(now.broken, 0);
    assert_true(now.whole.yaml > count / 20 && now.whole.body > count / 20);
}

static void test_files(void **state) {
    (void)state;
    const char *given = getenv("NEWSLINT_READERS"), *mutants = getenv("NEWSLINT_MUTANTS");
    start();
    now.mutants = mutants ? (size_t)strtoul(mutants, NULL, 10) : MUTANTS;
    nl_str folders =
        nl_str_c(given ? given : "tests/fuzz/seeds/fuzz_readers:tests/fixtures:examples:docs");
    while (folders.n) {
        size_t n = nl_str_find(folders, ':');
        nl_buf folder = {0};
        nl_buf_str_add(&folder, nl_str_sub(folders, 0, n));
        nftw(nl_buf_c(&folder), visit, FOLDERS_OPEN, FTW_PHYS);
        nl_buf_free(&folder);
        folders = nl_str_sub(folders, n + 1, folders.n);
    }
    print_message("%zu files, %zu texts\n", now.files, now.texts);
    say("as they are", &now.whole);
    say("mutants", &now.mutated);
    assert_int_equal(now.broken, 0);
    assert_true(now.whole.yaml > 0 && now.whole.body > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_generated),
                                       cmocka_unit_test(test_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
