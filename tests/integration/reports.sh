#!/bin/sh
# Where reports go, what becomes of them when something fails, and what hides, counts and fails a run: --fail-on,
# --min-level, --max-warnings, --quiet and --statistics in all combinations against a model of what they promise.
. tests/tap.sh
cd "$t" || exit 2

holds() { # NAME COMMAND...: what the command says is shown only where it fails
    held=$1
    shift
    "$@" >said 2>&1
    result $? "$held" || show said out err
}

run() {
    "$newslint" "$@" >out 2>err </dev/null
    status=$?
}

whole() { # FILE: a whole report in JSON
    [ "$(head -c 25 "$1")" = '{"version":1,"diagnostics' ] && [ "$(tail -c 5 "$1")" = ':0}}' ]
}

printf 'newslint: 1\nname: s\nfields: {e: {required: true}, w: {required: warning}, i: {required: info}, j: {required: info}}\n' >newslint.yaml
mkdir c many
printf -- '---\nx: 1\n---\n' >c/a.md
printf -- '---\nx: 1\n---\n' >c/b.md
i=0
while [ $((i += 1)) -le 1000 ]; do cp c/a.md many/$i.md; done

# ---- Places --------------------------------------------------------------------------------------

run --format json -o a.json --format sarif -o b.sarif --format text c
holds "three reports in one run" [ "$status" -eq 1 -a "$(wc -l <out)" -eq 8 -a -s b.sarif ]
holds "each is whole" whole a.json
run -o a.json --format json --format text -o - c
holds "-o before --format" whole a.json
holds "- is standard output" [ "$(wc -l <out)" -eq 8 ]
run -o plain.txt c
holds "a file alone gets text, standard output nothing" [ ! -s out -a "$(wc -l <plain.txt)" -eq 8 ]
run --format json -o /dev/stdout c
holds "/dev/stdout" whole out
mkfifo pipe
cat pipe >piped &
run --format json -o pipe c
wait
holds "a FIFO is written, not replaced" [ -p pipe -a -s piped ]
holds "a FIFO: the whole report" whole piped
run --format json -o /dev/null c
holds "/dev/null stays what it is" [ -c /dev/null -a "$status" -eq 1 ]
echo old >real.json
ln -s real.json link.json
run --format json -o link.json c
holds "a link's target is written" [ -L link.json -a "$(head -c 1 real.json)" = { ]

run --format json -o no/a.json --format sarif -o ok.sarif c
holds "a folder that is not there is status 2" [ "$status" -eq 2 ]
holds "and named" grep -q 'cannot write `no/a.json`: its folder is not there' err
holds "and the other report is written" [ -s ok.sarif ]
run --format json -o c c
holds "a folder for a file" [ "$status" -eq 2 -a -d c ]
run --format json -o x.json --format text -o ./x.json c
holds "two reports in one file" [ "$status" -eq 2 -a ! -e x.json ]
run --format json --format text c
holds "two reports on standard output" [ "$status" -eq 2 -a ! -s out ]

# ---- Failing runs --------------------------------------------------------------------------------

echo old >a.json
run --format json -o a.json c/nope.md
holds "no such article: status 2, and a whole report" [ "$status" -eq 2 ]
holds "no such article: a whole report" whole a.json
printf 'newslint: 1\nfoo: 1\n' >bad.yaml
run -c bad.yaml --format json -o a.json c
holds "a bad rule file: its mistake is in the report" grep -q '"rule":"newslint/rule-file"' a.json
holds "a bad rule file: a whole report" whole a.json
"$newslint" --format json -o full.json --format text -o - c >/dev/full 2>err
status=$?
holds "a full disk: status 2" [ "$status" -eq 2 ]
holds "a full disk: the file is whole" whole full.json
{
    "$newslint" --format json -o cut.json --format text -o - many 2>err
    echo $? >status
} | head -n 1 >out
holds "a closed pipe: the end that others have" [ "$(cat status)" -eq 141 -a ! -s err ]
holds "a closed pipe: the file is whole" whole cut.json
echo old >small.json
# What `make coverage` has the program write may not grow either: its counts, to nowhere, and what is said of that, in err.
{
    (ulimit -f 4 && GCOV_PREFIX=/dev/null exec "$newslint" --format json -o small.json many)
    echo $? >status
} 2>&1 | cat >err
status=$(cat status)
holds "a file that may not grow: status 2, the old one stays" [ "$status" -eq 2 -a "$(cat small.json)" = old ]
holds "no temporary file is left" [ -z "$(find . -name '.*newslint-*')" ]

"$newslint" c 2>err >&-
holds "a closed standard output is status 2" [ $? -eq 2 ]
if [ -e /proc/self/fd ]; then
    "$newslint" --files-from pipe c 2>err >&- &
    i=0
    until [ "$(readlink /proc/$!/fd/1)" = /dev/null ] || [ $((i += 1)) -gt 50 ]; do sleep 0.1; done
    holds "and no file that is opened gets its number" [ "$(readlink /proc/$!/fd/1)" = /dev/null ]
    echo c >pipe
    wait
fi

# ---- Counting ------------------------------------------------------------------------------------
# Each of two articles has an error, a warning and two notes.

ok_all=yes
for min in error warning info; do
    case $min in
    error) e=2 w=0 i=0 ;;
    warning) e=2 w=2 i=0 ;;
    info) e=2 w=2 i=4 ;;
    esac
    for fail in error warning info never; do
        case $fail in
        error) found=$e ;;
        warning) found=$((e + w)) ;;
        info) found=$((e + w + i)) ;;
        never) found=0 ;;
        esac
        for max in none 0 1 2; do
            wanted=0
            [ $found -gt 0 ] && wanted=1
            [ $max != none ] && [ $w -gt "$max" ] && wanted=1
            for more in "" --quiet --statistics "--quiet --statistics"; do
                set -- --min-level $min --fail-on $fail
                [ $max = none ] || set -- "$@" --max-warnings $max
                # shellcheck disable=SC2086 # none, one or two words
                run "$@" $more c
                summary=$(grep -c '^Found ' err) statistics=$(grep -c '^ *[0-9]*  s/required$' err)
                want_summary=1 want_statistics=0
                case $more in *--quiet*) want_summary=0 ;; esac
                case $more in *--statistics*) want_statistics=1 ;; esac
                [ "$status $(wc -l <out) $summary $statistics" = "$wanted $((e + w + i)) $want_summary $want_statistics" ] || {
                    ok_all="$* $more: status $status, not $wanted"
                    break 4
                }
            done
        done
    done
