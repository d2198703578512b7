"""The documents hold true: docs/language.md is a model, README.md shows what is said, links lead somewhere."""

import os
import pathlib
import re
import shutil
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


def check_readme(problems):
    """The mistake that README.md shows is told in those words."""
    shown = re.search(r"^\$ dsc lint\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    with tempfile.TemporaryDirectory() as folder:
        model = pathlib.Path(folder, "model")
        shutil.copytree(ROOT / "models/starter", model)
        file = model / "reporting.yaml"
        text = file.read_text("utf-8")
        file.write_text(text.replace("shop.order_line", "shop.orderline", 1), "utf-8")
        run = subprocess.run(
            [os.environ["DSC"], "lint"], cwd=model, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
    if not shown or run.returncode != 1 or run.stdout != shown[1]:
        problems.append(f"README.md shows other words than these:\n{run.stdout}{run.stderr}")


def check_links(problems):
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            if "://" not in target and not (document.parent / target).exists():
                problems.append(f"{document.relative_to(ROOT)}: nothing at {target}")


def main():
    problems = []
    check_language(problems)
    check_readme(problems)
    check_links(problems)
    print("\n".join(problems) or "the documents hold true")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
