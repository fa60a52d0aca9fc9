#!/bin/sh
# Many files, articles of other threads told of among them (unique): 1, 2 and 8 threads give the same
# bytes in every format, and the same files with --fix. Run under the thread sanitizer too:
# make SAN=thread test-threads
set -u
BUILD=${BUILD:-build}
program=$(cd "$BUILD" && pwd)/newslint
fixtures=$(pwd)/tests/fixtures
examples=$(pwd)/examples/content
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0
result() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

# Two sites, one with overrides, so that rules are compiled while threads run.
mkdir -p "$tmp/tree/a" "$tmp/tree/b" || exit 2
i=0
while [ "$i" -lt 12 ]; do
    cp -R "$examples" "$tmp/tree/a/$i"
    cp -R "$fixtures/sites/hugo/content" "$tmp/tree/b/$i"
    i=$((i + 1))
done
sed 's/content\//**\//' "$fixtures/sites/hugo/newslint.yaml" >"$tmp/tree/b/newslint.yaml"
printf 'newslint: 1\nname: a\nextends: [news]\noverrides:\n  - files: ["1*/**"]\n    rules: {headings/*: off}\n  - files: ["*/**/*.uk.md"]\n    rules: {news/length: error}\n' \
    >"$tmp/tree/a/newslint.yaml"

cd "$tmp/tree" || exit 2
for format in text json jsonl sarif github gitlab junit checkstyle rdjson; do
    for jobs in 1 2 8; do
        "$program" --now 2026-01-01T00:00:00Z -j "$jobs" --format "$format" a b >"$tmp/$jobs" 2>"$tmp/err$jobs"
        echo "status $?" >>"$tmp/$jobs"
        cat "$tmp/err$jobs" >>"$tmp/$jobs"
    done
    test "$(wc -l <"$tmp/1")" -gt 2 || test "$(wc -c <"$tmp/1")" -gt 1000
    result $? "$format: there is a report"
    cmp -s "$tmp/1" "$tmp/2" && cmp -s "$tmp/1" "$tmp/8"
    result $? "$format: 1, 2 and 8 threads say the same"
done
"$program" --quiet --format text -j 8 a | grep -q 'is not unique'
result $? "articles that other threads read are told of"
for jobs in 1 8; do
    cp -R "$tmp/tree" "$tmp/fix$jobs"
    (cd "$tmp/fix$jobs" && "$program" --now 2026-01-01T00:00:00Z --fix -j "$jobs" --format text a b >"$tmp/$jobs" 2>&1)
done
cmp -s "$tmp/1" "$tmp/8" && diff -r "$tmp/fix1" "$tmp/fix8" >/dev/null
result $? "--fix: 1 and 8 threads make the same"
