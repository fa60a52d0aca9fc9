/*
 * Spelling a new text for the scalar it is to stand in. What is written is decoded again and must
 * give the wanted text exactly, or there is no edit.
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "doc/scalar.h"

#include <string.h>

/* Has it line ends or characters that can only be written as escapes? */
static bool needs_escapes(nl_str text) {
    for (size_t i = 0; i < text.n;) {
        uint32_t cp;
        i += nl_utf8_read(text.p + i, text.n - i, &cp);
        if (cp == '\n' || cp == '\r' || nl_yaml_substitutes(cp))
            return true;
    }
    return false;
}

/* YAML 1.2.2, 7.3.3: what a plain scalar may not begin with, unless what follows makes it one. */
static bool begins_plain(nl_str text, bool flow) {
    char c = text.p[0];
    if (strchr(",[]{}#&*!|>'\"%@`", c))
        return false;
    if (c != '-' && c != '?' && c != ':')
        return true;
    char next = text.n > 1 ? text.p[1] : ' ';
    return !strchr(" \t\r\n", next) && !(flow && strchr(",[]{}", next));
}

static bool can_stand_plain(const nl_value *v, nl_str text) {
    static const char blanks[] = " \t\r\n";
    if (text.n == 0 || v->json || text.p[0] == '\0' || !begins_plain(text, v->flow) ||
        strchr(blanks, text.p[0]) || strchr(blanks, text.p[text.n - 1]) ||
        text.p[text.n - 1] == ':' || nl_str_starts(text, NL_S("---")) ||
        nl_str_starts(text, NL_S("...")))
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : 'x';
        if (c == '\0' || (c == ':' && (!next || strchr(" \t\r\n", next))) ||
            (strchr(blanks, c) && next == '#') || (v->flow && strchr(",[]{}", c)) ||
            (v->flow && c == ':' && strchr(",[]{}", next)))
            return false;
    }
    nl_value as = {.text = text};
    nl_value_resolve(&as);
    return v->tagged || as.kind == v->kind;
}

static void spell_single(nl_buf *b, nl_str text) {
    for (size_t i = 0; i < text.n; i++) {
        nl_buf_putc(b, text.p[i]);
        if (text.p[i] == '\'')
            nl_buf_putc(b, '\'');
    }
}

static void spell_unit(nl_buf *b, const char *p, size_t n, uint32_t cp, bool json) {
    static const char named[] = "\bb\tt\nn\ff\rr\"\"\\\\";
    const char *found = cp && cp < 0x80 ? strchr(named, (int)cp) : NULL;
    if (cp == '\\' || cp == '"')
        nl_buf_printf(b, "\\%c", (int)cp);
    else if (found && cp < 0x20)
        nl_buf_printf(b, "\\%c", found[1]);
    else if (cp == NL_CP_INVALID)
        nl_buf_add(b, p, n);
    else if (cp < 0x20 || nl_yaml_substitutes(cp))
        nl_buf_printf(b, json || cp > 0xFF ? "\\u%04X" : "\\x%02X", (unsigned)cp);
    else
        nl_buf_add(b, p, n);
}

static void spell_double(nl_buf *b, nl_str text, bool json) {
    for (size_t i = 0; i < text.n;) {
        uint32_t cp;
        size_t n = nl_utf8_read(text.p + i, text.n - i, &cp);
        spell_unit(b, text.p + i, n, cp, json);
        i += n;
    }
}

/* Does the scalar, with the edit made, decode to the wanted text? */
static bool proves(const nl_source *s, const nl_value *v, nl_edit e, nl_style style, nl_str want) {
    nl_span raw = style == v->style ? nl_scalar_raw(v) : e.span;
    size_t indent = nl_style_is_block(style) ? nl_scalar_indent(s->bytes, raw, v->text) : 0;
    nl_buf b = {0};
    nl_buf_str_add(&b, nl_str_sub(s->bytes, raw.start, e.span.start));
    nl_buf_str_add(&b, e.text);
    nl_buf_str_add(&b, nl_str_sub(s->bytes, e.span.end, raw.end));
    nl_str spelled = nl_str_trim(nl_buf_str(&b)); /* a value that was not there has a blank first */
    if (nl_style_is_block(style))
        spelled = nl_buf_str(&b);
    nl_decoded d = nl_scalar_decode(spelled, nl_span_of(0, spelled.n), style, v->json, indent);
    bool same = !d.bad && nl_str_eq(nl_buf_str(&d.text), want);
    nl_decoded_free(&d);
    nl_buf_free(&b);
    return same;
}

