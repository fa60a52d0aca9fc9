#!/bin/sh
# Random trees with random ignore files: --list-files must yield what `git check-ignore` lets pass.
# SEED and TREES may be set to look further than the usual run does.
. tests/tap.sh
SEED=${SEED:-1}
TREES=${TREES:-25}
LC_ALL=C
export LC_ALL
command -v git >/dev/null || skip_all "no git"
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM

tree=0
while [ $tree -lt "$TREES" ]; do
    tree=$((tree + 1))
    rm -rf "$t/r"
    git init -q "$t/r"
    cd "$t/r" || exit 2
    awk -v seed=$((SEED * 1000 + tree)) '
    function pick(a, n) { return a[int(rand() * n) + 1] }
    function quoted(s) { gsub(/\047/, "\047\\\047\047", s); return "\047" s "\047" }
    function write(file, lines,    i, s) {
        for (i = 0; i < lines; i++) {
            s = rand() < 0.25 ? "!" : ""
            if (rand() < 0.2) s = s "/"
            s = s pick(pattern, np)
            if (rand() < 0.3) s = s "/" pick(pattern, np)
            if (rand() < 0.25) s = s "/"
            if (rand() < 0.1) s = s "  "
            print "printf \047%s\\n\047 " quoted(s) " >>" quoted(file)
        }
    }
    BEGIN {
        srand(seed)
        nd = split("a b c ab d.md", dir, " ")
        nf = split("a.md b.md ab.md c.mdx a.b.md #x.md !y.md", file, " ")
        np = split("a b *.md a* ?.md [ab].md **/b a/**/b.md c.mdx *.mdx ** * ab d.md \\#x.md \\!y.md #x.md a/b b/*", pattern, " ")
        for (i = 0; i < 14; i++) {
            p = "."
            for (j = int(rand() * 4); j > 0; j--) p = p "/" pick(dir, nd)
            print "mkdir -p " quoted(p)
            for (j = 0; j < 4; j++) print "test -d " quoted(q = p "/" pick(file, nf)) " || : >" quoted(q)
            if (rand() < 0.4) write(p "/.gitignore", 3)
        }
        write(".gitignore", 3)
        if (rand() < 0.5) write(".git/info/exclude", 2)
    }' >../make.sh
    sh ../make.sh 2>/dev/null
    find . -name .git -prune -o -type f \( -name '*.md' -o -name '*.mdx' \) -print |
        sed 's,^\./,,' | sort >../all
    tr '\n' '\0' <../all | git check-ignore --no-index --stdin -z 2>/dev/null | tr '\0' '\n' |
        sort >../ignored
    comm -23 ../all ../ignored >../want
    "$newslint" --list-files -0 . 2>/dev/null | tr '\0' '\n' >../got
    ok "tree $tree of SEED=$SEED" cmp -s ../want ../got || diff ../want ../got | sed 's/^/# /'
done
