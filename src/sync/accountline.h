// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/limiter.h"
#include "auth/session.h"
#include "core/clock.h"
#include "domain/account.h"
#include "sync/engine.h"
#include "sync/feeds.h"
#include "sync/source.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace outrigger::sync {

class ApiCourier;

/// One signed-in account at work: its session, its request budget, its client, its courier for the outbox and, for the
/// account in view, its feeds. Accounts out of view keep a line too, so that their records still leave.
class AccountLine : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        auth::Vault *vault = nullptr;
        store::Ledger *ledger = nullptr;
        store::Cache *cache = nullptr;
        Outbox *outbox = nullptr;
        const Clock *clock = nullptr;
    };
    AccountLine(Account account, Parts parts, const EngineOptions &options, QObject *parent);
    ~AccountLine() override;

    /// Begins to read the token; does not wait for it. feeds: whether this account is in view.
    void start(bool feeds);
    void setOffline(bool offline);
    /// After sleep, a change of interfaces or the end of a time offline: token, settling, the threads with waiting
    /// texts, in this order. The feeds go on by themselves afterwards.
    Task<void> reconnect(bool connectionsAreStale);

    /// Tries the network now when it is known to be down.
    Task<Status> reach();

    const Account &account() const { return m_session->account(); }
    auth::Session *session() const { return m_session.get(); }
    api::Client *client() const { return m_client.get(); }
    Feeds *feeds() const { return m_feeds.get(); }
    Threads *threads() const;
    Source *source() const { return m_source.get(); }
    /// Connection, resumesAt, detail and clockOff; the rest is left alone.
    void describe(EngineStatus &status) const;

Q_SIGNALS:
    void statusChanged();
    /// Answers come again after a time without.
    void backOnline();
    void locationRead(const outrigger::AccountId &account, const outrigger::Location &location);
    void problem(const QString &sentence, const QString &nextStep);
    /// The session has stored something new about the sign-in.
    void signInChanged(const outrigger::Account &account);

private:
    void onSessionState();
    void onNetworkState(api::NetworkState state);
    void updateAllowed();
    void probeLater();
    static Task<Status> keepSignIn(AccountLine *self, Account changed);
    static Task<void> begin(AccountLine *self);
    static Task<void> probe(AccountLine *self);

    Parts m_parts;
    EngineOptions m_options;
    std::unique_ptr<auth::Session> m_session;
    std::unique_ptr<api::Limiter> m_limiter;
    std::unique_ptr<api::Client> m_client;
    std::unique_ptr<Source> m_source;
    std::unique_ptr<ApiCourier> m_courier;
    std::unique_ptr<Threads> m_threads;
    std::unique_ptr<Feeds> m_feeds;
    bool m_offline = false;
    bool m_wasDown = false;
    int m_probes = 0;
    QTimer m_probeTimer;
    TaskScope m_tasks; ///< last: tasks use everything above
};

} // namespace outrigger::sync
