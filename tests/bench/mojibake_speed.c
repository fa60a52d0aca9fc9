/* How fast clean text passes: bytes a second of nl_mojibake_possible() and nl_mojibake_find() over
 * the files given, each in memory. Printed as `NAME MB/s(possible) MB/s(find)`. */
#include "base/buf.h"
#include "encoding/mojibake.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double speed_possible(const nl_buf *b) {
    static const nl_mojibake_options options = {.one_record = true, .escapes = true};
    double start = now(), passed;
    size_t rounds = 0, found = 0;
    do {
        found += nl_mojibake_possible(b->p, b->n, &options);
        rounds++;
        passed = now() - start;
    } while (passed < 0.3);
    if (found)
        printf("(stopped early) ");
    return (double)rounds * (double)b->n / passed / 1e6;
}

static double speed_find(const nl_buf *b) {
    static const nl_mojibake_options options = {.one_record = true, .escapes = true};
    nl_arena arena = {0};
    double start = now(), passed;
    size_t rounds = 0;
    do {
        nl_mojibake_find(b->p, b->n, &options, &arena);
        nl_arena_reset(&arena);
        rounds++;
        passed = now() - start;
    } while (passed < 0.3);
    nl_arena_free(&arena);
    return (double)rounds * (double)b->n / passed / 1e6;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f)
            continue;
        nl_buf b = {0};
        char chunk[65536];
        for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
            nl_buf_add(&b, chunk, n);
        fclose(f);
        double possible = speed_possible(&b);
        printf("%s %.0f %.0f\n", argv[i], possible, speed_find(&b));
        nl_buf_free(&b);
    }
    return 0;
}
