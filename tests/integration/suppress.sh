#!/bin/sh
# Suppression comments: what they take away, what they leave, and what is said of those that take
# nothing away.
. tests/tap.sh
cd "$t" || exit 2

cat >newslint.yaml <<'END'
newslint: 1
name: s
extends: [headings]
fields:
  title: {type: string, length: {max: 20}}
  mood: {enum: [GOOD, BAD]}
  tags: {type: list, each: {type: string}}
  id: {unique: true}
rules:
  moji: {check: mojibake}
END

# says NAME TEXT EXPECTED: the article's report, a line each of `line:column rule`.
says() {
    printf -- "$2" >a.md
    "$newslint" a.md >out 2>err
    sed -n 's/^a\.md:\([0-9:]*\): [a-z]*: .* \[\(.*\)\]$/\1 \2/p' out >got
    printf -- "$3" >want
    ok "$1" cmp -s got want || show want out err
}

# tells NAME TEXT: the last report says so.
tells() {
    ok "$1" grep -qF -- "$2" out || { echo "# not there: $2" && show out; }
}

U=newslint/unused-suppression
H='---\ntitle: A\n---\n\n'
bad='## A\n\n#### B\n\n' # B jumps

says "without a comment" "$H${bad}" '7:6 headings/increment\n'
says "disable to the end" "$H<!-- newslint-disable headings/increment -->\n\n${bad}" ''
says "disable and enable" "$H<!-- newslint-disable increment -->\n\n${bad}<!-- newslint-enable increment -->\n\n## C\n\n#### D\n" '15:6 headings/increment\n'
says "nested: the inner enable does not end the outer of another rule" "$H<!-- newslint-disable punctuation -->\n<!-- newslint-disable increment -->\n\n## A.\n\n#### B.\n\n<!-- newslint-enable increment -->\n\n## C.\n\n#### D.\n\n<!-- newslint-enable punctuation -->\n\n## E.\n" '16:6 headings/increment\n20:5 headings/punctuation\n'
says "nested: an outer of all, an inner of one" "$H<!-- newslint-disable -->\n<!-- newslint-disable increment -->\n\n## A.\n\n#### B.\n\n<!-- newslint-enable increment -->\n\n#### C.\n\n###### D.\n" '16:8 headings/increment\n'
says "enable without a name ends all" "$H<!-- newslint-disable increment -->\n\n${bad}<!-- newslint-enable -->\n\n## C\n\n#### D\n" '15:6 headings/increment\n'
says "disable all but one that is enabled again" "$H<!-- newslint-disable -->\n<!-- newslint-enable increment -->\n\n## A.\n\n#### B\n" '10:6 headings/increment\n'
says "by its set" "$H<!-- newslint-disable headings/* -->\n\n${bad}" ''
says "two names, with commas" "$H<!-- newslint-disable increment, headings/punctuation -->\n\n## A.\n\n#### B\n" ''
says "a reason" "$H<!-- newslint-disable increment -- it is s/moji, and not headings/depth -->\n\n${bad}" ''
says "a reason without a blank" "$H<!-- newslint-disable increment --it must be -->\n\n${bad}" ''
says "on the line" "$H## A\n\n#### B <!-- newslint-disable-line increment -->\n" ''
says "on the line, with a reason in a paragraph" "${H}It says cafÃ©. <!-- newslint-disable-line moji -- a quote -->\n\ncafÃ©\n" '7:4 s/moji\n'
says "on the next line" "$H## A\n\n<!-- newslint-disable-next-line increment -->\n#### B\n" ''
says "on the next line only" "$H## A\n\n<!-- newslint-disable-next-line increment -->\n\n#### B\n" "7:33 $U\n9:6 headings/increment\n"
says "a comment of several lines: the line behind its end" "$H## A\n\n<!-- newslint-disable-next-line\n  increment\n  -- why\n-->\n#### B\n" ''
says "the file, from anywhere" "$H${bad}<!-- newslint-disable-file increment -->\n" ''
says "the file, in the front matter" "---\n# newslint-disable-file increment\ntitle: A\n---\n\n${bad}" ''
says "the file, for what stands at its start" "---\n# newslint-disable-file front-matter/syntax\ntitle: [\n---\n" '3:8 front-matter/syntax\n'
says "CRLF" "---\r\ntitle: A\r\nmood: X # newslint-disable-line enum\r\n---\r\n\r\n## A\r\n\r\n<!-- newslint-disable-next-line increment -->\r\n#### B\r\n" ''
says "lone CR" "---\rtitle: A\r# newslint-disable-next-line enum\rmood: X\r---\r\r## A\r\r<!-- newslint-disable-next-line increment -->\r#### B\r" ''
says "behind text that is not ASCII" "$H## Ä\n\n#### Größe 😀 <!-- newslint-disable-line increment -->\n" ''
says "in the source of an article that begins with a BOM" "\357\273\277---\n# newslint-disable-next-line enum\nmood: X\n---\n" ''

