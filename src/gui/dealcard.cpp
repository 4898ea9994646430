// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealcard.h"

#include "gui/avatar.h"
#include "gui/chips.h"
#include "gui/icons.h"
#include "gui/style.h"
#include "gui/textline.h"
#include "models/boardmodel.h"
#include "models/dealwords.h"

#include <QDateTime>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int highCard = 92;
constexpr int lowCard = 60;
constexpr int gap = 8;
constexpr int warnDays = 14;   ///< without a word of a person
constexpr int dangerDays = 30;

/// From the leading edge, whatever the direction.
QRect mirrored(const QRect &part, const QRect &whole, Qt::LayoutDirection direction)
{
    return QStyle::visualRect(direction, whole, part);
}

void text(QPainter *painter, const QRect &rect, const QString &words, const QFont &font, const QColor &ink, Qt::Alignment alignment,
          Qt::LayoutDirection direction)
{
    painter->setPen(ink);
    QString one = words;
    one.replace(u'\n', u' ');
    TextLine(one, font, rect.width()).draw(painter, rect, QStyle::visualAlignment(direction, alignment));
}

void ring(QPainter *painter, const QRectF &rect, const QColor &colour)
{
    painter->setPen(QPen(colour, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawArc(rect.adjusted(1, 1, -1, -1), 40 * 16, 280 * 16);
}

/// Only people's words and what is planned with them keep a deal from rotting.
QColor edgeOf(const DealRow &row, int idle, bool planned, const Colours &c)
{
    if (row.mark == DealMark::Refused || row.mark == DealMark::NeedsYou)
        return c.danger;
    if (row.mark == DealMark::Conflict)
        return c.warn;
    if (row.deal.status != DealStatus::Open || planned || idle < warnDays)
        return {};
    return idle >= dangerDays ? c.danger : c.warn;
}

} // namespace

int DealCard::cardHeight() const { return m_dense ? lowCard : highCard; }

int DealCard::lineHeight() const { return QFontMetrics(Style::instance()->font(TextRole::Small)).height() + px(2); }

bool DealCard::setFields(const QSet<QString> &hidden, int lines)
{
    if (m_hidden == hidden && m_lines == lines)
        return false;
    m_hidden = hidden;
    m_lines = lines;
    Q_EMIT sizeHintChanged({});
    return true;
}

void DealCard::setDense(bool dense)
{
    if (m_dense == dense)
        return;
    m_dense = dense;
    Q_EMIT sizeHintChanged({});
}

QSize DealCard::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {px(120), px(cardHeight() + gap) + (m_dense ? 0 : m_lines * lineHeight())};
}

/// Two words that a pointer can hit; with the keys the deal's own page has the same two.
DealCard::Choice DealCard::choiceIn(const QRect &item, Qt::LayoutDirection direction) const
{
    const QFontMetrics size(Style::instance()->font(TextRole::SmallStrong));
    const QRect card = item.adjusted(px(4), px(gap / 2), -px(4), -px(gap / 2));
    const int height = px(22), top = card.bottom() + 1 - px(m_dense ? 6 : 9) - height;
    const int theirs = size.horizontalAdvance(tr("Keep theirs")) + px(14), mine = size.horizontalAdvance(tr("Use mine")) + px(14);
    return {mirrored({card.left() + px(12), top, theirs, height}, card, direction),
            mirrored({card.left() + px(12) + theirs + px(6), top, mine, height}, card, direction)};
}

void DealCard::paintChoice(QPainter *painter, const Choice &choice) const
{
    const Colours &c = colours();
    painter->setFont(Style::instance()->font(TextRole::SmallStrong));
    for (const auto &[rect, words] : {std::pair(choice.theirs, tr("Keep theirs")), std::pair(choice.mine, tr("Use mine"))}) {
        painter->setPen(QPen(c.inputBorder));
        painter->setBrush(c.surface);
        painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5));
        painter->setPen(c.text);
        painter->drawText(rect, Qt::AlignCenter, words);
    }
}

