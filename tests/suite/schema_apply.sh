#!/bin/bash
# Schema apply with the plans that dsc renders: once makes all, twice nothing; columns come and widen.
set -euo pipefail
cd "$DSC_SOURCE"
. tests/tools/postgres.sh

scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'postgres_stop; rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
mkdir "$scratch/server" "$scratch/plans"
postgres_start "$scratch/server"
cd "$DSC_SOURCE"

status=0

# expect CODE WORDS PLAN [OPTION…]: schema apply ends with the code, and its output holds the words.
expect() {
    local output code=0
    output=$("$DSC_BUILD/dsc-merge" schema apply --dsn '' --plan "$3" "${@:4}" 2>&1) || code=$?
    if [ "$code" -ne "$1" ] || [[ $output != *"$2"* ]]; then
        echo "apply ${*:3}: expected $1 '$2', and got $code: $output"
        status=1
    fi
}

# shows SQL ROWS
shows() {
    local found
    found=$(psql -XqAt -c "$1")
    [ "$found" = "$2" ] || { echo "$1 gave '$found', not '$2'"; status=1; }
}

mapfile -t folders < <(find tests/golden -type d -name plans | sort)
for folder in "${folders[@]}"; do
    expect 0 "insert into dsc.stream" "$folder" --dry-run
    expect 0 "" "$folder"
    expect 0 "nothing to do" "$folder"
done

# What left the database comes back; nothing else is touched.
psql -Xq -c 'set client_min_messages = warning; drop schema live cascade; create schema live authorization dsc_merge'
for folder in "${folders[@]}"; do
    expect 0 "create table if not exists \"live\"" "$folder" --dry-run
    expect 0 "" "$folder"
done

psql -Xq -c 'create database other'
export PGDATABASE=other
plan=tests/data/recorded/transactional/plan.json
changed=$scratch/plans/shop.json
staged="select format_type(atttypid, atttypmod) from pg_attribute where attrelid ="
expect 0 "" "$plan"

sed 's/character varying(120)/character varying(200)/g' "$plan" >"$changed"
expect 0 "" "$scratch/plans"
shows "$staged 'staging.shop__customer'::regclass and attname = 'email'" "character varying(200)"
shows "$staged 'live.shop__customer'::regclass and attname = 'email'" "character varying(200)"
expect 0 "nothing to do" "$changed"
expect 1 "cannot hold all" "$plan"
shows "$staged 'live.shop__customer'::regclass and attname = 'email'" "character varying(200)"

# Rows that are older than a column have its default; later ones what comes.
psql -Xq -c "insert into live.shop__seat values (1, 'ann')"
column='"name": "row", "type": "text", "staging_type": "text", "key": 0, "placeholder": null'
sed -i "s/\"name\": \"holder\",/$column, \"default\": \"A\"}, {&/" "$changed"
expect 0 "" "$changed"
psql -Xq -c "insert into live.shop__seat (no) values (2)"
shows "select no, \"row\" from live.shop__seat order by no" $'1|A\n2|'
expect 0 "nothing to do" "$changed"

psql -Xq -c 'update dsc.version set version = 2'
expect 3 "use the newer program" "$changed"
exit $status
