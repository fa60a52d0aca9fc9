/* What options take, as JSON Schemas: one for each type of row, as param.c reads it. */
#include "rule/schema_words.h"

static void put_words(nl_json *j, const char *name, const char *const *list) {
    nl_json_key(j, nl_str_c(name));
    nl_json_begin_array(j);
    for (; *list; list++)
        nl_json_string(j, nl_str_c(*list));
    nl_json_end_array(j);
}

static void put_enum(nl_json *j, const char *const *list) {
    nl_json_begin_object(j);
    put_words(j, "enum", list);
    nl_json_end_object(j);
}

/* One of them, a list, or several with `|` between. */
static void put_choices(nl_json *j, const nl_param *p) {
    nl_buf one = {0}, pattern = {0};
    for (size_t i = 0; p->choices[i]; i++)
        nl_buf_printf(&one, "%s%s", i ? "|" : "", p->choices[i]);
    nl_buf_printf(&pattern, "^ *(%s) *([|] *(%s) *)*$", nl_buf_c(&one), nl_buf_c(&one));
    nl_json_key(j, NL_S("anyOf"));
    nl_json_begin_array(j);
    put_enum(j, p->choices);
    nl_json_begin_object(j);
    nl_json_key_string(j, "type", NL_S("string"));
    nl_json_key_string(j, "pattern", nl_buf_str(&pattern));
    nl_json_end_object(j);
    nl_json_begin_object(j);
    nl_json_key_string(j, "type", NL_S("array"));
    nl_json_key(j, NL_S("items"));
    put_enum(j, p->choices);
    nl_json_end_object(j);
    nl_json_end_array(j);
    nl_buf_free(&one);
    nl_buf_free(&pattern);
}

static void put_number(nl_json *j, const nl_param *p) {
    nl_json_key_string(j, "type", p->type == NL_PARAM_COUNT ? NL_S("integer") : NL_S("number"));
    bool bound = p->max > p->min;
    if (!bound && p->type == NL_PARAM_NUMBER)
        return;
    nl_json_key(j, NL_S("minimum"));
    nl_json_double(j, bound ? p->min : 0);
    if (!bound)
        return;
    nl_json_key(j, NL_S("maximum"));
    nl_json_double(j, p->max);
}

/* The definition that says what a row of that type takes; NULL where the row says it. */
static const char *definition_of(nl_param_type type) {
    switch (type) {
    case NL_PARAM_BOOL:
        return NL_SCHEMA_AT("boolean");
    case NL_PARAM_TEXT:
        return NL_SCHEMA_AT("scalar");
    case NL_PARAM_TEXTS:
        return NL_SCHEMA_AT("scalars");
    case NL_PARAM_VALUES:
        return NL_SCHEMA_AT("values");
    case NL_PARAM_PATTERN:
        return NL_SCHEMA_AT("regex");
    case NL_PARAM_PATTERNS:
        return NL_SCHEMA_AT("regexes");
    case NL_PARAM_EXPR:
        return NL_SCHEMA_AT("expression");
    case NL_PARAM_TIME:
        return NL_SCHEMA_AT("time");
    case NL_PARAM_PATHS:
        return NL_SCHEMA_AT("paths");
    case NL_PARAM_PAIRS:
        return NL_SCHEMA_AT("pairs");
    case NL_PARAM_COUNT:
    case NL_PARAM_NUMBER:
    case NL_PARAM_CHOICE:
    case NL_PARAM_CHOICES:
    case NL_PARAM_TREE:
        break;
    }
    return NULL;
}

void nl_schema_value(nl_json *j, const nl_param *p) {
    const char *definition = definition_of(p->type);
    if (p->type == NL_PARAM_TREE) {
        nl_json_raw(j, p->schema ? p->schema : "{}");
        return;
    }
    nl_json_begin_object(j);
    if (definition)
        nl_json_key_string(j, "$ref", nl_str_c(definition));
    else if (p->type == NL_PARAM_CHOICE)
        put_words(j, "enum", p->choices);
    else if (p->type == NL_PARAM_CHOICES)
        put_choices(j, p);
    else
        put_number(j, p);
    nl_json_end_object(j);
}

/* What YAML reads as a number or a boolean is one in JSON too. */
void nl_schema_default(nl_json *j, const nl_param *p) {
    if (!p->fallback)
        return;
    nl_json_key(j, NL_S("default"));
    if (p->type == NL_PARAM_BOOL)
        nl_json_raw(j, p->fallback);
    else if (p->type == NL_PARAM_COUNT || p->type == NL_PARAM_NUMBER || p->type == NL_PARAM_TREE)
        nl_json_number(j, nl_str_c(p->fallback));
    else
        nl_json_string(j, nl_str_c(p->fallback));
}
