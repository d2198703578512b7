/* What the field tables alone are good for: dump, schema, reference. */
#include "command.h"

#include "dsc/describe.h"

#include <string.h>

enum exit_code run_dump(const struct invocation *invocation)
{
    struct compilation compilation;
    struct buf out = {0};
    enum exit_code code = compile(&compilation, invocation);

    if (code == EXIT_FINE)
        code = compilation_check(&compilation, invocation);
    if (code == EXIT_FINE) {
        describe_model_yaml(&out, &compilation.model);
        if (!print(&out))
            code = EXIT_ENVIRONMENT;
    }
    compilation_free(&compilation);
    return code;
}

enum exit_code run_schema(const struct invocation *invocation)
{
    struct buf out = {0};

    if (strcmp(invocation->arguments[0], "json") != 0)
        return usage_error(invocation->command, "`schema` needs `json`, not `%s`",
                           invocation->arguments[0]);
    describe_schema_json(&out);
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}

enum exit_code run_reference(const struct invocation *invocation)
{
    struct buf out = {0};

    (void)invocation;
    describe_reference_markdown(&out);
    return print(&out) ? EXIT_FINE : EXIT_ENVIRONMENT;
}
