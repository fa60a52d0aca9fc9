/*
 * The places in an article that a link's `#fragment` may name: the slugs of its headings, `{#id}`
 * in a heading, `id` of HTML tags and `name` of `<a>`.
 */
#ifndef NL_CHECK_ANCHORS_H
#define NL_CHECK_ANCHORS_H

#include "check/checks.h"

typedef struct nl_anchors {
    nl_str *items; /* without `#`, in order of the article */
    size_t count, cap;
    struct nl_anchor_slot *slots; /* by text */
    size_t slot_count;
} nl_anchors;

/* All of an article's; parses its inlines. In the arena. */
nl_anchors nl_anchors_of(nl_scope *s, nl_markdown *body);

/* Makes room for so many: growing leaves what it grows out of in the arena. */
void nl_anchors_reserve(nl_anchors *a, size_t count, nl_arena *arena);

void nl_anchors_add(nl_anchors *a, nl_str name, nl_arena *arena);

/* Adds a heading's slug; one that was there gets `-1`, `-2` and so on, as GitHub counts them. */
void nl_anchors_add_slug(nl_anchors *a, nl_str slug, nl_arena *arena);

bool nl_anchors_hold(const nl_anchors *a, nl_str name);

/* `L10`, `L10-L20`, `L1C2-L3C4`: lines of a file, as GitHub links them. */
bool nl_is_line_fragment(nl_str t);

/* The value of the attribute in a tag as it is written, or the empty string. */
nl_str nl_tag_attribute(nl_str tag, const char *name);

/* The name of a tag as it is written; empty for a closing tag, a comment and such. */
nl_str nl_tag_name(nl_str tag);

/* Calls with each tag of an HTML block, from `<` to `>`. */
void nl_tags_each(nl_str html, void (*then)(void *context, nl_str tag), void *context);

#endif
