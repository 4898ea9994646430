// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarview.h"

#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "gui/avatar.h"
#include "gui/calendarmeasures.h"
#include "gui/style.h"
#include "models/calendarmodel.h"

#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using namespace calendarmeasures;
using models::CalendarModel;

namespace {
constexpr double dotsOnPaper = 4; ///< of a picture, for each px: paper is finer than a screen
} // namespace

const Colours &CalendarView::colours() const
{
    static const Colours paper = Style::coloursOf(Scheme::Light);
    return m_sheet ? paper : gui::colours();
}

QDate CalendarView::today() const { return m_sheet ? QDate() : m_now.toTimeZone(m_zone).date(); }

/// How many there are besides; where large text leaves no room for words, the number alone.
void CalendarView::paintMore(QPainter &painter, const QRect &rect, int count)
{
    painter.setFont(Style::instance()->font(TextRole::Small));
    painter.setPen(colours().text2);
    const QString words = tr("%n more", nullptr, count);
    const bool fits = painter.fontMetrics().horizontalAdvance(words) <= rect.width();
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeading, fits ? words : tr("+%1").arg(count));
}

void CalendarView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    paintAll(painter);
}

void CalendarView::paintAll(QPainter &painter)
{
    ensureLayout();
    const QRect all(QPoint(), area());
    painter.fillRect(all, colours().surface);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isGrid())
        paintGrid(painter, all);
    else if (m_mode == Mode::Month)
        paintMonth(painter, all);
    else
        paintAgenda(painter, all);
}

void CalendarView::paintGrid(QPainter &painter, const QRect &area)
{
    const Colours &c = colours();
    const int top = headHeight() + bandHeight();
    const int shift = top - scrolled();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    painter.save();
    painter.setClipRect(QRect(0, top, area.width(), area.height() - top), Qt::IntersectClip);
    const QDate today = this->today();
    const QColor faint = mixed(c.surface, c.line, 0.5);
    for (int day = 0; day < days(); ++day) {
        const QDate date = firstDay().addDays(day);
        const QRect column = dayRect(day).translated(0, shift);
        if (date == today)
            painter.fillRect(column, mixed(c.surface, c.accent, c.tints ? 0.05 : 0));
        // Outside of the usual hours it is a little darker.
        if (c.tints) {
            painter.fillRect(QRect(column.left(), column.top(), column.width(), workFrom * hour()), mixed(c.surface, c.window, 0.7));
            painter.fillRect(QRect(column.left(), column.top() + workTo * hour(), column.width(), (24 - workTo) * hour()), mixed(c.surface, c.window, 0.7));
        }
    }
    for (int day = 0; day < days() && !m_sheet && !m_free.isEmpty(); ++day) {
        const QDate date = firstDay().addDays(day);
        const QRect column = dayRect(day).translated(0, shift);
        for (const Slot &slot : std::as_const(m_free)) {
            const QDateTime start = slot.start.toTimeZone(m_zone);
            if (start.date() != date)
                continue;
            const int y = column.top() + yOf(start.time());
            painter.fillRect(QRect(column.left(), y, column.width(), int(slot.start.secsTo(slot.end)) * hour() / 3600), mixed(c.surface, c.ok, 0.16));
        }
    }
    const QFont small = Style::instance()->font(TextRole::Small);
    painter.setFont(small);
    const bool two = gutter() > px(60);
    for (int h = 0; h < 24; ++h) {
        const int y = shift + h * hour();
        if (y + hour() < top || y > area.height())
            continue;
        const int left = mirrored ? 0 : gutter(), right = mirrored ? area.width() - gutter() : area.width();
        painter.setPen(QPen(c.line, c.edge));
        painter.drawLine(left, y, right, y);
        painter.setPen(QPen(faint, c.edge));
        painter.drawLine(left, y + hour() / 2, right, y + hour() / 2);
        if (h == 0)
            continue;
        const auto hourText = [&](const QTime &time) {
            QString text = clockTime(time);
            return text.remove(u":00"_s);
        };
        const QRect words(mirrored ? area.width() - gutter() : 0, y - px(9), px(52), px(18));
        painter.setPen(c.text2);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, hourText(QTime(h, 0)));
        if (two) {
            const QDateTime at = freetimes::instantOf(firstDay(), QTime(h, 0), m_zone);
            painter.setPen(c.text3);
            if (at.isValid()) {
                const QTime theirs = at.toTimeZone(m_theirs).time();
                painter.drawText(words.translated(px(52), 0), Qt::AlignRight | Qt::AlignVCenter, theirs.minute() ? clockTime(theirs) : hourText(theirs));
            }
        }
    }
    painter.setPen(QPen(c.line, c.edge));
    for (int day = 0; day < days(); ++day) {
        const QRect column = dayRect(day);
        painter.drawLine(column.left(), top, column.left(), area.height());
    }
    for (const Box &box : std::as_const(m_boxes)) {
        if (!box.band && box.rect.translated(offset(box)).intersects(QRect(0, top, area.width(), area.height() - top)))
            paintEventBox(painter, box, false);
    }
    for (int day = 0; day < days(); ++day) {
        if (firstDay().addDays(day) != today)
            continue;
        const QRect column = dayRect(day);
        const int y = shift + yOf(m_now.toTimeZone(m_zone).time());
        painter.setPen(QPen(c.danger, px(2)));
        painter.drawLine(column.left(), y, column.right(), y);
        painter.setBrush(c.danger);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPointF(column.left(), y), px(4), px(4));
    }
    if (!m_sheet && (m_dragging || m_blocking))
        paintDrag(painter);
    painter.restore();
    paintHead(painter);
}

