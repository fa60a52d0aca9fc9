"""For ci.sh: runs the steps of a composite action that are scripts, as GitHub's runner does: each by its shell, with
its environment, in its folder. Ends with the status of the first that fails.

    ci_action.py action.yml NAME=VALUE..."""
import os
import re
import subprocess
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    action = yaml.safe_load(file)
given = dict(argument.split("=", 1) for argument in sys.argv[2:])
inputs = {name: given.pop(name, row["default"]) for name, row in action["inputs"].items()}
if given:
    sys.exit("no such input: " + ", ".join(given))


def expand(text):
    def value(found):
        return inputs[re.fullmatch(r"inputs\.([a-z-]+)", found[1])[1]]
    return re.sub(r"\$\{\{ *(.*?) *\}\}", value, text)


for step in action["runs"]["steps"]:
    if "run" not in step:
        continue
    assert step["shell"] == "bash" and "${{" not in step["run"]
    environment = dict(os.environ, **{name: expand(text) for name, text in step.get("env", {}).items()})
    with open(os.environ["GITHUB_PATH"], encoding="utf-8") as file:
        for folder in file.read().split("\n"):
            if folder:
                environment["PATH"] = folder + ":" + environment["PATH"]
    status = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
                            env=environment, cwd=expand(step.get("working-directory", ".")), check=False).returncode
    if status:
        sys.exit(status)
