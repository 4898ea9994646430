// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/dealdesk.h"
#include "cli/sending.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

Task<int> follow(ContextPtr context, bool add)
{
    auto choosing = chosen(context);
    const auto deal = co_await choosing;
    if (!deal)
        co_return context->output->failure(deal.error());
    FollowChange change;
    change.id = deal->row.deal.id;
    change.shownName = deal->row.deal.name;
    const QStringList words = context->arguments.words.mid(1);
    for (const QString &word : words) {
        const auto user = userFor(deal->desk, word);
        if (!user)
            co_return context->output->failure(user.error());
        (add ? change.add : change.remove).append(user->value);
    }
    if (context->arguments.dryRun)
        co_return dryRun(context, {request(add ? u"POST"_s : u"DELETE"_s, u"/opportunities/%1/followers"_s.arg(change.id.value),
                                           {{u"followers"_s, QJsonArray::fromStringList(add ? change.add : change.remove)}})});
    auto submit = context->engine->outbox().submitFollow(deal->desk.account, change, fromHere());
    const auto submitted = co_await submit;
    if (!submitted)
        co_return context->output->failure(submitted.error());
    auto rest = afterSubmitting(context, *submitted);
    co_return co_await rest;
}

QJsonObject upsertBody(const Account &account, const DealDraft &draft)
{
    QJsonObject body{{u"pipelineId"_s, draft.pipeline.value}, {u"locationId"_s, account.location.value}, {u"contactId"_s, draft.contactId.value},
                     {u"status"_s, dealStatusWord(draft.status)}, {u"followers"_s, QJsonArray()}, {u"isRemoveAllFollowers"_s, false},
                     {u"followersActionType"_s, u"add"_s}};
    if (!draft.stage.isEmpty())
        body.insert(u"pipelineStageId"_s, draft.stage.value);
    if (!draft.name.isEmpty())
        body.insert(u"name"_s, draft.name);
    if (draft.value)
        body.insert(u"monetaryValue"_s, *draft.value);
    if (!draft.assignedTo.isEmpty())
        body.insert(u"assignedTo"_s, draft.assignedTo.value);
    return body;
}

} // namespace

Task<int> opportunityFollow(ContextPtr context) { return follow(std::move(context), true); }
Task<int> opportunityUnfollow(ContextPtr context) { return follow(std::move(context), false); }

/// HighLevel looks for the contact's open deal in the pipeline: found, it is changed; else it is made.
Task<int> opportunityUpsert(ContextPtr context)
{
    auto setting = deskOf(context);
    const auto desk = co_await setting;
    if (!desk)
        co_return context->output->failure(desk.error());
    const Arguments &arguments = context->arguments;
    const auto wrong = [&](const QString &sentence) { return context->output->failure(WrongUsage, u"usage"_s, sentence); };
    const Pipeline *pipeline = desk->pipelines.isEmpty() ? nullptr : &desk->pipelines.constFirst();
    if (arguments.has("pipeline"))
        pipeline = findPipeline(desk->pipelines, arguments.value("pipeline"));
    if (!pipeline)
        co_return wrong(Words::tr("There is no such pipeline. \"outrigger-cli pipeline list\" shows them."));
    if (!arguments.has("to"))
        co_return wrong(Words::tr("Give --to: whose deal this is."));
    const Stage *stage = arguments.has("stage") ? findStage(*pipeline, arguments.value("stage")) : nullptr;
    if (arguments.has("stage") && !stage)
        co_return wrong(Words::tr("There is no stage \"%1\" in %2.").arg(arguments.value("stage"), pipeline->name));
    const auto status = dealStatusFromWord(arguments.has("status") ? arguments.value("status") : u"open"_s);
    if (!status)
        co_return wrong(Words::tr("--status is open, won, lost or abandoned."));
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
    draft.stage = stage ? stage->id : StageId();
    draft.name = fields.name.value_or(dealNameFor(contact->displayName()));
    draft.value = fields.value;
    draft.assignedTo = fields.assignedTo.value_or(UserId());
    draft.status = *status;
    if (arguments.dryRun)
        co_return dryRun(context, {request(u"POST"_s, u"/opportunities/upsert"_s, upsertBody(desk->account, draft))});
    auto submit = context->engine->outbox().submitDealUpsert(desk->account, draft, fromHere());
    const auto submitted = co_await submit;
    if (!submitted)
        co_return context->output->failure(submitted.error());
    auto rest = afterSubmitting(context, *submitted);
    co_return co_await rest;
}

} // namespace outrigger::cli
