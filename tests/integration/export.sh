#!/bin/sh
# `newslint export` agrees with PyYAML on every value of the front matter and with cmark on every heading
# and its line, on our examples and fixtures and the articles of the tables. Skipped without them.
. tests/tap.sh
python3 -c 'import yaml' 2>/dev/null && command -v cmark >/dev/null || skip_all "python3-yaml and cmark are not here"
. tests/table_bytes.sh
mkdir "$t/tables"
for table in tests/fixtures/checks/*.txt; do
    base=$t/tables/$(basename "$table" .txt)
    awk -v base="$base" '
        /^#### / { close(out) }
        /^#### case / { out = sprintf("%s.%03d.md", base, ++count); printf "" > out
            print $4, $5, "" > (out ".flags"); close(out ".flags"); next }
        /^#### / { out = ""; next }
        out { print > out }' "$table"
done
for article in "$t"/tables/*.md; do
    mv "$article" "$t/text"
    encode "$t/text" "$(cat "$article.flags") " "$article"
done
for tree in examples/content tests/fixtures/sites "$t/tables"; do
    "$newslint" export "$tree" >"$t/lines" 2>/dev/null
    python3 tests/integration/export_judges.py <"$t/lines"
    result $? "export agrees with its judges: $(basename "$tree")"
done