says "front matter: the line" '---\nmood: X # newslint-disable-line s/enum -- old\n---\n' ''
says "front matter: the next line" '---\n  # newslint-disable-next-line\nmood: X\n---\n' ''
says "front matter: a # in a word" '---\ntitle: a#newslint-disable-line\nmood: X#newslint-disable-line\n---\n' "2:8 s/length\n3:7 s/enum\n"
says "front matter: in quotes" '---\ntitle: "a # newslint-disable-line"\nmood: '"'X # newslint-disable-line'"'\n---\n' "2:8 s/length\n3:7 s/enum\n"
says "front matter: behind quotes" '---\ntitle: "It'"'"'s # a title, and a long one" # newslint-disable-line\n---\n' ''
says "front matter: in a block scalar" '---\ntitle: |\n  a\n  # newslint-disable-next-line\nmood: X\n---\n' "2:8 s/length\n5:7 s/enum\n"
says "front matter: on the head of a block scalar" '---\ntitle: >- # newslint-disable-line length\n  a title of more than that\n---\n' ''
says "front matter: behind a block scalar" '---\ntitle: |\n  a\n# newslint-disable-next-line\nmood: X\n---\n' ''
says "front matter: in a folded quote of several lines" '---\ntitle: "a\n  # newslint-disable-next-line\n  b"\nmood: X\n---\n' "2:8 s/length\n5:7 s/enum\n"
says "front matter: in a flow list" '---\ntags: [\n  1, # newslint-disable-line s/type\n  "# newslint-disable-next-line",\n  2]\n---\n' '5:3 s/type\n'
says "front matter: a value of several lines counts by its first" '---\ntitle: "a long title that # newslint-disable-line\n  goes on" # newslint-disable-line\n---\n' "2:8 s/length\n3:14 $U\n"
says "front matter: a key for the second time" '---\nmood: BAD\nmood: "x # newslint-disable-line"\n---\n' ''
says "front matter: an alias and a merge" '---\ntags: &t [1] # newslint-disable-line\nother: {<<: {mood: X}} # newslint-disable-line\nagain: *t\n---\n' "3:26 $U\n"
says "front matter: nothing but a comment" '---\n# newslint-disable-file\n---\n' "2:3 $U\n"
says "JSON has no comments" '{\n"mood": "X", "title": "# newslint-disable-line"\n}\n' '2:9 s/enum\n2:23 s/length\n'

says "in code it is no comment" "$H## A\n\n\`<!-- newslint-disable-file -->\`\n\n    <!-- newslint-disable-file -->\n\n~~~\n<!-- newslint-disable-file -->\n~~~\n\n#### B\n" '15:6 headings/increment\n'
says "behind a backslash it is no comment" "$H## A\n\n\\\\<!-- newslint-disable-file -->\n\n#### B\n" '9:6 headings/increment\n'
says "in a list and a quote it is one" "$H## A\n\n> - <!-- newslint-disable-file increment -->\n\n#### B\n" ''
says "other comments are left alone" "$H## A\n\n<!-- about newslint-disable-file -->\n<!-- more -->\n\n#### B\n" '10:6 headings/increment\n'
says "a comment that is not closed" "$H## A\n\n#### B\n\n<!-- newslint-disable-file\n" '7:6 headings/increment\n'

