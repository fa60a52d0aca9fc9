/*
 * mojibake: text decoded with the wrong encoding, in the strings of the front matter and in the
 * body. A scalar is looked at as it decodes and its damage mapped back to the bytes it is written
 * in; where the front matter is no tree, its raw bytes are looked at.
 */
#include "encoding/mojibake.h"
#include "base/unicode.h"
#include "check/checks.h"
#include "rule/prose.h"
#include "rule/say.h"
#include "rule/walk.h"
#include <stdlib.h>

/* Beyond so many in one scalar they are reported as one: each place costs a walk through it. */
enum { IN_SCALAR_MAX = 200, KEYS_MAX = 1000 };

typedef struct options {
    bool code, html;
} options;

static const nl_param params[] = {
    {.name = "code",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, code),
     .fallback = "false",
     .help = "Look into code spans and code blocks too; nothing is repaired there."},
    {.name = "html",
     .type = NL_PARAM_BOOL,
     .offset = offsetof(options, html),
     .fallback = "true",
     .help = "Look into HTML in the body."},
    {0},
};

typedef struct looking {
    nl_scope *scope;
    const nl_rule *rule;
} looking;

/* A field's end may be a cut; a body is many texts. */
static const nl_mojibake_options a_field = {.one_record = true, .escapes = true};
static const nl_mojibake_options a_text = {.one_record = false, .escapes = true};

static nl_damages find(nl_scope *s, nl_str text, const nl_mojibake_options *as) {
    if (!text.n || !nl_mojibake_possible(text.p, text.n, as))
        return (nl_damages){NULL, 0, false};
    nl_mojibake_options bounded = *as;
    bounded.most = s->article->source.limits->places;
    nl_damages all = nl_mojibake_find(text.p, text.n, &bounded, s->arena);
    if (all.more)
        nl_scope_cut(s, NL_LIMIT_places);
    return all;
}

static void describe(nl_finding *f, nl_str text, const nl_damage *d) {
    nl_scope *s = f->scope;
    nl_str found = nl_str_sub(text, d->start, d->end);
    nl_finding_set(f, "found", found);
    nl_finding_set(f, "value", found);
    if (d->text.p)
        nl_finding_set(f, "repaired", d->text);
    nl_str how = nl_damage_describe(d, s->arena);
    nl_finding_say(f, "how", "%.*s", NL_ARG(how));
}

static void offer(nl_finding *f, bool unsafe, nl_str found, nl_str repaired, nl_edit edit) {
    nl_str from = nl_scope_shown(f->scope, found), to = nl_scope_shown(f->scope, repaired);
    if (repaired.n)
        nl_finding_fix(f, unsafe, "replace `%.*s` by `%.*s`", NL_ARG(from), NL_ARG(to));
    else
        nl_finding_fix(f, unsafe, "remove `%.*s`", NL_ARG(from));
    nl_finding_edit(f, edit.span, edit.text);
}

static void report(nl_finding *f, const nl_damage *d) {
    bool guessed = d->safety != NL_DAMAGE_SAFE;
    if (guessed && d->kind == NL_DAMAGE_RAW_BYTES)
        f->about = NL_ABOUT_GUESS;
    nl_finding_report(f, !d->text.p ? "`{found}` is damaged text that cannot be restored: {how}"
                         : d->text.n == 0 ? "`{found}` stands for nothing: {how}"
                         : guessed        ? "`{found}` may have been `{repaired}`: {how}"
                                          : "`{found}` was `{repaired}`: {how}");
}

/* ---- Front matter ------------------------------------------------------------------------------
 */

/* The scalar's text with all damage repaired that is safe, or, with unsafe, that can be. */
static nl_str repaired(nl_scope *s, nl_str text, const nl_damages *all, bool unsafe) {
    nl_buf b = {0};
    size_t at = 0;
    for (size_t i = 0; i < all->count; i++) {
        const nl_damage *d = &all->items[i];
        if (!d->text.p || (d->safety == NL_DAMAGE_UNSAFE && !unsafe))
            continue;
        nl_buf_add(&b, text.p + at, d->start - at);
        nl_buf_str_add(&b, d->text);
        at = d->end;
    }
    nl_buf_add(&b, text.p + at, text.n - at);
    nl_str out = {nl_arena_copy(s->arena, b.p ? b.p : "", b.n), b.n};
    nl_buf_free(&b);
    return out;
}

/* An edit that reaches beyond its damage writes the scalar anew; then each fix of the scalar must
 * be the same one, for two that overlap could not be applied together. */
static bool reaches_beyond(const nl_edit *edit, nl_span damage) {
    return edit->span.start < damage.start || edit->span.end > damage.end;
}

