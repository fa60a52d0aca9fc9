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
(ulimit -n 24 && "$newslint" --now 2026-01-01T00:00:00Z -j 8 --format rdjson a b >"$t/few" 2>"$t/err")
echo "status $?" >>"$t/few"
cat "$t/err" >>"$t/few"
cmp -s "$t/1" "$t/few"
result $? "eight threads that may open few files say the same"
"$newslint" --quiet --format text -j 8 a | grep 'is not unique' >/dev/null
result $? "articles that other threads read are told of"
for jobs in 1 8; do
    cp -R "$t/tree" "$t/fix$jobs"
    (cd "$t/fix$jobs" && "$newslint" --now 2026-01-01T00:00:00Z --fix -j "$jobs" --format text a b >"$t/$jobs" 2>&1)
done
cmp -s "$t/1" "$t/8" && diff -r "$t/fix1" "$t/fix8" >/dev/null
result $? "--fix: 1 and 8 threads make the same"

# Globs that cut a site into more parts than are kept, each with a field and a regex that no other part has.
mkdir "$t/parts" && cd "$t/parts" || exit 2
awk 'BEGIN {
    rules = "newslint.yaml"
    print "newslint: 1\nname: s\nrules:\n  a: {check: pattern, fields: [title], match: a}\noverrides:" >rules
    for (i = 0; i < 1100; i++) {
        printf "  - files: [\"%d.md\"]\n    rules: {s/a: {fields: [f%d.g], when: h%d == 1, match: x%d}}\n", i, i, i, i >rules
        article = i ".md"
        printf "---\ntitle: a\nf%d: {g: a}\nh%d: 1\n---\n", i, i >article
        close(article)
    }
}'
for jobs in 1 8; do
    "$newslint" --quiet -j "$jobs" --format text . >"$t/$jobs"
done
awk 'BEGIN { for (i = 0; i < 1100; i++) printf "%d.md:3:%d: error: `f%d.g` is `a`, which does not match `x%d` [s/a]\n", i, length("f" i ": {g: ") + 1, i, i }' |
    LC_ALL=C sort >"$t/wanted"
LC_ALL=C sort "$t/1" | cmp -s - "$t/wanted"
result $? "1100 parts of a site have the rules of their own"
cmp -s "$t/1" "$t/8"
result $? "1100 parts of a site: 1 and 8 threads say the same"

# Where the mistake is of two overrides together, it shows when an article is met that both are for.
mkdir -p "$t/both/a/b" && cd "$t/both" || exit 2
cat >newslint.yaml <<'Y'
newslint: 1
name: s
rules:
  a: {check: length, fields: [title], min: 5, max: 10}
overrides:
  - {files: [a/**], rules: {s/a: {min: 8}}}
  - {files: [a/b/**], rules: {s/a: {max: 7}}}
Y
printf -- '---\ntitle: abcdef\n---\n' | tee a/a.md >a/b/a.md
for jobs in 1 8; do
    "$newslint" --quiet -j "$jobs" --format text . >"$t/$jobs"
done
cat >"$t/wanted" <<'Y'
a/a.md:2:8: warning: `title` has 6 characters, expected at least 8 [s/a]
a/b/a.md:1:1: error: the overrides for this path make a rule that cannot be checked: newslint.yaml:6:40: `min` is greater than `max` [newslint/rule-file]
Y
cmp "$t/1" "$t/wanted" && cmp "$t/8" "$t/wanted"
result $? "overrides that contradict each other are told of, and there alone"
