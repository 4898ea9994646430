// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/ids.h"

#include <QDialog>

class QListWidget;
class QPushButton;

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

class Label;
class Strip;

/// On the form ui/accountdialog.ui. The accounts of this profile: switch, add, sign out. Signing out counts what has not left yet and asks.
class AccountDialog : public QDialog
{
    Q_OBJECT
public:
    AccountDialog(sync::Engine *engine, bool practice, QWidget *parent);

Q_SIGNALS:
    void addRequested();

private:
    void fill();
    AccountId chosen() const;
    void askSignOut();
    static Task<void> doSwitch(AccountDialog *self, AccountId id);
    static Task<void> doSignOut(AccountDialog *self, AccountId id, bool discard);

    sync::Engine *m_engine;
    QListWidget *m_list;
    Strip *m_strip;
    QPushButton *m_switch;
    QPushButton *m_out;
    bool m_mayDiscard = false;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
