#!/bin/sh
# The machine says no, for real: a full disk, folders and files that may not be read or written, things in an article's
# place that are none. What only root can set up is skipped for others, and what root is not refused is tried as nobody.
. tests/tap.sh
trap 'umount "$t/disk" 2>/dev/null; chattr -i "$t/site/a.md" 2>/dev/null; ended' EXIT
chmod 755 "$t"
cd "$t" || exit 2

is() { # STATUS TEXT: of the last run; the text is said, in out or err, and no temporary file is left
    test "$status" -eq "$1" && grep -q -e "$2" out err && test -z "$(find . -name '.*.newslint-*')"
}

run() {
    "$newslint" "$@" >out 2>err
    status=$?
}

# The program is copied, for nobody may not read where it lies.
cp "$newslint" program && chmod 755 program
as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$t/program" "$@" >out 2>err
    else
        "$t/program" "$@" >out 2>err
    fi
    status=$?
}
can_drop=yes
[ "$(id -u)" -ne 0 ] || setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null || can_drop=

damaged='---\ntitle: A\303\242\342\202\254\302\246\n---\n'
sound='---\ntitle: A\342\200\246\n---\n'
printf -- "$damaged" >damaged
printf -- "$sound" >sound

fresh() { # a site with one article, of whoever runs it
    chattr -i site/a.md 2>/dev/null
    chmod -R u+rwX site 2>/dev/null
    rm -rf site
    mkdir site
    printf 'newslint: 1\nname: s\nrules: {m: {check: mojibake}}\n' >site/newslint.yaml
    cp damaged site/a.md
    [ "$(id -u)" -ne 0 ] || chown -R 65534:65534 site
}

same() { cmp -s site/a.md damaged; }

# ---- Descriptors and folders that are not there -----------------------------------------------------

fresh
"$newslint" --fix site 2>&- >out
ok "nothing is said into an article when standard error is closed" cmp -s site/a.md sound
fresh
"$newslint" site >&- 2>err
status=$?
: >out
ok "a closed standard output is an error" is 2 'cannot write to standard output: Bad file descriptor'
mkdir gone
(cd gone && rmdir ../gone && printf 'a' | "$newslint" --stdin-filename a.md -) >out 2>err
status=$?
ok "a current folder that is gone" is 2 'cannot find the current folder: No such file'

# ---- Full ----------------------------------------------------------------------------------------

fresh
(ulimit -f 0 && trap '' XFSZ && exec "$newslint" --fix site) 2>&1 | cat >out
: >err
status=2
ok "files may have no byte (RLIMIT_FSIZE)" is 2 'cannot write `site/a.md`: cannot write the temporary file: File too large'
ok "the article is as it was" same
mkdir disk
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=16k none disk 2>/dev/null; then
    cp site/newslint.yaml damaged disk
    mv disk/damaged disk/a.md
    cat /dev/zero >disk/filler 2>/dev/null
    run --fix disk
    ok "a full disk" is 2 'cannot write `disk/a.md`: .*: No space left on device'
    ok "the article on it is as it was" cmp -s disk/a.md damaged
    run --format json -o disk/report.json site
    ok "a report to a full disk" is 2 'cannot write `disk/report.json`: .*: No space left on device'
    run --baseline disk/b.txt --update-baseline site
    ok "a baseline to a full disk" is 2 'cannot write `disk/b.txt`: .*: No space left on device'
    ok "there is neither" test ! -e disk/report.json -a ! -e disk/b.txt
    rm disk/filler
    mount -o remount,ro disk
    run --fix disk
    ok "a file system that may only be read" is 2 'cannot write `disk/a.md`: .*: Read-only file system'
    ok "the article on it is as it was" cmp -s disk/a.md damaged
    umount disk
else
    skip "they cannot be mounted here" "a full disk, and one that may only be read"
fi
if [ -w /dev/full ]; then
    fresh
    run -o /dev/full --format json site
    ok "a device that is full" is 2 'cannot write `/dev/full`: .*: No space left on device'
    "$newslint" site >/dev/full 2>err
    status=$?
    : >out
    ok "a full standard output" is 2 'cannot write to standard output: No space left on device'
fi

# ---- Permissions ---------------------------------------------------------------------------------

if [ "$can_drop" ]; then
    fresh
    chmod 000 site/a.md
    as_nobody site
    ok "an article that may not be read" is 2 'cannot read `site/a.md`: Permission denied'
    chmod 444 site/a.md
    as_nobody --fix site
    ok "an article that may not be written" is 2 'cannot write `site/a.md`: it may not be written: Permission denied'
    ok "it is told what is wrong in it still" grep -q 's/m' out
    ok "it is as it was" same
    chmod 644 site/a.md
    chmod 555 site
    as_nobody --fix site
    ok "a folder that may not be written" is 2 'cannot write `site/a.md`: .*folder: Permission denied'
    ok "its article is as it was" same
    as_nobody -o site/r.txt site
    ok "a report into it" is 2 'cannot write `site/r.txt`: .*: Permission denied'
    chmod 000 site
    as_nobody site
    ok "a folder that may not be read" is 2 'site/:1:1: error: cannot read the folder: Permission denied'
    ok "nobody says that it is empty" sh -c '! grep -q "it is empty" out err'
    as_nobody --list-files site
    ok "--list-files says so too" is 2 'site/: cannot read the folder: Permission denied'
    fresh
    printf 'a.md\n' >site/.newslintignore
    chmod 000 site/.newslintignore
    as_nobody --fix site
    ok "an ignore file that may not be read" is 2 'cannot read `site/.newslintignore`: Permission denied'
    ok "what it may have left out is not touched" same
    fresh
    chmod 000 site/newslint.yaml
    as_nobody --fix site
    ok "a rule file that may not be read" is 2 'cannot read `site/newslint.yaml`: Permission denied'
    ok "no other rules are taken in its place" same
    fresh
    printf 'newslint: 1\nname: s\nrules: {u: {check: unique, fields: [title]}}\n' >site/newslint.yaml
    cp damaged site/b.md
    chmod 000 site/b.md
    as_nobody site/a.md
    ok "an unreadable article beside, of which uniqueness wants to know" is 2 'cannot read `site/b.md`: Permission denied'
