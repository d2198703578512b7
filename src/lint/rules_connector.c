/* Settings of connectors, and what their lists can hold. */
#include <string.h>

#include "dsc/connect.h"
#include "rules.h"

/* The classes of connector that overrides in an entity apply to: a bit per class. */
static unsigned classes_of(const struct head *entity)
{
    if (entity->kind == &kind_cdc)
        return 1u << CONNECT_POSTGRES_SOURCE;
    if (entity->kind == &kind_kafka_capture)
        return 1u << CONNECT_MIRROR_SOURCE;
    return (1u << CONNECT_CLASSES) - 1;
}

struct overrides {
    struct setting *const *v;
    size_t n;
    unsigned classes;
};

static struct overrides overrides_of(const void *object)
{
    const struct head *entity = object;
    struct overrides overrides = {.classes = classes_of(entity)};

    if (entity->kind == &kind_cdc) {
        overrides.v = ((const struct cdc *)object)->connector_overrides.v;
        overrides.n = ((const struct cdc *)object)->connector_overrides.n;
    } else if (entity->kind == &kind_kafka_capture) {
        overrides.v = ((const struct kafka_capture *)object)->connector_overrides.v;
        overrides.n = ((const struct kafka_capture *)object)->connector_overrides.n;
    } else {
        overrides.v = ((const struct platform *)object)->connector_overrides.v;
        overrides.n = ((const struct platform *)object)->connector_overrides.n;
    }
    return overrides;
}

/* The setting as one of the classes has it: one that may be overridden where there is such a class.
 */
static const struct connect_setting *find(unsigned classes, const char *name)
{
    const struct connect_setting *found = NULL;

    for (enum connect_class class = CONNECT_POSTGRES_SOURCE; (int)class < CONNECT_CLASSES;
         class ++) {
        const struct connect_setting *setting =
            classes & (1u << class) ? connect_find(class, name) : NULL;

        if (setting && (!found || found->owned))
            found = setting;
    }
    return found;
}

static const char *nearest(unsigned classes, const char *name)
{
    for (enum connect_class class = CONNECT_POSTGRES_SOURCE; (int)class < CONNECT_CLASSES;
         class ++) {
        const char *near = classes & (1u << class) ? connect_nearest(class, name) : NULL;

        if (near)
            return near;
    }
    return NULL;
}

static void check_known(struct lint *lint, const void *object)
{
    struct overrides overrides = overrides_of(object);

    for (size_t i = 0; i < overrides.n; i++) {
        const struct text *name = &overrides.v[i]->name;
        const char *near = nearest(overrides.classes, name->s);

        if (find(overrides.classes, name->s))
            continue;
        struct diag *diag =
            lint_add(lint, name->at, "no connector here has a setting `%s`", name->s);
        if (near)
            diag_hint(lint->diags, diag, "did you mean `%s`?", near);
    }
}

static void check_owned(struct lint *lint, const void *object)
{
    struct overrides overrides = overrides_of(object);

    for (size_t i = 0; i < overrides.n; i++) {
        const struct text *name = &overrides.v[i]->name;
        const struct connect_setting *setting = find(overrides.classes, name->s);

        if (setting && setting->owned)
            lint_add(lint, name->at, "`%s` is not to be overridden", name->s);
    }
}

static void check_value(struct lint *lint, const void *object)
{
    struct overrides overrides = overrides_of(object);

    for (size_t i = 0; i < overrides.n; i++) {
        const struct setting *override = overrides.v[i];
        const struct connect_setting *setting = find(overrides.classes, override->name.s);
        const char *what;

        if (setting && !setting->owned && override->value.s &&
            !connect_value_fits(setting->value, override->value.s, &what))
            lint_add(lint, override->value.at, "`%s` is %s, not `%s`", override->name.s, what,
                     override->value.s);
    }
}

/* As java.lang.String.trim has it. */
static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static void check_columns(struct lint *lint, const void *object)
{
    const struct dataset *dataset = object;

    for (size_t i = 0; i < dataset->columns.n && is_streamed(store_of(dataset)); i++) {
        const struct column *column = dataset->columns.v[i];
        const char *name = column->name.s;

        if (strpbrk(name, ",:") || is_blank(name[0]) || is_blank(name[strlen(name) - 1]))
            lint_add_for(lint, column, column->name.at,
                         "a sink cannot be told of column `%s`: it would be left out of staging",
                         name);
    }
}

const struct rule rules_connector[] = {
    {
        .id = "unknown-setting",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform, &kind_cdc, &kind_kafka_capture),
        .check = check_known,
        .why = "Kafka Connect takes a setting that it does not know without a word, and goes on "
               "without it.",
        .mend = "Write the setting as the connector's documentation has it.",
    },
    {
        .id = "reserved-setting",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform, &kind_cdc, &kind_kafka_capture),
        .check = check_owned,
        .why = "That no change is lost or applied twice rests on this setting, or it follows from "
               "the rest of the model.",
        .mend = "Take the override away; change what it follows from, where there is such a thing.",
    },
    {
        .id = "setting-value",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_platform, &kind_cdc, &kind_kafka_capture),
        .check = check_value,
        .why = "Kafka Connect refuses the connector, and only when it is started.",
        .mend = "Write a value of the setting's kind.",
    },
    {
        .id = "unlistable-column",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset),
        .check = check_columns,
        .why = "Sinks are given their columns as a list, in which commas and colons have a meaning "
               "of their own, and blanks at the ends have none.",
        .mend = "Rename the column at the source, or leave it out of the dataset.",
    },
    {0},
};
