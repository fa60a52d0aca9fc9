#!/bin/sh
# What strangers may write: it ends soon, within 1 GiB of addresses, and acts on no log. Each time limit is far above
# what a linear way needs and far below what a quadratic or an exponential one did.
. tests/tap.sh
cd "$t" || exit 2
seconds=600
[ -n "${SAN:-}" ] || { ulimit -v 1048576 && seconds=60; }

ends() { # NAME STATUS ARGUMENT...: within 60 seconds of processor time, with that status
    name=$1 wanted=$2
    shift 2
    (ulimit -t $seconds && exec "$newslint" "$@") >out 2>err
    status=$?
    ok "$name" test $status -eq "$wanted"
}

repeat() { # COUNT TEXT
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

printf 'newslint: 1\nname: s\nextends: [encoding]\n' >newslint.yaml

i=0
while [ $i -lt 30 ]; do
    printf 'newslint: 1\nname: e\nextends: [./e%d.yaml, ./e%d.yaml]\n' $((i + 1)) $((i + 1)) >e$i.yaml
    i=$((i + 1))
done
printf 'newslint: 1\nname: e\n' >e30.yaml
printf -- '---\ntitle: x\n---\n' >a.md
ends "two to the thirtieth extended files" 2 -c e0.yaml a.md
ok "that they are too many is said" grep -q 'more than 1000 rule files' out

{ printf -- '---\ntitle: x\n---\n\n' && repeat 20000 "a$(printf '\342\200\213')"; } >a.md
for format in text pretty json sarif github gitlab junit checkstyle rdjson; do
    ends "20000 findings in one line, as $format" 0 --format $format a.md
done
ends "20000 findings in one line, as a diff" 1 --diff a.md

{ printf -- '---\ntitle: x\n---\n\n' && repeat 100000 "$(printf '\314\201\314\243')"; } >a.md
ends "a letter with 200000 marks" 0 a.md

{ printf -- '---\ntitle: x\n---\n\n' && repeat 100000 "$(printf 'caf\351 \223a\224 ')"; } >a.md
ends "300000 bytes that are not UTF-8" 1 a.md

{ printf -- '---\n' && awk 'BEGIN { while (i++ < 100000) printf "it\303\242\342\202\254\342\204\242s%d: a\n", i }' &&
    printf -- '---\n\n'; } >a.md
ends "100000 damaged keys" 1 a.md

printf 'newslint: 1\nname: s\nextends: [encoding, front-matter]\n' >both.yaml
{ printf -- '---\n' && awk 'BEGIN { while (i++ < 5000) printf "k%d: a\001b\n", i }' && printf -- '---\n\n'; } >a.md
ends "5000 characters that YAML forbids, of which few are wanted" 1 -c both.yaml --max-findings 7 a.md
ok "that there are more is said" grep -q 'more than 7 findings are in this article' out
ok "those few are told" test "$(wc -l <out)" -eq 8
ends "front matter larger than is wanted" 1 -c both.yaml --max-front-matter 1000 a.md
ok "what sets the limit is said" grep -q 'larger than 1000 bytes and was not read; .*--max-front-matter' out
ends "5000 characters that YAML forbids" 1 -c both.yaml a.md
ok "each is told once" test "$(wc -l <out)" -eq 5000
rm -f a.md

few() { # NAME FINDINGS ARGUMENT...: within 640 MiB of addresses, which what is kept of all places would not be
    name=$1 findings=$2
    shift 2
    (ulimit -t $seconds && { [ -n "${SAN:-}" ] || ulimit -v 655360; } && exec "$newslint" --max-findings 1000 "$@") >out 2>err
    ok "$name" test "$?,$(wc -l <out)" = "1,$findings"
    ok "that there are more is said" grep -q 'more than 1000 findings are in this article' out
}
repeat 1600000 "$(printf '\303\242\342\202\254\342\204\242\n\n ')" >a.md
few "1600000 damaged lines" 1002 a.md
ok "that the body is too tangled is said" grep -q 'too large or too tangled to be parsed' out
repeat 5000000 "$(printf 'a\342\200\213')" >a.md
few "5000000 characters that nobody sees" 1001 a.md
head -c 10000001 /dev/zero | tr '\0' '\n' >a.md
ends "ten million empty lines and one" 1 a.md
ok "that they are too many is said" grep -q 'more than 10000000 lines and was not checked' out
head -c 10000000 /dev/zero | tr '\0' '\n' >a.md
ends "ten million empty lines" 0 a.md
rm -f a.md

printf 'newslint: 1\nname: s\nextends: [headings, encoding]\nrules: {headings/first: {level: info}, headings/unique: {level: info}}\n' >many.yaml
{ printf -- '---\ntitle: x\n---\n\n' && awk 'BEGIN { while (i++ < 1000000) print "# h\n" }'; } >a.md
ends "a million headings alike" 1 -c many.yaml a.md
ok "what is kept of them" test "$(wc -l <out)" -eq 100001
ok "that there are more is an error" grep -q '^a.md:1:1: error: more than 100000 findings .*newslint/too-large' out
ends "a million headings, for two sets that look at a body each in its own way" 1 --rules headings --rules markdownlint a.md

mkdir p
printf -- '---\ntitle: A\303\242\342\202\254\302\246\n---\n' >'p/##vso[x]y ##[error]z.md'
cat >log.yaml <<'Y'
newslint: 1
name: s
rules: {m: {check: mojibake}}
Y
# In `github` such a path stands in a line that is a command already, and the runner looks for no other in it.
for job in GITHUB_ACTIONS=true TF_BUILD=True; do
    for format in text pretty json jsonl sarif gitlab junit checkstyle rdjson; do
        env $job "$newslint" -c log.yaml --format $format p >out 2>err
        ok "no command for the log with $job, as $format" sh -c 'test -s out && ! grep -q "##[a-z]*\[" out err'
    done
done
