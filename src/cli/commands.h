// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/lines.h"
#include "cli/output.h"
#include "core/await.h"
#include "core/latch.h"
#include "core/result.h"
#include "core/task.h"
#include "sync/engine.h"

#include <QByteArray>

#include <memory>

namespace outrigger::cli {

/// What one command works with. Shared by its coroutines; the engine outlives them.
struct Context {
    sync::Engine *engine = nullptr;
    Arguments arguments;
    QByteArray input; ///< standard input, when the command reads it
    std::shared_ptr<Lines> lines; ///< what is typed meanwhile; null for a command that runs in another process
    std::shared_ptr<Output> output;
    std::shared_ptr<Latch> stop = std::make_shared<Latch>(); ///< opened when a command that goes on until stopped shall end
};
using ContextPtr = std::shared_ptr<Context>;

/// Every command there is.
const QVector<CommandSpec> &commandTable();
/// Runs one on an engine that has started, in whichever process holds the profile. Answers the exit code. Destroying
/// the task ends it where it waits; records stay durable.
Task<int> runCommand(ContextPtr context);

// One function for each command, by subject: commands_account.cpp, commands_desk.cpp, commands_send.cpp,
// commands_outbox.cpp. Those that need an account in use get it; without one they are not called.
Task<int> accountAdd(ContextPtr context);
Task<int> accountList(ContextPtr context);
Task<int> accountCheck(ContextPtr context);
Task<int> accountRemove(ContextPtr context);
Task<int> syncCommand(ContextPtr context, Account account);
Task<int> searchCommand(ContextPtr context, Account account);
Task<int> contactSearch(ContextPtr context, Account account);
Task<int> contactGet(ContextPtr context, Account account);
Task<int> contactCreate(ContextPtr context, Account account);
Task<int> contactDuplicate(ContextPtr context, Account account);
Task<int> contactSet(ContextPtr context, Account account); // commands_contacts.cpp
Task<int> contactRemove(ContextPtr context, Account account);
Task<int> contactImport(ContextPtr context, Account account);
Task<int> exportCommand(ContextPtr context, Account account);
Task<int> conversationList(ContextPtr context, Account account);
Task<int> conversationMessages(ContextPtr context, Account account);
Task<int> messageGet(ContextPtr context, Account account); // commands_message.cpp
Task<int> messageCancel(ContextPtr context, Account account);
Task<int> callLog(ContextPtr context); // commands_call.cpp
Task<int> pipelineList(ContextPtr context); // commands_deals.cpp
Task<int> opportunitySearch(ContextPtr context);
Task<int> opportunityGet(ContextPtr context);
Task<int> opportunityAdd(ContextPtr context);
Task<int> opportunityMove(ContextPtr context);
Task<int> opportunitySet(ContextPtr context);
Task<int> opportunityWon(ContextPtr context);
Task<int> opportunityLost(ContextPtr context);
Task<int> opportunityAbandoned(ContextPtr context);
Task<int> opportunityOpen(ContextPtr context);
Task<int> opportunityRemove(ContextPtr context);
Task<int> opportunityFollow(ContextPtr context);
Task<int> opportunityUnfollow(ContextPtr context);
Task<int> opportunityUpsert(ContextPtr context);
Task<int> sendCommand(ContextPtr context);
Task<int> calendarList(ContextPtr context, Account account);
Task<int> calendarSlots(ContextPtr context, Account account);
Task<int> calendarEvents(ContextPtr context, Account account);
Task<int> calendarBook(ContextPtr context, Account account);
Task<int> calendarBlock(ContextPtr context, Account account);
Task<int> appointmentMove(ContextPtr context, Account account);
Task<int> appointmentCancel(ContextPtr context, Account account);
Task<int> appointmentMark(ContextPtr context, Account account);
Task<int> opList(ContextPtr context); // commands_op.cpp
Task<int> opDescribe(ContextPtr context);
Task<int> opCall(ContextPtr context);
Task<int> eventsListen(ContextPtr context, Account account); // commands_events.cpp
Task<int> eventsRead(ContextPtr context, Account account);
Task<int> taskList(ContextPtr context, Account account); // commands_tasks.cpp
Task<int> taskAdd(ContextPtr context, Account account);
Task<int> taskDone(ContextPtr context, Account account);
Task<int> taskRemove(ContextPtr context, Account account);
Task<int> noteList(ContextPtr context, Account account);
Task<int> noteAdd(ContextPtr context, Account account);
Task<int> noteRemove(ContextPtr context, Account account);
Task<int> outboxList(ContextPtr context);
Task<int> outboxWait(ContextPtr context);
Task<int> outboxRetry(ContextPtr context);
Task<int> outboxCancel(ContextPtr context);
Task<int> outboxResolve(ContextPtr context);

/// The account in use, or what to do about its absence.
Result<Account> accountOf(const ContextPtr &context);
/// Region for numbers without a country code.
QString regionOf(const Account &account);
/// Waits until the record has ended or can only wait, and answers with the exit code that its state means. patience:
/// for a record that has not left because nothing may leave (offline, signed out).
Task<int> waitForRecord(ContextPtr context, RecordId id, std::chrono::milliseconds timeout, std::chrono::milliseconds patience);
int exitOf(OutboxState state);

} // namespace outrigger::cli
