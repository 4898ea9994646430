// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/ulid.h"
#include "domain/bulktext.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

// A text to many: one durable record for each of them, let go one after another and asked of the send guard in its turn.
namespace outrigger::sync {

namespace {

constexpr QLatin1String paceKey{"pace"}; ///< in OutboxRecord::look: milliseconds to the next one

}

Task<Result<QString>> Outbox::Private::submitTexts(Account account, QJsonObject what, SubmitOptions options)
{
    QVector<MessageDraft> texts;
    const QJsonArray all = what[textsField].toArray();
    for (const auto &one : all)
        texts.append(MessageDraft::fromJson(one.toObject()));
    texts.removeIf([](const MessageDraft &text) { return text.contactId.isEmpty() || text.contactId.isLocal() || text.body.trimmed().isEmpty(); });
    if (account.id.isEmpty() || account.location.isEmpty() || texts.isEmpty())
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", "There is nobody to send this to."));
    const int pace = std::max(what[paceKey].toInt(textPace), 0);
    people.insert(account.id, account.me);
    const QString job = newUlid(now());
    options.origin = textJobOrigin + job;
    QVector<OutboxRecord> records;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        OutboxRecord record = fresh(account, OutboxKind::SendMessage, texts.at(i).toJson(), options);
        record.state = OutboxState::Held;
        record.hold = HoldReason::Time;
        // The first ones wait as any text does, so that all can be stopped.
        record.dueAt = record.createdAt.addMSecs(times.undo.count() + i * pace);
        record.expiresAt = record.dueAt.addMSecs(times.stale.count());
        record.look.insert(paceKey, pace);
        records.append(record);
    }
    auto keeping = ledger->insertAll(std::move(records));
    const auto stored = co_await keeping;
    if (!stored)
        co_return fail(stored.error());
    for (const OutboxRecord &record : *stored)
        remember(record);
    for (const OutboxRecord &record : *stored) {
        auto shown = show(record);
        co_await shown;
    }
    co_return job;
}

bool Outbox::Private::isPaced(const OutboxRecord &record)
{
    return record.state == OutboxState::Held && record.hold == HoldReason::Time && !bulkJob(record).isEmpty();
}

/// Also after a time without network or with the lid closed, when many are due at once.
bool Outbox::Private::takesTurn(const OutboxRecord &record, const QDateTime &when)
{
    if (!isPaced(record))
        return true;
    const QDateTime soonest = when.addMSecs(record.look.value(paceKey).toInt(textPace));
    if (nextText.isValid() && nextText > when && nextText <= soonest) // later than that: the clock was set back
        return false;
    nextText = soonest;
    return true;
}

} // namespace outrigger::sync
