#!/bin/sh
# What happens when the machine fails, the run is killed, or others write: a part of it that takes some seconds; all of
# it with FAULTS=all (make test-faults), which prints the rows of the table in docs/reliability.md.
. tests/tap.sh
shim=$BUILD/faults/shim.so
[ -z "${SAN:-}" ] && [ -f "$shim" ] || skip_all "the sanitizers want to be loaded first"
lean=--lean
[ "${FAULTS:-}" = all ] && lean=
status=0
python3 tests/faults/imports.py "$BUILD/newslint" "$shim" || status=1
python3 tests/faults/faults.py "$BUILD/newslint" "$shim" $lean || status=1
python3 tests/faults/crash.py "$BUILD/newslint" "$shim" $lean || status=1
exit $status
