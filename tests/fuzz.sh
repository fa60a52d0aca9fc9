#!/bin/sh
# Runs the fuzz targets given as arguments for $SECONDS_EACH seconds each, from the seeds in
# tests/fuzz/seeds/NAME and the fixtures; closes with "N passed, N failed".
set -u
passed=0 failed=0
for target in "$@"; do
    name=$(basename "$target")
    corpus=build/fuzz/corpus/$name
    mkdir -p "$corpus"
    seeds=
    for folder in tests/fuzz/seeds/"$name" tests/fixtures/articles; do
        [ -d "$folder" ] && seeds="$seeds $folder"
    done
    dict=
    [ -f "tests/fuzz/$name.dict" ] && dict="-dict=tests/fuzz/$name.dict"
    # shellcheck disable=SC2086 # words on purpose
    if "$target" -max_total_time="${SECONDS_EACH:-60}" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
        -print_final_stats=1 -artifact_prefix="build/fuzz/$name-" $dict "$corpus" $seeds >"build/fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "pass $name $(grep -a 'number_of_executed_units' "build/fuzz/$name.log" | tr -s ' ')"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -n 40 "build/fuzz/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
