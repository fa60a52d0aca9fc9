/* Bodies: headings, blocks and inlines, every span compared as the bytes that it covers. */
#include "unit.h"

#include "base/utf8.h"
#include "doc/markdown.h"
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct parsed {
    nl_arena arena;
    nl_source source;
    nl_markdown *m;
} parsed;

static parsed *parse_n(const char *text, size_t n, size_t start) {
    parsed *p = calloc(1, sizeof *p);
    p->source = nl_source_of(NL_S("a.md"), (nl_str){text, n}, &p->arena);
    p->m = nl_markdown_parse(&p->source, start, &p->arena);
    nl_markdown_inlines(p->m);
    return p;
}

static parsed *parse(const char *text) {
    return parse_n(text, strlen(text), 0);
}

static void done(parsed *p) {
    nl_arena_free(&p->arena);
    free(p);
}

static nl_str bytes_of(const parsed *p, nl_span s) {
    assert_true(s.start <= s.end && s.end <= p->source.bytes.n);
    return nl_str_sub(p->source.bytes, s.start, s.end);
}

static void assert_str(nl_str s, const char *want) {
    if (!nl_str_is(s, want))
        fail_msg("'%.*s' where '%s' was wanted", NL_ARG(s), want);
}

static void finds_headings(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int level;
        nl_heading_style style;
        bool root;
        const char *block, *indent, *bytes, *marks, *closing, *content;
        size_t line;
    } cases[] = {
        {"# A\n", 1, NL_HEADING_ATX, true, "# A", "", "A", "#", "", "A", 1},
        {"x\n\n  ##  A  B ## \n", 2, NL_HEADING_ATX_CLOSED, true, "##  A  B ## ", "  ", "A  B",
         "##", "##", "A  B", 3},
        {"# A \\#\n", 1, NL_HEADING_ATX, true, "# A \\#", "", "A \\#", "#", "", "A #", 1},
        {"# C#\n", 1, NL_HEADING_ATX, true, "# C#", "", "C#", "#", "", "C#", 1},
        {"#\n", 1, NL_HEADING_ATX, true, "#", "", "", "#", "", "", 1},
        {"## #\n", 2, NL_HEADING_ATX_CLOSED, true, "## #", "", "", "##", "#", "", 1},
        {"#\tA\t#\t\n", 1, NL_HEADING_ATX_CLOSED, true, "#\tA\t#\t", "", "A", "#", "#", "A", 1},
        {"- #\n", 1, NL_HEADING_ATX, false, "#", "", "", "#", "", "", 1},
        {"> # A\n", 1, NL_HEADING_ATX, false, "# A", "", "A", "#", "", "A", 1},
        {">   # A\n", 1, NL_HEADING_ATX, false, "# A", "  ", "A", "#", "", "A", 1},
        {"1. a\n\n    ### B\n", 3, NL_HEADING_ATX, false, "### B", " ", "B", "###", "", "B", 3},
        {"-\t# A\n", 1, NL_HEADING_ATX, false, "# A", "", "A", "#", "", "A", 1},
        {"A\n===\n", 1, NL_HEADING_SETEXT, true, "A\n===", "", "A", "===", "", "A", 1},
        {" A \nb\t\n  --- \nc\n", 2, NL_HEADING_SETEXT, true, "A \nb\t\n  --- ", " ", "A \nb",
         "---", "", "A b", 1},
        {"> A\n> b\n> -\n", 2, NL_HEADING_SETEXT, false, "A\n> b\n> -", "", "A\n> b", "-", "",
         "A b", 1},
        {"[x]: y\n\"t\"\nA\n=\n", 1, NL_HEADING_SETEXT, true, "A\n=", "", "A", "=", "", "A", 3},
        {"[a]: b\n===\nA\n---\n", 2, NL_HEADING_SETEXT, true, "===\nA\n---", "", "===\nA", "---",
         "", "=== A", 2},
        {"# *a* `b` [c](d) ![e](f) &amp; \\*<i>\r\n", 1, NL_HEADING_ATX, true,
         "# *a* `b` [c](d) ![e](f) &amp; \\*<i>", "", "*a* `b` [c](d) ![e](f) &amp; \\*<i>", "#",
         "", "a b c e & *", 1},
        {"a\r\r# \xF0\x9F\x98\x80\r", 1, NL_HEADING_ATX, true, "# \xF0\x9F\x98\x80", "",
         "\xF0\x9F\x98\x80", "#", "", "\xF0\x9F\x98\x80", 3},
        {"\xEF\xBB\xBF# A", 1, NL_HEADING_ATX, true, "# A", "", "A", "#", "", "A", 1},
        {"# a\xE9z", 1, NL_HEADING_ATX, true, "# a\xE9z", "", "a\xE9z", "#", "", "a\xEF\xBF\xBDz",
         1},
        {"```\xE9\n# no\n```\n# A", 1, NL_HEADING_ATX, true, "# A", "", "A", "#", "", "A", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parsed *p = parse(cases[i].text);
        assert_int_equal(p->m->heading_count, 1);
        const nl_heading *h = p->m->headings;
        assert_int_equal(h->level, cases[i].level);
        assert_int_equal(h->style, cases[i].style);
        assert_int_equal(h->root, cases[i].root);
        assert_str(bytes_of(p, h->block), cases[i].block);
        assert_str(bytes_of(p, h->indent), cases[i].indent);
        assert_str(bytes_of(p, h->text), cases[i].bytes);
        assert_str(bytes_of(p, h->marks), cases[i].marks);
        assert_str(bytes_of(p, h->closing), cases[i].closing);
        assert_str(h->content, cases[i].content);
        assert_int_equal(h->line, cases[i].line);
        assert_int_equal(p->m->blocks[h->at].index, 0);
        done(p);
    }
}

