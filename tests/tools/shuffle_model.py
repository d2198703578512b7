"""The same model in other files: shuffle_model.py MODEL FOLDER SEED.

Its documents are dealt out anew, in another order, to files with other names in other folders.
"""

import os
import random
import re
import sys

NAMES = ["a", "Z", "0", "model", "with space", "größe", "-dash", "no", "~tilde", "kind.dsc"]
FOLDERS = ["", "x", "x/y/z", "Ünter", "10", "9"]


def documents(model):
    for folder, _, names in os.walk(model):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith((".yaml", ".yml")) and os.path.relpath(path, model) != "dsc.yaml":
                with open(path, encoding="utf-8") as file:
                    yield from re.split(r"^---[ \t]*\n", file.read(), flags=re.MULTILINE)


def main():
    model, out, seed = sys.argv[1:]
    dice = random.Random(int(seed))
    texts = sorted(documents(model))
    dice.shuffle(texts)
    files = {}
    for text in texts:
        path = os.path.join(dice.choice(FOLDERS), dice.choice(NAMES) + dice.choice([".yaml", ".yml"]))
        files.setdefault(path, []).append(text if text.endswith("\n") else text + "\n")
    for path, parts in files.items():
        text = "".join(dice.choice(["---\n", "--- # next\n"]) + part for part in parts)
        path = os.path.join(out, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(model, "dsc.yaml"), encoding="utf-8") as file:
        config = file.read()
    with open(os.path.join(out, "dsc.yaml"), "w", encoding="utf-8") as file:
        file.write(config)


main()
