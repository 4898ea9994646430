// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/session.h"
#include "auth/tokencalls.h"

namespace outrigger::auth {

/// A new pair that is not durable yet. The old refresh token is spent, so it must not be lost while we live.
struct PendingPair {
    Secret secret;
    QStringList scopes;
    int slot = 0;
    bool written = false;
};

struct Session::Private {
    Private(Session *session, Account row, Vault *store, Commit save, const Clock &time);

    Session *q;
    Account account;
    Vault *vault;
    Commit commit;
    const Clock &clock;
    QVector<std::chrono::milliseconds> waits;

    SessionState state = SessionState::SignedOut;
    QString detail;
    std::optional<Secret> current;
    std::optional<Secret> fallback;    ///< the pair of the other slot, tried when `current` is refused
    std::optional<PendingPair> pending;
    bool oldSlotFull = false;          ///< the slot that does not count may still hold an old pair
    bool persisting = false;           ///< persistLater() runs
    bool unsure = false;               ///< a refresh was begun by a process that died before it ended
    std::optional<Error> keyringError;
    std::chrono::milliseconds keyringTriedAt{0};
    std::optional<Error> refreshError;
    std::chrono::milliseconds refreshFailedAt{0};
    std::optional<Resolver<bool>> hurry; ///< cuts the wait between two looks at the keyring

    // Destroyed in reverse: what runs goes first, then what it uses.
    std::unique_ptr<TokenCalls> calls;
    SingleFlight<Status> loading;
    SingleFlight<Result<api::TokenSource::Token>> refreshing;
    TaskScope scope;

    bool renewable() const { return current && !current->refreshToken.isEmpty(); }
    api::TokenSource::Token token() const { return {current->accessToken, current->generation}; }
    void setState(SessionState next, const QString &sentence = {});
    TokenCalls &tokenCalls();

    // session.cpp: reading the keyring
    static Task<Status> load(Private *d, bool patient);
    Task<Status> readSlots();
    Task<Result<std::optional<Secret>>> readSlot(int slot);
    Task<bool> pause(std::chrono::milliseconds interval);
    Task<Status> ready();

    // rotation.cpp
    static Task<Result<api::TokenSource::Token>> rotate(Private *d);
    Task<Status> askForPair();
    Task<Status> makeDurable();
    Task<Status> needSignIn(QString sentence);
    static Task<void> persistLater(Private *d);
    static Task<void> removeOldSlot(Private *d, int slot);
    static Task<void> refreshNow(Private *d);
};

} // namespace outrigger::auth
