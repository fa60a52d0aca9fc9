#!/usr/bin/env python3
"""Does the time for what strangers may write grow with its bytes? Articles of one, two and four MiB,
each of one kind; prints processor seconds of the user, least of three runs, and how they grow when the
size doubles: 2 is linear. A kind that is over a limit at a size is left out there.
usage: linear.py NEWSLINT"""
import os
import subprocess
import sys
import tempfile

SIZES = (1 << 20, 2 << 20, 4 << 20)
ROUNDS = 3
OPTIONS = ('-q', '-j1', '--rules', 'news', '--rules', 'markdownlint',
           '--max-findings', '10000000', '--limit', 'places=10000000')
FRONT = '---\ntitle: A\n---\n\n'
ARABIC = 'مرحبا'.encode().decode('latin-1') + ' '


def body(piece):
    return lambda size: FRONT + piece * (size // len(piece.encode())) + '\n'


def numbered(before, piece, after):
    return lambda size: before + ''.join(piece % i for i in range(size // (len(piece) + 3))) + after


def front(before, piece, after='\n---\n\nText.\n'):
    return lambda size: '---\n' + before + piece * (size // len(piece)) + after


KINDS = {
    'one line': body('word '),
    'lines': body('a b c\n'),
    'headings': numbered(FRONT, '## h%d\n\n', ''),
    'headings, all the same': body('## same\n\n'),
    'damaged lines': body('cafÃ© x\n'),
    'damage in one line': body('cafÃ© '),
    'damaged Arabic': body(ARABIC),
    'links': body('[a](b) '),
    'emphasis': body('*a **b** c* '),
    'emphasis that nothing closes': body('*a _b '),
    'brackets that nothing closes': body('['),
    'items of a list': body('- item\n'),
    'character references': body('&amp; '),
    'invisible characters': body('a\u200bb '),
    'suppressed findings': body('<!-- newslint-disable-next-line mojibake -->\ncafÃ©\n'),
    'keys': numbered('---\n', 'k%d: v\n', '---\n\nText.\n'),
    'a list in front matter': front('l:\n', '- a\n'),
    'aliases': front('a: &a x\nl:\n', '- *a\n'),
    'one scalar': front('t: "', 'word ', '"\n---\n\nText.\n'),
    'a folded scalar': front('t: >\n', '  word word\n'),
}


def seconds(newslint, path):
    """None where the article is over a limit, whose option is named then."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([newslint, *OPTIONS, path], stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            sys.exit(f'newslint ended with {process.returncode}')
        out.seek(0)
        return None if b'; --limit ' in out.read() else used.ru_utime


def main():
    newslint = sys.argv[1]
    print('| an article of | 1 MiB | 2 MiB | 4 MiB | 1 to 2 | 2 to 4 |\n|---|--:|--:|--:|--:|--:|')
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'a.md')
        for kind, text in KINDS.items():
            times = []
            for size in SIZES:
                with open(path, 'w', encoding='utf-8') as f:
                    f.write(text(size))
                runs = [seconds(newslint, path) for _ in range(ROUNDS)]
                times.append(None if None in runs else min(runs))
            grown = [f'{b / a:.1f}' if a and b else '' for a, b in zip(times, times[1:])]
            shown = ['' if t is None else f'{t:.3f}' for t in times]
            print('| ' + ' | '.join([kind, *shown, *grown]) + ' |', flush=True)


main()
