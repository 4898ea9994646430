// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/tokens.h"

#include "practice/mint.h"

#include <QJsonDocument>
#include <QUuid>

namespace outrigger::practice
{

namespace
{

QJsonObject toJson(const Token &t)
{
    return {{QStringLiteral("text"), t.text},
            {QStringLiteral("location"), t.locationId},
            {QStringLiteral("company"), t.companyId},
            {QStringLiteral("client"), t.clientId},
            {QStringLiteral("user"), t.userId},
            {QStringLiteral("scopes"), QJsonArray::fromStringList(t.scopes)},
            {QStringLiteral("unsupported"), QJsonArray::fromStringList(t.unsupported)},
            {QStringLiteral("expires"), t.expires},
            {QStringLiteral("revoked"), t.revoked}};
}

QStringList strings(const QJsonValue &value)
{
    QStringList result;
    const QJsonArray array = value.toArray();
    for (const auto &item : array)
        result.append(item.toString());
    return result;
}

Token fromJson(const QJsonObject &o)
{
    return {o[u"text"].toString(),      o[u"location"].toString(), o[u"company"].toString(),
            o[u"client"].toString(),    o[u"user"].toString(),     strings(o[u"scopes"]),
            strings(o[u"unsupported"]), o[u"expires"].toInteger(), o[u"revoked"].toBool()};
}

} // namespace

Tokens::Tokens(quint64 seed) : m_seed(mix(seed ^ 0x70726163))
{
    clients.insert(QStringLiteral("66f0a1b2c3d4e5f6a7b8c9d0-practice"), {QStringLiteral("practice-client-secret")});
}

QStringList Tokens::allScopes()
{
    return QStringLiteral("contacts.readonly contacts.write opportunities.readonly opportunities.write "
                          "conversations.readonly conversations.write conversations/message.readonly conversations/livechat.write "
                          "conversations/message.write calendars.readonly calendars.write calendars/events.readonly "
                          "calendars/events.write calendars/groups.readonly calendars/groups.write "
                          "calendars/resources.readonly calendars/resources.write users.readonly locations.readonly "
                          "locations/tags.readonly locations/tags.write locations/customFields.readonly "
                          "locations/customValues.readonly locations/templates.readonly locations/tasks.readonly "
                          "workflows.readonly phonenumbers.read links.readonly medias.readonly medias.write "
                          "campaigns.readonly businesses.readonly businesses.write oauth.readonly oauth.write "
                          "users.write locations.write companies.readonly snapshots.readonly locations/customFields.write "
                          "associations.readonly associations.write associations/relation.readonly associations/relation.write "
                          "blogs/list.readonly blogs/author.readonly blogs/category.readonly blogs/posts.readonly "
                          "blogs/check-slug.readonly blogs/post.write blogs/post-update.write objects/schema.readonly "
                          "objects/record.readonly emails/builder.readonly emails/templates.readonly numberpools.read")
        .split(u' ');
}

QString Tokens::opaque(int words)
{
    QString text;
    for (int i = 0; i < words; ++i)
        text += QStringLiteral("%1").arg(mix(m_seed + ++m_count), 16, 16, QLatin1Char('0'));
    return text;
}

QString Tokens::makePit(const QString &locationId, const QString &companyId, const QStringList &scopes, qint64 expires)
{
    const QByteArray bytes = QByteArray::fromHex(opaque(2).toLatin1());
    const QString text = QStringLiteral("pit-") + QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
    Token token;
    token.text = text;
    token.locationId = locationId;
    token.companyId = companyId;
    token.scopes = scopes;
    token.expires = expires;
    access.insert(text, token);
    return text;
}

QString Tokens::makeAccess(Token token, qint64 now, qint64 lifeMs)
{
    const auto part = [](const QJsonObject &object) {
        return QString::fromLatin1(QJsonDocument(object)
                                       .toJson(QJsonDocument::Compact)
                                       .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    };
    token.expires = now + lifeMs;
    const bool ofLocation = !token.locationId.isEmpty();
    token.text =
        part({{QStringLiteral("alg"), QStringLiteral("HS256")}, {QStringLiteral("typ"), QStringLiteral("JWT")}}) +
        u'.' +
        part({{QStringLiteral("authClass"), ofLocation ? QStringLiteral("Location") : QStringLiteral("Company")},
              {QStringLiteral("authClassId"), ofLocation ? token.locationId : token.companyId},
              {QStringLiteral("exp"), token.expires / 1000},
              {QStringLiteral("iat"), now / 1000}}) +
        u'.' + opaque(4);
    access.insert(token.text, token);
    return token.text;
}

QString Tokens::makeRefresh(const Token &token, const QString &userType)
{
    const QString text = QStringLiteral("rt-") + opaque(4);
    Refresh refresh;
    refresh.access = token;
    refresh.userType = userType;
    refreshes.insert(text, refresh);
    return text;
}

QString Tokens::makeCode(Grant grant)
{
    const QString text = opaque(3);
    codes.insert(text, std::move(grant));
    return text;
}

QJsonObject Tokens::save() const
{
    QJsonArray tokens, pairs;
    for (const Token &token : access)
        tokens.append(toJson(token));
    for (auto it = refreshes.begin(); it != refreshes.end(); ++it) {
        pairs.append(QJsonObject{{QStringLiteral("text"), it.key()},
                                 {QStringLiteral("access"), toJson(it->access)},
                                 {QStringLiteral("userType"), it->userType},
                                 {QStringLiteral("used"), it->used},
                                 {QStringLiteral("usedAt"), it->usedAt},
                                 {QStringLiteral("answer"), it->answer},
                                 {QStringLiteral("revoked"), it->revoked}});
    }
    return {{QStringLiteral("access"), tokens},
            {QStringLiteral("refresh"), pairs},
            {QStringLiteral("count"), QString::number(m_count)}};
}

void Tokens::load(const QJsonObject &saved)
{
    m_count = std::max(m_count, saved[u"count"].toString().toULongLong());
    const QJsonArray tokens = saved[u"access"].toArray();
    for (const auto &value : tokens) {
        const Token token = fromJson(value.toObject());
        access.insert(token.text, token);
    }
    const QJsonArray pairs = saved[u"refresh"].toArray();
    for (const auto &value : pairs) {
        const QJsonObject o = value.toObject();
        Refresh refresh;
        refresh.access = fromJson(o[u"access"].toObject());
        refresh.userType = o[u"userType"].toString();
        refresh.used = o[u"used"].toBool();
        refresh.usedAt = o[u"usedAt"].toInteger();
        refresh.answer = o[u"answer"].toObject();
        refresh.revoked = o[u"revoked"].toBool();
        refreshes.insert(o[u"text"].toString(), refresh);
    }
}

} // namespace outrigger::practice
