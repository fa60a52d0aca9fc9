/*
 * Front matter as a tree of values in which every key and value knows its exact bytes in the
 * source. Scalars are typed by the YAML 1.2 core schema. Values live in an arena and are never
 * changed.
 */
#ifndef NL_DOC_VALUE_H
#define NL_DOC_VALUE_H

#include "base/arena.h"
#include "base/str.h"
#include "text/edit.h"
#include "text/source.h"
#include <stdint.h>

typedef enum nl_kind { NL_NULL, NL_BOOL, NL_INT, NL_FLOAT, NL_STRING, NL_LIST, NL_MAP } nl_kind;

typedef enum nl_style {
    NL_STYLE_PLAIN,
    NL_STYLE_SINGLE,  /* 'single-quoted' */
    NL_STYLE_DOUBLE,  /* "double-quoted", also JSON's strings */
    NL_STYLE_LITERAL, /* | */
    NL_STYLE_FOLDED,  /* > */
    NL_STYLE_BLOCK,   /* a collection by indentation */
    NL_STYLE_FLOW     /* a collection in brackets */
} nl_style;

typedef struct nl_value nl_value;
typedef struct nl_scalar_map nl_scalar_map; /* see doc/scalar.h */

typedef struct nl_entry {
    nl_value *key, *value;
    bool merged; /* came by a merge key (<<); it is found by lookups but has no place of its own */
} nl_entry;

struct nl_value {
    nl_kind kind;
    nl_style style;
    bool alias;   /* written as *name: span is that of the alias, all else is the anchored node's.
                     Its children are shared: who visits everything must not enter it */
    bool tagged;  /* had an explicit tag (!!str) */
    bool flow;    /* a member of a collection in brackets: a plain scalar may not hold ,[]{} */
    bool json;    /* from JSON: escapes and edits by its rules */
    bool damaged; /* its bytes hold what YAML forbids (C1 controls, bytes that are not UTF-8); text
                     has them */
    bool big;     /* NL_INT that does not fit in 64 bits */
    bool boolean;
    nl_span span; /* with quotes; of a collection: first byte of the first to last byte of the last
                     member, or bracket to bracket; of an absent value (`key:`) empty, behind the
                     colon */
    nl_span key_span;  /* of the value of a map: its key's span; else equal to span */
    nl_str text;       /* scalars: decoded, escapes and folding undone; the source's own bytes where
                          nothing was to be undone */
    int64_t integer;   /* NL_INT that fits; else `number` */
    double number;     /* NL_INT and NL_FLOAT */
    nl_entry *entries; /* NL_MAP, in order of writing; duplicates of a key are left out (see
                          nl_yaml_problem) */
    nl_value **items;  /* NL_LIST */
    size_t count;
    size_t depth;  /* of the node in the tree, root 0 */
    size_t weight; /* nodes of the subtree, itself included, aliases and merges counted in full */
    nl_scalar_map *map; /* how text and source belong together; NULL: byte by byte, or unknown */
};

const char *
nl_kind_name(nl_kind kind); /* "null", "boolean", "integer", "number", "string", "list", "map" */

/* The value of a key in a map, or NULL; a merged entry counts. NULL too if v is no map. */
const nl_entry *nl_value_find(const nl_value *v, nl_str key);

/* What nl_value_resolve() does with words of four or five letters, and with what does not begin
 * with a letter. */
void nl_value_resolve_word(nl_value *v);
void nl_value_resolve_rest(nl_value *v);

/* Types a plain scalar by the YAML 1.2 core schema: sets kind, boolean, integer, big, number. */
static inline void nl_value_resolve(nl_value *v) {
    v->kind = NL_STRING;
    if (v->text.n == 0 || !nl_is_alpha((unsigned char)v->text.p[0]))
        nl_value_resolve_rest(v);
    else if (v->text.n == sizeof "true" - 1 || v->text.n == sizeof "false" - 1)
        nl_value_resolve_word(v);
}

/* Are the two trees equal in kinds, texts, keys and order? Spans and styles do not matter. */
bool nl_value_equal(const nl_value *a, const nl_value *b);

/*
 * Where the decoded bytes [from, to) of a scalar's text stand in the source. False when that cannot
 * be proven exactly: then *out is the whole value and the caller may report, not edit. An empty
 * range has an empty span.
 */
bool nl_value_locate(const nl_source *s, const nl_value *v, size_t from, size_t to, nl_span *out);

/*
 * The edits that make the decoded bytes [from, to) of a scalar's text into `text`, spelled for the
 * scalar it stands in: quotes doubled, escapes used, a plain scalar quoted as a whole if it must be
 * (then the edit covers all of it). False when it cannot be done without touching other values.
 */
bool nl_value_edit(const nl_source *s, const nl_value *v, size_t from, size_t to, nl_str text,
                   nl_arena *arena, nl_edit *out);

/* The edit that gives a scalar a whole new text, keeping its style where it can hold the text. */
bool nl_value_replace(const nl_source *s, const nl_value *v, nl_str text, nl_arena *arena,
                      nl_edit *out);

#endif
