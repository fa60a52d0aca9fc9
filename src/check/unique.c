/*
 * unique: a field, or several together, that another article has too. An article only tells what it
 * has; the engine compares, once all were read. Values are compared as they are, `1` not being
 * `'1'`.
 */
#include "base/hash.h"
#include "check/checks.h"
#include "rule/say.h"
#include "rule/walk.h"

enum { KEY_USUAL = 128 }; /* bytes */

static bool is_there(const nl_target *t) {
    return t->value && t->value->kind != NL_NULL;
}

/* Values one behind the other: as the check's own message shows them, and without the marks, which
 * only a message of the rule's own needs. */
typedef struct spelled {
    nl_buf marked, plain;
} spelled;

static void spell(nl_scope *s, const nl_rule *rule, spelled *so_far, const nl_value *v) {
    bool scalar = v->kind != NL_LIST && v->kind != NL_MAP;
    nl_str text = scalar ? nl_scope_shown(s, v->text) : nl_str_c(nl_say_kind(v->kind));
    nl_buf_puts(&so_far->marked, so_far->marked.n ? (scalar ? ", `" : ", ") : scalar ? "`" : "");
    nl_buf_str_add(&so_far->marked, text);
    nl_buf_puts(&so_far->marked, scalar ? "`" : "");
    if (!rule->message)
        return;
    nl_buf_puts(&so_far->plain, so_far->plain.n ? ", " : "");
    nl_buf_str_add(&so_far->plain, text);
}

static nl_str finish(nl_scope *s, nl_buf *b) {
    nl_str out = nl_str_n(nl_arena_copy(s->arena, b->p, b->n), b->n);
    nl_buf_free(b);
    return out;
}

/* The values of the fields behind the first; false where one is not there. */
static bool others(nl_scope *s, const nl_rule *rule, nl_buf *key, spelled *text) {
    for (size_t i = 1; i < rule->path_count; i++) {
        const nl_targets *t = nl_scope_targets(s, rule->paths[i]);
        if (!t->count || !is_there(&t->items[0]) || !nl_value_canon(t->items[0].value, key))
            return false;
        spell(s, rule, text, t->items[0].value);
    }
    return true;
}

/* What all articles together know is left open. */
static nl_str message(nl_scope *s, const nl_rule *rule, nl_str field, nl_str plain) {
    static const char count[] = {NL_FACT_COUNT, 0}, other[] = {NL_FACT_OTHER, 0};
    const nl_template_value values[] = {
        {"field", field}, {"value", plain}, {"count", {count, 1}}, {"other", {other, 1}}};
    if (!rule->message)
        return (nl_str){NULL, 0};
    return nl_template_expand(rule->message, values, sizeof values / sizeof *values, s);
}

static void tell(nl_scope *s, const nl_rule *rule, const nl_target *t) {
    nl_buf key = {0}, name = {0};
    spelled text = {{0}, {0}};
    spell(s, rule, &text, t->value);
    nl_buf_reserve(&key, KEY_USUAL);
    /* One rule can stand at several fields of the tree, each with values of its own. */
    for (size_t i = 0; i < rule->path_count; i++) {
        nl_buf_str_add(&key, s->paths->items[rule->paths[i]].text);
        nl_buf_putc(&key, '\n');
    }
    bool all = nl_value_canon(t->value, &key) && others(s, rule, &key, &text);
    nl_hash hash = nl_hash_of(nl_buf_str(&key));
    nl_str marked = finish(s, &text.marked), plain = finish(s, &text.plain);
    nl_buf_free(&key);
    if (!all)
        return;
    nl_target_name(t, &name);
    nl_str field = finish(s, &name);
    nl_scope_add_fact(s, &(nl_fact){
                             .rule = rule->id,
                             .field = field,
                             .help = rule->help,
                             .url = rule->url,
                             .level = rule->level,
                             .key = {hash.high, hash.low},
                             .shown = marked,
                             .message = message(s, rule, field, plain),
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
