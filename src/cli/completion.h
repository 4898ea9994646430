// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"

namespace outrigger::cli {

/// A script for bash that completes commands, options and names of operations: `source <(outrigger-cli completion)`.
QString bashCompletion(const QVector<CommandSpec> &table);
/// outrigger-cli(1), as roff. version: of the program.
QString manualPage(const QVector<CommandSpec> &table, const QString &version);

} // namespace outrigger::cli
