#!/bin/sh
# Installs what is missing and runs all tests: gcc and clang with warnings as errors, the address,
# undefined-behaviour and thread sanitizers, the fuzz targets for a few seconds each, and valgrind.
# The last line is "N passed, N failed".
#
# What is compiled differently is tested anew; what judges texts, packages or what other programs
# make of our output is not: that output is the same, and the scripts that compare it byte by byte
# run in every build.
set -u
cd "$(dirname "$0")/.." || exit 2
sh tools/deps.sh test || exit 2
jobs=$(nproc)
passed=0 failed=0
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
started=$(date +%s)

# Runs a command that closes with "N passed, N failed"; one that does not counts as one failure.
part() {
    name=$1
    shift
    echo "== $name, after $(($(date +%s) - started)) s"
    "$@" >"$log" 2>&1
    status=$?
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    if [ -z "$last" ] || { [ "$status" -ne 0 ] && [ "${last##*, }" = "0 failed" ]; }; then
        tail -n 60 "$log"
        failed=$((failed + 1))
        return
    fi
    grep -E '^(FAIL|not ok|    )' "$log" | head -n 200
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

# The build's own test, but for the scripts that look at nothing that was compiled here.
once="ci docs editors format_authorities hardened install layers markdownlint packages"
compiled() {
    make -j"$jobs" "$@" WERROR=1 SKIP="$once" test
}

part "gcc" make -j"$jobs" CC=gcc WERROR=1 test
part "clang" compiled CC=clang B=build/clang
part "address and undefined-behaviour sanitizers" compiled CC=gcc SAN=address,undefined CFLAGS="-O1 -g"
part "thread sanitizer" make -j"$jobs" CC=gcc SAN=thread CFLAGS="-O1 -g" test-threads
# The same inputs each time: a failure here is the change's. `make fuzz` by hand looks for new ones.
part "fuzzing" env SEED=1 make -j"$jobs" CC=clang fuzz SECONDS=3
part "valgrind" make CC=gcc valgrind
one "clang-format changes nothing" make format-check
one "cppcheck finds nothing" make CC=gcc cppcheck
one "an article costs no more instructions" make CC=gcc bench-instructions
echo "== $(($(date +%s) - started)) s in all"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
