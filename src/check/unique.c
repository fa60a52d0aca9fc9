/*
 * unique: a field, or several together, that another article has too. An article only tells what it
 * has; the engine compares, once all were read. Values are compared as they are, `1` not being
 * `'1'`.
 */
#include "base/hash.h"
#include "check/checks.h"
#include "rule/say.h"
#include "rule/walk.h"
#include <assert.h>

static bool is_there(const nl_target *t) {
    return t->value && t->value->kind != NL_NULL;
}

static const nl_value *value_of(nl_scope *s, const nl_rule *rule, size_t i) {
    const nl_targets *t = nl_scope_targets(s, rule->paths[i]);
    return t->count && is_there(&t->items[0]) ? t->items[0].value : NULL;
}

/* What is compared: the value and those of the fields behind the first. False where one is not
 * there. */
static bool make_key(nl_scope *s, const nl_rule *rule, const nl_value *first, nl_hash *out) {
    nl_buf *key = s->scratch;
    nl_buf_clear(key);
    /* One rule can stand at several fields of the tree, each with values of its own. */
    for (size_t i = 0; i < rule->path_count; i++) {
        nl_buf_str_add(key, s->paths->items[rule->paths[i]].text);
        nl_buf_putc(key, '\n');
    }
    for (size_t i = 0; i < rule->path_count; i++) {
        const nl_value *v = i ? value_of(s, rule, i) : first;
        if (!v || !nl_value_canon(v, key))
            return false;
    }
    *out = nl_hash_of(nl_buf_str(key));
    return true;
}

static nl_str copy_of_scratch(nl_scope *s) {
    nl_str text = nl_buf_str(s->scratch);
    return nl_str_n(nl_arena_copy(s->arena, text.p, text.n), text.n);
}

/* Values one behind the other; scalars in marks, as the check's own message shows them, or without.
 */
static nl_str spell(nl_scope *s, const nl_rule *rule, const nl_value *first, bool marked) {
    nl_buf *b = s->scratch;
    nl_buf_clear(b);
    for (size_t i = 0; i < rule->path_count; i++) {
        const nl_value *v = i ? value_of(s, rule, i) : first;
        assert(v); /* make_key() saw it */
        bool scalar = v->kind != NL_LIST && v->kind != NL_MAP;
        nl_str mark = {"`", scalar && marked};
        if (b->n)
            nl_buf_puts(b, ", ");
        nl_buf_str_add(b, mark);
        nl_buf_str_add(b, scalar ? nl_scope_shown(s, v->text) : nl_str_c(nl_say_kind(v->kind)));
        nl_buf_str_add(b, mark);
    }
    return copy_of_scratch(s);
}

/* What all articles together know is left open. */
static nl_str message(nl_scope *s, const nl_rule *rule, nl_str field, const nl_value *first) {
    static const char count[] = {NL_FACT_COUNT, 0}, other[] = {NL_FACT_OTHER, 0};
    if (!rule->message)
        return (nl_str){NULL, 0};
    const nl_template_value values[] = {{"field", field, NULL},
                                        {"value", spell(s, rule, first, false), NULL},
                                        {"count", {count, 1}, NULL},
                                        {"other", {other, 1}, NULL}};
    return nl_template_expand(rule->message, values, sizeof values / sizeof *values, s);
}

static void tell(nl_scope *s, const nl_rule *rule, const nl_target *t) {
    nl_hash hash;
    if (!make_key(s, rule, t->value, &hash))
        return;
    nl_str field = nl_target_named(t, s->arena);
    nl_scope_add_fact(s, &(nl_fact){
                             .rule = rule->id,
                             .field = field,
                             .help = rule->help,
                             .url = rule->url,
                             .level = rule->level,
                             .key = {hash.high, hash.low},
                             .shown = spell(s, rule, t->value, true),
                             .message = message(s, rule, field, t->value),
                             .span = nl_target_span(s, t),
                         });
}

static void article(nl_scope *s, const nl_rule *rule) {
    if (!rule->path_count)
        return;
    const nl_targets *first = nl_scope_targets(s, rule->paths[0]);
    for (size_t i = 0; i < first->count; i++)
        if (is_there(&first->items[i]))
            tell(s, rule, &first->items[i]);
}

static const char *const names[] = {"count", "other", NULL};

const nl_check nl_check_unique = {
    .name = "unique",
    .summary = "A value that another article has too",
    .help = "An id or an address belongs to one article; of two that share it, one is lost when "
            "the site is built, or both are shown as one. Give one of them its own.",
    .level = NL_ERROR,
    .kind = NL_CHECK_FIELD,
    .compares = true,
    .names = names,
    .good = "externalId: '54371037'",
    .bad = "externalId: '54371037'",
    .article = article,
};
