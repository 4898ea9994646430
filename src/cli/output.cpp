// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "cli/arguments.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::cli {

void Output::answer(const QJsonValue &document, const QString &text)
{
    if (m_json) {
        if (m_answered)
            return;
        m_answered = true;
        const QJsonDocument whole = document.isArray() ? QJsonDocument(document.toArray()) : QJsonDocument(document.toObject());
        m_out(whole.toJson(QJsonDocument::Indented));
        return;
    }
    if (text.isEmpty())
        return;
    m_out((text.endsWith(u'\n') ? text : text + u'\n').toUtf8());
}

void Output::note(const QString &text)
{
    m_err((text + u'\n').toUtf8());
}

int Output::failure(const Error &error)
{
    QJsonObject what{{u"kind"_s, kindWord(error.kind)}, {u"message"_s, error.message}};
    if (error.http > 0)
        what.insert(u"http"_s, error.http);
    if (!error.traceId.isEmpty())
        what.insert(u"traceId"_s, error.traceId);
    if (!error.code.isEmpty())
        what.insert(u"code"_s, error.code);
    QString sentence = error.message.isEmpty() ? QCoreApplication::translate("Cli", "It did not work.") : error.message;
    if (!error.traceId.isEmpty())
        sentence += u" ("_s + QCoreApplication::translate("Cli", "trace id %1").arg(error.traceId) + u')';
    note(clean(sentence));
    if (m_json)
        answer(QJsonObject{{u"error"_s, what}}, {});
    return exitOf(error);
}

int Output::failure(int exit, const QString &code, const QString &sentence)
{
    note(clean(sentence));
    if (m_json)
        answer(QJsonObject{{u"error"_s, QJsonObject{{u"kind"_s, code}, {u"message"_s, sentence}}}}, {});
    return exit;
}

QString kindWord(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return u"offline"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::Tls:
        return u"tls"_s;
    case ErrorKind::Portal:
        return u"portal"_s;
    case ErrorKind::TokenRefused:
        return u"token_refused"_s;
    case ErrorKind::ScopeMissing:
        return u"scope_missing"_s;
    case ErrorKind::VersionRefused:
        return u"version_refused"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not_found"_s;
    case ErrorKind::Invalid:
        return u"invalid"_s;
    case ErrorKind::RateLimited:
        return u"rate_limited"_s;
    case ErrorKind::Server:
        return u"server"_s;
    case ErrorKind::BadReply:
        return u"bad_reply"_s;
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Storage:
        return u"storage"_s;
    case ErrorKind::StorageFull:
        return u"storage_full"_s;
    case ErrorKind::Keyring:
        return u"keyring"_s;
    case ErrorKind::KeyringLocked:
        return u"keyring_locked"_s;
    case ErrorKind::SignInNeeded:
        return u"sign_in_needed"_s;
    case ErrorKind::Usage:
        return u"usage"_s;
    case ErrorKind::Busy:
        return u"busy"_s;
    case ErrorKind::Internal:
        return u"internal"_s;
    }
    return u"internal"_s;
}

int exitOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Usage:
        return WrongUsage;
    case ErrorKind::TokenRefused:
    case ErrorKind::SignInNeeded:
    case ErrorKind::KeyringLocked:
        return SignInNeeded;
    case ErrorKind::ScopeMissing:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Invalid:
        return Refused;
    case ErrorKind::Busy:
        return InUse;
    default:
        return Failed;
    }
}

