#!/usr/bin/env python3
"""Writes the model of a large company into a folder, always the same one.

Usage: generate_model.py FOLDER [STORES]

Each of STORES (1,000) stores has ten datasets of ten columns, and a file of its own, as teams keep
them; every dataset has a consumer. The model has no lint error.
"""

import pathlib
import random
import sys

DATASETS_PER_STORE = 10
COLUMNS_PER_DATASET = 10
STORES_PER_TEAM = 10
TEAMS_PER_ZONE = 10
STORES_PER_DATABASE = 5
STORES_PER_WORKSPACE = 5

DOMAINS = """billing orders crm shipping pricing claims payroll catalogue trading risk
    inventory loyalty support web mobile fraud""".split()
SUBJECTS = """customer invoice order_line payment product price shipment address contract ticket
    session campaign refund supplier employee account position quote policy device""".split()
COLUMNS = [
    ("{}_code", "varchar(40) not null"),
    ("status", "varchar(20) not null"),
    ("amount", "numeric(18,4)"),
    ("currency", "char(3)"),
    ("quantity", "integer"),
    ("valid_on", "date"),
    ("is_active", "boolean not null"),
    ("note", "text"),
    ("external_id", "uuid"),
    ("ratio", "double precision"),
    ("region", "varchar(60)"),
    ("created_by", "varchar(120)"),
    ("attributes", "json"),
    ("rank", "smallint"),
]
PERSONAL = ("email", "{type: varchar(254), classification: [personal], doc: as the customer gave it}")


def number(prefix, n):
    return f"{prefix}_{n:04}"


def zone_of(store):
    return f"zone_{store // (STORES_PER_TEAM * TEAMS_PER_ZONE):02}"


def team_of(store):
    return f"{zone_of(store)}/team_{store // STORES_PER_TEAM:03}"


def capture_kind(store):
    return ("cdc", "cdc", "cdc", "kafka", "sql_snapshot")[store % 5]


