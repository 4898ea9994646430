// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/outboxjudge.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Outbox)
};

Judgement again(const QString &code, const QString &reason)
{
    return {OutboxState::Queued, HoldReason::None, code, reason, std::nullopt};
}
Judgement refused(const QString &code, const QString &reason)
{
    return {OutboxState::Rejected, HoldReason::None, code, reason, std::nullopt};
}
Judgement signIn()
{
    return {OutboxState::Held, HoldReason::SignIn, u"sign_in"_s,
            Words::tr("HighLevel does not accept the sign-in any more. It goes out after you have signed in again."),
            std::nullopt};
}
Judgement unknown()
{
    return {OutboxState::Settling, HoldReason::None, u"unclear"_s,
            Words::tr("HighLevel gave no clear answer. Outrigger is checking whether it has arrived."), std::nullopt};
}

bool isSignIn(ErrorKind kind)
{
    return kind == ErrorKind::SignInNeeded || kind == ErrorKind::Keyring || kind == ErrorKind::KeyringLocked;
}
Judgement signInFor(ErrorKind kind)
{
    auto judgement = signIn();
    if (kind != ErrorKind::SignInNeeded) {
        judgement.code = u"keyring"_s;
        judgement.reason = Words::tr("The keychain that holds the sign-in cannot be read. Unlock it, and this goes out.");
    }
    return judgement;
}

/// No byte of the request has left, and the kind of the error says so too: an error that forgot to say what was sent
/// must not lead to a second text.
std::optional<Judgement> notSent(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Usage:
        return refused(error.code.isEmpty() ? u"invalid"_s : error.code, error.message);
    case ErrorKind::RateLimited: {
        auto judgement = again(u"limited"_s, Words::tr("HighLevel allows no more requests for a moment."));
        judgement.wait = error.retryAfter;
        return judgement;
    }
    case ErrorKind::Tls:
        return again(u"tls"_s, Words::tr("The connection to HighLevel could not be secured. Nothing has been sent."));
    case ErrorKind::Portal: // the client did not even try
        return again(u"portal"_s, Words::tr("Something between here and HighLevel answers instead of it. Sign in to this network first."));
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
        return again(u"offline"_s, Words::tr("HighLevel cannot be reached right now."));
    default:
        return std::nullopt;
    }
}

/// The server's own words, where they are a sentence.
QString withServerWords(const QString &ours, const Error &error)
{
    const QString theirs = error.message.trimmed();
    if (theirs.isEmpty())
        return ours;
    return QCoreApplication::translate("Outbox", "%1 HighLevel says: %2").arg(ours, theirs.left(300));
}

Judgement refusal(OutboxKind kind, const Error &error)
{
    if (error.code.startsWith(u"CONVERSATIONS_MSG_UNSUBSCRIBED"_s))
        return refused(u"dnd"_s, Words::tr("This contact does not want to be texted (do not disturb is on). The text was not sent."));
    switch (error.http) {
    case 403:
        return refused(u"forbidden"_s, withServerWords(Words::tr("HighLevel does not let this account do that here."), error));
    case 404:
        if (isDealKind(kind))
            return refused(u"not_found"_s, Words::tr("HighLevel has no such deal any more. Somebody removed it; nothing was changed."));
        if (isTaskKind(kind))
            return refused(u"not_found"_s, Words::tr("HighLevel has no such task or contact any more. Nothing was changed."));
        if (isNoteKind(kind))
            return refused(u"not_found"_s, Words::tr("HighLevel has no such note or contact any more. Your words are kept here until you discard them."));
        if (kind == OutboxKind::BookAppointment || kind == OutboxKind::ChangeAppointment || kind == OutboxKind::BlockTime)
            return refused(u"not_found"_s, Words::tr("HighLevel has no such calendar, contact or appointment any more. Nothing was changed."));
        return refused(u"not_found"_s, kind == OutboxKind::SendMessage
                           ? Words::tr("HighLevel has no such contact any more. The text was not sent.")
                           : Words::tr("HighLevel has no such contact or conversation any more."));
    default:
        if (isDealKind(kind) && error.message.contains(u"stage id"_s, Qt::CaseInsensitive))
            return refused(u"stage_gone"_s, Words::tr("This stage is not in the pipeline any more, so the deal stays where it was. The columns are read again."));
        return refused(u"invalid"_s, withServerWords(Words::tr("HighLevel refused this."), error));
    }
}

} // namespace

