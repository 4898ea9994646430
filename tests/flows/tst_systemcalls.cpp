// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows/deliveryperson.h"
#include "flows/practicecount.h"
#include "flows/systemcalls.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <vector>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

using S = OutboxState;

/// A text, from the opening of the profile to the server's answer, cut off at a system call, or with a disk that fails at
/// one; then the program is started again and the books are compared. A few calls of each kind; with the environment
/// variable OUTRIGGER_SYSTEM_CALLS=all every one of them (packaging/prove --system-calls), with a number only that one.
///
/// This program plays three parts: the test, the person ("--person"), and the tracer between them ("--trace").
class TestSystemCalls : public QObject
{
    Q_OBJECT

    static constexpr int few = 4;

    struct Run {
        QByteArray said;
        systemcalls::Tally tally;
        bool told(const char *word) const { return ("\n" + said).contains("\n" + QByteArray(word)); }
    };
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
    static systemcalls::Tally tallyIn(const QString &file)
    {
        systemcalls::Tally tally;
        QFile from(file);
        if (from.open(QIODevice::ReadOnly))
            from.read(reinterpret_cast<char *>(&tally), sizeof tally);
        return tally;
    }
    /// Until it is through, refused, dead, or, with a disk that goes on failing, has met that several times.
    Run lives(const Profile &profile, qint64 at, int error, bool stays)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"ASAN_OPTIONS"_s, u"detect_leaks=0"_s); // that looks for leaks with ptrace itself
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(),
                      QStringList{u"--trace"_s, QString::number(at), QString::number(error), stays ? u"1"_s : u"0"_s, profile.folder(), profile.tally()}
                          + person(u"text"_s, profile.folder()));
        Run run;
        const bool ended = QTest::qWaitFor([&] {
            run.said += process.readAllStandardOutput();
            run.tally = tallyIn(profile.tally());
            return process.state() == QProcess::NotRunning || run.told("done") || run.told("refused") || run.told("unclear") || run.tally.failed >= 5;
        }, 60'000);
        if (!ended)
            qWarning("the person under the tracer neither ends nor gets on: %s", run.said.constData());
        process.kill(); // and with the tracer whom it traces
        process.waitForFinished();
        run.said += process.readAllStandardOutput();
        run.tally = tallyIn(profile.tally());
        return run;
    }
    /// Starts again, on a disk that works.
    bool comesToItsEnd(const Profile &profile)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(), person(u"continue"_s, profile.folder()));
        QByteArray said;
        const bool ended = QTest::qWaitFor([&] {
            said += "\n" + process.readAllStandardOutput();
            return said.contains("\ndone") || said.contains("\nnothing") || process.state() == QProcess::NotRunning;
        }, 60'000);
        const bool fine = ended && process.state() != QProcess::NotRunning;
        process.kill();
        process.waitForFinished();
        if (!fine)
            qWarning("the second life: %s", said.constData());
        return fine;
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
    static void copyFolder(const QString &from, const QString &to)
    {
        QDir().mkpath(to);
        const QStringList names = QDir(from).entryList(QDir::Files | QDir::Hidden);
        for (const QString &name : names)
            QVERIFY(QFile::copy(from + u'/' + name, to + u'/' + name));
    }
    std::unique_ptr<Profile> profile(bool used) const
    {
        auto fresh = std::make_unique<Profile>();
        QDir().mkpath(fresh->folder());
        if (used)
            copyFolder(m_used.path(), fresh->folder());
        return fresh;
    }
    /// All of them, or one somewhere in each of a few equal parts.
    static std::vector<qint64> points(qint64 calls)
    {
        std::vector<qint64> chosen;
        const bool all = qEnvironmentVariable("OUTRIGGER_SYSTEM_CALLS") == "all"_L1;
        if (const int only = qEnvironmentVariableIntValue("OUTRIGGER_SYSTEM_CALLS"))
            return {only};
        const qint64 parts = all ? calls : std::min<qint64>(few, calls);
        for (qint64 i = 0; i < parts; ++i) {
            const qint64 from = i * calls / parts;
            const qint64 to = (i + 1) * calls / parts;
            chosen.push_back(1 + from + qint64(QRandomGenerator::global()->bounded(quint32(to - from))));
        }
        return chosen;
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
        const auto chosen = points(first.tally.counted);
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

/// "--trace AT ERROR STAYS FOLDER TALLY --person ...": runs this program's person and meddles with its calls.
static int trace(char **words, int count)
{
    systemcalls::Plan plan;
    plan.at = std::atoll(words[2]);
    plan.error = std::atoi(words[3]);
    plan.stays = std::atoi(words[4]) != 0;
    plan.folder = words[5];
    plan.tally = words[6];
    std::vector<char *> command{words[0]};
    command.insert(command.end(), words + 7, words + count);
    command.push_back(nullptr);
    return systemcalls::Tracer(plan).run(command.data());
}

int main(int argc, char *argv[])
{
    if (argc > 7 && qstrcmp(argv[1], "--trace") == 0)
        return trace(argv, argc);
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
