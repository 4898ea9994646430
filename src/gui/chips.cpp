// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/chips.h"

#include "gui/icons.h"
#include "gui/style.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace outrigger::gui {

namespace {

struct ChipColours {
    QColor fill, ink, edge;
};

ChipColours coloursOf(ChipKind kind)
{
    const Colours &c = colours();
    const auto tinted = [&c](const QColor &colour) {
        return ChipColours{mixed(c.surface, colour, c.tints ? 0.12 : 0), c.tints ? colour : c.text, c.tints ? QColor() : colour};
    };
    switch (kind) {
    case ChipKind::Neutral: return {c.tints ? mixed(c.surface, c.text2, 0.12) : c.surface, c.tints ? c.text2 : c.text, c.tints ? QColor() : c.text};
    case ChipKind::Accent: return tinted(c.accent);
    case ChipKind::Ok: return tinted(c.ok);
    case ChipKind::Warn: return tinted(c.warn);
    case ChipKind::Danger: return tinted(c.danger);
    }
    return {};
}

void paintGround(QPainter *painter, const QRectF &rect, const ChipColours &look)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(look.edge.isValid() ? QPen(look.edge, 1) : QPen(Qt::NoPen));
    painter->setBrush(look.fill);
    painter->drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
}

/// One chip of a ChipRow.
class ChipItem : public QWidget
{
public:
    ChipItem(const ChipRow::Chip &chip, ChipRow *row) : QWidget(row), m_chip(chip)
    {
        auto *layout = new QHBoxLayout(this);
        const int end = chip.removable ? px(3) : px(9);
        layout->setContentsMargins(row->isRightToLeft() ? end : px(9), 0, row->isRightToLeft() ? px(9) : end, 0);
        layout->setSpacing(px(4));
        if (!chip.icon.isEmpty()) {
            auto *icon = new QLabel(this);
            icon->setPixmap(icons::pixmap(chip.icon, px(14), coloursOf(chip.kind).ink, devicePixelRatioF()));
            layout->addWidget(icon);
        }
        m_label = new QLabel(this);
        m_label->setTextFormat(Qt::PlainText);
        m_label->setFont(Style::instance()->font(TextRole::Small));
        m_label->setText(QFontMetricsF(m_label->font()).elidedText(chip.text, Qt::ElideRight, px(220)));
        m_label->setToolTip(chip.toolTip.isEmpty() ? QString() : chip.toolTip.toHtmlEscaped());
        QPalette palette = m_label->palette();
        palette.setColor(QPalette::WindowText, coloursOf(chip.kind).ink);
        m_label->setPalette(palette);
        layout->addWidget(m_label);
        if (chip.dot.isValid())
            layout->setContentsMargins(row->isRightToLeft() ? px(9) : px(20), 0, row->isRightToLeft() ? px(20) : px(9), 0);
        if (chip.removable) {
            auto *cross = new QToolButton(this);
            cross->setObjectName(row->objectName() + QStringLiteral(".remove.") + chip.text);
            cross->setIcon(icons::icon(QStringLiteral("close")));
            cross->setIconSize({px(12), px(12)});
            cross->setFixedSize(px(18), px(18));
            cross->setAutoRaise(true);
            cross->setFocusPolicy(Qt::TabFocus);
            cross->setAccessibleName(ChipRow::tr("Remove %1").arg(chip.text));
            cross->setToolTip(ChipRow::tr("Remove"));
            connect(cross, &QToolButton::clicked, row, [row, text = chip.text] { Q_EMIT row->removeRequested(text); });
            layout->addWidget(cross);
        }
        setFixedHeight(std::max(px(22), m_label->sizeHint().height() + px(2)));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintGround(&painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), coloursOf(m_chip.kind));
        if (!m_chip.dot.isValid())
            return;
        const double side = px(8);
        const double x = isRightToLeft() ? width() - px(8) - side : px(8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_chip.dot);
        painter.drawEllipse(QRectF(x, (height() - side) / 2, side, side));
    }

private:
    ChipRow::Chip m_chip;
    QLabel *m_label;
};

} // namespace

double chipWidth(const QString &text, bool withMark)
{
    const QFontMetricsF metrics(Style::instance()->font(TextRole::Small));
    return std::ceil(metrics.horizontalAdvance(text)) + 2 * px(8) + (withMark ? px(14) : 0);
}

