"""Makes docs/output.svg, the picture of the README: what newslint says of a small article in a terminal.

    picture.py PROGRAM >docs/output.svg

Colours by SGR sequences become colours of the picture; every run of cells is put at its own column, so that the picture
is aligned whatever font shows it. The same program makes the same bytes.
"""

import html
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

RULES = """newslint: 1
name: mysite
extends: [encoding, headings]
fields:
  title: {required: true, type: string}
  sentiment: {enum: [POSITIVE, NEUTRAL, NEGATIVE]}
rules:
  headings/increment: {help: 'Go down one level at a time: below `##` comes `###`.'}
  updated-after-published: {assert: updatedAt >= publishedAt}
"""

ARTICLE = """---
title: Café “Aurora” reopens in the harbour
description: The company aims to pivot towards providingâ€¦
sentiment: Positive
---

## Opening hours

#### At weekends

From ten.
"""

CELL, LINE, SIZE, MARGIN = 8.4, 19, 14, 16
COLORS = {31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea", 90: "#8b949e"}
TEXT, BACK = "#e6edf3", "#0d1117"


def output(program):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "content"))
        for name, text in (("newslint.yaml", RULES), ("content/aurora.md", ARTICLE)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write(text)
        done = subprocess.run([os.path.abspath(program), "--format", "pretty", "--color", "always", "content/"],
                              cwd=folder, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 1:
        sys.exit("newslint ended with %d:\n%s" % (done.returncode, done.stdout.decode()))
    return done.stdout.decode()


def cells(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def runs(line, style):
    """(text, bold, color) of a line; the style goes on into the next."""
    found = []
    for part in re.split("(\x1b\\[[0-9;]*m)", line):
        codes = re.fullmatch("\x1b\\[([0-9;]*)m", part)
        if not codes:
            if part:
                found.append((part, style["bold"], style["color"]))
            continue
        for code in [int(c) for c in codes.group(1).split(";") if c] or [0]:
            if code == 0:
                style.update(bold=False, color=TEXT)
            elif code == 1:
                style["bold"] = True
            elif code in COLORS:
                style["color"] = COLORS[code]
    return found


def main():
    lines = ["\x1b[90m$\x1b[0m newslint content/"] + output(sys.argv[1]).rstrip("\n").split("\n")
    style = {"bold": False, "color": TEXT}
    drawn = [runs(line, style) for line in lines]
    width = MARGIN * 2 + CELL * max(82, *(sum(cells(t) for t, _, _ in line) for line in drawn))
    height = MARGIN * 2 + LINE * len(drawn)
    print('<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" viewBox="0 0 %g %g" role="img" '
          'aria-label="newslint in a terminal">' % (width, height, width, height))
    print('<rect width="100%%" height="100%%" rx="8" fill="%s"/>' % BACK)
    print('<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" '
          'font-size="%d" style="white-space: pre">' % SIZE)
    for row, line in enumerate(drawn):
        column = 0
        for text, bold, color in line:
            n = cells(text)
            if text.strip():
                lead = len(text) - len(text.lstrip(" "))
                body = text.strip(" ")
                print('<text x="%g" y="%g" textLength="%g" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>'
                      % (MARGIN + CELL * (column + lead), MARGIN + LINE * row + SIZE, CELL * cells(body), color,
                         ' font-weight="bold"' if bold else "", html.escape(body, quote=False)))
            column += n
    print("</g>\n</svg>")


main()