void CalendarView::paintHead(QPainter &painter)
{
    const Colours &c = colours();
    const QDate today = this->today();
    const int wide = area().width(), high = headHeight() + bandHeight();
    painter.fillRect(QRect(0, 0, wide, high), c.surface);
    for (int day = 0; day < days(); ++day) {
        const QDate date = firstDay().addDays(day);
        const QRect cell(dayRect(day).left(), 0, dayRect(day).width(), headHeight());
        const bool now = date == today;
        painter.setFont(Style::instance()->font(TextRole::Small));
        painter.setPen(now ? c.accent : c.text2);
        painter.drawText(QRect(cell.left(), px(4), cell.width(), px(16)), Qt::AlignCenter, locale().dayName(date.dayOfWeek(), QLocale::ShortFormat));
        painter.setFont(Style::instance()->font(TextRole::Heading));
        const QRect number(cell.left(), px(19), cell.width(), px(23));
        if (now) {
            QRect round(0, 0, px(30), px(23));
            round.moveCenter(number.center());
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.accent);
            painter.drawRoundedRect(round, px(11), px(11));
        }
        painter.setPen(now ? c.onAccent : c.text);
        painter.drawText(number, Qt::AlignCenter, QString::number(date.day()));
    }
    if (gutter() > px(60)) {
        painter.setFont(Style::instance()->font(TextRole::Small));
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const QRect mine(mirrored ? wide - gutter() : 0, px(20), px(52), px(20));
        painter.setPen(c.text2);
        painter.drawText(mine, Qt::AlignRight | Qt::AlignVCenter, tr("You"));
        painter.setPen(c.text3);
        const QString name = painter.fontMetrics().elidedText(m_theirName.section(u' ', 0, 0), Qt::ElideRight, px(50));
        painter.drawText(mine.translated(px(52), 0), Qt::AlignRight | Qt::AlignVCenter, name);
    }
    painter.setPen(QPen(c.line, c.edge));
    painter.drawLine(0, high - 1, wide, high - 1);
    for (const Box &box : std::as_const(m_boxes)) {
        if (box.band)
            paintEventBox(painter, box, true);
    }
    for (int day = 0; day < days(); ++day) {
        if (m_more.value(day) > 0)
            paintMore(painter, QRect(dayRect(day).left() + px(8), headHeight() + px(2) + (m_bandRows - 1) * px(22), dayRect(day).width() - px(10), px(20)), m_more.value(day));
    }
}

