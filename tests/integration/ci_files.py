"""For ci.sh: the files that CI systems read have what their documentation demands. No schema of theirs can be had from
Debian, so the demands are written down here.

GitHub: "Metadata syntax for GitHub Actions"; pre-commit: "Creating new hooks"; GitLab: "CI/CD YAML syntax reference"."""
import json
import os
import re
import sys

import yaml

failed = False


def want(good, sentence):
    global failed
    if not good:
        print(sentence)
        failed = True


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


# ---- action.yml: composite steps need a shell; no input is text of a script ----
action = load("action.yml")
want(set(action) <= {"name", "author", "description", "inputs", "outputs", "runs", "branding"}, "action: keys")
want(all(isinstance(action[key], str) for key in ("name", "description")), "action: name and description")
want(action["branding"]["color"] in "white black yellow blue green orange red purple gray-dark".split(), "action: colour")
for name, row in action["inputs"].items():
    want(row["description"] and isinstance(row["default"], str) and
         set(row) <= {"description", "default", "required", "deprecationMessage"}, f"action: input {name}")
    want(f"`{name}`" in open("docs/ci.md", encoding="utf-8").read(), f"docs/ci.md does not tell of {name}")
want(action["runs"]["using"] == "composite", "action: composite")
ids = set()
for step in action["runs"]["steps"]:
    want(("run" in step) != ("uses" in step), "action: a step runs or uses")
    want("run" not in step or step["shell"] == "bash" and "${{" not in step["run"], "action: a script without inputs")
    want(set(step) <= {"run", "shell", "if", "name", "id", "env", "working-directory", "uses", "with",
                       "continue-on-error"}, "action: keys of a step")
    for used in re.findall(r"inputs\.([a-z-]+)", json.dumps(step)):
        want(used in action["inputs"], f"action: no input {used}")
    for used in re.findall(r"steps\.([a-z-]+)\.outputs", json.dumps(step)):
        want(used in ids, f"action: no step {used} before")
    ids.add(step.get("id"))
for name, row in action["outputs"].items():
    want(row["description"] and re.fullmatch(r"\$\{\{ steps\.run\.outputs\.%s \}\}" % name, row["value"]),
         f"action: output {name}")

# ---- .pre-commit-hooks.yaml ----
hooks = load(".pre-commit-hooks.yaml")
want([hook["id"] for hook in hooks] == ["newslint", "newslint-fix"], "hooks: ids")
for hook in hooks:
    want(set(hook) <= {"id", "name", "description", "entry", "language", "types_or", "require_serial"}, "hooks: keys")
    want(hook["require_serial"] is True and hook["types_or"] == ["markdown", "mdx"], "hooks: files")
    want(hook["language"] == "script" and os.access(hook["entry"].split()[0], os.X_OK), "hooks: a script that is there")

# ---- GitLab ----
for name, job in load("examples/ci/gitlab-ci.yml").items():
    want(set(job) <= {"image", "variables", "before_script", "script", "artifacts"}, "GitLab: keys")
    want(all(isinstance(line, str) for line in job["before_script"] + job["script"]), "GitLab: lines")
    want(job["artifacts"]["when"] == "always", "GitLab: reports are kept when the job fails")
    for path in job["artifacts"]["reports"].values():
        want(f"-o {path}" in job["script"][-1], f"GitLab: {path} is written")

# ---- Dockerfile: each thing it names is there ----
with open("Dockerfile", encoding="utf-8") as file:
    docker = file.read()
for line in docker.replace("\\\n", " ").split("\n"):
    want(not line or re.match(r"#|(FROM|WORKDIR|COPY|RUN|ENTRYPOINT) ", line), f"Dockerfile: {line}")
want("static" in open("tools/packages.mk", encoding="utf-8").read() and "newslint-static" in docker, "Dockerfile: make static")

# ---- The matcher and VS Code's task read the same lines ----
with open("editors/newslint-matcher.json", encoding="utf-8") as file:
    matcher = json.load(file)["problemMatcher"]
with open("editors/vscode/tasks.json", encoding="utf-8") as file:
    tasks = json.loads(re.sub(r"^\s*//.*$", "", file.read(), flags=re.M))["tasks"]
want(len(matcher) == 1 and set(matcher[0]) == {"owner", "pattern"}, "matcher: keys")
for task in tasks:
    want(task["problemMatcher"]["pattern"] == matcher[0]["pattern"][0], "VS Code: the same pattern")
sys.exit(failed)
