/*
 * Field paths, and what they lead to in an article: `title`, `source.name`, `tags[]` (each item),
 * `coverImage.*` (each value), `'"a.b".c'` (a key with a dot, quoted). A table numbers the paths of
 * a rule set and joins them to a tree, so that an article is searched for all of them at once.
 */
#ifndef NL_RULE_PATH_H
#define NL_RULE_PATH_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "doc/value.h"

typedef enum nl_step_kind { NL_STEP_KEY, NL_STEP_ITEMS, NL_STEP_VALUES } nl_step_kind;

typedef struct nl_step {
    nl_step_kind kind;
    bool bare; /* the key is spelled as it is, for sure */
    nl_str key;
} nl_step;

typedef struct nl_path {
    nl_str text; /* canonical spelling */
    nl_step *steps;
    size_t count;
    bool many; /* has [] or * */
} nl_path;

enum { NL_STEPS_MAX = 1000 };

/*
 * Parses into the arena. False: *error is a sentence (static) and *at its byte in the text. The
 * empty text is the root. A bare key holds anything but blanks, control characters and
 * `. [ ] * " '`; others are quoted, "…" or '…', with a backslash
 * before a quote or backslash.
 */
bool nl_path_parse(nl_str text, nl_arena *arena, nl_path *out, const char **error, size_t *at);

/* The canonical spelling of steps; in the arena. */
nl_str nl_path_spell(const nl_step *steps, size_t count, nl_arena *arena);

/* The path with one more step; in the arena. */
nl_path nl_path_below(const nl_path *base, nl_step step, nl_arena *arena);

/* Appends a key as a path spells it, quoted if it must be. */
void nl_path_key_add(nl_str key, nl_buf *out);

/* A step of one or several paths of a table: they are a tree, followed from its root. */
typedef struct nl_path_node {
    nl_step step;
    size_t above;       /* the node of the step before; the root's own number at the root */
    size_t first, last; /* of those below; 0: none */
    size_t next;        /* beside it, in the order in which they were added; 0: none */
    nl_map keys;        /* those below by their keys */
    bool many;          /* a step up to here is [] or * */
} nl_path_node;

typedef struct nl_path_table {
    nl_path *items;
    size_t *nodes; /* of each path, its last step's */
    size_t count, cap, nodes_cap;
    nl_map numbers;     /* by canonical spelling */
    nl_path_node *tree; /* tree[0] is the root */
    size_t tree_count, tree_cap;
} nl_path_table;

/* The number of the path in the table; equal paths share one. The items are malloc'd; paths point
 * into arenas. All zero bytes is an empty table. */
size_t nl_path_table_add(nl_path_table *table, const nl_path *path);
void nl_path_table_free(nl_path_table *table);

/* A place that a path leads to. */
typedef struct nl_target nl_target;
struct nl_target {
    const nl_value *value; /* NULL: absent */
    const nl_value
        *parent; /* the map or list it is in, or would be in; NULL: that is absent too, or no map */
    const nl_entry *entry;  /* its entry in a parent map, or NULL */
    const nl_target *above; /* the target of the path less its last step, NULL at the top */
    const nl_step *step;    /* the last step */
    size_t index;           /* of an item */
};

typedef struct nl_targets {
    nl_target *items;
    size_t count;
    unsigned kinds; /* of their values: 1 << nl_kind, an absent one being as good as null */
    bool cut;       /* there are more: the rest is left out */
} nl_targets;

static inline unsigned nl_target_kind(const nl_target *t) {
    return 1u << (t->value ? t->value->kind : NL_NULL);
}

/*
 * Where the path whose last step is this node leads: a path of keys alone to exactly one target,
 * perhaps an absent one; one with [] or * to one target for each member that is there, and to
 * absent ones where a key behind is missing in a member that is a map. The empty path leads to the
 * root. root may be NULL. What was found, of this path and others, is kept in `known`, an array of
 * tree_count that begins as NULLs, so that no map is searched twice. No more than `most` targets
 * are found. In the arena.
 */
const nl_targets *nl_path_follow(const nl_path_table *table, size_t node, const nl_value *root,
                                 const nl_targets **known, size_t most, nl_arena *arena);

/* "source.name", "tags[2]", "\"a.b\".c": where the target is, or would be. */
void nl_target_name(const nl_target *t, nl_buf *out);

/* The same as a string, the key itself where that is all; else in the arena. */
nl_str nl_target_named(const nl_target *t, nl_arena *arena);

#endif
