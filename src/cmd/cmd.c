/* The table of commands, the table of options, and the reading of a command line by them. */
#include "command.h"

#include "dsc/cmd.h"

#include <stdio.h>
#include <string.h>

#define MODEL_TEXT "MODEL is a folder with dsc.yaml; the current folder where it is left out."

const struct command commands[] = {
    {"init", "DIR", 1, 1, TAKES_QUIET, NULL, "make a starter model repository",
     "Writes a small model with two platforms, a workflow that lints it, and the settings that "
     "make\n"
     "editors complete it. DIR must be new or empty (a fresh clone is fine).",
     "dsc init my-model\n", run_init},
    {"lint", "[MODEL]", 0, 1, TAKES_FORMAT | TAKES_QUIET, "text json sarif github",
     "tell all problems of a model",
     MODEL_TEXT
     "\nA comment on the line above, `# dsc: allow RULE because REASON`, accepts a finding;\n"
     "`severities:` in dsc.yaml changes how much a rule matters.",
     "dsc lint\ndsc lint models/starter --format github\n", run_lint},
    {"explain", "[RULE]", 0, 1, 0, NULL, "why a rule exists, with a bad and a good example",
     "Without RULE: all rules, a line each.", "dsc explain unknown-reference\n", run_explain},
    {"graph", "[MODEL]", 0, 1, TAKES_FORMAT | TAKES_PLATFORM, "text json dot mermaid",
     "what each platform runs, and for whom", MODEL_TEXT,
     "dsc graph\ndsc graph --platform prod --format dot | dot -Tsvg > prod.svg\n", run_graph},
    {"bootstrap", "[MODEL]", 0, 1,
     TAKES_OUTPUT | TAKES_PLATFORM | TAKES_TEMPLATES | TAKES_DRY_RUN | TAKES_FORCE | TAKES_QUIET,
     NULL, "write what installs each platform",
     MODEL_TEXT
     "\nWrites PLATFORM/bootstrap as a whole, and what is the user's (PLATFORM/terraform,\n"
     "PLATFORM/overlays) where it is missing. Begin with PLATFORM/bootstrap/README.md.",
     "dsc bootstrap models/starter --output platforms\n", run_bootstrap},
    {"render", "[MODEL]", 0, 1,
     TAKES_OUTPUT | TAKES_PLATFORM | TAKES_TEMPLATES | TAKES_DRY_RUN | TAKES_FORCE | TAKES_QUIET,
     NULL, "write the pipeline of each platform",
     MODEL_TEXT
     "\nWrites PLATFORM/pipeline as a whole: a failed run leaves the old folder as it was.",
     "dsc render models/starter --output platforms\n", run_render},
    {"dump", "[MODEL]", 0, 1, 0, NULL, "print a model in its long form, defaults included",
     MODEL_TEXT "\nWhat it prints is a model too, and means the same.", "dsc dump models/starter\n",
     run_dump},
    {"schema", "json", 1, 1, 0, NULL, "print the JSON Schema of the language, for editors",
     "Editors with a YAML language server complete and check model files by it.",
     "dsc schema json > .dsc/model.schema.json\n", run_schema},
    {"reference", "", 0, 0, 0, NULL, "print the documentation of the language, as Markdown", "",
     "dsc reference > reference.md\n", run_reference},
    {"help", "[COMMAND]", 0, 1, 0, NULL, "print help", "", "dsc help render\n", run_help},
    {"version", "", 0, 0, 0, NULL, "print the version", "", "dsc version\n", run_version},
};
const size_t n_commands = COUNT(commands);

#define MEMBER(name) offsetof(struct invocation, name)

const struct option command_options[] = {
    {TAKES_FORMAT, "--format", "-f", "FORMAT", MEMBER(format), "how to print"},
    {TAKES_OUTPUT, "--output", "-o", "DIR", MEMBER(output),
     "the folder that holds the platforms' folders (default: the current one)"},
    {TAKES_PLATFORM, "--platform", "-p", "NAME", MEMBER(platform), "this platform only"},
    {TAKES_TEMPLATES, "--templates", NULL, "DIR", MEMBER(templates),
     "texts of your own in place of those that dsc carries"},
    {TAKES_DRY_RUN, "--dry-run", "-n", NULL, MEMBER(dry_run), "do everything but write"},
    {TAKES_FORCE, "--force", NULL, NULL, MEMBER(force),
     "replace a folder that dsc did not write, or whose files were edited"},
    {TAKES_QUIET, "--quiet", "-q", NULL, MEMBER(quiet), "say nothing where all is well"},
    {TAKES_HELP, "--help", "-h", NULL, MEMBER(help), "print help"},
};
const size_t n_command_options = COUNT(command_options);

