// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "gui/newtext.h"

class QPushButton;

namespace outrigger::gui {

/// A small window of its own: to whom, the text, Enter, gone. It sends through the same pane, guard and outbox as the
/// big one. The clipboard is looked at when the window opens, and at no other time, if the person wants that.
class QuickText : public QWidget
{
    Q_OBJECT
public:
    QuickText(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions);
    ~QuickText() override;
    /// Shows it, empty, or with what was left in it.
    void open();
    NewText *pane() const { return m_pane; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void offerClipboard();
    static Task<void> nameOffer(QuickText *self, QString number, QString shown);
    models::Desk *m_desk;
    Settings *m_settings;
    QPushButton *m_offer;
    NewText *m_pane;
    Task<void> m_naming;
};

} // namespace outrigger::gui
