#!/bin/sh
# Runs tests/fixtures/AREA/CASE/: articles, perhaps a newslint.yaml, perhaps `args`. The report and the
# status are in expect.txt; NAME.fixed is what --fix makes of NAME. With EXPECT=write the
# expectations are written anew. For every case also: one thread and many give the same report, and
# fixing twice is fixing once.
. tests/tap.sh

report() { # options
    # shellcheck disable=SC2086 # words on purpose
    "$newslint" --now 2026-01-01T00:00:00Z --quiet "$@" $args . 2>&1
    echo "status $?"
}

for dir in tests/fixtures/*/*/; do
    case $dir in tests/fixtures/checks/*) continue ;; esac
    [ -e "$dir" ] || continue
    dir=${dir%/}
    args=
    [ -f "$dir/args" ] && args=$(cat "$dir/args")
    rm -rf "$t/case"
    mkdir "$t/case"
    cp -R "$dir/." "$t/case/"
    rm -f "$t/case/expect.txt" "$t/case/args"
    find "$t/case" -name '*.fixed' -exec rm {} +
    (cd "$t/case" && report --format text) >"$t/got"
    if [ "${EXPECT:-}" = write ]; then
        cp "$t/got" "$dir/expect.txt"
    fi
    diff -u "$dir/expect.txt" "$t/got" | sed 's/^/# /'
    cmp -s "$dir/expect.txt" "$t/got"
    result $? "$dir: report"
    (cd "$t/case" && report --format text -j 1) | cmp -s - "$t/got"
    result $? "$dir: one thread says the same"
    (cd "$t/case" && report --format text --fix) >"$t/first"
    # Whatever --fix changes has a file beside it that says so. Names hold no blank here.
    for name in $(cd "$t/case" && find . -type f); do
        [ "${EXPECT:-}" = write ] && ! cmp -s "$dir/$name" "$t/case/$name" &&
            cp "$t/case/$name" "$dir/$name.fixed"
        if [ -e "$dir/$name.fixed" ]; then
            diff -u "$dir/$name.fixed" "$t/case/$name" | sed 's/^/# /'
            cmp -s "$dir/$name.fixed" "$t/case/$name"
            result $? "$dir: --fix makes $name.fixed"
        elif ! cmp -s "$dir/$name" "$t/case/$name"; then
            result 1 "$dir: --fix changes $name, which has no $name.fixed"
        fi
    done
    cp -R "$t/case" "$t/again"
    (cd "$t/again" && report --format text --fix) >"$t/second"
    cmp -s "$t/first" "$t/second" && diff -r "$t/case" "$t/again" >/dev/null
    result $? "$dir: fixing twice is fixing once"
    rm -rf "$t/again"
done
