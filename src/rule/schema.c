/*
 * See schema.h. For each check there are three definitions: its options (`NAME`), what may stand
 * behind its name in the tree of fields (`field-NAME`), and a rule that is made of it
 * (`rule-NAME`). https://json-schema.org/draft/2020-12
 */
#include "rule/schema.h"
#include "base/json.h"
#include "rule/builtin.h"
#include "rule/load.h"
#include "rule/schema_words.h"
#include <stdio.h>

typedef struct writer {
    nl_json j;
    const nl_check *const *checks;
} writer;

/* ---- Words ---------------------------------------------------------------------------------- */

static void key(writer *w, const char *name) {
    nl_json_key(&w->j, nl_str_c(name));
}

static void word(writer *w, const char *name, const char *value) {
    nl_json_key_string(&w->j, name, nl_str_c(value));
}

static void raw(writer *w, const char *name, const char *json) {
    key(w, name);
    nl_json_raw(&w->j, json);
}

static void open(writer *w, const char *name) {
    key(w, name);
    nl_json_begin_object(&w->j);
}

static void open_list(writer *w, const char *name) {
    key(w, name);
    nl_json_begin_array(&w->j);
}

static void shut(writer *w) {
    nl_json_end_object(&w->j);
}

static void shut_list(writer *w) {
    nl_json_end_array(&w->j);
}

/* {"$ref": "#/$defs/PREFIXNAMEREST"}, the braces too if `whole`. */
static void refer(writer *w, const char *prefix, const char *name, const char *rest, bool whole) {
    char target[160];
    snprintf(target, sizeof target, "#/$defs/%s%s%s", prefix, name, rest);
    if (whole)
        nl_json_begin_object(&w->j);
    word(w, "$ref", target);
    if (whole)
        shut(w);
}

static void refer_to(writer *w, const char *name) {
    refer(w, "", name, "", true);
}

static void closed_map(writer *w) {
    word(w, "type", "object");
    key(w, "additionalProperties");
    nl_json_bool(&w->j, false);
}

/* ---- Options -------------------------------------------------------------------------------- */

/* `null` takes an inherited option away. */
static void write_option(writer *w, const nl_param *p) {
    open(w, p->name);
    word(w, "description", p->help ? p->help : "");
    nl_schema_default(&w->j, p);
    open_list(w, "anyOf");
    nl_schema_value(&w->j, p);
    nl_json_raw(&w->j, "{\"type\": \"null\"}");
    shut_list(w);
    shut(w);
}

/* ---- Checks --------------------------------------------------------------------------------- */

static const char *const everywhere[] = {"level", "message", "help", "url",
                                         "files", "summary", "when", NULL};

static void write_common(writer *w) {
    for (const char *const *name = everywhere; *name; name++) {
        key(w, *name);
        refer(w, "common/properties/", *name, "", true);
    }
}

static void write_check_options(writer *w, const nl_check *check) {
    open(w, check->name);
    word(w, "title", check->name);
    word(w, "description", check->help ? check->help : check->summary);
    closed_map(w);
    open(w, "properties");
    for (const nl_param *p = check->params; p && p->name; p++)
        write_option(w, p);
    write_common(w);
    shut(w);
    shut(w);
}

/* Behind its name at a field: options, the principal one, true or false, or else a level. */
static void write_field_form(writer *w, const nl_check *check) {
    char name[80];
    const nl_param *principal =
        check->principal ? nl_param_find(check->params, nl_str_c(check->principal)) : NULL;
    snprintf(name, sizeof name, "field-%s", check->name);
    open(w, name);
    word(w, "description", check->summary);
    open_list(w, "anyOf");
    if (principal)
        nl_schema_value(&w->j, principal);
    nl_json_raw(&w->j, "{\"type\": [\"boolean\", \"null\"]}");
    if (!principal)
        refer_to(w, "level");
    refer_to(w, check->name);
    shut_list(w);
    shut(w);
}

static void write_rule_form(writer *w, const nl_check *check) {
    char name[80], options[80];
    snprintf(name, sizeof name, "rule-%s", check->name);
    snprintf(options, sizeof options, "%s/properties/", check->name);
    open(w, name);
    word(w, "description", check->help ? check->help : check->summary);
    closed_map(w);
    open(w, "properties");
    open(w, "check");
    word(w, "const", check->name);
    shut(w);
    if (nl_str_is(NL_S("assert"), check->name)) {
        key(w, "assert");
        refer_to(w, "expression");
    }
    for (const nl_param *p = check->params; p && p->name; p++) {
        key(w, p->name);
        refer(w, options, p->name, "", true);
    }
    write_common(w);
    if (check->kind != NL_CHECK_BODY && !nl_param_find(check->params, NL_S("fields"))) {
        key(w, "fields");
        refer_to(w, "paths");
    }
    key(w, "examples");
    refer_to(w, "examples");
    shut(w);
    shut(w);
}

/* ---- Rules ---------------------------------------------------------------------------------- */