void CalendarView::paintEventBox(QPainter &painter, const Box &box, bool small)
{
    const Colours &c = colours();
    const EventRow &row = event(box.row);
    const QRect rect = box.rect.translated(offset(box));
    const bool byPerson = static_cast<const CalendarModel *>(model())->isByPerson();
    QColor own = model()->index(box.row, 0).data(CalendarModel::ColourRole).value<QColor>();
    if (!own.isValid())
        own = row.event.block ? c.text3 : c.accent;
    else if (byPerson && c.surface.lightness() < 128)
        own = own.lighter(170); // people's grounds are made for white letters on them
    const bool off = isOff(row.event.status);
    const bool current = !m_sheet && currentIndex().row() == box.row;
    const bool lifted = !m_sheet && m_dragging && m_pressedRow == box.row;
    painter.save();
    painter.setOpacity(lifted ? 0.4 : 1.0);
    const QColor ground = row.event.block ? mixed(c.surface, c.text3, 0.18) : off ? c.surface : mixed(c.surface, own, c.tints ? 0.20 : 0);
    QPainterPath path;
    path.addRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4));
    painter.fillPath(path, ground);
    if (row.event.block) {
        painter.setClipPath(path, Qt::IntersectClip);
        painter.fillRect(rect, QBrush(mixed(c.surface, c.text3, 0.45), Qt::BDiagPattern));
        painter.setClipPath(path, Qt::IntersectClip);
    }
    const bool waits = !row.recordState.isEmpty() && row.recordState != "confirmed"_L1 && row.recordState != "accepted"_L1;
    QPen edge(waits ? c.text2 : mixed(c.surface, own, 0.55), c.edge, waits || row.event.status == AppointmentStatus::New ? Qt::DashLine : Qt::SolidLine);
    if (current)
        edge = QPen(c.focus, px(2));
    painter.setPen(edge);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (!row.event.block)
        painter.fillRect(QRect(mirrored ? rect.right() - px(3) : rect.left(), rect.top() + px(2), px(4), rect.height() - px(4)), off ? c.line : own);
    QFont font = Style::instance()->font(TextRole::Small);
    font.setStrikeOut(off);
    QFont strong = Style::instance()->font(TextRole::SmallStrong);
    strong.setStrikeOut(off);
    const QColor ink = off ? c.text3 : c.text;
    QRect words = rect.adjusted(px(8), px(2), -px(5), -px(2));
    if (mirrored)
        words = rect.adjusted(px(5), px(2), -px(8), -px(2));
    // Whose it is: letters, so that it is not told by colour alone.
    const QString initials = model()->index(box.row, 0).data(CalendarModel::InitialsRole).toString();
    if (!initials.isEmpty() && words.width() > px(byPerson ? 24 : 64)) {
        const int side = std::min(px(20), rect.height() - px(2));
        const QRect face(mirrored ? rect.left() + px(4) : rect.right() - px(4) - side, rect.top() + (rect.height() < px(30) ? (rect.height() - side) / 2 : px(3)), side, side);
        painter.drawPixmap(face, personPixmap(model()->index(box.row, 0).data(CalendarModel::PersonColourRole).value<QColor>(), initials, side, m_sheet ? dotsOnPaper : devicePixelRatioF()));
        (mirrored ? words.setLeft(face.right() + px(4)) : words.setRight(face.left() - px(4)));
    }
    QString mark;
    if (row.event.status == AppointmentStatus::Showed)
        mark = u"✓ "_s;
    else if (row.event.status == AppointmentStatus::NoShow)
        mark = u"✕ "_s;
    QString title = mark + (row.event.title.isEmpty() ? row.event.block ? tr("Blocked") : tr("Appointment") : row.event.title);
    if (box.cutBefore && (small || m_mode == Mode::Agenda))
        title.prepend(u"… "_s);
    if (box.cutAfter && small)
        title.append(u" …"_s);
    // On paper nobody can point at it to read the rest: where words have no room, the lead's name says most.
    const auto fitting = [&](int wide) {
        const QFontMetrics metrics(strong);
        const bool byName = m_sheet && !row.contactName.isEmpty() && metrics.horizontalAdvance(title) > wide;
        return metrics.elidedText(byName ? mark + row.contactName : title, Qt::ElideRight, wide);
    };
    const QString time = freetimes::clock(row.event.start, m_zone);
    painter.setPen(ink);
    const int line = QFontMetrics(font).height();
    if (small || words.height() < 2 * line) {
        const bool timeToo = !standOf(box.row).band && words.width() > px(70);
        int x = 0;
        if (timeToo && m_mode == Mode::Month) {
            painter.setFont(font);
            painter.setPen(off ? c.text3 : c.text2);
            painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading, time);
            x = QFontMetrics(font).horizontalAdvance(time) + px(5);
        }
        painter.setPen(ink);
        painter.setFont(strong);
        const QRect rest = mirrored ? words.adjusted(0, 0, -x, 0) : words.adjusted(x, 0, 0, 0);
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeading, fitting(rest.width()));
        painter.restore();
        return;
    }
    painter.setFont(strong);
    painter.drawText(QRect(words.left(), words.top(), words.width(), line), Qt::AlignVCenter | Qt::AlignLeading, fitting(words.width()));
    painter.setFont(font);
    painter.setPen(off ? c.text3 : c.text2);
    QString under = eventdays::timesOn(row.event, box.day, zones());
    painter.drawText(QRect(words.left(), words.top() + line, words.width(), line), Qt::AlignVCenter | Qt::AlignLeading,
                     QFontMetrics(font).elidedText(under, Qt::ElideRight, words.width()));
    const QTimeZone theirs(row.contactZone);
    if (words.height() >= 3 * line && !row.contactZone.isEmpty() && theirs.isValid() && !freetimes::sameClock(row.event.start, m_zone, theirs)) {
        under = tr("%1 for them").arg(freetimes::clock(row.event.start, theirs));
        painter.drawText(QRect(words.left(), words.top() + 2 * line, words.width(), line), Qt::AlignVCenter | Qt::AlignLeading,
                         QFontMetrics(font).elidedText(under, Qt::ElideRight, words.width()));
    }
    painter.restore();
}

