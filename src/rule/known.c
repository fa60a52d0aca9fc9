/* What the tree of fields says of a field: its type, and whether there can be one of that name. */
#include "rule/compile.h"

#include <string.h>

static nl_type type_named(nl_str name) {
    static const struct {
        const char *name;
        nl_type type;
    } names[] = {{"string", NL_TYPE_STRING}, {"integer", NL_TYPE_NUMBER},
                 {"number", NL_TYPE_NUMBER}, {"boolean", NL_TYPE_BOOL},
                 {"list", NL_TYPE_LIST},     {"map", NL_TYPE_MAP},
                 {"timestamp", NL_TYPE_TIME}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (nl_str_is(name, names[i].name))
            return names[i].type;
    return NL_TYPE_ANY;
}

static nl_type type_by_check(const nl_field_check *check) {
    static const struct {
        const char *name;
        nl_type type;
    } checks[] = {{"timestamp", NL_TYPE_TIME},
                  {"range", NL_TYPE_NUMBER},
                  {"items", NL_TYPE_LIST},
                  {"url", NL_TYPE_STRING},
                  {"length", NL_TYPE_STRING}};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (strcmp(check->check->name, checks[i].name) == 0)
            return checks[i].type;
    if (strcmp(check->check->name, "type") != 0 || check->layers.count == 0)
        return NL_TYPE_ANY;
    const nl_layer *last = check->layers.items[check->layers.count - 1];
    for (size_t i = 0; i < last->count; i++)
        if (nl_str_is(last->options[i].name, check->check->principal) &&
            last->options[i].value->kind == NL_STRING)
            return type_named(last->options[i].value->text);
    return NL_TYPE_ANY;
}

static nl_type node_type(const nl_field_node *node) {
    nl_type type = NL_TYPE_ANY;
    for (size_t i = 0; i < node->check_count; i++) {
        nl_type said = type_by_check(&node->checks[i]);
        if (said != NL_TYPE_ANY && (type == NL_TYPE_ANY || said == NL_TYPE_TIME))
            type = said; /* a time is more than the string that it is written as */
    }
    if (type != NL_TYPE_ANY)
        return type;
    return node->each ? NL_TYPE_LIST : node->closed || node->values ? NL_TYPE_MAP : NL_TYPE_ANY;
}

static bool is_closed(const nl_ruleset *r, const nl_field_node *node) {
    const nl_option *unknown = node->unknown ? node->unknown : r->unknown;
    return node->closed && unknown && !nl_str_is(unknown->value->text, "off");
}

static const nl_field_node *child_of(const nl_field_node *node, nl_str name) {
    for (size_t i = 0; i < node->field_count; i++)
        if (nl_str_eq(node->fields[i]->name, name))
            return node->fields[i];
    return NULL;
}

static nl_str nearest_child(const nl_field_node *node, nl_str name, nl_arena *arena) {
    nl_str *names = NL_NEW_ARRAY(arena, nl_str, node->field_count + 1);
    for (size_t i = 0; i < node->field_count; i++)
        names[i] = node->fields[i]->name;
    const nl_str *near = nl_str_nearest(name, names, node->field_count);
    return near ? *near : (nl_str){NULL, 0};
}

/* The node of a path; NULL where the tree says nothing. *known is false where it excludes it. */
static const nl_field_node *node_of(nl_load *load, const nl_path *path, bool *known,
                                    nl_str *nearest) {
    const nl_field_node *node = load->set->root;
    *known = true;
    *nearest = (nl_str){NULL, 0};
    for (size_t i = 0; i < path->count && node; i++) {
        const nl_step *step = &path->steps[i];
        if (step->kind == NL_STEP_ITEMS) {
            node = node->each;
        } else if (step->kind == NL_STEP_VALUES) {
            node = node->values;
        } else {
            const nl_field_node *child = child_of(node, step->key);
            if (!child && !node->values && is_closed(load->set, node)) {
                *known = false;
                *nearest = nearest_child(node, step->key, load->arena);
            }
            node = child ? child : node->values;
        }
    }
    return node;
}

static nl_type type_of(void *context, const nl_path *path, bool *known, nl_str *nearest) {
    nl_load *load = context;
    const nl_field_node *node = node_of(load, path, known, nearest);
    *known = *known || load->set->incomplete;
    return node ? node_type(node) : NL_TYPE_ANY;
}

nl_expr_env nl_load_expr_env(nl_load *load) {
    return (nl_expr_env){.paths = &load->set->paths,
                         .patterns = &load->set->patterns,
                         .arena = load->arena,
                         .type_of = type_of,
                         .context = load};
}

/* Messages may name a field of the tree, or one that some rule names. */
bool nl_load_knows(void *context, const nl_path *path) {
    nl_load *load = context;
    bool known;
    nl_str nearest;
    if (path->count && node_of(load, path, &known, &nearest))
        return true;
    for (size_t i = 0; i < load->set->paths.count; i++)
        if (nl_str_eq(load->set->paths.items[i].text, path->text))
            return true;
    return false;
}
