/* Help, from the tables of commands and options. */
#include "command.h"

#include "dsc/version.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool print(struct buf *out)
{
    bool fine = (out->len == 0 || fwrite(out->data, 1, out->len, stdout) == out->len) &&
                fflush(stdout) == 0;

    buf_free(out);
    return fine || env_error("cannot write to standard output: %s", strerror(errno));
}

static void put_indented(struct buf *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        buf_puts(out, "  ");
        buf_put(out, text, length);
        buf_putc(out, '\n');
        text += length + (text[length] == '\n');
    }
}

static void put_option(struct buf *out, const struct option *option, const struct command *command)
{
    char left[48];

    snprintf(left, sizeof left, "%s%s%s%s%s", option->letter ? option->letter : "  ",
             option->letter ? ", " : "  ", option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    buf_printf(out, "  %-24s %s", left, option->help);
    if (option->bit == TAKES_FORMAT)
        buf_printf(out, ": %s", command->formats);
    buf_putc(out, '\n');
}

static void put_command_help(struct buf *out, const struct command *command)
{
    buf_printf(out, "dsc %s: %s\n\nUsage: dsc %s [OPTION…]%s%s\n", command->name, command->summary,
               command->name, *command->arguments ? " " : "", command->arguments);
    if (*command->text)
        buf_printf(out, "\n%s\n", command->text);
    buf_puts(out, "\nOptions:\n");
    for (size_t i = 0; i < n_command_options; i++)
        if ((command->takes | TAKES_HELP) & command_options[i].bit)
            put_option(out, &command_options[i], command);
    buf_puts(out, "\nExamples:\n");
    put_indented(out, command->examples);
}

static void put_program_help(struct buf *out)
{
    buf_puts(out,
             "dsc " DSC_VERSION ", the ecosystem model compiler: turns a YAML model of who "
             "produces and who\nconsumes data into everything that makes its platforms run.\n\n"
             "Usage: dsc COMMAND [OPTION…] [ARGUMENT]\n\nCommands:\n");
    for (size_t i = 0; i < n_commands; i++) {
        char left[32];
        snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].arguments);
        buf_printf(out, "  %-18s %s\n", left, commands[i].summary);
    }
    buf_puts(out, "\nExit codes: 0 fine, 1 findings, 3 the environment failed, 64 wrong usage.\n"
                  "\nExamples:\n"
                  "  dsc init my-model && cd my-model && dsc lint\n"
                  "  dsc bootstrap --output ../platforms && dsc render --output ../platforms\n"
                  "  dsc help render\n");
}

void help_text(struct buf *out, const struct command *command)
{
    if (command)
        put_command_help(out, command);
    else
        put_program_help(out);
}

enum exit_code run_help(const struct invocation *invocation)
{
    const struct command *command = NULL;
    struct buf out = {0};

    if (invocation->n_arguments) {
        command = command_find(invocation->arguments[0]);
        if (!command)
            return unknown_command(invocation->arguments[0]);
    }
    help_text(&out, command);
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}

enum exit_code run_version(const struct invocation *invocation)
{
    struct buf out = {0};

    (void)invocation;
    buf_puts(&out, "dsc " DSC_VERSION "\n");
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}

bool shows_colour(int descriptor)
{
    const char *no = getenv("NO_COLOR");

    return isatty(descriptor) && (!no || !*no);
}
