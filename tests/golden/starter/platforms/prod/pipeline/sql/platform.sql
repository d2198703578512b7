-- What the platform's database needs once, for all streams. To be run by a role that may create
-- roles, and schemas in this database; the server must be reached with its own rights.
set client_encoding = 'UTF8';

-- dsc_merge owns all that dsc makes; dsc_sink fills the staging tables. Whoever merges is granted the
-- one, the user of the sinks the other.
do $dsc$
declare
    role text;
begin
    foreach role in array array['dsc_merge', 'dsc_sink'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = role) then
            execute format('create role %I nologin', role);
        end if;
    end loop;
    if not pg_has_role(current_user, 'dsc_merge', 'usage') then
        execute format('grant dsc_merge to %I', current_user);
    end if;
end
$dsc$;

do $dsc$
declare
    name text;
    owner text;
begin
    foreach name in array array['staging', 'live', 'history', 'dsc'] loop
        select pg_get_userbyid(nspowner) into owner from pg_catalog.pg_namespace where nspname = name;
        if owner is null then
            execute format('create schema %I authorization dsc_merge', name);
        elsif owner <> 'dsc_merge' then
            raise exception 'schema % belongs to %, and dsc needs it for itself', name, owner
                using hint = 'Use another database, or rename that schema.';
        end if;
    end loop;
end
$dsc$;

grant usage on schema staging to dsc_sink;

set role dsc_merge;
create table if not exists "staging"."clicks__page_view" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "id" uuid,
    "customer_id" bigint,
    "page" text,
    "seen_at" timestamp with time zone,
    "__deleted" text,
    "__op" text,
    "__source_lsn" bigint,
    "__source_ts_ms" bigint,
    "__source_txId" bigint,
    "__source_snapshot" text,
    "__source_sequence" text,
    "__transaction_id" text,
    "__transaction_total_order" bigint,
    "__kafka_ts" timestamp without time zone,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
