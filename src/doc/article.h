/*
 * A parsed source: front matter and body. Made for one article, in its arena, and not changed but
 * for the body, which is parsed when it is first asked for.
 */
#ifndef NL_DOC_ARTICLE_H
#define NL_DOC_ARTICLE_H

#include "base/timing.h"
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
    bool almost;   /* no front matter, but something that was perhaps meant as its first line; or
                      unclosed, and something that was perhaps meant to close it */
    nl_span almost_span;   /* what keeps it from being that: the blanks, the odd characters */
    nl_str almost_message; /* a sentence: what was found, what is wanted */
    nl_span open, close;   /* the delimiter lines' dashes (or braces) */
    nl_span content;       /* between the delimiter lines; JSON: with the braces */
    size_t first_line, last_line; /* of the delimiters, from 1 */
    nl_yaml tree;                 /* YAML and JSON */
} nl_front;

/* Who may read: the fast readers where they can, or nothing but libyaml and cmark. */
typedef enum nl_readers { NL_READERS_FAST, NL_READERS_REFERENCE } nl_readers;

typedef struct nl_article {
    nl_source source;
    nl_arena *arena;
    nl_front front;
    size_t body_start; /* first byte of the body */
    nl_readers readers;
    bool too_large;    /* more than limits->size: nothing is parsed */
    bool utf16;        /* the file is UTF-16: utf8 is false, nothing is parsed */
    bool utf8;         /* all bytes are UTF-8 */
    size_t invalid_at; /* first byte that is not, or the length */
    nl_markdown *body; /* use nl_article_body() */
    nl_timing *timing; /* is told of the body's parsing; NULL: not wanted */
} nl_article;

/* Finds and parses the front matter. The bytes and the limits are borrowed. */
void nl_article_parse(nl_article *a, nl_str path, nl_str bytes, const nl_limits *limits,
                      nl_readers readers, nl_arena *arena);

/* Finds the front matter's lines by SPEC 3 and fills in all but the tree of what is all zero bytes.
 * Returns where the body begins. */
size_t nl_front_find(nl_source *source, nl_front *f);

/* Parses the body. */
void nl_article_read_body(nl_article *a);

/* The body, parsed on the first call. Never NULL. */
static inline nl_markdown *nl_article_body(nl_article *a) {
    if (!a->body)
        nl_article_read_body(a);
    return a->body;
}

#endif
