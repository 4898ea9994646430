// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/outboxrecord.h"
#include "gui/widgets.h"

class QHBoxLayout;
class QMimeData;

namespace outrigger::gui {

/// The files that go with an e-mail. Pictures are decoded and written anew, other files are taken as they are; all are
/// read on another thread. HighLevel's limits are told before anything is sent.
class MailFiles : public QWidget
{
    Q_OBJECT
public:
    explicit MailFiles(QWidget *parent = nullptr);
    ~MailFiles() override;
    void setFiles(QVector<OutgoingFile> files);
    const QVector<OutgoingFile> &files() const { return m_files; }
    bool working() const { return m_reading > 0; }
    void choose(); ///< the file dialog; answers at once
    void addPaths(const QStringList &paths);
    bool add(const QMimeData *offered); ///< files only

Q_SIGNALS:
    void changed();
    void refused(const QString &sentence);

private:
    static Task<void> read(MailFiles *self, QString path);
    void showFiles();
    QVector<OutgoingFile> m_files;
    QHBoxLayout *m_row;
    int m_reading = 0;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
