#!/usr/bin/env python3
"""Runs of --fix that are killed, stopped, meet each other, and meet editors.

    crash.py NEWSLINT SHIM [--lean] [--seed N]

Speaks TAP; `# row` lines are those of the table in docs/reliability.md. What is random is made from the seed, which is
printed.
"""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

OLD = "---\ntitle: A\u00e2\u20ac\u00a6\n---\n\nText.\n".encode()
NEW = "---\ntitle: A\u2026\n---\n\nText.\n".encode()
# What an editor saves: of the same length as OLD, damaged too, and not the same.
SAVED = OLD.replace(b"Text", b"Edit")
SAVED_FIXED = NEW.replace(b"Text", b"Edit")
RULES = b"newslint: 1\nname: s\nrules: {m: {check: mojibake}}\n"


class Tests:
    def __init__(self, newslint, shim, lean, seed):
        self.newslint, self.shim, self.lean = os.path.abspath(newslint), os.path.abspath(shim), lean
        self.random = random.Random(seed)
        self.top = tempfile.mkdtemp(prefix="newslint-crash-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.number = 0
        self.failed = False

    def ok(self, bad, name):
        self.number += 1
        self.failed = self.failed or bool(bad)
        print("%s %d - %s" % ("not ok" if bad else "ok", self.number, name))
        for b in bad[:10]:
            print("# %s" % b)
        sys.stdout.flush()

    def row(self, what, how, tried, came):
        if not self.lean:
            print("# row | %s | %s | %d | %s |" % (what, how, tried, came))

    # ---- The folder ----

    def fill(self, count):
        shutil.rmtree(self.top)
        os.mkdir(self.top)
        with open(self.top + "/newslint.yaml", "wb") as f:
            f.write(RULES)
        for i in range(count):
            folder = "%s/%d" % (self.top, i // 100)
            os.makedirs(folder, exist_ok=True)
            with open("%s/%d.md" % (folder, i), "wb") as f:
                f.write(OLD)

    def look(self, whole=(OLD, NEW)):
        """What is wrong in the folder, how many articles are new, and what lies about."""
        bad, new, left = [], 0, []
        for folder, _, names in os.walk(self.top):
            for name in names:
                if ".newslint-" in name:
                    left.append(name)
                elif name.endswith(".md"):
                    with open(os.path.join(folder, name), "rb") as f:
                        data = f.read()
                    new += data == whole[-1]
                    if data not in whole:
                        bad.append("%s holds %r" % (name, data[:60]))
        return bad, new, left

    def start(self, *args, **env):
        return subprocess.Popen([self.newslint, "--fix"] + list(args), cwd=self.top, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env={**os.environ, **env})

    def time_of_run(self):
        began = time.monotonic()
        self.start("-j2", ".").communicate()
        return time.monotonic() - began

    # ---- Killed and stopped ----

    def killed(self, count, times):
        """SIGKILL at a random moment; the next run finishes the job and clears what was left."""
        bad, left_of, cut = [], 0, 0
        self.fill(count)
        took = self.time_of_run()
        for i in range(times):
            self.fill(count)
            p = self.start("-j%d" % (1 + i % 2), ".")
            time.sleep(self.random.random() * took)
            p.kill()
            p.communicate()
            b, new, left = self.look()
            bad += ["after the kill: " + x for x in b]
            cut += 0 < new < count
            left_of += len(left)
            q = self.start("-j2", ".")
            q.communicate()
            b, new, left = self.look()
            bad += ["after the next run: " + x for x in b + left]
            if q.returncode != 0 or new != count:
                bad.append("the next run: status %d, %d of %d are new" % (q.returncode, new, count))
        self.ok(bad, "SIGKILL at %d moments leaves whole articles, and the next run finishes and clears" % times)
        self.row("`SIGKILL` during `--fix` of %s articles" % format(count, ","), "at a random moment of the run", times,
                 "each article old or new, whole; %d runs were cut in the middle, %d temporary files were left; "
                 "the next run finished all and removed these" % (cut, left_of))

    def stopped(self, count, times):
        """A signal that can be caught: no temporary file, whole articles, the status, and what was done."""
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            bad, early = [], 0
            self.fill(count)
            took = self.time_of_run()
            for i in range(times):
                self.fill(count)
                p = self.start("-j%d" % (1 + i % 2), ".")
                time.sleep(0.003 + self.random.random() * took)
                p.send_signal(sig)
                _, err = p.communicate()
                b, new, left = self.look()
                bad += b + left
                said = re.search(rb"stopped by a signal: (\d+) article", err)
                if p.returncode == 0 and new == count:
                    early += 1  # it had ended, or was about to
                elif new == 0 and not said:
                    early += 1  # it had not begun
                elif p.returncode == -sig and new == count:
                    early += 1  # it had ended
                elif p.returncode != 128 + sig:
                    bad.append("status %d" % p.returncode)
                elif not said or int(said.group(1)) != new:
                    bad.append("%d are new, and it said %r" % (new, err[-120:]))
            self.ok(bad, "%s ends a run cleanly" % sig.name)
            self.row("`%s` during `--fix` of %s articles" % (sig.name, format(count, ",")), "at a random moment of the run",
                     times, "status %d, whole articles, no temporary file, the number fixed was told and right (%d came "
                     "before or behind the run)" % (128 + sig, early))

    # ---- Two at once ----

    def two_runs(self, count, times):
        bad = []
        for i in range(times):
            self.fill(count)
            runs = [self.start("-j%d" % (1 + i % 2), ".") for _ in range(2)]
            for p in runs:
                out, err = p.communicate()
                if p.returncode != 0:
                    bad.append("status %d: %r" % (p.returncode, out + err))
            b, new, left = self.look()
            bad += b + left
            if new != count:
                bad.append("%d of %d are new" % (new, count))
        self.ok(bad, "two runs at once fix all and leave nothing")
        self.row("two runs of `--fix` at once", "on one folder of %d articles" % count, times,
                 "status 0 twice, all articles new, no temporary file")

    # ---- Editors ----

    def edit_at_each_call(self, how, pairs, always=None):
        """An editor saves before the Nth call that the run makes, for each N. Its text must be there at the end, as it was
        saved or fixed: whatever else is there, something was lost. Where files cannot be exchanged, what is saved between
        the last look and the renaming is."""
        self.fill(1)
        path = self.top + "/0/0.md"
        names = self.calls_of_run(always)
        calls = len(names)
        window = names.index("rename") + 1 if always else 0
        tried, alone, bad = 0, 0, []
        steps = [(n, m) for n in range(1, calls + 1) for m in (range(n + 1, calls + 2) if pairs else (0,))]
        if self.lean and len(steps) > 80:
            steps = self.random.sample(steps, 80)
        for n, m in steps:
            self.fill(1)
            env = {"LD_PRELOAD": self.shim, "FAULT_EDIT": "%d:%d:%s:%s:%s" % (n, m, how, path, SAVED.decode())}
            if always:
                env["FAULT_ALWAYS"] = always
            p = self.start("-j1", "0/0.md", **env)
            out, err = p.communicate()  # until the editor too has closed its ends
            tried += 1
            with open(path, "rb") as f:
                data = f.read()
            if n == window:
                if data != NEW:
                    bad.append("the window is not where it is said to be: %r" % data)
                continue
            if data not in (SAVED, SAVED_FIXED):
                bad.append("saved before call %d (%d): the file holds %r, status %d" % (n, m, data, p.returncode))
            if p.returncode == 2:
                alone += 1
                if b"has changed since it was read" not in out + err and b"open for writing" not in out + err:
                    bad.append("call %d: %r" % (n, out + err))
            left = self.look(whole=(SAVED, SAVED_FIXED))[2]
            bad += ["call %d: %s was left" % (n, x) for x in left]
        return tried, alone, bad

    def calls_of_run(self, always):
        reading, writing = os.pipe()
        env = {**os.environ, "LD_PRELOAD": self.shim, "FAULT_LOG": str(writing), "FAULT_TRACE": "1"}
        if always:
            env["FAULT_ALWAYS"] = always
        p = subprocess.Popen([self.newslint, "--fix", "-j1", "0/0.md"], cwd=self.top, env=env, pass_fds=[writing],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        p.wait()
        with os.fdopen(reading, "rb") as f:
            return [line.split(" ")[0] for line in f.read().decode().splitlines()]

    def editors(self):
        for how, pairs, what in (("replace", False, "saves by renaming"), ("rewrite", False, "saves into the file itself"),
                                 ("hold", True, "opens the file before one call and writes before a later one")):
            tried, alone, bad = self.edit_at_each_call(how, pairs)
            self.ok(bad, "no save is lost: an editor %s" % what)
            self.row("an editor %s" % what, "before each call that the run makes" + (", in all pairs" if pairs else ""),
                     tried, "its text is there at the end, fixed or as saved; %d times the run left it alone and said so" % alone)

        tried, alone, bad = self.edit_at_each_call("replace", False, always="exchange:22")
        self.ok(bad, "where files cannot be exchanged one save is lost: that between the last look and the renaming")
        self.row("an editor saves by renaming, and files cannot be exchanged", "before each call that the run makes", tried,
                 "its text is there at the end, fixed or as saved, but for the one moment between the last look and the "
                 "renaming; %d times the run left it alone and said so" % alone)

    def racing_editor(self, times):
        """The same with real time: an editor that saves by renaming all the while."""
        bad, alone = [], 0
        for i in range(times):
            self.fill(1)
            path = self.top + "/0/0.md"
            stop, saved = threading.Event(), []

            def edit():
                while not stop.is_set():
                    text = OLD.replace(b"Text", b"%04d" % (len(saved) % 10000))
                    with open(path + "~", "wb") as f:
                        f.write(text)
                    os.rename(path + "~", path)
                    saved.append(text)

            editor = threading.Thread(target=edit)
            editor.start()
            for _ in range(3):
                p = self.start("0/0.md")
                p.communicate()
                alone += p.returncode == 2
            stop.set()
            editor.join()
            with open(path, "rb") as f:
                data = f.read()
            if data not in (saved[-1], saved[-1].replace("\u00e2\u20ac\u00a6".encode(), "\u2026".encode())):
                bad.append("%d saves, and the file holds %r" % (len(saved), data))
            bad += self.look(whole=(data,))[2]
        self.ok(bad, "no save is lost: an editor that saves all the while")
        self.row("an editor saves by renaming as fast as it can", "three runs of `--fix` meanwhile", times,
                 "its last text is there at the end, fixed or as saved; %d runs left the article alone and said so" % alone)


def main():
    lean = "--lean" in sys.argv
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else int(time.time())
    print("# seed %d" % seed)
    t = Tests(sys.argv[1], sys.argv[2], lean, seed)
    try:
        t.killed(200 if lean else 1000, 5 if lean else 100)
        t.stopped(200 if lean else 1000, 3 if lean else 30)
        t.two_runs(100, 3 if lean else 50)
        t.editors()
        t.racing_editor(5 if lean else 100)
    finally:
        shutil.rmtree(t.top)
    print("1..%d" % t.number)
    sys.exit(t.failed)


main()
