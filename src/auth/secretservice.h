// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/vault.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>

#include <chrono>

namespace outrigger::auth {

/// What the session bus says about org.freedesktop.secrets: is it there, is its default collection open. No session is
/// opened on the service, no secret is touched. Lives on the thread that made it.
class SecretService : public QObject
{
    Q_OBJECT
public:
    explicit SecretService(QObject *parent = nullptr);
    ~SecretService() override;

    /// Absent: no bus or no service. Locked: there, but its default collection is locked or does not exist yet. Unknown:
    /// no answer within `limit`. Never opens a prompt.
    Task<VaultState> probe(std::chrono::milliseconds limit);
    /// Opens the system's own prompt and waits for the person, at most `limit`. Only after a click of theirs.
    Task<VaultState> unlock(std::chrono::milliseconds limit);

private:
    Task<Result<QDBusMessage>> call(QDBusMessage message, std::chrono::milliseconds limit);
    Task<Result<QString>> defaultCollection(std::chrono::milliseconds limit);
    Task<bool> prompted(QString promptPath, std::chrono::milliseconds limit);
    bool connectBus();

    QString m_name;
    QDBusConnection m_bus;
};

} // namespace outrigger::auth
