// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace outrigger {

enum class SignatureScheme { Ed25519, RsaSha256 };

/// Whether `signature` is one of `message` by the owner of this public key (DER as in SPKI, or PEM). Nullopt: the module
/// "signature" (OpenSSL) is not installed, so nothing can be said. Any thread.
std::optional<bool> verifySignature(SignatureScheme scheme, const QByteArray &key, const QByteArray &message, const QByteArray &signature);
/// A key that verifySignature() can use.
bool isPublicKey(SignatureScheme scheme, const QByteArray &key);

} // namespace outrigger
