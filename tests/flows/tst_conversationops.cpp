// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/client.h"
#include "api/ops.h"
#include "practice/server.h"
#include "support/apiharness.h"
#include "support/waitfor.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::test;
using practice::Type;

/// Schedules, files, sounds, templates and the odd kinds of message: the real API client against the practice account.
class TestConversationOps : public QObject
{
    Q_OBJECT

    std::unique_ptr<practice::Server> m_server;
    HandTokens m_tokens;
    std::unique_ptr<api::Client> m_client;
    QNetworkAccessManager m_web;

    practice::World &world() { return m_server->world(); }
    LocationId location() const { return LocationId(m_server->locationId()); }
    template <class Operation>
    auto ask(Operation operation)
    {
        auto call = m_client->send(std::move(operation), api::Priority::Click);
        return await(std::move(call), 20'000);
    }
    struct Page {
        int status = 0;
        QByteArray type;
        QByteArray body;
    };
    /// As a browser would, without a token.
    Page fetch(const QString &address)
    {
        const std::unique_ptr<QNetworkReply> reply(m_web.get(QNetworkRequest(QUrl(address))));
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                reply->header(QNetworkRequest::ContentTypeHeader).toByteArray(), reply->readAll()};
    }
    /// A contact with a mobile and a mail address who takes both.
    practice::Index somebody()
    {
        for (practice::Index i = 0; i < world().contacts.size(); ++i) {
            const auto &contact = world().contacts[i];
            if (contact.location == 0 && !contact.more && !contact.dnd && !contact.landline && !contact.email.isEmpty())
                return i;
        }
        return practice::none;
    }
    ContactId contactId(practice::Index contact) { return ContactId(world().mint.id(practice::Kind::Contact, contact)); }
    MessageId messageId(practice::Index message) { return MessageId(world().mint.id(practice::Kind::Message, message)); }
    QDateTime now() { return QDateTime::fromMSecsSinceEpoch(world().now(), Qt::UTC); }
    QString statusOf(const MessageId &id)
    {
        const auto message = ask(api::GetMessage{id});
        return message ? message->status : u"gone"_s;
    }
    /// The first message that is so; none when there is none.
    template <class Test>
    practice::Index find(Test test)
    {
        for (practice::Index i = 0; i < world().messages.size(); ++i) {
            if (test(world().messages[i]) && world().locationOf(world().messages[i]) == 0)
                return i;
        }
        return practice::none;
    }

private Q_SLOTS:
    void init()
    {
        m_client.reset();
        practice::Options options;
        options.rate = practice::Rate::Off;
        options.quiet = true;
        options.pace = 0.01;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        m_tokens.value = m_server->token();
        api::ClientOptions client;
        client.server = QUrl(m_server->url());
        m_client = std::make_unique<api::Client>(client, &m_tokens, nullptr);
    }
    void cleanup() { m_client.reset(); }

