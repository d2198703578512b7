"""Plans and docs/plan.schema.json: what is written is valid, what is read is too, and what the schema
allows is read but for what a schema cannot say."""

import copy
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import jsonschema

SOURCE = pathlib.Path(os.environ["DSC_SOURCE"])
PROGRAM = pathlib.Path(os.environ["DSC_BUILD"]) / "tests" / "props" / "plan"
CORPUS = SOURCE / "tests" / "fuzz" / "corpus" / "plan"
BEYOND_SCHEMA = ("places in the key", "does not keep", "by a newer dsc")


def places(value, path=()):
    """Every place in a tree, as the path of keys and indices that lead to it."""
    yield path
    items = {dict: dict.items, list: enumerate}.get(type(value), lambda _: ())(value)
    for key, item in items:
        yield from places(item, path + (key,))


def mutant(plan, chance):
    """The plan with one thing changed somewhere."""
    plan = copy.deepcopy(plan)
    path = chance.choice([path for path in places(plan) if path])
    holder = plan
    for key in path[:-1]:
        holder = holder[key]
    change = chance.randrange(3)
    if change == 0:
        del holder[path[-1]]
    elif change == 1 and isinstance(holder, dict):
        holder[chance.choice(["unknown", "name", "key"])] = chance.choice([1, "x", None])
    else:
        holder[path[-1]] = chance.choice([None, True, 0, -1, 2, 1.5, "", "live", [], {}, [None]])
    return plan


def verdicts(files):
    command = [PROGRAM, "read", *files]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def main():
    schema = json.loads((SOURCE / "docs" / "plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PROGRAM, "write", folder, "100"], check=True)
        written = sorted(pathlib.Path(folder).glob("*.json"))
        written += [CORPUS / "crm.json", CORPUS / "erp.json"]
        for file in written:
            for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
                problems.append(f"{file}: written, but {error.json_path} is invalid: {error.message}")

        chance = random.Random(5)
        plans = [json.loads((CORPUS / name).read_text("utf-8")) for name in ("crm.json", "erp.json")]
        mutants = [mutant(chance.choice(plans), chance) for _ in range(1000)]
        files = []
        for number, plan in enumerate(mutants):
            files.append(pathlib.Path(folder) / f"mutant{number}.json")
            files[-1].write_text(json.dumps(plan), encoding="utf-8")
        for plan, why in zip(mutants, verdicts(files), strict=True):
            error = next(validator.iter_errors(plan), None)
            if error and why == "ok":
                problems.append(f"read, but {error.json_path} is invalid: {error.message}")
            if not error and why != "ok" and not any(words in why for words in BEYOND_SCHEMA):
                problems.append(f"valid, but refused: {why}")
    print("\n".join(problems) or f"{len(written)} plans are valid, {len(mutants)} mutants judged alike")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
