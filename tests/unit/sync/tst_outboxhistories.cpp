// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/sync/outboxbench.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSet>

#include <vector>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using sync::Outbox;
using S = OutboxState;

namespace {

/// Hundreds of profiles on a disk wait for it most of the time; kills of this kind do not need one.
QString fastPlace()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath();
}

/// One random life of a profile: texts, new texts, tags, cancelling, a bad network, kills and restarts, and at the end a
/// person who decides what is left, by what is really there. Then the books are compared.
class History
{
public:
    explicit History(quint32 seed) : m_seed(seed), m_random(seed)
    {
        m_bench.times.undo = 6ms;
        m_bench.times.looks = {2ms, 5ms, 12ms, 24ms};
        m_bench.times.lateLooks = {20ms, 40ms, 80ms};
        m_bench.times.absentAfter = 24ms;
        m_bench.times.betweenLooks = 8ms;
        m_bench.times.backoffBase = 1ms;
        m_bench.times.backoffCap = 8ms;
        m_bench.server.lateAfter = 6ms;
        m_bench.otherServer.lateAfter = 6ms;
    }

    /// Empty when everything was in order, else what was not.
    Task<QString> run()
    {
        auto opening = open();
        co_await opening;
        const int operations = 6 + int(m_random.bounded(10));
        for (int i = 0; i < operations && m_trouble.isEmpty(); ++i) {
            auto step = act();
            co_await step;
            if (m_random.bounded(3) == 0) {
                Delay pause(std::chrono::milliseconds(m_random.bounded(5)));
                co_await pause;
            }
        }
        auto drain = decideAll();
        co_await drain;
        auto audit = compareBooks();
        co_await audit;
        m_bench.crash();
        co_return m_trouble;
    }
    quint32 seed() const { return m_seed; }
    int records() const { return int(m_order.size()); }
    int crashes() const { return m_crashes; }

private:
    struct Known {
        RecordId id;
        QString lane; ///< account and whom it goes to; empty for what has no order
    };

    Task<void> open()
    {
        m_bench.cache = std::make_unique<store::Cache>(m_bench.dir.filePath(u"cache.sqlite"_s));
        m_bench.ledger = std::make_unique<store::Ledger>(m_bench.dir.filePath(u"outbox.sqlite"_s), m_bench.dir.filePath(u"outbox.journal"_s));
        auto cache = m_bench.cache->open(m_crashes > 0);
        const Status cacheOpen = co_await cache;
        auto ledger = m_bench.ledger->open();
        const auto ledgerOpen = co_await ledger;
        if (!cacheOpen || !ledgerOpen) {
            m_trouble = u"a file does not open"_s;
            co_return;
        }
        m_bench.outbox = std::make_unique<Outbox>(m_bench.ledger.get(), m_bench.cache.get(), m_bench.times);
        m_bench.courier = std::make_unique<ScriptedCourier>(&m_bench.server, m_bench.account.id);
        m_bench.otherCourier = std::make_unique<ScriptedCourier>(&m_bench.otherServer, m_bench.other.id);
        for (ScriptedCourier *courier : {m_bench.courier.get(), m_bench.otherCourier.get()}) {
            courier->otherwise = [this](const OutboxRecord &record) { return ending(record); };
            courier->onDeliver = [this](const OutboxRecord &record) { checkOrder(record); };
        }
        auto starting = m_bench.outbox->start(m_random.bounded(2) == 0);
        const Status started = co_await starting;
        if (!started) {
            m_trouble = u"the outbox does not start: "_s + started.error().message;
            co_return;
        }
        m_bench.outbox->setCourier(m_bench.account.id, m_bench.courier.get());
        m_bench.outbox->setCourier(m_bench.other.id, m_bench.otherCourier.get());
    }

    Ending ending(const OutboxRecord &record)
    {
        if (m_calm)
            return Ending::Ok;
        const auto dice = m_random.bounded(100);
        if (dice < 45)
            return Ending::Ok;
        if (dice < 55)
            return Ending::LostWithEffect;
        if (dice < 62)
            return Ending::LostWithoutEffect;
        if (dice < 69)
            return Ending::LostLateEffect;
        if (dice < 77)
            return Ending::Offline;
        if (dice < 82)
            return Ending::Limited;
        if (dice < 86)
            return Ending::ServerErrorWithEffect;
        if (dice < 90)
            return Ending::PlainServerError;
        if (record.kind == OutboxKind::ContactTags)
            return Ending::Offline; // a change of tags that is refused and repeated would come after younger ones
        if (dice < 93)
            return Ending::Hang;
        return dice < 96 ? Ending::Dnd : dice < 98 ? Ending::TokenRefused : Ending::ScopeMissing;
    }

