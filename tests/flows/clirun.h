// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/server.h"
#include "support/places.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace outrigger::test {

/// outrigger-cli as real processes, against a practice account in this one.
class CliRun
{
public:
    struct Ran {
        int exit = -1;
        QByteArray out;
        QByteArray err;
        QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    };

    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<practice::Server> server;

    /// Without limits and without people who write back.
    static practice::Options account(practice::WorldSize size)
    {
        practice::Options options;
        options.size = size;
        options.rate = practice::Rate::Off;
        options.quiet = true;
        return options;
    }
    static QString program() { return test::program(QStringLiteral("outrigger-cli")); }
    /// A new folder and a new account.
    [[nodiscard]] bool serve(const practice::Options &options)
    {
        server.reset();
        folder = std::make_unique<QTemporaryDir>();
        server = std::make_unique<practice::Server>(options);
        return server->start().has_value();
    }
    QProcessEnvironment environment(const QString &token = {}) const
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder->path());
        all.insert(QStringLiteral("OUTRIGGER_SERVER"), server->url());
        all.insert(QStringLiteral("OUTRIGGER_TOKEN"), token.isEmpty() ? server->token() : token);
        all.insert(QStringLiteral("OUTRIGGER_LOCATION"), server->locationId());
        return all;
    }
    std::unique_ptr<QProcess> start(const QStringList &arguments, const QByteArray &input = {}, const QString &token = {}) const
    {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment(token));
        process->setWorkingDirectory(folder->path());
        process->start(program(), QStringList{QStringLiteral("--profile"), folder->filePath(QStringLiteral("profile"))} + arguments);
        process->write(input);
        process->closeWriteChannel();
        return process;
    }
    Ran run(const QStringList &arguments, const QByteArray &input = {}, const QString &token = {}) const
    {
        const auto process = start(arguments, input, token);
        Ran ran;
        if (!QTest::qWaitFor([&process] { return process->state() == QProcess::NotRunning; }, 120'000)) {
            process->kill();
            process->waitForFinished();
            return ran;
        }
        ran.exit = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
        ran.out = process->readAllStandardOutput();
        ran.err = process->readAllStandardError();
        return ran;
    }
    /// What it prints with --json; nothing, and a warning, when it ends otherwise than expected.
    QJsonDocument json(const QStringList &arguments, int exit = 0) const
    {
        const Ran ran = run(QStringList{QStringLiteral("--json")} + arguments);
        if (ran.exit != exit)
            qWarning() << arguments << ran.exit << ran.out << ran.err;
        return ran.exit == exit ? ran.json() : QJsonDocument();
    }
    /// So many requests of this kind have come; an empty path: of any.
    int asked(const QByteArray &method, const QString &path) const
    {
        int count = 0;
        for (const auto &entry : server->ledger().entries())
            count += entry.method == method && (path.isEmpty() || entry.path == path) ? 1 : 0;
        return count;
    }
    /// Requests that changed something.
    int writes() const
    {
        int count = 0;
        for (const auto &entry : server->ledger().entries())
            count += entry.applied ? 1 : 0;
        return count;
    }
};

} // namespace outrigger::test
