// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/proxystyle.h"

#include "gui/icons.h"
#include "gui/style.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

#include <algorithm>

namespace outrigger::gui {

namespace {

constexpr int controlRadius = 6;

void roundedPanel(QPainter *painter, const QRectF &rect, const QColor &fill, const QColor &edge, double width,
                  double radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(edge.isValid() && width > 0 ? QPen(edge, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = edge.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

bool isPrimary(const QStyleOption *option, const QWidget *widget)
{
    if (widget && widget->property("primary").toBool())
        return true;
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && button->features.testFlag(QStyleOptionButton::DefaultButton);
}

bool isQuiet(const QStyleOption *option, const QWidget *widget)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return (button && button->features.testFlag(QStyleOptionButton::Flat)) || (widget && widget->property("quiet").toBool());
}

void drawButtonPanel(const QStyleOption *option, QPainter *painter, const QWidget *widget)
{
    const Colours &c = colours();
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const bool down = option->state.testFlag(QStyle::State_Sunken) || option->state.testFlag(QStyle::State_On);
    const bool hover = enabled && option->state.testFlag(QStyle::State_MouseOver);
    QColor fill = c.surface;
    QColor edge = c.inputBorder;
    if (isPrimary(option, widget) && enabled) {
        fill = down ? mixed(c.accent, c.text, 0.2) : hover ? mixed(c.accent, c.text, 0.1) : c.accent;
        edge = fill;
    } else if (isQuiet(option, widget)) {
        fill = down ? c.selection : hover ? c.hover : QColor();
        edge = c.tints || !(down || hover) ? QColor() : c.text;
    } else {
        fill = down ? c.selection : hover ? c.hover : c.surface;
        edge = enabled ? mixed(c.line, c.inputBorder, c.tints ? 0.55 : 1) : c.line;
    }
    roundedPanel(painter, option->rect, fill, edge, c.edge, px(controlRadius));
}

void drawToolButtonPanel(const QStyleOption *option, QPainter *painter)
{
    const Colours &c = colours();
    const bool on = option->state & (QStyle::State_On | QStyle::State_Sunken);
    const bool hover = option->state.testFlag(QStyle::State_MouseOver) && option->state.testFlag(QStyle::State_Enabled);
    if (on || hover)
        roundedPanel(painter, option->rect, on ? c.selection : c.hover, c.tints ? QColor() : c.text, c.edge,
                     px(controlRadius));
}

void drawInputPanel(const QRect &rect, const QStyle::State state, QPainter *painter)
{
    const Colours &c = colours();
    const bool enabled = state.testFlag(QStyle::State_Enabled);
    const bool focus = state.testFlag(QStyle::State_HasFocus);
    roundedPanel(painter, rect, enabled ? c.surface : c.window,
                 focus ? c.focus
                       : enabled ? c.inputBorder
                                 : c.line,
                 focus ? 2 : c.edge, px(controlRadius));
}

void drawItemPanel(const QStyleOption *option, QPainter *painter)
{
    const Colours &c = colours();
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    const bool selected = option->state.testFlag(QStyle::State_Selected);
    if (item && item->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, item->backgroundBrush);
    if (selected)
        painter->fillRect(option->rect, c.selection);
    else if (option->state.testFlag(QStyle::State_MouseOver) && option->state.testFlag(QStyle::State_Enabled))
        painter->fillRect(option->rect, c.hover);
    const bool leading = !item || item->viewItemPosition == QStyleOptionViewItem::Beginning
        || item->viewItemPosition == QStyleOptionViewItem::OnlyOne
        || item->viewItemPosition == QStyleOptionViewItem::Invalid;
    if (selected && leading) {
        const int width = px(3);
        const bool rtl = option->direction == Qt::RightToLeft;
        painter->fillRect(rtl ? option->rect.right() + 1 - width : option->rect.left(), option->rect.top(), width,
                          option->rect.height(), c.accent);
    }
}

/// An icon of one colour, for buttons filled with the accent.
QIcon recoloured(const QIcon &icon, const QSize &size, const QColor &colour, qreal ratio)
{
    if (icon.isNull())
        return icon;
    QPixmap picture = icon.pixmap(size, ratio);
    QPainter painter(&picture);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(QPoint(), size), colour);
    painter.end();
    return QIcon(picture);
}

/// Icon and text as one centred thing; QCommonStyle puts the text at the edge in right-to-left windows.
void drawIconLabel(const QProxyStyle *style, const QStyleOptionButton &button, QPainter *painter)
{
    const bool enabled = button.state.testFlag(QStyle::State_Enabled);
    const int flags = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic
        | (style->styleHint(QStyle::SH_UnderlineShortcut, &button, nullptr, nullptr) ? 0 : Qt::TextHideMnemonic);
    const int gap = px(6);
    const int words = button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width();
    const int total = button.iconSize.width() + gap + words;
    const QRect whole(button.rect.center().x() - total / 2, button.rect.top(), total, button.rect.height());
    QRect icon(whole.left(), whole.center().y() - button.iconSize.height() / 2 + 1, button.iconSize.width(), button.iconSize.height());
    QRect text = whole.adjusted(button.iconSize.width() + gap, 0, px(2), 0);
    button.icon.paint(painter, QStyle::visualRect(button.direction, button.rect, icon), Qt::AlignCenter,
                      enabled ? QIcon::Normal : QIcon::Disabled);
    style->drawItemText(painter, QStyle::visualRect(button.direction, button.rect, text), flags, button.palette, enabled,
                        button.text, QPalette::ButtonText);
}

void drawCheck(const QStyleOption *option, QPainter *painter, bool round)
{
    const Colours &c = colours();
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const bool on = option->state.testFlag(QStyle::State_On);
    const bool partly = option->state.testFlag(QStyle::State_NoChange);
    const double side = std::min(option->rect.width(), option->rect.height());
    const QRectF box(option->rect.center().x() - side / 2 + 0.5, option->rect.center().y() - side / 2 + 0.5, side, side);
    const QColor accent = enabled ? c.accent : c.inputBorder;
    roundedPanel(painter, box, on || partly ? accent : c.surface, on || partly ? accent : enabled ? c.inputBorder : c.line,
                 std::max(1, c.edge), round ? side / 2 : px(4));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (on && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.onAccent);
        painter->drawEllipse(box.center(), side * 0.2, side * 0.2);
    } else if (on || partly) {
        painter->setPen(QPen(c.onAccent, std::max(1.5, side * 0.12), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (partly)
            painter->drawLine(QPointF(box.left() + side * 0.25, box.center().y()), QPointF(box.right() - side * 0.25, box.center().y()));
        else
            painter->drawPolyline(QPolygonF{box.topLeft() + QPointF(side * 0.24, side * 0.52), box.topLeft() + QPointF(side * 0.43, side * 0.71),
                                            box.topLeft() + QPointF(side * 0.77, side * 0.31)});
    }
    painter->restore();
}

void drawTab(const QStyleOptionTab *tab, QPainter *painter)
{
    const Colours &c = colours();
    const bool selected = tab->state.testFlag(QStyle::State_Selected);
    if (!selected && tab->state.testFlag(QStyle::State_MouseOver))
        roundedPanel(painter, QRectF(tab->rect).adjusted(2, 4, -2, -4), c.hover, {}, 0, px(controlRadius));
    if (selected)
        painter->fillRect(QRect(tab->rect.left() + px(8), tab->rect.bottom() + 1 - px(2), tab->rect.width() - px(16), px(2)),
                          c.accent);
}

/// A button that stands for a thing, with what is to know of it: lines that begin where those around it begin.
void drawLeading(const QProxyStyle *style, const QStyleOptionButton &button, QPainter *painter)
{
    const QRect room = button.rect.adjusted(px(10), 0, -px(10), 0);
    QStringList lines = button.text.split(QLatin1Char('\n'));
    for (QString &line : lines)
        line = button.fontMetrics.elidedText(line, Qt::ElideRight, room.width(), Qt::TextShowMnemonic);
    style->drawItemText(painter, room, int(QStyle::visualAlignment(button.direction, Qt::AlignLeft) | Qt::AlignVCenter) | Qt::TextShowMnemonic, button.palette,
                        button.state.testFlag(QStyle::State_Enabled), lines.join(QLatin1Char('\n')), QPalette::ButtonText);
}

/// The arrow of the column that is sorted by, right after its name.
QRect headerArrow(const QStyle *style, const QStyleOptionHeader &header)
{
    const int side = px(12), margin = style->pixelMetric(QStyle::PM_HeaderMargin, &header);
    const int words = header.fontMetrics.horizontalAdvance(header.text) + px(6);
    const QRect room = header.rect.adjusted(margin, 0, -margin, 0);
    int left = room.left() + words;
    if (header.textAlignment & Qt::AlignRight)
        left = room.right() + 1 - words - side;
    else if (header.textAlignment & Qt::AlignHCenter)
        left = room.center().x() + words / 2;
    const QRect arrow(qBound(room.left(), left, room.right() + 1 - side), room.center().y() - side / 2 + 1, side, side);
    return QStyle::visualRect(header.direction, header.rect, arrow);
}

void drawHeader(const QStyleOption *option, QPainter *painter)
{
    const Colours &c = colours();
    painter->fillRect(option->rect, c.window);
    painter->fillRect(option->rect.left(), option->rect.bottom() + 1 - c.edge, option->rect.width(), c.edge, c.line);
}

void drawComboBox(const QStyleOptionComboBox *box, QPainter *painter)
{
    const Colours &c = colours();
    const bool hover = box->state.testFlag(QStyle::State_MouseOver) && box->state.testFlag(QStyle::State_Enabled);
    drawInputPanel(box->rect, box->state, painter);
    if (hover && !box->editable && !box->state.testFlag(QStyle::State_HasFocus))
        roundedPanel(painter, QRectF(box->rect).adjusted(c.edge, c.edge, -c.edge, -c.edge), c.hover, {}, 0,
                     px(controlRadius) - 1);
    const int side = px(16);
    const bool rtl = box->direction == Qt::RightToLeft;
    const QRect arrow(rtl ? box->rect.left() + px(8) : box->rect.right() + 1 - px(8) - side,
                      box->rect.center().y() - side / 2 + 1, side, side);
    icons::paint(painter, arrow, QStringLiteral("chevron-down"),
                 box->state.testFlag(QStyle::State_Enabled) ? c.text2 : c.text3);
}

void drawScrollBar(const QProxyStyle *style, const QStyleOptionSlider *bar, QPainter *painter, const QWidget *widget)
{
    const Colours &c = colours();
    painter->fillRect(bar->rect, bar->palette.color(QPalette::Base));
    if (bar->maximum <= bar->minimum)
        return;
    QRectF handle = style->subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, widget);
    const bool active = bar->state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const double thickness = active ? px(8) : px(6);
    if (bar->orientation == Qt::Vertical)
        handle = QRectF(handle.center().x() - thickness / 2, handle.top() + 2, thickness, handle.height() - 4);
    else
        handle = QRectF(handle.left() + 2, handle.center().y() - thickness / 2, handle.width() - 4, thickness);
    roundedPanel(painter, handle, mixed(c.surface, c.inputBorder, active ? 1 : c.tints ? 0.55 : 1), {}, 0, thickness / 2);
}

void drawProgress(const QStyleOptionProgressBar *bar, QPainter *painter)
{
    const Colours &c = colours();
    const double height = std::min<double>(px(4), bar->rect.height());
    QRectF groove(bar->rect.left(), bar->rect.center().y() + 0.5 - height / 2, bar->rect.width(), height);
    roundedPanel(painter, groove, c.line, {}, 0, height / 2);
    const double span = double(bar->maximum) - bar->minimum;
    const double share = span > 0 ? (double(bar->progress) - bar->minimum) / span : 0.33;
    const double width = groove.width() * std::clamp(share, 0.0, 1.0);
    const bool fromRight = (bar->direction == Qt::RightToLeft) != bar->invertedAppearance;
    if (width > 0)
        roundedPanel(painter,
                     QRectF(fromRight ? groove.right() - width : groove.left(), groove.top(), std::max(width, height), height),
                     c.accent, {}, 0, height / 2);
}

} // namespace

ProxyStyle::ProxyStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void ProxyStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
}

void ProxyStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const Colours &c = colours();
    switch (element) {
    case PE_PanelButtonCommand: drawButtonPanel(option, painter, widget); return;
    case PE_PanelButtonTool: drawToolButtonPanel(option, painter); return;
    case PE_FrameDefaultButton:
    case PE_FrameTabBarBase:
    case PE_FrameStatusBarItem: return;
    case PE_FrameFocusRect:
        // Rows and tabs: inside their rectangle, since outside is clipped.
        roundedPanel(painter, QRectF(option->rect).adjusted(1, 1, -1, -1), {}, c.focus, 2, px(4));
        return;
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            drawInputPanel(option->rect, option->state, painter);
        return;
    }
    case PE_FrameLineEdit: return; // drawn with its panel
    case PE_Frame:
        painter->save();
        painter->setPen(QPen(c.line, c.edge));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option->rect).adjusted(c.edge / 2.0, c.edge / 2.0, -c.edge / 2.0, -c.edge / 2.0));
        painter->restore();
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: drawCheck(option, painter, false); return;
    case PE_IndicatorRadioButton: drawCheck(option, painter, true); return;
    case PE_PanelMenu: painter->fillRect(option->rect, c.surface); return;
    case PE_FrameMenu:
        painter->save();
        painter->setPen(QPen(mixed(c.line, c.inputBorder, 0.5), c.edge));
        painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5));
        painter->restore();
        return;
    case PE_PanelItemViewRow: return; // the item paints itself, or two tints lie over each other
    case PE_PanelItemViewItem: drawItemPanel(option, painter); return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ProxyStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    const Colours &c = colours();
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            const bool enabled = option->state.testFlag(State_Enabled);
            if (enabled && isPrimary(option, widget)) {
                copy.palette.setColor(QPalette::ButtonText, c.onAccent);
                copy.icon = recoloured(copy.icon, copy.iconSize, c.onAccent, painter->device()->devicePixelRatioF());
            }
            else if (enabled && widget && widget->property("danger").toBool())
                copy.palette.setColor(QPalette::ButtonText, c.danger);
            if (widget && widget->property("leading").toBool())
                drawLeading(this, copy, painter);
            else if (!copy.icon.isNull() && !copy.text.isEmpty() && !copy.features.testFlag(QStyleOptionButton::HasMenu))
                drawIconLabel(this, copy, painter);
            else
                QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            drawTab(tab, painter);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy = *tab;
            copy.palette.setColor(QPalette::WindowText, tab->state.testFlag(State_Selected) ? c.text : c.text2);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_Header: // the base asks itself where the arrow goes
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
            header && header->orientation == Qt::Horizontal && header->sortIndicator != QStyleOptionHeader::None) {
            QStyleOptionHeader plain = *header;
            plain.sortIndicator = QStyleOptionHeader::None;
            painter->save(); // the base leaves an empty clip behind
            QProxyStyle::drawControl(element, &plain, painter, widget);
            painter->restore();
            icons::paint(painter, headerArrow(this, *header), header->sortIndicator == QStyleOptionHeader::SortDown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up"),
                         c.text2);
            return;
        }
        break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: drawHeader(option, painter); return;
    case CE_Splitter: {
        const QRect r = option->rect;
        if (option->state.testFlag(State_Horizontal))
            painter->fillRect(r.center().x(), r.top(), c.edge, r.height(), c.line);
        else
            painter->fillRect(r.left(), r.center().y(), r.width(), c.edge, c.line);
        return;
    }
    case CE_ProgressBarGroove: return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            drawProgress(bar, painter);
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ProxyStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                    const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            drawScrollBar(this, bar, painter, widget);
            return;
        }
    } else if (control == CC_ComboBox) {
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            drawComboBox(box, painter);
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect ProxyStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                 const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        // No arrow buttons: groove and handle take the whole length.
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const QRect r = bar->rect;
        const bool vertical = bar->orientation == Qt::Vertical;
        const int length = vertical ? r.height() : r.width();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        const int handle = range > 0
            ? std::clamp(int(qint64(length) * bar->pageStep / (range + bar->pageStep)), std::min(px(32), length), length)
            : length;
        const int at = QStyle::sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle,
                                                       bar->upsideDown);
        switch (subControl) {
        case SC_ScrollBarGroove: return r;
        case SC_ScrollBarSlider:
            return vertical ? QRect(r.left(), r.top() + at, r.width(), handle) : QRect(r.left() + at, r.top(), handle, r.height());
        case SC_ScrollBarSubPage:
            return vertical ? QRect(r.left(), r.top(), r.width(), at) : QRect(r.left(), r.top(), at, r.height());
        case SC_ScrollBarAddPage:
            return vertical ? QRect(r.left(), r.top() + at + handle, r.width(), length - at - handle)
                            : QRect(r.left() + at + handle, r.top(), length - at - handle, r.height());
        default: return {};
        }
    }
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField) {
        const QRect field = option->rect.adjusted(px(10), 2, -px(28), -2);
        return visualRect(option->direction, option->rect, field);
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect ProxyStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            return option->rect.adjusted(px(6), 2, -px(6), -2);
    }
    if (element == SE_PushButtonFocusRect)
        return option->rect;
    return QProxyStyle::subElementRect(element, option, widget);
}

int ProxyStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return px(12);
    case PM_ScrollBarSliderMin: return px(32);
    case PM_SplitterWidth: return px(5);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_MenuBarPanelWidth: return 0;
    case PM_MenuPanelWidth: return 1; // without it no frame is drawn, and a menu has no edge on a white pane
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return px(16);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return px(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return px(8);
    case PM_ToolBarIconSize: return px(20);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return px(8);
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin: return px(12);
    case PM_MenuVMargin: return px(4);
    case PM_TabBarTabHSpace: return px(20);
    case PM_HeaderMargin: return px(widget && widget->property("narrow").toBool() ? 2 : 12); // the inset of CellDelegate
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QSize ProxyStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setHeight(std::max(result.height(), px(32)));
        result.rwidth() += px(8);
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option); button && !button->icon.isNull())
            result.rwidth() += px(12);
        break;
    case CT_LineEdit: result.setHeight(std::max(result.height(), px(36))); break;
    case CT_ComboBox:
        result.setHeight(std::max(result.height(), px(36)));
        result.rwidth() += px(20);
        break;
    case CT_SpinBox: result.setHeight(std::max(result.height(), px(36))); break;
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(std::max(result.height(), px(28)));
        break;
    }
    case CT_TabBarTab: result.setHeight(std::max(result.height(), px(36))); break;
    case CT_HeaderSection: result.setHeight(std::max(result.height(), px(32))); break;
    case CT_ItemViewItem: result.setHeight(std::max(result.height(), px(28))); break;
    default: break;
    }
    return result;
}

QIcon ProxyStyle::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    if (which == SP_LineEditClearButton)
        return icons::icon(QStringLiteral("close"));
    if (which == SP_ToolBarHorizontalExtensionButton)
        return icons::icon(QStringLiteral("more"));
    return QProxyStyle::standardIcon(which, option, widget);
}

int ProxyStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_ScrollBar_Transient: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_Table_GridLineColor: return int(colours().line.rgba());
    case SH_Widget_Animation_Duration: return Style::instance()->reducedMotion() ? 0 : 120;
    default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace outrigger::gui
