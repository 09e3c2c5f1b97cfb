#include "digest.hpp"

#include <openssl/evp.h>

std::string digest(const std::string &text)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_Digest(text.data(), text.size(), bytes, &length, EVP_sha256(), nullptr);
    const char *digits = "0123456789abcdef";
    std::string shown;
    for (unsigned int i = 0; i < length; ++i)
        shown += {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
    return shown;
}