QJsonValue toJson(const QDateTime &date)
{
    return date.isValid() ? QJsonValue(date.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject toJson(const OutboxRecord &record)
{
    QJsonObject object{{u"id"_s, record.id.value},
                       {u"kind"_s, record.kindWord.isEmpty() ? outboxKindWord(record.kind) : record.kindWord},
                       {u"lane"_s, record.lane},
                       {u"state"_s, outboxStateWord(record.state)},
                       {u"attempts"_s, record.attempts},
                       {u"createdAt"_s, toJson(record.createdAt)},
                       {u"serverId"_s, record.serverId},
                       {u"reason"_s, record.reason}};
    if (!record.reasonCode.isEmpty())
        object.insert(u"reasonCode"_s, record.reasonCode);
    if (record.hold != HoldReason::None)
        object.insert(u"hold"_s, holdWord(record.hold));
    if (record.dueAt.isValid())
        object.insert(u"dueAt"_s, toJson(record.dueAt));
    if (!record.again.isEmpty())
        object.insert(u"again"_s, record.again.value);
    return object;
}

QJsonObject toJson(const Contact &contact)
{
    QJsonArray fields;
    for (const CustomValue &value : contact.customFields)
        fields.append(QJsonObject{{u"id"_s, value.id.value}, {u"value"_s, value.value}});
    return {{u"id"_s, contact.id.value},
            {u"name"_s, contact.displayName()},
            {u"firstName"_s, contact.firstName},
            {u"lastName"_s, contact.lastName},
            {u"companyName"_s, contact.companyName},
            {u"email"_s, contact.email},
            {u"phone"_s, contact.phone},
            {u"tags"_s, QJsonArray::fromStringList(contact.tags)},
            {u"city"_s, contact.city},
            {u"state"_s, contact.state},
            {u"country"_s, contact.country},
            {u"timezone"_s, contact.timezone},
            {u"source"_s, contact.source},
            {u"type"_s, contact.type},
            {u"dnd"_s, contact.dnd},
            {u"smsDnd"_s, contact.smsDnd() != DndStatus::Inactive},
            {u"assignedTo"_s, contact.assignedTo.value},
            {u"customFields"_s, fields},
            {u"dateAdded"_s, toJson(contact.dateAdded)},
            {u"dateUpdated"_s, toJson(contact.dateUpdated)}};
}

QJsonObject toJson(const ContactHit &hit)
{
    const QString match = hit.match == ContactHit::Match::Exact   ? u"exact"_s
                          : hit.match == ContactHit::Match::Maybe ? u"maybe"_s
                                                                  : u"name"_s;
    return {{u"id"_s, hit.id.value}, {u"name"_s, hit.name},   {u"phone"_s, hit.phone},
            {u"email"_s, hit.email}, {u"match"_s, match},     {u"inHighLevel"_s, !hit.local},
            {u"smsDnd"_s, hit.smsDnd != DndStatus::Inactive}, {u"lastTexted"_s, toJson(hit.lastTexted)}};
}

QJsonObject toJson(const ConversationRow &row)
{
    return {{u"id"_s, row.id.value},
            {u"contactId"_s, row.contactId.value},
            {u"name"_s, row.name},
            {u"phone"_s, row.phone},
            {u"channel"_s, channelWord(row.channel)},
            {u"direction"_s, row.direction == Direction::Inbound ? u"inbound"_s : u"outbound"_s},
            {u"preview"_s, row.preview},
            {u"lastDate"_s, toJson(row.lastDate)},
            {u"unread"_s, row.unread},
            {u"starred"_s, row.starred},
            {u"assignedTo"_s, row.assignedTo.value},
            {u"state"_s, stateKey(row.lastState)}};
}

QJsonObject toJson(const MessageRow &row)
{
    const Message &message = row.message;
    QJsonObject object{{u"id"_s, message.id.value},
                       {u"contactId"_s, message.contactId.value},
                       {u"channel"_s, channelWord(message.channel)},
                       {u"type"_s, message.typeWord},
                       {u"direction"_s, message.direction == Direction::Inbound ? u"inbound"_s : u"outbound"_s},
                       {u"state"_s, stateKey(row.state)},
                       {u"status"_s, message.status},
                       {u"body"_s, message.body},
                       {u"dateAdded"_s, toJson(message.dateAdded)},
                       {u"from"_s, message.from},
                       {u"to"_s, message.to},
                       {u"userId"_s, message.userId.value},
                       {u"attachments"_s, QJsonArray::fromStringList(message.attachments)}};
    if (!row.record.isEmpty())
        object.insert(u"record"_s, row.record.value);
    if (row.state == MessageState::Failed || row.state == MessageState::StoppedHere || row.state == MessageState::OptedOut) {
        object.insert(u"error"_s, message.error);
        object.insert(u"reason"_s, row.reason);
    }
    return object;
}

QString clean(QString text)
{
    for (QChar &c : text) {
        // What came from outside must not steer the terminal.
        if (c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0))
            c = u' ';
    }
    return text;
}

QString columns(const QVector<QStringList> &rows)
{
    QVector<qsizetype> widths;
    for (const QStringList &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::min<qsizetype>(std::max(widths[i], row[i].size()), 40);
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += clean(row[i]).leftJustified(int(i + 1 < row.size() ? widths[i] + 2 : 0));
        text += line + u'\n';
    }
    return text;
}

} // namespace outrigger::cli
