// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/keymap.h"
#include "gui/widgets.h"

#include <QAbstractButton>

namespace outrigger::gui {

/// One workspace on the rail: icon, count, an accent edge when it is shown.
class RailButton : public QAbstractButton
{
    Q_OBJECT
public:
    RailButton(const QString &icon, const QString &text, QWidget *parent);
    void setCount(int count);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void paintCount(QPainter *painter);
    QString m_icon;
    int m_count = 0;
};

/// The workspaces at the left edge. Those that are not built yet are there, shut, and say so.
class NavRail : public Pane
{
    Q_OBJECT
public:
    explicit NavRail(QWidget *parent = nullptr);
    void setCurrent(Command workspace);
    void setUnread(int conversations);
    void setOutbox(int waiting);

Q_SIGNALS:
    void chosen(outrigger::gui::Command command);

private:
    RailButton *add(Command command, const QString &icon, const QString &objectName, const QString &text);
    QHash<int, RailButton *> m_buttons;
};

} // namespace outrigger::gui
