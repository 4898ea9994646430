// SPDX-License-Identifier: GPL-3.0-or-later
#include "clirun.h"
#include "support/waitfor.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::CliRun;

/// `send --channel email` and `--attach` as real processes against a practice account in this one.
class TestCliMail : public QObject
{
    Q_OBJECT

    using Ran = CliRun::Ran;
    CliRun m_cli;
    Ran run(const QStringList &arguments) const { return m_cli.run(arguments); }
    QString m_contact;

    void file(const QString &name, const QByteArray &bytes)
    {
        QFile made(m_cli.folder->filePath(name));
        QVERIFY(made.open(QIODevice::WriteOnly) && made.write(bytes) == bytes.size());
    }
    QVector<const practice::Message *> sent(practice::Type type) const
    {
        QVector<const practice::Message *> found;
        for (const auto &message : m_cli.server->world().messages) {
            if (!message.deleted && !message.inbound && message.type == type && message.more && message.origin == practice::Origin::Api
                && m_cli.server->world().text(message).startsWith(u"From the command line"))
                found.append(&message);
        }
        return found;
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_cli.serve(CliRun::account({60, 0, 20, 0})));
        m_contact.clear();
        const practice::World &world = m_cli.server->world();
        for (practice::Index i = 0; i < practice::Index(world.contacts.size()) && m_contact.isEmpty(); ++i) {
            const auto &contact = world.contacts[i];
            if (contact.location == 0 && !contact.deleted && !contact.dnd && !contact.email.isEmpty() && !contact.phone.isEmpty() && !contact.more && !contact.landline)
                m_contact = world.mint.id(practice::Kind::Contact, i);
        }
        QVERIFY(!m_contact.isEmpty());
    }

    void anEmailWithCopiesAndAFileIsSentOnce()
    {
        file(u"plan.pdf"_s, "%PDF-1.4");
        const auto ran = run({u"send"_s, u"--to"_s, m_contact, u"--channel"_s, u"email"_s, u"--subject"_s, u"The plan"_s, u"--text"_s,
                              u"From the command line"_s, u"--cc"_s, u"pat@office.example"_s, u"--cc"_s, u"Sam <sam@office.example>"_s, u"--bcc"_s,
                              u"boss@office.example"_s, u"--attach"_s, u"plan.pdf"_s, u"--wait"_s, u"--yes"_s});
        QVERIFY2(ran.exit == 0, (ran.err + ran.out).constData());
        const auto found = sent(practice::Type::Email);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first()->more->subject, u"The plan"_s);
        QCOMPARE(found.first()->more->cc, (QStringList{u"pat@office.example"_s, u"sam@office.example"_s}));
        QCOMPARE(found.first()->more->bcc, QStringList{u"boss@office.example"_s});
        QCOMPARE(found.first()->more->attachments.size(), 1);
    }
    void whatIsScheduledIsShownAndTakenBackByItsId()
    {
        const QString at = QDateTime::currentDateTimeUtc().addDays(2).toString(Qt::ISODate);
        for (const auto &more : {QStringList{u"--text"_s, u"In two days"_s},
                                 QStringList{u"--channel"_s, u"email"_s, u"--subject"_s, u"Later"_s, u"--text"_s, u"In two days"_s}}) {
            const auto ran = run(QStringList{u"send"_s, u"--to"_s, m_contact, u"--at"_s, at, u"--wait"_s, u"--yes"_s, u"--json"_s} + more);
            QVERIFY2(ran.exit == 0, (ran.err + ran.out).constData());
            const QString id = QJsonDocument::fromJson(ran.out)[u"serverId"].toString();
            const auto index = m_cli.server->world().message(id);
            QVERIFY(index && m_cli.server->world().messages[*index].state == practice::State::Scheduled);
            const auto shown = run({u"message"_s, u"get"_s, id, u"--json"_s});
            QCOMPARE(shown.exit, 0);
            QCOMPARE(QJsonDocument::fromJson(shown.out)[u"id"].toString(), id);
            QCOMPARE(run({u"message"_s, u"cancel"_s, id, u"--dry-run"_s}).exit, 0);
            QVERIFY(!m_cli.server->world().messages[*index].deleted);
            const auto cancelled = run({u"message"_s, u"cancel"_s, id, u"--wait"_s});
            QVERIFY2(cancelled.exit == 0, (cancelled.err + cancelled.out).constData());
            QVERIFY(m_cli.server->world().messages[*index].deleted);
            QCOMPARE(run({u"message"_s, u"get"_s, id}).exit, 4);
        }
    }
    void aCallMadeElsewhereIsNotedOnce_data()
    {
        QTest::addColumn<bool>("app");
        QTest::addColumn<bool>("inbound");
        QTest::newRow("without an app: for the team") << false << false;
        QTest::newRow("with an app, made") << true << false;
        QTest::newRow("with an app, taken") << true << true;
    }
    void aCallMadeElsewhereIsNotedOnce()
    {
        QFETCH(bool, app);
        QFETCH(bool, inbound);
        QStringList words{u"call"_s, u"log"_s, u"--to"_s, m_contact, u"--status"_s, u"busy"_s, u"--at"_s, u"2026-01-05T09:00:00-05:00"_s};
        if (app)
            words += QStringList{u"--provider"_s, m_cli.server->world().providerId()};
        if (inbound)
            words.append(u"--inbound"_s);
        const auto noted = [&] {
            int count = 0;
            for (const auto &message : m_cli.server->world().messages) {
                const bool right = app ? message.type == practice::Type::CustomCall && message.inbound == inbound : message.type == practice::Type::InternalComment;
                if (right && !message.deleted && message.more && (app || m_cli.server->world().text(message).contains(u"busy"_s)))
                    ++count;
            }
            return count;
        };
        const int before = noted();
        QCOMPARE(run(words + QStringList{u"--dry-run"_s}).exit, 0);
        QCOMPARE(noted(), before);
        const auto ran = run(words + QStringList{u"--wait"_s});
        QVERIFY2(ran.exit == 0, (ran.err + ran.out).constData());
        QCOMPARE(noted(), before + 1);
    }
    void aCallThatCannotBeIsNotNoted()
    {
        QCOMPARE(run({u"call"_s, u"log"_s, u"--to"_s, m_contact, u"--status"_s, u"wonderful"_s}).exit, 2);
        QCOMPARE(run({u"call"_s, u"log"_s, u"--to"_s, m_contact, u"--at"_s, u"2099-01-01T00:00:00Z"_s}).exit, 2);
        QCOMPARE(run({u"call"_s, u"log"_s, u"--to"_s, m_contact, u"--at"_s, u"2026-01-05T09:00:00"_s}).exit, 2);
        QCOMPARE(run({u"call"_s, u"log"_s}).exit, 2);
    }
    void aTextTakesPicturesOnlyAndWithoutTheirPlace()
    {
        const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n") + QByteArray("\0\0\0\x01IHDRxcrc!", 13) + QByteArray("\0\0\0\x03tEXtgpscrc!", 15)
            + QByteArray("\0\0\0\0IENDcrc!", 12);
        file(u"house.png"_s, png);
        const auto ran = run({u"send"_s, u"--to"_s, m_contact, u"--text"_s, u"From the command line"_s, u"--attach"_s, u"house.png"_s, u"--wait"_s, u"--yes"_s});
        QVERIFY2(ran.exit == 0, (ran.err + ran.out).constData());
        const auto found = sent(practice::Type::Sms);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first()->more->attachments.size(), 1);
        const auto stored = m_cli.server->world().files.at(found.first()->more->attachments.first().section(u'/', -1));
        QVERIFY(stored.bytes.contains("IHDR") && !stored.bytes.contains("gps"));
    }
    void whatCannotBeIsSaidAndNothingLeaves_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no subject") << QStringList{u"--channel"_s, u"email"_s} << QByteArray("--subject");
        QTest::newRow("wrong copy") << QStringList{u"--channel"_s, u"email"_s, u"--subject"_s, u"x"_s, u"--cc"_s, u"wrong@"_s} << QByteArray("wrong@");
        QTest::newRow("no such file") << QStringList{u"--channel"_s, u"email"_s, u"--subject"_s, u"x"_s, u"--attach"_s, u"nothing.pdf"_s} << QByteArray("nothing.pdf");
        QTest::newRow("a kind nobody takes") << QStringList{u"--channel"_s, u"email"_s, u"--subject"_s, u"x"_s, u"--attach"_s, u"x.exe"_s} << QByteArray("x.exe");
        QTest::newRow("a program with a text") << QStringList{u"--attach"_s, u"x.exe"_s} << QByteArray("x.exe");
        QTest::newRow("a subject with a text") << QStringList{u"--subject"_s, u"x"_s} << QByteArray("--channel email");
    }
    void whatCannotBeIsSaidAndNothingLeaves()
    {
        QFETCH(QStringList, options);
        file(u"x.exe"_s, "MZ");
        file(u"x.pdf"_s, "%PDF-1.4");
        const auto ran = run(QStringList{u"send"_s, u"--to"_s, m_contact, u"--text"_s, u"From the command line"_s} + options);
        QCOMPARE(ran.exit, 2);
        QFETCH(QByteArray, word);
        QVERIFY2(ran.err.contains(word), ran.err.constData());
        QCOMPARE(m_cli.server->ledger().entries().size(), size_t(0));
    }
    void aDryRunShowsTheRequestAndSendsNothing()
    {
        const auto ran = run({u"--json"_s, u"--dry-run"_s, u"send"_s, u"--to"_s, m_contact, u"--channel"_s, u"email"_s, u"--subject"_s, u"The plan"_s, u"--text"_s,
                              u"From the command line"_s, u"--yes"_s});
        QCOMPARE(ran.exit, 0);
        QVERIFY(ran.out.contains("<p>From the command line</p>"));
        QVERIFY(sent(practice::Type::Email).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestCliMail)
#include "tst_cli_mail.moc"
