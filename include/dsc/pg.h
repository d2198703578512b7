/*
 * pg: the one wrapper of libpq. Level 1: uses base and libpq.
 *
 * A failure is reported with env_error where it happens: what was being done (`doing`, "merging
 * stream crm"), on which server, what the server says, its SQLSTATE, and what to do. pg_failure()
 * then tells its kind, so that a caller can try again.
 */
#ifndef DSC_PG_H
#define DSC_PG_H

#include "dsc/base.h"

struct pg;
struct pg_result; /* libpq's own name for PGresult */

/* Where, and as whom. What is NULL is left to libpq: its environment, service and password files.
 */
struct pg_address {
    const char *dsn; /* a connection string or URI; what else is given here wins over its parts */
    const char *host, *port, *database;
    const char *user, *password;
    const char *tls;               /* sslmode */
    const char *ca;                /* path of the certificates that the server's is checked with */
    const char *certificate, *key; /* paths of our own */
    const char *application;       /* shown in pg_stat_activity; never NULL */
};

enum pg_failure {
    PG_NO_FAILURE,
    PG_CONNECTION, /* lost, refused, or the server is going down or coming up */
    PG_CONFLICT,   /* serialization, deadlock: the same again may succeed */
    PG_LOCKED,     /* a lock was not had in time */
    PG_TIMEOUT,    /* the statement was cancelled */
    PG_PERMISSION, /* no right, or the wrong credential */
    PG_MISSING,    /* a table, column, schema or function that does not exist */
    PG_DATA,       /* a value that does not fit its type or a constraint */
    PG_RESOURCES,  /* no disk, no memory, too many connections */
    PG_OTHER
};

/* The kind of an SQLSTATE of five characters (PostgreSQL documentation, appendix A). */
enum pg_failure pg_classify(const char *sqlstate);

/* Connects, and sets the session to UTF-8, UTC, ISO dates, and time limits by which a holder of
 * locks that died is gone within a minute. Lives in `arena` until pg_close. NULL: could not. */
struct pg *pg_connect(struct arena *arena, const struct pg_address *address, const char *doing);
void pg_close(struct pg *pg); /* NULL is fine */

enum pg_failure pg_failure(const struct pg *pg); /* of the last call */
const char *pg_sqlstate(const struct pg *pg);    /* of the last call; "" where there is none */
int pg_server_version(const struct pg *pg);      /* 150018 */
const char *pg_where(const struct pg *pg);       /* "merge on db.example:5432" */

/* Runs statements separated by `;`, without parameters: in one transaction unless they say else. */
bool pg_exec(struct pg *pg, const char *doing, const char *sql);

/* Runs one statement with `n` parameters $1 …, as text, NULL being null. NULL: it failed. The
 * result is the caller's, to be given to pg_clear. */
struct pg_result *pg_query(struct pg *pg, const char *doing, const char *sql, size_t n,
                           const char *const *parameters);
void pg_clear(struct pg_result *result); /* NULL is fine */

size_t pg_rows(const struct pg_result *result);
const char *pg_value(const struct pg_result *result, size_t row, size_t column); /* NULL: null */
int64_t pg_number(const struct pg_result *result, size_t row, size_t column);    /* null: 0 */
bool pg_true(const struct pg_result *result, size_t row, size_t column);
int64_t pg_affected(const struct pg_result *result); /* rows that a statement wrote */

/* The same as pg_query, for a statement whose rows do not matter; the rows written go to *affected,
 * which may be NULL. */
bool pg_run(struct pg *pg, const char *doing, const char *sql, size_t n,
            const char *const *parameters, int64_t *affected);

/* Ends the transaction. Only where the connection was lost meanwhile is it unknown whether the
 * server did it: that has to be looked up, by another connection. */
enum pg_outcome { PG_COMMITTED, PG_NOT_COMMITTED, PG_UNKNOWN };
enum pg_outcome pg_commit(struct pg *pg, const char *doing);
void pg_rollback(struct pg *pg); /* says nothing where there is nothing to roll back */

#endif
