#!/bin/sh
# The command line: exit statuses, what is said of odd arguments, standard input, closed pipes.
. tests/tap.sh
cd "$t" || exit 2

# is NAME STATUS ARGUMENTS...: runs newslint, leaving out and err.
is() {
    name=$1 wanted=$2
    shift 2
    "$newslint" "$@" >out 2>err </dev/null
    status=$?
    ok "$name" [ "$status" -eq "$wanted" ] || { echo "# status $status, not $wanted" && show out err; }
}

# says FILE TEXT: the last run said it there.
says() {
    ok "$name: says so" grep -qF -- "$2" "$1" || { echo "# not there: $2" && show "$1"; }
}

same() { # NAME FILE FILE
    ok "$1" cmp -s "$2" "$3" || diff "$2" "$3" | sed 's/^/# /'
}

cat >newslint.yaml <<'END'
newslint: 1
name: site
fields:
  title: {required: true, type: {is: string, level: warning}}
rules:
  mojibake: {check: mojibake}
END
mkdir good bad empty mixed
printf -- '---\ntitle: A\n---\n\nText.\n' >good/a.md
printf -- '---\ntitle: 1\n---\n\nText.\n' >good/b.md
printf -- '---\nname: A\n---\n\nText.\n' >bad/a.md
cp good/a.md mixed/a.md
cp bad/a.md mixed/c.md
ln -s nowhere mixed/b.md

is "no error" 0 good
says err "1 warning"
is "an error" 1 bad
says out "bad/a.md:1:1: error: "
is "check may be said" 1 check bad
is "--fail-on warning" 1 --fail-on warning good
is "--fail-on never" 0 --fail-on=never bad
is "--max-warnings 0" 1 --max-warnings 0 good
is "--max-warnings 1" 0 --max-warnings 1 good
is "--min-level hides" 0 --min-level error --fail-on warning good
is "--quiet" 0 --quiet good/a.md
same "--quiet says nothing" err /dev/null
is "no such path" 2 good missing.md
says err '`missing.md`'
says out "good/b.md:"
is "a folder without articles" 2 empty
says err '`empty` yields no article'
is "an unreadable file among good ones" 2 mixed
says out "mixed/b.md:1:1: error: "
says out "newslint/unreadable"
says out "mixed/c.md:1:1: error: "
is "unknown option" 2 --fxi good
says err 'did you mean `--fix`?'
is "an option of another command" 2 --for good
is "a value that is none" 2 --fail-on eror good
says err 'did you mean `error`?'
is "a missing argument" 2 good --config
is "-j0" 2 -j0 good
is "-j3" 0 -j3 good
is "after --" 2 -- --fix
is "--help" 0 --help
says out "--stdin-filename PATH"
is "--version" 0 --version
is "help of a command" 0 repair --help
is "- without a name" 2 -
says err "--stdin-filename"
is "two reports to one place" 2 --format text --format json good
is "--list-files" 0 --list-files good bad
printf 'bad/a.md\ngood/a.md\ngood/b.md\n' >want
same "lists files in order" out want
is "each path once" 0 --list-files good good/a.md ./good//b.md
printf 'good/a.md\ngood/b.md\n' >want
same "lists each path once" out want
printf 'good/a.md\n\nbad/a.md\r\n' >list
is "--files-from" 1 --files-from list
says err "of 2 files"
printf 'good/a.md\0bad/a.md\0' >list
is "--files-from -0" 1 -0 --files-from list
is "a file of any name" 0 --list-files newslint.yaml
is "a report to a file" 1 --format json -o report.json --format text bad
says report.json '"version"'
says out "bad/a.md:1:1: error: "
is "a report that cannot be written" 2 -o none/report.txt bad
says err '`none/report.txt`'
is "SOURCE_DATE_EPOCH is looked at" 0 good
SOURCE_DATE_EPOCH=x
export SOURCE_DATE_EPOCH
is "a bad SOURCE_DATE_EPOCH" 2 good
unset SOURCE_DATE_EPOCH
is "a bad --now" 2 --now yesterday good
is "explain" 0 explain site/mojibake
is "explain what is not there" 2 explain mojibak
says err 'did you mean `mojibake`?'
is "explain without a rule" 0 explain
says out "Rules in force:"
says out "    site/mojibake "
says out "    truncated "
is "explain a check" 0 explain required
says out "A check. Default level: error."
says out "    site/required  error"
is "explain two" 2 explain site/required site/mojibake
says err 'wants one rule'
# shellcheck disable=SC2046 # names of built-in sets
is "the examples of the built-in sets hold, and each rule has some" 0 test-rules $(cd "$root/rules" && ls | sed 's/\.yaml$//')
says out "ok 100 - "
is "rules" 0 rules --for bad/a.md
says out "newslint.yaml:4"
is "export" 0 export good
says out '"path":"good/a.md"'

