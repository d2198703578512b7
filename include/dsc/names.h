/*
 * names: every physical name that dsc makes, from one table, and nothing else.
 *
 * A row of the table is a pattern, a limit in bytes and a character rule. A character that the rule
 * does not know becomes `_` (`-` in Kubernetes); one beyond U+FFFF becomes two, as Debezium does it.
 * Over its limit a name is cut at a character's end, then gets `_` (`-`) and 8 hex digits of the
 * SHA-256 of the whole as it was before any of this, then the words that end its pattern: names stay
 * distinct, and never change while their parts do not. Whether two objects of a model still collide
 * (after folding and mangling) is lint's question; but a dataset's staging table and sink never end
 * like dsc's own beside them (`__sealed`, `__heartbeat`, `.heartbeat.sink` …): they get the digits.
 */
#ifndef DSC_NAMES_H
#define DSC_NAMES_H

#include "dsc/base.h"

enum name_kind {
    /* identity of a stream: STORE, or STORE.DATASET where `dataset` is given */
    NAME_STREAM,

    /* Kafka: at most 249 bytes of [a-zA-Z0-9._-]. The prefix has 121 of them, so that a schema and a
     * table of 63 always fit: Debezium would cut a longer topic in its own way. */
    NAME_TOPIC_PREFIX,       /* {platform}.{store}.{incarnation} */
    NAME_TOPIC,              /* {prefix}.{schema}.{table} */
    NAME_TOPIC_TRANSACTION,  /* {prefix}.transaction */
    NAME_TOPIC_NOTIFICATION, /* {prefix}.notification */
    NAME_TOPIC_HEARTBEAT,    /* {prefix}.{source schema}.heartbeat */
    NAME_TOPIC_SIGNAL,       /* {prefix}.{source schema}.signal */

    /* at the source: at most 63 bytes, slots lower case, digits and `_` */
    NAME_SLOT,          /* dsc_{platform}_{store}_{incarnation} */
    NAME_PUBLICATION,   /* the same */
    NAME_SOURCE_SCHEMA, /* dsc_{platform}_{store}: heartbeat and signal tables */

    /* Kafka Connect */
    NAME_CONNECTOR_SOURCE, /* {platform}.{store}.{incarnation}.source */
    NAME_CONNECTOR_MIRROR, /* {platform}.{store}.{incarnation}.mirror */
    NAME_CONNECTOR_SINK,   /* {platform}.{store}.{incarnation}.{dataset}.sink */
    NAME_CONNECTOR_SINK_HEARTBEAT,    /* {platform}.{store}.{incarnation}.heartbeat.sink */
    NAME_CONNECTOR_SINK_SIGNAL,       /* {platform}.{store}.{incarnation}.signal.sink */
    NAME_CONNECTOR_SINK_TRANSACTION,  /* {platform}.{store}.{incarnation}.transaction.sink */
    NAME_CONNECTOR_SINK_NOTIFICATION, /* {platform}.{store}.{incarnation}.notification.sink */

    /* the platform's database: at most 63 bytes; staging in lower case, the sink refuses others */
    NAME_STAGING,              /* {store}__{dataset} in schema staging */
    NAME_STAGING_SEALED,       /* {store}__{dataset}__sealed, the twin */
    NAME_STAGING_HEARTBEAT,    /* {store}__heartbeat */
    NAME_STAGING_SIGNAL,       /* {store}__signal */
    NAME_STAGING_TRANSACTION,  /* {store}__transaction */
    NAME_STAGING_NOTIFICATION, /* {store}__notification */
    NAME_TABLE,                /* {store}__{dataset} in schemas live and history */
    NAME_VIEW_SCHEMA,          /* {workspace} */
    NAME_VIEW,                 /* {group}__{store}__{dataset}, or {as} where given */
    NAME_VIEW_HISTORY,         /* the same with _history */
    NAME_ROLE_WORKSPACE,       /* ws_{workspace} */

    /* Kubernetes: DNS labels of at most 52 bytes, since StatefulSets and CronJobs add up to 11 to
     * theirs, lower case, `_` as `-`, beginning with a letter */
    NAME_KUBERNETES,     /* {name}: a secret of a credential, a service, a pod */
    NAME_CONNECT_SECRET, /* {platform}-connect */

    /* Terraform: letters, digits, `_` and `-`, no digit first */
    NAME_TERRAFORM, /* {name} */

    /* credentials: CRM_READER_USERNAME, and the key in the secret of Kafka Connect */
    NAME_ENVIRONMENT, /* {credential}_{key} in upper case, `.` and `-` as `_` */
    NAME_CONNECT_KEY, /* {credential}.{key} */
    NAME_PSQL_VARIABLE, /* {credential}: whose value is the name of its role, in sql/source-….sql */

    /* Airflow: letters, digits, `.`, `_`, `-`, at most 250 bytes */
    NAME_DAG,                /* {platform}.{stream} */
    NAME_DAG_INFRASTRUCTURE, /* {platform}_infrastructure */
    NAME_KIND_COUNT
};

/* What a pattern may ask for; what it does not ask for is not looked at. Text is UTF-8. */
struct name_parts {
    const char *platform, *store, *dataset, *schema, *table, *workspace, *group, *as;
    const char *credential, *key, *name, *stream;
    const char *prefix; /* the topic prefix; {platform}.{store}.{incarnation} where NULL */
    int64_t incarnation;
};

/* The name, in `arena`. A part that is missing is a bug of the caller, and aborts. Example:
 *   name_make(arena, NAME_SLOT, &(struct name_parts){.platform = "dev", .store = "crm", .incarnation = 1})
 */
const char *name_make(struct arena *arena, enum name_kind kind, const struct name_parts *parts);

/* The table as users may read it (docs/names.md is made from it). */
struct name_row {
    const char *object;     /* "replication slot" */
    const char *pattern;    /* "dsc_{platform}_{store}_{incarnation}" */
    const char *otherwise;  /* the pattern where a part of the first is absent, or NULL */
    size_t limit;           /* bytes */
    const char *characters; /* what it is made of, for people: "a-z 0-9 _" */
};
struct name_row name_row(enum name_kind kind);

/* Schemas and roles of the platform's database that are the same everywhere. */
#define NAME_SCHEMA_STAGING "staging"
#define NAME_SCHEMA_LIVE    "live"
#define NAME_SCHEMA_HISTORY "history"
#define NAME_SCHEMA_DSC     "dsc"
#define NAME_ROLE_MERGE     "dsc_merge"
#define NAME_ROLE_SINK      "dsc_sink"

/* Columns that begin like this are dsc's own; a dataset may not have them. */
#define NAME_RESERVED_DSC  "dsc_"
#define NAME_RESERVED_SINK "__"

#endif
