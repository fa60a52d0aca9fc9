#!/bin/sh
# Runs the tables of tests/fixtures/rules/*.txt: rule files with mistakes in them, and what newslint
# says of all of them at once, with status 2. A file is
#
#     #### case NAME [FLAG...]  a rule file, called site.yaml
#     #### file NAME            another file beside it (optional, repeated)
#     #### expect               path:line:col: error: message; for none, the rule file is sound
#
# Flags are as in tables.sh. With EXPECT=write the expectations are written anew.
. tests/tap.sh
. tests/table_bytes.sh

for table in tests/fixtures/rules/*.txt; do
    [ -e "$table" ] || continue
    rm -rf "$t/t"
    mkdir "$t/t"
    awk -v dir="$t/t" '
        /^#### / { close(out) }
        /^#### case / { count++; name = sprintf("%s/%04d", dir, count); system("mkdir -p " name "/in")
            print $3 > (name "/name"); print $4, $5, "" > (name "/flags")
            close(name "/name"); close(name "/flags")
            out = name "/rules"; printf "" > out; next }
        /^#### file / { out = name "/in/" $3; printf "" > out; next }
        /^#### expect/ { out = name "/expect"; printf "" > out; next }
        out { print > out }
    ' "$table"
    for case in "$t/t"/*/; do
        name=$(cat "$case/name")
        encode "$case/rules" "$(cat "$case/flags") " "$case/in/site.yaml"
        printf -- '---\ntitle: A\n---\n' >"$case/in/a.md"
        (cd "$case/in" && "$newslint" --quiet -c site.yaml a.md >../out 2>../err)
        status=$?
        cat "$case/out" "$case/err" | sed 's/ \[newslint\/rule-file\]$//' >"$case/got"
        diff -a "$case/expect" "$case/got" | sed 's/^/# /'
        cmp -s "$case/expect" "$case/got"
        result $? "$(basename "$table"): $name"
        if [ -s "$case/expect" ]; then test "$status" -eq 2; else test "$status" -eq 0; fi
        result $? "$(basename "$table"): $name: status $status"
    done
    if [ "${EXPECT:-}" = write ]; then
        awk -v dir="$t/t" '
            /^#### case / { count++; name = sprintf("%s/%04d", dir, count) }
            /^#### expect/ { print; while ((getline line < (name "/got")) > 0) print line; skip = 1; next }
            /^#### / { skip = 0 }
            !skip { print }
        ' "$table" >"$t/new" && cp "$t/new" "$table"
    fi
done
