#!/bin/sh
# What CI systems are given, run here as far as it goes: the steps of action.yml as the runner runs them, the hooks by
# pre-commit, the script of the GitLab job, the steps of the Dockerfile that need no Docker.
. tests/tap.sh
[ -z "${SAN:-}" ] || skip_all "with sanitizers"
command -v python3 >/dev/null || skip_all "python3 is not installed"
python3 -c 'import yaml' 2>/dev/null || skip_all "python3-yaml is not installed"
build=$(cd "$BUILD" && pwd)
unset GITHUB_ACTIONS GITHUB_WORKSPACE MAKEFLAGS MAKELEVEL CDPATH
HOME=$t
export HOME

python3 tests/integration/ci_files.py >"$t/said" 2>&1
result $? "the files have the keys that their readers want" || show "$t/said"

# A checkout of newslint in which everything is built already, with the files of this one.
mkdir -p "$t/newslint/build" "$t/bin"
cp -R Makefile action.yml .pre-commit-hooks.yaml .gitignore tools "$t/newslint/"
cp "$build/newslint" "$t/newslint/build/newslint"
# make, so that nothing is built anew
printf '#!/bin/sh\necho "make $*" >>"%s/made"\n' "$t" >"$t/bin/make"
chmod +x "$t/bin/make"

# site FOLDER: a repository with an article that has an error and a damage, one that is sound, and one that is ignored
site() {
    mkdir -p "$1/content/arch ive"
    printf 'newslint: 1\nname: site\nextends: [encoding]\nfields: {title: {required: true}}\n' >"$1/newslint.yaml"
    printf -- '---\ntitle: CafÃ©\n---\n\nText.\n' >"$1/content/a.md"
    printf -- '---\nname: b\n---\n\nText.\n' >"$1/content/arch ive/b.md"
    printf -- '---\ntitle: C\n---\n\nText.\n' >"$1/content/c.md"
    printf -- '---\nname: d\n---\n' >"$1/content/d.md"
    echo content/d.md >"$1/.newslintignore"
    (cd "$1" && git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a)
}
site "$t/site"

# ---- action.yml ----
# action PATHS ARGS: runs its steps; what they say is in $t/said, what they put out in $t/output
action() {
    : >"$t/output"
    : >"$t/path"
    (cd "$t/site" && PATH=$t/bin:$PATH GITHUB_ACTIONS=true GITHUB_ACTION_PATH=$t/newslint GITHUB_OUTPUT=$t/output \
        GITHUB_PATH=$t/path GITHUB_WORKSPACE=$t/site RUNNER_TEMP=$t python3 "$root/tests/integration/ci_action.py" \
        "$t/newslint/action.yml" "paths=$1" "args=$2") >"$t/said" 2>&1
}
# has TEXT FILE NAME
has() {
    grep -qF -- "$1" "$2"
    result $? "$3" || show "$2"
}
action . ''
[ $? -eq 1 ]
result $? "action: errors fail the job" || show "$t/said"
has "make -s -C $t/newslint" "$t/made" "action: newslint is built"
has '::error title=encoding/mojibake,file=content/a.md,line=2,endLine=2,col=11,endColumn=13::' "$t/said" "action: annotations"
has 'content/a.md:2:11: error: ' "$t/said" "action: the log is readable"
has 'status=1' "$t/output" "action: the status is put out"
has "sarif=$t/newslint.sarif" "$t/output" "action: the report is put out"
python3 -c 'import json, sys; r = json.load(open(sys.argv[1]))["runs"][0]["results"]
sys.exit([x["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for x in r]
         != ["content/a.md", "content/arch%20ive/b.md"])' "$t/newslint.sarif"
result $? "action: the report holds each finding"
action 'content/c.md
  "content/arch ive"' '--fail-on never --quiet'
result $? "action: options" || show "$t/said"
has 'content/arch ive/b.md:1:1' "$t/said" "action: a path with a blank"
! grep -q 'a\.md' "$t/said"
result $? "action: no other path"
# shellcheck disable=SC2016 # it is not to be run
action 'content/c.md $(touch x) ; touch y' ''
[ $? -eq 2 ] && [ ! -e "$t/site/x" ] && [ ! -e "$t/site/y" ]
result $? "action: nothing in an input is run" || show "$t/said"

# ---- .pre-commit-hooks.yaml ----
if command -v pre-commit >/dev/null && command -v git >/dev/null; then
    (cd "$t/newslint" && git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a) >/dev/null
    version=$(git -C "$t/newslint" rev-parse HEAD)
    # hook NAME ARGS...
    hook() {
        name=$1
        shift
        printf 'repos: [{repo: %s, rev: %s, hooks: [{id: %s}]}]\n' "$t/newslint" "$version" "$name" \
            >"$t/site/.pre-commit-config.yaml"
        (cd "$t/site" && git add .pre-commit-config.yaml && PATH=$t/bin:$PATH XDG_CACHE_HOME=$t/cache \
            PRE_COMMIT_COLOR=never pre-commit run "$@") >"$t/said" 2>&1
    }
    # pre-commit clones what git knows, in which there is no program: make's stand-in gives it.
    cat >"$t/bin/make" <<END
#!/bin/sh
echo "make \$*" >>"$t/made"
while [ "\$1" != -C ]; do shift; done
mkdir -p "\$2/\${3#B=}" && cp "$build/newslint" "\$2/\$4"
END
    rm -f "$t/made"
    hook newslint --all-files
    [ $? -eq 1 ]
    result $? "pre-commit: errors stop the commit" || show "$t/said"
    has 'content/a.md:2:11: error: ' "$t/said" "pre-commit: it says why"
    has 'content/arch ive/b.md:1:1: error: ' "$t/said" "pre-commit: a path with a blank"
    ! grep -q 'd\.md' "$t/said"
    result $? "pre-commit: an ignored file is passed over"
    hook newslint --files content/c.md
    result $? "pre-commit: a sound article" || show "$t/said"
    [ "$(wc -l <"$t/made")" -eq 1 ]
    result $? "pre-commit: newslint is built once" || show "$t/made"
    hook newslint-fix --files content/a.md content/c.md
    [ $? -eq 1 ] && grep -q 'files were modified by this hook' "$t/said" && grep -q '^title: Café$' "$t/site/content/a.md"
    result $? "pre-commit: newslint-fix repairs, and stops the commit" || show "$t/said"
    hook newslint-fix --files content/a.md content/c.md
    result $? "pre-commit: and then lets it pass" || show "$t/said"
else
    skip "pre-commit is not installed"
fi

# ---- GitLab ----
rm -rf "$t/site"
site "$t/site"
python3 -c 'import sys, yaml; print("\n".join(yaml.safe_load(open(sys.argv[1]))["newslint"]["script"]))' \
    examples/ci/gitlab-ci.yml >"$t/script"
(cd "$t/site" && PATH=$build:$PATH && export PATH && sh -e "$t/script") >"$t/said" 2>&1
[ $? -eq 1 ] && grep -q 'content/a.md:2:11: error: ' "$t/said" &&
    python3 -c 'import json, sys; sys.exit(len(json.load(open(sys.argv[1]))) != 2)' "$t/site/newslint-quality.json" &&
    [ "$(grep -c '<failure' "$t/site/newslint-tests.xml")" -eq 2 ]
result $? "GitLab: the job's script" || show "$t/said"
