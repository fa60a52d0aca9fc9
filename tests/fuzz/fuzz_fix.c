/*
 * The fixes of an article of any bytes under the rules of laws.h.
 *
 * - Each safe fix alone leaves every value that it does not touch as it was, where the front matter
 *   has nothing wrong (of two keys that are the same, one may become another by a fix).
 * - newslint_fix() gives what the findings' own edits give, round by round: not a byte besides.
 * - What it says is left is what linting its text says, and there is nothing left to fix, unless
 *   newslint says so.
 */
#include "laws.h"

#include "doc/article.h"
#include "engine/engine.h"

enum { ALONE_MAX = 6, /* fixes that are tried alone */ ROUNDS = 10 };

static newslint_engine *engine;
static newslint_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    engine = laws_engine(laws_rules);
    worker = newslint_worker_new();
    return 0;
}

/* ---- A safe fix alone ----------------------------------------------------------------------- */

static nl_fix *fix_of(const newslint_diagnostic *d, nl_arena *arena) {
    nl_fix *fix = NL_NEW(arena, nl_fix);
    *fix = (nl_fix){.edits = NL_NEW_ARRAY(arena, nl_edit, d->edit_count), .count = d->edit_count};
    for (size_t i = 0; i < d->edit_count; i++)
        fix->edits[i] =
            (nl_edit){nl_span_of(d->edits[i].start, d->edits[i].end), laws_str(d->edits[i].text)};
    return fix;
}

static bool touches(const newslint_diagnostic *d, nl_span span) {
    for (size_t i = 0; i < d->edit_count; i++)
        if (d->edits[i].start <= span.end && d->edits[i].end >= span.start)
            return true;
    return false;
}

static void compare(const newslint_diagnostic *d, const nl_value *a, const nl_value *b) {
    if (a->alias || b->alias)
        return;
    bool inner = a->kind == NL_LIST || a->kind == NL_MAP;
    if (!inner && touches(d, a->span))
        return;
    require(a->kind == b->kind && a->count == b->count);
    if (!inner)
        require(nl_str_eq(a->text, b->text) && a->style == b->style);
    for (size_t i = 0; a->kind == NL_LIST && i < a->count; i++)
        compare(d, a->items[i], b->items[i]);
    for (size_t i = 0; a->kind == NL_MAP && i < a->count; i++) {
        if (a->entries[i].merged)
            continue;
        if (!touches(d, a->entries[i].key->span))
            require(nl_str_eq(a->entries[i].key->text, b->entries[i].key->text));
        compare(d, a->entries[i].value, b->entries[i].value);
    }
}

static void check_alone(const newslint_diagnostic *d, const nl_article *before, nl_arena *arena) {
    nl_buf fixed = {0};
    nl_article after;
    const nl_fix *fix = fix_of(d, arena);
    nl_edits_apply(before->source.bytes, fix->edits, fix->count, &fixed);
    nl_article_parse(&after, NL_S("a.md"), nl_buf_str(&fixed), &nl_limits_default, NL_READERS_FAST,
                     arena);
    require(after.front.tree.root != NULL);
    compare(d, before->front.tree.root, after.front.tree.root);
    nl_buf_free(&fixed);
}

static void check_each_alone(const newslint_result *result, nl_str text) {
    nl_arena arena = {0};
    nl_article before;
    nl_article_parse(&before, NL_S("a.md"), text, &nl_limits_default, NL_READERS_FAST, &arena);
    size_t alone = 0;
    for (size_t i = 0; i < newslint_result_count(result) && alone < ALONE_MAX; i++) {
        const newslint_diagnostic *d = newslint_result_get(result, i);
        if (d->safety != NEWSLINT_SAFE || !before.front.tree.root || before.front.tree.count)
            continue;
        check_alone(d, &before, &arena);
        alone++;
    }
    nl_arena_free(&arena);
}

/* ---- All fixes ------------------------------------------------------------------------------ */

static bool says_not_fixed(const newslint_result *result) {
    for (size_t i = 0; i < newslint_result_count(result); i++)
        if (strcmp(newslint_result_get(result, i)->rule.data, "newslint/not-fixed") == 0)
            return true;
    return false;
}

static bool wanted(const newslint_diagnostic *d, bool unsafe_too) {
    return d->safety == NEWSLINT_SAFE || (unsafe_too && d->safety == NEWSLINT_UNSAFE);
}

