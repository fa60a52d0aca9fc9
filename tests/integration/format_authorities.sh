#!/bin/sh
# Reports of hostile findings, read by the authorities that this machine has: an XML parser, a JSON
# parser, JSON Schema, and Microsoft's SARIF validator with GitHub's rules where SARIF_MULTITOOL
# names it (npm install @microsoft/sarif-multitool-linux). What is not there is skipped.
set -u
BUILD=${BUILD:-build}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
n=0

check() { # NAME COMMAND…
    name=$1
    shift
    n=$((n + 1))
    if "$@" >"$dir/log" 2>&1; then
        echo "ok $n - $name"
    else
        echo "not ok $n - $name"
        sed 's/^/# /' "$dir/log"
    fi
}

skip() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

check "reports are written" "$BUILD/unit/test_format" --dump "$dir"

for f in junit checkstyle; do
    if command -v xmllint >/dev/null; then
        check "$f is XML" xmllint --noout "$dir/hostile.$f"
    else
        skip "$f is XML" "no xmllint"
    fi
done

if command -v python3 >/dev/null; then
    check "all formats hold the same findings" python3 tests/integration/format_findings.py "$dir"
    if python3 -c 'import jsonschema' 2>/dev/null; then
        check "json is as its schema says" python3 -c '
import json, sys, jsonschema
schema = json.load(open("docs/newslint-report.schema.json"))
jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[1])))' "$dir/hostile.json"
    else
        skip "json is as its schema says" "no python3-jsonschema"
    fi
else
    skip "all formats hold the same findings" "no python3"
fi

if [ -n "${SARIF_MULTITOOL:-}" ]; then
    sarif_is_valid() {
        DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$SARIF_MULTITOOL" validate "$dir/hostile.sarif" \
            --rule-kind "Sarif;Gh" --output "$dir/out.sarif" --log ForceOverwrite >"$dir/said" 2>&1
        ! grep ': error ' "$dir/said" && grep -q '1 files scanned' "$dir/said"
    }
    check "sarif is valid, and GitHub takes it" sarif_is_valid
else
    skip "sarif is valid, and GitHub takes it" "SARIF_MULTITOOL is not set"
fi
echo "1..$n"
