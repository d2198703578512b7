"""Diagnostics in formats for programs, and the JSON Schema, as suite/cli.sh collected them in a folder:
broken.FORMAT and fine.FORMAT, schema.json, and rules, a rule on each line.
"""

import glob
import json
import os
import re
import sys
import urllib.parse

import jsonschema
import yaml


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def check(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


def check_json(fine, broken):
    check(fine == {"diagnostics": []}, fine)
    found = {item["rule"]: item for item in broken["diagnostics"]}
    wrong = found["unknown-reference"]
    check(wrong["severity"] == "error" and wrong["hint"], wrong)
    places = [(os.path.basename(item["file"]), item["line"]) for item in broken["diagnostics"]]
    check(("más 100%.yaml", 1) in places, places)
    return broken["diagnostics"]


def check_sarif(log, diagnostics):
    """SARIF 2.1.0, the parts that its readers demand (docs.oasis-open.org/sarif/sarif/v2.1.0)."""
    check(log["version"] == "2.1.0" and log["$schema"].startswith("https://"), log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    check(run["tool"]["driver"]["name"] == "dsc" and len(set(rules)) == len(rules), rules)
    check(len(run["results"]) == len(diagnostics), len(run["results"]), "results")
    for result, diagnostic in zip(run["results"], diagnostics):
        check(result["ruleId"] == diagnostic["rule"] and result["ruleId"] in rules, result)
        if "ruleIndex" in result:
            check(rules[result["ruleIndex"]] == result["ruleId"], result)
        check(result["level"] in ("note", "warning", "error"), result)
        check(result["message"]["text"].startswith(diagnostic["text"]), result)
        (location,) = result["locations"]
        place = location["physicalLocation"]
        path = urllib.parse.unquote(place["artifactLocation"]["uri"], errors="strict")
        check(path == diagnostic["file"], path, diagnostic["file"])
        check(place["region"]["startLine"] == diagnostic["line"], place)
        check(place["region"]["startColumn"] >= 1, place)
    return rules


def unescape(text, more):
    for escape, character in {**more, "%0D": "\r", "%0A": "\n", "%25": "%"}.items():
        text = text.replace(escape, character)
    return text


def check_github(text, diagnostics):
    lines = text.splitlines()
    check(len(lines) == len(diagnostics), text)
    for line, diagnostic in zip(lines, diagnostics):
        level, properties, message = re.fullmatch(r"::(notice|warning|error) (.*?)::(.*)", line).groups()
        check(level == diagnostic["severity"].replace("note", "notice"), line)
        values = dict(part.split("=", 1) for part in properties.split(","))
        check(unescape(values["file"], {"%3A": ":", "%2C": ","}) == diagnostic["file"], line)
        check(int(values["line"]) == diagnostic["line"], line)
        check(diagnostic["text"] in unescape(message, {}), line)


class Loader(yaml.SafeLoader):
    """Plain scalars but numbers and truth values are text, as dsc has it: dates are."""


Loader.yaml_implicit_resolvers = {
    first: [row for row in rows if row[0] != "tag:yaml.org,2002:timestamp"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def check_schema(schema, models):
    """The schema takes every document of the shipped models, and refuses what lint would."""
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    judge = validator(schema)
    documents = 0
    for model in models:
        for path in glob.glob(os.path.join(model, "**", "*.yaml"), recursive=True):
            if os.path.basename(path) == "dsc.yaml":
                continue
            with open(path, encoding="utf-8") as file:
                for document in yaml.load_all(file, Loader):
                    check(not list(judge.iter_errors(document)), path, *judge.iter_errors(document))
                    documents += 1
    check(documents > 50, documents, "documents")
    check(not judge.is_valid({"kind": "Credential", "name": "x", "typ": "api_token"}), "typ passes")


def main():
    folder = sys.argv[1]
    models = os.path.join(os.environ["DSC_SOURCE"], "models")
    diagnostics = check_json(*(json.loads(read(folder, name)) for name in ("fine.json", "broken.json")))
    check(not json.loads(read(folder, "fine.sarif"))["runs"][0]["results"], "results of nothing")
    rules = check_sarif(json.loads(read(folder, "broken.sarif")), diagnostics)
    listed = read(folder, "rules")
    check(all(re.search(rf"^ *{rule}\b", listed, re.MULTILINE) for rule in rules), "rules are missing")
    check_github(read(folder, "broken.github"), diagnostics)
    check_schema(
        json.loads(read(folder, "schema.json")),
        [os.path.join(models, name) for name in ("starter", "northwind")],
    )


main()