static void takes_no_heading_for_one(void **state) {
    (void)state;
    static const char *const cases[] = {
        "#A\n",         "####### A\n",      "    # A\n",    "\\# A\n",
        "a\n    ===\n", "<!--\n# A\n-->\n", "```\n# A\n",   "> a\n===\n",
        "---\n",        "[a]: b\n===\n",    "<div>\n# A\n", "",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parsed *p = parse(cases[i]);
        assert_int_equal(p->m->heading_count, 0);
        done(p);
    }
}

static void keeps_a_nul_in_its_place(void **state) {
    (void)state;
    static const char text[] = "# a\0b\n\n`x\0` *y*\n";
    parsed *p = parse_n(text, sizeof text - 1, 0);
    assert_int_equal(p->m->heading_count, 1);
    assert_str(p->m->headings[0].content, "a\xEF\xBF\xBD"
                                          "b");
    assert_int_equal(p->m->headings[0].text.end, 5);
    assert_int_equal(p->m->code_count, 1);
    assert_int_equal(p->m->code[0].start, 7);
    assert_int_equal(p->m->code[0].end, 11);
    assert_true(p->m->inlines[p->m->inline_count - 1].exact);
    assert_str(bytes_of(p, p->m->inlines[p->m->inline_count - 1].span), "y");
    done(p);
}

static void starts_where_it_is_told(void **state) {
    (void)state;
    static const char text[] = "---\nt: 1\n---\n\xEF\xBB\xBF# no\n\n# A\n";
    parsed *p = parse_n(text, sizeof text - 1, 13);
    assert_int_equal(p->m->heading_count, 1);
    assert_int_equal(p->m->headings[0].line, 6);
    assert_str(bytes_of(p, p->m->headings[0].text), "A");
    assert_int_equal(p->m->blocks[0].span.start, 13);
    done(p);
}

