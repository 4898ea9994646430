// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>

class QSocketNotifier;

namespace outrigger::cli {

/// What a person types while a command runs, line by line, without the loop ever waiting: standard input first and,
/// when that has ended (the secret came through a pipe), the terminal.
class Lines : public QObject
{
    Q_OBJECT
public:
    explicit Lines(QObject *parent = nullptr);
    ~Lines() override;

    /// The next whole line, without its end; nullopt when nobody can type any more. One caller at a time.
    Task<std::optional<QString>> next();
    /// False when nobody can type.
    bool open() const { return m_from >= 0; }

    /// The first line of standard input and nothing behind it; waits for it, so only before the loop runs.
    static QByteArray firstOfInput();

private:
    void listen(int from);
    void read();
    void ended();
    int m_from = -1;
    bool m_terminal = false;
    QByteArray m_typed;
    std::unique_ptr<QSocketNotifier> m_notifier;
    Bell m_news;
};

} // namespace outrigger::cli
