// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "auth/vault.h"
#include "core/await.h"
#include "core/clock.h"
#include "domain/account.h"

#include <QObject>

#include <functional>
#include <memory>

namespace outrigger::auth {

enum class SessionState { SignedOut, WaitingForKeyring, Ready, Refreshing, NeedsSignIn };

/// What is kept in the keychain for an account, as one JSON secret per slot.
struct Secret {
    QString accessToken;   ///< or the private integration token
    QString refreshToken;  ///< OAuth only
    QString clientSecret;  ///< OAuth only, the user's own app
    qint64 generation = 0;
    QDateTime expires;     ///< of the access token, so that a pair is complete by itself; invalid when it does not end
    QByteArray toBytes() const;
    static std::optional<Secret> fromBytes(const QByteArray &bytes);
};

/// The name of a slot's entry in a vault.
QString secretKey(const AccountId &account, int slot);
/// Both slots, verified to be gone: for signing out.
Task<Status> removeSecrets(Vault *vault, AccountId account);

/// One account's sign-in. Owns the token; renews five minutes early; one refresh at a time and one per generation.
/// Rotation: mark generation -> call -> write to the free slot -> read back -> commit pointer -> use -> remove the old
/// slot after the first success. After a crash the new slot is tried first, then the old one.
/// Only an explicit refusal (invalid_grant and its HighLevel spellings) leads to NeedsSignIn; an empty or locked
/// keyring, a network failure or a 5xx never does.
class Session : public QObject, public api::TokenSource
{
    Q_OBJECT
public:
    /// commit: stores what the session owns of the account row (takeSignIn()) durably, and nothing else of it; the
    /// rotation depends on its order.
    /// Accounts of SignInKind::Session use sessionVault() unless `vault` is another MemoryVault.
    /// Never destroy a session from inside stateChanged: deleteLater().
    using Commit = std::function<Task<Status>(Account)>;
    Session(Account account, Vault *vault, Commit commit, const Clock &clock = Clock::system(), QObject *parent = nullptr);
    ~Session() override;

    /// Reads the token. Waits 2, 5, 10, 30 s for a locked or absent keyring, then asks (WaitingForKeyring).
    Task<Status> start();
    /// After a click: lets the system ask for the keyring's password, then reads again.
    Task<Status> retryKeyring();
    /// Instead of 2, 5, 10, 30 s.
    void setKeyringWaits(QVector<std::chrono::milliseconds> waits);
    SessionState state() const;
    QString detail() const; ///< one sentence: what is wrong and what to do
    const Account &account() const;

    Task<Result<Token>> token() override;
    Task<Result<Token>> renew(qint64 generation) override;
    /// The first success with the current token: the old slot may go.
    void confirmToken(qint64 generation) override;

Q_SIGNALS:
    void stateChanged(outrigger::auth::SessionState state);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::auth