void CalendarView::paintDrag(QPainter &painter)
{
    const Colours &c = colours();
    const int shift = headHeight() + bandHeight() - scrolled();
    QDateTime from, to;
    QString words;
    bool free = true;
    if (m_blocking) {
        const QDateTime at = timeAt(m_dragAt);
        if (!at.isValid())
            return;
        if (at == m_blockFrom) // pressed, and not dragged yet
            return;
        from = std::min(m_blockFrom, at);
        to = std::max(m_blockFrom, at);
        words = tr("Block %1 – %2", "time, time").arg(freetimes::clock(from, m_zone), freetimes::clock(to, m_zone));
    } else {
        const auto drop = dropAt(m_dragAt);
        if (!drop)
            return;
        free = drop->free;
        from = drop->to.start;
        to = drop->to.end;
        if (standOf(m_pressedRow).band) {
            paintCarriedDays(painter, *drop);
            return;
        }
        if (m_grip != Grip::Whole)
            words = tr("%1 – %2", "time, time").arg(freetimes::clock(from, m_zone), freetimes::clock(to, m_zone));
        else
            words = free || event(m_pressedRow).event.block ? freetimes::clock(from, m_zone) : tr("%1, not free").arg(freetimes::clock(from, m_zone));
    }
    const QDateTime local = from.toTimeZone(m_zone);
    const int day = int(firstDay().daysTo(local.date()));
    if (day < 0 || day >= days())
        return;
    const QRect column = dayRect(day);
    const int y = shift + yOf(local.time());
    const QRect ghost(column.left() + px(2), y, column.width() - px(6), std::max(px(20), int(from.secsTo(to)) * hour() / 3600));
    const QColor ink = free ? c.accent : c.warn;
    painter.setPen(QPen(ink, px(2)));
    painter.setBrush(mixed(c.surface, ink, 0.25));
    painter.drawRoundedRect(ghost, px(4), px(4));
    painter.setPen(c.text);
    painter.setFont(Style::instance()->font(TextRole::SmallStrong));
    painter.drawText(ghost.adjusted(px(8), px(2), -px(4), 0), Qt::AlignLeading | Qt::AlignTop, words);
}

