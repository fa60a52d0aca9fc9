#!/bin/sh
# Runs the tables of tests/fixtures/checks/*.txt: for each case a rule file, an article and the
# report. A file is
#
#     #### rules                the rule file of the cases below, until the next one
#     #### case NAME [crlf|cr]  an article, its lines ended so
#     #### expect               line:col: level: message [rule], nothing for none
#     #### fixed                what --fix makes of it (optional)
#
# With EXPECT=write the expectations are written anew.
set -u
BUILD=${BUILD:-build}
program=$(cd "$BUILD" && pwd)/newslint
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0
result() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

for table in tests/fixtures/checks/*.txt; do
    [ -e "$table" ] || continue
    rm -rf "$tmp/t"
    mkdir "$tmp/t"
    awk -v dir="$tmp/t" '
        /^#### rules/ { rules++; out = dir "/rules." rules ".yaml"; printf "" > out; next }
        /^#### case / { count++; name = sprintf("%s/%04d", dir, count); system("mkdir " name)
            print $3 > (name "/name"); print rules > (name "/rules"); print $4 > (name "/ends")
            out = name "/article"; printf "" > out; next }
        /^#### expect/ { out = name "/expect"; printf "" > out; next }
        /^#### fixed/ { out = name "/fixed"; printf "" > out; next }
        out { print > out }
    ' "$table"
    [ "${EXPECT:-}" = write ] && : >"$tmp/new"
    for case in "$tmp/t"/*/; do
        name=$(cat "$case/name")
        case $(cat "$case/ends") in
        crlf) sed 's/$/\r/' "$case/article" >"$case/a.md" ;;
        cr) tr '\n' '\r' <"$case/article" >"$case/a.md" ;;
        *) cp "$case/article" "$case/a.md" ;;
        esac
        rules="$tmp/t/rules.$(cat "$case/rules").yaml"
        (cd "$case" && "$program" --quiet --now 2026-01-01T00:00:00Z --format text -c "$rules" a.md 2>&1) |
            sed 's/^a\.md://' >"$case/got"
        diff "$case/expect" "$case/got" | sed 's/^/# /'
        cmp -s "$case/expect" "$case/got"
        result $? "$(basename "$table"): $name"
        if [ -f "$case/fixed" ]; then
            (cd "$case" && "$program" --quiet --now 2026-01-01T00:00:00Z --fix -c "$rules" a.md >/dev/null 2>&1)
            case $(cat "$case/ends") in
            crlf) sed 's/$/\r/' "$case/fixed" >"$case/wanted" ;;
            cr) tr '\n' '\r' <"$case/fixed" >"$case/wanted" ;;
            *) cp "$case/fixed" "$case/wanted" ;;
            esac
            diff -a "$case/wanted" "$case/a.md" | sed 's/^/# /'
            cmp -s "$case/wanted" "$case/a.md"
            result $? "$(basename "$table"): $name fixed"
        fi
    done
    if [ "${EXPECT:-}" = write ]; then
        awk -v dir="$tmp/t" '
            /^#### case / { count++; name = sprintf("%s/%04d", dir, count) }
            /^#### expect/ { print; while ((getline line < (name "/got")) > 0) print line; skip = 1; next }
            /^#### / { skip = 0 }
            !skip { print }
        ' "$table" >"$tmp/new" && cp "$tmp/new" "$table"
    fi
done