    void checkOrder(const OutboxRecord &record)
    {
        QString lane;
        for (const Known &known : m_order) {
            if (known.id == record.id)
                lane = known.lane;
        }
        if (lane.isEmpty())
            return;
        for (const Known &known : m_order) {
            if (known.id == record.id)
                return;
            const auto earlier = m_bench.outbox->active(known.id);
            // What a person lets go takes its place at that moment, when a younger one may be leaving already.
            if (known.lane != lane || !earlier || m_released.contains(known.id))
                continue;
            const bool waits = earlier->state == S::Queued || earlier->state == S::Attempting || earlier->state == S::Settling
                || (earlier->state == S::Held && earlier->hold != HoldReason::Ask);
            if (waits)
                m_trouble = u"order: %1 left while %2 was %3"_s.arg(record.id.value, known.id.value, outboxStateWord(earlier->state));
        }
    }

    void submitted(const Result<RecordId> &id, const QString &lane)
    {
        if (id)
            m_order.push_back({*id, lane});
        else
            m_trouble = u"not submitted: "_s + id.error().message;
    }

    Task<void> act()
    {
        const auto dice = m_random.bounded(100);
        const bool mine = m_random.bounded(4) != 0;
        const Account account = mine ? m_bench.account : m_bench.other;
        Outbox::SubmitOptions options;
        options.undoable = m_random.bounded(3) == 0;
        MessageDraft draft;
        draft.body = m_random.bounded(2) == 0 ? u"Hi"_s : u"See you at noon"_s;
        if (dice < 45) {
            draft.contactId = ContactId(u"contact-%1"_s.arg(m_random.bounded(2)));
            auto job = m_bench.outbox->submitMessage(account, draft, options);
            const auto id = co_await job;
            submitted(id, account.id.value + draft.contactId.value);
        } else if (dice < 60) {
            ContactDraft contact;
            contact.phone = u"+1407555010%1"_s.arg(m_random.bounded(2));
            auto job = m_bench.outbox->submitNewText(account, contact, draft, options);
            const auto id = co_await job;
            submitted(id, account.id.value + contact.phone);
        } else if (dice < 70) {
            TagChange change;
            change.contactId = ContactId(u"contact-0"_s);
            const QString tag = u"tag-%1"_s.arg(m_random.bounded(3));
            const bool adds = m_random.bounded(2) == 0;
            (adds ? change.add : change.remove).append(tag);
            auto job = m_bench.outbox->submitTags(account, change, options);
            const auto id = co_await job;
            submitted(id, {});
            QStringList &wanted = m_wantedTags[account.id.value];
            wanted.removeAll(tag);
            if (adds)
                wanted.append(tag);
        } else if (dice < 78 && !m_order.empty()) {
            const Known known = m_order[m_random.bounded(quint32(m_order.size()))];
            if (known.lane.isEmpty())
                co_return;
            auto job = m_bench.outbox->cancel(known.id);
            co_await job; // too late is fine
        } else if (dice < 84) {
            m_bench.courier->setReady(!m_bench.courier->ready());
        } else if (dice < 88) {
            m_bench.courier->reconnect();
        } else if (dice < 92) {
            auto job = m_bench.outbox->observe(m_bench.account.location, m_bench.server.messages);
            co_await job;
        } else {
            ++m_crashes;
            if (m_random.bounded(2) == 0) { // in the middle of a submission
                draft.contactId = ContactId(u"contact-1"_s);
                auto lost = m_bench.outbox->submitMessage(account, draft, options);
                m_bench.crash();
            } else {
                m_bench.crash();
            }
            auto opening = open();
            co_await opening;
        }
    }

