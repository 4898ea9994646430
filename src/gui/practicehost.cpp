// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/practicehost.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::gui {

namespace {
constexpr qsizetype longestLine = 4096;
}

PracticeHost::PracticeHost(QString program, QString stateFile, QStringList moreArguments, QObject *parent)
    : QObject(parent), m_program(std::move(program))
{
    m_arguments << u"--port"_s << u"0"_s << u"--exit-with-parent"_s;
    if (!stateFile.isEmpty())
        m_arguments << u"--state"_s << stateFile;
    m_arguments += moreArguments;
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.setStandardErrorFile(QProcess::nullDevice());
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &PracticeHost::onOutput);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart || !m_waiting)
            return;
        const auto resolve = *std::exchange(m_waiting, std::nullopt);
        resolve(fail(ErrorKind::Internal, tr("The practice account could not be started: %1 is missing. Install Outrigger again.")
                                              .arg(QFileInfo(m_program).fileName())));
    });
    connect(&m_process, &QProcess::finished, this, [this] {
        if (m_stopping) {
            (*std::exchange(m_stopping, std::nullopt))(true);
        } else if (m_waiting) {
            const auto resolve = *std::exchange(m_waiting, std::nullopt);
            resolve(fail(ErrorKind::Internal, tr("The practice account ended at once. Start Outrigger again.")));
        } else if (m_started) {
            Q_EMIT died();
        }
    });
}

PracticeHost::~PracticeHost()
{
    m_process.disconnect(this);
}

Task<void> PracticeHost::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        co_return;
    Deferred<bool> ended;
    m_stopping = ended.resolver();
    QTimer::singleShot(2s, this, [this] {
        if (m_stopping)
            (*std::exchange(m_stopping, std::nullopt))(false);
    });
    m_process.terminate();
    co_await ended;
}

QString PracticeHost::programBeside(const QString &applicationFile)
{
    return QFileInfo(applicationFile).dir().filePath(u"outrigger-practice"_s);
}

std::optional<PracticeHost::Place> PracticeHost::fromLine(const QString &line)
{
    const QStringList words = line.trimmed().split(u' ', Qt::SkipEmptyParts);
    if (words.size() < 6 || words.at(0) != "listening"_L1 || words.at(2) != "token"_L1 || words.at(4) != "location"_L1)
        return {};
    Place place{QUrl(words.at(1)), words.at(3), LocationId(words.at(5))};
    if (!place.server.isValid() || place.server.host() != "127.0.0.1"_L1)
        return {};
    return place;
}

Task<Result<PracticeHost::Place>> PracticeHost::start()
{
    Deferred<Result<Place>> answer;
    m_waiting = answer.resolver();
    QTimer::singleShot(15s, this, [this] {
        if (!m_waiting)
            return;
        const auto resolve = *std::exchange(m_waiting, std::nullopt);
        resolve(fail(ErrorKind::Timeout, tr("The practice account did not start in time. Start Outrigger again.")));
    });
    // Its standard input stays open: it ends when we do, however we end.
    m_process.start(m_program, m_arguments);
    co_return co_await answer;
}

void PracticeHost::onOutput()
{
    const QByteArray bytes = m_process.readAllStandardOutput();
    if (!m_waiting)
        return; // only the first line matters; the rest is drained
    m_line += bytes;
    const auto end = m_line.indexOf('\n');
    if (end < 0 && m_line.size() < longestLine)
        return;
    const auto place = fromLine(QString::fromUtf8(m_line.left(end)));
    m_line.clear();
    const auto resolve = *std::exchange(m_waiting, std::nullopt);
    if (place) {
        m_started = true;
        resolve(*place);
    } else {
        resolve(fail(ErrorKind::BadReply, tr("The practice account started, but did not say where. Start Outrigger again.")));
    }
}

} // namespace outrigger::gui
