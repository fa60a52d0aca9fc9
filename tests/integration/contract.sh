#!/bin/sh
# The contract of the program with its users, sentence by sentence: what no other script looks at.
set -u
BUILD=${BUILD:-build}
newslint=$(cd "$BUILD" && pwd)/newslint
t=$(mktemp -d) || exit 2
trap 'rm -rf "$t"' EXIT
cd "$t" || exit 2
n=0
unset SOURCE_DATE_EPOCH NO_COLOR FORCE_COLOR GITHUB_ACTIONS

# run ARGUMENTS...: leaves out, err and the status in $status.
run() {
    "$newslint" "$@" >out 2>err </dev/null
    status=$?
}

# gives NAME STATUS [OUT [ERR]]: the last run ended so, and wrote just these lines.
gives() {
    n=$((n + 1))
    bad=
    [ "$status" -eq "$2" ] || bad="status $status, not $2"
    if [ $# -ge 3 ]; then
        printf '%s' "$3" >want
        cmp -s want out || bad="$bad standard output differs"
    fi
    if [ $# -ge 4 ]; then
        printf '%s' "$4" >wanterr
        cmp -s wanterr err || bad="$bad standard error differs"
    fi
    if [ -z "$bad" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1: $bad"
        sed 's/^/# out: /' out
        sed 's/^/# err: /' err
    fi
}

# has NAME FILE TEXT: the last run wrote it there.
has() {
    n=$((n + 1))
    if grep -qF -- "$3" "$2"; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1: \`$3\` is not in $2"
        sed 's/^/# /' "$2"
    fi
}

# wrong NAME LINE...: a rule file of these lines has one mistake; `says` is the one sentence.
wrong() {
    name=$1 says=$2
    shift 2
    printf '%s\n' 'newslint: 1' 'name: r' "$@" >wrong.yaml
    run -c wrong.yaml ok.md
    gives "rule file: $name" 2 "wrong.yaml:$says [newslint/rule-file]
"
}

printf -- '---\ntitle: A\n---\n' >ok.md
printf 'newslint: 1\nname: s\nfields: {title: {required: true}}\n' >s.yaml

# ---- Command line ------------------------------------------------------------------------------

run -c s.yaml nope.md
gives "nothing checked is not called clean" 2 "" "newslint: cannot check \`nope.md\`: No such file or directory
No file was checked. The run was incomplete.
"
run explian -c s.yaml
has "a misspelled command is recognised" err "did you mean \`newslint explain\`?"
run --files-from nope
gives "a list that is not there" 2 "" "newslint: cannot read \`nope\`: No such file or directory
"
run -c s.yaml --stdin-filename x.md ok.md
gives "--stdin-filename without -" 2 "" "newslint: \`--stdin-filename\` goes with \`-\` as the path
"
run --list-files --stdin-filename x.md -
gives "--list-files of standard input" 0 "x.md
"
printf 'newslint: 1\nnme: x\n' >bad.yaml
run -c bad.yaml ok.md
gives "mistakes in rules are counted as such" 2 "bad.yaml:2:1: error: a rule file has no \`nme\`: did you mean \`name\`? [newslint/rule-file]
" "Found 1 error in the rules. The run was incomplete.
"
run -c s.yaml --max-size 5 ok.md
has "what is too large names the cure" out "--max-size sets the limit [newslint/too-large]"

# ---- Repair ------------------------------------------------------------------------------------

printf 'caf\303\203\302\251\0x\0' >m.txt
printf 'caf\303\251\0x\0' >want
"$newslint" repair -0 --explain <m.txt >out 2>err
status=$?
n=$((n + 1))
if [ $status -eq 0 ] && cmp -s want out; then echo "ok $n - repair --explain passes the text on"; else
    echo "not ok $n - repair --explain passes the text on: status $status"
fi
has "repair --explain names the code pages" err "<stdin>[1]:1:4: \`Ã©\` was \`é\`: UTF-8 read as Windows-1252 (safe)"
