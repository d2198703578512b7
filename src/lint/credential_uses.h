/* What credentials are used for: each field that refers to one has a row (a test sees to that). */
#ifndef DSC_LINT_CREDENTIAL_USES_H
#define DSC_LINT_CREDENTIAL_USES_H

#include "rules.h"

struct credential_use {
    const struct kind *kind;

    const char *key; /* the field */

    unsigned types; /* that fit: 1u << CREDENTIAL_… */

    const char *what; /* needs it: "a client of Kafka" */
};

extern const struct credential_use credential_uses[];
extern const size_t n_credential_uses;

#endif
