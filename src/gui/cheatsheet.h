// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace outrigger::gui {

/// All keys on one sheet, made from the table of keys. Non-modal work is not needed: Esc or ? closes it.
class CheatSheet : public QDialog
{
    Q_OBJECT
public:
    explicit CheatSheet(bool singleLetterKeys, QWidget *parent);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace outrigger::gui
