/* See diffview.h. */
#include "cli/diffview.h"
#include "base/unicode.h"
#include <stddef.h>

static const char *color_of(nl_str line, size_t number) {
    if (number <= 2)
        return "\033[1m";
    switch (line.n ? line.p[0] : ' ') {
    case '@':
        return "\033[36m";
    case '-':
        return "\033[31m";
    case '+':
        return "\033[32m";
    default:
        return NULL;
    }
}

/* Tabs stay tabs, which act on nothing; the CR of a line's end is not shown. */
static void put_line(nl_str line, nl_buf *out) {
    if (nl_str_ends(line, NL_S("\r")))
        line.n--;
    while (line.n) {
        size_t n = nl_str_find(line, '\t');
        nl_visible(nl_str_sub(line, 0, n), out);
        if (n < line.n)
            nl_buf_putc(out, '\t');
        line = nl_str_sub(line, n + 1, line.n);
    }
}

void nl_diff_view(nl_str diff, bool color, nl_buf *out) {
    for (size_t number = 1; diff.n; number++) {
        size_t n = nl_str_find(diff, '\n');
        nl_str line = nl_str_sub(diff, 0, n);
        const char *on = color ? color_of(line, number) : NULL;
        nl_buf_puts(out, on ? on : "");
        put_line(line, out);
        nl_buf_puts(out, on ? "\033[0m\n" : "\n");
        diff = nl_str_sub(diff, n + 1, diff.n);
    }
}
