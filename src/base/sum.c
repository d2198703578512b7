/* Sums by libcrypto. */
#include "internal.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct sha256 {
    EVP_MD_CTX *context;
};

/* Writes two digits for each byte, and a NUL. */
static void put_hex(const unsigned char *bytes, size_t length, char *out)
{
    for (size_t i = 0; i < length; i++) {
        out[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    out[2 * length] = '\0';
}

struct sha256 *sha256_begin(void)
{
    struct sha256 *sha = memory_new(sizeof(*sha));

    sha->context = EVP_MD_CTX_new();
    if (!sha->context || !EVP_DigestInit_ex(sha->context, EVP_sha256(), NULL))
        fatal("libcrypto has no SHA-256");
    return sha;
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t length)
{
    if (!EVP_DigestUpdate(sha->context, bytes, length))
        fatal("libcrypto failed at SHA-256");
}

void sha256_end(struct sha256 *sha, char out[SHA256_HEX])
{
    unsigned char digest[SHA256_HEX / 2];

    if (!EVP_DigestFinal_ex(sha->context, digest, NULL))
        fatal("libcrypto failed at SHA-256");
    EVP_MD_CTX_free(sha->context);
    free(sha);
    put_hex(digest, sizeof(digest), out);
}

void sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX])
{
    struct sha256 *sha = sha256_begin();

    sha256_add(sha, bytes, length);
    sha256_end(sha, out);
}

void uuid_of_bytes(const void *bytes, size_t length, char out[UUID_TEXT])
{
    unsigned char digest[16];
    char hex[2 * sizeof(digest) + 1];
    size_t at = 0;

    if (!EVP_Digest(bytes, length, digest, NULL, EVP_md5(), NULL))
        fatal("libcrypto failed at MD5");
    digest[6] = (digest[6] & 0x0f) | 0x30; /* RFC 9562: version 3 */
    digest[8] = (digest[8] & 0x3f) | 0x80; /* and the variant */
    put_hex(digest, sizeof(digest), hex);
    for (size_t i = 0; hex[i]; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            out[at++] = '-';
        out[at++] = hex[i];
    }
    out[at] = '\0';
}
