/* SHA-256 by libcrypto. */
#include "internal.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct sha256 {
    EVP_MD_CTX *context;
};

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
    for (size_t i = 0; i < sizeof(digest); i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[SHA256_HEX - 1] = '\0';
}

void sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX])
{
    struct sha256 *sha = sha256_begin();

    sha256_add(sha, bytes, length);
    sha256_end(sha, out);
}
