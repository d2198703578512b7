/* The environment: its errors, and its signals. */
#include "internal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* The one mutable global of dsc: a signal handler can reach nothing else. */
static volatile sig_atomic_t signal_came;

void fatal(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fputs("dsc: internal error: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

bool env_error(const char *format, ...)
{
    struct buf text = {0};
    va_list arguments;

    va_start(arguments, format);
    buf_puts(&text, "dsc: ");
    buf_vprintf(&text, format, arguments);
    buf_putc(&text, '\n');
    va_end(arguments);
    fwrite(text.data, 1, text.len, stderr); /* at once: lines of two processes do not mix */
    buf_free(&text);
    return false;
}

static void remember(int number)
{
    (void)number;
    signal_came = 1;
}

void signals_install(void)
{
    /* Without SA_RESTART, so that waiting ends too; with SA_RESETHAND, so that a second Ctrl-C ends
     * the process at once. */
    struct sigaction stop = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
    struct sigaction usual = {.sa_handler = SIG_DFL};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGPIPE, &usual, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

bool interrupted(void)
{
    return signal_came;
}