says "unused" "$H<!-- newslint-disable-file headings/increment -->\n" "5:28 $U\n"
tells "unused: says what" 'this suppresses nothing: there is no finding of `headings/increment`'
says "unused: one of two" "$H${bad}<!-- newslint-disable-file increment moji -->\n" "9:38 $U\n"
says "unused: all" "$H<!-- newslint-disable -->\n" "5:6 $U\n"
says "unused: the second of two that say the same" "$H## A\n\n<!-- newslint-disable-next-line -->\n#### B <!-- newslint-disable-line -->\n" "8:13 $U\n"
says "a rule that is not known" "$H<!-- newslint-disable-file headings/incremnt -->\n" "5:28 $U\n"
tells "a rule that is not known: suggestion" '`headings/incremnt` is no rule in force; did you mean `headings/increment`?'
says "a rule that is not known, to enable" "$H<!-- newslint-disable increment -->\n\n${bad}<!-- newslint-enable incr -->\n" "11:22 $U\n"
says "enable without disable" "$H<!-- newslint-enable increment -->\n\n${bad}<!-- newslint-disable increment -->\n\n## C\n\n#### D\n\n<!-- newslint-enable -->\n" "5:22 $U\n9:6 headings/increment\n"
tells "enable without disable: says so" 'this enables nothing: no `newslint-disable` stands before it'
says "a word that is not known" "$H<!-- newslint-disabel-line increment -->\n" "5:28 $U\n"
tells "a word that is not known: suggestion" '`newslint-disabel-line` is no suppression; did you mean `newslint-disable-line`?'
says "newslint's own" "$H<!-- newslint-disable-file newslint/not-fixed -->\n" "5:28 $U\n"
tells "newslint's own: says so" '`newslint/not-fixed` cannot be suppressed'
says "unused, and that suppressed" "$H<!-- newslint-disable-next-line newslint/unused-suppression -->\n<!-- newslint-disable-file increment -->\n" ''
says "unused, and not suppressed by all" "$H<!-- newslint-disable-file -->\n" "5:6 $U\n"
says "unused suppression of unused suppressions" "$H<!-- newslint-disable-file unused-suppression -->\n" "5:28 $U\n"
says "control characters in a name" "$H<!-- newslint-disable-file a\033[31m -->\n" "5:28 $U\n"
tells "control characters in a name: shown" 'a\x1B[31m'
says "where front matter does not parse, its rules are mute and so is this" "---\ntitle: [\n---\n\n<!-- newslint-disable-file s/enum -->\n" '2:8 front-matter/syntax\n'
says "another tool's comment" "$H<!-- markdownlint-disable MD001 -->\n\n${bad}" '9:6 headings/increment\n'

# Fixes.
printf -- '---\ntitle: A\n---\n\ncafÃ© <!-- newslint-disable-line moji -->\n\ncafÃ©\n' >a.md
"$newslint" --fix a.md >out 2>err
printf -- '---\ntitle: A\n---\n\ncafÃ© <!-- newslint-disable-line moji -->\n\ncafé\n' >want
ok "a suppressed finding is not fixed" cmp -s a.md want

# What articles tell each other.
printf -- '---\nid: 1 # newslint-disable-line unique\n---\n' >a.md
printf -- '---\nid: 1\n---\n' >b.md
"$newslint" . >out 2>err
grep -q '^b.md:2:5: .*stands also in `a.md`' out && [ "$(wc -l <out)" -eq 1 ]
result $? "a suppressed fact still counts for the others" || show out
"$newslint" a.md >out 2>err
ok "it is used, though the other article was not named" [ ! -s out ] || show out
"$newslint" --no-index a.md >out 2>err
ok "nothing is called unused where not all was seen" [ ! -s out ] || show out
rm b.md
"$newslint" a.md >out 2>err
ok "it is unused once the other is gone" grep -q "^a.md:2:31: warning: .*\[$U\]" out || show out

# Its level is the rule file's to say.
sed 's/^rules:/rules:\n  newslint\/unused-suppression: error/' newslint.yaml >strict.yaml
"$newslint" -c strict.yaml a.md >out 2>err
ok "with the level of the rule file" grep -q "^a.md:2:31: error: .*\[$U\]" out || show out
