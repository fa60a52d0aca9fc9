/*
 * heading-outline: the headings that an article must have, in order (markdownlint's MD043, with
 * regexes, optional and repeated parts). What is missing and what is not expected is reported as a
 * diff has it: the fewest headings that would have to be added and removed.
 */
#include "base/unicode.h"
#include "check/heading.h"
#include "check/outline.h"
#include "rule/ruleset.h"
#include "rule/say.h"
#include <string.h>

typedef struct item {
    nl_str text;               /* to be compared by, or p == NULL */
    const nl_pattern *pattern; /* or NULL */
    int level;                 /* 0: any */
    nl_str shown;              /* as messages name it */
    int64_t min, max;          /* max -1: any number */
} item;

typedef struct options {
    const nl_value *headings;
    bool match_case;
    int64_t depth;
    item *items;
    size_t item_count;
    nl_slot *slots;
    size_t slot_count;
} options;

static const nl_param params[] = {
    {.name = "headings",
     .type = NL_PARAM_TREE,
     .offset = offsetof(options, headings),
     .wanted = true,
     .help = "The headings in order. Each is a text, `Overview` or `## Overview`, or a map: "
             "`{text: Overview}`, `{regex: '^Part [0-9]'}` or `{any: true}`, with `level`, "
             "`optional: true`, and `min` and `max` for how often."},
    {.name = "match-case",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, match_case),
     .fallback = "false",
     .help = "Let `Overview` and `overview` differ."},
    {.name = "depth",
     .type = NL_PARAM_COUNT,
     .offset = offsetof(options, depth),
     .fallback = "6",
     .min = 1,
     .max = 6,
     .help = "Headings that are deeper than this are passed over."},
    {0},
};

/* ---- Reading the outline ----------------------------------------------------------------------
 */

static const nl_str keys[] = {NL_STR("text"),     NL_STR("regex"), NL_STR("any"), NL_STR("level"),
                              NL_STR("optional"), NL_STR("min"),   NL_STR("max")};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

/* `## Overview`: the level, and the text behind it. */
static nl_str take_level(nl_str text, int *level) {
    size_t n = 0;
    while (n < text.n && text.p[n] == '#')
        n++;
    if (n == 0 || n > 6 || n == text.n || !nl_is_blank((unsigned char)text.p[n]))
        return text;
    *level = (int)n;
    return nl_str_trim(nl_str_sub(text, n, text.n));
}

static bool fail(nl_load *load, const nl_value *v, const char *what) {
    nl_load_error_at(load, v, "%s", what);
    return false;
}

static bool read_number(nl_load *load, const nl_value *map, const char *key, int64_t least,
                        int64_t most, int64_t *out) {
    const nl_entry *e = nl_value_find(map, nl_str_c(key));
    if (!e)
        return true;
    if (e->value->kind == NL_INT && !e->value->big && e->value->integer >= least &&
        e->value->integer <= most) {
        *out = e->value->integer;
        return true;
    }
    nl_load_error_at(load, e->value, "`%s` wants a number from %d to %d", key, (int)least,
                     (int)most);
    return false;
}

static bool read_flag(nl_load *load, const nl_value *map, const char *key, bool *out) {
    const nl_entry *e = nl_value_find(map, nl_str_c(key));
    if (e && e->value->kind != NL_BOOL)
        return fail(load, e->value, "expected `true` or `false`");
    *out = e && e->value->boolean;
    return true;
}

static bool check_keys(nl_load *load, const nl_value *map) {
    for (size_t i = 0; i < map->count; i++) {
        const nl_value *key = map->entries[i].key;
        bool known = false;
        for (size_t k = 0; k < KEY_COUNT; k++)
            known = known || nl_str_eq(key->text, keys[k]);
        if (known)
            continue;
        const nl_str *nearest = nl_str_nearest(key->text, keys, KEY_COUNT);
        nl_load_error_at(load, key, "a heading of an outline has no `%.*s`%s%.*s%s",
                         NL_ARG(key->text), nearest ? " (did you mean `" : "",
                         nearest ? (int)nearest->n : 0, nearest ? nearest->p : "",
                         nearest ? "`?)" : "");
        return false;
    }
    return true;
}

/* How often: once, or as `optional`, `min` and `max` say; `any` is any number. */
static bool read_times(nl_load *load, const nl_value *map, bool any, item *out) {
    bool optional;
    if (!read_flag(load, map, "optional", &optional))
        return false;
    bool given = nl_value_find(map, NL_S("min")) || nl_value_find(map, NL_S("max"));
    out->min = optional || any ? 0 : 1;
    out->max = given || any ? -1 : 1;
    if (!read_number(load, map, "min", 0, NL_OUTLINE_SLOTS, &out->min) ||
        !read_number(load, map, "max", 1, NL_OUTLINE_SLOTS, &out->max))
        return false;
    if (out->max >= 0 && out->min > out->max)
        return fail(load, map, "`min` is greater than `max`");
    return true;
}

