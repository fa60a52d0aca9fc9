/*
 * Decoders for the five scalar styles of YAML 1.2 (chapters 7.3 and 8.1) and JSON's strings, which
 * keep for each piece of text the bytes that it is made of. Lines end at LF, CRLF and CR alone.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "doc/scalar.h"
#include <stdlib.h>
#include <string.h>

typedef struct input {
    const char *p;
    size_t at, end;
    nl_decoded *out;
} input;

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool is_white(char c) {
    return c == ' ' || c == '\t' || is_break(c);
}

/* Behind the line end at `at`. */
static size_t behind_break(const input *in, size_t at) {
    return at + (in->p[at] == '\r' && at + 1 < in->end && in->p[at + 1] == '\n' ? 2 : 1);
}

static void emit(input *in, const char *text, size_t n, size_t source, size_t source_n) {
    nl_decoded *d = in->out;
    bool verbatim = text == in->p + source;
    nl_piece *last = d->count ? &d->pieces[d->count - 1] : NULL;
    if (verbatim && last && last->verbatim && last->source + last->source_n == source) {
        last->text_n += n;
        last->source_n += source_n;
    } else if (n) {
        d->pieces = nl_grow(d->pieces, &d->cap, d->count + 1, sizeof *d->pieces);
        d->pieces[d->count++] = (nl_piece){d->text.n, source, n, source_n, verbatim};
    }
    nl_buf_add(&d->text, text, n);
}

/* The source's own bytes from in->at to `to`. */
static void copy(input *in, size_t to) {
    if (to > in->at)
        emit(in, in->p + in->at, to - in->at, in->at, to - in->at);
    in->at = to;
}

/* White space in a flow scalar from in->at on: one line end is a space, of more all but one stay.
 * `start` and `breaks` are what an escaped line end has used up before. */
static void fold(input *in, size_t start, bool escaped) {
    static const char newlines[] = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";
    size_t breaks = 0, blanks = in->at;
    while (in->at < in->end && is_white(in->p[in->at])) {
        if (is_break(in->p[in->at])) {
            breaks++;
            in->at = behind_break(in, in->at);
        } else {
            in->at++;
        }
    }
    if (breaks == 0 && !escaped) {
        size_t to = in->at;
        in->at = blanks;
        copy(in, to);
        return;
    }
    if (breaks == 1 && !escaped) {
        emit(in, " ", 1, start, in->at - start);
        return;
    }
    size_t left = breaks - !escaped;
    nl_buf all = {0};
    for (; left; left -= left < sizeof newlines - 1 ? left : sizeof newlines - 1)
        nl_buf_add(&all, newlines, left < sizeof newlines - 1 ? left : sizeof newlines - 1);
    if (all.n)
        emit(in, all.p, all.n, start, in->at - start);
    nl_buf_free(&all);
}

/* Where bytes end that are their own text: at `stop`, or at blanks before a line end. */
static size_t verbatim(const input *in, char stop) {
    size_t to = in->at;
    while (to < in->end && in->p[to] != stop && !is_break(in->p[to]))
        to++;
    if (to < in->end && is_break(in->p[to]))
        while (to > in->at && is_white(in->p[to - 1]))
            to--;
    return to;
}

static void decode_plain(input *in) {
    while (in->at < in->end) {
        size_t to = verbatim(in, '\n');
        copy(in, to);
        fold(in, in->at, false);
    }
}

static void decode_single(input *in) {
    while (in->at < in->end) {
        size_t to = verbatim(in, '\'');
        copy(in, to);
        if (to < in->end && in->p[to] == '\'') {
            if (to + 1 >= in->end || in->p[to + 1] != '\'')
                in->out->bad = true;
            emit(in, "'", 1, to, 2);
            in->at = to + 2;
        } else {
            fold(in, in->at, false);
        }
    }
}