Judgement judge(OutboxKind kind, const Error &error)
{
    if (kind == OutboxKind::CancelSchedule && error.code == u"not_cancelled"_s) // a refusal inside a 200
        return refused(u"too_late"_s, Words::tr("Too late to take it back: HighLevel has let this text go already. Look at the conversation."));
    if (kind == OutboxKind::ContactAssign && error.code == u"assigned_elsewhere"_s)
        return refused(u"assigned_elsewhere"_s, Words::tr("Somebody else assigned this lead meanwhile, so yours was not sent. Try again if yours is right."));
    if (isDealKind(kind) && error.code == u"changed_elsewhere"_s)
        return refused(u"changed_elsewhere"_s, Words::tr("Somebody else changed this deal meanwhile, so yours was not sent. Keep theirs, or use yours."));
    if (kind == OutboxKind::ContactUpdate && error.code == u"changed_elsewhere"_s)
        return refused(u"changed_elsewhere"_s, Words::tr("Somebody else changed the same field meanwhile, so yours was not sent. Keep theirs, or use yours."));
    if (kind == OutboxKind::ContactUpdate && error.code == u"not_taken"_s)
        return refused(u"not_taken"_s, Words::tr("HighLevel answered that it took this change, but the contact still has the old value. Change it in HighLevel, or try again."));
    if (isTaskKind(kind) && error.code == u"changed_elsewhere"_s)
        return refused(u"changed_elsewhere"_s, Words::tr("Somebody else changed this task meanwhile, so yours was not sent. Keep theirs, or use yours."));
    if (isNoteKind(kind) && error.code == u"changed_elsewhere"_s)
        return refused(u"changed_elsewhere"_s, Words::tr("Somebody else changed this note meanwhile, so yours was not sent. Both texts are kept: add yours as a note of its own, or use it instead."));
    if (kind == OutboxKind::BookAppointment || kind == OutboxKind::ChangeAppointment) {
        if (error.code == u"slot_taken"_s)
            return refused(u"slot_taken"_s, Words::tr("This time is not free any more: somebody was faster, or it lies outside the calendar's hours. Nothing was booked. Choose another time."));
        if (error.code == u"already_booked"_s)
            return refused(u"already_booked"_s, Words::tr("This lead has an appointment at this time in this calendar already, so nothing was booked."));
        if (error.code == u"changed_elsewhere"_s)
            return refused(u"changed_elsewhere"_s, Words::tr("Somebody else changed this appointment meanwhile, so yours was not sent. Look at it, and try again if yours is right."));
    }
    static constexpr std::array refusals{400, 403, 404, 413, 415, 422};
    if (error.sent == Sent::No && isSignIn(error.kind)) // the status, if any, is that of the token call
        return signInFor(error.kind);
    if (error.http == 429) {
        auto judgement = again(u"limited"_s, Words::tr("HighLevel allows no more requests for a moment."));
        judgement.wait = error.retryAfter;
        return judgement;
    }
    if (error.http == 401 && error.jsonError) {
        if (error.kind == ErrorKind::ScopeMissing)
            return refused(u"scope"_s, Words::tr("The sign-in lacks the permission for this. Sign in again with more permissions, then retry."));
        if (error.kind == ErrorKind::VersionRefused)
            return refused(u"version"_s, Words::tr("HighLevel does not understand this version of Outrigger. Update Outrigger, then retry."));
        if (error.kind == ErrorKind::Forbidden) // another location's token, or a kind of sign-in that may never do this
            return refused(u"forbidden"_s, withServerWords(Words::tr("HighLevel does not let this account do that here."), error));
        return signIn();
    }
    for (const int status : refusals) {
        if (error.http == status && error.jsonError)
            return refusal(kind, error);
    }
    if (error.http == 0 && error.sent == Sent::No) {
        if (const auto judgement = notSent(error))
            return *judgement;
    }
    return unknown();
}

} // namespace outrigger::sync
