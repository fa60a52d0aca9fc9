/* Making engines and workers, and listing the rules in force. */
#include "engine/engine.h"

#include "base/mem.h"
#include "check/checks.h"
#include <stdlib.h>
#include <string.h>

/* The public face of the limits is the same, member for member. */
#define NL_LIMIT(member, name, option, unit, fallback, least, most, what, over)                    \
    _Static_assert(offsetof(newslint_limits, member) == offsetof(nl_limits, member), name);
#include "text/limits.def"
#undef NL_LIMIT
_Static_assert(sizeof(newslint_limits) == sizeof(nl_limits), "no more and no less");

const char *newslint_version(void) {
    return NEWSLINT_VERSION;
}

static newslint_string as_public(nl_str s) {
    return (newslint_string){s.p, s.n};
}

static newslint_rule listed_rule(const nl_rule *rule) {
    return (newslint_rule){
        .id = as_public(rule->id),
        .summary = as_public(rule->summary),
        .help = as_public(rule->help),
        .url = as_public(rule->url),
        .level = (newslint_level)rule->level,
        .safety = !rule->check->fixes        ? NEWSLINT_NO_FIX
                  : rule->check->unsafe_only ? NEWSLINT_UNSAFE
                                             : NEWSLINT_SAFE,
    };
}

/* The rules are in order of id; of those with the same id the highest level counts. */
static void list_rules(newslint_engine *e) {
    const nl_rule_list *list = nl_ruleset_anywhere(e->rules);
    e->listed = nl_calloc(list->count, sizeof *e->listed);
    for (size_t i = 0; i < list->count; i++) {
        newslint_rule rule = listed_rule(&list->items[i]);
        size_t n = e->listed_count;
        newslint_rule *last = &e->listed[n ? n - 1 : 0];
        if (n == 0 || last->id.size != rule.id.size ||
            memcmp(last->id.data, rule.id.data, rule.id.size) != 0)
            e->listed[e->listed_count++] = rule;
        else if (rule.level > last->level)
            last->level = rule.level;
    }
}

/* A result has one text: that of the rule file, if no other one has problems too. */
static newslint_result *problems_of(const nl_ruleset *rules) {
    newslint_result *result = NULL;
    size_t count, bad = 0;
    nl_source source;
    const nl_rule_file *const *files = nl_ruleset_files(rules, &count);
    for (size_t i = 0; i < count; i++) {
        if (files[i]->diags.count == 0)
            continue;
        if (!result)
            result = nl_result_new(NULL, files[i]->path.p, 0);
        source = files[i]->source;
        nl_result_add(result, files[i]->path, &source, &files[i]->diags);
        bad++;
    }
    if (bad == 1 && source.bytes.n)
        nl_result_keep_text(result, &source);
    if (result)
        nl_result_end(result);
    return result;
}

newslint_status newslint_engine_new(newslint_engine **engine, const newslint_rules *rules,
                                    newslint_result **problems) {
    newslint_engine *e = nl_calloc(1, sizeof *e);
    memcpy(&e->limits, &rules->limits, sizeof e->limits);
    nl_limits_complete(&e->limits);
    e->readers = rules->reference ? NL_READERS_REFERENCE : NL_READERS_FAST;
    e->now = rules->now;
    nl_rule_options options = {.checks = nl_checks, .now = rules->now, .limits = &e->limits};
    nl_str text = {rules->text, rules->size};
    bool good =
        nl_ruleset_load(&e->rules, rules->sets, rules->set_count, text, rules->path, &options);
    *problems = problems_of(e->rules);
    if (!good) {
        newslint_engine_free(e);
        *engine = NULL;
        return NEWSLINT_BAD_RULES;
    }
    list_rules(e);
    e->corpus = nl_ruleset_compares(e->rules);
    *engine = e;
    return NEWSLINT_OK;
}

void newslint_engine_free(newslint_engine *engine) {
    if (!engine)
        return;
    nl_ruleset_free(engine->rules);
    free(engine->listed);
    free(engine);
}

newslint_limits newslint_engine_limits(const newslint_engine *engine) {
    newslint_limits limits;
    memcpy(&limits, &engine->limits, sizeof limits);
    return limits;
}

bool newslint_engine_wants(const newslint_engine *engine, const char *path) {
    return nl_ruleset_wants(engine->rules, nl_str_c(path));
}

bool newslint_engine_needs_corpus(const newslint_engine *engine) {
    return engine->corpus;
}

size_t newslint_engine_rule_count(const newslint_engine *engine) {
    return engine->listed_count;
}

newslint_rule newslint_engine_rule(const newslint_engine *engine, size_t i) {
    return engine->listed[i];
}

newslint_worker *newslint_worker_new(void) {
    newslint_worker *w = nl_calloc(1, sizeof *w);
    w->matcher = nl_matcher_new();
    return w;
}

void newslint_worker_free(newslint_worker *worker) {
    if (!worker)
        return;
    for (size_t i = 0; i < 2; i++)
        nl_arena_free(&worker->arenas[i]);
    nl_crates_free(&worker->results);
    nl_matcher_free(worker->matcher);
    nl_buf_free(&worker->scratch);
    if (worker->timing)
        nl_timing_free(worker->timing);
    free(worker->timing);
    free(worker);
}

void newslint_worker_spare(newslint_worker *worker, bool texts) {
    worker->sharing = true;
    worker->no_texts = !texts;
}

void newslint_worker_time(newslint_worker *worker) {
    if (!worker->timing)
        worker->timing = nl_calloc(1, sizeof *worker->timing);
}

size_t newslint_worker_timing_count(const newslint_worker *worker) {
    return worker->timing ? worker->timing->count : 0;
}

newslint_timing newslint_worker_timing(const newslint_worker *worker, size_t i) {
    const nl_timing_row *row = worker->timing->rows[i];
    return (newslint_timing){as_public(row->name), row->nanoseconds, row->count};
}
