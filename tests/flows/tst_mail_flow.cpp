// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile.h"
#include "domain/mail.h"
#include "domain/mailhtml.h"
#include "flows/deliveryline.h"
#include "flows/practicecount.h"
#include "sync/engine.h"

#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

using S = OutboxState;

/// E-mail over real sockets: read once and kept, sent once with everything that was asked for.
class TestMailFlow : public QObject
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
    MessageDraft draft() const
    {
        MessageDraft mail;
        mail.contactId = ContactId(m_contact);
        mail.type = u"Email"_s;
        mail.subject = u"Re: The house"_s;
        mail.body = u"Hello Nora,\nyes <it> is free.\n\nJo"_s;
        mail.cc = {u"pat@office.example"_s, u"sam@office.example"_s};
        mail.bcc = {u"boss@office.example"_s};
        return mail;
    }
    Result<RecordId> send(DeliveryLine &here, MessageDraft mail, QVector<OutgoingFile> files = {})
    {
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        options.files = std::move(files);
        return await(here.outbox->submitMessage(here.account, std::move(mail), std::move(options)));
    }
    /// What the server has with this subject, sent by us.
    QVector<const practice::Message *> there(const QString &subject) const
    {
        QVector<const practice::Message *> found;
        for (const practice::Message &message : m_server->world().messages) {
            if (!message.deleted && !message.inbound && message.type == practice::Type::Email && message.more && message.more->subject == subject)
                found.append(&message);
        }
        return found;
    }
    int gets(const QString &part) const
    {
        int count = 0;
        for (const auto &entry : m_server->ledger().entries())
            count += entry.method == "GET" && entry.path.contains(part);
        return count;
    }
    std::unique_ptr<sync::Engine> engine(bool offline = false)
    {
        auto profile = Profile::open(m_folder->path());
        if (!profile || !profile->lock())
            qFatal("no profile");
        sync::EngineOptions options;
        options.pull = false;
        options.offline = offline;
        options.server = QUrl(m_server->url());
        options.sessionToken = m_server->token();
        options.sessionLocation = LocationId(m_server->locationId());
        auto made = std::make_unique<sync::Engine>(*profile, options);
        if (const Status started = await(made->start()); !started)
            qFatal("%s", qPrintable(started.error().message));
        return made;
    }
    /// An e-mail that somebody wrote to us.
    practice::Index inbound() const
    {
        const practice::World &world = m_server->world();
        for (practice::Index i = 0; i < practice::Index(world.messages.size()); ++i) {
            const auto &message = world.messages[i];
            if (!message.deleted && message.inbound && message.type == practice::Type::Email && message.more && !message.more->html.isEmpty()
                && world.conversations[message.conversation].location == 0)
                return i;
        }
        qFatal("The world has no e-mail.");
    }

