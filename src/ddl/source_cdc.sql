
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
