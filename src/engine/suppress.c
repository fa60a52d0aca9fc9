/*
 * Suppression comments applied to a look: what they speak of goes, with its fixes; what they do not
 * need to say is said of them. A fact that is suppressed stays, for the other articles.
 */
#include "doc/suppress.h"
#include "base/buf.h"
#include "base/unicode.h"
#include "engine/engine.h"
#include <stdint.h>

enum { SUGGESTIONS_MAX = 100, NAME_SHOWN = 60 };

static const nl_str unused = NL_STR("newslint/unused-suppression");

typedef struct telling {
    const newslint_engine *engine;
    nl_look *look;
    nl_suppress *comments;
    nl_arena *arena;
    nl_level level;
    size_t suggested;
    size_t first_disabled; /* where the first stands that newslint-enable could end */
    nl_str *names;         /* what rules may be called by; made on demand */
    size_t name_count;
} telling;

static bool is_own(nl_str rule) {
    return nl_str_starts(rule, NL_S("newslint/"));
}

static nl_str last_part(nl_str id) {
    return nl_str_sub(id, nl_str_find(id, '/') + 1, id.n);
}

static void drop_diags(telling *t) {
    nl_diags *diags = &t->look->diags;
    size_t kept = 0;
    for (size_t i = 0; i < diags->count; i++) {
        nl_diag *d = &diags->items[i];
        nl_suppression *by =
            is_own(d->rule) ? NULL : nl_suppress_match(t->comments, d->rule, d->span.start, false);
        if (by)
            by->used = true;
        else
            diags->items[kept++] = *d;
    }
    diags->count = kept;
}

/* A fact's `pending` is the number of the comment until it is known what is said of that. */
static void mark_facts(telling *t) {
    size_t count;
    const nl_suppression *items = nl_suppress_items(t->comments, &count);
    for (size_t i = 0; i < t->look->facts.count; i++) {
        nl_fact *f = &t->look->facts.items[i];
        nl_suppression *by = nl_suppress_match(t->comments, f->rule, f->span.start, false);
        f->suppressed = by;
        f->pending = by ? (size_t)(by - items) : SIZE_MAX;
        if (by)
            by->waits = true;
    }
}

/* ---- What is said of the comments ----------------------------------------------------------- */

static nl_str keep(telling *t, nl_buf *b) {
    nl_str out = nl_str_n(nl_arena_copy(t->arena, b->p, b->n), b->n);
    nl_buf_free(b);
    return out;
}

/* Each id, its last part and its set. */
static void list_names(telling *t) {
    size_t count;
    const nl_str *ids = nl_ruleset_ids(t->engine->rules, &count);
    t->names = NL_NEW_ARRAY(t->arena, nl_str, count * 3 + 1);
    for (size_t i = 0; i < count; i++) {
        nl_buf set = {0};
        nl_str id = ids[i];
        t->names[t->name_count++] = id;
        t->names[t->name_count++] = last_part(id);
        nl_buf_str_add(&set, nl_str_sub(id, 0, nl_str_find(id, '/')));
        nl_buf_puts(&set, "/*");
        t->names[t->name_count++] = keep(t, &set);
    }
}

static bool is_known(telling *t, nl_str name) {
    if (!t->names)
        list_names(t);
    for (size_t i = 0; i < t->name_count; i++)
        if (nl_str_eq(t->names[i], name))
            return true;
    return false;
}

static bool names_unused(nl_str name) {
    return nl_str_eq(name, unused) || nl_str_eq(name, last_part(unused)) ||
           nl_str_is(name, "newslint/*");
}

static void put_shown(nl_str text, nl_buf *out) {
    nl_visible(nl_str_sub(text, 0, NAME_SHOWN), out);
    nl_buf_puts(out, text.n > NAME_SHOWN ? "…" : "");
}

static nl_str say_unknown(telling *t, const char *what, nl_str name, const nl_str *known,
                          size_t count) {
    nl_buf b = {0};
    const nl_str *near =
        t->suggested++ < SUGGESTIONS_MAX ? nl_str_nearest(name, known, count) : NULL;
    nl_buf_putc(&b, '`');
    put_shown(name, &b);
    nl_buf_printf(&b, "` is no %s", what);
    if (near)
        nl_buf_printf(&b, "; did you mean `%.*s`?", NL_ARG(*near));
    return keep(t, &b);
}

/* Where rules are mute, nothing can be said of what suppresses them. */
static bool is_mute(const nl_look *look) {
    const nl_front *front = &look->article.front;
    const nl_markdown *body = look->article.body;
    return front->unclosed || front->tree.failed || (body && body->refused);
}

