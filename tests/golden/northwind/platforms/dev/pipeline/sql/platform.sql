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
create table if not exists "staging"."people__transaction" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "status" text,
    "id" text,
    "event_count" bigint,
    "ts_ms" bigint,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."people__transaction" to dsc_sink;
create table if not exists "staging"."people__notification" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "payload" text,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."people__notification" to dsc_sink;
create table if not exists "staging"."people__heartbeat" (
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
grant select, insert, update on table "staging"."people__heartbeat" to dsc_sink;
create table if not exists "staging"."people__employee_territories" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "employee_id" smallint,
    "territory_id" text,
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
create table if not exists "staging"."people__employee_territories__sealed" (
    like "staging"."people__employee_territories" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."people__employee_territories" to dsc_sink;
grant select, insert, update on table "staging"."people__employee_territories__sealed" to dsc_sink;
create table if not exists "live"."people__employee_territories" (
    "employee_id" smallint not null,
    "territory_id" character varying(20) not null,
    primary key ("employee_id", "territory_id")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_selling') then
        create role "ws_selling" nologin;
    end if;
end
$dsc$;
create schema if not exists "selling" authorization dsc_merge;
grant usage on schema "selling" to "ws_selling";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'tableau') then
        raise notice 'there is no role % yet to be granted %', 'tableau', 'ws_selling';
    elsif not pg_has_role('tableau', 'ws_selling', 'member') then
        grant "ws_selling" to "tableau";
    end if;
end
$dsc$;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'excel_gateway') then
        raise notice 'there is no role % yet to be granted %', 'excel_gateway', 'ws_selling';
    elsif not pg_has_role('excel_gateway', 'ws_selling', 'member') then
        grant "ws_selling" to "excel_gateway";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "selling"."daily__people__employee_territories" as
    select
        "employee_id",
        "territory_id"
    from "live"."people__employee_territories";
grant select on table "selling"."daily__people__employee_territories" to "ws_selling";
reset role;

set role dsc_merge;
create table if not exists "staging"."sales__transaction" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "status" text,
    "id" text,
    "event_count" bigint,
    "ts_ms" bigint,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."sales__transaction" to dsc_sink;
create table if not exists "staging"."sales__notification" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "payload" text,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."sales__notification" to dsc_sink;
create table if not exists "staging"."sales__heartbeat" (
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
grant select, insert, update on table "staging"."sales__heartbeat" to dsc_sink;
create table if not exists "staging"."sales__signal" (
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
grant select, insert, update on table "staging"."sales__signal" to dsc_sink;
create table if not exists "staging"."sales__customer_customer_demo" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "customer_id" text,
    "customer_type_id" text,
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
create table if not exists "staging"."sales__customer_customer_demo__sealed" (
    like "staging"."sales__customer_customer_demo" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."sales__customer_customer_demo" to dsc_sink;
grant select, insert, update on table "staging"."sales__customer_customer_demo__sealed" to dsc_sink;
create table if not exists "live"."sales__customer_customer_demo" (
    "customer_id" character(5) not null,
    "customer_type_id" character(5) not null,
    primary key ("customer_id", "customer_type_id")
) with (fillfactor = 90);
create table if not exists "staging"."sales__customer_demographics" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "customer_type_id" text,
    "customer_desc" text,
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
create table if not exists "staging"."sales__customer_demographics__sealed" (
    like "staging"."sales__customer_demographics" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."sales__customer_demographics" to dsc_sink;
grant select, insert, update on table "staging"."sales__customer_demographics__sealed" to dsc_sink;
create table if not exists "live"."sales__customer_demographics" (
    "customer_type_id" character(5) not null,
    "customer_desc" text,
    primary key ("customer_type_id")
) with (fillfactor = 90);
create table if not exists "staging"."sales__customers" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "customer_id" text,
    "company_name" text,
    "contact_name" text,
    "contact_title" text,
    "address" text,
    "city" text,
    "region" text,
    "postal_code" text,
    "country" text,
    "phone" text,
    "fax" text,
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
create table if not exists "staging"."sales__customers__sealed" (
    like "staging"."sales__customers" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."sales__customers" to dsc_sink;
grant select, insert, update on table "staging"."sales__customers__sealed" to dsc_sink;
create table if not exists "live"."sales__customers" (
    "customer_id" character(5) not null,
    "company_name" character varying(40),
    "contact_name" character varying(30),
    "contact_title" character varying(30),
    "address" character varying(60),
    "city" character varying(15),
    "region" character varying(15),
    "postal_code" character varying(10),
    "country" character varying(15),
    "phone" character varying(24),
    "fax" character varying(24),
    primary key ("customer_id")
) with (fillfactor = 90);
create table if not exists "staging"."sales__order_details" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "order_id" smallint,
    "product_id" smallint,
    "unit_price" numeric,
    "quantity" smallint,
    "discount" real,
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
create table if not exists "staging"."sales__order_details__sealed" (
    like "staging"."sales__order_details" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."sales__order_details" to dsc_sink;
grant select, insert, update on table "staging"."sales__order_details__sealed" to dsc_sink;
create table if not exists "live"."sales__order_details" (
    "order_id" smallint not null,
    "product_id" smallint not null,
    "unit_price" numeric(10,2),
    "quantity" smallint,
    "discount" real,
    primary key ("order_id", "product_id")
) with (fillfactor = 90);
create table if not exists "staging"."sales__orders" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "order_id" smallint,
    "customer_id" text,
    "employee_id" smallint,
    "order_date" date,
    "required_date" date,
    "shipped_date" date,
    "ship_via" smallint,
    "freight" real,
    "ship_name" text,
    "ship_address" text,
    "ship_city" text,
    "ship_region" text,
    "ship_postal_code" text,
    "ship_country" text,
    "promised" text,
    "changed_at" timestamp with time zone,
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
create table if not exists "staging"."sales__orders__sealed" (
    like "staging"."sales__orders" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."sales__orders" to dsc_sink;
grant select, insert, update on table "staging"."sales__orders__sealed" to dsc_sink;
create table if not exists "live"."sales__orders" (
    "order_id" smallint not null,
    "customer_id" character(5),
    "employee_id" smallint,
    "order_date" date,
    "required_date" date,
    "shipped_date" date,
    "ship_via" smallint,
    "freight" real,
    "ship_name" character varying(40),
    "ship_address" character varying(60),
    "ship_city" character varying(15),
    "ship_region" character varying(15),
    "ship_postal_code" character varying(10),
    "ship_country" character varying(15),
    "promised" interval,
    "changed_at" timestamp with time zone,
    primary key ("order_id")
) with (fillfactor = 90);
create table if not exists "staging"."sales__shippers" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "shipper_id" smallint,
    "company_name" text,
    "phone" text,
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
create table if not exists "staging"."sales__shippers__sealed" (
    like "staging"."sales__shippers" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."sales__shippers" to dsc_sink;
grant select, insert, update on table "staging"."sales__shippers__sealed" to dsc_sink;
create table if not exists "live"."sales__shippers" (
    "shipper_id" smallint not null,
    "company_name" character varying(40),
    "phone" character varying(24),
    "dsc_deleted" timestamp with time zone,
    primary key ("shipper_id")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_selling') then
        create role "ws_selling" nologin;
    end if;
end
$dsc$;
create schema if not exists "selling" authorization dsc_merge;
grant usage on schema "selling" to "ws_selling";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'tableau') then
        raise notice 'there is no role % yet to be granted %', 'tableau', 'ws_selling';
    elsif not pg_has_role('tableau', 'ws_selling', 'member') then
        grant "ws_selling" to "tableau";
    end if;
end
$dsc$;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'excel_gateway') then
        raise notice 'there is no role % yet to be granted %', 'excel_gateway', 'ws_selling';
    elsif not pg_has_role('excel_gateway', 'ws_selling', 'member') then
        grant "ws_selling" to "excel_gateway";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "selling"."daily__sales__customer_customer_demo" as
    select
        "customer_id",
        "customer_type_id"
    from "live"."sales__customer_customer_demo";
grant select on table "selling"."daily__sales__customer_customer_demo" to "ws_selling";
create or replace view "selling"."daily__sales__customer_demographics" as
    select
        "customer_type_id",
        "customer_desc"
    from "live"."sales__customer_demographics";
grant select on table "selling"."daily__sales__customer_demographics" to "ws_selling";
create or replace view "selling"."daily__sales__customers" as
    select
        "customer_id",
        "company_name",
        "contact_name",
        "contact_title",
        "address",
        "city",
        "region",
        "postal_code",
        "country",
        "phone",
        "fax"
    from "live"."sales__customers";
grant select on table "selling"."daily__sales__customers" to "ws_selling";
create or replace view "selling"."daily__sales__order_details" as
    select
        "order_id",
        "product_id",
        "unit_price",
        "quantity",
        "discount"
    from "live"."sales__order_details";
grant select on table "selling"."daily__sales__order_details" to "ws_selling";
create or replace view "selling"."daily__sales__orders" as
    select
        "order_id",
        "customer_id",
        "employee_id",
        "order_date",
        "required_date",
        "shipped_date",
        "ship_via",
        "freight",
        "ship_name",
        "ship_address",
        "ship_city",
        "ship_region",
        "ship_postal_code",
        "ship_country",
        "promised",
        "changed_at"
    from "live"."sales__orders";
grant select on table "selling"."daily__sales__orders" to "ws_selling";
create or replace view "selling"."daily__sales__shippers" as
    select
        "shipper_id",
        "company_name",
        "phone",
        "dsc_deleted"
    from "live"."sales__shippers";
grant select on table "selling"."daily__sales__shippers" to "ws_selling";
reset role;
