/*
 * What a check and an expression can see: one article, the run's clock, scratch memory; and where
 * findings and facts go. Made by the engine for each article.
 */
#ifndef NL_RULE_SCOPE_H
#define NL_RULE_SCOPE_H

#include "base/hash.h"
#include "doc/article.h"
#include "rule/path.h"
#include "rule/pattern.h"
#include "text/diag.h"
#include <stdint.h>

/* Stand in a fact's message for what is known once all articles were read. No visible text holds
 * them. */
enum { NL_FACT_COUNT = 1, NL_FACT_OTHER = 2 };

/* Something that an article tells the others, for rules that compare articles. */
typedef struct nl_fact {
    nl_str rule;  /* id of the rule that asks */
    nl_str field; /* where it stands */
    nl_str help, url;
    nl_level level;
    uint64_t key[2];  /* hash of the values */
    nl_str shown;     /* the values as a person reads them */
    nl_str message;   /* the rule's own, filled but for NL_FACT_COUNT and NL_FACT_OTHER; p == NULL:
                         it has none */
    bool wants;       /* of another file: `key` is the file's, `shown` its path from the rule file's
                         folder, `message` is whole and told if there is no such file */
    nl_hash anchor;   /* wants: a place in it too, if it is not zero */
    nl_str no_anchor; /* the message if the file is an article without it */
    nl_span span;
    bool suppressed; /* by the engine: the article wants to hear nothing of it */
    size_t pending;  /* then: what is said if there was nothing to hear, or SIZE_MAX */
} nl_fact;

typedef struct nl_facts {
    nl_fact *items;
    size_t count, cap;
    nl_hash *there; /* the article itself and the places in it that links may lead to */
    size_t there_count, there_cap;
} nl_facts;

typedef struct nl_scope {
    nl_article *article;
    nl_str path;     /* from the rule file's folder */
    int64_t now;     /* seconds since the epoch */
    nl_arena *arena; /* of this article */
    nl_matcher *matcher;
    nl_buf *scratch; /* for making a text that is then copied: whoever uses it clears it */
    nl_diags *diags;
    nl_facts *facts; /* items in the arena */
    const nl_path_table *paths;
    const nl_targets **targets; /* by node of the paths' tree; NULL: not followed yet */
    struct nl_prose *prose;     /* of the body's blocks, each made once (prose.h); NULL: none yet */
    unsigned odd; /* kinds of odd characters that there may be, found once for all rules about
                     them (check/characters.c) */
    bool odd_known;
    bool indexing;    /* nothing is reported of this article: rules that compare add facts */
    bool limited;     /* an expression gave up: a regex hit a limit, or it was too much work */
    struct nl_md *md; /* what the checks of markdownlint's rules share (check/md.h) */
} nl_scope;

/* There is more than a limit lets be looked at. */
void nl_scope_cut(nl_scope *s, nl_limit_id limit);

/* The front matter's map; an empty map for front matter that is empty; NULL where there is none, or
 * it did not parse, or is no map. */
const nl_value *nl_scope_root(const nl_scope *s);

/* Follows the paths' tree to a node to which it was not followed before. */
const nl_targets *nl_scope_follow(nl_scope *s, size_t node);

/* Where that node leads in this article; looked up once. */
static inline const nl_targets *nl_scope_at(nl_scope *s, size_t node) {
    const nl_targets *known = s->targets[node];
    return known ? known : nl_scope_follow(s, node);
}

/* Where the path with this number leads. */
static inline const nl_targets *nl_scope_targets(nl_scope *s, size_t path) {
    return nl_scope_at(s, s->paths->nodes[path]);
}

void nl_scope_add_fact(nl_scope *s, const nl_fact *fact);

/* Tells of a file, or of a place in one if the anchor is not empty, that it is there. */
void nl_scope_add_there(nl_scope *s, nl_str path, nl_str anchor);

/* What such a place is known by to all articles. */
nl_hash nl_scope_there(nl_str path, nl_str anchor);

enum { NL_VALUE_SHOWN = 60 /* user-perceived characters */ };

/* Article text as a message shows it: visible, cut at NL_VALUE_SHOWN; in the arena. */
nl_str nl_scope_shown(nl_scope *s, nl_str text);

/* The same for any value: a scalar's text, a list or map in flow style. NULL: the empty string. */
nl_str nl_scope_shown_value(nl_scope *s, const nl_value *v);

#endif
