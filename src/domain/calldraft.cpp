// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/calldraft.h"

#include "domain/callwords.h"
#include "domain/whenwhere.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Calls)
};

QString asComment(const LoggedCall &call)
{
    Message message;
    message.channel = Channel::Call;
    message.status = call.status;
    const QDateTime local = call.at.toLocalTime();
    return Words::tr("Call noted by hand: %1, %2, %3 %4", "outgoing, answered, day, time")
        .arg(call.inbound ? Words::tr("incoming") : Words::tr("outgoing"), callOutcome(message),
             QLocale().toString(local.date(), u"ddd d MMM"_s), clockTime(local.time()));
}

} // namespace

QStringList callEndings()
{
    return {u"answered"_s, u"no-answer"_s, u"busy"_s, u"voicemail"_s, u"failed"_s};
}

QString callProviderOf(const SendFacts &facts)
{
    QString provider;
    for (const ChannelTalk &talk : facts.talks) {
        if (talk.channel == Channel::Call && !talk.providerId.isEmpty())
            provider = talk.providerId;
    }
    return provider;
}

MessageDraft callDraft(const Contact &contact, const ConversationId &conversation, const LoggedCall &call, const QString &providerId)
{
    MessageDraft draft;
    draft.contactId = contact.id;
    draft.conversationId = conversation;
    if (providerId.isEmpty()) {
        draft.type = channelSendType(Channel::InternalComment);
        draft.body = asComment(call);
        return draft;
    }
    draft.type = u"Call"_s;
    draft.call = call;
    draft.providerId = providerId;
    draft.toNumber = contact.phone;
    return draft;
}

} // namespace outrigger
