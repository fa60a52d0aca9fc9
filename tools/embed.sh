#!/bin/sh
# Writes the built-in rule sets given as arguments as a C source: nl_builtin_sets[] (rule/builtin.h).
set -eu
echo '/* Made by tools/embed.sh from rules/; not to be edited. */'
echo '#include "rule/builtin.h"'
n=0
for f in "$@"; do
    printf 'static const unsigned char set_%d[] = {' "$n"
    od -An -v -tu1 "$f" | sed 's/^ *//; s/  */,/g; s/$/,/'
    echo '0};'
    n=$((n + 1))
done
echo 'const nl_builtin_set nl_builtin_sets[] = {'
n=0
for f in "$@"; do
    name=$(basename "$f" .yaml)
    printf '    {"%s", (const char *)set_%d, sizeof set_%d - 1},\n' "$name" "$n" "$n"
    n=$((n + 1))
done
echo '    {0, 0, 0}};'
