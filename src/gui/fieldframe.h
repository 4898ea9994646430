// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractScrollArea;

namespace outrigger::gui {

/// The edge of a field of several lines: as that of a one-line field, with the focus ring around it.
class FieldFrame : public QWidget
{
    Q_OBJECT
public:
    explicit FieldFrame(QWidget *parent = nullptr);
    void setField(QAbstractScrollArea *field); ///< takes it in; it loses its own frame
    void setInside(bool inside); ///< what is written here does not leave the team: another edge

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAbstractScrollArea *m_field = nullptr;
    bool m_inside = false;
};

} // namespace outrigger::gui
