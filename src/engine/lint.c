/*
 * Running the rules over one article. A rule runs when its condition holds and what it looks at is
 * there; where front matter does not parse, what speaks of fields is mute.
 */
#include "base/mem.h"
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

static void run_on_fields(nl_scope *s, const nl_rule *rule) {
    for (size_t i = 0; i < rule->path_count; i++) {
        const nl_targets *targets = nl_scope_at(s, rule->nodes[i]);
        if (!(targets->kinds & rule->kinds))
            continue;
        for (const nl_target *t = targets->items, *end = t + targets->count; t < end; t++)
            if (nl_target_kind(t) & rule->kinds)
                rule->field(s, rule, t);
    }
}

/* Does the rule's condition hold? Where a limit kept it from being known, that is said. */
static bool holds(nl_scope *s, const nl_rule *rule) {
    s->limited = false;
    nl_truth truth = nl_expr_eval(rule->when, s);
    if (s->limited)
        nl_report_limit(s, rule,
                        nl_span_of(s->article->front.open.start, s->article->front.open.end));
    return truth == NL_TRUE;
}

static void run_rule(nl_scope *s, const nl_rule *rule) {
    if (rule->when && !holds(s, rule))
        return;
    if (rule->field)
        run_on_fields(s, rule);
    else if (rule->article)
        rule->article(s, rule);
}

static unsigned parts_of(const nl_scope *s) {
    const nl_front *front = &s->article->front;
    bool body_known = !front->unclosed && !front->almost;
    return (nl_scope_root(s) ? NL_PART_FIELDS : 0u) | (body_known ? NL_PART_BODY : 0u) |
           (s->indexing ? 0u : NL_PART_FINDINGS);
}

static bool is_of(const nl_diag *d, const char *set) {
    return nl_str_starts(d->rule, nl_str_c(set));
}

/* A walk along the diagnostics, in order of start, together with the places that are forbidden. */
typedef struct told {
    nl_diags *diags;
    size_t next, own; /* the first that starts behind the place; the first that does at it */
    size_t reach[NL_ERROR + 1]; /* of what is said of bytes, by level: where the last of it ends */
    size_t at;                  /* the last place's start */
} told;

static bool is_of_bytes(const nl_diag *d) {
    return d->about == NL_ABOUT_BYTES || d->about == NL_ABOUT_PART || d->about == NL_ABOUT_DAMAGE;
}

/* Drops what the set front-matter says of a place when another rule has reported its bytes as
 * gravely. Linear over all places that are in order. */
static void drop_if_told(told *t, nl_span bad) {
    nl_diags *diags = t->diags;
    if (bad.start < t->at)
        *t = (told){.diags = diags};
    t->at = bad.start;
    for (; t->next < diags->count && diags->items[t->next].span.start < bad.end; t->next++) {
        const nl_diag *d = &diags->items[t->next];
        if (is_of_bytes(d) && d->span.end > t->reach[d->level])
            t->reach[d->level] = d->span.end;
    }
    nl_level gravest = NL_ERROR;
    while (gravest > NL_OFF && t->reach[gravest] <= bad.start)
        gravest--;
    while (t->own < diags->count && diags->items[t->own].span.start < bad.start)
        t->own++;
    for (size_t i = t->own; i < diags->count && diags->items[i].span.start == bad.start; i++) {
        nl_diag *d = &diags->items[i];
        if (is_of(d, "front-matter/") && d->level <= gravest && d->span.end == bad.end)
            d->level = NL_OFF;
    }
}

/* Damage that YAML forbids, or that hides the front matter, is one mistake: where another rule has
 * reported the bytes, the complaint about what they cause is dropped. */
static void drop_told_twice(nl_look *look) {
    const nl_front *front = &look->article.front;
    told t = {.diags = &look->diags};
    for (size_t p = 0; p < front->tree.count; p++)
        if (front->tree.problems[p].trouble == NL_YAML_READER)
            drop_if_told(&t, front->tree.problems[p].span);
    if (front->almost && !front->unclosed)
        drop_if_told(&t, front->almost_span);
}

