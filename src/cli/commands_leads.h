// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"

namespace outrigger::cli {

/// What stands around leads: commands_leads.cpp.
Task<int> workflowList(ContextPtr context);
Task<int> workflowAdd(ContextPtr context);
Task<int> workflowRemove(ContextPtr context);
Task<int> campaignList(ContextPtr context);
Task<int> campaignAdd(ContextPtr context);
Task<int> campaignRemove(ContextPtr context);
Task<int> businessList(ContextPtr context);
Task<int> userList(ContextPtr context);

} // namespace outrigger::cli
