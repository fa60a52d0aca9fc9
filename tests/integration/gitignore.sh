#!/bin/sh
# Random patterns on random paths: src/base/glob.c must say what `git check-ignore` says.
# SEED and PATTERNS may be set to look further than the usual run does.
. tests/tap.sh
SEED=${SEED:-1}
PATTERNS=${PATTERNS:-150}
LC_ALL=C
export LC_ALL
command -v git >/dev/null || skip_all "no git"
driver=$(cd "$BUILD" && pwd)/unit/test_glob
cd "$t" || exit 2
git init -q repo
: >none
awk -v seed="$SEED" -v patterns="$PATTERNS" '
function pick(a, n) { return a[int(rand() * n) + 1] }
BEGIN {
    srand(seed)
    np = split("a b c ab a.b * * ** ** / / / /**/ **/ /** ? [ab] [!a] [^b] [a-c] [] [/] \\a \\* \\/ \\\\ *** ] - [[:alpha:]] [[:x:]] [a\\] [[:] *a a*", part, " ")
    nn = split("a b c d ab ba a.b abc - ] * [ a* xaxb", name, " ")
    for (i = 0; i < 120; i++) {
        p = pick(name, nn)
        for (j = int(rand() * 5); j > 0; j--) p = p "/" pick(name, nn)
        print p > "paths"
    }
    for (i = 0; i < patterns; i++) {
        p = ""
        for (j = int(rand() * 6) + 1; j > 0; j--) p = p pick(part, np)
        # `abc**/d`: git up to 2.39 at least compares the literal start by itself and then takes the
        # stars for leading ones, against gitignore(5); newslint follows the manual.
        if (p !~ /^[^*?[\\]*[^*?[\\\/]\*\*/) print p > "patterns"
    }
}'
sort -u paths -o paths
while IFS= read -r pattern; do
    printf '%s\n' "$pattern" >repo/.gitignore
    git -C repo -c core.excludesFile="$t/none" check-ignore --no-index --stdin -v -n <paths |
        awk -F '\t' '{ print ($1 == "::") ? 0 : 1 }' >want
    q=$pattern awk '{ print ENVIRON["q"] "\t" $0 }' paths >asked
    "$driver" --drive <asked >got
    cmp -s want got || paste want got asked | awk -F '\t' '$1 != $2 { print "# git " $1 ", newslint " $2 ": `" $3 "` on `" $4 "`" }' >>differences
done <patterns
ok "globs match what git check-ignore matches" [ ! -s differences ] || head -20 differences
