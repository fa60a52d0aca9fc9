/* `newslint explain RULE`: what a rule or check looks for, why, its options, and examples. */
#include "base/unicode.h"
#include "check/checks.h"
#include "cli/output.h"
#include "cli/sites.h"
#include "rule/builtin.h"
#include <unistd.h>

/* By full id, or by the last part of it. */
static bool is_named(nl_str id, nl_str name) {
    size_t slash = nl_str_find(id, '/');
    return nl_str_eq(id, name) || nl_str_eq(nl_str_sub(id, slash + 1, id.n), name);
}

static void put_heading(const char *title, nl_buf *out) {
    nl_buf_printf(out, "\n%s:\n\n", title);
}

static void put_options(const nl_check *check, nl_buf *out) {
    if (!check->params)
        return;
    put_heading("Options", out);
    for (const nl_param *p = check->params; p->name; p++) {
        nl_buf_printf(out, "    %s", p->name);
        for (size_t i = 0; p->choices && p->choices[i]; i++)
            nl_buf_printf(out, "%s%s", i ? " | " : ": ", p->choices[i]);
        if (p->fallback)
            nl_buf_printf(out, " (default: %s)", p->fallback);
        nl_buf_printf(out, "\n        %s\n", p->help ? p->help : "");
    }
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

static void put_rule(const nl_ruleset *rules, const nl_rule *rule, nl_buf *out) {
    const nl_check *check = rule->check;
    nl_visible(rule->id, out);
    nl_buf_printf(out, ": %s\n\n", check->summary);
    nl_buf_printf(out, "Check: %s. Level: %s. Fix: %s.\n\n", check->name,
                  nl_level_name(rule->level), nl_rule_fixes(check));
    if (rule->help.n)
        nl_put_indented(rule->help, "", out);
    if (check->help && !nl_str_is(rule->help, check->help)) {
        nl_buf_putc(out, '\n');
        nl_put_indented(nl_str_c(check->help), "", out);
    }
    if (rule->url.n) {
        nl_buf_puts(out, "\nSee ");
        nl_visible(rule->url, out);
        nl_buf_putc(out, '\n');
    }
    put_options(check, out);
    if (!put_examples(rules, rule->id, false, out))
        put_check_example("Bad", check->bad, out);
    if (!put_examples(rules, rule->id, true, out))
        put_check_example("Good", check->good, out);
}

/* The rule by its full id first, then by its last part. */
static bool explain_in(const nl_rules_view *v, nl_str name, nl_buf *out) {
    const nl_rule_list *list = nl_ruleset_rules(v->rules, nl_str_c(""));
    for (int exact = 1; exact >= 0; exact--)
        for (size_t i = 0; i < list->count; i++)
            if (exact ? nl_str_eq(list->items[i].id, name) : is_named(list->items[i].id, name)) {
                put_rule(v->rules, &list->items[i], out);
                return true;
            }
    return false;
}

static bool explain_builtin(const nl_options *o, nl_str name, nl_buf *out) {
    bool found = false;
    for (size_t i = 0; !found && nl_builtin_sets[i].name; i++) {
        nl_rules_view v;
        if (nl_rules_view_open_sets(&v, o, &nl_builtin_sets[i].name, 1))
            found = explain_in(&v, name, out);
        nl_rules_view_close(&v);
    }
    return found;
}

static bool explain_check(nl_str name, nl_buf *out) {
    for (size_t i = 0; nl_checks[i]; i++) {
        const nl_check *check = nl_checks[i];
        if (!nl_str_is(name, check->name))
            continue;
        nl_buf_printf(out, "%s: %s\n\nA check. Default level: %s. Fix: %s.\n\n", check->name,
                      check->summary, nl_level_name(check->level), nl_rule_fixes(check));
        nl_put_indented(nl_str_c(check->help), "", out);
        put_options(check, out);
        put_check_example("Bad", check->bad, out);
        put_check_example("Good", check->good, out);
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
    nl_buf_printf(out, "%s: %s\n\nOne of newslint's own rules. Level: %s. Fix: none.\n\n", own->id,
                  own->summary, nl_level_name(level));
    nl_put_indented(nl_str_c(own->help), "", out);
    return true;
}

static int say_unknown(const nl_rules_view *v, nl_str name) {
    nl_arena arena = {0};
    const nl_rule_list *list = nl_ruleset_rules(v->rules, nl_str_c(""));
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

static int explain_run(nl_options *o) {
    if (o->paths.count != 1)
        return nl_fail("`newslint explain` wants one rule, such as `encoding/mojibake`");
    nl_str name = nl_str_c(o->paths.items[0]);
    nl_rules_view v;
    nl_buf out = {0};
    int status = NL_STATUS_FAILED;
    if (nl_rules_view_open(&v, o, NULL)) {
        if (!explain_in(&v, name, &out) && !explain_own(&v, name, &out) &&
            !explain_builtin(o, name, &out) && !explain_check(name, &out))
            status = say_unknown(&v, name);
        else
            status =
                nl_output_all(STDOUT_FILENO, nl_buf_str(&out)) ? NL_STATUS_OK : nl_output_failed();
    }
    nl_rules_view_close(&v);
    nl_buf_free(&out);
    return status;
}

const nl_command nl_command_explain = {
    .name = "explain",
    .usage = "[OPTIONS] RULE",
    .summary = "say what a rule or check is about, its options, and examples",
    .bit = NL_FOR_EXPLAIN,
    .run = explain_run};
