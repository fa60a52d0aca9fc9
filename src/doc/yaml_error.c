/*
 * libyaml tells what it could not go on with; editors want to know what they wrote. For each of its
 * refusals (its scanner.c and parser.c, 0.2.5): the place of the cause and the cure.
 */
#include "doc/yaml_error.h"

#include "base/utf8.h"
#include <stdint.h>
#include <string.h>

enum { MAX_KEY = 1024 }; /* YAML 1.2.2, 7.4.2 */

typedef struct place {
    nl_tree *tree;
    const nl_yaml_refusal *r;
    nl_str bytes;    /* of the whole source */
    size_t at;       /* r->at */
    size_t context;  /* where what was being read began, or at */
    size_t line;     /* first byte of the line of at */
    size_t first;    /* its first byte that is no blank */
    size_t line_end; /* behind its last byte that is no blank */
} place;

static size_t unit_end(const place *p, size_t at) {
    uint32_t cp;
    return at < p->bytes.n ? at + nl_utf8_read(p->bytes.p + at, p->bytes.n - at, &cp) : at;
}

static nl_span unit(const place *p, size_t at) {
    return nl_span_of(at, unit_end(p, at));
}

static char byte(const place *p, size_t at) {
    return at < p->r->text.end ? p->bytes.p[at] : '\0';
}

static const char *quoted(const place *p, size_t from, size_t to) {
    return nl_tree_quote(p->tree, nl_str_sub(p->bytes, from, to));
}

static size_t line_start(const place *p, size_t at) {
    while (at > p->r->text.start && !strchr("\n\r", p->bytes.p[at - 1]))
        at--;
    return at;
}

static size_t line_end(const place *p, size_t at) {
    size_t end = at;
    for (; at < p->r->text.end && p->bytes.p[at] != '\n' && p->bytes.p[at] != '\r'; at++)
        if (!nl_is_blank((unsigned char)p->bytes.p[at]))
            end = at + 1;
    return end;
}

static void syntax(const place *p, nl_span span, const char *message) {
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, span, "%s", message);
}

static void tab(const place *p, size_t at) {
    size_t end = at;
    while (byte(p, end) == '\t')
        end++;
    nl_tree_fail(p->tree, NL_YAML_TAB, nl_span_of(at, end),
                 "a tab stands where YAML wants spaces for indentation; write spaces");
}

static void bad_start(const place *p) {
    if (byte(p, p->at) == '\t')
        tab(p, p->at);
    else if (byte(p, p->at) == '%' && p->at == p->line)
        syntax(p, unit(p, p->at), "a line of YAML cannot begin with `%`; indent or quote it");
    else
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, p->at),
                     "a value cannot begin with `%s`; put the whole value in quotes",
                     quoted(p, p->at, unit_end(p, p->at)));
}

static void directive(const place *p) {
    syntax(p, unit(p, p->context), "a line of YAML cannot begin with `%`; indent or quote it");
}

static void open_quote(const place *p) {
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, p->context),
                 "the quote %c that opens here is never closed; close it, or quote the value with "
                 "the other kind if it holds one",
                 byte(p, p->context));
}

static void bad_escape(const place *p) {
    size_t start = p->at;
    while (start > p->context + 1 && p->bytes.p[start] != '\\')
        start--;
    size_t end = unit_end(p, start + 1);
    if (strchr("xuU", byte(p, start + 1)))
        while (end < start + 10 && nl_is_alnum((unsigned char)byte(p, end)))
            end++;
    bool code = nl_str_is(nl_str_c(p->r->problem), "found invalid Unicode character escape code");
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(start, end),
                 code
                     ? "`%s` is no character; write the character itself"
                     : "`%s` is no escape that YAML knows; write `\\\\` for a backslash, or single "
                       "quotes around the value",
                 quoted(p, start, end));
}

/* The colon of the first `key: ` of the line before at, or SIZE_MAX. */
static size_t first_colon(const place *p) {
    for (size_t i = p->first; i + 1 < p->at; i++)
        if (p->bytes.p[i] == ':' && nl_is_blank((unsigned char)p->bytes.p[i + 1]))
            return i;
    return SIZE_MAX;
}

static void indentation(const place *p) {
    nl_span span = p->first > p->line ? nl_span_of(p->line, p->first) : unit(p, p->first);
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, span,
                 "the indentation by %zu of `%s` fits none of the lines above; align it with the "
                 "keys that it belongs to",
                 p->first - p->line, quoted(p, p->first, p->line_end));
}

static void no_colon(const place *p, size_t at) {
    size_t end = line_end(p, at), colon = at;
    while (colon < end && p->bytes.p[colon] != ':')
        colon++;
    if (colon > at && colon + 1 < end && p->bytes.p[colon + 1] != '/') {
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(colon, colon + 1),
                     "no blank stands behind the colon of `%s`; write `key: value`",
                     quoted(p, at, end));
        return;
    }
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(at, end),
                 "`%s` has no colon, where `key: value` is wanted; add one, or indent the line if "
                 "it goes on with the value above",
                 quoted(p, at, end));
}

