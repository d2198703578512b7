set role dsc_merge;
create table if not exists "staging"."erp__rate" (
    "dsc_run" bigint not null,
    "dsc_row" bigint not null,
    "currency" character(3),
    "day" date,
    "value" numeric,
    primary key ("dsc_run", "dsc_row")
);
create table if not exists "staging"."erp__rate__sealed" (
    like "staging"."erp__rate" including all
) with (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table if not exists "live"."erp__rate" (
    "currency" character(3) not null,
    "day" date not null,
    "value" numeric,
    primary key ("currency", "day")
) with (fillfactor = 90);
reset role;
set role dsc_merge;
reset role;