QRectF paintChip(QPainter *painter, const QRectF &rect, const QString &text, ChipKind kind, Qt::LayoutDirection direction,
                 const QString &icon, const QColor &dot)
{
    const QFont font = Style::instance()->font(TextRole::Small);
    const QFontMetricsF metrics(font);
    const bool mark = !icon.isEmpty() || dot.isValid();
    const double width = std::min(rect.width(), chipWidth(text, mark));
    const double height = std::min(std::max<double>(rect.height(), metrics.height()), std::max<double>(px(22), metrics.height() + px(2)));
    const bool rtl = direction == Qt::RightToLeft;
    const QRectF chip(rtl ? rect.right() - width : rect.left(), rect.center().y() - height / 2, width, height);
    const ChipColours look = coloursOf(kind);
    paintGround(painter, chip, look);
    QRectF words = chip.adjusted(px(8), 0, -px(8), 0);
    if (mark) {
        const double side = px(dot.isValid() ? 8 : 12);
        const QRectF at(rtl ? words.right() - side : words.left(), chip.center().y() - side / 2, side, side);
        if (dot.isValid()) {
            painter->setBrush(dot);
            painter->setPen(Qt::NoPen);
            painter->drawEllipse(at);
        } else {
            icons::paint(painter, at, icon, look.ink, rtl);
        }
        if (rtl)
            words.setRight(words.right() - px(14));
        else
            words.setLeft(words.left() + px(14));
    }
    painter->setFont(font);
    painter->setPen(look.ink);
    painter->drawText(words, Qt::AlignCenter | Qt::TextSingleLine, metrics.elidedText(text, Qt::ElideRight, words.width() + 1));
    return chip;
}

ChipRow::ChipRow(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred); // Fixed would cap it at one line
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipRow::setChips(const QVector<Chip> &chips)
{
    m_chips = chips;
    for (QWidget *item : std::as_const(m_items))
        item->deleteLater(); // a removal is asked for from inside the chip's own button
    for (QWidget *item : std::as_const(m_items))
        item->hide();
    m_items.clear();
    for (const Chip &chip : chips) {
        auto *item = new ChipItem(chip, this);
        item->show();
        m_items.append(item);
    }
    if (m_add)
        m_add->raise();
    updateGeometry();
    arrange(width(), true);
}

void ChipRow::setAddName(const QString &name)
{
    if (name.isEmpty()) {
        delete m_add;
        m_add = nullptr;
    } else {
        auto *button = qobject_cast<QToolButton *>(m_add);
        if (!button) {
            button = new QToolButton(this);
            button->setObjectName(objectName() + QStringLiteral(".add"));
            button->setAutoRaise(true);
            button->setIcon(icons::icon(QStringLiteral("plus")));
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
            connect(button, &QToolButton::clicked, this, &ChipRow::addRequested);
            m_add = button;
            button->show();
        }
        button->setIconSize({px(14), px(14)});
        button->setFixedSize(px(24), px(24));
        button->setAccessibleName(name);
        button->setToolTip(name);
    }
    updateGeometry();
    arrange(width(), true);
}

int ChipRow::arrange(int width, bool apply) const
{
    QVector<QWidget *> all = m_items;
    if (m_add)
        all.append(m_add);
    int x = 0;
    int y = 0;
    int line = 0;
    for (QWidget *item : std::as_const(all)) {
        const int wide = std::min(item->sizeHint().width(), std::max(width, px(40)));
        const int high = std::max(item->minimumHeight(), item == m_add ? px(24) : px(22));
        if (x > 0 && x + wide > width) {
            x = 0;
            y += line + px(4);
            line = 0;
        }
        if (apply)
            item->setGeometry(QStyle::visualRect(layoutDirection(), QRect(0, 0, width, 1), QRect(x, y, wide, 1)).left(), y, wide, high);
        x += wide + px(4);
        line = std::max(line, high);
    }
    return y + line;
}

QSize ChipRow::sizeHint() const
{
    return {px(200), arrange(std::max(width(), px(200)), false)};
}

int ChipRow::heightForWidth(int width) const
{
    return arrange(width, false);
}

void ChipRow::resizeEvent(QResizeEvent *)
{
    arrange(width(), true);
}

bool ChipRow::event(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        const auto chips = m_chips;
        QMetaObject::invokeMethod(
            this, [this, chips] { setChips(chips); }, Qt::QueuedConnection);
    } else if (event->type() == QEvent::LayoutDirectionChange) {
        arrange(width(), true);
    }
    return QWidget::event(event);
}

} // namespace outrigger::gui