static void ends_blocks_where_they_end(void **state) {
    (void)state;
    static const struct {
        const char *text;
        nl_block_kind kind;
        size_t first, last;
        const char *bytes;
    } cases[] = {
        {"> ```\n> a\nb", NL_BLOCK_CODE, 1, 2, "```\n> a"},
        {"> ```\n> a\n> ```\nb", NL_BLOCK_CODE, 1, 3, "```\n> a\n> ```"},
        {"```\na\n\n", NL_BLOCK_CODE, 1, 3, "```\na\n"},
        {"~~~ x\n~~~~ \n\n", NL_BLOCK_CODE, 1, 2, "~~~ x\n~~~~ "},
        {"    a\n\n    b\n\n\nc", NL_BLOCK_CODE, 1, 3, "a\n\n    b"},
        {"<!-- a\n\n--> b\nc", NL_BLOCK_HTML, 1, 3, "<!-- a\n\n--> b"},
        {"<div>\na\n\nb", NL_BLOCK_HTML, 1, 2, "<div>\na"},
        {"- a\n\n  b\n\n\nc", NL_BLOCK_LIST, 1, 3, "- a\n\n  b"},
        {"> a\nb\n\nc", NL_BLOCK_QUOTE, 1, 2, "> a\nb"},
        {"[x]: y\na\r\nb\r\n", NL_BLOCK_PARAGRAPH, 2, 3, "a\r\nb"},
        {"* * *\na", NL_BLOCK_RULE, 1, 1, "* * *"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parsed *p = parse(cases[i].text);
        const nl_block *b = p->m->blocks;
        while (b < p->m->blocks + p->m->block_count && b->kind != cases[i].kind)
            b++;
        assert_true(b < p->m->blocks + p->m->block_count);
        assert_int_equal(b->first_line, cases[i].first);
        assert_int_equal(b->last_line, cases[i].last);
        assert_str(bytes_of(p, b->span), cases[i].bytes);
        done(p);
    }
}

/* One line per inline: kind and depth, its bytes, its target, its text. */
static void describe(const parsed *p, char *out, size_t size) {
    size_t n = 0;
    out[0] = 0;
    for (size_t i = 0; i < p->m->inline_count && n < size; i++) {
        const nl_inline *in = &p->m->inlines[i];
        nl_str bytes = bytes_of(p, in->span), target = bytes_of(p, in->target);
        n += (size_t)snprintf(out + n, size - n, "%c%u%s {%.*s}{%.*s}{%.*s}\n",
                              "TCHLAIESB"[in->kind], in -> depth, in -> exact ? "" : "?",
                              NL_ARG(bytes), NL_ARG(target), NL_ARG(in->text));
    }
}

static void finds_inlines(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"a `b`` c` d", "T0 {a }{}{a }\nC0 {`b`` c`}{}{b`` c}\nT0 { d}{}{ d}\n"},
        {"***a** b*", "E0 {***a** b*}{}{}\nS1 {**a**}{}{}\nT2 {a}{}{a}\nT1 { b}{}{ b}\n"},
        {"**a*", "T0 {*}{}{*}\nE0 {*a*}{}{}\nT1 {a}{}{a}\n"},
        {"[a](<b c> \"t\")", "L0 {[a](<b c> \"t\")}{b c}{b c}\nT1 {a}{}{a}\n"},
        {"![a](b\\)&amp;)", "I0 {![a](b\\)&amp;)}{b\\)&amp;}{b)&}\nT1 {a}{}{a}\n"},
        {"[a][b] [b][] [b]\n\n[b]: c",
         "L0 {[a][b]}{}{c}\nT1 {a}{}{a}\nT0 { }{}{ }\nL0 {[b][]}{}{c}\nT1 {b}{}{b}\nT0 { }{}{ }\n"
         "L0 {[b]}{}{c}\nT1 {b}{}{b}\n"},
        {"<http://a?b&amp;c> <b>",
         "A0 {<http://a?b&amp;c>}{http://a?b&amp;c}{http://a?b&c}\nT0 { }{}{ }\nH0 {<b>}{}{<b>}\n"},
        {"&amp;amp; &nGt;\\*\\a &x;",
         "T0 {&amp;}{}{&}\nT0 {amp; }{}{amp; }\nT0 {&nGt;}{}{\xE2\x89\xAB\xE2\x83\x92}\n"
         "T0 {\\*}{}{*}\nT0 {\\a &x;}{}{\\a &x;}\n"},
        {"> a  \n>   *b\nc*", "T0 {a}{}{a}\nB0 {  \n>   }{}{}\nE0 {*b\nc*}{}{}\nT1 {b}{}{b}\n"
                              "B1 {\n}{}{}\nT1 {c}{}{c}\n"},
        {"a\\\r\nb", "T0 {a}{}{a}\nB0 {\\\r\n}{}{}\nT0 {b}{}{b}\n"},
        {"- `a\n  b`", "C0 {`a\n  b`}{}{a b}\n"},
        {"> a `b\n   c`", "T0 {a }{}{a }\nC0 {`b\n   c`}{}{b    c}\n"},
        {"[a]: b\n[c](d)", "L0 {[c](d)}{d}{d}\nT1 {c}{}{c}\n"},
        {"A *b*\n===", "T0 {A }{}{A }\nE0 {*b*}{}{}\nT1 {b}{}{b}\n"},
        {"[a [b](c) ![d](e)](f)",
         "T0 {[a }{}{[a }\nL0 {[b](c)}{c}{c}\nT1 {b}{}{b}\n"
         "T0 { }{}{ }\nI0 {![d](e)}{e}{e}\nT1 {d}{}{d}\nT0 {](f)}{}{](f)}\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        parsed *p = parse(cases[i].text);
        char got[2000];
        describe(p, got, sizeof got);
        assert_string_equal(got, cases[i].want);
        done(p);
    }
}

