// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "store/cache.h"
#include "store/ledger.h"
#include "sync/courier.h"
#include "sync/outbox.h"
#include "sync/outboxjudge.h"
#include "sync/settle.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace outrigger::sync {

/// The outbox's inside. The ledger decides: memory takes over what the ledger has stored, in the order in which it
/// stored it, and every step names the state that it expects to find there. So two coroutines may try to move one
/// record (a delivery and a person's cancel); one of them wins and the other one is told "state".
/// No reference or pointer to an entry is kept across a co_await: find it again.
struct Outbox::Private {
    Private(Outbox *outbox, store::Ledger *l, store::Cache *c, OutboxTimes t, const Clock &k)
        : q(outbox), ledger(l), cache(c), times(std::move(t)), clock(k)
    {
    }

    struct Entry {
        OutboxRecord record;
        bool busy = false;        ///< a coroutine of the pump works on it
        bool letGoNow = false;    ///< held, and what it waited for has happened
        int postponed = 0;        ///< tries that ended before the attempt, for the wait
        QDateTime notBefore;      ///< not before, beside dueAt; only in this run
        QDateTime lookAt;         ///< look earlier than dueAt says; only in this run
        std::optional<std::chrono::milliseconds> closedSteady; ///< when its request ended, by the clock that does not jump
    };
    /// One account's means to deliver.
    struct Desk {
        QPointer<Courier> courier;
        int inFlight = 0;
        TaskScope flights;
    };

    /// Where a record keeps the id of a contact that belongs to another record: an id is bound to one record only.
    static constexpr QLatin1String adoptedKey{"contact"};
    /// When a person last let the record go, knowing what stood against it; milliseconds.
    static constexpr QLatin1String releasedKey{"released"};
    /// When the request ended, by the server's clock: nobody here can set that one. Milliseconds.
    static constexpr QLatin1String closedServerKey{"closedServer"};
    static QDateTime releasedAt(const OutboxRecord &record); ///< when a person let it go on; long ago when never
    /// The server's id of what the record is about, bound or adopted.
    static QString idOf(const OutboxRecord &record)
    {
        return record.serverId.isEmpty() ? record.look.value(adoptedKey).toString() : record.serverId;
    }
    /// As the screen and everybody outside is to see it.
    static OutboxRecord outward(OutboxRecord record)
    {
        record.serverId = idOf(record);
        return record;
    }

    // --- outbox.cpp ---
    Entry *find(const RecordId &id);
    const Entry *find(const RecordId &id) const { return const_cast<Private *>(this)->find(id); }
    Courier *courierOf(const OutboxRecord &record) const;
    bool mayLeave(const OutboxRecord &record) const;
    QDateTime now() const { return clock.now(); }
    QDateTime serverNow(const OutboxRecord &record) const;
    void remember(const OutboxRecord &record);
    Task<void> show(OutboxRecord record);
    /// One step of the state machine: stored, remembered, shown.
    Task<Result<OutboxRecord>> move(OutboxRecord record, OutboxState expected);
    /// The same for what must not be forgotten: goes on until the disk takes it.
    Task<Result<OutboxRecord>> insist(OutboxRecord record, OutboxState expected);
    /// Changes fields without a change of state.
    Task<Result<OutboxRecord>> amend(OutboxRecord record);
    Task<Result<std::optional<OutboxRecord>>> lookUp(RecordId id);
    Task<Status> start(bool rebuildProjection);
    Task<Status> takeOver(OutboxRecord record);
    Task<void> dropOrphans();
    Task<void> cleanUp();
    OutboxCounts counts(const std::optional<AccountId> &account) const;
    bool settled(const std::optional<AccountId> &account) const;
    void answerWaiting();
    bool hasOpenDependant(const RecordId &id) const;
    bool hasDependant(const RecordId &id) const;

