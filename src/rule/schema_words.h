/* Parts of the schema of rule files (schema.c): definitions that need no row, and values of rows.
 */
#ifndef NL_RULE_SCHEMA_WORDS_H
#define NL_RULE_SCHEMA_WORDS_H

#include "base/json.h"
#include "rule/param.h"

typedef struct nl_schema_known {
    const char *name, *json;
} nl_schema_known;

#define NL_SCHEMA_AT(name) "#/$defs/" name
#define NL_SCHEMA_REF(name) "{\"$ref\": \"" NL_SCHEMA_AT(name) "\"}"
#define NL_SCHEMA_NULL "{\"type\": \"null\"}"

/* Instead of a rule: it is off, or taken away. */
#define NL_SCHEMA_NO_RULE "{\"enum\": [false, null]}"

/* The last has no name. */
extern const nl_schema_known nl_schema_definitions[];

/* What an option takes, as one schema; and its default, a key of the schema around it. */
void nl_schema_value(nl_json *j, const nl_param *p);
void nl_schema_default(nl_json *j, const nl_param *p);

#endif
