#!/bin/sh
# Runs the scripts given, or all tests, of the build in $BUILD (default: build) and closes with "N passed, N failed".
# Unit tests are cmocka programs, the rest are scripts in tests/integration/; all of them speak TAP.
# A program that ends badly without saying "not ok" counts as one failure.
set -u
BUILD=${BUILD:-build}
export BUILD
export CMOCKA_MESSAGE_OUTPUT=TAP
export LC_ALL=C.UTF-8
passed=0 failed=0
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

run() {
    "$@" >"$log" 2>&1
    status=$?
    ok=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $* ended with status $status" >>"$log"
    fi
    if [ "$ok" -eq 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $* ran no test" >>"$log"
    fi
    if [ "$bad" -gt 0 ]; then
        echo "FAIL $* ($ok passed, $bad failed)"
        grep -a -v '^ok ' "$log" | sed 's/^/    /'
    else
        echo "pass $* ($ok)"
    fi
    passed=$((passed + ok))
    failed=$((failed + bad))
}

if [ $# -eq 0 ]; then
    for t in "$BUILD"/unit/*; do
        case $t in *.d) continue ;; esac
        [ -x "$t" ] && run "$t"
    done
    set -- tests/integration/*.sh
fi
for t in "$@"; do
    [ -f "$t" ] && run sh "$t"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
