/* The table of docs/limits.md. */
#include "generate.h"

void nl_generate_limits(nl_buf *out) {
    nl_buf_puts(out, "| name | default | at most so many … | what becomes of more | bounds |\n"
                     "|---|---|---|---|---|\n");
    for (size_t i = 0; i < NL_LIMIT_COUNT; i++) {
        const nl_limit *row = &nl_limit_rows[i];
        nl_buf_printf(out, "| `%s`", row->name);
        if (row->option)
            nl_buf_printf(out, ", `--%s`", row->option);
        nl_buf_puts(out, " | ");
        nl_limit_shown(row, row->fallback, out);
        nl_buf_printf(out, " | %s | %s | ", row->what, row->over);
        nl_limit_shown(row, row->least, out);
        nl_buf_puts(out, " to ");
        nl_limit_shown(row, row->most, out);
        nl_buf_puts(out, " |\n");
    }
}