static bool set_text(nl_load *load, const options *o, nl_str text, const nl_value *at, item *out) {
    nl_arena *arena = nl_load_arena(load);
    nl_str bare = take_level(nl_str_trim(text), &out->level);
    size_t hash = 0;
    while (hash < bare.n && bare.p[hash] == '#')
        hash++;
    if (hash == bare.n)
        return fail(load, at, "a heading of an outline has no text; `{any: true}` takes any");
    out->text = o->match_case ? nl_nfc(bare, arena) : nl_fold(bare, arena);
    out->shown = nl_str_trim(text);
    return true;
}

static bool read_map(nl_load *load, const options *o, const nl_value *map, item *out) {
    const nl_entry *text = nl_value_find(map, NL_S("text"));
    const nl_entry *regex = nl_value_find(map, NL_S("regex"));
    bool any;
    int64_t level = 0;
    if (!check_keys(load, map) || !read_flag(load, map, "any", &any) ||
        !read_times(load, map, any, out))
        return false;
    if ((text != NULL) + (regex != NULL) + any != 1)
        return fail(load, map, "wants one of `text`, `regex` and `any: true`");
    out->shown = NL_S("any heading");
    if (text && (text->value->kind == NL_LIST || text->value->kind == NL_MAP))
        return fail(load, text->value, "`text` wants a string");
    if (text && !set_text(load, o, text->value->text, text->value, out))
        return false;
    if (regex) {
        out->pattern = nl_load_pattern(load, regex->value, !o->match_case);
        out->shown = regex->value->text;
    }
    if (!read_number(load, map, "level", 1, 6, &level))
        return false;
    if (level)
        out->level = (int)level;
    return !regex || out->pattern;
}

static void add_slots(options *o, size_t number) {
    const item *it = &o->items[number];
    for (int64_t i = 0; i < it->min && o->slot_count < NL_OUTLINE_SLOTS; i++)
        o->slots[o->slot_count++] = (nl_slot){number, false, false};
    if (it->max < 0 && o->slot_count < NL_OUTLINE_SLOTS)
        o->slots[o->slot_count++] = (nl_slot){number, true, true};
    for (int64_t i = it->min; i < it->max && o->slot_count < NL_OUTLINE_SLOTS; i++)
        o->slots[o->slot_count++] = (nl_slot){number, true, false};
}

static bool prepare(nl_load *load, void *options_) {
    options *o = options_;
    const nl_value *list = o->headings;
    if (!list)
        return false;
    if (list->kind != NL_LIST)
        return fail(load, list, "`headings` wants a list");
    o->items = NL_NEW_ARRAY(nl_load_arena(load), item, list->count);
    o->slots = NL_NEW_ARRAY(nl_load_arena(load), nl_slot, NL_OUTLINE_SLOTS);
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        const nl_value *v = list->items[i];
        item *it = &o->items[o->item_count];
        *it = (item){.min = 1, .max = 1};
        if (v->kind == NL_LIST || v->kind == NL_NULL)
            good = fail(load, v, "expected a text or a map");
        else if (v->kind == NL_MAP ? !read_map(load, o, v, it) : !set_text(load, o, v->text, v, it))
            good = false;
        else
            add_slots(o, o->item_count++);
    }
    if (o->slot_count == NL_OUTLINE_SLOTS)
        return fail(load, list, "the outline is too long: it may come to 999 headings");
    return good;
}

/* ---- Matching -------------------------------------------------------------------------------- */

typedef struct looking {
    nl_scope *scope;
    const nl_rule *rule;
    const options *o;
    const nl_heading **headings;
    nl_str *texts; /* to be compared by */
    size_t count;
    bool limited;
    size_t asked;         /* the heading, from 1, that answers holds the items for */
    signed char *answers; /* 0: not known yet, 1: fits, -1: does not */
} looking;

static bool is_like(looking *l, size_t heading, const item *it) {
    const nl_heading *h = l->headings[heading];
    if (it->level && h->level != it->level)
        return false;
    if (it->text.p)
        return nl_str_eq(l->texts[heading], it->text);
    if (!it->pattern)
        return true;
    nl_match m = nl_pattern_find(it->pattern, l->scope->matcher, nl_str_trim(h->content), 0, NULL);
    if (m == NL_MATCH_LIMIT && !l->limited) {
        l->limited = true;
        nl_report_limit(l->scope, l->rule, h->text);
    }
    return m == NL_MATCH_YES;
}

/* Slots of one item ask the same, one behind the other. */
static bool fits(void *context, size_t heading, size_t number) {
    looking *l = context;
    if (l->asked != heading + 1)
        memset(l->answers, 0, l->o->item_count);
    l->asked = heading + 1;
    if (!l->answers[number])
        l->answers[number] = is_like(l, heading, &l->o->items[number]) ? 1 : -1;
    return l->answers[number] > 0;
}

