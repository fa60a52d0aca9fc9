/* `newslint explain RULE`: what a rule or check looks for, why, its options, and examples. */
#include "base/unicode.h"
#include "check/checks.h"
#include "cli/output.h"
#include "cli/sites.h"
#include "rule/builtin.h"
#include <string.h>
#include <unistd.h>

/* By full id, or by the last part of it. */
static bool is_named(nl_str id, nl_str name) {
    size_t slash = nl_str_find(id, '/');
    return nl_str_eq(id, name) || nl_str_eq(nl_str_sub(id, slash + 1, id.n), name);
}

static nl_str summary_of(const nl_rule *rule) {
    return rule->summary.n ? rule->summary : nl_str_c(rule->check->summary);
}

/* Said elsewhere, or too long to be shown beside the others. */
static bool is_setting(const char *option) {
    static const char *const others[] = {"check", "help",    "examples", "summary",
                                         "url",   "message", "fields",   "level"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(option, others[i]) == 0)
            return false;
    return true;
}

static void put_title(nl_str name, nl_str summary, nl_buf *out) {
    nl_buf title = {0};
    nl_buf_str_add(&title, name);
    nl_buf_puts(&title, ": ");
    nl_buf_str_add(&title, summary);
    nl_put_wrapped(nl_buf_str(&title), 0, out);
    nl_buf_putc(out, '\n');
    nl_buf_free(&title);
}

static void put_heading(const char *title, nl_buf *out) {
    nl_buf_printf(out, "\n%s:\n\n", title);
}

static void put_option(const nl_param *p, nl_buf *out) {
    nl_buf_printf(out, "    %s: ", p->name);
    nl_param_takes(p, out);
    if (p->fallback)
        nl_buf_printf(out, " (default: %s)", p->fallback);
    nl_buf_puts(out, p->wanted ? "; must be given\n" : "\n");
    nl_put_wrapped(nl_str_c(p->help ? p->help : ""), 8, out);
}

static void put_options(const nl_check *check, nl_buf *out) {
    if (!check->params || !check->params->name)
        return;
    put_heading("Options", out);
    for (const nl_param *p = check->params; p->name; p++)
        put_option(p, out);
    if (check->principal)
        nl_buf_printf(out, "\n    In short, `%s: VALUE` at a field sets `%s`.\n", check->name,
                      check->principal);
}

static bool put_examples(const nl_ruleset *rules, nl_str id, bool good, nl_buf *out) {
    size_t count;
    bool any = false;
    const nl_example *examples = nl_ruleset_examples(rules, &count);
    for (size_t i = 0; i < count; i++) {
        if (examples[i].good != good || !nl_str_eq(examples[i].rule, id))
            continue;
        if (!any)
            put_heading(good ? "Good" : "Bad", out);
        for (size_t t = 0; t < examples[i].texts.count; t++) {
            if (any)
                nl_buf_putc(out, '\n');
            nl_put_indented(examples[i].texts.items[t], "    ", out);
            any = true;
        }
    }
    return any;
}

static void put_check_example(const char *title, const char *text, nl_buf *out) {
    if (!text)
        return;
    put_heading(title, out);
    nl_put_indented(nl_str_c(text), "    ", out);
}

/* What this site says of the rule: at which fields, with which options. */
static void put_settings(const nl_rules_view *v, const nl_rule *rule, nl_buf *out) {
    const nl_path_table *table = nl_ruleset_paths(v->rules);
    nl_buf_puts(out, "    ");
    for (size_t i = 0; i < rule->path_count; i++) {
        nl_visible(table->items[rule->paths[i]].text, out);
        nl_buf_puts(out, i + 1 < rule->path_count ? ", " : ": ");
    }
    bool any = false;
    for (size_t i = 0; i < rule->setting_count; i++) {
        const nl_setting *s = &rule->settings[i];
        if (!is_setting(s->option))
            continue;
        nl_buf_printf(out, "%s%s ", any ? ", " : "", s->option);
        size_t start = out->n;
        nl_setting_show(s, out);
        if (out->n - start > 60) {
            out->n = start;
            nl_buf_puts(out, "…");
        }
        any = true;
    }
    nl_buf_puts(out, any ? "\n" : "on\n");
}

static void put_in_force(const nl_rules_view *v, const nl_rule_list *list, nl_str id, nl_buf *out) {
    put_heading("In force", out);
    for (size_t i = 0; i < list->count; i++)
        if (nl_str_eq(list->items[i].id, id))
            put_settings(v, &list->items[i], out);
}

