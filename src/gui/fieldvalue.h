// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/widgets.h"

namespace outrigger::gui {

/// A value that can be changed where it stands: Enter, F2, Space or a click ask for it.
class FieldValue : public Label
{
    Q_OBJECT
public:
    FieldValue(const QString &text, bool empty, QWidget *parent);

Q_SIGNALS:
    void activated();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool m_hovered = false;
};

} // namespace outrigger::gui
