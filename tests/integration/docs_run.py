"""Runs the examples of a Markdown page and compares what they print with what the page says.

    docs_run.py [--write] PAGE       speaks TAP; with --write the page is written anew instead

The page is read from top to bottom in a temporary folder:

    <!-- folder -->          a new, empty folder
    <!-- file: PATH -->      the fence below is a file
    <!-- same: PATH -->      the fence below is what that file holds by now
    ```console               lines that begin with `$ ` are run by one shell, in order (`> ` goes on); what stands
                             below a command is what it prints, both outputs together
"""

import os
import subprocess
import sys
import tempfile

MARK = "@@docs-mark@@"


def fences(lines):
    """Each fence: (line of the opening, line of the closing, word behind it, marker above it)."""
    at = 0
    while at < len(lines):
        line = lines[at]
        ticks = len(line) - len(line.lstrip("`"))
        if ticks < 3:
            at += 1
            continue
        end = at + 1
        while lines[end].rstrip() != "`" * ticks:
            end += 1
        marker = lines[at - 1].strip() if at else ""
        yield at, end, line[ticks:].strip(), marker
        at = end + 1


def commands(block):
    """The block as [command, expected lines] pairs."""
    found = []
    for line in block:
        if line.startswith("$ "):
            found.append([line[2:], []])
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0] += "\n" + line[2:]
        else:
            found[-1][1].append(line)
    return found


def run(pairs, folder, environment):
    script = ""  # the status is handed on, so that `echo $?` may follow
    for command, _ in pairs:
        script += "(exit ${status:-0})\n%s\nstatus=$?\nprintf '\\n%s\\n'\n" % (command, MARK)
    out = subprocess.run(["sh", "-c", script], cwd=folder, env=environment, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False)
    text = out.stdout.decode("utf-8", "backslashreplace")
    return [part.strip("\n").split("\n") if part.strip("\n") else []
            for part in text.split("\n" + MARK + "\n")[:-1]]


class Page:
    def __init__(self, path, write):
        self.path, self.write, self.count = path, write, 0
        with open(path, encoding="utf-8") as f:
            self.lines = f.read().split("\n")
        self.new = []
        self.folder = tempfile.TemporaryDirectory()
        build = os.path.abspath(os.environ.get("BUILD", "build"))
        self.environment = {"PATH": build + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
                            "HOME": self.folder.name, "NEWSLINT_ROOT": os.getcwd()}

    def say(self, good, name, got=None, want=None):
        self.count += 1
        print("%sok %d - %s" % ("" if good else "not ", self.count, name))
        if not good:
            for sign, text in (("-", want), ("+", got)):
                for line in text:
                    print("# %s %s" % (sign, line))

    def console(self, start, end):
        pairs = commands(self.lines[start + 1:end])
        outputs = run(pairs, self.folder.name, self.environment)
        outputs += [["(the shell ended)"]] * (len(pairs) - len(outputs))
        for (command, want), got in zip(pairs, outputs):
            first = command.split("\n")
            self.new += ["$ " + first[0]] + ["> " + more for more in first[1:]] + got
            self.say(got == want, "%s:%d: %s" % (self.path, start + 1, first[0]), got, want)

    def file(self, marker, start, end):
        kind, path = marker[5:-4].split(": ", 1)
        path = os.path.join(self.folder.name, path)
        text = "\n".join(self.lines[start + 1:end]) + "\n"
        if kind == "file":
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
            self.new += self.lines[start + 1:end]
            return
        with open(path, encoding="utf-8", newline="") as f:
            got = f.read()
        self.say(got == text, "%s:%d: what %s holds" % (self.path, start + 1, marker), got.split("\n"),
                 text.split("\n"))
        self.new += got.rstrip("\n").split("\n")

    def go(self):
        at = 0
        for start, end, word, marker in fences(self.lines):
            if "<!-- folder -->" in self.lines[at:start]:
                self.folder = tempfile.TemporaryDirectory()
            self.new += self.lines[at:start + 1]
            if word == "console":
                self.console(start, end)
            elif marker.startswith(("<!-- file: ", "<!-- same: ")):
                self.file(marker, start, end)
            else:
                self.new += self.lines[start + 1:end]
            at = end
        self.new += self.lines[at:]
        if self.write:
            with open(self.path, "w", encoding="utf-8") as f:
                f.write("\n".join(self.new))


write = sys.argv[1] == "--write"
for page in sys.argv[1 + write:]:
    Page(page, write).go()