/* What could not be proven right is not offered. */
static void drop_hopeless_fixes(nl_look *look) {
    for (size_t i = 0; i < look->diags.count; i++) {
        nl_diag *d = &look->diags.items[i];
        if (d->fix && nl_fix_is_hopeless(&look->article, d->fix->edits, d->fix->count))
            d->fix = NULL;
    }
}

/* A guess at what bytes were goes into the diagnostic that says what they are, as its fix. */
static bool give_up_guess(nl_diag *guess, nl_diag *part) {
    if (part->about != NL_ABOUT_PART || part->span.start >= guess->span.end ||
        guess->span.start >= part->span.end)
        return false;
    if (!part->fix && part->span.start == guess->span.start && part->span.end == guess->span.end)
        part->fix = guess->fix;
    guess->level = NL_OFF;
    return true;
}

static void drop_guesses(nl_diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        nl_diag *d = &diags->items[i];
        if (d->about != NL_ABOUT_GUESS || d->level == NL_OFF)
            continue;
        bool given_up = i > 0 && give_up_guess(d, d - 1);
        if (!given_up && i + 1 < diags->count)
            give_up_guess(d, d + 1);
    }
}

/* Where damage is reported, its parts are not. The diagnostics are in order of start. */
static void drop_parts_of_damage(nl_diags *diags) {
    size_t reach = 0, next = SIZE_MAX;
    for (size_t i = 0; i < diags->count; i++) {
        nl_diag *d = &diags->items[i];
        if (d->about == NL_ABOUT_DAMAGE && d->level != NL_OFF && d->span.end > reach)
            reach = d->span.end;
        if (d->about == NL_ABOUT_PART && d->span.start < reach)
            d->level = NL_OFF;
    }
    for (size_t i = diags->count; i-- > 0;) {
        nl_diag *d = &diags->items[i];
        if (d->about == NL_ABOUT_DAMAGE && d->level != NL_OFF)
            next = d->span.start;
        if (d->about == NL_ABOUT_PART && next < d->span.end)
            d->level = NL_OFF;
    }
}

/* A value of a wrong type is one mistake: what else is wrong with it follows from that. The
 * diagnostics are in order of start, and few rules speak of one value's type. */
static void drop_what_type_explains(nl_diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        const nl_diag *type = &diags->items[i];
        if (type->about != NL_ABOUT_TYPE)
            continue;
        size_t first = i, end = i + 1;
        while (first > 0 && diags->items[first - 1].span.start == type->span.start)
            first--;
        while (end < diags->count && diags->items[end].span.start == type->span.start)
            end++;
        for (size_t j = first; j < end; j++) {
            nl_diag *d = &diags->items[j];
            if (d->about == NL_ABOUT_VALUE && d->span.end == type->span.end &&
                d->level <= type->level && nl_str_eq(d->field, type->field))
                d->level = NL_OFF;
        }
    }
}

/* Gives newslint's own diagnostics the level that the rule files give them; what is off goes. */
static void settle_levels(const newslint_engine *engine, nl_str path, nl_diags *diags) {
    size_t kept = 0;
    for (size_t i = 0; i < diags->count; i++) {
        nl_diag *d = &diags->items[i];
        const nl_own_rule *own = is_of(d, "newslint/") ? nl_own_rule_find(d->rule) : NULL;
        if (own && d->level != NL_OFF)
            d->level = nl_ruleset_own_level(engine->rules, own, path);
        if (d->level != NL_OFF)
            diags->items[kept++] = *d;
    }
    diags->count = kept;
}

static void tell_of_overrides(nl_diags *diags, nl_str mistake) {
    nl_diag *d = nl_diags_add(diags, NL_S("newslint/rule-file"), NL_ERROR, nl_span_of(0, 0));
    nl_buf b = {0};
    nl_buf_puts(&b, "the overrides for this path make a rule that cannot be checked: ");
    nl_buf_str_add(&b, mistake);
    d->message = nl_str_n(nl_arena_copy(diags->arena, b.p, b.n), b.n);
    nl_buf_free(&b);
}

