// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"
#include "gui/keymap.h"
#include "gui/widgets.h"

#include <optional>

class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QStackedWidget;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class LeadNotes;
class Work;

/// One appointment at the right of the calendar: when on both clocks, with whom, and what can be done with it. The same
/// place asks for the time that is to be blocked.
class EventCard : public Pane
{
    Q_OBJECT
public:
    EventCard(models::Desk *desk, Work *work, QWidget *parent = nullptr);
    void setEvent(const EventRow &row);
    void askBlock(const QDateTime &from, const QDateTime &to);
    void takeFocus();
    bool isAsking() const; ///< the form for blocked time is open

Q_SIGNALS:
    void closed();
    void moveRequested(const outrigger::EventRow &row);
    void contactRequested(const outrigger::ContactId &contact);
    /// One of the calendar's own, for the appointment that is shown.
    void commandRequested(outrigger::gui::Command command);
    /// To be looked at and sent by the person.
    void textRequested(const outrigger::ContactId &contact, const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildEvent();
    QWidget *buildBlock();
    QWidget *buildReasons();
    QWidget *buildRescue();
    void cancel(const QString &reason);
    void shut();
    void doBlock();
    void changeBlock();
    void showBlock(const QDateTime &from, const QDateTime &to);

    models::Desk *m_desk;
    Work *m_work;
    EventRow m_row;
    QStackedWidget *m_stack;
    Label *m_title = nullptr;
    Label *m_when = nullptr;
    Label *m_lead = nullptr;
    Label *m_facts = nullptr;
    Label *m_state = nullptr;
    QPushButton *m_open = nullptr;
    QPushButton *m_move = nullptr;
    QPushButton *m_late = nullptr;
    QPushButton *m_join = nullptr;
    QPushButton *m_showed = nullptr;
    QPushButton *m_noShow = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_remove = nullptr;
    QWidget *m_reasons = nullptr;
    QWidget *m_rescue = nullptr;
    LeadNotes *m_notes = nullptr;
    std::optional<BlockDraft> m_changing; ///< the block that is being changed, as it was
    Label *m_blockHead = nullptr;
    QPushButton *m_blockAct = nullptr;
    QPushButton *m_blockLeave = nullptr;
    QLineEdit *m_blockTitle = nullptr;
    QComboBox *m_blockFor = nullptr;
    QDateTimeEdit *m_blockFrom = nullptr;
    QDateTimeEdit *m_blockTo = nullptr;
    Label *m_blockProblem = nullptr;
};

} // namespace outrigger::gui
