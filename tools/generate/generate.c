/*
 * Writes one of the things that are made from the rows:
 *
 *     generate checks | bash | zsh | fish    to standard output
 *     generate fill <man/newslint.1.in       a line `@NAME@` becomes the list of that name
 */
#include "generate.h"
#include <stdio.h>
#include <string.h>

typedef struct part {
    const char *name;
    void (*write)(nl_buf *out);
} part;

static const part wholes[] = {{"checks", nl_generate_checks},
                              {"bash", nl_generate_bash},
                              {"zsh", nl_generate_zsh},
                              {"fish", nl_generate_fish}};

static const part lists[] = {
    {"@commands@\n", nl_generate_man_commands}, {"@options@\n", nl_generate_man_options},
    {"@formats@\n", nl_generate_man_formats},   {"@checks@\n", nl_generate_man_checks},
    {"@man-limits@\n", nl_generate_man_limits}, {"@limits@\n", nl_generate_limits}};

static bool fill(const char *line, nl_buf *out) {
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(line, lists[i].name) == 0) {
            lists[i].write(out);
            return true;
        }
    return false;
}

static void write_filled(nl_buf *out) {
    char line[4096];
    while (fgets(line, sizeof line, stdin))
        if (!fill(line, out))
            nl_buf_puts(out, line);
}

static bool write_whole(const char *name, nl_buf *out) {
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (strcmp(name, wholes[i].name) == 0) {
            wholes[i].write(out);
            return true;
        }
    return false;
}

int main(int argc, char **argv) {
    nl_buf out = {0};
    if (argc == 2 && strcmp(argv[1], "fill") == 0)
        write_filled(&out);
    else if (argc != 2 || !write_whole(argv[1], &out))
        return nl_fail("usage: generate checks | bash | zsh | fish | fill");
    bool good = fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0;
    nl_buf_free(&out);
    return good ? 0 : NL_STATUS_FAILED;
}
