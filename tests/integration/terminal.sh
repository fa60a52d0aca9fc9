#!/bin/sh
# newslint at a terminal, and not at one: see terminal.py.
. tests/tap.sh
command -v python3 >/dev/null || skip_all "python3 is not here"
python3 tests/integration/terminal.py "$newslint"
