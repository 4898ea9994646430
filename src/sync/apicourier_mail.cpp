// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/apicourier.h"

#include "api/client.h"
#include "api/ops_conversations.h"
#include "domain/mail.h"
#include "domain/mailhtml.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What is particular to e-mail: HTML, copies, and that lists come without the text.
namespace outrigger::sync {

namespace {

constexpr int mostRead = 10; ///< e-mails that one look reads

} // namespace

void ApiCourier::fillEmail(api::SendMessage &operation, const OutboxRecord &record, const MessageDraft &draft)
{
    operation.subject = draft.subject;
    operation.html = mail::htmlFor(draft.body) + mail::markOf(record.id);
    operation.emailCc = draft.cc;
    operation.emailBcc = draft.bcc;
    operation.replyMessageId = draft.replyTo.value;
}

/// Puts the texts in: of e-mails that could be this one. An e-mail that cannot be read leaves the look without proof.
Task<Result<Courier::Look>> ApiCourier::readEmails(OutboxRecord record, Look look)
{
    int read = 0;
    for (Message &message : look.messages) {
        const bool possible = message.channel == Channel::Email && message.direction == Direction::Outbound
            && !message.emailIds.isEmpty() && record.firstWriteAt.isValid()
            && message.dateAdded >= record.firstWriteAt.addMSecs(-(10'000 + std::abs(skew().count())));
        if (!possible || !message.body.isEmpty())
            continue;
        if (++read > mostRead) {
            look.counts = false;
            break;
        }
        api::GetEmail operation;
        operation.id = EmailId(message.emailIds.constFirst());
        auto call = m_client->send(operation, api::Priority::Reconcile);
        const auto email = co_await call;
        if (!email) {
            look.counts = false;
            continue;
        }
        message.body = email->body;
        message.subject = email->subject;
    }
    co_return look;
}

} // namespace outrigger::sync
