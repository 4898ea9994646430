// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bookingpanel.h"

#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "gui/work.h"
#include "gui/zonewords.h"
#include "models/calendarmodel.h"
#include "models/desk.h"
#include "models/freetimes.h"
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

QString cityOf(const QTimeZone &zone)
{
    return QString::fromLatin1(zone.id()).section(u'/', -1).replace(u'_', u' ');
}

} // namespace

BookingPanel::BookingPanel(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_work(work), m_free(models::FreeTimes::of(engine, desk))
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
    const CalendarId usual = m_free->usual(contact.id);
    m_lead->setVisible(contact.id.isEmpty()); // else the title says for whom
    m_lead->clear();
    setLead(contact);
    fillCalendars(calendar.isEmpty() ? usual : calendar);
    if (contact.id.isEmpty())
        m_lead->setFocus(Qt::OtherFocusReason);
    else
        m_view->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::bookAt(const Contact &contact, const CalendarId &calendar, const QDateTime &at)
{
    m_wanted = at;
    bookFor(contact, at, calendar);
}

void BookingPanel::move(const EventRow &row, const Contact &contact)
{
    if (!m_built)
        build();
    m_moving = row;
    m_wanted = {};
    m_around = row.event.start;
    begin();
    m_lead->hide();
    setLead(contact);
    fillCalendars(row.event.calendar);
    m_view->setFocus(Qt::OtherFocusReason);
}

void BookingPanel::setClock(const Clock &clock)
{
    m_clock = &clock;
    m_free->setClock(clock);
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
    m_wanted = {};
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

QString BookingPanel::withWhom() const
{
    const QString name = m_moving ? m_desk->userName(m_moving->event.user) : m_people->currentText();
    if (m_moving ? name.isEmpty() : m_people->count() < 3) // of one person nobody needs to be told
        return {};
    return !m_moving && m_people->currentIndex() == 0 ? tr("With whoever is free") : tr("With %1").arg(name);
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
    m_stolen->setText(tr("This is outside of the free times. Booked anyway, it may stand on top of somebody else’s appointment."));
    m_stolen->setVisible(m_anyway);
    m_nearest->hide();
    m_when->setText(whenWords(m_picked->start));
    const auto chosen = calendar();
    QStringList facts{withWhom(), models::placeWords(m_moving ? m_moving->event.address : chosen ? chosen->place : QString())};
    facts.removeAll(QString());
    m_where->setText(facts.join(u" · "_s));
    m_where->setVisible(!facts.isEmpty());
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

void BookingPanel::confirm()
{
    const auto chosen = calendar();
    if (!m_picked || !chosen || m_contact.id.isEmpty() || !m_record.isEmpty())
        return;
    m_free->setUsual(m_contact.id, chosen->id);
    const QString text = m_tell->isChecked() ? m_text->toPlainText().trimmed() : QString();
    const UserId person(m_people->currentData().toString());
    QString when = whenWords(m_picked->start);
    if (!m_moving && !person.isEmpty() && person != m_work->me())
        when = tr("%1, with %2", "a time, a person of the team").arg(when, m_people->currentText());
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
    draft.userId = person;
    draft.notify = m_notify->isChecked();
    draft.anyway = m_anyway;
    draft.zone = m_mine.id();
    m_work->book(draft, m_contact.displayName(), when, text, answered);
}

void BookingPanel::onEnded(const OutboxRecord &record)
{
    m_free->forget(BookingDraft::fromJson(record.payload).calendarId); // a change names it in the same place
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
    QVector<Slot> nearest;
    const QJsonArray told = record.look.value("nearest"_L1).toArray();
    for (const auto &one : told) {
        const auto at = [&one](int i) { return QDateTime::fromMSecsSinceEpoch(one.toArray().at(i).toInteger(), Qt::UTC); };
        nearest.append({at(0), at(1)});
    }
    const bool any = showNearest(m_picked ? whenWords(m_picked->start) : QString(), record.reason, nearest);
    m_picked.reset();
    m_timesOf.clear(); // what was read is out of date
    if (const auto chosen = calendar()) {
        const QDateTime from = std::max(m_clock->now(), m_first.startOfDay(m_mine).toUTC());
        m_loading = load(this, *chosen, UserId(m_people->currentData().toString()), from, false);
    }
    if (any)
        m_nearest->findChild<QPushButton *>()->setFocus(Qt::OtherFocusReason);
}

/// The time that was meant cannot be had: why, and what is near it. Answers whether anything is.
bool BookingPanel::showNearest(const QString &when, const QString &reason, const QVector<Slot> &nearest)
{
    m_when->setText(when);
    m_where->hide();
    m_stolen->setText(reason);
    m_stolen->show();
    qDeleteAll(m_nearest->findChildren<QPushButton *>());
    int number = 0;
    for (const Slot &slot : nearest) {
        auto *button = pushButton(locale().toString(slot.start.toTimeZone(m_mine).date(), tr("ddd d MMM")) + u", "_s + freetimes::clock(slot.start, m_mine),
                                  u"booking.nearest%1"_s.arg(++number), m_nearest);
        button->setAccessibleName(whenWords(slot.start));
        button->setToolTip(whenWords(slot.start));
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, [this, slot] { pick(slot); });
        m_nearest->layout()->addWidget(button);
    }
    m_nearest->setVisible(number > 0);
    m_confirm->setEnabled(false);
    m_strip->show();
    return number > 0;
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
