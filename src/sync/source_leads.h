// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/source.h"

/// What pickers of the lead's panel offer; a part of Source with a header of its own.
namespace outrigger::sync {

Task<Result<QVector<NamedItem>>> readWorkflows(Source *source, api::Priority priority);
Task<Result<QVector<NamedItem>>> readCampaigns(Source *source, api::Priority priority);
/// The first hundred.
Task<Result<QVector<NamedItem>>> readBusinesses(Source *source, api::Priority priority);

} // namespace outrigger::sync
