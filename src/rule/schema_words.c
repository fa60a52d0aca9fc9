/*
 * The words of rule files that no row of a check tells: levels, paths, globs, examples, what all
 * rules have in common. As JSON Schemas, to be read beside the loader (apply.c, param.c), which
 * takes the same.
 */
#include "rule/schema_words.h"
#include <stddef.h>

#define REF(name) NL_SCHEMA_REF(name)
#define NO NL_SCHEMA_NULL
#define NO_RULE NL_SCHEMA_NO_RULE
#define SCALAR "\"type\": [\"string\", \"number\", \"boolean\"]"
#define ONE_OR_LIST(schema) "\"anyOf\": [" schema ", {\"type\": \"array\", \"items\": " schema "}]"
#define LEVEL_ONLY                                                                                 \
    "{\"type\": \"object\", \"additionalProperties\": false,"                                      \
    " \"properties\": {\"level\": " REF("level") "}}"

/* What needs no row. */
const nl_schema_known nl_schema_definitions[] = {
    {"level", "{\"description\": \"How grave it is; off: not looked for.\","
              " \"enum\": [\"error\", \"warning\", \"info\", \"off\"]}"},
    {"boolean", "{\"type\": \"boolean\"}"},
    {"count", "{\"type\": \"integer\", \"minimum\": 0}"},
    {"scalar", "{" SCALAR "}"},
    {"scalars", "{" ONE_OR_LIST(REF("scalar")) "}"},
    {"values",
     "{\"anyOf\": [" REF(
         "scalar") ", {\"type\": \"array\", \"minItems\": 1,"
                   " \"items\": {\"type\": [\"string\", \"number\", \"boolean\", \"null\"]}}]}"},
    {"regex", "{\"description\": \"A regular expression (PCRE2).\", " SCALAR "}"},
    {"regexes", "{" ONE_OR_LIST(REF("regex")) "}"},
    {"expression",
     "{\"description\": \"An expression, such as `updatedAt >= publishedAt`.\"," SCALAR "}"},
    {"time", "{\"description\": \"A time such as 2025-01-31T12:00:00Z, a date, `now` or"
             " `now+1h`.\", \"type\": \"string\","
             " \"pattern\": \"^(now *([+-].*)?|[0-9]{4}-[0-9]{2}-[0-9]{2}.*)$\"}"},
    {"path", "{\"description\": \"A field: `source.name`; `tags[]` each item; `images.*` each"
             " value.\", " SCALAR "}"},
    {"paths", "{" ONE_OR_LIST(REF("path")) "}"},
    {"pairs", "{\"type\": \"object\", \"additionalProperties\": " REF("scalar") "}"},
    {"glob", "{\"description\": \"A path from this file's folder, as .gitignore has them:"
             " `content/**`, `*.md`.\", \"type\": \"string\"}"},
    {"globs",
     "{\"anyOf\": [" REF("glob") ", {\"type\": \"array\", \"items\": " REF("glob") "}," NO "]}"},
    {"example",
     "{\"anyOf\": [" REF(
         "scalar") ", {\"type\": \"object\", \"additionalProperties\": false,"
                   " \"minProperties\": 1, \"maxProperties\": 1, \"properties\": {"
                   "\"article\": {\"description\": \"A whole article.\", \"type\": \"string\"},"
                   " \"bytes\": {\"description\": \"A whole article, each character a byte.\","
                   " \"type\": \"string\"}}}]}"},
    {"example-list",
     "{\"anyOf\": [" REF("example") ", {\"type\": \"array\", \"items\": {" ONE_OR_LIST(
         REF("example")) "}}]}"},
    {"examples", "{\"description\": \"Articles, or their front matter, that the rule passes and"
                 " that it reports; run by `newslint test-rules`.\", \"type\": \"object\","
                 " \"additionalProperties\": false, \"properties\": {\"good\": " REF(
                     "example-list") ", \"bad\": " REF("example-list") "}}"},
    {"common",
     "{\"type\": \"object\", \"properties\": {"
     "\"level\": {\"anyOf\": [" REF(
         "level") "," NO "]},"
                  "\"message\": {\"description\": \"What to say, with `{field}`, `{value}`, "
                  "`{expected}`,"
                  " `{suggestion}`, names of the check's own, and fields.\", \"anyOf\": [" REF(
                      "scalar") "," NO "]},"
                                "\"help\": {\"description\": \"Why, and what to do about it; "
                                "Markdown.\", \"anyOf\": [" REF(
                                    "scalar") "," NO "]},"
                                              "\"url\": {\"description\": \"Where more is said "
                                              "about it.\", \"anyOf\": [" REF(
                                                  "scalar") "," NO "]},"
                                                            "\"files\": {\"description\": \"Only "
                                                            "in articles whose path matches.\", "
                                                            "\"$ref\":"
                                                            " \"#/$defs/globs\"},"
                                                            "\"summary\": {\"description\": \"The "
                                                            "rule in one line.\", \"anyOf\": [" REF(
                                                                "scalar") "," NO "]},"
                                                                          "\"when\": "
                                                                          "{\"description\": "
                                                                          "\"Only in articles of "
                                                                          "which this expression "
                                                                          "is true.\","
                                                                          " \"anyOf\": [" REF(
                                                                              "expression") "," NO
                                                                                            "]}}}"},
    {"fields",
     "{\"description\": \"Fields by name: for each its checks, or nothing.\", \"type\":"
     " [\"object\", \"null\"], \"additionalProperties\": {\"anyOf\": [" REF("field") "," NO "]}}"},
    {"each", "{\"description\": \"Each item of the list.\", \"anyOf\": [" REF("field") "," NO "]}"},
    {"member",
     "{\"description\": \"Each value of the map.\", \"anyOf\": [" REF("field") "," NO "]}"},
    {"unknown-fields",
     "{\"description\": \"Level of a key that `fields` does not name.\", \"$ref\":"
     " \"#/$defs/level\"}"},
    {"own-rule", "{\"description\": \"One of newslint's own rules: its level can be set.\","
                 " \"anyOf\": [" REF("level") "," NO_RULE "," LEVEL_ONLY "]}"},
    {"all-rules",
     "{\"description\": \"A level, `when` or `files` for all rules of a set.\", \"anyOf\": [" REF(
         "level") "," NO_RULE ", {\"type\": \"object\", \"additionalProperties\": false,"
                  " \"properties\": {\"level\": " REF("common/properties/level") ", \"when\": " REF(
                      "common/properties/when") ", \"files\": " REF("common/properties/files") "}}]"
                                                                                               "}"},
    {"override",
     "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"files\", \"rules\"],"
     " \"properties\": {\"files\": " REF(
         "globs") ", \"rules\": {\"$ref\": \"#/properties/rules\"}}}"},
    {NULL, NULL}};
