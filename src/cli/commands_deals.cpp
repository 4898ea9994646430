// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/sending.h"
#include "sync/outbox.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

using sync::Outbox;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

tl::unexpected<Error> usage(const QString &sentence)
{
    return fail(ErrorKind::Usage, sentence);
}

QString money(const std::optional<double> &value)
{
    return value ? QString::number(*value, 'f', 2) : QString();
}

/// What names and words mean in this location.
struct Desk {
    Account account;
    QVector<Pipeline> pipelines;
    QVector<LostReason> reasons;
    QVector<User> users;

    const Pipeline *pipelineOf(const PipelineId &id) const
    {
        const auto found = std::find_if(pipelines.cbegin(), pipelines.cend(), [&](const Pipeline &one) { return one.id == id; });
        return found == pipelines.cend() ? nullptr : &*found;
    }
    QString stageName(const Opportunity &deal) const
    {
        const Pipeline *pipeline = pipelineOf(deal.pipeline);
        const Stage *stage = pipeline ? pipeline->stage(deal.stage) : nullptr;
        return stage ? stage->name : deal.stage.value;
    }
};

Task<Result<Desk>> deskOf(ContextPtr context)
{
    const auto account = accountOf(context);
    if (!account)
        co_return fail(account.error());
    Desk desk;
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
    co_return desk;
}

Result<UserId> userFor(const Desk &desk, const QString &word)
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

QJsonObject dealJson(const Desk &desk, const DealRow &row)
{
    const Opportunity &d = row.deal;
    static constexpr const char *marks[] = {"", "waiting", "sending", "refused", "conflict", "needs_you"};
    return {{u"id"_s, d.id.value},
            {u"name"_s, d.name},
            {u"value"_s, d.value ? QJsonValue(*d.value) : QJsonValue(QJsonValue::Null)},
            {u"pipelineId"_s, d.pipeline.value},
            {u"stageId"_s, d.stage.value},
            {u"stage"_s, desk.stageName(d)},
            {u"status"_s, dealStatusWord(d.status)},
            {u"assignedTo"_s, d.assignedTo.value},
            {u"contactId"_s, d.contactId.value},
            {u"contactName"_s, d.contactName},
            {u"source"_s, d.source},
            {u"lostReasonId"_s, d.lostReason},
            {u"createdAt"_s, toJson(d.createdAt)},
            {u"updatedAt"_s, toJson(d.updatedAt)},
            {u"stageSince"_s, toJson(row.movedAt)},
            {u"pending"_s, QString::fromLatin1(marks[int(row.mark)])},
            {u"reason"_s, row.reason}};
}

QStringList dealLine(const Desk &desk, const DealRow &row)
{
    return {row.deal.id.value, row.deal.name, desk.stageName(row.deal), dealStatusWord(row.deal.status), money(row.deal.value), row.ownerName};
}

/// From the local copy, else from HighLevel.
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

/// Sends the change, or prints what it would send.
Task<int> submitChange(ContextPtr context, Desk desk, DealChange change)
{
    if (change.isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is nothing to change."));
    const QString path = u"/opportunities/"_s + change.id.value;
    if (context->arguments.dryRun) {
        QVector<QJsonObject> requests;
        QJsonObject body;
        if (change.stage) {
            body.insert(u"pipelineId"_s, change.pipeline.value);
            body.insert(u"pipelineStageId"_s, change.stage->value);
        }
        if (change.name)
            body.insert(u"name"_s, *change.name);
        if (change.value)
            body.insert(u"monetaryValue"_s, *change.value);
        if (change.assignedTo)
            body.insert(u"assignedTo"_s, change.assignedTo->value);
        if (!body.isEmpty())
            requests.append(request(u"PUT"_s, path, body));
        if (change.status) {
            QJsonObject end{{u"status"_s, dealStatusWord(*change.status)}};
            if (!change.lostReason.isEmpty())
                end.insert(u"lostReasonId"_s, change.lostReason);
            requests.append(request(u"PUT"_s, path + u"/status"_s, end));
        }
        co_return dryRun(context, requests);
    }
    auto submit = context->engine->outbox().submitDealChange(desk.account, change, fromHere());
    const auto submitted = co_await submit;
    if (!submitted)
        co_return context->output->failure(submitted.error());
    auto rest = afterSubmitting(context, *submitted);
    co_return co_await rest;
}

/// The deal that the first word names, and an empty change of it that knows what is there now.
struct Chosen {
    Desk desk;
    DealRow row;
    DealChange change;
};
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

/// Name, value and owner from the options, into the change.
Status takeFields(const Arguments &arguments, const Desk &desk, DealChange &change)
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
    return {};
}

