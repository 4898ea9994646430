// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "models/boardmodel.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// What did not go as it was meant.
namespace outrigger::gui {

void PipelinePage::onRecord(const OutboxRecord &record)
{
    if (!isDealKind(record.kind))
        return;
    if (record.state == OutboxState::Rejected && record.reasonCode == u"stage_gone"_s)
        m_reading = readAgain(this);
    const bool lacks = record.state == OutboxState::Rejected && record.reasonCode == u"scope"_s;
    const bool taken = record.state == OutboxState::Confirmed || record.state == OutboxState::Accepted;
    if (lacks || (taken && m_scopeMissing)) {
        m_scopeMissing = lacks; // a later sign-in may have it
        showLock();
    }
    if (record.state == OutboxState::Rejected && isVisible())
        Q_EMIT announced(record.reason);
    if (record.state == OutboxState::Rejected || record.state == OutboxState::Cancelled || record.state == OutboxState::Queued)
        loadProblems();
}

Task<void> PipelinePage::readAgain(PipelinePage *self)
{
    auto pull = self->m_engine->syncNow({u"pipelines"_s, u"opportunities"_s}, false);
    co_await pull;
}

void PipelinePage::loadProblems()
{
    m_finding = findProblems(this);
}

Task<void> PipelinePage::findProblems(PipelinePage *self)
{
    auto list = self->m_engine->outbox().list({}, false);
    const auto records = co_await list;
    QVector<Problem> problems;
    if (records) {
        for (const OutboxRecord &record : *records) {
            if (!isDealKind(record.kind) || record.state != OutboxState::Rejected || record.location != self->m_location)
                continue;
            Problem problem;
            problem.record = record.id;
            problem.conflict = record.reasonCode == u"changed_elsewhere"_s;
            const auto change = DealChange::fromJson(record.payload);
            const QString name = record.kind == OutboxKind::DealCreate ? DealDraft::fromJson(record.payload).name : change.shownName;
            problem.sentence = u"%1: %2"_s.arg(name, record.reason);
            const auto theirs = Opportunity::fromJson(record.look.value(theirsKey).toObject());
            const Stage *there = self->m_model->pipeline().stage(theirs.stage);
            const Stage *mine = change.stage ? self->m_model->pipeline().stage(*change.stage) : nullptr;
            if (problem.conflict && there && mine) {
                const qint64 minutes = theirs.stageSince.isValid() ? theirs.stageSince.secsTo(QDateTime::currentDateTimeUtc()) / 60 : 0;
                problem.sentence = minutes > 0 && minutes < 24 * 60
                    ? tr("%1: somebody moved it to %2 %n minute(s) ago, while you moved it to %3. Yours was not sent.", nullptr, int(minutes)).arg(name, there->name, mine->name)
                    : tr("%1: somebody moved it to %2 while you moved it to %3. Yours was not sent.").arg(name, there->name, mine->name);
            }
            problems.append(problem);
        }
    }
    self->m_problems = problems;
    self->showProblem();
}

void PipelinePage::showProblem()
{
    if (m_problems.isEmpty()) {
        m_problem->hide();
        return;
    }
    const Problem &first = m_problems.first();
    if (first.conflict)
        m_problem->show(Strip::Kind::Warn, first.sentence, tr("Keep theirs"), tr("Use mine"));
    else
        m_problem->show(Strip::Kind::Danger, first.sentence, tr("Close"), tr("Try again"));
}

} // namespace outrigger::gui
