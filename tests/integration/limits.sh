#!/bin/sh
# Every limit is an option, and holds where it says: one below, at and above it. `newslint --limit help` is the list: a
# limit without a case here fails the last test.
. tests/tap.sh
cd "$t" || exit 2
tried=

repeat() { # COUNT TEXT
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

lint() { # ARGUMENT...: of the article a.md by the rules r.yaml
    "$newslint" --now 2026-01-01T00:00:00Z --format text -c r.yaml "$@" a.md >out 2>&1
}

passes() { # NAME: no limit was met
    # shellcheck disable=SC2016
    ok "$1" sh -c '! grep -q -e "sets the limit" -e "the limit by --limit" out'
}

met() { # LIMIT MESSAGE
    grep -q -e "$2.*--limit $1=N" -e "$2.*--max-$1 sets" out
}

# The limit is COUNT; MAKE writes files that hold as many as it is told.
limit() { # LIMIT COUNT MAKE MESSAGE
    tried="$tried $1"
    for here in $(($2 - 1)) "$2"; do
        $3 "$here"
        lint --limit "$1=$2"
        passes "$1: $here of $2 ($3)"
    done
    $3 $(($2 + 1))
    lint --limit "$1=$2"
    ok "$1: $(($2 + 1)) of $2 ($3)" met "$1" "$4"
    lint --limit "$1=$(($2 + 1))"
    passes "$1: $(($2 + 1)) of $(($2 + 1)) ($3)"
}

# The files are there; the least limit with which they pass is looked for, and what is met below it is the limit.
threshold() { # LIMIT FROM TO MESSAGE
    tried="$tried $1"
    low=$2 high=$3
    while [ $((high - low)) -gt 1 ]; do
        middle=$(((low + high) / 2))
        lint --limit "$1=$middle"
        if met "$1" "$4"; then low=$middle; else high=$middle; fi
    done
    for enough in "$high" $((high + 1)); do
        lint --limit "$1=$enough"
        passes "$1: $enough is enough"
    done
    lint --limit "$1=$low"
    ok "$1: $low is not" met "$1" "$4"
}

rules() { # LINE...
    printf '%s\n' 'newslint: 1' 'name: r' "$@" >r.yaml
}

# ---- Articles

size() { printf -- '---\na: b\n---\n%*s' $(($1 - 13)) x >a.md; }
lines() { repeat "$1" 'a
' >a.md; }
front_matter() { printf -- '---\na: %*s\n---\n' $(($1 - 8)) x >a.md; } # from the dashes on, to the closing ones
depth() { printf -- '---\na: %s%s\n---\n' "$(repeat $(($1 - 1)) '[')" "$(repeat $(($1 - 1)) ']')" >a.md; }
values() { printf -- '---\na: [%s]\n---\n' "$(repeat $(($1 - 3)) 'x, ')" >a.md; } # besides map, key and list
json_values() { printf '{\n"a": [%s1]\n}\n' "$(repeat $(($1 - 4)) '1, ')" >a.md; }
block_values() { printf -- '---\na: !!seq\n%s---\n' "$(repeat $(($1 - 3)) '- x
')
" >a.md; } # read by libyaml
aliases() { printf -- '---\na: &a x\nb: [%s]\n---\n' "$(repeat "$1" '*a, ')" >a.md; }
body_depth() { printf '%sx\n' "$(repeat "$1" '> ')" >a.md; }
body_steps() { repeat "$1" '![a] ' >a.md; }
rules 'extends: [encoding, front-matter]'
limit size 20 size 'larger than 20 bytes'
limit lines 20 lines 'more than 20 lines'
limit front-matter 20 front_matter 'larger than 20 bytes and was not read'
limit depth 20 depth 'nested more than 20 levels deep'
for make in values json_values block_values; do
    limit values 20 $make 'more than 20 values up to here'
done
limit aliases 20 aliases 'stand for more than 20 values'
rules 'extends: [headings]' # which looks into the body
limit body-depth 20 body_depth 'nested more than 20 deep here'
limit body-steps 20 body_steps 'want more than 20 looks'
repeat 100 '*a* ' >a.md
threshold body-memory 1 1048576 'within [0-9]* bytes of memory'

# ---- Findings

damaged() { repeat "$1" "it$(printf '\303\242\342\202\254\342\204\242')s
" >a.md; }
odd() { repeat "$1" "a$(printf '\342\200\213')b" >a.md; }
forbidden() { printf -- '---\nt: "%s"\n---\n' "$(repeat "$1" "$(printf '\001')x")" >a.md; }
in_body() { printf -- '---\nt: x\n---\n\n%s\n' "$(repeat "$1" 'foo ')" >a.md; }
in_field() { printf -- '---\nt: %s\n---\n' "$(repeat "$1" 'foo ')" >a.md; }
items() { printf -- '---\nl: [%s]\n---\n' "$(repeat "$1" 'x, ')" >a.md; }
rules 'extends: [encoding]'
limit findings 20 damaged 'more than 20 findings'
limit places 20 damaged 'more than 20 damaged places or odd characters'
limit places 20 odd 'more than 20 damaged places or odd characters'
rules 'extends: [front-matter]'
limit findings 20 forbidden 'more than 20 findings'
rules 'rules: {t: {check: text, in: [t, body], forbid: [foo]}}'
limit matches 20 in_body 'matches more than 20 times'
limit matches 20 in_field 'matches more than 20 times'
rules "fields: {t: {pattern: {forbid: foo}}, l: {each: {pattern: {forbid: foo}}}}"
limit matches 20 in_field 'matches more than 20 times'
limit targets 20 items 'leads to more than 20 values'
rules "fields: {t: {pattern: '^(a+)+\$'}}"
printf -- '---\nt: aaaaaaaaaaaab\n---\n' >a.md
threshold regex-steps 1000 1000000 'gave up on this text'

# ---- Fixes: of two, the first would make front matter of the body, so that each is looked at by itself

tried="$tried fix-looks"
rules "rules: {t: {check: text, in: [body], replace: {foo: '---'}}}"
for looks in 1 2 3; do
    printf 'foo\n\na: b\n\nfoo\n' >a.md
    lint --limit fix-looks=$looks --fix --unsafe-fixes
    if [ $looks -eq 1 ]; then
        ok "fix-looks: 1 of 2" met fix-looks 'this one was not tried'
        ok "fix-looks: 1 of 2: not fixed" test "$(cat a.md)" = "$(printf 'foo\n\na: b\n\nfoo')"
    else
        passes "fix-looks: $looks of 2"
        ok "fix-looks: $looks of 2: fixed" test "$(cat a.md)" = "$(printf 'foo\n\na: b\n\n---')"
    fi
done

# ---- Rule files

rule_file() { printf 'newslint: 1\n%*s' $(($1 - 12)) '#' >r.yaml; }
rule_depth() { printf 'newslint: 1\na: %s%s\n' "$(repeat $(($1 - 1)) '[')" "$(repeat $(($1 - 1)) ']')" >r.yaml; }
rule_files() { printf 'newslint: 1\nextends: [%s]\n' "$(repeat $(($1 - 1)) './e.yaml, ')" >r.yaml; }
extends() {
    printf 'newslint: 1\nextends: ./e%d.yaml\n' "$1" >r.yaml
    level=$1
    while [ "$level" -gt 1 ]; do
        printf 'newslint: 1\nextends: ./e%d.yaml\n' $((level - 1)) >"e$level.yaml"
        level=$((level - 1))
    done
}
regex() { printf "newslint: 1\nfields: {a: {pattern: '%*s'}}\n" "$1" x >r.yaml; }
printf 'x\n' >a.md
printf 'newslint: 1\n' >e.yaml
cp e.yaml e1.yaml
limit rule-file 100 rule_file 'larger than 100 bytes'
limit rule-depth 20 rule_depth 'nested more than 20 levels deep'
limit rule-files 20 rule_files 'more than 20 rule files'
limit extends 20 extends 'more than 20 deep'
limit regex 5000 regex 'longer than 5000 bytes'

# ---- The option

rules
refused() { # MESSAGE ARGUMENT...
    message=$1
    shift
    lint "$@"
    status=$?
    ok "$*: is bad usage" test $status -eq 2
    ok "$*: says why" grep -qF -e "$message" out
}
refused 'there is no limit `linse`: did you mean `lines`?' --limit linse=3
refused '`--limit lines=NUMBER` wants a number, not ``' --limit lines
refused '`--limit lines=NUMBER` wants a number, not `3KiB`' --limit lines=3KiB
refused '`--limit size=NUMBER` wants a number of bytes, such as 64MiB, not `3MB`' --limit size=3MB
refused '`--limit depth=NUMBER` wants a number, at most 10000' --limit depth=10001
refused '`--limit regex=NUMBER` wants a number, at least 4 KiB' --limit regex=4095
refused '`--max-size` wants a number, at least 1 byte' --max-size 0
refused '`--limit size=NUMBER` wants a number, at most' --limit size=99999999999999999999999999GiB
repeat 1025 x >a.md
lint --limit size=1KiB
ok "a KiB is 1024 bytes" grep -q 'larger than 1024 bytes' out
lint --limit size=1KiB --max-size 1MiB
passes "of a limit given twice the last holds"
ok "an article that is too large is status 1" sh -c "! \"$newslint\" -q -c r.yaml --limit size=1KiB a.md >out"
"$newslint" export --limit size=1KiB a.md >out 2>&1
ok "export takes limits" grep -q -e '--max-size sets the limit' out
for command in rules test-rules; do
    regex 5001
    "$newslint" $command --limit regex=5000 $([ $command = rules ] && echo -c) r.yaml >out 2>&1
    ok "$command takes limits" met regex 'longer than 5000 bytes'
done

"$newslint" --limit help >help
ok "the list of limits" test $? -eq 0
for limit in $(sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' help); do
    ok "$limit has a case here" sh -c "echo '$tried ' | grep -q ' $limit '"
    ok "$limit is in the page" grep -q "^| \`$limit\`" "$root/docs/limits.md"
done
ok "all limits are listed" test "$(grep -c '^NL_LIMIT(' "$root/src/text/limits.def")" -eq "$(echo "$tried" | tr ' ' '\n' | grep . | sort -u | wc -l)"
