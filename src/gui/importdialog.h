// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "sync/importer.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Label;

/// Contacts from a file: its first rows, what each column means, what is done with people who are here already. "Check"
/// counts and adds nobody; "Import" hands the rows to the outbox.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    ImportDialog(sync::Engine *engine, models::Desk *desk, const QString &file, QWidget *parent);

Q_SIGNALS:
    void started(const QString &sentence);

private:
    void showPreview(const sync::ImportPreview &preview);
    void go(bool dryRun);
    ImportPlan plan() const;
    static Task<void> read(ImportDialog *self);
    static Task<void> run(ImportDialog *self, bool dryRun);
    sync::Engine *m_engine;
    models::Desk *m_desk;
    QString m_file;
    sync::ImportPreview m_preview;
    Label *m_what;
    QTableWidget *m_table;
    QVector<QComboBox *> m_columns;
    QComboBox *m_twins;
    QLineEdit *m_tags;
    Label *m_said;
    QPushButton *m_check;
    QPushButton *m_import;
    Task<void> m_work;
};

} // namespace outrigger::gui
