"""Merges what a real connector staged, checkpoint by checkpoint, and compares with the source."""

import csv
import gzip
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(os.environ["DSC_SOURCE"])
DATA = ROOT / "tests/data/recorded/transactional"
MERGE = pathlib.Path(os.environ["DSC_BUILD"]) / "dsc-merge"
PLAN = json.loads((DATA / "plan.json").read_text())
DATASETS = {d["name"]: d for d in PLAN["datasets"]}
FEEDS = {"beat": "heartbeat", "truncated": "signal"}
SEED = int(os.environ.get("DSC_SEED", "91"))
CHECKPOINTS = [f"{n:02}" for n in range(8)]
HEAVY = "DSC_HEAVY" in os.environ  # all ways through all checkpoints, which takes minutes

# How a source's value, as text, is compared with a live one: by value where printing differs.
AS_TEXT = {
    "numeric": "trim_scale({}::numeric)::text",
    "cash": "trim_scale(regexp_replace({}::text, '[$,]', '', 'g')::numeric)::text",
}


class Server:
    """A throwaway server, by tests/tools/postgres.sh."""

    def __init__(self, folder):
        script = '. tests/tools/postgres.sh; postgres_start "$1" >&2; echo "$postgres_bin"'
        started = subprocess.run(
            ["bash", "-c", script, "-", folder], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
        )
        self.bin = started.stdout.strip()
        self.folder = folder
        self.environment = dict(os.environ, PGHOST=folder, PGPORT="5432", PGUSER="postgres")

    def stop(self):
        script = '. tests/tools/postgres.sh; postgres_bin=$1 postgres_data=$2/data; postgres_stop'
        subprocess.run(["bash", "-c", script, "-", self.bin, self.folder], cwd=ROOT, check=True)

    def psql(self, database, sql):
        done = subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database],
            input=sql, env=self.environment, stdout=subprocess.PIPE, text=True, check=True,
        )
        return done.stdout.strip()

    def dsc(self, *words, database, code=0):
        done = subprocess.run(
            [MERGE, *words, "--dsn", f"dbname={database}"],
            env=self.environment, stdout=subprocess.PIPE, text=True,
        )
        if done.returncode != code:
            raise SystemExit(f"{words} in {database} ended with {done.returncode}, not {code}")
        return done.stdout


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def staging_table(table):
    return "staging.shop__" + FEEDS.get(table, table)


def lines(path):
    """The header's fields, and the records as the lines of CSV that they are, quotes kept."""
    text = gzip.decompress(path.read_bytes()).decode()
    header, rest = text.split("\n", 1)
    records, record = [], ""
    for line in rest.split("\n")[:-1]:
        record += line + "\n"
        if record.count('"') % 2 == 0:
            records.append(record)
            record = ""
    return next(csv.reader([header])), records


def staged(checkpoint):
    """All that was staged since the checkpoint before: (table, fields, record)."""
    return [
        (path.name.removesuffix(".staging.csv.gz"), fields, record)
        for path in sorted((DATA / checkpoint).glob("*.staging.csv.gz"))
        for fields, records in [lines(path)]
        for record in records
    ]


def copy(table, fields, records):
    columns = ", ".join(map(quoted, fields))
    return f"copy {table} ({columns}) from stdin (format csv);\n{''.join(records)}\\.\n"


def stage(server, database, rows):
    tables = {}
    for table, fields, record in rows:
        tables.setdefault(table, (fields, []))[1].append(record)
    server.psql(
        database,
        "".join(copy(staging_table(t), fields, records) for t, (fields, records) in tables.items()),
    )


def text_of(column, name):
    kind = column["type"]
    form = AS_TEXT["cash"] if column["name"] == "cash" else AS_TEXT.get(kind.split("(")[0])
    return form.format(name) if form else f"{name}::{kind}::text"


def compared(dataset, checkpoint):
    """SQL that prints a line where the live table, or the open versions, differ from the source."""
    table = dataset["staging"]["name"].removeprefix("shop__")
    fields, records = lines(DATA / checkpoint / f"{table}.source.csv.gz")
    source = quoted("source " + table)
    columns = ", ".join(f"{quoted(f)} text" for f in fields)
    values = ", ".join(text_of(c, quoted(c["name"])) for c in dataset["columns"])
    sql = f"create temporary table {source} ({columns});\n" + copy(source, fields, records)
    kept = [f"live.{quoted('shop__' + table)}"]
    if dataset["history"]:
        kept.append(f"history.{quoted('shop__' + table)} where dsc_until is null")
    for rows in kept:
        for left, right in ((source, rows), (rows, source)):
            sql += f"""
select {"'missing'" if left == source else "'surplus'"}, '{rows}', count(*), min(difference::text)
from (select {values} from {left} except all select {values} from {right}) as difference
having count(*) > 0;
"""
    return sql + f"drop table {source};\n"


def differences(server, database, checkpoint):
    sql = "set timezone = 'UTC'; set bytea_output = 'hex';\n"
    return server.psql(database, sql + "".join(compared(d, checkpoint) for d in PLAN["datasets"]))


