#!/bin/sh
# Laws about headings (headings.py). ARTICLES may name folders of more articles.
. tests/tap.sh
python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("cmark"))' || skip_all "python3 or libcmark is not here"
[ "$BUILD" = build ] && documents=1000 || documents=150
# shellcheck disable=SC2046,SC2086 # lists of paths
RANDOM_DOCUMENTS=${RANDOM_DOCUMENTS:-$documents} python3 tests/integration/headings.py "$newslint" "$t" \
    build/markdownlint/node_modules/commonmark-spec/spec.txt \
    $([ -z "${ARTICLES:-}" ] || find $ARTICLES -name '*.md')
