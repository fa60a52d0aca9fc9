#!/bin/sh
# libyaml allocates from newslint's memory: the program, and it alone, has libyaml's functions for that, and they
# are called. That nothing else changes is shown by parsers.sh, which runs the program, and by the unit tests of the
# readers, which are built without them.
. tests/tap.sh
[ -z "${SAN:-}" ] || skip_all "the sanitizers are to see what libyaml allocates"

hooks='yaml_free yaml_malloc yaml_realloc yaml_strdup'
exported=$(nm -D --defined-only "$newslint" | awk '{print $3}' | sort | tr '\n' ' ')
[ "$exported" = "$hooks " ]
result $? "the program exports these four alone: $exported"

defined=$(nm --defined-only "$BUILD/libnewslint.a" "$BUILD/libnewslint.so" | grep -w -E "$(echo "$hooks" | tr ' ' '|')")
[ -z "$defined" ]
result $? "the libraries have none of them $defined"

library=$(ldd "$newslint" | awk '/libyaml/ {print $3}')
shim=$(cd "$BUILD" && pwd)/faults/shim.so
[ -f "$shim" ] || skip_all "nothing to count allocations with"
readelf -rW "$library" | grep -q yaml_malloc || skip_all "this libyaml does not look for its functions by name"
mkdir "$t/articles"
for i in $(seq 200); do
    printf -- '---\ntitle: Harbour %s\ntags: [port, "quay"]\nsummary: a longer text, and more of it\n---\n' "$i" >"$t/articles/$i.md"
done
status_if_fails() { # N [FOLDER]: the Nth allocation, with the libyaml of that folder
    FAULT="memory:$1:empty" LD_LIBRARY_PATH=${2:-} LD_PRELOAD=$shim "$newslint" -q -j 1 --rules headings --parsers reference \
        "$t/articles" >"$t/out" 2>&1
    echo $?
}
[ "$(status_if_fails 100)" -eq 2 ]
result $? "an allocation that fails ends the program" || show "$t/out"
# 200 articles are some 10,000 allocations of libyaml's own.
[ "$(status_if_fails 4000)" -eq 0 ]
result $? "libyaml allocates nothing for itself once it was seen to ask newslint" || show "$t/out"

# Other ways to link libyaml: all of its calls go to its own functions, or those of one file alone do.
CC=${CC:-cc}
mkdir "$t/bound" "$t/partly" "$t/objects"
archive=$("$CC" -print-file-name=libyaml.a)
(cd "$t/objects" && ar x "$archive" && ls api.o && "$CC" -shared -Wl,-Bsymbolic -o ../bound/libyaml-0.so.2 ./*.o) >"$t/err" 2>&1 ||
    skip_all "no libyaml.a that a shared library can be made of"
cat >"$t/own.c" <<'END'
#include <stddef.h>
void *own_malloc(size_t size), *own_realloc(void *p, size_t size), own_free(void *p);
void *yaml_malloc(size_t size) { return own_malloc(size); }
void *yaml_realloc(void *p, size_t size) { return own_realloc(p, size); }
void yaml_free(void *p) { own_free(p); }
END
(cd "$t/objects" && "$CC" -fPIC -c ../own.c && for name in malloc realloc free; do
    objcopy --redefine-sym yaml_$name=own_$name api.o
done && "$CC" -shared -o ../partly/libyaml-0.so.2 ./*.o) >"$t/err" 2>&1 || show "$t/err"
report() { # [FOLDER]
    LD_LIBRARY_PATH=${1:-} "$newslint" -j 1 --parsers reference --format json tests/fixtures "$t/articles" 2>&1
    echo "status $?"
}
report >"$t/expected"
for how in bound partly; do
    [ "$(status_if_fails 8000 "$t/$how")" -eq 2 ]
    result $? "$how: libyaml keeps to malloc" || show "$t/out"
    report "$t/$how" >"$t/report" && [ "$(wc -c <"$t/report")" -gt 10000 ] && cmp "$t/expected" "$t/report"
    result $? "$how: the same report"
done
