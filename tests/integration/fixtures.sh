#!/bin/sh
# Runs tests/fixtures/AREA/CASE/: articles, perhaps a newslint.yaml, perhaps `args`. The report and the
# status are in expect.txt; NAME.fixed is what --fix makes of NAME. With EXPECT=write the
# expectations are written anew. For every case also: one thread and many give the same report, and
# fixing twice is fixing once.
set -u
BUILD=${BUILD:-build}
program=$(cd "$BUILD" && pwd)/newslint
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0
result() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

report() { # options
    # shellcheck disable=SC2086 # words on purpose
    "$program" --now 2026-01-01T00:00:00Z --quiet "$@" $args . 2>&1
    echo "status $?"
}

for dir in tests/fixtures/*/*/; do
    case $dir in tests/fixtures/checks/*) continue ;; esac
    [ -e "$dir" ] || continue
    dir=${dir%/}
    args=
    [ -f "$dir/args" ] && args=$(cat "$dir/args")
    rm -rf "$tmp/case"
    mkdir "$tmp/case"
    cp -R "$dir/." "$tmp/case/"
    rm -f "$tmp/case/expect.txt" "$tmp/case/args"
    find "$tmp/case" -name '*.fixed' -exec rm {} +
    (cd "$tmp/case" && report --format text) >"$tmp/got"
    if [ "${EXPECT:-}" = write ]; then
        cp "$tmp/got" "$dir/expect.txt"
    fi
    diff -u "$dir/expect.txt" "$tmp/got" | sed 's/^/# /'
    cmp -s "$dir/expect.txt" "$tmp/got"
    result $? "$dir: report"
    (cd "$tmp/case" && report --format text -j 1) | cmp -s - "$tmp/got"
    result $? "$dir: one thread says the same"
    (cd "$tmp/case" && report --format text --fix) >"$tmp/first"
    # Whatever --fix changes has a file beside it that says so. Names hold no blank here.
    for name in $(cd "$tmp/case" && find . -type f); do
        [ "${EXPECT:-}" = write ] && ! cmp -s "$dir/$name" "$tmp/case/$name" &&
            cp "$tmp/case/$name" "$dir/$name.fixed"
        if [ -e "$dir/$name.fixed" ]; then
            diff -u "$dir/$name.fixed" "$tmp/case/$name" | sed 's/^/# /'
            cmp -s "$dir/$name.fixed" "$tmp/case/$name"
            result $? "$dir: --fix makes $name.fixed"
        elif ! cmp -s "$dir/$name" "$tmp/case/$name"; then
            result 1 "$dir: --fix changes $name, which has no $name.fixed"
        fi
    done
    cp -R "$tmp/case" "$tmp/again"
    (cd "$tmp/again" && report --format text --fix) >"$tmp/second"
    cmp -s "$tmp/first" "$tmp/second" && diff -r "$tmp/case" "$tmp/again" >/dev/null
    result $? "$dir: fixing twice is fixing once"
    rm -rf "$tmp/again"
done
