// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/call.h"
#include "practice/faults.h"
#include "practice/http.h"
#include "practice/ledger.h"
#include "practice/options.h"
#include "practice/people.h"
#include "practice/ratelimit.h"
#include "practice/tokens.h"
#include "practice/world.h"

#include "core/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>

namespace outrigger::practice
{

/// The whole practice account: a small HighLevel on 127.0.0.1 with its world, its people and its control panel under
/// /__practice/. One thread; lives where it was made, so that tests can run it inside their own process.
class Server final : public QObject
{
    Q_OBJECT
public:
    explicit Server(Options options, QObject *parent = nullptr);
    ~Server() override;

    /// Loads or makes the world and listens. Fails when the port is taken or the state file cannot be used.
    Status start();
    quint16 port() const { return m_http.serverPort(); }
    QString url() const;                      ///< "http://127.0.0.1:PORT"
    QString token() const { return m_token; } ///< a private integration token of the first location, with every scope
    QString locationId() const { return m_world->locationId(0); }
    /// Writes the state file now, where there is one.
    Status save();

    World &world() { return *m_world; }
    Tokens &tokens() { return m_tokens; }
    Ledger &ledger() { return m_ledger; }
    Faults &faults() { return m_faults; }
    People &people() { return *m_people; }
    const Options &options() const { return m_options; }
    int connectionsMade() const { return m_http.connectionsMade(); }

    /// Answers one request without a socket, as if no fault were armed: for proofs that carry the bytes themselves.
    http::Response respond(const http::Request &request);
    /// Answers everything with 429 for a while. retryAfter: seconds to say so in a header, or -1 for none.
    void storm(int seconds, int retryAfter);
    void slow(int milliseconds) { m_slow = milliseconds; } ///< before each answer
    void setRate(Rate rate) { m_rate.setRate(rate); }

private:
    struct Exchange;
    void handle(http::Connection *connection, const http::Request &request);
    std::shared_ptr<Exchange> open(const http::Request &request);
    void begin(const std::shared_ptr<Exchange> &exchange);
    void faulty(const std::shared_ptr<Exchange> &exchange);
    Reply run(Exchange &exchange);
    Reply dispatch(Exchange &exchange, Call &call);
    std::optional<Reply> limited(const Exchange &exchange);
    std::optional<Reply> unauthorised(const Exchange &exchange, Call &call);
    void answer(const std::shared_ptr<Exchange> &exchange, const Reply &reply);
    void trickle(const std::shared_ptr<Exchange> &exchange, const QByteArray &bytes, qsizetype at);
    http::Response response(const Exchange &exchange, const Reply &reply) const;
    QString rateKey(const http::Request &request) const;
    QString traceId();
    void changed();

    Options m_options;
    std::unique_ptr<World> m_world;
    Tokens m_tokens;
    Ledger m_ledger;
    Faults m_faults;
    RateLimit m_rate;
    std::unique_ptr<People> m_people;
    http::HttpServer m_http;
    QString m_token;
    QTimer m_saveTimer;
    qint64 m_saveCost = 0;
    QElapsedTimer m_time;
    qint64 m_stormUntil = 0;
    int m_stormRetry = -1;
    int m_slow = 0;
    quint64 m_traces = 0;
};

} // namespace outrigger::practice
