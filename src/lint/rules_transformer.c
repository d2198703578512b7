/* Transformers: programs between stores. */
#include "rules.h"

#include <string.h>

/* The workspace whose transformer writes the store; NULL: it is captured in another way. */
static const struct workspace *writer_of(const struct datastore *store)
{
    return store->source.kind == CAPTURE_TRANSFORMER
               ? store->source.capture->transformer->workspace.to
               : NULL;
}

static void check_output(struct lint *lint, const void *object)
{
    const struct transformer *transformer = object;
    const struct datastore *store = transformer->output.to;

    if (store && writer_of(store) != (const struct workspace *)transformer->head.parent)
        diag_relate(lint->diags,
                    lint_add(lint, transformer->output.at,
                             "datastore `%s` does not say that this transformer writes it",
                             store->name.s),
                    store->head.at, "the store");
}

static void check_writer(struct lint *lint, const void *object)
{
    const struct transformer_capture *capture = object;
    const struct workspace *workspace = capture->workspace.to;
    const struct head *store = capture->head.parent->parent;

    if (!workspace)
        return;
    if (!workspace->transformer || workspace->transformer->output.to != (const void *)store)
        diag_relate(lint->diags,
                    lint_add(lint, capture->workspace.at,
                             "workspace `%s` has no transformer that writes `%s`",
                             workspace->name.s, full_name(lint, store)),
                    workspace->head.at, "the workspace");
}

static void check_program(struct lint *lint, const void *object)
{
    const struct transformer *transformer = object;

    if (transformer->image.s && transformer->repository.s)
        diag_relate(lint->diags,
                    lint_add(lint, transformer->repository.at,
                             "a transformer is an image or a repository, not both"),
                    transformer->image.at, "the image");
    else if (!transformer->image.s && !transformer->repository.s)
        lint_add(lint, transformer->head.at, "a transformer needs an image or a repository");
    else if (transformer->repository.s && !transformer->version.s)
        lint_add(lint, transformer->repository.at, "a repository needs a `version`");
}

/* ---- circles ---- */

enum { MAX_TOLD = 20 }; /* places of one circle */

enum colour { UNSEEN, OPEN, DONE };

/* A workspace with a transformer, on the way along what it reads. */
struct step {
    const struct workspace *workspace;

    size_t group, use; /* what is looked at next */
};

struct search {
    struct lint *lint;

    struct map *colours; /* workspace: address of the colour in `marks` */

    VEC(struct step) path;
};

/* Stand for the colours in the map. */
static const enum colour marks[] = {UNSEEN, OPEN, DONE};

static enum colour colour_of(const struct search *search, const struct workspace *workspace)
{
    const enum colour *mark = map_get(search->colours, workspace, NULL);

    return mark ? *mark : UNSEEN;
}

static void open_step(struct search *search, const struct workspace *workspace)
{
    map_set(search->colours, workspace, NULL, (void *)&marks[OPEN]);
    vec_push(search->lint->scratch, &search->path, (struct step){.workspace = workspace});
}

/* The next workspace whose transformer writes what the last one of the path reads; NULL: no more.
 */
static const struct workspace *next_writer(struct step *step)
{
    const struct workspace *workspace = step->workspace;

    for (; step->group < workspace->groups.n; step->group++, step->use = 0) {
        const struct group *group = workspace->groups.v[step->group];

        while (step->use < group->datasets.n) {
            const struct dataset *dataset = group->datasets.v[step->use++]->dataset.to;
            const struct workspace *writer = dataset ? writer_of(store_of(dataset)) : NULL;

            if (writer && writer->transformer)
                return writer;
        }
    }
    return NULL;
}

/* The path from `again` to its end is a circle. */
static void report_circle(struct search *search, const struct workspace *again)
{
    struct lint *lint = search->lint;
    size_t i = search->path.n;
    struct diag *diag =
        lint_add_for(lint, again->transformer, again->transformer->output.at,
                     "the transformer of `%s` reads what comes of its own output", again->name.s);

    for (size_t told = 0; search->path.v[--i].workspace != again && told < MAX_TOLD; told++) {
        const struct workspace *workspace = search->path.v[i].workspace;

        diag_relate(lint->diags, diag, workspace->transformer->output.at,
                    "through the transformer of `%s`", workspace->name.s);
    }
}

/* Depth first, without recursion: chains may be thousands long. */
static void search_from(struct search *search, const struct workspace *workspace)
{
    open_step(search, workspace);
    while (search->path.n) {
        struct step *step = &search->path.v[search->path.n - 1];
        const struct workspace *writer = next_writer(step);

        if (!writer) {
            map_set(search->colours, step->workspace, NULL, (void *)&marks[DONE]);
            search->path.n--;
        } else if (colour_of(search, writer) == OPEN) {
            report_circle(search, writer);
        } else if (colour_of(search, writer) == UNSEEN) {
            open_step(search, writer);
        }
    }
}

static void check_circles(struct lint *lint, const void *object)
{
    const struct model *model = object;
    struct search search = {.lint = lint, .colours = map_new(lint->scratch)};

    for (size_t i = 0; i < model->all.workspaces.n; i++) {
        const struct workspace *workspace = model->all.workspaces.v[i];

        if (workspace->transformer && colour_of(&search, workspace) == UNSEEN)
            search_from(&search, workspace);
    }
}

const struct rule rules_transformer[] = {
    {
        .id = "transformer-output",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_transformer),
        .check = check_output,
        .needs = {"unknown-reference"},
        .why = "A store has one writer, and says which.",
        .mend = "Capture the store as `transformer: {workspace: …}`, with the workspace of this "
                "transformer.",
    },
    {
        .id = "transformer-capture",
        .absence = true,
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_transformer_capture),
        .check = check_writer,
        .needs = {"unknown-reference"},
        .why = "Without its transformer nobody writes the store.",
        .mend = "Give the workspace a transformer whose `output` is this store.",
    },
    {
        .id = "transformer-program",
        .severity = SEV_ERROR,
        .visit = LINT_ENTITY,
        .kinds = KINDS(&kind_transformer),
        .check = check_program,
        .why = "What runs must be one program, in one version.",
        .mend = "Write `image:`, or `repository:` with its `version:`.",
    },
    {
        .id = "transformer-circle",
        .severity = SEV_ERROR,
        .visit = LINT_MODEL,
        .check = check_circles,
        .why = "Transformers that wait for each other never run.",
        .mend = "Break the circle: have one of them read the data that the others read.",
    },
    {0},
};
