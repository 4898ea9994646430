// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands_leads.h"
#include "cli/dealdesk.h"
#include "cli/sending.h"
#include "domain/bulktext.h"
#include "domain/contactchange.h"
#include "domain/phone.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

// Leads: who is meant, who follows them, their tags, and one act for many of them.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

Task<int> follow(ContextPtr context, bool add)
{
    Output &out = *context->output;
    auto setting = deskOf(context);
    const auto desk = co_await setting;
    if (!desk)
        co_return out.failure(desk.error());
    auto find = contactFor(context, desk->account, context->arguments.words.constFirst());
    const auto contact = co_await find;
    if (!contact)
        co_return out.failure(contact.error());
    QStringList chosen;
    QStringList all;
    for (const UserId &id : contact->followers)
        all.append(id.value);
    for (const QString &word : context->arguments.words.mid(1)) {
        const auto user = userFor(*desk, word);
        if (!user)
            co_return out.failure(user.error());
        chosen.append(user->value);
        all.removeAll(user->value);
        if (add)
            all.append(user->value);
    }
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(add ? u"POST"_s : u"DELETE"_s, u"/contacts/%1/followers"_s.arg(contact->id.value),
                                           {{u"followers"_s, QJsonArray::fromStringList(chosen)}})});
    ContactChange change;
    change.contactId = contact->id;
    change.set(*contact, u"followers"_s, QJsonArray::fromStringList(all));
    if (change.isEmpty()) {
        out.answer(QJsonObject{{u"id"_s, contact->id.value}, {u"followers"_s, QJsonArray::fromStringList(all)}}, Words::tr("It is so already."));
        co_return Done;
    }
    auto submit = context->engine->outbox().submitContactChange(desk->account, change, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

Task<int> changeTags(ContextPtr context, bool add)
{
    Output &out = *context->output;
    const auto account = accountOf(context);
    if (!account)
        co_return out.failure(account.error());
    auto find = contactFor(context, *account, context->arguments.words.constFirst());
    const auto contact = co_await find;
    if (!contact)
        co_return out.failure(contact.error());
    TagChange change;
    change.contactId = contact->id;
    (add ? change.add : change.remove) = context->arguments.words.mid(1);
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(add ? u"POST"_s : u"DELETE"_s, u"/contacts/%1/tags"_s.arg(contact->id.value),
                                           {{u"tags"_s, QJsonArray::fromStringList(context->arguments.words.mid(1))}})});
    auto submit = context->engine->outbox().submitTags(*account, change, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

/// Everybody who is named; one who is nobody stops it before anything has left.
Task<Result<QVector<ContactId>>> contactsNamed(ContextPtr context, Account account, QStringList words)
{
    QVector<ContactId> all;
    for (const QString &word : words) {
        auto find = contactFor(context, account, word);
        const auto contact = co_await find;
        if (!contact)
            co_return fail(ErrorKind::NotFound, u"%1: %2"_s.arg(word, contact.error().message));
        if (!all.contains(contact->id))
            all.append(contact->id);
    }
    co_return all;
}

Task<int> runJob(ContextPtr context, Account account, BulkPart what, QVector<ContactId> contacts)
{
    Output &out = *context->output;
    auto submit = context->engine->outbox().submitBulk(account, what, contacts, fromHere());
    const auto job = co_await submit;
    if (!job)
        co_return out.failure(job.error());
    int exit = Waiting;
    int failed = 0;
    if (context->arguments.has("wait")) {
        const std::chrono::seconds timeout(context->arguments.number("timeout").value_or(300));
        auto settle = context->engine->outbox().waitUntilSettled(account.id, timeout);
        const bool settled = co_await settle;
        auto load = context->engine->outbox().list(account.id, true);
        const auto records = co_await load;
        exit = settled ? Done : Waiting;
        for (const OutboxRecord &record : records.value_or(QVector<OutboxRecord>())) {
            if (bulkJob(record) != *job)
                continue;
            failed += int(record.look.value(bulkFailedKey).toObject().size());
            if (record.state == OutboxState::Rejected)
                exit = Refused;
            else if (record.state == OutboxState::Uncertain && exit == Done)
                exit = Uncertain;
        }
        if (failed > 0 && exit == Done)
            exit = Refused;
    }
    out.answer(QJsonObject{{u"job"_s, *job}, {u"contacts"_s, int(contacts.size())}, {u"failed"_s, failed}, {u"finished"_s, exit == Done}},
               Words::tr("%n contact(s), job %1", nullptr, int(contacts.size())).arg(*job));
    co_return exit;
}

} // namespace

