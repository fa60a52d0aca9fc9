/*
 * Builds a value tree node by node, for the readers of YAML and JSON: nesting without recursion,
 * duplicate keys, merge keys, and the list of problems. The tree is in the arena, the rest is given
 * back by nl_tree_done().
 */
#ifndef NL_DOC_TREE_H
#define NL_DOC_TREE_H

#include "base/buf.h"
#include "doc/yaml.h"

typedef struct nl_tree_frame {
    nl_value *value;
    size_t base;  /* of its members in nodes */
    bool *closed; /* set when it ends; may be NULL */
} nl_tree_frame;

typedef struct nl_tree {
    const nl_source *source;
    nl_arena *arena;
    nl_value *root;
    nl_tree_frame *frames; /* the open collections */
    size_t frame_count, frame_cap;
    nl_value **nodes; /* members of the open collections; of maps key, value, key, value */
    size_t node_count, node_cap;
    nl_value *fresh; /* nodes of zero bytes, `made` and not yet given out */
    size_t fresh_count;
    nl_yaml_problem *problems;
    size_t problem_count, problem_cap;
    nl_yaml_problem *spare; /* for those that are not kept; made when there is one */
    nl_limit_id depth;
    size_t max_depth, expanded, made, unlisted;
    bool flow; /* the innermost open collection is in brackets */
    bool json, failed;
} nl_tree;

/* Begins with what is all zero bytes, under the limits of the source; `depth` is the one that
 * bounds the nesting. */
void nl_tree_begin(nl_tree *t, const nl_source *s, nl_limit_id depth, nl_arena *arena);

/* Makes fresh nodes, of which one is wanted for `span`. */
void nl_tree_more(nl_tree *t, nl_span span);

/* A new node, not yet in the tree. Never NULL, but too many of them are a fatal problem. */
static inline nl_value *nl_tree_node(nl_tree *t, nl_kind kind, nl_style style, nl_span span) {
    if (t->fresh_count == 0)
        nl_tree_more(t, span);
    nl_value *v = &t->fresh[--t->fresh_count];
    v->kind = kind;
    v->style = style;
    v->json = t->json;
    v->flow = t->flow;
    v->span = span;
    v->key_span = span;
    v->depth = t->frame_count;
    v->weight = 1;
    return v;
}

/* Makes room for one more member. */
void nl_tree_widen(nl_tree *t);

/* Adds a finished node to the innermost open collection, or as the root. */
static inline void nl_tree_put(nl_tree *t, nl_value *v) {
    if (t->frame_count == 0) {
        t->root = v;
        return;
    }
    if (t->node_count == t->node_cap)
        nl_tree_widen(t);
    t->nodes[t->node_count++] = v;
}

/* Adds a collection and opens it. False, with a fatal problem, when that is too deep. */
bool nl_tree_open(nl_tree *t, nl_value *v, bool *closed);

/* Ends the innermost collection. `end` is that of its bracket, or SIZE_MAX: then its span is made
 * from its members. */
void nl_tree_close(nl_tree *t, size_t end);

/* Counts nodes that an alias or a merge stands for; false, with a fatal problem, when too many. */
bool nl_tree_expand(nl_tree *t, size_t nodes, nl_span at);

/* Is the next node to be put the key of a map? */
bool nl_tree_wants_key(const nl_tree *t);

/* Adds a problem with its message. The pointer is valid until the next one. */
nl_yaml_problem *nl_tree_problem(nl_tree *t, nl_yaml_trouble trouble, nl_span span,
                                 const char *format, ...) NL_PRINTF(4, 5);

/* The same, and the tree is lost. */
nl_yaml_problem *nl_tree_fail(nl_tree *t, nl_yaml_trouble trouble, nl_span span, const char *format,
                              ...) NL_PRINTF(4, 5);

/* The same because of a limit; the message goes on with what sets it. */
void nl_tree_fail_by(nl_tree *t, nl_limit_id limit, nl_yaml_trouble trouble, nl_span span,
                     const char *what);

/* The result: problems in order, the fatal one last. */
nl_yaml nl_tree_done(nl_tree *t);

/* Bytes of a text as a message may quote them: one line, controls and bytes that are not UTF-8
 * escaped, at most 40 units and then `…`; in the arena. */
const char *nl_tree_quote(nl_tree *t, nl_str text);

#endif
