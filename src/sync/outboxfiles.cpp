// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/log.h"
#include "sync/outgoingfiles.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

// What goes with a text. Files are stored before their record and uploaded while it is Queued, so that an attempt is
// still one request: whoever is killed in between finds a queued text and the addresses that are known.
namespace outrigger::sync {

namespace {

QStringList keysOf(const OutboxRecord &record)
{
    QStringList keys;
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    for (const MessageFile &file : draft.attachments)
        keys.append(file.key);
    return keys;
}

std::optional<MessageFile> nextToUpload(const OutboxRecord &record)
{
    const MessageDraft draft = MessageDraft::fromJson(record.payload);
    for (const MessageFile &file : draft.attachments) {
        if (uploadedTo(record, file.key).isEmpty())
            return file;
    }
    return std::nullopt;
}

/// Phone companies carry pictures; any other file goes as a link in the words, which every phone can open.
bool goesAsLink(const MessageDraft &draft, const MessageFile &file)
{
    return draft.type == QLatin1String("SMS") && !file.type.startsWith(QLatin1String("image/"));
}

/// The words with the file's address below them, in place of the file. Before the first attempt, so that looking for a
/// lost answer compares with what left.
void putLink(OutboxRecord &record, MessageDraft draft, const QString &key, const QString &address)
{
    draft.attachments.removeIf([&key](const MessageFile &file) { return file.key == key; });
    draft.body = draft.body.trimmed().isEmpty() ? address : draft.body + u'\n' + address;
    record.payload = draft.toJson();
}

} // namespace

bool Outbox::Private::lacksUpload(const OutboxRecord &record)
{
    return nextToUpload(record).has_value();
}

/// The draft with what is to go along, which is on the disk by then.
Task<Result<MessageDraft>> Outbox::Private::withFiles(MessageDraft draft, QVector<OutgoingFile> given)
{
    if (given.isEmpty())
        co_return draft;
    if (!files)
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", "Pictures cannot be sent from here."));
    auto keeping = files->keep(std::move(given));
    const auto kept = co_await keeping;
    if (!kept)
        co_return fail(kept.error());
    draft.attachments += *kept;
    co_return draft;
}

/// One after the other; each address is kept as soon as it is known. False when the text has to wait or was stopped.
Task<bool> Outbox::Private::uploadFiles(RecordId id)
{
    for (;;) {
        const Entry *entry = find(id);
        if (!entry || entry->record.state != OutboxState::Queued || !mayLeave(entry->record))
            co_return false;
        OutboxRecord record = entry->record;
        const auto next = nextToUpload(record);
        if (!next)
            co_return true;
        Result<QByteArray> bytes;
        if (files) {
            auto reading = files->read(next->key);
            bytes = co_await reading;
        }
        if (!files || !bytes || bytes->isEmpty()) {
            auto stopping = stopHere(std::move(record), QCoreApplication::translate("Outbox", "“%1” is not on this computer any more, so this text was not sent. Write it again and attach the file.").arg(next->name), u"file"_s);
            co_await stopping;
            co_return false;
        }
        entry = find(id);
        if (!entry || entry->record.state != OutboxState::Queued || !mayLeave(entry->record))
            co_return false;
        auto telling = tellUpload(id, *next, bytes->size());
        co_await telling;
        entry = find(id);
        if (!entry || entry->record.state != OutboxState::Queued || !mayLeave(entry->record))
            co_return false;
        record = entry->record;
        auto sending = courierOf(record)->upload(record, *next, std::move(*bytes));
        const auto uploaded = co_await sending;
        entry = find(id);
        if (!entry || entry->record.state != OutboxState::Queued)
            co_return false; // taken back meanwhile; what was uploaded is an orphan
        if (!uploaded) {
            auto failing = uploadFailed(id, uploaded.error());
            co_await failing;
            co_return false;
        }
        record = entry->record;
        if (record.reasonCode == "uploading"_L1) { // it is there; a small one after it says nothing of itself
            record.reasonCode.clear();
            record.reason.clear();
        }
        const MessageDraft draft = MessageDraft::fromJson(record.payload);
        const bool link = goesAsLink(draft, *next);
        if (link)
            putLink(record, draft, next->key, uploaded->address);
        else
            noteUpload(record, next->key, uploaded->address);
        record.look.insert(QLatin1String("conversation"), uploaded->conversation.value);
        auto step = amend(std::move(record));
        const auto amended = co_await step;
        if (!amended) {
            if (Entry *later = find(id))
                later->notBefore = now().addMSecs(times.backoffBase.count());
            co_return false;
        }
        if (link)
            dropUnnamed({next->key});
    }
}

/// Says below the text which of its files is on the way. What goes in the blink of an eye is not worth a write.
Task<void> Outbox::Private::tellUpload(RecordId id, MessageFile file, qint64 bytes)
{
    constexpr qint64 worthIt = 100'000;
    if (bytes < worthIt)
        co_return;
    OutboxRecord record = find(id)->record;
    const auto all = MessageDraft::fromJson(record.payload).attachments;
    const auto at = std::find_if(all.cbegin(), all.cend(), [&file](const MessageFile &one) { return one.key == file.key; });
    record.reasonCode = u"uploading"_s;
    const QString size = QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
    record.reason = all.size() > 1 ? QCoreApplication::translate("Outbox", "Waiting for the upload of file %1 of %2 (%3).").arg(at - all.cbegin() + 1).arg(all.size()).arg(size)
                                   : QCoreApplication::translate("Outbox", "Waiting for the upload of its file (%1).").arg(size);
    auto step = amend(std::move(record));
    co_await step;
}

Task<void> Outbox::Private::uploadFailed(RecordId id, Error error)
{
    const OutboxRecord record = find(id)->record;
    qCInfo(logOutbox) << redactedId(id.value) << "a file was not uploaded:" << int(error.kind) << error.http;
    const Judgement judgement = judge(record.kind, error);
    if (judgement.next == OutboxState::Rejected) {
        auto stopping = stopHere(record, QCoreApplication::translate("Outbox", "HighLevel did not take the file, so the text was not sent. %1").arg(judgement.reason), judgement.code);
        co_await stopping;
        co_return;
    }
    auto postponing = postpone(std::move(id), std::move(error));
    co_await postponing;
}

Task<Result<QVector<OutgoingFile>>> Outbox::Private::filesOf(RecordId id)
{
    QVector<OutgoingFile> all;
    auto search = lookUp(std::move(id));
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    if (!*found || !files)
        co_return all;
    const MessageDraft draft = MessageDraft::fromJson((*found)->payload);
    for (const MessageFile &file : draft.attachments) {
        auto reading = files->read(file.key);
        const auto bytes = co_await reading;
        if (!bytes)
            co_return fail(bytes.error());
        all.append({file.name, file.type, *bytes});
    }
    co_return all;
}

/// A try again names the files of the record that it takes the place of.
void Outbox::Private::dropFiles(const OutboxRecord &finished)
{
    if (!files || finished.kind != OutboxKind::SendMessage)
        return;
    QStringList keys = keysOf(finished);
    if (keys.isEmpty())
        return;
    if (finished.state != OutboxState::Cancelled && MessageDraft::fromJson(finished.payload).sendAt > now())
        return; // it can be taken back until then, and its pictures come back with it
    dropUnnamed(std::move(keys), finished.id);
}

/// Removes those that no record names but perhaps `finished`.
void Outbox::Private::dropUnnamed(QStringList keys, const RecordId &finished)
{
    for (const auto &[place, entry] : entries) {
        if (entry.record.id == finished)
            continue;
        for (const QString &used : keysOf(entry.record))
            keys.removeAll(used);
    }
    files->remove(std::move(keys));
}

void Outbox::Private::dropUnusedFiles(const QVector<OutboxRecord> &keptForLater)
{
    if (!files)
        return;
    QSet<QString> used;
    for (const OutboxRecord &record : keptForLater) {
        for (const QString &key : keysOf(record))
            used.insert(key);
    }
    for (const auto &[place, entry] : entries) {
        for (const QString &key : keysOf(entry.record))
            used.insert(key);
    }
    files->removeAllBut(std::move(used));
}

} // namespace outrigger::sync
