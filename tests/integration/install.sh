#!/bin/sh
# make install and uninstall: what is installed works from its prefix, for C and C++, shared and static, and uninstall
# leaves nothing behind.
. tests/tap.sh
CC=${CC:-cc}
[ -z "${SAN:-}" ] || skip_all "with sanitizers"
make=${MAKE:-make}
prefix=$t/prefix

"$make" -s install B="$BUILD" PREFIX="$prefix" DESTDIR= >"$t/log" 2>&1
result $? "make install" || show "$t/log"
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
cp examples/lint.c examples/lint.cc "$t/"
cp examples/lint.c "$t/lint-c.cc"
printf -- '---\ntitle: A\nid: 7\n---\n\nCafÃ©.\n' >"$t/a.md"
cat >"$t/want-cc" <<'END'
a.md:6:4: `Ã©` was `é`: UTF-8 read as Windows-1252 [encoding/mojibake]
    bytes 27 to 31: "é"
none.md:1:1: cannot read `none.md`: No such file or directory [newslint/unreadable]
END
cxx=c++
case $CC in *clang*) cxx=clang++ ;; esac

# built NAME COMMAND...: it compiles without a warning, and what comes out says what is wanted.
built() {
    name=$1
    shift
    command -v "$1" >/dev/null || { skip "$1 is not installed"; return; }
    rm -f "$t/lint"
    "$@" -Wall -Wextra -Wpedantic -Werror -o "$t/lint" >"$t/log" 2>&1 || show "$t/log"
    (cd "$t" && LD_LIBRARY_PATH=$prefix/lib ./lint a.md none.md) >"$t/got" 2>&1
    status=$?
    case $2 in
    *lint.cc) [ "$status" -eq 1 ] && grep -vF '[news/' "$t/got" | cmp -s - "$t/want-cc" ;;
    *) [ "$status" -eq 0 ] && cmp -s "$t/got" "$t/want" ;;
    esac
    result $? "$name" || show "$t/got"
}
# shellcheck disable=SC2046 # options are words
{
    built "C, shared" "$CC" "$t/lint.c" -std=c99 $(pkg-config --cflags --libs newslint)
    built "C, static library" "$CC" "$t/lint.c" -std=c99 $(pkg-config --cflags newslint) "$prefix/lib/libnewslint.a" \
        $(pkg-config --static --libs newslint | sed 's/-lnewslint//')
    built "C, nothing shared" "$CC" "$t/lint.c" -std=c99 -static $(pkg-config --static --cflags --libs newslint)
    built "C as C++, shared" "$cxx" "$t/lint-c.cc" -std=c++11 $(pkg-config --cflags --libs newslint)
    built "C++, shared" "$cxx" "$t/lint.cc" -std=c++11 $(pkg-config --cflags --libs newslint)
    built "C++, nothing shared" "$cxx" "$t/lint.cc" -std=c++11 -static $(pkg-config --static --cflags --libs newslint)
}
sed -n 's/^NEWSLINT_API .*\(newslint_[a-z_]*\)(.*/\1/p' include/newslint.h | sort >"$t/declared"
nm -D --defined-only "$prefix/lib/libnewslint.so" | sed 's/.* //' | sort | diff "$t/declared" - >"$t/diff"
result $? "the shared library has what the header declares, and nothing else" || show "$t/diff"
nm -g --defined-only "$prefix/lib/libnewslint.a" | sed -n 's/.* [A-Z] //p' | sort | diff "$t/declared" - >"$t/diff"
result $? "so has the static library" || show "$t/diff"
readelf -d "$prefix/lib/libnewslint.so" | grep -q 'SONAME.*libnewslint\.so\.[0-9]*\]'
result $? "it has a soname"

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
