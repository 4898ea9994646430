// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "cli/commandtable.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

} // namespace

const QVector<CommandSpec> &commandTable()
{
    static const QVector<CommandSpec> table = [] {
        QVector<CommandSpec> specs;
        for (const CommandEntry &entry : commandEntries())
            specs.append(entry.spec);
        return specs;
    }();
    return table;
}

Task<int> runCommand(ContextPtr context)
{
    for (const CommandEntry &entry : commandEntries()) {
        if (entry.spec.path == context->arguments.command->path) {
            if (entry.outbox == Outbox::Delivers && !context->arguments.dryRun)
                context->engine->deliver();
            auto work = entry.run(context);
            co_return co_await work;
        }
    }
    co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no such command."));
}

Result<Account> accountOf(const ContextPtr &context)
{
    auto account = context->engine->account();
    if (!account)
        return fail(ErrorKind::SignInNeeded, Words::tr("No account is signed in. Use \"outrigger-cli account add\", or set "
                                                "OUTRIGGER_TOKEN and OUTRIGGER_LOCATION."));
    return *account;
}

QString regionOf(const Account &account)
{
    return account.country.isEmpty() ? u"US"_s : account.country;
}

} // namespace outrigger::cli
