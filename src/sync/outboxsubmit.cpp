// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/json.h"
#include "core/ulid.h"
#include "sync/lane.h"

#include <QCoreApplication>
#include <QCryptographicHash>

using namespace Qt::StringLiterals;

// How a person's wish becomes a durable record.
namespace outrigger::sync {

namespace {

QByteArray hashOf(const QJsonObject &payload)
{
    return QCryptographicHash::hash(json::canonical(payload), QCryptographicHash::Sha256);
}

tl::unexpected<Error> usage(const char *sentence)
{
    return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", sentence));
}

bool same(const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; }
bool holds(const QStringList &list, const QString &word) { return list.contains(word, Qt::CaseInsensitive); }

/// Tags are compared without case: HighLevel may change it.
QStringList merged(const QStringList &before, const QStringList &dropped, const QStringList &added)
{
    QStringList result;
    for (const QString &tag : before) {
        if (!holds(dropped, tag) && !holds(result, tag))
            result.append(tag);
    }
    for (const QString &tag : added) {
        if (!holds(result, tag))
            result.append(tag);
    }
    return result;
}

QString numberKey(const Account &account, const QString &number)
{
    return account.id.value + QLatin1Char('/') + account.location.value + QLatin1Char('/') + number;
}

} // namespace

OutboxRecord Outbox::Private::fresh(const Account &account, OutboxKind kind, const QJsonObject &payload,
                                    const SubmitOptions &options) const
{
    OutboxRecord record;
    record.createdAt = now();
    record.id = RecordId(newUlid(record.createdAt));
    record.account = account.id;
    record.location = account.location;
    record.kind = kind;
    record.kindWord = outboxKindWord(kind);
    record.payload = payload;
    record.payloadHash = hashOf(payload);
    record.lane = laneWord(record, record.contactId());
    record.state = OutboxState::Queued;
    record.dueAt = record.createdAt;
    if (kind == OutboxKind::SendMessage)
        record.expiresAt = record.createdAt.addMSecs(times.stale.count());
    record.again = options.again;
    if (payload.contains(QLatin1String("attachments")) || payload.contains(QLatin1String("call")))
        record.formatVersion = 2;
    if (kind == OutboxKind::SendMessage && MessageDraft::fromJson(payload).isEmail())
        record.formatVersion = 3;
    record.origin = options.origin;
    return record;
}

void Outbox::Private::readdress(OutboxRecord &record, const ContactId &contact)
{
    record.payload.insert(QLatin1String("contactId"), contact.value);
    const QLatin1String conversation("conversationId");
    if (ConversationId(record.payload.value(conversation).toString()).isLocal())
        record.payload.remove(conversation);
    record.payloadHash = hashOf(record.payload);
    record.lane = laneWord(record, contact);
}

void Outbox::Private::holdForUndo(OutboxRecord &record, const SubmitOptions &options) const
{
    if (!options.undoable || times.undo.count() <= 0)
        return;
    record.state = OutboxState::Held;
    record.hold = HoldReason::Undo;
    record.dueAt = record.createdAt.addMSecs(times.undo.count());
}

/// A record about a contact that has only a local id waits for the record that makes it.
Task<Result<OutboxRecord>> Outbox::Private::withParent(OutboxRecord record)
{
    const ContactId contact = record.contactId();
    if (!contact.isLocal())
        co_return record;
    const RecordId parentId(contact.value.mid(int(qstrlen("local:"))));
    auto search = lookUp(parentId);
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    const auto parent = *found;
    if (!parent)
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "This contact does not exist any more."));
    if (!idOf(*parent).isEmpty()) {
        readdress(record, ContactId(idOf(*parent)));
        co_return record;
    }
    if (parent->state == OutboxState::Cancelled || parent->state == OutboxState::Rejected)
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "This contact is not in HighLevel: adding it was stopped or refused. Add it again first."));
    record.dependsOn = parent->id;
    if (record.state == OutboxState::Queued) {
        record.state = OutboxState::Held;
        record.hold = HoldReason::Parent;
        record.dueAt = {};
    }
    co_return record;
}

Task<Result<RecordId>> Outbox::Private::add(OutboxRecord record)
{
    auto job = ledger->insert(std::move(record));
    const auto stored = co_await job;
    if (!stored)
        co_return fail(stored.error());
    remember(*stored);
    auto shown = show(*stored);
    co_await shown;
    co_return stored->id;
}

Task<Result<RecordId>> Outbox::Private::addBoth(OutboxRecord parent, OutboxRecord child)
{
    const RecordId answer = child.id;
    QVector<OutboxRecord> both;
    both.append(std::move(parent));
    both.append(std::move(child));
    auto job = ledger->insertAll(std::move(both));
    const auto stored = co_await job;
    if (!stored)
        co_return fail(stored.error());
    for (const OutboxRecord &record : *stored)
        remember(record);
    for (const OutboxRecord &record : *stored) {
        auto shown = show(record);
        co_await shown;
    }
    co_return answer;
}

