"""ftfy on whole files, as one would look for mojibake with it."""
import pathlib
import sys

import ftfy

found = 0
for path in pathlib.Path(sys.argv[1]).rglob("*.md"):
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    found += ftfy.fix_text(text) != text
sys.exit(1 if found else 0)
