// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "api/client.h"
#include "api/ops_conversations.h"
#include "core/aside.h"
#include "domain/mailhtml.h"
#include "sync/accountline.h"
#include "sync/engine_p.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

// E-mail bodies: fetched when a person opens one, once.
namespace outrigger::sync {

namespace {

constexpr qsizetype keptWords = 20'000; ///< in the search; the thread keeps its beginning

mail::Body bodyOf(const api::Email &email)
{
    mail::Body body;
    body.id = email.id;
    body.subject = email.subject;
    body.body = email.body;
    body.contentType = email.contentType;
    body.from = email.from;
    body.to = email.to;
    body.cc = email.cc;
    body.bcc = email.bcc;
    body.attachments = email.attachments;
    body.date = email.dateAdded;
    return body;
}

} // namespace

QString Engine::emailWords(const mail::Body &body)
{
    const auto clean = mail::looksLikeHtml(body.body, body.contentType) ? mail::clean(body.body) : mail::cleanText(body.body);
    QString words;
    for (const auto &part : clean.parts) {
        if (!part.quoted)
            words += (words.isEmpty() ? QString() : u"\n"_s) + part.text;
    }
    return words.left(keptWords);
}

Task<Result<mail::Body>> Engine::email(EmailId id, MessageId message)
{
    const auto current = account();
    AccountLine *line = d->line();
    if (!current || !line)
        co_return fail(ErrorKind::SignInNeeded, QCoreApplication::translate("Engine", "Sign in to read this e-mail."));
    auto looking = d->cache->email(current->location, id);
    const auto known = co_await looking;
    if (known && *known)
        co_return **known;
    line = d->line();
    if (!line || status().connection == Connection::WorkingOffline)
        co_return fail(ErrorKind::Offline, QCoreApplication::translate("Engine", "This e-mail has not been opened before, and you work offline. It comes when you are online again; what you opened once stays here."));
    api::GetEmail operation;
    operation.id = id;
    auto call = line->client()->send(operation, api::Priority::Click);
    const auto answer = co_await call;
    if (!answer) {
        Error error = answer.error();
        if (error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout)
            error.message = QCoreApplication::translate("Engine", "HighLevel cannot be reached, and this e-mail has not been opened before. Try again when you are online; what you opened once stays here.");
        else if (error.kind == ErrorKind::NotFound)
            error.message = QCoreApplication::translate("Engine", "HighLevel does not have this e-mail any more. It may have been deleted there.");
        co_return fail(std::move(error));
    }
    mail::Body body = bodyOf(*answer);
    body.id = id;
    // A stranger's HTML may take a tenth of a second.
    auto reading = aside([body] { return emailWords(body); });
    QString words = co_await reading;
    auto keeping = d->cache->putEmail(current->location, body, std::move(message), std::move(words));
    const Status kept = co_await keeping;
    if (!kept)
        qWarning("an e-mail was not kept: %s", qUtf8Printable(kept.error().code)); // it is shown all the same
    co_return body;
}

} // namespace outrigger::sync
