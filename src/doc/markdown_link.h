/*
 * The small grammars inside inlines: link destinations, titles, labels and reference definitions,
 * as cmark 0.30.2 reads them (inlines.c). All work on a leaf's bytes;
 * all are linear in what they read.
 */
#ifndef NL_DOC_MARKDOWN_LINK_H
#define NL_DOC_MARKDOWN_LINK_H

#include "base/str.h"
#include "text/span.h"

/* The offset behind a run of white space, line ends included. */
size_t nl_link_spaces(nl_str text, size_t at);

/* A destination at `at`; *inner is it without <>. */
bool nl_link_target(nl_str text, size_t at, size_t *behind, nl_span *inner);

/* The offset behind a title at `at`, or `at` if there is none. */
size_t nl_link_title(nl_str text, size_t at);

/* `[label]` at `at`; *inner is it without brackets, not trimmed. */
bool nl_link_label(nl_str text, size_t at, size_t *behind, nl_span *inner);

/* `(target "title")` at `at`. */
bool nl_link_tail(nl_str text, size_t at, size_t *behind, nl_span *target);

typedef struct nl_link_definition {
    nl_span span, label, target;
    size_t behind; /* the next line */
} nl_link_definition;

/* A reference definition that begins at `at`; the text's last line must have its line end. */
bool nl_link_definition_read(nl_str text, size_t at, nl_link_definition *d);

/* The offset behind the definitions that the text begins with. */
size_t nl_link_definitions_skip(nl_str text);

#endif
