#!/bin/sh
# How fast newslint is on articles made for it, beside the floor program and the peers that are found,
# measured in turn in one run. Prints tables in Markdown, and ratios against what is aimed at.
#
# BUILD; SIZES (articles); ROUNDS (medians of); RULES; PEER_SIZE and SLOW_PEER_SIZE (articles for
# peers); MILLION=1 adds 1,000,000 articles (4 GB); REAL=folder adds its articles, a hundred times;
# KEEP=folder keeps the corpora, else they are made anew in a temporary one.
set -eu
BUILD=${BUILD:-build} SIZES=${SIZES:-1000 10000} ROUNDS=${ROUNDS:-5} RULES=${RULES:-news}
PEER_SIZE=${PEER_SIZE:-10000} SLOW_PEER_SIZE=${SLOW_PEER_SIZE:-1000}
here=$(dirname "$0")
folder=${KEEP:-$(mktemp -d)}
work=$(mktemp -d)
trap 'rm -rf "$work"; [ -n "${KEEP:-}" ] || rm -rf "$folder"' EXIT INT TERM
newslint="$BUILD/newslint -q --rules $RULES" floor=$BUILD/bench/floor peers=$BUILD/peers
mkdir -p "$folder"

calc() { awk "BEGIN { printf \"$1\", $2 }"; }

corpus() { # articles, articles in a folder
    [ -d "$folder/$1-$2" ] || "$BUILD/bench/corpus" "$folder/$1-$2" "$1" "$2"
    echo "$folder/$1-$2"
}

table_head() {
    printf '\n| %s | articles | seconds | processor s | articles/s | MB/s | peak KiB |\n' "$1"
    echo '|---|--:|--:|--:|--:|--:|--:|'
}

# The commands of one table are gathered, one a line after its name, and run in turn.
gather() { # name, command
    printf '%s\n' "$1" >> "$work/names"
    [ -s "$work/commands" ] && printf ' -- ' >> "$work/commands"
    printf '%s' "$2" >> "$work/commands"
}

table() { # articles, folder, rounds
    bytes=$(find -L "$2" -name '*.md' -printf '%s\n' | awk '{ n += $1 } END { print n }')
    eval "\"$BUILD/bench/measure\" $3 $(cat "$work/commands")" > "$work/figures"
    paste -d ' ' "$work/figures" "$work/names" | while read -r wall cpu memory name; do
        printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$1" "$wall" "$cpu" \
            "$(calc %.0f "$1 / $wall")" "$(calc %.0f "$bytes / $wall / 1000000")" "$memory"
    done
    : > "$work/names"
    : > "$work/commands"
}

figure() { # row, column (1 wall, 2 processor, 3 memory) of the last table
    awk -v row="$1" -v column="$2" 'NR == row { print $column }' "$work/figures"
}

ratio() { # what, aim, value, value
    printf '| %s | %s | %s |\n' "$1" "$(calc %.2f "$3 / $4")" "$2" >> "$work/ratios"
}

: > "$work/names"
: > "$work/commands"
: > "$work/ratios"
printf '%s, %s processors; medians of %s rounds\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$ROUNDS"

# ---- newslint and the floor -------------------------------------------------------------------

against_floor() { # what, articles, folder
    table_head "$1"
    gather 'newslint, 1 thread' "$newslint -j 1 $3"
    gather 'newslint, 2 threads' "$newslint -j 2 $3"
    gather 'newslint, libyaml and cmark, 1 thread' "$newslint --parsers reference -j 1 $3"
    gather 'newslint, libyaml and cmark, 2 threads' "$newslint --parsers reference -j 2 $3"
    gather 'floor, 1 thread' "$floor 1 $3"
    gather 'floor, 2 threads' "$floor 2 $3"
    table "$2" "$3" "$ROUNDS"
    ratio "$1: newslint to floor, 2 threads" "at most $4" "$(figure 2 1)" "$(figure 6 1)"
    ratio "$1: newslint to floor, 1 thread" "at most $4" "$(figure 1 1)" "$(figure 5 1)"
    ratio "$1: the same in processor time" "at most $4" "$(figure 1 2)" "$(figure 5 2)"
    ratio "$1: with libyaml and cmark, 2 threads" 'at most 1.15' "$(figure 4 1)" "$(figure 6 1)"
    ratio "$1: with libyaml and cmark, processor time" 'at most 1.15' "$(figure 3 2)" "$(figure 5 2)"
    ratio "$1: newslint, 1 thread to 2" 'at least 1.8' "$(figure 1 1)" "$(figure 2 1)"
}

