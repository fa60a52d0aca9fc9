#!/bin/sh
# What is built is hardened where the compiler can, the user's flags win, and the sources give the
# same bytes in whatever folder they are built. Only with the build that everybody makes.
. tests/tap.sh

case ${SAN:-}$(cat "$BUILD/flags") in
*--coverage* | *-fsanitize* | *-O0*)
    skip_all "this build is not meant to be installed"
    ;;
esac

# What the flags of the build asked for is in what came out.
asked() { grep -q -e "$1" "$BUILD/flags"; }
for what in newslint libnewslint.so; do
    readelf -lW "$BUILD/$what" >"$t/segments"
    readelf -dW "$BUILD/$what" >"$t/dynamic"
    readelf --dyn-syms -W "$BUILD/$what" >"$t/symbols"
    grep 'GNU_STACK' "$t/segments" | grep -qv 'RWE'
    result $? "$what: the stack is not executable"
    ! asked 'z,now' || { grep -q GNU_RELRO "$t/segments" && grep -q 'BIND_NOW\|Flags:.*NOW' "$t/dynamic"; }
    result $? "$what: relocations are read-only"
    ! asked stack-protector || grep -q '__stack_chk_fail' "$t/symbols"
    result $? "$what: the stack is protected"
    ! asked 'D_FORTIFY_SOURCE=[23]' || grep -q '__[a-z]*_chk\b' "$t/symbols"
    result $? "$what: calls of the C library are checked"
done
! asked 'z,now' || readelf -hW "$BUILD/newslint" | grep -q 'Type:.*DYN'
result $? "newslint: independent of its position"

# How the flags of a build come out.
flags() { make -s "$@" B="$t/b" "$t/b/flags" && cat "$t/b/flags"; }
! flags HARDEN= | grep -q 'stack-protector\|FORTIFY\|z,now'
result $? "HARDEN= leaves it out"
! flags SAN=address | grep -q 'FORTIFY'
result $? "no hardening with a sanitizer"
! flags CFLAGS=-O0 | grep -q 'FORTIFY'
result $? "no _FORTIFY_SOURCE without optimisation"
[ "$(flags CPPFLAGS=-D_FORTIFY_SOURCE=2 | grep -o 'D_FORTIFY_SOURCE=' | grep -c .)" -eq 1 ]
result $? "_FORTIFY_SOURCE is not defined twice"
! asked stack-protector || flags CFLAGS='-O2 -fno-stack-protector' | grep -q 'stack-protector-strong.*-fno-stack-protector'
result $? "the user's CFLAGS come last"

# Two builds in folders of different names; once is enough.
[ "$BUILD" = build ] || exit 0
mkdir -p "$t/a" "$t/deeper/folder"
for folder in "$t/a" "$t/deeper/folder"; do
    cp -r Makefile include src rules tests tools "$folder/"
    (cd "$folder" && make -s -j2 B=build CFLAGS='-O0 -g' build/newslint build/libnewslint.a build/libnewslint.so) >"$t/log" 2>&1 ||
        sed 's/^/# /' "$t/log"
done
for what in newslint libnewslint.a libnewslint.so; do
    [ -s "$t/a/build/$what" ] && cmp "$t/a/build/$what" "$t/deeper/folder/build/$what"
    result $? "$what: two builds, the same bytes"
done
