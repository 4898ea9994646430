// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/source_leads.h"

#include "api/ops.h"
#include "sync/answers.h"

using namespace Qt::StringLiterals;

namespace outrigger::sync {

Task<Result<QVector<NamedItem>>> readWorkflows(Source *source, api::Priority priority)
{
    api::ListWorkflows operation;
    operation.location = source->locationId();
    return only(source->client()->send(operation, priority), &api::ListWorkflows::Reply::items);
}

Task<Result<QVector<NamedItem>>> readCampaigns(Source *source, api::Priority priority)
{
    api::ListCampaigns operation;
    operation.location = source->locationId();
    return only(source->client()->send(operation, priority), &api::ListCampaigns::Reply::items);
}

Task<Result<QVector<NamedItem>>> readBusinesses(Source *source, api::Priority priority)
{
    api::ListBusinesses operation;
    operation.location = source->locationId();
    operation.limit = u"100"_s;
    return only(source->client()->send(operation, priority), &api::ListBusinesses::Reply::items);
}

} // namespace outrigger::sync
