#!/bin/sh
# The house holds: each folder includes only what it may, each header compiles alone, the library
# has no writable globals and exports newslint_* only, and forbidden functions do not appear.
. tests/tap.sh
CC=${CC:-cc}

may() {
    case $1 in
    base) echo base ;;
    text) echo base text ;;
    encoding) echo base encoding ;;
    doc) echo base text doc ;;
    rule) echo base text doc rule ;;
    check) echo base text doc encoding rule check ;;
    engine) echo base text doc rule check engine newslint.h ;;
    run) echo base run newslint.h ;;
    format) echo base format newslint.h ;;
    cli) echo base text doc encoding rule check engine run format cli newslint.h ;;
    esac
}

for layer in base text encoding doc rule check engine run format cli; do
    bad=0
    allowed=" $(may $layer) "
    for f in src/$layer/*.[ch] src/$layer/*.def; do
        [ -f "$f" ] || continue
        for inc in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$f"); do
            case $allowed in
            *" ${inc%%/*} "*) ;;
            *) echo "# $f includes $inc"; bad=1 ;;
            esac
        done
    done
    result $bad "src/$layer includes only what it may"
done

bad=0
for h in include/*.h src/*/*.h; do
    "$CC" -std=c11 -D_GNU_SOURCE -Isrc -Iinclude -Wall -Wextra -Wpedantic -Werror -Wno-unused-function -fsyntax-only -x c "$h" || bad=1
done
result $bad "each header compiles alone"

sole() { # header, file that may include it
    others=$(grep -l "^#include <$1>" src/*/*.[ch] | grep -v -E "$2")
    [ -z "$others" ]
    result $? "only its own file includes <$1>${others:+: not $others}"
}
sole yaml.h '^src/doc/yaml'
sole cmark.h '^src/doc/markdown'
sole utf8proc.h '^src/base/unicode.c$'
sole pcre2.h '^src/rule/pattern.c$'
sole pthread.h '^src/run/'

forbidden=$(grep -n -E '\b(strcpy|strcat|sprintf|strtok|gets|atoi|localtime)\(|<ctype\.h>' src/*/*.[ch])
[ -z "$forbidden" ]
result $? "forbidden functions do not appear${forbidden:+: $forbidden}"

case ${SAN:-} in
"")
    # Constants that hold addresses are in .data.rel.ro; the thread-locals are in .tbss.
    globals=$(size -A "$BUILD/libnl.a" | awk '/:$/ || /\(ex / {file = $1} ($1 ~ /^\.(data|bss)$/ || $1 ~ /^\.data\.[^r]/) && $2 > 0 {print file, $1, $2}')
    [ -z "$globals" ]
    result $? "the library has no writable globals $globals"

    seldom=$(grep -rhowE 'nl_[a-z0-9_]+' src tests tools | sort | uniq -c | awk '$1 < 3 {print $2}')
    names=$(nm -g --defined-only "$BUILD/libnl.a" | awk '$2 == "T" {print $3}' | grep -xF "$seldom")
    [ -z "$names" ]
    result $? "no function is only declared and defined $(echo "$names" | head -n 3 | tr '\n' ' ')"

    names=$(nm -g --defined-only "$BUILD/libnewslint.a" 2>/dev/null | awk 'NF == 3 {print $3}' | grep -v '^newslint_')
    [ -z "$names" ]
    result $? "the archive exports newslint_* only $(echo "$names" | head -n 3 | tr '\n' ' ')"

    names=$(nm -D -g --defined-only "$BUILD/libnewslint.so" | awk 'NF == 3 {print $3}' | grep -v '^newslint_')
    [ -z "$names" ]
    result $? "the shared library exports newslint_* only $(echo "$names" | head -n 3 | tr '\n' ' ')"
    ;;
esac
