// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadtimes.h"

#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "gui/striplayout.h"
#include "gui/style.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/freetimes.h"
#include "models/offers.h"

#include <QPainter>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int looksBack = 12; ///< messages
constexpr qint64 freshFor = 60; ///< seconds
} // namespace

ThreadTimes::ThreadTimes(sync::Engine *engine, models::Desk *desk, Work *work, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_free(models::FreeTimes::of(engine, desk))
{
    setObjectName(u"thread.times"_s);
    m_text = new Label(TextRole::Body, Ink::Text, this);
    m_text->setObjectName(u"thread.times.text"_s);
    m_text->setWordWrap(true);
    auto *row = new StripLayout(m_text, this);
    setInsets(row, 12, 6, 8, 6, 8);
    row->addWidget(m_text);
    hide();
    connect(desk, &models::Desk::conversationsChanged, this, &ThreadTimes::look);
    connect(desk, &models::Desk::referenceChanged, this, &ThreadTimes::look); // the calendars come with the first sync
    connect(m_free, &models::FreeTimes::changed, this, [this] {
        if (m_reading.done()) // else it is our own asking
            look();
    });
    connect(work, &Work::bookingEnded, this, [this](const OutboxRecord &record) {
        if (record.kind != OutboxKind::BookAppointment || record.state != OutboxState::Confirmed)
            return;
        m_free->offers()->forget(record.contactId());
        if (record.contactId() == m_contact.id)
            clear();
    });
    connect(Style::instance(), &Style::changed, this, [this] { update(); });
}

void ThreadTimes::setContact(const Contact &contact)
{
    if (contact.id != m_contact.id)
        clear();
    m_contact = contact;
    m_theirs = leadZone(contact, m_desk->timezone()).zone;
    if (contact.id.isEmpty()) {
        m_reading = {};
        return;
    }
    m_free->readAhead(m_free->usual(contact.id));
    look();
}

void ThreadTimes::look()
{
    if (m_contact.id.isEmpty())
        return;
    // A look that runs may be where this comes from: it is let go from outside of its frame.
    QMetaObject::invokeMethod(this, [this] { m_reading = read(this); }, Qt::QueuedConnection);
}

Task<void> ThreadTimes::read(ThreadTimes *self)
{
    const ContactId contact = self->m_contact.id;
    if (contact.isEmpty())
        co_return;
    auto loading = self->m_free->offers()->load();
    co_await loading;
    auto asking = self->m_desk->latestOf(contact, looksBack);
    const auto rows = co_await asking;
    if (!rows || contact != self->m_contact.id)
        co_return;
    const auto words = std::find_if(rows->cbegin(), rows->cend(), [](const MessageRow &row) { return !row.message.body.trimmed().isEmpty(); });
    const auto theirs = std::find_if(words, rows->cend(), [](const MessageRow &row) {
        return row.message.direction == Direction::Inbound && !row.message.body.trimmed().isEmpty();
    });
    if (theirs == rows->cend()) {
        self->clear();
        co_return;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto offer = self->m_free->offers()->of(contact);
    for (auto row = theirs; offer && row != rows->cend(); ++row) { // a "thanks" below the answer takes nothing back
        const Message &said = row->message;
        if (said.dateAdded <= offer->at || said.id.value == offer->passedOver)
            break;
        const auto which = said.direction == Direction::Inbound ? offers::meant(said.body, *offer, now) : std::nullopt;
        if (!which || offer->times.at(*which).start <= now)
            continue;
        const Answer answer{*offer, offer->times.at(*which), said.id.value};
        auto checking = stillFree(self, answer);
        const Free free = co_await checking;
        if (contact == self->m_contact.id)
            self->showAnswer(answer, free);
        co_return;
    }
    const Message message = theirs->message;
    const bool last = words == theirs;
    if (last && offers::asksForTime(message.body) && !self->m_closed.contains(message.id.value))
        self->showNext(message.id.value);
    else
        self->clear();
}

Task<ThreadTimes::Free> ThreadTimes::stillFree(ThreadTimes *self, Answer answer)
{
    const auto calendar = self->m_desk->calendar(answer.offer.calendar);
    if (!calendar || !calendar->active)
        co_return Free::No;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto *known = self->m_free->known(calendar->id);
    if (known && self->m_checked == answer.message && known->readAt.secsTo(now) < freshFor && known->to > answer.slot.start)
        co_return freetimes::holds(known->times, answer.slot.start) ? Free::Yes : Free::No;
    const QDateTime to = std::max(now.addDays(models::FreeTimes::daysAhead), answer.slot.end.addDays(1));
    auto asking = self->m_free->read(*calendar, {}, now, to);
    const auto times = co_await asking;
    if (!times)
        co_return Free::Unknown;
    self->m_checked = answer.message;
    co_return freetimes::holds(*times, answer.slot.start) ? Free::Yes : Free::No;
}

QString ThreadTimes::whenWords(const QDateTime &at) const
{
    return freetimes::bothClocks(at, QTimeZone::systemTimeZone(), m_theirs, m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName);
}

void ThreadTimes::showAnswer(const Answer &answer, Free free)
{
    const QString state = answer.message + u'/' + QString::number(answer.slot.start.toMSecsSinceEpoch()) + u'/' + QString::number(int(free));
    if (state == m_shown)
        return;
    clear();
    m_shown = state;
    const QString when = whenWords(answer.slot.start);
    switch (free) {
    case Free::Yes: say(tr("They seem to mean %1. It is still free.").arg(when)); break;
    case Free::No: say(tr("They seem to mean %1. It is taken by now.").arg(when)); break;
    case Free::Unknown: say(tr("They seem to mean %1. Whether it is still free cannot be asked now.").arg(when)); break;
    }
    if (free == Free::No) {
        addOffer(answer.offer.calendar);
    } else {
        auto *book = add(tr("Book it"), u"book"_s, tr("Book %1").arg(when));
        connect(book, &QPushButton::clicked, this, [this, answer] { Q_EMIT m_free->chosen(m_contact.id, answer.offer.calendar, answer.slot.start); });
    }
    auto *leave = add(tr("Not this"), u"leave"_s, tr("They mean something else"));
    connect(leave, &QPushButton::clicked, this, [this, answer] {
        m_free->offers()->passOver(m_contact.id, answer.message);
        clear();
    });
    show();
}

void ThreadTimes::showNext(const QString &message)
{
    const CalendarId calendar = m_free->usual(m_contact.id);
    const auto *known = m_free->known(calendar);
    if (!known)
        m_free->readAhead(calendar); // the calendars may have come since the thread was opened
    QVector<Slot> ahead = known ? known->times : QVector<Slot>();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ahead.erase(std::remove_if(ahead.begin(), ahead.end(), [&now](const Slot &slot) { return slot.start <= now; }), ahead.end());
    const QVector<Slot> next = freetimes::offer(ahead, m_theirs);
    QString state = message;
    for (const Slot &slot : next)
        state += u'/' + QString::number(slot.start.toMSecsSinceEpoch());
    if (state == m_shown)
        return;
    clear();
    if (next.isEmpty())
        return;
    m_shown = state;
    say(tr("They ask for a time. Next free:"));
    int number = 0;
    for (const Slot &slot : next) {
        const QDateTime here = slot.start.toLocalTime();
        auto *chip = add(locale().toString(here.date(), tr("ddd d MMM")) + u", "_s + freetimes::clock(slot.start, QTimeZone::systemTimeZone()),
                         QString::number(++number), whenWords(slot.start));
        connect(chip, &QPushButton::clicked, this, [this, calendar, at = slot.start] { Q_EMIT m_free->chosen(m_contact.id, calendar, at); });
    }
    addOffer(calendar);
    auto *close = iconButton(u"close"_s, u"thread.times.close"_s, tr("Not now"), this);
    layout()->addWidget(close);
    m_buttons.append(close);
    connect(close, &QToolButton::clicked, this, [this, message] {
        m_closed.insert(message);
        clear();
    });
    show();
}

/// Three others, into the text to this lead.
void ThreadTimes::addOffer(const CalendarId &calendar)
{
    const auto *known = m_free->known(calendar);
    if (!known)
        return;
    const QVector<Slot> offered = freetimes::offer(known->times, m_theirs);
    const QString text = freetimes::offerText(offered, m_theirs);
    if (text.isEmpty())
        return;
    auto *button = add(tr("Offer three"), u"offer"_s, tr("Writes three free times, spread over two days, into the text to this lead. You send it."));
    connect(button, &QPushButton::clicked, this, [this, calendar, offered, text] {
        m_free->offers()->remember(m_contact.id, {calendar, offered, m_theirs.id(), QDateTime::currentDateTimeUtc(), {}});
        clear();
        Q_EMIT offerRequested(text);
    });
}

QPushButton *ThreadTimes::add(const QString &text, const QString &name, const QString &spoken)
{
    auto *button = pushButton(text, u"thread.times."_s + name, this);
    button->setAccessibleName(spoken);
    button->setToolTip(spoken);
    button->setAutoDefault(true);
    layout()->addWidget(button);
    m_buttons.append(button);
    return button;
}

void ThreadTimes::say(const QString &sentence)
{
    m_text->setText(sentence);
    Q_EMIT announced(sentence);
}

void ThreadTimes::clear()
{
    m_shown.clear();
    for (QWidget *button : std::as_const(m_buttons)) {
        button->hide();
        button->deleteLater(); // it may be the one that was pressed
    }
    m_buttons.clear();
    hide();
}

void ThreadTimes::paintEvent(QPaintEvent *)
{
    const Colours &c = colours();
    QPainter painter(this);
    painter.fillRect(rect(), c.tints ? mixed(c.surface, c.accent, 0.10) : c.surface);
    painter.fillRect(layoutDirection() == Qt::RightToLeft ? width() - px(3) : 0, 0, px(3), height(), c.accent);
}

} // namespace outrigger::gui