/* Parses the article and runs its rules: all, or those that compare articles. */
static void run_rules(const newslint_engine *engine, newslint_worker *worker, nl_arena *arena,
                      const newslint_article *article, bool comparing, nl_look *look) {
    nl_timing *timing = worker->timing;
    uint64_t then = timing ? nl_timing_now() : 0;
    *look = (nl_look){.path = nl_str_c(article->rule_path ? article->rule_path : article->path),
                      .diags = {.arena = arena, .most = engine->limits.findings},
                      .pending = {.arena = arena}};
    nl_matcher_bound(worker->matcher, engine->limits.regex_steps);
    nl_article_parse(&look->article, nl_str_c(article->path),
                     (nl_str){article->data, article->size}, &engine->limits, engine->readers,
                     arena);
    look->article.timing = timing;
    if (timing)
        then = nl_timing_lap(timing, NL_S("front matter"), then);
    const nl_rule_list *rules = engine->anywhere
                                    ? nl_ruleset_anywhere(engine->rules)
                                    : nl_ruleset_rules(engine->rules, look->path, arena);
    const nl_path_table *paths = nl_ruleset_paths(engine->rules);
    nl_scope scope = {.article = &look->article,
                      .path = look->path,
                      .now = engine->now,
                      .arena = arena,
                      .matcher = worker->matcher,
                      .scratch = &worker->scratch,
                      .diags = &look->diags,
                      .facts = &look->facts,
                      .indexing = comparing,
                      .paths = paths,
                      .targets = NL_NEW_ARRAY(arena, const nl_targets *, paths->tree_count)};
    unsigned parts = parts_of(&scope);
    if (rules->mistake.n)
        tell_of_overrides(&look->diags, rules->mistake);
    for (const nl_rule *rule = rules->items, *end = rule + rules->count; rule < end; rule++) {
        if (!(rule->needs & ~parts))
            run_rule(&scope, rule);
        if (timing)
            then = nl_timing_lap(timing, rule->id, then);
    }
}

void nl_look_at(const newslint_engine *engine, newslint_worker *worker, nl_arena *arena,
                const char *path, const char *rule_path, nl_str bytes, nl_look *look) {
    newslint_article article = {
        .path = path, .rule_path = rule_path, .data = bytes.p, .size = bytes.n};
    run_rules(engine, worker, arena, &article, false, look);
    uint64_t then = worker->timing ? nl_timing_now() : 0;
    nl_look_limit(look);
    nl_diags_sort(&look->diags);
    drop_guesses(&look->diags);
    drop_parts_of_damage(&look->diags);
    drop_what_type_explains(&look->diags);
    if (look->article.front.tree.count || look->article.front.almost)
        drop_told_twice(look);
    drop_hopeless_fixes(look);
    settle_levels(engine, look->path, &look->diags);
    nl_diags_sort(&look->diags);
    nl_look_suppress(engine, arena, look);
    if (look->article.body)
        nl_markdown_drop(look->article.body);
    if (worker->timing)
        nl_timing_lap(worker->timing, NL_S("finish"), then);
}

/* The result of a look, independent of its arena. */
static newslint_result *result_of(newslint_worker *worker, const char *path, nl_look *look) {
    nl_source *source = &look->article.source;
    bool text = !worker->no_texts && (look->diags.count || look->facts.count);
    size_t said = look->diags.count + look->pending.count + look->facts.count;
    size_t kept = text ? source->bytes.n + nl_source_line_count(source) * sizeof *source->lines : 0;
    newslint_result *r = nl_result_new(worker, path, said * NL_SAID + kept);
    if (text)
        nl_result_keep_text(r, source);
    nl_result_add(r, nl_str_c(path), source, &look->diags);
    nl_result_wait(r, source, &look->pending);
    nl_result_tell(r, source, &look->facts);
    nl_result_end(r);
    return r;
}

newslint_result *newslint_lint(const newslint_engine *engine, newslint_worker *worker,
                               const newslint_article *article) {
    newslint_result *refused = nl_refuse(engine, article);
    if (refused)
        return refused;
    nl_look look;
    nl_arena_reset(&worker->arenas[0]);
    nl_look_at(engine, worker, &worker->arenas[0], article->path, article->rule_path,
               (nl_str){article->data, article->size}, &look);
    return result_of(worker, article->path, &look);
}

