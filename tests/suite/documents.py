"""The documents hold true: the YAML of docs/language.md is a model, and links lead somewhere."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(os.environ["DSC_SOURCE"])
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^# file: (\S+)\n")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def check_language(problems):
    text = (ROOT / "docs/language.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        blocks = FENCE.findall(text)
        for number, block in enumerate(blocks):
            named = NAMED.match(block)
            name = named[1] if named else f"part{number}.yaml"
            pathlib.Path(folder, name).write_text(block, encoding="utf-8")
        run = subprocess.run(
            [os.environ["DSC"], "lint", folder], capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if len(blocks) < 5 or run.returncode != 0 or run.stdout != "no problems\n":
            problems.append(f"docs/language.md is no sound model:\n{run.stdout}{run.stderr}")


def check_links(problems):
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            if "://" not in target and not (document.parent / target).exists():
                problems.append(f"{document.relative_to(ROOT)}: nothing at {target}")


def main():
    problems = []
    check_language(problems)
    check_links(problems)
    print("\n".join(problems) or "the documents hold true")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