# The history of each key is without gaps and overlaps within its life, and no version is empty.
HISTORY = """
select '{table}', count(*) from (
    select dsc_from, dsc_until, lag(dsc_until, 1, dsc_from)
        over (partition by {key} order by dsc_from) as before
    from history.{table}
) as version
where dsc_from >= dsc_until or before > dsc_from or before is null
having count(*) > 0;
"""


def broken_histories(server, database):
    sql = ""
    for dataset in PLAN["datasets"]:
        if dataset["history"]:
            key = ", ".join(quoted(c["name"]) for c in dataset["columns"] if c["key"])
            sql += HISTORY.format(table=quoted(dataset["history"]["name"]), key=key)
    return server.psql(database, sql)


def merge(server, database, batch=None):
    size = ["--batch-size", str(batch)] if batch else []
    server.dsc("merge", "--stream", "shop", *size, database=database)


def run(server, database, checkpoints, step):
    """step(rows) stages and merges them; returns what is wrong after each checkpoint."""
    server.psql("postgres", f"create database {database}")
    server.dsc("schema", "apply", "--plan", DATA / "plan.json", database=database)
    wrong = []
    for checkpoint in checkpoints:
        step(staged(checkpoint))
        found = differences(server, database, checkpoint)
        if found:
            wrong.append(f"{database}, checkpoint {checkpoint}:\n{found}")
    found = broken_histories(server, database) + server.psql(database, BOOKS)
    return wrong + ([f"{database}, histories:\n{found}"] if found else [])


def whole(server, database):
    """One merge for all that came since the checkpoint before."""

    def step(rows):
        stage(server, database, rows)
        merge(server, database)

    return step


def single(server, database):
    """A batch for each transaction."""

    def step(rows):
        stage(server, database, rows)
        merge(server, database, 1)

    return step


def cuts(server, database):
    """Tables at different progress, each in its own order, with merges in between."""
    choice = random.Random(SEED)

    def step(rows):
        tables = {}
        for row in rows:
            tables.setdefault(row[0], []).append(row)
        while tables:
            part = []
            for table in list(tables):
                n = choice.choice([0, 1, 30, 300, len(tables[table])])
                part += tables[table][:n]
                tables[table] = tables[table][n:]
                if not tables[table]:
                    del tables[table]
            stage(server, database, part)
            merge(server, database, choice.choice([1000, 100000]))

    return step


def killed(server, database):
    """The engine is killed again and again, whatever it is doing, and then left to finish."""
    choice = random.Random(SEED)
    words = [MERGE, "merge", "--stream", "shop", "--dsn", f"dbname={database}", "--batch-size", "20"]

    def step(rows):
        stage(server, database, rows)
        for _ in range(6):
            engine = subprocess.Popen(words, env=server.environment, stderr=subprocess.DEVNULL)
            try:
                engine.wait(choice.uniform(0.05, 1))
            except subprocess.TimeoutExpired:
                engine.kill()
                engine.wait()
        # What a killed engine had begun is rolled back once the server notices that it is gone.
        while server.psql(database, "select count(*) from pg_locks where locktype = 'advisory'") != "0":
            time.sleep(0.05)
        merge(server, database)

    return step


# Each batch once: the counts of batches add up to the stream's own, and every row left staging.
BOOKS = """
select 'books differ' from dsc.stream where (commits, batches) not in (
    select sum(commits), max(number) from dsc.batch where state = 'done'
);
"""


def stopped(server, database):
    """A row went from live behind the engine's back, and a change leaves out a value of it: nothing
    is applied, the reason is kept, and once the row is there again the stream goes on."""
    lost = ", ".join(quoted(c["name"]) for c in DATASETS["customer"]["columns"])
    server.psql(database, f"create table lost as select {lost} from live.shop__customer")
    server.psql(database, "delete from live.shop__customer")
    stage(server, database, staged(CHECKPOINTS[1]))
    server.dsc("merge", "--stream", "shop", database=database, code=1)
    wrong = []
    state = server.psql(database, "select state, reason like '%which is not there%' from dsc.stream")
    if state != "stopped|t":
        wrong.append(f"a change whose row is not there: {state}")
    server.psql(database, f"insert into live.shop__customer ({lost}) select * from lost")
    merge(server, database)
    found = differences(server, database, CHECKPOINTS[1])
    return wrong + ([f"after it had stopped:\n{found}"] if found else [])


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        os.mkdir(os.path.join(folder, "server"))
        server = Server(os.path.join(folder, "server"))
        try:
            for way, quick in (whole, 8), (single, 1), (cuts, 3), (killed, 2):
                name = way.__name__
                checkpoints = CHECKPOINTS if HEAVY else CHECKPOINTS[:quick]
                wrong += run(server, name, checkpoints, way(server, name))
            wrong += run(server, "stopped", CHECKPOINTS[:1], whole(server, "stopped"))
            wrong += stopped(server, "stopped")
            again = server.dsc("schema", "apply", "--plan", DATA / "plan.json", database="whole")
            if again != "nothing to do\n":
                wrong.append(f"schema apply, again, says: {again!r}")
        finally:
            server.stop()
    print(f"DSC_SEED={SEED}", *wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
