// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets.h"
#include "models/bulkjobs.h"

class QProgressBar;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// Jobs over many contacts while they run, and what came of them: how far, pause, stop, who failed, as a file.
class JobStrip : public Pane
{
    Q_OBJECT
public:
    JobStrip(models::BulkJobs *jobs, models::Desk *desk, QWidget *parent = nullptr);

Q_SIGNALS:
    void announced(const QString &sentence);

private:
    void show();
    void saveFailures(const models::BulkJobs::Job &job);
    static Task<void> writeFailures(JobStrip *self, models::BulkJobs::Job job, QString path);
    models::BulkJobs *m_jobs;
    models::Desk *m_desk;
    Label *m_text;
    QProgressBar *m_bar;
    QPushButton *m_pause;
    QPushButton *m_stop;
    QPushButton *m_save;
    QPushButton *m_close;
    QString m_shown; ///< job
    QString m_said;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
