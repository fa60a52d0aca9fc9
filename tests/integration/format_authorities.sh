#!/bin/sh
# A site with every kind of finding and with hostile content goes through every format in one run. Each report is judged
# by its format's authority: the OASIS schema of SARIF (from the npm package @microsoft/jest-sarif, fetched into the build
# folder once) and GitHub's rules, Jenkins's schema of JUnit, reviewdog's of rdjson, our own of json; with SARIF_MULTITOOL
# naming Microsoft's validator (npm package @microsoft/sarif-multitool-linux) by that too. Then all are read back and compared.
. tests/tap.sh
here=tests/integration

check() { # NAME COMMAND…
    name=$1
    shift
    "$@" >"$t/log" 2>&1
    result $? "$name" || show "$t/log"
}

judge() { # NAME JUDGE ARGUMENTS…
    name=$1
    shift
    check "$name" python3 "$here/format_judges.py" "$@"
}

python3 -c 'import yaml, jsonschema' 2>/dev/null || skip_all "python3 with yaml and jsonschema is not here"

# report SITE FOLDER: all formats in one run.
report() {
    mkdir -p "$2"
    set -- "$1" "$2"
    (
        cd "$1" || exit 2
        folder=$2
        set --
        for f in text pretty json jsonl sarif github gitlab junit checkstyle rdjson; do
            set -- "$@" --format $f -o "$folder/all.$f"
        done
        "$newslint" --now 2025-06-01 "$@" .
    ) 2>"$t/err"
}

site=$t/site all=$t/all
check "the site is made" python3 "$here/format_corpus.py" "$site"
report "$site" "$all"
check "all reports are written in one run, which says that a file was not read" [ $? -eq 2 ]
(cd "$site" && "$newslint" --now 2025-06-01 --format pretty --color always . >"$all/all.colors" 2>"$t/err")
judge "every built-in rule has a finding" rules "$newslint" "$all"
judge "no control character comes out raw" controls "$all"
check "the same findings in every format" python3 "$here/format_findings.py" "$all" "$site"

judge "json is as our schema says" schema docs/newslint-report.schema.json "$all/all.json"
judge "jsonl is as our schema says, line by line" schema docs/newslint-report.schema.json "$all/all.jsonl" lines
judge "rdjson is as reviewdog's protocol says" schema tests/authorities/rdjson.schema.json "$all/all.rdjson"
judge "gitlab is as GitLab wants it" schema tests/authorities/gitlab.schema.json "$all/all.gitlab"
for f in junit checkstyle; do
    check "$f is as its schema says" xmllint --noout --schema "tests/authorities/$f.xsd" "$all/all.$f"
done
judge "github: commands as the runner reads them" github "$all"
judge "sarif: GitHub's rules, and its line hashes" sarif "$all" "$site"

package=$BUILD/sarif-schema
if [ ! -e "$package/package" ] && command -v npm >/dev/null; then
    mkdir -p "$package"
    (cd "$package" && npm pack --silent @microsoft/jest-sarif@1.0.0-beta.0 >/dev/null && tar xzf ./*.tgz) 2>/dev/null
fi
if [ -e "$package/package" ]; then
    judge "sarif: the OASIS schema" schema "$package/package/lib/schemas/sarif-2.1.0-rtm.5.json" "$all/all.sarif"
else
    skip "the package @microsoft/jest-sarif cannot be had" "sarif: the OASIS schema"
fi
if [ -n "${SARIF_MULTITOOL:-}" ]; then
    sarif_is_valid() {
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$SARIF_MULTITOOL" validate "$all/all.sarif" \
            --rule-kind "Sarif;Gh" --output "$t/out.sarif" --log ForceOverwrite >"$t/said" 2>&1
        ! grep ': error ' "$t/said" && grep -q '1 files scanned' "$t/said"
    }
    check "sarif: Microsoft's validator, with GitHub's rules" sarif_is_valid
fi

# In a job's log nothing that stems from an article is a command.
for f in text pretty github; do
    (cd "$site" && GITHUB_ACTIONS=true "$newslint" --format $f . 2>/dev/null) >"$t/job"
    [ $f = github ] && grep -v '^::' "$t/job" >"$t/rest" && mv "$t/rest" "$t/job"
    judge "$f in a job: no line is a command" log "$t/job"
done

# Fingerprints: three findings on two lines that are alike, then text before them.
mkdir "$t/moved"
moved=$t/moved/a.md
printf 'newslint: 1\nname: s\nrules: {words: {check: text, forbid: [foo]}}\n' >"$t/moved/newslint.yaml"
printf -- '---\n---\nA foo and foo.\n\nA foo and foo.\n' >"$moved"
report "$t/moved" "$t/before"
printf -- '---\n---\nMuch more.\n\nAnd more.\n\nA foo and foo.\n\nA foo and foo.\n' >"$moved"
report "$t/moved" "$t/after"
judge "fingerprints are unique, and survive lines moving" stable "$t/before" "$t/after"

# Paths from the root of the repository, from wherever newslint is started; the readable formats print them as given.
mkdir "$t/moved/.git" "$t/moved/content"
cp "$moved" "$t/moved/content/b.md"
(cd "$t/moved/content" && for f in github gitlab sarif text; do "$newslint" -q --format $f . >"$t/here.$f"; done)
(cd "$t/moved" && for f in github gitlab sarif text; do "$newslint" -q --format $f content >"$t/root.$f"; done)
check "github: paths from the root of the repository" grep -q ',file=content/b.md,' "$t/here.github"
for f in github gitlab sarif; do
    check "$f: the same from a folder below" cmp "$t/here.$f" "$t/root.$f"
done
check "text: paths as given" grep -q '^b.md:' "$t/here.text"
rm -r "$t/moved/.git" "$t/moved/content"

# No article, and nothing to tell of one: still whole.
printf -- '---\n---\nGood.\n' >"$moved"
report "$t/moved" "$t/clean"
judge "clean: json" schema docs/newslint-report.schema.json "$t/clean/all.json"
judge "clean: rdjson" schema tests/authorities/rdjson.schema.json "$t/clean/all.rdjson"
judge "clean: gitlab" schema tests/authorities/gitlab.schema.json "$t/clean/all.gitlab"
judge "clean: sarif" sarif "$t/clean" "$t/moved"
check "clean: junit has a passing case" grep -q '<testcase .*/>' "$t/clean/all.junit"
for f in junit checkstyle; do
    check "clean: $f" xmllint --noout --schema "tests/authorities/$f.xsd" "$t/clean/all.$f"
done
for f in text pretty jsonl github; do
    check "clean: $f is empty" [ ! -s "$t/clean/all.$f" ]
done
