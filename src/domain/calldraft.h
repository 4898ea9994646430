// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "domain/outboxrecord.h"
#include "domain/sendguard.h"

#include <QStringList>

/// A call that was made elsewhere, as the window and the command line note it.
namespace outrigger {

/// How a call may have ended: the API's words (CallDataDTO.status of the calls that log calls), likeliest first.
QStringList callEndings();

/// The app from which this contact's calls have come; empty when there were none.
QString callProviderOf(const SendFacts &facts);

/// The record of a call. HighLevel takes a call as such from an app with a conversation provider only; without one the
/// call is noted as an internal comment, which nobody but the team sees.
/// `providerId`: of the app, or empty.
MessageDraft callDraft(const Contact &contact, const ConversationId &conversation, const LoggedCall &call, const QString &providerId);

} // namespace outrigger
