#include "dsc/pg.h"

#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pg {
    PGconn *connection;

    const char *where; /* for messages */

    enum pg_failure failure; /* of the last call */

    char sqlstate[6];
};

/* First match wins: states of five characters stand before their class of two. */
static const struct {
    const char *state;

    enum pg_failure failure;
} states[] = {
    {"40001", PG_CONFLICT},   {"40P01", PG_CONFLICT},   {"55P03", PG_LOCKED},
    {"57014", PG_TIMEOUT},    {"57P01", PG_CONNECTION}, {"57P02", PG_CONNECTION},
    {"57P03", PG_CONNECTION}, {"57P05", PG_CONNECTION}, {"25P03", PG_CONNECTION},
    {"42501", PG_PERMISSION}, {"28", PG_PERMISSION},    {"42P01", PG_MISSING},
    {"42703", PG_MISSING},    {"42883", PG_MISSING},    {"3F000", PG_MISSING},
    {"42704", PG_MISSING},    {"3D000", PG_MISSING},    {"08", PG_CONNECTION},
    {"22", PG_DATA},          {"23", PG_DATA},          {"53", PG_RESOURCES},
};

static const char *const advice[] = {
    [PG_CONNECTION] = "see that the server runs and can be reached; then run this again",
    [PG_CONFLICT] = "run this again",
    [PG_LOCKED] =
        "something else holds the lock (pg_stat_activity shows what): run this again later",
    [PG_TIMEOUT] = "it took longer than allowed, or someone cancelled it: run this again",
    [PG_PERMISSION] = "check the credential, and that its user was granted dsc_merge",
    [PG_MISSING] =
        "run `dsc-merge schema apply`, and see that nothing of dsc's was dropped or renamed",
    [PG_DATA] = "mend the value, or the model's type, and run this again",
    [PG_RESOURCES] = "give the server room (disk, memory, connections); then run this again",
};

enum pg_failure pg_classify(const char *sqlstate)
{
    for (size_t i = 0; i < COUNT(states); i++) {
        if (strncmp(sqlstate, states[i].state, strlen(states[i].state)) == 0)
            return states[i].failure;
    }
    return PG_OTHER;
}

/* The server's words, or libpq's, on one line. */
static void put_message(struct buf *out, const PGconn *connection, const PGresult *result)
{
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *detail = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL) : NULL;
    const char *hint = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_HINT) : NULL;
    const char *text = primary ? primary : PQerrorMessage(connection);

    buf_puts(out, text);
    while (out->len && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
    if (detail)
        buf_printf(out, " (%s)", detail);
    if (hint)
        buf_printf(out, ". %s", hint);
    for (size_t i = 0; i < out->len; i++) {
        if (out->data[i] == '\n' || out->data[i] == '\t')
            out->data[i] = ' ';
    }
}

static bool fail(struct pg *pg, const char *doing, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    bool lost = PQstatus(pg->connection) != CONNECTION_OK;
    struct buf text = {0};

    snprintf(pg->sqlstate, sizeof(pg->sqlstate), "%s", state ? state : "");
    pg->failure = state ? pg_classify(state) : lost ? PG_CONNECTION : PG_OTHER;
    put_message(&text, pg->connection, result);
    if (state)
        buf_printf(&text, " [%s]", state);
    if (pg->failure < COUNT(advice) && advice[pg->failure])
        buf_printf(&text, "; %s", advice[pg->failure]);
    env_error("%s, in %s: %s", doing, pg->where, text.data);
    buf_free(&text);
    return false;
}