static void finds_definitions(void **state) {
    (void)state;
    parsed *p =
        parse("[a]: b\n[c]:\n  <d e>\n  'f\n  g'\ntext\n\n> [h]: #i\n- [j]: k\n\n  [l]: m\n");
    static const char *const want[] = {"[a]: b", "[c]:\n  <d e>\n  'f\n  g'", "[h]: #i", "[j]: k",
                                       "[l]: m"};
    static const char *const target[] = {"b", "d e", "#i", "k", "m"};
    static const size_t line[] = {1, 2, 8, 9, 11};
    assert_int_equal(p->m->definition_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_str(bytes_of(p, p->m->definitions[i].span), want[i]);
        assert_str(bytes_of(p, p->m->definitions[i].target), target[i]);
        assert_int_equal(p->m->definitions[i].line, line[i]);
        assert_int_equal(p->m->definitions[i].root, i < 2);
    }
    done(p);
}

static void tells_prose_from_what_is_not(void **state) {
    (void)state;
    parsed *p = parse("a `b` [c](d) <e@f.g> <i>h</i>\n\n    code\n\nx**y**z 1-2 --\n");
    static const char *const want[] = {"`b`", "d", "<e@f.g>", "<i>", "</i>", "code"};
    assert_int_equal(p->m->opaque_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_str(bytes_of(p, p->m->opaque[i]), want[i]);
    assert_int_equal(p->m->code_count, 2);
    assert_true(nl_spans_hold(p->m->opaque, p->m->opaque_count, 2));
    assert_false(nl_spans_hold(p->m->opaque, p->m->opaque_count, 5));
    assert_int_equal(p->m->words, 5); /* a c h xyz 1-2 */
    done(p);
}

static void makes_slugs(void **state) {
    (void)state;
    static const char *const slugs[][2] = {
        {"C++ & C#", "c--c"},
        {"It\xE2\x80\x99s \xE2\x80\x9Cq\xE2\x80\x9D", "its-q"},
        {"Emoji \xF0\x9F\x98\x80 x", "emoji--x"},
        {"\xC3\x89t\xC3\xA9_a", "\xC3\xA9t\xC3\xA9_a"},
    };
    nl_arena arena = {0};
    for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++)
        assert_str(nl_heading_slug(nl_str_c(slugs[i][0]), &arena), slugs[i][1]);
    nl_arena_free(&arena);
}

