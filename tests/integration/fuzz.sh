#!/bin/sh
# Each fuzz target once on the inputs that it begins with and on those that it once broke on.
. tests/tap.sh
for target in "$BUILD"/replay/fuzz_*; do
    case $target in *.gcno | *.gcda) continue ;; esac
    name=$(basename "$target")
    set --
    for folder in "tests/fuzz/seeds/$name" "$BUILD/seeds/$name"; do
        [ -d "$folder" ] && set -- "$@" "$folder"
    done
    count=$("$target" "$@" 2>"$t/log")
    result $? "$name: $count inputs" || show "$t/log"
done
