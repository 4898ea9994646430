// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/output.h"
#include "core/await.h"
#include "core/latch.h"
#include "core/profile.h"
#include "core/task.h"
#include "sync/engine.h"

#include <QObject>

#include <memory>

namespace outrigger::cli {

/// Runs one command line: in this process when it gets the profile, else in the one that has it.
class Runner : public QObject
{
    Q_OBJECT
public:
    Runner(Profile profile, sync::EngineOptions options, Arguments arguments, QStringList words, QByteArray input,
           Output::Sink out, Output::Sink err, QObject *parent = nullptr);
    ~Runner() override;

    void start();
    /// Ctrl+C: ends what goes on until stopped; a second time, everything.
    void stop();

Q_SIGNALS:
    void finished(int exit);

private:
    static Task<void> run(Runner *self);
    Task<int> work();
    Task<int> runHere();

    Profile m_profile;
    sync::EngineOptions m_options;
    Arguments m_arguments;
    QStringList m_words;
    QByteArray m_input;
    Output::Sink m_out;
    Output::Sink m_err;
    std::shared_ptr<Output> m_output;
    std::shared_ptr<Latch> m_stop = std::make_shared<Latch>();
    bool m_stopping = false;
    TaskScope m_tasks;
};

} // namespace outrigger::cli