static nl_buf repeat(const char *unit, size_t times, const char *tail) {
    nl_buf text = {0};
    while (times-- > 0)
        nl_buf_puts(&text, unit);
    nl_buf_puts(&text, tail);
    return text;
}

static void refuses_what_would_not_end(void **state) {
    (void)state;
    static const struct {
        const char *unit;
        size_t times;
        const char *tail;
        nl_refusal refused;
    } cases[] = {
        {"> ", 100, "a", NL_BODY_TAKEN},
        {"> ", 101, "a", NL_BODY_TOO_DEEP},
        {">", 100000, "a", NL_BODY_TOO_DEEP},
        {"- ", 5000, "a", NL_BODY_TOO_DEEP},
        {"* ", 5000, "\n", NL_BODY_TAKEN},
        {"1......................", 50, "", NL_BODY_TAKEN},
        {"![[]()", 50000, "", NL_BODY_TOO_TANGLED},
        {"![a](b) ", 50000, "", NL_BODY_TAKEN},
        {"[", 100000, "", NL_BODY_TAKEN},
        {"*a **a ", 20000, "", NL_BODY_TAKEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nl_buf text = repeat(cases[i].unit, cases[i].times, cases[i].tail);
        parsed *p = parse_n(text.p, text.n, 0);
        assert_int_equal(p->m->refused, cases[i].refused);
        assert_int_equal(p->m->block_count == 0, cases[i].refused != NL_BODY_TAKEN);
        done(p);
        nl_buf_free(&text);
    }
}

static void assert_markup(const parsed *p, const nl_inline *in) {
    static const struct {
        nl_inline_kind kind;
        const char *starts, *ends;
    } marks[] = {
        {NL_INLINE_CODE, "`", "`"},     {NL_INLINE_HTML, "<", ">"},
        {NL_INLINE_AUTOLINK, "<", ">"}, {NL_INLINE_IMAGE, "!", ")]"},
        {NL_INLINE_LINK, "[", ")]"},    {NL_INLINE_EMPHASIS, "*_", "*_"},
        {NL_INLINE_STRONG, "*_", "*_"},
    };
    nl_str s = bytes_of(p, in->span);
    assert_true(s.n > 0);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (in->kind == marks[i].kind) {
            assert_non_null(memchr(marks[i].starts, s.p[0], strlen(marks[i].starts)));
            assert_non_null(memchr(marks[i].ends, s.p[s.n - 1], strlen(marks[i].ends)));
        }
    }
    if (in->kind == NL_INLINE_TEXT && !in->decoded)
        assert_true(in->text.p == s.p && in->text.n == s.n);
    if (in->target.end > in->target.start)
        assert_true(in->target.start > in->span.start && in->target.end < in->span.end);
}

static void assert_ordered(const nl_span *spans, size_t count, size_t n) {
    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].start < spans[i].end && spans[i].end <= n);
        if (i > 0)
            assert_true(spans[i - 1].end <= spans[i].start);
    }
}

static void assert_sound(const parsed *p) {
    const nl_markdown *m = p->m;
    for (size_t i = 0; i < m->block_count; i++) {
        const nl_block *b = &m->blocks[i];
        assert_true(b->first_line <= b->last_line);
        assert_true(b->span.start <= b->span.end && b->span.end <= p->source.bytes.n);
        if (i > 0)
            assert_true(b->first_line >= m->blocks[i - 1].first_line);
        if (!nl_block_is_leaf(b))
            continue;
        for (size_t j = b->inlines; j < b->inlines + b->inline_count; j++) {
            const nl_inline *in = &m->inlines[j];
            if (!in->exact)
                continue;
            assert_true(in->span.start >= b->span.start && in->span.end <= b->span.end);
            assert_markup(p, in);
            const nl_inline *before = j > b->inlines ? in - 1 : NULL;
            if (before && in->depth > before->depth) /* its child */
                assert_true(in->span.start >= before->span.start &&
                            in->span.end <= before->span.end);
            else if (before)
                assert_true(in->span.start >= before->span.end);
        }
    }
    assert_ordered(m->opaque, m->opaque_count, p->source.bytes.n);
    assert_ordered(m->code, m->code_count, p->source.bytes.n);
}