static void no_colon_in_key(const place *p) {
    no_colon(p, p->context);
}

/* The first byte that is no blank of the last line before at's that holds any, or SIZE_MAX. */
static size_t line_before(const place *p) {
    size_t at = p->line;
    while (at > p->r->text.start && strchr(" \t\r\n", p->bytes.p[at - 1]))
        at--;
    if (at == p->r->text.start)
        return SIZE_MAX;
    at = line_start(p, at);
    while (nl_is_blank((unsigned char)byte(p, at)))
        at++;
    return at;
}

static void second_colon(const place *p) {
    size_t before = line_before(p);
    if (first_colon(p) != SIZE_MAX)
        syntax(p, unit(p, p->at),
               "a colon and a blank stand inside a value without quotes; quote the value");
    else if (p->at - p->first > MAX_KEY)
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->first, p->at),
                     "a key may have at most %d characters; this one has %zu bytes", MAX_KEY,
                     p->at - p->first);
    else if (p->first > p->line && p->first < p->at)
        indentation(p);
    else if (before != SIZE_MAX && byte(p, before) != '-')
        no_colon(p, before); /* it was taken for the beginning of this key */
    else
        syntax(p, unit(p, p->at),
               "a colon stands where no key can be; quote the value or put the "
               "key on a line of its own");
}

/* What stands behind something that was complete: a quote, a bracket. */
static bool trailing_text(const place *p) {
    size_t before = p->at;
    while (before > p->line && nl_is_blank((unsigned char)p->bytes.p[before - 1]))
        before--;
    char c = before > p->first ? p->bytes.p[before - 1] : '\0';
    if (!c || !strchr("\"']}", c))
        return false;
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->at, p->line_end),
                 "`%s` stands behind the closing `%c`; put the whole value in quotes",
                 quoted(p, p->at, p->line_end), c);
    return true;
}

static void no_key(const place *p) {
    if (trailing_text(p))
        return;
    if (p->at == p->first && byte(p, p->at) == '-')
        syntax(p, unit(p, p->at),
               "a list item stands where a key is wanted; indent it below the "
               "key that it belongs to");
    else if (byte(p, p->at) == ':')
        syntax(p, unit(p, p->at), "a key is missing before the colon; write one");
    else if (p->at == p->first)
        indentation(p);
    else
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->at, p->line_end),
                     "`%s` stands where a key is wanted; put the whole value in quotes",
                     quoted(p, p->at, p->line_end));
}

static void no_item(const place *p) {
    if (trailing_text(p))
        return;
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->at, p->line_end),
                 "`%s` stands where the next list item (`- `) is wanted; indent it, or begin it "
                 "with `- `",
                 quoted(p, p->at, p->line_end));
}

static bool is_key_line(const place *p) {
    size_t at = p->line;
    while (at < p->line_end && (nl_is_alnum((unsigned char)p->bytes.p[at]) ||
                                p->bytes.p[at] == '_' || p->bytes.p[at] == '-'))
        at++;
    return at > p->line && byte(p, at) == ':';
}

/* The innermost bracket that is open at `at`; quotes are not looked into. */
static size_t open_bracket(const place *p) {
    size_t depth = 0;
    for (size_t i = p->at; i > p->context; i--) {
        char c = p->bytes.p[i - 1];
        if (c == ']' || c == '}')
            depth++;
        else if ((c == '[' || c == '{') && depth-- == 0)
            return i - 1;
    }
    return p->context;
}

static bool never_closed(const place *p) {
    size_t bracket = p->context;
    bool known = byte(p, bracket) == '[' || byte(p, bracket) == '{';
    if (!known)
        return false;
    if (p->at < p->r->text.end && (line_start(p, bracket) == p->line || !is_key_line(p)))
        return false;
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, bracket),
                 "the bracket `%c` that opens here is never closed; close it with `%c`, or quote "
                 "the value if it is text",
                 byte(p, bracket), byte(p, bracket) == '[' ? ']' : '}');
    return true;
}

static void no_comma(const place *p) {
    if (never_closed(p))
        return;
    char close = byte(p, p->context) == '{' ? '}' : ']';
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, p->at),
                 "`%s` was found where a comma or the closing `%c` is wanted; add the comma, or "
                 "quote the value if it is text",
                 quoted(p, p->at, unit_end(p, p->at)), close);
}

static void no_content(const place *p) {
    place inner = *p;
    if (!strchr("[{", byte(p, p->context) ? byte(p, p->context) : ' ') || p->context == p->at) {
        inner.context = p->r->text.start;
        inner.context = open_bracket(&inner);
    }
    if (never_closed(&inner))
        return;
    char c = byte(p, p->at);
    if (c == ',')
        syntax(p, unit(p, p->at),
               "a value is missing before the comma; remove the comma or write "
               "the value");
    else
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, p->at),
                     "`%s` was found where a value is wanted; quote the value if it is text",
                     quoted(p, p->at, unit_end(p, p->at)));
}