    // --- outboxsubmit.cpp ---
    OutboxRecord fresh(const Account &account, OutboxKind kind, const QJsonObject &payload, const SubmitOptions &options) const;
    /// Gives a record that has not been attempted the id under which its contact is known now.
    static void readdress(OutboxRecord &record, const ContactId &contact);
    void holdForUndo(OutboxRecord &record, const SubmitOptions &options) const;
    Task<Result<OutboxRecord>> withParent(OutboxRecord record);
    Task<Result<RecordId>> add(OutboxRecord record);
    Task<Result<RecordId>> addBoth(OutboxRecord parent, OutboxRecord child);
    Task<Result<RecordId>> addInsteadOf(OutboxRecord record, RecordId old);
    Task<Result<RecordId>> submitMessage(Account account, MessageDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitNewText(Account account, ContactDraft contact, MessageDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitContact(Account account, ContactDraft contact, SubmitOptions options);
    using Merge = std::function<QJsonObject(const QJsonObject &before, const QJsonObject &now)>;
    Task<Result<RecordId>> submitNet(OutboxRecord record, Merge merge);
    Task<Result<RecordId>> submitTags(Account account, TagChange change, SubmitOptions options);
    Task<Result<RecordId>> submitRead(Account account, ReadChange change, SubmitOptions options);
    Task<Result<RecordId>> submitAssign(Account account, AssignChange change, SubmitOptions options);
    // outboxcontacts.cpp
    Task<Result<RecordId>> submitContactChange(Account account, ContactChange change, SubmitOptions options);
    /// What a second creation says beyond what the first one said, or beyond who is there, becomes changes of that contact.
    Task<Status> keepWhatIsMore(Account account, ContactDraft said, Contact there);
    Task<Status> keepForTwin(OutboxRecord creation, std::optional<Contact> twin);
    Task<Result<RecordId>> joinCreation(Account account, RecordId first, ContactDraft second);
    Task<Result<RecordId>> submitContactDelete(Account account, ContactId contact, QString name, SubmitOptions options);
    Task<Result<RecordId>> submitEnrol(Account account, EnrolChange change, SubmitOptions options);
    Task<Result<QString>> submitBulk(Account account, BulkPart what, QVector<ContactId> contacts, SubmitOptions options);
    Task<Status> pauseBulk(QString job, bool paused);
    Task<Status> cancelBulk(QString job);
    static std::optional<QJsonObject> pastTheUnclear(const OutboxRecord &record);
    bool isMoving(const OutboxRecord &record) const;
    Task<Status> holdPaused(OutboxRecord record);
    Task<Status> resumePaced(OutboxRecord record);
    Task<void> obey(RecordId id);
    // outboxtexts.cpp
    Task<Result<QString>> submitTexts(Account account, QJsonObject what, SubmitOptions options);
    static bool isPaced(const OutboxRecord &record);
    bool takesTurn(const OutboxRecord &record, const QDateTime &when); ///< and takes it
    QDateTime nextText; ///< when the next text of a text to many may go
    Task<Status> keepBulk(QVector<OutboxRecord> records);
    // outboxdeals.cpp
    Task<Result<RecordId>> submitDeal(Account account, DealDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitDealChange(Account account, DealChange change, SubmitOptions options);
    Task<Result<RecordId>> submitDealDelete(Account account, OpportunityId deal, QString name, SubmitOptions options);
    Task<Result<RecordId>> submitFollow(Account account, FollowChange change, SubmitOptions options);
    Task<Result<RecordId>> submitDealUpsert(Account account, DealDraft draft, SubmitOptions options);
    Task<Result<RecordId>> changeOne(Account account, OutboxKind kind, DealChange change, SubmitOptions options);
    /// The record that creates this deal, while that has no id.
    Task<Result<std::optional<OutboxRecord>>> dealCreation(OpportunityId local);
    /// Under what id a deal is known now.
    OpportunityId knownAs(const OpportunityId &deal) const;
    Task<Result<RecordId>> submitScheduleCancel(Account account, ScheduleCancel cancel, SubmitOptions options);
    /// A text that HighLevel keeps, to be taken back when they write.
    struct Watched {
        RecordId record;
        AccountId account;
        LocationId location;
        ContactId contact;
        MessageId message;
        QDateTime since;
        QDateTime until;
    };
    void watchReply(const OutboxRecord &record);
    Task<Result<RecordId>> submitReplacement(Account account, ScheduleCancel cancel, MessageDraft draft, SubmitOptions options);
    std::optional<RecordId> openCancel(const AccountId &account, const MessageId &message) const;
    /// What a replacement does when it may go on, now that its cancel is where it is.
    Task<Result<OutboxRecord>> letGoReplacement(OutboxRecord record, OutboxRecord cancel);
    bool isReply(const LocationId &location, const Message &message) const;
    Task<void> takeBackAnswered(LocationId location, QVector<Message> messages);
    std::vector<Watched> watched;
    std::optional<RecordId> openCreation(const Account &account, const ContactDraft &contact) const;
    std::optional<RecordId> coalescable(const OutboxRecord &record) const;

    // --- outboxcalendar.cpp ---
    Task<Result<RecordId>> submitBooking(Account account, BookingDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitAppointmentChange(Account account, AppointmentChange change, SubmitOptions options);
    Task<Result<RecordId>> submitBlock(Account account, BlockDraft draft, SubmitOptions options);
    Task<bool> bookingMayLeave(RecordId id);
    Task<QJsonArray> othersOf(RecordId id);

    // --- outboxtasks.cpp ---
    Task<Result<RecordId>> submitTask(Account account, TaskDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitTaskChange(Account account, TaskChange change, SubmitOptions options);
    Task<Result<RecordId>> submitNote(Account account, NoteDraft draft, SubmitOptions options);
    Task<Result<RecordId>> submitNoteChange(Account account, NoteChange change, SubmitOptions options);
    Task<Result<OutboxRecord>> creationOf(QString localId);
    Task<Result<RecordId>> makeOtherwise(Account account, OutboxRecord creation, std::optional<QJsonObject> draft, SubmitOptions options);

    // --- outboxfiles.cpp ---
    static bool lacksUpload(const OutboxRecord &record);
    Task<Result<MessageDraft>> withFiles(MessageDraft draft, QVector<OutgoingFile> given);
    Task<bool> uploadFiles(RecordId id);
    Task<void> tellUpload(RecordId id, MessageFile file, qint64 bytes);
    Task<void> uploadFailed(RecordId id, Error error);
    Task<Result<QVector<OutgoingFile>>> filesOf(RecordId id);
    void dropFiles(const OutboxRecord &finished);
    void dropUnnamed(QStringList keys, const RecordId &finished = {});
    void dropUnusedFiles(const QVector<OutboxRecord> &keptForLater);

    // --- outboxperson.cpp ---
    Task<Result<OutboxRecord>> stop(RecordId id);
    Task<Result<OutboxRecord>> cancel(RecordId id);
    Task<Result<OutboxRecord>> release(RecordId id);
    Task<Result<OutboxRecord>> retry(RecordId id);
    Task<Result<OutboxRecord>> resolve(RecordId id, Resolution resolution, QString serverId);
    Task<Result<OutboxRecord>> afterFailure(OutboxRecord old);
    Task<Result<OutboxRecord>> again(OutboxRecord old);
    OutboxRecord repetitionOf(const OutboxRecord &old) const;
    Task<Result<OutboxRecord>> existing(RecordId id);
    Task<Result<OutboxRecord>> againWithContact(OutboxRecord old, OutboxRecord parent);

    // --- outboxpump.cpp ---
    void wake();                 ///< runs the pump from the event loop, soon
    void pump();
    void armTimer(const QDateTime &seen);
    struct Work {
        QVector<RecordId> letGo;
        QVector<RecordId> attempts;
        QVector<RecordId> looks;
    };
    Work dueWork(const QDateTime &when);
    bool isFirst(const OutboxRecord &record) const; ///< nothing before it holds its lane
    void begin(const RecordId &id, Task<void> (Private::*job)(RecordId));
    void finished(const RecordId &id);
    void landed(const RecordId &id, const AccountId &account);
    bool wantsLetGo(const Entry &entry, const QDateTime &when) const;
    Task<void> letGoSoon(RecordId id);
    Task<Result<OutboxRecord>> letGo(RecordId id, bool byPerson);
    void setCourier(const AccountId &account, Courier *courier);
    void readyChanged(const AccountId &account);
    void lookNow(const AccountId &account);
    ContactId contactOf(const OutboxRecord &record) const;

    // --- outboxdelivery.cpp ---
    Task<void> attempt(RecordId id);
    Task<void> attemptOnce(RecordId id);
    Task<bool> gateIsOpen(RecordId id);
    Task<bool> wayIsProven(RecordId id);
    Task<void> postpone(RecordId id, Error error);
    Task<void> holdToAsk(OutboxRecord record, QString code, QString reason);
    Task<bool> guardAllows(RecordId id);
    Task<void> stopHere(OutboxRecord record, QString reason, QString code = QStringLiteral("guard"));
    Task<void> takeBack(OutboxRecord record);
    Task<void> digestDelivered(OutboxRecord record, Courier::Delivered delivered);
    Task<void> digestFailed(OutboxRecord record, Error error);
    Task<void> answeredAfterBinding(OutboxRecord bound, QString serverId);
    Task<void> recover(RecordId id);

    // --- outboxsettling.cpp ---
    Task<void> settle(RecordId id);
    Task<void> settleOnce(RecordId id);
    Task<void> digestLook(RecordId id, QDateTime at, bool counts);
    Task<void> becomeUncertain(OutboxRecord record, OutboxState from, QString code, QString reason, QStringList candidates);
    /// Server id known: Accepted, and Confirmed when it has been seen or when there is nothing to be seen.
    Task<Status> accept(OutboxRecord record, OutboxState from, QString serverId, bool isSeen);
    Task<void> bind(AccountId account, LocationId location, QVector<Message> messages);
    Task<QVector<Message>> unbound(LocationId location, QVector<Message> messages);
    QVector<OutboxRecord> bindable(const AccountId &account, const LocationId &location) const;
    Task<void> confirmSeen(LocationId location, QVector<Message> messages);
    bool concerns(const LocationId &location, const QVector<Message> &messages) const;
    Task<bool> observe(LocationId location, QVector<Message> messages);
    Task<void> confirm(RecordId id);
    bool nothingComesAnyMore(const Entry &entry) const;
    Task<void> stillSettling(OutboxRecord record, QDateTime at, bool counts);

    /// Runs work to its end even when the caller goes away, and gives him its result.
    template <class T>
    Task<T> owned(Task<T> work)
    {
        Deferred<T> done;
        scope.start(finish<T>(q, std::move(work), done.resolver()));
        co_return co_await done;
    }
    template <class T>
    static Task<void> finish(Outbox *outbox, Task<T> work, Resolver<T> resolve)
    {
        T value = co_await work;
        auto result = std::make_shared<T>(std::move(value));
        // Not from inside: whoever waits may destroy the outbox, and this coroutine with it.
        QMetaObject::invokeMethod(outbox, [resolve, result] { resolve(std::move(*result)); }, Qt::QueuedConnection);
    }

    Outbox *q;
    store::Ledger *ledger;
    store::Cache *cache;
    OutgoingFiles *files = nullptr;
    OutboxTimes times;
    const Clock &clock;

    std::map<quint64, Entry> entries;        ///< unfinished records, in the order in which they were made
    QHash<RecordId, quint64> places;
    enum class Wish { None, Pause, Stop };
    QHash<RecordId, Wish> wishes; ///< of parts of jobs that were moving when the person said so
    quint64 nextPlace = 1;
    QHash<AccountId, UserId> people;         ///< who "we" are in each account
    QHash<QString, ContactId> aliases;       ///< local contact id -> the server's, in this run
    QHash<QString, OpportunityId> dealAliases; ///< local id of a deal -> the server's, in this run
    QHash<QString, ContactId> made;          ///< account, location and number -> contact made in this run
    QuietHours hours = QuietHours::builtIn();
    bool started = false;
    bool paused = false;
    bool pumpPosted = false;
    QTimer timer;
    struct Waiting {
        std::optional<AccountId> account;
        Resolver<bool> resolve;
    };
    std::vector<Waiting> waiting;
    std::map<AccountId, Desk> desks;
    TaskScope scope; // last: dies first, while everything that its coroutines use is still there
};

} // namespace outrigger::sync
