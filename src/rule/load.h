/*
 * Inside the loader (ruleset.h): what rule files say, collected file by file, before it is
 * compiled.
 *
 * A layer is the options that one place gives one check: a key of the tree, an entry of `rules`, of
 * an override, or a wildcard. A rule's options are its layers folded in order of rank.
 */
#ifndef NL_RULE_LOAD_H
#define NL_RULE_LOAD_H

#include "rule/ruleset.h"
#include <stdatomic.h>

typedef struct nl_option {
    nl_str name;
    const nl_value *value; /* its key_span is the key's place */
    const nl_rule_file *file;
} nl_option;

typedef struct nl_layer {
    uint64_t rank; /* of the file, then of the place in it: a higher one wins */
    const nl_rule_file *file;
    nl_span span;    /* the key that opened it */
    bool removed;    /* `null`: all layers below are void */
    bool muddled;    /* has options that the check does not know: others may only seem to lack */
    size_t glob_set; /* of the override it stands in, or NL_NO_GLOBS */
    nl_option *options;
    size_t count;
} nl_layer;

#define NL_NO_GLOBS SIZE_MAX

typedef struct nl_layers {
    nl_layer **items;
    size_t count, cap;
} nl_layers;

/* A rule id, and what `rules` and `overrides` say of it. */
typedef struct nl_rule_def {
    nl_str id;
    const nl_check *check;    /* NULL: one of newslint's own, or nothing but a level so far */
    bool in_tree;             /* fields of the tree make instances of it */
    bool own;                 /* newslint/… */
    const nl_rule_file *file; /* that introduced it */
    nl_span span;
    nl_layers layers;
} nl_rule_def;

/* "set/" and a star: a level for a whole set. */
typedef struct nl_wildcard {
    nl_str set; /* n == 0: all */
    nl_layer *layer;
} nl_wildcard;

/* A check at a field of the tree. */
typedef struct nl_field_check {
    const nl_check *check;
    nl_str set; /* that introduced it: prefix of its id */
    nl_layers layers;
} nl_field_check;

typedef struct nl_field_node nl_field_node;
struct nl_field_node {
    nl_str name;
    nl_path path;
    nl_field_check *checks;
    size_t check_count, check_cap;
    nl_field_node **fields;
    size_t field_count, field_cap;
    nl_field_node *each, *values;
    bool closed; /* has `fields` */
    const nl_rule_file *file;
    nl_span span;
    const nl_option *unknown; /* `unknown-fields` of this map, or NULL */
};

typedef struct nl_glob_set {
    nl_glob **globs;
    bool *negated; /* which began with `!` */
    size_t count;
    const nl_value *value; /* as written */
    bool of_rule;          /* `files` of a rule: where it speaks */
} nl_glob_set;

/* The rules for the paths that match the same glob sets. */
typedef struct nl_variant nl_variant;
struct nl_variant {
    nl_variant *next;
    unsigned char *key; /* a byte for each glob set: does the path match? */
    nl_rule_list list;
    nl_arena arena;
};

/* Those that were asked for so far (variants.c). */
typedef struct nl_variants {
    nl_variant *plain;    /* of no glob set matching; made at load */
    nl_variant *anywhere; /* of those that say where a rule speaks; made at load */
    _Atomic(nl_variant *) list;
    atomic_flag busy; /* something is being compiled */
} nl_variants;

struct nl_ruleset {
    nl_arena arena;
    nl_rule_options options;
    nl_rule_file **files; /* in order of loading */
    size_t file_count, file_cap;
    size_t applied; /* files merged so far: the next order */
    bool bad;
    bool incomplete; /* a file could not be read: what it would have brought is not known */
    nl_field_node *root;
    const nl_option *unknown; /* top-level `unknown-fields`, the last one */
    nl_str unknown_set;       /* that introduced it */
    nl_rule_def **defs;
    size_t def_count, def_cap;
    nl_str *ids; /* of the defs that have a check */
    size_t id_count;
    bool compares; /* a rule compares articles, for some path */
    nl_wildcard *wildcards;
    size_t wildcard_count, wildcard_cap;
    nl_glob_set *glob_sets;
    size_t glob_set_count, glob_set_cap;
    size_t include, exclude; /* glob sets, or NL_NO_GLOBS */
    nl_example *examples;
    size_t example_count, example_cap;
    nl_path_table paths;
    nl_pattern_pool patterns;
    nl_variants variants;
};

/* The compiling of one rule: where its options stand, for errors. */
struct nl_load {
    nl_ruleset *set;
    nl_arena *arena;          /* of what is made */
    const nl_layer *place;    /* the last layer: where errors go that concern the whole rule */
    const nl_option *options; /* folded */
    size_t option_count;
    const nl_layers *layers; /* all, for finding the file of a value */
    const nl_path *path;     /* where the rule stands in the tree of fields, or NULL */
    bool failed;
    bool muddled; /* a layer is */
};

/* Is it made of what the name of a set, or the id of a rule within it, may hold? They are printed
 * as they are, and comments name them. */
bool nl_rule_name_is_good(nl_str name);

/* An error in a rule file. `span` is in that file. */
void nl_rule_file_error(nl_ruleset *r, const nl_rule_file *file, nl_span span, const char *format,
                        ...) NL_PRINTF(4, 5);

/* Merges one file into the set (apply.c). */
void nl_ruleset_apply(nl_ruleset *r, nl_rule_file *file, const nl_value *root);

/* Adds the rules that newslint itself has (nl_own_rules), of which the level can be set. */
void nl_ruleset_add_own(nl_ruleset *r, nl_rule_file *file);

/* Compiles all rules for paths of which `key` tells the glob sets (compile.c). With `all`, also
 * those that are off or meant for other paths, for their mistakes' sake, and `key` is not looked
 * at. */
void nl_ruleset_compile(nl_ruleset *r, const unsigned char *key, bool all, nl_arena *arena,
                        nl_rule_list *out);

/* Reads one option into the check's struct by its row (param.c). */
bool nl_param_read(nl_load *load, const nl_param *row, const nl_option *option, void *into);

/* Sets the default of every row. */
void nl_params_default(nl_load *load, const nl_param *rows, void *into);

/* The row of a name, or NULL. */
const nl_param *nl_param_find(const nl_param *rows, nl_str name);

/* What stands there, for "…, not %s": the scalar in quotes, or "a list". */
const char *nl_load_found(nl_arena *arena, const nl_value *v);

/* "did you mean `x`?" for errors: " (did you mean `x`?)" or "", in the arena. */
const char *nl_suggest(nl_str word, const nl_str *candidates, size_t count, nl_arena *arena);

const nl_rule_file *nl_load_file_of(const nl_load *load, const nl_value *value);

bool nl_ruleset_covers(const nl_ruleset *r, size_t glob_set, nl_str path);

void nl_variants_init(nl_variants *v);
void nl_variants_free(nl_variants *v);

/* Makes what is made at load; `all`: every rule that the rule files define. */
void nl_variants_load(nl_ruleset *r, nl_rule_list all);

/* Field types for expressions, by the tree (compile.c). */
nl_expr_env nl_load_expr_env(nl_load *load);

extern const char *const nl_common_options[]; /* NULL-terminated: level, message, … */

#endif
