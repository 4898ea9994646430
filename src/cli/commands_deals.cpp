// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/dealdesk.h"
#include "cli/sending.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

using sync::Outbox;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString money(const std::optional<double> &value)
{
    return value ? QString::number(*value, 'f', 2) : QString();
}

QJsonObject dealJson(const DealDesk &desk, const DealRow &row)
{
    const Opportunity &d = row.deal;
    QJsonObject fields;
    for (const CustomValue &value : d.customFields) {
        const auto known = std::find_if(desk.fields.cbegin(), desk.fields.cend(), [&](const CustomField &one) { return one.id == value.id; });
        fields.insert(known == desk.fields.cend() ? value.id.value : known->name, value.value);
    }
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
            {u"followers"_s, QJsonArray::fromStringList(d.followers)},
            {u"fields"_s, fields},
            {u"createdAt"_s, toJson(d.createdAt)},
            {u"updatedAt"_s, toJson(d.updatedAt)},
            {u"stageSince"_s, toJson(row.movedAt)},
            {u"pending"_s, QString::fromLatin1(marks[int(row.mark)])},
            {u"reason"_s, row.reason}};
}

QStringList dealLine(const DealDesk &desk, const DealRow &row)
{
    return {row.deal.id.value, row.deal.name, desk.stageName(row.deal), dealStatusWord(row.deal.status), money(row.deal.value), row.ownerName};
}

/// Sends the change, or prints what it would send.
Task<int> submitChange(ContextPtr context, DealDesk desk, DealChange change)
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
        QJsonArray fields;
        for (auto it = change.fields.begin(); it != change.fields.end(); ++it)
            fields.append(QJsonObject{{u"id"_s, it.key()}, {u"field_value"_s, it.value()}});
        if (!fields.isEmpty())
            body.insert(u"customFields"_s, fields);
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
    if (context->arguments.has("refresh")) {
        auto pull = context->engine->syncNow({u"opportunities"_s}, false);
        const Status pulled = co_await pull;
        if (!pulled)
            co_return context->output->failure(pulled.error());
    }
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
    if (context->arguments.has("refresh")) {
        auto pull = context->engine->refreshDeal(OpportunityId(context->arguments.words.constFirst()));
        const Status pulled = co_await pull;
        if (!pulled && pulled.error().kind != ErrorKind::NotFound) // that is said below
            co_return context->output->failure(pulled.error());
    }
    auto choosing = chosen(context);
    const auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    const QJsonObject object = dealJson(deal->desk, deal->row);
    QVector<QStringList> rows;
    for (auto it = object.begin(); it != object.end(); ++it) {
        QString text = it->isDouble() ? money(it->toDouble()) : it->toString();
        if (it.key() == "followers"_L1)
            text = it->toVariant().toStringList().join(u", "_s);
        if (it.key() == "fields"_L1 && !it->toObject().isEmpty())
            text = QString::fromUtf8(QJsonDocument(it->toObject()).toJson(QJsonDocument::Compact));
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
    for (const CustomValue &field : std::as_const(deal->row.deal.customFields)) { // what is there now
        if (deal->change.fields.contains(field.id.value))
            deal->change.fieldsFrom.insert(field.id.value, field.value);
    }
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
