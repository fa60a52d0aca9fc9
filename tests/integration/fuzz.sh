#!/bin/sh
# Each fuzz target once on the inputs that it begins with and on those that it once broke on.
set -u
BUILD=${BUILD:-build}
log=$(mktemp) || exit 2
trap 'rm -f "$log"' EXIT
n=0
for target in "$BUILD"/replay/fuzz_*; do
    case $target in *.gcno | *.gcda) continue ;; esac
    name=$(basename "$target")
    n=$((n + 1))
    set --
    for folder in "tests/fuzz/seeds/$name" "$BUILD/seeds/$name"; do
        [ -d "$folder" ] && set -- "$@" "$folder"
    done
    if count=$("$target" "$@" 2>"$log"); then
        echo "ok $n - $name: $count inputs"
    else
        tail -n 20 "$log" | sed 's/^/# /'
        echo "not ok $n - $name"
    fi
done
