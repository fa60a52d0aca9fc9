#!/bin/sh
# make install and uninstall: what is installed works from its prefix, for C and C++, shared and static, and uninstall
# leaves nothing behind.
set -u
BUILD=${BUILD:-build}
CC=${CC:-cc}
n=0
result() {
    n=$((n + 1))
    [ "$1" -eq 0 ] && echo "ok $n - $2" || echo "not ok $n - $2"
    return "$1"
}
[ -z "${SAN:-}" ] || { echo "ok 1 # SKIP with sanitizers"; exit 0; }
make=${MAKE:-make}
t=$(mktemp -d) || exit 2
trap 'rm -rf "$t"' EXIT
prefix=$t/prefix

"$make" -s install B="$BUILD" PREFIX="$prefix" DESTDIR= >"$t/log" 2>&1
result $? "make install" || cat "$t/log"
for file in bin/newslint lib/libnewslint.a lib/libnewslint.so include/newslint.h lib/pkgconfig/newslint.pc \
    share/man/man1/newslint.1 share/man/man5/newslint-rules.5 share/bash-completion/completions/newslint \
    share/zsh/site-functions/_newslint share/fish/vendor_completions.d/newslint.fish \
    share/newslint/newslint-rules.schema.json share/newslint/rules/news.yaml share/newslint/newslint-matcher.json \
    share/vim/vimfiles/compiler/newslint.vim share/nvim/site/lua/lint/linters/newslint.lua \
    share/emacs/site-lisp/newslint-flymake.el share/newslint/vscode-tasks.json; do
    [ -s "$prefix/$file" ]
    result $? "$file"
done
"$prefix/bin/newslint" --version | grep -q '^newslint [0-9]'
result $? "the program runs"
for set in rules/*.yaml; do
    cmp -s "$set" "$prefix/share/newslint/$set"
    result $? "$set"
done

PKG_CONFIG_PATH=$prefix/lib/pkgconfig
export PKG_CONFIG_PATH
[ "newslint $(pkg-config --modversion newslint)" = "$("$prefix/bin/newslint" --version)" ]
result $? "pkg-config knows the version"
cat >"$t/want" <<'END'
article.md:2:11: `Ã©` was `é`: UTF-8 read as Windows-1252 [encoding/mojibake]
1 fixed, 0 left
---
title: Café Aurora reopens
lang: en
---

Text.
END
cp examples/lint.c "$t/lint.c"
cp examples/lint.c "$t/lint.cc"
cxx=c++
case $CC in *clang*) cxx=clang++ ;; esac

# built NAME COMMAND...: it compiles without a warning, and what comes out says what is wanted.
built() {
    name=$1
    shift
    command -v "$1" >/dev/null || { n=$((n + 1)); echo "ok $n # SKIP $1 is not installed"; return; }
    rm -f "$t/lint"
    "$@" -Wall -Wextra -Wpedantic -Werror >"$t/log" 2>&1 || sed 's/^/# /' "$t/log"
    LD_LIBRARY_PATH=$prefix/lib "$t/lint" >"$t/got" 2>&1 && cmp -s "$t/got" "$t/want"
    result $? "$name"
}
# shellcheck disable=SC2046 # options are words
{
    built "C, shared" "$CC" -std=c99 "$t/lint.c" -o "$t/lint" $(pkg-config --cflags --libs newslint)
    built "C, static" "$CC" -std=c99 "$t/lint.c" -o "$t/lint" $(pkg-config --cflags newslint) "$prefix/lib/libnewslint.a" \
        $(pkg-config --static --libs newslint | sed 's/-lnewslint//')
    built "C++, shared" "$cxx" -std=c++11 "$t/lint.cc" -o "$t/lint" $(pkg-config --cflags --libs newslint)
    built "C++, static" "$cxx" -std=c++11 "$t/lint.cc" -o "$t/lint" $(pkg-config --cflags newslint) \
        "$prefix/lib/libnewslint.a" $(pkg-config --static --libs newslint | sed 's/-lnewslint//')
}

"$make" -s uninstall B="$BUILD" PREFIX="$prefix" DESTDIR= >"$t/log" 2>&1
result $? "make uninstall"
[ -z "$(find "$prefix" ! -type d -o -mindepth 2 ! -path '*/share/man*')" ]
result $? "nothing is left behind"

"$make" -s install B="$BUILD" PREFIX=/usr DESTDIR="$t/root" >"$t/log" 2>&1 && [ -x "$t/root/usr/bin/newslint" ] &&
    grep -q '^prefix=/usr$' "$t/root/usr/lib/pkgconfig/newslint.pc" && ! grep -rqF "$t" "$t/root/usr/lib/pkgconfig"
result $? "DESTDIR is no part of what is installed"
"$make" -s uninstall B="$BUILD" PREFIX=/usr DESTDIR="$t/root" >"$t/log" 2>&1
[ -z "$(find "$t/root/usr" ! -type d -o -mindepth 2 ! -path '*/share/man*')" ]
result $? "nothing is left behind in DESTDIR"
echo "1..$n"
