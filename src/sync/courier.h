// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/account.h"
#include "domain/contact.h"
#include "domain/conversation.h"
#include "domain/outboxrecord.h"

#include <QObject>

namespace outrigger::sync {

/// When the first request for this may have left, by the server's clock: the earliest of the records that it repeats.
inline constexpr QLatin1String firstTryKey{"firstTry"}; ///< in OutboxRecord::look of a repetition; milliseconds
inline QDateTime firstTry(const OutboxRecord &record)
{
    const QJsonValue before = record.look.value(firstTryKey);
    return before.isDouble() ? QDateTime::fromMSecsSinceEpoch(before.toInteger(), Qt::UTC) : record.firstWriteAt;
}

/// Ids of appointments that other records have made for the same contact; in OutboxRecord::look of what a courier gets,
/// never stored.
inline constexpr QLatin1String othersKey{"others"};

/// What the outbox needs of the network for one account: deliver a record once, and look whether it has happened.
/// ApiCourier does it with the client; tests script it.
class Courier : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    struct Delivered {
        QString serverId;            ///< message id, contact id; empty for net-state kinds
        ConversationId conversation; ///< from the send's answer
        std::optional<Contact> contact; ///< what create or upsert answered
        bool adopted = false;        ///< the contact was there already
        /// A first part is done and another request is needed: the record is delivered again with this merged into its
        /// `look`, so that the courier finds there what is done.
        bool more = false;
        QJsonObject progress;
    };
    /// One attempt. At most one request that changes something leaves; reads before it are free. Error::sent says what
    /// may have left of the changing request: a failed read before it is Sent::No and of a kind that says so
    /// (Offline, Tls, Timeout, RateLimited, SignInNeeded, Keyring), with http 0.
    virtual Task<Result<Delivered>> deliver(OutboxRecord record) = 0;

    struct Uploaded {
        QString address;             ///< where the phone companies fetch it
        ConversationId conversation; ///< the one that it was put into
    };
    /// Puts one file of a text where the text can name it, before the record is attempted. Repeating it does no harm
    /// (an orphan), so its errors are always of a kind that says "nothing was sent", or a refusal.
    virtual Task<Result<Uploaded>> upload(OutboxRecord record, MessageFile file, QByteArray bytes)
    {
        Q_UNUSED(record)
        Q_UNUSED(file)
        Q_UNUSED(bytes)
        co_return fail(ErrorKind::Usage, QString());
    }

    struct Look {
        bool counts = false;             ///< a valid page that reaches back to the watermark
        QVector<Message> messages;       ///< for SendMessage
        std::optional<Contact> contact;  ///< for CreateContact: who has this number or e-mail
        std::optional<bool> alreadyThere; ///< net-state kinds and bookings: the server has what we want
        QString serverId;                 ///< of the deal or booking that was found
    };
    virtual Task<Result<Look>> look(OutboxRecord record) = 0;

    /// Whether anything may leave now: signed in, network not known to be down, limiter not paused.
    virtual bool ready() const = 0;
    /// A GET has succeeded recently enough for a message to leave; if not, do one.
    virtual Task<Status> preflight(std::chrono::milliseconds age) = 0;
    virtual QDateTime serverNow() const = 0;
    /// Whether an answer has told serverNow(), by our clock as it is set now; a guess until then.
    virtual bool knowsServerTime() const = 0;
    virtual std::chrono::milliseconds skew() const = 0;

Q_SIGNALS:
    void readyChanged();
    /// Reconnected, woke up: settle at once.
    void lookNow();
};

} // namespace outrigger::sync
