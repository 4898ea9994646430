// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/slotrail.h"

#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "models/desk.h"
#include "models/freetimes.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QMouseEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int shown = 10;
constexpr int carryAfter = 12; ///< design px, sideways
enum Role { StartRole = Qt::UserRole + 1 };
} // namespace

SlotRail::SlotRail(sync::Engine *engine, models::Desk *desk, QWidget *parent)
    : Pane(Ground::Surface, parent), m_desk(desk), m_free(models::FreeTimes::of(engine, desk))
{
    setObjectName(u"slot.rail"_s);
    setAccessibleName(tr("Free times to drop a lead on"));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 12, 10, 12, 10, 6);
    m_title = new Label(TextRole::BodyStrong, Ink::Text, this);
    m_title->setObjectName(u"slot.rail.title"_s);
    m_title->setWordWrap(true);
    m_nothing = new Label(TextRole::Body, Ink::Text2, this);
    m_nothing->setObjectName(u"slot.rail.nothing"_s);
    m_nothing->setWordWrap(true);
    m_list = named(new QListWidget(this), u"slot.rail.times"_s, tr("Next free times"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setSpacing(px(2));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_title);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);
    hide();
    const auto again = [this] {
        if (isCarrying())
            fill();
    };
    connect(m_free, &models::FreeTimes::changed, this, again);
    connect(desk, &models::Desk::referenceChanged, this, again);
}

void SlotRail::begin(const ContactId &contact, const QString &name, Edge edge)
{
    m_contact = contact;
    m_name = name;
    m_edge = edge;
    m_calendar = m_free->usual(contact);
    m_theirs = QTimeZone();
    m_title->setText(tr("Drop %1 on a free time", "a lead").arg(name));
    const bool side = edge == Edge::Side;
    setEdges(side ? Qt::LeftEdge : Qt::TopEdge);
    m_list->setFlow(side ? QListView::TopToBottom : QListView::LeftToRight);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    place();
    fill();
    m_free->readAhead(m_calendar);
    m_reading = [](SlotRail *self, ContactId id) -> Task<void> {
        auto asking = self->m_desk->contact(id);
        const auto found = co_await asking;
        if (!found || !*found || self->m_contact != id)
            co_return;
        self->m_theirs = leadZone(**found, self->m_desk->timezone()).zone;
        self->fill();
    }(this, contact);
    show();
    raise();
    Q_EMIT announced(m_title->text());
}

void SlotRail::place()
{
    const QRect all = parentWidget()->rect();
    if (m_edge == Edge::Side) {
        const int wide = std::min(px(240), all.width() / 2);
        setGeometry(layoutDirection() == Qt::RightToLeft ? 0 : all.width() - wide, 0, wide, all.height());
    } else {
        const int high = px(40) + 3 * fontMetrics().height() + px(20);
        setGeometry(0, all.height() - high, all.width(), high);
    }
}

void SlotRail::fill()
{
    if (m_calendar.isEmpty()) { // the calendars may have come since
        m_calendar = m_free->usual(m_contact);
        m_free->readAhead(m_calendar);
    }
    const auto *known = m_free->known(m_calendar);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone mine = QTimeZone::systemTimeZone();
    m_list->clear();
    for (const Slot &slot : known ? known->times : QVector<Slot>()) {
        if (m_list->count() >= shown)
            break;
        if (slot.start <= now)
            continue;
        QString words = locale().toString(slot.start.toTimeZone(mine).date(), tr("ddd d MMM")) + u", "_s + freetimes::clock(slot.start, mine);
        if (m_theirs.isValid() && !freetimes::sameClock(slot.start, mine, m_theirs))
            words += u'\n' + tr("%1 for %2", "time, name").arg(freetimes::clock(slot.start, m_theirs), m_name.section(u' ', 0, 0));
        auto *item = new QListWidgetItem(words, m_list);
        item->setData(StartRole, slot.start);
        item->setData(Qt::AccessibleTextRole, words);
        item->setTextAlignment(Qt::AlignCenter);
        item->setSizeHint({m_edge == Edge::Side ? px(200) : px(170), 2 * fontMetrics().height() + px(12)});
    }
    const bool any = m_list->count() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    m_nothing->setText(m_calendar.isEmpty() ? tr("No calendar is here yet.")
                       : known             ? tr("Nothing is free in the next weeks.")
                                           : tr("Looking for free times …"));
}