newslint_result *newslint_index(const newslint_engine *engine, newslint_worker *worker,
                                const newslint_article *article) {
    nl_look look = {0};
    nl_arena_reset(&worker->arenas[0]);
    if (!nl_is_refused(engine, article))
        run_rules(engine, worker, &worker->arenas[0], article, true, &look);
    newslint_result *r = nl_result_new(worker, article->path, look.facts.count * NL_SAID);
    nl_result_tell(r, &look.article.source, &look.facts);
    nl_result_end(r);
    return r;
}

/* ---- Fixing --------------------------------------------------------------------------------- */

enum { ROUNDS = 10 };

/* A text on its way: looked at in one arena, its successor in the other. */
typedef struct fixing {
    const newslint_engine *engine;
    newslint_worker *worker;
    const newslint_article *article;
    bool unsafe;
    size_t side; /* which arena holds `look` */
    nl_look look;
    nl_buf text; /* of `look`, once something was changed */
    size_t fixed;
    size_t tries;        /* looks left for finding out which fixes are to be refused */
    const char *why;     /* the last try failed */
    const char *refused; /* why a fix was not made, or NULL */
    nl_span refused_at;
    nl_limit_id limit; /* that some round met, or NL_LIMIT_COUNT */
} fixing;

static void look_again(fixing *f, size_t side, nl_str bytes, nl_look *look) {
    nl_arena_reset(&f->worker->arenas[side]);
    nl_look_at(f->engine, f->worker, &f->worker->arenas[side], f->article->path,
               f->article->rule_path, bytes, look);
}

/* Makes the text with these fixes and looks at it; false if it does not say the same. With `keep`
 * it is the text from now on. */
static bool try_fixes(fixing *f, nl_fix *const *fixes, size_t count, bool keep, size_t *taken) {
    size_t edit_count;
    nl_arena *arena = &f->worker->arenas[f->side];
    nl_edit *edits = nl_edits_choose(fixes, count, arena, &edit_count, taken);
    if (*taken == 0)
        return true;
    nl_buf next = {0};
    nl_look look;
    nl_edits_apply(f->look.article.source.bytes, edits, edit_count, &next);
    if (nl_str_eq(nl_buf_str(&next), f->look.article.source.bytes)) {
        *taken = 0;
        nl_buf_free(&next);
        return true;
    }
    look_again(f, 1 - f->side, nl_buf_str(&next), &look);
    bool good =
        nl_fix_is_true(&f->look.article, &look.article, edits, edit_count, f->unsafe, &f->why);
    if (!good || !keep) {
        nl_buf_free(&next);
        return good;
    }
    nl_buf_free(&f->text);
    f->text = next;
    f->look = look;
    f->side = 1 - f->side;
    return true;
}

static size_t wanted_fixes(const fixing *f, nl_fix **fixes, nl_span *spans) {
    size_t count = 0;
    for (size_t i = 0; i < f->look.diags.count; i++) {
        nl_fix *fix = f->look.diags.items[i].fix;
        if (fix && (f->unsafe || !fix->unsafe)) {
            spans[count] = f->look.diags.items[i].span;
            fixes[count++] = fix;
        }
    }
    return count;
}

static size_t sift_halves(fixing *f, nl_fix **good, size_t n, nl_fix *const *fixes,
                          const nl_span *spans, size_t count);

/* Adds to the n good fixes those of the others that can be made with them. */
static size_t sift(fixing *f, nl_fix **good, size_t n, nl_fix *const *fixes, const nl_span *spans,
                   size_t count) {
    size_t taken;
    if (f->tries == 0) {
        f->refused = "so many fixes were refused that this one was not tried; --limit fix-looks=N "
                     "sets the limit";
        f->refused_at = spans[0];
        return n;
    }
    f->tries--;
    memcpy(good + n, fixes, count * sizeof *good);
    if (try_fixes(f, good, n + count, false, &taken))
        return n + count;
    return sift_halves(f, good, n, fixes, spans, count);
}

