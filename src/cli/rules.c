/* `newslint rules`: the rules in force, and what set each option. */
#include "base/unicode.h"
#include "cli/output.h"
#include "cli/sites.h"
#include <unistd.h>

static void put_fields(const nl_ruleset *rules, const nl_rule *rule, nl_buf *out) {
    const nl_path_table *table = nl_ruleset_paths(rules);
    for (size_t i = 0; i < rule->path_count; i++) {
        nl_buf_puts(out, i ? ", " : "  ");
        nl_visible(table->items[rule->paths[i]].text, out);
    }
}

static void put_setting(const nl_setting *s, nl_buf *out) {
    nl_buf_printf(out, "    %s: ", s->option);
    nl_visible(s->text, out);
    if (s->file) {
        nl_source source = s->file->source;
        nl_buf_puts(out, "  (");
        nl_visible(s->file->path, out);
        nl_buf_printf(out, ":%zu)", nl_source_line_at(&source, s->offset));
    }
    nl_buf_putc(out, '\n');
}

static void put_rule(const nl_ruleset *rules, const nl_rule *rule, nl_buf *out) {
    nl_visible(rule->id, out);
    nl_buf_printf(out, "  %s  fix: %s", nl_level_name(rule->level), nl_rule_fixes(rule->check));
    put_fields(rules, rule, out);
    nl_buf_putc(out, '\n');
    for (size_t i = 0; i < rule->setting_count; i++)
        put_setting(&rule->settings[i], out);
}

static int rules_run(nl_options *o) {
    nl_rules_view v;
    int status = NL_STATUS_FAILED;
    if (o->paths.count) {
        return nl_fail("`newslint rules` takes no path; `--for FILE` names an article");
    } else if (nl_rules_view_open(&v, o, o->for_file)) {
        const nl_rule_list *list =
            nl_ruleset_rules(v.rules, nl_str_c(o->for_file ? v.rule_path : ""));
        nl_buf out = {0};
        for (size_t i = 0; i < list->count; i++)
            put_rule(v.rules, &list->items[i], &out);
        status = nl_output_all(STDOUT_FILENO, nl_buf_str(&out)) ? NL_STATUS_OK : nl_output_failed();
        nl_buf_free(&out);
    }
    nl_rules_view_close(&v);
    return status;
}

const nl_command nl_command_rules = {
    .name = "rules",
    .usage = "[OPTIONS]",
    .summary = "list the rules in force, with level, options and what set them",
    .bit = NL_FOR_RULES,
    .run = rules_run};