    Task<QVector<OutboxRecord>> book()
    {
        auto job = m_bench.outbox->list(std::nullopt, true);
        const auto list = co_await job;
        if (!list) {
            m_trouble = u"the list cannot be read"_s;
            co_return QVector<OutboxRecord>{};
        }
        co_return *list;
    }
    PretendServer &serverOf(const OutboxRecord &record)
    {
        return record.account == m_bench.account.id ? m_bench.server : m_bench.otherServer;
    }
    /// A message in the conversation that no record has.
    QString unclaimed(const OutboxRecord &record, const QVector<OutboxRecord> &records)
    {
        QSet<QString> claimed;
        for (const OutboxRecord &one : records)
            claimed.insert(one.serverId);
        for (const Message &message : serverOf(record).messages) {
            if (message.contactId == record.contactId() && message.body == record.payload.value(u"body"_s).toString()
                && !claimed.contains(message.id.value))
                return message.id.value;
        }
        return {};
    }

    Task<void> decide(OutboxRecord record, QVector<OutboxRecord> records)
    {
        if (record.state == S::Held && record.hold == HoldReason::Ask) {
            m_released.insert(record.id);
            auto job = m_bench.outbox->release(record.id);
            co_await job;
        } else if (record.state == S::Rejected) {
            if (record.kind == OutboxKind::SendMessage && m_random.bounded(2) == 0) {
                auto job = m_bench.outbox->retry(record.id);
                const auto again = co_await job;
                if (again)
                    m_order.push_back({again->id, {}});
            } else {
                auto job = m_bench.outbox->cancel(record.id);
                co_await job;
            }
        } else if (record.state == S::Uncertain) {
            const QString there = unclaimed(record, records);
            const auto resolution = there.isEmpty() ? Outbox::Resolution::Resend : Outbox::Resolution::Sent;
            auto job = m_bench.outbox->resolve(record.id, resolution, there);
            co_await job;
        }
    }

    Task<void> decideAll()
    {
        m_calm = true;
        // What hangs is ended as a person would end it: by starting the program anew.
        ++m_crashes;
        m_bench.crash();
        auto opening = open();
        co_await opening;
        QElapsedTimer timer;
        timer.start();
        while (m_trouble.isEmpty()) {
            Delay pause(4ms);
            co_await pause;
            if (m_bench.server.pendingLate > 0 || m_bench.otherServer.pendingLate > 0)
                continue;
            if (!m_bench.courier->ready())
                m_bench.courier->setReady(true);
            auto reading = book();
            const auto records = co_await reading;
            bool open = false;
            for (const OutboxRecord &record : records) {
                const bool taken = record.state == S::Accepted && record.kind == OutboxKind::SendMessage;
                const bool done = taken || record.state == S::Confirmed || record.state == S::Cancelled;
                if (done)
                    continue;
                open = true;
                auto deciding = decide(record, records);
                co_await deciding;
                if (record.state == S::Uncertain)
                    break; // what is claimed has changed
            }
            if (!open)
                co_return;
            if (timer.elapsed() > 60'000) // of a loaded machine; a stuck lane stays stuck
                m_trouble = u"never came to an end: "_s + states(records);
        }
    }
    static QString states(const QVector<OutboxRecord> &records)
    {
        QStringList words;
        for (const OutboxRecord &record : records)
            words.append(outboxKindWord(record.kind) + u' ' + outboxStateWord(record.state) + u' ' + holdWord(record.hold));
        return words.join(u", "_s);
    }

    Task<void> compareBooks()
    {
        if (!m_trouble.isEmpty())
            co_return;
        for (const PretendServer *server : {&m_bench.server, &m_bench.otherServer}) {
            auto seeing = m_bench.outbox->observe(server->location(), server->messages);
            co_await seeing;
        }
        auto reading = book();
        const auto records = co_await reading;
        QSet<RecordId> kept;
        QHash<QString, int> sent;
        QHash<QString, int> there;
        QSet<QString> ids;
        for (const OutboxRecord &record : records) {
            kept.insert(record.id);
            if (record.state != S::Confirmed && record.state != S::Cancelled)
                m_trouble = u"not confirmed: %1 %2"_s.arg(outboxKindWord(record.kind), outboxStateWord(record.state));
            if (record.kind == OutboxKind::SendMessage && record.state == S::Confirmed)
                ++sent[record.account.value + u'/' + record.contactId().value + u'/' + record.payload.value(u"body"_s).toString()];
            // A contact may have been found by several records; a message belongs to one.
            if (record.kind == OutboxKind::SendMessage && !record.serverId.isEmpty()) {
                if (ids.contains(record.location.value + record.serverId))
                    m_trouble = u"one server id in two records"_s;
                ids.insert(record.location.value + record.serverId);
            }
        }
        for (const Known &known : m_order) {
            if (!kept.contains(known.id))
                m_trouble = u"lost: "_s + known.id.value;
        }
        const auto count = [&](const PretendServer &server, const Account &account) {
            for (const Message &message : server.messages)
                ++there[account.id.value + u'/' + message.contactId.value + u'/' + message.body];
            QSet<QString> phones;
            for (const Contact &contact : server.contacts) {
                if (phones.contains(contact.phone))
                    m_trouble = u"two contacts with "_s + contact.phone;
                phones.insert(contact.phone);
            }
            QStringList wanted = m_wantedTags.value(account.id.value);
            QStringList real = server.tags.value(u"contact-0"_s);
            wanted.sort();
            real.sort();
            if (wanted != real)
                m_trouble = u"tags are %1, not %2"_s.arg(real.join(u','), wanted.join(u','));
        };
        count(m_bench.server, m_bench.account);
        count(m_bench.otherServer, m_bench.other);
        if (sent != there) {
            QStringList lines;
            for (auto it = there.constBegin(); it != there.constEnd(); ++it)
                lines.append(u"%1: %2 there, %3 sent"_s.arg(it.key()).arg(it.value()).arg(sent.value(it.key())));
            for (auto it = sent.constBegin(); it != sent.constEnd(); ++it) {
                if (!there.contains(it.key()))
                    lines.append(u"%1: none there, %2 sent"_s.arg(it.key()).arg(it.value()));
            }
            m_trouble = u"lost or twice: "_s + lines.join(u"; "_s);
        }
        if (m_bench.courier->strangers + m_bench.otherCourier->strangers > 0)
            m_trouble = u"a record was delivered with another account"_s;
    }

    quint32 m_seed;
    QRandomGenerator m_random;
    OutboxBench m_bench{fastPlace()};
    std::vector<Known> m_order;
    QSet<RecordId> m_released;
    QHash<QString, QStringList> m_wantedTags;
    QString m_trouble;
    int m_crashes = 0;
    bool m_calm = false;
};

} // namespace

