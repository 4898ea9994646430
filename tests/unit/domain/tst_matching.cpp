// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/matching.h"
#include "support/rewriting.h"
#include "support/rounds.h"

#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

const QDateTime sentAt = QDateTime::fromMSecsSinceEpoch(1'780'000'000'000, Qt::UTC);

OutboxRecord record(const QString &body)
{
    OutboxRecord r;
    MessageDraft draft;
    draft.contactId = ContactId(QStringLiteral("c1"));
    draft.body = body;
    r.payload = draft.toJson();
    r.firstWriteAt = sentAt;
    r.watermark.newestId = QStringLiteral("m-last");
    r.watermark.recentIds = {QStringLiteral("m-a"), QStringLiteral("m-b")};
    return r;
}

Message message(const QString &body)
{
    Message m;
    m.id = MessageId(QStringLiteral("m-new"));
    m.contactId = ContactId(QStringLiteral("c1"));
    m.direction = Direction::Outbound;
    m.channel = Channel::Sms;
    m.body = body;
    m.source = QStringLiteral("api");
    m.dateAdded = sentAt.addSecs(2);
    return m;
}

const UserId me(QStringLiteral("u1"));
const QString hello = QStringLiteral("Hello Sarah");

bool matches(const OutboxRecord &r, const Message &m) { return mayBe(r, m, sentAt.addSecs(60), std::chrono::milliseconds(0), me); }

} // namespace

class TestMatching : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts_data()
    {
        QTest::addColumn<QString>("ours");
        QTest::addColumn<QString>("servers");
        QTest::addColumn<bool>("same");
        const auto s = [](const char *t) { return QString::fromUtf8(t); };
        QTest::newRow("equal") << s("Hi there") << s("Hi there") << true;
        QTest::newRow("outer blanks and line ends") << s(" Hi\r\nthere ") << s("Hi\nthere") << true;
        QTest::newRow("runs of blanks") << s("Hi   there") << s("Hi there") << true;
        QTest::newRow("composition") << s("Jose\u0301") << s("José") << true;
        QTest::newRow("zero-width") << s("Hi\u200b there") << s("Hi there") << true;
        QTest::newRow("opt-out line added") << s("Hi there") << s("Hi there\nReply STOP to unsubscribe") << true;
        QTest::newRow("sender name in front") << s("Hi there") << s("Outrigger: Hi there") << true;
        QTest::newRow("too much added") << s("Hi there") << s("Hi there ") + QString(201, QLatin1Char('x')) << false;
        QTest::newRow("link shortened") << s("See https://example.com/a?b=c today") << s("See https://lnk.io/Xy1 today") << true;
        QTest::newRow("link shortened and line added") << s("See https://example.com/a") << s("See https://l.io/1\nReply STOP") << true;
        QTest::newRow("another text") << s("Hi there") << s("Hi then") << false;
        QTest::newRow("capitals matter") << s("Hi there") << s("hi there") << false;
        QTest::newRow("pattern characters are text") << s("a.c (x) [1]") << s("abc (x) [1]") << false;
        QTest::newRow("empty matches only empty") << s("") << s("anything") << false;
    }
    void texts()
    {
        QFETCH(QString, ours);
        QFETCH(QString, servers);
        QTEST(textsMatch(ours, servers), "same");
    }
    void ourTextIsFoundHoweverTheServerWroteItAndNoOtherIs()
    {
        test::Rewriting server(1);
        const int many = test::rounds(2'000);
        for (int i = 0; i < many; ++i) {
            const QString ours = server.text();
            const QString shown = server.rewritten(ours);
            QVERIFY2(textsMatch(ours, shown), qPrintable(ours + u" | "_s + shown));
            const QString others = server.rewritten(server.other(ours));
            QVERIFY2(!textsMatch(ours, others), qPrintable(ours + u" | "_s + others));
        }
    }
    void ourMessageIsFound() { QVERIFY(matches(record(hello), message(hello))); }
    void everyConditionIsNeeded_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"inbound", "contact", "channel", "newest", "recent", "early", "future", "source", "user", "attachment", "text", "no id", "no date"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void everyConditionIsNeeded()
    {
        QFETCH(QString, what);
        Message m = message(hello);
        if (what == u"inbound")
            m.direction = Direction::Inbound;
        else if (what == u"contact")
            m.contactId = ContactId(QStringLiteral("c2"));
        else if (what == u"channel")
            m.channel = Channel::Email;
        else if (what == u"newest")
            m.id = MessageId(QStringLiteral("m-last"));
        else if (what == u"recent")
            m.id = MessageId(QStringLiteral("m-a"));
        else if (what == u"early")
            m.dateAdded = sentAt.addSecs(-11);
        else if (what == u"future")
            m.dateAdded = sentAt.addSecs(120);
        else if (what == u"source")
            m.source = QStringLiteral("workflow");
        else if (what == u"user")
            m.userId = UserId(QStringLiteral("u2"));
        else if (what == u"attachment")
            m.attachments = {QStringLiteral("https://x/y.png")};
        else if (what == u"text")
            m.body = QStringLiteral("Hello John");
        else if (what == u"no id")
            m.id = {};
        else if (what == u"no date")
            m.dateAdded = {};
        QVERIFY(!matches(record(hello), m));
    }
    void absentSourceAndUserAreNoObstacle()
    {
        Message m = message(hello);
        m.source.clear();
        QVERIFY(matches(record(hello), m));
        m.userId = me;
        QVERIFY(matches(record(hello), m));
    }
    void aClockThatIsOffWidensTheWindow()
    {
        Message m = message(hello);
        m.dateAdded = sentAt.addSecs(-60);
        QVERIFY(!matches(record(hello), m));
        QVERIFY(mayBe(record(hello), m, sentAt.addSecs(60), std::chrono::seconds(55), me));
    }
};

QTEST_GUILESS_MAIN(TestMatching)
#include "tst_matching.moc"
