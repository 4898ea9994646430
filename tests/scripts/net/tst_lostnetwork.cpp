// SPDX-License-Identifier: GPL-3.0-or-later
// The network of the whole program is taken away and given back by the system, not by a server that misbehaves.
#include "flows/enginerun.h"
#include "flows/practicecount.h"
#include "support/rounds.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using S = OutboxState;

namespace {

void tell(const QStringList &words)
{
    if (QProcess::execute(u"ip"_s, words) != 0)
        qFatal("The loopback cannot be changed: run this with tests/support/with-own-network.");
}

/// Down, it swallows what is sent: nobody says so.
void link(bool up) { tell({u"link"_s, u"set"_s, u"lo"_s, up ? u"up"_s : u"down"_s}); }
/// Without its address there is no way to the server, and the system says so.
void address(bool there) { tell({u"address"_s, there ? u"add"_s : u"del"_s, u"127.0.0.1/8"_s, u"dev"_s, u"lo"_s}); }

/// Packets that were swallowed come again for some seconds, and what they ask for happens then.
void patiently(sync::EngineOptions &options)
{
    hurry(options);
    options.outbox.looks = {50ms, 200ms, 1s, 5s};
    options.outbox.absentAfter = 8s;
}

} // namespace

class TestLostNetwork : public QObject, EngineRun
{
    Q_OBJECT

    RecordId text(const QString &contact, const QString &body)
    {
        MessageDraft draft;
        draft.contactId = ContactId(contact);
        draft.body = body;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto record = await(m_engine->outbox().submitMessage(*m_engine->account(), draft, options));
        return record ? *record : RecordId();
    }
    sync::Connection connection() const { return m_engine->status().connection; }
    bool sent(const RecordId &id)
    {
        const S now = record(id).state;
        return now == S::Accepted || now == S::Confirmed;
    }
    int copies(const QString &body) const
    {
        const auto &messages = world().messages;
        return int(std::count_if(messages.begin(), messages.end(), [&](const auto &message) { return world().text(message) == body; }));
    }
    void begin()
    {
        QVERIFY(serve({60, 0, 20, 0}));
        QVERIFY(open(patiently));
        QVERIFY(sync());
    }

private Q_SLOTS:
    void cleanup() { close(); }

    /// Nothing is on its way yet: a connection from before would only stand still until its time is over, or until the
    /// desktop's network service tells, which this namespace has not.
    void aTextWithoutNetworkWaitsSaysSoAndLeavesLater()
    {
        begin();
        const QString contact = textable(*m_server).constFirst();
        m_engine.reset();
        address(false);
        QVERIFY(open(patiently));
        QElapsedTimer since;
        since.start();
        const RecordId id = text(contact, u"Is it still free?"_s);
        QVERIFY(!id.value.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(connection() == sync::Connection::Offline, 10'000);
        qInfo("said after %lld ms", since.elapsed());
        QCOMPARE(record(id).state, S::Queued);
        QCOMPARE(m_engine->status().waiting, 1);
        address(true);
        QTRY_VERIFY_WITH_TIMEOUT(sent(id), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(connection() == sync::Connection::Live, 60'000);
        QCOMPARE(copies(u"Is it still free?"_s), 1);
    }

    void aNetworkThatGoesAndComesLosesNothingAndSendsNothingTwice()
    {
        begin();
        const QStringList contacts = textable(*m_server);
        QRandomGenerator chance(7);
        QHash<QString, RecordId> texts;
        const int rounds = test::rounds(12);
        for (int round = 0; round < rounds; ++round) {
            for (int i = 0; i < 4; ++i) {
                const QString body = u"Text %1 of round %2"_s.arg(i).arg(round);
                texts.insert(body, text(contacts[chance.bounded(contacts.size())], body));
                QTest::qWait(chance.bounded(60)); // somewhere in the way of what is under way
            }
            link(round % 2 != 0);
            QTest::qWait(chance.bounded(300));
        }
        link(true);
        for (auto it = texts.cbegin(); it != texts.cend(); ++it) {
            QVERIFY(!it.value().value.isEmpty());
            QTRY_VERIFY2_WITH_TIMEOUT(sent(it.value()), qPrintable(it.key() + u' ' + state(it.value())), 120'000);
            QCOMPARE(copies(it.key()), 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestLostNetwork)
#include "tst_lostnetwork.moc"
