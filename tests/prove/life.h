// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "prove/history.h"
#include "prove/ownclock.h"
#include "prove/wire.h"

#include "auth/vault.h"
#include "store/cache.h"
#include "store/ledger.h"
#include "sync/accountline.h"
#include "sync/feeds.h"
#include "sync/outbox.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace outrigger::prove {

/// What came of a history.
struct Outcome {
    QString kind;   ///< empty when everything was in order; else one word: lost, twice, order, account, false-sent ...
    QString trouble;
    int records = 0;
    int texts = 0;
    int asked = 0;     ///< texts that a person was asked about because nobody could tell what became of them
    int crashes = 0;
    int requests = 0;
    int harmed = 0;
    int limited = 0;   ///< requests that the server's rate limit refused: our own 429s
    double hours = 0;  ///< of the process's own time
    std::vector<std::int64_t> held; ///< bytes that the program's own parts gave back when they were closed, by Act::Measure
    std::vector<std::int64_t> resident; ///< bytes of the whole process at these moments, the other side included
    std::uint64_t trace = 0; ///< equal for equal runs
};

/// Lives one history: the product's databases, outbox, courier, client, limiter, session and feeds with the product's
/// own times, against the practice server, and keeps the books by which it is judged.
class Life
{
public:
    Life(Order *order, const History &history, bool tell);
    ~Life();
    Outcome live();

private:
    struct Known {
        RecordId id;
        int account = 0;
        QString lane;
        QString body;
        OutboxKind kind = OutboxKind::SendMessage;
        bool released = false;
    };
    struct Desk {
        Account account;
        QString token;
        quint16 location = 0;
        QStringList contacts;
        practice::Index calendar = practice::none;
    };
    /// A booking as the person knows it.
    struct Booked {
        RecordId record;
        int account = 0;
        int contact = 0;
        QDateTime start, end;
        bool off = false;
    };

    void trouble(const QString &kind, const QString &what);
    bool fine() const { return m_verdict.kind.isEmpty(); }
    template <class T>
    std::optional<T> wait(Task<T> task);
    void pass(std::int64_t milliseconds);

    bool open();
    void close();
    void restart();
    void reconnect(bool stale);
    void measure();

    void act(const Step &step);
    void writeText(const Step &step, const QString &body);
    void writeNewText(const Step &step);
    void change(const Step &step);
    void create(const Step &step);
    void enrol(const Step &step);
    void many(const Step &step);
    std::optional<QDateTime> freeTime(int account, int which) const;
    void book(const Step &step);
    void move(const Step &step);
    void drag(const Step &step);
    void tick(const Step &step);
    void colleagueTakes(const Step &step);
    void disturb(practice::Index contact, bool never);
    QString bookedThere(const OutboxRecord &record) const;
    static QString enrolment(const QString &contact, const QString &workflow);
    QString workflowOf(int account) const;
    void person(const Step &step);
    void around(const Step &step);
    void submitted(const std::optional<Result<RecordId>> &id, int account, const QString &lane, const QString &body, OutboxKind kind);

    void leaves(const practice::http::Request &request);
    void arrived(const practice::http::Request &request, bool applied);
    void changed(const OutboxRecord &record);
    bool isAttempted(const QString &text, const QString &contact) const;
    QString keyOf(const QString &location, const QString &contact, const QString &body) const;

    void decideAll();
    void decide(const OutboxRecord &record, const QVector<OutboxRecord> &book);
    QString unclaimed(const OutboxRecord &record, const QVector<OutboxRecord> &book);
    void compareBooks();
    void compareTexts(const QVector<OutboxRecord> &book);
    void compareThings(const QVector<OutboxRecord> &book);
    void compareJobs(const QVector<OutboxRecord> &book);
    void stillThere();
    void compareMirror();
    void compareBubbles(int contact);
    std::optional<QSet<QString>> cachedContacts();
    void compareBookings(const QVector<OutboxRecord> &book);
    void compareDeals();
    void compareStates();
    std::optional<QVector<OutboxRecord>> book();
    QJsonObject ask(int account, const QString &path);
    const practice::Contact &contactOf(int account, int contact);

    Order *m_order;
    const History &m_history;
    bool m_tell;
    Outcome m_verdict;
    Dice m_cuts;
    bool m_power = false; ///< deaths are power cuts
    QTemporaryDir m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<Wire> m_wire;
    std::vector<Desk> m_desks;
    auth::MemoryVault m_vault;

    std::unique_ptr<store::Cache> m_cache;
    std::unique_ptr<store::Ledger> m_ledger;
    std::unique_ptr<sync::Outbox> m_outbox;
    std::vector<std::unique_ptr<sync::AccountLine>> m_lines;
    TaskScope m_tasks;

    std::vector<Known> m_known;
    QHash<QString, int> m_allowed; ///< how many texts may be there, by key
    QHash<QString, int> m_effects;
    QHash<QString, bool> m_tags;     ///< account/contact/tag -> on
    QHash<QString, QString> m_fields;
    QHash<QString, bool> m_stars;
    QHash<QString, int> m_things;    ///< titles of tasks, notes, deals that were written
    std::vector<Booked> m_booked;
    QHash<practice::Index, quint16> m_stages; ///< of deals that were dragged
    QHash<practice::Index, bool> m_won;
    QHash<QString, bool> m_ticks;             ///< of tasks, by title
    QSet<QString> m_seen;                     ///< contacts that the cache has had
    QSet<QString> m_jobs;            ///< over many contacts, that were taken
    QSet<RecordId> m_asked;
    int m_again = 0; ///< crash once more so many steps after the start
    bool m_calm = false;
};

/// The task's result; nothing when the crash came first.
template <class T>
std::optional<T> Life::wait(Task<T> task)
{
    if (m_order->runUntil([&task] { return task.done(); }, std::int64_t(10 * 60 * 1000))) {
        if constexpr (std::is_void_v<T>)
            return std::nullopt;
        else
            return task.take();
    }
    if (!m_order->crashed())
        trouble(QStringLiteral("stuck"), QStringLiteral("something that a person waits for never ends"));
    return std::nullopt;
}

} // namespace outrigger::prove
