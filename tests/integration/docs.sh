#!/bin/sh
# The documentation is true: what is made from the rows is not stale, the commands of the pages say what the pages say,
# the options they name exist, their links lead somewhere, man pages and completions are read by their programs.
. tests/tap.sh
make=${MAKE:-make}

# ---- What is made ----
if [ "${SAN:-}" = valgrind ]; then
    skip "valgrind looks at what was built" "make docs"
else
    "$make" -s docs B="$BUILD" SAN="${SAN:-}" OUT="$t/out" >"$t/log" 2>&1
    result $? "make docs" || show "$t/log"
    for made in $(cd "$t/out" && find . -type f | sort); do
        cmp -s "$t/out/$made" "$made"
        result $? "${made#./} is what make docs makes"
    done
fi
for set in rules/*.yaml; do
    name=$(basename "$set" .yaml)
    grep -q "\b$name\b" man/newslint-rules.5.in && grep -q "\`$name\`" docs/rules.md CHANGELOG.md
    result $? "the built-in set $name is named"
done

# ---- Pages that are run ----
if command -v python3 >/dev/null; then
    python3 tests/integration/docs_run.py docs/rules.md docs/expressions.md docs/formats.md >"$t/tap"
    status=$?
    [ "$status" -eq 0 ] && grep -q '^ok' "$t/tap" && ! grep -q '^not ok' "$t/tap"
    result $? "the pages of docs/ ($(grep -c '^ok' "$t/tap") commands)" || grep -v '^ok' "$t/tap" | sed 's/^/# /'
else
    skip "python3 is not installed"
fi

# ---- The README's commands, in a folder like the one it speaks of ----
mkdir "$t/site"
cp -r examples/content "$t/site/content"
cp "$t/site/content/2026/01/harbour-ferry-returns.en.md" "$t/site/content/a.md"
(cd "$t/site" && git init -q . && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m a &&
    git branch -q origin/main) 2>/dev/null
sed -n 's/^    \(newslint .*\)/\1/p; s/^- Unsaved text: `\(newslint [^`]*\)`.*/\1/p' README.md |
    sed 's/   *[a-z].*//' >"$t/commands"
sed -n 's/^    \(git diff.*\)/\1/p; s/^- run: \(newslint.*\)/\1/p; s/.*`\(newslint --format sarif [^`]*\)`.*/\1/p' README.md \
    >>"$t/commands"
[ "$(wc -l <"$t/commands")" -ge 9 ]
result $? "the README has commands"
(cd "$t/site" && "$newslint" --quiet --update-baseline --baseline newslint-baseline.txt content) >"$t/said" 2>&1
cp -r "$t/site" "$t/fresh"
while IFS= read -r command; do
    rm -rf "$t/site"
    cp -r "$t/fresh" "$t/site"
    status=$(cd "$t/site" && PATH="${newslint%/*}:$PATH" && export PATH && eval "$command" >"$t/said" 2>&1 \
        <content/a.md; echo $?)
    case $command in
    git*) [ "$status" -eq 0 ] ;;
    *) [ "$status" -le 1 ] && [ -s "$t/said" ] ;;
    esac
    result $? "README: $command" || show "$t/said"
done <"$t/commands"
awk '/^<!-- file: newslint.yaml -->/ { on = 1; next } on && /^```yaml/ { next } on && /^```/ { exit } on { print }' \
    README.md >"$t/site/newslint.yaml"
printf -- '---\ntitle: A shocking rain\nauthor: A\n---\n' >"$t/site/b.md"
(cd "$t/site" && "$newslint" b.md) >"$t/said" 2>&1
grep -qF 'b.md:2:10: warning: `shocking` promises more than an article can hold [mysite/no-clickbait]' "$t/said"
result $? "README: the rule file" || show "$t/said"

# ---- Options ----
for command in check explain rules repair export test-rules; do "$newslint" $command --help; done |
    grep -o -- '--[a-z][a-z-]*' | sort -u >"$t/options"
grep -hv '^ *git \|git diff\|git fetch\|docker run\|pkg-config\|docs_run\|with-' README.md CHANGELOG.md docs/rules.md docs/formats.md docs/expressions.md docs/editors.md docs/ci.md \
    man/newslint.1.in | sed 's/\\-/-/g' | grep -o -- '\(^\|[^-<!a-zA-Z]\)--[a-z][a-z-]*' | sed 's/^[^-]//' | sort -u |
    grep -vxF -f "$t/options" >"$t/unknown"
[ ! -s "$t/unknown" ]
result $? "each option that is named exists" || show "$t/unknown"
for command in $("$newslint" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p'); do
    grep -q "$command" man/newslint.1.in && grep -q "newslint $command\|\`$command" README.md CHANGELOG.md docs/rules.md
    result $? "the command $command is named"
done

# ---- Links, by newslint itself ----
printf 'newslint: 1\nname: docs\nrules:\n  links: {check: links}\n  images: {check: images}\n' >"$t/links.yaml"
"$newslint" --quiet --fail-on info -c "$t/links.yaml" README.md CONTRIBUTING.md CHANGELOG.md docs/*.md >"$t/said" 2>&1
result $? "links lead somewhere" || show "$t/said"
for page in README.md CONTRIBUTING.md CHANGELOG.md docs/*.md; do
    [ "$page" = docs/checks.md ] && continue # its examples name files
    sed 's/`[^`]*`//g' "$page" | grep -o ']([^)# :]*[)#]' | sed 's/^](//; s/.$//' | while read -r target; do
        [ -e "$(dirname "$page")/$target" ] || echo "$page: $target"
    done
done >"$t/dead"
[ ! -s "$t/dead" ]
result $? "what they lead to is there" || show "$t/dead"

# ---- Man pages and completions ----
if command -v mandoc >/dev/null; then
    [ -z "$(mandoc -Tlint -W warning man/*.[15] 2>&1)" ]
    result $? "man pages by mandoc"
else
    skip "mandoc is not installed"
fi
if command -v groff >/dev/null; then
    [ -z "$(groff -K utf8 -mdoc -Tutf8 -ww -z man/*.[15] 2>&1)" ]
    result $? "man pages by groff"
else
    skip "groff is not installed"
fi

# completed SHELL WORDS WANTED: what the shell offers for the last of the words
completed() {
    got=$(case $1 in
    bash) bash -c '. completions/newslint.bash; COMP_WORDS=("${@:1}"); COMP_CWORD=$(($# - 1)); _newslint
        printf "%s\n" "${COMPREPLY[@]}"' bash newslint $2 ;;
    fish) fish -c "source completions/newslint.fish; complete -C 'newslint $2'" | cut -f1 ;;
    esac)
    printf '%s\n' "$got" | grep -qxF -- "$3"
    result $? "$1: newslint $2" || printf '# %s\n' "$got"
}
PATH=${newslint%/*}:$PATH
export PATH
for shell in bash fish; do
    if ! command -v $shell >/dev/null; then
        skip "$shell is not installed"
        continue
    fi
    HOME=$t
    export HOME
    completed $shell "--format ch" checkstyle
    completed $shell "rules --f" --for
    completed $shell "exp" explain
    completed $shell "explain news/unique" news/unique-id
    completed $shell "explain times" timestamp
    completed $shell "check --fail-on n" never
done
if command -v zsh >/dev/null; then
    zsh -n completions/_newslint
    result $? "zsh reads its completion"
else
    skip "zsh is not installed"
fi
