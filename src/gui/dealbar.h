// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/opportunity.h"
#include "gui/widgets.h"

class QAction;
class QPushButton;

namespace outrigger::gui {

/// What can be done with the ticked deals. Deleting says what goes before it does anything; everything else has Undo.
class DealBar : public Pane
{
    Q_OBJECT
public:
    explicit DealBar(QWidget *parent);
    /// Shows itself for one or more. money: their sum in words; empty: none has a value.
    void setTicked(int count, const QString &money);
    /// Nothing can be changed, and why; empty: all can.
    void setLocked(const QString &why);
    void askDelete();

Q_SIGNALS:
    void moveWanted();
    void ownerWanted();
    void statusWanted(outrigger::DealStatus status);
    void exportWanted();
    void deleteWanted(); ///< the person has said yes
    void cleared();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void endAsking();
    Label *m_count;
    QVector<QPushButton *> m_acts; ///< that change something
    QAction *m_abandon;
    QWidget *m_sure;
    Label *m_sureWords;
    int m_ticked = 0;
};

} // namespace outrigger::gui
