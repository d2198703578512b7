#!/bin/bash
# The SQL of plans and of sources, run by a real server: twice, with the rights that it gives.
set -euo pipefail
cd "$DSC_SOURCE"
. tests/tools/postgres.sh

scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'postgres_stop; rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
mkdir "$scratch/server"
postgres_start "$scratch/server"
cd "$DSC_SOURCE"

ddl=$DSC_BUILD/tests/props/ddl
status=0

problem() {
    echo "$*"
    status=1
}

# query DATABASE SQL [OPTION…]: the rows, unaligned.
query() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 \
        --dbname "$1" --command "$2" "${@:3}" 2>&1
}

# expect DATABASE SQL ROWS
expect() {
    local found
    found=$(query "$1" "$2") || true
    [ "$found" = "$3" ] || problem "$2"$'\n'"gave:     $found"$'\n'"expected: $3"
}

# denied DATABASE SQL: it fails for want of a right.
denied() {
    case $(query "$1" "$2") in
    *"permission denied"*) ;;
    *) problem "not denied: $2" ;;
    esac
}

# says WORDS COMMAND…: its output, whatever its exit code, holds the words.
says() {
    local output
    output=$("${@:2}" 2>&1) || true
    case $output in
    *"$1"*) ;;
    *) problem "instead of '$1' this is said: $output" ;;
    esac
}

# Sees whether a file of SQL, run as the platform's owner, who is no superuser, does all it should.
run_as_owner() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username owner --dbname merge --file "$1"
}

dump() {
    # It differs from run to run where a security mend made it: a random word that psql is told.
    pg_dump --schema-only --dbname "$1" | grep -vE '^\\(un)?restrict '
}

# ---- the platform's database

query postgres "create role owner login createrole" >/dev/null
query postgres "create role tableau login" >/dev/null
query postgres "create database merge owner owner" >/dev/null

for plan in crm hostile erp; do
    file=tests/fuzz/corpus/plan/$plan.json
    "$ddl" plan "$file" >"$scratch/$plan.sql"
    run_as_owner "$scratch/$plan.sql" 2>"$scratch/first.log" || {
        problem "$plan.sql fails:"
        cat "$scratch/first.log"
    }
    grep -v NOTICE "$scratch/first.log" && problem "$plan.sql complains"
    dump merge >"$scratch/first"
    run_as_owner "$scratch/$plan.sql" >/dev/null 2>&1 || problem "$plan.sql fails the second time"
    dump merge >"$scratch/second"
    diff "$scratch/first" "$scratch/second" || problem "$plan.sql changes something the second time"

    # Every column has the type that the plan says, as the server itself prints it.
    psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 --dbname merge \
        --set plan="$(cat "$file")" >"$scratch/types" <<'SQL'
with datasets as (
    select dataset
    from json_array_elements(:'plan'::json -> 'datasets') as dataset
),
tables as (
    select dataset, which, nullif(dataset -> which ->> 'schema', '') as schema,
        dataset -> which ->> 'name' as name
    from datasets, unnest(array['staging', 'sealed', 'live', 'history']) as which
    where dataset ->> which is not null
),
columns as (
    select tables.*, "column" ->> 'name' as "column",
        "column" ->> case when which in ('live', 'history') then 'type' else 'staging_type' end as type,
        which in ('live', 'history') and ("column" ->> 'key')::integer > 0 as not_null
    from tables, json_array_elements(dataset -> 'columns') as "column"
)
select format('%s.%s.%s: %s is %s %s', schema, name, "column", type,
    format_type(atttypid, atttypmod), attnotnull)
from columns
left join pg_attribute
    on attrelid = format('%I.%I', schema, name)::regclass and attname = "column"
where format_type(atttypid, atttypmod) is distinct from type or attnotnull is distinct from not_null;
SQL
    [ ! -s "$scratch/types" ] || { problem "$plan: wrong types"; cat "$scratch/types"; }
done

key_of() {
    expect merge "select pg_get_constraintdef(oid) from pg_constraint
        where conrelid = '$1'::regclass and contype = 'p'" "$2"
}
key_of live.crm__customer 'PRIMARY KEY (id)'
key_of history.crm__order_line 'PRIMARY KEY (order_id, line_no, dsc_from)'
key_of live.crm__audit ''
key_of staging.crm__audit__sealed 'PRIMARY KEY (__connect_topic, __connect_partition, __connect_offset)'
key_of staging.erp__rate 'PRIMARY KEY (dsc_run, dsc_row)'
expect merge "select relname, reloptions from pg_class where relname like 'crm\_\_customer%'
    and relkind = 'r' and relnamespace in ('staging'::regnamespace, 'live'::regnamespace)
    order by 1, 2" \
    'crm__customer|{fillfactor=90}
