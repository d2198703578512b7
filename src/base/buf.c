/* The growing byte buffer. */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_room(const struct buf *buf, size_t more)
{
    return more < buf->cap - buf->len; /* less, since the NUL wants a byte too */
}

void buf_reserve(struct buf *buf, size_t more)
{
    if (has_room(buf, more))
        return;
    size_t cap = buf->cap ? buf->cap : 64;
    while (cap - buf->len <= more) {
        if (cap > SIZE_MAX / 2)
            fatal("out of memory, asking for %zu bytes", more);
        cap *= 2;
    }
    buf->data = memory_resize(buf->data, cap);
    buf->cap = cap;
}

void buf_put(struct buf *buf, const void *bytes, size_t length)
{
    if (!has_room(buf, length))
        buf_reserve(buf, length);
    if (length)
        memcpy(buf->data + buf->len, bytes, length);
    buf->len += length;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_put(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    if (!has_room(buf, 1))
        buf_reserve(buf, 1);
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

void buf_fill(struct buf *buf, char c, size_t times)
{
    buf_reserve(buf, times);
    memset(buf->data + buf->len, c, times);
    buf->len += times;
    buf->data[buf->len] = '\0';
}

void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    buf_reserve(buf, 0);
    int length = vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, arguments);
    if (length < 0)
        fatal("cannot format \"%s\"", format);
    if ((size_t)length >= buf->cap - buf->len) {
        buf_reserve(buf, (size_t)length);
        vsnprintf(buf->data + buf->len, buf->cap - buf->len, format, again);
    }
    va_end(again);
    buf->len += (size_t)length;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(buf, format, arguments);
    va_end(arguments);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}
