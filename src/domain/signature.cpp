// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/signature.h"

#include "core/module.h"
#include "domain/signaturemodule.h"

namespace outrigger {

namespace {

const signature::Module *module()
{
    static const signature::Module *const found = []() -> const signature::Module * {
        const auto open = reinterpret_cast<signature::ModuleFunction *>(moduleFunction(QStringLiteral("signature"), signature::moduleFunctionName));
        return open ? open() : nullptr;
    }();
    return found;
}

} // namespace

std::optional<bool> verifySignature(SignatureScheme scheme, const QByteArray &key, const QByteArray &message, const QByteArray &signature)
{
    if (!module())
        return std::nullopt;
    return module()->verify(scheme, key, message, signature);
}

bool isPublicKey(SignatureScheme scheme, const QByteArray &key)
{
    return module() && module()->isKey(scheme, key);
}

} // namespace outrigger
