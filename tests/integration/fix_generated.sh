#!/bin/sh
# --fix and --diff over generated articles in every YAML style, damaged in known places.
set -u
BUILD=${BUILD:-build}
here=$(dirname "$0")
t=$(mktemp -d) || exit 2
trap 'rm -rf "$t"' EXIT
python3 "$here/fix_generated.py" "$(cd "$BUILD" && pwd)/newslint" "$t/articles" 400
