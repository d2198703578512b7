#include "command.h"

#include <string.h>
#include <unistd.h>

static void report_lint_text(struct buf *out, const struct diags *diags)
{
    report_text(out, diags, SEV_NOTE, shows_colour(STDOUT_FILENO));
}

static const struct {
    const char *format;
    void (*report)(struct buf *out, const struct diags *diags);
} reports[] = {
    {"text", report_lint_text},
    {"json", report_json},
    {"sarif", report_sarif},
    {"github", report_github},
};

enum exit_code run_lint(const struct invocation *invocation)
{
    struct compilation compilation;
    struct buf out = {0};
    enum exit_code code = compile(&compilation, invocation);

    if (code == EXIT_FINE) {
        const struct diags *diags = &compilation.diags;
        for (size_t i = 0; i < COUNT(reports); i++)
            if (strcmp(invocation->format, reports[i].format) == 0)
                reports[i].report(&out, diags);
        if (strcmp(invocation->format, "text") == 0 && !(invocation->quiet && diags->all.n == 0))
            report_summary(&out, diags);
        code = diags_count(diags, SEV_ERROR) ? EXIT_FINDINGS : EXIT_FINE;
        if (!print(&out))
            code = EXIT_ENVIRONMENT;
    }
    compilation_free(&compilation);
    return code;
}
