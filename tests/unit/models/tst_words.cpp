// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words.h"

#include "models/calendarmodel.h"

#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;
namespace words = outrigger::models::words;

/// The sentences that screen readers and notifications say.
class TestWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aRowIsASentence();
    void everyStateHasWords();
    void reasonsAreNotSaidTwice();
    void oneLineIsOneLine();
    void machinesAreNamed();
    void placesAreInWords_data();
    void placesAreInWords();
};

void TestWords::aRowIsASentence()
{
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'780'000'000, Qt::UTC);
    ConversationRow row;
    row.name = u"Sarah Jones"_s;
    row.unread = 1;
    row.channel = Channel::Sms;
    row.lastDate = now.addSecs(-60);
    row.preview = u"When works best?"_s;
    QCOMPARE(words::conversation(row, now, QTimeZone::utc()), u"Sarah Jones, unread, SMS, 1 minute ago: When works best?"_s);
    row.unread = 0;
    row.direction = Direction::Outbound;
    row.preview = u"Thursday\n2:30"_s;
    row.lastState = MessageState::Delivered;
    row.hasDraft = true;
    QCOMPARE(words::conversation(row, now, QTimeZone::utc()),
             u"Sarah Jones, SMS, 1 minute ago: You: Thursday 2:30. Delivered. Has a draft."_s);

    MessageRow message;
    message.message.direction = Direction::Outbound;
    message.message.channel = Channel::Sms;
    message.message.body = u"Hello"_s;
    message.message.dateAdded = now.addSecs(-60);
    message.state = MessageState::Held;
    message.hold = HoldReason::Undo;
    message.dueAt = now.addMSecs(3200);
    QCOMPARE(words::message(message, u"Sarah"_s, now, QTimeZone::utc()),
             u"You, SMS, 1 minute ago: Hello. Sending in 4 seconds, undo available."_s);
    message.message.direction = Direction::Inbound;
    QCOMPARE(words::message(message, u"Sarah"_s, now, QTimeZone::utc()), u"Sarah, SMS, 1 minute ago: Hello."_s);
}

void TestWords::everyStateHasWords()
{
    QSet<QString> seen;
    for (int i = int(MessageState::Draft); i <= int(MessageState::Cancelled); ++i) {
        const QString text = words::state(MessageState(i), HoldReason::Undo);
        QVERIFY2(!text.isEmpty(), qPrintable(stateKey(MessageState(i))));
        QVERIFY2(!seen.contains(text), qPrintable(text));
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 15);
}

void TestWords::reasonsAreNotSaidTwice()
{
    QCOMPARE(words::state(MessageState::Waiting, HoldReason::None, u"Waiting for network"_s), u"waiting for network"_s);
    QCOMPARE(words::state(MessageState::Failed, HoldReason::None, u"the number is not in use"_s), u"failed, the number is not in use"_s);
}

void TestWords::oneLineIsOneLine()
{
    QCOMPARE(words::oneLine(u"  a \n\n b\tc\u0007 "_s), u"a b c"_s);
    const QString emoji = QString::fromUtf8("\xF0\x9F\x91\x8D").repeated(50);
    const QString cut = words::oneLine(emoji, 11);
    QVERIFY(cut.size() <= 12);
    QVERIFY(cut.endsWith(u'…'));
    QVERIFY(!cut.chopped(1).back().isHighSurrogate()); // never half a character
    QCOMPARE(words::oneLine({}), QString());
}

void TestWords::machinesAreNamed()
{
    Message message;
    message.direction = Direction::Outbound;
    message.source = u"workflow"_s;
    QVERIFY(isAutomated(message));
    QCOMPARE(words::sourceName(message), u"Workflow"_s);
    message.source = u"app"_s;
    QVERIFY(!isAutomated(message));
    message.source = u"workflow"_s;
    message.direction = Direction::Inbound;
    QVERIFY(!isAutomated(message));
}

void TestWords::placesAreInWords_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words");
    for (const auto *kind : {"outbound_call", "inbound_call", "zoom_conference", "google_conference", "ms_teams_conference", "physical", "booker"})
        QTest::newRow(kind) << QString::fromLatin1(kind) << QString();
    QTest::newRow("an address") << u"212 Church Street, Orlando"_s << u"212 Church Street, Orlando"_s;
    QTest::newRow("a link") << u"https://meet.example/a_b"_s << u"https://meet.example/a_b"_s;
}

void TestWords::placesAreInWords()
{
    QFETCH(const QString, place);
    QFETCH(const QString, words);
    const QString said = models::placeWords(place);
    QVERIFY(!said.isEmpty() && !said.contains(words.isEmpty() ? u"_"_s : u"\n"_s));
    QCOMPARE(said != place, words.isEmpty());
    QCOMPARE(models::placeWords(u"custom"_s), QString());
}

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
