/* The company: its ecosystem, zones, teams, and what they declare. */
#include "internal.h"
#include "rules.h"

#include <string.h>

/* Why there is no ecosystem. */
static void check_files(struct lint *lint, const struct model *model)
{
    const struct texts *include = &model->config->include;

    if (include->n && model->n_files == 1)
        diag_hint(
            lint->diags,
            lint_add(lint, include->v[0].at, "no file matches `include`, so the model is empty"),
            "a pattern is matched with the path from dsc.yaml's folder on, as in `**/*.yaml`");
    else
        lint_add(lint, model->config->head.at, "the model has no Ecosystem");
}

static void check_one_ecosystem(struct lint *lint, const void *object)
{
    const struct model *model = object;

    if (!model->all.ecosystems.n && !lint->state->unread)
        check_files(lint, model);
    for (size_t i = 1; i < model->all.ecosystems.n; i++) {
        struct diag *diag =
            lint_add(lint, model->all.ecosystems.v[i]->head.at, "`%s` is a second Ecosystem",
                     model->all.ecosystems.v[i]->name.s);

        diag_relate(lint->diags, diag, model->all.ecosystems.v[0]->head.at, "the first");
    }
}

/* Whether an ecosystem declares the zone; models without one are told about that instead. */
static bool is_declared(const struct model *model, const struct zone *zone)
{
    for (size_t i = 0; i < model->all.ecosystems.n; i++) {
        const struct ecosystem *ecosystem = model->all.ecosystems.v[i];

        for (size_t k = 0; k < ecosystem->zones.n; k++) {
            if (ecosystem->zones.v[k]->name.s == zone->name.s)
                return true;
        }
    }
    return model->all.ecosystems.n == 0;
}

static void check_undeclared_zone(struct lint *lint, const void *object)
{
    const struct zone *zone = object;

    if (!is_declared(lint->model, zone))
        lint_add(lint, zone->head.at, "the Ecosystem declares no zone `%s`", zone->name.s);
}

static void check_undefined_zone(struct lint *lint, const void *object)
{
    const struct zone_entry *entry = object;

    if (!model_find(lint->model, &kind_zone, NULL, entry->name.s))
        lint_add(lint, entry->head.at, "no document of kind Zone is named `%s`", entry->name.s);
}

/* REPOSITORY@BRANCH: one word, with something on either side of the last @. */
static bool is_owner(const char *text)
{
    const char *at = strrchr(text, '@');

    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c <= ' ' || *c == 0x7f)
            return false;
    }
    return at && at != text && at[1];
}

static void check_owner(struct lint *lint, const struct text *owner)
{
    if (!owner->s || is_owner(owner->s))
        return;
    struct diag *diag = lint_add(lint, owner->at, "`%s` names no branch of a repository", owner->s);
    diag_hint(lint->diags, diag, "write it like github:acme/data-model@main");
}

static void check_owners(struct lint *lint, const void *object)
{
    const struct head *head = object;
    const struct texts *owners = &((const struct team *)object)->owner;

    if (head->kind == &kind_ecosystem) {
        check_owner(lint, &((const struct ecosystem *)object)->live);
        owners = &((const struct ecosystem *)object)->owner;
    } else if (head->kind == &kind_zone_entry) {
        owners = &((const struct zone_entry *)object)->owner;
    }
    for (size_t i = 0; i < owners->n; i++)
        check_owner(lint, &owners->v[i]);
}

static void check_team_pages(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct map *pages = map_new(lint->scratch);

    for (size_t i = 0; i < model->all.team_pages.n; i++) {
        struct team_page *page = model->all.team_pages.v[i];
        const struct team_page *first =
            page->name.to ? map_add(pages, page->name.to, NULL, page) : NULL;

        if (first)
            diag_relate(lint->diags,
                        lint_add(lint, page->head.at, "two pages of team `%s`",
                                 full_name(lint, page->name.to)),
                        first->head.at, "the other");
    }
}

/* ---- classifications ---- */

static bool is_classification(const struct model *model, const char *text)
{
    for (size_t i = 0; i < model->all.ecosystems.n; i++) {
        const struct texts *known = &model->all.ecosystems.v[i]->classifications;

        for (size_t k = 0; k < known->n; k++) {
            if (known->v[k].s == text)
                return true;
        }
    }
    return model->all.ecosystems.n == 0;
}

static void check_words(struct lint *lint, const struct texts *words)
{
    for (size_t i = 0; i < words->n; i++) {
        if (is_classification(lint->model, words->v[i].s))
            continue;
        struct diag *diag = lint_add(
            lint, words->v[i].at, "the Ecosystem declares no classification `%s`", words->v[i].s);
        const struct texts *known = &lint->model->all.ecosystems.v[0]->classifications;
        const char **names = arena_alloc(lint->scratch, known->n * sizeof(*names));
        for (size_t k = 0; k < known->n; k++)
            names[k] = known->v[k].s;
        suggest_name(lint, diag, words->v[i].s, names, known->n);
    }
}

static void check_classifications(struct lint *lint, const void *object)
{
    const struct head *head = object;

    if (head->kind == &kind_dataset) {
        const struct dataset *dataset = object;

        check_words(lint, &dataset->classification);
        for (size_t i = 0; i < dataset->columns.n; i++)
            check_words(lint, &dataset->columns.v[i]->classification);
    } else if (head->kind == &kind_workspace) {
        check_words(lint, &((const struct workspace *)object)->classifications);
    } else {
        check_words(lint, &((const struct word_policy *)object)->allow);
        check_words(lint, &((const struct word_policy *)object)->deny);
    }
}

const struct rule rules_company[] = {
    {
        .id = "one-ecosystem",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_one_ecosystem,
        .why = "The ecosystem says who owns the model and which zones and classifications there "
               "are, so "
               "there "
               "is exactly one.",
        .mend = "Declare one document of kind Ecosystem.",
    },
    {
        .id = "undeclared-zone",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_zone),
        .check = check_undeclared_zone,
        .why = "Nobody but the ecosystem's owner may add a zone.",
        .mend = "Add the zone to `zones` of the Ecosystem, with its owner.",
    },
    {
        .id = "undefined-zone",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_zone_entry),
        .check = check_undefined_zone,
        .why = "A zone that is declared but described nowhere has no teams and no policies.",
        .mend = "Write a document of kind Zone, or take the zone away from the Ecosystem.",
    },
    {
        .id = "owner-syntax",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_ecosystem, &kind_zone_entry, &kind_team),
        .check = check_owners,
        .why = "Changes are allowed by the repository and branch that they come from.",
        .mend = "Write REPOSITORY@BRANCH, such as github:acme/data-model@main.",
    },
    {
        .id = "duplicate-team-page",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_team_pages,
        .why = "Of two pages of one team nobody knows which is right.",
        .mend = "Merge the two into one.",
    },
    {
        .id = "unknown-classification",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_dataset, &kind_workspace, &kind_word_policy),
        .check = check_classifications,
        .why = "A misspelt classification is covered by no policy, so protected data would pass as "
               "unprotected.",
        .mend = "Use a classification of the Ecosystem, or declare it there.",
    },
    {0},
};
