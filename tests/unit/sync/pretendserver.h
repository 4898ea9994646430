// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/await.h"
#include "sync/courier.h"

#include <QHash>
#include <QTimer>
#include <QUuid>

#include <deque>
#include <functional>

namespace outrigger::test {

/// How one attempt ends.
enum class Ending {
    Ok,
    LostWithEffect,    ///< it happened, the answer never came
    LostWithoutEffect, ///< nothing happened, and the answer never came
    LostLateEffect,    ///< the answer never came, and it happens some time later
    Offline,           ///< nothing left
    Limited,
    TokenRefused,
    ScopeMissing,
    Dnd,
    PlainServerError,  ///< 500 without effect
    ServerErrorWithEffect,
    Hang               ///< never ends
};

/// What HighLevel does, as far as one location's outbox can notice: messages, contacts, tags, read marks. It counts
/// what really happened, whatever it answered.
class PretendServer : public QObject
{
public:
    explicit PretendServer(LocationId location) : m_location(std::move(location)) {}

    QVector<Message> messages;
    QVector<Contact> contacts;
    QHash<QString, QStringList> tags;   ///< by contact id
    QHash<QString, int> unread;         ///< by contact id
    QHash<RecordId, int> effects;
    int pendingLate = 0;
    std::chrono::milliseconds lateAfter{8};

    QString happen(const OutboxRecord &record)
    {
        ++effects[record.id];
        switch (record.kind) {
        case OutboxKind::SendMessage:
            return addMessage(record.contactId(), MessageDraft::fromJson(record.payload).body);
        case OutboxKind::CreateContact:
            return addContact(ContactDraft::fromJson(record.payload));
        case OutboxKind::ContactTags: {
            const TagChange change = TagChange::fromJson(record.payload);
            QStringList &own = tags[change.contactId.value];
            for (const QString &tag : change.remove)
                own.removeAll(tag);
            for (const QString &tag : change.add) {
                if (!own.contains(tag))
                    own.append(tag);
            }
            return {};
        }
        case OutboxKind::ConversationRead: {
            const ReadChange change = ReadChange::fromJson(record.payload);
            if (change.unreadCount)
                unread[change.contactId.value] = *change.unreadCount;
            return {};
        }
        case OutboxKind::CancelSchedule:
        case OutboxKind::ContactAssign:
        case OutboxKind::BookAppointment:
        case OutboxKind::ChangeAppointment:
        case OutboxKind::BlockTime:
        case OutboxKind::DealCreate:
        case OutboxKind::DealUpdate:
        case OutboxKind::DealSetStatus:
        case OutboxKind::DealDelete:
        case OutboxKind::DealFollow:
        case OutboxKind::DealUpsert:
        case OutboxKind::ContactUpdate:
        case OutboxKind::ContactDelete:
        case OutboxKind::ContactEnrol:
        case OutboxKind::ContactBulk:
        case OutboxKind::AddTask:
        case OutboxKind::ChangeTask:
        case OutboxKind::AddNote:
        case OutboxKind::ChangeNote:
            return {};
        }
        return {};
    }
    QString addMessage(const ContactId &contact, const QString &body)
    {
        Message message;
        message.id = MessageId(fresh());
        message.location = m_location;
        message.contactId = contact;
        message.conversationId = ConversationId(QStringLiteral("conv-") + contact.value);
        message.channel = Channel::Sms;
        message.typeWord = QStringLiteral("TYPE_SMS");
        message.direction = Direction::Outbound;
        message.status = QStringLiteral("sent");
        message.source = QStringLiteral("api");
        message.body = body;
        message.dateAdded = QDateTime::currentDateTimeUtc();
        message.dateUpdated = message.dateAdded;
        messages.prepend(message);
        return message.id.value;
    }
    QString addContact(const ContactDraft &draft)
    {
        Contact contact;
        contact.id = ContactId(fresh());
        contact.location = m_location;
        contact.firstName = draft.firstName;
        contact.phone = draft.phone;
        contact.email = draft.email;
        contact.dateAdded = QDateTime::currentDateTimeUtc();
        contact.dateUpdated = contact.dateAdded;
        contacts.append(contact);
        return contact.id.value;
    }
    std::optional<Contact> who(const ContactDraft &draft) const
    {
        for (const Contact &contact : contacts) {
            if ((!draft.phone.isEmpty() && contact.phone == draft.phone) || (!draft.email.isEmpty() && contact.email == draft.email))
                return contact;
        }
        return std::nullopt;
    }
    void happenLater(const OutboxRecord &record)
    {
        ++pendingLate;
        QTimer::singleShot(lateAfter, this, [this, record] {
            --pendingLate;
            if (record.kind != OutboxKind::CreateContact || !who(ContactDraft::fromJson(record.payload)))
                happen(record);
        });
    }
    int count(const ContactId &contact, const QString &body) const
    {
        return int(std::count_if(messages.cbegin(), messages.cend(), [&](const Message &message) {
            return message.contactId == contact && message.body == body;
        }));
    }
    const LocationId &location() const { return m_location; }

private:
    static QString fresh() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }
    LocationId m_location;
};

/// A courier whose endings are decided by the test.
class ScriptedCourier : public sync::Courier
{
public:
    ScriptedCourier(PretendServer *server, AccountId account) : m_server(server), m_account(std::move(account)) {}

