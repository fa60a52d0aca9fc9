#!/usr/bin/env python3
"""Every allocation and every system call that newslint makes fails in turn, in each plausible way.

    faults.py NEWSLINT SHIM [--lean] [SCENARIO...]

Speaks TAP; `# row` lines are those of the table in docs/reliability.md. After each fault every file must be the old or
the new one, whole, no temporary file may be left, and either the run ends with status 2 and names a file and the cause,
or it ends just as it does without the fault. Faults that may not be without effect are in HARD.
"""
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile

E = errno
# What each call may fail with (open(2), write(2), ... of the Linux manual), and `short`.
FAULTS = {
    "open": [E.EACCES, E.EPERM, E.EROFS, E.EMFILE, E.ENFILE, E.ENOMEM, E.EIO, E.ELOOP, E.EINTR, E.ENOSPC, E.EDQUOT,
             E.ENOENT, E.ENOTDIR, E.ENXIO, E.ETXTBSY],
    "opendir": [E.EACCES, E.EMFILE, E.ENFILE, E.ENOMEM, E.ENOENT],
    "readdir": [E.EIO, E.ENOENT],
    "read": [E.EIO, E.EINTR, E.EISDIR, E.ENOMEM, "short"],
    "write": [E.EIO, E.ENOSPC, E.EDQUOT, E.EFBIG, E.EINTR, E.EAGAIN, E.EPERM, "short"],
    "fsync": [E.EIO, E.ENOSPC, E.EDQUOT, E.EROFS, E.EINTR],
    "close": [E.EIO, E.ENOSPC, E.EDQUOT, E.EINTR],
    "stat": [E.EIO, E.EACCES, E.ENOMEM, E.ELOOP, E.ENOENT, E.ENOTDIR],
    "fstat": [E.EIO, E.ENOMEM, E.EOVERFLOW],
    "access": [E.EACCES, E.EROFS, E.EIO, E.ENOENT],
    "realpath": [E.EACCES, E.EIO, E.ELOOP, E.ENAMETOOLONG, E.ENOENT, E.ENOMEM],
    "fchmod": [E.EPERM, E.EIO, E.EROFS],
    "fchown": [E.EPERM, E.EIO, E.EROFS, E.EDQUOT],
    "xattr": [E.ENOTSUP, E.EIO, E.ENOSPC, E.EPERM],
    "rename": [E.EIO, E.ENOSPC, E.EDQUOT, E.EACCES, E.EPERM, E.EROFS, E.EXDEV, E.EBUSY, E.EINTR, E.ENOENT],
    "exchange": [E.EIO, E.ENOSPC, E.EDQUOT, E.EACCES, E.EPERM, E.EROFS, E.EXDEV, E.EBUSY, E.EINTR, E.EINVAL, E.ENOSYS],
    "unlink": [E.EIO, E.EACCES, E.EPERM, E.EROFS, E.EBUSY],
    "flock": [E.EINTR, E.ENOLCK, E.ENOTSUP, E.EIO, E.EAGAIN],
    "fcntl": [E.EAGAIN, E.EINVAL, E.EACCES, E.ENOLCK],
    "poll": [E.EINTR, E.ENOMEM],
    "getrandom": [E.EINTR, E.ENOSYS],
    "pthread_create": [E.EAGAIN],
    "pthread_setaffinity_np": [E.EINVAL, E.EPERM],
    "sched_getaffinity": [E.EINVAL],
    "sched_getcpu": [E.ENOSYS],
    "getrlimit": [E.EPERM],
    "clock_gettime": [E.EINVAL],
    "isatty": [E.ENOTTY],
    "memory": ["empty"],
}
# A fault of these is never without effect; but what is tried again (EINTR, EAGAIN, the rest of a short write), and what
# another way is taken for, is.
HARD = {"write", "fsync", "rename", "exchange", "fchmod", "fchown", "xattr"}
SOFT = {E.EINTR, E.EAGAIN, "short", E.EINVAL, E.ENOSYS, E.ENOTSUP}

OLD = "---\ntitle: A\u00e2\u20ac\u00a6\n---\n\nText.\n".encode()
NEW = "---\ntitle: A\u2026\n---\n\nText.\n".encode()
RULES = b"newslint: 1\nname: s\nrules: {m: {check: mojibake}}\n"
UNIQUE = b"newslint: 1\nname: s\nrules: {m: {check: mojibake}, u: {check: unique, fields: [title]}}\n"
NEWS = b"newslint: 1\nname: s\nextends: [news]\n"