/// Days that are carried cover the columns of the days on which they would stand.
void CalendarView::paintCarriedDays(QPainter &painter, const Drop &drop)
{
    Appointment there = event(m_pressedRow).event;
    there.start = drop.to.start;
    there.end = drop.to.end;
    const auto [first, last] = eventdays::daysOf(there, zones());
    const int from = std::max(0, int(firstDay().daysTo(first))), to = std::min(days() - 1, int(firstDay().daysTo(last)));
    if (to < from)
        return;
    const QRect columns = dayRect(from).united(dayRect(to));
    const QRect ghost(columns.left() + px(2), headHeight() + bandHeight() + px(2), columns.width() - px(6), viewport()->height() - headHeight() - bandHeight() - px(4));
    const Colours &c = colours();
    const QColor ink = drop.free ? c.accent : c.warn;
    painter.setOpacity(0.7);
    painter.setPen(QPen(ink, px(2)));
    painter.setBrush(mixed(c.surface, ink, 0.25));
    painter.drawRoundedRect(ghost, px(4), px(4));
    painter.setOpacity(1);
    painter.setPen(c.text);
    painter.setFont(Style::instance()->font(TextRole::SmallStrong));
    painter.drawText(ghost.adjusted(px(8), px(4), -px(4), 0), Qt::AlignLeading | Qt::AlignTop, eventdays::sentence(there, zones()));
}

void CalendarView::paintMonth(QPainter &painter, const QRect &area)
{
    const Colours &c = colours();
    const QDate first = firstDay();
    const QDate today = this->today();
    painter.setFont(Style::instance()->font(TextRole::Small));
    for (int column = 0; column < 7; ++column) {
        const QRect cell = dayRect(column);
        painter.setPen(c.text2);
        painter.drawText(QRect(cell.left(), 0, cell.width(), px(weekdays)), Qt::AlignCenter, locale().dayName(first.addDays(column).dayOfWeek(), QLocale::ShortFormat));
    }
    for (int day = 0; day < 42; ++day) {
        const QDate date = first.addDays(day);
        const QRect cell = dayRect(day);
        if (cell.isEmpty()) // on another sheet
            continue;
        const bool other = date.month() != m_date.month();
        if (other && c.tints)
            painter.fillRect(cell, c.window);
        painter.setPen(QPen(c.line, c.edge));
        painter.drawLine(cell.topLeft(), cell.topRight());
        painter.drawLine(cell.topLeft(), cell.bottomLeft());
        const QRect number(cell.left() + px(4), cell.top() + px(3), px(24), px(18));
        if (date == today) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(c.accent);
            painter.drawRoundedRect(number, px(9), px(9));
        }
        painter.setFont(Style::instance()->font(date == today ? TextRole::SmallStrong : TextRole::Small));
        painter.setPen(date == today ? c.onAccent : other ? c.text3 : c.text);
        painter.drawText(number, Qt::AlignCenter, QString::number(date.day()));
        if (m_more.value(day) > 0) {
            const int line = px(dayLine);
            const int room = std::max(1, (cell.height() - px(dayFixed)) / line);
            paintMore(painter, QRect(cell.left() + px(8), cell.top() + px(dayEvents) + (room - 1) * line, cell.width() - px(10), line), m_more.value(day));
        }
    }
    for (const Box &box : std::as_const(m_boxes)) {
        if (box.rect.intersects(area))
            paintEventBox(painter, box, true);
    }
}

/// The heading of a day of the agenda.
void CalendarView::paintDay(QPainter &painter, const QDate &date, int y)
{
    painter.setFont(Style::instance()->font(TextRole::BodyStrong));
    painter.setPen(date == today() ? colours().accent : colours().text);
    painter.drawText(QRect(px(16), y, area().width() - px(32), px(28)), Qt::AlignVCenter | Qt::AlignLeading, locale().toString(date, tr("dddd d MMMM")));
}

void CalendarView::paintAgenda(QPainter &painter, const QRect &area)
{
    for (const auto &[date, y] : std::as_const(m_headings)) {
        if (y - scrolled() < area.bottom() && y - scrolled() + px(28) > area.top())
            paintDay(painter, date, y - scrolled());
    }
    for (const Box &box : std::as_const(m_boxes)) {
        if (box.rect.translated(offset(box)).intersects(area))
            paintEventBox(painter, box, false);
    }
}

} // namespace outrigger::gui
