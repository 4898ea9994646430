// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "domain/calendar.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

// Bookings, changes of appointments, and blocked time.
namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Outbox)
};

tl::unexpected<Error> usage(const QString &sentence) { return fail(ErrorKind::Usage, sentence); }

bool takesTime(const OutboxRecord &record)
{
    return record.kind == OutboxKind::BookAppointment
        || (record.kind == OutboxKind::ChangeAppointment && AppointmentChange::fromJson(record.payload).start.isValid());
}

QDateTime startOf(const OutboxRecord &record)
{
    return record.kind == OutboxKind::BookAppointment ? BookingDraft::fromJson(record.payload).start
                                                      : AppointmentChange::fromJson(record.payload).start;
}

} // namespace

Task<Result<RecordId>> Outbox::Private::submitBooking(Account account, BookingDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(Words::tr("There is no account to book this with."));
    if (draft.contactId.isEmpty() || draft.calendarId.isEmpty())
        co_return usage(Words::tr("A booking needs a lead and a calendar."));
    if (!draft.start.isValid() || !draft.end.isValid() || draft.end <= draft.start)
        co_return usage(Words::tr("A booking needs a time at which it begins and a later one at which it ends."));
    if (draft.start <= now() && !draft.anyway)
        co_return usage(Words::tr("That time is over by now. Choose a later one."));
    people.insert(account.id, account.me);
    auto placing = withParent(fresh(account, OutboxKind::BookAppointment, draft.toJson(), options));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    auto adding = add(std::move(*placed));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitAppointmentChange(Account account, AppointmentChange change, SubmitOptions options)
{
    const bool something = change.remove || change.start.isValid() || !change.status.isEmpty() || !change.title.isEmpty();
    if (account.id.isEmpty() || change.appointmentId.isEmpty() || change.appointmentId.isLocal() || !something)
        co_return usage(Words::tr("There is nothing to change."));
    if (change.start.isValid() && (!change.end.isValid() || change.end <= change.start))
        co_return usage(Words::tr("An appointment ends after it begins."));
    if (change.start.isValid() && change.start <= now() && !change.anyway)
        co_return usage(Words::tr("That time is over by now. Choose a later one."));
    people.insert(account.id, account.me);
    OutboxRecord record = fresh(account, OutboxKind::ChangeAppointment, change.toJson(), options);
    holdForUndo(record, options);
    auto adding = add(std::move(record));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitBlock(Account account, BlockDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(Words::tr("There is no account to book this with."));
    if (draft.calendarId.isEmpty() == draft.userId.isEmpty())
        co_return usage(Words::tr("Blocked time belongs to a calendar or to a person, to one of them."));
    if (!draft.start.isValid() || !draft.end.isValid() || draft.end <= draft.start)
        co_return usage(Words::tr("Blocked time needs a beginning and a later end."));
    people.insert(account.id, account.me);
    auto adding = add(fresh(account, OutboxKind::BlockTime, draft.toJson(), options));
    co_return co_await adding;
}

/// What other bookings of the same contact have made: one appointment belongs to one record.
Task<QJsonArray> Outbox::Private::othersOf(RecordId id)
{
    const Entry *entry = find(id);
    if (!entry || entry->record.kind != OutboxKind::BookAppointment)
        co_return QJsonArray();
    const OutboxRecord own = entry->record;
    auto listing = ledger->list({own.account, true}); // the latest thousand; what is older says so by its date
    const auto records = co_await listing;
    QJsonArray ids;
    for (const OutboxRecord &record : records ? *records : QVector<OutboxRecord>()) {
        if (record.kind == OutboxKind::BookAppointment && record.id != own.id && contactOf(record) == contactOf(own) && !record.serverId.isEmpty())
            ids.append(record.serverId);
    }
    co_return ids;
}

namespace {

constexpr qint64 enrolWithin = 60 * 60 * 1000; ///< ms; what was meant for this morning is not begun tonight unasked

bool beginsAutomation(const OutboxRecord &record)
{
    if (record.kind == OutboxKind::ContactEnrol)
        return !EnrolChange::fromJson(record.payload).leave;
    return record.kind == OutboxKind::ContactBulk && record.look.isEmpty() && !BulkPart::fromJson(record.payload).mayRepeat();
}

} // namespace

/// A time that was picked a while ago was picked unseen: it is looked at again and asked about, never booked by itself.
Task<bool> Outbox::Private::bookingMayLeave(RecordId id)
{
    const OutboxRecord record = find(id)->record;
    if (beginsAutomation(record) && std::max(record.createdAt, releasedAt(record)).addMSecs(enrolWithin) < now()) {
        auto holding = holdToAsk(record, u"stale"_s, Words::tr("This automation was to begin more than an hour ago. Begin it now, or drop it."));
        co_await holding;
        co_return false;
    }
    if (!takesTime(record))
        co_return true;
    if (startOf(record) <= now() && releasedAt(record) < startOf(record)) {
        auto holding = holdToAsk(record, u"moment_passed"_s,
                                 Words::tr("The time that you chose passed before HighLevel could be reached. Nothing has been booked: choose another time."));
        co_await holding;
        co_return false;
    }
    const QDateTime decided = std::max(record.createdAt, releasedAt(record));
    if (decided.addMSecs(times.bookWithin.count()) < now()) {
        auto holding = holdToAsk(record, u"to_book"_s,
                                 Words::tr("This waits to be booked: HighLevel could not be reached when you chose the time, and it may have gone to somebody else. Book it now, and it is checked first."));
        co_await holding;
        co_return false;
    }
    auto proving = courierOf(record)->preflight(times.gate);
    const auto proven = co_await proving;
    const Entry *entry = find(id);
    if (!entry || entry->record.state != OutboxState::Queued)
        co_return false;
    if (!proven) {
        auto postponing = postpone(id, proven.error());
        co_await postponing;
        co_return false;
    }
    co_return true;
}

} // namespace outrigger::sync
