#!/bin/sh
# Dumps the database into the folder $BACKUP and keeps the newest $KEEP dumps. A dump has its name only when it
# is whole and can be read.
set -eu
PGUSER=$(cat "$CREDENTIAL/username")
PGPASSWORD=$(cat "$CREDENTIAL/password")
export PGUSER PGPASSWORD

dump=$BACKUP/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump
rm -f "$BACKUP"/*.partial
pg_dump --format=custom --compress=6 --lock-wait-timeout=60s --file="$dump.partial"
pg_restore --list "$dump.partial" >/dev/null
sync "$dump.partial"
mv "$dump.partial" "$dump"

# Names sort by time.
find "$BACKUP" -maxdepth 1 -name '*.dump' | sort -r | tail -n +"$((KEEP + 1))" | while read -r old; do
    rm -f "$old"
done
ls -l "$BACKUP"
