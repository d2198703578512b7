"""What the folders of a platform hold, read by parsers that are not ours: every file is what it says,
files agree with each other, and hostile texts of a model come back as they went in.

The models are those of tests/fixtures/artifacts, and the shipped ones.
"""

import ast
import hashlib
import json
import os
import pathlib
import re
import subprocess
import tempfile

import hcl2
import jsonschema
import pglast
import yaml

from writers import hcl_value

SOURCE = pathlib.Path(os.environ["DSC_SOURCE"])
FIXTURES = SOURCE / "tests" / "fixtures" / "artifacts"
PLAN_SCHEMA = json.loads((SOURCE / "docs" / "plan.schema.json").read_text(encoding="utf-8"))

KEYS = {
    "user_password": {"username", "password"},
    "api_token": {"token"},
    "api_key_pair": {"key", "secret"},
    "client_certificate": {"tls.crt", "tls.key"},
    "ca_bundle": {"ca.crt"},
    "ssh_key": {"ssh-privatekey", "known_hosts"},
}
COORDINATES = {"__connect_topic", "__connect_partition", "__connect_offset"}


def check(condition, *what):
    if not condition:
        raise AssertionError(" ".join(map(str, what)))


def render(model, output, **environment):
    for command in ("bootstrap", "render"):
        subprocess.run(
            [os.environ["DSC"], command, "--quiet", "--output", output, model],
            check=True,
            cwd=output.parent,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
        )


def documents(model):
    """The model's documents by their kind."""
    by_kind = {}
    for file in sorted(model.rglob("*.yaml")):
        for document in yaml.load_all(file.read_text(encoding="utf-8"), yaml.BaseLoader):
            by_kind.setdefault(document.get("kind"), []).append(document)
    return by_kind


def text_of(path):
    return path.read_bytes().decode("utf-8")


# ---- every file is what its name says