bool DealCard::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto row = index.data(models::ColumnModel::RowRole);
        if (row.isValid() && row.value<DealRow>().mark == DealMark::Conflict) {
            const QPoint at = static_cast<QMouseEvent *>(event)->position().toPoint();
            const Choice choice = choiceIn(option.rect, option.direction);
            if (choice.theirs.contains(at) || choice.mine.contains(at)) {
                Q_EMIT decided(index.data(models::ColumnModel::KeyRole).toLongLong(), choice.mine.contains(at));
                return true;
            }
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

void DealCard::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours &c = colours();
    auto *style = Style::instance();
    const Qt::LayoutDirection direction = option.direction;
    const QRect card = option.rect.adjusted(px(4), px(gap / 2), -px(4), -px(gap / 2));
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = selected && option.state.testFlag(QStyle::State_HasFocus);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor ground = selected ? c.selection : hovered ? c.hover : c.surface;
    painter->setPen(QPen(focused ? c.focus : selected ? c.accent : c.line, focused ? 2 : c.edge));
    painter->setBrush(ground);
    painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8));
    const QVariant value = index.data(models::ColumnModel::RowRole);
    if (!value.isValid()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.line);
        painter->drawRoundedRect(mirrored({card.left() + px(12), card.top() + px(16), card.width() / 2, px(10)}, card, direction), px(4), px(4));
        painter->restore();
        return;
    }
    const DealRow row = value.value<DealRow>();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const int idle = models::dealwords::daysIdle(row, now);
    const QDateTime next = index.data(models::ColumnModel::NextRole).toDateTime();
    if (const QColor edge = edgeOf(row, idle, next.isValid() && next > now, c); edge.isValid()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(edge);
        painter->drawRoundedRect(QRectF(mirrored({card.left() + px(2), card.top() + px(10), px(3), card.height() - px(20)}, card, direction)), 1.5, 1.5);
    }
    const QRect inside = card.adjusted(px(12), px(m_dense ? 6 : 9), -px(12), -px(m_dense ? 6 : 9));
    const QFont strong = style->font(TextRole::BodyStrong);
    const QFont small = style->font(TextRole::Small);
    const int line = QFontMetrics(strong).height();
    const QColor quiet = c.text2;
    // What waits stands at the end of the first line: a shape, not a colour alone.
    int end = inside.right() + 1;
    int begin = inside.left();
    if (index.data(models::ColumnModel::TickedRole).toBool()) {
        const int size = px(16);
        const QRect tick = mirrored({begin, inside.top() + (line - size) / 2, size, size}, card, direction);
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.accent);
        painter->drawRoundedRect(tick, px(4), px(4));
        icons::paint(painter, tick.adjusted(px(2), px(2), -px(2), -px(2)), u"done"_s, c.onAccent);
        begin += size + px(6);
    }
    if (row.mark != DealMark::None) {
        const int size = px(16);
        const QRect mark = mirrored({end - size, inside.top() + (line - size) / 2, size, size}, card, direction);
        switch (row.mark) {
        case DealMark::Waiting: icons::paint(painter, mark, u"schedule"_s, quiet); break;
        case DealMark::UnderWay: ring(painter, QRectF(mark).adjusted(1, 1, -1, -1), c.accent); break;
        case DealMark::Conflict: icons::paint(painter, mark, u"users"_s, c.warn); break;
        case DealMark::Refused: icons::paint(painter, mark, u"error"_s, c.danger); break;
        case DealMark::NeedsYou: icons::paint(painter, mark, u"flag"_s, c.warn); break;
        case DealMark::None: break;
        }
        end -= size + px(6);
    }
    const QString name = row.deal.name.isEmpty() ? tr("Deal without a name") : row.deal.name;
    text(painter, mirrored({begin, inside.top(), end - begin, line}, card, direction), name, strong, c.text, Qt::AlignLeft, direction);
    // Second line: who, and how much.
    const int second = m_dense ? inside.bottom() + 1 - line : inside.top() + line + px(4);
    if (m_dense && row.mark == DealMark::Conflict) {
        paintChoice(painter, choiceIn(option.rect, direction));
        painter->restore();
        return;
    }
    const QString money = m_hidden.contains(u"value"_s) ? QString() : models::dealwords::money(row.deal.value, m_region);
    const TextLine moneyLine(money, strong);
    const int moneyWidth = money.isEmpty() ? 0 : int(std::ceil(moneyLine.width())) + px(2);
    const QString who = m_hidden.contains(u"contact"_s) ? QString()
        : row.deal.contactName != row.deal.name && !row.deal.contactName.isEmpty() ? row.deal.contactName : row.deal.company;
    const bool troubled = row.mark == DealMark::Conflict || row.mark == DealMark::Refused;
    text(painter, mirrored({inside.left(), second, inside.width() - moneyWidth - px(8), line}, card, direction),
         troubled ? row.reason : who, small, troubled ? (row.mark == DealMark::Refused ? c.danger : c.warn) : quiet, Qt::AlignLeft, direction);
    if (!money.isEmpty()) {
        painter->setPen(c.text);
        moneyLine.draw(painter, mirrored({inside.right() + 1 - moneyWidth, second, moneyWidth, line}, card, direction), QStyle::visualAlignment(direction, Qt::AlignRight));
    }
    if (!m_dense) {
        paintLines(painter, index.data(models::ColumnModel::LinesRole).toStringList(), inside, second + line + px(2), card, direction);
        if (row.mark == DealMark::Conflict)
            paintChoice(painter, choiceIn(option.rect, direction));
        else
            paintThird(painter, row, next, inside, card, direction);
    }
    painter->restore();
}

