/* Rules are told from stages by the slash in their ids. */
#include "cli/timing.h"

#include "base/mem.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool is_rule(nl_str name) {
    return nl_str_find(name, '/') < name.n;
}

static int by_cost(const void *a, const void *b) {
    const nl_timing_row *x = *(nl_timing_row *const *)a, *y = *(nl_timing_row *const *)b;
    if (x->nanoseconds != y->nanoseconds)
        return x->nanoseconds < y->nanoseconds ? 1 : -1;
    return nl_str_cmp(x->name, y->name);
}

static void write_row(const nl_timing_row *row, uint64_t all, nl_buf *out) {
    nl_buf_printf(out, "%10.3f %5.1f %% %9" PRIu64 "  %.*s\n", (double)row->nanoseconds / 1e6,
                  all ? (double)row->nanoseconds * 100 / (double)all : 0, row->count,
                  NL_ARG(row->name));
}

void nl_timing_write(const nl_timing *t, nl_buf *out) {
    static const char *const stages[] = {"start", "list",   "read",    "front matter",
                                         "body",  "finish", "compare", "report"};
    nl_timing_row rules = {.name = NL_S("rules:")}, **sorted = nl_calloc(t->count, sizeof *sorted);
    size_t count = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < t->count; i++) {
        all += t->rows[i]->nanoseconds;
        if (!is_rule(t->rows[i]->name))
            continue;
        sorted[count++] = t->rows[i];
        rules.nanoseconds += t->rows[i]->nanoseconds;
        rules.count += t->rows[i]->count;
    }
    nl_buf_puts(out, "        ms   share     times  what (all threads together)\n");
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        const nl_timing_row *row = nl_map_get(&t->names, nl_str_c(stages[i]));
        if (row)
            write_row(row, all, out);
    }
    write_row(&rules, all, out);
    if (count)
        qsort(sorted, count, sizeof *sorted, by_cost);
    for (size_t i = 0; i < count; i++)
        write_row(sorted[i], all, out);
    free(sorted);
}
