// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"

#include <QJsonObject>

namespace outrigger::catalogue {
struct Operation;
}

namespace outrigger::cli {

/// Commands that are one operation of HighLevel's catalogue under a short name: `user get`, `business add`. Their options
/// are the operation's parameters. commands_verbs.cpp.
QVector<CommandSpec> verbSpecs();
Task<int> runVerb(ContextPtr context);
/// contact list --business ID | --legacy
Task<int> contactList(ContextPtr context);

/// Calls the operation once with these values, those of --param and of --body, and prints what HighLevel answers; asks,
/// refuses and shows it dry as `op call` does. Answers the exit code. commands_op.cpp.
Task<int> callAndPrint(ContextPtr context, const catalogue::Operation *operation, QJsonObject values);

} // namespace outrigger::cli
