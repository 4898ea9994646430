// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxprivate.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QCryptographicHash>

// Whom a lead is assigned to.
namespace outrigger::sync {

Task<Result<RecordId>> Outbox::Private::submitAssign(Account account, AssignChange change, SubmitOptions options)
{
    if (account.id.isEmpty() || change.contactId.isEmpty())
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Outbox", "There is nothing to change."));
    people.insert(account.id, account.me);
    options.undoable = false; // undone by its opposite
    OutboxRecord record = fresh(account, OutboxKind::ContactAssign, change.toJson(), options);
    auto placing = withParent(std::move(record));
    auto placed = co_await placing;
    if (!placed)
        co_return fail(placed.error());
    record = std::move(*placed);
    if (const auto old = coalescable(record)) {
        OutboxRecord both = record;
        AssignChange net = AssignChange::fromJson(record.payload);
        net.from = AssignChange::fromJson(find(*old)->record.payload).from; // what the server has
        both.payload = net.toJson();
        both.payloadHash = QCryptographicHash::hash(json::canonical(both.payload), QCryptographicHash::Sha256);
        auto replacing = addInsteadOf(std::move(both), *old);
        auto replaced = co_await replacing;
        if (replaced || replaced.error().code != QLatin1String("state"))
            co_return replaced;
        // The older change has just left; this one follows it.
    }
    auto adding = add(std::move(record));
    co_return co_await adding;
}

} // namespace outrigger::sync
