#!/bin/sh
# The files of editors/, by the editors themselves: whatever text stands before a finding, the cursor lands on its first
# character, and what an editor marks is the finding and nothing else.
. tests/tap.sh
[ -z "${SAN:-}" ] || skip_all "with sanitizers"
PATH=$(cd "${BUILD:-build}" && pwd):$PATH
HOME=
SAID=$t/said HOME=$t
export SAID HOME PATH
here=$root/tests/integration/editors

# ---- Articles: the same finding behind all sorts of text ----
mkdir "$t/site"
cat >"$t/site/newslint.yaml" <<'END'
newslint: 1
name: t
rules:
  never: {check: text, in: [title, body], forbid: 'shocking', level: error}
  hardly: {check: text, in: [title, body], forbid: 'жах👩‍👩‍👧é漢', level: warning}
  rather-not: {check: text, in: [title, body], forbid: "\uFEFFنبأ", level: info}
END
i=100
# article BEFORE [MARK [LINE-END]]: each of the three words behind BEFORE in a field and in the body
article() {
    i=$((i + 1))
    # shellcheck disable=SC2059 # the escapes are meant
    printf -- "${2:-}"'---\ntitle: "'"$1"' shocking x"\n---\n\n'"$1"' жах👩‍👩‍👧é漢 \357\273\277نبأ x\n' | sed "s/\$/${3:-}/" >"$t/site/$i.md"
    # shellcheck disable=SC2059
    printf "$i.md 2 e shocking\n$i.md 5 w жах👩‍👩‍👧é漢\n$i.md 5 n \357\273\277نبأ\n" >>"$t/want"
}
article 'plain'
article 'Привіт, світе — «їжак»'
article '漢字とカタカナ、ｆｕｌｌ'
article '😀👩‍👩‍👧🇺🇦👍🏽'
article 'ä́ й ก็ é'
article 'עברית عربي'
article 'a\342\200\250b\342\200\251c\302\205d\302\240e'
article '\342\200\213\342\200\215'
article 'Ж😀' '\357\273\277'
article 'Ж😀' '' '\r'
article 'Ж😀' '\357\273\277' '\r'
cd "$t/site" || exit 2

# landed NAME FILE: what an editor said is what is wanted
landed() {
    diff "$t/want" "$2" >"$t/diff" 2>&1
    result $? "$1" || show "$t/diff"
}

if command -v vim >/dev/null && vim --version | grep -q '+quickfix'; then
    vim -N -u NONE -i NONE -n -es --cmd "set runtimepath^=$root/editors/vim" -S "$here/cursor.vim" >"$t/log" 2>&1 </dev/null
    landed "vim: :compiler newslint, :make, :cc" "$t/said"
else
    skip "vim is not installed"
fi

if command -v emacs >/dev/null; then
    cp "$root/editors/emacs/newslint-flymake.el" "$t/newslint-flymake.el"
    emacs -Q --batch --eval '(setq byte-compile-error-on-warn t)' -f batch-byte-compile "$t/newslint-flymake.el" \
        >"$t/log" 2>&1
    result $? "Emacs: the backend compiles without a warning" || show "$t/log"
    grep -qx ";; Version: $(newslint --version | sed 's/.* //')" "$t/newslint-flymake.el"
    result $? "Emacs: the backend has newslint's version"
    emacs -Q --batch -L "$t" -l "$here/flymake.el" ./*.md >"$t/both" 2>"$t/log"
    head -n "$(wc -l <"$t/want")" "$t/both" >"$t/said"
    landed "Emacs: Flymake marks the exact text" "$t/said" || show "$t/log"
    for file in *.md; do echo "$file 6 e shocking"; done | diff - "$t/both" | grep '^<' >"$t/missing"
    [ -s "$t/both" ] && [ ! -s "$t/missing" ]
    result $? "Emacs: Flymake checks what is not saved" || show "$t/missing"
    mkdir "$t/damaged"
    head -n 4 newslint.yaml >"$t/damaged/newslint.yaml"
    printf -- '---\ntitle: "\223Ж😀\224 shocking x"\n---\n\nСвіт \205 shocking x\n' >"$t/damaged/both.md"
    printf -- '---\ntitle: "\311t\351 shocking x"\n---\n\n\374 shocking x\n' >"$t/damaged/latin.md"
    printf -- '---\rtitle: "Ж😀 shocking x"\r---\r\rСвіт shocking x\r' >"$t/damaged/cr.md"
    printf -- '---\ntitle: "Ж😀 shocking x"\n---\n\nСвіт\rЖ shocking x\n' >"$t/damaged/stray.md"
    for line in 2 5 6; do
        for file in both cr latin stray; do echo "$file.md $line e shocking"; done
    done | sort >"$t/want-damaged"
    (cd "$t/damaged" && emacs -Q --batch -L "$t" -l "$here/flymake.el" ./*.md) 2>"$t/log" | grep shocking | sort |
        diff "$t/want-damaged" - >"$t/diff"
    result $? "Emacs: Flymake marks the exact text in files that are not UTF-8 and between lone CRs" || show "$t/diff"
    emacs -Q --batch -l "$here/compile.el" >"$t/said" 2>"$t/log"
    landed "Emacs: M-x compile, next-error" "$t/said" || show "$t/log"
else
    skip "emacs is not installed"
fi

if command -v nvim >/dev/null; then
    nvim --headless -u NONE -i NONE -n --cmd "set runtimepath^=$root/editors/nvim" -S "$here/nvim.lua" ./*.md \
        >"$t/log" 2>&1 </dev/null
    sed 's,^\./,,' "$t/said" >"$t/log"
    landed "Neovim: the linter for nvim-lint marks the exact text" "$t/log"
else
    skip "nvim is not installed"
fi

if command -v python3 >/dev/null; then
    python3 "$here/matcher.py" "$root/editors/vscode/tasks.json" utf16 >"$t/said" 2>&1
    landed "VS Code: the problem matcher of the task" "$t/said"
    python3 "$here/matcher.py" "$root/editors/newslint-matcher.json" codepoint >"$t/said" 2>&1
    landed "GitHub: newslint-matcher.json" "$t/said"
else
    skip "python3 is not installed"
fi
