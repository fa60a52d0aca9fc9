#!/bin/sh
# Many files, articles of other threads told of among them (unique): 1, 2 and 8 threads give the same
# bytes in every format, and the same files with --fix. Run under the thread sanitizer too:
# make SAN=thread test-threads
. tests/tap.sh
fixtures=$root/tests/fixtures
examples=$root/examples/content

# Two sites, one with overrides, so that rules are compiled while threads run.
mkdir -p "$t/tree/a" "$t/tree/b" || exit 2
i=0
while [ "$i" -lt 12 ]; do
    cp -R "$examples" "$t/tree/a/$i"
    cp -R "$fixtures/sites/hugo/content" "$t/tree/b/$i"
    i=$((i + 1))
done
sed 's/content\//**\//' "$fixtures/sites/hugo/newslint.yaml" >"$t/tree/b/newslint.yaml"
printf 'newslint: 1\nname: a\nextends: [news]\noverrides:\n  - files: ["1*/**"]\n    rules: {headings/*: off}\n  - files: ["*/**/*.uk.md"]\n    rules: {news/length: error}\n' \
    >"$t/tree/a/newslint.yaml"

cd "$t/tree" || exit 2
for format in text json jsonl sarif github gitlab junit checkstyle rdjson; do
    for jobs in 1 2 8; do
        "$newslint" --now 2026-01-01T00:00:00Z -j "$jobs" --format "$format" a b >"$t/$jobs" 2>"$t/err$jobs"
        echo "status $?" >>"$t/$jobs"
        cat "$t/err$jobs" >>"$t/$jobs"
    done
    test "$(wc -l <"$t/1")" -gt 2 || test "$(wc -c <"$t/1")" -gt 1000
    result $? "$format: there is a report"
    cmp -s "$t/1" "$t/2" && cmp -s "$t/1" "$t/8"
    result $? "$format: 1, 2 and 8 threads say the same"
done
"$newslint" --quiet --format text -j 8 a | grep -q 'is not unique'
result $? "articles that other threads read are told of"
for jobs in 1 8; do
    cp -R "$t/tree" "$t/fix$jobs"
    (cd "$t/fix$jobs" && "$newslint" --now 2026-01-01T00:00:00Z --fix -j "$jobs" --format text a b >"$t/$jobs" 2>&1)
done
cmp -s "$t/1" "$t/8" && diff -r "$t/fix1" "$t/fix8" >/dev/null
result $? "--fix: 1 and 8 threads make the same"