create table if not exists "staging"."clicks__page_view__sealed" (
    like "staging"."clicks__page_view" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."clicks__page_view" to dsc_sink;
grant select, insert, update on table "staging"."clicks__page_view__sealed" to dsc_sink;
create table if not exists "live"."clicks__page_view" (
    "id" uuid not null,
    "customer_id" bigint,
    "page" text,
    "seen_at" timestamp with time zone,
    primary key ("id")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_reporting') then
        create role "ws_reporting" nologin;
    end if;
end
$dsc$;
create schema if not exists "reporting" authorization dsc_merge;
grant usage on schema "reporting" to "ws_reporting";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'metabase') then
        raise notice 'there is no role % yet to be granted %', 'metabase', 'ws_reporting';
    elsif not pg_has_role('metabase', 'ws_reporting', 'member') then
        grant "ws_reporting" to "metabase";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "reporting"."behaviour__clicks__page_view" as
    select
        "id",
        "customer_id",
        "page",
        "seen_at"
    from "live"."clicks__page_view";
grant select on table "reporting"."behaviour__clicks__page_view" to "ws_reporting";
reset role;

set role dsc_merge;
create table if not exists "staging"."rates__exchange_rate" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "currency" character(3),
    "valid_on" date,
    "rate" numeric(18,6),
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."rates__exchange_rate__sealed" (
    like "staging"."rates__exchange_rate" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "history"."rates__exchange_rate" (
    "currency" character(3) not null,
    "valid_on" date not null,
    "rate" numeric(18,6),
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("currency", "valid_on", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_accounting') then
        create role "ws_accounting" nologin;
    end if;
end
$dsc$;
create schema if not exists "accounting" authorization dsc_merge;
grant usage on schema "accounting" to "ws_accounting";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ledger') then
        raise notice 'there is no role % yet to be granted %', 'ledger', 'ws_accounting';
    elsif not pg_has_role('ledger', 'ws_accounting', 'member') then
        grant "ws_accounting" to "ledger";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "accounting"."ledger__rates__exchange_rate" as
    select
        "currency",
        "valid_on",
        "rate",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."rates__exchange_rate";
grant select on table "accounting"."ledger__rates__exchange_rate" to "ws_accounting";
reset role;

set role dsc_merge;
create table if not exists "staging"."shop__transaction" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "status" text,
    "id" text,
    "event_count" bigint,
    "ts_ms" bigint,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."shop__transaction" to dsc_sink;
create table if not exists "staging"."shop__notification" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "payload" text,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."shop__notification" to dsc_sink;
create table if not exists "staging"."shop__heartbeat" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "id" integer,
    "at" timestamp with time zone,
    "system_identifier" text,
    "timeline" integer,
    "__deleted" text,
    "__op" text,
    "__source_lsn" bigint,
    "__source_ts_ms" bigint,
    "__source_txId" bigint,
    "__source_snapshot" text,
    "__source_sequence" text,
    "__transaction_id" text,
    "__transaction_total_order" bigint,
    "__kafka_ts" timestamp without time zone,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."shop__heartbeat" to dsc_sink;
create table if not exists "staging"."shop__customer" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "id" bigint,
    "name" text,
    "email" text,
    "created_at" timestamp with time zone,
    "__deleted" text,
    "__op" text,
    "__source_lsn" bigint,
    "__source_ts_ms" bigint,
    "__source_txId" bigint,
    "__source_snapshot" text,
    "__source_sequence" text,
    "__transaction_id" text,
    "__transaction_total_order" bigint,
    "__kafka_ts" timestamp without time zone,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
create table if not exists "staging"."shop__customer__sealed" (
    like "staging"."shop__customer" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."shop__customer" to dsc_sink;
grant select, insert, update on table "staging"."shop__customer__sealed" to dsc_sink;
create table if not exists "live"."shop__customer" (
    "id" bigint not null,
    "name" text,
    "email" character varying(120),
    "created_at" timestamp with time zone,
    primary key ("id")
) with (fillfactor = 90);
create table if not exists "staging"."shop__order_line" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "order_id" bigint,
    "line_no" smallint,
    "product" text,
    "quantity" integer,
    "price" numeric,
    "__deleted" text,
    "__op" text,
    "__source_lsn" bigint,
    "__source_ts_ms" bigint,
    "__source_txId" bigint,
    "__source_snapshot" text,
    "__source_sequence" text,
    "__transaction_id" text,
    "__transaction_total_order" bigint,
    "__kafka_ts" timestamp without time zone,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
create table if not exists "staging"."shop__order_line__sealed" (
    like "staging"."shop__order_line" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."shop__order_line" to dsc_sink;
grant select, insert, update on table "staging"."shop__order_line__sealed" to dsc_sink;
create table if not exists "live"."shop__order_line" (
    "order_id" bigint not null,
    "line_no" smallint not null,
    "product" character varying(40),
    "quantity" integer,
    "price" numeric(10,2),
    primary key ("order_id", "line_no")
) with (fillfactor = 90);
create table if not exists "staging"."shop__orders" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "id" bigint,
    "customer_id" bigint,
    "ordered_at" timestamp with time zone,
    "total" numeric,
    "delivery" text,
    "__deleted" text,
    "__op" text,
    "__source_lsn" bigint,
    "__source_ts_ms" bigint,
    "__source_txId" bigint,
    "__source_snapshot" text,
    "__source_sequence" text,
    "__transaction_id" text,
    "__transaction_total_order" bigint,
    "__kafka_ts" timestamp without time zone,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
create table if not exists "staging"."shop__orders__sealed" (
    like "staging"."shop__orders" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."shop__orders" to dsc_sink;
grant select, insert, update on table "staging"."shop__orders__sealed" to dsc_sink;
create table if not exists "live"."shop__orders" (
    "id" bigint not null,
    "customer_id" bigint,
    "ordered_at" timestamp with time zone,
    "total" numeric(10,2),
    "delivery" jsonb,
    primary key ("id")
) with (fillfactor = 90);
create table if not exists "history"."shop__orders" (
    "id" bigint not null,
    "customer_id" bigint,
    "ordered_at" timestamp with time zone,
    "total" numeric(10,2),
    "delivery" jsonb,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("id", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_accounting') then
        create role "ws_accounting" nologin;
    end if;
end
$dsc$;
create schema if not exists "accounting" authorization dsc_merge;
grant usage on schema "accounting" to "ws_accounting";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ledger') then
        raise notice 'there is no role % yet to be granted %', 'ledger', 'ws_accounting';
    elsif not pg_has_role('ledger', 'ws_accounting', 'member') then
        grant "ws_accounting" to "ledger";
    end if;
end
$dsc$;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_reporting') then
        create role "ws_reporting" nologin;
    end if;
end
$dsc$;
create schema if not exists "reporting" authorization dsc_merge;
grant usage on schema "reporting" to "ws_reporting";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'metabase') then
        raise notice 'there is no role % yet to be granted %', 'metabase', 'ws_reporting';
    elsif not pg_has_role('metabase', 'ws_reporting', 'member') then
        grant "ws_reporting" to "metabase";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "reporting"."current__shop__customer" as
    select
        "id",
        "name",
        "email",
        "created_at"
    from "live"."shop__customer";
grant select on table "reporting"."current__shop__customer" to "ws_reporting";
create or replace view "reporting"."visitor" as
    select
        "id",
        "name",
        "email",
        "created_at"
    from "live"."shop__customer";
grant select on table "reporting"."visitor" to "ws_reporting";
create or replace view "reporting"."current__shop__order_line" as
    select
        "order_id",
        "line_no",
        "product",
        "quantity",
        "price"
    from "live"."shop__order_line";
grant select on table "reporting"."current__shop__order_line" to "ws_reporting";
create or replace view "accounting"."ledger__shop__orders" as
    select
        "id",
        "customer_id",
        "ordered_at",
        "total",
        "delivery",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."shop__orders";
grant select on table "accounting"."ledger__shop__orders" to "ws_accounting";
create or replace view "reporting"."current__shop__orders" as
    select
        "id",
        "customer_id",
        "ordered_at",
        "total",
        "delivery"
    from "live"."shop__orders";
grant select on table "reporting"."current__shop__orders" to "ws_reporting";
reset role;
