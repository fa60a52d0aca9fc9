/* Repairs NUL-separated records from standard input, for the benchmark: bench-mojibake.py. */
#include "base/buf.h"
#include "encoding/mojibake.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
    bool unsafe = argc > 1 && strcmp(argv[1], "-u") == 0;
    bool list = argc > 1 && strcmp(argv[1], "-l") == 0;
    nl_mojibake_options options = {.one_record = true, .escapes = true};
    nl_buf in = {0}, out = {0};
    char chunk[65536];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, stdin)) > 0;)
        nl_buf_add(&in, chunk, n);
    nl_arena arena = {0};
    for (size_t at = 0; at < in.n;) {
        const char *end = memchr(in.p + at, 0, in.n - at);
        size_t n = end ? (size_t)(end - (in.p + at)) : in.n - at;
        nl_buf_clear(&out);
        nl_buf_add(&out, in.p + at, n);
        nl_damages d = nl_mojibake_find(out.p, out.n, &options, &arena);
        nl_buf fixed = {0};
        size_t done = 0;
        for (size_t i = 0; i < d.count; i++) {
            const nl_damage *g = &d.items[i];
            if (list) {
                nl_str what = nl_damage_describe(g, &arena);
                printf("%zu-%zu '%.*s' -> '%.*s' %s k%d s%d %.1f\n", g->start, g->end,
                       (int)(g->end - g->start), out.p + g->start, NL_ARG(g->text), what.p, g->kind,
                       g->safety, (double)g->bits);
            }
            if (g->safety == NL_DAMAGE_REPORT || (g->safety == NL_DAMAGE_UNSAFE && !unsafe))
                continue;
            nl_buf_add(&fixed, out.p + done, g->start - done);
            nl_buf_str_add(&fixed, g->text);
            done = g->end;
        }
        nl_buf_add(&fixed, out.p + done, out.n - done);
        if (!list) {
            fwrite(fixed.p, 1, fixed.n, stdout);
            putchar(0);
        }
        nl_buf_free(&fixed);
        nl_arena_reset(&arena);
        at += n + 1;
    }
    nl_arena_free(&arena);
    return 0;
}
