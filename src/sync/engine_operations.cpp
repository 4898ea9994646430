// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "api/rawcall.h"
#include "sync/accountline.h"
#include "sync/engine_p.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// Any operation of the catalogue, and reading again what something named.
namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Engine)
};

QString problemOf(const catalogue::Call &call)
{
    QStringList names;
    const auto absent = catalogue::missing(call);
    for (const auto *parameter : absent)
        names.append(parameter->key);
    return names.isEmpty() ? QString() : Words::tr("“%1” needs %2.").arg(call.operation->name, names.join(u", "_s));
}

} // namespace

Result<catalogue::Request> Engine::describeCall(const catalogue::Call &call) const
{
    auto encoded = api::encode(call);
    if (!encoded)
        return fail(std::move(encoded.error()));
    const auto current = account();
    QUrl server = d->options.server;
    if (server.isEmpty() && current)
        server = current->server;
    if (server.isEmpty())
        server = QUrl(u"https://services.leadconnectorhq.com"_s);
    catalogue::Request request;
    request.verb = call.operation->verb;
    request.url = server.toString(QUrl::StripTrailingSlash | QUrl::FullyEncoded) + QString::fromLatin1(encoded->path);
    if (!encoded->query.isEmpty())
        request.url += u'?' + QString::fromLatin1(encoded->query);
    const QByteArray version = encoded->op->version ? QByteArray(encoded->op->version) : d->options.versions.of(encoded->op->api);
    request.headers.append({u"Authorization"_s, Words::tr("Bearer (the account's token)")});
    if (!version.isEmpty())
        request.headers.append({u"Version"_s, QString::fromLatin1(version)});
    request.headers.append({u"Accept"_s, encoded->raw ? u"*/*"_s : u"application/json"_s});
    if (!encoded->contentType.isEmpty())
        request.headers.append({u"Content-Type"_s, QString::fromLatin1(encoded->contentType)});
    request.body = encoded->body;
    return request;
}

Task<Result<catalogue::Answer>> Engine::callOperation(catalogue::Call call)
{
    AccountLine *line = d->line();
    if (!line)
        co_return fail(ErrorKind::SignInNeeded, Words::tr("No account is signed in. Sign in first."));
    if (d->options.offline || status().connection == Connection::WorkingOffline)
        co_return fail(ErrorKind::Offline, Words::tr("You work offline, so nothing was sent. Go online and send it again."));
    if (const QString problem = problemOf(call); !problem.isEmpty())
        co_return fail(ErrorKind::Usage, problem);
    auto request = api::encode(call);
    if (!request)
        co_return fail(std::move(request.error()));
    const auto begun = d->clock.steady();
    auto sending = line->client()->call(std::move(*request), api::Priority::Click);
    auto got = co_await sending;
    if (!got)
        co_return fail(std::move(got.error()));
    catalogue::Answer answer;
    answer.http = got->info.http;
    answer.body = std::move(got->body);
    answer.traceId = got->info.traceId;
    answer.at = d->clock.now();
    answer.milliseconds = (d->clock.steady() - begun).count();
    co_return answer;
}

Task<Status> Engine::reread(catalogue::Touched what)
{
    Status whole;
    const auto keep = [&whole](Status status) {
        if (!status && whole)
            whole = std::move(status);
    };
    if (!what.contact.isEmpty()) {
        auto reading = refreshContact(what.contact);
        const auto contact = co_await reading;
        // What is gone is no failure: the row went too.
        if (!contact && contact.error().kind != ErrorKind::NotFound)
            keep(fail(contact.error()));
    }
    if (!what.conversation.isEmpty() && !what.contact.isEmpty()) {
        auto reading = refreshThread(what.conversation, what.contact);
        Status read = co_await reading;
        keep(std::move(read));
    }
    if (!what.deal.isEmpty()) {
        auto reading = refreshDeal(what.deal);
        Status read = co_await reading;
        if (read || read.error().kind != ErrorKind::NotFound)
            keep(std::move(read));
    }
    if (what.events) {
        const QDateTime now = d->clock.now();
        auto reading = refreshEvents(now.addDays(-30), now.addDays(90));
        Status read = co_await reading;
        keep(std::move(read));
    }
    if (!what.areas.isEmpty()) {
        auto reading = syncNow(what.areas, false);
        Status read = co_await reading;
        keep(std::move(read));
    }
    co_return whole;
}

} // namespace outrigger::sync
