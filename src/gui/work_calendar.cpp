// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "domain/blockchange.h"
#include "models/calendarmodel.h"
#include "models/desk.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// Appointments: booked, moved, marked, cancelled, and time that is blocked.
namespace outrigger::gui {

namespace {

AppointmentChange changeOf(const EventRow &row)
{
    AppointmentChange change;
    change.contactId = row.event.contact;
    change.appointmentId = row.event.id;
    change.calendarId = row.event.calendar;
    return change;
}

/// Time that was not blocked before: what takes it away again.
std::optional<EventRow> newBlock(const OutboxRecord &record)
{
    const BlockDraft draft = BlockDraft::fromJson(record.payload);
    if (record.kind != OutboxKind::BlockTime || !draft.eventId.isEmpty() || record.serverId.isEmpty())
        return std::nullopt;
    EventRow row;
    row.event.id = AppointmentId(record.serverId);
    row.event.block = true;
    row.event.calendar = draft.calendarId;
    row.event.user = draft.userId;
    row.event.title = draft.title;
    row.event.start = draft.start;
    row.event.end = draft.end;
    return row;
}

} // namespace

void Work::book(const BookingDraft &draft, const QString &name, const QString &when, const QString &text, Sent answer)
{
    m_tasks.start(doBook(this, draft, name, when, text, std::move(answer)));
}

Task<void> Work::doBook(Work *self, BookingDraft draft, QString name, QString when, QString text, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitBooking(*account, draft, {});
    const auto submitted = co_await submitting;
    if (submitted) {
        self->m_bookings.insert(*submitted, {draft.contactId, name, tr("Booked: %1, %2", "a lead, a time").arg(name, when), text});
        // It may have been through before we got here.
        auto asking = self->m_engine->outbox().record(*submitted);
        const auto record = co_await asking;
        answer(submitted);
        if (record && *record && ((*record)->state == OutboxState::Confirmed || (*record)->state == OutboxState::Rejected))
            self->onAppointment(**record);
        co_return;
    }
    answer(submitted);
}

void Work::moveAppointment(const EventRow &row, const Slot &to, bool anyway, const QString &when, const QString &text, Sent answer)
{
    AppointmentChange change = changeOf(row);
    change.start = to.start;
    change.end = to.end;
    change.fromStart = row.event.start;
    change.fromEnd = row.event.end;
    change.anyway = anyway;
    m_tasks.start(doAppointment(this, change, tr("Moved: %1, %2", "a lead, a time").arg(row.contactName, when), row.contactName, text, std::move(answer)));
}

void Work::markAppointment(const EventRow &row, AppointmentStatus status)
{
    if (row.event.block || row.event.id.isEmpty() || row.event.status == status)
        return;
    AppointmentChange change = changeOf(row);
    change.status = appointmentStatusWord(status);
    change.fromStatus = appointmentStatusWord(row.event.status);
    QString words;
    switch (status) {
    case AppointmentStatus::Showed: words = tr("%1 came").arg(row.contactName); break;
    case AppointmentStatus::NoShow: words = tr("%1 did not come").arg(row.contactName); break;
    default: words = tr("Changed: %1").arg(row.event.title); break;
    }
    m_tasks.start(doAppointment(this, change, words, row.contactName, {}, {}));
}

void Work::cancelAppointment(const EventRow &row, const QString &reason)
{
    if (row.event.id.isEmpty())
        return;
    AppointmentChange change = changeOf(row);
    change.status = appointmentStatusWord(AppointmentStatus::Cancelled);
    change.fromStatus = appointmentStatusWord(row.event.status);
    change.reason = reason;
    m_tasks.start(doAppointment(this, change, tr("Cancelled: %1").arg(row.event.title), row.contactName, {}, {}));
}

void Work::removeAppointment(const EventRow &row)
{
    if (row.event.id.isEmpty())
        return;
    AppointmentChange change = changeOf(row);
    change.remove = true;
    m_tasks.start(doAppointment(this, change, tr("Removed from the calendar: %1").arg(row.event.title), row.contactName, {}, {}));
}

/// Held for undo first: said at once, with the way back.
Task<void> Work::doAppointment(Work *self, AppointmentChange change, QString words, QString name, QString text, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitAppointmentChange(*account, change, {});
    const auto submitted = co_await submitting;
    if (answer)
        answer(submitted);
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    const RecordId id = *submitted;
    self->m_bookings.insert(id, {change.contactId, name, QString(), text});
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, id] { self->m_tasks.start(doTakeBack(self, id)); };
    entry.key = id.value;
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::blockTime(const BlockDraft &draft, const QString &when, Sent answer)
{
    m_tasks.start(doBlock(this, draft, when, std::move(answer)));
}

Task<void> Work::doBlock(Work *self, BlockDraft draft, QString when, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    std::optional<BlockDraft> before;
    if (!draft.eventId.isEmpty()) {
        auto reading = self->m_engine->cache().event(account->location, draft.eventId);
        const auto row = co_await reading;
        if (row && *row)
            before = blockOf(**row);
    }
    auto submitting = self->m_engine->outbox().submitBlock(*account, draft, {});
    const auto submitted = co_await submitting;
    if (answer)
        answer(submitted);
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    self->m_bookings.insert(*submitted, {{}, draft.title, before ? QString() : tr("Blocked: %1", "a time").arg(when), {}});
    if (!before)
        co_return;
    const QString words = tr("Blocked time changed: %1", "a time").arg(when);
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, old = *before] { self->blockTime(old, models::spanWords(old.start, old.end, self->m_desk->timezone()), {}); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::onAppointment(const OutboxRecord &record)
{
    const bool ended = record.state == OutboxState::Confirmed || record.state == OutboxState::Rejected || record.state == OutboxState::Cancelled;
    if (record.state != OutboxState::Held)
        m_undo.withdraw(record.id.value);
    if (record.state == OutboxState::Uncertain)
        say(record.reason);
    // Picked while HighLevel was away: asked now that it is back, and looked at once more before it is booked.
    if (record.state == OutboxState::Held && record.hold == HoldReason::Ask)
        say(record.reason, tr("Book it now"), [this, id = record.id] { release(id); });
    if (!ended || !m_bookings.contains(record.id))
        return;
    const Booking booking = m_bookings.take(record.id);
    Q_EMIT bookingEnded(record);
    if (record.state == OutboxState::Rejected) {
        say(record.reason);
        return;
    }
    if (record.state != OutboxState::Confirmed)
        return;
    if (const auto made = newBlock(record)) {
        UndoList::Entry entry;
        entry.what = booking.words;
        entry.undo = [this, row = *made] { removeAppointment(row); };
        m_undo.add(entry);
        say(booking.words, tr("Undo"), [this] { m_undo.undo(); });
    } else if (!booking.words.isEmpty()) {
        say(booking.words);
    }
    if (booking.text.trimmed().isEmpty())
        return;
    MessageDraft draft;
    draft.contactId = booking.contact;
    draft.body = booking.text;
    sendText(draft, booking.name, int(booking.text.size()), [](const Result<RecordId> &) {});
}

} // namespace outrigger::gui
