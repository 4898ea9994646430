// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/dealrows.h"
#include "domain/leadtask.h"
#include "domain/rows.h"
#include "gui/widgets.h"

class QHBoxLayout;
class QPushButton;
class QVBoxLayout;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class DealFields;
class LeadNotes;
class LeadTasks;
class SureBox;
class TimelineBox;
class Work;

/// Everything about one deal, beside the board: what is to be decided, its fields, its lead's tasks, notes and last words,
/// and its way as far as this computer has seen it. Each thing is changed where it stands.
class DealPanel : public Pane
{
    Q_OBJECT
public:
    DealPanel(models::Desk *desk, Work *work, QWidget *parent);
    void setDeal(const DealRow &row);
    void clear();
    const DealRow &row() const { return m_row; }
    /// Nothing can be changed, and why; empty: all can.
    void setLocked(const QString &why);
    /// See DealFields.
    void edit(const QString &field);
    void takeFocus();

Q_SIGNALS:
    void closed();
    void stageWanted(const outrigger::DealRow &row);
    void statusWanted(const outrigger::DealRow &row, outrigger::DealStatus status);
    void contactWanted(const outrigger::ContactId &contact);
    void bookingWanted(const outrigger::ContactId &contact);
    void taskRequested(const outrigger::TaskRow &row); ///< to be changed
    void announced(const QString &sentence);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    QWidget *buildHead();
    QWidget *buildNotice();
    QWidget *buildActs();
    QWidget *buildDelete();
    void showDeal();
    void showActs();
    void showLatest(const QVector<MessageRow> &rows);
    void showSteps(const QVector<DealStep> &steps);
    void reload();
    QString stageName(const StageId &stage) const;
    QString stepSentence(const DealStep &step) const;
    static Task<void> load(DealPanel *self);
    static Task<void> loadRest(DealPanel *self);

    models::Desk *m_desk;
    Work *m_work;
    DealRow m_row;
    QString m_locked;
    QWidget *m_body;
    Label *m_name;
    Label *m_under;
    Pane *m_notice;
    Label *m_noticeWords;
    QPushButton *m_theirs;
    QPushButton *m_mine;
    QPushButton *m_contact;
    QVector<QPushButton *> m_acts; ///< won, lost, abandoned, reopen
    QPushButton *m_book;
    DealFields *m_fields;
    LeadTasks *m_tasks;
    LeadNotes *m_notes;
    TimelineBox *m_timeline;
    QVBoxLayout *m_latest;
    QVBoxLayout *m_steps;
    SureBox *m_sure;
    Task<void> m_loading;
    Task<void> m_loadingRest;
};

} // namespace outrigger::gui