def parse_files(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            json.loads(text_of(path))
        elif path.suffix == ".yaml":
            found = [[*yaml.load_all(text_of(path), each)] for each in (yaml.SafeLoader, yaml.CSafeLoader)]
            check(found[0] == found[1], path, "depends on the reader")
        elif path.suffix == ".py":
            ast.parse(text_of(path), str(path))
        elif path.suffix == ".tf":
            hcl2.loads(text_of(path))
        elif path.is_file():
            check("\x00" not in text_of(path), path)


def check_manifest(folder):
    manifest = json.loads(text_of(folder / "MANIFEST.json"))
    listed = [file["path"] for file in manifest["files"]]
    found = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    check(listed == sorted(listed, key=str.encode), folder, "is not sorted")
    check(set(listed) == set(found) - {"MANIFEST.json"}, folder, "has other files than its manifest")
    for file in manifest["files"]:
        content = (folder / file["path"]).read_bytes()
        check(file["size"] == len(content), file)
        check(file["sha256"] == hashlib.sha256(content).hexdigest(), file)


# ---- Terraform


def resources(pipeline):
    """The resources of the module by type and label, and how often each was there."""
    by_type = {}
    for path in sorted((pipeline / "terraform").glob("*.tf")):
        for block in hcl2.loads(text_of(path)).get("resource", []):
            ((kind, labelled),) = block.items()
            ((label, body),) = labelled.items()
            check(label not in by_type.setdefault(kind, {}), "two resources", kind, label)
            by_type[kind][label] = {key: hcl_value(value) for key, value in body.items()}
    return by_type


def check_terraform(pipeline, connectors):
    by_type = resources(pipeline)
    topics = by_type.get("kafka_topic", {})
    twins = {body["name"]: body for body in by_type.get("kafka-connect_connector", {}).values()}
    check(set(twins) == set(connectors), "connectors and their twins differ")
    for name, settings in connectors.items():
        check(twins[name]["config"] == settings, name, "differs from its twin")
        for needed in twins[name]["depends_on"]:
            check(needed.strip("${}").removeprefix("kafka_topic.") in topics, name, "needs", needed)
    for label, topic in topics.items():
        check(topic["lifecycle"] == [{"prevent_destroy": True}], label)
    names = [topic["name"] for topic in topics.values()]
    check(len(names) == len(set(names)), "a topic is made twice")
    return set(names)


# ---- SQL


def statements(pipeline):
    """What psql would run, without its own commands."""
    text = text_of(pipeline / "sql" / "platform.sql")
    text = "\n".join(line for line in text.split("\n") if not line.startswith("\\"))
    return [raw.stmt for raw in pglast.parse_sql(text)]


def tables(pipeline):
    """The columns of each table, and the names of each view, that platform.sql makes."""
    made, views = {}, set()
    for statement in statements(pipeline):
        if isinstance(statement, pglast.ast.CreateStmt):
            elements = statement.tableElts or ()
            columns = {each.colname for each in elements if isinstance(each, pglast.ast.ColumnDef)}
            made[statement.relation.schemaname, statement.relation.relname] = columns
        elif isinstance(statement, pglast.ast.ViewStmt):
            views.add((statement.view.schemaname, statement.view.relname))
    return made, views


def check_sources(pipeline):
    """The runbook has a command for every script, which sets each variable that the script asks for."""
    commands = {}
    for command in re.findall(r"^psql (?:.*\\\n)*.*", text_of(pipeline / "README.md"), re.MULTILINE):
        for script in re.findall(r"--file '?pipeline/sql/([^'\s]+)", command):
            check(script not in commands, script, "is run twice")
            commands[script] = set(re.findall(r"--set (\w+)=", command))
    scripts = {
        path.name: set(re.findall(r"^\\if :\{\?(\w+)\}", text_of(path), re.MULTILINE))
        for path in (pipeline / "sql").glob("source-*.sql")
    }
    check(commands == scripts, "README.md runs", commands, "and the scripts are", scripts)
    for name in scripts:
        script = text_of(pipeline / "sql" / name)
        verb = "captured" if "create publication" in script else "read"
        check(f" to be {verb} by dsc:" in script.partition("\n")[0], name)


# ---- connectors and plans


def secrets_in(settings):
    for value in settings.values():
        yield from re.findall(r"\$\{dir:/run/secrets/connect:([^}]*)\}", value)
        yield from re.findall(r"/run/secrets/connect/([^&]*)", value)


def regex_text(pattern):
    """The one text that an escaped regular expression matches."""

    def replace(match):
        return chr(int(match[1], 16)) if match[1] else match[2]

    return re.sub(r"\\x([0-9a-f]{2})|\\(.)", replace, pattern)


def check_connectors(pipeline, connectors, topics, made, credentials):
    filled = set()
    for name, settings in connectors.items():
        check(settings["name"] == name, name)
        check(all(isinstance(value, str) for value in settings.values()), name)
        for secret in secrets_in(settings):
            credential, key = secret.split(".", 1)
            check(key in KEYS[credentials[credential]], name, "names the secret", secret)
        if not name.endswith(".sink"):
            continue
        check(settings["topics"] in topics, name, "reads a topic that nobody makes")
        schema, table = settings["collection.name.format"].split(".")
        columns = made[schema, table]
        check(COORDINATES <= columns, table)
        if "field.include.list" in settings:
            fields = set(settings["field.include.list"].split(","))
            check(fields == columns - COORDINATES, name, fields ^ (columns - COORDINATES))
        filled.add((settings["topics"], table, name))
    mirrored = [s["topics"].split(",") for n, s in connectors.items() if n.endswith(".mirror")]
    check({regex_text(topic) for topic in sum(mirrored, [])} <= topics, "a mirror fills other topics")
    return filled


def feeds(plan):
    """Each topic of a plan with its staging table and its sink."""
    staged = [plan[feed] for feed in ("transaction", "notification", "heartbeat", "signal")]
    for fed in [feed for feed in staged if feed] + plan["datasets"]:
        for topic in fed["topics"]:
            yield topic["topic"], fed["staging"]["name"], topic["connector"]


def check_plans(pipeline, made, views):
    found, shown = set(), set()
    validator = jsonschema.Draft202012Validator(PLAN_SCHEMA)
    for path in sorted((pipeline / "plans").glob("*.json")):
        plan = json.loads(text_of(path))
        validator.validate(plan)
        check(path.stem == plan["stream"], path)
        found.update(feeds(plan))
        for dataset in plan["datasets"]:
            names = {column["name"] for column in dataset["columns"]}
            check(names <= made["staging", dataset["staging"]["name"]], dataset["name"])
            check(("staging", dataset["sealed"]["name"]) in made, dataset["name"])
            for table in filter(None, (dataset["live"], dataset["history"])):
                check(names <= made[table["schema"], table["name"]], dataset["name"])
            shown.update((view["view"]["schema"], view["view"]["name"]) for view in dataset["views"])
    check(shown == views, "plans and platform.sql differ in", shown ^ views)
    return found


def check_pipeline(pipeline, credentials):
    connectors = {
        path.name.removesuffix(".json"): json.loads(text_of(path))
        for path in (pipeline / "connectors").glob("*.json")
    }
    topics = check_terraform(pipeline, connectors)
    check_sources(pipeline)
    made, views = tables(pipeline)
    filled = check_connectors(pipeline, connectors, topics, made, credentials)
    planned = check_plans(pipeline, made, views)
    check(filled == planned, "plans and sinks differ in", filled ^ planned)
    return connectors


def check_model(model, output):
    """Renders the model; the connectors of each platform."""
    found = documents(model)
    credentials = {each["name"]: each["type"] for each in found["Credential"]}
    render(model, output)
    connectors = {}
    for platform in found["DataPlatform"]:
        folder = output / platform["name"]
        parse_files(folder)
        check_manifest(folder / "bootstrap")
        check_manifest(folder / "pipeline")
        connectors[platform["name"]] = check_pipeline(folder / "pipeline", credentials)
    return found, connectors


# ---- hostile texts


def check_hostile(found, connectors, pipeline):
    stores = {store["name"]: store for store in found["Datastore"]}
    crm = stores["crm"]["capture"]["cdc"]
    source = connectors["prod.crm.1.source"]
    tables_read = [regex_text(table) for table in source["table.include.list"].split(",")]
    wanted = [f"{crm['schema']}.{each['table']}" for each in stores["crm"]["datasets"].values()]
    check(sorted(tables_read[:2]) == sorted(wanted), tables_read)
    override = "producer.override.client.id"
    check(source[override] == crm["connector_overrides"][override])
    (database,) = [c["database"] for c in found["Container"] if c["name"] == "crm_db"]
    check(source["database.dbname"] == database)
    kafka = connectors["prod.web.1.mirror"]["source.cluster.bootstrap.servers"]
    check(kafka == "[2001:db8::1]:9092", kafka)

    for name, store in stores.items():
        plan = json.loads(text_of(pipeline / "plans" / f"{name}.json"))
        for dataset in plan["datasets"]:
            said = store["datasets"][dataset["name"]]
            check([c["name"] for c in dataset["columns"]] == list(said["columns"]), dataset)
            check(dataset["query"] == said.get("query"), dataset)
    plan = json.loads(text_of(pipeline / "plans" / "plan.json"))
    region = stores["plan"]["capture"]["sql_query"]["parameters"]["region"]
    check(plan["parameters"] == [{"name": "region", "values": region}], plan["parameters"])
    check(plan["source"]["database"] == database)
    check(plan["roles"][0]["readers"] == found["Workspace"][0]["readers"], plan["roles"])
    check_placeholders(stores["web"], pipeline)


def check_placeholders(store, pipeline):
    """A placeholder is a literal of SQL; text and arrays hold the words themselves."""
    said = store["capture"]["kafka"]["placeholder"]
    (dataset,) = json.loads(text_of(pipeline / "plans" / "web.json"))["datasets"]
    for column in dataset["columns"]:
        if not column["placeholder"]:
            continue
        (raw,) = pglast.parse_sql(f"select {column['placeholder']}")
        value = raw.stmt.targetList[0].val.val.sval
        if column["staging_type"] == "bytea":
            check(bytes.fromhex(value.removeprefix("\\x")).decode() == said, value)
        else:
            check(re.sub(r"\\(.)", r"\1", value) == '{"%s"}' % said, value)


# ---- the same model gives the same bytes


def snapshot(folder):
    """All bytes by path, but for the revision: elsewhere the model is in no repository."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): re.sub(rb'"revision": .*', b"", path.read_bytes())
        for path in files
    }


def check_reproducible(model, output, scratch):
    """Other files, another order, another place, time zone and locale: the same bytes."""
    shuffled = scratch / "elsewhere" / "model"
    shuffled.mkdir(parents=True)
    (shuffled / "dsc.yaml").write_text(text_of(model / "dsc.yaml"))
    for file in model.rglob("*.yaml"):
        if file != model / "dsc.yaml":
            parts = re.split(r"^---\n", text_of(file), flags=re.MULTILINE)
            for number, part in enumerate(parts):
                name = hashlib.sha256(f"{file} {number}".encode()).hexdigest()[:8]
                (shuffled / f"{name}.yml").write_text(part, encoding="utf-8")
    again = scratch / "elsewhere" / "output"
    render(shuffled, again, TZ="Asia/Kathmandu", LC_ALL="de_DE.UTF-8")
    check(snapshot(again) == snapshot(output), model, "gives other bytes elsewhere")
    render(shuffled, again)
    check(snapshot(again) == snapshot(output), model, "gives other bytes the second time")


def main():
    for model in sorted([*FIXTURES.iterdir(), *(SOURCE / "models").iterdir()]):
        with tempfile.TemporaryDirectory() as folder:
            scratch = pathlib.Path(folder)
            found, connectors = check_model(model, scratch / "output")
            if model.name == "hostile":
                check_hostile(found, connectors["prod"], scratch / "output" / "prod" / "pipeline")
            if model.parent == FIXTURES:  # determinism.sh has the others
                check_reproducible(model, scratch / "output", scratch)
            print(f"{model.name}: {sum(map(len, connectors.values()))} connectors")


if __name__ == "__main__":
    main()
