#!/bin/sh
# The baseline: what it holds back, what it does not, what becomes of it.
. tests/tap.sh
cd "$t" || exit 2

is() { # NAME STATUS ARGUMENTS...
    name=$1 wanted=$2
    shift 2
    "$newslint" "$@" >out 2>err </dev/null
    status=$?
    ok "$name" [ "$status" -eq "$wanted" ] || { echo "# status $status, not $wanted" && show out err base; }
}

says() { ok "$name: says so" grep -qF -- "$2" "$1" || show out err base; }
silent() { ok "$name: nothing else" [ ! -s out ] || show out; }

cat >newslint.yaml <<'END'
newslint: 1
name: s
extends: [headings]
fields:
  title: {required: true}
  lang: {required: true}
  mood: {enum: [GOOD, BAD]}
  tags: {type: list, each: {enum: [A, B]}}
  id: {unique: {level: warning}}
END
mkdir -p c/deep
printf -- '---\ntitle: A\nlang: en\nmood: GRÄSSLICH\n---\n\n## A\n\n#### B\n' >c/a.md
printf -- '---\ntitle: A\nlang: en\ntags: [A, X, X]\n---\n' >c/deep/b.md
printf -- '---\ntitle: A\nlang: en\n---\n' >c/clean.md

is "no such baseline" 2 --baseline base c
says err 'there is no baseline `base`: make it with --update-baseline'
is "--update-baseline alone" 2 --update-baseline c
says err '`--update-baseline` goes with --baseline FILE'
is "without a baseline" 1 c
is "made" 0 --baseline base --update-baseline c
silent
says err 'Nothing found in 3 files. 4 held back by the baseline.'
ok "four findings in three lines, in order" [ "$(sed 1d base | cut -f1,2,4 | tr '\t\n' ' ;')" = \
    'c/a.md headings/increment 1;c/a.md s/enum 1;c/deep/b.md s/enum 2;' ]
ok "no message and no line number" sh -c '! grep -q "expected\|:4" base'
cp base first
is "held back" 0 --baseline base c
silent
is "made again: the same file" 0 --baseline base --update-baseline c
ok "made again: not one byte differs" cmp -s base first
is "one thread" 0 -j1 --baseline base c

is "from another folder, by another name of the folder" 0 --baseline "$t/base" "$t/c"
silent
(cd c/deep && "$newslint" --baseline ../../base b.md >../../out 2>../../err)
status=$?
ok "from a folder below" [ "$status" -eq 0 ]
"$newslint" --baseline base --stdin-filename c/a.md - <c/a.md >out 2>err
status=$?
ok "standard input" [ "$status" -eq 0 ]
silent
printf -- '---\ntitle: A\nlang: en\nmood: UGLY\n---\n' | "$newslint" --baseline base --stdin-filename c/a.md - >out 2>err
ok "standard input: what is new is told" grep -q '^c/a.md:4:7: error: .*UGLY' out

sed 's/^title/# a comment\n# and more\ntitle/; s/^## A/Some text.\n\n## A/' c/a.md >x && mv x c/a.md
is "what moves stays what it is" 0 --baseline base c
silent
sed 's/$/\r/' c/a.md >x && mv x c/a.md
is "other line ends" 0 --baseline base c/a.md
silent
sed 's/GRÄSSLICH/HÄSSLICH/' c/a.md >x && mv x c/a.md
is "one exchanged for another" 1 --baseline base c
says out 'HÄSSLICH'
says err '1 of the baseline no longer occurs: --update-baseline drops it.'
ok "one exchanged for another: nothing but that" [ "$(wc -l <out)" -eq 1 ]
is "one more of the same" 0 --baseline base c/deep
printf -- '---\ntitle: A\nlang: en\ntags: [X, A, X, X]\n---\n' >c/deep/b.md
is "one more of the same" 1 --baseline base c/deep
ok "one more of the same: one is told" [ "$(wc -l <out)" -eq 1 ]
printf -- '---\ntitle: A\nlang: en\ntags: [A, X]\n---\n' >c/deep/b.md
is "one less" 0 --baseline base c/deep
says err '1 of the baseline no longer occurs'

