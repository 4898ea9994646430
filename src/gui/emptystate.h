// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace outrigger::gui {

/// What a list shows when there is nothing in it: one line icon, one sentence, one button.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);
    /// buttonText empty: no button.
    void set(const QString &icon, const QString &sentence, const QString &buttonText = {});

    /// Takes whatever height there is; asking each hidden one how high its sentence would be costs the start 3 ms.
    bool hasHeightForWidth() const override { return false; }

Q_SIGNALS:
    void activated();

private:
    void recolour();
    QString m_icon;
    QLabel *m_picture;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace outrigger::gui
