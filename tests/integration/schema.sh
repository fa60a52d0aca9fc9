#!/bin/sh
# The JSON Schema of rule files: what the program takes is valid by it, what the program refuses is not.
# Each case is a rule file below that both must judge alike.
. tests/tap.sh

"$newslint" rules --schema >"$t/schema.json"
result $? "rules --schema"
python=
for p in python3 /usr/bin/python3; do
    "$p" -c 'import jsonschema, yaml' 2>/dev/null && python=$p && break
done
[ -n "$python" ] || skip_all "python3-jsonschema and python3-yaml are not installed"
"$python" tests/integration/schema.py "$t/schema.json" rules/*.yaml >"$t/out"
! grep -v ': ok$' "$t/out"
result $? "the built-in sets are valid"

# Files of cases: `### good NAME` or `### bad NAME`, then the lines behind `newslint: 1`.
cases() {
    cat <<'END'
### good empty
### good a shape
name: my-site.1
extends: [news, ./rules/house.yaml]
include: ["content/**/*.md"]
exclude: "drafts/**"
fields:
  title: {required: true, type: string, length: {max: 110, level: warning}}
  publishedAt: &time {required: true, timestamp: {zone: required, after: 2000-01-01, before: now+1h}}
  updatedAt: *time
  expires: {timestamp: {form: either, fraction: 3}}
  sentiment: {enum: [POSITIVE, NEUTRAL, null]}
  score: {type: number, range: {min: 0.5, max: 10}}
  source:
    required: {allow-empty: true}
    fields:
      name: {required: true, type: string}
      kind: {enum: RSS}
    unknown-fields: off
  tags: {type: list|string, items: {min: 1, unique: true}, each: {type: string, pattern: '^[A-Z]'}}
  images: {type: map, values: {url: {schemes: [https], hosts: "*.example.com"}}}
  anything:
  slug: {pattern: {forbid: '[A-Z]', replace: '-', ignore-case: false}, unique: true}
unknown-fields: warning
rules:
  encoding/not-nfc: off
  headings/*: warning
  "*": {when: draft != true}
  news/required: {when: not draft, level: null}
  news/length: null
  newslint/regex-limit: info
  newslint/unused-suppression: {level: off}
  times:
    assert: updatedAt >= publishedAt
    level: error
    message: "updated {updatedAt}"
    help: Times run forward.
    url: https://example.com/style
    files: ["content/blog/**"]
    when: draft != true
    examples:
      good: ["publishedAt: 2025-11-14T02:13:55Z"]
      bad: ["a: 1", {article: "---\na: 1\n---\n"}, {bytes: "\xE9"}, ["a: 1", "a: 1"]]
  words:
    check: text
    in: [title, body]
    forbid: ['\bshocking\b']
    replace: {utilise: use}
    occurrences: {pattern: foo, max: 3}
    consistent: [[e-mail, email]]
  ids: {check: unique, fields: [externalId, lang]}
  order: {check: key-order, order: [title, date], rest: anywhere}
  kinds: {check: characters, kinds: byte-order-mark | not-nfc}
  depth: {check: heading-depth, max: 3}
  lines: {check: heading-blank-lines, above: [1, 1, -1], below: 0}
overrides:
  - files: "content/docs/**"
    rules: {news/required: off, headings/first: {level: info}}
### good a change of a rule of the tree
fields: {title: {required: true, length: {max: 10}}}
rules:
  required: {help: The page has no title without it.}
  length: warning
### bad an unknown key
feilds: {}
### bad an unknown check of a field
fields: {title: {requierd: true}}
### bad an unknown check of a field below
fields: {source: {fields: {name: {requierd: true}}}}
### bad an unknown check of each item
fields: {tags: {each: {typ: string}}}
### bad an unknown check of each value
fields: {images: {values: {fields: {a: {typ: string}}}}}
### bad an unknown option
fields: {title: {length: {maximum: 10}}}
### bad an option of another type
fields: {title: {length: {max: ten}}}
### bad a negative count
fields: {title: {length: {max: -1}}}
### bad an unknown choice
fields: {date: {timestamp: {zone: maybe}}}
### bad an unknown type
fields: {title: {type: text}}
### bad an unknown type among several
fields: {title: {type: string|text}}
### bad no values
fields: {lang: {enum: []}}
### bad a time that is none
fields: {date: {timestamp: {after: yesterday}}}
### bad examples in the tree
fields: {title: {required: {examples: {bad: ["a: 1"]}}}}
### bad a check's name in the tree
fields: {title: {required: {check: enum}}}
### bad a list as a field
fields: {title: [required]}
### bad a list as the fields
fields: [title]
### bad an unknown level of unknown fields
unknown-fields: warn
### bad a name with a slash
name: my/site
### bad an unknown set
extends: [nwes]
### bad an unknown check of a rule
rules: {a: {check: requierd, fields: title}}
### bad a rule without what its check wants
rules: {a: {check: enum, fields: [lang]}}
### bad a rule without fields
rules: {a: {check: required}}
### bad an option that the check has not
rules: {a: {check: required, fields: title, values: [A]}}
### bad an unknown level
extends: news
rules: {news/required: warn}
### bad an option that the rule has not
extends: news
rules: {news/required: {max: 3}}
### bad more than a level for one of newslint's own
rules: {newslint/unreadable: {help: Text}}
### bad an option for a whole set
extends: news
rules: {news/*: {message: Text}}
### bad examples that are neither good nor bad
rules: {a: {assert: x == 1, examples: {fine: ["x: 1"]}}}
### bad an override without files
extends: news
overrides: [{rules: {news/required: off}}]
### bad an override with more
extends: news
overrides: [{files: a, rules: {news/required: off}, level: off}]
### bad a glob that is a map
exclude: {a: b}
### bad a heading's level out of bounds
rules: {a: {check: heading-first, is: 7}}
### bad fields of a check of the body
rules: {a: {check: heading-empty, fields: title}}
### bad spellings that are no list
rules: {a: {check: text, consistent: email}}
### bad occurrences without bounds
rules: {a: {check: text, occurrences: {pattern: a}}}
END
}
cases | awk -v dir="$t" '/^### / { i++; file = sprintf("%s/%02d-%s.yaml", dir, i, $2)
    name = $0; sub(/^### [a-z]+ /, "", name); print name > (file ".name"); print "newslint: 1" > file; next }
    { print > file }'
mkdir "$t/rules"
printf 'newslint: 1\n' >"$t/rules/house.yaml"
: >"$t/a.md"
"$python" "$root/tests/integration/schema.py" "$t/schema.json" "$t"/[0-9]*.yaml >"$t/out"
for file in "$t"/[0-9]*.yaml; do
    name=$(cat "$file.name")
    "$newslint" rules -c "$file" >"$t/said" 2>&1
    refused=$?
    grep -qF "$file: ok" "$t/out"
    schema=$?
    case $file in
    *-good.yaml) [ "$refused" -eq 0 ] && [ "$schema" -eq 0 ] ;;
    *) [ "$refused" -eq 2 ] && [ "$schema" -ne 0 ] ;;
    esac
    status=$?
    result $status "$name"
    [ "$status" -eq 0 ] || { cat "$t/said"; grep -F "$file" "$t/out"; } | sed 's/^/# /'
done
