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