done
holds "192 combinations of what hides, counts and fails: $ok_all" [ "$ok_all" = yes ]
printf -- '---\nx: 1\n---\n\ntext\n' >c/c.md
printf 'newslint: 1\nname: t\nfields: {a: {required: true}, x: {type: {is: string, level: info}}}\nrules: {t: {check: body, min: 3, level: warning}}\n' >t.yaml
run -q -c t.yaml --statistics c
holds "--statistics: the most frequent first, then by name" [ "$(tr -s ' \n' '  ' <err)" = " 3 t/required 3 t/t 3 t/type " ]
run -q -c t.yaml --statistics --min-level error c
holds "--statistics counts what is shown" [ "$(tr -s ' \n' '  ' <err)" = " 3 t/required " ]
run --format json --statistics c
holds "--statistics beside a format for machines" whole out

# ---- Words of the command line -------------------------------------------------------------------

run -c nope.yaml -c newslint.yaml --fail-on never --fail-on error -q c
holds "of an option given twice the last one holds" [ "$status" -eq 1 -a ! -s err ]
run -qc newslint.yaml -j2 c
holds "letters in one word" [ "$status" -eq 1 ]
run --color=nevr c
holds "a misspelled choice" grep -qF '`--color` takes `auto`, `always` or `never`, not `nevr`: did you mean `never`?' err
run --format=jsn c
holds "a misspelled format" grep -qF 'did you mean `json`?' err
run --quiet=yes c
holds "an argument for a flag" grep -qF '`--quiet` takes no argument' err
run --max-warnings -1 c
holds "a number that is none" [ "$status" -eq 2 ]
run --statistcs c
holds "a misspelled option" grep -qF 'unknown option `--statistcs`: did you mean `--statistics`?' err
run --list-files -0 c
holds "--list-files -0" [ "$(tr '\0' ' ' <out)" = "c/a.md c/b.md c/c.md " ]
mkfifo names
printf 'c/b.md\nc/a.md\n' >names &
run --list-files --files-from names
wait
holds "--files-from a FIFO, in order of paths" [ "$(tr '\n' ' ' <out)" = "c/a.md c/b.md " ]
run --files-from c
holds "--files-from a folder" grep -qxF 'newslint: cannot read `c`: Is a directory' err
run --list-files --fix --format json --baseline base --update-baseline c
holds "--list-files does nothing else" [ "$status" -eq 0 -a ! -e base -a "$(wc -l <out)" -eq 3 ]
