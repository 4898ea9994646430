// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/deliveryline.h"
#include "flows/practicecount.h"

#include "practice/media.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

using S = OutboxState;
using sync::Outbox;

/// Texts with pictures over real sockets: uploaded, then sent once, and nothing of them left behind.
class TestMms : public QObject
{
    Q_OBJECT

    const QString m_upload = u"/conversations/messages/upload"_s;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_contact;

    std::unique_ptr<DeliveryLine> line(bool started = true)
    {
        auto made = std::make_unique<DeliveryLine>(m_folder->path(), QUrl(m_server->url()), m_server->token(), m_server->locationId());
        if (started)
            made->start();
        return made;
    }
    QStringList kept() const { return QDir(m_folder->filePath(u"outgoing"_s)).entryList(QDir::Files); }
    /// What the server has as the message with this text.
    QStringList attached(const QString &text) const
    {
        const practice::World &world = m_server->world();
        for (const practice::Message &message : world.messages) {
            if (!message.deleted && message.more && world.text(message).startsWith(text))
                return message.more->attachments;
        }
        return {};
    }
    void armUpload(QJsonObject fault)
    {
        fault.insert(u"match"_s, u"POST "_s + m_upload);
        arm(*m_server, fault);
    }

private Q_SLOTS:
    void init()
    {
        m_server = startPractice();
        m_folder = std::make_unique<QTemporaryDir>();
        m_contact = textable(*m_server).first();
    }

