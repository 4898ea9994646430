// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bookingpanel.h"

#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "gui/work.h"
#include "gui/zonewords.h"
#include "models/desk.h"
#include "models/slotsmodel.h"
#include "sync/engine.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::SlotsModel;

namespace {

constexpr int daysAhead = 28; ///< read at once; the API takes 31

QString cityOf(const QTimeZone &zone)
{
    return QString::fromLatin1(zone.id()).section(u'/', -1).replace(u'_', u' ');
}

} // namespace

BookingPanel::BookingPanel(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_work(work)
{
    setObjectName(u"booking.panel"_s);
    setAccessibleName(tr("Book an appointment"));
    setEdges(Qt::LeftEdge);
    hide();
    parent->installEventFilter(this);
    connect(work, &Work::bookingEnded, this, &BookingPanel::onEnded);
    connect(desk, &models::Desk::referenceChanged, this, [this] {
        if (isVisible() && m_calendars->count() == 0) // they have come while the sheet was open
            fillCalendars({});
    });
}

void BookingPanel::bookFor(const Contact &contact, const QDateTime &around, const CalendarId &calendar)
{
    if (!m_built)
        build();
    m_moving.reset();
    m_around = around;
    begin();
    const CalendarId last(m_lastCalendar.value(contact.id.value));
    m_lead->setVisible(contact.id.isEmpty()); // else the title says for whom
    m_lead->clear();
    setLead(contact);
    fillCalendars(calendar.isEmpty() ? last : calendar);
    if (contact.id.isEmpty())
        m_lead->setFocus(Qt::OtherFocusReason);
    else
        m_view->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::move(const EventRow &row, const Contact &contact)
{
    if (!m_built)
        build();
    m_moving = row;
    m_around = row.event.start;
    begin();
    m_lead->hide();
    setLead(contact);
    fillCalendars(row.event.calendar);
    m_view->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::begin()
{
    if (!isVisible())
        m_before = window()->focusWidget();
    m_record = {};
    m_picked.reset();
    m_anyway = false;
    m_strip->hide();
    m_text->clear();
    m_tell->setChecked(m_moving.has_value()); // who moves a time tells them
    m_mine = QTimeZone::systemTimeZone();
    const QDate today = m_clock->now().toTimeZone(m_mine).date();
    m_first = m_around.isValid() ? std::max(today, m_around.toTimeZone(m_mine).date().addDays(m_moving ? -1 : 0)) : today;
    m_times.clear();
    m_timesOf.clear();
    m_calendars->setEnabled(!m_moving);
    m_confirm->setText(m_moving ? tr("Move") : tr("Book"));
    m_name->setVisible(!m_moving);
    m_old->setVisible(m_moving.has_value());
    place();
    show();
    raise();
}

void BookingPanel::place()
{
    const QRect all = parentWidget()->rect();
    const int wide = std::min(all.width(), px(760));
    setGeometry(layoutDirection() == Qt::RightToLeft ? 0 : all.width() - wide, 0, wide, all.height());
}

void BookingPanel::close()
{
    if (!isVisible())
        return;
    m_loading = {};
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

void BookingPanel::setLead(const Contact &contact)
{
    m_contact = contact;
    const LeadZone zone = leadZone(contact, m_desk->timezone());
    m_theirs = contact.id.isEmpty() ? m_mine : zone.zone;
    const QString name = contact.displayName();
    m_title->setText(m_moving              ? tr("Move the appointment with %1").arg(name)
                         : name.isEmpty() ? tr("Book an appointment")
                                          : tr("Book %1", "a lead").arg(name));
    if (m_moving)
        m_old->setText(whenWords(m_moving->event.start));
    if (!contact.id.isEmpty())
        m_lead->setText(name);
    m_model->setZones(m_mine, m_theirs, contact.firstName.isEmpty() ? name : contact.firstName);
    m_name->setText(title());
    showZones();
}

void BookingPanel::showZones()
{
    const QString mine = tr("You: %1").arg(cityOf(m_mine));
    if (m_contact.id.isEmpty()) {
        m_zones->setText(mine);
        return;
    }
    const LeadZone zone = leadZone(m_contact, m_desk->timezone());
    const QString name = m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName;
    m_zones->setText(tr("%1 · %2: %3 (%4)", "you: city, name, city, source").arg(mine, name, cityOf(m_theirs), zonewords::source(zone.source)));
}

void BookingPanel::fillCalendars(const CalendarId &wanted)
{
    const QSignalBlocker quiet(m_calendars);
    m_calendars->clear();
    const auto all = m_desk->calendars();
    auto *rows = qobject_cast<QStandardItemModel *>(m_calendars->model());
    for (const Calendar &one : all) {
        m_calendars->addItem(one.active ? one.name : tr("%1 (switched off in HighLevel)").arg(one.name), one.id.value);
        if (!one.active && rows)
            rows->item(m_calendars->count() - 1)->setEnabled(false);
    }
    const int at = m_calendars->findData(wanted.value);
    m_calendars->setCurrentIndex(at >= 0 ? at : 0);
    fillPeople();
    loadTimes();
}

std::optional<Calendar> BookingPanel::calendar() const
{
    return m_desk->calendar(CalendarId(m_calendars->currentData().toString()));
}

void BookingPanel::fillPeople()
{
    const QSignalBlocker quiet(m_people);
    m_people->clear();
    const auto chosen = calendar();
    m_people->addItem(tr("Whoever is free"), QString());
    for (const UserId &user : chosen ? chosen->people : QVector<UserId>()) {
        const QString name = m_desk->userName(user);
        m_people->addItem(name.isEmpty() ? tr("Somebody who left") : name, user.value);
    }
    m_people->setVisible(m_people->count() > 2 && !m_moving);
    if (!chosen) {
        m_length->clear();
        return;
    }
    QStringList words{tr("%n min", nullptr, chosen->slotMinutes)};
    if (chosen->noticeMinutes >= 60)
        words << tr("%n h ahead at least", nullptr, (chosen->noticeMinutes + 59) / 60);
    m_length->setText(words.join(u" · "_s));
}

void BookingPanel::loadTimes()
{
    m_picked.reset();
    m_strip->hide();
    const auto chosen = calendar();
    if (!chosen || !chosen->active) {
        m_times.clear();
        m_model->setWeek(m_first, {});
        showNothing();
        return;
    }
    const UserId user(m_people->currentData().toString());
    const QString of = chosen->id.value + u'/' + user.value;
    const QDateTime now = m_clock->now();
    const QDateTime weekFrom = m_first.startOfDay(m_mine).toUTC(), weekTo = m_first.addDays(7).startOfDay(m_mine).toUTC();
    if (of == m_timesOf && m_timesFrom <= std::max(weekFrom, now) && m_timesTo >= weekTo) {
        showTimes();
        return;
    }
    m_timesOf = of;
    m_times.clear();
    const QDateTime from = std::max(now, weekFrom);
    m_loadingTimes = true;
    m_model->setWeek(m_first, {});
    showNothing();
    m_loading = load(this, *chosen, user, from, from.addDays(daysAhead));
}

Task<void> BookingPanel::load(BookingPanel *self, Calendar calendar, UserId user, QDateTime from, QDateTime to)
{
    auto asking = self->m_engine->freeSlots(calendar, from, to, self->m_desk->timezone().toLatin1(), user);
    const auto times = co_await asking;
    self->m_loadingTimes = false;
    if (!times) {
        self->m_timesOf.clear();
        self->m_state->setText(times.error().kind == ErrorKind::Offline
                                   ? tr("HighLevel cannot be reached, so nobody knows what is free. Press N in the calendar, or Ctrl+B, again once you are online; a time that you agree on meanwhile can be booked from the calendar then.")
                                   : tr("HighLevel does not say what is free: %1. Try again, or choose another calendar.").arg(times.error().message));
        self->m_firstFree->hide();
        self->m_offer->hide();
        self->m_state->show();
        self->m_view->hide();
        self->m_further->hide();
        co_return;
    }
    self->m_times = *times;
    self->m_timesFrom = from;
    self->m_timesTo = to;
    self->showTimes();
}

void BookingPanel::showTimes()
{
    m_model->setWeek(m_first, m_times);
    for (int column = 0; column < 7; ++column)
        m_view->setColumnHidden(column, m_model->timesOn(column) == 0);
    m_week->setText(tr("%1 – %2", "day, day").arg(locale().toString(m_first, tr("d MMM")), locale().toString(m_first.addDays(6), tr("d MMM yyyy"))));
    m_earlier->setEnabled(m_first > m_clock->now().toTimeZone(m_mine).date());
    if (const Slot *first = firstFree())
        m_firstFree->setText(tr("First free: %1").arg(locale().toString(first->start.toTimeZone(m_mine).date(), tr("ddd d MMM")) + u", "_s
                                                      + freetimes::clock(first->start, m_mine)));
    showNothing();
    if (m_model->isEmpty())
        return;
    // Near the time that was meant.
    QModelIndex at = m_model->nth(1);
    if (m_around.isValid()) {
        const auto near = freetimes::snap(m_times, m_around, 12 * 60);
        if (near && m_model->indexOf(near->start).isValid())
            at = m_model->indexOf(near->start);
    }
    m_view->setCurrentIndex(at);
    m_view->clearSelection();
    m_view->scrollTo(at);
}

/// The first in the lead's day, else the first of all.
const Slot *BookingPanel::firstFree() const
{
    const auto civil = std::find_if(m_times.cbegin(), m_times.cend(), [this](const Slot &slot) { return freetimes::civil(slot.start, m_theirs); });
    return civil != m_times.cend() ? &*civil : m_times.isEmpty() ? nullptr : &m_times.first();
}

void BookingPanel::offer()
{
    const ContactId contact = m_contact.id;
    const QString text = freetimes::offerText(freetimes::offer(m_times, m_theirs), m_theirs);
    if (text.isEmpty() || contact.isEmpty())
        return;
    close();
    Q_EMIT offerRequested(contact, text);
}

void BookingPanel::showNothing()
{
    const bool nothing = m_model->isEmpty();
    m_view->setVisible(!nothing);
    m_state->setVisible(nothing);
    m_further->setVisible(nothing && !m_loadingTimes);
    m_firstFree->setVisible(!m_times.isEmpty());
    m_offer->setVisible(!m_times.isEmpty() && !m_contact.id.isEmpty() && !m_moving);
    if (!nothing)
        return;
    const auto chosen = calendar();
    if (m_loadingTimes) {
        m_state->setText(tr("Looking for free times …"));
        return;
    }
    if (!chosen) {
        m_state->setText(tr("No calendar is here yet. They come with the next sync (F5); if there is none in HighLevel, make one there."));
        m_further->hide();
        return;
    }
    const QDateTime from = m_first.startOfDay(m_mine), to = m_first.addDays(7).startOfDay(m_mine);
    switch (freetimes::whyNone(*chosen, from, to, m_clock->now())) {
    case freetimes::Why::Inactive:
        m_state->setText(tr("This calendar is switched off in HighLevel, so nothing can be booked in it. Choose another one."));
        m_further->hide();
        break;
    case freetimes::Why::Notice: m_state->setText(tr("Nothing is free this week: this calendar wants more notice.")); break;
    case freetimes::Why::Range:
        m_state->setText(tr("Nothing is free that far ahead: this calendar can be booked for the next %n day(s) only.", nullptr, chosen->rangeDays));
        m_further->hide();
        break;
    case freetimes::Why::Closed: m_state->setText(tr("Nothing is free in these seven days: taken, blocked, or outside of the calendar’s hours.")); break;
    }
}

void BookingPanel::step(int weeks)
{
    const QDate today = m_clock->now().toTimeZone(m_mine).date();
    m_first = std::max(today, m_first.addDays(7LL * weeks));
    m_around = {};
    loadTimes();
    if (m_view->isVisible())
        m_view->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::pick(const QModelIndex &index)
{
    const QVariant value = index.data(SlotsModel::SlotRole);
    if (value.isValid())
        pick(value.value<Slot>());
}

void BookingPanel::pick(const Slot &slot, bool anyway)
{
    m_picked = slot;
    m_anyway = anyway;
    if (const QModelIndex at = m_model->indexOf(slot.start); at.isValid())
        m_view->setCurrentIndex(at);
    showConfirm();
}

QString BookingPanel::title() const
{
    if (m_moving)
        return m_moving->event.title;
    const QString name = m_contact.displayName();
    return name.isEmpty() ? QString() : tr("Call with %1").arg(name);
}

QString BookingPanel::whenWords(const QDateTime &at) const
{
    return freetimes::bothClocks(at, m_mine, m_theirs, m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName);
}

QString BookingPanel::confirmationText() const
{
    if (!m_picked)
        return {};
    const QDateTime there = m_picked->start.toTimeZone(m_theirs);
    const QString when = locale().toString(there.date(), tr("dddd d MMMM")) + u' ' + freetimes::clock(m_picked->start, m_theirs);
    const QString name = m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName;
    return m_moving ? tr("Hi %1, our call is now on %2 your time. See you then!").arg(name, when)
                    : tr("Hi %1, we are set for %2 your time. See you then!").arg(name, when);
}

void BookingPanel::showConfirm()
{
    m_stolen->hide();
    m_nearest->hide();
    m_when->setText(whenWords(m_picked->start));
    if (m_name->text().trimmed().isEmpty())
        m_name->setText(title());
    const bool canText = !m_contact.phone.isEmpty() && m_contact.smsDnd() == DndStatus::Inactive;
    m_tell->setEnabled(canText);
    m_tell->setToolTip(canText ? QString() : tr("This lead has no number, or does not want to be texted."));
    if (!canText)
        m_tell->setChecked(false);
    m_text->setPlainText(confirmationText());
    m_text->setVisible(m_tell->isChecked());
    m_confirm->setEnabled(!m_contact.id.isEmpty());
    m_confirm->setToolTip(m_contact.id.isEmpty() ? tr("Choose for whom first") : QString());
    m_strip->show();
    if (m_contact.id.isEmpty())
        m_lead->setFocus(Qt::OtherFocusReason);
    else
        m_confirm->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::remember() const
{
    const_cast<BookingPanel *>(this)->m_lastCalendar.insert(m_contact.id.value, m_calendars->currentData().toString());
}

void BookingPanel::confirm()
{
    const auto chosen = calendar();
    if (!m_picked || !chosen || m_contact.id.isEmpty() || !m_record.isEmpty())
        return;
    remember();
    const QString text = m_tell->isChecked() ? m_text->toPlainText().trimmed() : QString();
    const QString when = whenWords(m_picked->start);
    m_confirm->setEnabled(false);
    QPointer<BookingPanel> self(this);
    const auto answered = [self](const Result<RecordId> &record) {
        if (!self)
            return;
        if (record) {
            self->m_record = *record;
            Q_EMIT self->booked();
            if (self->m_moving) // held for undo: the calendar shows it, the toast has the way back
                self->close();
            else
                self->m_when->setText(tr("Booking …"));
            return;
        }
        self->m_confirm->setEnabled(true);
        self->m_stolen->setText(record.error().message);
        self->m_stolen->show();
    };
    if (m_moving) {
        m_work->moveAppointment(*m_moving, *m_picked, m_anyway, when, text, answered);
        return;
    }
    BookingDraft draft;
    draft.contactId = m_contact.id;
    draft.calendarId = chosen->id;
    draft.start = m_picked->start;
    draft.end = m_picked->start.addSecs(60LL * chosen->slotMinutes);
    draft.title = m_name->text().trimmed();
    draft.userId = UserId(m_people->currentData().toString());
    draft.notify = m_notify->isChecked();
    draft.anyway = m_anyway;
    draft.zone = m_mine.id();
    m_work->book(draft, m_contact.displayName(), when, text, answered);
}

void BookingPanel::onEnded(const OutboxRecord &record)
{
    const bool mine = record.id == m_record
        || (m_record.isEmpty() && isVisible() && m_picked && record.contactId() == m_contact.id && record.state == OutboxState::Rejected);
    if (!mine)
        return;
    m_record = {};
    if (record.state != OutboxState::Rejected) {
        close();
        return;
    }
    showStolen(record);
}

void BookingPanel::showStolen(const OutboxRecord &record)
{
    m_when->setText(m_picked ? whenWords(m_picked->start) : QString());
    m_stolen->setText(record.reason);
    m_stolen->show();
    qDeleteAll(m_nearest->findChildren<QPushButton *>());
    const QJsonArray nearest = record.look.value("nearest"_L1).toArray();
    int number = 0;
    QPushButton *first = nullptr;
    for (const auto &one : nearest) {
        const auto at = [&one](int i) { return QDateTime::fromMSecsSinceEpoch(one.toArray().at(i).toInteger(), Qt::UTC); };
        const Slot slot{at(0), at(1)};
        auto *button = pushButton(locale().toString(slot.start.toTimeZone(m_mine).date(), tr("ddd d MMM")) + u", "_s + freetimes::clock(slot.start, m_mine),
                                  u"booking.nearest%1"_s.arg(++number), m_nearest);
        button->setAccessibleName(whenWords(slot.start));
        button->setToolTip(whenWords(slot.start));
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, [this, slot] { pick(slot); });
        m_nearest->layout()->addWidget(button);
        if (!first)
            first = button;
    }
    m_nearest->setVisible(first != nullptr);
    m_confirm->setEnabled(false);
    m_timesOf.clear(); // what was read is out of date
    if (const auto chosen = calendar()) {
        const QDateTime from = std::max(m_clock->now(), m_first.startOfDay(m_mine).toUTC());
        m_loading = load(this, *chosen, UserId(m_people->currentData().toString()), from, from.addDays(daysAhead));
    }
    if (first)
        first->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::findLeads(const QString &text)
{
    m_contact = {};
    m_confirm->setEnabled(false);
    m_finding = find(this, text);
}

Task<void> BookingPanel::find(BookingPanel *self, QString text)
{
    if (text.trimmed().isEmpty())
        co_return;
    auto asking = self->m_desk->find(text, 8);
    const auto hits = co_await asking;
    if (!hits)
        co_return;
    self->m_leads->clear();
    for (const ContactHit &hit : *hits) {
        auto *item = new QStandardItem(hit.phone.isEmpty() ? hit.name : hit.name + u" · "_s + hit.phone);
        item->setData(hit.id.value, Qt::UserRole);
        self->m_leads->appendRow(item);
    }
    if (self->m_lead->hasFocus())
        self->m_completer->complete();
}

Task<void> BookingPanel::take(BookingPanel *self, ContactId contact)
{
    auto asking = self->m_desk->contact(contact);
    const auto found = co_await asking;
    if (!found || !*found)
        co_return;
    self->setLead(**found);
    self->showTimes();
    if (self->m_picked)
        self->showConfirm();
    else if (self->m_view->isVisible())
        self->m_view->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    Pane::keyPressEvent(event);
}

bool BookingPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (m_view && watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
        if (plain && key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9) {
            if (const QModelIndex at = m_model->nth(key->key() - Qt::Key_0); at.isValid())
                pick(at);
            return true;
        }
        if ((key->modifiers() & Qt::ControlModifier) && (key->key() == Qt::Key_Right || key->key() == Qt::Key_Left)) {
            step(key->key() == Qt::Key_Right ? 1 : -1);
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            pick(m_view->currentIndex());
            return true;
        }
    }
    return Pane::eventFilter(watched, event);
}

} // namespace outrigger::gui