static bool has_fix(const newslint_result *result, bool unsafe_too) {
    for (size_t i = 0; i < newslint_result_count(result); i++)
        if (wanted(newslint_result_get(result, i), unsafe_too))
            return true;
    return false;
}

typedef enum outcome { AT_REST, CHANGED, REFUSED } outcome;

static bool is_true(nl_str before, nl_str after, const nl_edit *edits, size_t count,
                    bool unsafe_too) {
    nl_arena arena = {0};
    nl_article a, b;
    const char *why;
    nl_article_parse(&a, NL_S("a.md"), before, &nl_limits_default, NL_READERS_FAST, &arena);
    nl_article_parse(&b, NL_S("a.md"), after, &nl_limits_default, NL_READERS_FAST, &arena);
    bool is = nl_fix_is_true(&a, &b, edits, count, unsafe_too, &why);
    nl_arena_free(&arena);
    return is;
}

/* One round by the findings' own edits. */
static outcome apply_round(const newslint_result *result, bool unsafe_too, nl_buf *text) {
    nl_arena arena = {0};
    nl_buf next = {0};
    size_t count = 0, edit_count, taken, all = newslint_result_count(result);
    nl_fix **fixes = NL_NEW_ARRAY(&arena, nl_fix *, all + 1);
    for (size_t i = 0; i < all; i++)
        if (wanted(newslint_result_get(result, i), unsafe_too))
            fixes[count++] = fix_of(newslint_result_get(result, i), &arena);
    nl_edit *edits = nl_edits_choose(fixes, count, &arena, &edit_count, &taken);
    nl_edits_apply(nl_buf_str(text), edits, edit_count, &next);
    outcome o = CHANGED;
    if (!taken || nl_str_eq(nl_buf_str(text), nl_buf_str(&next)))
        o = AT_REST;
    else if (!is_true(nl_buf_str(text), nl_buf_str(&next), edits, edit_count, unsafe_too))
        o = REFUSED;
    nl_buf_free(text);
    *text = next;
    nl_arena_free(&arena);
    return o;
}

/* Is `fixed` what the rounds come to, and `left` what linting it says? Where a round's fixes cannot
 * all be made it is not known which are. */
static void check_rounds(nl_str text, bool unsafe_too, nl_str fixed, const newslint_result *left) {
    nl_buf now = {0};
    newslint_article article = laws_article(text);
    newslint_result *result = newslint_lint(engine, worker, &article);
    outcome o = CHANGED;
    nl_buf_str_add(&now, text);
    for (int i = 0; i < ROUNDS && o == CHANGED; i++) {
        o = apply_round(result, unsafe_too, &now);
        if (o != CHANGED)
            break;
        newslint_result_free(result);
        article = laws_article(nl_buf_str(&now));
        result = newslint_lint(engine, worker, &article);
    }
    if (o != REFUSED) {
        require(nl_str_eq(nl_buf_str(&now), fixed));
        laws_check_same(left, result);
    }
    newslint_result_free(result);
    nl_buf_free(&now);
}

static void check_at_rest(nl_str text, bool unsafe_too) {
    char *again = NULL;
    size_t size = 0, count = 0;
    newslint_article article = laws_article(text);
    newslint_result *left =
        newslint_fix(engine, worker, &article, unsafe_too, &again, &size, &count);
    require(!again && count == 0);
    newslint_result_free(left);
}

/* Are there unsafe fixes in what the safe ones left? */
static bool check_fix(nl_str text, bool unsafe_too) {
    char *fixed = NULL;
    size_t size = 0, count = 0;
    newslint_article article = laws_article(text);
    newslint_result *left =
        newslint_fix(engine, worker, &article, unsafe_too, &fixed, &size, &count);
    require((fixed != NULL) == (count > 0));
    nl_str now = fixed ? nl_str_n(fixed, size) : text;
    laws_check_result(left, now);
    if (!says_not_fixed(left)) {
        check_rounds(text, unsafe_too, now, left);
        require(unsafe_too || !has_fix(left, false));
        if (!unsafe_too)
            check_at_rest(now, false);
    }
    bool more = has_fix(left, true);
    newslint_result_free(left);
    newslint_free(fixed);
    return more;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    nl_str text = nl_str_n((const char *)data, size);
    newslint_article article = laws_article(text);
    newslint_result *result = newslint_lint(engine, worker, &article);
    check_each_alone(result, text);
    bool fixable = has_fix(result, true);
    newslint_result_free(result);
    if (!fixable)
        check_at_rest(text, true);
    else if (check_fix(text, false))
        check_fix(text, true);
    return 0;
}