Task<int> contactFollow(ContextPtr context) { return follow(std::move(context), true); }
Task<int> contactUnfollow(ContextPtr context) { return follow(std::move(context), false); }
Task<int> tagAdd(ContextPtr context) { return changeTags(std::move(context), true); }
Task<int> tagRemove(ContextPtr context) { return changeTags(std::move(context), false); }

Task<int> tagBulk(ContextPtr context, Account account)
{
    Output &out = *context->output;
    const Arguments &given = context->arguments;
    const QString act = given.words.constFirst();
    const QStringList tags = given.values("tag");
    if ((act != "add"_L1 && act != "remove"_L1) || tags.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Write: tag bulk add --tag TAG WHO…, or tag bulk remove --tag TAG WHO…"));
    auto naming = contactsNamed(context, account, given.words.mid(1));
    const auto contacts = co_await naming;
    if (!contacts)
        co_return out.failure(contacts.error());
    BulkPart what;
    what.act = act == "add"_L1 ? BulkPart::Act::AddTags : BulkPart::Act::RemoveTags;
    what.tags = tags;
    what.title = act == "add"_L1 ? Words::tr("Add %1").arg(tags.join(u", "_s)) : Words::tr("Take off %1").arg(tags.join(u", "_s));
    if (given.dryRun) {
        QJsonArray ids;
        for (const ContactId &id : *contacts)
            ids.append(id.value);
        co_return dryRun(context, {request(u"POST"_s, u"/contacts/bulk/tags/update/"_s + act,
                                           {{u"contacts"_s, ids}, {u"tags"_s, QJsonArray::fromStringList(tags)}, {u"locationId"_s, account.location.value}})});
    }
    auto running = runJob(context, account, what, *contacts);
    co_return co_await running;
}

Task<int> businessBulk(ContextPtr context, Account account)
{
    Output &out = *context->output;
    const Arguments &given = context->arguments;
    const bool takeOut = given.words.constFirst() == "none"_L1;
    auto naming = contactsNamed(context, account, given.words.mid(1));
    const auto contacts = co_await naming;
    if (!contacts)
        co_return out.failure(contacts.error());
    BulkPart what;
    what.act = BulkPart::Act::Business;
    what.id = takeOut ? QString() : given.words.constFirst();
    what.title = takeOut ? Words::tr("Out of their business") : Words::tr("Into a business");
    if (given.dryRun) {
        QJsonArray ids;
        for (const ContactId &id : *contacts)
            ids.append(id.value);
        co_return dryRun(context, {request(u"POST"_s, u"/contacts/bulk/business"_s, {{u"locationId"_s, account.location.value}, {u"ids"_s, ids},
                                           {u"businessId"_s, takeOut ? QJsonValue() : QJsonValue(what.id)}})});
    }
    auto running = runJob(context, account, what, *contacts);
    co_return co_await running;
}

/// By id, number or e-mail: of the local copy first, then of HighLevel.
Task<int> contactFind(ContextPtr context, Account account)
{
    Output &out = *context->output;
    const QString who = context->arguments.words.join(u' ').trimmed();
    auto here = contactFor(context, account, who);
    auto contact = co_await here;
    if (!contact) {
        const auto number = who.contains(u'@') ? std::nullopt : phone::parse(who, regionOf(account));
        const bool usable = number && number->valid;
        if (!usable && !who.contains(u'@'))
            co_return out.failure(contact.error());
        auto ask = context->engine->findOnServer(usable ? number->e164 : QString(), usable ? QString() : who);
        const auto there = co_await ask;
        if (!there)
            co_return out.failure(there.error());
        if (!*there)
            co_return out.failure(contact.error());
        contact = **there;
    }
    out.answer(toJson(*contact), contact->id.value + u"  "_s + clean(contact->displayName()) + u"  "_s + clean(contact->phone) + u"  "_s + clean(contact->email));
    co_return Done;
}

} // namespace outrigger::cli
