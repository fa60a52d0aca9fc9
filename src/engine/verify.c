/*
 * The proof of a fix: the new text is parsed and its front matter compared with the old one's. Only
 * values and keys that an edit touches may differ, and they keep their kind.
 */
#include "engine/engine.h"

typedef struct comparing {
    const nl_edit *edits;
    size_t count;
    bool unsafe;
} comparing;

/* Does an edit touch the span? The edits are in order. */
static bool touched(const comparing *c, nl_span span) {
    size_t low = 0, high = c->count; /* the first edit that ends at or behind the span's start */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (c->edits[mid].span.end < span.start)
            low = mid + 1;
        else
            high = mid;
    }
    return low < c->count && c->edits[low].span.start <= span.end;
}

enum { DEPTH_MAX = 100000 };

static bool same(const comparing *c, const nl_value *a, const nl_value *b, size_t depth);

static bool same_scalar(const comparing *c, const nl_value *a, const nl_value *b) {
    if (nl_str_eq(a->text, b->text) && a->kind == b->kind)
        return true;
    return touched(c, a->span) && (a->kind == b->kind || c->unsafe);
}

static bool same_map(const comparing *c, const nl_value *a, const nl_value *b, size_t depth) {
    if (a->count != b->count && !(c->unsafe && b->count > a->count))
        return false;
    for (size_t i = 0, j = 0; i < a->count; i++, j++) {
        const nl_entry *x = &a->entries[i];
        while (c->unsafe && j < b->count && a->count != b->count &&
               !nl_str_eq(x->key->text, b->entries[j].key->text) && b->count - j > a->count - i)
            j++;
        const nl_entry *y = &b->entries[j];
        if (!same_scalar(c, x->key, y->key))
            return false;
        if (!x->merged && !same(c, x->value, y->value, depth + 1))
            return false;
    }
    return true;
}

static bool same_list(const comparing *c, const nl_value *a, const nl_value *b, size_t depth) {
    if (a->count != b->count)
        return c->unsafe && touched(c, a->span);
    for (size_t i = 0; i < a->count; i++)
        if (!same(c, a->items[i], b->items[i], depth + 1))
            return false;
    return true;
}

static bool same(const comparing *c, const nl_value *a, const nl_value *b, size_t depth) {
    if (depth > DEPTH_MAX)
        return false;
    if (a->alias || b->alias) /* what it stands for is compared where it is anchored */
        return a->alias == b->alias;
    if (a->kind == NL_MAP || a->kind == NL_LIST) {
        if (a->kind != b->kind)
            return false;
        return a->kind == NL_MAP ? same_map(c, a, b, depth) : same_list(c, a, b, depth);
    }
    if (b->kind == NL_MAP || b->kind == NL_LIST)
        return false;
    return same_scalar(c, a, b);
}

static bool front_touched(const nl_article *a, const nl_edit *edits, size_t count) {
    return count && edits[0].span.start < a->body_start;
}

/* Did anything stand in the way of a tree but damaged characters? */
static bool has_other_problem(const nl_yaml *tree) {
    for (size_t i = 0; i < tree->count; i++)
        if (tree->problems[i].trouble != NL_YAML_READER &&
            tree->problems[i].trouble != NL_YAML_DUPLICATE_KEY &&
            tree->problems[i].trouble != NL_YAML_KEY_KIND)
            return true;
    return tree->failed;
}

bool nl_fix_is_hopeless(const nl_article *a, const nl_edit *edits, size_t count) {
    return a->front.format != NL_FRONT_NONE && front_touched(a, edits, count) &&
           (a->front.unclosed || has_other_problem(&a->front.tree));
}

static bool was_damaged(const nl_yaml *tree) {
    for (size_t i = 0; i < tree->count; i++)
        if (tree->problems[i].trouble == NL_YAML_READER)
            return true;
    return false;
}

bool nl_fix_is_true(const nl_article *before, const nl_article *after, const nl_edit *edits,
                    size_t count, bool unsafe, const char **why) {
    const nl_front *old = &before->front, *now = &after->front;
    if (old->format == NL_FRONT_NONE) { /* what hid the front matter may go */
        *why = "after the fix a part of the body would be front matter";
        return now->format == NL_FRONT_NONE ||
               (old->almost && !now->unclosed && !has_other_problem(&now->tree));
    }
    if (!front_touched(before, edits, count)) {
        *why = "the fix would move the front matter's end";
        return before->body_start == after->body_start;
    }
    *why = "the front matter cannot be read, so a fix in it cannot be proven right";
    if (nl_fix_is_hopeless(before, edits, count))
        return false;
    *why = was_damaged(&old->tree)
               ? "the front matter cannot be read even without the damage, so the repair cannot be "
                 "proven right: mend its syntax first"
               : "after the fix the front matter could not be read any more";
    if (now->format != old->format || now->unclosed || has_other_problem(&now->tree))
        return false;
    comparing c = {edits, count, unsafe};
    *why = "the fix would change more of the front matter than it says";
    if (!old->tree.root || !now->tree.root)
        return !old->tree.root == !now->tree.root;
    return same(&c, old->tree.root, now->tree.root, 0);
}