/// A record that takes the place of an older one, in one transaction.
Task<Result<RecordId>> Outbox::Private::addInsteadOf(OutboxRecord record, RecordId old)
{
    const RecordId answer = record.id;
    QVector<RecordId> replaced;
    replaced.append(std::move(old));
    auto job = ledger->replace(std::move(record), std::move(replaced), u"replaced"_s);
    const auto stored = co_await job;
    if (!stored)
        co_return fail(stored.error());
    // The new one first, so that what is shown does not fall back to the server's value in between.
    QVector<OutboxRecord> inOrder;
    for (const OutboxRecord &one : *stored) {
        if (one.id == answer)
            inOrder.prepend(one);
        else
            inOrder.append(one);
    }
    for (const OutboxRecord &one : std::as_const(inOrder))
        remember(one);
    for (const OutboxRecord &one : std::as_const(inOrder)) {
        auto shown = show(one);
        co_await shown;
    }
    co_return answer;
}

Task<Result<RecordId>> Outbox::Private::submitMessage(Account account, MessageDraft draft, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is no account to send this with."));
    if (draft.contactId.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nobody to send this to."));
    if (draft.body.trimmed().isEmpty() && draft.attachments.isEmpty() && options.files.isEmpty() && !draft.call)
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to send."));
    if (draft.isEmail() && draft.subject.trimmed().isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "An e-mail needs a subject: HighLevel does not take one without."));
    if (draft.call && (draft.providerId.isEmpty() || !draft.call->at.isValid() || draft.call->at > now().addSecs(60)))
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "A call is noted with its time, which is over, and through a call provider."));
    people.insert(account.id, account.me);
    if (draft.sendAt.isValid() && draft.sendAt <= now())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "That time is over by now. Choose a later one."));
    const bool later = draft.sendAt.isValid();
    auto keeping = withFiles(std::move(draft), std::exchange(options.files, {}));
    const auto whole = co_await keeping;
    if (!whole)
        co_return fail(whole.error());
    OutboxRecord record = fresh(account, OutboxKind::SendMessage, whole->toJson(), options);
    if (later)
        record.expiresAt = {}; // its own moment counts, and it can be taken back until then
    else
        holdForUndo(record, options);
    const OutboxRecord unplaced = record;
    auto placing = withParent(std::move(record));
    auto placed = co_await placing;
    if (!placed) {
        dropFiles(unplaced);
        co_return fail(placed.error());
    }
    auto adding = add(std::move(*placed));
    auto added = co_await adding;
    if (!added)
        dropFiles(unplaced);
    co_return added;
}

std::optional<RecordId> Outbox::Private::openCreation(const Account &account, const ContactDraft &contact) const
{
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &record = entry.record;
        if (record.kind != OutboxKind::CreateContact || record.account != account.id || record.location != account.location
            || !isOpen(record.state) || !idOf(record).isEmpty())
            continue;
        const ContactDraft other = ContactDraft::fromJson(record.payload);
        const bool sameNumber = !contact.phone.isEmpty() && contact.phone == other.phone;
        const bool sameMail = contact.phone.isEmpty() && !contact.email.isEmpty() && same(contact.email, other.email);
        if (sameNumber || sameMail)
            return record.id;
    }
    return std::nullopt;
}

