-- Prepares warehouse_db to be read by dsc:
--     store catalogue, by platform seattle
--     store geography, by platform seattle
--
-- To be run with psql by a superuser, on PostgreSQL 14 or later, and again whenever
-- datasets were added: what is there already stays. Its variables are the user names
-- in the credentials; a role that does not exist is created without a password: set
-- one with \password. pg_hba.conf must let it in.
--     psql -v warehouse_reader=ROLE -f THIS_FILE warehouse

\set ON_ERROR_STOP on

\if :{?warehouse_reader}
\else
do $dsc$ begin raise exception using message = 'the variable warehouse_reader is not set', hint = 'Say psql -v warehouse_reader=ROLE, with the user name of credential warehouse_reader.'; end $dsc$;
\endif

do $dsc$
begin
    if current_database() <> 'warehouse' then
        raise exception 'this script is for database %, and this is %', 'warehouse', current_database();
    end if;
end
$dsc$;

\encoding UTF8
set client_min_messages = warning;
-- What waits for a lock makes others wait behind it: better to stop, and to run this again.
set lock_timeout = '5s';

-- Store catalogue, by platform seattle.
\set dsc_role :warehouse_reader

do $dsc$
declare
    problems text;
begin
    select string_agg(format('%I.%I %s', wanted.schema, wanted.name, case
        when found.oid is null then 'does not exist'
        else 'has neither a primary key nor a replica identity'
    end), ', ') into problems
    from (values
        ('catalogue', 'categories', false),
        ('catalogue', 'products', false),
        ('catalogue', 'vendors', false)
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

grant usage on schema "catalogue" to :"dsc_role";

grant select on table "catalogue"."categories" to :"dsc_role";

grant select on table "catalogue"."products" to :"dsc_role";

grant select on table "catalogue"."vendors" to :"dsc_role";

-- Store geography, by platform seattle.
\set dsc_role :warehouse_reader

do $dsc$
declare
    problems text;
begin
    select string_agg(format('%I.%I %s', wanted.schema, wanted.name, case
        when found.oid is null then 'does not exist'
        else 'has neither a primary key nor a replica identity'
    end), ', ') into problems
    from (values
        ('geo', 'region', false),
        ('geo', 'territories', false),
        ('geo', 'us_states', false)
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

grant usage on schema "geo" to :"dsc_role";

grant select on table "geo"."region" to :"dsc_role";

grant select on table "geo"."territories" to :"dsc_role";

grant select on table "geo"."us_states" to :"dsc_role";
