/* `newslint rules`: the rules in force, and what set each option. */
#include "base/json.h"
#include "base/unicode.h"
#include "check/checks.h"
#include "cli/output.h"
#include "cli/sites.h"
#include "rule/schema.h"
#include <string.h>
#include <unistd.h>

static void put_fields(const nl_ruleset *rules, const nl_rule *rule, nl_buf *out) {
    const nl_path_table *table = nl_ruleset_paths(rules);
    for (size_t i = 0; i < rule->path_count; i++) {
        nl_str path = table->items[rule->paths[i]].text;
        nl_buf_puts(out, i ? ", " : "  ");
        if (path.n)
            nl_visible(path, out);
        else
            nl_buf_puts(out, "(front matter)");
    }
}

/* So many characters of a value are shown unless all is asked for. */
enum { SHOWN = 60 };

/* Long and said better by `newslint explain`. */
static bool is_prose(const char *option) {
    static const char *const prose[] = {"help", "examples", "summary"};
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        if (strcmp(option, prose[i]) == 0)
            return true;
    return false;
}

static void put_value(nl_str shown, bool verbose, nl_buf *out) {
    size_t at = 0, width;
    for (size_t n = 0; at < shown.n && (verbose || n < SHOWN); n++)
        at += nl_grapheme_read(shown.p + at, shown.n - at, &width);
    nl_buf_str_add(out, nl_str_sub(shown, 0, at));
    if (at < shown.n)
        nl_buf_puts(out, "…");
}

static void put_setting(const nl_setting *s, bool verbose, nl_buf *out) {
    if (is_prose(s->option) && !verbose)
        return;
    nl_buf_printf(out, "    %s: ", s->option);
    nl_buf shown = {0};
    nl_setting_show(s, &shown);
    put_value(nl_buf_str(&shown), verbose, out);
    nl_buf_free(&shown);
    if (s->file) {
        nl_buf_puts(out, "  # ");
        nl_visible(s->file->path, out);
        nl_buf_printf(out, ":%zu", nl_setting_line(s));
    }
    nl_buf_putc(out, '\n');
}

static void put_rule(const nl_ruleset *rules, const nl_rule *rule, bool verbose, nl_buf *out) {
    nl_visible(rule->id, out);
    nl_buf_printf(out, "  %s  fix: %s", nl_level_name(rule->level), nl_rule_fixes(rule->check));
    put_fields(rules, rule, out);
    nl_buf_putc(out, '\n');
    for (size_t i = 0; i < rule->setting_count; i++)
        put_setting(&rule->settings[i], verbose, out);
}

static int print(nl_buf *out) {
    int status =
        nl_output_lines(STDOUT_FILENO, nl_buf_str(out)) ? NL_STATUS_OK : nl_output_failed();
    nl_buf_free(out);
    return status;
}

static int print_schema(void) {
    nl_buf json = {0}, out = {0};
    nl_schema_write(nl_checks, &json);
    nl_json_indent(nl_buf_str(&json), &out);
    nl_buf_free(&json);
    return print(&out);
}

/* They are always in force. */
static void put_own_rules(const nl_ruleset *rules, nl_str path, nl_buf *out) {
    for (const nl_own_rule *own = nl_own_rules; own->id; own++) {
        nl_level level = nl_ruleset_own_level(rules, own, path);
        if (level != NL_OFF)
            nl_buf_printf(out, "%s  %s  fix: none\n", own->id, nl_level_name(level));
    }
}

static int rules_run(nl_options *o) {
    if (o->paths.count)
        return nl_fail("`newslint rules` takes no path; `--for FILE` names an article");
    if (o->schema)
        return print_schema();
    nl_rules_view v;
    int status = NL_STATUS_FAILED;
    if (nl_rules_view_open(&v, o, o->for_file)) {
        nl_str path = nl_str_c(o->for_file ? v.rule_path : "");
        const nl_rule_list *list =
            o->for_file ? nl_ruleset_rules(v.rules, path, &o->arena) : nl_ruleset_anywhere(v.rules);
        nl_buf out = {0};
        for (size_t i = 0; i < list->count; i++)
            put_rule(v.rules, &list->items[i], o->verbose, &out);
        put_own_rules(v.rules, path, &out);
        status = print(&out);
    }
    nl_rules_view_close(&v);
    return status;
}

const nl_command nl_command_rules = {
    .name = "rules",
    .usage = "[OPTIONS]",
    .summary = "list the rules in force, with level, options and what set them",
    .about =
        "Each rule with its level, the fixes it may offer, the fields it is about, and below it\n"
        "its options with the file and line that set each.",
    .bit = NL_FOR_RULES,
    .run = rules_run};