bool SlotRail::holds(const QPoint &global) const
{
    return isVisible() && rect().contains(mapFromGlobal(global));
}

void SlotRail::carryTo(const QPoint &global)
{
    QListWidgetItem *item = holds(global) ? m_list->itemAt(m_list->viewport()->mapFromGlobal(global)) : nullptr;
    if (item == m_list->currentItem())
        return;
    m_list->setCurrentItem(item);
    if (item)
        Q_EMIT announced(item->text());
}

bool SlotRail::drop(const QPoint &global)
{
    const bool here = holds(global);
    carryTo(global);
    const QListWidgetItem *item = here ? m_list->currentItem() : nullptr;
    const QDateTime at = item ? item->data(StartRole).toDateTime() : QDateTime();
    const ContactId contact = m_contact;
    const CalendarId calendar = m_calendar;
    end();
    if (at.isValid())
        Q_EMIT m_free->chosen(contact, calendar, at);
    return here;
}

void SlotRail::end()
{
    m_contact = {};
    m_reading = {};
    hide();
}

LeadCarry::LeadCarry(QAbstractItemView *view, LeadAt leadAt, std::function<SlotRail *()> rail)
    : QObject(view), m_view(view), m_leadAt(std::move(leadAt)), m_makeRail(std::move(rail))
{
    view->viewport()->installEventFilter(this);
    view->installEventFilter(this);
}

void LeadCarry::begin(const QPoint &global)
{
    m_carrying = true;
    m_rail = m_makeRail();
    m_rail->begin(m_lead->contact, m_lead->name, SlotRail::Edge::Side);
    m_carried = new QLabel(m_lead->name, m_view->window());
    m_carried->setObjectName(u"slot.rail.carried"_s);
    m_carried->setAutoFillBackground(true);
    m_carried->setFrameShape(QFrame::Box);
    m_carried->setMargin(px(6));
    m_carried->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_carried->adjustSize();
    m_carried->move(m_view->window()->mapFromGlobal(global) + QPoint(px(10), px(10)));
    m_carried->show();
    m_carried->raise();
}

void LeadCarry::end()
{
    m_carrying = false;
    m_lead.reset();
    delete m_carried;
}

bool LeadCarry::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        m_pressed = mouse->globalPosition().toPoint();
        m_lead = mouse->button() == Qt::LeftButton && mouse->modifiers() == Qt::NoModifier
            ? m_leadAt(m_view->indexAt(m_view->viewport()->mapFromGlobal(m_pressed))) : std::nullopt;
        return false;
    }
    case QEvent::MouseMove: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QPoint at = mouse->globalPosition().toPoint();
        if (!m_lead || !mouse->buttons().testFlag(Qt::LeftButton))
            return false;
        const QPoint way = at - m_pressed;
        if (!m_carrying && qAbs(way.x()) >= px(carryAfter) && qAbs(way.x()) > 2 * qAbs(way.y()))
            begin(at);
        if (!m_carrying)
            return false;
        if (m_carried)
            m_carried->move(m_view->window()->mapFromGlobal(at) + QPoint(px(10), px(10)));
        if (m_rail)
            m_rail->carryTo(at);
        return true; // else the list would choose other rows
    }
    case QEvent::MouseButtonRelease:
        if (!m_carrying)
            return false;
        end();
        if (m_rail)
            m_rail->drop(static_cast<QMouseEvent *>(event)->globalPosition().toPoint());
        return true;
    case QEvent::KeyPress:
        if (!m_carrying || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
            return false;
        end();
        if (m_rail)
            m_rail->end();
        return true;
    default: return false;
    }
}

} // namespace outrigger::gui
