// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QObject>
#include <QProcess>
#include <QUrl>

namespace outrigger::gui {

/// The practice server as a child of this process: a small HighLevel on this computer. Its token is known to this
/// process only and ends with it.
class PracticeHost : public QObject
{
    Q_OBJECT
public:
    struct Place {
        QUrl server;
        QString token;
        LocationId location;
    };
    /// program: outrigger-practice; stateFile: where the practice account is kept between runs.
    explicit PracticeHost(QString program, QString stateFile, QStringList moreArguments = {}, QObject *parent = nullptr);
    ~PracticeHost() override;
    /// Starts it and waits for its first line, at most 15 s.
    Task<Result<Place>> start();
    /// Lets it write down its state and end, at most 2 s.
    Task<void> stop();
    static QString programBeside(const QString &applicationFile);
    /// "listening http://127.0.0.1:PORT token TOKEN location ID"
    static std::optional<Place> fromLine(const QString &line);

Q_SIGNALS:
    void died(); ///< by itself, after it had started

private:
    void onOutput();
    QString m_program;
    QStringList m_arguments;
    QProcess m_process;
    QByteArray m_line;
    std::optional<Resolver<Result<Place>>> m_waiting;
    std::optional<Resolver<bool>> m_stopping;
    bool m_started = false;
};

} // namespace outrigger::gui
