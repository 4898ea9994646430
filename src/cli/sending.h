// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"
#include "domain/contact.h"
#include "domain/outboxrecord.h"
#include "sync/outbox.h"

/// What the commands that change something share.
namespace outrigger::cli {

/// The contact behind what stands after --to. NotFound when there is none, also for a number that is nobody's.
Task<Result<Contact>> contactFor(ContextPtr context, Account account, QString who);
/// Waits, or gives what was submitted a chance to leave, and prints the record. Answers the exit code.
Task<int> afterSubmitting(ContextPtr context, RecordId id);
/// The same for what a submitting answered: its error, or its record.
Task<int> afterSubmitting(ContextPtr context, Result<RecordId> record);
/// One request as --dry-run prints it.
QJsonObject request(const QString &verb, const QString &path, const QJsonObject &body);
/// Prints these instead of sending them; Done.
int dryRun(const ContextPtr &context, const QVector<QJsonObject> &requests);
/// How a record of a command is submitted: at once, because nobody is there to press Undo.
sync::Outbox::SubmitOptions fromHere();
/// The files after --attach, read in the pool: the command may run inside the window's process. Usage errors with one
/// sentence.
Task<Result<QVector<OutgoingFile>>> attachedFiles(QStringList paths, bool email);
/// What stands after --at: with an offset, in the future. Usage errors with one sentence.
Result<QDateTime> momentOf(const QString &text);
/// `send --channel email`.
Task<int> sendEmail(ContextPtr context);

} // namespace outrigger::cli
