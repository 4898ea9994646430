// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/deliveryperson.h"
#include "flows/practicecount.h"
#include "flows/tracedrun.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>

using namespace outrigger;
using namespace outrigger::test;
using systemcalls::Run;
using namespace Qt::StringLiterals;

using S = OutboxState;

/// A text, from the opening of the profile to the server's answer, cut off at a system call, or with a disk that fails at
/// one; then the program is started again and the books are compared. A few calls of each kind; with the environment
/// variable OUTRIGGER_SYSTEM_CALLS=all every one of them (packaging/prove --system-calls), with a number only that one.
class TestSystemCalls : public QObject
{
    Q_OBJECT

    struct Profile {
        QTemporaryDir place;
        QString folder() const { return place.filePath(u"profile"_s); }
        QString tally() const { return place.filePath(u"tally"_s); }
    };

    std::unique_ptr<practice::Server> m_server;
    QTemporaryDir m_used; ///< a profile that has been opened before

    QStringList person(const QString &what, const QString &folder) const
    {
        return {u"--person"_s, what, folder, m_server->url(), m_server->token(), m_server->locationId(), textable(*m_server).first()};
    }
    /// Until it is through, refused, dead, or, with a disk that goes on failing, has met that several times.
    Run lives(const Profile &profile, qint64 at, int error, bool stays)
    {
        const systemcalls::Plan plan{at, error, stays, QFile::encodeName(profile.folder()), QFile::encodeName(profile.tally())};
        return systemcalls::live(plan, person(u"text"_s, profile.folder()), [](const Run &run) {
            return run.told("done") || run.told("refused") || run.told("unclear") || run.tally.failed >= 5;
        });
    }
    /// Starts again, on a disk that works.
    bool comesToItsEnd(const Profile &profile)
    {
        return systemcalls::liveAgain(person(u"continue"_s, profile.folder()), {"done", "nothing"});
    }
    /// Empty when the books are in order.
    QString judge(const Profile &profile, const Run &run)
    {
        const int there = messagesWith(*m_server, u"Hello Nora!"_s);
        const int applied = posts(*m_server).applied;
        DeliveryLine after(profile.folder(), QUrl(m_server->url()), m_server->token(), m_server->locationId());
        const auto records = await(after.outbox->list(std::nullopt, true));
        if (!records)
            return u"the outbox cannot be read"_s;
        int through = 0;
        int given = 0; // up, when the person sent the text again as another record
        for (const OutboxRecord &record : *records) {
            through += record.state == S::Accepted || record.state == S::Confirmed ? 1 : 0;
            given += record.state == S::Cancelled ? 1 : 0;
        }
        if (there > 1 || applied > 1)
            return u"sent %1 times"_s.arg(std::max(there, applied));
        if (run.told("durable") && there != 1)
            return u"lost, after it was said to be kept"_s;
        if (run.told("refused") && there > 0)
            return u"sent, after it was said to be refused"_s;
        if (through != there || through + given != int(records->size()))
            return u"%1 there, %2 of %3 records through"_s.arg(there).arg(through).arg(records->size());
        return {};
    }
    std::unique_ptr<Profile> profile(bool used) const
    {
        auto fresh = std::make_unique<Profile>();
        QDir().mkpath(fresh->folder());
        if (used && !systemcalls::copyFolder(m_used.path(), fresh->folder()))
            qFatal("The profile cannot be copied.");
        return fresh;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!systemcalls::possible)
            QSKIP("System calls can be changed on x86-64 only.");
        m_server = startPractice();
        DeliveryLine line(m_used.path(), QUrl(m_server->url()), m_server->token(), m_server->locationId());
        line.start();
    }
    void anywhere_data()
    {
        QTest::addColumn<bool>("used");
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("stays");
        QTest::newRow("killed, new profile") << false << 0 << false; // every migration is in this one
        QTest::newRow("killed") << true << 0 << false;
        QTest::newRow("EIO once, new profile") << false << EIO << false;
        QTest::newRow("EIO once") << true << EIO << false;
        QTest::newRow("ENOSPC once") << true << ENOSPC << false;
        QTest::newRow("ENOSPC from then on") << true << ENOSPC << true;
        QTest::newRow("EIO from then on") << true << EIO << true;
        QTest::newRow("EROFS from then on") << true << EROFS << true; // what a failing disk becomes
    }
    void anywhere()
    {
        QFETCH(bool, used);
        QFETCH(int, error);
        QFETCH(bool, stays);
        m_server = startPractice();
        const auto whole = profile(used);
        // A plan that is never reached: the same calls are counted as in the runs that follow.
        const Run first = lives(*whole, 1'000'000'000, error, false);
        if (first.tally.counted == 0 && first.said.isEmpty())
            QSKIP("Programs may not be traced here.");
        QVERIFY(first.told("done"));
        QCOMPARE(judge(*whole, first), QString());
        QVERIFY2(first.tally.counted > 10, "the text has left without a trace on the disk");
        int reached = 0;
        int durable = 0;
        QStringList troubles;
        const auto chosen = systemcalls::points(first.tally.counted);
        for (const qint64 at : chosen) {
            m_server = startPractice();
            const auto own = profile(used);
            const Run run = lives(*own, at, error, stays);
            reached += run.tally.counted >= at ? 1 : 0;
            durable += run.told("durable") ? 1 : 0;
            QString trouble = comesToItsEnd(*own) ? judge(*own, run) : u"it does not come to its end"_s;
            if (!trouble.isEmpty())
                troubles.append(u"at %1 of %2 (%3): %4"_s.arg(at).arg(first.tally.counted).arg(QString::fromLatin1(run.tally.hit.data()), trouble));
        }
        qInfo("%d points of %lld calls, %d reached, %d after it was said to be kept", int(chosen.size()), static_cast<long long>(first.tally.counted), reached, durable);
        QVERIFY2(troubles.isEmpty(), qPrintable(troubles.join(u'\n')));
        QVERIFY(reached > 0);
    }
};

int main(int argc, char *argv[])
{
    if (systemcalls::isTrace(argc, argv))
        return systemcalls::trace(argc, argv);
    QCoreApplication app(argc, argv);
    if (auto person = Person::from(QCoreApplication::arguments())) {
        person->begins = &systemcalls::begin;
        person->patience = 30;
        return play(app, *person);
    }
    TestSystemCalls test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_systemcalls.moc"