is "fixes that are not asked for" 2 --unsafe-fixes good
says err 'goes with --fix or --diff'
is "rules from two places" 2 --config newslint.yaml --rules news good
says err 'cannot both be given'
is "NUL between no names" 2 -0 good
says err 'goes with --files-from or --list-files'
is "a diff and a baseline" 2 --diff --baseline b.txt --update-baseline good
says err 'no findings that --update-baseline could write'
is "a diff and a report" 2 --diff --format json good
says err 'takes no --format and no -o'
is "standard input and a path" 2 --stdin-filename a.md - good
says err 'cannot be checked together with other paths'

printf 'newslint: 1\nrules:\n  a: {check: nothing}\n  b: {chek: mojibake}\n' >broken.yaml
is "a bad rule file" 2 --config broken.yaml good
says out "broken.yaml:3:"
says out "broken.yaml:4:"
mkdir both
: >both/newslint.yaml
: >both/.newslint.yaml
cp good/a.md both
is "two rule files in one folder" 2 both good
says out "keep one of them"
says out "good/b.md:"
mkdir nested
printf 'newslint: 1\nname: inner\nfields: {other: {required: true}}\n' >nested/.newslint.yaml
cp good/a.md nested
is "the nearest rule file" 1 nested
says out "[inner/required]"

printf -- '---\ntitle: A\303\242\342\202\254\302\246\n---\n' >in.md
printf -- '---\ntitle: A\342\200\246\n---\n' >want
"$newslint" --fix --stdin-filename x/y.md - <in.md >out 2>err
same "standard input is fixed to standard output" out want
printf 'not yaml: [' >broken.yaml
"$newslint" --fix -c broken.yaml --stdin-filename x.md - <in.md >out 2>err
same "a text is given back when the rules are bad" out in.md

mkdir many
i=0
while [ $i -lt 3000 ]; do
    i=$((i + 1))
    ln bad/a.md many/$i.md 2>/dev/null || cp bad/a.md many/$i.md
done
{ "$newslint" many 2>err; echo $? >status; } | head -1 >out
[ "$(cat status)" -eq 141 ] && [ ! -s err ]
result $? "a closed pipe" || show status err
"$newslint" -j1 many >one 2>err
"$newslint" -j5 many >five 2>err
same "one thread says what five say" one five

# Ctrl-C while the reader sleeps: what was printed is whole lines.
mkfifo pipe
(sleep 1; cat) <pipe >out &
reader=$!
"$newslint" many >pipe 2>err &
pid=$!
sleep 0.5
kill -INT $pid
wait $pid
status=$?
wait $reader
[ "$status" -eq 130 ] && [ -s out ] && [ "$(tail -c1 out | od -An -c | tr -d ' ')" = '\n' ]
result $? "SIGINT leaves whole lines" || { echo "# status $status" && show out; }
"$newslint" explain site/required >/dev/full 2>err
status=$? name="a full disk"
ok "$name" [ "$status" -eq 2 ]
says err "No space left on device"
