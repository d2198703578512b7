"""Prints the address of Airflow's database, for AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD.

The role's name and password are files, so that a secret is one thing in one place; in an address,
each character of theirs that means something there is escaped.
"""

import os
from pathlib import Path
from urllib.parse import quote

CREDENTIAL = Path(os.environ.get("DATABASE_CREDENTIAL", "/run/secrets/airflow/database"))


def main() -> None:
    user, password = (
        quote((CREDENTIAL / key).read_text(encoding="utf-8").rstrip("\r\n"), safe="")
        for key in ("username", "password")
    )
    host, port, name = (os.environ[f"DATABASE_{part}"] for part in ("HOST", "PORT", "NAME"))
    # Airflow takes the output as it is: a line feed would belong to the database's name.
    print(f"postgresql+psycopg2://{user}:{password}@{host}:{port}/{name}", end="")


if __name__ == "__main__":
    main()
