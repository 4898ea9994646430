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
Task<int> userList(ContextPtr context, Account account);
/// commands_leadwrites.cpp
Task<int> contactFind(ContextPtr context, Account account);
Task<int> contactFollow(ContextPtr context);
Task<int> contactUnfollow(ContextPtr context);
Task<int> tagAdd(ContextPtr context);
Task<int> tagRemove(ContextPtr context);
Task<int> tagBulk(ContextPtr context, Account account);
Task<int> businessBulk(ContextPtr context, Account account);
/// commands_contacts.cpp
Task<int> contactUpsert(ContextPtr context, Account account);
/// commands_tasks.cpp, commands_notes.cpp
Task<int> taskGet(ContextPtr context, Account account);
Task<int> taskSet(ContextPtr context, Account account);
Task<int> noteGet(ContextPtr context, Account account);
Task<int> noteSet(ContextPtr context, Account account);

} // namespace outrigger::cli
