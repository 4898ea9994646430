// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/deliveryline.h"
#include "flows/practicecount.h"

#include "api/ops.h"

#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using S = OutboxState;
using sync::Outbox;

/// Texts over real sockets to a server that goes wrong in every way it knows. What counts is the server's own book: one
/// POST, whatever was answered.
class TestDelivery : public QObject
{
    Q_OBJECT

    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_contact;

    std::unique_ptr<DeliveryLine> line()
    {
        auto made = std::make_unique<DeliveryLine>(m_folder->path(), QUrl(m_server->url()), m_server->token(), m_server->locationId());
        made->start();
        return made;
    }
    int contactsWith(const QString &phone) const { return int(m_server->world().contactsWith(0, {}, phone).size()); }

private Q_SLOTS:
    void init()
    {
        m_server = startPractice();
        m_folder = std::make_unique<QTemporaryDir>();
        const QStringList contacts = textable(*m_server);
        QVERIFY(!contacts.isEmpty());
        m_contact = contacts.first();
    }

    void oneTextOneMessage_data()
    {
        QTest::addColumn<QJsonObject>("fault");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<int>("arrived");
        QTest::addColumn<int>("messages");
        const auto row = [](const char *name, const QJsonObject &fault, S end, const QString &reason, int arrived, int messages) {
            QTest::newRow(name) << fault << int(end) << reason << arrived << messages;
        };
        row("all well", {}, S::Accepted, {}, 1, 1);
        row("no answer, with effect", {{u"kind"_s, u"no-answer"_s}}, S::Confirmed, {}, 1, 1);
        row("no answer, without effect", {{u"kind"_s, u"no-answer"_s}, {u"apply"_s, false}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("closed before the effect", {{u"kind"_s, u"close-before"_s}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("closed after the effect", {{u"kind"_s, u"close-after"_s}}, S::Confirmed, {}, 1, 1);
        row("reset after the effect", {{u"kind"_s, u"reset"_s}, {u"apply"_s, true}}, S::Confirmed, {}, 1, 1);
        row("answer cut off", {{u"kind"_s, u"cut-body"_s}}, S::Confirmed, {}, 1, 1);
        row("500 with effect", {{u"kind"_s, u"status"_s}, {u"status"_s, 500}, {u"apply"_s, true}}, S::Confirmed, {}, 1, 1);
        row("500 without effect", {{u"kind"_s, u"status"_s}, {u"status"_s, 500}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("502 as HTML", {{u"kind"_s, u"status"_s}, {u"status"_s, 502}, {u"body"_s, u"<html>Bad gateway</html>"_s}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("HTML with 200", {{u"kind"_s, u"html-200"_s}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("redirect", {{u"kind"_s, u"redirect"_s}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("late effect", {{u"kind"_s, u"late-effect"_s}, {u"ms"_s, 700}}, S::Confirmed, {}, 1, 1);
        row("slower than our patience", {{u"kind"_s, u"delay"_s}, {u"ms"_s, 1500}}, S::Confirmed, {}, 1, 1);
        row("too many, then well", {{u"kind"_s, u"status"_s}, {u"status"_s, 429}}, S::Accepted, {}, 2, 1);
        row("408", {{u"kind"_s, u"status"_s}, {u"status"_s, 408}}, S::Uncertain, u"unclear"_s, 1, 0);
        row("refused", {{u"kind"_s, u"status"_s}, {u"status"_s, 422}}, S::Rejected, u"invalid"_s, 1, 0);
        row("text changed on the way", {{u"kind"_s, u"rewrite"_s}, {u"text"_s, u"Hello Nora! Reply STOP to opt out"_s}}, S::Accepted, {}, 1, 1);
    }
    void oneTextOneMessage()
    {
        QFETCH(QJsonObject, fault);
        QFETCH(int, end);
        QFETCH(QString, reason);
        QFETCH(int, arrived);
        QFETCH(int, messages);
        const auto here = line();
        if (!fault.isEmpty())
            arm(*m_server, fault);
        const auto id = here->text(m_contact, u"Hello Nora!"_s);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S(end)));
        QCOMPARE(here->record(*id).reasonCode, reason);
        QCOMPARE(posts(*m_server).arrived, arrived);
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), messages);
        if (messages == 1)
            QVERIFY(!here->record(*id).serverId.isEmpty());
    }
    void doNotDisturbIsSaidPlainly()
    {
        const auto here = line();
        m_server->people().optOut(*m_server->world().contact(m_contact));
        const auto id = here->text(m_contact, u"Hello Nora!"_s);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Rejected));
        QCOMPARE(here->record(*id).reasonCode, u"dnd"_s);
        QCOMPARE(posts(*m_server).arrived, 1);
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), 0);
    }
    void nobodyListening()
    {
        const auto here = line();
        const QString token = m_server->token();
        practice::Options again = m_server->options();
        again.port = m_server->port();
        m_server.reset();
        const auto id = here->text(m_contact, u"Hello Nora!"_s);
        QVERIFY(id);
        QTRY_COMPARE(here->record(*id).reasonCode, u"offline"_s);
        QCOMPARE(here->record(*id).state, S::Queued);
        QCOMPARE(here->record(*id).attempts, 0); // the gate was shut: nothing was tried
        m_server = std::make_unique<practice::Server>(again);
        QVERIFY(m_server->start());
        QCOMPARE(m_server->token(), token); // the same seed makes the same token
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(posts(*m_server).arrived, 1);
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), 1);
    }
    void twoEqualTextsAreTwoMessages()
    {
        const auto here = line();
        arm(*m_server, {{u"kind"_s, u"no-answer"_s}});
        const auto first = here->text(m_contact, u"Hello Nora!"_s);
        const auto second = here->text(m_contact, u"Hello Nora!"_s);
        QVERIFY(first && second);
        QVERIFY(here->reaches(*first, S::Confirmed));
        QVERIFY(here->reaches(*second, S::Accepted));
        QVERIFY(here->record(*first).serverId != here->record(*second).serverId);
        QCOMPARE(posts(*m_server).arrived, 2);
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), 2);
    }
    void aPersonSendsAgainWhatIsNotThere()
    {
        const auto here = line();
        arm(*m_server, {{u"kind"_s, u"close-before"_s}});
        const auto id = here->text(m_contact, u"Hello Nora!"_s);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Uncertain));
        const auto again = await(here->outbox->resolve(*id, Outbox::Resolution::Resend));
        QVERIFY(again);
        QVERIFY(here->reaches(again->id, S::Accepted));
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), 1);
    }

    void aNewPersonIsAddedOnceAndTexted_data()
    {
        QTest::addColumn<QJsonObject>("fault");
        QTest::addColumn<QString>("email");
        QTest::addColumn<bool>("twins");
        QTest::newRow("all well") << QJsonObject() << QString() << true;
        QTest::newRow("with an e-mail address where twins are forbidden") << QJsonObject() << u"nora@example.org"_s << false;
        QTest::newRow("answer lost, contact made") << QJsonObject{{u"kind"_s, u"no-answer"_s}} << QString() << true;
        QTest::newRow("answer lost, contact not made") << QJsonObject{{u"kind"_s, u"no-answer"_s}, {u"apply"_s, false}} << QString() << true;
        QTest::newRow("422 in spite of which it was made")
            << QJsonObject{{u"kind"_s, u"status"_s}, {u"status"_s, 422}, {u"apply"_s, true}} << QString() << true;
        QTest::newRow("500 without effect") << QJsonObject{{u"kind"_s, u"status"_s}, {u"status"_s, 500}} << QString() << true;
    }
    void aNewPersonIsAddedOnceAndTexted()
    {
        QFETCH(QJsonObject, fault);
        QFETCH(QString, email);
        QFETCH(bool, twins);
        const auto here = line();
        here->courier->setTwinsAllowed(twins);
        if (!fault.isEmpty()) {
            fault.insert(u"match"_s, u"POST /contacts/"_s);
            arm(*m_server, fault);
        }
        const QString phone = u"+14075550177"_s;
        QCOMPARE(contactsWith(phone), 0);
        const auto id = here->newText(phone, email, u"Hello Nora!"_s);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(contactsWith(phone), 1);
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), 1);
        QCOMPARE(posts(*m_server).arrived, 1);
    }
    void somebodyWhoIsThereAlreadyIsTextedAndNotAdded()
    {
        const auto here = line();
        const auto index = *m_server->world().contact(m_contact);
        const QString phone = m_server->world().contacts[index].phone;
        const auto id = here->newText(phone, {}, u"Hello Nora!"_s);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(here->record(*id).contactId().value, m_contact);
        QCOMPARE(contactsWith(phone), 1);
        QCOMPARE(posts(*m_server, u"/contacts/"_s).arrived, 0);
    }
    void tagsArriveInTwoRequestsAndSurviveAnUnclearOne()
    {
        const auto here = line();
        TagChange before;
        before.contactId = ContactId(m_contact);
        before.add = QStringList{u"cold lead"_s};
        const auto first = await(here->outbox->submitTags(here->account, before, {}));
        QVERIFY(first);
        QVERIFY(here->reaches(*first, S::Confirmed));
        arm(*m_server, {{u"match"_s, u"POST /contacts/*/tags"_s}, {u"kind"_s, u"no-answer"_s}, {u"apply"_s, false}});
        TagChange change;
        change.contactId = ContactId(m_contact);
        change.add = QStringList{u"hot lead"_s};
        change.remove = QStringList{u"cold lead"_s};
        const auto id = await(here->outbox->submitTags(here->account, change, {}));
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Confirmed));
        api::GetContact get;
        get.id = ContactId(m_contact);
        auto job = here->client->send(get, api::Priority::Click);
        const auto contact = await(std::move(job));
        QVERIFY(contact);
        QVERIFY(contact->tags.contains(u"hot lead"_s));
        QVERIFY(!contact->tags.contains(u"cold lead"_s));
    }
    void aConversationIsMarkedRead()
    {
        const auto here = line();
        const auto index = *m_server->world().contact(m_contact);
        m_server->people().inbound(index, u"Are you there?"_s);
        ReadChange change;
        change.contactId = ContactId(m_contact);
        change.unreadCount = 0;
        const auto id = await(here->outbox->submitRead(here->account, change, {}));
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Confirmed));
        const auto &world = m_server->world();
        QCOMPARE(int(world.conversations[world.contacts[index].conversation].unread), 0);
    }
    void aStarWaitsForAConversationThatTheListDoesNotShowYet_data()
    {
        QTest::addColumn<int>("times");
        QTest::addColumn<int>("end");
        QTest::newRow("shown later") << 2 << int(S::Confirmed);
        QTest::newRow("never shown") << -1 << int(S::Rejected);
    }
    void aStarWaitsForAConversationThatTheListDoesNotShowYet()
    {
        QFETCH(const int, times);
        QFETCH(const int, end);
        const auto here = line();
        const auto index = *m_server->world().contact(m_contact);
        m_server->people().inbound(index, u"Are you there?"_s);
        arm(*m_server, {{u"match"_s, u"GET /conversations/search"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, times},
                        {u"body"_s, QJsonObject{{u"conversations"_s, QJsonArray()}, {u"total"_s, 0}}}});
        ReadChange change;
        change.contactId = ContactId(m_contact);
        change.starred = true;
        const auto id = await(here->outbox->submitRead(here->account, change, {}));
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S(end)));
        const auto &world = m_server->world();
        QCOMPARE(world.conversations[world.contacts[index].conversation].starred, S(end) == S::Confirmed);
        if (S(end) == S::Rejected)
            QCOMPARE(here->record(*id).reasonCode, u"no_conversation"_s);
    }
};

QTEST_GUILESS_MAIN(TestDelivery)
#include "tst_delivery.moc"