crm__customer|
crm__customer__sealed|{autovacuum_enabled=off}'
expect merge "select string_agg(attname, ' ' order by attnum) from pg_attribute
    where attrelid = 'staging.crm__audit'::regclass and attname like '\_\_before\_%'" \
    '__before_at __before_who __before_what __before_amount'
expect merge "select distinct pg_get_userbyid(relowner) from pg_class
    where relnamespace::regnamespace::text in ('staging', 'live', 'history', 'sales_reporting')" \
    dsc_merge
expect merge "select string_agg(attname, ' ' order by attnum) from pg_attribute
    where attrelid = 'sales_reporting.customer_history'::regclass" \
    'id email profile active picture valid_from valid_to'
expect merge "select string_agg(attname, ' ' order by attnum) from pg_attribute
    where attrelid = 'sales_reporting.current__crm__customer'::regclass" \
    'id email profile active picture dsc_deleted'

# The sink writes staging tables and sees nothing else; readers see their views and nothing else.
upsert="set role dsc_sink; insert into staging.crm__customer
    (__connect_topic, __connect_partition, __connect_offset, id) values ('t', 0, 1, 2)
    on conflict (__connect_topic, __connect_partition, __connect_offset) do update set id = excluded.id"
expect merge "$upsert" ''
expect merge "$upsert" ''
expect merge "set role dsc_sink; select count(*) from staging.crm__customer" 1
denied merge "set role dsc_sink; delete from staging.crm__customer"
denied merge "set role dsc_sink; select from live.crm__customer"
denied merge "set role dsc_sink; insert into staging.erp__rate (dsc_run, dsc_row) values (1, 1)"
expect merge "set role tableau; select count(*) from sales_reporting.current__crm__customer" 0
expect merge "set role tableau; select count(*) from sales_reporting.customer_history" 0
denied merge "set role tableau; delete from sales_reporting.current__crm__customer"
denied merge "set role tableau; select from live.crm__customer"
denied merge "set role tableau; select from audit_office.all__crm__order_line"
denied merge "set role tableau; create table sales_reporting.mine ()"

# A reader that comes later is told of, and granted by the next run.
"$ddl" plan tests/fuzz/corpus/plan/crm.json >"$scratch/crm.sql"
says 'there is no role Some One yet' run_as_owner "$scratch/crm.sql"
query merge 'create role "Some One"' >/dev/null
run_as_owner "$scratch/crm.sql" >/dev/null 2>&1
expect merge "set role \"Some One\"; select count(*) from sales_reporting.current__crm__customer" 0

# A schema that somebody else has is not taken.
query postgres "create database taken owner owner" >/dev/null
query taken "create schema live" >/dev/null
says 'schema live belongs to postgres' \
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname taken --file "$scratch/crm.sql"

# ---- a source

long=$(printf 'x%.0s' {1..60})☃ # 63 bytes
odd="Order \"L'ine\" \\ \$dsc\$ :role ☃"
prepare=(sales customer keyed sales audit keyless "$odd" "$odd" keyed)
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set odd="$odd" --set long="$long" <<'SQL'
create role farmer login;
create database "crm db" owner farmer;
\connect "crm db" farmer
create schema sales;
create table sales.customer (id bigint primary key, email text);
create table sales.audit (at timestamptz, what text);
create schema :"odd";
create table :"odd".:"odd" (id bigint primary key);
create table sales.:"long" (id bigint primary key);
create table sales.bare (id bigint);
SQL

# source CAPTURE TABLE…: makes the script and runs it as superuser.
source_script() {
    "$ddl" source "crm db" "$@" >"$scratch/source.sql"
    psql --no-psqlrc --quiet --dbname "crm db" --set crm_reader="Crm \"Reader\" it's \\" \
        --output /dev/null --file "$scratch/source.sql" 2>&1
}

# works CAPTURE TABLE…: twice, in silence.
works() {
    local output
    for _ in 1 2; do
        output=$(source_script "$@") || problem "the script fails: $*"
        [ -z "$output" ] || problem "the script complains: $output"
    done
}

# refuses WORDS CAPTURE TABLE…: says so before anything is done.
refuses() {
    says "$1" source_script "${@:2}"
    expect "crm db" "select count(*) from pg_roles where rolname like 'Crm%'" 0
}

