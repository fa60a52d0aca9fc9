#!/bin/sh
# How fast newslint is on articles made for it, beside the floor program of the same run. Prints a
# table in Markdown and ratios. BUILD, SIZES (articles), ROUNDS (median of), RULES, KEEP=folder (of
# the corpora, else made anew in a temporary one).
set -eu
BUILD=${BUILD:-build} SIZES=${SIZES:-1000 10000} ROUNDS=${ROUNDS:-5} RULES=${RULES:-news}
here=$(dirname "$0")
folder=${KEEP:-$(mktemp -d)}
[ -n "${KEEP:-}" ] || trap 'rm -rf "$folder"' EXIT INT TERM
newslint=$BUILD/newslint floor=$BUILD/bench/floor

measure() { "$BUILD/bench/measure" "$@"; }
calc() { awk "BEGIN { printf \"$1\", $2 }"; }

corpus() { # articles, articles in a folder
    [ -d "$folder/$1-$2" ] || "$BUILD/bench/corpus" "$folder/$1-$2" "$1" "$2"
    echo "$folder/$1-$2"
}

row() { # what, articles, bytes, command...
    what=$1 count=$2 bytes=$3
    shift 3
    measure "$ROUNDS" "$@" > "$folder/row"
    read -r wall cpu memory < "$folder/row"
    printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$what" "$count" "$wall" "$cpu" \
        "$(calc %.0f "$count / $wall")" "$(calc %.0f "$bytes / $wall / 1000000")" "$memory"
}

ratio() { printf '%s: %s\n' "$1" "$(calc %.2f "$2 / $3")"; }

printf '%s, %s processors; median of %s rounds\n\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$ROUNDS"
echo '| what | articles | seconds | processor s | articles/s | MB/s | peak KiB |'
echo '|---|--:|--:|--:|--:|--:|--:|'
: > "$folder/ratios"
for size in $SIZES; do
    dir=$(corpus "$size" 300)
    bytes=$(find "$dir" -name '*.md' -printf '%s\n' | awk '{ n += $1 } END { print n }')
    row 'newslint, 1 thread' "$size" "$bytes" "$newslint" -q --rules "$RULES" -j 1 "$dir"
    one=$wall one_cpu=$cpu
    row 'newslint, 2 threads' "$size" "$bytes" "$newslint" -q --rules "$RULES" -j 2 "$dir"
    two=$wall
    row 'floor, 1 thread' "$size" "$bytes" "$floor" 1 "$dir"
    floor_one=$wall floor_cpu=$cpu
    row 'floor, 2 threads' "$size" "$bytes" "$floor" 2 "$dir"
    floor_two=$wall
    {
        ratio "$size articles, newslint to floor, 1 thread" "$one" "$floor_one"
        ratio "$size articles, newslint to floor, 1 thread, processor time" "$one_cpu" "$floor_cpu"
        ratio "$size articles, newslint to floor, 2 threads" "$two" "$floor_two"
        ratio "$size articles, newslint, 1 thread to 2" "$one" "$two"
        ratio "$size articles, floor, 1 thread to 2" "$floor_one" "$floor_two"
    } >> "$folder/ratios"
done

dir=$(corpus 30000 30000)
row 'newslint, 1 thread, one folder' 30000 "$((30000 * 3350))" "$newslint" -q --rules "$RULES" -j 1 "$dir"
one=$wall
row 'newslint, 2 threads, one folder' 30000 "$((30000 * 3350))" "$newslint" -q --rules "$RULES" -j 2 "$dir"
ratio "30000 articles in one folder, newslint, 1 thread to 2" "$one" "$wall" >> "$folder/ratios"

# Whoever else is found checks the same articles; each does less than newslint.
dir=$(corpus 1000 300)
bytes=$(find "$dir" -name '*.md' -printf '%s\n' | awk '{ n += $1 } END { print n }')
peer() {
    command -v "$2" > /dev/null 2>&1 || return 0
    row "$@"
}
peer rumdl 1000 "$bytes" rumdl check --no-cache "$dir"
peer markdownlint-cli2 1000 "$bytes" markdownlint-cli2 "$dir/**/*.md"

mkdir -p "$folder/one" "$folder/none"
cp "$dir/0000/article-0000021.md" "$folder/one/"
echo > "$folder/none/empty.md"
measure 51 "$newslint" -q --rules "$RULES" "$folder/none" > "$folder/row"
read -r wall cpu memory < "$folder/row"
start=$wall start_cpu=$cpu
measure 51 "$newslint" -q --rules "$RULES" "$folder/one/article-0000021.md" > "$folder/row"
read -r wall cpu memory < "$folder/row"
printf '\nstart: %s ms (%s ms of processor time); one file: %s ms (%s ms)\n' \
    "$(calc %.2f "$start * 1000")" "$(calc %.2f "$start_cpu * 1000")" \
    "$(calc %.2f "$wall * 1000")" "$(calc %.2f "$cpu * 1000")"
cat "$folder/ratios"
if command -v valgrind > /dev/null 2>&1; then
    BUILD=$BUILD sh "$here/instructions.sh" print
fi