/* A sentence on what is wrong with the comment, or no string. */
static nl_str fault_of(telling *t, const nl_suppression *item) {
    static const nl_str words[] = {
        NL_STR("newslint-disable"), NL_STR("newslint-enable"), NL_STR("newslint-disable-line"),
        NL_STR("newslint-disable-next-line"), NL_STR("newslint-disable-file")};
    nl_buf b = {0};
    if (item->used)
        return (nl_str){NULL, 0};
    if (item->word == NL_SUPPRESS_UNKNOWN)
        return say_unknown(t, "suppression", item->spelled, words, sizeof words / sizeof *words);
    bool about_unused = item->name.p && names_unused(item->name);
    if (item->name.p && !about_unused && !is_known(t, item->name)) {
        if (!is_own(item->name))
            return say_unknown(t, "rule in force", item->name, t->names, t->name_count);
        nl_buf_putc(&b, '`');
        put_shown(item->name, &b);
        nl_buf_puts(&b, "` cannot be suppressed");
        return keep(t, &b);
    }
    if (item->word == NL_SUPPRESS_TO) {
        if (item->span.start > t->first_disabled)
            return (nl_str){NULL, 0};
        return NL_S("this enables nothing: no `newslint-disable` stands before it");
    }
    if (is_mute(t->look))
        return (nl_str){NULL, 0};
    if (item->name.p)
        nl_buf_printf(&b, "this suppresses nothing: there is no finding of `%.*s`",
                      NL_ARG(item->name));
    else
        nl_buf_puts(&b, "this suppresses nothing: there is no finding");
    return keep(t, &b);
}

static void tell(telling *t, const nl_suppression *item, nl_str message) {
    nl_diags *into = item->waits ? &t->look->pending : &t->look->diags;
    nl_diag *d = nl_diags_add(into, unused, t->level, item->span);
    d->message = message;
    d->help = NL_S("A suppression that is not needed hides the next mistake. Take it out, or mend "
                   "the name of the rule.");
}

/* Says what is wrong with the comment, unless another one suppresses that. Returns the number of
 * what is pending, or SIZE_MAX. */
static size_t judge(telling *t, nl_suppression *item, bool about_unused) {
    nl_str message = fault_of(t, item);
    if (!message.p)
        return SIZE_MAX;
    nl_suppression *by =
        about_unused ? NULL : nl_suppress_match(t->comments, unused, item->span.start, true);
    if (by)
        by->used = true;
    else
        tell(t, item, message);
    return item->waits && !by ? t->look->pending.count - 1 : SIZE_MAX;
}

/* Those about this rule itself come last: by then it is known what they suppress. */
static void judge_all(telling *t) {
    size_t count;
    nl_suppression *items = nl_suppress_items(t->comments, &count);
    size_t *pending = NL_NEW_ARRAY(t->arena, size_t, count);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count; i++)
            if ((items[i].name.p && names_unused(items[i].name)) == (round == 1))
                pending[i] = judge(t, &items[i], round == 1);
    for (size_t i = 0; i < t->look->facts.count; i++) {
        nl_fact *f = &t->look->facts.items[i];
        if (f->suppressed)
            f->pending = pending[f->pending];
    }
}

/* Where the first comment stands that disables up to the next that enables; SIZE_MAX: nowhere. */
static size_t find_first_disabled(const nl_suppress *comments) {
    size_t count;
    const nl_suppression *items = nl_suppress_items(comments, &count);
    for (size_t i = 0; i < count; i++)
        if (items[i].word == NL_SUPPRESS_FROM)
            return items[i].span.start;
    return SIZE_MAX;
}

void nl_look_suppress(const newslint_engine *engine, nl_arena *arena, nl_look *look) {
    nl_suppress *comments = nl_suppress_find(&look->article);
    if (!comments)
        return;
    telling t = {.engine = engine,
                 .look = look,
                 .comments = comments,
                 .arena = arena,
                 .first_disabled = find_first_disabled(comments),
                 .level =
                     nl_ruleset_own_level(engine->rules, nl_own_rule_find(unused), look->path)};
    drop_diags(&t);
    mark_facts(&t);
    if (t.level == NL_OFF)
        for (size_t i = 0; i < look->facts.count; i++)
            look->facts.items[i].pending = SIZE_MAX;
    else
        judge_all(&t);
    nl_suppress_free(t.comments);
    nl_diags_sort(&look->diags);
}
