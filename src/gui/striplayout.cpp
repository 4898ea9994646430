// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/striplayout.h"

#include <QLabel>

#include <algorithm>

namespace outrigger::gui {

namespace {
constexpr int fewestLetters = 28; ///< beside buttons, a line of the sentence has room for as many
}

StripLayout::StripLayout(QLabel *sentence, QWidget *parent) : QHBoxLayout(parent), m_sentence(sentence) {}

StripLayout::Buttons StripLayout::buttons() const
{
    Buttons all;
    for (int i = 0; i < count(); ++i) {
        const QLayoutItem *item = itemAt(i);
        if (item->isEmpty() || item->widget() == m_sentence)
            continue;
        const QSize size = item->sizeHint();
        all.width += size.width() + (all.width > 0 ? spacing() : 0);
        all.height = std::max(all.height, size.height());
        all.stacked += size.height() + (all.stacked > 0 ? spacing() : 0);
        all.widest = std::max(all.widest, item->minimumSize().width());
    }
    return all;
}

bool StripLayout::beside(int inner) const
{
    const int taken = buttons().width;
    const QFontMetrics metrics = m_sentence->fontMetrics();
    const int wanted = std::min(metrics.horizontalAdvance(m_sentence->text()), fewestLetters * metrics.averageCharWidth());
    return taken == 0 || inner - taken - spacing() >= wanted;
}

int StripLayout::wordsHeight(int width) const
{
    return std::max(m_sentence->heightForWidth(std::max(1, width)), m_sentence->fontMetrics().height());
}

int StripLayout::heightForWidth(int width) const
{
    const QMargins around = contentsMargins();
    const int inner = width - around.left() - around.right();
    const Buttons right = buttons();
    const int height = beside(inner) ? std::max(wordsHeight(inner - (right.width > 0 ? right.width + spacing() : 0)), right.height)
                                     : wordsHeight(inner) + spacing() + belowHeight(inner, right);
    return height + around.top() + around.bottom();
}

QSize StripLayout::sizeHint() const
{
    const QMargins around = contentsMargins();
    const Buttons right = buttons();
    const int width = m_sentence->sizeHint().width() + right.width + spacing() + around.left() + around.right();
    return {width, heightForWidth(width)};
}

QSize StripLayout::minimumSize() const
{
    const QMargins around = contentsMargins();
    const int words = fewestLetters / 2 * m_sentence->fontMetrics().averageCharWidth();
    return {std::max(words, buttons().widest) + around.left() + around.right(), around.top() + around.bottom() + m_sentence->fontMetrics().height()};
}

void StripLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect inner = rect.marginsRemoved(contentsMargins());
    const bool mirrored = parentWidget() && parentWidget()->isRightToLeft();
    const auto place = [&](QLayoutItem *item, QRect where) {
        if (mirrored)
            where.moveLeft(inner.left() + inner.right() - where.right());
        item->setGeometry(where);
    };
    const Buttons right = buttons();
    const bool aside = beside(inner.width());
    const int words = aside ? inner.width() - (right.width > 0 ? right.width + spacing() : 0) : inner.width();
    const int wordsTall = aside ? inner.height() : inner.height() - belowHeight(inner.width(), right) - spacing();
    const bool stacked = !aside && right.width > inner.width();
    int x = aside ? inner.left() + words + spacing() : inner.left();
    int y = inner.top() + wordsTall + spacing();
    for (int i = 0; i < count(); ++i) {
        QLayoutItem *item = itemAt(i);
        if (item->isEmpty())
            continue;
        if (item->widget() == m_sentence) {
            place(item, {inner.left(), inner.top(), words, wordsTall});
            continue;
        }
        const QSize size = item->sizeHint().boundedTo({inner.width(), inner.height()});
        place(item, {x, aside ? inner.top() + (inner.height() - size.height()) / 2 : y, size.width(), size.height()});
        (stacked ? y : x) += (stacked ? size.height() : size.width()) + spacing();
    }
}

} // namespace outrigger::gui
