#!/bin/bash
# The scripts that run in the pods of the platform's database, against a real server: roles are made
# once from files, a dump is restored as it was, and old dumps go.
set -euo pipefail
. "$DSC_SOURCE/tests/tools/postgres.sh"

scripts=$DSC_SOURCE/templates/kubernetes
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'postgres_stop; rm -rf "$scratch"' EXIT
mkdir "$scratch/server"
postgres_start "$scratch/server"
cd "$scratch"

fail() {
    echo "$*"
    exit 1
}

# secret FOLDER USERNAME PASSWORD
secret() {
    mkdir -p "roles/$1"
    printf %s "$2" >"roles/$1/username"
    printf %s "$3" >"roles/$1/password"
}

query() {
    psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "$2"
}

# Names and passwords with all that means something to psql, SQL or a shell.
secret merge "Merge \"owner\"" "it's \\a \$(secret) :x"
secret sink "sink'r" "p\"w"
secret airflow airflow 'plain'
export ROLES=$scratch/roles POSTGRES_USER=postgres POSTGRES_DB=merge
createdb merge
bash -e "$scripts/postgres_roles.sh"
bash -e "$scripts/postgres_roles.sh" # again: nothing to do, no error

owner=$(query merge "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'merge'")
[ "$owner" = "Merge \"owner\"" ] || fail "the database belongs to $owner"
owner=$(query merge "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'airflow'")
[ "$owner" = airflow ] || fail "Airflow's database belongs to $owner"
members=$(query merge "SELECT count(*) FROM pg_auth_members AS m
    JOIN pg_roles AS r ON r.oid = m.roleid WHERE r.rolname IN ('dsc_merge', 'dsc_sink')
    AND m.member IN ('\"Merge \"\"owner\"\"\"'::regrole, '\"sink''r\"'::regrole)")
[ "$members" -eq 3 ] || fail "$members memberships of dsc's roles"

# One credential for all purposes.
createdb alone
secret merge dsc_merge one
secret sink dsc_merge one
secret airflow dsc_merge one
POSTGRES_DB=alone bash -e "$scripts/postgres_roles.sh"

# What was dumped comes back, whatever happened since; the newest two dumps stay.
secret merge "Merge \"owner\"" "it's \\a \$(secret) :x"
mkdir backup
export CREDENTIAL=$scratch/roles/merge BACKUP=$scratch/backup PGDATABASE=merge KEEP=2
PGUSER="Merge \"owner\"" psql --no-psqlrc --quiet <<'SQL'
CREATE SCHEMA live;
CREATE TABLE live.t (id bigint PRIMARY KEY);
INSERT INTO live.t SELECT generate_series(1, 1000);
CREATE VIEW live.v AS SELECT count(*) FROM live.t;
SQL
touch "backup/merge-20200101T000000Z.dump" "backup/merge-20200102T000000Z.dump" \
    backup/merge-20990101T000000Z.dump.partial
sh "$scripts/backup.sh" >backup.log
dumps=$(find backup -type f | wc -l)
[ "$dumps" -eq 2 ] || fail "$dumps files are kept, not 2"
[ ! -e backup/merge-20200101T000000Z.dump ] || fail "the oldest dump is kept"

query merge "DELETE FROM live.t WHERE id > 10; DROP VIEW live.v"
sh "$scripts/restore.sh" >restore.log
rows=$(query merge "SELECT * FROM live.v")
[ "$rows" -eq 1000 ] || fail "$rows rows came back, not 1000"
! DUMP=merge-20200102T000000Z.dump sh "$scripts/restore.sh" >restore.log 2>&1 ||
    fail "an empty dump was restored"
rows=$(query merge "SELECT * FROM live.v")
[ "$rows" -eq 1000 ] || fail "a failed restore left $rows rows"
echo "roles, dump and restore as they should be"
