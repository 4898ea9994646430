// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/account.h"
#include "domain/calendar.h"
#include "domain/contact.h"
#include "domain/contactchange.h"
#include "domain/conversation.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/outboxrecord.h"
#include "domain/quiethours.h"

#include <QHash>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace outrigger::store {
class Cache;
class Ledger;
}

namespace outrigger::sync {

class Courier;
class OutgoingFiles;

/// Times that tests shorten. The defaults are the product's.
struct OutboxTimes {
    std::chrono::milliseconds undo{5'000};
    std::vector<std::chrono::milliseconds> looks{std::chrono::seconds(5), std::chrono::seconds(15), std::chrono::seconds(45),
                                                 std::chrono::seconds(120)};
    std::vector<std::chrono::milliseconds> lateLooks{std::chrono::minutes(5), std::chrono::minutes(15), std::chrono::minutes(60)};
    std::chrono::milliseconds absentAfter{120'000};   ///< must exceed the server side's longest wait
    std::chrono::milliseconds betweenLooks{30'000};
    std::chrono::milliseconds gate{30'000};           ///< age of the last successful GET before a message may leave
    std::chrono::milliseconds stale{6 * 60 * 60 * 1000};
    std::chrono::milliseconds confirmWithin{10 * 60 * 1000};
    std::chrono::milliseconds bookWithin{60'000};     ///< a time that was picked longer ago is asked about
    std::chrono::milliseconds backoffBase{1'000};
    std::chrono::milliseconds backoffCap{300'000};
};

struct OutboxCounts {
    int waiting = 0;   ///< held, queued, attempting, settling
    int needsYou = 0;  ///< uncertain, rejected not yet looked at, held to ask
    QDateTime oldest;
};

/// Every change that a person makes. Durable before it shows as sent, shown through the cache's projection, delivered
/// by one lane per contact, settled by looking, never sent again by itself when the outcome is unknown.
/// All functions are called on, and answer on, the GUI thread.
class Outbox : public QObject
{
    Q_OBJECT
public:
    Outbox(store::Ledger *ledger, store::Cache *cache, OutboxTimes times = {}, const Clock &clock = Clock::system(),
           QObject *parent = nullptr);
    ~Outbox() override;

    /// Loads the unfinished records, turns Attempting into Settling and Held-for-undo into Held-to-ask, rebuilds the
    /// projection when asked. Nothing is delivered before this.
    Task<Status> start(bool rebuildProjection);
    /// Gives an account the means to deliver; records of other accounts wait for theirs. Null takes them away and ends
    /// what was under way: call it before the courier dies, and not from inside one of its calls.
    void setCourier(AccountId account, Courier *courier);
    /// The records of a removed account are not in the ledger any more: drops what memory has of them.
    void forget(AccountId account);
    /// The table by which texts are judged just before they leave; the built-in one unless set.
    void setQuietHours(QuietHours hours);
    /// How long a text is held from now on, so that it can be taken back. What is held already keeps its time.
    void setUndo(std::chrono::milliseconds time);
    /// Where the files of texts lie until these are finished; outlives the outbox. Before start().
    void setFiles(OutgoingFiles *files);
    /// The bytes of a text's files, as long as it is unfinished.
    Task<Result<QVector<OutgoingFile>>> files(RecordId id);
    /// "Work offline": nothing leaves while paused.
    void setPaused(bool paused);

    struct SubmitOptions {
        /// Hold for OutboxTimes::undo first. Tags and read marks are never held: their undo is the opposite change,
        /// which takes the place of the one that waits.
        bool undoable = true;
        QString origin = QStringLiteral("app");
        RecordId again;            ///< the record that this sends again
        /// Go with the text; stored in the profile before the record is. Needs setFiles().
        QVector<OutgoingFile> files = {};
    };
    /// Each answers when the record is durable; the bubble or overlay is in the cache by then.
    Task<Result<RecordId>> submitMessage(Account account, MessageDraft draft, SubmitOptions options);
    /// Texting somebody who is not a contact: two records, one visible item. Answers with the message's record.
    /// An unfinished creation for the same number is joined, so two texts to one new number make one contact.
    Task<Result<RecordId>> submitNewText(Account account, ContactDraft contact, MessageDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitContact(Account account, ContactDraft contact, SubmitOptions options);
    Task<Result<RecordId>> submitTags(Account account, TagChange change, SubmitOptions options);
    Task<Result<RecordId>> submitRead(Account account, ReadChange change, SubmitOptions options);
    /// Refused with reason code "assigned_elsewhere" when somebody else has assigned the lead since the person decided.
    Task<Result<RecordId>> submitAssign(Account account, AssignChange change, SubmitOptions options);
    /// Fields of a contact. What waits for the same contact is taken into it. Fields that a colleague has changed
    /// meanwhile are Rejected with reason code "changed_elsewhere" and what the server has in OutboxRecord::look
    /// ("theirs": by field); the others are sent. retry() says "mine", cancel() "theirs".
    Task<Result<RecordId>> submitContactChange(Account account, ContactChange change, SubmitOptions options);
    /// Held six times as long as a text when undoable. A contact that HighLevel does not have is just not created.
    Task<Result<RecordId>> submitContactDelete(Account account, ContactId contact, QString name, SubmitOptions options);
    /// Into or out of a workflow or campaign; never repeated after an unclear answer.
    Task<Result<RecordId>> submitEnrol(Account account, EnrolChange change, SubmitOptions options);
    /// One act for many contacts: `what` without job, part and contacts. Answers with the job's id when all its records
    /// are durable. pauseBulk() and cancelBulk() speak of the whole job.
    Task<Result<QString>> submitBulk(Account account, BulkPart what, QVector<ContactId> contacts, SubmitOptions options);
    Task<Status> pauseBulk(QString job, bool paused);
    Task<Status> cancelBulk(QString job);
    /// A deal for a contact who may be new as well. Never repeated after an unclear answer before it was looked for.
    Task<Result<RecordId>> submitDeal(Account account, DealDraft draft, SubmitOptions options);
    /// Stage, value, name, owner in one record, status in another. What waits for the same deal is taken into it; what
    /// waits to be created is created changed. Refused with reason code "changed_elsewhere" when a colleague has changed
    /// the same thing since the person saw it: retry() says "mine", cancel() "theirs". Answers with the last record.
    Task<Result<RecordId>> submitDealChange(Account account, DealChange change, SubmitOptions options);
    /// Who follows a deal: each of the two sides is an operation of its own; what waits is taken into it. Only of a deal
    /// that HighLevel has.
    Task<Result<RecordId>> submitFollow(Account account, FollowChange change, SubmitOptions options);
    /// The contact's deal in this pipeline, made or changed by HighLevel: for imports and scripts. Repeating it does no
    /// harm. `draft` needs contact and pipeline; the contact must be in HighLevel.
    Task<Result<RecordId>> submitDealUpsert(Account account, DealDraft draft, SubmitOptions options);
    /// Held for OutboxTimes::undo first, when undoable. A deal that HighLevel does not have yet is just not created.
    Task<Result<RecordId>> submitDealDelete(Account account, OpportunityId deal, QString name, SubmitOptions options);
    /// A booking is looked at again just before: Rejected with reason code "slot_taken" when somebody was faster, with
    /// the nearest free times in OutboxRecord::look ("nearest": [[start, end] in milliseconds]), "already_booked" when
    /// this lead has it. Chosen while HighLevel could not be reached it is held to ask ("to_book") and never booked by
    /// itself. After an unclear answer the lead's appointments are read; it is never repeated by itself.
    Task<Result<RecordId>> submitBooking(Account account, BookingDraft draft, SubmitOptions options);
    /// Another time (checked as a booking is), another status, or off the calendar; held for undo first. Rejected with
    /// "changed_elsewhere" when it is not as the person saw it.
    Task<Result<RecordId>> submitAppointmentChange(Account account, AppointmentChange change, SubmitOptions options);
    /// Time in which nobody can book, new or changed.
    Task<Result<RecordId>> submitBlock(Account account, BlockDraft draft, SubmitOptions options);
    /// Something to do about a lead, who may be new as well. Never made again after an unclear answer before it was
    /// looked for: what was there before is stored with the record.
    Task<Result<RecordId>> submitTask(Account account, TaskDraft draft, SubmitOptions options);
    /// Ticked, moved, other words, or away. Held for undo first, when undoable. What waits to be made is made changed, or
    /// not at all. Rejected with "changed_elsewhere" when a colleague has changed the same thing since the person saw it
    /// (theirs in OutboxRecord::look): retry() says "mine", cancel() "theirs".
    Task<Result<RecordId>> submitTaskChange(Account account, TaskChange change, SubmitOptions options);
    /// As tasks. A note whose text two people have changed is never overwritten by itself.
    Task<Result<RecordId>> submitNote(Account account, NoteDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitNoteChange(Account account, NoteChange change, SubmitOptions options);
    /// Takes back a text that HighLevel keeps for later. Overtakes everything; Rejected with reason code "too_late" when
    /// it has left already. Asked for twice, it is one record.
    Task<Result<RecordId>> submitScheduleCancel(Account account, ScheduleCancel cancel, SubmitOptions options);
    /// Changes a text that HighLevel keeps for later: takes it back and sends `draft` (at its own moment, or now when it
    /// has none) only once that is certain. Both are durable before this answers, with the record of the new text. It is
    /// Rejected with reason code "too_late" when the old one has left; cancelled while both wait, the old one stays.
    /// Pictures that draft names are those of the old text and need not be uploaded again.
    Task<Result<RecordId>> submitReplacement(Account account, ScheduleCancel cancel, MessageDraft draft, SubmitOptions options);

    /// Stops a record that has not been attempted. Error "sent" when it is too late. Cancelling a held new text also
    /// cancels the creation of its contact when nothing else waits for it.
    Task<Result<OutboxRecord>> cancel(RecordId id);
    /// Lets a held record (undo, stale, ask) go now.
    Task<Result<OutboxRecord>> release(RecordId id);
    /// Rejected: a new record with the same payload. Queued: due now. A text that HighLevel took and that failed on its
    /// way: a new one below it.
    Task<Result<OutboxRecord>> retry(RecordId id);
    enum class Resolution { Sent, Resend, Discard };
    /// Uncertain only. Sent: the person has seen it there (serverId when one candidate was picked).
    Task<Result<OutboxRecord>> resolve(RecordId id, Resolution resolution, QString serverId = {});

    Task<Result<QVector<OutboxRecord>>> list(std::optional<AccountId> account, bool finishedToo);
    Task<Result<std::optional<OutboxRecord>>> record(RecordId id);
    std::optional<OutboxRecord> active(RecordId id) const; ///< from memory, unfinished only
    OutboxCounts counts(std::optional<AccountId> account = {}) const;
    /// Every record of this account is Confirmed, Accepted, Cancelled, Rejected or Uncertain, or the time is over.
    Task<bool> waitUntilSettled(std::optional<AccountId> account, std::chrono::milliseconds timeout);

    /// Feeds call this with what they fetched, before it goes to the cache: binds messages to records in flight, so
    /// that there is one bubble.
    Task<void> observe(LocationId location, QVector<Message> messages);

Q_SIGNALS:
    void recordChanged(const outrigger::OutboxRecord &record);
    void countsChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::sync