static bool any_reaches_beyond(nl_scope *s, const nl_value *v, const nl_damages *all) {
    for (size_t i = 0; i < all->count; i++) {
        const nl_damage *d = &all->items[i];
        nl_span span;
        nl_edit edit;
        if (d->text.p && nl_value_locate(&s->article->source, v, d->start, d->end, &span) &&
            nl_value_edit(&s->article->source, v, d->start, d->end, d->text, s->arena, &edit) &&
            reaches_beyond(&edit, span))
            return true;
    }
    return false;
}

/* Repairing a key, as a whole, must not make it one that the map has already; in a huge one no key
 * is looked up for each damaged one. */
static bool collides(const nl_target *t, nl_str key) {
    return t->parent && (t->parent->count > KEYS_MAX || nl_value_find(t->parent, key));
}

static void report_in_scalar(looking *l, const nl_target *t, const nl_value *v, bool key,
                             const nl_damages *all, const nl_damage *d, bool whole) {
    nl_scope *s = l->scope;
    const nl_source *source = &s->article->source;
    nl_finding f = nl_finding_on(s, l->rule, t);
    bool exact = nl_value_locate(source, v, d->start, d->end, &f.span);
    describe(&f, v->text, d);
    bool unsafe = key || d->safety == NL_DAMAGE_UNSAFE;
    bool barred = key && collides(t, repaired(s, v->text, all, true));
    nl_edit edit;
    if (d->text.p && exact && !barred &&
        (whole ? nl_value_replace(source, v, repaired(s, v->text, all, unsafe), s->arena, &edit)
               : nl_value_edit(source, v, d->start, d->end, d->text, s->arena, &edit)))
        offer(&f, unsafe, nl_str_sub(v->text, d->start, d->end), d->text, edit);
    report(&f, d);
}

/* So many that they are told as one. */
static void report_many(looking *l, const nl_target *t, const nl_value *v, const nl_damages *all) {
    nl_scope *s = l->scope;
    bool unsafe = false;
    for (size_t i = 0; i < all->count; i++)
        unsafe = unsafe || all->items[i].safety != NL_DAMAGE_SAFE;
    nl_finding f = nl_finding_on(s, l->rule, t);
    f.span = v->span;
    describe(&f, v->text, &all->items[0]);
    nl_finding_say(&f, "count", "%zu", all->count);
    nl_edit edit;
    if (nl_value_replace(&s->article->source, v, repaired(s, v->text, all, unsafe), s->arena,
                         &edit)) {
        nl_finding_fix(&f, unsafe, "repair all %zu places", all->count);
        nl_finding_edit(&f, edit.span, edit.text);
    }
    nl_finding_report(&f, "{count} places are damaged, the first is `{found}`: {how}");
}

static void look_at_scalar(void *context, const nl_target *t, const nl_value *v, bool key) {
    looking *l = context;
    if (v->kind != NL_STRING || v->alias)
        return;
    nl_damages all = find(l->scope, v->text, &a_field);
    if (all.count > IN_SCALAR_MAX && !key) {
        report_many(l, t, v, &all);
        return;
    }
    bool whole = all.count > 1 && (key || any_reaches_beyond(l->scope, v, &all));
    for (size_t i = 0; i < all.count; i++)
        report_in_scalar(l, t, v, key, &all, &all.items[i], whole);
}

/* ---- Raw bytes and the body -------------------------------------------------------------------
 */

static void report_at(nl_scope *s, const nl_rule *rule, nl_str text, size_t base,
                      const nl_damage *d, bool fixable, bool unsafe) {
    nl_span span = nl_span_of(base + d->start, base + d->end);
    nl_finding f = nl_finding_at(s, rule, span);
    describe(&f, text, d);
    if (d->text.p && fixable)
        offer(&f, unsafe || d->safety == NL_DAMAGE_UNSAFE, nl_str_sub(text, d->start, d->end),
              d->text, (nl_edit){span, d->text});
    report(&f, d);
}

static void look_at_raw(nl_scope *s, const nl_rule *rule, nl_span span) {
    nl_str text = nl_str_sub(s->article->source.bytes, span.start, span.end);
    nl_damages all = find(s, text, &a_text);
    for (size_t i = 0; i < all.count; i++)
        report_at(s, rule, text, span.start, &all.items[i], true, false);
}

typedef struct spans {
    nl_span *items;
    size_t count, cap;
} spans;

static void spans_add(spans *list, nl_span span) {
    if (list->count < list->cap)
        list->items[list->count++] = span;
}

