#!/bin/sh
# Runs fuzz targets for $SECONDS_EACH seconds each, as many at a time as there are processors, from
# tests/fuzz/seeds/NAME, the seeds that were made of the fixtures, and what earlier runs kept; closes
# with "N passed, N failed". With SEED libFuzzer tries the same inputs each time.
# usage: fuzz.sh libfuzzer|afl TARGET...
set -u
engine=$1
shift
seconds=${SECONDS_EACH:-60}
most=16384 # bytes of an input
export ASAN_OPTIONS=malloc_context_size=4
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

# The folders that hold the seeds of $name, which lies beside the program.
seeds() {
    for folder in "tests/fuzz/seeds/$name" "$build/seeds/$name"; do
        [ -d "$folder" ] && echo "$folder"
    done
}

libfuzzer() {
    # shellcheck disable=SC2046 # words on purpose
    "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=$most -print_final_stats=1 ${SEED:+"-seed=$SEED"} \
        -artifact_prefix="$build/$name-" $([ -f "$dict" ] && echo "-dict=$dict") "$build/corpus/$name" $(seeds)
    status=$?
    echo "runs: $(sed -n 's/.*number_of_executed_units: *//p' "$log" | tail -n 1)"
    return $status
}

# AFL++ wants one folder of seeds, and says by files what it found.
afl() {
    in=$tmp/$name.in
    mkdir -p "$in"
    seeds | while read -r folder; do find "$folder" -type f -size -${most}c -exec cp {} "$in" \;; done
    rm -rf "$build/corpus/$name/default"
    AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_CRASH_EXITCODE=1 \
        ASAN_OPTIONS=abort_on_error=1:symbolize=0:detect_leaks=0 UBSAN_OPTIONS=abort_on_error=1 \
        afl-fuzz -V "$seconds" -t 5000+ -m none -G $most $([ -f "$dict" ] && echo "-x $dict") \
        -i "$in" -o "$build/corpus/$name" -- "$target" || return 1
    echo "runs: $(sed -n 's/^execs_done *: *//p' "$build/corpus/$name/default/fuzzer_stats")"
    find "$build/corpus/$name/default/crashes" "$build/corpus/$name/default/hangs" -name 'id*' | grep . && return 1
    return 0
}

fuzz() {
    target=$1 name=$(basename "$1") build=$(dirname "$1")
    log=$build/$name.log dict=tests/fuzz/$name.dict
    mkdir -p "$build/corpus/$name"
    if "$engine" >"$log" 2>&1; then
        echo "pass $name, $(tail -n 1 "$log")"
    else
        echo "FAIL $name"
        tail -n 40 "$log" | sed 's/^/    /'
    fi >"$tmp/$name.said"
}

processors=$(nproc)
running=0
for target in "$@"; do
    fuzz "$target" &
    running=$((running + 1))
    [ $((running % processors)) -eq 0 ] && wait
done
wait
cat "$tmp"/*.said
passed=$(cat "$tmp"/*.said | grep -c '^pass ')
echo "$passed passed, $(($# - passed)) failed"
[ "$passed" -eq $# ]
