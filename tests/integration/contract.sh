#!/bin/sh
# The contract of the program with its users, sentence by sentence: what no other script looks at.
. tests/tap.sh
cd "$t" || exit 2

# run ARGUMENTS...: leaves out, err and the status in $status.
run() {
    "$newslint" "$@" >out 2>err </dev/null
    status=$?
}

# gives NAME STATUS [OUT [ERR]]: the last run ended so, and wrote just these lines.
gives() {
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
    ok "$1${bad:+: $bad}" [ -z "$bad" ] || show out err
}

# has NAME FILE TEXT: the last run wrote it there.
has() {
    ok "$1" grep -qF -- "$3" "$2" || { echo "# not there: $3" && show "$2"; }
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
printf -- '---\nx: 1\n---\n' | "$newslint" -q -c s.yaml --fail-on never --stdin-filename ./d//x.md - >out 2>err
status=$?
gives "the name of standard input is shown as other paths are" 0 "d/x.md:1:1: error: required field \`title\` is missing [s/required]
"
printf 'newslint: 1\nnme: x\n' >bad.yaml
run -c bad.yaml ok.md
gives "mistakes in rules are counted as such" 2 "bad.yaml:2:1: error: a rule file has no \`nme\`: did you mean \`name\`? [newslint/rule-file]
" "Found 1 error in the rules. The run was incomplete.
"
run -c bad.yaml --format pretty ok.md
gives "the line of a mistake in the rules is shown" 2 "error[newslint/rule-file]: a rule file has no \`nme\`: did you mean \`name\`?
 --> bad.yaml:2:1
  |
2 | nme: x
  | ^^^

"
run -c s.yaml --max-size 5 ok.md
has "what is too large names the cure" out "--max-size sets the limit [newslint/too-large]"

# ---- Repair ------------------------------------------------------------------------------------

printf 'caf\303\203\302\251\0x\0' >m.txt
printf 'caf\303\251\0x\0' >want
"$newslint" repair -0 --explain <m.txt >out 2>err
[ $? -eq 0 ] && cmp -s want out
result $? "repair --explain passes the text on"
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

wrong "a blank in the id of a rule" "3:9: error: the id of a rule wants letters, digits, \`-\`, \`_\` and \`.\`" 'rules: {a b: {check: body}}'
wrong "no id of a rule" "3:9: error: the id of a rule wants letters, digits, \`-\`, \`_\` and \`.\`" 'rules: {"": {check: body}}'
wrong "a misspelled check" "3:13: error: a rule has no \`chek\`: did you mean \`check\`?" 'rules: {x: {chek: body}}'
wrong "a misspelled assert" "3:13: error: a rule has no \`asert\`: did you mean \`assert\`?" 'rules: {x: {asert: a == 1}}'
wrong "a misspelled key of an override" "3:28: error: an override has no \`ruels\`: did you mean \`rules\`?" 'overrides: [{files: ["*"], ruels: {r/p: off}}]'
wrong "a day that does not exist" "3:33: error: \`2025-02-30\` is no ISO time: 30 February does not exist: February 2025 has 28 days" 'rules: {x: {assert: a < 2025-02-30}}'
cp s.yaml house
run -q -c house ok.md
gives "-c takes a file of any name" 0 ""
run --rules house ok.md
gives "--rules takes a file of any name" 0 ""

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

# ---- Statuses, levels, what goes where -----------------------------------------------------------

printf 'newslint: 1\nname: l\nfields: {i: {type: {is: string, level: info}}, w: {type: {is: string, level: warning}}}\n' >l.yaml
printf -- '---\ni: 1\nw: 2\n---\n' >l.md
two="l.md:2:4: note: \`i\` is an integer, \`1\`, expected a string: put quotes around it [l/type]
l.md:3:4: warning: \`w\` is an integer, \`2\`, expected a string: put quotes around it [l/type]
"
sum="Found 1 warning and 1 note in 1 of 1 file. 2 fixable with --fix --unsafe-fixes.
"
run -c l.yaml ./l.md
gives "info is a note in text, the summary is on standard error" 0 "$two" "$sum"
for level in error:0 warning:1 info:1 never:0; do
    run -c l.yaml --fail-on ${level%:*} l.md
    gives "--fail-on ${level%:*}" ${level#*:} "$two" "$sum"
done
run -c l.yaml --max-warnings 0 --quiet l.md
gives "--max-warnings, --quiet" 1 "$two" ""
run -c l.yaml --min-level error --fail-on info l.md
gives "what is hidden does not count" 0 "" "Nothing found in 1 file.
"
run -c l.yaml --format json --min-level warning l.md
gives "keys of json, in order; without a value they are left out" 0 '{"version":1,"diagnostics":[
{"path":"l.md","rule":"l/type","level":"warning","message":"`w` is an integer, `2`, expected a string: put quotes around it","field":"w","start":{"offset":12,"line":3,"column":4},"end":{"offset":13,"line":3,"column":5},"help":"The site'"'"'s templates count on one type for this field. A value in quotes is always a string, also when it looks like a number: write `score: 0` for a number and `externalId: '"'54371037'"'` for a string.","fix":{"safety":"unsafe","description":"put quotes around it","edits":[{"start":12,"end":13,"text":"'"'2'"'"}]}}
],"summary":{"files":1,"errors":0,"warnings":1,"infos":0,"fixable":0,"fixed":0}}
' ""
run -c l.yaml --format jsonl -o l.jsonl --format text l.md
gives "two reports in one run" 0 "$two" "$sum"
has "the file has the other" l.jsonl '{"path":"l.md","rule":"l/type","level":"info",'
run -c l.yaml --statistics l.md
gives "--statistics" 0 "$two" "      2  l/type
$sum"
printf 'l.md\0./ok.md\0' >list
run -c l.yaml --list-files --files-from list -0
tr '\0' '\n' <out >lines && mv lines out
gives "--files-from with -0" 0 "l.md
ok.md
"
printf -- '---\ni: Caf\303\203\302\251\nw: 2\n---\nno last line' >in
printf -- '---\ni: Caf\303\251\nw: 2\n---\nno last line' >want2
printf 'newslint: 1\nname: f\nextends: [encoding]\nfields: {w: {type: string}}\n' >f.yaml
"$newslint" -c f.yaml --fix --stdin-filename d/x.md - <in >out 2>err
status=$?
gives "--fix of standard input: text to standard output, report to standard error" 1 "$(cat want2)" "d/x.md:3:4: error: \`w\` is an integer, \`2\`, expected a string: put quotes around it [f/type]
Found 1 error in 1 of 1 file. Fixed 1. 1 fixable with --fix --unsafe-fixes.
"
"$newslint" -c f.yaml --diff --stdin-filename d/x.md - <in >out 2>err
status=$?
gives "--diff prints a diff and ends with 1" 1 "--- d/x.md
+++ d/x.md
@@ -1,5 +1,5 @@
 ---
-i: CafÃ©
+i: Café
 w: 2
 ---
 no last line
\\ No newline at end of file
"

# ---- Positions -----------------------------------------------------------------------------------

printf -- '\357\273\277---\ni: "\360\237\230\200 \344\270\255"\nt: [\360\237\230\200\344\270\255, 5]\n---\n' >c.md
printf 'newslint: 1\nname: c\nfields: {t: {each: {type: string}}}\n' >c.yaml
for unit in codepoint:9 utf16:10 byte:14 display:11; do
    run -c c.yaml --columns ${unit%:*} c.md
    has "--columns ${unit%:*}" out "c.md:3:${unit#*:}: error:"
done

# ---- The clock -----------------------------------------------------------------------------------

printf 'newslint: 1\nname: n\nfields: {t: {timestamp: {before: now}}}\n' >n.yaml
printf -- '---\nt: 2025-01-01T00:00:00Z\n---\n' >n.md
run -c n.yaml --now 2024-12-31T23:59:59Z n.md
gives "--now" 1
run -c n.yaml --now 2025-01-01T00:00:01Z n.md
gives "--now, later" 0
SOURCE_DATE_EPOCH=0 "$newslint" -c n.yaml n.md >out 2>err
status=$?
gives "SOURCE_DATE_EPOCH" 1
SOURCE_DATE_EPOCH=0 "$newslint" -c n.yaml --now 2025-02-01T00:00:00Z n.md >out 2>err
status=$?
gives "--now goes before SOURCE_DATE_EPOCH" 0

# ---- Inheritance ---------------------------------------------------------------------------------

printf 'newslint: 1\nname: b\nfields: {title: {required: true, length: {min: 3}}, slug: {required: true}}\nrules: {h: {check: heading-increment}}\n' >b.yaml
printf -- '---\ntitle: A\n---\n## A\n\n#### B\n' >h.md
child() {
    name=$1
    wanted=$2
    shift 2
    printf '%s\n' 'newslint: 1' 'name: m' 'extends: ./b.yaml' "$@" >child.yaml
    "$newslint" -c child.yaml h.md 2>err | sed 's/[^ ]* \([a-z]*\): .*\[\(.*\)\]/\1 \2/' | tr '\n' ' ' >out
    status=0
    gives "inheritance: $name" 0 "$wanted"
}
child "all" "error b/required warning b/length warning b/h "
child "a level alone" "error b/required note b/length warning b/h " 'rules: {b/length: info}'
child "options merge" "error b/required note b/length warning b/h " 'fields: {title: {length: {level: info}}}'
child "null removes" "warning b/h " 'fields: {slug: null, title: {length: null}}'
child "a whole set, and the more exact name" "error b/required note b/length note b/h " 'rules: {b/required: error, b/*: info}'
child "overrides, the last one wins" "error b/required warning b/length " 'overrides:' '  - {files: ["*.md"], rules: {b/h: off, b/length: off}}' '  - {files: ["h.*"], rules: {b/length: warning}}'
child "only when" "warning b/length warning b/h " 'rules: {b/required: {when: title == "B"}}'

# ---- Expressions: T holds, F does not, U is unknown and silent ------------------------------------

printf -- '---\ntitle: Hello\nn: 5\ns: "5"\nb: true\nempty: ""\ntags: [A, B]\nsrc-name: k\nt: 2025-01-02T03:04:05Z\nm: {x: 1, y: 2}\n"a.b": {c: 1}\n---\n# Head\n\nOne two.\n' >e.md
while IFS= read -r line; do
    want=${line%% *}
    expression=${line#* }
    printf "newslint: 1\nname: e\nrules:\n  p:\n    assert: >-\n      %s\n  q:\n    assert: >-\n      not (%s)\n" "$expression" "$expression" >e.yaml
    got=$("$newslint" -c e.yaml e.md 2>/dev/null | sed -n 's/.*\[\(.*\)\]$/\1/p' | tr '\n' ' ')
    case $got in
    'e/p ') got=F ;;
    'e/q ') got=T ;;
    '') got=U ;;
    esac
    ok "$want $expression" [ "$got" = "$want" ] || echo "# it is $got"
done <<'EXPRESSIONS'
T title == "Hello" and n == 5.0
F n == s
T nope == null and not nope and nope != true
U nope > 3
U not (nope > 3)
T nope > 3 or true
F nope > 3 and false
U title < n
U nope + 1 == 1
U nope in tags
T "A" in tags and "C" not in tags
F n in tags
T title matches "^H" and not (title matches "^h")
T n + 1 == 6 and n - 1 == 4
T src-name == "k"
T n -1 == 4
F n-1 == 4
T len(title) == 5 and len(tags) == 2 and count(m.*) == 2
T lower(title) == "hello" and upper(title) == "HELLO"
T has(empty) and not has(nope)
T starts-with(title, "He") and ends-with(title, "lo")
T year(t) == 2025 and month(t) == 1 and day(t) == 2
T any(tags[] == "A") and not all(tags[] == "A")
T t + 2h > t and t - 7d < t and t - t == 0m and 60m == 1h
T t == 2025-01-02T05:04:05+02:00
T now > t
T "a.b".c == 1 and m.x == 1
T file.path == "e.md" and file.name == "e.md" and file.dir != "x"
T body.words == 3 and body.headings == 1
T title in ["Hello", 'x'] and 1 < 2 and not false
EXPRESSIONS

# ---- Export --------------------------------------------------------------------------------------

printf -- '\357\273\277--- \r\na: [1, x]\r\n...\r\nSet *x*\r\n===\r\n' >x1.md
printf -- '+++\na = 1\n+++\nw\n' >x2.md
printf '{\n"a": null\n}\n' >x3.md
printf '## No ##\n' >x4.md
printf -- '---\na: [\n---\nw\n' >x5.md
run export x1.md x2.md x3.md x4.md x5.md
gives "export" 0 '{"path":"x1.md","frontMatter":{"format":"yaml","startLine":1,"endLine":3,"data":{"a":[1,"x"]}},"bodyLine":4,"headings":[{"level":1,"text":"Set x","line":4,"column":1}],"words":2}
{"path":"x2.md","frontMatter":{"format":"toml","startLine":1,"endLine":3},"bodyLine":4,"headings":[],"words":1}
{"path":"x3.md","frontMatter":{"format":"json","startLine":1,"endLine":3,"data":{"a":null}},"bodyLine":4,"headings":[],"words":0}
{"path":"x4.md","frontMatter":null,"bodyLine":1,"headings":[{"level":2,"text":"No","line":1,"column":4}],"words":1}
{"path":"x5.md","frontMatter":{"format":"yaml","startLine":1,"endLine":3},"error":{"message":"the bracket `[` that opens here is never closed; close it with `]`, or quote the value if it is text","line":2,"column":4},"bodyLine":4,"headings":[],"words":1}
' ""

# ---- One mistake is one diagnostic -----------------------------------------------------------------

printf 'newslint: 1\nname: o\nfields: {t: {type: string, enum: [A], length: {min: 3}, pattern: "^[A-Z]"}, u: {type: {is: string, level: info}, url: true}, d: {type: timestamp, timestamp: true}}\n' >one.yaml
printf -- '---\nt: 5\nu: 5\nd: 5\n---\n' >one.md
run -c one.yaml one.md
gives "a value of a wrong type is told once, unless the rest weighs more" 1 "one.md:2:4: error: \`t\` is an integer, \`5\`, expected a string: put quotes around it [o/type]
one.md:3:4: note: \`u\` is an integer, \`5\`, expected a string: put quotes around it [o/type]
one.md:3:4: error: \`u\` \`5\` has no scheme, expected one such as \`https://\` [o/url]
one.md:4:4: error: \`d\` is an integer, \`5\`, expected a timestamp [o/type]
"

# ---- Examples and explanations of rules that speak only of some files, or of none --------------------

cat >some.yaml <<'EOF'
newslint: 1
name: r
rules:
  later:
    assert: b >= a
    files: ["content/**"]
    examples:
      good: ["a: 1\nb: 2"]
      bad: ["a: 2\nb: 1"]
  never:
    assert: b > a
    level: "off"
    examples:
      bad: ["a: 1\nb: 1"]
EOF
run test-rules some.yaml
gives "examples are run wherever the rule speaks" 0 'ok 1 - r/later: good example (some.yaml:8)
ok 2 - r/later: bad example (some.yaml:9)
ok 3 - r/never: bad example (some.yaml:14) # SKIP the rule is off
1..3
'
run explain -c some.yaml r/later
has "a rule with files is explained" out "r/later: "
run explain -c some.yaml r/never
gives "a rule that is off is not unknown" 2 "" "newslint: the rule \`r/never\` is off; give it a level to have it explained
"
run rules -c some.yaml
has "rules lists rules with files" out "r/later  error"
run rules -c some.yaml --for other/a.md
! grep -q "r/later" out
result $? "rules --for minds files"
