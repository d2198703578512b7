"""Hostile models. Whatever is put where a model takes text, either it is refused, with its place, its
rule and nothing written, or it comes out of every artifact, read by a parser that is not ours, as it
went in.

hostile.py [ROUNDS]: how many models of texts are made; with as many as there are texts, each text
stands at each place once.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import cmarkgfm
import hcl2
import pglast
import yaml

from artifacts import check, parse_files, regex_text, statements, tables, text_of
from writers import hcl_value

DSC = os.environ["DSC"]

TEXTS = [
    'say "hi"', "it's", "back\\slash", "two\nlines", "\n", "tab\there", "${env:HOME}", "$${x}", "%{ if }",
    "{{ jinja }}", "{% raw %}", "yes", "NO", "null", "~", "0123", "1e3", "0x1f", "2024-01-01", "12:30:45",
    "- x", "# x", "x # y", "a: b", "[a, b]", "&a *b !c", "@{name}", "`id`", "$(id)", "*/ -- ;", "$$;$dsc$",
    "</script>&amp;<b>", "| a | b |", "```\nx\n```", "%s%n", " x ", "é", "e\u0301", "☃", "\U0001f600",
    "x" * 63, "☃" * 21, "\u2028", "\u0085", "\ufeff", "\ufffd", "\u202e", "\u200b", "\x7f", "\x1b[31m",
    "\r", "\0", "'; drop table x; --", ":last_run", "\\'", "\\", '"', "'", "---\nkind: Evil", "a,b", "a.b",
]  # fmt: skip

# What each place holds where it is not what a text is tried at.
PLACES = {
    "ecosystem.doc": "a company", "ecosystem.tag": "tag", "owner": "github:acme/model@main",
    "contact": "crm@acme.example", "host": "db.acme.example", "database": "crm", "doc": "a database",
    "schema": "sales", "override": "1024", "table": "customer", "column": "email", "deprecated": "old",
    "default": "'x'", "column.doc": "an address", "query": "select id from rate", "parameter": "a",
    "placeholder": "__gone", "topic": "web.page", "reader": "tableau", "regulator": "SOX",
    "image": "registry.acme.example/dsc:1", "airflow.image": "apache/airflow:3.3.2", "pool": "dsc",
    "url": "https://git.acme.example/model.git", "branch": "main", "folder": "models/acme",
    "operators": "ops@acme.example", "platform.doc": "a platform", "pull_secret": "registry",
    "merge": "merge",
}  # fmt: skip

MODEL = """\
kind: Ecosystem
name: acme
owner:
- <owner>
live: github:acme/model@live
zones: {usa: "github:acme/usa@main"}
doc: <ecosystem.doc>
tags:
- <ecosystem.tag>
---
kind: Zone
name: usa
teams: {crm: "github:acme/crm@main"}
---
kind: Team
zone: usa
name: crm
contacts:
- <contact>
---
{kind: Credential, name: @credential@, type: user_password}
---
kind: Container
name: @container@
type: postgres
host: <host>
database: <database>
doc: <doc>
---
{kind: Container, name: bus, type: kafka, host: bus.acme.example}
---
kind: Datastore
name: @store@
team: usa/crm
capture:
  cdc:
    container: @container@
    credential: @credential@
    schema: <schema>
    connector_overrides:
      max.queue.size: "8192"
      producer.override.client.id: <override>
datasets:
  @dataset@:
    table: <table>
    deprecated: <deprecated>
    columns:
      id: bigint primary key
      <column>: text
      note:
        type: text
        default: <default>
        doc: <column.doc>
---
kind: Datastore
name: web
team: usa/crm
capture:
  kafka:
    container: bus
    placeholder: <placeholder>
    topics:
      page: <topic>
datasets:
  page: {columns: {id: bigint primary key, body: text}}
---
kind: Datastore
name: erp
team: usa/crm
capture:
  sql_query:
    container: @container@
    credential: @credential@
    parameters:
      region:
      - <parameter>
