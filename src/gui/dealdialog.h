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
class QVBoxLayout;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Label;

/// A deal with its fields: a new one for somebody who is found by typing, or one that is there. It says what is to
/// change and leaves the doing to its owner. Deletes itself.
class DealDialog : public QDialog
{
    Q_OBJECT
public:
    /// A new deal in this stage; contact may be empty: then it is looked for.
    DealDialog(models::Desk *desk, const Pipeline &pipeline, const StageId &stage, const ContactId &contact, const QString &contactName, QWidget *parent);
    /// One that is there.
    DealDialog(models::Desk *desk, const Pipeline &pipeline, const DealRow &row, QWidget *parent);

Q_SIGNALS:
    void created(const outrigger::DealDraft &draft, const QString &contactName);
    void changed(const outrigger::DealRow &row, const outrigger::DealChange &change);
    void deleteWanted(const outrigger::DealRow &row);
    void statusWanted(const outrigger::DealRow &row, outrigger::DealStatus status);
    void contactWanted(const outrigger::ContactId &contact);

private:
    void build(const QString &title);
    void addFacts(QVBoxLayout *column);
    void find();
    static Task<void> search(DealDialog *self);
    void choose(const ContactId &contact, const QString &name);
    void keep();
    void problem(const QString &sentence);

    models::Desk *m_desk;
    Pipeline m_pipeline;
    std::optional<DealRow> m_row;
    ContactId m_contact;
    QString m_contactName;
    QLineEdit *m_who = nullptr;
    QListWidget *m_found = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_value = nullptr;
    QComboBox *m_stage = nullptr;
    QComboBox *m_owner = nullptr;
    Label *m_problem = nullptr;
    QPushButton *m_keep = nullptr;
    QTimer m_pause;
    Task<void> m_searching;
};

} // namespace outrigger::gui
