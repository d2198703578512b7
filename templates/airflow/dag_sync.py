"""Keeps a plain folder equal to the files of a mounted one: dag_sync.py SOURCE TARGET HEARTBEAT.

Kubernetes shows a ConfigMap as links into folders that it exchanges, in which Airflow would find
each DAG several times. Files appear whole (rename), data before the modules that read it, and a
file that did not change keeps its time, so that Airflow does not parse it again. HEARTBEAT is
touched after each round; the probes of the container look at it.
"""

import sys
import time
from pathlib import Path

SECONDS = 10


def rank(name: str) -> tuple[bool, str]:
    """Data first: a module is imported as soon as it is there."""
    return name.endswith(".py"), name


def copy(source: Path, target: Path) -> None:
    data = source.read_bytes()
    if target.is_file() and target.read_bytes() == data:
        return
    new = target.with_name(f".{target.name}.new")
    new.write_bytes(data)
    new.replace(target)


def sync(source: Path, target: Path) -> None:
    wanted = {path.name for path in source.iterdir() if path.is_file() and path.name[0] != "."}
    for name in sorted(wanted, key=rank):
        copy(source / name, target / name)
    gone = {path.name for path in target.iterdir() if path.is_file()} - wanted
    for name in sorted(gone, key=rank, reverse=True):
        (target / name).unlink()


def main() -> None:
    source, target, heartbeat = map(Path, sys.argv[1:])
    while True:
        sync(source, target)
        heartbeat.touch()
        time.sleep(SECONDS)


if __name__ == "__main__":
    main()
