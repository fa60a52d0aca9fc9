#!/bin/sh
# Installs what is missing and runs all tests: gcc and clang with warnings as errors, the address,
# undefined-behaviour and thread sanitizers, the fixtures, the fuzz targets for a few seconds each,
# and the checks of format and layers. The last line is "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 2
sh tools/deps.sh test || exit 2
jobs=$(nproc)
passed=0 failed=0
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT

# Runs a command that closes with "N passed, N failed"; one that does not counts as one failure.
part() {
    name=$1
    shift
    echo "== $name"
    "$@" >"$log" 2>&1
    status=$?
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    if [ -z "$last" ] || { [ "$status" -ne 0 ] && [ "${last##*, }" = "0 failed" ]; }; then
        tail -n 60 "$log"
        failed=$((failed + 1))
        return
    fi
    grep -E -v '^(pass|cc|gcc|clang|ar|sh|make) ' "$log" | grep -E '^(FAIL|not ok|    )' | head -n 200
    echo "$last"
    passed=$((passed + ${last%% passed*}))
    bad=${last##*, }
    failed=$((failed + ${bad%% failed*}))
}

# A command that is one test by itself.
one() {
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        echo "pass $name"
        passed=$((passed + 1))
    else
        echo "FAIL $name"
        tail -n 40 "$log"
        failed=$((failed + 1))
    fi
}

part "gcc" make -j"$jobs" CC=gcc WERROR=1 test
part "clang" make -j"$jobs" CC=clang WERROR=1 B=build/clang test
part "address and undefined-behaviour sanitizers" make -j"$jobs" CC=gcc SAN=address,undefined test
part "thread sanitizer" make -j"$jobs" CC=gcc SAN=thread test-threads
part "fuzzing" make -j"$jobs" CC=clang fuzz SECONDS=5
one "clang-format changes nothing" make format-check
one "valgrind finds nothing" make CC=gcc valgrind
one "an article costs no more instructions" make CC=gcc bench-instructions
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
