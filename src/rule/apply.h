/*
 * Inside the merging of one rule file (load.h, nl_ruleset_apply): what its parts share. The file's
 * tree is read strictly: what it says becomes fields, layers, wildcards and overrides of the set,
 * what cannot be understood becomes an error of the file.
 */
#ifndef NL_RULE_APPLY_H
#define NL_RULE_APPLY_H

#include "rule/load.h"
#include "rule/say.h"

/* Rank of a place within its file; overrides come behind all else, in order. */
enum { NL_RANK_WILDCARD = 1, NL_RANK_RULE = 2, NL_RANK_TREE = 3, NL_RANK_OVERRIDE = 4 };

typedef struct nl_apply {
    nl_ruleset *set;
    nl_rule_file *file;
    nl_arena *arena;
} nl_apply;

#define NL_FAIL(c, span, ...) nl_rule_file_error((c)->set, (c)->file, (span), __VA_ARGS__)

/* ---- apply_layer.c -------------------------------------------------------------------------- */

uint64_t nl_apply_rank(const nl_apply *c, size_t place);

/* Room for `want` items; the old room stays in the arena, so the whole costs at most twice the
 * items. */
void *nl_apply_grow(nl_ruleset *r, void *items, size_t *cap, size_t want, size_t item);

/* "did you mean" among C strings that end with NULL; the same, or the list of all. */
const char *nl_apply_suggest(nl_apply *c, nl_str word, const char *const *names);
const char *nl_apply_near(nl_apply *c, nl_str word, const nl_str *names, size_t n);
bool nl_apply_in(nl_str word, const char *const *names);

/* A layer with room for so many options, and what goes into it. */
nl_layer *nl_apply_layer(nl_apply *c, size_t place, nl_span span, size_t options);
void nl_apply_add_layer(nl_ruleset *r, nl_layers *list, nl_layer *layer);
void nl_apply_put(nl_apply *c, nl_layer *layer, const char *name, const nl_value *value);

/* A map of options. check may be NULL: then only the common ones are known. */
void nl_apply_options(nl_apply *c, nl_layer *layer, const nl_value *map, const nl_check *check);

/* A string in place of what is written at a value. */
const nl_value *nl_apply_text(nl_apply *c, const nl_value *at, const char *text);
bool nl_apply_is_bool(const nl_value *v, bool what);
const nl_value *nl_apply_get(const nl_value *map, const char *name);

/* The row of a check, a rule by its id (NULL if there is none), "set/name", a rule that is made if
 * there is none. */
const nl_check *nl_apply_check(const nl_ruleset *r, nl_str name);
nl_rule_def *nl_apply_def_find(const nl_ruleset *r, nl_str id);
nl_str nl_apply_id(nl_apply *c, nl_str set, nl_str name);
nl_rule_def *nl_apply_def(nl_apply *c, nl_str id, nl_span span);

/* ---- The parts of a file ----------------------------------------------------------------------
 */

void nl_apply_fields(nl_apply *c, nl_field_node *node, const nl_value *v, size_t depth);

/* `unknown-fields`: its level, or NULL with an error. */
const nl_option *nl_apply_level(nl_apply *c, const nl_value *v);

/* `rules`, of the file (NL_NO_GLOBS) or of an override. */
void nl_apply_rules(nl_apply *c, const nl_value *v, size_t place, size_t globs);
void nl_apply_examples(nl_apply *c, const nl_rule_def *def, const nl_value *v);

/* The number of a new set of globs. */
size_t nl_apply_globs(nl_apply *c, const nl_value *v, const char *name);

#endif
