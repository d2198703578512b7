
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
