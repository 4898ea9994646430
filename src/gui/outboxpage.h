// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/outboxrecord.h"
#include "gui/widgets.h"

class QCheckBox;
class QStackedWidget;
class QTableView;

namespace outrigger::models {
class OutboxModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class EmptyState;
class Work;

/// What has not left, what needs a decision, and why; with what can be done about it.
class OutboxPage : public Pane
{
    Q_OBJECT
public:
    OutboxPage(sync::Engine *engine, Work *work, Actions *actions, QWidget *parent = nullptr);
    QTableView *view() const { return m_view; }
    void takeFocus(); ///< now, or when the first rows are here
    void move(int step);
    void openCurrent(); ///< the conversation of the current row
    void setAccount(const std::optional<AccountId> &account);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);

private:
    QWidget *buildHead();
    QWidget *buildActs();
    void showHead();
    void showActs();
    void showEmptiness();
    std::optional<OutboxRecord> current() const;

    sync::Engine *m_engine;
    Work *m_work;
    models::OutboxModel *m_model;
    bool m_wantsFocus = false;
    Label *m_summary = nullptr;
    QCheckBox *m_finished = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_view = nullptr;
    EmptyState *m_empty = nullptr;
    Label *m_reason = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_now = nullptr;
    QPushButton *m_theirs = nullptr;
    QPushButton *m_mine = nullptr;
    QPushButton *m_retry = nullptr;
    QPushButton *m_there = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_discard = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace outrigger::gui
