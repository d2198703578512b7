# shellcheck shell=bash
# Run once by the image's own script, when the database is first made: the roles of the platform, and
# Airflow's own database. psql reads names and passwords from the mounted secrets; they appear nowhere
# else.
psql --no-psqlrc --set ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" \
    --dbname "$POSTGRES_DB" <<'SQL'
\set merge_user `cat "$ROLES"/merge/username`
\set merge_password `cat "$ROLES"/merge/password`
\set sink_user `cat "$ROLES"/sink/username`
\set sink_password `cat "$ROLES"/sink/password`
\set airflow_user `cat "$ROLES"/airflow/username`
\set airflow_password `cat "$ROLES"/airflow/password`

-- One credential may serve several purposes.
SELECT DISTINCT ON (name) format('CREATE ROLE %I LOGIN PASSWORD %L', name, password)
FROM (VALUES (1, :'merge_user', :'merge_password'),
             (2, :'sink_user', :'sink_password'),
             (3, :'airflow_user', :'airflow_password')) AS login (place, name, password)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
ORDER BY name, place
\gexec

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['dsc_merge', 'dsc_sink']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- `dsc-merge schema apply` makes the roles of workspaces, and gives its tables to dsc_merge.
ALTER ROLE :"merge_user" CREATEROLE;
SELECT format('GRANT %I TO %I WITH ADMIN OPTION', name, :'merge_user')
FROM unnest(ARRAY['dsc_merge', 'dsc_sink']) AS name
WHERE name <> :'merge_user'
\gexec
SELECT format('GRANT dsc_sink TO %I', :'sink_user')
WHERE :'sink_user' NOT IN (:'merge_user', 'dsc_sink')
\gexec

SELECT format('ALTER DATABASE %I OWNER TO %I', current_database(), :'merge_user')
\gexec
SELECT format('CREATE DATABASE airflow OWNER %I', :'airflow_user')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'airflow')
\gexec

-- Beside the merged data, not among them: their owner dumps and restores these.
\connect postgres
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL
