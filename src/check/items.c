/* items: a list with too few or too many items, with one twice, or out of order. */
#include "base/hash.h"
#include "base/unicode.h"
#include "check/checks.h"
#include "rule/ruleset.h"
#include "rule/say.h"
#include "rule/walk.h"
#include <inttypes.h>
#include <stdlib.h>

enum { FEW = 8 /* items */ };

typedef struct options {
    int64_t min, max;
    bool unique, sorted, ignore_case;
} options;

static const nl_param params[] = {
    {.name = "min",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, min),
     .help = "The least number of items."},
    {.name = "max",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, max),
     .help = "The greatest number of items."},
    {.name = "unique",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, unique),
     .fallback = "false",
     .help = "No item may stand in the list twice; `1` and `'1'` are two."},
    {.name = "sorted",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, sorted),
     .fallback = "false",
     .help = "Items must stand in order: numbers by size, before texts by their code points."},
    {.name = "ignore-case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, ignore_case),
     .fallback = "false",
     .help = "Let upper and lower case be the same for `unique` and `sorted`."},
    {0},
};

static bool prepare(nl_load *load, void *options_) {
    const options *o = options_;
    if (o->min < 0 && o->max < 0 && !o->unique && !o->sorted)
        nl_load_error(load, NULL, "check `items` needs `min`, `max`, `unique` or `sorted`");
    else if (o->max >= 0 && o->min > o->max)
        nl_load_error(load, "min", "`min` is greater than `max`");
    else
        return true;
    return false;
}

static void look_at_count(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    int64_t n = (int64_t)target->value->count;
    bool few = o->min >= 0 && n < o->min;
    if (!few && (o->max < 0 || n <= o->max))
        return;
    nl_finding f = nl_finding_on(s, rule, target);
    nl_finding_say(&f, "count", "%" PRId64, n);
    nl_finding_say(&f, "items", "item%s", n == 1 ? "" : "s");
    nl_finding_say(&f, "expected", "at %s %" PRId64, few ? "least" : "most", few ? o->min : o->max);
    nl_finding_report(&f, "`{field}` has {count} {items}, expected {expected}");
}

/* A finding at an item, named as such. */
static nl_finding finding_at_item(nl_scope *s, const nl_rule *rule, const nl_target *list,
                                  size_t index) {
    const nl_value *item = list->value->items[index];
    nl_step step = {.kind = NL_STEP_ITEMS};
    nl_target t = {
        .value = item, .parent = list->value, .above = list, .step = &step, .index = index};
    nl_finding f = nl_finding_on(s, rule, &t);
    f.span = item->span;
    nl_finding_set(&f, "item", item->text);
    return f;
}

typedef struct numbered {
    nl_hash hash;
    size_t index;
} numbered;

static int by_hash(const void *a, const void *b) {
    const numbered *x = a, *y = b;
    int order = nl_hash_cmp(x->hash, y->hash);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static bool hash_item(nl_scope *s, const options *o, const nl_value *v, nl_buf *scratch,
                      nl_hash *out) {
    nl_value folded = *v;
    if (o->ignore_case && v->kind == NL_STRING)
        folded.text = nl_fold(v->text, s->arena);
    nl_buf_clear(scratch);
    bool whole = nl_value_canon(&folded, scratch);
    *out = nl_hash_of(nl_buf_str(scratch));
    return whole;
}

/* A short list of texts, as most are: each is compared with each. False if it is another. */
static bool have_no_repeats(const options *o, const nl_value *list) {
    if (list->count > FEW || o->ignore_case)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind != NL_STRING)
            return false;
        for (size_t j = 0; j < i; j++)
            if (nl_str_eq(list->items[i]->text, list->items[j]->text))
                return false;
    }
    return true;
}

/* Which item each one repeats; itself where it is the first. Sorted by fingerprint, so that it is
 * not quadratic. */
static size_t *firsts(nl_scope *s, const options *o, const nl_value *list) {
    numbered *all = NL_NEW_ARRAY(s->arena, numbered, list->count);
    size_t *first = NL_NEW_ARRAY(s->arena, size_t, list->count), n = 0;
    nl_buf scratch = {0};
    for (size_t i = 0; i < list->count; i++) {
        first[i] = i;
        all[n].index = i;
        n += hash_item(s, o, list->items[i], &scratch, &all[n].hash);
    }
    nl_buf_free(&scratch);
    if (n > 1)
        qsort(all, n, sizeof *all, by_hash);
    for (size_t i = 1; i < n; i++)
        if (nl_hash_cmp(all[i].hash, all[i - 1].hash) == 0)
            first[all[i].index] = first[all[i - 1].index];
    return first;
}

static void look_for_repeats(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const nl_value *list = target->value;
    if (have_no_repeats(rule->options, list))
        return;
    const size_t *first = firsts(s, rule->options, list);
    for (size_t i = 0; i < list->count; i++) {
        if (first[i] == i)
            continue;
        const nl_value *item = list->items[i];
        nl_finding f = finding_at_item(s, rule, target, i);
        nl_finding_relate(&f, list->items[first[i]]->span, "the first one is here");
        nl_finding_report(&f, item->kind == NL_LIST || item->kind == NL_MAP
                                  ? "`{field}` is in the list twice"
                                  : "`{item}` is in the list twice");
    }
}

static bool is_number(const nl_value *v) {
    return v->kind == NL_INT || v->kind == NL_FLOAT;
}

static int compare(nl_scope *s, const options *o, const nl_value *a, const nl_value *b) {
    if (is_number(a) && is_number(b))
        return (a->number > b->number) - (a->number < b->number);
    if (is_number(a) || is_number(b))
        return is_number(a) ? -1 : 1;
    if (!o->ignore_case)
        return nl_str_cmp(a->text, b->text);
    return nl_str_cmp(nl_fold(a->text, s->arena), nl_fold(b->text, s->arena));
}

static bool is_scalar(const nl_value *v) {
    return v->kind != NL_LIST && v->kind != NL_MAP;
}

/* One finding is enough: what stands behind a wrong place is out of order with it or with another.
 */
static void look_at_order(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const nl_value *list = target->value;
    for (size_t i = 1; i < list->count; i++) {
        const nl_value *before = list->items[i - 1], *item = list->items[i];
        if (!is_scalar(before) || !is_scalar(item) || compare(s, rule->options, before, item) <= 0)
            continue;
        nl_finding f = finding_at_item(s, rule, target, i);
        nl_finding_set(&f, "before", before->text);
        nl_finding_relate(&f, before->span, "it must stand before this");
        nl_finding_report(&f, "`{item}` is out of order: it stands behind `{before}`");
        return;
    }
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    const options *o = rule->options;
    if (target->value->kind != NL_LIST)
        return;
    look_at_count(s, rule, target);
    if (o->unique)
        look_for_repeats(s, rule, target);
    if (o->sorted)
        look_at_order(s, rule, target);
}

static const char *const names[] = {"count", "items", "item", "before", NULL};

const nl_check nl_check_items = {
    .name = "items",
    .summary = "A list with too few or too many items, a repeated one, or out of order",
    .help = "A list such as `tags` has its bounds, and an item that stands in it twice is shown "
            "twice on the page.",
    .level = NL_ERROR,
    .about = NL_ABOUT_VALUE,
    .kind = NL_CHECK_FIELD,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "tags: [BTC, MINING]",
    .bad = "tags: [BTC, BTC]",
    .prepare = prepare,
    .field = field,
};