SITE = {"newslint.yaml": RULES, "a.md": OLD, "x.md": OLD, "y.md": OLD, ".gitignore": b"x.md\n", ".newslintignore": b"y.md\n"}
BASELINE_OLD = b"newslint baseline 1\nb.md\ts/m\t0123456789abcdef\t1\n"


class Scenario:
    """A command, the files that it finds, and those that it may change."""

    def __init__(self, name, args, files, changes, about, stdin=None, always=None, owner=None, calls=None,
                 lean=False):
        self.name, self.args, self.files, self.changes, self.about = name, args, files, changes, about
        self.stdin, self.always, self.owner, self.calls, self.lean = stdin, always, owner, calls, lean


SCENARIOS = [
    Scenario("fix", ["--fix", "-j1", "."], SITE, ["a.md"], "`--fix` of a folder", lean=True),
    Scenario("fix-rename", ["--fix", "-j1", "a.md"], SITE, ["a.md"],
             "`--fix` where files cannot be exchanged", always="exchange:%d" % E.EINVAL, lean=True),
    Scenario("fix-owner", ["--fix", "-j1", "a.md"], SITE, ["a.md"], "`--fix` of another user's article",
             owner=(65534, 65534)),
    Scenario("report", ["-j1", "--format", "sarif", "-o", "r.sarif", "."], SITE, ["r.sarif"], "a new report", lean=True),
    Scenario("report-again", ["-j1", "--format", "json", "-o", "r.json", "."],
             {**SITE, "r.json": b"old\n"}, ["r.json"], "a report in place of one"),
    Scenario("baseline", ["-j1", "--baseline", "b.txt", "--update-baseline", "."], SITE, ["b.txt"], "a new baseline"),
    Scenario("baseline-again", ["-j1", "--baseline", "b.txt", "--update-baseline", "."],
             {**SITE, "b.txt": BASELINE_OLD}, ["b.txt"], "a baseline in place of one", lean=True),
    Scenario("stdin", ["-j1", "--fix", "--stdin-filename", "a.md", "-"], SITE, [], "`--fix` of standard input", OLD),
    Scenario("threads", ["--fix", "-j2", "a.md"], SITE, ["a.md"], "`--fix` with two threads", calls=["pthread_create"],
             lean=True),
    Scenario("news", ["-j1", "a.md"], {**SITE, "newslint.yaml": NEWS}, [], "the set `news`", calls=["memory"]),
    Scenario("unique", ["-j1", "a.md"], {**SITE, "newslint.yaml": UNIQUE, "b.md": OLD}, [],
             "comparing with the rest of the site", calls=["memory"]),
    Scenario("diff", ["-j1", "--diff", "a.md"], SITE, [], "`--diff`", calls=["memory", "write"]),
    Scenario("export", ["export", "a.md"], SITE, [], "`export`", calls=["memory", "write", "read"]),
    Scenario("repair", ["repair", "--explain", "a.md"], SITE, [], "`repair`", calls=["memory", "write", "read"]),
    Scenario("rules", ["rules", "--for", "a.md"], SITE, [], "`rules`", calls=["memory", "write", "read"]),
]


class Outcome:
    def __init__(self, status, out, err, files):
        self.status, self.out, self.err, self.files = status, out, err, files

    def same(self, other, without_err=False):
        return (self.status, self.out, self.files) == (other.status, other.out, other.files) and \
            (without_err or self.err == other.err)