/* The style for a whole new text; false if there is none. */
static bool choose_style(const nl_value *v, nl_str text, nl_style *style) {
    if (nl_style_is_block(v->style))
        return false;
    if (v->json || v->style == NL_STYLE_DOUBLE || needs_escapes(text))
        *style = NL_STYLE_DOUBLE;
    else if (v->style == NL_STYLE_PLAIN && can_stand_plain(v, text))
        *style = NL_STYLE_PLAIN;
    else
        *style = NL_STYLE_SINGLE;
    return true;
}

/* Block scalars get a new text line by line, if it has as many lines. */
static bool replace_lines(const nl_source *s, const nl_value *v, nl_str text, nl_arena *arena,
                          nl_edit *out) {
    size_t from = 0, tail = 0, shorter = text.n < v->text.n ? text.n : v->text.n;
    while (from < shorter && text.p[from] == v->text.p[from])
        from++;
    while (tail < shorter - from && text.p[text.n - tail - 1] == v->text.p[v->text.n - tail - 1])
        tail++;
    while (from && nl_utf8_goes_on(text, from < text.n ? from : text.n - 1))
        from--;
    while (tail && nl_utf8_goes_on(text, text.n - tail))
        tail--;
    nl_span span;
    nl_str part = nl_str_sub(text, from, text.n - tail);
    nl_str old = nl_str_sub(v->text, from, v->text.n - tail);
    if (needs_escapes(part) || nl_str_find(old, '\n') != old.n ||
        !nl_value_locate(s, v, from, v->text.n - tail, &span))
        return false;
    *out = (nl_edit){span, nl_str_n(nl_arena_copy(arena, part.p, part.n), part.n)};
    return proves(s, v, *out, v->style, text);
}

/* May there be an edit at all? */
static bool is_editable(const nl_value *v) {
    if (v->alias || v->kind == NL_LIST || v->kind == NL_MAP)
        return false;
    return !(v->map && v->map->made && !v->map->exact);
}

bool nl_value_replace(const nl_source *s, const nl_value *v, nl_str text, nl_arena *arena,
                      nl_edit *out) {
    nl_style style;
    if (!is_editable(v) || nl_utf8_valid_to(text.p, text.n) != text.n)
        return false;
    if (nl_style_is_block(v->style))
        return replace_lines(s, v, text, arena, out);
    if (!choose_style(v, text, &style))
        return false;
    nl_buf b = {0};
    if (v->span.start == v->span.end) { /* a value that is not there */
        if (v->span.start == 0 || !strchr(":-", s->bytes.p[v->span.start - 1]))
            return false;
        nl_buf_putc(&b, ' ');
    }
    const char *quote = style == NL_STYLE_SINGLE ? "'" : style == NL_STYLE_DOUBLE ? "\"" : "";
    nl_buf_puts(&b, quote);
    if (style == NL_STYLE_DOUBLE)
        spell_double(&b, text, v->json);
    else if (style == NL_STYLE_SINGLE)
        spell_single(&b, text);
    else
        nl_buf_str_add(&b, text);
    nl_buf_puts(&b, quote);
    *out = (nl_edit){v->span, nl_str_n(nl_arena_copy(arena, b.p ? b.p : "", b.n), b.n)};
    nl_buf_free(&b);
    return proves(s, v, *out, style, text);
}

/* The edit of the bytes in question alone. */
static bool edit_in_place(const nl_source *s, const nl_value *v, nl_span at, nl_str text,
                          nl_str whole, nl_arena *arena, nl_edit *out) {
    nl_buf b = {0};
    if (v->style == NL_STYLE_DOUBLE)
        spell_double(&b, text, v->json);
    else if (needs_escapes(text) || (v->style == NL_STYLE_PLAIN && !can_stand_plain(v, whole)))
        return false;
    else if (v->style == NL_STYLE_SINGLE)
        spell_single(&b, text);
    else
        nl_buf_str_add(&b, text);
    *out = (nl_edit){at, nl_str_n(nl_arena_copy(arena, b.p ? b.p : "", b.n), b.n)};
    nl_buf_free(&b);
    return proves(s, v, *out, v->style, whole);
}

bool nl_value_edit(const nl_source *s, const nl_value *v, size_t from, size_t to, nl_str text,
                   nl_arena *arena, nl_edit *out) {
    nl_span at;
    bool exact = nl_value_locate(s, v, from, to, &at);
    if (from > to || to > v->text.n || !is_editable(v) ||
        nl_utf8_valid_to(text.p, text.n) != text.n)
        return false;
    nl_buf b = {0};
    nl_buf_str_add(&b, nl_str_sub(v->text, 0, from));
    nl_buf_str_add(&b, text);
    nl_buf_str_add(&b, nl_str_sub(v->text, to, v->text.n));
    nl_str whole = nl_buf_str(&b);
    bool absent = v->span.start == v->span.end;
    bool done = (exact && !absent && edit_in_place(s, v, at, text, whole, arena, out)) ||
                nl_value_replace(s, v, whole, arena, out);
    nl_buf_free(&b);
    return done;
}