class Company:
    def __init__(self, stores):
        self.random = random.Random(20260101)
        self.stores = range(stores)
        self.names = [number(self.random.choice(DOMAINS), store) for store in self.stores]
        self.datasets = [
            [f"{subject}_{i}" for i, subject in enumerate(self.subjects())] for _ in self.stores
        ]

    def subjects(self):
        return self.random.sample(SUBJECTS, DATASETS_PER_STORE)

    def ecosystem(self):
        zones = sorted({zone_of(store) for store in self.stores})
        yield """kind: Ecosystem
name: company
owner: github:company/data-model@main
live: github:company/data-model@live
classifications: [public, internal, personal]
zones:"""
        for zone in zones:
            yield f"  {zone}: github:company/{zone}@main"
        yield """---
kind: Vendor
name: company_dc
provider: private
locations:
  europe: [ams_1, fra_1]
  usa: [ny_1, nj_1]"""

    def zone(self, zone):
        teams = sorted({team_of(store) for store in self.stores if zone_of(store) == zone})
        yield f"kind: Zone\nname: {zone}\nteams:"
        for team in teams:
            yield f"  {team.split('/')[1]}: github:company/{team.replace('/', '-')}@main"
        yield """policies:
  vendors: {allow: [company_dc]}
  providers: {deny: [aws_china, azure_china]}
doc: The policies of this zone hold for its producers and its consumers."""

    def credential(self, name, team):
        yield f"---\nkind: Credential\nname: {name}\ntype: user_password\nteam: {team}"

    def database(self, database):
        team = team_of(database * STORES_PER_DATABASE)
        name = number("db", database)
        yield f"""kind: Container
name: {name}
type: postgres
host: {name.replace('_', '-')}.company.internal
port: 5432
database: application
cidr: 10.{database // 250}.{database % 250}.0/24
tls: require
locations: [company_dc/usa/ny_1]
team: {team}
production: true"""
        yield from self.credential(f"{name}_reader", team)

    def cluster(self, zone, index):
        yield f"""kind: Container
name: kafka_{zone}
type: kafka
host: kafka-{zone.replace('_', '-')}.company.internal
port: 9092
cidr: 10.200.{index}.0/24
locations: [company_dc/usa/nj_1]
team: {zone}/team_{index * TEAMS_PER_ZONE:03}
production: true"""

    def capture(self, store):
        kind = capture_kind(store)
        schema = f"app_{store:04}"
        yield "capture:"
        if kind == "kafka":
            yield f"  kafka:\n    container: kafka_{zone_of(store)}\n    schema: {schema}"
            yield f"    prefix: {self.names[store]}\n    transactional: true\n    topics:"
            for dataset in self.datasets[store]:
                yield f"      {dataset}: {self.names[store]}.{schema}.{dataset}"
            return
        database = number("db", store // STORES_PER_DATABASE)
        yield f"  {kind}: {{container: {database}, credential: {database}_reader, schema: {schema}}}"

    def dataset(self, name):
        composite = self.random.random() < 0.2
        yield f"  {name}:"
        yield f"    doc: One row per {name.rsplit('_', 1)[0].replace('_', ' ')}, kept up to date."
        yield "    classification: [internal]"
        if composite:
            yield "    primary_key: [id, line_no]"
        yield "    columns:"
        columns = [("id", "bigint not null" if composite else "bigint primary key")]
        if composite:
            columns.append(("line_no", "smallint not null"))
        columns.append(("updated_at", "timestamptz not null"))
        if self.random.random() < 0.3:
            columns.append(PERSONAL)
        columns += self.random.sample(COLUMNS, COLUMNS_PER_DATASET - len(columns))
        for column, kind in columns:
            yield f"      {column.format(name.split('_')[0])}: {kind}"

    def store(self, store):
        yield f"kind: Datastore\nname: {self.names[store]}\nteam: {team_of(store)}\nproduction: true"
        if capture_kind(store) == "sql_snapshot":
            yield 'trigger: "15 * * * *"'
        yield from self.capture(store)
        yield "datasets:"
        for name in self.datasets[store]:
            yield from self.dataset(name)

    def workspace(self, workspace):
        first = workspace * STORES_PER_WORKSPACE
        own = self.stores[first : first + STORES_PER_WORKSPACE]
        others = self.random.sample(self.stores, min(10, len(self.stores)))
        name = number("reporting", workspace)
        yield f"""kind: Workspace
name: {name}
team: {team_of(first)}
production: true
readers: [{name}_tool]
groups:
  current:
    needs: {{milestoning: live, latency: 2h}}
    datasets:"""
        for store in own:
            for dataset in self.datasets[store]:
                yield f"      - {self.names[store]}.{dataset}"
        yield """  audit:
    needs: {milestoning: history, latency: 4h, retention: 5y, regulator: SOX}
    datasets:"""
        for store in others:
            yield f"      - {self.names[store]}.{self.random.choice(self.datasets[store])}"
        for group in ("current", "audit"):
            yield f"---\nkind: Assignment\nworkspace: {name}\ngroup: {group}\nplatforms: [core]"

    def platform(self):
        digest = "sha256:" + "0123456789abcdef" * 4
        yield f"""kind: DataPlatform
name: core
type: KubernetesPGStarter
production: true
size: large
locations: [company_dc/usa/ny_1]
milestoning: [live, history]
namespace: company-data
postgres: {{name: merge, storage: 500Gi, credential: merge_owner}}
kafka: {{name: kafka, storage: 500Gi}}
kafka_connect: {{name: connect}}
airflow: {{name: airflow, credential: airflow_database}}
images:
  dsc: registry.company.internal/dsc@{digest}
  postgres: registry.company.internal/postgres@{digest}
  kafka: registry.company.internal/kafka@{digest}
  kafka_connect: registry.company.internal/kafka-connect@{digest}
  airflow: registry.company.internal/airflow@{digest}
contacts: [data-platform@company.internal]"""
        yield from self.credential("merge_owner", team_of(0))
        yield from self.credential("airflow_database", team_of(0))

    def files(self):
        """Each file's path with its lines."""
        zones = sorted({zone_of(store) for store in self.stores})
        databases = len(self.stores[::STORES_PER_DATABASE])
        yield "dsc.yaml", ["language: 1"]
        yield "ecosystem.yaml", self.ecosystem()
        yield "platforms/core.yaml", self.platform()
        for index, zone in enumerate(zones):
            yield f"{zone}/zone.yaml", self.zone(zone)
            yield f"{zone}/kafka.yaml", self.cluster(zone, index)
        for database in range(databases):
            zone = zone_of(database * STORES_PER_DATABASE)
            yield f"{zone}/containers/{number('db', database)}.yaml", self.database(database)
        for store in self.stores:
            yield f"{team_of(store)}/{self.names[store]}.yaml", self.store(store)
        for workspace in range(len(self.stores[::STORES_PER_WORKSPACE])):
            yield f"workspaces/{number('reporting', workspace)}.yaml", self.workspace(workspace)


def main():
    folder = pathlib.Path(sys.argv[1])
    stores = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    files = size = 0
    for path, lines in Company(stores).files():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        size += file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        files += 1
    datasets = stores * DATASETS_PER_STORE
    print(
        f"{stores} datastores, {datasets} datasets, {datasets * COLUMNS_PER_DATASET} columns"
        f" in {files} files, {size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main()
