#!/bin/sh
# The unit tests and a run over the examples under valgrind's memcheck; any finding or leak fails.
set -u
BUILD=${BUILD:-build}
check="valgrind --quiet --suppressions=tests/valgrind.supp --leak-check=full --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99"
status=0
for t in "$BUILD"/unit/*; do
    [ -x "$t" ] && [ ! -d "$t" ] || continue
    case $t in *.d) continue ;; esac
    NL_SLOW=no $check "$t" >/dev/null || { echo "valgrind: $t"; status=1; }
done
$check "$BUILD/newslint" --format pretty examples/content >/dev/null
[ $? -le 1 ] || { echo "valgrind: newslint examples/content"; status=1; }
exit $status