    void aScheduledTextLeavesWhenItIsDueAndNotBefore()
    {
        const auto sent = ask(api::SendMessage{.contactId = contactId(somebody()), .message = u"Tomorrow"_s,
                                               .scheduledTimestamp = api::SendMessage::dueAt(now().addSecs(3600))});
        QVERIFY2(sent, sent ? "" : qPrintable(sent.error().message));
        QCOMPARE(statusOf(sent->messageId), u"scheduled"_s);
        world().advance(3'590'000);
        m_server->people().clockMoved();
        QCOMPARE(statusOf(sent->messageId), u"scheduled"_s);
        world().advance(11'000);
        m_server->people().clockMoved();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(sent->messageId) == "delivered"_L1 || statusOf(sent->messageId) == "undelivered"_L1, true, 10'000);
    }
    void millisecondsAreRefused()
    {
        const auto sent = ask(api::SendMessage{.contactId = contactId(somebody()), .message = u"Tomorrow"_s,
                                               .scheduledTimestamp = now().addSecs(3600).toMSecsSinceEpoch()});
        QVERIFY(!sent);
        QCOMPARE(int(sent.error().kind), int(ErrorKind::Invalid));
    }
    void whoSaidStopMeanwhileGetsNothing()
    {
        const auto who = somebody();
        const auto sent = ask(api::SendMessage{.contactId = contactId(who), .message = u"Tomorrow"_s,
                                               .scheduledTimestamp = api::SendMessage::dueAt(now().addSecs(60))});
        QVERIFY(sent);
        QVERIFY(m_server->people().inbound(who, u"STOP"_s) != practice::none);
        const auto contact = ask(api::GetContact{contactId(who)});
        QVERIFY(contact);
        QCOMPARE(int(contact->smsDnd()), int(DndStatus::Permanent));
        world().advance(61'000);
        m_server->people().clockMoved();
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(sent->messageId), u"failed"_s, 10'000);
        const auto refused = ask(api::SendMessage{.contactId = contactId(who), .message = u"And now?"_s});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, u"CONVERSATIONS_MSG_UNSUBSCRIBED_SMS"_s);
    }
    void aScheduleIsTakenBackOnce()
    {
        const auto who = contactId(somebody());
        const qint64 due = api::SendMessage::dueAt(now().addSecs(3600));
        const auto text = ask(api::SendMessage{.contactId = who, .message = u"Later"_s, .scheduledTimestamp = due});
        QVERIFY(text);
        QVERIFY(ask(api::CancelScheduledMessage{text->messageId}));
        QCOMPARE(statusOf(text->messageId), u"gone"_s);
        const auto mail = ask(api::SendMessage{.type = u"Email"_s, .contactId = who, .subject = u"Later"_s, .html = u"<p>Later</p>"_s,
                                               .scheduledTimestamp = due});
        QVERIFY(mail && !mail->emailMessageId.isEmpty());
        QVERIFY(ask(api::CancelScheduledEmail{mail->emailMessageId}));
        QCOMPARE(statusOf(mail->messageId), u"gone"_s);
        // What has left is refused inside a 200.
        const auto gone = ask(api::SendMessage{.contactId = who, .message = u"Now"_s});
        QVERIFY(gone);
        const auto refused = ask(api::CancelScheduledMessage{gone->messageId});
        QVERIFY(!refused);
        QCOMPARE(refused.error().http, 200);
        QCOMPARE(refused.error().code, u"not_cancelled"_s);
    }
    void aFileIsUploadedSentAndReadBack()
    {
        const auto who = somebody();
        const QByteArray bytes = fetch(m_server->url() + u"/media/pictures/3.png"_s).body;
        QVERIFY(bytes.startsWith("\x89PNG"));
        const ConversationId conversation(world().mint.id(practice::Kind::Conversation, world().conversationFor(who)));
        const auto uploaded = ask(api::UploadAttachment{conversation, contactId(who), location(), {u"front door.png"_s, bytes}});
        QVERIFY2(uploaded, uploaded ? "" : qPrintable(uploaded.error().message));
        QCOMPARE(uploaded->files.size(), 1);
        QCOMPARE(uploaded->files.constFirst().name, u"front door.png"_s);
        const auto sent = ask(api::SendMessage{.contactId = contactId(who), .attachments = {uploaded->files.constFirst().url}});
        QVERIFY(sent);
        const auto message = ask(api::GetMessage{sent->messageId});
        QVERIFY(message);
        QCOMPARE(message->attachments, QStringList{uploaded->files.constFirst().url});
        const Page page = fetch(message->attachments.constFirst());
        QCOMPARE(page.status, 200);
        QCOMPARE(page.type, QByteArray("image/png"));
        QCOMPARE(page.body, bytes);
        // Only into a conversation that is there.
        const auto nowhere = ask(api::UploadAttachment{ConversationId(u"nothing"_s), contactId(who), location(), {u"a.png"_s, bytes}});
        QVERIFY(!nowhere);
        QCOMPARE(int(nowhere.error().kind), int(ErrorKind::Invalid));
    }
    void anUploadOutlivesARestart()
    {
        QTemporaryDir folder;
        practice::Options options = m_server->options();
        options.stateFile = folder.filePath(u"account"_s);
        const auto restart = [&] {
            m_client.reset();
            m_server = std::make_unique<practice::Server>(options);
            const Status started = m_server->start();
            api::ClientOptions client;
            client.server = QUrl(m_server->url());
            m_client = std::make_unique<api::Client>(client, &m_tokens, nullptr);
            m_tokens.value = m_server->token();
            return started.has_value();
        };
        QVERIFY(restart());
        const auto who = somebody();
        const ConversationId conversation(world().mint.id(practice::Kind::Conversation, world().conversationFor(who)));
        const auto uploaded = ask(api::UploadAttachment{conversation, contactId(who), location(), {u"note.txt"_s, "Key under the mat"}});
        QVERIFY(uploaded);
        const auto sent = ask(api::SendMessage{.contactId = contactId(who), .attachments = {uploaded->files.constFirst().url}});
        QVERIFY(sent);
        QVERIFY(m_server->save());
        QVERIFY(restart()); // at another port
        const auto message = ask(api::GetMessage{sent->messageId});
        QVERIFY(message && message->attachments.size() == 1);
        QCOMPARE(fetch(message->attachments.constFirst()).body, QByteArray("Key under the mat"));
    }
    void anUploadIsRefusedForWhatItIs_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("status");
        QTest::newRow("too large") << QByteArray("a.png") << 5 * 1024 * 1024 + 1 << 413;
        QTest::newRow("a program") << QByteArray("a.exe") << 10 << 415;
        QTest::newRow("no file") << QByteArray() << 0 << 422;
        QTest::newRow("fits") << QByteArray("a.png") << 5 * 1024 * 1024 << 200;
    }
    /// By hand: the client itself never lets such a file leave.
    void anUploadIsRefusedForWhatItIs()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, size);
        QFETCH(int, status);
        const auto who = somebody();
        const auto part = [](const QByteArray &key, const QByteArray &value) {
            return "--b\r\nContent-Disposition: form-data; name=\"" + key + "\"\r\n\r\n" + value + "\r\n";
        };
        QByteArray body = part("conversationId", world().mint.id(practice::Kind::Conversation, world().conversationFor(who)).toLatin1()) +
                          part("contactId", contactId(who).value.toLatin1()) + part("locationId", location().value.toLatin1());
        if (!name.isEmpty())
            body += part("fileAttachment\"; filename=\"" + name, QByteArray(size, 'x'));
        QNetworkRequest request(QUrl(m_server->url() + u"/conversations/messages/upload"_s));
        request.setRawHeader("Authorization", "Bearer " + m_server->token().toLatin1());
        request.setRawHeader("Version", "2021-04-15");
        request.setRawHeader("Content-Type", "multipart/form-data; boundary=b");
        const std::unique_ptr<QNetworkReply> reply(m_web.post(request, body + "--b--\r\n"));
        QTRY_VERIFY_WITH_TIMEOUT(reply->isFinished(), 20'000);
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), status);
    }
    void leadsSendPicturesAndOneIsGone()
    {
        int pictures = 0;
        int gone = 0;
        for (practice::Index i = 0; i < world().messages.size(); ++i) {
            const auto &message = world().messages[i];
            if (!message.inbound || message.type != Type::Sms || !message.more || message.more->attachments.isEmpty())
                continue;
            const auto read = ask(api::GetMessage{messageId(i)});
            QVERIFY(read && !read->attachments.isEmpty());
            for (const QString &address : read->attachments) {
                const Page page = fetch(address);
                if (page.status == 404) {
                    ++gone;
                    continue;
                }
                QCOMPARE(page.type, QByteArray("image/png"));
                QVERIFY(page.body.size() < 60'000 && page.body.contains("IEND"));
                ++pictures;
            }
            if (pictures >= 2 && gone >= 1)
                return;
        }
        QFAIL(qPrintable(u"%1 pictures, %2 gone"_s.arg(pictures).arg(gone)));
    }
    void aCallHasItsSoundAndItsWords()
    {
        const auto call = find([](const practice::Message &m) { return m.type == Type::Call && m.more && m.more->callDuration > 0; });
        QVERIFY(call != practice::none);
        const auto sound = ask(api::GetRecording{messageId(call), location()});
        QVERIFY2(sound, sound ? "" : qPrintable(sound.error().message));
        QVERIFY(sound->data.startsWith("RIFF") && sound->data.mid(8, 4) == "WAVE" && sound->data.size() > 16'000);
        const auto words = ask(api::GetTranscription{messageId(call), location()});
        QVERIFY(words && words->sentences.size() > 1);
        QVERIFY(words->sentences[0].to <= words->sentences[1].from && !words->sentences[0].text.contains(u'{'));
        const auto text = find([](const practice::Message &m) { return m.type == Type::Sms; });
        const auto none = ask(api::GetRecording{messageId(text), location()});
        QVERIFY(!none);
        QCOMPARE(int(none.error().kind), int(ErrorKind::NotFound));
    }
    void hostileMailIsThereAndItsPixelIsCounted()
    {
        bool script = false;
        bool tables = false;
        QString pixel;
        for (practice::Index i = 0; i < world().messages.size() && !(script && tables && !pixel.isEmpty()); ++i) {
            if (world().messages[i].type != Type::Email)
                continue;
            const auto mail = ask(api::GetEmail{EmailId(world().mint.id(practice::Kind::Email, i))});
            QVERIFY2(mail, mail ? "" : qPrintable(mail.error().message));
            QVERIFY(!mail->subject.isEmpty() && !mail->body.isEmpty());
            script = script || mail->body.contains("<script>"_L1);
            tables = tables || mail->body.count("<table"_L1) >= 3;
            if (const auto at = mail->body.indexOf(m_server->url() + u"/media/pixels/"_s); at >= 0)
                pixel = mail->body.mid(at).section(u'"', 0, 0);
        }
        QVERIFY(script && tables && !pixel.isEmpty());
        QCOMPARE(world().pixelsAsked, 0); // reading a mail through the API loads nothing of it
        QCOMPARE(fetch(pixel).status, 200);
        QCOMPARE(world().pixelsAsked, 1);
    }
    void templatesAndCustomValuesAreThere()
    {
        const auto all = ask(api::ListTemplates{.location = location(), .origin = location()});
        QVERIFY2(all, all ? "" : qPrintable(all.error().message));
        QCOMPARE(all->total, all->templates.size());
        const auto texts = ask(api::ListTemplates{.location = location(), .origin = location(), .type = u"sms"_s});
        QVERIFY(texts && texts->templates.size() > 3 && texts->templates.size() < all->templates.size());
        const auto second = ask(api::ListTemplates{.location = location(), .origin = location(), .skip = u"2"_s, .limit = u"3"_s});
        QVERIFY(second);
        QCOMPARE(second->templates.size(), 3);
        QCOMPARE(second->templates[0].id, all->templates[2].id);
        QVERIFY(!ask(api::ListTemplates{.location = location(), .origin = location(), .type = u"fax"_s}));
        const auto values = ask(api::ListCustomValues{location()});
        QVERIFY(values && !values->values.isEmpty());
        QCOMPARE(values->values[0].key, u"{{ custom_values.office_hours }}"_s);
    }
    void everySourceFailureAndSettingOccurs()
    {
        QSet<QString> sources;
        QSet<QString> codes;
        QSet<int> kinds;
        api::ExportMessages page{.location = location()};
        do {
            const auto read = ask(page);
            QVERIFY(read);
            for (const Message &message : read->messages) {
                kinds.insert(int(message.channel));
                if (message.direction == Direction::Outbound)
                    sources.insert(message.source);
                if (const auto at = message.error.indexOf("(30"_L1); at >= 0)
                    codes.insert(message.error.mid(at + 1, 5));
            }
            page.cursor = read->nextCursor;
        } while (!page.cursor.isEmpty());
        QVERIFY2(sources.contains({u"app"_s, u"api"_s, u"workflow"_s, u"campaign"_s, u"bulk_actions"_s}), qPrintable(sources.values().join(u' ')));
        QVERIFY2(codes.size() >= 3, qPrintable(codes.values().join(u' ')));
        QVERIFY(kinds.contains(int(Channel::InternalComment)));
        QVERIFY(kinds.contains(int(Channel::Activity)) && kinds.contains(int(Channel::Call)));
        QSet<int> settings;
        const auto contacts = ask(api::SearchContacts{.location = location(), .pageLimit = 500});
        QVERIFY(contacts);
        for (const Contact &contact : contacts->contacts) {
            for (const Dnd &dnd : contact.dndSettings)
                settings.insert(int(dnd.status));
        }
        QCOMPARE(settings, (QSet<int>{int(DndStatus::Active), int(DndStatus::Inactive), int(DndStatus::Permanent)}));
    }
};

QTEST_GUILESS_MAIN(TestConversationOps)
#include "tst_conversationops.moc"
