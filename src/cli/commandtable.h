// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"

namespace outrigger::cli {

/// A command, or one that needs an account in use.
struct Run {
    Run(Task<int> (*command)(ContextPtr)) : plain(command) {}
    Run(Task<int> (*command)(ContextPtr, Account)) : withAccount(command) {}
    Task<int> operator()(ContextPtr context) const
    {
        if (plain) {
            auto running = plain(std::move(context));
            co_return co_await running;
        }
        const auto account = accountOf(context);
        if (!account)
            co_return context->output->failure(account.error());
        auto running = withAccount(std::move(context), *account);
        co_return co_await running;
    }
    Task<int> (*plain)(ContextPtr) = nullptr;
    Task<int> (*withAccount)(ContextPtr, Account) = nullptr;
};
/// Whether the outbox goes to work while the command runs. A look at a list must not set off an attempt that the end
/// of the process would cut.
enum class Outbox { Rests, Delivers };
struct CommandEntry {
    CommandSpec spec;
    Run run;
    Outbox outbox;
};

/// Every command with what it runs, in the order of the help.
const QVector<CommandEntry> &commandEntries();

} // namespace outrigger::cli
