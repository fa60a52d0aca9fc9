#!/bin/sh
# Instructions for an article and for starting, counted by valgrind: unlike seconds they are the
# same on each run. Without `print`, fails when either is over 3 % more than docs/performance.md
# says (the line `instructions: ARTICLE an article, START to start`).
set -eu
BUILD=${BUILD:-build} RULES=${RULES:-news}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

count() {
    valgrind --tool=none true 2> /dev/null || { echo 'instructions.sh: no valgrind' >&2; exit 2; }
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BUILD/newslint" -q -j 1 \
        --rules "$RULES" "$1" 2>&1 > /dev/null | sed -n 's/.*refs: *//p' | tr -d ,
}

mkdir "$folder/none"
echo > "$folder/none/empty.md"
"$BUILD/bench/corpus" "$folder/all" 300
start=$(count "$folder/none")
all=$(count "$folder/all")
article=$(((all - start) / 300))
echo "instructions: $article an article, $start to start"
[ "${1:-}" = print ] && exit 0
said=$(sed -n 's/^instructions: \([0-9]*\) an article, \([0-9]*\) to start.*/\1 \2/p' docs/performance.md)
[ "$article" -le $((${said% *} * 103 / 100)) ] && [ "$start" -le $((${said#* } * 103 / 100)) ] && exit 0
echo "docs/performance.md says ${said% *} and ${said#* }: it has grown by more than 3 %" >&2
exit 1
