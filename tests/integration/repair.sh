#!/bin/sh
# `newslint repair` in a pipe: any bytes, records, both ends of the pipe, statuses.
. tests/tap.sh
cd "$t" || exit 2

# NAME INPUT WANTED [OPTION...]: both in printf's spelling
gives() {
    name=$1 in=$2 want=$3
    shift 3
    printf "$in" | "$newslint" repair "$@" >out 2>err
    status=$?
    printf "$want" >want
    [ $status -eq 0 ] && cmp -s want out
    result $? "$name"
}
gives "a text without a last line end" 'providing\303\242\342\202\254\302\246' 'providing\342\200\246'
gives "CRLF and lone CR stay" 'caf\303\203\302\251\r\nna\303\203\302\257ve\r' 'caf\303\251\r\nna\303\257ve\r'
gives "nothing" '' ''
gives "nothing, as records" '' '' -0
gives "empty records" '\000\000' '\000\000' -0
gives "a last record without a NUL" 'a\000caf\303\203\302\251' 'a\000caf\303\251' -0
gives "a NUL in a text" 'a\000caf\303\203\302\251' 'a\000caf\303\251'
gives "a guess only when asked for" 'CI\303\203"N' 'CI\303\203"N'
gives "a guess" 'CI\303\203"N' 'CI\303\223N' --unsafe
gives "the end of a record may be a cut" 'possibilit\303\203\000b' 'possibilit\000b' -0 --unsafe
gives "the end of a text is none" 'possibilit\303\203\n' 'possibilit\303\203\n'

head -c 400000 "$newslint" >binary
"$newslint" repair <binary >once && "$newslint" repair <once >twice && cmp -s once twice
result $? "bytes of a program: repaired twice is repaired once"

printf 'caf\303\203\302\251' >a.txt
printf ' na\303\203\302\257ve' >b.txt
[ "$("$newslint" repair a.txt - b.txt <a.txt)" = "cafécafé naïve" ]
result $? "files and standard input, in order"

head -c 3000000 /dev/zero | tr '\000' x | "$newslint" repair -0 | wc -c | grep -q 3000000
result $? "a record of 3 MB"

# A record is answered when it is whole, before more comes in.
mkfifo to from
"$newslint" repair -0 <to >from &
pid=$!
exec 3>to 4<from
printf 'caf\303\203\302\251\000' >&3
head -c 6 <&4 | od -c | grep -q 'c   a   f 303 251  .0'
result $? "an answer to each record as it comes"
exec 3>&- 4<&-
wait "$pid"
result $? "the end of the conversation"

"$newslint" repair nowhere.txt a.txt >out 2>err
[ $? -eq 2 ] && grep -q '^caf' out && grep -q 'nowhere.txt' err
result $? "a file that is not there: 2, and the others all the same"
"$newslint" repair . >out 2>err
[ $? -eq 2 ]
result $? "a folder: 2"
if [ -w /dev/full ]; then
    "$newslint" repair a.txt >/dev/full 2>err
    [ $? -eq 2 ] && [ -s err ]
    result $? "a full disk: 2"
else
    skip "no /dev/full" "a full disk"
fi
{ "$newslint" repair -0 <binary; echo $? >status; } 2>err | head -c 1 >/dev/null
[ "$(cat status)" -eq 141 ] && [ ! -s err ]
result $? "a closed pipe ends it without a word"