datasets:
  rate:
    query: <query>
    columns: {id: bigint primary key}
---
kind: Workspace
name: @workspace@
team: usa/crm
readers:
- <reader>
groups:
  @group@:
    platform: prod
    needs:
      milestoning: both
      retention: 1y
      regulator: <regulator>
    datasets: [{dataset: @store@.@dataset@, deprecated: allow}, web.page, erp.rate]
---
kind: DataPlatform
name: prod
type: KubernetesPGStarter
namespace: data
milestoning: [live, history]
doc: <platform.doc>
contacts:
- <operators>
postgres:
  credential: @credential@
  name: <merge>
kafka: {name: kafka}
kafka_connect: {name: connect}
airflow:
  credential: @credential@
  pool: <pool>
git:
  url: <url>
  branch: <branch>
  folder: <folder>
images:
  dsc: <image>
  postgres: postgres:17
  kafka: apache/kafka:4.3.1
  kafka_connect: registry.acme.example/connect:1
  airflow: <airflow.image>
pull_secrets:
- <pull_secret>
"""


def scalar(text):
    """A double-quoted scalar of YAML, on one line and in ASCII."""
    out = "".join(
        c if " " <= c <= "~" and c not in '"\\' else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\U{ord(c):08x}"
        for c in text
    )
    return f'"{out}"'


NAMES = {
    "credential": "reader", "container": "db", "store": "crm", "dataset": "customer",
    "workspace": "sales", "group": "g",
}  # fmt: skip


def write_model(folder, values, names):
    folder.mkdir(exist_ok=True)
    (folder / "dsc.yaml").write_text("language: 1\n")
    model = re.sub(r"<([a-z._]+)>", lambda found: scalar(values[found[1]]), MODEL)
    model = re.sub(r"@(\w+)@", lambda found: names[found[1]], model)
    (folder / "model.yaml").write_text(model, encoding="utf-8")


def dsc(*arguments, **more):
    return subprocess.run(
        [DSC, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, **more
    )


def findings(model):
    """The errors of a model; each has a place that exists, and a rule that can be explained."""
    run = dsc("lint", "--format", "json", model)
    found = [d for d in json.loads(run.stdout)["diagnostics"] if d["severity"] == "error"]
    check(run.returncode == (1 if found else 0) and not run.stderr, run)
    for each in found:
        check(each["file"] and each["line"] and each["column"] and each["rule"], each)
    return found


PLACE_OF_LINE = {
    number: found[1]
    for number, line in enumerate(MODEL.splitlines(), 1)
    if (found := re.search(r"<([a-z._]+)>", line))
}


def accepted(scratch, wanted):
    """The values of a model that has what is wanted wherever it is taken; and the model's folder."""
    model = scratch / "model"
    values = dict(wanted)
    for _ in PLACES:
        write_model(model, values, NAMES)
        found = findings(model)
        if not found:
            return values, model
        blamed = {PLACE_OF_LINE.get(each["line"]) for each in found} - {None}
        check(blamed, "no place is blamed for", values, *found)
        output = scratch / "refused"
        for command in ("bootstrap", "render"):
            run = dsc(command, model, "--output", output)
            check(run.returncode == 1 and not run.stdout and not output.exists(), run)
        for place in blamed:
            check(values[place] != PLACES[place], place, "is refused as it should be", *found)
            values[place] = PLACES[place]
    raise AssertionError("no model is taken")


def plan_of(folder, stream):
    return json.loads(text_of(folder / "pipeline" / "plans" / f"{stream}.json"))


def settings_of(folder):
    """Each connector's settings, from JSON and from HCL: the two say the same."""
    connectors = {path.stem: json.loads(text_of(path)) for path in folder.glob("pipeline/connectors/*")}
    told = {}
    for path in folder.glob("pipeline/terraform/connectors_*.tf"):
        for block in hcl2.loads(text_of(path))["resource"]:
            for resource in block.get("kafka-connect_connector", {}).values():
                settings = {key.strip('"'): hcl_value(value) for key, value in resource["config"].items()}
                told[settings["name"]] = settings
    check(told == connectors, "Terraform and JSON differ")
    return connectors