else
    skip "no way to become one" "as a user without permission"
fi
fresh
if [ "$(id -u)" -eq 0 ] && chattr +i site/a.md 2>/dev/null; then
    run --fix site
    ok "an immutable article" is 2 'cannot write `site/a.md`: .*: Operation not permitted'
    ok "it is as it was" same
    chattr -i site/a.md
else
    skip "chattr does not work here" "an immutable article"
fi

# ---- Things in an article's place ----------------------------------------------------------------------

fresh
mkdir site/b.md
mkfifo site/c.md
ln -s /dev/zero site/d.md
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' site/g.md
mknod site/h.md c 1 5 2>/dev/null || ln -s /dev/zero site/h.md # only root makes devices
ln -s e.md site/e.md
ln -s nowhere.md site/f.md
ln -s . site/loop
run --fix site
ok "loops, dangling links, devices, FIFOs and folders named like articles: the rest is done" cmp -s site/a.md sound
ok "a loop of links is an error" is 2 'cannot read `site/e.md`: Too many levels of symbolic links'
ok "a dangling link too" grep -q 'cannot read `site/f.md`: No such file' out
ok "a folder, a FIFO, a socket and devices are passed over" sh -c '! grep -q "site/[bcdgh].md" out'
for special in site/c.md site/g.md site/h.md /dev/zero; do
    run $special
    ok "named, $special is an error" is 2 'neither a file nor a folder'
done
# Whoever comes first to a file, newslint or rm: it is told of, or it could not be read, or it was not listed any more.
fresh
for i in $(seq 2000); do
    cp damaged "site/v$i.md"
done
rm -r site/v*.md &
run -q site
wait
grep -v -e '^site/[av][0-9]*\.md:2:[0-9]*: error: .*/m\]$' -e '^site/v[0-9]*\.md:1:1: error: cannot read .*: No such file' out >other
ok "articles that vanish while they are read: nothing but that is said" test ! -s other -a ! -s err
ok "and the status is that of what was found" test "$status" -eq 1 -o "$status" -eq 2
# One that is there when the list is made and is gone when it is read: the open of it fails, and of no other.
fresh
cp damaged site/b.md
mkdir site/hidden && mv site/b.md site/hidden/b.md && ln -s hidden/b.md site/b.md && rm site/hidden/b.md
run -q site
ok "an article that is gone when it is read" is 2 'cannot read `site/b.md`: No such file'
ok "the others are checked all the same" grep -q '^site/a.md:2:[0-9]*: error' out

fresh
mkdir elsewhere
cp damaged elsewhere/a.md
chmod 640 elsewhere/a.md
ln -s ../elsewhere/a.md site/link.md
run --fix site/link.md
ok "a link out of the tree: its target is fixed" cmp -s elsewhere/a.md sound
ok "the link stays, and the mode of its target" test -L site/link.md -a "$(stat -c %a elsewhere/a.md)" = 640
ok "nothing is left beside either" test -z "$(find site elsewhere -name '.*')"
rm -r elsewhere

fresh
ln site/a.md site/b.txt
run --fix site
ok "a hard link: the name that was checked has the new text" cmp -s site/a.md sound
ok "the other name keeps the old" cmp -s site/b.txt damaged

fresh
python3 - <<'P'
import os
os.chdir("site")
for i in range(60):
    os.mkdir("%0100d" % i)
    os.chdir("%0100d" % i)
open("a.md", "w").close()
P
run --fix site
ok "a path longer than the system takes" is 2 'File name too long'
ok "the rest is done" cmp -s site/a.md sound

fresh
odd=$(printf 'a\nb\033[31m\351.md')
cp damaged "site/$odd"
run --fix site
ok "a name with a line end, an escape and a byte that is not UTF-8" cmp -s "site/$odd" sound
run site/a.md "site/$odd"
printf -- '---\ntitle: "A\303\242\342\202\254\302\246\n---\n' >"site/$odd"
run "site/$odd"
ok "is shown without acting" grep -q '^site/a\\nb\\x1B\[31m\\xE9.md:2:8: error' out

fresh
truncate -s 80G site/huge.md 2>/dev/null || : >site/huge.md
run site
ok "a sparse file of 80 GB" grep -q 'huge.md:1:1: error: the file is larger than 67108864 bytes' out
if [ -r /proc/self/status ]; then
    run /proc/self/status
    ok "a file of /proc, whose size is said to be 0" grep -q '^/proc/self/status:' out
fi