private Q_SLOTS:
    void init()
    {
        practice::Options options;
        options.size = {60, 0, 20, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        options.record = true;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        m_folder = std::make_unique<QTemporaryDir>();
        m_contact.clear();
        const practice::World &world = m_server->world();
        for (practice::Index i = 0; i < practice::Index(world.contacts.size()) && m_contact.isEmpty(); ++i) {
            const auto &contact = world.contacts[i];
            if (contact.location == 0 && !contact.deleted && !contact.dnd && !contact.email.isEmpty() && !contact.more)
                m_contact = world.mint.id(practice::Kind::Contact, i);
        }
        QVERIFY(!m_contact.isEmpty());
    }

    void aReplyArrivesOnceWithSubjectAndCopies()
    {
        const auto here = line();
        const auto id = send(*here, draft());
        QVERIFY(id);
        QCOMPARE(here->record(*id).formatVersion, 3);
        QVERIFY(here->reaches(*id, S::Accepted));
        const auto found = there(u"Re: The house"_s);
        QCOMPARE(found.size(), 1);
        const auto &more = *found.first()->more;
        QCOMPARE(more.cc, draft().cc);
        QCOMPARE(more.bcc, draft().bcc);
        QVERIFY(more.html.startsWith(u"<p>Hello Nora,<br>yes &lt;it&gt; is free.</p><p>Jo</p>"_s));
        QVERIFY(mail::carriesMark(more.html, *id));
        QVERIFY(more.to.contains(u'@'));
        QCOMPARE(posts(*m_server).arrived, 1);
    }

    void aLostAnswerMakesNoSecondEmail_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("closed after") << u"close-after"_s;
        QTest::newRow("no answer") << u"no-answer"_s;
        QTest::newRow("cut answer") << u"cut-body"_s;
    }
    void aLostAnswerMakesNoSecondEmail()
    {
        QFETCH(QString, kind);
        const auto here = line();
        arm(*m_server, {{u"kind"_s, kind}, {u"apply"_s, true}});
        const auto id = send(*here, draft());
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Confirmed));
        QCOMPARE(there(u"Re: The house"_s).size(), 1);
        QCOMPARE(posts(*m_server).arrived, 1);
        QVERIFY(!here->record(*id).serverId.isEmpty());
    }
    void twoAlikeAreToldApartByTheirMarks()
    {
        const auto here = line();
        QVERIFY(here->reaches(*send(*here, draft()), S::Accepted));
        arm(*m_server, {{u"kind"_s, u"close-after"_s}});
        const auto second = send(*here, draft());
        QVERIFY(second);
        QVERIFY(here->reaches(*second, S::Confirmed));
        QCOMPARE(there(u"Re: The house"_s).size(), 2);
        QCOMPARE(posts(*m_server).arrived, 2);
    }
    void filesGoWithItUnderTheirNames()
    {
        const auto here = line();
        const auto id = send(*here, draft(), {{u"floor plan.pdf"_s, u"application/pdf"_s, "%PDF-1.4 plan"}});
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        const auto found = there(u"Re: The house"_s);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first()->more->attachments.size(), 1);
        QVERIFY2(found.first()->more->attachments.first().endsWith(u".pdf"), qPrintable(found.first()->more->attachments.first()));
    }
    void withoutSubjectNothingLeaves()
    {
        const auto here = line();
        MessageDraft mail = draft();
        mail.subject = u"  "_s;
        const auto id = send(*here, mail);
        QVERIFY(!id);
        QVERIFY(id.error().message.contains(u"subject"_s));
        QCOMPARE(posts(*m_server).arrived, 0);
    }

    void aBodyIsFetchedOnceAndReadOfflineAfterwards()
    {
        const practice::Index index = inbound();
        const EmailId id(m_server->world().mint.id(practice::Kind::Email, index));
        const MessageId message(m_server->world().mint.id(practice::Kind::Message, index));
        {
            const auto here = engine();
            const auto first = await(here->email(id, message));
            QVERIFY2(first, first ? "" : qPrintable(first.error().message));
            QCOMPARE(first->subject, m_server->world().messages[index].more->subject);
            QVERIFY(!first->from.isEmpty() && !first->to.isEmpty());
            const auto second = await(here->email(id, message));
            QVERIFY(second);
            QCOMPARE(second->body, first->body);
            QCOMPARE(second->to, first->to);
            QCOMPARE(gets(u"/messages/email/"_s), 1);
            await(here->stop());
        }
        const auto train = engine(true);
        const auto kept = await(train->email(id, message));
        QVERIFY2(kept, kept ? "" : qPrintable(kept.error().message));
        QVERIFY(!kept->body.isEmpty());
        const auto other = await(train->email(EmailId(u"never-opened"_s), MessageId()));
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::Offline);
        QVERIFY(other.error().message.contains(u"offline"_s));
        QCOMPARE(gets(u"/messages/email/"_s), 1);
        await(train->stop());
    }
    void theFirstLinesComeIntoTheThread()
    {
        const practice::Index index = inbound();
        const practice::World &world = m_server->world();
        const auto here = engine();
        QVERIFY(await(here->syncNow({}, false), 60'000));
        const MessageId message(world.mint.id(practice::Kind::Message, index));
        QVERIFY(await(here->refreshThread(ConversationId(world.mint.id(practice::Kind::Conversation, world.messages[index].conversation)), ContactId())));
        const auto body = await(here->email(EmailId(world.mint.id(practice::Kind::Email, index)), message));
        QVERIFY(body);
        const auto row = await(here->cache().conversation(LocationId(m_server->locationId()), ConversationId(world.mint.id(practice::Kind::Conversation, world.messages[index].conversation))));
        QVERIFY(row && *row);
        const auto page = await(here->cache().newestMessages((*row)->key, 2000));
        QVERIFY(page);
        const auto found = std::find_if(page->rows.begin(), page->rows.end(), [&](const MessageRow &one) { return one.message.id == message; });
        QVERIFY(found != page->rows.end());
        QCOMPARE(found->message.body, sync::Engine::emailWords(*body));
        QVERIFY(!found->message.body.isEmpty());
        await(here->stop());
    }
};

QTEST_GUILESS_MAIN(TestMailFlow)
#include "tst_mail_flow.moc"
