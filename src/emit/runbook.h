/* What both runbooks are made of: tables and commands as values for their templates. */
#ifndef DSC_EMIT_RUNBOOK_H
#define DSC_EMIT_RUNBOOK_H

#include "network.h"

#include "dsc/doc.h"

/* A table's columns: those whose bit (1u << place) is set in `code` hold code, the others text. */
struct runbook_columns {
    const char *const *names;
    size_t n;
    unsigned code;
};

/* Adds a row with as many cells as there are columns. */
void runbook_row(struct emission *emission, struct doc *table,
                 const struct runbook_columns *columns, const char *const *cells);

/* Texts with commas between them. */
const char *runbook_list(struct emission *emission, const struct texts *texts);

/* Text and commands, which grow line by line and become a block of code in `language`. */
struct doc *runbook_code(struct emission *emission, const char *language, struct buf *made);

/* NAME=value for a shell, with the quotes that it needs. */
void runbook_variable(struct buf *out, const char *name, const char *value);

/* The same list of variables for both. */
struct doc *runbook_variables(struct emission *emission);

/* The end of a command that begins with `kubectl create secret`: makes it, or replaces it. */
#define RUNBOOK_APPLY_SECRET                                                                       \
    " \\\n    --dry-run=client -o yaml | kubectl apply --server-side -f -\n"

/* The command that makes the Secret of Kafka Connect; a paragraph where there is none to make. */
struct doc *runbook_connect_secret(struct emission *emission);

/* Appends it to commands; nothing where Connect is not the platform's. */
void runbook_put_connect_secret(struct emission *emission, struct buf *out);

/* Which of these no policy could name for want of their address ranges. */
struct doc *runbook_unreachable(struct emission *emission, struct network_peers peers,
                                const char *otherwise);

#endif
