// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/deliveryperson.h"
#include "flows/practicecount.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

using S = OutboxState;

/// This program is killed in every state that a text can be in, started again, and at the end there is one message.
class TestKill : public QObject
{
    Q_OBJECT

    std::unique_ptr<practice::Server> m_server;

    std::unique_ptr<QProcess> person(const QString &what, const QString &folder)
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        const QStringList contacts = textable(*m_server);
        process->start(QCoreApplication::applicationFilePath(),
                       {u"--person"_s, what, folder, m_server->url(), m_server->token(), m_server->locationId(), contacts.first()});
        return process;
    }
    /// Waits for a line that begins so. The server of this process answers meanwhile.
    static bool hears(QProcess &process, const QString &word, QString *line = nullptr)
    {
        return QTest::qWaitFor([&] {
            while (process.canReadLine()) {
                const QString heard = QString::fromUtf8(process.readLine()).trimmed();
                if (heard.startsWith(word)) {
                    if (line)
                        *line = heard;
                    return true;
                }
            }
            return false;
        }, 30'000);
    }
    static void kill(QProcess &process)
    {
        ::kill(pid_t(process.processId()), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 10'000);
    }

private Q_SLOTS:
    void killed_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QJsonObject>("fault");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("arrivedBefore"); ///< kill only when so many requests have arrived
        QTest::addColumn<int>("uploadsBefore");
        QTest::newRow("held for undo") << u"undoable"_s << QJsonObject() << u"durable"_s << 0 << 0;
        QTest::newRow("queued") << u"offline"_s << QJsonObject() << u"durable"_s << 0 << 0;
        QTest::newRow("attempting, at once") << u"text"_s << QJsonObject() << u"attempting"_s << 0 << 0;
        QTest::newRow("attempting, request there, effect before the answer")
            << u"text"_s << QJsonObject{{u"kind"_s, u"no-answer"_s}} << u"attempting"_s << 1 << 0;
        QTest::newRow("attempting, request there, no effect")
            << u"text"_s << QJsonObject{{u"kind"_s, u"no-answer"_s}, {u"apply"_s, false}} << u"attempting"_s << 1 << 0;
        QTest::newRow("attempting, effect after the death")
            << u"text"_s << QJsonObject{{u"kind"_s, u"delay"_s}, {u"ms"_s, 500}} << u"attempting"_s << 1 << 0;
        QTest::newRow("settling, with effect") << u"text"_s << QJsonObject{{u"kind"_s, u"close-after"_s}} << u"settling"_s << 1 << 0;
        QTest::newRow("settling, without effect") << u"text"_s << QJsonObject{{u"kind"_s, u"close-before"_s}} << u"settling"_s << 1 << 0;
        QTest::newRow("settling, late effect")
            << u"text"_s << QJsonObject{{u"kind"_s, u"late-effect"_s}, {u"ms"_s, 600}} << u"settling"_s << 1 << 0;
        QTest::newRow("accepted") << u"text"_s << QJsonObject() << u"accepted"_s << 1 << 0;
        const auto upload = [](QJsonObject fault) {
            fault.insert(u"match"_s, u"POST /conversations/messages/upload"_s);
            return fault;
        };
        QTest::newRow("pictures, nothing uploaded") << u"pictures"_s << upload({{u"kind"_s, u"delay"_s}, {u"ms"_s, 800}}) << u"durable"_s << 0 << 1;
        QTest::newRow("pictures, one uploaded")
            << u"pictures"_s << upload({{u"kind"_s, u"delay"_s}, {u"ms"_s, 800}, {u"skip"_s, 1}}) << u"durable"_s << 0 << 2;
        QTest::newRow("pictures, uploaded, send under way")
            << u"pictures"_s << QJsonObject{{u"kind"_s, u"no-answer"_s}} << u"attempting"_s << 1 << 2;
        QTest::newRow("pictures, uploaded, send without effect")
            << u"pictures"_s << QJsonObject{{u"kind"_s, u"no-answer"_s}, {u"apply"_s, false}} << u"attempting"_s << 1 << 2;
    }
    void killed()
    {
        QFETCH(QString, what);
        QFETCH(QJsonObject, fault);
        QFETCH(QString, state);
        QFETCH(int, arrivedBefore);
        QFETCH(int, uploadsBefore);
        m_server = startPractice();
        const QTemporaryDir folder;
        if (!fault.isEmpty())
            arm(*m_server, fault);
        auto first = person(what, folder.path());
        QVERIFY2(hears(*first, state), "the state was not reached");
        QTRY_VERIFY_WITH_TIMEOUT(posts(*m_server).arrived >= arrivedBefore, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(posts(*m_server, u"/conversations/messages/upload"_s).arrived >= uploadsBefore, 10'000);
        kill(*first);

        auto second = person(u"continue"_s, folder.path());
        if (state != u"accepted"_s)
            QVERIFY2(hears(*second, u"done"_s), "the text did not come to its end");
        else
            QVERIFY(hears(*second, u"accepted"_s));
        kill(*second);
        // A third life sends nothing more.
        auto third = person(u"continue"_s, folder.path());
        QVERIFY(QTest::qWaitFor([&] { return third->state() == QProcess::Running; }));
        QTest::qWait(300);
        kill(*third);
        QCOMPARE(messagesWith(*m_server, u"Hello Nora!"_s), 1);
        QCOMPARE(posts(*m_server).applied, 1);

        DeliveryLine after(folder.path(), QUrl(m_server->url()), m_server->token(), m_server->locationId());
        const auto records = await(after.outbox->list(std::nullopt, true));
        QVERIFY(records);
        const auto through = std::count_if(records->cbegin(), records->cend(), [](const OutboxRecord &record) {
            return record.state == S::Accepted || record.state == S::Confirmed;
        });
        QCOMPARE(through, 1);
        for (const OutboxRecord &record : *records)
            QVERIFY(record.state == S::Accepted || record.state == S::Confirmed || record.state == S::Cancelled);
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (const auto person = Person::from(QCoreApplication::arguments()))
        return play(app, *person);
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill.moc"