Task<int> endDeal(ContextPtr context, DealStatus status)
{
    auto choosing = chosen(context);
    auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    const Status taken = takeFields(context->arguments, deal->desk, deal->change);
    if (!taken)
        co_return context->output->failure(taken.error());
    deal->change.status = status;
    if (const QString word = context->arguments.value("reason"); !word.isEmpty()) {
        for (const LostReason &reason : std::as_const(deal->desk.reasons)) {
            if (reason.id == word || reason.name.compare(word, Qt::CaseInsensitive) == 0)
                deal->change.lostReason = reason.id;
        }
        if (deal->change.lostReason.isEmpty()) {
            QStringList names;
            for (const LostReason &reason : std::as_const(deal->desk.reasons))
                names.append(reason.name);
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such reason. There are: %1").arg(names.join(u", "_s)));
        }
    }
    auto submitting = submitChange(context, deal->desk, deal->change);
    co_return co_await submitting;
}

} // namespace

Task<int> pipelineList(ContextPtr context)
{
    auto setting = deskOf(context);
    const auto desk = co_await setting;
    if (!desk)
        co_return context->output->failure(desk.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const Pipeline &pipeline : desk->pipelines) {
        BoardQuery query;
        query.location = desk->account.location;
        query.pipeline = pipeline.id;
        auto look = context->engine->cache().board(query);
        const auto board = co_await look;
        if (!board)
            co_return context->output->failure(board.error());
        QJsonArray stages;
        rows.append({pipeline.id.value, pipeline.name, QString(), QString()});
        for (const Stage &stage : pipeline.stages) {
            const auto found = std::find_if(board->columns.cbegin(), board->columns.cend(), [&](const BoardColumn &one) { return one.stage == stage.id; });
            const qsizetype count = found == board->columns.cend() ? 0 : found->keys.size();
            const double sum = found == board->columns.cend() ? 0 : double(found->cents) / 100;
            stages.append(QJsonObject{{u"id"_s, stage.id.value}, {u"name"_s, stage.name}, {u"position"_s, stages.size()},
                                      {u"winProbability"_s, stage.winProbability < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(stage.winProbability)},
                                      {u"open"_s, count}, {u"value"_s, sum}});
            rows.append({u"  "_s + stage.id.value, stage.name, QString::number(count), money(sum)});
        }
        array.append(QJsonObject{{u"id"_s, pipeline.id.value}, {u"name"_s, pipeline.name}, {u"stages"_s, stages}});
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("There are no pipelines here.") : columns(rows));
    co_return Done;
}

Task<int> opportunitySearch(ContextPtr context)
{
    auto setting = deskOf(context);
    const auto desk = co_await setting;
    if (!desk)
        co_return context->output->failure(desk.error());
    const Arguments &arguments = context->arguments;
    BoardQuery query;
    query.location = desk->account.location;
    query.text = arguments.words.join(u' ');
    const Pipeline *pipeline = nullptr;
    if (arguments.has("pipeline")) {
        pipeline = findPipeline(desk->pipelines, arguments.value("pipeline"));
        if (!pipeline)
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such pipeline. \"outrigger-cli pipeline list\" shows them."));
        query.pipeline = pipeline->id;
    }
    if (arguments.has("status")) {
        query.status = dealStatusFromWord(arguments.value("status"));
        if (!query.status && arguments.value("status") != u"all"_s)
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("--status is open, won, lost, abandoned or all."));
    }
    if (arguments.has("owner")) {
        const auto user = userFor(*desk, arguments.value("owner"));
        if (!user)
            co_return context->output->failure(user.error());
        query.owner = *user;
    }
    StageId onlyStage;
    if (arguments.has("stage")) {
        for (const Pipeline &one : desk->pipelines) {
            if (const Stage *stage = !pipeline || pipeline->id == one.id ? findStage(one, arguments.value("stage")) : nullptr; stage && onlyStage.isEmpty())
                onlyStage = stage->id;
        }
        if (onlyStage.isEmpty())
            co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such stage. \"outrigger-cli pipeline list\" shows them."));
    }
    auto look = context->engine->cache().board(query);
    const auto board = co_await look;
    if (!board)
        co_return context->output->failure(board.error());
    const int limit = std::clamp(arguments.number("limit").value_or(100), 1, 100'000);
    QVector<qint64> keys;
    for (const BoardColumn &column : board->columns) {
        if (onlyStage.isEmpty() || column.stage == onlyStage)
            keys += column.keys;
    }
    keys = keys.mid(0, limit);
    auto load = context->engine->cache().dealRows(keys);
    const auto found = co_await load;
    if (!found)
        co_return context->output->failure(found.error());
    QJsonArray array;
    QVector<QStringList> rows;
    for (const DealRow &row : *found) {
        array.append(dealJson(*desk, row));
        rows.append(dealLine(*desk, row));
    }
    context->output->answer(array, rows.isEmpty() ? Words::tr("No deals found.") : columns(rows));
    co_return Done;
}

Task<int> opportunityGet(ContextPtr context)
{
    auto choosing = chosen(context);
    const auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    const QJsonObject object = dealJson(deal->desk, deal->row);
    QVector<QStringList> rows;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString text = it->isDouble() ? money(it->toDouble()) : it->toString();
        if (!text.isEmpty())
            rows.append({it.key(), text});
    }
    context->output->answer(object, columns(rows));
    co_return Done;
}

