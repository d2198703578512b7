
select format('create role %I login', :'dsc_role')
where not exists (select from pg_catalog.pg_roles where rolname = :'dsc_role')
\gexec
