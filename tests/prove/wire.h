// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/server.h"
#include "prove/ownclock.h"

#include <QDateTime>
#include <QHash>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace outrigger::prove {

/// How one request fares. "Effect" says whether the server does what it was asked.
enum class Harm {
    None,
    Refused,        ///< nobody listens; nothing leaves
    NoName,         ///< the name is not found
    NeverConnects,
    ClosedBefore,   ///< closed before a byte was taken
    ClosedInside,   ///< closed while the body was being written; no effect
    SilentNothing,  ///< everything was read, no answer ever; no effect
    SilentEffect,
    ResetNothing,   ///< closed after everything was read
    ResetEffect,
    LateEffect,     ///< closed; it happens up to 100 s later
    SilentLate,     ///< no answer ever; it happens up to 100 s later
    SlowAnswer,     ///< effect; the answer takes 20 to 50 s
    CutBody,        ///< effect; half of the answer
    EmptyOk,        ///< effect; 201 and nothing else
    LyingOk,        ///< no effect; 201 and JSON without an id
    WrongOk,        ///< no effect; 200 and JSON that is something else
    HtmlOk,         ///< no effect; a sign-in page of the network
    HtmlOkEffect,   ///< effect; somebody put HTML in place of the answer
    Redirect,       ///< no effect
    Status500,      ///< no effect, JSON
    Status500Effect,
    Html502,
    Html504Effect,
    Status408,
    Status409Effect,
    Plain400Effect, ///< 400 without the API's JSON, and it has happened
    LimitedFor,     ///< 429 with Retry-After; no effect
    Limited,        ///< 429 without
    Rewritten,      ///< the server changes the text
    SamePage,       ///< of lists: what the page before had
    EmptyPage,      ///< of lists: nothing in them
    HalfPage,       ///< of lists: the first half
    Count
};
const char *word(Harm harm);

/// The server's side, and everything between: it outlives the program that crashes. A request that has left arrives.
class Wire final : public QObject
{
    Q_OBJECT
public:
    Wire(practice::Server *server, Order *order, std::uint64_t seed);

    struct Armed {
        Harm harm = Harm::None;
        int what = 0;  ///< 0: texts, 1: everything that changes something, 2: all, 3: reads
        int skip = 0;
        int count = 1;
    };
    std::vector<Armed> armed;
    int noise = 0;          ///< of a thousand changing requests, how many fare badly
    bool down = false;      ///< no network
    std::int64_t lag = 0;   ///< lists of messages do not show what is younger, ms

    /// Just before a request leaves the program.
    std::function<void(const practice::http::Request &)> leaving;
    /// A changing request has reached the server and this was its answer.
    std::function<void(const practice::http::Request &, const practice::http::Response &, bool applied, Harm)> happened;

    int requests = 0;
    int harmed = 0;
    int refused = 0;  ///< requests to which the server itself said 429
    int onTheWay = 0; ///< changing requests that have left and not arrived, late effects included

    /// What the server still has to do is done now: its clock runs while the computer sleeps.
    void arriveNow();
    /// Does it after so many milliseconds.
    void later(int milliseconds, std::function<void()> work);

    Harm fate(const practice::http::Request &request);
    practice::http::Response serve(const practice::http::Request &request, Harm harm);
    int between(int from, int to) { return from + m_dice.below(to - from + 1); }
    Order *order() const { return m_order; }
    QDateTime serverTime() const;

    static bool isText(const practice::http::Request &request);

private:
    void hideYoung(practice::http::Response &response) const;
    void spoilPage(practice::http::Response &response, const QString &path, Harm harm);
    std::map<int, std::function<void()>> m_later;
    int m_numbers = 0;
    QHash<QString, QByteArray> m_pages; ///< the last of each list
    practice::Server *m_server;
    Order *m_order;
    Dice m_dice;
};

/// A network whose requests go to the wire.
class Network final : public QNetworkAccessManager
{
    Q_OBJECT
public:
    Network(Wire *wire, QObject *parent);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    QPointer<Wire> m_wire;
};

} // namespace outrigger::prove
