// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadpane.h"

#include "gui/composer.h"
#include "gui/maildesk.h"
#include "models/threadmodel.h"
#include "sync/engine.h"

// A teammate answers while something is being written.
namespace outrigger::gui {

void ThreadPane::connectTeam()
{
    connect(m_model, &models::ThreadModel::colleagueWrote, this, [this](const UserId &who, const QString &name, const QDateTime &when) {
        const auto account = m_engine->account();
        if ((account && account->me == who) || !isWriting())
            return;
        m_answered = Answered{name.isEmpty() ? tr("A teammate") : name, when, false};
        showTeam();
        Q_EMIT announced(m_team->sentence());
    });
    connect(m_team, &Strip::acted, this, [this] {
        m_answered.reset();
        m_team->hide();
    });
    connect(&m_clock, &QTimer::timeout, this, &ThreadPane::showTeam);
    // What was being written is gone: there is nothing to ask about.
    const auto changed = [this] {
        if (m_answered && !isWriting()) {
            m_answered.reset();
            m_team->hide();
        }
    };
    connect(m_composer, &Composer::draftChanged, this, changed);
    connect(m_mail, &MailDesk::written, this, changed);
}

bool ThreadPane::isWriting() const
{
    return !m_composer->text().trimmed().isEmpty() || m_mail->isWriting();
}

void ThreadPane::showTeam()
{
    if (!m_answered)
        return;
    const qint64 seconds = qMax<qint64>(0, m_answered->when.secsTo(QDateTime::currentDateTimeUtc()));
    const QString ago = seconds < 60 ? tr("%1 s ago").arg(seconds) : seconds < 3600 ? tr("%1 min ago").arg(seconds / 60) : tr("%1 h ago").arg(seconds / 3600);
    QString sentence = tr("%1 replied %2 while you were writing.", "name, time").arg(m_answered->name, ago);
    if (m_answered->asked)
        sentence += u' ' + tr("Send yours as well? Send once more if so.");
    m_team->show(m_answered->asked ? Strip::Kind::Warn : Strip::Kind::Info, sentence, tr("I have seen it"));
}

bool ThreadPane::asksAboutTeam()
{
    if (!m_answered || m_answered->asked) {
        m_answered.reset();
        m_team->hide();
        return false;
    }
    m_answered->asked = true;
    showTeam();
    Q_EMIT announced(m_team->sentence());
    return true;
}

} // namespace outrigger::gui