/* These fixes cannot be made together: which can? Few are to be refused, so halving finds them with
 * few looks; the depth is the logarithm of the count. */
static size_t sift_halves(fixing *f, nl_fix **good, size_t n, nl_fix *const *fixes,
                          const nl_span *spans, size_t count) {
    size_t half = count / 2;
    if (count == 1) {
        f->refused = f->why;
        f->refused_at = spans[0];
        return n;
    }
    n = sift(f, good, n, fixes, spans, half);
    return sift(f, good, n, fixes + half, spans + half, count - half);
}

/* One round; false when nothing more is to be done. */
static bool fix_round(fixing *f) {
    nl_arena *arena = &f->worker->arenas[f->side];
    nl_fix **fixes = NL_NEW_ARRAY(arena, nl_fix *, f->look.diags.count + 1);
    nl_span *spans = NL_NEW_ARRAY(arena, nl_span, f->look.diags.count + 1);
    size_t count = wanted_fixes(f, fixes, spans);
    size_t taken = 0;
    f->refused = NULL;
    if (nl_look_limited_by(&f->look) != NL_LIMIT_COUNT)
        f->limit = nl_look_limited_by(&f->look);
    if (count == 0)
        return false;
    if (!try_fixes(f, fixes, count, true, &taken)) {
        nl_fix **good = NL_NEW_ARRAY(arena, nl_fix *, count);
        size_t n = sift_halves(f, good, 0, fixes, spans, count);
        taken = 0;
        if (n)
            try_fixes(f, good, n, true, &taken);
    }
    f->fixed += taken;
    return taken > 0;
}

/* Why there is something to be done after the last round. */
static const char *restless(const fixing *f) {
    if (f->limit == NL_LIMIT_COUNT)
        return "the fixes did not come to rest in 10 rounds";
    nl_buf b = {0};
    nl_limit_say(f->limit, &f->engine->limits,
                 f->limit == NL_LIMIT_findings
                     ? "10 rounds of fixes, each for %zu findings, were not enough"
                     : "10 rounds of fixes, each for %zu places in one text, were not enough",
                 &b);
    const char *why = nl_arena_copy(f->look.diags.arena, b.p, b.n);
    nl_buf_free(&b);
    return why;
}

static void report_not_fixed(fixing *f, const char *why, nl_span at) {
    const newslint_article *a = f->article;
    nl_level level =
        nl_ruleset_own_level(f->engine->rules, nl_own_rule_find(NL_S("newslint/not-fixed")),
                             nl_str_c(a->rule_path ? a->rule_path : a->path));
    if (level == NL_OFF)
        return;
    nl_diag *d = nl_diags_add(&f->look.diags, NL_S("newslint/not-fixed"), level, at);
    d->message = nl_str_c(why);
    nl_diags_sort(&f->look.diags);
}

newslint_result *newslint_fix(const newslint_engine *engine, newslint_worker *worker,
                              const newslint_article *article, bool unsafe_too, char **fixed,
                              size_t *size, size_t *count) {
    fixing f = {.engine = engine,
                .worker = worker,
                .article = article,
                .unsafe = unsafe_too,
                .tries = engine->limits.fix_looks,
                .limit = NL_LIMIT_COUNT};
    *fixed = NULL;
    *size = *count = 0;
    newslint_result *refused = nl_refuse(engine, article);
    if (refused)
        return refused;
    look_again(&f, 0, (nl_str){article->data, article->size}, &f.look);
    int round = 0;
    while (round < ROUNDS && fix_round(&f))
        round++;
    if (f.refused)
        report_not_fixed(&f, f.refused, f.refused_at);
    else if (round == ROUNDS)
        report_not_fixed(&f, restless(&f), nl_span_of(0, 0));
    newslint_result *r = result_of(worker, article->path, &f.look);
    if (f.fixed) {
        nl_buf_putc(&f.text, 0);
        *size = f.text.n - 1;
        *fixed = f.text.p;
        *count = f.fixed;
    } else {
        nl_buf_free(&f.text);
    }
    return r;
}

void newslint_free(void *memory) {
    free(memory);
}
