/*
 * secrets: the values of credentials. Nothing else in dsc reads them, and they reach no log, no
 * message and no file.
 *
 * One rule: key `password` of credential `crm_reader` is the environment's CRM_READER_PASSWORD
 * where that is set, else the file crm_reader/password below the folder of secrets.
 */
#ifndef DSC_SECRETS_H
#define DSC_SECRETS_H

#include "dsc/base.h"

#define SECRETS_DIR_VARIABLE "DSC_SECRETS_DIR"
#define SECRETS_DIR          "/run/secrets/dsc"

/* The folder of secrets: `given` (--secrets-dir), else DSC_SECRETS_DIR, else /run/secrets/dsc. */
const char *secrets_dir(const char *given);

/* The value in `arena`, without the line end that editors put behind it. NULL, after env_error,
 * where there is none, or an empty one. */
const char *secrets_value(struct arena *arena, const char *dir, const char *credential,
                          const char *key);

/* The path of a key's file, for libraries that read certificates and keys by themselves: they are
 * never in the environment. NULL, after env_error, where there is none. */
const char *secrets_path(struct arena *arena, const char *dir, const char *credential,
                         const char *key);

#endif
