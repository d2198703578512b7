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
create table if not exists "staging"."catalogue__categories" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "category_id" smallint,
    "category_name" character varying(15),
    "description" text,
    "picture" bytea,
    "changed_at" timestamp with time zone,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."catalogue__categories__sealed" (
    like "staging"."catalogue__categories" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."catalogue__categories" (
    "category_id" smallint not null,
    "category_name" character varying(15),
    "description" text,
    "picture" bytea,
    "changed_at" timestamp with time zone,
    primary key ("category_id")
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
create or replace view "selling"."catalogue__catalogue__categories" as
    select
        "category_id",
        "category_name",
        "description",
        "picture",
        "changed_at"
    from "live"."catalogue__categories";
grant select on table "selling"."catalogue__catalogue__categories" to "ws_selling";
reset role;

set role dsc_merge;
create table if not exists "staging"."catalogue__products" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "product_id" smallint,
    "product_name" character varying(40),
    "supplier_id" smallint,
    "category_id" smallint,
    "quantity_per_unit" character varying(20),
    "unit_price" numeric(10,2),
    "units_in_stock" smallint,
    "units_on_order" smallint,
    "reorder_level" smallint,
    "discontinued" boolean,
    "labels" text[],
    "weight" double precision,
    "barcode" bit(12),
    "changed_at" timestamp with time zone,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."catalogue__products__sealed" (
    like "staging"."catalogue__products" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."catalogue__products" (
    "product_id" smallint not null,
    "product_name" character varying(40),
    "supplier_id" smallint,
    "category_id" smallint,
    "quantity_per_unit" character varying(20),
    "unit_price" numeric(10,2),
    "units_in_stock" smallint,
    "units_on_order" smallint,
    "reorder_level" smallint,
    "discontinued" boolean,
    "labels" text[],
    "weight" double precision,
    "barcode" bit(12),
    "changed_at" timestamp with time zone,
    primary key ("product_id")
) with (fillfactor = 90);
create table if not exists "history"."catalogue__products" (
    "product_id" smallint not null,
    "product_name" character varying(40),
    "supplier_id" smallint,
    "category_id" smallint,
    "quantity_per_unit" character varying(20),
    "unit_price" numeric(10,2),
    "units_in_stock" smallint,
    "units_on_order" smallint,
    "reorder_level" smallint,
    "discontinued" boolean,
    "labels" text[],
    "weight" double precision,
    "barcode" bit(12),
    "changed_at" timestamp with time zone,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("product_id", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_mart_builder') then
        create role "ws_mart_builder" nologin;
    end if;
end
$dsc$;
create schema if not exists "mart_builder" authorization dsc_merge;
grant usage on schema "mart_builder" to "ws_mart_builder";
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
create or replace view "mart_builder"."prices__catalogue__products" as
    select
        "product_id",
        "product_name",
        "supplier_id",
        "category_id",
        "quantity_per_unit",
        "unit_price",
        "units_in_stock",
        "units_on_order",
        "reorder_level",
        "discontinued",
        "labels",
        "weight",
        "barcode",
        "changed_at",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."catalogue__products";
grant select on table "mart_builder"."prices__catalogue__products" to "ws_mart_builder";
create or replace view "selling"."products" as
    select
        "product_id",
        "product_name",
        "supplier_id",
        "category_id",
        "quantity_per_unit",
        "unit_price",
        "units_in_stock",
        "units_on_order",
        "reorder_level",
        "discontinued",
        "labels",
        "weight",
        "barcode",
        "changed_at"
    from "live"."catalogue__products";
grant select on table "selling"."products" to "ws_selling";
reset role;

set role dsc_merge;
create table if not exists "staging"."catalogue__suppliers" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "supplier_id" smallint,
    "company_name" character varying(40),
    "contact_name" character varying(30),
    "country" character varying(15),
    "homepage" text,
    "network" cidr,
    "last_edit" timestamp without time zone,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."catalogue__suppliers__sealed" (
    like "staging"."catalogue__suppliers" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."catalogue__suppliers" (
    "supplier_id" smallint not null,
    "company_name" character varying(40),
    "contact_name" character varying(30),
    "country" character varying(15),
    "homepage" text,
    "network" cidr,
    "last_edit" timestamp without time zone,
    primary key ("supplier_id")
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
create or replace view "selling"."catalogue__catalogue__suppliers" as
    select
        "supplier_id",
        "company_name",
        "contact_name",
        "country",
        "homepage",
        "network",
        "last_edit"
    from "live"."catalogue__suppliers";
grant select on table "selling"."catalogue__catalogue__suppliers" to "ws_selling";
reset role;

set role dsc_merge;
create table if not exists "staging"."geography__region" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "region_id" smallint,
    "region_description" character varying(60),
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."geography__region__sealed" (
    like "staging"."geography__region" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."geography__region" (
    "region_id" smallint not null,
    "region_description" character varying(60),
    primary key ("region_id")
) with (fillfactor = 90);
create table if not exists "staging"."geography__territories" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "territory_id" character varying(20),
    "territory_description" character varying(60),
    "region_id" smallint,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."geography__territories__sealed" (
    like "staging"."geography__territories" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."geography__territories" (
    "territory_id" character varying(20) not null,
    "territory_description" character varying(60),
    "region_id" smallint,
    primary key ("territory_id")
) with (fillfactor = 90);
create table if not exists "staging"."geography__us_states" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "state_id" smallint,
    "state_name" character varying(100),
    "state_abbr" character varying(2),
    "state_region" character varying(50),
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."geography__us_states__sealed" (
    like "staging"."geography__us_states" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."geography__us_states" (
    "state_id" smallint not null,
    "state_name" character varying(100),
    "state_abbr" character varying(2),
    "state_region" character varying(50),
    primary key ("state_id")
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
create or replace view "selling"."region" as
    select
        "region_id",
        "region_description"
    from "live"."geography__region";
grant select on table "selling"."region" to "ws_selling";
create or replace view "selling"."catalogue__geography__territories" as
    select
        "territory_id",
        "territory_description",
        "region_id"
    from "live"."geography__territories";
grant select on table "selling"."catalogue__geography__territories" to "ws_selling";
create or replace view "selling"."catalogue__geography__us_states" as
    select
        "state_id",
        "state_name",
        "state_abbr",
        "state_region"
    from "live"."geography__us_states";
grant select on table "selling"."catalogue__geography__us_states" to "ws_selling";
reset role;

set role dsc_merge;
create table if not exists "staging"."mart__customer_value" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "customer_id" character(5),
    "orders" integer,
    "revenue" numeric(18,2),
    "last_order" date,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."mart__customer_value__sealed" (
    like "staging"."mart__customer_value" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."mart__customer_value" (
    "customer_id" character(5) not null,
    "orders" integer,
    "revenue" numeric(18,2),
    "last_order" date,
    primary key ("customer_id")
) with (fillfactor = 90);
create table if not exists "history"."mart__customer_value" (
    "customer_id" character(5) not null,
    "orders" integer,
    "revenue" numeric(18,2),
    "last_order" date,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("customer_id", "dsc_from")
) with (fillfactor = 90);
create table if not exists "staging"."mart__product_month" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "product_id" smallint,
    "month" date,
    "sold" bigint,
    "stars" numeric(3,2),
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."mart__product_month__sealed" (
    like "staging"."mart__product_month" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."mart__product_month" (
    "product_id" smallint not null,
    "month" date not null,
    "sold" bigint,
    "stars" numeric(3,2),
    primary key ("product_id", "month")
) with (fillfactor = 90);
create table if not exists "history"."mart__product_month" (
    "product_id" smallint not null,
    "month" date not null,
    "sold" bigint,
    "stars" numeric(3,2),
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("product_id", "month", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_management') then
        create role "ws_management" nologin;
    end if;
end
$dsc$;
create schema if not exists "management" authorization dsc_merge;
grant usage on schema "management" to "ws_management";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'board') then
        raise notice 'there is no role % yet to be granted %', 'board', 'ws_management';
    elsif not pg_has_role('board', 'ws_management', 'member') then
        grant "ws_management" to "board";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "management"."figures__mart__customer_value" as
    select
        "customer_id",
        "orders",
        "revenue",
        "last_order"
    from "live"."mart__customer_value";
grant select on table "management"."figures__mart__customer_value" to "ws_management";
create or replace view "management"."figures__mart__customer_value_history" as
    select
        "customer_id",
        "orders",
        "revenue",
        "last_order",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."mart__customer_value";
grant select on table "management"."figures__mart__customer_value_history" to "ws_management";
create or replace view "management"."figures__mart__product_month" as
    select
        "product_id",
        "month",
        "sold",
        "stars"
    from "live"."mart__product_month";
grant select on table "management"."figures__mart__product_month" to "ws_management";
create or replace view "management"."figures__mart__product_month_history" as
    select
        "product_id",
        "month",
        "sold",
        "stars",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."mart__product_month";
grant select on table "management"."figures__mart__product_month_history" to "ws_management";
reset role;

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
create table if not exists "staging"."people__employees" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "employee_id" smallint,
    "last_name" text,
    "first_name" text,
    "title" text,
    "birth_date" date,
    "hire_date" date,
    "home_phone" text,
    "photo" bytea,
    "notes" text,
    "reports_to" smallint,
    "badge" uuid,
    "works_from" time without time zone,
    "salary" numeric,
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
create table if not exists "staging"."people__employees__sealed" (
    like "staging"."people__employees" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."people__employees" to dsc_sink;
grant select, insert, update on table "staging"."people__employees__sealed" to dsc_sink;
create table if not exists "history"."people__employees" (
    "employee_id" smallint not null,
    "last_name" character varying(20),
    "first_name" character varying(10),
    "title" character varying(30),
    "birth_date" date,
    "hire_date" date,
    "home_phone" character varying(24),
    "photo" bytea,
    "notes" text,
    "reports_to" smallint,
    "badge" uuid,
    "works_from" time without time zone,
    "salary" numeric(12,2),
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("employee_id", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_audit') then
        create role "ws_audit" nologin;
    end if;
end
$dsc$;
create schema if not exists "audit" authorization dsc_merge;
grant usage on schema "audit" to "ws_audit";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'auditor') then
        raise notice 'there is no role % yet to be granted %', 'auditor', 'ws_audit';
    elsif not pg_has_role('auditor', 'ws_audit', 'member') then
        grant "ws_audit" to "auditor";
    end if;
end
$dsc$;
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
create or replace view "audit"."books__people__employees" as
    select
        "employee_id",
        "last_name",
        "first_name",
        "title",
        "birth_date",
        "hire_date",
        "home_phone",
        "photo",
        "notes",
        "reports_to",
        "badge",
        "works_from",
        "salary",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."people__employees";
grant select on table "audit"."books__people__employees" to "ws_audit";
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
create table if not exists "history"."sales__order_details" (
    "order_id" smallint not null,
    "product_id" smallint not null,
    "unit_price" numeric(10,2),
    "quantity" smallint,
    "discount" real,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("order_id", "product_id", "dsc_from")
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
create table if not exists "history"."sales__orders" (
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
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("order_id", "dsc_from")
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
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_audit') then
        create role "ws_audit" nologin;
    end if;
end
$dsc$;
create schema if not exists "audit" authorization dsc_merge;
grant usage on schema "audit" to "ws_audit";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'auditor') then
        raise notice 'there is no role % yet to be granted %', 'auditor', 'ws_audit';
    elsif not pg_has_role('auditor', 'ws_audit', 'member') then
        grant "ws_audit" to "auditor";
    end if;
end
$dsc$;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_mart_builder') then
        create role "ws_mart_builder" nologin;
    end if;
end
$dsc$;
create schema if not exists "mart_builder" authorization dsc_merge;
grant usage on schema "mart_builder" to "ws_mart_builder";
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
create or replace view "audit"."books__sales__order_details" as
    select
        "order_id",
        "product_id",
        "unit_price",
        "quantity",
        "discount",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."sales__order_details";
grant select on table "audit"."books__sales__order_details" to "ws_audit";
create or replace view "mart_builder"."inputs__sales__order_details" as
    select
        "order_id",
        "product_id",
        "unit_price",
        "quantity",
        "discount"
    from "live"."sales__order_details";
grant select on table "mart_builder"."inputs__sales__order_details" to "ws_mart_builder";
create or replace view "mart_builder"."inputs__sales__order_details_history" as
    select
        "order_id",
        "product_id",
        "unit_price",
        "quantity",
        "discount",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."sales__order_details";
grant select on table "mart_builder"."inputs__sales__order_details_history" to "ws_mart_builder";
create or replace view "selling"."daily__sales__order_details" as
    select
        "order_id",
        "product_id",
        "unit_price",
        "quantity",
        "discount"
    from "live"."sales__order_details";
grant select on table "selling"."daily__sales__order_details" to "ws_selling";
create or replace view "audit"."books__sales__orders" as
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
        "changed_at",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."sales__orders";
grant select on table "audit"."books__sales__orders" to "ws_audit";
create or replace view "mart_builder"."inputs__sales__orders" as
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
grant select on table "mart_builder"."inputs__sales__orders" to "ws_mart_builder";
create or replace view "mart_builder"."inputs__sales__orders_history" as
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
        "changed_at",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."sales__orders";
grant select on table "mart_builder"."inputs__sales__orders_history" to "ws_mart_builder";
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

set role dsc_merge;
create table if not exists "staging"."treasury__payment" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "book" character varying(12),
    "payment_no" bigint,
    "order_id" smallint,
    "amount" numeric(14,2),
    "currency" character(3),
    "paid_at" timestamp with time zone,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."treasury__payment__sealed" (
    like "staging"."treasury__payment" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "history"."treasury__payment" (
    "book" character varying(12) not null,
    "payment_no" bigint not null,
    "order_id" smallint,
    "amount" numeric(14,2),
    "currency" character(3),
    "paid_at" timestamp with time zone,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("book", "payment_no", "dsc_from")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_audit') then
        create role "ws_audit" nologin;
    end if;
end
$dsc$;
create schema if not exists "audit" authorization dsc_merge;
grant usage on schema "audit" to "ws_audit";
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'auditor') then
        raise notice 'there is no role % yet to be granted %', 'auditor', 'ws_audit';
    elsif not pg_has_role('auditor', 'ws_audit', 'member') then
        grant "ws_audit" to "auditor";
    end if;
end
$dsc$;
set role dsc_merge;
create or replace view "audit"."books__treasury__payment" as
    select
        "book",
        "payment_no",
        "order_id",
        "amount",
        "currency",
        "paid_at",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."treasury__payment";
grant select on table "audit"."books__treasury__payment" to "ws_audit";
reset role;

set role dsc_merge;
create table if not exists "staging"."webshop__transaction" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "status" text,
    "id" text,
    "event_count" bigint,
    "ts_ms" bigint,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."webshop__transaction" to dsc_sink;
create table if not exists "staging"."webshop__notification" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "payload" text,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."webshop__notification" to dsc_sink;
create table if not exists "staging"."webshop__cart" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "cart_id" uuid,
    "customer_id" text,
    "opened_at" timestamp with time zone,
    "paid_at" timestamp with time zone,
    "device" text,
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
create table if not exists "staging"."webshop__cart__sealed" (
    like "staging"."webshop__cart" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."webshop__cart" to dsc_sink;
grant select, insert, update on table "staging"."webshop__cart__sealed" to dsc_sink;
create table if not exists "live"."webshop__cart" (
    "cart_id" uuid not null,
    "customer_id" character(5),
    "opened_at" timestamp with time zone,
    "paid_at" timestamp with time zone,
    "device" jsonb,
    primary key ("cart_id")
) with (fillfactor = 90);
create table if not exists "staging"."webshop__cart_item" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "cart_id" uuid,
    "line" integer,
    "product_id" smallint,
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
create table if not exists "staging"."webshop__cart_item__sealed" (
    like "staging"."webshop__cart_item" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."webshop__cart_item" to dsc_sink;
grant select, insert, update on table "staging"."webshop__cart_item__sealed" to dsc_sink;
create table if not exists "live"."webshop__cart_item" (
    "cart_id" uuid not null,
    "line" integer not null,
    "product_id" smallint,
    "quantity" integer,
    "price" numeric(10,2),
    primary key ("cart_id", "line")
) with (fillfactor = 90);
create table if not exists "staging"."webshop__review" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "review_id" bigint,
    "product_id" smallint,
    "stars" smallint,
    "body" text,
    "written_on" date,
    "written_from" text,
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
create table if not exists "staging"."webshop__review__sealed" (
    like "staging"."webshop__review" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."webshop__review" to dsc_sink;
grant select, insert, update on table "staging"."webshop__review__sealed" to dsc_sink;
create table if not exists "live"."webshop__review" (
    "review_id" bigint not null,
    "product_id" smallint,
    "stars" smallint,
    "body" text,
    "written_on" date,
    "written_from" inet,
    primary key ("review_id")
) with (fillfactor = 90);
reset role;
do $dsc$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_mart_builder') then
        create role "ws_mart_builder" nologin;
    end if;
end
$dsc$;
create schema if not exists "mart_builder" authorization dsc_merge;
grant usage on schema "mart_builder" to "ws_mart_builder";
set role dsc_merge;
create or replace view "mart_builder"."behaviour__webshop__cart" as
    select
        "cart_id",
        "customer_id",
        "opened_at",
        "paid_at",
        "device"
    from "live"."webshop__cart";
grant select on table "mart_builder"."behaviour__webshop__cart" to "ws_mart_builder";
create or replace view "mart_builder"."behaviour__webshop__cart_item" as
    select
        "cart_id",
        "line",
        "product_id",
        "quantity",
        "price"
    from "live"."webshop__cart_item";
grant select on table "mart_builder"."behaviour__webshop__cart_item" to "ws_mart_builder";
create or replace view "mart_builder"."behaviour__webshop__review" as
    select
        "review_id",
        "product_id",
        "stars",
        "body",
        "written_on",
        "written_from"
    from "live"."webshop__review";
grant select on table "mart_builder"."behaviour__webshop__review" to "ws_mart_builder";
reset role;
