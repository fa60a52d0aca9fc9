#!/bin/sh
# Instructions for an article and for starting, counted by valgrind: unlike seconds they are the same
# on each run with the same compiler, C library and vector instructions. Without `print`, fails when
# either is over 3 % more than docs/performance.md says (the line `instructions: ARTICLE an article,
# START to start, with COMPILER and LIBRARY`), and says nothing of what other ones make.
set -eu
BUILD=${BUILD:-build} RULES=${RULES:-news} CC=${CC:-cc}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

count() {
    valgrind --tool=none true 2> /dev/null || { echo 'instructions.sh: no valgrind' >&2; exit 2; }
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BUILD/newslint" -q -j 1 \
        --rules "$RULES" "$@" 2>&1 > /dev/null | sed -n 's/.*refs: *//p' | tr -d ,
}

per_article() { # all, start
    echo $((($1 - $2) / 300))
}

mkdir "$folder/none"
echo > "$folder/none/empty.md"
"$BUILD/bench/corpus" "$folder/all" 300
start=$(count "$folder/none")
article=$(per_article "$(count "$folder/all")" "$start")
with="$($CC --version | head -n 1), $(getconf GNU_LIBC_VERSION)$(grep -q -w avx2 /proc/cpuinfo || echo ', no AVX2')"
echo "instructions: $article an article, $start to start, with $with"
if [ "${1:-}" = print ]; then
    echo "with libyaml and cmark: $(per_article "$(count --parsers reference "$folder/all")" "$start") an article"
    floor=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BUILD/bench/floor" 1 "$folder/all" 2>&1 |
        sed -n 's/.*refs: *//p' | tr -d ,)
    echo "floor: $(per_article "$floor" 0) an article"
    exit 0
fi
line=$(sed -n 's/^instructions: //p' docs/performance.md)
if [ "${line#*, with }" != "$with" ]; then
    echo "docs/performance.md counts with ${line#*, with }: not compared"
    exit 0
fi
said_article=${line%% an article*} said_start=${line#*article, }
said_start=${said_start%% to start*}
[ "$article" -le $((said_article * 103 / 100)) ] && [ "$start" -le $((said_start * 103 / 100)) ] && exit 0
echo "docs/performance.md says $said_article and $said_start: it has grown by more than 3 %" >&2
exit 1
