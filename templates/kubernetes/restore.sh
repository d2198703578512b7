#!/bin/sh
# Restores a dump of /backup: the newest, or the one whose name is $DUMP. All of it or nothing.
set -eu
PGUSER=$(cat "$CREDENTIAL/username")
PGPASSWORD=$(cat "$CREDENTIAL/password")
export PGUSER PGPASSWORD

ls -l /backup
dump=${DUMP:-$(find /backup -maxdepth 1 -name '*.dump' -exec basename {} \; | sort | tail -n 1)}
echo "Restoring /backup/$dump"
pg_restore --dbname="$PGDATABASE" --clean --if-exists --single-transaction "/backup/$dump"
