// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/sending.h"

#include "core/clock.h"
#include "domain/calldraft.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QSettings>

using namespace Qt::StringLiterals;

// A call that was made elsewhere is noted with its contact.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

Result<LoggedCall> callOf(const Arguments &arguments)
{
    LoggedCall call;
    call.inbound = arguments.has("inbound");
    call.status = arguments.has("status") ? arguments.value("status").toLower() : callEndings().constFirst();
    if (!callEndings().contains(call.status))
        return fail(ErrorKind::Usage, Words::tr("A call ends in one of these ways: %1.").arg(callEndings().join(u", "_s)));
    call.at = Clock::system().now();
    if (arguments.has("at")) {
        call.at = QDateTime::fromString(arguments.value("at").trimmed(), Qt::ISODate);
        if (!call.at.isValid() || call.at.timeSpec() == Qt::LocalTime)
            return fail(ErrorKind::Usage, Words::tr("--at needs a time with its offset, like 2026-12-01T09:00:00-05:00 or 2026-12-01T14:00:00Z."));
        if (call.at > Clock::system().now().addSecs(60))
            return fail(ErrorKind::Usage, Words::tr("The time after --at has not come yet, and only calls that were made are noted."));
        call.at = call.at.toUTC();
    }
    return call;
}

/// As in the window: what was said on the command line, then what the settings say, then where calls have come from.
Task<QString> providerFor(ContextPtr context, LocationId location, ContactId contact)
{
    if (context->arguments.has("provider"))
        co_return context->arguments.value("provider").trimmed();
    const QSettings settings(context->engine->profile().settingsFile(), QSettings::IniFormat);
    const QString chosen = settings.value(u"calls/provider"_s).toString();
    if (!chosen.isEmpty())
        co_return chosen;
    auto learning = context->engine->cache().sendFacts(location, contact);
    const auto facts = co_await learning;
    co_return facts ? callProviderOf(*facts) : QString();
}

} // namespace

Task<int> callLog(ContextPtr context)
{
    Output &out = *context->output;
    const QString who = context->arguments.value("to").trimmed();
    if (who.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Say who the call was with: --to CONTACT_ID, a phone number or an e-mail address."));
    const auto call = callOf(context->arguments);
    if (!call)
        co_return out.failure(WrongUsage, u"usage"_s, call.error().message);
    const auto account = accountOf(context);
    if (!account)
        co_return out.failure(account.error());
    auto finding = contactFor(context, *account, who);
    const auto contact = co_await finding;
    if (!contact)
        co_return out.failure(contact.error());
    auto choosing = providerFor(context, account->location, contact->id);
    const QString provider = co_await choosing;
    auto thread = context->engine->cache().conversationFor(account->location, contact->id);
    const auto row = co_await thread;
    const ConversationId conversation = row && *row ? (*row)->id : ConversationId();
    const MessageDraft draft = callDraft(*contact, conversation, *call, provider);
    if (context->arguments.dryRun) {
        QJsonObject body{{u"type"_s, draft.type}, {u"contactId"_s, contact->id.value}};
        if (provider.isEmpty())
            body.insert(u"message"_s, draft.body);
        else
            body.insert(u"call"_s, QJsonObject{{u"status"_s, call->status}});
        const QString asCall = call->inbound ? u"/conversations/messages/inbound"_s : u"/conversations/messages/outbound"_s;
        const QString path = provider.isEmpty() ? u"/conversations/messages"_s : asCall;
        co_return dryRun(context, {request(u"POST"_s, path, body)});
    }
    auto submitting = context->engine->outbox().submitMessage(*account, draft, fromHere());
    auto submitted = co_await submitting;
    auto rest = afterSubmitting(context, std::move(submitted));
    co_return co_await rest;
}

} // namespace outrigger::cli
