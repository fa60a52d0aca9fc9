# Sourced first by the scripts of tests/integration, which are run from the top of the repository: results in the
# Test Anything Protocol (testanything.org), which tests/run.sh counts, and what every script wants.
set -u
BUILD=${BUILD:-build}
newslint=$(cd "$BUILD" && pwd)/newslint
root=$(pwd)
t=$(mktemp -d) || exit 2 # a folder of the script's own, gone when the script ends
# What changes the output is set by the tests that are about it.
unset SOURCE_DATE_EPOCH NO_COLOR FORCE_COLOR CLICOLOR_FORCE GITHUB_ACTIONS TF_BUILD

n=0 # results so far

ended() {
    [ "$n" -eq 0 ] || echo "1..$n"
    chmod -R u+rwX "$t"
    rm -rf "$t"
}
trap ended EXIT

result() { # STATUS NAME; its status is that of the test
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
    return "$1"
}

ok() { # NAME COMMAND...: the command succeeds
    tested=$1
    shift
    "$@"
    result $? "$tested"
}

skip() { # WHY [NAME]
    n=$((n + 1))
    echo "ok $n${2:+ - $2} # SKIP $1"
}

skip_all() { # WHY: nothing here can be tested
    skip "$1"
    exit 0
}

# What failed shows files, each line a comment: ok … || show out err
show() {
    for shown in "$@"; do
        [ -f "$shown" ] && tail -n 40 "$shown" | sed "s/^/# $(basename "$shown"): /"
    done
}
