-- Prepares ledger_db to be read by dsc:
--     store treasury, by platform seattle
--
-- To be run with psql by a superuser, on PostgreSQL 14 or later, and again whenever
-- datasets were added: what is there already stays. Its variables are the user names
-- in the credentials; a role that does not exist is created without a password: set
-- one with \password. pg_hba.conf must let it in.
--     psql -v ledger_reader=ROLE -f THIS_FILE ledger

\set ON_ERROR_STOP on

\if :{?ledger_reader}
\else
do $dsc$ begin raise exception using message = 'the variable ledger_reader is not set', hint = 'Say psql -v ledger_reader=ROLE, with the user name of credential ledger_reader.'; end $dsc$;
\endif

do $dsc$
begin
    if current_database() <> 'ledger' then
        raise exception 'this script is for database %, and this is %', 'ledger', current_database();
    end if;
end
$dsc$;

\encoding UTF8
set client_min_messages = warning;
-- What waits for a lock makes others wait behind it: better to stop, and to run this again.
set lock_timeout = '5s';

-- Store treasury, by platform seattle.
\set dsc_role :ledger_reader

select format('create role %I login', :'dsc_role')
where not exists (select from pg_catalog.pg_roles where rolname = :'dsc_role')
\gexec
