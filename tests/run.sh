#!/bin/sh
# Runs the tests given, or all of them, of the build in $BUILD (default: build), $JOBS at a time (default: as many as there
# are processors), but not the scripts that $SKIP names, and closes with "N passed, N failed". Unit tests are cmocka programs, the rest are scripts in
# tests/integration/; all of them speak TAP. A program that ends badly without saying "not ok", and one that says
# nothing, counts as one failure. Behind each stands the processor time that it took.
set -u
BUILD=${BUILD:-build}
export BUILD
export CMOCKA_MESSAGE_OUTPUT=TAP
export LC_ALL=C.UTF-8

# One test: its numbers into the folder $1, what is to be said of it printed in one piece.
one() {
    log=$1/$(basename "$2")
    case $2 in
    *.sh) sh "$2" >"$log" 2>&1 ;;
    *) "$2" >"$log" 2>&1 ;;
    esac
    status=$?
    times >"$log.times" # the second line: user and system time of the children
    spent=$(sed -n '2s/s//gp' "$log.times" | awk '{ split($1, user, "m"); split($2, kernel, "m")
        printf "%.1f s", 60 * (user[1] + kernel[1]) + user[2] + kernel[2] }')
    ok=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $2 ended with status $status" >>"$log"
    fi
    if [ "$ok" -eq 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $2 ran no test" >>"$log"
    fi
    echo "$ok $bad" >"$log.count"
    if [ "$bad" -gt 0 ]; then
        echo "FAIL $2 ($ok passed, $bad failed), $spent"
        grep -a -v '^ok ' "$log" | sed 's/^/    /'
    else
        echo "pass $2 ($ok), $spent"
    fi >"$log.said"
    cat "$log.said"
}

if [ "${1:-}" = --one ]; then
    one "$2" "$3"
    exit 0
fi
counts=$(mktemp -d) || exit 2
trap 'rm -rf "$counts"' EXIT
if [ $# -eq 0 ]; then
    # the longest first, so that none of them is waited for alone
    for t in tests/integration/hostile.sh tests/integration/markdownlint.sh tests/integration/*.sh "$BUILD"/unit/*; do
        case " $* " in *" $t "*) continue ;; esac
        case $t in *.d) continue ;; esac
        case " ${SKIP:-} " in *" $(basename "$t" .sh) "*) continue ;; esac
        [ -x "$t" ] || [ "${t%.sh}" != "$t" ] && set -- "$@" "$t"
    done
fi
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh "$0" --one "$counts"
cat "$counts"/*.count | awk -v wanted=$# '
    { passed += $1; failed += $2 }
    END { failed += wanted - NR; print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 }'
