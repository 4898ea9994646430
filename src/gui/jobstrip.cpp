// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobstrip.h"

#include "core/aside.h"
#include "domain/csv.h"
#include "models/desk.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using Job = models::BulkJobs::Job;

JobStrip::JobStrip(models::BulkJobs *jobs, models::Desk *desk, QWidget *parent) : Pane(Ground::Window, parent), m_jobs(jobs), m_desk(desk)
{
    setObjectName(u"job"_s);
    setAccessibleName(tr("Job over many contacts"));
    setEdges(Qt::TopEdge);
    auto *row = new QHBoxLayout(this);
    setInsets(row, 16, 8, 16, 8, 8);
    m_text = new Label(TextRole::Body, Ink::Text, this);
    m_text->setObjectName(u"job.text"_s);
    m_text->setElided(true);
    m_bar = named(new QProgressBar(this), u"job.progress"_s, tr("How far the job is"));
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(px(160), px(8));
    row->addWidget(m_bar);
    row->addWidget(m_text, 1);
    m_save = pushButton(tr("Save failures"), u"job.save"_s, this);
    m_pause = pushButton(tr("Pause"), u"job.pause"_s, this);
    m_stop = pushButton(tr("Stop"), u"job.stop"_s, this);
    m_close = pushButton(tr("Close"), u"job.close"_s, this);
    for (auto *button : {m_save, m_pause, m_stop, m_close})
        row->addWidget(button);
    const auto current = [this]() -> std::optional<Job> {
        for (const Job &job : m_jobs->jobs()) {
            if (job.id == m_shown)
                return job;
        }
        return std::nullopt;
    };
    connect(m_pause, &QPushButton::clicked, this, [this, current] {
        if (const auto job = current())
            m_jobs->pause(job->id, !job->paused);
    });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_jobs->stop(m_shown); });
    connect(m_close, &QPushButton::clicked, this, [this] { m_jobs->dismiss(m_shown); });
    connect(m_save, &QPushButton::clicked, this, [this, current] {
        if (const auto job = current())
            saveFailures(*job);
    });
    connect(jobs, &models::BulkJobs::changed, this, &JobStrip::show);
    hide();
}

void JobStrip::show()
{
    // One that still runs before one that has ended.
    const Job *shown = nullptr;
    for (const Job &job : m_jobs->jobs()) {
        if (!shown || shown->ended || !job.ended)
            shown = &job;
    }
    setVisible(shown != nullptr);
    if (!shown)
        return;
    m_shown = shown->id;
    m_bar->setRange(0, std::max(1, shown->total));
    m_bar->setValue(shown->done);
    QString text = shown->ended ? tr("%1: %L2 of %L3 done").arg(shown->title).arg(shown->done - shown->failures.size()).arg(shown->total)
                                : tr("%1: %L2 of %L3").arg(shown->title).arg(shown->done).arg(shown->total);
    if (!shown->failures.isEmpty())
        text += tr(" · %L1 failed").arg(shown->failures.size());
    if (shown->paused)
        text += tr(" · paused");
    else if (!shown->ended && !shown->waitsFor.isEmpty())
        text += u" · "_s + shown->waitsFor;
    m_text->setText(text);
    m_pause->setText(shown->paused ? tr("Go on") : tr("Pause"));
    m_pause->setVisible(!shown->ended);
    m_stop->setVisible(!shown->ended);
    m_close->setVisible(shown->ended);
    m_save->setVisible(shown->ended && !shown->failures.isEmpty());
    if (shown->ended && m_said != shown->id) {
        m_said = shown->id;
        Q_EMIT announced(text);
    }
}

void JobStrip::saveFailures(const Job &job)
{
    auto *dialog = new QFileDialog(this, tr("Save failures"), QString(), tr("Comma-separated values (*.csv)"));
    dialog->setObjectName(u"job.file"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, job](const QString &path) { m_tasks.start(writeFailures(this, job, path)); });
    dialog->open();
}

Task<void> JobStrip::writeFailures(JobStrip *self, Job job, QString path)
{
    QByteArray bytes = QByteArray("\xEF\xBB\xBF") + csv::line({job.import ? u"row"_s : u"id"_s, u"name"_s, u"reason"_s});
    for (const auto &failure : job.failures) {
        auto asking = self->m_desk->contact(failure.contact);
        const auto found = co_await asking;
        const QString name = found && *found ? (*found)->displayName() : QString();
        bytes += csv::line({failure.contact.value, name, failure.reason});
    }
    auto writing = aside([path, bytes] { return writeWhole(path, bytes); });
    const bool written = co_await writing;
    Q_EMIT self->announced(written ? tr("Saved.") : tr("%1 could not be written. Choose another place, or free some space there.").arg(path));
}

} // namespace outrigger::gui
