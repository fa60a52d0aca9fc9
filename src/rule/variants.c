/* The rules for a path: what the globs say of it, and the rules compiled for that. */
#include "base/mem.h"
#include "base/unicode.h"
#include "rule/load.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* So many are kept. A site is cut into some ten parts; globs that tell more apart than this are
 * generated, and of each only a few articles are looked at. */
enum { VARIANTS_MAX = 1000 };

/* ---- Globs ---------------------------------------------------------------------------------- */

/* As in .gitignore, the last glob that matches decides; a list that begins with `!` takes all else.
 */
static bool covers(const nl_glob_set *set, nl_str path) {
    bool wanted = set->count && set->negated[0];
    for (size_t i = 0; i < set->count; i++)
        if (nl_glob_covers(set->globs[i], path))
            wanted = !set->negated[i];
    return wanted;
}

bool nl_ruleset_covers(const nl_ruleset *r, size_t glob_set, nl_str path) {
    return glob_set == NL_NO_GLOBS || covers(&r->glob_sets[glob_set], path);
}

bool nl_ruleset_wants(const nl_ruleset *r, nl_str path) {
    if (r->exclude != NL_NO_GLOBS && covers(&r->glob_sets[r->exclude], path))
        return false;
    return r->include == NL_NO_GLOBS || covers(&r->glob_sets[r->include], path);
}

/* ---- Making ---------------------------------------------------------------------------------- */

static unsigned char *key_new(const nl_ruleset *r) {
    return nl_calloc(r->glob_set_count + 1, 1);
}

static nl_variant *variant_of(unsigned char *key) {
    nl_variant *v = nl_calloc(1, sizeof *v);
    v->key = key;
    return v;
}

static nl_variant *variant_new(nl_ruleset *r, unsigned char *key) {
    nl_variant *v = variant_of(key);
    nl_ruleset_compile(r, key, false, &v->arena, &v->list);
    return v;
}

static void variant_free(nl_variant *v) {
    if (!v)
        return;
    nl_arena_free(&v->arena);
    free(v->key);
    free(v);
}

void nl_variants_init(nl_variants *v) {
    atomic_init(&v->list, NULL);
    atomic_flag_clear(&v->busy);
}

void nl_variants_free(nl_variants *v) {
    variant_free(v->plain);
    for (nl_variant *each = atomic_load(&v->list), *next; each; each = next) {
        next = each->next;
        variant_free(each);
    }
}

/* The rules for paths that match no glob: of a set without globs all but those that are off. */
static nl_variant *plain_new(nl_ruleset *r, nl_rule_list all) {
    if (r->glob_set_count)
        return variant_new(r, key_new(r));
    nl_variant *v = variant_of(key_new(r));
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].level != NL_OFF)
            all.items[v->list.count++] = all.items[i];
    v->list.items = all.items;
    return v;
}

void nl_variants_load(nl_ruleset *r, nl_rule_list all) {
    nl_variants *v = &r->variants;
    unsigned char *key = NULL;
    v->plain = v->anywhere = plain_new(r, all);
    for (size_t i = 0; i < r->glob_set_count; i++)
        if (r->glob_sets[i].of_rule) {
            key = key ? key : key_new(r);
            key[i] = 1;
        }
    if (!key)
        return;
    v->anywhere = variant_new(r, key);
    atomic_store(&v->list, v->anywhere);
}

/* ---- Finding -------------------------------------------------------------------------------- */

static const nl_variant *variant_find(nl_ruleset *r, const unsigned char *key, size_t *count) {
    *count = 0;
    for (const nl_variant *v = atomic_load_explicit(&r->variants.list, memory_order_acquire); v;
         v = v->next, ++*count)
        if (memcmp(v->key, key, r->glob_set_count) == 0)
            return v;
    return NULL;
}

/* What several overrides make together, none of which is wrong, shows here first. */
static void take_mistake(nl_ruleset *r, nl_arena *arena, nl_rule_list *list) {
    nl_buf b = {0};
    for (size_t i = 0; i < r->file_count; i++) {
        nl_rule_file *file = r->files[i];
        if (file->diags.count && !b.n) {
            const nl_diag *d = &file->diags.items[0];
            nl_position at = nl_source_locate(&file->source, d->span.start);
            nl_visible(file->path, &b);
            nl_buf_printf(&b, ":%zu:%zu: ", at.line, at.column);
            nl_buf_str_add(&b, d->message);
        }
        file->diags.count = 0;
    }
    list->mistake = nl_str_n(nl_arena_copy(arena, b.p, b.n), b.n);
    nl_buf_free(&b);
    r->bad = false;
}

static void compile(nl_ruleset *r, const unsigned char *key, nl_arena *arena, nl_rule_list *list) {
    nl_ruleset_compile(r, key, false, arena, list);
    if (r->bad)
        take_mistake(r, arena, list);
}

/* The same, made if it is not there and there is room for it. */
static const nl_variant *variant_get(nl_ruleset *r, const unsigned char *key) {
    nl_variants *v = &r->variants;
    size_t count;
    const nl_variant *found = variant_find(r, key, &count);
    if (found || count >= VARIANTS_MAX)
        return found;
    nl_variant *made = variant_of(key_new(r));
    memcpy(made->key, key, r->glob_set_count);
    compile(r, key, &made->arena, &made->list);
    made->next = atomic_load_explicit(&v->list, memory_order_relaxed);
    atomic_store_explicit(&v->list, made, memory_order_release);
    return made;
}

/* One thread compiles at a time, as regexes are shared; it is short, and the others wait. */
static const nl_rule_list *rules_make(nl_ruleset *r, const unsigned char *key, nl_arena *arena) {
    nl_rule_list *once = NULL;
    while (atomic_flag_test_and_set_explicit(&r->variants.busy, memory_order_acquire))
        sched_yield();
    const nl_variant *kept = variant_get(r, key);
    if (!kept) {
        once = NL_NEW(arena, nl_rule_list);
        compile(r, key, arena, once);
    }
    atomic_flag_clear_explicit(&r->variants.busy, memory_order_release);
    return kept ? &kept->list : once;
}

const nl_rule_list *nl_ruleset_rules(nl_ruleset *r, nl_str path, nl_arena *arena) {
    unsigned char *key = NULL;
    size_t count;
    for (size_t i = 0; i < r->glob_set_count; i++)
        if (covers(&r->glob_sets[i], path)) {
            key = key ? key : key_new(r);
            key[i] = 1;
        }
    if (!key)
        return &r->variants.plain->list;
    const nl_variant *found = variant_find(r, key, &count);
    const nl_rule_list *list = found ? &found->list : rules_make(r, key, arena);
    free(key);
    return list;
}

const nl_rule_list *nl_ruleset_anywhere(const nl_ruleset *r) {
    return &r->variants.anywhere->list;
}