static void put_rule(const nl_rules_view *v, const nl_rule_list *list, const nl_rule *rule,
                     nl_buf *out) {
    const nl_check *check = rule->check;
    put_title(rule->id, summary_of(rule), out);
    nl_buf_printf(out, "Check: %s. Level: %s. Fix: %s.\n\n", check->name,
                  nl_level_name(rule->level), nl_rule_fixes(check));
    nl_put_wrapped(rule->help.n ? rule->help : nl_str_c(check->help), 0, out);
    if (rule->url.n) {
        nl_buf_puts(out, "\nSee ");
        nl_visible(rule->url, out);
        nl_buf_putc(out, '\n');
    }
    put_in_force(v, list, rule->id, out);
    put_options(check, out);
    if (!put_examples(v->rules, rule->id, false, out))
        put_check_example("Bad", check->bad, out);
    if (!put_examples(v->rules, rule->id, true, out))
        put_check_example("Good", check->good, out);
}

static const nl_rule_list *rules_of(const nl_rules_view *v) {
    return nl_ruleset_anywhere(v->rules);
}

/* By the full id, or else by its last part. */
static bool explain_in(const nl_rules_view *v, nl_str name, bool exact, nl_buf *out) {
    const nl_rule_list *list = rules_of(v);
    for (size_t i = 0; i < list->count; i++)
        if (exact ? nl_str_eq(list->items[i].id, name) : is_named(list->items[i].id, name)) {
            put_rule(v, list, &list->items[i], out);
            return true;
        }
    return false;
}

static bool explain_builtin(const nl_options *o, nl_str name, nl_buf *out) {
    bool found = false;
    for (size_t i = 0; !found && nl_builtin_sets[i].name; i++) {
        nl_rules_view v;
        if (nl_rules_view_open_sets(&v, o, &nl_builtin_sets[i].name, 1))
            found = explain_in(&v, name, true, out);
        nl_rules_view_close(&v);
    }
    return found;
}

/* The rules that are made of it, each id once: they stand in order. */
static void put_rules_of(const nl_rules_view *v, const nl_check *check, nl_buf *out) {
    const nl_rule_list *list = rules_of(v);
    const nl_rule *last = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const nl_rule *rule = &list->items[i];
        if (rule->check != check || (last && nl_str_eq(last->id, rule->id)))
            continue;
        if (!last)
            put_heading("Rules in force", out);
        last = rule;
        nl_buf_puts(out, "    ");
        nl_visible(rule->id, out);
        nl_buf_printf(out, "  %s\n", nl_level_name(rule->level));
    }
}

static bool explain_check(const nl_rules_view *v, nl_str name, nl_buf *out) {
    for (size_t i = 0; nl_checks[i]; i++) {
        const nl_check *check = nl_checks[i];
        if (!nl_str_is(name, check->name))
            continue;
        put_title(name, nl_str_c(check->summary), out);
        nl_buf_printf(out, "A check. Default level: %s. Fix: %s.\n\n", nl_level_name(check->level),
                      nl_rule_fixes(check));
        nl_put_wrapped(nl_str_c(check->help), 0, out);
        put_options(check, out);
        put_check_example("Bad", check->bad, out);
        put_check_example("Good", check->good, out);
        put_rules_of(v, check, out);
        return true;
    }
    return false;
}

static bool explain_own(const nl_rules_view *v, nl_str name, nl_buf *out) {
    const nl_own_rule *own = nl_own_rules;
    while (own->id && !is_named(nl_str_c(own->id), name))
        own++;
    if (!own->id)
        return false;
    nl_level level = nl_ruleset_own_level(v->rules, own, NL_S(""));
    put_title(nl_str_c(own->id), nl_str_c(own->summary), out);
    nl_buf_printf(out, "One of newslint's own rules. Level: %s. Fix: none.\n\n",
                  nl_level_name(level));
    nl_put_wrapped(nl_str_c(own->help), 0, out);
    return true;
}

enum { COLUMN = 34, SHOWN = 64 };

static void put_line(nl_str name, nl_str text, nl_buf *out) {
    size_t start = out->n;
    nl_buf_puts(out, "    ");
    nl_visible(name, out);
    size_t used = out->n - start;
    nl_buf_printf(out, "%*s", used + 2 < COLUMN ? (int)(COLUMN - used) : 2, "");
    size_t at = 0, width;
    for (size_t n = 0; at < text.n && n < SHOWN; n++)
        at += nl_grapheme_read(text.p + at, text.n - at, &width);
    nl_visible(nl_str_sub(text, 0, at), out);
    nl_buf_puts(out, at < text.n ? "…\n" : "\n");
}