/* Shows what a statement has to say, but for tables and schemas that IF NOT EXISTS found. */
static void note(void *unused, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    (void)unused;
    if (!state || strncmp(state, "42P0", 4) != 0)
        env_error("%s", PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}

/* What must not depend on the server's or the role's settings. TCP's own keepalives, set when
 * connecting, find a dead server; these let the server find a dead client. */
static const char session[] = "set client_encoding = 'UTF8';"
                              "set timezone = 'UTC';"
                              "set datestyle = 'ISO, YMD';"
                              "set intervalstyle = 'iso_8601';"
                              "set bytea_output = 'hex';"
                              "set extra_float_digits = 1;"
                              "set standard_conforming_strings = on;"
                              "set search_path = pg_catalog, public;"
                              "set client_connection_check_interval = '10s';"
                              "set idle_in_transaction_session_timeout = '1min';"
                              "set lock_timeout = '10s';"
                              "set jit = off";

/* In libpq a later keyword wins over a part of the connection string given as dbname. */
static PGconn *open_connection(const struct pg_address *address)
{
    const char *keywords[24], *values[24];
    size_t n = 0;
    const struct {
        const char *keyword, *value;
    } all[] = {
        {"dbname", address->dsn},        {"fallback_application_name", address->application},
        {"connect_timeout", "10"},       {"keepalives_idle", "10"},
        {"keepalives_interval", "5"},    {"keepalives_count", "3"},
        {"tcp_user_timeout", "30000"},   {"host", address->host},
        {"port", address->port},         {"user", address->user},
        {"password", address->password}, {"sslmode", address->tls},
        {"sslrootcert", address->ca},    {"sslcert", address->certificate},
        {"sslkey", address->key},        {address->dsn ? NULL : "dbname", address->database},
    };

    for (size_t i = 0; i < COUNT(all); i++) {
        if (!all[i].keyword || !all[i].value)
            continue;
        keywords[n] = all[i].keyword;
        values[n++] = all[i].value;
    }
    keywords[n] = values[n] = NULL;
    return PQconnectdbParams(keywords, values, 1);
}

struct pg *pg_connect(struct arena *arena, const struct pg_address *address, const char *doing)
{
    struct pg *pg = ARENA_NEW(arena, struct pg);
    const char *host;

    pg->connection = open_connection(address);
    if (!pg->connection)
        fatal("out of memory");
    host = PQhost(pg->connection);
    pg->where = arena_printf(arena, "database %s on %s:%s", PQdb(pg->connection),
                             host && *host ? host : "localhost", PQport(pg->connection));
    if (PQstatus(pg->connection) != CONNECTION_OK) {
        fail(pg, doing, NULL);
        PQfinish(pg->connection);
        return NULL;
    }
    PQsetNoticeReceiver(pg->connection, note, NULL);
    if (!pg_exec(pg, doing, session)) {
        PQfinish(pg->connection);
        return NULL;
    }
    return pg;
}

void pg_close(struct pg *pg)
{
    if (pg)
        PQfinish(pg->connection);
}

enum pg_failure pg_failure(const struct pg *pg)
{
    return pg->failure;
}

const char *pg_sqlstate(const struct pg *pg)
{
    return pg->sqlstate;
}

int pg_server_version(const struct pg *pg)
{
    return PQserverVersion(pg->connection);
}

const char *pg_where(const struct pg *pg)
{
    return pg->where;
}

static bool succeeded(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

static PGresult *check(struct pg *pg, const char *doing, PGresult *result)
{
    pg->failure = PG_NO_FAILURE;
    pg->sqlstate[0] = '\0';
    if (succeeded(result))
        return result;
    fail(pg, doing, result);
    PQclear(result);
    return NULL;
}

bool pg_exec(struct pg *pg, const char *doing, const char *sql)
{
    PGresult *result = check(pg, doing, PQexec(pg->connection, sql));

    PQclear(result);
    return result != NULL;
}

struct pg_result *pg_query(struct pg *pg, const char *doing, const char *sql, size_t n,
                           const char *const *parameters)
{
    return check(pg, doing,
                 PQexecParams(pg->connection, sql, (int)n, NULL, parameters, NULL, NULL, 0));
}

void pg_clear(struct pg_result *result)
{
    PQclear(result);
}

size_t pg_rows(const struct pg_result *result)
{
    return (size_t)PQntuples(result);
}

const char *pg_value(const struct pg_result *result, size_t row, size_t column)
{
    if (PQgetisnull(result, (int)row, (int)column))
        return NULL;
    return PQgetvalue(result, (int)row, (int)column);
}

int64_t pg_number(const struct pg_result *result, size_t row, size_t column)
{
    const char *value = pg_value(result, row, column);

    return value ? strtoll(value, NULL, 10) : 0;
}

bool pg_true(const struct pg_result *result, size_t row, size_t column)
{
    const char *value = pg_value(result, row, column);

    return value && value[0] == 't';
}

int64_t pg_affected(const struct pg_result *result)
{
    /* libpq asks for a result that is not const, and only reads it. */
    return strtoll(PQcmdTuples((PGresult *)(uintptr_t)result), NULL, 10);
}

bool pg_run(struct pg *pg, const char *doing, const char *sql, size_t n,
            const char *const *parameters, int64_t *affected)
{
    struct pg_result *result = pg_query(pg, doing, sql, n, parameters);

    if (result && affected)
        *affected = pg_affected(result);
    pg_clear(result);
    return result != NULL;
}

enum pg_outcome pg_commit(struct pg *pg, const char *doing)
{
    struct pg_result *result = pg_query(pg, doing, "commit", 0, NULL);
    bool committed = result && strcmp(PQcmdStatus(result), "COMMIT") == 0;

    pg_clear(result);
    if (committed)
        return PG_COMMITTED;
    return PQstatus(pg->connection) == CONNECTION_OK ? PG_NOT_COMMITTED : PG_UNKNOWN;
}

void pg_rollback(struct pg *pg)
{
    if (PQstatus(pg->connection) == CONNECTION_OK &&
        PQtransactionStatus(pg->connection) != PQTRANS_IDLE)
        PQclear(PQexec(pg->connection, "rollback"));
}
