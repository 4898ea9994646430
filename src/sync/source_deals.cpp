// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source.h"

#include "api/ops.h"
#include "sync/answers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

// Pipelines and deals.
namespace outrigger::sync {

Task<Result<QVector<Pipeline>>> Source::pipelines(api::Priority priority)
{
    api::GetPipelines operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::GetPipelines::Reply::pipelines);
}

Task<Result<QVector<LostReason>>> Source::lostReasons(api::Priority priority)
{
    api::GetLostReasons operation;
    operation.location = m_location;
    return only(m_client->send(operation, priority), &api::GetLostReasons::Reply::reasons);
}

Task<Result<DealPage>> Source::deals(DealQuery query, api::Priority priority)
{
    Result<api::OpportunityPage> answer = fail(ErrorKind::Internal, QString());
    const QJsonArray after = QJsonDocument::fromJson(query.after.toUtf8()).array();
    if (query.advanced) {
        api::SearchOpportunitiesAdvanced operation;
        operation.location = m_location;
        operation.limit = query.limit;
        operation.searchAfter = after;
        if (query.openOnly)
            operation.filters.append(api::SearchOpportunitiesAdvanced::filter(u"status"_s, u"eq"_s, QJsonArray{u"open"_s}));
        auto call = m_client->send(operation, priority);
        answer = co_await call;
    } else {
        api::SearchOpportunities operation;
        operation.location = m_location;
        operation.limit = query.limit;
        operation.status = query.openOnly ? u"open"_s : u"all"_s;
        if (after.size() == 2) {
            operation.startAfter = after.at(0).toInteger();
            operation.startAfterId = after.at(1).toString();
        }
        auto call = m_client->send(operation, priority);
        answer = co_await call;
    }
    if (!answer)
        co_return fail(answer.error());
    DealPage page;
    page.deals = std::move(answer->deals);
    page.total = answer->total;
    page.skipped = answer->skipped;
    QJsonArray next = answer->searchAfter;
    if (!query.advanced)
        next = answer->startAfterId.isEmpty() ? QJsonArray() : QJsonArray{answer->startAfter, answer->startAfterId};
    if (!next.isEmpty())
        page.next = QString::fromUtf8(QJsonDocument(next).toJson(QJsonDocument::Compact));
    co_return page;
}

Task<Result<Opportunity>> Source::deal(OpportunityId id, api::Priority priority)
{
    api::GetOpportunity operation;
    operation.id = id;
    return m_client->send(operation, priority);
}

} // namespace outrigger::sync
