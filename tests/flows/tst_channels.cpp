// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/deliveryline.h"
#include "flows/practicecount.h"

#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

using S = OutboxState;

/// Every channel over real sockets, once and only once, also when the answer is lost.
class TestChannels : public QObject
{
    Q_OBJECT

    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DeliveryLine> m_line;
    practice::Index m_who = practice::none;
    QString m_contact;

    void theyWrite(practice::Type type)
    {
        practice::World &world = m_server->world();
        practice::Message m;
        m.conversation = world.conversationFor(m_who);
        m.type = type;
        m.inbound = true;
        m.text = world.keep(u"Is it still free?"_s);
        world.addMessage(std::move(m));
    }
    Result<RecordId> write(const QString &type, const QString &body, const QString &provider = {})
    {
        MessageDraft draft;
        draft.contactId = ContactId(m_contact);
        draft.type = type;
        draft.body = body;
        draft.providerId = provider;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        return await(m_line->outbox->submitMessage(m_line->account, draft, options));
    }
    const practice::Message *taken(const QString &text) const
    {
        for (const practice::Message &message : m_server->world().messages) {
            if (!message.deleted && m_server->world().text(message) == text)
                return &message;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m_server = startPractice();
        m_folder = std::make_unique<QTemporaryDir>();
        m_contact = textable(*m_server).constFirst();
        m_who = *m_server->world().contact(m_contact);
        m_line = std::make_unique<DeliveryLine>(m_folder->path(), QUrl(m_server->url()), m_server->token(), m_server->locationId());
        m_line->start();
    }
    void cleanup() { m_line.reset(); }

    void eachChannelArrivesOnce_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("theirs");
        QTest::addColumn<bool>("lost");
        using practice::Type;
        const std::pair<const char *, Type> ways[] = {{"WhatsApp", Type::WhatsApp}, {"FB", Type::Facebook}, {"IG", Type::Instagram},
                                                      {"Live_Chat", Type::LiveChat}, {"RCS", Type::Rcs}, {"TIKTOK", Type::TikTok},
                                                      {"Custom", Type::CustomSms}, {"InternalComment", Type::InternalComment}};
        for (const auto &[word, type] : ways) {
            QTest::newRow(word) << QString::fromLatin1(word) << int(type) << false;
            QTest::addRow("%s, answer lost", word) << QString::fromLatin1(word) << int(type) << true;
        }
    }
    void eachChannelArrivesOnce()
    {
        QFETCH(QString, type);
        QFETCH(int, theirs);
        QFETCH(bool, lost);
        if (type != u"InternalComment"_s)
            theyWrite(practice::Type(theirs));
        if (lost)
            arm(*m_server, {{u"kind"_s, u"no-answer"_s}});
        const auto id = write(type, u"Yes, it is."_s, type == u"Custom"_s ? m_server->world().providerId() : QString());
        QVERIFY(id);
        QVERIFY(m_line->reaches(*id, lost ? S::Confirmed : S::Accepted));
        QCOMPARE(posts(*m_server).arrived, 1);
        QCOMPARE(messagesWith(*m_server, u"Yes, it is."_s), 1);
        QCOMPARE(int(taken(u"Yes, it is."_s)->type), theirs);
        QVERIFY(!m_line->record(*id).serverId.isEmpty());
    }
    void aLoggedCallIsThereOnce_data()
    {
        QTest::addColumn<bool>("inbound");
        QTest::addColumn<bool>("lost");
        QTest::newRow("outgoing") << false << false;
        QTest::newRow("incoming") << true << false;
        QTest::newRow("outgoing, answer lost") << false << true;
        QTest::newRow("incoming, answer lost") << true << true;
    }
    void aLoggedCallIsThereOnce()
    {
        QFETCH(bool, inbound);
        QFETCH(bool, lost);
        const QString path = inbound ? u"/conversations/messages/inbound"_s : u"/conversations/messages/outbound"_s;
        m_server->world().conversationFor(m_who);
        if (lost)
            arm(*m_server, {{u"kind"_s, u"no-answer"_s}, {u"match"_s, u"POST "_s + path}});
        MessageDraft draft;
        draft.contactId = ContactId(m_contact);
        draft.type = u"Call"_s;
        draft.providerId = m_server->world().providerId();
        draft.call = LoggedCall{inbound, u"answered"_s, QDateTime::currentDateTimeUtc().addDays(-2)};
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto id = await(m_line->outbox->submitMessage(m_line->account, draft, options));
        QVERIFY(id);
        QVERIFY(m_line->reaches(*id, lost ? S::Confirmed : S::Accepted));
        QCOMPARE(posts(*m_server, path).arrived, 1);
        QCOMPARE(posts(*m_server).arrived, 0);
        int there = 0;
        for (const practice::Message &message : m_server->world().messages)
            there += message.more && message.more->altId == id->value ? 1 : 0;
        QCOMPARE(there, 1);
    }
    void aCallThroughAnUnknownProviderIsNotCalledDone()
    {
        MessageDraft draft;
        draft.contactId = ContactId(m_contact);
        draft.type = u"Call"_s;
        draft.providerId = u"nobody"_s;
        draft.call = LoggedCall{false, u"answered"_s, QDateTime::currentDateTimeUtc().addSecs(-60)};
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        m_server->world().conversationFor(m_who);
        const auto id = await(m_line->outbox->submitMessage(m_line->account, draft, options));
        QVERIFY(id);
        QVERIFY(m_line->reaches(*id, S::Uncertain)); // an empty 201 says nothing
        QCOMPARE(posts(*m_server, u"/conversations/messages/outbound"_s).arrived, 1);
    }
    void aCommentReachesNobodyWhoWantsToBeLeftAlone()
    {
        m_server->people().optOut(m_who);
        m_server->world().contacts[m_who].dnd = true;
        const auto id = write(u"InternalComment"_s, u"They asked to stop."_s);
        QVERIFY(id && m_line->reaches(*id, S::Accepted));
        QVERIFY(taken(u"They asked to stop."_s)->state != practice::State::Delivered);
    }
    void aRefusedKindOfSignInIsSaidAndDoesNotSignOut()
    {
        arm(*m_server, {{u"kind"_s, u"status"_s}, {u"status"_s, 401},
                        {u"body"_s, u"{\"statusCode\":401,\"message\":\"Auth channel OAUTH is not supported\"}"_s}});
        const auto id = write(u"InternalComment"_s, u"Not from here"_s);
        QVERIFY(id && m_line->reaches(*id, S::Rejected));
        const OutboxRecord record = m_line->record(*id);
        QCOMPARE(record.reasonCode, u"forbidden"_s);
        QVERIFY2(record.reason.contains(u"Auth channel OAUTH is not supported"_s), qPrintable(record.reason));
        QVERIFY(m_line->session->state() == auth::SessionState::Ready);
        QCOMPARE(posts(*m_server).arrived, 1);
    }
    void aClosedWindowIsARefusalThatSaysSo()
    {
        const auto id = write(u"WhatsApp"_s, u"Hello again"_s); // nothing is known of the talk here, so the server is asked
        QVERIFY(id && m_line->reaches(*id, S::Rejected));
        QVERIFY2(m_line->record(*id).reason.contains(u"window"_s), qPrintable(m_line->record(*id).reason));
    }
};

QTEST_GUILESS_MAIN(TestChannels)
#include "tst_channels.moc"
