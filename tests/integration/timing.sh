#!/bin/sh
# --timing names each stage and each rule that ran, how often, and changes nothing of the report.
. tests/tap.sh
examples=$root/examples/content
cd "$t" || exit 2
i=0
while [ "$i" -lt 20 ]; do
    cp -R "$examples" "$i"
    i=$((i + 1))
done
"$newslint" --rules news . >plain 2>plain.err
plain=$?
for jobs in 1 3; do
    "$newslint" --rules news --timing -j "$jobs" . >timed 2>timed.err
    result $((plain - $?)) "the same status with $jobs threads"
    cmp -s plain timed
    result $? "the same report"
    awk '/what \(all threads/ { exit } { print }' timed.err | cmp -s plain.err -
    result $? "the same on standard error before the table"
    for stage in start list read 'front matter' body finish compare report rules:; do
        grep -q "[0-9] %  *[0-9][0-9]*  $stage\$" timed.err
        result $? "the stage $stage"
    done
    files=$("$newslint" --list-files . | wc -l)
    "$newslint" rules --rules news 2>/dev/null | sed -n 's/^\([a-z-]*\/[a-z-]*\) .*/\1/p' | sort -u |
        grep -v '^newslint/' >rules
    sed -n 's/.* %  *[0-9]*  \([a-z-]*\/[a-z-]*\)$/\1/p' timed.err | sort >timed.rules
    [ -s rules ] && cmp rules timed.rules
    result $? "each rule in force once"
    awk -v files="$files" '$NF == "list" { exit $(NF - 1) != files }' timed.err
    result $? "the number of articles"
done
"$newslint" --rules news . 2>&1 | grep 'front matter$' >/dev/null
result $((1 - $?)) "no table without the option"
printf 'no front matter\n' | "$newslint" --rules news --timing --stdin-filename a.md - 2>&1 >stdin.out | grep ' 1  front matter$' >/dev/null
result $? "standard input"