last= last_memory=
for size in $SIZES ${MILLION:+1000000}; do
    dir=$(corpus "$size" 300)
    against_floor "$size articles" "$size" "$dir" 0.5
    if [ -n "$last" ]; then
        grown=$(calc %.2f "$size / $last")
        ratio "$size articles to $last, 2 threads" "about $grown" "$(figure 2 1)" "$last_wall"
        printf '| memory for one more article, bytes | %s | |\n' \
            "$(calc %.0f "($(figure 2 3) - $last_memory) * 1024 / ($size - $last)")" >> "$work/ratios"
    fi
    last=$size last_wall=$(figure 2 1) last_memory=$(figure 2 3)
done

if [ -n "${REAL:-}" ]; then
    mkdir -p "$folder/real"
    i=0
    while [ "$i" -lt 100 ]; do
        [ -d "$folder/real/$i" ] || cp -R "$REAL" "$folder/real/$i"
        i=$((i + 1))
    done
    count=$(find "$folder/real" -name '*.md' | wc -l)
    against_floor 'real articles' "$count" "$folder/real" 0.45
fi

one=$(corpus 30000 30000) many=$(corpus 30000 300)
table_head 'one folder of 30,000 or a hundred of 300'
gather 'one folder, 1 thread' "$newslint -j 1 $one"
gather 'one folder, 2 threads' "$newslint -j 2 $one"
gather 'a hundred folders, 1 thread' "$newslint -j 1 $many"
gather 'a hundred folders, 2 threads' "$newslint -j 2 $many"
table 30000 "$one" "$ROUNDS"
ratio 'one folder of 30,000: 1 thread to 2' 'as the next' "$(figure 1 1)" "$(figure 2 1)"
ratio 'a hundred folders of 300: 1 thread to 2' 'as the last' "$(figure 3 1)" "$(figure 4 1)"

# ---- A cold disk, where the machine lets the page cache be dropped -----------------------------

drop() { sync && echo 3 2> /dev/null > /proc/sys/vm/drop_caches; }
if drop 2> /dev/null; then
    cold=$(corpus 10000 300)
    table_head 'page cache dropped'
    for jobs in '-j 1' '-j 2' ''; do
        printf 'sync; echo 3 >/proc/sys/vm/drop_caches; exec %s %s %s\n' "$newslint" "$jobs" "$cold" \
            > "$work/cold$(echo "$jobs" | tr -d ' -')"
        gather "newslint ${jobs:-with as many readers as help}" \
            "sh $work/cold$(echo "$jobs" | tr -d ' -')"
    done
    table 10000 "$cold" 3
fi

# ---- Peers --------------------------------------------------------------------------------------

found() { # a program in the build folder or on the machine
    for path in "$peers/node_modules/.bin/$1" "$(command -v "$1" 2> /dev/null)"; do
        [ -n "$path" ] && [ -x "$path" ] && echo "$path" && return 0
    done
    return 1
}

# The native program where npm installed one: its wrapper costs more than it does.
rumdl() {
    for path in "$peers"/node_modules/@rumdl/cli-linux-*/rumdl; do
        [ -x "$path" ] && echo "$path" && return 0
    done
    found rumdl
}

