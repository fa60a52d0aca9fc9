#!/bin/sh
# Links between the articles of a site (tests/fixtures/links/site): the answer for an article is the
# same whether all are checked, it alone, or its text on standard input; and --no-index knows files but
# not what stands in them.
set -u
BUILD=${BUILD:-build}
program=$(cd "$BUILD" && pwd)/newslint
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
n=0
same() { # title want got
    n=$((n + 1))
    if diff -u "$2" "$3" >"$tmp/diff"; then echo "ok $n - $1"; else echo "not ok $n - $1" && sed 's/^/# /' "$tmp/diff"; fi
}
cp -R tests/fixtures/links/site "$tmp/site"
cd "$tmp/site" || exit 2
a=content/news/a.md
"$program" --quiet . | grep "^$a:" >"$tmp/whole"
"$program" --quiet "$a" >"$tmp/alone"
same "an article alone" "$tmp/whole" "$tmp/alone"
"$program" --quiet -j 1 --stdin-filename "$a" - <"$a" >"$tmp/stdin"
same "standard input" "$tmp/whole" "$tmp/stdin"
(cd content/img && "$program" --quiet ../news/a.md) | sed 's|^\.\./|content/|' >"$tmp/elsewhere"
same "from another folder" "$tmp/whole" "$tmp/elsewhere"
sed -e '/news\/b.md/d' -e '/unused-suppression/d' "$tmp/whole" >"$tmp/want"
"$program" --quiet --no-index "$a" >"$tmp/got"
same "no index: files are looked for, places in other articles are not" "$tmp/want" "$tmp/got"
# What another article loses is found without this one changing.
sed 's/The end/An end/' content/news/b.md >"$tmp/b" && cp "$tmp/b" content/news/b.md
"$program" --quiet "$a" | grep -c 'the-end' >"$tmp/got"
echo 1 >"$tmp/want"
same "a heading that is renamed elsewhere" "$tmp/want" "$tmp/got"
