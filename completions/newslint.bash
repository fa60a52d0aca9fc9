# Completion of newslint for bash. Made by `make docs`.

_newslint() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command=check options
    COMPREPLY=()
    case ${COMP_WORDS[1]} in
        check | explain | rules | repair | export | test-rules) [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]} ;;
    esac
    case $before in
        -c | --config) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
        --rules) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
        --format) mapfile -t COMPREPLY < <(compgen -W 'text pretty json jsonl sarif github gitlab junit checkstyle rdjson' -- "$word") && return ;;
        -o | --output) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
        --stdin-filename) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
        --files-from) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
        --include) return ;;
        --exclude) return ;;
        --baseline) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
        --fail-on) mapfile -t COMPREPLY < <(compgen -W 'error warning info never' -- "$word") && return ;;
        --max-warnings) return ;;
        --min-level) mapfile -t COMPREPLY < <(compgen -W 'error warning info' -- "$word") && return ;;
        --now) return ;;
        -j | --jobs) return ;;
        --max-size) return ;;
        --max-depth) return ;;
        --max-front-matter) return ;;
        --max-findings) return ;;
        --limit) compopt -o nospace 2>/dev/null; mapfile -t COMPREPLY < <(compgen -W 'size= lines= front-matter= depth= values= aliases= body-depth= body-memory= body-steps= findings= places= matches= targets= regex-steps= fix-looks= rule-file= rule-depth= rule-files= extends= regex= help' -- "$word") && return ;;
        --parsers) mapfile -t COMPREPLY < <(compgen -W 'fast reference' -- "$word") && return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$word") && return ;;
        --columns) mapfile -t COMPREPLY < <(compgen -W 'codepoint utf16 byte display' -- "$word") && return ;;
        --for) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") && return ;;
    esac
    case $command in
        check) options='-c --config --rules --fix --unsafe-fixes --diff --format -o --output --stdin-filename --files-from -0 --null --include --exclude --no-ignore --force-exclude --no-index --baseline --update-baseline --fail-on --max-warnings --min-level -q --quiet --statistics --timing --list-files --now -j --jobs --max-size --max-depth --max-front-matter --max-findings --limit --parsers --color --columns -h --help -V --version' ;;
        explain) options='-c --config --rules --now --limit -h --help -V --version' ;;
        rules) options='-c --config --rules --now --limit --for --schema -v --verbose -h --help -V --version' ;;
        repair) options='-0 --null --explain --unsafe -h --help -V --version' ;;
        export) options='--files-from -0 --null --include --exclude --no-ignore --force-exclude --max-size --max-depth --max-front-matter --limit --parsers -h --help -V --version' ;;
        test-rules) options='-q --quiet --now --limit -h --help -V --version' ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
    fi
    if [ "$command" = explain ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(newslint rules 2>/dev/null | sed -n 's/^\([^ ][^ ]*\) .*/\1/p' | sort -u) assert body characters enum filename front-matter heading-blank-lines heading-depth heading-emphasis heading-empty heading-first heading-increment heading-indent heading-length heading-outline heading-punctuation heading-space heading-style heading-unique images items key-order length links md001 md003 md018 md019 md020 md021 md022 md023 md024 md025 md026 md036 md041 md043 md051 mojibake pattern range required text timestamp truncated type unique unknown-field url" -- "$word")
        return
    fi
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'check explain rules repair export test-rules' -- "$word")
    fi
}
complete -F _newslint newslint
