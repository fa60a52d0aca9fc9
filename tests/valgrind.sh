#!/bin/sh
# Valgrind's memcheck over the unit tests, over the fuzz targets on their corpora, which hold every fixture, and over the
# program on the examples. With names of scripts in tests/integration/ also over the program as those run it
# (`make valgrind-all`; each start costs half a second). Any finding or leak fails; $JOBS run at a time. Says how often each
# was looked at, and closes with "N passed, N failed". What a script says itself does not count: it says that without valgrind.
set -u
BUILD=${BUILD:-build}
build=$(cd "$BUILD" && pwd)
folder=$build/valgrind
rm -rf "$folder"
mkdir -p "$folder/found"
memcheck() { # name of what it says
    echo "valgrind --quiet --suppressions=$(pwd)/tests/valgrind.supp --leak-check=full" \
        "--errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99 --log-file=$folder/found/$1.%p"
}

# What the scripts take for the program. Those that clear the environment are called `program` together; four have it end by a signal.
for each in "$build"/*; do
    case $(basename "$each") in
    valgrind) ;;
    newslint)
        {
            echo "#!/bin/sh"
            echo "case \${NL_SCRIPT:-} in cli | fix | reports | terminal) more=--suppressions=$(pwd)/tests/valgrind-signals.supp ;; *) more= ;; esac"
            echo "exec $(memcheck '${NL_SCRIPT:-program}') \$more $each \"\$@\""
        } >"$folder/newslint"
        chmod +x "$folder/newslint"
        ;;
    *) ln -s "$each" "$folder/" ;;
    esac
done

{
    for target in "$build"/replay/fuzz_*; do
        name=$(basename "$target")
        echo "$(memcheck "$name") $target $(ls -d "tests/fuzz/seeds/$name" "$build/seeds/$name" 2>/dev/null | tr '\n' ' ')"
    done
    for unit in "$build"/unit/*; do
        case $unit in *.d) continue ;; esac
        echo "NL_SLOW=no $(memcheck "$(basename "$unit")") $unit"
    done
    for format in pretty sarif gitlab; do
        echo "$folder/newslint --format $format --diff examples/content"
    done
    # As under a sanitizer they set no limit on memory, and leave out what preloads or builds something.
    for script in "$@"; do echo "NL_SCRIPT=$(basename "$script" .sh) SAN=valgrind BUILD=$folder sh $script"; done
} >"$folder/commands"
tr '\n' '\0' <"$folder/commands" | xargs -0 -P "${JOBS:-$(nproc)}" -I{} sh -c '{ {}; } >/dev/null 2>&1 || true'

failed=0 runs=0
for found in "$folder"/found/*; do
    runs=$((runs + 1))
    grep -q '^==' "$found" || continue # where a standard descriptor is closed, the program's own words come here
    failed=$((failed + 1))
    echo "FAIL $(basename "$found")"
    head -n 40 "$found" | sed 's/^/    /'
done
if [ "$runs" -lt $(($(wc -l <"$folder/commands") - $#)) ]; then
    failed=$((failed + 1))
    echo "FAIL valgrind did not run everything"
fi
ls "$folder/found" | sed 's/\.[0-9]*$//' | sort | uniq -c | awk '{ print "# " $2 ": " $1 }'
echo "$((runs - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
