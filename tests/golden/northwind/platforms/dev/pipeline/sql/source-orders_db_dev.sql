-- Prepares orders_db_dev to be captured by dsc:
--     store sales, by platform dev
--
-- To be run with psql by a superuser, on PostgreSQL 14 or later, and again whenever
-- datasets were added: what is there already stays. Its variables are the user names
-- in the credentials; a role that does not exist is created without a password: set
-- one with \password. pg_hba.conf must let it in.
--     psql -v orders_reader_dev=ROLE -f THIS_FILE northwind

\set ON_ERROR_STOP on

\if :{?orders_reader_dev}
\else
do $dsc$ begin raise exception using message = 'the variable orders_reader_dev is not set', hint = 'Say psql -v orders_reader_dev=ROLE, with the user name of credential orders_reader_dev.'; end $dsc$;
\endif

do $dsc$
begin
    if current_database() <> 'northwind' then
        raise exception 'this script is for database %, and this is %', 'northwind', current_database();
    end if;
end
$dsc$;

\encoding UTF8
set client_min_messages = warning;
-- What waits for a lock makes others wait behind it: better to stop, and to run this again.
set lock_timeout = '5s';

-- Store sales, by platform dev.
\set dsc_role :orders_reader_dev
\set dsc_schema dsc_dev_sales
\set dsc_publication dsc_dev_sales_2

do $dsc$
declare
    problems text;
begin
    select string_agg(format('%I.%I %s', wanted.schema, wanted.name, case
        when found.oid is null then 'does not exist'
        else 'has neither a primary key nor a replica identity'
    end), ', ') into problems
    from (values
        ('public', 'customer_customer_demo', true),
        ('public', 'customer_demographics', true),
        ('public', 'customers', true),
        ('public', 'order_details', true),
        ('public', 'orders', true),
        ('public', 'shippers', true)
    ) as wanted (schema, name, needs_key)
    left join pg_catalog.pg_namespace as space on space.nspname = wanted.schema
    left join pg_catalog.pg_class as found
        on found.relnamespace = space.oid and found.relname = wanted.name
        and found.relkind in ('r', 'p', 'v', 'm', 'f')
    where found.oid is null or wanted.needs_key and (
        found.relreplident = 'n'
        or found.relreplident = 'd' and not exists (
            select from pg_catalog.pg_index
            where indrelid = found.oid and indisprimary
        )
    );
    if problems is not null then
        raise exception 'cannot be captured: %', problems;
    end if;
end
$dsc$;

select format('create role %I login', :'dsc_role')
where not exists (select from pg_catalog.pg_roles where rolname = :'dsc_role')
\gexec

select format('alter role %I replication', :'dsc_role')
where not exists (
    select from pg_catalog.pg_roles where rolname = :'dsc_role' and (rolreplication or rolsuper)
)
\gexec

do $dsc$
begin
    if current_setting('wal_level') <> 'logical' then
        raise warning 'wal_level is %, and changes can be captured only where it is logical',
            current_setting('wal_level')
            using hint = 'Run: alter system set wal_level = logical; then restart the server.';
    end if;
end
$dsc$;

create schema if not exists :"dsc_schema";
grant usage on schema :"dsc_schema" to :"dsc_role";

-- One row that the connector renews, so that an idle database frees its WAL, and so that a source
-- that was restored, or failed over, is noticed by what it says of itself.
create table if not exists :"dsc_schema".heartbeat (
    id integer primary key,
    at timestamptz,
    system_identifier text,
    timeline integer
);
grant select on :"dsc_schema".heartbeat to :"dsc_role";

-- With its owner's rights, since the role may write nothing: it may call this.
create or replace function :"dsc_schema".beat() returns void
language sql security definer
set search_path = pg_catalog, :"dsc_schema", pg_temp
as $dsc$
    insert into heartbeat (id, at, system_identifier, timeline)
    select
        1, clock_timestamp(), system_identifier::text,
        ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer
    from pg_control_system()
    on conflict (id) do update set
        at = excluded.at,
        system_identifier = excluded.system_identifier,
        timeline = excluded.timeline
$dsc$;
revoke all on function :"dsc_schema".beat() from public;
grant execute on function :"dsc_schema".beat() to :"dsc_role";
select :"dsc_schema".beat();

-- TRUNCATE is never published: it would be lost on its way (see the signal table, where there is one).
select format('create publication %I', :'dsc_publication')
where not exists (select from pg_catalog.pg_publication where pubname = :'dsc_publication')
\gexec
alter publication :"dsc_publication"
set (publish = 'insert, update, delete', publish_via_partition_root = true);

-- A row for each TRUNCATE of a captured table, written by its trigger in the same transaction.
create table if not exists :"dsc_schema".signal (
    id bigserial primary key,
    dataset text not null,
    at timestamptz not null default clock_timestamp()
);
grant select on :"dsc_schema".signal to :"dsc_role";

-- With its owner's rights, since whoever truncates may not write here.
create or replace function :"dsc_schema".signal_truncate() returns trigger
language plpgsql security definer
set search_path = pg_catalog, :"dsc_schema", pg_temp
as $dsc$
begin
    insert into signal (dataset) values (tg_argv[0]);
    return null;
end
$dsc$;
revoke all on function :"dsc_schema".signal_truncate() from public;

grant usage on schema "public" to :"dsc_role";

grant select on table "public"."customer_customer_demo" to :"dsc_role";
create or replace trigger :"dsc_schema" after truncate on "public"."customer_customer_demo"
for each statement execute function :"dsc_schema".signal_truncate('customer_customer_demo');

grant select on table "public"."customer_demographics" to :"dsc_role";
create or replace trigger :"dsc_schema" after truncate on "public"."customer_demographics"
for each statement execute function :"dsc_schema".signal_truncate('customer_demographics');

grant select on table "public"."customers" to :"dsc_role";
create or replace trigger :"dsc_schema" after truncate on "public"."customers"
for each statement execute function :"dsc_schema".signal_truncate('customers');

grant select on table "public"."order_details" to :"dsc_role";
create or replace trigger :"dsc_schema" after truncate on "public"."order_details"
for each statement execute function :"dsc_schema".signal_truncate('order_details');

grant select on table "public"."orders" to :"dsc_role";
create or replace trigger :"dsc_schema" after truncate on "public"."orders"
for each statement execute function :"dsc_schema".signal_truncate('orders');

grant select on table "public"."shippers" to :"dsc_role";
create or replace trigger :"dsc_schema" after truncate on "public"."shippers"
for each statement execute function :"dsc_schema".signal_truncate('shippers');

alter publication :"dsc_publication" set table
    :"dsc_schema".heartbeat,
    :"dsc_schema".signal,
    "public"."customer_customer_demo",
    "public"."customer_demographics",
    "public"."customers",
    "public"."order_details",
    "public"."orders",
    "public"."shippers";

-- To remove this again, delete the source connector, and then run the lines below.
-- A slot that nobody reads keeps WAL until the disk is full. An earlier incarnation,
-- once it is drained, has a slot and a publication of its own to be dropped.
--     select pg_drop_replication_slot(slot_name) from pg_replication_slots
--     where slot_name = 'dsc_dev_sales_2';
--     drop publication dsc_dev_sales_2;
--     drop schema dsc_dev_sales cascade; -- with the triggers on the tables
