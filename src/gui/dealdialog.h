// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/dealrows.h"
#include "domain/outboxrecord.h"

#include <QDialog>
#include <QTimer>

class QComboBox;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;

/// A new deal for somebody who is known already or is found by typing. It says what is to be made and leaves the doing to
/// its owner. Deletes itself.
class DealDialog : public QDialog
{
    Q_OBJECT
public:
    /// pipeline and stage may be empty: then the first. contact may be empty: then it is looked for.
    DealDialog(models::Desk *desk, const PipelineId &pipeline, const StageId &stage, const ContactId &contact, const QString &contactName, QWidget *parent);

Q_SIGNALS:
    void created(const outrigger::DealDraft &draft, const QString &contactName);

private:
    void build();
    void showStages(const StageId &chosen);
    void find();
    void takeFirst(); ///< of those that were found, when Enter has asked for it
    static Task<void> search(DealDialog *self);
    void choose(const ContactId &contact, const QString &name);
    void keep();
    void problem(const QString &sentence);

    models::Desk *m_desk;
    ContactId m_contact;
    QString m_contactName;
    QString m_foundFor;       ///< the words that the list answers
    bool m_takeFirst = false; ///< Enter was pressed before the answer
    QLineEdit *m_who = nullptr;
    QListWidget *m_found = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_value = nullptr;
    QComboBox *m_line = nullptr;
    QComboBox *m_stage = nullptr;
    QComboBox *m_owner = nullptr;
    Label *m_problem = nullptr;
    QPushButton *m_keep = nullptr;
    QTimer m_pause;
    Task<void> m_searching;
};

} // namespace outrigger::gui
