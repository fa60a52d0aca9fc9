"""newslint at a terminal (a pseudo-terminal of a given size) and in pipes: the default format, colours, widths, progress,
the summary, Ctrl-C. Speaks TAP.

    terminal.py PROGRAM
"""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

PROGRAM = os.path.abspath(sys.argv[1])
SGR = re.compile(rb"\x1b\[[0-9;]*m")
RULES = """newslint: 1
name: site
extends: [encoding]
fields:
  mood: {enum: [GOOD, BAD, INDIFFERENT, EXCELLENT]}
"""
ARTICLE = "---\nmood: neither the one nor the other of these\ntitle: cafÃ© 中文 \n---\n"
count = 0


def ok(good, name, *details):
    global count
    count += 1
    print("%s %d - %s" % ("ok" if good else "not ok", count, name))
    for detail in details if not good else ():
        print("# %r" % (detail,))


def environment(more):
    clean = {key: value for key, value in os.environ.items()
             if key not in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "TF_BUILD", "CI", "COLUMNS")}
    return dict(clean, TERM="xterm-256color", **more) if "TERM" not in more else dict(clean, **more)


def piped(args, **more):
    return subprocess.run([PROGRAM] + args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          env=environment(more), check=False)


def at_terminal(args, columns=80, wait=0, stderr=None, keys=b"", **more):
    """What the terminal received, and the status. `wait`: seconds before anything is read."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    child = subprocess.Popen([PROGRAM] + args, stdin=slave, stdout=slave, stderr=stderr or slave, env=environment(more),
                             start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(slave)
    time.sleep(wait)
    if keys:
        os.write(master, keys)
    out = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not part:
            break
        out += part
    os.close(master)
    return out.replace(b"\r\n", b"\n"), child.wait()


def screen(out):
    """The lines that are left when returns and erasures have been carried out."""
    lines = []
    for line in SGR.sub(b"", out).split(b"\n"):
        shown = b""
        for part in line.split(b"\r"):
            shown = part[3:] if part.startswith(b"\x1b[K") else part + shown[len(part):]
        lines.append(shown.replace(b"\x1b[K", b"").decode())
    return lines


def formats():
    out, _ = at_terminal(["a.md"])
    ok(b"error[site/enum]" in SGR.sub(b"", out) and SGR.search(out), "a terminal gets pretty, in colours", out)
    ok(re.search(rb"Found .* \(\d+\.\d\ds\)\. 1 fixable with --fix\.", SGR.sub(b"", out)), "the summary tells the time there", out)
    done = piped(["a.md"])
    ok(done.stdout.startswith(b"a.md:2:7: error: ") and b"\x1b" not in done.stdout + done.stderr, "a pipe gets text without", done)
    ok(re.search(rb"^Found [^(]*\.\n$", done.stderr), "and no time", done.stderr)
    out, _ = at_terminal(["--format", "json", "a.md"])
    ok(out.startswith(b'{"version":1,') and b"\x1b" not in out and b"Found" not in out, "a format for machines is no other there", out)
    out, _ = at_terminal(["-o", "report.txt", "a.md"])
    with open("report.txt", "rb") as f:
        text = f.read()
    ok(text.startswith(b"a.md:2:7: error: ") and b"\x1b" not in text, "a file gets text without colours", text)
    with open("err", "wb") as f:
        out, _ = at_terminal(["a.md"], stderr=f)
    with open("err", "rb") as f:
        ok(SGR.search(out) and b"\x1b" not in f.read(), "each stream is asked whether it is a terminal")


def colours():
    pretty = ["--format", "pretty", "a.md"]
    for args, more, terminal, wanted in [
            ([], {"NO_COLOR": "1"}, True, False), ([], {"NO_COLOR": ""}, True, True), ([], {"TERM": "dumb"}, True, False),
            ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False), ([], {"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
            ([], {"FORCE_COLOR": "1"}, False, True), ([], {"FORCE_COLOR": "0"}, False, False), ([], {}, False, False),
            ([], {"CLICOLOR_FORCE": "1"}, False, True), ([], {"CLICOLOR_FORCE": "0"}, False, False),
            (["--color", "always"], {"NO_COLOR": "1"}, False, True), (["--color", "always"], {"TERM": "dumb"}, True, True),
            (["--color", "never"], {"FORCE_COLOR": "1"}, True, False), (["--color=auto"], {}, True, True)]:
        out = at_terminal(args + pretty, **more)[0] if terminal else piped(args + pretty, **more).stdout
        ok(bool(SGR.search(out)) == wanted, "colours: %s, %s: %s" % (
            " ".join(["a terminal" if terminal else "a pipe"] + args), more, "on" if wanted else "off"), out[:200])
    done = piped(["--color", "always", "--format", "sarif", "a.md"])
    ok(b"\x1b" not in done.stdout, "colours: never in a format for machines")


def cells(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def widths():
    for columns in (120, 80, 40, 24):
        lines = screen(at_terminal(["-q", "--unsafe-fixes", "--fix", "--diff", "a.md"], columns)[0])
        ok("+title: café 中文 " in lines, "%d columns: a diff is the same" % columns, lines)
        lines = screen(at_terminal(["-q", "a.md"], columns)[0])
        ok(all(cells(line) <= columns for line in lines if line.strip(" ") != "error[encoding/mojibake]:"),
           "%d columns hold every line" % columns, lines)
        ok("neither" in " ".join(lines) and not any(re.search(r"\bneith?$|INDIFFER$", line) for line in lines),
           "%d columns: words stay whole" % columns, lines)
    ok(len(piped(["--format", "pretty", "a.md"]).stdout.decode().split("\n")[0]) > 80, "a pipe gets messages in one line")


def diffs():
    """A diff at a terminal is for eyes, in a pipe for patch."""
    with open("raw.md", "wb") as f:
        f.write(b"---\nx: 1\n---\n\nA\tcaf\xc3\x83\xc2\xa9 \x1b[31m\xe2\x80\xae caf\xc3\x83\xc2\xa9\r\n")
    raw = piped(["-q", "--diff", "raw.md"]).stdout
    ok(b"\x1b[31m" in raw and b"\xae" in raw and raw.endswith(b"\r\n") and b"\x1b[0m" not in raw, "a diff in a pipe is as it is", raw)
    out, status = at_terminal(["-q", "--diff", "raw.md"])
    ok(status == 1 and b"\x1b[32m+A\tcaf" in out and b"\\x1B[31m\\u{202E}" in out and not any(
        c in SGR.sub(b"", out) for c in b"\x1b\r"), "at a terminal in colours, and nothing acts", out)
    out, _ = at_terminal(["-q", "--diff", "--color", "never", "raw.md"])
    ok(b"\x1b" not in out and b"\n+A\tcaf" in out, "without colours where they are not wanted", out)


def progress():
    os.mkdir("many")
    for i in range(300):
        with open("many/%d.md" % i, "w", encoding="utf-8") as f:
            f.write(ARTICLE * 2)
    out, status = at_terminal(["many"], wait=0.8)
    ok(b"articles checked" in out, "a run that takes its time shows progress")
    lines = screen(out)
    ok(status == 1 and not any("articles checked" in line for line in lines), "and erases it", [x for x in lines if "articles" in x])
    ok(b"articles checked" not in at_terminal(["many"], wait=0.8, CI="true")[0], "not in a job")
    ok(b"articles checked" not in at_terminal(["-q", "many"], wait=0.8)[0], "not with --quiet")
    out, status = at_terminal(["--diff", "many"], wait=0.8)
    lines = screen(out)
    ok(status == 1 and not any("articles checked" in line for line in lines), "a diff has none in it", [x for x in lines if "articles" in x])
    done = piped(["many"])
    ok(b"\r" not in done.stderr and b"checked" not in done.stderr, "a pipe sees none")
    out, status = at_terminal(["many"], wait=0.8, keys=b"\x03")
    ok(status == 130 and "articles checked" not in screen(out)[-1], "Ctrl-C ends the run", status, out[-200:])


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for name, text in (("newslint.yaml", RULES), ("a.md", ARTICLE)):
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
    formats()
    colours()
    widths()
    diffs()
    progress()
    os.chdir("/")
print("1..%d" % count)
