#!/bin/sh
# --fix and --diff over generated articles in every YAML style, damaged in known places.
. tests/tap.sh
here=$(dirname "$0")
python3 "$here/fix_generated.py" "$newslint" "$t/articles" 400
