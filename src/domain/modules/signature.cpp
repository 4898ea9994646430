// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/signaturemodule.h"

#include <QtGlobal>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace outrigger::signature {

namespace {

struct Free {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    void operator()(BIO *bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;

const unsigned char *bytes(const QByteArray &from)
{
    return reinterpret_cast<const unsigned char *>(from.constData());
}

Key read(const QByteArray &key)
{
    if (key.contains("-----BEGIN")) {
        const std::unique_ptr<BIO, Free> text(BIO_new_mem_buf(key.constData(), int(key.size())));
        return Key(PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr));
    }
    const unsigned char *at = bytes(key);
    return Key(d2i_PUBKEY(nullptr, &at, long(key.size())));
}

int kindOf(SignatureScheme scheme)
{
    return scheme == SignatureScheme::Ed25519 ? EVP_PKEY_ED25519 : EVP_PKEY_RSA;
}

bool isKey(SignatureScheme scheme, const QByteArray &text)
{
    const Key key = read(text);
    return key && EVP_PKEY_base_id(key.get()) == kindOf(scheme);
}

bool verify(SignatureScheme scheme, const QByteArray &text, const QByteArray &message, const QByteArray &signature)
{
    const Key key = read(text);
    if (!key || EVP_PKEY_base_id(key.get()) != kindOf(scheme))
        return false;
    const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    const EVP_MD *hash = scheme == SignatureScheme::Ed25519 ? nullptr : EVP_sha256(); // Ed25519 has its own
    return context && EVP_DigestVerifyInit(context.get(), nullptr, hash, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), bytes(signature), size_t(signature.size()), bytes(message), size_t(message.size())) == 1;
}

constexpr Module module{verify, isKey};

} // namespace

} // namespace outrigger::signature

extern "C" Q_DECL_EXPORT const outrigger::signature::Module *outrigger_signature_module()
{
    return &outrigger::signature::module;
}
