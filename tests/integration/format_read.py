"""What the readers of reports share: the reports of a folder, the articles behind them, and newslint's visible spelling."""
import os
import re
import unicodedata


def hidden(c):
    """Could the character act on a terminal, a log or a reader's eyes?"""
    code = ord(c)
    return (code < 0x20 or 0x7F <= code < 0xA0 or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
            or (unicodedata.category(c) in ("Cf", "Zl", "Zp") and c not in "\u200c\u200d"))


def visible(text):
    """As a terminal is to see it: what is hidden, and bytes that are not UTF-8, escaped."""
    out = ""
    for c in text:
        code = ord(c)
        if c in "\n\r\t":
            out += {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[c]
        elif code < 0x80 and hidden(c):
            out += "\\x%02X" % code
        elif 0xDC80 <= code <= 0xDCFF:
            out += "\\x%02X" % (code - 0xDC00)
        else:
            out += "\\u{%X}" % code if hidden(c) else c
    return out


def command(line):
    """A workflow command as the runner of GitHub reads it (actions/runner, ActionCommand.cs, TryParseV2)."""
    assert line.startswith("::"), line
    info, data = line[2:].split("::", 1)
    name, _, rest = info.partition(" ")
    properties = {}
    for pair in rest.split(","):
        key, value = pair.split("=", 1)
        for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(escaped, plain)
        assert key not in properties and key in ("title", "file", "line", "endLine", "col", "endColumn"), line
        properties[key] = value
    for escaped, plain in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(escaped, plain)
    return name, properties, data


class Text:
    """An article's bytes; None for one that cannot be read."""

    def __init__(self, data):
        self.data = data
        self.bom = 3 if data and data.startswith(b"\xef\xbb\xbf") else 0
        self.starts = [self.bom] + [m.end() for m in re.finditer(rb"\r\n|\r|\n", data or b"")]

    def line_column(self, offset, unit):
        line = max(i for i, start in enumerate(self.starts) if i == 0 or start <= offset)
        before = (self.data or b"")[self.starts[line]:offset]
        if unit == "byte":
            return line + 1, len(before) + 1
        return line + 1, len(before.decode("utf-8", "surrogateescape")) + 1

    def offset(self, line, byte_column):
        return self.starts[line - 1] + byte_column - 1

    def line_at(self, number):
        """The line without its end, and where it begins."""
        at = self.starts[number - 1]
        return re.match(rb"[^\r\n]*", self.data[at:])[0], at


class Reports:
    """The files all.FORMAT of a folder, and the articles of the site that they are about."""

    def __init__(self, folder, site):
        self.folder = folder
        self.site = os.fsencode(site)
        self.texts = {}
        self.paths = {}
        for parent, _, names in os.walk(self.site):
            for name in names:
                path = os.path.relpath(os.path.join(parent, name), self.site)
                shown = path.decode("utf-8", "surrogateescape")
                self.paths[re.sub("[\udc80-\udcff]", lambda m: "\\x%02X" % (ord(m[0]) - 0xDC00), shown)] = path

    def read(self, name):
        with open("%s/all.%s" % (self.folder, name), encoding="utf-8", newline="") as file:
            return file.read()

    def lines(self, name):
        return self.read(name).rstrip("\n").split("\n")

    def bytes_of(self, path):
        return self.paths[path]

    def text(self, path):
        if path not in self.texts:
            try:
                with open(os.path.join(self.site, self.paths[path]), "rb") as file:
                    self.texts[path] = Text(file.read())
            except FileNotFoundError:
                self.texts[path] = Text(None)
        return self.texts[path]
