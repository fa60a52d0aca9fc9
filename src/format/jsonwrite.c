/* The JSON of jsonwrite.h. */
#include "format/jsonwrite.h"

#include "base/utf8.h"

static void separate(nl_json *j) {
    if (j->more)
        nl_buf_putc(j->out, ',');
    j->more = true;
}

void nl_json_open(nl_json *j, char bracket) {
    separate(j);
    nl_buf_putc(j->out, bracket);
    j->more = false;
}

void nl_json_close(nl_json *j, char bracket) {
    nl_buf_putc(j->out, bracket);
    j->more = true;
}

static void escape(nl_buf *out, uint32_t unit) {
    nl_buf_printf(out, "\\u%04X", (unsigned)unit);
}

/* May it act on a terminal or mislead a reader? Controls, format characters, separators. */
static bool acts(uint32_t cp) {
    return (cp >= 0x7F && cp < 0xA0) || cp == 0xAD || cp == 0x61C || cp == 0x180E ||
           (cp >= 0x200B && cp <= 0x200F && cp != 0x200C && cp != 0x200D) ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
           (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE0FFF);
}

static void put_char(nl_buf *out, uint32_t cp, const char *bytes, size_t n) {
    if (cp == NL_CP_INVALID)
        nl_buf_printf(out, "\\\\x%02X", (unsigned)(unsigned char)*bytes);
    else if (cp == '\n')
        nl_buf_puts(out, "\\n");
    else if (cp == '\r')
        nl_buf_puts(out, "\\r");
    else if (cp == '\t')
        nl_buf_puts(out, "\\t");
    else if (cp == '"' || cp == '\\')
        nl_buf_printf(out, "\\%c", (char)cp);
    else if (cp < 0x20 || (cp < 0x10000 && acts(cp)))
        escape(out, cp);
    else if (acts(cp)) {
        escape(out, 0xD800 + ((cp - 0x10000) >> 10));
        escape(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
    } else
        nl_buf_add(out, bytes, n);
}

static void put_string(nl_buf *out, nl_str s) {
    nl_buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t n = nl_utf8_read(s.p + i, s.n - i, &cp);
        put_char(out, cp, s.p + i, n);
        i += n;
    }
    nl_buf_putc(out, '"');
}

void nl_json_key(nl_json *j, const char *key) {
    separate(j);
    put_string(j->out, nl_str_c(key));
    nl_buf_putc(j->out, ':');
    j->more = false;
}

void nl_json_str(nl_json *j, nl_str s) {
    separate(j);
    put_string(j->out, s);
}

void nl_json_num(nl_json *j, size_t n) {
    separate(j);
    nl_buf_printf(j->out, "%zu", n);
}

void nl_json_bool(nl_json *j, bool b) {
    separate(j);
    nl_buf_puts(j->out, b ? "true" : "false");
}

void nl_json_pair(nl_json *j, const char *key, nl_str s) {
    if (s.n == 0)
        return;
    nl_json_key(j, key);
    nl_json_str(j, s);
}

void nl_json_pair_num(nl_json *j, const char *key, size_t n) {
    nl_json_key(j, key);
    nl_json_num(j, n);
}

void nl_json_open_at(nl_json *j, const char *key, char bracket) {
    nl_json_key(j, key);
    nl_json_open(j, bracket);
}
