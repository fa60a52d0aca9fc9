# Completion of newslint for fish. Made by `make docs`.

function __newslint_is
    set -l words (commandline -opc)
    set -l command check
    if set -q words[2]; and contains -- $words[2] check explain rules repair export test-rules
        set command $words[2]
    end
    contains -- $command $argv
end

complete -c newslint -n __fish_is_first_arg -a check -d 'check files and folders (the default command; default PATH: .)'
complete -c newslint -n __fish_is_first_arg -a explain -d 'say what a rule or check is about, its options, and examples'
complete -c newslint -n __fish_is_first_arg -a rules -d 'list the rules in force, with level, options and what set them'
complete -c newslint -n __fish_is_first_arg -a repair -d 'repair mojibake of any text, standard input to standard output'
complete -c newslint -n __fish_is_first_arg -a export -d 'print one JSON object per article: front matter, headings, positions'
complete -c newslint -n __fish_is_first_arg -a test-rules -d 'run the good and bad examples that rules carry'
complete -c newslint -n '__newslint_is rules' -f
complete -c newslint -n '__newslint_is explain' -f -a '(newslint rules 2>/dev/null | sed -n \'s/^\\([^ ][^ ]*\\) .*/\\1/p\' | sort -u) assert body characters enum filename front-matter heading-blank-lines heading-depth heading-emphasis heading-empty heading-first heading-increment heading-indent heading-length heading-outline heading-punctuation heading-space heading-style heading-unique images items key-order length links md001 md003 md018 md019 md020 md021 md022 md023 md024 md025 md026 md036 md041 md043 md051 mojibake pattern range required text timestamp truncated type unique unknown-field url'
complete -c newslint -n '__newslint_is check explain rules' -s c -l config -r -F -d 'use this rule file; no discovery'
complete -c newslint -n '__newslint_is check explain rules' -l rules -r -F -d 'use this built-in set or rule file instead of discovery (repeatable)'
complete -c newslint -n '__newslint_is check' -l fix -d 'apply safe fixes, then report what is left'
complete -c newslint -n '__newslint_is check' -l unsafe-fixes -d 'with --fix or --diff: also the fixes that may change meaning'
complete -c newslint -n '__newslint_is check' -l diff -d 'print what --fix would change as a unified diff, write nothing; status 1 if there is any'
complete -c newslint -n '__newslint_is check' -l format -x -a 'text pretty json jsonl sarif github gitlab junit checkstyle rdjson' -d 'how to report; default: pretty on a terminal, else text (repeatable, with -o)'
complete -c newslint -n '__newslint_is check' -s o -l output -r -F -d 'write the report there (repeatable, in pairs with --format)'
complete -c newslint -n '__newslint_is check' -l stdin-filename -r -F -d 'with - as the path: check standard input as if it were PATH'
complete -c newslint -n '__newslint_is check export' -l files-from -r -F -d 'read paths from FILE (-: standard input), one a line'
complete -c newslint -n '__newslint_is check repair export' -s 0 -l null -d 'paths of --files-from, or records of repair, end with a NUL'
complete -c newslint -n '__newslint_is check export' -l include -x -d 'of folders take only files that match; `*.txt` lets other names through (repeatable)'
complete -c newslint -n '__newslint_is check export' -l exclude -x -d 'leave out files and folders that match (repeatable)'
complete -c newslint -n '__newslint_is check export' -l no-ignore -d 'do not honour .gitignore and .newslintignore'
complete -c newslint -n '__newslint_is check export' -l force-exclude -d 'pass over ignored and excluded files also when they are named'
complete -c newslint -n '__newslint_is check' -l no-index -d 'compare what is checked alone, not with the rest of the site'
complete -c newslint -n '__newslint_is check' -l baseline -r -F -d 'report only findings that FILE does not hold'
complete -c newslint -n '__newslint_is check' -l update-baseline -d 'write the findings of this run to the baseline'
complete -c newslint -n '__newslint_is check' -l fail-on -x -a 'error warning info never' -d 'the lowest level that makes the status 1; default: error'
complete -c newslint -n '__newslint_is check' -l max-warnings -x -d 'status 1 when there are more warnings'
complete -c newslint -n '__newslint_is check' -l min-level -x -a 'error warning info' -d 'hide what is below; what is hidden does not count'
complete -c newslint -n '__newslint_is check test-rules' -s q -l quiet -d 'no summary and no notes'
complete -c newslint -n '__newslint_is check' -l statistics -d 'counts per rule, most frequent first, on standard error'
complete -c newslint -n '__newslint_is check' -l timing -d 'what the time went into, by stage and rule, on standard error'
complete -c newslint -n '__newslint_is check' -l list-files -d 'only list what would be checked'
complete -c newslint -n '__newslint_is check explain rules test-rules' -l now -x -d 'the clock of this run; default: SOURCE_DATE_EPOCH, else the system\'s'
complete -c newslint -n '__newslint_is check' -s j -l jobs -x -d 'worker threads; default: the processors that this process may use, more while a disk is waited for'
complete -c newslint -n '__newslint_is check export' -l max-size -x -d 'articles above are reported and skipped; default: 64MiB'
complete -c newslint -n '__newslint_is check export' -l max-depth -x -d 'nesting of front matter; default: 1000'
complete -c newslint -n '__newslint_is check export' -l max-front-matter -x -d 'larger front matter is reported and not read; default: 16MiB'
complete -c newslint -n '__newslint_is check' -l max-findings -x -d 'findings of one article that are told; default: 100000'
complete -c newslint -n '__newslint_is check explain rules export test-rules' -l limit -x -a 'size= lines= front-matter= depth= values= aliases= body-depth= body-memory= body-steps= findings= places= matches= targets= regex-steps= fix-looks= rule-file= rule-depth= rule-files= extends= regex= help' -d 'set one of the limits for hostile input; `--limit help` lists them (repeatable)'
complete -c newslint -n '__newslint_is check export' -l parsers -x -a 'fast reference' -d 'fast: plain articles are read without libyaml and cmark; reference: none; default: fast'
complete -c newslint -n '__newslint_is check' -l color -x -a 'auto always never' -d 'colours; auto honours NO_COLOR and FORCE_COLOR'
complete -c newslint -n '__newslint_is check' -l columns -x -a 'codepoint utf16 byte display' -d 'unit of the column in text and pretty; default: codepoint'
complete -c newslint -n '__newslint_is rules' -l for -r -F -d 'the rules in force for that article'
complete -c newslint -n '__newslint_is rules' -l schema -d 'print the JSON Schema of rule files, for editors'
complete -c newslint -n '__newslint_is rules' -s v -l verbose -d 'whole values, and help and examples too'
complete -c newslint -n '__newslint_is repair' -l explain -d 'tell of each damaged span on standard error'
complete -c newslint -n '__newslint_is repair' -l unsafe -d 'also repair what had to be guessed'
complete -c newslint -n '__newslint_is check explain rules repair export test-rules' -s h -l help -d 'say this and end'
complete -c newslint -n '__newslint_is check explain rules repair export test-rules' -s V -l version -d 'say the version and end'
