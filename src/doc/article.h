/*
 * A parsed source: front matter and body. Made for one article, in its arena, and not changed but
 * for the body, which is parsed when it is first asked for.
 */
#ifndef NL_DOC_ARTICLE_H
#define NL_DOC_ARTICLE_H

#include "doc/markdown.h"
#include "doc/value.h"
#include "doc/yaml.h"

typedef enum nl_front_format {
    NL_FRONT_NONE,
    NL_FRONT_YAML,
    NL_FRONT_JSON,
    NL_FRONT_TOML
} nl_front_format;

typedef struct nl_front {
    nl_front_format format;
    bool unclosed; /* opened and never closed: body_start is then the end of the text */
    bool almost;   /* NL_FRONT_NONE, but a `---` stands behind blanks, a blank line or damage:
                      `almost_span` */
    nl_span almost_span;
    nl_str almost_message;
    nl_span open, close;          /* the delimiter lines' dashes (or braces) */
    nl_span content;              /* between the delimiter lines; JSON: with the braces */
    size_t first_line, last_line; /* of the delimiters, from 1 */
    nl_yaml tree;                 /* YAML and JSON */
} nl_front;

typedef struct nl_limits {
    size_t max_size, max_depth;
} nl_limits;

typedef struct nl_article {
    nl_source source;
    nl_arena *arena;
    nl_front front;
    size_t body_start; /* first byte of the body */
    bool utf8;         /* all bytes are UTF-8 */
    size_t invalid_at; /* first byte that is not, or the length */
    nl_markdown *body; /* use nl_article_body() */
} nl_article;

/* Finds and parses the front matter. The bytes are borrowed. */
void nl_article_parse(nl_article *a, nl_str path, nl_str bytes, const nl_limits *limits,
                      nl_arena *arena);

/* The body, parsed on the first call. Never NULL. */
nl_markdown *nl_article_body(nl_article *a);

#endif
