set role dsc_merge;
create table if not exists "staging"."crm__transaction" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "status" text,
    "id" text,
    "event_count" bigint,
    "ts_ms" bigint,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."crm__transaction" to dsc_sink;
create table if not exists "staging"."crm__notification" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "payload" text,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."crm__notification" to dsc_sink;
create table if not exists "staging"."crm__heartbeat" (
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
grant select, insert, update on table "staging"."crm__heartbeat" to dsc_sink;
create table if not exists "staging"."crm__signal" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "id" bigint,
    "dataset" text,
    "at" timestamp with time zone,
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
grant select, insert, update on table "staging"."crm__signal" to dsc_sink;
create table if not exists "staging"."crm__audit" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "at" timestamp with time zone,
    "who" text,
    "what" text,
    "amount" numeric(8,2),
    "__before_at" timestamp with time zone,
    "__before_who" text,
    "__before_what" text,
    "__before_amount" numeric(8,2),
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
create table if not exists "staging"."crm__audit__sealed" (
    like "staging"."crm__audit" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."crm__audit" to dsc_sink;
grant select, insert, update on table "staging"."crm__audit__sealed" to dsc_sink;
create table if not exists "live"."crm__audit" (
    "at" timestamp with time zone,
    "who" text,
    "what" text,
    "amount" numeric(8,2)
) with (fillfactor = 90);
create table if not exists "staging"."crm__customer" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "id" bigint,
    "email" character varying(120),
    "profile" text,
    "active" boolean,
    "picture" bytea,
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
create table if not exists "staging"."crm__customer__sealed" (
    like "staging"."crm__customer" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."crm__customer" to dsc_sink;
grant select, insert, update on table "staging"."crm__customer__sealed" to dsc_sink;
create table if not exists "live"."crm__customer" (
    "id" bigint not null,
    "email" character varying(120),
    "profile" jsonb,
    "active" boolean,
    "picture" bytea,
    "dsc_deleted" timestamp with time zone,
    primary key ("id")
) with (fillfactor = 90);
create table if not exists "history"."crm__customer" (
    "id" bigint not null,
    "email" character varying(120),
    "profile" jsonb,
    "active" boolean,
    "picture" bytea,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("id", "dsc_from")
) with (fillfactor = 90);
create table if not exists "staging"."crm__order_line" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "line_no" smallint,
    "order_id" uuid,
    "price" numeric(12,4),
    "naïve ☃ ""q""" text,
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
create table if not exists "staging"."crm__order_line__sealed" (
    like "staging"."crm__order_line" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."crm__order_line" to dsc_sink;
grant select, insert, update on table "staging"."crm__order_line__sealed" to dsc_sink;
create table if not exists "history"."crm__order_line" (
    "line_no" smallint not null,
    "order_id" uuid not null,
    "price" numeric(12,4),
    "naïve ☃ ""q""" text,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("order_id", "line_no", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_audit_office') then
        create role "ws_audit_office" nologin;
    end if;
end
$dsc$;
create schema if not exists "audit_office" authorization dsc_merge;
grant usage on schema "audit_office" to "ws_audit_office";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_sales_reporting') then
        create role "ws_sales_reporting" nologin;
    end if;
end
$dsc$;
create schema if not exists "sales_reporting" authorization dsc_merge;
grant usage on schema "sales_reporting" to "ws_sales_reporting";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'tableau') then
        raise notice 'there is no role % yet to be granted %', 'tableau', 'ws_sales_reporting';
    elsif not pg_has_role('tableau', 'ws_sales_reporting', 'member') then
        grant "ws_sales_reporting" to "tableau";
    end if;
end
$dsc$;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'Some One') then
        raise notice 'there is no role % yet to be granted %', 'Some One', 'ws_sales_reporting';
    elsif not pg_has_role('Some One', 'ws_sales_reporting', 'member') then
        grant "ws_sales_reporting" to "Some One";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "sales_reporting"."current__crm__audit" as
    select
        "at",
        "who",
        "what",
        "amount"
    from "live"."crm__audit";
grant select on table "sales_reporting"."current__crm__audit" to "ws_sales_reporting";
create or replace view "sales_reporting"."current__crm__customer" as
    select
        "id",
        "email",
        "profile",
        "active",
        "picture",
        "dsc_deleted"
    from "live"."crm__customer";
grant select on table "sales_reporting"."current__crm__customer" to "ws_sales_reporting";
create or replace view "sales_reporting"."customer_history" as
    select
        "id",
        "email",
        "profile",
        "active",
        "picture",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."crm__customer";
grant select on table "sales_reporting"."customer_history" to "ws_sales_reporting";
create or replace view "audit_office"."all__crm__order_line" as
    select
        "line_no",
        "order_id",
        "price",
        "naïve ☃ ""q""",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."crm__order_line";
grant select on table "audit_office"."all__crm__order_line" to "ws_audit_office";
reset role;
