/* What the files of the commands share. */
#ifndef DSC_CMD_COMMAND_H
#define DSC_CMD_COMMAND_H

#include "dsc/base.h"
#include "dsc/graph.h"
#include "dsc/model.h"

enum exit_code { EXIT_FINE = 0, EXIT_FINDINGS = 1, EXIT_ENVIRONMENT = 3, EXIT_USAGE = 64 };

/* What was given on the command line; a row of command_options (cmd.c) says which member an option
 * sets. */
struct invocation {
    const struct command *command;
    const char *arguments[2];
    size_t n_arguments;

    const char *format;
    const char *output;
    const char *platform;
    const char *templates;
    bool dry_run;
    bool force;
    bool quiet;
    bool help;
};

/* Bits of command.takes. */
enum option_bit {
    TAKES_FORMAT = 1 << 0,
    TAKES_OUTPUT = 1 << 1,
    TAKES_PLATFORM = 1 << 2,
    TAKES_TEMPLATES = 1 << 3,
    TAKES_DRY_RUN = 1 << 4,
    TAKES_FORCE = 1 << 5,
    TAKES_QUIET = 1 << 6,
    TAKES_HELP = 1 << 7
};

struct option {
    enum option_bit bit;
    const char *name;     /* "--output" */
    const char *letter;   /* "-o", or NULL */
    const char *argument; /* "DIR", or NULL for a flag */
    size_t member;        /* of struct invocation: const char * or bool */
    const char *help;
};

struct command {
    const char *name;
    const char *arguments; /* "[MODEL]" */
    size_t least, most;    /* arguments */
    unsigned takes;        /* option bits; all take --help */
    const char *formats;   /* of --format, separated by blanks, the usual one first; or NULL */
    const char *summary;   /* one line, for the list */
    const char *text;      /* the rest, for its own help */
    const char *examples;  /* lines that can be run */
    enum exit_code (*run)(const struct invocation *invocation);
};

extern const struct command commands[];
extern const size_t n_commands;
extern const struct option command_options[];
extern const size_t n_command_options;

const struct command *command_find(const char *name);

/* "dsc: TEXT" and where to find help, on standard error. Returns EXIT_USAGE. */
enum exit_code usage_error(const struct command *command, const char *format, ...) PRINTF(2, 3);

/* The same for a word that is no command, with the nearest one. */
enum exit_code unknown_command(const char *word);

enum exit_code run_lint(const struct invocation *invocation);
enum exit_code run_graph(const struct invocation *invocation);
enum exit_code run_bootstrap(const struct invocation *invocation);
enum exit_code run_render(const struct invocation *invocation);
enum exit_code run_dump(const struct invocation *invocation);
enum exit_code run_init(const struct invocation *invocation);
enum exit_code run_explain(const struct invocation *invocation);
enum exit_code run_schema(const struct invocation *invocation);
enum exit_code run_reference(const struct invocation *invocation);
enum exit_code run_help(const struct invocation *invocation);
enum exit_code run_version(const struct invocation *invocation);

/* Writes `out` to standard output and empties it; false where that failed, which was reported. */
bool print(struct buf *out);

/* The help of a command, or of the program where `command` is NULL. */
void help_text(struct buf *out, const struct command *command);

/* ---- a model, compiled as far as its commands need --------------------------------------------
 */

struct compilation {
    struct arena *arena;
    struct diags diags;
    struct model model;
    VEC(struct graph *) graphs; /* of the platforms chosen: all, or the one of --platform */
};

/* Loads and lints the model of the invocation. EXIT_FINE: everything is there, diagnostics
 * included. Otherwise what failed was reported. compilation_free in any case. */
enum exit_code compile(struct compilation *compilation, const struct invocation *invocation);
void compilation_free(struct compilation *compilation);

/* For commands that need a sound model: prints warnings and errors on standard error (notes are
 * lint's); EXIT_FINDINGS where there are errors. */
enum exit_code compilation_check(const struct compilation *compilation,
                                 const struct invocation *invocation);

/* ---- diagnostics in a format --------------------------------------------------------------------
 */

/* Those of at least this severity. */
void report_text(struct buf *out, const struct diags *diags, enum severity least, bool colour);
void report_summary(struct buf *out, const struct diags *diags);
void report_json(struct buf *out, const struct diags *diags);
void report_sarif(struct buf *out, const struct diags *diags);
void report_github(struct buf *out, const struct diags *diags);

/* Whether a stream shows colours: a terminal, and NO_COLOR is not set (no-color.org). */
bool shows_colour(int descriptor);

#endif
