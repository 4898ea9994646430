// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faultserver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

#include <algorithm>
#include <functional>
#include <optional>

namespace outrigger::test {

/// A location whose answers a test bends: contacts by search, conversations, messages by export, small tables.
/// Everything goes over real sockets.
class ScriptedLocation
{
public:
    explicit ScriptedLocation(int contactCount)
    {
        for (int i = 0; i < contactCount; ++i)
            contacts.append(contact(i));
        server.handle([this](const Seen &seen) { return answer(seen); });
    }

    FaultServer server;
    QVector<QJsonObject> contacts; ///< oldest first
    QVector<QJsonObject> conversations;
    QVector<QJsonObject> messages; ///< newest first
    QHash<QString, int> asked;     ///< by path
    QVector<QJsonObject> contactSearches;
    /// Asked before the usual answer; nullopt goes on to it.
    std::function<std::optional<Fault>(const QString &path, const QJsonObject &body, const QUrlQuery &query)> bend;

    static qint64 epoch() { return 1'700'000'000'000; }
    static QJsonObject contact(int i)
    {
        const QString id = QStringLiteral("contact%1").arg(i, 6, 10, QLatin1Char('0'));
        const qint64 added = epoch() + qint64(i) * 1000;
        const QString date = QDateTime::fromMSecsSinceEpoch(added, Qt::UTC).toString(Qt::ISODateWithMs);
        return {{QStringLiteral("id"), id},
                {QStringLiteral("locationId"), QStringLiteral("LOC")},
                {QStringLiteral("firstName"), QStringLiteral("First%1").arg(i)},
                {QStringLiteral("lastName"), QStringLiteral("Last")},
                {QStringLiteral("dateAdded"), date},
                {QStringLiteral("dateUpdated"), date},
                {QStringLiteral("searchAfter"), QJsonArray{added, id}}};
    }
    static QJsonObject conversation(int i, qint64 lastMessage)
    {
        return {{QStringLiteral("id"), QStringLiteral("conversation%1").arg(i)},
                {QStringLiteral("locationId"), QStringLiteral("LOC")},
                {QStringLiteral("contactId"), QStringLiteral("contact%1").arg(i, 6, 10, QLatin1Char('0'))},
                {QStringLiteral("lastMessageDate"), lastMessage},
                {QStringLiteral("lastMessageType"), QStringLiteral("TYPE_SMS")},
                {QStringLiteral("dateUpdated"), lastMessage},
                {QStringLiteral("sort"), QJsonArray{lastMessage}},
                {QStringLiteral("unreadCount"), 0}};
    }
    static QJsonObject message(const QString &id, int conversation, const QDateTime &date, const QString &body)
    {
        return {{QStringLiteral("id"), id},
                {QStringLiteral("locationId"), QStringLiteral("LOC")},
                {QStringLiteral("conversationId"), QStringLiteral("conversation%1").arg(conversation)},
                {QStringLiteral("contactId"), QStringLiteral("contact%1").arg(conversation, 6, 10, QLatin1Char('0'))},
                {QStringLiteral("messageType"), QStringLiteral("TYPE_SMS")},
                {QStringLiteral("direction"), QStringLiteral("inbound")},
                {QStringLiteral("status"), QStringLiteral("delivered")},
                {QStringLiteral("body"), body},
                {QStringLiteral("dateAdded"), date.toString(Qt::ISODateWithMs)},
                {QStringLiteral("dateUpdated"), date.toString(Qt::ISODateWithMs)}};
    }
    static Fault json(const QJsonObject &object, int status = 200)
    {
        Fault fault;
        fault.status = status;
        fault.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
        return fault;
    }
    static Fault refusal(int status, const QString &message)
    {
        return json({{QStringLiteral("statusCode"), status}, {QStringLiteral("message"), message}}, status);
    }

private:
    Fault answer(const Seen &seen)
    {
        const QUrl url(QString::fromLatin1(seen.target));
        const QUrlQuery query(url);
        const QJsonObject body = QJsonDocument::fromJson(seen.body).object();
        const QString path = url.path();
        ++asked[path];
        if (path == QLatin1String("/contacts/search"))
            contactSearches.append(body);
        if (bend) {
            if (const auto bent = bend(path, body, query))
                return *bent;
        }
        if (path == QLatin1String("/contacts/search"))
            return searchContacts(body);
        if (path == QLatin1String("/contacts/"))
            return listContacts(query);
        if (path == QLatin1String("/conversations/search"))
            return searchConversations(query);
        if (path == QLatin1String("/conversations/messages/export"))
            return exportMessages(query);
        if (path == QLatin1String("/locations/LOC"))
            return json({{QStringLiteral("location"),
                          QJsonObject{{QStringLiteral("id"), QStringLiteral("LOC")},
                                      {QStringLiteral("name"), QStringLiteral("Test location")},
                                      {QStringLiteral("timezone"), QStringLiteral("America/New_York")},
                                      {QStringLiteral("country"), QStringLiteral("US")}}}});
        if (path == QLatin1String("/users/"))
            return json({{QStringLiteral("users"), QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("user1")},
                                                                          {QStringLiteral("name"), QStringLiteral("Gary")}}}}});
        if (path.startsWith(QLatin1String("/phone-system/")))
            return json({{QStringLiteral("numbers"), QJsonArray{}}});
        if (path.endsWith(QLatin1String("/customFields")))
            return json({{QStringLiteral("customFields"), QJsonArray{}}});
        if (path.endsWith(QLatin1String("/tags")))
            return json({{QStringLiteral("tags"), QJsonArray{}}});
        return refusal(404, QStringLiteral("Not found"));
    }
    static QString stringOf(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString(); }

    Fault searchContacts(const QJsonObject &body) const
    {
        const QJsonObject sort = body.value(QLatin1String("sort")).toArray().at(0).toObject();
        const bool ascending = stringOf(sort, "direction") == QLatin1String("asc");
        const QString field = stringOf(sort, "field").isEmpty() ? QStringLiteral("dateAdded") : stringOf(sort, "field");
        const auto keyOf = [&field](const QJsonObject &object) {
            return std::pair(QDateTime::fromString(object.value(field).toString(), Qt::ISODateWithMs).toMSecsSinceEpoch(),
                             object.value(QLatin1String("id")).toString());
        };
        QDateTime since;
        for (const QJsonValue &filter : body.value(QLatin1String("filters")).toArray())
            since = QDateTime::fromString(filter[QLatin1String("value")][QLatin1String("gte")].toString(), Qt::ISODateWithMs);
        QVector<QJsonObject> rows;
        for (const QJsonObject &row : contacts) {
            if (!since.isValid() || QDateTime::fromString(stringOf(row, "dateUpdated"), Qt::ISODateWithMs) >= since)
                rows.append(row);
        }
        std::sort(rows.begin(), rows.end(), [&](const QJsonObject &a, const QJsonObject &b) {
            return ascending ? keyOf(a) < keyOf(b) : keyOf(b) < keyOf(a);
        });
        const qint64 total = rows.size();
        const QJsonArray after = body.value(QLatin1String("searchAfter")).toArray();
        if (!after.isEmpty()) {
            const auto place = std::pair(after.at(0).toInteger(), after.at(1).toString());
            rows.erase(std::remove_if(rows.begin(), rows.end(),
                                      [&](const QJsonObject &row) { return ascending ? keyOf(row) <= place : keyOf(row) >= place; }),
                       rows.end());
        }
        QJsonArray page;
        const int limit = body.value(QLatin1String("pageLimit")).toInt(20);
        for (qsizetype i = 0; i < std::min<qsizetype>(limit, rows.size()); ++i) {
            QJsonObject row = rows.at(i);
            row.insert(QStringLiteral("searchAfter"), QJsonArray{keyOf(row).first, keyOf(row).second});
            page.append(row);
        }
        return json({{QStringLiteral("contacts"), page}, {QStringLiteral("total"), total}});
    }
    Fault listContacts(const QUrlQuery &query) const
    {
        const int limit = query.queryItemValue(QStringLiteral("limit")).toInt();
        const QString after = query.queryItemValue(QStringLiteral("startAfterId"));
        qsizetype at = 0;
        while (!after.isEmpty() && at < contacts.size() && stringOf(contacts.at(at), "id") <= after)
            ++at;
        QJsonArray page;
        QJsonObject meta{{QStringLiteral("total"), contacts.size()}};
        for (; at < contacts.size() && page.size() < limit; ++at) {
            page.append(contacts.at(at));
            meta.insert(QStringLiteral("startAfterId"), contacts.at(at).value(QLatin1String("id")));
            meta.insert(QStringLiteral("startAfter"), contacts.at(at).value(QLatin1String("searchAfter")).toArray().at(0));
        }
        return json({{QStringLiteral("contacts"), page}, {QStringLiteral("meta"), meta}});
    }
    Fault searchConversations(const QUrlQuery &query) const
    {
        const qint64 before = query.queryItemValue(QStringLiteral("startAfterDate")).toLongLong();
        const int limit = std::max(1, query.queryItemValue(QStringLiteral("limit")).toInt());
        QVector<QJsonObject> rows = conversations;
        std::sort(rows.begin(), rows.end(), [](const QJsonObject &a, const QJsonObject &b) {
            return a.value(QLatin1String("lastMessageDate")).toInteger() > b.value(QLatin1String("lastMessageDate")).toInteger();
        });
        QJsonArray page;
        for (const QJsonObject &row : std::as_const(rows)) {
            if (page.size() < limit && (before == 0 || row.value(QLatin1String("lastMessageDate")).toInteger() <= before))
                page.append(row);
        }
        return json({{QStringLiteral("conversations"), page}, {QStringLiteral("total"), conversations.size()}});
    }
    Fault exportMessages(const QUrlQuery &query) const
    {
        const int at = query.queryItemValue(QStringLiteral("cursor")).toInt();
        const int limit = std::max(10, query.queryItemValue(QStringLiteral("limit")).toInt());
        const bool email = query.queryItemValue(QStringLiteral("channel")) == QLatin1String("Email");
        QJsonArray page;
        const qsizetype count = email ? 0 : messages.size();
        for (qsizetype i = at; i < std::min<qsizetype>(at + limit, count); ++i)
            page.append(messages.at(i));
        QJsonObject reply{{QStringLiteral("messages"), page}, {QStringLiteral("total"), count}};
        reply.insert(QStringLiteral("nextCursor"),
                     at + limit < count ? QJsonValue(QString::number(at + limit)) : QJsonValue());
        return json(reply);
    }
};

} // namespace outrigger::test
