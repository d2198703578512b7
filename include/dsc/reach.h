/*
 * reach: from the address in a plan, what the command line and the environment say, and the
 * secrets, to a connection.
 */
#ifndef DSC_REACH_H
#define DSC_REACH_H

#include "dsc/pg.h"
#include "dsc/plan.h"

struct reach {
    const char *dsn;         /* --dsn: instead of all that the plan says; or NULL */
    const char *secrets_dir; /* --secrets-dir, or NULL */
};

/* A connection as the address says it: DSC_<CONTAINER>_HOST and _PORT win over the plan's host and
 * port. NULL, after env_error: a secret is missing, or the server cannot be had. */
struct pg *reach_connect(struct arena *arena, const struct reach *reach,
                         const struct plan_address *address, const char *doing);

/* The credential (user_password) of the platform's database, where no plan names it: so tasks in
 * pods need nothing secret in their environment. */
#define REACH_CREDENTIAL_VARIABLE "DSC_DATABASE_CREDENTIAL"

/* The same where there is no plan: by --dsn, and else by libpq's own environment, with user and
 * password of the credential that REACH_CREDENTIAL_VARIABLE names, if it does. */
struct pg *reach_platform(struct arena *arena, const struct reach *reach, const char *doing);

#endif
