/*
 * Inside the compiling of rules (load.h, nl_ruleset_compile): gathering a rule's layers, folding
 * them into options, and what the tree knows of fields.
 */
#ifndef NL_RULE_COMPILE_H
#define NL_RULE_COMPILE_H

#include "rule/load.h"

typedef struct nl_compiler {
    nl_ruleset *set;
    const unsigned char *key; /* which glob sets match */
    bool all;                 /* for the mistakes' sake: also what is off or elsewhere */
    nl_arena *arena;
    nl_rule *rules;
    size_t count, cap;
} nl_compiler;

/* Adds the layers that count for this path; those of wildcards for a rule id. */
void nl_compile_gather(nl_compiler *c, const nl_layers *from, nl_layers *into);
void nl_compile_wildcards(nl_compiler *c, nl_str id, nl_layers *into);

int nl_compile_by_rank(const void *a, const void *b);

/* Folds layers in order of rank into load->options; false when the rule was removed. */
bool nl_compile_fold(nl_load *load, const nl_layers *layers, bool tree);

/* A folded option, or NULL. */
const nl_option *nl_load_option(const nl_load *load, const char *name);

/* May a message name this field? One of the tree, or one that some rule names. context: an nl_load.
 */
bool nl_load_knows(void *context, const nl_path *path);

#endif
