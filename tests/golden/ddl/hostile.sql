set role dsc_merge;
create table if not exists "staging"."odd__transaction" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "status" text,
    "id" text,
    "event_count" bigint,
    "ts_ms" bigint,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."odd__transaction" to dsc_sink;
create table if not exists "staging"."odd__notification" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "payload" text,
    primary key ("__connect_topic", "__connect_partition", "__connect_offset")
);
grant select, insert, update on table "staging"."odd__notification" to dsc_sink;
create table if not exists "staging"."odd__heartbeat" (
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
grant select, insert, update on table "staging"."odd__heartbeat" to dsc_sink;
create table if not exists "staging"."odd__signal" (
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
grant select, insert, update on table "staging"."odd__signal" to dsc_sink;
create table if not exists "staging"."odd__names" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "Select" text,
    "from" text,
    "we""ird" text,
    "it's" text,
    "back\slash" text,
    "naïve ☃ 😀" text,
    "$dsc$" text,
    "$dsc$; drop schema live cascade; --" text,
    ":name" text,
    "-- x" text,
    "a
b" text,
    "valid_from" text,
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃" text,
    " " bigint,
    "%I %s" integer,
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
create table if not exists "staging"."odd__names__sealed" (
    like "staging"."odd__names" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."odd__names" to dsc_sink;
grant select, insert, update on table "staging"."odd__names__sealed" to dsc_sink;
create table if not exists "live"."Odd__xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃" (
    "Select" text,
    "from" text,
    "we""ird" text,
    "it's" text,
    "back\slash" text,
    "naïve ☃ 😀" text,
    "$dsc$" text,
    "$dsc$; drop schema live cascade; --" text,
    ":name" text,
    "-- x" text,
    "a
b" text,
    "valid_from" text,
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃" text,
    " " bigint not null,
    "%I %s" integer not null,
    "dsc_deleted" timestamp with time zone,
    primary key ("%I %s", " ")
) with (fillfactor = 90);
create table if not exists "history"."odd__""names"" $dsc$" (
    "Select" text,
    "from" text,
    "we""ird" text,
    "it's" text,
    "back\slash" text,
    "naïve ☃ 😀" text,
    "$dsc$" text,
    "$dsc$; drop schema live cascade; --" text,
    ":name" text,
    "-- x" text,
    "a
b" text,
    "valid_from" text,
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃" text,
    " " bigint not null,
    "%I %s" integer not null,
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone,
    primary key ("%I %s", " ", "dsc_from")
) with (fillfactor = 90);
create table if not exists "staging"."odd__types" (
    "__connect_topic" text not null,
    "__connect_partition" integer not null,
    "__connect_offset" bigint not null,
    "c0" boolean,
    "c1" smallint,
    "c2" integer,
    "c3" bigint,
    "c4" numeric,
    "c5" numeric(18,4),
    "c6" real,
    "c7" double precision,
    "c8" character(5),
    "c9" character varying(120),
    "c10" character varying,
    "c11" text,
    "c12" bytea,
    "c13" bit(3),
    "c14" bit varying,
    "c15" bit varying(9),
    "c16" date,
    "c17" time without time zone,
    "c18" time(3) without time zone,
    "c19" time with time zone,
    "c20" timestamp without time zone,
    "c21" timestamp(3) without time zone,
    "c22" timestamp with time zone,
    "c23" timestamp(0) with time zone,
    "c24" text,
    "c25" uuid,
    "c26" text,
    "c27" text,
    "c28" xml,
    "c29" text,
    "c30" text,
    "c31" text,
    "c32" numeric,
    "c33" text[],
    "c34" integer[],
    "c35" bigint[],
    "c36" uuid[],
    "c37" jsonb[],
    "c38" boolean[],
    "c39" numeric(10,2)[],
    "__before_c0" boolean,
    "__before_c1" smallint,
    "__before_c2" integer,
    "__before_c3" bigint,
    "__before_c4" numeric,
    "__before_c5" numeric(18,4),
    "__before_c6" real,
    "__before_c7" double precision,
    "__before_c8" character(5),
    "__before_c9" character varying(120),
    "__before_c10" character varying,
    "__before_c11" text,
    "__before_c12" bytea,
    "__before_c13" bit(3),
    "__before_c14" bit varying,
    "__before_c15" bit varying(9),
    "__before_c16" date,
    "__before_c17" time without time zone,
    "__before_c18" time(3) without time zone,
    "__before_c19" time with time zone,
    "__before_c20" timestamp without time zone,
    "__before_c21" timestamp(3) without time zone,
    "__before_c22" timestamp with time zone,
    "__before_c23" timestamp(0) with time zone,
    "__before_c24" text,
    "__before_c25" uuid,
    "__before_c26" text,
    "__before_c27" text,
    "__before_c28" xml,
    "__before_c29" text,
    "__before_c30" text,
    "__before_c31" text,
    "__before_c32" numeric,
    "__before_c33" text[],
    "__before_c34" integer[],
    "__before_c35" bigint[],
    "__before_c36" uuid[],
    "__before_c37" jsonb[],
    "__before_c38" boolean[],
    "__before_c39" numeric(10,2)[],
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
create table if not exists "staging"."odd__types__sealed" (
    like "staging"."odd__types" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
grant select, insert, update on table "staging"."odd__types" to dsc_sink;
grant select, insert, update on table "staging"."odd__types__sealed" to dsc_sink;
create table if not exists "live"."odd__types" (
    "c0" boolean,
    "c1" smallint,
    "c2" integer,
    "c3" bigint,
    "c4" numeric,
    "c5" numeric(18,4),
    "c6" real,
    "c7" double precision,
    "c8" character(5),
    "c9" character varying(120),
    "c10" character varying,
    "c11" text,
    "c12" bytea,
    "c13" bit(3),
    "c14" bit varying,
    "c15" bit varying(9),
    "c16" date,
    "c17" time without time zone,
    "c18" time(3) without time zone,
    "c19" time with time zone,
    "c20" timestamp without time zone,
    "c21" timestamp(3) without time zone,
    "c22" timestamp with time zone,
    "c23" timestamp(0) with time zone,
    "c24" interval,
    "c25" uuid,
    "c26" json,
    "c27" jsonb,
    "c28" xml,
    "c29" inet,
    "c30" cidr,
    "c31" macaddr,
    "c32" money,
    "c33" text[],
    "c34" integer[],
    "c35" bigint[],
    "c36" uuid[],
    "c37" jsonb[],
    "c38" boolean[],
    "c39" numeric(10,2)[]
) with (fillfactor = 90);
create table if not exists "history"."odd__types" (
    "c0" boolean,
    "c1" smallint,
    "c2" integer,
    "c3" bigint,
    "c4" numeric,
    "c5" numeric(18,4),
    "c6" real,
    "c7" double precision,
    "c8" character(5),
    "c9" character varying(120),
    "c10" character varying,
    "c11" text,
    "c12" bytea,
    "c13" bit(3),
    "c14" bit varying,
    "c15" bit varying(9),
    "c16" date,
    "c17" time without time zone,
    "c18" time(3) without time zone,
    "c19" time with time zone,
    "c20" timestamp without time zone,
    "c21" timestamp(3) without time zone,
    "c22" timestamp with time zone,
    "c23" timestamp(0) with time zone,
    "c24" interval,
    "c25" uuid,
    "c26" json,
    "c27" jsonb,
    "c28" xml,
    "c29" inet,
    "c30" cidr,
    "c31" macaddr,
    "c32" money,
    "c33" text[],
    "c34" integer[],
    "c35" bigint[],
    "c36" uuid[],
    "c37" jsonb[],
    "c38" boolean[],
    "c39" numeric(10,2)[],
    "dsc_from" bigint not null,
    "dsc_until" bigint,
    "dsc_valid_from" timestamp with time zone,
    "dsc_valid_to" timestamp with time zone
) with (fillfactor = 90);
reset role;
do $dsc_$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'ws_Work "space" $dsc$ ''☃''') then
        create role "ws_Work ""space"" $dsc$ '☃'" nologin;
    end if;
end
$dsc_$;
create schema if not exists "Work ""space"" $dsc$ '☃'" authorization dsc_merge;
grant usage on schema "Work ""space"" $dsc$ '☃'" to "ws_Work ""space"" $dsc$ '☃'";
do $dsc_$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'tableau') then
        raise notice 'there is no role % yet to be granted %', 'tableau', 'ws_Work "space" $dsc$ ''☃''';
    elsif not pg_has_role('tableau', 'ws_Work "space" $dsc$ ''☃''', 'member') then
        grant "ws_Work ""space"" $dsc$ '☃'" to "tableau";
    end if;
end
$dsc_$;
do $dsc_$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = E'Some "One" $dsc$ it''s \\ ☃') then
        raise notice 'there is no role % yet to be granted %', E'Some "One" $dsc$ it''s \\ ☃', 'ws_Work "space" $dsc$ ''☃''';
    elsif not pg_has_role(E'Some "One" $dsc$ it''s \\ ☃', 'ws_Work "space" $dsc$ ''☃''', 'member') then
        grant "ws_Work ""space"" $dsc$ '☃'" to "Some ""One"" $dsc$ it's \ ☃";
    end if;
end
$dsc_$;
set role dsc_merge;
create or replace view "Work ""space"" $dsc$ '☃'"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃" as
    select
        "Select",
        "from",
        "we""ird",
        "it's",
        "back\slash",
        "naïve ☃ 😀",
        "$dsc$",
        "$dsc$; drop schema live cascade; --",
        ":name",
        "-- x",
        "a
b",
        "valid_from",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃",
        " ",
        "%I %s",
        "dsc_deleted"
    from "live"."Odd__xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃";
grant select on table "Work ""space"" $dsc$ '☃'"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃" to "ws_Work ""space"" $dsc$ '☃'";
create or replace view "Work ""space"" $dsc$ '☃'"."hi""story" as
    select
        "Select",
        "from",
        "we""ird",
        "it's",
        "back\slash",
        "naïve ☃ 😀",
        "$dsc$",
        "$dsc$; drop schema live cascade; --",
        ":name",
        "-- x",
        "a
b",
        "valid_from",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃",
        " ",
        "%I %s",
        "dsc_valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."odd__""names"" $dsc$";
grant select on table "Work ""space"" $dsc$ '☃'"."hi""story" to "ws_Work ""space"" $dsc$ '☃'";
create or replace view "Work ""space"" $dsc$ '☃'"."order" as
    select
        "Select",
        "from",
        "we""ird",
        "it's",
        "back\slash",
        "naïve ☃ 😀",
        "$dsc$",
        "$dsc$; drop schema live cascade; --",
        ":name",
        "-- x",
        "a
b",
        "valid_from",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃",
        " ",
        "%I %s",
        "dsc_deleted"
    from "live"."Odd__xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx☃";
grant select on table "Work ""space"" $dsc$ '☃'"."order" to "ws_Work ""space"" $dsc$ '☃'";
create or replace view "Work ""space"" $dsc$ '☃'"."Types" as
    select
        "c0",
        "c1",
        "c2",
        "c3",
        "c4",
        "c5",
        "c6",
        "c7",
        "c8",
        "c9",
        "c10",
        "c11",
        "c12",
        "c13",
        "c14",
        "c15",
        "c16",
        "c17",
        "c18",
        "c19",
        "c20",
        "c21",
        "c22",
        "c23",
        "c24",
        "c25",
        "c26",
        "c27",
        "c28",
        "c29",
        "c30",
        "c31",
        "c32",
        "c33",
        "c34",
        "c35",
        "c36",
        "c37",
        "c38",
        "c39",
        "dsc_valid_from" as "valid_from",
        "dsc_valid_to" as "valid_to"
    from "history"."odd__types";
grant select on table "Work ""space"" $dsc$ '☃'"."Types" to "ws_Work ""space"" $dsc$ '☃'";
create or replace view "Work ""space"" $dsc$ '☃'"."types" as
    select
        "c0",
        "c1",
        "c2",
        "c3",
        "c4",
        "c5",
        "c6",
        "c7",
        "c8",
        "c9",
        "c10",
        "c11",
        "c12",
        "c13",
        "c14",
        "c15",
        "c16",
        "c17",
        "c18",
        "c19",
        "c20",
        "c21",
        "c22",
        "c23",
        "c24",
        "c25",
        "c26",
        "c27",
        "c28",
        "c29",
        "c30",
        "c31",
        "c32",
        "c33",
        "c34",
        "c35",
        "c36",
        "c37",
        "c38",
        "c39"
    from "live"."odd__types";
grant select on table "Work ""space"" $dsc$ '☃'"."types" to "ws_Work ""space"" $dsc$ '☃'";
reset role;
