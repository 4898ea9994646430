// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands_leads.h"
#include "cli/sending.h"
#include "domain/contactchange.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

// What stands around leads: workflows and campaigns, who is in the team, businesses.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// Those of the local copy; read from HighLevel first when --refresh says so or nothing is here.
Task<Result<store::ReferenceData>> referenceOf(ContextPtr context, Account account)
{
    if (!context->arguments.has("refresh")) {
        auto load = context->engine->cache().reference(account.location);
        auto known = co_await load;
        if (!known || !known->users.isEmpty())
            co_return known;
    }
    auto pull = context->engine->syncNow({u"users"_s, u"workflows"_s, u"campaigns"_s, u"businesses"_s}, true);
    const Status pulled = co_await pull;
    if (!pulled)
        co_return fail(pulled.error());
    auto load = context->engine->cache().reference(account.location);
    co_return co_await load;
}

QVector<NamedItem> itemsOf(const store::ReferenceData &reference, const QString &kind)
{
    const auto &items = kind == "workflow"_L1 ? reference.workflows : kind == "campaign"_L1 ? reference.campaigns : reference.businesses;
    return items.value_or(QVector<NamedItem>());
}

Task<int> listItems(ContextPtr context, QString kind)
{
    const auto account = accountOf(context);
    if (!account)
        co_return context->output->failure(account.error());
    auto learning = referenceOf(context, *account);
    const auto reference = co_await learning;
    if (!reference)
        co_return context->output->failure(reference.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const NamedItem &item : itemsOf(*reference, kind)) {
        array.append(QJsonObject{{u"id"_s, item.id}, {u"name"_s, item.name}, {u"published"_s, item.usable}});
        rows.append({item.id, item.usable ? QString() : Words::tr("not published"), item.name});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("There are none here.") : columns(rows));
    co_return Done;
}

/// Into or out of one, by its id or its name.
Task<int> enrol(ContextPtr context, bool campaign, bool leave)
{
    Output &out = *context->output;
    const Arguments &given = context->arguments;
    const auto account = accountOf(context);
    if (!account)
        co_return out.failure(account.error());
    if (given.value("contact").isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Say whom it is for: give --contact."));
    auto find = contactFor(context, *account, given.value("contact"));
    const auto contact = co_await find;
    if (!contact)
        co_return out.failure(contact.error());
    EnrolChange change;
    change.contactId = contact->id;
    change.campaign = campaign;
    change.leave = leave;
    const bool all = campaign && leave && given.words.isEmpty(); // out of all campaigns
    if (!all) {
        auto learning = referenceOf(context, *account);
        const auto reference = co_await learning;
        if (!reference)
            co_return out.failure(reference.error());
        const QString wanted = given.words.join(u' ');
        const auto items = itemsOf(*reference, campaign ? u"campaign"_s : u"workflow"_s);
        const auto item = std::find_if(items.begin(), items.end(), [&wanted](const NamedItem &one) {
            return one.id == wanted || one.name.compare(wanted, Qt::CaseInsensitive) == 0;
        });
        if (item == items.end())
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There is none called \"%1\". \"outrigger-cli %2 list\" shows them.")
                                                              .arg(wanted, campaign ? u"campaign"_s : u"workflow"_s));
        if (!leave && !item->usable)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("\"%1\" is not published, so nobody can be added to it.").arg(item->name));
        change.id = item->id;
        change.name = item->name;
    }
    if (given.dryRun) {
        const QString where = all ? u"removeAll"_s : change.id;
        co_return dryRun(context, {request(leave ? u"DELETE"_s : u"POST"_s,
                                           u"/contacts/%1/%2/%3"_s.arg(change.contactId.value, campaign ? u"campaigns"_s : u"workflow"_s, where), {})});
    }
    auto submit = context->engine->outbox().submitEnrol(*account, change, fromHere());
    const auto record = co_await submit;
    auto rest = afterSubmitting(context, record);
    co_return co_await rest;
}

} // namespace

Task<int> workflowList(ContextPtr context) { return listItems(std::move(context), u"workflow"_s); }
Task<int> campaignList(ContextPtr context) { return listItems(std::move(context), u"campaign"_s); }
Task<int> businessList(ContextPtr context) { return listItems(std::move(context), u"business"_s); }
Task<int> workflowAdd(ContextPtr context) { return enrol(std::move(context), false, false); }
Task<int> workflowRemove(ContextPtr context) { return enrol(std::move(context), false, true); }
Task<int> campaignAdd(ContextPtr context) { return enrol(std::move(context), true, false); }
Task<int> campaignRemove(ContextPtr context) { return enrol(std::move(context), true, true); }

Task<int> userList(ContextPtr context, Account account)
{
    auto learning = referenceOf(context, account);
    const auto reference = co_await learning;
    if (!reference)
        co_return context->output->failure(reference.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const User &user : reference->users) {
        const QString name = user.name.isEmpty() ? (user.firstName + u' ' + user.lastName).trimmed() : user.name;
        array.append(QJsonObject{{u"id"_s, user.id.value}, {u"name"_s, name}, {u"email"_s, user.email}, {u"role"_s, user.role}, {u"me"_s, user.id == account.me}});
        rows.append({user.id.value, name, user.email, user.id == account.me ? Words::tr("you") : QString()});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("Nobody is known here.") : columns(rows));
    co_return Done;
}

} // namespace outrigger::cli
