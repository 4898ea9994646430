// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QHash>
#include <QObject>

#include <chrono>
#include <memory>

namespace outrigger::auth {

enum class VaultState { Unknown, Available, Locked, Absent };

/// Secrets by (profile, account, slot). One job at a time; each with our own deadline; an answer that comes later is
/// ignored. Errors: Keyring (absent, failed, deadline), KeyringLocked, NotFound (and only when the keyring is known to
/// be unlocked: a locked one reads as empty).
class Vault : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual Task<Result<QByteArray>> read(QString key) = 0;
    /// Written and read back; an error when the same bytes do not come back.
    virtual Task<Status> write(QString key, QByteArray secret) = 0;
    /// Deleted and verified to be gone.
    virtual Task<Status> remove(QString key) = 0;
    virtual Task<VaultState> probe() = 0; ///< asks the bus, touches no secret, never opens a prompt
    /// Opens the system's own unlock prompt and waits up to five minutes for the person. Only after a click of theirs.
    virtual Task<VaultState> unlock();
};

/// The system's keychain through QtKeychain, without its plain-text fallback.
class KeychainVault final : public Vault
{
    Q_OBJECT
public:
    /// profileId goes into the service name "outrigger/<profileId>".
    explicit KeychainVault(const QString &profileId, std::chrono::milliseconds deadline = std::chrono::seconds(10),
                           QObject *parent = nullptr);
    ~KeychainVault() override;
    Task<Result<QByteArray>> read(QString key) override;
    Task<Status> write(QString key, QByteArray secret) override;
    Task<Status> remove(QString key) override;
    Task<VaultState> probe() override;
    Task<VaultState> unlock() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// In memory, for this run only: "no keychain" sessions and tests.
class MemoryVault final : public Vault
{
    Q_OBJECT
public:
    using Vault::Vault;
    Task<Result<QByteArray>> read(QString key) override;
    Task<Status> write(QString key, QByteArray secret) override;
    Task<Status> remove(QString key) override;
    Task<VaultState> probe() override;
    VaultState state = VaultState::Available; ///< tests lock it

private:
    QHash<QString, QByteArray> m_secrets;
};

/// Secrets of this run: where SignIn::finish puts those of session-only accounts and where their Session finds them.
MemoryVault &sessionVault();

} // namespace outrigger::auth
