// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flows/systemcalls.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <vector>

/// A test program that starts itself under the tracer. It plays three parts: the test, the person who is killed, and the
/// tracer between them ("--trace").
namespace outrigger::test::systemcalls {

struct Run {
    QByteArray said;
    Tally tally;
    bool told(const char *word) const { return ("\n" + said).contains("\n" + QByteArray(word)); }
};

inline Tally tallyIn(const QString &file)
{
    Tally tally;
    QFile from(file);
    if (from.open(QIODevice::ReadOnly))
        from.read(reinterpret_cast<char *>(&tally), sizeof tally);
    return tally;
}

/// The part under the tracer, until that is enough, it is dead, or a minute is over.
inline Run live(const Plan &plan, const QStringList &part, const std::function<bool(const Run &)> &enough)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0")); // that looks for leaks with ptrace itself
    process.setProcessEnvironment(environment);
    const QString tally = QFile::decodeName(plan.tally);
    process.start(QCoreApplication::applicationFilePath(),
                  QStringList{QStringLiteral("--trace"), QString::number(plan.at), QString::number(plan.error),
                              plan.stays ? QStringLiteral("1") : QStringLiteral("0"), QFile::decodeName(plan.folder), tally}
                      + part);
    Run run;
    const bool ended = QTest::qWaitFor([&] {
        run.said += process.readAllStandardOutput();
        run.tally = tallyIn(tally);
        return process.state() == QProcess::NotRunning || enough(run);
    }, 60'000);
    if (!ended)
        qWarning("what runs under the tracer neither ends nor gets on: %s", run.said.constData());
    process.kill(); // and with the tracer whom it traces
    process.waitForFinished();
    run.said += process.readAllStandardOutput();
    run.tally = tallyIn(tally);
    return run;
}

/// Starts the part again, without a tracer. Whether it says one of the words; what it said is told when it does not.
inline bool liveAgain(const QStringList &part, std::initializer_list<const char *> words)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), part);
    Run run;
    const auto told = [&] { return std::any_of(words.begin(), words.end(), [&](const char *word) { return run.told(word); }); };
    const bool ended = QTest::qWaitFor([&] {
        run.said += process.readAllStandardOutput();
        return told() || process.state() == QProcess::NotRunning;
    }, 60'000);
    process.kill();
    process.waitForFinished();
    run.said += process.readAllStandardOutput();
    if (!ended || !told())
        qWarning("the second life: %s", run.said.constData());
    return told();
}

/// One somewhere in each of a few equal parts; OUTRIGGER_SYSTEM_CALLS=all: every one of them, a number: only that one.
inline std::vector<qint64> points(qint64 calls, qint64 few = 4)
{
    std::vector<qint64> chosen;
    const bool all = qEnvironmentVariable("OUTRIGGER_SYSTEM_CALLS") == QLatin1String("all");
    if (const int only = qEnvironmentVariableIntValue("OUTRIGGER_SYSTEM_CALLS"))
        return {only};
    const qint64 parts = all ? calls : std::min(few, calls);
    for (qint64 i = 0; i < parts; ++i) {
        const qint64 from = i * calls / parts;
        const qint64 to = (i + 1) * calls / parts;
        chosen.push_back(1 + from + qint64(QRandomGenerator::global()->bounded(quint32(to - from))));
    }
    return chosen;
}

inline bool copyFolder(const QString &from, const QString &to)
{
    bool copied = QDir().mkpath(to);
    const QStringList names = QDir(from).entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : names)
        copied = QFile::copy(from + QLatin1Char('/') + name, to + QLatin1Char('/') + name) && copied;
    return copied;
}

/// "--trace AT ERROR STAYS FOLDER TALLY part...": runs this program's other part and meddles with its calls.
inline bool isTrace(int count, char **words)
{
    return count > 7 && std::strcmp(words[1], "--trace") == 0;
}
inline int trace(int count, char **words)
{
    Plan plan;
    plan.at = std::atoll(words[2]);
    plan.error = std::atoi(words[3]);
    plan.stays = std::atoi(words[4]) != 0;
    plan.folder = words[5];
    plan.tally = words[6];
    std::vector<char *> command{words[0]};
    command.insert(command.end(), words + 7, words + count);
    command.push_back(nullptr);
    return Tracer(plan).run(command.data());
}

} // namespace outrigger::test::systemcalls
