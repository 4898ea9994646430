// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/scheduledtext.h"
#include "gui/widgets.h"

class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace outrigger::models {
class Desk;
class ScheduledModel;
}
namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Actions;
class EmptyState;
class Settings;
class Work;

/// Everything that is to leave later, soonest first, whoever scheduled it: to be changed, sent now or taken back, also
/// several at once.
class ScheduledPage : public Pane
{
    Q_OBJECT
public:
    ScheduledPage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent = nullptr);
    QTableView *view() const { return m_view; }
    void takeFocus(); ///< now, or when the first rows are here
    void move(int step);
    void openCurrent(); ///< the conversation of the current row
    void setAccount(const std::optional<AccountId> &account);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildActs();
    void buildTable();
    void showState();
    void change();
    void takeBack();
    QVector<ScheduledText> chosen() const;

    sync::Engine *m_engine;
    models::Desk *m_desk;
    Settings *m_settings;
    Work *m_work;
    models::ScheduledModel *m_model;
    QSortFilterProxyModel *m_sorted;
    bool m_wantsFocus = false;
    Label *m_summary = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_view = nullptr;
    EmptyState *m_empty = nullptr;
    Pane *m_acts = nullptr;
    QPushButton *m_change = nullptr;
    QPushButton *m_takeBack = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace outrigger::gui
