/*
 * A JSON reader by RFC 8259 that keeps positions, strict in all things, with an explicit stack. It
 * makes the same tree as the YAML reader.
 */
#include "base/utf8.h"
#include "doc/scalar.h"
#include "doc/tree.h"

#include <stdint.h>
#include <string.h>

typedef enum want {
    WANT_VALUE,
    WANT_VALUE_OR_END, /* behind `[` */
    WANT_KEY,          /* behind a comma in a map */
    WANT_KEY_OR_END,   /* behind `{` */
    WANT_COLON,
    WANT_COMMA_OR_END,
    WANT_NOTHING
} want;

typedef struct reader {
    nl_tree tree;
    const char *p;
    size_t at, end, comma; /* `comma`: the last one */
    want want;
} reader;

static nl_span here(const reader *r) {
    uint32_t cp;
    size_t n = r->at < r->end ? nl_utf8_read(r->p + r->at, r->end - r->at, &cp) : 0;
    return nl_span_of(r->at, r->at + n);
}

static void fail(reader *r, nl_span span, const char *message) {
    nl_tree_fail(&r->tree, NL_YAML_SYNTAX, span, "%s", message);
}

/* Behind a run of letters, digits and the like, for messages. */
static nl_span word(const reader *r) {
    size_t to = r->at;
    while (to < r->end && (nl_is_alnum((unsigned char)r->p[to]) || strchr("_$-+.", r->p[to])) &&
           r->p[to])
        to++;
    return nl_span_of(r->at, to);
}

static void unexpected(reader *r) {
    static const char *const wanted[] = {
        [WANT_VALUE] = "a value is",
        [WANT_VALUE_OR_END] = "a value or `]` is",
        [WANT_KEY] = "a quoted key is",
        [WANT_KEY_OR_END] = "a quoted key or `}` is",
        [WANT_COLON] = "a colon is",
        [WANT_COMMA_OR_END] = "a comma or the closing bracket is",
        [WANT_NOTHING] = "nothing more is",
    };
    nl_span span = here(r);
    char c = r->at < r->end ? r->p[r->at] : '\0';
    bool key = r->want == WANT_KEY || r->want == WANT_KEY_OR_END;
    if (r->at >= r->end)
        nl_tree_fail(&r->tree, NL_YAML_SYNTAX, span, "the JSON ends where %s wanted",
                     wanted[r->want]);
    else if (c == '/' && r->at + 1 < r->end && strchr("/*", r->p[r->at + 1]))
        fail(r, nl_span_of(r->at, r->at + 2), "JSON has no comments; remove it");
    else if (c == '\'')
        fail(r, span, "JSON has no single quotes; write double quotes");
    else if ((c == '}' || c == ']') && (r->want == WANT_KEY || r->want == WANT_VALUE) &&
             r->comma != SIZE_MAX)
        fail(r, nl_span_of(r->comma, r->comma + 1),
             "JSON has no comma behind the last member; remove it");
    else if (key && (nl_is_alpha((unsigned char)c) || c == '_' || c == '$'))
        nl_tree_fail(
            &r->tree, NL_YAML_SYNTAX, word(r),
            "the key `%s` is not quoted; write it in double quotes",
            nl_tree_quote(&r->tree, nl_str_sub(r->tree.source->bytes, r->at, word(r).end)));
    else if (r->want == WANT_COMMA_OR_END && strchr("\"{[-0123456789tfn", c) && c)
        nl_tree_fail(&r->tree, NL_YAML_SYNTAX, span,
                     "a comma is missing before `%c`; write one behind the member before", c);
    else
        nl_tree_fail(
            &r->tree, NL_YAML_SYNTAX, span, "`%s` was found where %s wanted",
            nl_tree_quote(&r->tree, nl_str_sub(r->tree.source->bytes, span.start, span.end)),
            wanted[r->want]);
}

