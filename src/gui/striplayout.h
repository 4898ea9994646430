// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHBoxLayout>

class QLabel;

namespace outrigger::gui {

/// A sentence with its buttons beside it; below it where that would leave the words a narrow column. GUI thread.
class StripLayout : public QHBoxLayout
{
    Q_OBJECT
public:
    /// `sentence` wraps its words. Add it first, then the buttons; what is hidden takes no room.
    StripLayout(QLabel *sentence, QWidget *parent);
    void setGeometry(const QRect &rect) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    int minimumHeightForWidth(int width) const override { return heightForWidth(width); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;

private:
    struct Buttons {
        int width = 0, height = 0, widest = 0, stacked = 0; ///< stacked: height of all, one below the other
    };
    Buttons buttons() const;
    bool beside(int inner) const;
    int belowHeight(int inner, const Buttons &all) const { return all.width > inner ? all.stacked : all.height; }
    int wordsHeight(int width) const;

    QLabel *m_sentence;
};

} // namespace outrigger::gui