static void write_if_check(writer *w, const nl_check *check) {
    nl_json_begin_object(&w->j);
    open(w, "if");
    raw(w, "required", "[\"check\"]");
    open(w, "properties");
    open(w, "check");
    word(w, "const", check->name);
    shut(w);
    shut(w);
    shut(w);
    open(w, "then");
    refer(w, "rule-", check->name, "", false);
    open_list(w, "required");
    if (check->kind == NL_CHECK_FIELD)
        nl_json_string(&w->j, NL_S("fields"));
    for (const nl_param *p = check->params; p && p->name; p++)
        if (p->wanted)
            nl_json_string(&w->j, nl_str_c(p->name));
    shut_list(w);
    shut(w);
    shut(w);
}

static bool known_before(const writer *w, size_t check, const char *option) {
    for (size_t i = 0; i < check; i++)
        if (nl_param_find(w->checks[i]->params, nl_str_c(option)))
            return true;
    return false;
}

/* Some options of a rule that is inherited or stands in the tree: its check is not known here. */
static void write_change(writer *w) {
    open(w, "change");
    word(w, "description",
         "A change to a rule that is there already. A rule of your own wants `check` or `assert`.");
    closed_map(w);
    open(w, "properties");
    for (size_t i = 0; w->checks[i]; i++)
        for (const nl_param *p = w->checks[i]->params; p && p->name; p++) {
            if (known_before(w, i, p->name))
                continue;
            open(w, p->name);
            open_list(w, "anyOf");
            for (size_t k = i; w->checks[k]; k++) {
                char options[80];
                snprintf(options, sizeof options, "%s/properties/", w->checks[k]->name);
                if (nl_param_find(w->checks[k]->params, nl_str_c(p->name)))
                    refer(w, options, p->name, "", true);
            }
            shut_list(w);
            shut(w);
        }
    write_common(w);
    key(w, "fields");
    refer_to(w, "paths");
    key(w, "examples");
    refer_to(w, "examples");
    shut(w);
    shut(w);
}

static void write_rule(writer *w) {
    open(w, "rule");
    open_list(w, "anyOf");
    refer_to(w, "level");
    nl_json_raw(&w->j, NL_SCHEMA_NO_RULE);
    nl_json_begin_object(&w->j);
    word(w, "type", "object");
    open(w, "properties");
    open(w, "check");
    word(w, "description", "What the rule looks for.");
    open_list(w, "oneOf");
    for (size_t i = 0; w->checks[i]; i++) {
        nl_json_begin_object(&w->j);
        word(w, "const", w->checks[i]->name);
        word(w, "description", w->checks[i]->summary);
        shut(w);
    }
    shut_list(w);
    shut(w);
    shut(w);
    open_list(w, "allOf");
    for (size_t i = 0; w->checks[i]; i++)
        write_if_check(w, w->checks[i]);
    nl_json_raw(&w->j, "{\"if\": {\"required\": [\"assert\"]},"
                       " \"then\": {\"$ref\": \"#/$defs/rule-assert\"}}");
    nl_json_raw(&w->j, "{\"if\": {\"not\": {\"anyOf\": [{\"required\": [\"check\"]},"
                       " {\"required\": [\"assert\"]}]}},"
                       " \"then\": {\"$ref\": \"#/$defs/change\"}}");
    shut_list(w);
    shut(w);
    shut_list(w);
    shut(w);
}

/* The last `help` that the built-in set gives the rule, else what its check says. */
static nl_str help_of(const nl_rule_def *def) {
    nl_str help = nl_str_c(def->check->summary);
    for (size_t i = 0; i < def->layers.count; i++)
        for (size_t k = 0; k < def->layers.items[i]->count; k++)
            if (nl_str_is(def->layers.items[i]->options[k].name, "help"))
                help = def->layers.items[i]->options[k].value->text;
    return nl_str_trim(help);
}

static void write_known_rule(writer *w, const nl_rule_def *def) {
    nl_json_key(&w->j, def->id);
    nl_json_begin_object(&w->j);
    nl_json_key_string(&w->j, "description", help_of(def));
    open_list(w, "anyOf");
    refer_to(w, "level");
    nl_json_raw(&w->j, NL_SCHEMA_NO_RULE);
    refer(w, "rule-", def->check->name, "", true);
    shut_list(w);
    shut(w);
}

/* The rules of the built-in sets by their ids, so that an editor can offer them. */
static void write_builtin_rules(writer *w) {
    nl_rule_options options = {.checks = w->checks};
    for (const nl_builtin_set *set = nl_builtin_sets; set->name; set++) {
        nl_ruleset *r;
        nl_ruleset_load(&r, &set->name, 1, (nl_str){NULL, 0}, NULL, &options);
        for (size_t i = 0; i < r->def_count; i++) {
            const nl_rule_def *def = r->defs[i];
            size_t slash = nl_str_find(def->id, '/');
            if (def->check && nl_str_is(nl_str_sub(def->id, 0, slash), set->name))
                write_known_rule(w, def);
        }
        nl_ruleset_free(r);
    }
}

