#!/bin/sh
# Runs the tables of tests/fixtures/checks/*.txt: for each case a rule file, an article and the
# report. A file is
#
#     #### rules                the rule file of the cases below, until the next one
#     #### case NAME [FLAG...]  an article
#     #### expect               line:col: level: message [rule], nothing for none
#     #### fixed                what --fix makes of it (optional)
#     #### unsafe               what --fix --unsafe-fixes makes of it (optional)
#
# Flags say which bytes the article and what becomes of it are: `bytes` makes a byte of each \xNN,
# `crlf` and `cr` are how its lines end, `unended` takes the last line's end away.
#
# With EXPECT=write the expectations are written anew (`fixed` and `unsafe` not with `bytes`).
. tests/tap.sh

. tests/table_bytes.sh

lint() { # options
    (cd "$case" && "$newslint" --quiet --now 2026-01-01T00:00:00Z --format text -c "$rules" "$@" a.md 2>&1)
}

# Is $1 what the options make of the article?
check_fixed() {
    wanted=$1
    shift
    [ -f "$case/$wanted" ] || return
    encode "$case/article" "$flags" "$case/a.md"
    lint "$@" >"$case/said"
    encode "$case/$wanted" "$flags" "$case/wanted"
    diff -a "$case/wanted" "$case/a.md" | sed 's/^/# /'
    cmp -s "$case/wanted" "$case/a.md"
    result $? "$(basename "$table"): $name: $wanted"
    cp "$case/a.md" "$case/once"
    lint "$@" >"$case/again"
    cmp -s "$case/once" "$case/a.md" && cmp -s "$case/said" "$case/again"
    result $? "$(basename "$table"): $name: $wanted twice is once"
    case $flags in *bytes*) cp "$case/$wanted" "$case/$wanted.got" ;;
    *"cr "*) tr '\r' '\n' <"$case/once" >"$case/$wanted.got" ;;
    *crlf*) sed 's/\r$//' "$case/once" >"$case/$wanted.got" ;;
    *unended*) { cat "$case/once"; echo; } >"$case/$wanted.got" ;;
    *) cp "$case/once" "$case/$wanted.got" ;;
    esac
}

for table in tests/fixtures/checks/*.txt; do
    [ -e "$table" ] || continue
    rm -rf "$t/t"
    mkdir "$t/t"
    awk -v dir="$t/t" '
        /^#### (rules|case|expect|fixed|unsafe)( |$)/ { if (out) close(out) }
        /^#### rules/ { rules++; out = dir "/rules." rules ".yaml"; printf "" > out; next }
        /^#### case / { count++; name = sprintf("%s/%04d", dir, count); system("mkdir " name)
            print $3 > (name "/name"); print rules > (name "/rules")
            print $4, $5, $6, "" > (name "/flags")
            close(name "/name"); close(name "/rules"); close(name "/flags")
            out = name "/article"; printf "" > out; next }
        /^#### expect/ { out = name "/expect"; printf "" > out; next }
        /^#### fixed/ { out = name "/fixed"; printf "" > out; next }
        /^#### unsafe/ { out = name "/unsafe"; printf "" > out; next }
        out { print > out }
    ' "$table"
    for case in "$t/t"/*/; do
        name=$(cat "$case/name")
        flags=$(cat "$case/flags")
        rules="$t/t/rules.$(cat "$case/rules").yaml"
        encode "$case/article" "$flags " "$case/a.md"
        lint | sed 's/^a\.md://' >"$case/expect.got"
        diff "$case/expect" "$case/expect.got" | sed 's/^/# /'
        cmp -s "$case/expect" "$case/expect.got"
        result $? "$(basename "$table"): $name"
        check_fixed fixed --fix
        check_fixed unsafe --fix --unsafe-fixes
    done
    if [ "${EXPECT:-}" = write ]; then
        awk -v dir="$t/t" '
            /^#### case / { count++; name = sprintf("%s/%04d", dir, count) }
            /^#### (expect|fixed|unsafe)/ {
                print
                while ((getline line < (name "/" $2 ".got")) > 0) print line
                skip = 1
                next
            }
            /^#### / { skip = 0 }
            !skip { print }
        ' "$table" >"$t/new" && cp "$t/new" "$table"
    fi
done