static void collect(looking *l) {
    const nl_markdown *body = nl_article_body(l->scope->article);
    l->headings = NL_NEW_ARRAY(l->scope->arena, const nl_heading *, body->heading_count);
    l->answers = NL_NEW_ARRAY(l->scope->arena, signed char, l->o->item_count + 1);
    l->texts = NL_NEW_ARRAY(l->scope->arena, nl_str, body->heading_count);
    for (size_t i = 0; i < body->heading_count; i++) {
        const nl_heading *h = &body->headings[i];
        if (h->level > l->o->depth)
            continue;
        l->texts[l->count] = nl_heading_key(l->scope, h, !l->o->match_case);
        l->headings[l->count++] = h;
    }
}

static nl_span span_of(const nl_heading *h) {
    return h->text.end > h->text.start ? h->text : h->block;
}

static nl_str shown_item(looking *l, size_t number) {
    const item *it = &l->o->items[number];
    nl_str marks = nl_str_sub(NL_S("######"), 0, (size_t)it->level);
    const char *slash = it->pattern ? "/" : "";
    if (!it->level || nl_str_starts(it->shown, NL_S("#")))
        return nl_say(l->scope, "%s%.*s%s", slash, NL_ARG(it->shown), slash);
    return nl_say(l->scope, "%.*s %s%.*s%s", NL_ARG(marks), slash, NL_ARG(it->shown), slash);
}

/* A heading that is not expected where it stands may be the one that is missing elsewhere. */
static const nl_heading *find_moved(looking *l, const nl_outline_step *steps, size_t count,
                                    size_t number) {
    enum { LOOKED_AT = 200 };
    for (size_t i = 0; i < count && i < LOOKED_AT; i++)
        if (steps[i].kind == NL_STEP_UNEXPECTED && fits(l, steps[i].heading, number))
            return l->headings[steps[i].heading];
    return NULL;
}

static void report_missing(looking *l, const nl_outline_step *steps, size_t count, size_t i) {
    size_t number = l->o->slots[steps[i].slot].item, before = steps[i].heading;
    const nl_heading *next = before < l->count ? l->headings[before] : NULL;
    const nl_heading *last = l->count ? l->headings[l->count - 1] : NULL;
    nl_span span = next ? span_of(next) : last ? span_of(last) : nl_say_start(l->scope);
    nl_finding f = nl_finding_at(l->scope, l->rule, span);
    nl_finding_set(&f, "expected", shown_item(l, number));
    nl_finding_set(&f, "text", next ? next->content : last ? last->content : NL_S(""));
    const nl_heading *moved = find_moved(l, steps, count, number);
    if (moved)
        nl_finding_relate(&f, span_of(moved), "it stands here");
    nl_finding_report(&f, next   ? "heading `{expected}` is missing before `{text}`"
                          : last ? "heading `{expected}` is missing behind `{text}`"
                                 : "heading `{expected}` is missing");
}

static void report_unexpected(looking *l, size_t heading) {
    nl_finding f = nl_finding_at_heading(l->scope, l->rule, l->headings[heading]);
    if (heading > 0)
        nl_finding_relate(&f, span_of(l->headings[heading - 1]), "the heading before it");
    nl_finding_report(&f, "heading `{text}` is not expected here");
}

/* The headings are too many for a table: only the first difference is told. */
static void report_first(looking *l, size_t first) {
    if (first < l->count) {
        report_unexpected(l, first);
        return;
    }
    nl_finding f = nl_finding_at_heading(l->scope, l->rule, l->headings[l->count - 1]);
    nl_finding_report(&f, "the outline goes on behind `{text}`, but the article does not");
}

static void article(nl_scope *s, const nl_rule *rule) {
    looking l = {.scope = s, .rule = rule, .o = rule->options};
    const nl_markdown *body = nl_article_body(s->article);
    if (body->refused)
        return;
    collect(&l);
    nl_outline o = {l.o->slots, l.o->slot_count, fits, &l};
    size_t first, count;
    if (nl_outline_takes(&o, l.count, &first, s->arena) || l.limited)
        return;
    if ((l.count + 1) > NL_OUTLINE_CELLS / (o.count + 1)) {
        report_first(&l, first);
        return;
    }
    const nl_outline_step *steps = nl_outline_diff(&o, l.count, &count, s->arena);
    for (size_t i = 0; i < count; i++) {
        if (steps[i].kind == NL_STEP_MISSING)
            report_missing(&l, steps, count, i);
        else
            report_unexpected(&l, steps[i].heading);
    }
}

static const char *const names[] = {"text", NULL};

const nl_check nl_check_heading_outline = {
    .name = "heading-outline",
    .summary = "Headings other than an article of this kind must have",
    .help =
        "Articles of one kind have the same parts in the same order, so that readers find them. "
        "The outline says which headings there must be; what is missing and what is not "
        "expected is reported one by one.",
    .level = NL_WARNING,
    .kind = NL_CHECK_BODY,
    .principal = "headings",
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "## Overview\n\n## Outlook\n",
    .bad = "## Overview\n",
    .prepare = prepare,
    .article = article,
};