/* The first sentence of its help tells one rule of a check from another. */
static nl_str brief_of(const nl_rule *rule) {
    nl_str help = rule->help;
    if (!nl_str_is(summary_of(rule), rule->check->summary) || !help.n ||
        nl_str_is(help, rule->check->help))
        return summary_of(rule);
    size_t end = nl_str_search(help, NL_S(". "));
    nl_str first = nl_str_sub(help, 0, end);
    return nl_str_ends(first, NL_S(".")) ? nl_str_sub(first, 0, first.n - 1) : first;
}

/* All that can be asked for. */
static void list_all(const nl_rules_view *v, nl_buf *out) {
    const nl_rule_list *list = rules_of(v);
    nl_buf_puts(out, "Rules in force:\n\n");
    for (size_t i = 0; i < list->count; i++)
        if (i == 0 || !nl_str_eq(list->items[i].id, list->items[i - 1].id))
            put_line(list->items[i].id, brief_of(&list->items[i]), out);
    put_heading("Checks", out);
    for (size_t i = 0; nl_checks[i]; i++)
        put_line(nl_str_c(nl_checks[i]->name), nl_str_c(nl_checks[i]->summary), out);
}

/* A rule that the rule files define and that is off without an override. */
static bool is_off(const nl_rules_view *v, nl_str name) {
    size_t count;
    const nl_str *ids = nl_ruleset_ids(v->rules, &count);
    for (size_t i = 0; i < count; i++)
        if (is_named(ids[i], name))
            return true;
    return false;
}

static int say_unknown(const nl_rules_view *v, nl_str name) {
    if (is_off(v, name))
        return nl_fail("the rule `%.*s` is off; give it a level to have it explained",
                       NL_ARG(name));
    nl_arena arena = {0};
    const nl_rule_list *list = rules_of(v);
    size_t count = 0;
    for (size_t i = 0; nl_checks[i]; i++)
        count++;
    nl_str *names = NL_NEW_ARRAY(&arena, nl_str, list->count * 2 + count);
    size_t n = 0;
    for (size_t i = 0; i < list->count; i++) {
        nl_str id = list->items[i].id;
        names[n++] = id;
        names[n++] = nl_str_sub(id, nl_str_find(id, '/') + 1, id.n);
    }
    for (size_t i = 0; nl_checks[i]; i++)
        names[n++] = nl_str_c(nl_checks[i]->name);
    const nl_str *near = nl_str_nearest(name, names, n);
    nl_buf shown = {0};
    nl_visible(nl_str_sub(name, 0, 200), &shown);
    if (near)
        nl_fail("there is no rule `%s`: did you mean `%.*s`?", nl_buf_c(&shown), NL_ARG(*near));
    else
        nl_fail("there is no rule `%s`; `newslint rules` lists them", nl_buf_c(&shown));
    nl_buf_free(&shown);
    nl_arena_free(&arena);
    return NL_STATUS_FAILED;
}

static bool explain(const nl_rules_view *v, const nl_options *o, nl_str name, nl_buf *out) {
    return explain_in(v, name, true, out) || explain_builtin(o, name, out) ||
           explain_own(v, name, out) || explain_check(v, name, out) ||
           explain_in(v, name, false, out);
}

static int explain_run(nl_options *o) {
    if (o->paths.count > 1)
        return nl_fail("`newslint explain` wants one rule, such as `encoding/mojibake`");
    nl_rules_view v;
    nl_buf out = {0};
    int status = NL_STATUS_FAILED;
    if (nl_rules_view_open(&v, o, NULL)) {
        nl_str name = nl_str_c(o->paths.count ? o->paths.items[0] : "");
        if (o->paths.count == 0)
            list_all(&v, &out);
        if (o->paths.count && !explain(&v, o, name, &out))
            status = say_unknown(&v, name);
        else
            status = nl_output_lines(STDOUT_FILENO, nl_buf_str(&out)) ? NL_STATUS_OK
                                                                      : nl_output_failed();
    }
    nl_rules_view_close(&v);
    nl_buf_free(&out);
    return status;
}

const nl_command nl_command_explain = {
    .name = "explain",
    .usage = "[OPTIONS] [RULE]",
    .summary = "say what a rule or check is about, its options, and examples",
    .about =
        "A rule is named by its id or the last part of it, a check by its name. Without one, all\n"
        "rules in force and all checks are listed.",
    .bit = NL_FOR_EXPLAIN,
    .run = explain_run};
