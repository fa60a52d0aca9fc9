#!/bin/sh
# --parsers reference gives the same bytes as the fast readers: reports in every format, fixes, export;
# on the fixtures, the examples, the fuzz seeds, and on mutants of them that python makes.
. tests/tap.sh

mkdir "$t/tree" || exit 2
cd "$t" || exit 2
python3 - "$root" tree <<'END'
import glob, os, random, sys
root, out = sys.argv[1:]
random.seed(8)
pieces = ['- ', '  ', ': ', ' #', '# ', '\n', '"', "'", '[', ']', '|\n', '>\n', '---\n', '===\n', '```\n', '> ',
          '<!-- newslint-disable -->', 'â€™', 'Ã©', 'a: b\n', '*', '\t', '\r\n', '\u200b', '&amp;', '\u2028']
files = sorted(f for d in ('tests/fixtures/sites', 'examples', 'tests/fuzz/seeds/fuzz_readers', 'tests/fuzz/seeds/fuzz_lint')
               for f in glob.glob(f'{root}/{d}/**/*', recursive=True) if os.path.isfile(f))
for i, f in enumerate(files):
    text = open(f, 'rb').read().decode('utf-8', 'surrogateescape')
    for k in range(8):
        if k:
            lines = text.splitlines(True) or ['']
            for _ in range(k):
                at = random.randrange(len(lines))
                lines[at:at + random.randrange(2)] = random.choice([[], [lines[at]] * 2, [random.choice(pieces) + lines[at]],
                    [lines[at].rstrip('\n') + random.choice(pieces) + '\n'], [random.choice(lines)]])
                lines = lines or ['']
            text = ''.join(lines)
        open(f'{out}/{i}-{k}.md', 'wb').write(text.encode('utf-8', 'surrogateescape'))
END
test "$(ls tree | wc -l)" -gt 300
result $? "there are fixtures, seeds and mutants"

both() { # NAME ARGUMENTS: the same report, words and status
    name=$1
    shift
    for parsers in fast reference; do
        "$newslint" "$@" --parsers "$parsers" tree >"$parsers.out" 2>"$parsers.err"
        echo "status $?" >>"$parsers.out"
    done
    test "$(wc -c <fast.out)" -gt 1000 && cmp fast.out reference.out && cmp fast.err reference.err
    result $? "$name: the same with --parsers reference"
}
for format in text json jsonl sarif github gitlab junit checkstyle rdjson; do
    both "$format" check --now 2026-01-01T00:00:00Z --format "$format"
done
both "the set markdownlint" check --rules markdownlint --format jsonl
both "all sets" check --now 2026-01-01T00:00:00Z --rules news --rules markdownlint --format jsonl
both "--diff" check --now 2026-01-01T00:00:00Z --diff --unsafe-fixes
both "export" export
for parsers in fast reference; do
    cp -R tree "fix-$parsers"
    (cd "fix-$parsers" && "$newslint" --now 2026-01-01T00:00:00Z --fix --unsafe-fixes --parsers "$parsers" . >"../$parsers.out" 2>&1)
done
cmp fast.out reference.out && diff -r fix-fast fix-reference >/dev/null && ! diff -r tree fix-fast >/dev/null
result $? "--fix: the same files"
"$newslint" --parsers slow tree 2>err
test $? -eq 2 && grep -q 'takes `fast` or `reference`' err
result $? "another word is refused"
