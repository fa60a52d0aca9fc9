# For the scripts that run tables (tests/integration/): the bytes that a text of a table stands for.
# Wants the folder $t.

# \xNN as printf's %b knows it, \0OOO; other backslashes doubled. The point at the end holds the last
# line's end back from the shell.
octal() {
    LC_ALL=C awk '
        function digit(c) { return index("0123456789ABCDEF", toupper(c)) - 1 }
        {
            for (out = ""; match($0, /\\x[0-9A-Fa-f][0-9A-Fa-f]/); $0 = substr($0, RSTART + 4)) {
                head = substr($0, 1, RSTART - 1)
                gsub(/\\/, "&&", head)
                n = digit(substr($0, RSTART + 2, 1)) * 16 + digit(substr($0, RSTART + 3, 1))
                out = out head sprintf("\\0%03o", n)
            }
            gsub(/\\/, "&&")
            print out $0
        }
        END { print "." }' "$1"
}

# The table's text $1 as a file $3 in the bytes that the flags $2 ask for.
encode() {
    case $2 in
    *bytes*)
        printf %b "$(octal "$1")" >"$t/bytes"
        head -c $(($(wc -c <"$t/bytes") - 1)) "$t/bytes" >"$3"
        ;;
    *) cp "$1" "$3" ;;
    esac
    case $2 in
    *crlf*) sed 's/$/\r/' "$3" >"$t/bytes" && mv "$t/bytes" "$3" ;;
    *"cr "*) tr '\n' '\r' <"$3" >"$t/bytes" && mv "$t/bytes" "$3" ;;
    esac
    case $2 in *unended*)
        head -c $(($(wc -c <"$3") - 1)) "$3" >"$t/bytes" && mv "$t/bytes" "$3" ;;
    esac
}