/* cmark alone, asked for level, text and line of each heading. The line is wrong behind
 * definitions, so it is compared where the heading's line does not come later. */
static void assert_as_cmark(const parsed *p) {
    nl_str text = p->source.bytes;
    size_t bom = nl_source_bom(text);
    if (nl_utf8_valid_to(text.p, text.n) < text.n || nl_source_bom(nl_str_sub(text, bom, text.n)))
        return; /* bytes that cmark reads otherwise */
    cmark_node *root = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT);
    cmark_iter *it = cmark_iter_new(root);
    size_t count = 0;
    for (cmark_event_type event; (event = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(it);
        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(n) != CMARK_NODE_HEADING)
            continue;
        assert_true(count < p->m->heading_count);
        const nl_heading *h = &p->m->headings[count++];
        assert_int_equal(h->level, cmark_node_get_heading_level(n));
        assert_true(h->line >= (size_t)cmark_node_get_start_line(n));
        if (h->style != NL_HEADING_SETEXT)
            assert_int_equal(h->line, cmark_node_get_start_line(n));
        cmark_node *only = cmark_node_first_child(n);
        if (only && !cmark_node_next(only) && cmark_node_get_type(only) == CMARK_NODE_TEXT)
            assert_str(h->content, cmark_node_get_literal(only));
    }
    assert_int_equal(count, p->m->heading_count);
    cmark_iter_free(it);
    cmark_node_free(root);
}

static void is_sound_on_random_text(void **state) {
    (void)state;
    static const char *const bits[] = {
        "a",         "b ",    "*",     "**",    "_",        "`",          "``",
        "[",         "]",     "(",     "](u)",  "![",       "<",          ">",
        "&amp;",     "&nGt;", "\\",    "\n",    "\n",       "\n\n",       "  \n",
        "> ",        "- ",    "1. ",   "  ",    "    ",     "\t",         "# ",
        " #",        "===\n", "---\n", "```\n", "<b>",      "<!-- c -->", "<div>\n",
        "[x]: /u\n", "[x]",   "[x][",  "<a:b>", "\xC3\xA9", "\xE9",       "\r",
        "\r\n",      "\\\n",  "\"t\"", "+\n",   "* * *\n",  "~~~\n",      "\xEF\xBB\xBF",
    };
    uint64_t seed = 88172645463325252u; /* xorshift64, Marsaglia 2003 */
    size_t exact = 0, all = 0;
    nl_buf text = {0};
    for (int round = 0; round < 5000; round++) {
        nl_buf_clear(&text);
        while (text.n < 200) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            if (seed % 37 == 0)
                break;
            nl_buf_puts(&text, bits[(seed >> 20) % (sizeof bits / sizeof *bits)]);
        }
        parsed *p = parse_n(text.p, text.n, 0);
        assert_sound(p);
        assert_as_cmark(p);
        for (size_t i = 0; i < p->m->inline_count; i++)
            exact += p->m->inlines[i].exact;
        all += p->m->inline_count;
        done(p);
    }
    nl_buf_free(&text);
    assert_true(all > 20000);
    assert_true(exact * 1000 >= all * 999);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_headings),
        cmocka_unit_test(takes_no_heading_for_one),
        cmocka_unit_test(keeps_a_nul_in_its_place),
        cmocka_unit_test(starts_where_it_is_told),
        cmocka_unit_test(ends_blocks_where_they_end),
        cmocka_unit_test(finds_inlines),
        cmocka_unit_test(finds_definitions),
        cmocka_unit_test(tells_prose_from_what_is_not),
        cmocka_unit_test(makes_slugs),
        cmocka_unit_test(refuses_what_would_not_end),
        cmocka_unit_test(is_sound_on_random_text),
    };
    return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