    std::deque<Ending> endings;                    ///< used up first
    std::function<Ending(const OutboxRecord &)> otherwise = [](const OutboxRecord &) { return Ending::Ok; };
    std::function<void(const OutboxRecord &)> onDeliver; ///< before anything happens
    std::function<void(const OutboxRecord &)> onHappened; ///< after the effect, before the answer
    bool looksFail = false;
    bool looksReachBack = true;
    bool gateOpen = true;
    std::chrono::milliseconds takes{0};
    QVector<OutboxRecord> delivered;
    QVector<RecordId> looked;
    int strangers = 0; ///< records of another account or location

    void setReady(bool ready)
    {
        m_ready = ready;
        Q_EMIT readyChanged();
    }
    void reconnect() { Q_EMIT lookNow(); }

    Task<Result<Delivered>> deliver(OutboxRecord record) override
    {
        delivered.append(record);
        if (record.account != m_account || record.location != m_server->location())
            ++strangers;
        if (onDeliver)
            onDeliver(record);
        Ending ending = otherwise(record);
        if (!endings.empty()) {
            ending = endings.front();
            endings.pop_front();
        }
        if (ending == Ending::Hang) {
            Deferred<bool> never;
            co_await never;
        }
        if (takes.count() > 0) {
            Delay travel(takes, Qt::PreciseTimer);
            co_await travel;
        }
        Delivered result;
        const bool adopts = record.kind == OutboxKind::CreateContact && m_server->who(ContactDraft::fromJson(record.payload));
        if (adopts) {
            result.contact = m_server->who(ContactDraft::fromJson(record.payload));
            result.serverId = result.contact->id.value;
            result.adopted = true;
            co_return result;
        }
        if (ending == Ending::Ok || ending == Ending::LostWithEffect || ending == Ending::ServerErrorWithEffect)
            result.serverId = m_server->happen(record);
        if (ending == Ending::LostLateEffect)
            m_server->happenLater(record);
        if (onHappened)
            onHappened(record);
        Delay answer(std::chrono::milliseconds(0));
        co_await answer;
        if (ending == Ending::Ok) {
            if (record.kind == OutboxKind::SendMessage)
                result.conversation = ConversationId(QStringLiteral("conv-") + record.contactId().value);
            co_return result;
        }
        co_return fail(errorFor(ending));
    }

    Task<Result<Look>> look(OutboxRecord record) override
    {
        looked.append(record.id);
        Look look;
        look.counts = looksReachBack;
        look.messages = m_server->messages;
        if (record.kind == OutboxKind::CreateContact)
            look.contact = m_server->who(ContactDraft::fromJson(record.payload));
        if (record.kind == OutboxKind::ContactTags) {
            const TagChange change = TagChange::fromJson(record.payload);
            const QStringList own = m_server->tags.value(change.contactId.value);
            bool there = true;
            for (const QString &tag : change.add)
                there = there && own.contains(tag);
            for (const QString &tag : change.remove)
                there = there && !own.contains(tag);
            look.alreadyThere = there;
        }
        if (record.kind == OutboxKind::ConversationRead) {
            const ReadChange change = ReadChange::fromJson(record.payload);
            look.alreadyThere = change.unreadCount == m_server->unread.value(change.contactId.value, -1);
        }
        const bool fails = looksFail;
        Delay travel(std::chrono::milliseconds(0));
        co_await travel;
        if (fails)
            co_return fail(errorFor(Ending::Offline));
        co_return look;
    }

    bool ready() const override { return m_ready; }
    Task<Status> preflight(std::chrono::milliseconds) override
    {
        if (!gateOpen)
            co_return fail(errorFor(Ending::Offline));
        co_return Status{};
    }
    QDateTime serverNow() const override { return QDateTime::currentDateTimeUtc(); }
    bool knowsServerTime() const override { return true; }
    std::chrono::milliseconds skew() const override { return std::chrono::milliseconds(0); }

    static Error errorFor(Ending ending)
    {
        Error error;
        error.sent = Sent::Yes;
        switch (ending) {
        case Ending::Offline:
            error.kind = ErrorKind::Offline;
            error.sent = Sent::No;
            break;
        case Ending::Limited:
            error.kind = ErrorKind::RateLimited;
            error.http = 429;
            error.retryAfter = std::chrono::milliseconds(3);
            break;
        case Ending::TokenRefused:
            error.kind = ErrorKind::TokenRefused;
            error.http = 401;
            error.jsonError = true;
            break;
        case Ending::ScopeMissing:
            error.kind = ErrorKind::ScopeMissing;
            error.http = 401;
            error.jsonError = true;
            break;
        case Ending::Dnd:
            error.kind = ErrorKind::Invalid;
            error.http = 400;
            error.jsonError = true;
            error.code = QStringLiteral("CONVERSATIONS_MSG_UNSUBSCRIBED_SMS");
            break;
        case Ending::PlainServerError:
        case Ending::ServerErrorWithEffect:
            error.kind = ErrorKind::Server;
            error.http = 500;
            error.jsonError = true;
            break;
        default:
            error.kind = ErrorKind::Timeout;
            error.sent = Sent::Unknown;
            break;
        }
        return error;
    }

private:
    PretendServer *m_server;
    AccountId m_account;
    bool m_ready = true;
};

} // namespace outrigger::test
