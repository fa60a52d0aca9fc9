/* Lists for the man pages, in mdoc(7). */
#include "check/checks.h"
#include "generate.h"
#include <string.h>

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool ends_sentence(const nl_buf *out) {
    return out->n && out->p[out->n - 1] == '.';
}

/*
 * Running text, a line for each sentence: `code` becomes bold, a backslash is spelled out, a
 * control character at the start of a line is hidden. Ends the line.
 */
static void put_text(const char *text, nl_buf *out) {
    bool bold = false;
    if (*text == '.' || *text == '\'')
        nl_buf_puts(out, "\\&");
    for (; *text; text++) {
        bool blank = *text == ' ' || *text == '\n';
        if (blank && (text[1] == ' ' || text[1] == '\n'))
            continue;
        if (*text == '`') {
            nl_buf_puts(out, bold ? "\\fP" : "\\fB");
            bold = !bold;
        } else if (blank && !bold && ends_sentence(out) && is_capital(text[1])) {
            nl_buf_putc(out, '\n');
        } else if (*text == '\\') {
            nl_buf_puts(out, "\\e");
        } else if (*text == '-' && bold) {
            nl_buf_puts(out, "\\-");
        } else {
            nl_buf_putc(out, blank ? ' ' : *text);
        }
    }
    nl_buf_putc(out, '\n');
}

/* With a capital and a full stop. */
static void put_sentence(const char *text, nl_buf *out) {
    nl_buf line = {0};
    nl_buf_puts(&line, text);
    if (line.n && line.p[0] >= 'a' && line.p[0] <= 'z')
        line.p[0] = (char)(line.p[0] - 'a' + 'A');
    if (line.n && line.p[line.n - 1] != '.')
        nl_buf_putc(&line, '.');
    put_text(nl_buf_c(&line), out);
    nl_buf_free(&line);
}

static void put_option(const nl_option *row, nl_buf *out) {
    nl_buf_puts(out, ".It");
    if (row->letter)
        nl_buf_printf(out, " Fl %c ,", row->letter);
    nl_buf_printf(out, " Fl \\-%s", row->name);
    if (row->argument)
        nl_buf_printf(out, " Ar %s", row->argument);
    nl_buf_putc(out, '\n');
    put_sentence(row->help, out);
    for (size_t i = 0; row->choices && row->choices[i]; i++)
        nl_buf_printf(out, "%s%s%s", i ? ", " : "One of ", row->choices[i],
                      row->choices[i + 1] ? "" : ".\n");
}

static void put_options(unsigned bit, nl_buf *out) {
    nl_buf_puts(out, ".Bl -tag -width Ds\n");
    for (const nl_option *row = nl_option_rows; row->name; row++)
        if (row->commands & bit)
            put_option(row, out);
    nl_buf_puts(out, ".El\n");
}

/* "[OPTIONS] [PATH...]" in the words of mdoc. */
static void put_usage(const nl_command *c, nl_buf *out) {
    nl_buf_printf(out, ".Nm newslint%s %s\n", c == nl_commands[0] ? " Op" : " Cm", c->name);
    for (const char *p = c->usage; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        bool optional = *p == '[';
        nl_str word = optional ? nl_str_n(p + 1, n - 2) : nl_str_n(p, n);
        bool several = nl_str_ends(word, NL_S("..."));
        if (several)
            word.n -= 3;
        nl_buf_printf(out, ".%sAr %.*s%s\n", optional ? "Op " : "", NL_ARG(word),
                      several ? " ..." : "");
        p += n;
    }
}

void nl_generate_man_commands(nl_buf *out) {
    for (size_t i = 1; nl_commands[i]; i++) {
        const nl_command *c = nl_commands[i];
        nl_buf_printf(out, ".Ss newslint %s\n", c->name);
        put_usage(c, out);
        nl_buf_puts(out, ".Pp\n");
        put_sentence(c->summary, out);
        if (c->about)
            put_sentence(c->about, out);
        put_options(c->bit, out);
    }
}

void nl_generate_man_options(nl_buf *out) {
    put_options(nl_commands[0]->bit, out);
}

void nl_generate_man_formats(nl_buf *out) {
    nl_buf_puts(out, ".Bl -tag -width checkstyle\n");
    for (size_t i = 0; nl_formats[i]; i++) {
        nl_buf_printf(out, ".It Cm %s\n", nl_formats[i]->name);
        put_sentence(nl_formats[i]->summary, out);
    }
    nl_buf_puts(out, ".El\n");
}

static void put_param(const nl_param *p, nl_buf *out) {
    nl_buf takes = {0};
    nl_param_takes(p, &takes);
    if (p->fallback)
        nl_buf_printf(&takes, "; default: %s", p->fallback);
    nl_buf_printf(out, ".It Cm %s\n", p->name);
    put_sentence(nl_buf_c(&takes), out);
    nl_buf_puts(out, ".br\n");
    put_sentence(p->help ? p->help : "", out);
    nl_buf_free(&takes);
}

void nl_generate_man_checks(nl_buf *out) {
    for (size_t i = 0; nl_checks[i]; i++) {
        const nl_check *check = nl_checks[i];
        nl_buf_printf(out, ".Ss %s\n", check->name);
        put_sentence(check->summary, out);
        put_sentence(check->help ? check->help : "", out);
        if (check->principal)
            nl_buf_printf(out, "The principal option is\n.Cm %s .\n", check->principal);
        if (!check->params || !check->params->name)
            continue;
        nl_buf_puts(out, ".Bl -tag -width Ds\n");
        for (const nl_param *p = check->params; p->name; p++)
            put_param(p, out);
        nl_buf_puts(out, ".El\n");
    }
}

void nl_generate_man_limits(nl_buf *out) {
    nl_buf_puts(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < NL_LIMIT_COUNT; i++) {
        const nl_limit *row = &nl_limit_rows[i];
        nl_buf line = {0};
        nl_buf_puts(&line, "at most ");
        nl_limit_shown(row, row->fallback, &line);
        nl_buf_printf(&line, " %s. Above: %s", row->what, row->over);
        nl_buf_printf(out, ".It Cm %s\n", row->name);
        put_sentence(nl_buf_c(&line), out);
        if (row->option)
            nl_buf_printf(out, "The same as\n.Fl \\-%s .\n", row->option);
        nl_buf_free(&line);
    }
    nl_buf_puts(out, ".El\n");
}
