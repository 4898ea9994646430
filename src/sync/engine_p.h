// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/mediaclient.h"
#include "auth/vault.h"
#include "core/await.h"
#include "sync/accountline.h"
#include "sync/engine.h"
#include "sync/outgoingfiles.h"
#include "sync/recordings.h"
#include "sync/surroundings.h"

#include <QHash>

#include <map>
#include <memory>
#include <vector>

namespace outrigger::sync {

/// What is inside the engine; engine.cpp and engine_accounts.cpp share it.
struct Engine::Private {
    Private(Engine *owner, Profile profileIn, EngineOptions optionsIn);
    ~Private();

    Task<Status> start();
    Task<Status> openLedger();
    void loadQuietHours();
    Task<Status> loadAccounts();
    Task<Status> addSessionAccount();
    Task<Status> showMarks();
    void watchSurroundings();
    static Task<void> reconnect(Private *self, bool connectionsAreStale);
    static Task<void> rememberLocation(Private *self, AccountId id, Location location);

    AccountLine *line() const; ///< of the current account
    AccountLine *openLine(const Account &account);
    Account *stored(const AccountId &id);
    /// The keychain, or the vault that lasts for this run only.
    auth::Vault *vaultOf(const Account &account) const;
    void retire(const AccountId &id);
    Task<Status> makeCurrent(AccountId id);
    Task<Status> eraseSecrets(Account account);
    Task<Status> eraseRows(Account account);
    void setMark(bool running);
    /// The one place that says whether anything may leave.
    void updatePaused(bool waitFirst = false);
    Task<void> untilNothingIsOnTheWire(std::chrono::milliseconds patience);

    Engine *q;
    Profile profile;
    EngineOptions options;
    const Clock &clock = Clock::system();
    std::unique_ptr<store::Cache> cache;
    std::unique_ptr<store::Ledger> ledger;
    std::unique_ptr<OutgoingFiles> files;
    std::unique_ptr<api::MediaClient> media; ///< made at its first use
    std::unique_ptr<Recordings> recordings;  ///< so is this
    Recordings &callFolder();
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<auth::Vault> vault;
    QVector<Account> accounts;
    AccountId current;
    std::map<AccountId, std::unique_ptr<AccountLine>> lines;
    std::vector<std::unique_ptr<AccountLine>> retired;
    std::unique_ptr<Surroundings> surroundings;
    QuietHours hours = QuietHours::builtIn();
    Attention attention;
    QDateTime since;
    Connection lastConnection = Connection::Starting;
    bool uncleanEnd = false;
    bool started = false;
    bool mayDeliver = true; ///< false: a newer version wrote the outbox
    bool ending = false;
    Task<void> reconnecting; ///< the latest reason to reconnect wins
    TaskScope tasks;
};

} // namespace outrigger::sync
