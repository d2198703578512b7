"""docs/model.schema.json: it accepts whatever loads, and refuses what is misspelt, missing or of the
wrong shape, as loading does."""

import copy
import json
import os
import pathlib
import random
import subprocess
import tempfile

import jsonschema
import yaml

SOURCE = pathlib.Path(os.environ["DSC_SOURCE"])
PROGRAM = pathlib.Path(os.environ["DSC_BUILD"]) / "tests" / "props" / "model"
ROUNDS = 10
MUTANTS = 150


def mutant(document, chance):
    """The document with a mistake that a schema can see, and what was done to it."""
    document = copy.deepcopy(document)
    kind = document["kind"]
    change = chance.randrange(4)
    if change == 0:
        document["unheard_of"] = "x"
    elif change == 1:
        document["kind"] = kind + "x"
    elif change == 2:
        required = SCHEMA["definitions"][definition(kind)]["required"]
        del document[chance.choice([key for key in required if key != "kind"])]
    else:
        key = chance.choice([key for key in document if key != "kind"])
        document[key] = {"unheard_of": [{"a": [{}]}]}
    return document


def definition(kind):
    for case in SCHEMA["else"]["allOf"]:
        if case["if"]["properties"]["kind"]["const"] == kind:
            return case["then"]["$ref"].rsplit("/", 1)[1]
    raise KeyError(kind)


def mistakes(documents):
    """How many mistakes loading finds in each document, which is alone in its model."""
    with tempfile.TemporaryDirectory() as folder:
        folders = []
        for number, document in enumerate(documents):
            model = pathlib.Path(folder) / str(number)
            model.mkdir()
            (model / "dsc.yaml").write_text("language: 1\n")
            (model / "m.yaml").write_text(json.dumps(document), encoding="utf-8")
            folders.append(model)
        found = subprocess.check_output([PROGRAM, "read", *folders], text=True)
    return [int(line) for line in found.splitlines()]


SCHEMA = json.loads((SOURCE / "docs" / "model.schema.json").read_text(encoding="utf-8"))


def main():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft7Validator(SCHEMA)
    chance = random.Random(5)
    text = subprocess.check_output([PROGRAM, "write", str(ROUNDS)]).decode()
    documents = list(yaml.load_all(text, yaml.CSafeLoader))
    for file in sorted((SOURCE / "tests" / "fixtures" / "language").glob("*.yaml")):
        documents += yaml.load_all(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for document in documents:
        error = jsonschema.exceptions.best_match(validator.iter_errors(document))
        if error:
            raise AssertionError(f"refused: {error.message} at {error.json_path} of {document}")

    documents = [document for document in documents if "kind" in document]
    mutants = [mutant(chance.choice(documents), chance) for _ in range(MUTANTS)]
    for document, count in zip(mutants, mistakes(mutants), strict=True):
        if validator.is_valid(document):
            raise AssertionError(f"not refused by the schema: {document}")
        if not count:
            raise AssertionError(f"not refused by loading: {document}")
    print(f"{len(documents)} documents accepted, {MUTANTS} mutants refused")


main()