    void picturesAreUploadedAndSentOnce()
    {
        const auto here = line();
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 2);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(posts(*m_server, m_upload).applied, 2);
        QCOMPARE(posts(*m_server).arrived, 1);
        const QStringList files = attached(u"Hello Nora!"_s);
        QCOMPARE(files.size(), 2);
        QVERIFY(files.first().startsWith(u"/media/uploads/"_s));
        QCOMPARE(m_server->world().files.at(files.first().section(u'/', -1)).bytes, QByteArray("picture 1"));
        QCOMPARE(m_server->world().files.at(files.last().section(u'/', -1)).bytes, QByteArray("picture 2"));
    }
    void aPictureNeedsNoWords()
    {
        const auto here = line();
        const auto id = here->pictures(m_contact, {}, 1);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(posts(*m_server).applied, 1);
    }
    void theBytesAreKeptPrivatelyUntilTheTextIsFinished()
    {
        const auto here = line();
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 2, true);
        QVERIFY(id);
        QCOMPARE(here->record(*id).state, S::Held);
        QCOMPARE(here->record(*id).formatVersion, 2);
        QCOMPARE(kept().size(), 2);
        const QFileInfo folder(m_folder->filePath(u"outgoing"_s));
        QCOMPARE(int(folder.permissions() & 0x0077), 0);
        QCOMPARE(int(QFileInfo(folder.filePath() + u'/' + kept().first()).permissions() & 0x0077), 0);
        const auto files = await(here->outbox->files(*id));
        QVERIFY(files);
        QCOMPARE(files->first().bytes, QByteArray("picture 1"));
        QCOMPARE(files->first().name, u"house 1.jpg"_s);
        QVERIFY(await(here->outbox->cancel(*id)));
        QTRY_VERIFY(kept().isEmpty());
        QCOMPARE(posts(*m_server, m_upload).arrived, 0);
        QCOMPARE(posts(*m_server).arrived, 0);
    }
    void aDocumentGoesAsALinkInTheWords_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QJsonObject>("fault");
        QTest::addColumn<QString>("on");
        QTest::newRow("words and a file") << u"Here is the plan"_s << QJsonObject() << QString();
        QTest::newRow("a file alone") << QString() << QJsonObject() << QString();
        QTest::newRow("the answer to the text is lost") << u"Here is the plan"_s << QJsonObject{{u"kind"_s, u"close-after"_s}} << u"POST /conversations/messages"_s;
        QTest::newRow("the answer to the upload is lost") << u"Here is the plan"_s << QJsonObject{{u"kind"_s, u"close-after"_s}} << u"POST "_s + m_upload;
    }
    void aDocumentGoesAsALinkInTheWords()
    {
        QFETCH(QString, words);
        QFETCH(QJsonObject, fault);
        QFETCH(QString, on);
        if (!on.isEmpty()) {
            fault.insert(u"match"_s, on);
            arm(*m_server, fault);
        }
        const auto here = line();
        MessageDraft draft;
        draft.contactId = ContactId(m_contact);
        draft.body = words;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        options.files.append({u"floor plan.pdf"_s, u"application/pdf"_s, "%PDF-1.4 the plan"});
        const auto id = await(here->outbox->submitMessage(here->account, draft, options));
        QVERIFY(id);
        QVERIFY(here->reaches(*id, on.endsWith(u"messages"_s) ? S::Confirmed : S::Accepted));
        QCOMPARE(posts(*m_server).applied, 1);
        const practice::World &world = m_server->world();
        const auto sent = std::find_if(world.messages.rbegin(), world.messages.rend(),
                                       [&world](const practice::Message &one) { return !one.deleted && world.text(one).contains(u"/media/uploads/"_s); });
        QVERIFY(sent != world.messages.rend());
        QVERIFY(!sent->more || sent->more->attachments.isEmpty());
        const QStringList lines = world.text(*sent).split(u'\n');
        QCOMPARE(lines.size(), words.isEmpty() ? 1 : 2);
        QCOMPARE(lines.size() == 2 ? lines.first() : QString(), words);
        QCOMPARE(world.files.at(lines.last().section(u'/', -1)).bytes, QByteArray("%PDF-1.4 the plan"));
        QTRY_VERIFY(kept().isEmpty()); // the link is all that is needed
    }
    void whatIsSentIsNotKept()
    {
        const auto here = line();
        arm(*m_server, {{u"kind"_s, u"close-after"_s}}); // found by looking, and so confirmed
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 1);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Confirmed));
        QTRY_VERIFY(kept().isEmpty());
        QCOMPARE(posts(*m_server).arrived, 1);
    }

    void aFailedUploadIsDoneAgainAndTheTextLeavesOnce_data()
    {
        QTest::addColumn<QJsonObject>("fault");
        QTest::addColumn<int>("uploads");
        QTest::newRow("no answer") << QJsonObject{{u"kind"_s, u"no-answer"_s}} << 2;
        QTest::newRow("closed before") << QJsonObject{{u"kind"_s, u"close-before"_s}} << 2;
        QTest::newRow("closed after") << QJsonObject{{u"kind"_s, u"close-after"_s}} << 2;
        QTest::newRow("500") << QJsonObject{{u"kind"_s, u"status"_s}, {u"status"_s, 500}} << 2;
        QTest::newRow("too many") << QJsonObject{{u"kind"_s, u"status"_s}, {u"status"_s, 429}} << 2;
        QTest::newRow("cut answer") << QJsonObject{{u"kind"_s, u"cut-body"_s}} << 2;
    }
    void aFailedUploadIsDoneAgainAndTheTextLeavesOnce()
    {
        QFETCH(QJsonObject, fault);
        QFETCH(int, uploads);
        armUpload(fault);
        const auto here = line();
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 1);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(posts(*m_server, m_upload).arrived, uploads);
        QCOMPARE(posts(*m_server).arrived, 1);
        QCOMPARE(here->record(*id).attempts, 1);
        QCOMPARE(attached(u"Hello Nora!"_s).size(), 1);
    }
    void whatIsBeingUploadedIsSaid()
    {
        armUpload({{u"kind"_s, u"delay"_s}, {u"ms"_s, 1'500}, {u"count"_s, 2}});
        const auto here = line();
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        for (const auto *name : {"house.jpg", "garden.jpg"})
            options.files.append({QString::fromLatin1(name), u"image/jpeg"_s, QByteArray(240'000, 'x')});
        MessageDraft draft;
        draft.contactId = ContactId(m_contact);
        draft.body = u"Hello Nora!"_s;
        const auto id = await(here->outbox->submitMessage(here->account, draft, options));
        QVERIFY(id);
        QTRY_COMPARE_WITH_TIMEOUT(here->record(*id).reason, u"Waiting for the upload of file 1 of 2 (240.0 kB)."_s, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(here->record(*id).reason, u"Waiting for the upload of file 2 of 2 (240.0 kB)."_s, 10'000);
        QVERIFY(here->reaches(*id, S::Accepted));
        QVERIFY(here->record(*id).reason.isEmpty());
        QCOMPARE(posts(*m_server).arrived, 1);
    }
    void aRefusedPictureStopsTheTextAndSaysSo()
    {
        armUpload({{u"kind"_s, u"status"_s}, {u"status"_s, 413}});
        const auto here = line();
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 1);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Rejected));
        QVERIFY(here->record(*id).reason.contains(u"did not take the file"_s));
        QCOMPARE(posts(*m_server).arrived, 0);
        // The bytes are still there: trying again sends them.
        const auto again = await(here->outbox->retry(*id));
        QVERIFY(again);
        QVERIFY(here->reaches(again->id, S::Accepted));
        QCOMPARE(attached(u"Hello Nora!"_s).size(), 1);
        QCOMPARE(posts(*m_server).arrived, 1);
    }
    void aFinishedUploadIsUsedAgain()
    {
        arm(*m_server, {{u"kind"_s, u"status"_s}, {u"status"_s, 422}});
        const auto here = line();
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 2);
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Rejected));
        const auto again = await(here->outbox->retry(*id));
        QVERIFY(again);
        QVERIFY(here->reaches(again->id, S::Accepted));
        QCOMPARE(posts(*m_server, m_upload).arrived, 2);
        QCOMPARE(attached(u"Hello Nora!"_s).size(), 2);
    }
    void aLostPictureStopsTheText()
    {
        const auto here = line();
        const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 1, true);
        QVERIFY(id);
        QVERIFY(QFile::remove(m_folder->filePath(u"outgoing/"_s + kept().first())));
        QVERIFY(await(here->outbox->release(*id)));
        QVERIFY(here->reaches(*id, S::Rejected));
        QCOMPARE(here->record(*id).reasonCode, u"file"_s);
        QVERIFY(here->record(*id).reason.contains(u"house 1.jpg"_s));
        QCOMPARE(posts(*m_server).arrived, 0);
    }
    void aNewPersonGetsAConversationForTheirPicture()
    {
        const auto here = line();
        ContactDraft contact;
        contact.firstName = u"Nora"_s;
        contact.phone = u"+14075550199"_s;
        MessageDraft draft;
        draft.body = u"Hello Nora!"_s;
        Outbox::SubmitOptions options;
        options.undoable = false;
        options.files.append({u"house.png"_s, u"image/png"_s, "picture"});
        const auto id = await(here->outbox->submitNewText(here->account, contact, draft, options));
        QVERIFY(id);
        QVERIFY(here->reaches(*id, S::Accepted));
        QCOMPARE(attached(u"Hello Nora!"_s).size(), 1);
        QCOMPARE(posts(*m_server).arrived, 1);
    }
    void whatNoRecordNamesIsSweptAtTheStart()
    {
        RecordId held;
        {
            const auto here = line();
            const auto id = here->pictures(m_contact, u"Hello Nora!"_s, 1, true);
            QVERIFY(id);
            held = *id;
        }
        QFile orphan(m_folder->filePath(u"outgoing/01ARZ3NDEKTSV4RRFFQ69G5FAV"_s));
        QVERIFY(orphan.open(QIODevice::WriteOnly));
        orphan.close();
        QCOMPARE(kept().size(), 2);
        const auto here = line();
        QTRY_COMPARE(kept().size(), 1);
        QVERIFY(await(here->outbox->release(held)));
        QVERIFY(here->reaches(held, S::Accepted));
        QCOMPARE(attached(u"Hello Nora!"_s).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestMms)
#include "tst_mms.moc"
