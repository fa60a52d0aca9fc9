/*
 * Findings: from what a check saw to a diagnostic in the article's list. Everything is in the
 * article's arena.
 */
#include "rule/check.h"

#include "base/buf.h"
#include <assert.h>
#include <string.h>

enum { FIRST = 4 };

static const nl_str limit_rule = NL_STR("newslint/regex-limit");

static NL_PRINTF(2, 0) nl_str keep(nl_finding *f, const char *format, va_list ap) {
    nl_buf b = {0};
    nl_buf_vprintf(&b, format, ap);
    nl_str out = nl_str_n(nl_arena_copy(f->scope->arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    return out;
}

static void *grow(nl_arena *arena, const void *items, size_t count, size_t *cap, size_t size) {
    *cap = *cap ? *cap * 2 : FIRST;
    char *wider = nl_arena_alloc(arena, *cap * size);
    if (count)
        memcpy(wider, items, count * size);
    return wider;
}

nl_finding nl_finding_at(nl_scope *s, const nl_rule *rule, nl_span span) {
    return (nl_finding){.scope = s, .rule = rule, .span = span, .about = rule->check->about};
}

/* What a merge key or an alias brought has its place where it is written. */
nl_span nl_target_span(nl_scope *s, const nl_target *t) {
    if (t->value && t->value->kind != NL_NULL && t->step)
        return t->value->span;
    for (; t; t = t->above) {
        if (t->entry)
            return t->entry->key->span;
        if (t->value && t->step && t->step->kind == NL_STEP_ITEMS)
            return t->value->span;
    }
    return s->article->front.open;
}

nl_finding nl_finding_on(nl_scope *s, const nl_rule *rule, const nl_target *target) {
    nl_finding f = nl_finding_at(s, rule, nl_target_span(s, target));
    f.field = nl_target_named(target, s->arena);
    nl_finding_set(&f, "field", f.field);
    const nl_value *v = target->value;
    if (v && v->kind != NL_NULL) {
        bool empty = v->kind == NL_STRING && v->text.n == 0;
        f.values[f.value_count++] =
            (nl_template_value){.name = "value", .value = NL_S("''"), .of = empty ? NULL : v};
    }
    return f;
}

static void set(nl_finding *f, const char *name, nl_str value) {
    for (size_t i = 0; i < f->value_count; i++) {
        if (strcmp(f->values[i].name, name) == 0) {
            f->values[i] = (nl_template_value){.name = name, .value = value};
            return;
        }
    }
    assert(f->value_count < NL_FINDING_VALUES);
    f->values[f->value_count++] = (nl_template_value){.name = name, .value = value};
}

void nl_finding_set(nl_finding *f, const char *name, nl_str value) {
    if (nl_scope_is_full(f->scope))
        return;
    set(f, name, nl_scope_shown(f->scope, value));
}

void nl_finding_say(nl_finding *f, const char *name, const char *format, ...) {
    if (nl_scope_is_full(f->scope))
        return;
    va_list ap;
    va_start(ap, format);
    set(f, name, keep(f, format, ap));
    va_end(ap);
}

void nl_finding_relate(nl_finding *f, nl_span span, const char *format, ...) {
    nl_source *source = &f->scope->article->source;
    if (nl_scope_is_full(f->scope))
        return;
    if (f->related_count == f->related_cap)
        f->related = grow(f->scope->arena, f->related, f->related_count, &f->related_cap,
                          sizeof *f->related);
    va_list ap;
    va_start(ap, format);
    f->related[f->related_count++] = (nl_related){
        .path = source->path,
        .start = nl_source_locate(source, span.start),
        .end = nl_source_locate(source, span.end),
        .message = keep(f, format, ap),
    };
    va_end(ap);
}

void nl_finding_fix(nl_finding *f, bool unsafe, const char *format, ...) {
    va_list ap;
    va_start(ap, format);
    f->fix = NL_NEW(f->scope->arena, nl_fix);
    f->fix->unsafe = unsafe;
    f->fix->description = keep(f, format, ap);
    f->edit_cap = 0;
    va_end(ap);
}

void nl_finding_edit(nl_finding *f, nl_span span, nl_str text) {
    nl_fix *fix = f->fix;
    if (nl_scope_is_full(f->scope))
        return;
    if (fix->count == f->edit_cap)
        fix->edits =
            grow(f->scope->arena, fix->edits, fix->count, &f->edit_cap, sizeof *fix->edits);
    fix->edits[fix->count++] = (nl_edit){span, text};
}

void nl_finding_report(nl_finding *f, const char *otherwise) {
    const nl_rule *rule = f->rule;
    if (nl_scope_is_full(f->scope)) {
        f->scope->diags->dropped = true;
        return;
    }
    nl_diag *d = nl_diags_add(f->scope->diags, rule->id, rule->level, f->span);
    d->message = rule->message
                     ? nl_template_expand(rule->message, f->values, f->value_count, f->scope)
                     : nl_template_fill(otherwise, f->values, f->value_count, f->scope);
    d->about = f->about;
    d->field = f->field;
    d->help = rule->help;
    d->url = rule->url;
    d->related = f->related;
    d->related_count = f->related_count;
    d->fix = f->fix && f->fix->count ? f->fix : NULL;
}

/* One message names one rule: that is how the second report is known. */
void nl_report_limit(nl_scope *s, const nl_rule *rule, nl_span span) {
    nl_finding f = nl_finding_at(s, rule, span);
    nl_finding_say(&f, "rule", "%.*s", NL_ARG(rule->id));
    nl_str message = nl_template_fill(
        "a regular expression of `{rule}` gave up on this text: it backtracks too much; make it "
        "simpler, or raise the limit by --limit regex-steps=N",
        f.values, f.value_count, s);
    for (size_t i = 0; i < s->diags->count; i++)
        if (nl_str_eq(s->diags->items[i].rule, limit_rule) &&
            nl_str_eq(s->diags->items[i].message, message))
            return;
    nl_diags_add(s->diags, limit_rule, NL_ERROR, span)->message = message;
}
