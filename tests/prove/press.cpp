// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/press.h"

#include "prove/wire.h"

#include "api/client.h"
#include "api/limiter.h"
#include "api/network.h"
#include "api/ops_contacts.h"
#include "auth/session.h"
#include "auth/vault.h"
#include "core/await.h"

#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::prove {

namespace {

constexpr std::int64_t wallAtBirth = 1'780'000'000'000;
constexpr int workers = 60; ///< of one program: more than the limiter lets leave at once

struct Books {
    int left = 0;
    int failed = 0;
    int working = 0;
    std::vector<std::int64_t> clicks;
};

/// One program's means to ask.
struct Program {
    Program(const Account &account, auth::Vault *vault, const QUrl &server) : session(account, vault, auth::Session::Commit{})
    {
        api::ClientOptions options;
        options.server = server;
        client = std::make_unique<api::Client>(options, &session, &limiter);
    }
    auth::Session session;
    api::Limiter limiter;
    std::unique_ptr<api::Client> client;
    TaskScope tasks;
};

api::Priority priorityOf(int worker)
{
    constexpr api::Priority all[]{api::Priority::Outbox, api::Priority::Reconcile, api::Priority::Visible, api::Priority::Background, api::Priority::Prefetch};
    return all[worker % int(std::size(all))];
}

/// Asks again and again. Worker 0 is a person, who clicks a few times a minute.
Task<void> work(Program *program, Books *books, ContactId contact, int worker, std::uint64_t seed)
{
    Dice dice(seed + std::uint64_t(worker));
    ++books->working;
    while (books->left > 0) {
        --books->left;
        const bool person = worker == 0;
        const std::int64_t asked = elapsed();
        auto sending = program->client->send(api::GetContact{.id = contact}, person ? api::Priority::Click : priorityOf(worker));
        const auto answer = co_await sending;
        if (!answer && answer.error().kind != ErrorKind::RateLimited)
            ++books->failed;
        if (person) {
            books->clicks.push_back(elapsed() - asked);
            Delay pause(std::chrono::milliseconds(200 + dice.below(12'000)));
            co_await pause;
        }
    }
    --books->working;
}

} // namespace

Pressed press(Order *order, std::uint64_t seed, int requests, int programs, double rival)
{
    restartTime(wallAtBirth, seed);
    order->begin(seed ^ 0x5eed);
    practice::Options options;
    options.size = {14, 2, 6, 12};
    options.rate = practice::Rate::Spec;
    options.quiet = true;
    options.start = wallAtBirth;
    practice::Server server(options);
    if (!server.start())
        qFatal("The practice server does not start.");
    Wire wire(&server, order, seed ^ 0x31e);
    api::setNetworkMaker([&wire](QObject *owner) { return new Network(&wire, owner); });
    Account account;
    account.id = AccountId(u"01ARZ3NDEKTSV4RRFFQ69G5FAA"_s);
    account.location = LocationId(server.locationId());
    account.kind = SignInKind::Session;
    auth::MemoryVault vault;
    auth::Secret secret;
    secret.accessToken = server.token();
    auto writing = vault.write(auth::secretKey(account.id, 0), secret.toBytes());
    order->runUntil([&writing] { return writing.done(); }, 60'000);

    Books books;
    books.left = requests;
    std::vector<std::unique_ptr<Program>> all;
    const ContactId contact(server.world().mint.id(practice::Kind::Contact, 0));
    for (int i = 0; i < programs; ++i) {
        all.push_back(std::make_unique<Program>(account, &vault, QUrl(server.url())));
        auto starting = all.back()->session.start();
        order->runUntil([&starting] { return starting.done(); }, 60'000);
        for (int worker = 0; worker < workers; ++worker)
            all.back()->tasks.start(work(all.back().get(), &books, contact, worker, seed + std::uint64_t(i) * 1000));
    }
    // Whatever it asks for: requests that find nothing count like all others.
    practice::http::Request theirs;
    theirs.method = "GET";
    theirs.path = u"/theirs"_s;
    theirs.segments = {u"theirs"_s};
    theirs.headers = {practice::http::Header("authorization", "Bearer " + server.token().toLatin1())};
    QTimer pace;
    pace.setTimerType(Qt::PreciseTimer);
    QObject::connect(&pace, &QTimer::timeout, &server, [&] { server.respond(theirs); });
    if (rival > 0)
        pace.start(std::max(1, int(1000 / rival)));
    const std::int64_t begun = elapsed();
    order->runUntil([&books] { return books.working == 0; }, std::int64_t(7) * 24 * 3'600'000);

    Pressed result;
    result.requests = wire.requests;
    result.refused = wire.refused;
    result.failed = books.failed + books.left;
    result.seconds = double(elapsed() - begun) / 1000;
    std::sort(books.clicks.begin(), books.clicks.end());
    if (!books.clicks.empty()) {
        result.slowestClick = double(books.clicks.back()) / 1000;
        result.usualClick = double(books.clicks[books.clicks.size() * 95 / 100]) / 1000;
    }
    all.clear();
    api::setNetworkMaker({});
    return result;
}

} // namespace outrigger::prove
