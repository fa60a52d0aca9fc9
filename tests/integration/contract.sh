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

# ---- Rule files: one mistake, one sentence, with what stands there -------------------------------

wrong "an unknown key" "3:1: error: a rule file has no \`foo\`; known are \`newslint\`, \`name\`, \`extends\`, \`include\`, \`exclude\`, \`fields\`, \`rules\`, \`unknown-fields\` and \`overrides\`" 'foo: 1'
wrong "an unknown option" "3:23: error: check \`length\` has no option \`maxi\`: did you mean \`max\`?" 'fields: {t: {length: {maxi: 1}}}'
wrong "no short form" "3:22: error: \`length\` wants true, false, a level, or a map of options, not \`5\`" 'fields: {t: {length: 5}}'
wrong "an option that is missing" "3:14: error: check \`length\` needs \`min\` or \`max\`" 'fields: {t: {length: {}}}'
wrong "a word for a boolean" "3:24: error: \`required\` wants true, false, a level, or a map of options, not \`yes\`" 'fields: {t: {required: yes}}'
wrong "a value of a wrong type" "3:28: error: \`max\` wants a whole number from 0, not the string \`x\`" 'fields: {t: {length: {max: x}}}'
wrong "a list for a number" "3:28: error: \`max\` wants a whole number from 0, not a list" 'fields: {t: {length: {max: [1]}}}'
wrong "a value twice" "3:24: error: \`A\` stands twice in \`values\`" 'fields: {t: {enum: [A, A]}}'
wrong "a rule about nothing" "3:38: error: \`fields\` is an empty list: the rule would look at nothing" 'rules: {a: {check: required, fields: []}}'
wrong "no level" "3:37: error: \`level\` is one of error, warning, info and off, and not \`wrning\`: did you mean \`warning\`?" 'rules: {a: {check: mojibake, level: wrning}}'

# ---- Messages ------------------------------------------------------------------------------------

printf 'newslint: 1\nname: s\nfields: {title: {enum: [A]}, n: {enum: ["5"]}}\nunknown-fields: warning\n' >m.yaml
printf -- '---\ntitle: a\nn: 5\ntitel: B\n---\n' >m.md
run -c m.yaml m.md
gives "messages name the cure, once" 1 "m.md:2:8: error: \`title\` is \`a\`, expected \`A\` [s/enum]
m.md:3:4: error: \`n\` is an integer, \`5\`, expected a string: put quotes around it [s/enum]
m.md:4:1: warning: unknown field \`titel\`, much like \`title\`, which is there already [s/unknown-field]
"

# ---- A rule file without a name; newslint's own rules ---------------------------------------------

mkdir own
printf 'newslint: 1\nfields: {title: {required: warning}, d: {required: info}}\n' >own/newslint.yaml
printf -- '---\nx: 1\n---\n' >own/a.md
run own
gives "a rule file without a name is called after its file, its levels stay" 0 "own/a.md:1:1: note: required field \`d\` is missing [newslint/required]
own/a.md:1:1: warning: required field \`title\` is missing [newslint/required]
" "Found 1 warning and 1 note in 1 of 1 file.
"
printf 'newslint: 1\nname: o\nrules: {newslint/too-large: warning}\noverrides: [{files: [b.md], rules: {newslint/*: off}}]\n' >o.yaml
cp ok.md b.md
run -c o.yaml --max-size 3 ok.md
gives "own rules take a level" 0 "ok.md:1:1: warning: the file is larger than 3 bytes and was not checked; --max-size sets the limit [newslint/too-large]
"
run -c o.yaml --max-size 3 b.md
gives "own rules take overrides" 0 ""
run explain newslint/regex-limit
has "own rules are explained" out "One of newslint's own rules. Level: error."
run rules -c o.yaml
has "own rules are in force" out "newslint/too-large  warning"
wrong "an own rule's id" "3:9: error: there is no rule \`unreadable\`: did you mean \`newslint/unreadable\`?" 'rules: {unreadable: {level: off}}'

# ---- Globs ---------------------------------------------------------------------------------------

mkdir -p g/blog/old
cp own/a.md g/top.md
cp own/a.md g/blog/b.md
cp own/a.md g/blog/old/c.md
glob() {
    printf 'newslint: 1\nname: g\nrules: {r: {check: required, fields: [t], files: %s}}\n' "$2" >g/newslint.yaml
    "$newslint" g 2>err | sed 's/:.*//' | tr '\n' ' ' >out
    status=0
    gives "files: $1" 0 "$3"
}
glob "a folder" '["blog/**"]' "g/blog/b.md g/blog/old/c.md "
glob "**/ matches none" '["**/top.md"]' "g/top.md "
glob "a name anywhere" '["c.md"]' "g/blog/old/c.md "
glob "from the root" '["/*.md"]' "g/top.md "
glob "braces" '["{top,b}.md"]' "g/blog/b.md g/top.md "
glob "classes" '["[a-c].md"]' "g/blog/b.md g/blog/old/c.md "
glob "the last one wins" '["blog/**", "!blog/old/**"]' "g/blog/b.md "
glob "all but" '["!blog/"]' "g/top.md "
