// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/ops.h"
#include "domain/slots.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

// Appointments and blocked time: whether a slot is free still, the one request that changes something, and what has
// become of it.
namespace outrigger::sync {

namespace {

constexpr qint64 aroundSlot = 27 * 3600; ///< a time without an offset may be this far from the instant it means
constexpr int before = 3 * 86'400;       ///< seconds around a slot that is gone in which the nearest are looked for
constexpr int after = 5 * 86'400;
constexpr int createdSlackSeconds = 10; ///< the server's time is known to a second, and was asked for just before

tl::unexpected<Error> refused(const QString &code)
{
    Error error;
    error.kind = ErrorKind::Invalid;
    error.code = code;
    error.sent = Sent::No;
    return fail(std::move(error));
}

tl::unexpected<Error> slotTaken(const QVector<Slot> &times, const QDateTime &wanted)
{
    Error error;
    error.kind = ErrorKind::Invalid;
    error.code = u"slot_taken"_s;
    error.sent = Sent::No;
    QJsonArray nearest;
    for (const Slot &slot : freetimes::nearest(times, wanted))
        nearest.append(QJsonArray{slot.start.toMSecsSinceEpoch(), slot.end.toMSecsSinceEpoch()});
    error.detail.insert("nearest"_L1, nearest);
    return fail(std::move(error));
}

bool isRefusal(const Error &error) { return error.jsonError && (error.http == 400 || error.http == 409 || error.http == 422); }

} // namespace

Task<Result<Courier::Delivered>> ApiCourier::deliverCalendar(OutboxRecord record)
{
    auto job = record.kind == OutboxKind::BookAppointment ? bookAppointment(record)
        : record.kind == OutboxKind::ChangeAppointment    ? changeAppointment(record)
                                                          : blockTime(record);
    co_return co_await job;
}

Task<Result<Courier::Look>> ApiCourier::lookInCalendar(OutboxRecord record)
{
    auto job = record.kind == OutboxKind::BookAppointment ? lookForBooking(record)
        : record.kind == OutboxKind::ChangeAppointment    ? lookForChange(record)
                                                          : lookForBlock(record);
    co_return co_await job;
}

/// One request, whether a slot is free and which ones are near it.
Task<Result<QVector<Slot>>> ApiCourier::freeAround(CalendarId calendar, QDateTime start, QDateTime end, UserId user)
{
    api::GetFreeSlots operation;
    operation.id = calendar;
    operation.startDate = std::max(start.addSecs(-before), std::min(serverNow(), start)).toMSecsSinceEpoch();
    operation.endDate = start.addSecs(after).toMSecsSinceEpoch();
    operation.timezone = u"UTC"_s;
    operation.user = user;
    auto call = m_client->send(operation, api::Priority::Outbox);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    co_return freetimes::read(answer->answer, static_cast<int>(start.secsTo(end) / 60), QTimeZone::utc()).times;
}

/// The contact's appointments in this calendar at this instant. The contact's list has no offsets: what may be one is
/// read by its id. One that was made before anything of this record left, or by another record, is not its doing.
Task<Result<ApiCourier::Booked>> ApiCourier::bookedAt(OutboxRecord record, bool nothingLeft)
{
    const BookingDraft draft = BookingDraft::fromJson(record.payload);
    const QDateTime start = draft.start;
    const CalendarId calendar = draft.calendarId;
    const QDateTime since = firstTry(record).addSecs(-createdSlackSeconds);
    Booked booked;
    api::ListContactAppointments listing;
    listing.contact = draft.contactId;
    auto ask = m_client->send(listing, api::Priority::Outbox);
    const auto list = co_await ask;
    if (!list)
        co_return fail(list.error());
    for (const Appointment &rough : list->appointments) {
        const bool far = rough.start.isValid() && std::llabs(rough.start.secsTo(start)) > aroundSlot;
        if (isOff(rough.status) || far || (!rough.calendar.isEmpty() && rough.calendar != calendar))
            continue;
        api::GetAppointment reading;
        reading.id = rough.id;
        auto read = m_client->send(reading, api::Priority::Outbox);
        const auto exact = co_await read;
        if (!exact && exact.error().kind == ErrorKind::NotFound)
            continue;
        if (!exact)
            co_return fail(exact.error());
        if (exact->start != start || exact->calendar != calendar || isOff(exact->status))
            continue;
        const bool older = exact->dateAdded.isValid() && since.isValid() && exact->dateAdded < since;
        const bool others = record.look.value(othersKey).toArray().contains(exact->id.value);
        (nothingLeft || older || others ? booked.before : booked.ours) = *exact;
    }
    co_return booked;
}

Task<Result<Courier::Delivered>> ApiCourier::bookAppointment(OutboxRecord record)
{
    const BookingDraft draft = BookingDraft::fromJson(record.payload);
    const bool mayBeThere = record.attempts > 1 || !record.again.isEmpty();
    Delivered found;
    auto looking = bookedAt(record, !mayBeThere);
    const auto there = co_await looking;
    if (!there && mayBeThere) // before anything has left it is a courtesy: the free times and the server judge as well
        co_return fail(beforeAnythingLeft(there.error()));
    if (there && there->ours) {
        found.serverId = there->ours->id.value;
        co_return found;
    }
    if (there && there->before && !draft.anyway)
        co_return refused(u"already_booked"_s);
    if (!draft.anyway) {
        auto asking = freeAround(draft.calendarId, draft.start, draft.end, draft.userId);
        const auto times = co_await asking;
        if (!times)
            co_return fail(beforeAnythingLeft(times.error()));
        if (!freetimes::holds(*times, draft.start))
            co_return slotTaken(*times, draft.start);
    }
    api::CreateAppointment operation;
    operation.calendar = draft.calendarId;
    operation.location = m_account.location;
    operation.contact = draft.contactId;
    operation.startTime = draft.start;
    operation.endTime = draft.end;
    operation.title = draft.title;
    operation.status = draft.status.isEmpty() ? u"confirmed"_s : draft.status;
    operation.user = draft.userId;
    operation.address = draft.address;
    operation.description = draft.notes;
    operation.toNotify = draft.notify;
    if (draft.anyway) {
        operation.ignoreDateRange = true;
        operation.ignoreFreeSlotValidation = true;
    }
    auto call = m_client->send(operation, api::Priority::Click);
    const auto answer = co_await call;
    if (!answer && isRefusal(answer.error()) && !draft.anyway) {
        // Between our look and the booking somebody else may have taken it.
        auto asking = freeAround(draft.calendarId, draft.start, draft.end, draft.userId);
        const auto times = co_await asking;
        if (times && !freetimes::holds(*times, draft.start)) {
            auto lookingAgain = bookedAt(record, false);
            const auto now = co_await lookingAgain;
            if (now && now->ours) {
                found.serverId = now->ours->id.value;
                co_return found;
            }
            co_return slotTaken(*times, draft.start);
        }
    }
    if (!answer)
        co_return fail(answer.error());
    Delivered delivered;
    delivered.serverId = answer->appointment.id.value;
    co_return delivered;
}

Task<Result<Courier::Delivered>> ApiCourier::changeAppointment(OutboxRecord record)
{
    const AppointmentChange change = AppointmentChange::fromJson(record.payload);
    if (change.remove) {
        api::DeleteEvent operation;
        operation.id = change.appointmentId;
        auto call = m_client->send(operation, api::Priority::Click);
        const auto answer = co_await call;
        if (!answer && !(answer.error().http == 404 && answer.error().jsonError))
            co_return fail(answer.error());
        co_return Delivered{};
    }
    api::GetAppointment reading;
    reading.id = change.appointmentId;
    auto ask = m_client->send(reading, api::Priority::Outbox);
    const auto current = co_await ask;
    if (!current)
        co_return fail(beforeAnythingLeft(current.error()));
    const auto wanted = appointmentStatusFromWord(change.status);
    const bool timeThere = !change.start.isValid() || (current->start == change.start && current->end == change.end);
    const bool statusThere = change.status.isEmpty() || current->status == wanted;
    if (timeThere && statusThere && change.title.isEmpty())
        co_return Delivered{};
    // A colleague, or the lead, has moved it meanwhile. Who tries again has seen that and means it.
    const bool moved = change.start.isValid() && change.fromStart.isValid() && current->start != change.fromStart && !timeThere;
    const bool changed = !change.status.isEmpty() && !change.fromStatus.isEmpty() && !statusThere
        && current->status != appointmentStatusFromWord(change.fromStatus);
    if ((moved || changed) && record.again.isEmpty() && record.attempts <= 1)
        co_return refused(u"changed_elsewhere"_s);
    const bool moves = change.start.isValid() && !timeThere;
    const CalendarId calendar = change.calendarId.isEmpty() ? current->calendar : change.calendarId;
    if (moves && !change.anyway) {
        auto asking = freeAround(calendar, change.start, change.end, {});
        const auto times = co_await asking;
        if (!times)
            co_return fail(beforeAnythingLeft(times.error()));
        if (!freetimes::holds(*times, change.start))
            co_return slotTaken(*times, change.start);
    }
    api::UpdateAppointment operation;
    operation.id = change.appointmentId;
    operation.title = change.title;
    operation.status = change.status;
    if (moves) {
        operation.calendar = calendar;
        operation.startTime = change.start;
        operation.endTime = change.end;
        operation.toNotify = change.notify;
        if (change.anyway) {
            operation.ignoreDateRange = true;
            operation.ignoreFreeSlotValidation = true;
        }
    } else if (!change.status.isEmpty()) {
        operation.toNotify = change.notify;
    }
    auto call = m_client->send(operation, api::Priority::Click);
    const auto answer = co_await call;
    if (!answer && isRefusal(answer.error()) && moves) {
        // Refused, and moved all the same: then the time is not free because of us.
        auto lookingAgain = m_client->send(reading, api::Priority::Outbox);
        const auto now = co_await lookingAgain;
        if (now && now->start == change.start && now->end == change.end && (change.status.isEmpty() || now->status == wanted))
            co_return Delivered{};
    }
    if (!answer && isRefusal(answer.error()) && moves && !change.anyway) {
        auto asking = freeAround(calendar, change.start, change.end, {});
        const auto times = co_await asking;
        if (times && !freetimes::holds(*times, change.start))
            co_return slotTaken(*times, change.start);
    }
    if (!answer)
        co_return fail(answer.error());
    co_return Delivered{};
}

Task<Result<Courier::Delivered>> ApiCourier::blockTime(OutboxRecord record)
{
    const BlockDraft draft = BlockDraft::fromJson(record.payload);
    Delivered delivered;
    if (!draft.eventId.isEmpty()) {
        api::UpdateBlockSlot operation;
        operation.id = draft.eventId;
        operation.location = m_account.location;
        operation.calendar = draft.calendarId;
        operation.user = draft.userId;
        operation.startTime = draft.start;
        operation.endTime = draft.end;
        operation.title = draft.title;
        auto call = m_client->send(operation, api::Priority::Click);
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        co_return delivered;
    }
    api::CreateBlockSlot operation;
    operation.location = m_account.location;
    operation.calendar = draft.calendarId;
    operation.user = draft.userId;
    operation.startTime = draft.start;
    operation.endTime = draft.end;
    operation.title = draft.title;
    auto call = m_client->send(operation, api::Priority::Click);
    const auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    delivered.serverId = answer->appointment.id.value;
    co_return delivered;
}

// --- look -------------------------------------------------------------------------------------------------------------

Task<Result<Courier::Look>> ApiCourier::lookForBooking(OutboxRecord record)
{
    auto looking = bookedAt(record, false);
    const auto there = co_await looking;
    if (!there)
        co_return fail(there.error());
    Look look;
    look.counts = true;
    look.alreadyThere = there->ours.has_value();
    if (there->ours)
        look.serverId = there->ours->id.value;
    co_return look;
}

Task<Result<Courier::Look>> ApiCourier::lookForChange(OutboxRecord record)
{
    const AppointmentChange change = AppointmentChange::fromJson(record.payload);
    api::GetAppointment operation;
    operation.id = change.appointmentId;
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto current = co_await call;
    Look look;
    look.counts = true;
    if (!current && current.error().kind == ErrorKind::NotFound) {
        look.alreadyThere = change.remove;
        co_return look;
    }
    if (!current)
        co_return fail(current.error());
    const bool timeThere = !change.start.isValid() || (current->start == change.start && current->end == change.end);
    const bool statusThere = change.status.isEmpty() || current->status == appointmentStatusFromWord(change.status);
    look.alreadyThere = !change.remove && timeThere && statusThere && (change.title.isEmpty() || current->title == change.title);
    co_return look;
}

Task<Result<Courier::Look>> ApiCourier::lookForBlock(OutboxRecord record)
{
    const BlockDraft draft = BlockDraft::fromJson(record.payload);
    api::ListBlockedSlots operation;
    operation.location = m_account.location;
    operation.calendar = draft.calendarId;
    operation.user = draft.userId;
    operation.startTime = draft.start.toMSecsSinceEpoch();
    operation.endTime = draft.end.toMSecsSinceEpoch();
    auto call = m_client->send(operation, api::Priority::Reconcile);
    const auto list = co_await call;
    if (!list)
        co_return fail(list.error());
    Look look;
    look.counts = list->skipped == 0;
    look.alreadyThere = false;
    for (const Appointment &block : list->events) {
        const bool same = block.start == draft.start && block.end == draft.end && block.title == draft.title;
        if (!same || (!draft.eventId.isEmpty() && block.id != draft.eventId))
            continue;
        look.alreadyThere = true;
        if (draft.eventId.isEmpty())
            look.serverId = block.id.value;
    }
    co_return look;
}

} // namespace outrigger::sync
