"""For editors.sh: reads newslint's text with the regular expression of a problem matcher, as VS Code does, and
prints the text at each place. The arguments are the file of the matcher and the unit of the columns."""
import json
import re
import subprocess
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    said = json.loads(re.sub(r"^\s*//.*$", "", file.read(), flags=re.M))
matcher = said["tasks"][0]["problemMatcher"] if "tasks" in said else said["problemMatcher"][0]
command = ["newslint", "--quiet", "--format", "text", "--columns", sys.argv[2]]
if "tasks" in said:
    command = [said["tasks"][0]["command"], *said["tasks"][0]["args"]]
pattern = matcher["pattern"][0] if isinstance(matcher["pattern"], list) else matcher["pattern"]
report = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout.decode()
for line in report.splitlines():
    found = re.match(pattern["regexp"], line)
    if not found:
        sys.exit("not matched: " + line)
    get = lambda name: found[pattern[name]]
    if not re.fullmatch(r"[a-z-]+/[a-z-]+", get("code")) or not get("message"):
        sys.exit("wrongly matched: " + line)
    with open(get("file"), "rb") as file:
        text = file.read().decode("utf-8-sig")
    row = re.split("\r\n|\r|\n", text)[int(get("line")) - 1]
    before = int(get("column")) - 1
    if sys.argv[2] == "utf16":
        rest = row.encode("utf-16-le")[2 * before:].decode("utf-16-le")
    else:
        rest = row[before:]
    print(get("file"), get("line"), get("severity")[0], rest.split(" ")[0])
