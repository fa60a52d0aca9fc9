/* The escapes of write.h. */
#include "format/write.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include <string.h>

const char *nl_level_word(newslint_level level) {
    switch (level) {
    case NEWSLINT_ERROR:
        return "error";
    case NEWSLINT_WARNING:
        return "warning";
    default:
        return "note";
    }
}

size_t nl_range_last_line(const newslint_range *range) {
    bool before = range->end.byte <= 1 && range->end.line > range->start.line;
    return before ? range->end.line - 1 : range->end.line;
}

size_t nl_report_column(const nl_report *r, const newslint_position *p) {
    switch (r->settings.columns) {
    case NL_COLUMNS_UTF16:
        return p->utf16;
    case NL_COLUMNS_BYTE:
        return p->byte;
    case NL_COLUMNS_DISPLAY:
        return p->display;
    default:
        return p->column;
    }
}

/* Appends the components of `path` to out[from..], resolving "." and "..". False when ".." leaves
 * what was there. */
static bool put_components(nl_str path, size_t from, nl_buf *out) {
    for (size_t i = 0; i < path.n;) {
        size_t end = i;
        while (end < path.n && path.p[end] != '/')
            end++;
        nl_str part = {path.p + i, end - i};
        i = end + 1;
        if (part.n == 0 || nl_str_is(part, "."))
            continue;
        if (nl_str_is(part, "..")) {
            if (out->n == from)
                return false;
            while (out->n > from && out->p[out->n - 1] != '/')
                out->n--;
            if (out->n > from)
                out->n--;
            continue;
        }
        if (out->n > from)
            nl_buf_putc(out, '/');
        nl_buf_str_add(out, part);
    }
    return true;
}

void nl_put_path(const nl_report *r, nl_str path, nl_buf *out) {
    nl_str root = nl_str_c(r->settings.root);
    size_t from = out->n;
    if (!root.p) {
        nl_buf_str_add(out, path);
        return;
    }
    if (path.n && path.p[0] == '/') {
        bool below = nl_str_starts(path, root) && path.n > root.n &&
                     (path.p[root.n] == '/' || nl_str_ends(root, NL_S("/")));
        if (below && put_components(nl_str_sub(path, root.n, path.n), from, out))
            return;
    } else if (put_components(nl_str_c(r->settings.prefix), from, out) &&
               put_components(path, from, out)) {
        return;
    }
    out->n = from;
    nl_buf_str_add(out, path);
}

enum { GUARD_NONE, GUARD_HASH, GUARD_HASHES, GUARD_WORD };

bool nl_log_guard(unsigned *state, char c) {
    unsigned was = *state;
    if (c == '#')
        *state = was == GUARD_NONE || was == GUARD_WORD ? GUARD_HASH : GUARD_HASHES;
    else if (was >= GUARD_HASHES && nl_is_alpha((unsigned char)c))
        *state = GUARD_WORD;
    else
        *state = GUARD_NONE;
    return c == '[' && was >= GUARD_HASHES;
}

/* The runner of GitHub takes `::name` at a line's start, blanks before it passed over, and
 * `##[name]` anywhere (actions/runner, ActionCommand.cs); the agent of Azure takes `##vso[`. */
void nl_put_log(nl_str lines, bool in_job, nl_buf *out) {
    if (!in_job) {
        nl_buf_str_add(out, lines);
        return;
    }
    unsigned guard = 0;
    bool at_start = true;
    for (size_t i = 0; i < lines.n; i++) {
        char c = lines.p[i];
        if (nl_log_guard(&guard, c))
            nl_buf_puts(out, "\\x5B");
        else if (at_start && c == ':' && i + 1 < lines.n && lines.p[i + 1] == ':')
            nl_buf_puts(out, "\\x3A");
        else
            nl_buf_putc(out, c);
        at_start = c == '\n' || (at_start && (c == ' ' || (unsigned char)c >= 0x80));
    }
}

/* XML 1.0, 2.2 and 2.4. nl_visible() has taken all that XML does not allow, so what is left are the
 * characters of markup. */
void nl_put_xml(nl_str s, nl_buf *out) {
    nl_buf visible = {0};
    nl_visible(s, &visible);
    for (size_t i = 0; i < visible.n;) {
        uint32_t cp;
        size_t len = nl_utf8_read(visible.p + i, visible.n - i, &cp);
        switch (cp) {
        case '&':
            nl_buf_puts(out, "&amp;");
            break;
        case '<':
            nl_buf_puts(out, "&lt;");
            break;
        case '>':
            nl_buf_puts(out, "&gt;");
            break;
        case '"':
            nl_buf_puts(out, "&quot;");
            break;
        case '\'':
            nl_buf_puts(out, "&apos;");
            break;
        case '[':
            nl_buf_puts(out, nl_acts_on_log(nl_buf_str(&visible), i) ? "&#91;" : "[");
            break;
        default:
            nl_buf_add(out, visible.p + i, len);
        }
        i += len;
    }
    nl_buf_free(&visible);
}

static bool is_unreserved(char c) {
    return nl_is_alnum((unsigned char)c) || (c && strchr("-._~", c));
}

static void put_percent(char c, nl_buf *out) {
    nl_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
}

void nl_put_uri(nl_str path, nl_buf *out) {
    if (path.n && path.p[0] == '/')
        nl_buf_puts(out, "file://");
    for (size_t i = 0; i < path.n; i++) {
        if (is_unreserved(path.p[i]) || path.p[i] == '/')
            nl_buf_putc(out, path.p[i]);
        else
            put_percent(path.p[i], out);
    }
}

static bool is_hex_at(nl_str s, size_t i) {
    return i < s.n && nl_is_hex((unsigned char)s.p[i]);
}

void nl_put_url(nl_str url, nl_buf *out) {
    size_t slashes = 0; /* brackets belong to a host alone, which ends at the third */
    for (size_t i = 0; i < url.n; i++) {
        char c = url.p[i];
        slashes += c == '/';
        bool fine = c == '%' ? is_hex_at(url, i + 1) && is_hex_at(url, i + 2)
                    : c == '[' || c == ']'
                        ? slashes < 3
                        : is_unreserved(c) || (c && strchr(":/?#@!$&'()*+,;=", c));
        if (fine)
            nl_buf_putc(out, c);
        else
            put_percent(c, out);
    }
}

bool nl_fix_is_text(const newslint_diagnostic *d) {
    if (d->safety == NEWSLINT_NO_FIX || d->edit_count == 0)
        return false;
    for (size_t i = 0; i < d->edit_count; i++) {
        newslint_string text = d->edits[i].text;
        if (nl_utf8_valid_to(text.data, text.size) != text.size)
            return false;
    }
    return true;
}
