/*
 * Suppression comments of an article: HTML comments in the body that are no code, YAML comments in
 * the front matter. They are found where the parsers put comments, never in texts that look alike.
 *
 *     <!-- newslint-disable RULE... -- reason -->  …  <!-- newslint-enable RULE... -->
 *     # newslint-disable-line RULE...
 *
 * The words are disable, enable, disable-line, disable-next-line and disable-file, the same in both
 * places. No rule named: all. A rule is named by its id, the id's last part, or its set ("set/" and
 * a star). What begins with `markdownlint-` is read by the checks of that set (check/md.h), which
 * have more words and another order.
 */
#ifndef NL_DOC_SUPPRESS_H
#define NL_DOC_SUPPRESS_H

#include "doc/article.h"

typedef enum nl_suppress_word {
    NL_SUPPRESS_FROM, /* disable: to the next that enables, or to the end */
    NL_SUPPRESS_TO,   /* enable */
    NL_SUPPRESS_LINE,
    NL_SUPPRESS_NEXT_LINE,
    NL_SUPPRESS_FILE,
    NL_SUPPRESS_UNKNOWN /* begins like one and is none */
} nl_suppress_word;

/* One word of a comment about one rule. */
typedef struct nl_suppression {
    nl_suppress_word word;
    nl_str spelled; /* "newslint-disable-line" */
    nl_str name;    /* of the rule as written; p == NULL: all */
    nl_span span;   /* of the name, or else of the word */
    size_t line;    /* NL_SUPPRESS_LINE and _NEXT_LINE: that it is about */
    bool used;      /* for the caller; so is the next */
    bool waits;     /* it holds for something that is known later */
} nl_suppression;

typedef struct nl_suppress nl_suppress;

/* NULL if there is none, which is found out fast. To be freed; the items are in the article's
 * arena, so are strings. Parses the body only if there is something that looks like one. */
nl_suppress *nl_suppress_find(nl_article *a);
void nl_suppress_free(nl_suppress *s); /* NULL is fine */

/* In order of place. */
nl_suppression *nl_suppress_items(const nl_suppress *s, size_t *count);

/* What suppresses a finding of the rule that starts there, the nearest first: by line, by
 * disable, by file. NULL: nothing. With `named`, one without a rule does not count. The cost does
 * not depend on the number of comments. */
nl_suppression *nl_suppress_match(const nl_suppress *s, nl_str rule, size_t start, bool named);

#endif
