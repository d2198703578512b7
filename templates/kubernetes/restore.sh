#!/bin/sh
# Restores a dump of the folder $BACKUP: the newest, or the one whose name is $DUMP. All of it or nothing.
set -eu
PGUSER=$(cat "$CREDENTIAL/username")
PGPASSWORD=$(cat "$CREDENTIAL/password")
export PGUSER PGPASSWORD

ls -l "$BACKUP"
dump=${DUMP:-$(find "$BACKUP" -maxdepth 1 -name '*.dump' -exec basename {} \; | sort | tail -n 1)}
echo "Restoring $dump"
pg_restore --dbname="$PGDATABASE" --clean --if-exists --single-transaction "$BACKUP/$dump"
