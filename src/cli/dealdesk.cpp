// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/dealdesk.h"

#include "domain/contactchange.h"
#include "domain/contactinput.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

tl::unexpected<Error> usage(const QString &sentence)
{
    return fail(ErrorKind::Usage, sentence);
}

/// --field NAME=VALUE: by the field's name, key or id; checked as the window checks it.
Status takeCustom(const Arguments &arguments, const DealDesk &desk, DealChange &change)
{
    const QStringList given = arguments.values("field");
    for (const QString &one : given) {
        const QString word = one.section(u'=', 0, 0).trimmed();
        const CustomField *field = findField(desk.fields, word);
        if (!field)
            field = findField(desk.fields, u"opportunity."_s + word);
        if (!one.contains(u'=') || !field) {
            QStringList names;
            for (const CustomField &known : desk.fields)
                names.append(known.name);
            return usage(Words::tr("--field is NAME=VALUE; deals have these fields: %1").arg(names.join(u", "_s)));
        }
        const FieldInput input = readField(contactfields::ofCustom(field->id), one.section(u'=', 1), field, u"US"_s);
        if (!input.ok())
            return usage(field->name + u": "_s + input.problem);
        change.fields.insert(field->id.value, input.value);
    }
    return {};
}

} // namespace

const Pipeline *DealDesk::pipelineOf(const PipelineId &id) const
{
    const auto found = std::find_if(pipelines.cbegin(), pipelines.cend(), [&](const Pipeline &one) { return one.id == id; });
    return found == pipelines.cend() ? nullptr : &*found;
}

QString DealDesk::stageName(const Opportunity &deal) const
{
    const Pipeline *pipeline = pipelineOf(deal.pipeline);
    const Stage *stage = pipeline ? pipeline->stage(deal.stage) : nullptr;
    return stage ? stage->name : deal.stage.value;
}

Task<Result<DealDesk>> deskOf(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return fail(account.error());
    DealDesk desk;
    desk.account = *account;
    auto load = context->engine->cache().reference(account->location);
    auto data = co_await load;
    if (!data)
        co_return fail(data.error());
    if (!data->pipelines) {
        // Nothing pulled yet: a command that names a stage should not fail for that.
        auto pull = context->engine->syncNow({u"pipelines"_s, u"users"_s, u"lostReasons"_s}, false);
        const Status pulled = co_await pull;
        if (!pulled)
            co_return fail(pulled.error());
        auto again = context->engine->cache().reference(account->location);
        data = co_await again;
        if (!data)
            co_return fail(data.error());
    }
    desk.pipelines = data->pipelines.value_or(QVector<Pipeline>());
    desk.reasons = data->lostReasons.value_or(QVector<LostReason>());
    desk.users = data->users;
    for (const CustomField &field : std::as_const(data->customFields)) {
        if (field.model == "opportunity"_L1)
            desk.fields.append(field);
    }
    co_return desk;
}

Result<UserId> userFor(const DealDesk &desk, const QString &word)
{
    if (word == u"me"_s && !desk.account.me.isEmpty())
        return desk.account.me;
    if (word == u"none"_s)
        return UserId();
    for (const User &user : desk.users) {
        if (user.id.value == word || user.email.compare(word, Qt::CaseInsensitive) == 0 || user.name.compare(word, Qt::CaseInsensitive) == 0)
            return user.id;
    }
    return usage(Words::tr("There is no user \"%1\" in this location.").arg(word));
}

Task<Result<DealRow>> dealFor(ContextPtr context, Account account, OpportunityId id)
{
    auto load = context->engine->cache().deal(account.location, id);
    auto known = co_await load;
    if (!known)
        co_return fail(known.error());
    if (!*known) {
        auto ask = context->engine->refreshDeal(id);
        const Status asked = co_await ask;
        if (!asked && asked.error().kind == ErrorKind::NotFound)
            co_return fail(ErrorKind::NotFound, Words::tr("There is no deal with this id."));
        if (!asked)
            co_return fail(asked.error());
        auto again = context->engine->cache().deal(account.location, id);
        known = co_await again;
    }
    if (!known)
        co_return fail(known.error());
    if (!*known)
        co_return fail(ErrorKind::NotFound, Words::tr("There is no deal with this id."));
    co_return **known;
}

Task<Result<Chosen>> chosen(ContextPtr context)
{
    auto setting = deskOf(context);
    const auto desk = co_await setting;
    if (!desk)
        co_return fail(desk.error());
    const OpportunityId id(context->arguments.words.constFirst());
    auto finding = dealFor(context, desk->account, id);
    const auto row = co_await finding;
    if (!row)
        co_return fail(row.error());
    Chosen result;
    result.desk = *desk;
    result.row = *row;
    result.change.id = row->deal.id;
    result.change.shownName = row->deal.name;
    result.change.stageFrom = row->deal.stage;
    result.change.statusFrom = row->deal.status;
    result.change.nameFrom = row->deal.name;
    result.change.valueFrom = row->deal.value;
    result.change.assignedFrom = row->deal.assignedTo;
    co_return result;
}

Status takeFields(const Arguments &arguments, const DealDesk &desk, DealChange &change)
{
    if (arguments.has("name"))
        change.name = arguments.value("name").trimmed();
    if (change.name && change.name->isEmpty())
        return usage(Words::tr("A deal needs a name."));
    if (arguments.has("value")) {
        change.value = readMoney(arguments.value("value"));
        if (!change.value)
            return usage(Words::tr("\"%1\" is no amount of money.").arg(arguments.value("value")));
    }
    if (arguments.has("owner")) {
        const auto user = userFor(desk, arguments.value("owner"));
        if (!user)
            return fail(user.error());
        change.assignedTo = *user;
    }
    return takeCustom(arguments, desk, change);
}

} // namespace outrigger::cli
