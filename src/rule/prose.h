/*
 * Texts that a person reads: a scalar of the front matter, or a paragraph or heading of the body
 * without its markup, code, HTML and addresses. Each knows where its bytes stand in the source.
 */
#ifndef NL_RULE_PROSE_H
#define NL_RULE_PROSE_H

#include "rule/scope.h"

/* A run of the text. Where it is `exact`, byte i of it is byte i of the span. */
typedef struct nl_prose_run {
    size_t at;
    nl_span span;
    bool exact;
} nl_prose_run;

typedef struct nl_prose {
    nl_str text;             /* code and addresses are U+FFFC, line breaks are line feeds */
    const nl_target *target; /* of a scalar; NULL: it is of the body */
    nl_prose_run *runs;
    size_t run_count;
    bool heading; /* of the body */
    bool made;    /* of a block: by the rule that asked first */
} nl_prose;

nl_prose nl_prose_of_scalar(const nl_target *target);

/* A leaf of the body, whose inlines were made; empty for code and HTML. In the arena; made once for
 * all rules. */
nl_prose nl_prose_of_block(nl_scope *s, const nl_markdown *body, const nl_block *block);

/* Where [from, to) stands. False when that could not be proven: then *out is around it. */
bool nl_prose_locate(const nl_scope *s, const nl_prose *p, size_t from, size_t to, nl_span *out);

/* The edit that makes [from, to) into `text`; false when there is none. */
bool nl_prose_edit(const nl_scope *s, const nl_prose *p, size_t from, size_t to, nl_str text,
                   nl_edit *out);

/* Does the range share a byte with one of the ordered spans? */
bool nl_spans_touch(const nl_span *items, size_t count, nl_span range);

#endif
