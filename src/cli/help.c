/* What --help says, made from the rows. */
#include "cli/options.h"
#include <string.h>

enum { INDENT = 28, WIDTH = 80 };

/* Words of one sentence, broken between words behind the column where they begin. */
static void write_wrapped(const char *text, size_t column, nl_buf *out) {
    size_t at = column;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        if (at > column && at + 1 + n > WIDTH) {
            nl_buf_printf(out, "\n%*s", (int)column, "");
            at = column;
        } else if (at > column) {
            nl_buf_putc(out, ' ');
            at++;
        }
        nl_buf_add(out, p, n);
        at += n;
        p += n + strspn(p + n, " ");
    }
    nl_buf_putc(out, '\n');
}

static void write_option(const nl_option *row, nl_buf *out) {
    size_t start = out->n;
    if (row->letter)
        nl_buf_printf(out, "  -%c, --%s", row->letter, row->name);
    else
        nl_buf_printf(out, "      --%s", row->name);
    if (row->argument)
        nl_buf_printf(out, " %s", row->argument);
    size_t used = out->n - start;
    if (used + 2 > INDENT)
        nl_buf_printf(out, "\n%*s", INDENT, "");
    else
        nl_buf_printf(out, "%*s", (int)(INDENT - used), "");
    nl_buf help = {0};
    nl_buf_puts(&help, row->help);
    for (size_t i = 0; row->choices && row->choices[i]; i++)
        nl_buf_printf(&help, "%s%s", i ? ", " : " (", row->choices[i]);
    if (row->choices)
        nl_buf_putc(&help, ')');
    write_wrapped(nl_buf_c(&help), INDENT, out);
    nl_buf_free(&help);
}

static void write_options(const nl_command *command, nl_buf *out) {
    nl_buf_puts(out, "\nOptions:\n");
    for (const nl_option *row = nl_option_rows; row->name; row++)
        if (row->commands & command->bit)
            write_option(row, out);
}

static void write_formats(nl_buf *out) {
    nl_buf_puts(out, "\nFormats:\n");
    for (size_t i = 0; nl_formats[i]; i++) {
        size_t n = strlen(nl_formats[i]->name);
        nl_buf_printf(out, "  %s%*s", nl_formats[i]->name, n < 14 ? (int)(14 - n) : 1, "");
        write_wrapped(nl_formats[i]->summary, 16, out);
    }
}

void nl_limit_shown(const nl_limit *row, size_t number, nl_buf *out) {
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};
    size_t unit = 0;
    if (number == NL_LIMIT_NONE) {
        nl_buf_puts(out, "any");
        return;
    }
    for (; row->unit == NL_UNIT_BYTES && unit < 3 && number % 1024 == 0; unit++)
        number /= 1024;
    nl_buf_printf(out, "%zu", number);
    if (row->unit == NL_UNIT_BYTES)
        nl_buf_printf(out, " %s", number == 1 && unit == 0 ? "byte" : units[unit]);
}

static void write_limit(const nl_limit *row, nl_buf *out) {
    enum { COLUMN = 18 };
    nl_buf help = {0};
    nl_buf_puts(&help, "at most ");
    nl_limit_shown(row, row->fallback, &help);
    nl_buf_printf(&help, " %s; above: %s", row->what, row->over);
    if (row->option)
        nl_buf_printf(&help, " (also --%s)", row->option);
    nl_buf_printf(out, "  %-*s", COLUMN - 2, row->name);
    write_wrapped(nl_buf_c(&help), COLUMN, out);
    nl_buf_free(&help);
}

void nl_help_write_limits(nl_buf *out) {
    nl_buf_puts(out,
                "Usage: newslint --limit NAME=NUMBER ...\n\n"
                "Articles and rule files come from strangers: what they may ask of newslint is "
                "limited.\nNo article that people wrote comes near a limit. Numbers of bytes "
                "take KiB, MiB, GiB.\n\nLimits, with what they are by default:\n");
    for (size_t i = 0; i < NL_LIMIT_COUNT; i++)
        write_limit(&nl_limit_rows[i], out);
}

void nl_help_write(const nl_command *command, nl_buf *out) {
    nl_buf_printf(out, "Usage: newslint %s %s\n\n%s\n", command->name, command->usage,
                  command->summary);
    if (command->about)
        nl_buf_printf(out, "\n%s\n", command->about);
    write_options(command, out);
    if (command->bit == NL_FOR_CHECK)
        write_formats(out);
}

void nl_help_write_all(nl_buf *out) {
    nl_buf_puts(out, "newslint checks the articles of news sites: Markdown with front matter.\n\n"
                     "Usage: newslint [COMMAND] [OPTIONS] [PATH...]\n\nCommands:\n");
    for (size_t i = 0; nl_commands[i]; i++) {
        nl_buf_printf(out, "  %-14s", nl_commands[i]->name);
        write_wrapped(nl_commands[i]->summary, 16, out);
    }
    nl_buf_puts(out, "\nA first word that is no command is a path. `newslint COMMAND --help` tells "
                     "more of each.\n\nThe options of `check`, which is run when no command is "
                     "named:\n");
    write_options(nl_commands[0], out);
    write_formats(out);
    nl_buf_puts(out, "\nStatus: 0 nothing at or above --fail-on; 1 something was; 2 the run failed "
                     "in whole or part.\n");
}
