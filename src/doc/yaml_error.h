/* What libyaml's refusals mean, for doc/yaml.c alone. */
#ifndef NL_DOC_YAML_ERROR_H
#define NL_DOC_YAML_ERROR_H

#include "doc/tree.h"

/* A refusal with its places turned into bytes of the source. */
typedef struct nl_yaml_refusal {
    const char *problem, *context; /* libyaml's words; may be NULL */
    size_t at;                     /* where it gave up */
    size_t context_at;             /* where what it was reading began; SIZE_MAX: unknown */
    nl_span text;                  /* all of the YAML */
} nl_yaml_refusal;

/* Adds the fatal problem: the place of the cause, and a sentence with the cure. */
void nl_yaml_explain(nl_tree *t, const nl_yaml_refusal *r);

#endif
