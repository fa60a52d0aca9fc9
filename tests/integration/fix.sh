#!/bin/sh
# --fix on disk: what is kept, what is left alone, several runs at once, killed runs.
. tests/tap.sh
cd "$t" || exit 2

damaged='---\r\ntitle: A\303\242\342\202\254\302\246\r\n---\r\n\r\nText. '
sound='---\r\ntitle: A\342\200\246\r\n---\r\n\r\nText. '
printf 'newslint: 1\nname: site\nrules: {mojibake: {check: mojibake}}\n' >newslint.yaml
printf -- "$damaged" >damaged
printf -- "$sound" >sound

cp damaged a.md
chmod 4640 a.md
ln -s a.md link.md
"$newslint" --fix link.md 2>err
ok "fixes" cmp -s a.md sound
ok "keeps the mode" test "$(stat -c %a a.md)" = 4640
ok "keeps the link" test -L link.md
before=$(stat -c '%i %Y %Z' a.md)
"$newslint" --fix a.md 2>err
ok "writes nothing when there is nothing to fix" test "$(stat -c '%i %Y %Z' a.md)" = "$before"
rm -f a.md link.md

cp damaged d.md
"$newslint" --diff d.md >diff 2>err
ok "--diff: status 1" test $? -eq 1
ok "--diff writes nothing" cmp -s d.md damaged
cp d.md p.md
sed 's/d\.md/p.md/' diff | patch -s -p0 --binary >/dev/null 2>&1
ok "--diff is taken by patch" cmp -s p.md sound
if command -v git >/dev/null; then
    git apply -p0 diff 2>/dev/null
    ok "--diff is taken by git apply" cmp -s d.md sound
fi
"$newslint" --diff sound >diff 2>err
ok "--diff without a change: status 0" test $? -eq 0 -a ! -s diff
rm -f d.md p.md

# Ten rounds, each of which mends as much as the limits let it see.
{ printf -- '---\ntitle: x\n---\n\n' && awk 'BEGIN { while (i++ < 45) print "it\303\242\342\202\254\342\204\242s " i "\n" }'; } >r.md
cp r.md again.md
"$newslint" --fix --max-findings 4 again.md >out 2>err
ok "too many findings for ten rounds: what to raise" \
    grep -q '^again.md:1:1: error: 10 rounds of fixes, each for 4 findings, were not enough; --max-findings sets the limit \[newslint/not-fixed\]$' out
"$newslint" --fix --max-findings 4 again.md >out 2>err
ok "too many findings for ten rounds: another run goes on" test $? -eq 0 -a ! -s out
cp r.md again.md
"$newslint" --fix --limit places=4 again.md >out 2>err
ok "too many places for ten rounds: what to raise" \
    grep -q '10 rounds of fixes, each for 4 places in one text, were not enough; --limit places=N sets the limit' out
cp r.md again.md
"$newslint" --fix --max-findings 5 again.md >out 2>err
ok "findings enough for ten rounds" test $? -eq 0 -a ! -s out
rm -f r.md again.md

mkdir readonly
cp damaged readonly/a.md
chmod 500 readonly
if [ "$(id -u)" -ne 0 ]; then
    "$newslint" --fix readonly >out 2>err
    ok "a folder that cannot be written: status 2" test $? -eq 2
    ok "a folder that cannot be written: says so" grep -q newslint/not-fixed out
    ok "a folder that cannot be written: says what is wrong still" grep -q site/mojibake out
else
    for i in 1 2 3; do skip "root can" "a folder that cannot be written"; done
fi
chmod 700 readonly
rm -rf readonly

fill() {
    rm -rf many
    mkdir many
    i=0
    while [ $i -lt 300 ]; do
        i=$((i + 1))
        cp damaged many/$i.md
    done
}

all_whole() {
    for f in many/*.md; do
        cmp -s "$f" sound || cmp -s "$f" damaged || return 1
    done
}

all_sound() {
    for f in many/*.md; do
        cmp -s "$f" sound || return 1
    done
}

no_leftovers() { test -z "$(find . -name '.*.newslint-*')"; }

fill
"$newslint" --fix many >out1 2>err1 &
one=$!
"$newslint" --fix many >out2 2>err2 &
two=$!
wait $one
s1=$?
wait $two
s2=$?
ok "two runs at once: both are content" test "$s1$s2" = 00
ok "two runs at once: all is fixed" all_sound
ok "two runs at once: nothing is left" no_leftovers

fill
i=0
good=yes
while [ $i -lt 10 ]; do
    i=$((i + 1))
    "$newslint" --fix many >out 2>err &
    pid=$!
    sleep "0.0$i"
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    all_whole || good=no
done 2>/dev/null
ok "killed runs leave whole articles" test $good = yes
: >many/.1.md.newslint-abcdef
"$newslint" --fix many >out 2>err
ok "the next run finishes" all_sound
ok "the next run removes what was left" no_leftovers

fill
"$newslint" --fix many >out 2>err &
pid=$!
sleep 0.05
kill -TERM $pid 2>/dev/null
wait $pid
status=$?
ok "SIGTERM ends with 143, or came too late" test $status -eq 143 -o $status -eq 0
ok "SIGTERM leaves no temporary file" no_leftovers
ok "SIGTERM leaves whole articles" all_whole

# A link in the folder beside its target: one file by two names.
rm -rf many
mkdir many
cp damaged many/a.md
ln -s a.md many/b.md
"$newslint" --fix -j2 many >out 2>err
ok "a file by two names: status 0" test $? -eq 0
ok "a file by two names: fixed" all_sound
