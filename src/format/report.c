/* The life of a report: what is the same for every format. */
#include "base/mem.h"
#include "format/write.h"
#include <stdlib.h>
#include <string.h>

void nl_report_init(nl_report *r, const nl_format *format, const nl_report_settings *settings) {
    *r = (nl_report){.format = format, .settings = *settings};
    if (!r->settings.version)
        r->settings.version = newslint_version();
    if (r->settings.root && !r->settings.prefix)
        r->settings.prefix = "";
    format->begin(r);
}

static newslint_string keep(nl_report *r, newslint_string s) {
    if (!s.data)
        return (newslint_string){NULL, 0};
    return (newslint_string){nl_arena_copy(&r->arena, s.data, s.size), s.size};
}

/* Where the rule is or would be. */
static size_t rule_at(const nl_report *r, nl_str id, bool *found) {
    size_t low = 0, high = r->rule_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (nl_str_cmp(nl_view(r->rules[middle].id), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = low < r->rule_count && nl_str_eq(nl_view(r->rules[low].id), id);
    return low;
}

/* The first description of an id stays, but for one without a summary: that of a diagnostic. */
static void rule_add(nl_report *r, const newslint_rule *rule) {
    bool found;
    size_t at = rule_at(r, nl_view(rule->id), &found);
    if (found && (r->rules[at].summary.size || !rule->summary.size))
        return;
    if (!found) {
        r->rules = nl_grow(r->rules, &r->rule_cap, r->rule_count + 1, sizeof *r->rules);
        memmove(r->rules + at + 1, r->rules + at, (r->rule_count - at) * sizeof *r->rules);
        r->rule_count++;
    }
    r->rules[at] = (newslint_rule){
        .id = keep(r, rule->id),
        .summary = keep(r, rule->summary),
        .help = keep(r, rule->help),
        .url = keep(r, rule->url),
        .level = rule->level,
        .safety = rule->safety,
    };
}

void nl_report_rule_meet(nl_report *r, const newslint_diagnostic *d) {
    newslint_rule rule = {.id = d->rule, .help = d->help, .url = d->url, .level = d->level};
    rule_add(r, &rule);
}

void nl_report_rules(nl_report *r, const newslint_engine *engine) {
    for (size_t i = 0, n = newslint_engine_rule_count(engine); i < n; i++) {
        newslint_rule rule = newslint_engine_rule(engine, i);
        rule_add(r, &rule);
    }
}

void nl_report_add(nl_report *r, const nl_report_file *file) {
    r->format->file(r, file);
}

void nl_report_end(nl_report *r, const nl_summary *summary) {
    r->format->end(r, summary);
}

void nl_report_free(nl_report *r) {
    nl_buf_free(&r->out);
    nl_buf_free(&r->scratch);
    for (size_t i = 0; i < sizeof r->held / sizeof *r->held; i++)
        nl_buf_free(&r->held[i]);
    free(r->rules);
    nl_arena_free(&r->arena);
    nl_arena_free(&r->temp);
    *r = (nl_report){0};
}
