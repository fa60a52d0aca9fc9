/*
 * unique: a field, or several together, that another article has too. An article only tells what it
 * has; the engine compares, once all were read. Values are compared as they are, `1` not being
 * `'1'`.
 */
#include "base/hash.h"
#include "check/checks.h"
#include "rule/say.h"
#include "rule/walk.h"

static bool is_there(const nl_target *t) {
    return t->value && t->value->kind != NL_NULL;
}

static nl_str shown(nl_scope *s, nl_str so_far, const nl_value *v) {
    bool scalar = v->kind != NL_LIST && v->kind != NL_MAP;
    nl_str text = scalar ? nl_scope_shown(s, v->text) : nl_str_c(nl_say_kind(v->kind));
    const char *mark = scalar ? "`" : "";
    return nl_say(s, "%.*s%s%s%.*s%s", NL_ARG(so_far), so_far.n ? ", " : "", mark, NL_ARG(text),
                  mark);
}

/* The values of the fields behind the first; false where one is not there. */
static bool others(nl_scope *s, const nl_rule *rule, nl_buf *key, nl_str *text) {
    for (size_t i = 1; i < rule->path_count; i++) {
        const nl_targets *t = nl_scope_targets(s, rule->paths[i]);
        if (!t->count || !is_there(&t->items[0]) || !nl_value_canon(t->items[0].value, key))
            return false;
        *text = shown(s, *text, t->items[0].value);
    }
    return true;
}

static void tell(nl_scope *s, const nl_rule *rule, const nl_target *t) {
    nl_buf key = {0}, name = {0};
    nl_str text = shown(s, (nl_str){"", 0}, t->value);
    /* One rule can stand at several fields of the tree, each with values of its own. */
    for (size_t i = 0; i < rule->path_count; i++) {
        nl_buf_str_add(&key, s->paths->items[rule->paths[i]].text);
        nl_buf_putc(&key, '\n');
    }
    if (nl_value_canon(t->value, &key) && others(s, rule, &key, &text)) {
        nl_hash hash = nl_hash_of(nl_buf_str(&key));
        nl_target_name(t, &name);
        nl_scope_add_fact(s, &(nl_fact){
                                 .rule = rule->id,
                                 .field = {nl_arena_copy(s->arena, name.p, name.n), name.n},
                                 .help = rule->help,
                                 .url = rule->url,
                                 .level = rule->level,
                                 .key = {hash.high, hash.low},
                                 .shown = text,
                                 .span = nl_target_span(s, t),
                             });
    }
    nl_buf_free(&key);
    nl_buf_free(&name);
}

static void article(nl_scope *s, const nl_rule *rule) {
    if (!rule->path_count)
        return;
    const nl_targets *first = nl_scope_targets(s, rule->paths[0]);
    for (size_t i = 0; i < first->count; i++)
        if (is_there(&first->items[i]))
            tell(s, rule, &first->items[i]);
}

const nl_check nl_check_unique = {
    .name = "unique",
    .summary = "A value that another article has too",
    .help = "An id or an address belongs to one article; of two that share it, one is lost when "
            "the site is built, or both are shown as one. Give one of them its own.",
    .level = NL_ERROR,
    .kind = NL_CHECK_FIELD,
    .good = "externalId: '54371037'",
    .bad = "externalId: '54371037'",
    .article = article,
};
