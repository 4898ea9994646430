// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wrapcheck.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>
#include <QStyleOptionFocusRect>

namespace outrigger::gui {

namespace {
constexpr int flags = int(Qt::AlignLeading) | int(Qt::AlignVCenter) | int(Qt::TextWordWrap);
constexpr int narrowest = 12; // letters
} // namespace

WrapCheck::WrapCheck(QWidget *parent) : QCheckBox(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int WrapCheck::textLeft() const
{
    return style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, this) + style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, this);
}

QSize WrapCheck::textSize(int width) const
{
    return fontMetrics().boundingRect(QRect(0, 0, qMax(1, width), 10'000), flags | Qt::TextShowMnemonic, text()).size();
}

QSize WrapCheck::sizeHint() const
{
    return {QCheckBox::sizeHint().width() + 2, heightForWidth(10'000)};
}

QSize WrapCheck::minimumSizeHint() const
{
    const int width = textLeft() + narrowest * fontMetrics().averageCharWidth();
    return {qMin(width, sizeHint().width()), QCheckBox::sizeHint().height()};
}

int WrapCheck::heightForWidth(int width) const
{
    return qMax(QCheckBox::sizeHint().height(), textSize(width - textLeft()).height() + 4);
}

bool WrapCheck::hitButton(const QPoint &at) const
{
    return rect().contains(at);
}

void WrapCheck::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    QStyleOptionButton mark = option;
    mark.rect = style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this);
    style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &mark, &painter, this);
    const QRect place = QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(textLeft(), 0, 0, 0));
    const int mnemonic = style()->styleHint(QStyle::SH_UnderlineShortcut, &option, this) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    style()->drawItemText(&painter, place, flags | mnemonic, palette(), isEnabled(), text(), foregroundRole());
    if (option.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        const QSize size = textSize(place.width());
        focus.rect = QStyle::alignedRect(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter, size.boundedTo(place.size()), place).adjusted(-3, -1, 3, 1).intersected(rect());
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

} // namespace outrigger::gui
