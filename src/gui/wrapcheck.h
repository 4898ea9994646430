// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>

namespace outrigger::gui {

/// A check box whose text takes more than one line where there is no room for it on one.
class WrapCheck : public QCheckBox
{
    Q_OBJECT
public:
    explicit WrapCheck(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool hitButton(const QPoint &at) const override;

private:
    int textLeft() const; ///< room for the mark
    QSize textSize(int width) const;
};

} // namespace outrigger::gui
