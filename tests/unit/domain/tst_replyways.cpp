// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/replyways.h"
#include "domain/sendguard.h"

#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;

/// On which channels a lead can be answered, and what stands against each.
class TestReplyWays : public QObject
{
    Q_OBJECT

    static QDateTime noon() { return QDateTime(QDate(2026, 6, 10), QTime(18, 0), Qt::UTC); }
    static Contact sarah()
    {
        Contact contact;
        contact.id = ContactId(u"sarah"_s);
        contact.firstName = u"Sarah"_s;
        contact.phone = u"+14075550134"_s;
        return contact;
    }
    static Message message(const QString &type, const QDateTime &when, Direction direction = Direction::Inbound, const QString &provider = {})
    {
        Message m;
        m.typeWord = type;
        m.channel = channelFromType(type);
        m.direction = direction;
        m.dateAdded = when;
        if (!provider.isEmpty())
            m.raw = {{u"conversationProviderId"_s, provider}};
        return m;
    }
    static ReplyWay way(const QVector<ChannelTalk> &talks, Channel channel)
    {
        for (const ReplyWay &one : replyWays(sarah(), talks)) {
            if (one.channel == channel)
                return one;
        }
        ReplyWay none;
        none.channel = Channel::Unknown;
        none.why = u"not offered"_s;
        return none;
    }
    static SendQuestion question(Channel channel, const QVector<ChannelTalk> &talks, const QDateTime &now = noon())
    {
        SendQuestion q;
        q.contact = sarah();
        q.channel = channel;
        q.facts.known = true;
        q.facts.textedBefore = true;
        q.facts.talks = talks;
        q.now = now;
        return q;
    }
    static GuardAnswer judge(const SendQuestion &q) { return judgeSend(q, QuietHours::builtIn()); }

private Q_SLOTS:
    void whatTheSendCallTakesIsOfferedAndTheRestSaysWhy_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("channel");
        QTest::addColumn<QString>("sent");
        QTest::newRow("WhatsApp") << u"TYPE_WHATSAPP"_s << int(Channel::WhatsApp) << u"WhatsApp"_s;
        QTest::newRow("Facebook") << u"TYPE_FACEBOOK"_s << int(Channel::Facebook) << u"FB"_s;
        QTest::newRow("Instagram") << u"TYPE_INSTAGRAM"_s << int(Channel::Instagram) << u"IG"_s;
        QTest::newRow("live chat") << u"TYPE_LIVE_CHAT"_s << int(Channel::LiveChat) << u"Live_Chat"_s;
        QTest::newRow("web chat") << u"TYPE_WEBCHAT"_s << int(Channel::LiveChat) << u"Live_Chat"_s;
        QTest::newRow("RCS") << u"TYPE_RCS"_s << int(Channel::Rcs) << u"RCS"_s;
        QTest::newRow("TikTok") << u"TYPE_TIKTOK"_s << int(Channel::TikTok) << u"TIKTOK"_s;
        QTest::newRow("Google") << u"TYPE_GMB"_s << int(Channel::GoogleBusiness) << QString();
        QTest::newRow("review") << u"TYPE_REVIEW"_s << int(Channel::Review) << QString();
        QTest::newRow("nobody knows it") << u"TYPE_PIGEON"_s << int(Channel::Unknown) << QString();
    }
    void whatTheSendCallTakesIsOfferedAndTheRestSaysWhy()
    {
        QFETCH(QString, type);
        QFETCH(int, channel);
        QFETCH(QString, sent);
        QVector<ChannelTalk> talks;
        noteTalk(talks, message(type, noon()));
        const ReplyWay there = way(talks, Channel(channel));
        QCOMPARE(there.why.isEmpty(), !sent.isEmpty());
        QCOMPARE(channelSendType(Channel(channel)), sent);
        QVERIFY(there.why != u"not offered"_s);
        if (Channel(channel) == Channel::Unknown)
            QVERIFY2(there.why.contains(u"TYPE_PIGEON"_s), qPrintable(there.why));
        // The way that they used is the usual one, if it is one.
        QCOMPARE(usualWay(replyWays(sarah(), talks), talks), sent.isEmpty() ? Channel::Sms : Channel(channel));
    }
    void aCustomChannelNeedsItsProvider()
    {
        QVector<ChannelTalk> talks;
        noteTalk(talks, message(u"TYPE_CUSTOM_SMS"_s, noon(), Direction::Inbound, u"provider"_s));
        QCOMPARE(way(talks, Channel::Custom).providerId, u"provider"_s);
        QVERIFY(way(talks, Channel::Custom).why.isEmpty());
        QVector<ChannelTalk> nameless;
        noteTalk(nameless, message(u"TYPE_CUSTOM"_s, noon()));
        QVERIFY(!way(nameless, Channel::Custom).why.isEmpty());
    }
    void systemLinesAndRemarksUnderPostsAreNoTalk()
    {
        QVector<ChannelTalk> talks;
        noteTalk(talks, message(u"TYPE_NO_SHOW"_s, noon(), Direction::Outbound));
        noteTalk(talks, message(u"TYPE_FACEBOOK_COMMENT"_s, noon()));
        noteTalk(talks, message(u"TYPE_ACTIVITY_CONTACT"_s, noon(), Direction::Outbound));
        const auto ways = replyWays(sarah(), talks);
        QCOMPARE(ways.size(), 2);
        QCOMPARE(ways.first().channel, Channel::Sms);
        QCOMPARE(ways.last().channel, Channel::InternalComment);
    }
    void theNewestMessageOfTheirsDecides()
    {
        QVector<ChannelTalk> talks;
        noteTalk(talks, message(u"TYPE_WHATSAPP"_s, noon().addDays(-2)));
        noteTalk(talks, message(u"TYPE_SMS"_s, noon().addDays(-1)));
        noteTalk(talks, message(u"TYPE_WHATSAPP"_s, noon(), Direction::Outbound)); // ours says nothing
        QCOMPARE(usualWay(replyWays(sarah(), talks), talks), Channel::Sms);
        noteTalk(talks, message(u"TYPE_WHATSAPP"_s, noon()));
        QCOMPARE(usualWay(replyWays(sarah(), talks), talks), Channel::WhatsApp);
    }
    void freeTextIsAskedAboutADayAfterTheirWords_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("hours"); // since they wrote; -1: never
        QTest::addColumn<bool>("asks");
        for (const char *type : {"TYPE_WHATSAPP", "TYPE_FACEBOOK", "TYPE_INSTAGRAM", "TYPE_TIKTOK"}) {
            QTest::addRow("%s fresh", type) << QString::fromLatin1(type) << 23 << false;
            QTest::addRow("%s late", type) << QString::fromLatin1(type) << 25 << true;
            QTest::addRow("%s never", type) << QString::fromLatin1(type) << -1 << true;
        }
        QTest::newRow("RCS has no window") << u"TYPE_RCS"_s << 300 << false;
        QTest::newRow("nor has SMS") << u"TYPE_SMS"_s << 300 << false;
    }
    void freeTextIsAskedAboutADayAfterTheirWords()
    {
        QFETCH(QString, type);
        QFETCH(int, hours);
        QFETCH(bool, asks);
        QVector<ChannelTalk> talks;
        if (hours >= 0)
            noteTalk(talks, message(type, noon().addSecs(-hours * 3600)));
        SendQuestion q = question(channelFromType(type), talks);
        QCOMPARE(judge(q).ids(Verdict::Ask).contains(u"window_closed"_s), asks);
        // What a person has let go knowing it is not asked about again.
        q.answeredAt = noon();
        QVERIFY(!judge(q).ids(Verdict::Ask).contains(u"window_closed"_s));
    }
    void aWindowThatClosesWhileItWaitsIsAskedAbout()
    {
        QVector<ChannelTalk> talks;
        noteTalk(talks, message(u"TYPE_WHATSAPP"_s, noon()));
        SendQuestion q = question(Channel::WhatsApp, talks, noon().addSecs(25 * 3600));
        q.answeredAt = noon().addSecs(3600);
        QVERIFY(judge(q).ids(Verdict::Ask).contains(u"window_closed"_s));
    }
    void doNotDisturbOfTheChannelBlocksIt()
    {
        QVector<ChannelTalk> talks;
        noteTalk(talks, message(u"TYPE_WHATSAPP"_s, noon()));
        SendQuestion q = question(Channel::WhatsApp, talks);
        q.contact.dndSettings.insert(u"SMS"_s, Dnd{DndStatus::Permanent, {}, {}});
        QCOMPARE(judge(q).verdict, Verdict::Allow);
        q.contact.dndSettings.insert(u"WhatsApp"_s, Dnd{DndStatus::Active, {}, {}});
        QCOMPARE(judge(q).verdict, Verdict::Block);
    }
    void nothingStandsAgainstAComment()
    {
        SendQuestion q = question(Channel::InternalComment, {});
        q.contact.dnd = true;
        q.contact.phone.clear();
        q.facts.heard = {{u"STOP"_s, noon()}};
        q.text = u"Hi Bob, call +1 407 555 0199"_s;
        q.now = QDateTime(QDate(2026, 6, 10), QTime(7, 0), Qt::UTC); // three in the morning for Sarah
        QCOMPARE(judge(q).verdict, Verdict::Allow);
        QVERIFY(judge(q).reasons.isEmpty());
    }
    void wordsForAColleagueAreAskedAboutInATextToTheLead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("asks");
        QTest::newRow("first name") << u"@Marcus please call them"_s << true;
        QTest::newRow("whole name") << u" @marcus oyelaran: look"_s << true;
        QTest::newRow("another name") << u"@Marcusson please"_s << false;
        QTest::newRow("a handle") << u"Find us @harborline"_s << false;
    }
    void wordsForAColleagueAreAskedAboutInATextToTheLead()
    {
        QFETCH(QString, text);
        QFETCH(bool, asks);
        SendQuestion q = question(Channel::Sms, {});
        q.colleagues = QStringList{u"Marcus Oyelaran"_s, u"Marcus"_s, QString()};
        q.text = text;
        QCOMPARE(judge(q).ids(Verdict::Ask).contains(u"for_the_team"_s), asks);
    }
};

QTEST_GUILESS_MAIN(TestReplyWays)
#include "tst_replyways.moc"