/// Told by shape as well as by colour: a ring for nothing planned, a square for overdue, discs for today and later.
void DealCard::paintNext(QPainter *painter, const QRectF &rect, const QDateTime &next, const QDateTime &now) const
{
    using models::dealwords::Next;
    const Colours &c = colours();
    const QRectF inner = rect.adjusted(2, 2, -2, -2);
    painter->setPen(Qt::NoPen);
    switch (models::dealwords::nextOf(next, now)) {
    case Next::Nothing:
        painter->setPen(QPen(c.warn, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(inner);
        break;
    case Next::Overdue:
        painter->setBrush(c.danger);
        painter->drawRect(inner);
        break;
    case Next::Today:
        painter->setBrush(c.ok);
        painter->drawEllipse(inner);
        break;
    case Next::Later:
        painter->setBrush(c.text2);
        painter->drawEllipse(inner);
        break;
    }
}

/// The fields that a person chose, each on its place: what is missing leaves its line empty, so that cards compare.
void DealCard::paintLines(QPainter *painter, const QStringList &lines, const QRect &inside, int top, const QRect &card, Qt::LayoutDirection direction) const
{
    const QFont small = Style::instance()->font(TextRole::Small);
    for (int i = 0; i < std::min(m_lines, int(lines.size())); ++i)
        text(painter, mirrored({inside.left(), top + i * lineHeight(), inside.width(), lineHeight()}, card, direction), lines.at(i), small, colours().text2,
             Qt::AlignLeft, direction);
}

/// Owner, unread, tags, days.
void DealCard::paintThird(QPainter *painter, const DealRow &row, const QDateTime &next, const QRect &inside, const QRect &card, Qt::LayoutDirection direction) const
{
    const Colours &c = colours();
    auto *style = Style::instance();
    const QFont small = style->font(TextRole::Small);
    const int smallLine = QFontMetrics(small).height();
    const QColor quiet = c.text2;
    const int height = px(22);
    const int third = inside.bottom() + 1 - height;
    int left = inside.left();
    if (!row.ownerName.isEmpty() && !m_hidden.contains(u"owner"_s)) {
        paintAvatar(painter, QRectF(mirrored({left, third + px(1), px(20), px(20)}, card, direction)), ContactId(row.deal.assignedTo.value), initialsOf(row.ownerName));
        left += px(26);
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const int days = models::dealwords::daysInStage(row, now);
    QString age = days < 0 ? QString() : days == 0 ? tr("today") : tr("%1 d", "days in the stage").arg(days);
    if (m_hidden.contains(u"days"_s))
        age.clear();
    if (row.deal.status != DealStatus::Open)
        age = models::dealwords::status(row.deal.status);
    const TextLine ageLine(age, small);
    const int ageWidth = int(std::ceil(ageLine.width())) + px(2);
    painter->setPen(quiet);
    ageLine.draw(painter, mirrored({inside.right() + 1 - ageWidth, third + (height - smallLine) / 2, ageWidth, smallLine}, card, direction),
                 QStyle::visualAlignment(direction, Qt::AlignRight));
    int right = inside.right() + 1 - ageWidth - px(8);
    if (row.deal.status == DealStatus::Open && !m_hidden.contains(u"next"_s)) {
        const int size = px(12);
        paintNext(painter, QRectF(mirrored({right - size, third + (height - size) / 2, size, size}, card, direction)), next, now);
        right -= size + px(8);
    }
    if (row.unread > 0 && !m_hidden.contains(u"unread"_s)) {
        const QString count = QLocale().toString(row.unread);
        const QFont tiny = style->font(TextRole::SmallStrong);
        const int width = std::max(px(18), QFontMetrics(tiny).horizontalAdvance(count) + px(10));
        const QRect bubble = mirrored({left, third + px(2), width, px(18)}, card, direction);
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.accent);
        painter->drawRoundedRect(bubble, px(9), px(9));
        painter->setFont(tiny);
        painter->setPen(c.onAccent);
        painter->drawText(bubble, Qt::AlignCenter, count);
        left += width + px(6);
    }
    for (const QString &tag : m_hidden.contains(u"tags"_s) ? QStringList() : row.deal.tags.mid(0, 2)) {
        const int width = int(std::ceil(chipWidth(tag)));
        if (left + width > right)
            break;
        paintChip(painter, QRectF(mirrored({left, third, width, height}, card, direction)), tag, ChipKind::Neutral, direction);
        left += width + px(4);
    }
}

QPixmap DealCard::carried(const QModelIndex &index, int width, qreal devicePixelRatio) const
{
    const QSize size(width, sizeHint({}, index).height());
    QPixmap pixmap(size * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 40)); // the shadow of what is lifted
    painter.drawRoundedRect(QRectF(px(6), px(gap / 2 + 3), width - px(10), size.height() - px(gap)), px(8), px(8));
    QStyleOptionViewItem option;
    option.rect = QRect(QPoint(0, 0), size);
    option.state = QStyle::State_Enabled | QStyle::State_Selected;
    paint(&painter, option, index);
    return pixmap;
}

} // namespace outrigger::gui
