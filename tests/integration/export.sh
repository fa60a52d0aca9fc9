#!/bin/sh
# `newslint export` agrees with PyYAML on every value of the front matter and with cmark on every heading
# and its line, on our examples and fixtures and the articles of the tables. Skipped without them.
set -u
BUILD=${BUILD:-build}
program=$(cd "$BUILD" && pwd)/newslint
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
if ! python3 -c 'import yaml' 2>/dev/null || ! command -v cmark >/dev/null; then
    echo "ok 1 - export # SKIP python3-yaml and cmark are not here"
    exit 0
fi
. tests/table_bytes.sh
mkdir "$tmp/tables"
for table in tests/fixtures/checks/*.txt; do
    base=$tmp/tables/$(basename "$table" .txt)
    awk -v base="$base" '
        /^#### / { close(out) }
        /^#### case / { out = sprintf("%s.%03d.md", base, ++count); printf "" > out
            print $4, $5, "" > (out ".flags"); close(out ".flags"); next }
        /^#### / { out = ""; next }
        out { print > out }' "$table"
done
for article in "$tmp"/tables/*.md; do
    mv "$article" "$tmp/text"
    encode "$tmp/text" "$(cat "$article.flags") " "$article"
done
n=0
for tree in examples/content tests/fixtures/sites "$tmp/tables"; do
    n=$((n + 1))
    "$program" export "$tree" >"$tmp/lines" 2>/dev/null
    if python3 tests/integration/export_judges.py <"$tmp/lines"; then
        echo "ok $n - export agrees with its judges: $(basename "$tree")"
    else
        echo "not ok $n - export agrees with its judges: $(basename "$tree")"
    fi
done
