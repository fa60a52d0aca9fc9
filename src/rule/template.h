/*
 * Message templates: text with {names}; `{{` and `}}` are braces. A name is a value that the check
 * gives, or a field path, which stands for that field's value. Article text comes out visible
 * (nl_visible) and cut.
 */
#ifndef NL_RULE_TEMPLATE_H
#define NL_RULE_TEMPLATE_H

#include "rule/scope.h"

typedef struct nl_template nl_template;

typedef struct nl_template_error {
    size_t start, end;
    char message[256];
} nl_template_error;

/*
 * Compiles in the arena. `names` (NULL-terminated) are the names that the check gives besides
 * {field} {value} {expected} {suggestion}; any other must be a path that `knows` accepts (NULL:
 * all well-formed paths are accepted).
 */
const nl_template *nl_template_parse(nl_str text, const char *const *names, nl_path_table *paths,
                                     bool (*knows)(void *context, const nl_path *path),
                                     void *context, nl_arena *arena, nl_template_error *error);

typedef struct nl_template_value {
    const char *name;
    nl_str value;
    const nl_value *of; /* not NULL: this one's, made only where the message names it */
} nl_template_value;

/* The message, in the scope's arena. A name without a value is left out. A field path with several
 * values gives them all, with commas, up to NL_PATH_VALUES_SHOWN. */
nl_str nl_template_expand(const nl_template *t, const nl_template_value *values, size_t count,
                          nl_scope *s);

enum { NL_PATH_VALUES_SHOWN = 5 };

/* The same for a template of our own making that names no fields and need not be compiled. */
nl_str nl_template_fill(const char *text, const nl_template_value *values, size_t count,
                        nl_scope *s);

#endif