/* What people try first elsewhere, and what it is here. */
static const struct {
    const char *word, *command;
} aliases[] = {{"--help", "help"}, {"-h", "help"}, {"--version", "version"}, {"-V", "version"}};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COUNT(aliases); i++)
        if (strcmp(name, aliases[i].word) == 0)
            name = aliases[i].command;
    for (size_t i = 0; i < n_commands; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

enum exit_code usage_error(const struct command *command, const char *format, ...)
{
    struct buf text = {0};
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(&text, format, arguments);
    va_end(arguments);
    fprintf(stderr, "dsc: %s\n%s%s%s\n", text.data, "try: dsc help", command ? " " : "",
            command ? command->name : "");
    buf_free(&text);
    return EXIT_USAGE;
}

enum exit_code unknown_command(const char *word)
{
    const char *names[COUNT(commands)];

    for (size_t i = 0; i < n_commands; i++)
        names[i] = commands[i].name;
    const char *near = text_nearest(word, names, n_commands);
    return near ? usage_error(NULL, "no command `%s`; did you mean `%s`?", word, near)
                : usage_error(NULL, "no command `%s`", word);
}

static enum exit_code unknown_option(const struct command *command, const char *given,
                                     size_t length)
{
    const char *names[COUNT(command_options)];
    size_t n = 0;
    char word[64];

    for (size_t i = 0; i < n_command_options; i++)
        if ((command->takes | TAKES_HELP) & command_options[i].bit)
            names[n++] = command_options[i].name;
    snprintf(word, sizeof word, "%.*s", (int)length, given);
    const char *near = text_nearest(word, names, n);
    return near ? usage_error(command, "`%s` has no option `%s`; did you mean `%s`?", command->name,
                              word, near)
                : usage_error(command, "`%s` has no option `%s`", command->name, word);
}

/* The option that `word` names ("--output", "--output=DIR", "-o"); its name's length goes to
 * *length. */
static const struct option *option_find(const struct command *command, const char *word,
                                        size_t *length)
{
    *length = strcspn(word, "=");
    for (size_t i = 0; i < n_command_options; i++) {
        const struct option *option = &command_options[i];
        if (!((command->takes | TAKES_HELP) & option->bit))
            continue;
        if (strlen(option->name) == *length && memcmp(option->name, word, *length) == 0)
            return option;
        if (option->letter && strcmp(option->letter, word) == 0)
            return option;
    }
    return NULL;
}

/* Reads the option at argv[*at] and moves *at to the last word of it. */
static enum exit_code read_option(struct invocation *invocation, char **argv, int *at)
{
    const char *word = argv[*at];
    size_t length = 0;
    const struct option *option = option_find(invocation->command, word, &length);

    if (!option)
        return unknown_option(invocation->command, word, length);
    char *member = (char *)invocation + option->member;
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    if (!option->argument) {
        if (value)
            return usage_error(invocation->command, "`%s` takes no value", option->name);
        *(bool *)(void *)member = true;
        return EXIT_FINE;
    }
    if (!value)
        value = argv[*at + 1] ? argv[++*at] : NULL;
    if (!value || !*value)
        return usage_error(invocation->command, "`%s` needs a value: %s", option->name,
                           option->argument);
    *(const char **)(void *)member = value;
    return EXIT_FINE;
}

/* Checks --format against the words of the command, the first of which holds where it is not given.
 */
static enum exit_code check_format(struct invocation *invocation)
{
    const struct command *command = invocation->command;
    const char *given = invocation->format;

    if (!command->formats)
        return EXIT_FINE;
    for (const char *word = command->formats; *word;) {
        size_t length = strcspn(word, " ");
        if (given && strlen(given) == length && memcmp(given, word, length) == 0)
            return EXIT_FINE;
        word += length + (word[length] == ' ');
    }
    if (given)
        return usage_error(command, "`%s` has no format `%s`; it has: %s", command->name, given,
                           command->formats);
    invocation->format = "text";
    return EXIT_FINE;
}

static enum exit_code read_arguments(struct invocation *invocation, int argc, char **argv)
{
    const struct command *command = invocation->command;
    bool options_end = false;

    for (int i = 2; i < argc; i++) {
        if (!options_end && strcmp(argv[i], "--") == 0) {
            options_end = true;
        } else if (!options_end && argv[i][0] == '-' && argv[i][1]) {
            enum exit_code code = read_option(invocation, argv, &i);
            if (code != EXIT_FINE)
                return code;
        } else if (invocation->n_arguments == command->most) {
            return usage_error(command, "`%s` takes %s: what is `%s`?", command->name,
                               command->most ? command->arguments : "no argument", argv[i]);
        } else {
            invocation->arguments[invocation->n_arguments++] = argv[i];
        }
    }
    if (invocation->help)
        return EXIT_FINE;
    if (invocation->n_arguments < command->least)
        return usage_error(command, "`%s` needs %s", command->name, command->arguments);
    return check_format(invocation);
}

int cmd_main(int argc, char **argv)
{
    struct buf help = {0};

    if (argc < 2) {
        help_text(&help, NULL);
        fputs(help.data, stderr);
        buf_free(&help);
        return EXIT_USAGE;
    }
    struct invocation invocation = {.command = command_find(argv[1])};
    if (!invocation.command)
        return (int)unknown_command(argv[1]);
    enum exit_code code = read_arguments(&invocation, argc, argv);
    if (code != EXIT_FINE)
        return (int)code;
    if (invocation.help) {
        help_text(&help, invocation.command);
        return print(&help) ? EXIT_FINE : EXIT_ENVIRONMENT;
    }
    return (int)invocation.command->run(&invocation);
}