peer() { # name, at least so many times, command
    gather "$1" "$3"
    printf '%s|%s\n' "$1" "$2" >> "$work/aims"
}

compare() { # what, articles, folder, rounds
    table "$2" "$3" "$4"
    row=1
    while IFS='|' read -r name aim; do
        row=$((row + 1))
        ratio "$1: $name to newslint" "at least $aim" "$(figure $row 1)" "$(figure 1 1)"
    done < "$work/aims"
    : > "$work/aims"
}

: > "$work/aims"
headings=MD001,MD003,MD018,MD019,MD020,MD021,MD022,MD023,MD024,MD025,MD026,MD036,MD041,MD043
dir=$(corpus "$PEER_SIZE" 300)
table_head 'peers'
gather newslint "$newslint $dir"
if path=$(rumdl); then
    peer 'rumdl, headings' 18 "$path check --no-cache --enable $headings $dir"
    peer 'rumdl, default' 30 "$path check --no-cache $dir"
fi
if command -v node > /dev/null && [ -d "$peers/node_modules/ajv" ]; then
    peer 'Node script' 11 "node $peers/check.mjs $dir"
fi
compare "$PEER_SIZE articles" "$PEER_SIZE" "$dir" "$ROUNDS"

dir=$(corpus "$SLOW_PEER_SIZE" 300)
table_head 'slower peers'
gather newslint "$newslint $dir"
if path=$(found markdownlint-cli2); then
    peer 'markdownlint-cli2' 150 "$path '$dir/**/*.md'"
fi
if path=$(found remark); then
    peer 'remark, frontmatter-schema' 600 "$path --quiet --no-stdout --rc-path $peers/remarkrc.mjs $dir"
fi
if python3 -c 'import ftfy' 2> /dev/null; then
    peer 'ftfy, whole files' 80 "python3 $here/peers/ftfy_files.py $dir"
fi
if path=$(found yamllint); then
    mkdir "$work/front"
    find "$dir" -name '*.md' | while read -r file; do
        awk 'NR > 1 && $0 == "---" { exit } { print }' "$file" > "$work/front/$(basename "$file" .md).yaml"
    done
    peer 'yamllint, front matter' 1 "$path -d relaxed $work/front"
fi
compare "$SLOW_PEER_SIZE articles" "$SLOW_PEER_SIZE" "$dir" 3

# ---- Starting, one file -------------------------------------------------------------------------

mkdir -p "$work/one" "$work/none"
cp "$(corpus 1000 300)/0000/article-0000021.md" "$work/one/"
echo > "$work/none/empty.md"
"$BUILD/bench/measure" 51 $newslint "$work/none" -- $newslint "$work/one/article-0000021.md" -- \
    "$floor" 1 "$work/one" > "$work/figures"
printf '\n| one process | ms | processor ms |\n|---|--:|--:|\n'
row=1
for name in 'newslint, an empty file' 'newslint, one article' 'floor, one article'; do
    printf '| %s | %s | %s |\n' "$name" "$(calc %.2f "$(figure $row 1) * 1000")" \
        "$(calc %.2f "$(figure $row 2) * 1000")"
    row=$((row + 1))
done
printf '| start, ms | %s | under 3 |\n| one article, ms | %s | under 5 |\n' \
    "$(calc %.2f "$(figure 1 1) * 1000")" "$(calc %.2f "$(figure 2 1) * 1000")" >> "$work/ratios"

printf '\n| ratio | measured | aim |\n|---|--:|---|\n'
cat "$work/ratios"
printf '\nStages and rules, 1 thread, 10,000 articles:\n\n'
$newslint --timing -j 1 "$(corpus 10000 300)" 2>&1 > /dev/null | sed 's/^/    /' || true
if command -v valgrind > /dev/null 2>&1; then
    echo
    BUILD=$BUILD CC=${CC:-cc} sh "$here/instructions.sh" print
fi
