// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/ulid.h"
#include "domain/bulktext.h"
#include "domain/contactimport.h"

#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

// What a person does to contacts, as durable records: fields, their end, automations, and jobs over many of them.
namespace outrigger::sync {

namespace {

tl::unexpected<Error> usage(const char *sentence)
{
    return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", sentence));
}

constexpr int deleteHoldsTimes = 6; ///< 30 s with the product's times

} // namespace

Task<Result<RecordId>> Outbox::Private::submitContactChange(Account account, ContactChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.contactId.isEmpty() || change.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    for (auto it = change.to.constBegin(); it != change.to.constEnd(); ++it) {
        if (!contactfields::isKnown(it.key()))
            co_return usage(QT_TRANSLATE_NOOP("Outbox", "HighLevel does not let a program change this field."));
    }
    people.insert(account.id, account.me);
    auto submitting = submitNet(fresh(account, OutboxKind::ContactUpdate, change.toJson(), options), [](const QJsonObject &before, const QJsonObject &now) {
        return ContactChange::fromJson(now).after(ContactChange::fromJson(before)).toJson();
    });
    co_return co_await submitting;
}

Task<Status> Outbox::Private::keepWhatIsMore(Account account, ContactDraft said, Contact there)
{
    SubmitOptions options;
    options.undoable = false;
    const ContactChange change = ContactChange::ofMore(outrigger::contactOf(said), there);
    if (!change.isEmpty()) {
        auto changing = submitContactChange(account, change, options);
        const auto changed = co_await changing;
        if (!changed)
            co_return fail(changed.error());
    }
    TagChange tags;
    tags.contactId = there.id;
    tags.add = newTags(said.tags, there.tags);
    if (tags.add.isEmpty())
        co_return Status{};
    auto tagging = submitTags(account, tags, options);
    const auto tagged = co_await tagging;
    co_return tagged ? Status() : Status(fail(tagged.error()));
}

/// HighLevel has the contact already: what this creation knew and that one does not is filled in, and where they differ
/// a person decides, field by field. Kept before the creation ends, so that an end of the program loses nothing; they
/// wait for it, under its own id.
Task<Status> Outbox::Private::keepForTwin(OutboxRecord creation, std::optional<Contact> twin)
{
    Account account;
    account.id = creation.account;
    account.location = creation.location;
    account.me = people.value(creation.account);
    Contact there = twin.value_or(Contact());
    there.id = creation.contactId();
    auto keeping = keepWhatIsMore(std::move(account), ContactDraft::fromJson(creation.payload), std::move(there));
    co_return co_await keeping;
}

/// The same number or address twice before HighLevel knows of the first: one contact. Whose words differ is refused, so
/// that they stay where they were typed; nothing of the first one is overwritten unasked.
Task<Result<RecordId>> Outbox::Private::joinCreation(Account account, RecordId first, ContactDraft second)
{
    Contact there = outrigger::contactOf(ContactDraft::fromJson(find(first)->record.payload));
    there.id = ContactId::local(first.value);
    if (!ContactChange::ofMore(outrigger::contactOf(second), there).differingFrom(there).isEmpty())
        co_return fail(ErrorKind::Usage,
                       QCoreApplication::translate("Outbox", "This number or address is on its way to HighLevel already, as %1. Nothing was added a second time: "
                                                             "change that contact, or give this one a number of its own.").arg(there.displayName()));
    auto keeping = keepWhatIsMore(std::move(account), std::move(second), std::move(there));
    const Status kept = co_await keeping;
    if (!kept)
        co_return fail(kept.error());
    co_return first;
}

Task<Result<RecordId>> Outbox::Private::submitContactDelete(Account account, ContactId contact, QString name, SubmitOptions options)
{
    if (account.id.isEmpty() || contact.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to delete."));
    people.insert(account.id, account.me);
    if (const auto known = aliases.constFind(contact.value); known != aliases.constEnd())
        contact = *known;
    if (contact.isLocal()) { // not in HighLevel yet: just not added
        auto stopping = cancel(RecordId(contact.value.mid(int(qstrlen("local:")))));
        const auto stopped = co_await stopping;
        if (!stopped)
            co_return fail(stopped.error());
        co_return stopped->id;
    }
    for (const auto &[place, entry] : entries) {
        if (entry.record.kind == OutboxKind::ContactDelete && entry.record.account == account.id && entry.record.contactId() == contact
            && isOpen(entry.record.state))
            co_return entry.record.id;
    }
    const QJsonObject payload{{"contactId"_L1, contact.value}, {"shownName"_L1, name}};
    OutboxRecord record = fresh(account, OutboxKind::ContactDelete, payload, options);
    holdForUndo(record, options);
    if (record.state == OutboxState::Held)
        record.dueAt = record.createdAt.addMSecs(times.undo.count() * deleteHoldsTimes);
    auto adding = add(std::move(record));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitEnrol(Account account, EnrolChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.contactId.isEmpty() || (change.id.isEmpty() && !(change.campaign && change.leave)))
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    OutboxRecord record = fresh(account, OutboxKind::ContactEnrol, change.toJson(), options);
    if (!change.leave)
        holdForUndo(record, options); // what an automation has sent cannot be taken back
    auto placing = withParent(std::move(record));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    auto adding = add(std::move(*placed));
    co_return co_await adding;
}

Task<Result<QString>> Outbox::Private::submitBulk(Account account, BulkPart what, QVector<ContactId> contacts, SubmitOptions options)
{
    if (what.field == importField) {
        const QJsonArray parts = what.value.toArray();
        QVector<OutboxRecord> rows;
        for (const auto &part : parts)
            rows.append(fresh(account, OutboxKind::ContactBulk, part.toObject(), options));
        people.insert(account.id, account.me);
        auto keeping = keepBulk(std::move(rows));
        const Status kept = co_await keeping;
        if (!kept)
            co_return fail(kept.error());
        co_return parts.isEmpty() ? QString() : parts.first().toObject()["job"_L1].toString();
    }
    if (what.field == textsField) {
        auto texting = submitTexts(std::move(account), what.value.toObject(), std::move(options));
        co_return co_await texting;
    }
    contacts.removeIf([](const ContactId &id) { return id.isEmpty() || id.isLocal(); });
    if (account.id.isEmpty() || contacts.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nobody to do this for."));
    people.insert(account.id, account.me);
    what.job = newUlid(now());
    const int size = what.act == BulkPart::Act::Business ? BulkPart::most / 2 : BulkPart::most;
    what.parts = (int(contacts.size()) + size - 1) / size;
    QVector<OutboxRecord> records;
    for (what.part = 0; what.part < what.parts; ++what.part) {
        what.contacts.clear();
        for (int i = what.part * size; i < std::min(int(contacts.size()), (what.part + 1) * size); ++i)
            what.contacts.append(contacts[i].value);
        records.append(fresh(account, OutboxKind::ContactBulk, what.toJson(), options));
    }
    auto keeping = keepBulk(std::move(records));
    const Status kept = co_await keeping;
    if (!kept)
        co_return fail(kept.error());
    co_return what.job;
}

/// All of a job, or of a stretch of it, in one transaction.
Task<Status> Outbox::Private::keepBulk(QVector<OutboxRecord> records)
{
    auto job = ledger->insertAll(std::move(records));
    const auto stored = co_await job;
    if (!stored)
        co_return fail(stored.error());
    for (const OutboxRecord &record : *stored)
        remember(record);
    for (const OutboxRecord &record : *stored)
        Q_EMIT q->recordChanged(record);
    Q_EMIT q->countsChanged();
    co_return Status{};
}

namespace {

bool isOfJob(const OutboxRecord &record, const QString &job)
{
    return !job.isEmpty() && bulkJob(record) == job;
}

} // namespace

/// A part of a job of which one contact, or row, was under way when the outcome was lost: what it looks like when that one
/// is noted as unclear and passed over, because doing it twice would do harm. None when it may be done again.
std::optional<QJsonObject> Outbox::Private::pastTheUnclear(const OutboxRecord &record)
{
    if (record.kind != OutboxKind::ContactBulk)
        return std::nullopt;
    const int done = record.look[bulkDoneKey].toInt();
    QString which;
    if (ImportPart::is(record.payload)) {
        const ImportPart part = ImportPart::fromJson(record.payload);
        if (done < part.rows.size() && part.rows[done].phone.isEmpty() && part.rows[done].email.isEmpty())
            which = QString::number(part.numbers.value(done)); // with a number or an address it is found before it is added again
    } else if (const BulkPart part = BulkPart::fromJson(record.payload); !part.mayRepeat()) {
        which = part.contacts.value(done);
    }
    if (which.isEmpty())
        return std::nullopt;
    QJsonObject look = record.look;
    QJsonObject failed = look[bulkFailedKey].toObject();
    failed.insert(which, u"unclear"_s);
    look.insert(bulkFailedKey, failed);
    look.insert(bulkDoneKey, done + 1);
    return look;
}

/// What moves now lets go of the record by itself: what was wished is done when it lands.
bool Outbox::Private::isMoving(const OutboxRecord &record) const
{
    return record.state == OutboxState::Attempting || record.state == OutboxState::Settling;
}

Task<Status> Outbox::Private::holdPaused(OutboxRecord record)
{
    const OutboxState from = record.state;
    record.state = OutboxState::Held;
    record.hold = HoldReason::Ask;
    record.dueAt = {};
    record.reasonCode = u"paused"_s;
    record.reason = QCoreApplication::translate("Outbox", "Paused. It goes on with the next contact when you let it.");
    auto step = move(std::move(record), from);
    const auto held = co_await step;
    if (!held)
        co_return fail(held.error());
    co_return Status{};
}

/// A text of a text to many waits for its turn again: going on must not let all of them go at once.
Task<Status> Outbox::Private::resumePaced(OutboxRecord record)
{
    record.hold = HoldReason::Time;
    record.dueAt = now();
    record.expiresAt = now().addMSecs(times.stale.count());
    record.reasonCode.clear();
    record.reason.clear();
    auto step = move(std::move(record), OutboxState::Held);
    const auto held = co_await step;
    if (!held)
        co_return fail(held.error());
    co_return Status{};
}

Task<Status> Outbox::Private::pauseBulk(QString job, bool on)
{
    QVector<RecordId> ids;
    for (const auto &[place, entry] : entries) {
        if (!isOfJob(entry.record, job))
            continue;
        if (on && isMoving(entry.record))
            wishes.insert(entry.record.id, Wish::Pause);
        else if (!on && wishes.value(entry.record.id) == Wish::Pause)
            wishes.remove(entry.record.id);
        const bool fits = on ? entry.record.state == OutboxState::Queued || isPaced(entry.record)
                             : entry.record.state == OutboxState::Held && entry.record.reasonCode == "paused"_L1;
        if (fits)
            ids.append(entry.record.id);
    }
    Status all;
    for (const RecordId &id : std::as_const(ids)) {
        const Entry *entry = find(id);
        if (!entry)
            continue;
        if (!on && entry->record.kind == OutboxKind::SendMessage) {
            auto going = resumePaced(entry->record);
            co_await going;
        } else if (!on) {
            auto going = letGo(id, true);
            co_await going;
        } else if (isMoving(entry->record)) {
            wishes.insert(id, Wish::Pause);
        } else if (entry->record.state == OutboxState::Queued || isPaced(entry->record)) {
            auto holding = holdPaused(entry->record);
            const Status held = co_await holding;
            if (const Entry *now = find(id); !held && now && isMoving(now->record))
                wishes.insert(id, Wish::Pause); // it left at the same moment
            else if (!held)
                all = held;
        }
    }
    co_return all;
}

Task<Status> Outbox::Private::cancelBulk(QString job)
{
    QVector<RecordId> ids;
    for (const auto &[place, entry] : entries) {
        if (!isOfJob(entry.record, job))
            continue;
        if (isMoving(entry.record))
            wishes.insert(entry.record.id, Wish::Stop);
        else if (entry.record.state == OutboxState::Queued || entry.record.state == OutboxState::Held)
            ids.append(entry.record.id);
    }
    for (const RecordId &id : std::as_const(ids)) {
        auto stopping = cancel(id);
        const auto stopped = co_await stopping;
        if (const Entry *now = find(id); !stopped && now && isMoving(now->record))
            wishes.insert(id, Wish::Stop);
    }
    co_return Status{};
}

/// A part of a job has landed: one that waits to go on is held or stopped when that was wished meanwhile.
Task<void> Outbox::Private::obey(RecordId id)
{
    const Entry *entry = find(id);
    if (!wishes.contains(id) || (entry && isMoving(entry->record)))
        co_return;
    const Wish wish = wishes.take(id);
    if (!entry || entry->record.state != OutboxState::Queued)
        co_return;
    if (wish == Wish::Stop) {
        auto stopping = cancel(id);
        co_await stopping;
    } else {
        auto holding = holdPaused(entry->record);
        co_await holding;
    }
}

} // namespace outrigger::sync