static int by_start(const void *a, const void *b) {
    const nl_span *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

static spans html_of(nl_scope *s, const nl_markdown *body) {
    spans out = {.cap = body->block_count + body->inline_count};
    out.items = NL_NEW_ARRAY(s->arena, nl_span, out.cap);
    for (size_t i = 0; i < body->block_count; i++)
        if (body->blocks[i].kind == NL_BLOCK_HTML)
            spans_add(&out, body->blocks[i].span);
    for (size_t i = 0; i < body->inline_count; i++)
        if (body->inlines[i].kind == NL_INLINE_HTML && body->inlines[i].exact)
            spans_add(&out, body->inlines[i].span);
    qsort(out.items, out.count, sizeof *out.items, by_start);
    return out;
}

/* Addresses and code are for machines: a person has to see what they were. */
static void look_at_body(nl_scope *s, const nl_rule *rule) {
    const options *o = rule->options;
    size_t base = s->article->body_start;
    nl_str bytes = s->article->source.bytes;
    nl_str text = nl_str_sub(bytes, base, bytes.n);
    nl_damages all = find(s, text, &a_text);
    if (!all.count)
        return;
    nl_markdown *body = nl_article_body(s->article);
    nl_markdown_inlines(body);
    bool unread = body->refused;
    spans html = html_of(s, body);
    for (size_t i = 0; i < all.count && !s->diags->dropped; i++) {
        const nl_damage *d = &all.items[i];
        nl_span span = nl_span_of(base + d->start, base + d->end);
        bool in_code = nl_spans_touch(body->code, body->code_count, span);
        bool in_html = nl_spans_touch(html.items, html.count, span);
        if ((in_code && !o->code) || (in_html && !o->html))
            continue;
        bool in_url = !in_html && nl_spans_touch(body->opaque, body->opaque_count, span);
        report_at(s, rule, text, base, d, !in_code, in_url || unread);
    }
}

/* ---- The article ------------------------------------------------------------------------------
 */

static void count_scalar(void *context, const nl_target *t, const nl_value *v, bool key) {
    (void)t, (void)v, (void)key;
    ++*(size_t *)context;
}

static void note_scalar(void *context, const nl_target *t, const nl_value *v, bool key) {
    (void)t, (void)key;
    spans_add(context, v->span);
}

static bool has_forbidden_characters(const nl_front *front) {
    for (size_t i = 0; i < front->tree.count; i++)
        if (front->tree.problems[i].trouble == NL_YAML_READER)
            return true;
    return false;
}

/* A comment that holds what YAML forbids keeps the whole front matter from being read. */
static void look_at_comments(nl_scope *s, const nl_rule *rule, const nl_target *root) {
    const nl_front *front = &s->article->front;
    spans scalars = {0};
    nl_walk_scalars(root, count_scalar, &scalars.cap);
    scalars.items = NL_NEW_ARRAY(s->arena, nl_span, scalars.cap);
    nl_walk_scalars(root, note_scalar, &scalars);
    nl_str text = nl_str_sub(s->article->source.bytes, front->content.start, front->content.end);
    nl_damages all = find(s, text, &a_text);
    for (size_t i = 0; i < all.count && !s->diags->dropped; i++) {
        const nl_damage *d = &all.items[i];
        nl_span span = nl_span_of(front->content.start + d->start, front->content.start + d->end);
        if (!nl_spans_touch(scalars.items, scalars.count, span))
            report_at(s, rule, text, front->content.start, d, true, false);
    }
}

static void article(nl_scope *s, const nl_rule *rule) {
    const nl_source *source = &s->article->source;
    if (!nl_mojibake_possible_in(source->bytes.p, source->bytes.n, &source->seen, &a_text) &&
        !nl_walk_has_escapes(s))
        return;
    const nl_front *front = &s->article->front;
    if (front->tree.root && !front->tree.failed) {
        looking l = {s, rule};
        nl_target root = nl_target_of_root(front->tree.root);
        nl_walk_scalars(&root, look_at_scalar, &l);
        if (has_forbidden_characters(front))
            look_at_comments(s, rule, &root);
    } else if (front->format != NL_FRONT_NONE) {
        look_at_raw(s, rule, front->content);
    }
    look_at_body(s, rule);
}

static void field(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    looking l = {s, rule};
    nl_walk_scalars(target, look_at_scalar, &l);
}

static const char *const names[] = {"found", "repaired", "how", "count", NULL};

const nl_check nl_check_mojibake = {
    .name = "mojibake",
    .summary = "Text that was decoded with the wrong encoding",
    .help = "Somewhere on its way the text was read in another encoding than it was written in, so "
            "that readers see `â€¦` in place of `…`. `newslint --fix` puts back what it was where "
            "that is certain. Mend the program that delivered it too, or the next article will "
            "have it again.",
    .level = NL_ERROR,
    .kind = NL_CHECK_ARTICLE,
    .always = true,
    .about = NL_ABOUT_DAMAGE,
    .fixes = true,
    .params = params,
    .options_size = sizeof(options),
    .names = names,
    .good = "description: The company aims to pivot towards providing…",
    .bad = "description: The company aims to pivot towards providingâ€¦",
    .article = article,
    .field = field,
};