static void list_on_line(const place *p) {
    syntax(p, unit(p, p->at),
           "a list item cannot begin on the line of its key; put it on the next "
           "line, or quote the value if it is text");
}

static void question(const place *p) {
    syntax(p, unit(p, p->at), "a value cannot begin with `? `; put the whole value in quotes");
}

static void bad_name(const place *p) {
    bool alias = byte(p, p->context) == '*';
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, p->context),
                 "`%c` begins %s; if it is text, put the whole value in quotes",
                 byte(p, p->context), alias ? "an alias" : "an anchor");
}

static void bad_tag(const place *p) {
    syntax(p, unit(p, p->context),
           "`!` begins a tag that YAML does not know; if it is text, put "
           "the whole value in quotes");
}

static void twice(const place *p) {
    syntax(p, unit(p, p->at),
           "a value can have one anchor and one tag; remove the second, or quote "
           "the value if it is text");
}

static void block_header(const place *p) {
    size_t end = line_end(p, p->context);
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->context, end),
                 "`%s` is no beginning of a block of text: behind `%c` its text begins on the next "
                 "line; move it there, or put the whole value in quotes",
                 quoted(p, p->context, end), byte(p, p->context));
}

static void found_tab(const place *p) {
    size_t at = p->at;
    while (at < p->r->text.end && p->bytes.p[at] != '\t')
        at++;
    tab(p, at < p->r->text.end ? at : p->at);
}

static void second_document(const place *p) {
    size_t before = line_before(p);
    if (byte(p, p->at) == '%')
        bad_start(p);
    else if (before != SIZE_MAX && byte(p, before) == '%')
        syntax(p, unit(p, before), "a line of YAML cannot begin with `%`; indent or quote it");
    else if (p->at == p->first && is_key_line(p))
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->at, p->line_end),
                     "`%s` is indented less than the first key; align it with the keys above",
                     quoted(p, p->at, p->line_end));
    else if (!trailing_text(p))
        nl_tree_fail(p->tree, NL_YAML_SYNTAX, nl_span_of(p->at, p->line_end),
                     "`%s` stands behind the end of the YAML; indent or quote it, or make it a "
                     "`key: value`",
                     quoted(p, p->at, p->line_end));
}

static void other(const place *p) {
    nl_tree_fail(p->tree, NL_YAML_SYNTAX, unit(p, p->at < p->r->text.end ? p->at : p->context),
                 "this is not YAML: %s", p->r->problem ? p->r->problem : "it cannot be read");
}

static const struct {
    const char *context, *problem; /* beginnings; NULL: any */
    void (*explain)(const place *p);
} refusals[] = {
    {NULL, "found character that cannot start", bad_start},
    {"while scanning a directive", NULL, directive},
    {"while scanning a quoted scalar", "found unexpected", open_quote},
    {"while parsing a quoted scalar", NULL, bad_escape},
    {NULL, "mapping values are not allowed", second_colon},
    {NULL, "could not find expected ':'", no_colon_in_key},
    {"while parsing a block mapping", "did not find expected key", no_key},
    {NULL, "did not find expected '-' indicator", no_item},
    {NULL, "did not find expected ',' or", no_comma},
    {NULL, "did not find expected node content", no_content},
    {NULL, "block sequence entries are not allowed", list_on_line},
    {NULL, "mapping keys are not allowed", question},
    {"while scanning an alias", NULL, bad_name},
    {"while scanning an anchor", NULL, bad_name},
    {"while scanning a tag", NULL, bad_tag},
    {"while parsing a tag", NULL, bad_tag},
    {"while parsing a node", "found undefined tag", bad_tag},
    {NULL, "found duplicate", twice},
    {NULL, "found a tab character", found_tab},
    {"while scanning a block scalar", NULL, block_header},
    {NULL, "did not find expected <document start>", second_document},
};

static bool begins(const char *text, const char *with) {
    return !with || (text && strncmp(text, with, strlen(with)) == 0);
}

void nl_yaml_explain(nl_tree *t, const nl_yaml_refusal *r) {
    place p = {.tree = t, .r = r, .bytes = t->source->bytes, .at = r->at};
    p.context = r->context_at == SIZE_MAX ? r->at : r->context_at;
    p.line = line_start(&p, p.at);
    for (p.first = p.line; nl_is_blank((unsigned char)byte(&p, p.first));)
        p.first++;
    p.line_end = line_end(&p, p.at);
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (begins(r->context, refusals[i].context) && begins(r->problem, refusals[i].problem)) {
            refusals[i].explain(&p);
            return;
        }
    }
    other(&p);
}