static bool is_hex(const reader *r, size_t at, unsigned *value) {
    *value = 0;
    if (at + 4 > r->end)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        int c = nl_lower((unsigned char)r->p[i]);
        if (!nl_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
        *value = *value << 4 | (unsigned)(nl_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* The escape at `at`: its length, or 0 and a problem. */
static size_t read_escape(reader *r, size_t at) {
    unsigned high, low;
    char c = at + 1 < r->end ? r->p[at + 1] : '\0';
    if (c && strchr("\"\\/bfnrt", c))
        return 2;
    uint32_t cp;
    size_t n = at + 1 < r->end ? nl_utf8_read(r->p + at + 1, r->end - at - 1, &cp) : 0;
    nl_span span = nl_span_of(at, at + 1 + n);
    if (c != 'u') {
        fail(r, span, "JSON has no such escape; write `\\\\` for a backslash");
        return 0;
    }
    if (!is_hex(r, at + 2, &high)) {
        fail(r, span, "`\\u` must have four hexadecimal digits behind it");
        return 0;
    }
    if (high < 0xD800 || high > 0xDFFF)
        return 6;
    if (high < 0xDC00 && at + 12 <= r->end && r->p[at + 6] == '\\' && r->p[at + 7] == 'u' &&
        is_hex(r, at + 8, &low) && low >= 0xDC00 && low <= 0xDFFF)
        return 12;
    fail(r, nl_span_of(at, at + 6),
         "one half of a surrogate pair stands alone; write both halves "
         "or the character itself");
    return 0;
}

static void set_text(reader *r, nl_value *v) {
    nl_span inner = nl_scalar_inner(v);
    v->text = nl_str_sub(r->tree.source->bytes, inner.start, inner.end);
    if (nl_str_find(v->text, '\\') == v->text.n)
        return;
    nl_decoded d = nl_scalar_decode(r->tree.source->bytes, v->span, NL_STYLE_DOUBLE, true, 0);
    v->text = nl_buf_str(&d.text);
    nl_scalar_finish(r->tree.source, v, false, r->tree.arena);
    nl_decoded_free(&d);
}

static nl_value *read_string(reader *r) {
    size_t start = r->at, at = start + 1;
    bool damaged = false;
    while (at < r->end && r->p[at] != '"') {
        uint32_t cp;
        size_t n = nl_utf8_read(r->p + at, r->end - at, &cp);
        if (cp == '\n' || cp == '\r') {
            fail(r, nl_span_of(start, start + 1),
                 "the quote that opens here is not closed on its "
                 "line; close it, or write `\\n` for a line end");
            return NULL;
        }
        if (cp < 0x20 || cp == NL_CP_INVALID) {
            nl_tree_problem(&r->tree, NL_YAML_READER, nl_span_of(at, at + n),
                            cp < 0x20 ? "the control character \\x%02X is not allowed in JSON; "
                                        "remove it or write it as an escape"
                                      : "the byte \\x%02X is not UTF-8, which JSON must be; save "
                                        "the file as UTF-8",
                            (unsigned)(unsigned char)r->p[at]);
            damaged = true;
        }
        if (cp == '\\' && (n = read_escape(r, at)) == 0)
            return NULL;
        at += n;
    }
    if (at >= r->end) {
        fail(r, nl_span_of(start, start + 1),
             "the quote that opens here is never closed; close it");
        return NULL;
    }
    r->at = at + 1;
    nl_value *v = nl_tree_node(&r->tree, NL_STRING, NL_STYLE_DOUBLE, nl_span_of(start, r->at));
    v->damaged = damaged;
    set_text(r, v);
    return v;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)? */
static bool is_number(nl_str s) {
    size_t i = s.n && s.p[0] == '-', start = i;
    while (i < s.n && nl_is_digit((unsigned char)s.p[i]))
        i++;
    if (i == start || (s.p[start] == '0' && i > start + 1))
        return false;
    if (i < s.n && s.p[i] == '.') {
        for (start = ++i; i < s.n && nl_is_digit((unsigned char)s.p[i]);)
            i++;
        if (i == start)
            return false;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        i += i < s.n && (s.p[i] == '-' || s.p[i] == '+');
        for (start = i; i < s.n && nl_is_digit((unsigned char)s.p[i]);)
            i++;
        if (i == start)
            return false;
    }
    return i == s.n;
}

static nl_value *read_word(reader *r) {
    nl_span span = word(r);
    nl_str s = nl_str_sub(r->tree.source->bytes, span.start, span.end);
    const char *shown = nl_tree_quote(&r->tree, s);
    if (s.n == 0) {
        unexpected(r);
        return NULL;
    }
    bool literal = nl_str_is(s, "true") || nl_str_is(s, "false") || nl_str_is(s, "null");
    if (!literal && !is_number(s)) {
        nl_tree_fail(&r->tree, NL_YAML_SYNTAX, span,
                     nl_is_alpha((unsigned char)s.p[0])
                         ? "`%s` is no JSON value; if it is text, write it in double quotes"
                         : "`%s` is no JSON number; if it is text, write it in double quotes",
                     shown);
        return NULL;
    }
    nl_value *v = nl_tree_node(&r->tree, NL_NULL, NL_STYLE_PLAIN, span);
    v->text = s;
    nl_value_resolve(v);
    r->at = span.end;
    return v;
}

static void after_value(reader *r) {
    r->want = r->tree.frame_count ? WANT_COMMA_OR_END : WANT_NOTHING;
}

static void open_collection(reader *r, nl_kind kind) {
    nl_value *v = nl_tree_node(&r->tree, kind, NL_STYLE_FLOW, nl_span_of(r->at, r->at + 1));
    if (!nl_tree_open(&r->tree, v, NULL))
        return;
    r->at++;
    r->want = kind == NL_MAP ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
}

static void close_collection(reader *r) {
    r->at++;
    nl_tree_close(&r->tree, r->at);
    after_value(r);
}

static bool may_end(const reader *r, char c) {
    if (r->tree.frame_count == 0)
        return false;
    bool map = r->tree.frames[r->tree.frame_count - 1].value->kind == NL_MAP;
    if (c != (map ? '}' : ']'))
        return false;
    return r->want == WANT_COMMA_OR_END || r->want == WANT_KEY_OR_END ||
           r->want == WANT_VALUE_OR_END;
}

static void read_value(reader *r, char c) {
    if (c == '{' || c == '[') {
        open_collection(r, c == '{' ? NL_MAP : NL_LIST);
        return;
    }
    nl_value *v = c == '"' ? read_string(r) : read_word(r);
    if (!v)
        return;
    nl_tree_put(&r->tree, v);
    after_value(r);
}

static void read_key(reader *r, char c) {
    if (c != '"') {
        unexpected(r);
        return;
    }
    nl_value *v = read_string(r);
    if (!v)
        return;
    nl_tree_put(&r->tree, v);
    r->want = WANT_COLON;
}

static void read_comma(reader *r) {
    bool map = r->tree.frames[r->tree.frame_count - 1].value->kind == NL_MAP;
    r->comma = r->at++;
    r->want = map ? WANT_KEY : WANT_VALUE;
}

static void read_token(reader *r) {
    char c = r->at < r->end ? r->p[r->at] : '\0';
    if (r->at < r->end && may_end(r, c)) {
        close_collection(r);
    } else if (r->at < r->end && (r->want == WANT_VALUE || r->want == WANT_VALUE_OR_END)) {
        read_value(r, c);
    } else if (r->at < r->end && (r->want == WANT_KEY || r->want == WANT_KEY_OR_END)) {
        read_key(r, c);
    } else if (r->want == WANT_COLON && c == ':') {
        r->at++;
        r->comma = SIZE_MAX;
        r->want = WANT_VALUE;
    } else if (r->want == WANT_COMMA_OR_END && c == ',') {
        read_comma(r);
    } else {
        unexpected(r);
    }
}

static void skip_white(reader *r) {
    while (r->at < r->end && r->p[r->at] && strchr(" \t\r\n", r->p[r->at]))
        r->at++;
}

nl_yaml nl_json_parse(const nl_source *s, nl_span span, nl_arena *arena) {
    reader r = {
        .p = s->bytes.p,
        .at = span.start,
        .end = span.end,
        .comma = SIZE_MAX,
    };
    nl_tree_begin(&r.tree, s, NL_LIMIT_depth, arena);
    r.tree.json = true;
    for (;;) {
        skip_white(&r);
        if (r.tree.failed || (r.at >= r.end && r.want == WANT_NOTHING))
            break;
        read_token(&r);
    }
    return nl_tree_done(&r.tree);
}
