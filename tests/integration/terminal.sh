#!/bin/sh
# newslint at a terminal, and not at one: see terminal.py.
command -v python3 >/dev/null || {
    echo "ok 1 - terminal # SKIP python3 is not here"
    exit 0
}
exec python3 tests/integration/terminal.py "${BUILD:-build}/newslint"