class TestOutboxHistories : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLostAndNothingIsSentTwice()
    {
        bool given = false;
        const quint32 only = qEnvironmentVariable("OUTRIGGER_MODEL_SEED").toUInt(&given);
        const int histories = given ? 1 : std::max(1, qEnvironmentVariableIntValue("OUTRIGGER_MODEL_HISTORIES") > 0
                                                        ? qEnvironmentVariableIntValue("OUTRIGGER_MODEL_HISTORIES") : 500);
        const quint32 first = given ? only : QRandomGenerator::global()->generate() % 1'000'000;
        struct Running {
            std::unique_ptr<History> history;
            Task<QString> task;
        };
        std::list<Running> running;
        int begun = 0;
        int records = 0;
        int crashes = 0;
        QStringList troubles;
        QElapsedTimer timer;
        QElapsedTimer sinceAnEnd;
        timer.start();
        sinceAnEnd.start();
        // A slow machine lives fewer of them; Qt Test ends a function after five minutes.
        const auto enough = [&] { return begun >= histories || (begun > 0 && timer.elapsed() > 150'000 && qEnvironmentVariableIsEmpty("OUTRIGGER_MODEL_HISTORIES")); };
        while (!enough() || !running.empty()) {
            while (!enough() && running.size() < 12) {
                Running next;
                next.history = std::make_unique<History>(first + quint32(begun++));
                next.task = next.history->run();
                running.push_back(std::move(next));
            }
            QTest::qWait(1);
            for (auto it = running.begin(); it != running.end();) {
                if (!it->task.done()) {
                    ++it;
                    continue;
                }
                const QString trouble = it->task.take();
                if (!trouble.isEmpty())
                    troubles.append(u"OUTRIGGER_MODEL_SEED=%1: %2"_s.arg(it->history->seed()).arg(trouble));
                records += it->history->records();
                crashes += it->history->crashes();
                it = running.erase(it);
                sinceAnEnd.restart();
            }
            QVERIFY2(sinceAnEnd.elapsed() < 100'000, "none of twelve histories comes to its end");
        }
        qInfo("%d histories from seed %u, %d records, %d restarts, %.1f s", begun, first, records, crashes, double(timer.elapsed()) / 1000);
        QVERIFY2(troubles.isEmpty(), qPrintable(troubles.join(u'\n')));
        QVERIFY(records > 0);
    }
};

QTEST_GUILESS_MAIN(TestOutboxHistories)
#include "tst_outboxhistories.moc"