def scalars(tree):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from scalars(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from scalars(value)
    else:
        yield tree


def blocks(pipeline):
    """The text of platform.sql's anonymous blocks."""
    for statement in statements(pipeline):
        if isinstance(statement, pglast.ast.DoStmt):
            yield from (each.arg.sval for each in statement.args if each.defname == "as")


def words(markdown):
    """A text as HTML shows it: white space is all alike."""
    html = re.sub(r"<[^>]*>", "", cmarkgfm.github_flavored_markdown_to_html(markdown))
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(entity, character)
    return " ".join(html.split())


def visible(c):
    """What Markdown shows in place of a character that shows nothing."""
    if c < " " and c not in "\t\n\v\f\r":
        return chr(0x2400 + ord(c))
    return {"\x7f": "\u2421", "\ufeff": "\ufffd"}.get(c, c)


def check_dump(model, values):
    """The dump is read as YAML, and holds each text at its place."""
    found = {}
    for document in yaml.load_all(dsc("dump", model).stdout.decode(), yaml.BaseLoader):
        found.setdefault(document["kind"], {})[document["name"]] = document
    crm, platform = found["Datastore"]["crm"], found["DataPlatform"]["prod"]
    customer = crm["datasets"]["customer"]
    told = {
        "ecosystem.doc": found["Ecosystem"]["acme"]["doc"],
        "ecosystem.tag": found["Ecosystem"]["acme"]["tags"][0],
        "owner": found["Ecosystem"]["acme"]["owner"][0],
        "contact": found["Team"]["crm"]["contacts"][0],
        "doc": found["Container"]["db"]["doc"],
        "host": found["Container"]["db"]["host"],
        "schema": crm["capture"]["cdc"]["schema"],
        "deprecated": customer["deprecated"],
        "column": list(customer["columns"])[1],
        "default": customer["columns"]["note"]["default"],
        "column.doc": customer["columns"]["note"]["doc"],
        "regulator": found["Workspace"]["sales"]["groups"]["g"]["needs"]["regulator"],
        "operators": platform["contacts"][0],
        "platform.doc": platform["doc"],
    }
    for place, text in told.items():
        check(text == values[place], "dump:", place, repr(values[place]), "is now", repr(text))


def check_artifacts(folder, values):
    crm, erp, web = (plan_of(folder, stream) for stream in ("crm", "erp", "web"))
    connectors = settings_of(folder)
    source = connectors["prod.crm.1.source"]
    (page,) = web["datasets"]
    placeholder = {column["name"]: column["placeholder"] for column in page["columns"]}["body"]
    (literal,) = pglast.parse_sql(f"select {placeholder}")
    dag = json.loads(text_of(folder / "bootstrap" / "dags" / "prod_infrastructure.json"))
    arguments = dag["dags"][0]["tasks"][0]["arguments"]
    manifests = list(yaml.safe_load_all(text_of(folder / "bootstrap" / "kubernetes-bootstrap.yaml")))
    told = {
        "host": source["database.hostname"],
        "database": source["database.dbname"],
        "override": source["producer.override.client.id"],
        "column": crm["datasets"][0]["columns"][1]["name"],
        "parameter": erp["parameters"][0]["values"][0],
        "query": erp["datasets"][0]["query"],
        "placeholder": literal.stmt.targetList[0].val.val.sval,
        "reader": crm["roles"][0]["readers"][0],
        "topic": connectors["prod.web.1.page.sink"]["topics"],
        "pool": dag["pool"],
        "image": dag["pod"]["image"],
        "url": arguments[arguments.index("--repository") + 1],
        "branch": arguments[arguments.index("--branch") + 1],
        "folder": arguments[1],
        "pull_secret": dag["pod"]["pull_secrets"][0],
    }
    for place, text in told.items():
        check(text == values[place], place, repr(values[place]), "is now", repr(text))
    table = regex_text(source["table.include.list"].split(",")[0])
    check(table == f"{values['schema']}.{values['table']}", table)
    check(erp["source"]["host"] == values["host"] and erp["source"]["database"] == values["database"])
    check(values["airflow.image"] in set(map(str, scalars(manifests))), "no airflow image")
    made, _ = tables(folder / "pipeline")
    check(values["column"] in made["live", "crm__customer"], made["live", "crm__customer"])
    reader = '"' + values["reader"].replace('"', '""') + '"'
    check(any(reader in block for block in blocks(folder / "pipeline")), "no grant to", reader)
    for readme in ("bootstrap", "pipeline"):
        shown = words(text_of(folder / readme / "README.md"))
        seen = "".join(map(visible, values["operators"]))
        check(" ".join(seen.split()) in shown, readme, "shows no", repr(seen), shown[:500])


def check_texts(folder, rounds):
    """In each round every place has a text of its own; in as many rounds as there are texts, all."""
    taken = dict.fromkeys(PLACES, 0)
    for number in range(rounds):
        scratch = folder / f"round{number}"
        scratch.mkdir()
        step = number * len(TEXTS) // rounds
        wanted = {place: TEXTS[(7 * n + step) % len(TEXTS)] for n, place in enumerate(PLACES)}
        values, model = accepted(scratch, wanted)
        for command in ("bootstrap", "render"):
            run = dsc(command, "--quiet", model, "--output", scratch / "out")
            check(run.returncode == 0, values, run)
        parse_files(scratch / "out" / "prod")
        check_dump(model, values)
        check_artifacts(scratch / "out" / "prod", values)
        for place in taken:
            taken[place] += values[place] == wanted[place]
    print(f"texts taken in {rounds} rounds: {taken}")


# ---- names that readers of YAML take for something else


def check_names(scratch):
    for name in ["yes", "no", "N", "true", "nan", "_", "x" * 63]:
        model = scratch / f"named_{name}"
        write_model(model, PLACES, dict.fromkeys(NAMES, name))
        check(not findings(model), name, *findings(model))
        for command in ("bootstrap", "render"):
            check(dsc(command, model, "--output", model / "out").returncode == 0, name)
        folder = model / "out" / "prod"
        parse_files(folder)
        settings_of(folder)
        plan, source = plan_of(folder, name), plan_of(folder, "erp")["source"]
        (dataset,) = plan["datasets"]
        told = (plan["store"], dataset["name"], source["container"], source["credential"])
        check(told == (name,) * 4, told)


# ---- many errors, long lines


def check_many_errors(scratch):
    model = scratch / "errors"
    model.mkdir()
    (model / "dsc.yaml").write_text("language: 1\n")
    documents = [f"{{kind: Credential, name: c{n}, type: password{n}}}" for n in range(1000)]
    (model / "model.yaml").write_text("\n---\n".join(documents) + "\n")
    found = [each for each in findings(model) if each["rule"] == "unknown-word"]
    check([each["line"] for each in found] == list(range(1, 2000, 2)), len(found), "errors of 1000")
    run = dsc("lint", model)
    check(run.stdout.decode().count("[unknown-word]") == 1000, run.stdout[-200:])


def check_long_line(scratch):
    """100 MB without a line end: refused, or taken, but within sane memory, and shown in part."""
    model = scratch / "long"
    model.mkdir()
    (model / "dsc.yaml").write_text("language: 1\n")
    with open(model / "model.yaml", "w", encoding="ascii") as file:
        file.write("{kind: Ecosystem, name: acme, owner: x, doc: '")
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write("'}\n")
    run = dsc("lint", model)
    check(run.returncode == 1 and len(run.stdout) < 10_000, run.returncode, run.stdout[:500])
    check(b"model.yaml:1:" in run.stdout, run.stdout[:500])
    (model / "model.yaml").unlink()


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        check_many_errors(scratch)
        check_long_line(scratch)
        check_names(scratch)
        check_texts(scratch, int(sys.argv[1]) if len(sys.argv) > 1 else 8)


main()
