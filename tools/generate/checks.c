/* docs/checks.md: a section for each check, in Markdown, from its row. */
#include "check/checks.h"
#include "generate.h"

/* A cell of a table: no bar and no line end of its own. */
static void put_cell(nl_str text, nl_buf *out) {
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '|')
            nl_buf_puts(out, "\\|");
        else
            nl_buf_putc(out, text.p[i] == '\n' ? ' ' : text.p[i]);
}

static void put_option(const nl_check *check, const nl_param *p, nl_buf *out) {
    nl_buf takes = {0};
    nl_param_takes(p, &takes);
    nl_buf_printf(out, "| `%s`%s | ", p->name, p->wanted ? ", must be given" : "");
    put_cell(nl_buf_str(&takes), out);
    nl_buf_puts(out, " | ");
    if (p->fallback) {
        nl_buf_putc(out, '`');
        put_cell(nl_str_c(p->fallback), out);
        nl_buf_putc(out, '`');
    }
    nl_buf_puts(out, " | ");
    if (check->principal && nl_str_is(nl_str_c(p->name), check->principal))
        nl_buf_puts(out, "The principal option. ");
    put_cell(nl_str_c(p->help ? p->help : ""), out);
    nl_buf_puts(out, " |\n");
    nl_buf_free(&takes);
}

static void put_options(const nl_check *check, nl_buf *out) {
    if (!check->params || !check->params->name) {
        nl_buf_puts(out, "\nNo options of its own.\n");
        return;
    }
    nl_buf_puts(out, "\n| option | takes | default | |\n|---|---|---|---|\n");
    for (const nl_param *p = check->params; p->name; p++)
        put_option(check, p, out);
}

static void put_place(const nl_check *check, nl_buf *out) {
    nl_buf_puts(out, "\n- Stands ");
    if (check->kind == NL_CHECK_FIELD)
        nl_buf_puts(out, "at a field of the tree, or under `rules` with `fields`");
    else if (check->kind == NL_CHECK_BODY)
        nl_buf_puts(out, "under `rules`; it is about the body");
    else if (check->field)
        nl_buf_puts(out,
                    "under `rules`, there with or without `fields`, or at a field of the tree");
    else
        nl_buf_puts(out, "under `rules`; it is about the whole article");
    nl_buf_printf(out, "\n- Level, unless a rule says another: %s\n- Fix: %s\n",
                  nl_level_name(check->level),
                  !check->fixes        ? "none"
                  : check->unsafe_only ? "unsafe, with `--unsafe-fixes`"
                                       : "safe where it is certain");
    nl_buf_puts(out, "- A message may name `{field}`, `{value}`, `{expected}`, `{suggestion}`");
    for (size_t i = 0; check->names && check->names[i]; i++)
        nl_buf_printf(out, ", `{%s}`", check->names[i]);
    nl_buf_puts(out, ", and any field\n");
}

/* A fence that the text does not hold. */
static void put_example(const char *title, const nl_check *check, const char *text, nl_buf *out) {
    if (!text)
        return;
    bool body = check->kind == NL_CHECK_BODY || nl_str_starts(nl_str_c(text), NL_S("---"));
    nl_buf_printf(out, "\n%s:\n\n````%s\n%s%s````\n", title, body ? "markdown" : "yaml", text,
                  nl_str_ends(nl_str_c(text), NL_S("\n")) ? "" : "\n");
}

static void put_check(const nl_check *check, nl_buf *out) {
    nl_buf_printf(out, "\n## %s\n\n%s.\n\n%s\n", check->name, check->summary,
                  check->help ? check->help : "");
    put_place(check, out);
    put_options(check, out);
    put_example("Bad", check, check->bad, out);
    put_example("Good", check, check->good, out);
}

void nl_generate_checks(nl_buf *out) {
    nl_buf_puts(
        out,
        "# Checks\n\n"
        "What newslint can look for, and the options that a rule file gives it. Made from the\n"
        "program's own tables by `make docs`; `newslint explain CHECK` says the same in a "
        "terminal.\n[rules.md](rules.md) tells how rule files are written.\n\n"
        "Every check also takes `level`, `message`, `help`, `url`, `files` and `when`. Behind the "
        "name of\na check in the tree of `fields` may stand its options, its principal option "
        "alone, `true` or\n`false`.\n\n"
        "| check | what it finds |\n|---|---|\n");
    for (size_t i = 0; nl_checks[i]; i++) {
        nl_buf_printf(out, "| [%s](#%s) | ", nl_checks[i]->name, nl_checks[i]->name);
        put_cell(nl_str_c(nl_checks[i]->summary), out);
        nl_buf_puts(out, " |\n");
    }
    for (size_t i = 0; nl_checks[i]; i++)
        put_check(nl_checks[i], out);
}
