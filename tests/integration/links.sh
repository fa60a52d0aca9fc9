#!/bin/sh
# Links between the articles of a site (tests/fixtures/links/site): the answer for an article is the
# same whether all are checked, it alone, or its text on standard input; and --no-index knows files but
# not what stands in them.
. tests/tap.sh
same() { # NAME WANTED GOT
    diff -u "$2" "$3" >"$t/diff"
    result $? "$1" || show "$t/diff"
}
cp -R tests/fixtures/links/site "$t/site"
cd "$t/site" || exit 2
a=content/news/a.md
"$newslint" --quiet . | grep "^$a:" >"$t/whole"
"$newslint" --quiet "$a" >"$t/alone"
same "an article alone" "$t/whole" "$t/alone"
"$newslint" --quiet -j 1 --stdin-filename "$a" - <"$a" >"$t/stdin"
same "standard input" "$t/whole" "$t/stdin"
(cd content/img && "$newslint" --quiet ../news/a.md) | sed 's|^\.\./|content/|' >"$t/elsewhere"
same "from another folder" "$t/whole" "$t/elsewhere"
sed -e '/news\/b.md/d' -e '/unused-suppression/d' "$t/whole" >"$t/want"
"$newslint" --quiet --no-index "$a" >"$t/got"
same "no index: files are looked for, places in other articles are not" "$t/want" "$t/got"
# What another article loses is found without this one changing.
sed 's/The end/An end/' content/news/b.md >"$t/b" && cp "$t/b" content/news/b.md
"$newslint" --quiet "$a" | grep -c 'the-end' >"$t/got"
echo 1 >"$t/want"
same "a heading that is renamed elsewhere" "$t/want" "$t/got"