static void write_rules(writer *w) {
    open(w, "rules");
    raw(w, "type", "[\"object\", \"null\"]");
    open(w, "properties");
    write_builtin_rules(w);
    for (const nl_own_rule *own = nl_own_rules; own->id; own++) {
        key(w, own->id);
        refer_to(w, "own-rule");
    }
    shut(w);
    raw(w, "patternProperties", "{\"^([^/]+/)?[*]$\": {\"$ref\": \"#/$defs/all-rules\"}}");
    raw(w, "additionalProperties", "{\"$ref\": \"#/$defs/rule\"}");
    shut(w);
}

/* ---- The whole ------------------------------------------------------------------------------ */

/* A field's check needs `field()`; the loader says the same (apply.c). */
static bool stands_at_fields(const nl_check *check) {
    return check->field || check->kind == NL_CHECK_FIELD;
}

static void write_field(writer *w) {
    static const nl_schema_known inner[] = {{"fields", "fields"},
                                            {"each", "each"},
                                            {"values", "member"},
                                            {"unknown-fields", "unknown-fields"}};
    open(w, "field");
    word(w, "description", "Checks of one field, and what is below it.");
    closed_map(w);
    open(w, "properties");
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
        key(w, inner[i].name);
        refer_to(w, inner[i].json);
    }
    for (size_t i = 0; w->checks[i]; i++)
        if (stands_at_fields(w->checks[i])) {
            key(w, w->checks[i]->name);
            refer(w, "field-", w->checks[i]->name, "", true);
        }
    shut(w);
    shut(w);
}

static void write_extends(writer *w) {
    open(w, "extends");
    word(w, "description", "Built-in sets, or rule files relative to this one; a later one wins.");
    open_list(w, "anyOf");
    refer_to(w, "set");
    nl_json_raw(&w->j, "{\"type\": \"array\", \"items\": " NL_SCHEMA_REF("set") "}");
    nl_json_raw(&w->j, NL_SCHEMA_NULL);
    shut_list(w);
    shut(w);
}

/* A built-in set, or what is a path: it has a slash or ends as YAML files do. */
static void write_set(writer *w) {
    open(w, "set");
    open_list(w, "anyOf");
    nl_json_begin_object(&w->j);
    open_list(w, "enum");
    for (const nl_builtin_set *set = nl_builtin_sets; set->name; set++)
        nl_json_string(&w->j, nl_str_c(set->name));
    shut_list(w);
    shut(w);
    nl_json_raw(&w->j, "{\"type\": \"string\", \"pattern\": \"/|[.]ya?ml$\"}");
    shut_list(w);
    shut(w);
}

static void write_top(writer *w) {
    raw(w, "required", "[\"newslint\"]");
    open(w, "properties");
    raw(w, "newslint", "{\"description\": \"The version of this language.\", \"const\": 1}");
    raw(w, "name",
        "{\"description\": \"The prefix of this file's rules; without it, the file's"
        " name.\", \"type\": \"string\", \"pattern\": \"^[A-Za-z0-9._-]+$\"}");
    write_extends(w);
    raw(w, "include",
        "{\"description\": \"The articles of this site; without it, all below the"
        " folder.\", \"$ref\": \"#/$defs/globs\"}");
    raw(w, "exclude",
        "{\"description\": \"Files that are no articles of this site.\", \"$ref\":"
        " \"#/$defs/globs\"}");
    raw(w, "fields", NL_SCHEMA_REF("fields"));
    raw(w, "unknown-fields", NL_SCHEMA_REF("unknown-fields"));
    write_rules(w);
    raw(w, "overrides",
        "{\"description\": \"Other levels and options for some articles; the last"
        " that matches wins.\", \"anyOf\": [{\"type\": \"array\", \"items\": " NL_SCHEMA_REF(
            "override") "}," NL_SCHEMA_NULL "]}");
    shut(w);
}

static void write_definitions(writer *w) {
    open(w, "$defs");
    for (const nl_schema_known *d = nl_schema_definitions; d->name; d++)
        raw(w, d->name, d->json);
    write_set(w);
    write_field(w);
    write_rule(w);
    write_change(w);
    for (size_t i = 0; w->checks[i]; i++) {
        write_check_options(w, w->checks[i]);
        if (stands_at_fields(w->checks[i]))
            write_field_form(w, w->checks[i]);
        write_rule_form(w, w->checks[i]);
    }
    shut(w);
}

void nl_schema_write(const nl_check *const *checks, nl_buf *out) {
    writer w = {.j = {.out = out}, .checks = checks};
    nl_json_begin_object(&w.j);
    word(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    word(&w, "title", "newslint rule file");
    word(&w, "description", "The rule language of newslint, version 1.");
    closed_map(&w);
    write_top(&w);
    write_definitions(&w);
    shut(&w);
}