Task<int> opportunityMove(ContextPtr context)
{
    auto choosing = chosen(context);
    auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    const QString words = context->arguments.words.mid(1).join(u' ');
    const Pipeline *pipeline = context->arguments.has("pipeline") ? findPipeline(deal->desk.pipelines, context->arguments.value("pipeline"))
                                                                  : deal->desk.pipelineOf(deal->row.deal.pipeline);
    if (!pipeline)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such pipeline. \"outrigger-cli pipeline list\" shows them."));
    const Stage *stage = findStage(*pipeline, words);
    if (!stage)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no stage \"%1\" in %2.").arg(words, pipeline->name));
    deal->change.stage = stage->id;
    deal->change.pipeline = pipeline->id;
    auto submitting = submitChange(context, deal->desk, deal->change);
    co_return co_await submitting;
}

Task<int> opportunitySet(ContextPtr context)
{
    auto choosing = chosen(context);
    auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    const Status taken = takeFields(context->arguments, deal->desk, deal->change);
    if (!taken)
        co_return context->output->failure(taken.error());
    auto submitting = submitChange(context, deal->desk, deal->change);
    co_return co_await submitting;
}

Task<int> opportunityWon(ContextPtr context)
{
    return endDeal(std::move(context), DealStatus::Won);
}
Task<int> opportunityLost(ContextPtr context)
{
    return endDeal(std::move(context), DealStatus::Lost);
}
Task<int> opportunityAbandoned(ContextPtr context)
{
    return endDeal(std::move(context), DealStatus::Abandoned);
}
Task<int> opportunityOpen(ContextPtr context)
{
    return endDeal(std::move(context), DealStatus::Open);
}

Task<int> opportunityAdd(ContextPtr context)
{
    auto setting = deskOf(context);
    const auto desk = co_await setting;
    if (!desk)
        co_return context->output->failure(desk.error());
    const Arguments &arguments = context->arguments;
    const Pipeline *pipeline = desk->pipelines.isEmpty() ? nullptr : &desk->pipelines.constFirst();
    if (arguments.has("pipeline"))
        pipeline = findPipeline(desk->pipelines, arguments.value("pipeline"));
    if (!pipeline || pipeline->stages.isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such pipeline. \"outrigger-cli pipeline list\" shows them."));
    const Stage *stage = arguments.has("stage") ? findStage(*pipeline, arguments.value("stage")) : &pipeline->stages.constFirst();
    if (!stage)
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no stage \"%1\" in %2.").arg(arguments.value("stage"), pipeline->name));
    if (!arguments.has("to"))
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("Give --to: whose deal this is."));
    auto search = contactFor(context, desk->account, arguments.value("to"));
    const auto contact = co_await search;
    if (!contact)
        co_return context->output->failure(contact.error());
    DealChange fields;
    const Status taken = takeFields(arguments, *desk, fields);
    if (!taken)
        co_return context->output->failure(taken.error());
    DealDraft draft;
    draft.contactId = contact->id;
    draft.pipeline = pipeline->id;
    draft.stage = stage->id;
    draft.name = fields.name.value_or(dealNameFor(contact->displayName()));
    draft.value = fields.value;
    draft.assignedTo = fields.assignedTo.value_or(UserId());
    if (arguments.dryRun) {
        QJsonObject body{{u"pipelineId"_s, draft.pipeline.value}, {u"locationId"_s, desk->account.location.value},
                         {u"name"_s, draft.name}, {u"pipelineStageId"_s, draft.stage.value}, {u"status"_s, u"open"_s},
                         {u"contactId"_s, draft.contactId.value}};
        if (draft.value)
            body.insert(u"monetaryValue"_s, *draft.value);
        if (!draft.assignedTo.isEmpty())
            body.insert(u"assignedTo"_s, draft.assignedTo.value);
        co_return dryRun(context, {request(u"POST"_s, u"/opportunities/"_s, body)});
    }
    auto submit = context->engine->outbox().submitDeal(desk->account, draft, fromHere());
    const auto submitted = co_await submit;
    if (!submitted)
        co_return context->output->failure(submitted.error());
    auto rest = afterSubmitting(context, *submitted);
    co_return co_await rest;
}

Task<int> opportunityRemove(ContextPtr context)
{
    auto choosing = chosen(context);
    const auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(u"DELETE"_s, u"/opportunities/"_s + deal->row.deal.id.value, {})});
    auto submit = context->engine->outbox().submitDealDelete(deal->desk.account, deal->row.deal.id, deal->row.deal.name, fromHere());
    const auto submitted = co_await submit;
    if (!submitted)
        co_return context->output->failure(submitted.error());
    auto rest = afterSubmitting(context, *submitted);
    co_return co_await rest;
}

} // namespace outrigger::cli
