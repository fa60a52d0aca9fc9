#!/bin/sh
# The set `markdownlint` finds what the npm package markdownlint 0.40 finds, rule for rule and line for
# line: over the cases of markdownlint.mjs, the CommonMark specification's examples, our fixtures and
# random documents (RANDOM_DOCUMENTS of them). Needs node and npm; the packages are installed into the
# build folder once. ARTICLES may name more articles.
set -u
BUILD=${BUILD:-build}
here=tests/integration
modules=$BUILD/markdownlint
version=0.40.0
skip() {
    echo "ok 1 - skipped: $1 # SKIP"
    exit 0
}

command -v node >/dev/null || skip "node is not installed"
if [ ! -e "$modules/node_modules/markdownlint/package.json" ]; then
    command -v npm >/dev/null || skip "npm is not installed"
    mkdir -p "$modules"
    echo '{"private": true}' >"$modules/package.json"
    npm install --silent --no-audit --no-fund --prefix "$modules" "markdownlint@$version" \
        commonmark-spec >/dev/null 2>&1 || skip "the package markdownlint could not be installed"
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
# shellcheck disable=SC2086 # several paths
RANDOM_DOCUMENTS=${RANDOM_DOCUMENTS:-300} node "$here/markdownlint.mjs" "$modules" "$BUILD/newslint" "$tmp" \
    examples tests/fixtures ${ARTICLES:-}
