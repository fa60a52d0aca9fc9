#!/bin/sh
# The set `markdownlint` finds what the npm package markdownlint 0.40 finds, rule for rule and line for
# line: over the cases of markdownlint.mjs, the CommonMark specification's examples, our fixtures and
# random documents (RANDOM_DOCUMENTS of them). Needs node and npm; the packages are installed into
# build/markdownlint once. ARTICLES may name more articles.
. tests/tap.sh
here=tests/integration
modules=build/markdownlint
version=0.40.0

command -v node >/dev/null || skip_all "node is not installed"
if [ ! -e "$modules/node_modules/markdownlint/package.json" ]; then
    command -v npm >/dev/null || skip_all "npm is not installed"
    mkdir -p "$modules"
    # What markdownlint draws tables with wants node 20; its version 7 runs on Debian 12's node 18.
    echo '{"private": true, "overrides": {"string-width": "^7.2.0"}}' >"$modules/package.json"
    npm install --silent --no-audit --no-fund --prefix "$modules" "markdownlint@$version" \
        commonmark-spec >/dev/null 2>&1 || skip_all "the package markdownlint could not be installed"
fi
[ "$BUILD" = build ] && documents=300 || documents=50 # the sanitizers take their time
# shellcheck disable=SC2086 # several paths
RANDOM_DOCUMENTS=${RANDOM_DOCUMENTS:-$documents} node "$here/markdownlint.mjs" "$modules" "$BUILD/newslint" "$t" \
    examples tests/fixtures ${ARTICLES:-}
