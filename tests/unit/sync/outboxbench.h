// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"
#include "store/ledger.h"
#include "support/waitfor.h"
#include "sync/outbox.h"
#include "unit/sync/pretendserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <memory>

namespace outrigger::test {

/// The product's times, a thousand times faster.
inline sync::OutboxTimes fastTimes()
{
    using namespace std::chrono_literals;
    sync::OutboxTimes times;
    times.undo = 40ms;
    times.looks = {5ms, 15ms, 45ms, 120ms};
    times.lateLooks = {60ms, 120ms, 240ms};
    times.absentAfter = 60ms;
    times.betweenLooks = 20ms;
    times.gate = 30s;
    times.confirmWithin = 10min;
    times.backoffBase = 4ms;
    times.backoffCap = 40ms;
    return times;
}

inline Account accountFor(const QString &name)
{
    Account account;
    account.id = AccountId(QStringLiteral("account-") + name);
    account.name = name;
    account.location = LocationId(QStringLiteral("location-") + name);
    account.me = UserId(QStringLiteral("user-") + name);
    return account;
}

/// One profile folder with the real ledger and the real cache, an outbox over them, and pretended servers.
struct OutboxBench {
    /// where: another place than the usual one for temporary files, such as a disk in memory.
    explicit OutboxBench(const QString &where = QDir::tempPath()) : dir(where + QStringLiteral("/outbox-XXXXXX")) {}

    QTemporaryDir dir;
    sync::OutboxTimes times = fastTimes();
    Account account = accountFor(QStringLiteral("one"));
    Account other = accountFor(QStringLiteral("two"));
    PretendServer server{account.location};
    PretendServer otherServer{other.location};
    std::unique_ptr<store::Ledger> ledger;
    std::unique_ptr<store::Cache> cache;
    std::unique_ptr<ScriptedCourier> courier;
    std::unique_ptr<ScriptedCourier> otherCourier;
    std::unique_ptr<sync::Outbox> outbox;

    /// Stores only; the outbox is made by start().
    void open()
    {
        cache = std::make_unique<store::Cache>(dir.filePath(QStringLiteral("cache.sqlite")));
        ledger = std::make_unique<store::Ledger>(dir.filePath(QStringLiteral("outbox.sqlite")), dir.filePath(QStringLiteral("outbox.journal")));
        if (!await(cache->open()))
            qFatal("The cache does not open.");
        if (!await(ledger->open()))
            qFatal("The ledger does not open.");
        outbox = std::make_unique<sync::Outbox>(ledger.get(), cache.get(), times);
        courier = std::make_unique<ScriptedCourier>(&server, account.id);
        otherCourier = std::make_unique<ScriptedCourier>(&otherServer, other.id);
    }
    void start(bool rebuild = false)
    {
        const Status started = await(outbox->start(rebuild));
        if (!started)
            qFatal("The outbox does not start: %s", qPrintable(started.error().message));
        outbox->setCourier(account.id, courier.get());
        outbox->setCourier(other.id, otherCourier.get());
    }
    void begin()
    {
        open();
        start();
    }
    /// As when the process is killed: whatever has not been stored is gone.
    void crash()
    {
        outbox.reset();
        courier.reset();
        otherCourier.reset();
        ledger.reset();
        cache.reset();
    }

    RecordId text(const QString &body, const QString &contact = QStringLiteral("contact-1"), bool undoable = false)
    {
        return textFrom(account, body, contact, undoable);
    }
    RecordId textFrom(const Account &from, const QString &body, const QString &contact, bool undoable = false)
    {
        MessageDraft draft;
        draft.contactId = ContactId(contact);
        draft.body = body;
        sync::Outbox::SubmitOptions options;
        options.undoable = undoable;
        const auto id = await(outbox->submitMessage(from, draft, options));
        if (!id)
            qFatal("Not submitted: %s", qPrintable(id.error().message));
        return *id;
    }
    RecordId newText(const QString &body, const QString &phone, bool undoable = false)
    {
        ContactDraft contact;
        contact.phone = phone;
        MessageDraft draft;
        draft.body = body;
        sync::Outbox::SubmitOptions options;
        options.undoable = undoable;
        const auto id = await(outbox->submitNewText(account, contact, draft, options));
        if (!id)
            qFatal("Not submitted: %s", qPrintable(id.error().message));
        return *id;
    }
    OutboxRecord record(const RecordId &id)
    {
        const auto found = await(ledger->record(id));
        if (!found || !*found)
            qFatal("The ledger does not have %s.", qPrintable(id.value));
        return **found;
    }
    OutboxState state(const RecordId &id) { return record(id).state; }
    /// Waits until the stored record is in this state.
    bool reaches(const RecordId &id, OutboxState wanted, int milliseconds = 5000)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < milliseconds) {
            if (state(id) == wanted)
                return true;
            QTest::qWait(2);
        }
        qWarning("%s is %s, not %s", qPrintable(id.value), qPrintable(outboxStateWord(state(id))), qPrintable(outboxStateWord(wanted)));
        return false;
    }
    /// Whether one of the states is reached.
    bool holds(const RecordId &id, HoldReason reason, int milliseconds = 5000)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < milliseconds) {
            const OutboxRecord now = record(id);
            if (now.state == OutboxState::Held && now.hold == reason)
                return true;
            QTest::qWait(2);
        }
        return false;
    }
    void settle() { await(outbox->waitUntilSettled(std::nullopt, std::chrono::seconds(10)), 15'000); }
    int deliveries(const RecordId &id) const
    {
        return int(std::count_if(courier->delivered.cbegin(), courier->delivered.cend(),
                                 [&](const OutboxRecord &record) { return record.id == id; }));
    }
};

} // namespace outrigger::test