static bool read_hex(const input *in, size_t at, size_t n, uint32_t *cp) {
    *cp = 0;
    if (at + n > in->end)
        return false;
    for (size_t i = at; i < at + n; i++) {
        int c = nl_lower((unsigned char)in->p[i]);
        if (!nl_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
        *cp = *cp << 4 | (uint32_t)(nl_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

/* \x, \u or \U at in->at, with n digits; JSON writes what is beyond U+FFFF as two of them. */
static void decode_hex(input *in, size_t n, bool json) {
    uint32_t cp = 0, low = 0;
    size_t start = in->at, used = 2 + n;
    bool ok = read_hex(in, start + 2, n, &cp);
    if (json && ok && cp >= 0xD800 && cp < 0xDC00 && start + 12 <= in->end &&
        in->p[start + 6] == '\\' && in->p[start + 7] == 'u' && read_hex(in, start + 8, 4, &low) &&
        low >= 0xDC00 && low < 0xE000) {
        cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
        used = 12;
    }
    if (!ok || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) {
        in->out->bad = true;
        in->at = start + 1;
        return;
    }
    char utf8[4];
    emit(in, utf8, nl_utf8_write(cp, utf8), start, used);
    in->at = start + used;
}

/* YAML 1.2.2, 5.7 */
static nl_str escape_of(char c, bool json) {
    static const struct {
        char name;
        bool json;
        nl_str text;
    } escapes[] = {
        {'0', false, NL_STR("\0")},
        {'a', false, NL_STR("\a")},
        {'b', true, NL_STR("\b")},
        {'t', true, NL_STR("\t")},
        {'\t', false, NL_STR("\t")},
        {'n', true, NL_STR("\n")},
        {'v', false, NL_STR("\v")},
        {'f', true, NL_STR("\f")},
        {'r', true, NL_STR("\r")},
        {'e', false, NL_STR("\x1B")},
        {' ', false, NL_STR(" ")},
        {'"', true, NL_STR("\"")},
        {'/', true, NL_STR("/")},
        {'\\', true, NL_STR("\\")},
        {'N', false, NL_STR("\xC2\x85")},
        {'_', false, NL_STR("\xC2\xA0")},
        {'L', false, NL_STR("\xE2\x80\xA8")},
        {'P', false, NL_STR("\xE2\x80\xA9")},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (escapes[i].name == c && (escapes[i].json || !json))
            return escapes[i].text;
    return (nl_str){NULL, 0};
}

static void decode_escape(input *in, bool json) {
    size_t start = in->at;
    char c = start + 1 < in->end ? in->p[start + 1] : '\0';
    nl_str text = escape_of(c, json);
    if (start + 1 < in->end && text.p) {
        emit(in, text.p, text.n, start, 2);
        in->at += 2;
    } else if (c == 'u' || (!json && (c == 'x' || c == 'U'))) {
        decode_hex(in, c == 'u' ? 4 : c == 'x' ? 2 : 8, json);
    } else if (!json && is_break(c)) {
        in->at = behind_break(in, start + 1);
        fold(in, start, true);
    } else {
        in->out->bad = true;
        in->at++;
    }
}

static void decode_double(input *in, bool json) {
    while (in->at < in->end) {
        size_t to = json ? in->at + nl_str_find(nl_str_n(in->p + in->at, in->end - in->at), '\\')
                         : verbatim(in, '\\');
        copy(in, to);
        if (to < in->end && in->p[to] == '\\')
            decode_escape(in, json);
        else
            fold(in, in->at, false);
    }
}

typedef struct header {
    int chomp; /* -1: strip, 0: clip, 1: keep */
    size_t digit;
    size_t end;  /* behind the indicators */
    size_t next; /* the first byte of the content */
} header;

static header read_header(const input *in) {
    header h = {.next = in->at + 1};
    for (; h.next < in->end && !is_white(in->p[h.next]); h.next++) {
        char c = in->p[h.next];
        if (c == '+' || c == '-')
            h.chomp = c == '+' ? 1 : -1;
        else if (c >= '1' && c <= '9')
            h.digit = (size_t)(c - '0');
    }
    h.end = h.next;
    while (h.next < in->end && !is_break(in->p[h.next]))
        h.next++;
    if (h.next < in->end)
        h.next = behind_break(in, h.next);
    return h;
}

static size_t count_spaces(const input *in, size_t at) {
    size_t n = 0;
    while (at + n < in->end && in->p[at + n] == ' ')
        n++;
    return n;
}

/* Indentation by the first line with content; a blank line before it may have no more. */
static size_t find_indent(const input *in, size_t at) {
    size_t indent = 0;
    while (at < in->end) {
        size_t n = count_spaces(in, at);
        indent = n > indent ? n : indent;
        if (at + n >= in->end || !is_break(in->p[at + n]))
            break;
        at = behind_break(in, at + n);
    }
    return indent ? indent : 1;
}

/* A line end in the source that is a newline of the text. */
static void emit_break(input *in, size_t at) {
    size_t n = behind_break(in, at) - at;
    if (in->p[at] == '\n')
        emit(in, in->p + at, 1, at, 1);
    else
        emit(in, "\n", 1, at, n);
}

/* Line ends from in->at on, up to the next line with content; in->at is then at that content.
 * Returns how many there are. A line with content and less indentation is not of this scalar. */
static size_t skip_breaks(input *in, size_t indent) {
    size_t count = 0;
    while (in->at < in->end) {
        size_t n = count_spaces(in, in->at), at = in->at + (n < indent ? n : indent);
        if (at >= in->end || !is_break(in->p[at])) {
            in->out->bad = in->out->bad || (at < in->end && n < indent);
            in->at = at;
            break;
        }
        in->at = behind_break(in, at);
        count++;
    }
    return count;
}

/* The line ends in [from, to), but for the first `skip` of them. */
static void emit_breaks(input *in, size_t from, size_t to, size_t skip) {
    for (size_t at = from; at < to;) {
        if (!is_break(in->p[at])) {
            at++;
            continue;
        }
        if (skip)
            skip--;
        else
            emit_break(in, at);
        at = behind_break(in, at);
    }
}

static void decode_block(input *in, bool folded, size_t indent) {
    header h = read_header(in);
    size_t gap = in->at = h.next; /* where the line ends begin that are not yet emitted */
    bool first = true, was_blank = false;
    in->out->content_end = h.end;
    if (!indent)
        indent = find_indent(in, in->at);
    for (;;) {
        size_t breaks = skip_breaks(in, indent);
        if (in->at >= in->end)
            break;
        bool blank = in->p[in->at] == ' ' || in->p[in->at] == '\t';
        bool folds = folded && !first && !was_blank && !blank;
        if (folds && breaks == 1)
            emit(in, " ", 1, gap, in->at - gap);
        else
            emit_breaks(in, gap, in->at, folds);
        size_t to = in->at;
        while (to < in->end && !is_break(in->p[to]))
            to++;
        copy(in, to);
        in->out->content_end = gap = to;
        was_blank = blank;
        first = false;
    }
    size_t stop = gap;
    if (h.chomp == 0 && !first && gap < in->end)
        stop = behind_break(in, gap);
    else if (h.chomp == 1)
        stop = in->end;
    emit_breaks(in, gap, stop, 0);
}

nl_decoded nl_scalar_decode(nl_str bytes, nl_span raw, nl_style style, bool json, size_t indent) {
    nl_decoded d = {0};
    input in = {.p = bytes.p, .at = raw.start, .end = raw.end, .out = &d};
    if (style == NL_STYLE_SINGLE || style == NL_STYLE_DOUBLE) {
        if (raw.end - raw.start < 2) {
            d.bad = true;
            return d;
        }
        in.at++;
        in.end--;
    }
    if (style == NL_STYLE_PLAIN)
        decode_plain(&in);
    else if (style == NL_STYLE_SINGLE)
        decode_single(&in);
    else if (style == NL_STYLE_DOUBLE)
        decode_double(&in, json);
    else
        decode_block(&in, style == NL_STYLE_FOLDED, indent);
    return d;
}

void nl_decoded_free(nl_decoded *d) {
    nl_buf_free(&d->text);
    free(d->pieces);
    *d = (nl_decoded){0};
}

size_t nl_scalar_indent(nl_str bytes, nl_span raw, nl_str text) {
    input in = {.p = bytes.p, .at = raw.start, .end = raw.end};
    header h = read_header(&in);
    if (!h.digit)
        return 0;
    size_t at = h.next, in_source = 0, in_text = 0, i = 0;
    for (; at < raw.end; at = behind_break(&in, at + in_source)) {
        in_source = count_spaces(&in, at);
        if (at + in_source >= raw.end || !is_break(bytes.p[at + in_source]))
            break;
    }
    while (i < text.n && text.p[i] == '\n')
        i++;
    while (i + in_text < text.n && text.p[i + in_text] == ' ')
        in_text++;
    return in_source > in_text ? in_source - in_text : h.digit;
}