class Driver:
    def __init__(self, newslint, shim, lean):
        self.newslint, self.shim, self.lean = os.path.abspath(newslint), os.path.abspath(shim), lean
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="newslint-faults-", dir=base)
        self.number = 0
        self.runs = 0
        self.failed = False
        self.rows = {}  # by call: what came of its faults

    def reset(self, s):
        for name in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, name))
        for name, data in s.files.items():
            path = os.path.join(self.folder, name)
            with open(path, "wb") as f:
                f.write(data)
            os.utime(path, (1700000000, 1700000000))
            os.chmod(path, 0o640)
        if s.owner:
            os.chown(os.path.join(self.folder, "a.md"), *s.owner)
        try:
            os.setxattr(os.path.join(self.folder, "a.md"), "user.kept", b"yes")
        except OSError:
            pass  # a file system without them

    def look(self):
        files = {}
        for name in os.listdir(self.folder):
            path = os.path.join(self.folder, name)
            with open(path, "rb") as f:
                st = os.fstat(f.fileno())
                files[name] = (f.read(), st.st_mode, st.st_uid, st.st_gid)
        return files

    def run(self, s, fault=None, **more):
        self.reset(s)
        self.runs += 1
        reading, writing = os.pipe()
        os.set_inheritable(writing, True)
        env = {"PATH": "/usr/bin:/bin", "LD_PRELOAD": self.shim, "FAULT_LOG": str(writing),
               "SOURCE_DATE_EPOCH": "1700000000"}
        if fault:
            env["FAULT"] = fault
        if s.always:
            env["FAULT_ALWAYS"] = s.always
        env.update(more)
        p = subprocess.Popen([self.newslint] + s.args, cwd=self.folder, env=env, pass_fds=[writing],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(writing)
        try:
            out, err = p.communicate(s.stdin or b"", timeout=120)
        except subprocess.TimeoutExpired:
            p.kill()
            out, err = p.communicate()
            err += b"\n(it hung)"
        with os.fdopen(reading, "rb") as f:
            log = f.read().decode(errors="replace")
        return Outcome(p.returncode, out, err, self.look()), log

    def ok(self, good, name, why=""):
        self.number += 1
        self.failed = self.failed or bool(not good)
        print("%s %d - %s" % ("ok" if good else "not ok", self.number, name))
        if not good:
            print("".join("# %s\n" % line for line in why.splitlines()), end="")
        sys.stdout.flush()

    # ---- What may come of a fault ----

    def fault_of(self, s, call, what, logs, normal, got):
        """None if all is well, else a sentence; with what it was: `reported`, or `no effect`."""
        log = logs.splitlines()[0]
        argument = log.split(" ", 1)[1].strip() if " " in log else ""
        text = (got.out + got.err).decode(errors="replace")
        if got.status < 0:
            return "it was killed by signal %d" % -got.status, None
        gone = what in (E.ENOENT, E.ENOTDIR) and call in ("stat", "open")
        absent = ["newslint.yaml", ".newslint.yaml", ".gitignore", ".newslintignore"] + s.changes
        if gone and os.path.basename(argument) in absent and got.status in (0, 1) and ignored_too(got):
            return None, "no effect"  # that is no fault: there is no such file, as it seems
        for name, (data, mode, uid, gid) in got.files.items():
            whole = [normal.files[name]] if name in normal.files else []
            if name in s.files:
                old = s.owner if s.owner and name == "a.md" else (os.getuid(), os.getgid())
                whole.append((s.files[name], 0o100640) + tuple(old))
            if ".newslint-" in name and call != "unlink":
                return "`%s` was left" % name, None
            if name in s.changes and is_whole_report(name, data):
                text += data.decode()  # it may tell of the fault
                continue
            if ".newslint-" not in name and (data, mode, uid, gid) not in whole:
                return "`%s` is neither old nor new" % name, None
        if any(name not in got.files for name in s.files):
            return "a file is gone", None
        on_stderr = call == "write" and "pipe:" in argument and got.same(normal, without_err=True)
        soft = what in SOFT or call not in HARD or on_stderr
        if got.same(normal) or on_stderr:
            return (None, "no effect") if soft else ("it had no effect", None)
        if call == "stat" and argument.endswith("/b.md"):
            return None, "no effect"  # of an article that may be there still, its entries are kept
        if got.status != 2:
            return "status %d" % got.status, None
        cause = "memory" if call == "memory" else os.strerror(what) if isinstance(what, int) else "?"
        if on_pipe(call, logs) and not got.err:
            return None, "reported"
        causes = [cause, "has changed since it was read"]
        if call == "memory":
            causes.append(os.strerror(E.ENOMEM))
        if call == "fcntl":
            causes.append("open for writing")
        if what == E.ENXIO or (call, what, argument) == ("stat", E.EACCES, "."):
            causes.append("not a file")
        if not any(c in text for c in causes):
            return "the cause `%s` is not named" % cause, None
        names = list(s.files) + s.changes + ["standard", "folder", ".", "newslint"]
        if call != "memory" and not any(n in text for n in names):
            return "no file is named", None
        return None, "reported"

    def enumerate(self, s, call, what, normal, on=""):
        """Each site in turn, until a run makes no more such calls. Returns how often which came of it."""
        counts, bad, n = {"reported": 0, "no effect": 0}, [], 0
        step = 1
        while True:
            n += step
            if self.lean and call == "memory" and n > 40:
                step = 17  # every site is tried by the whole run
            got, log = self.run(s, "%s:%d%s:%s" % (call, n, on, what))
            if not log:
                return counts, bad
            why, kind = self.fault_of(s, call, what, log, normal, got)
            if why:
                bad.append("%s %s, the %d. (%s): %s; status %d\n%s" %
                           (call, name_of(what), n, log.strip(), why, got.status,
                            (got.out + got.err).decode(errors="replace")))
                if len(bad) > 20:
                    return counts, bad
            else:
                counts[kind] += 1

    def scenario(self, s):
        if s.owner and os.getuid() != 0:
            self.ok(True, "%s # SKIP only root can give files away" % s.name)
            return
        normal, _ = self.run(s)
        _, trace = self.run(s, FAULT_TRACE="1")
        used = sorted({line.split(" ")[0] for line in trace.splitlines()} | {"memory"})
        unknown = [c for c in used if c not in FAULTS]
        self.ok(not unknown, "%s: it is known how each call may fail" % s.name, " ".join(unknown))
        for call in used:
            if s.calls and call not in s.calls:
                continue
            total, all_bad = {"reported": 0, "no effect": 0}, []
            whats = [(w, "") for w in FAULTS.get(call, [])]
            if call in ("memory", "write"):
                whats.append((FAULTS[call][1] if call == "write" else "empty", "+"))
            if self.lean and call not in ("memory", "write"):
                whats = whats[:2]
            for what, on in whats:
                counts, bad = self.enumerate(s, call, what, normal, on)
                all_bad += bad
                for kind in total:
                    total[kind] += counts[kind]
            self.ok(not all_bad, "%s: %s fails" % (s.name, call), "\n".join(all_bad[:12]))
            names = ", ".join(dict.fromkeys(name_of(w) for w in FAULTS.get(call, [])))
            row = self.rows.setdefault(call, {"scenarios": 0, "reported": 0, "no effect": 0})
            row["scenarios"] += 1
            for kind in total:
                row[kind] += total[kind]

    def print_rows(self):
        for call, row in sorted(self.rows.items()):
            how = ", ".join(name_of(w) for w in FAULTS[call])
            print("# row | %s | %s | %d | %d | %d | %d |" %
                  ("an allocation fails, or it and all after it" if call == "memory" else "`%s` fails" % call,
                   "ENOMEM" if call == "memory" else how, row["scenarios"], row["reported"] + row["no effect"],
                   row["reported"], row["no effect"]))


def ignored_too(got):
    """Each article is whole, also one that would be ignored if its ignore file were there."""
    return all(got.files[n][0] in (OLD, NEW) for n in ("a.md", "x.md", "y.md") if n in got.files)


def is_whole_report(name, data):
    """Whatever it tells. The old one is no report."""
    if name == "b.txt":
        lines = data.decode().split("\n")
        return lines[0] == "newslint baseline 1" and lines[-1] == "" and all(l.count("\t") == 3 for l in lines[1:-1])
    try:
        return name.startswith("r.") and isinstance(json.loads(data), dict)
    except ValueError:
        return False


def on_pipe(call, argument):
    """Where writing to standard error itself failed, nothing can be read there."""
    return call == "write" and "pipe:" in argument


def name_of(what):
    return errno.errorcode[what] if isinstance(what, int) else what


def main():
    lean = "--lean" in sys.argv
    words = [w for w in sys.argv[1:] if w != "--lean"]
    driver = Driver(words[0], words[1], lean)
    try:
        for s in SCENARIOS:
            if s.name in words[2:] or (len(words) == 2 and (s.lean or not lean)):
                driver.scenario(s)
    finally:
        shutil.rmtree(driver.folder)
    if not lean:
        driver.print_rows()
    print("# %d runs" % driver.runs)
    print("1..%d" % driver.number)
    sys.exit(driver.failed)


main()
