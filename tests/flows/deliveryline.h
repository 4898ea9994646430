// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "auth/session.h"
#include "auth/vault.h"
#include "store/cache.h"
#include "store/ledger.h"
#include "support/waitfor.h"
#include "sync/apicourier.h"
#include "sync/outbox.h"
#include "sync/outgoingfiles.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace outrigger::test {

/// Waits short enough for a test, in the proportions of the product.
inline sync::OutboxTimes flowTimes()
{
    using namespace std::chrono_literals;
    sync::OutboxTimes times;
    times.undo = 60s;
    times.looks = {50ms, 150ms, 450ms, 1200ms};
    times.lateLooks = {500ms, 1s, 2s};
    times.absentAfter = 1200ms;
    times.betweenLooks = 300ms;
    times.backoffBase = 100ms;
    times.backoffCap = 1s;
    return times;
}

/// Everything between a profile folder and a server: real stores, real session, real client, real courier, the outbox.
class DeliveryLine
{
public:
    /// patience: how many times longer than usual an answer may take, where the program itself is slowed down.
    DeliveryLine(const QString &folder, const QUrl &server, const QString &token, const QString &location, int patience = 1)
        : cache(folder + QStringLiteral("/cache.sqlite")),
          ledger(folder + QStringLiteral("/outbox.sqlite"), folder + QStringLiteral("/outbox.journal")),
          files(folder + QStringLiteral("/outgoing"))
    {
        using namespace std::chrono_literals;
        account.id = AccountId(QStringLiteral("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        account.location = LocationId(location);
        account.kind = SignInKind::Session;
        auth::Secret secret;
        secret.accessToken = token;
        if (!await(vault.write(account.id.value + QStringLiteral("/0"), secret.toBytes())) || !await(cache.open()) || !await(ledger.open()))
            qFatal("The line cannot be set up.");
        session = std::make_unique<auth::Session>(account, &vault, auth::Session::Commit{});
        api::ClientOptions options;
        options.server = server;
        options.connectTimeout = patience * 2s;
        options.idleTimeout = patience * 600ms;
        options.totalTimeout = patience * 1s;
        client = std::make_unique<api::Client>(options, session.get(), &limiter);
        courier = std::make_unique<sync::ApiCourier>(account, client.get(), session.get(), &limiter);
        outbox = std::make_unique<sync::Outbox>(&ledger, &cache, flowTimes());
        outbox->setFiles(&files);
        await(session->start());
        // The engine asks for a sign of life while the way is closed; so does this.
        QObject::connect(&probing, &QTimer::timeout, &probing, [this] {
            const auto state = client->networkState();
            const bool down = state == api::NetworkState::Offline || state == api::NetworkState::Portal;
            if (down && probes.active() == 0)
                probes.start(probe(client.get(), account.location));
        });
        probing.start(100);
    }
    ~DeliveryLine()
    {
        probing.stop();
        probes.cancel();
        outbox->setCourier(account.id, nullptr);
        outbox.reset();
    }

    void start()
    {
        if (!await(outbox->start(false)))
            qFatal("The outbox does not start.");
        outbox->setCourier(account.id, courier.get());
    }
    Result<RecordId> text(const QString &contact, const QString &body, bool undoable = false)
    {
        MessageDraft draft;
        draft.contactId = ContactId(contact);
        draft.body = body;
        sync::Outbox::SubmitOptions options;
        options.undoable = undoable;
        return await(outbox->submitMessage(account, draft, options));
    }
    /// Pictures are whatever bytes: nobody between here and the practice server looks into them.
    Result<RecordId> pictures(const QString &contact, const QString &body, int count, bool undoable = false)
    {
        MessageDraft draft;
        draft.contactId = ContactId(contact);
        draft.body = body;
        sync::Outbox::SubmitOptions options;
        options.undoable = undoable;
        for (int i = 1; i <= count; ++i)
            options.files.append({QStringLiteral("house %1.jpg").arg(i), QStringLiteral("image/jpeg"), "picture " + QByteArray::number(i)});
        return await(outbox->submitMessage(account, draft, options));
    }
    Result<RecordId> newText(const QString &phone, const QString &email, const QString &body)
    {
        ContactDraft contact;
        contact.firstName = QStringLiteral("Nora");
        contact.phone = phone;
        contact.email = email;
        MessageDraft draft;
        draft.body = body;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        return await(outbox->submitNewText(account, contact, draft, options));
    }
    OutboxRecord record(const RecordId &id)
    {
        const auto found = await(ledger.record(id));
        if (!found || !*found)
            qFatal("The ledger does not have %s.", qPrintable(id.value));
        return **found;
    }
    bool reaches(const RecordId &id, OutboxState wanted, int milliseconds = 20'000)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < milliseconds) {
            if (record(id).state == wanted)
                return true;
            QTest::qWait(10);
        }
        const OutboxRecord stays = record(id);
        qWarning("%s is %s (%s: %s), not %s", qPrintable(id.value), qPrintable(outboxStateWord(stays.state)),
                 qPrintable(stays.reasonCode), qPrintable(stays.reason), qPrintable(outboxStateWord(wanted)));
        return false;
    }

    Account account;
    auth::MemoryVault vault;
    store::Cache cache;
    store::Ledger ledger;
    sync::OutgoingFiles files;
    api::Limiter limiter;
    std::unique_ptr<auth::Session> session;
    std::unique_ptr<api::Client> client;
    std::unique_ptr<sync::ApiCourier> courier;
    std::unique_ptr<sync::Outbox> outbox;
    QTimer probing;
    TaskScope probes;

private:
    static Task<void> probe(api::Client *client, LocationId location)
    {
        auto job = client->probe(std::move(location), api::Priority::Reconcile);
        co_await job;
    }
};

} // namespace outrigger::test