published() {
    expect "crm db" "select format('%I.%I', schemaname, tablename) from pg_publication_tables
        where pubname = 'dsc_dev_crm_1' order by 1" "$1"
}
reader="set role \"Crm \"\"Reader\"\" it's \\\""

refuses 'sales.bare has neither a primary key nor a replica identity' cdc sales bare keyed
refuses 'sales.gone does not exist' cdc sales gone keyed sales customer keyed
"$ddl" source "crm db" cdc "${prepare[@]}" >"$scratch/source.sql"
says 'the variable crm_reader is not set' \
    psql --no-psqlrc --quiet --dbname "crm db" --file "$scratch/source.sql"
says 'this script is for database crm db, and this is merge' \
    psql --no-psqlrc --quiet --dbname merge --set crm_reader=x --file "$scratch/source.sql"

works cdc "${prepare[@]}"
published "\"Order \"\"L'ine\"\" \\ \$dsc\$ :role ☃\".\"Order \"\"L'ine\"\" \\ \$dsc\$ :role ☃\"
dsc_dev_crm.heartbeat
sales.audit
sales.customer"
expect "crm db" "select pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot from pg_publication" \
    't|t|t|f|t'
expect "crm db" "select relname, relreplident from pg_class
    where relname in ('audit', 'customer') order by 1" 'audit|f
customer|d'
expect "crm db" "select rolreplication, rolcanlogin, rolsuper from pg_roles
    where rolname like 'Crm%'" 't|t|f'

# The role reads what is captured, renews the heartbeat, and may do no more.
expect "crm db" "$reader; select count(*) from sales.customer" 0
denied "crm db" "$reader; insert into sales.customer values (1)"
denied "crm db" "$reader; select from sales.bare"
denied "crm db" "$reader; update dsc_dev_crm.heartbeat set at = now()"
query "crm db" "update dsc_dev_crm.heartbeat set at = null, system_identifier = null, timeline = null" \
    >/dev/null
expect "crm db" "$reader; select dsc_dev_crm.beat()" ''
expect "crm db" "select id, at is not null, timeline,
    system_identifier = (pg_control_system()).system_identifier::text from dsc_dev_crm.heartbeat" \
    '1|t|1|t'
denied "crm db" "set role farmer; select dsc_dev_crm.beat()"
expect "crm db" "select count(*) from pg_trigger where not tgisinternal" 0

# Truncates are signalled, whoever makes them, and in their transaction.
works signal "${prepare[@]}" sales "$long" keyed
published "\"Order \"\"L'ine\"\" \\ \$dsc\$ :role ☃\".\"Order \"\"L'ine\"\" \\ \$dsc\$ :role ☃\"
dsc_dev_crm.heartbeat
dsc_dev_crm.signal
sales.\"$long\"
sales.audit
sales.customer"
query "crm db" "set role farmer; begin; truncate sales.customer; rollback" >/dev/null
query "crm db" "create schema evil; create table evil.signal (dataset text); grant all on schema evil to farmer" \
    >/dev/null
query "crm db" "set role farmer; set search_path = evil; truncate sales.customer, sales.\"$long\"" >/dev/null
psql --no-psqlrc --quiet --dbname "crm db" --username farmer --set odd="$odd" <<'SQL'
truncate :"odd".:"odd";
SQL
expect "crm db" "select dataset from dsc_dev_crm.signal order by id" "customer
$long
$odd"
denied "crm db" "set role farmer; insert into dsc_dev_crm.signal (dataset) values ('x')"
expect "crm db" "$reader; select count(*) from dsc_dev_crm.signal" 3

# A store that signals no more loses its triggers.
works cdc sales customer keyed
expect "crm db" "select count(*) from pg_trigger
    where not tgisinternal and tgrelid = 'sales.customer'::regclass" 0
published 'dsc_dev_crm.heartbeat
sales.customer'

# Captures by SQL need rights only.
query postgres "create database \"plain\"" >/dev/null
query plain "create table t (id bigint)" >/dev/null
"$ddl" source plain sql public t keyed >"$scratch/source.sql"
psql --no-psqlrc --quiet --dbname plain --set crm_reader=reader --file "$scratch/source.sql" 2>&1 ||
    problem "the script of a capture by SQL fails"
expect plain "set role reader; select count(*) from t" 0
expect plain "select rolreplication from pg_roles where rolname = 'reader'" f
expect plain "select count(*) from pg_publication" 0
expect plain "select count(*) from pg_namespace where nspname like 'dsc%'" 0

exit $status