is "updated in part" 0 --baseline base --update-baseline c/deep
ok "updated in part: what was not checked is kept" [ "$(grep -c '^c/a.md' base)" -eq 2 ]
ok "updated in part: what was, is as it is" grep -q '^c/deep/b.md.*	1$' base
rm c/deep/b.md
is "an article that is gone" 1 --baseline base c/a.md
says err '2 of the baseline no longer occur'
is "an article that is gone" 0 --baseline base --update-baseline c/clean.md
ok "an article that is gone: so are its entries" sh -c '! grep -q deep base'
printf -- '---\ntitle: A\nlang: en\n---\n' >c/a.md
is "all mended" 0 --baseline base c
says err '2 of the baseline no longer occur'
is "all mended" 0 --baseline base --update-baseline c
ok "all mended: an empty baseline" [ "$(cat base)" = 'newslint baseline 1' ]

printf -- '---\nlang: en\n---\n' >c/a.md
"$newslint" --baseline base --update-baseline c >out 2>err
printf -- '---\ntitle: A\n---\n' >c/a.md
is "another missing field is another finding" 1 --baseline base c
says out '`lang` is missing'
printf -- '---\ntitle: A\nlang: en\nmood: X\nid: 1\n---\n' >c/a.md
printf -- '---\ntitle: A\nlang: en\nid: 1\n---\n' >c/b.md
"$newslint" --baseline base --update-baseline --min-level error c >out 2>err
ok "what is hidden by --min-level is held too" grep -q 's/unique' base
is "what is hidden by --min-level is held too" 0 --baseline base --max-warnings 0 c
is "--fix mends what is held back too" 0 --baseline base --fix c

is "formats" 0 --baseline base --format json c
says out '"diagnostics":['
ok "formats: none of it is in the report" sh -c '! grep -q s/unique out'

# Odd paths.
odd="c/t	ab\\\\ü$(printf '\377').md"
printf -- '---\ntitle: A\n---\n' >"$odd"
is "odd bytes in a path" 0 --baseline base --update-baseline c
ok "odd bytes in a path: escaped" grep -qF 'c/t\x09ab\x5C\x5Cü\xFF.md	s/required' base
is "odd bytes in a path: read back" 0 --baseline base c
ok "the file is UTF-8" iconv -f UTF-8 -t UTF-8 -o /dev/null base

# Broken files.
cp base good
broken() { # NAME LINE TEXT
    is "broken: $1" 2 --baseline base c
    says err "newslint: base:$2: $3"
    is "broken: $1: not written over" 2 --baseline base --update-baseline c
}
echo '{}' >base
broken "another file" 1 'this is no baseline of this version'
{ cat good; echo '<<<<<<< HEAD'; } >base
broken "a merge" "$(wc -l <base)" 'a path, a rule, a fingerprint and a number are wanted'
printf 'newslint baseline 1\na.md\ts/enum\t0123456789abcdef\t0\n' >base
broken "no number" 2 'the last field is no number above 0'
printf 'newslint baseline 1\na.md\ts/enum\t0123\t1\n' >base
broken "no fingerprint" 2 'the third field is no fingerprint'
printf 'newslint baseline 1\na.md\tenum\t0123456789abcdef\t1\n' >base
broken "no rule" 2 'the second field is no rule'
printf 'newslint baseline 1\na\\md\ts/enum\t0123456789abcdef\t1\n' >base
broken "a backslash" 2 'the path is not spelled as newslint does'
sed 's/$/\r/' good >base
is "CRLF in it" 0 --baseline base c
{ cat good; sed 1d good; } >base
is "twice the same lines, which a merge may leave" 0 --baseline base c
mkdir folder
is "a folder" 2 --baseline folder c
is "a folder that is not there" 2 --baseline no/base --update-baseline c
ok "no temporary file is left" [ -z "$(find . -name '.*newslint-*')" ]
