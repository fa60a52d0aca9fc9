#!/bin/sh
# Laws about headings (headings.py). ARTICLES may name folders of more articles.
set -u
BUILD=${BUILD:-build}
program=$(cd "$BUILD" && pwd)/newslint
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
if ! command -v python3 >/dev/null || ! python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("cmark"))'; then
    echo "ok 1 - headings # SKIP python3 or libcmark is not here"
    exit 0
fi
[ "$BUILD" = build ] && documents=1000 || documents=150
# shellcheck disable=SC2046,SC2086 # lists of paths
RANDOM_DOCUMENTS=${RANDOM_DOCUMENTS:-$documents} python3 tests/integration/headings.py "$program" "$tmp" \
    build/markdownlint/node_modules/commonmark-spec/spec.txt \
    $([ -z "${ARTICLES:-}" ] || find $ARTICLES -name '*.md')
