# A throwaway PostgreSQL server of the newest version installed. To be sourced, by bash. Unlike
# pg_virtualenv it opens no port, so that any number can start at the same time, and writes nothing
# outside its folder.
# shellcheck shell=bash

# Runs a command as somebody who is not root, whom PostgreSQL refuses.
postgres_as() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# postgres_start FOLDER: an empty folder of one's own; libpq's environment then leads to the server,
# as its superuser. Whoever starts it stops it.
postgres_start() {
    local folder=$1
    postgres_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    postgres_data=$folder/data
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres: "$folder"
    fi
    cd "$folder" || return 1
    postgres_as "$postgres_bin/initdb" --auth=trust --username=postgres --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync --pgdata="$postgres_data" >"$folder/initdb.log" 2>&1 ||
        { cat "$folder/initdb.log"; return 1; }
    cat >>"$postgres_data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$folder'
wal_level = logical
fsync = off
SETTINGS
    postgres_as "$postgres_bin/pg_ctl" start --wait --silent --pgdata="$postgres_data" \
        --log="$folder/server.log" </dev/null || { cat "$folder/server.log"; return 1; }
    unset PGHOSTADDR PGSERVICE PGPASSWORD PGOPTIONS
    export PGHOST=$folder PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
}

postgres_stop() {
    postgres_as "$postgres_bin/pg_ctl" stop --wait --silent --mode=immediate \
        --pgdata="$postgres_data"
}
