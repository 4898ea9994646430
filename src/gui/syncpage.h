// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "gui/widgets.h"

#include <QTimer>

class QCheckBox;
class QTableWidget;

namespace outrigger::sync {
class Engine;
}

namespace outrigger::gui {

/// How fresh each area is, what went wrong, and the switches for it.
class SyncPage : public Pane
{
    Q_OBJECT
public:
    explicit SyncPage(sync::Engine *engine, QWidget *parent = nullptr);

Q_SIGNALS:
    void signInRequested();
    void offlineToggled(bool offline);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void refresh();
    void pull(bool full);
    static Task<void> doPull(SyncPage *self, bool full);
    static Task<void> doUnlock(SyncPage *self);
    static Task<void> doConfirm(SyncPage *self, QString area);
    sync::Engine *m_engine;
    Label *m_state = nullptr;
    Label *m_detail = nullptr;
    Strip *m_strip = nullptr;
    QTableWidget *m_areas = nullptr;
    QPushButton *m_now = nullptr;
    QPushButton *m_full = nullptr;
    QPushButton *m_signIn = nullptr;
    QPushButton *m_unlock = nullptr;
    QCheckBox *m_offline = nullptr;
    QString m_missingArea;
    QString m_unlockSaid; ///< how the last try to unlock the keychain ended
    QTimer m_timer;
    Task<void> m_pulling;
    Task<void> m_confirming;
    Task<void> m_unlocking;
};

} // namespace outrigger::gui