Task<Result<RecordId>> Outbox::Private::submitNewText(Account account, ContactDraft contact, MessageDraft draft,
                                                      SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is no account to send this with."));
    if (contact.phone.isEmpty() && contact.email.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nobody to send this to."));
    if (draft.body.trimmed().isEmpty() && draft.attachments.isEmpty() && options.files.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to send."));
    people.insert(account.id, account.me);
    auto keeping = withFiles(std::move(draft), std::exchange(options.files, {}));
    const auto whole = co_await keeping;
    if (!whole)
        co_return fail(whole.error());
    draft = *whole;
    const ContactId known = made.value(numberKey(account, contact.phone));
    const auto open = openCreation(account, contact);
    if (open || (!contact.phone.isEmpty() && !known.isEmpty())) {
        draft.contactId = open ? ContactId::local(open->value) : known;
        if (draft.conversationId.isLocal())
            draft.conversationId = {};
        auto joining = submitMessage(std::move(account), std::move(draft), std::move(options));
        co_return co_await joining;
    }
    OutboxRecord parent = fresh(account, OutboxKind::CreateContact, {}, options);
    parent.again = {};
    contact.localId = ContactId::local(parent.id.value);
    parent.payload = contact.toJson();
    parent.payloadHash = hashOf(parent.payload);
    parent.lane = laneWord(parent.kind, contact.localId);
    holdForUndo(parent, options);

    draft.contactId = contact.localId;
    draft.conversationId = {};
    OutboxRecord child = fresh(account, OutboxKind::SendMessage, draft.toJson(), options);
    child.dependsOn = parent.id;
    holdForUndo(child, options);
    if (child.state == OutboxState::Queued) {
        child.state = OutboxState::Held;
        child.hold = HoldReason::Parent;
        child.dueAt = {};
    }
    parent.look.insert(QLatin1String("for"), child.id.value);
    const OutboxRecord text = child;
    auto adding = addBoth(std::move(parent), std::move(child));
    auto added = co_await adding;
    if (!added)
        dropFiles(text);
    co_return added;
}

Task<Result<RecordId>> Outbox::Private::submitContact(Account account, ContactDraft contact, SubmitOptions options)
{
    if (account.id.isEmpty() || account.location.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is no account to add this contact to."));
    if (contact.phone.isEmpty() && contact.email.isEmpty() && contact.firstName.isEmpty() && contact.lastName.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "A contact needs a name, a number or an e-mail address."));
    people.insert(account.id, account.me);
    if (const auto open = openCreation(account, contact)) {
        auto joining = joinCreation(std::move(account), *open, std::move(contact));
        co_return co_await joining;
    }
    OutboxRecord record = fresh(account, OutboxKind::CreateContact, {}, options);
    contact.localId = ContactId::local(record.id.value);
    record.payload = contact.toJson();
    record.payloadHash = hashOf(record.payload);
    record.lane = laneWord(record.kind, contact.localId);
    holdForUndo(record, options);
    auto adding = add(std::move(record));
    co_return co_await adding;
}

/// A change of the same thing that has not been attempted, and into which this one can be taken.
std::optional<RecordId> Outbox::Private::coalescable(const OutboxRecord &record) const
{
    std::optional<RecordId> found;
    for (const auto &[place, entry] : entries) {
        const OutboxRecord &other = entry.record;
        if (other.kind != record.kind || other.account != record.account || other.location != record.location
            || laneKey(other, contactOf(other)) != laneKey(record, contactOf(record)) || !isOpen(other.state) || other.state == OutboxState::Accepted)
            continue;
        const bool untouched = other.attempts == 0 && !entry.busy
            && (other.state == OutboxState::Queued
                || (other.state == OutboxState::Held && other.hold == HoldReason::Parent));
        if (untouched)
            found = other.id;
        else
            found.reset(); // what comes after something under way stands for itself
    }
    return found;
}

/// A change whose later states take the place of earlier ones: one that still waits is taken into this one, by `merge`.
Task<Result<RecordId>> Outbox::Private::submitNet(OutboxRecord record, Merge merge)
{
    auto placing = withParent(std::move(record));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    record = std::move(*placed);
    if (const auto old = coalescable(record)) {
        OutboxRecord both = record;
        both.payload = merge(find(*old)->record.payload, record.payload);
        both.payloadHash = hashOf(both.payload);
        auto replacing = addInsteadOf(std::move(both), *old);
        auto replaced = co_await replacing;
        if (replaced || replaced.error().code != u"state"_s)
            co_return replaced;
        // The older change has just left; this one follows it.
    }
    auto adding = add(std::move(record));
    co_return co_await adding;
}

Task<Result<RecordId>> Outbox::Private::submitTags(Account account, TagChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.contactId.isEmpty() || (change.add.isEmpty() && change.remove.isEmpty()))
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    auto submitting = submitNet(fresh(account, OutboxKind::ContactTags, change.toJson(), options), [](const QJsonObject &before, const QJsonObject &now) {
        const TagChange old = TagChange::fromJson(before);
        const TagChange next = TagChange::fromJson(now);
        TagChange net = next;
        net.add = merged(old.add, next.remove, next.add);
        net.remove = merged(old.remove, next.add, next.remove);
        return net.toJson();
    });
    co_return co_await submitting;
}

Task<Result<RecordId>> Outbox::Private::submitAssign(Account account, AssignChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.contactId.isEmpty())
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    auto submitting = submitNet(fresh(account, OutboxKind::ContactAssign, change.toJson(), options), [](const QJsonObject &before, const QJsonObject &now) {
        AssignChange net = AssignChange::fromJson(now);
        net.from = AssignChange::fromJson(before).from; // what the server has
        return net.toJson();
    });
    co_return co_await submitting;
}

Task<Result<RecordId>> Outbox::Private::submitRead(Account account, ReadChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || (change.contactId.isEmpty() && change.conversationId.isEmpty())
        || (!change.unreadCount && !change.starred))
        co_return usage(QT_TRANSLATE_NOOP("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    auto submitting = submitNet(fresh(account, OutboxKind::ConversationRead, change.toJson(), options), [](const QJsonObject &before, const QJsonObject &now) {
        const ReadChange old = ReadChange::fromJson(before);
        ReadChange net = ReadChange::fromJson(now);
        if (!net.unreadCount)
            net.unreadCount = old.unreadCount;
        if (!net.starred)
            net.starred = old.starred;
        if (net.conversationId.isEmpty())
            net.conversationId = old.conversationId;
        return net.toJson();
    });
    co_return co_await submitting;
}

} // namespace outrigger::sync
