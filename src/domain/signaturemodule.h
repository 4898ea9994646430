// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/signature.h"

/// What the module "signature" gives to domain/signature.cpp: OpenSSL's check of signatures.
namespace outrigger::signature {

struct Module {
    bool (*verify)(SignatureScheme scheme, const QByteArray &key, const QByteArray &message, const QByteArray &signature);
    bool (*isKey)(SignatureScheme scheme, const QByteArray &key);
};

using ModuleFunction = const Module *();
inline constexpr char moduleFunctionName[] = "outrigger_signature_module";

} // namespace outrigger::signature
