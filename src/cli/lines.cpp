// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/lines.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace outrigger::cli {

namespace {
constexpr qsizetype longestLine = 64 * 1024;
}

Lines::Lines(QObject *parent) : QObject(parent)
{
    listen(STDIN_FILENO);
}

Lines::~Lines()
{
    m_notifier.reset();
    if (m_terminal && m_from >= 0)
        ::close(m_from);
}

void Lines::listen(int from)
{
    m_from = from;
    m_notifier = std::make_unique<QSocketNotifier>(from, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        // Once for each readiness: a second read would wait for what is not there yet.
        m_notifier->setEnabled(false);
        // Later: what is read may end the command, and with it this object.
        QMetaObject::invokeMethod(this, &Lines::read, Qt::QueuedConnection);
    });
}

void Lines::read()
{
    if (m_from < 0)
        return;
    std::array<char, 4096> some{};
    // The descriptor is shared with whoever started us, so it is not made non-blocking.
    const auto got = ::read(m_from, some.data(), some.size());
    m_notifier->setEnabled(true);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0 || m_typed.size() > longestLine)
        ended();
    else
        m_typed.append(some.data(), qsizetype(got));
    m_news.ring();
}

void Lines::ended()
{
    m_notifier.reset();
    if (m_terminal)
        ::close(m_from);
    m_from = -1;
    if (std::exchange(m_terminal, true)) // that was the last chance
        return;
    const int terminal = ::open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return;
    // A job in the background would be stopped by reading.
    if (::tcgetpgrp(terminal) != ::getpgrp())
        ::close(terminal);
    else
        listen(terminal);
}

Task<std::optional<QString>> Lines::next()
{
    for (;;) {
        const auto end = m_typed.indexOf('\n');
        if (end >= 0) {
            const QString line = QString::fromUtf8(m_typed.left(end)).trimmed();
            m_typed.remove(0, end + 1);
            co_return line;
        }
        if (!open())
            co_return std::nullopt;
        auto rung = m_news.next();
        co_await rung;
    }
}

QByteArray Lines::firstOfInput()
{
    QByteArray line;
    char byte = 0;
    while (line.size() < longestLine) {
        const auto got = ::read(STDIN_FILENO, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || byte == '\n')
            break;
        line += byte;
    }
    return line;
}

} // namespace outrigger::cli
