// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace outrigger::practice
{

struct Token {
    QString text;
    QString locationId; ///< empty: an agency's
    QString companyId;
    QString clientId; ///< empty: a private integration token
    QString userId;
    QStringList scopes;
    QStringList unsupported; ///< path globs the IAM service refuses for this token
    qint64 expires = 0;      ///< ms; 0: never
    bool revoked = false;
    bool isPit() const { return clientId.isEmpty(); }
};

/// What an authorization code stands for.
struct Grant {
    QString clientId, redirectUri, locationId, companyId, userType, challenge;
    QStringList scopes;
    qint64 expires = 0;
    bool used = false;
};

struct Refresh {
    Token access; ///< to be made anew
    QString userType;
    bool used = false;
    qint64 usedAt = 0;
    QJsonObject answer; ///< given when it was used; repeated inside the grace window
    bool revoked = false;
};

struct Client {
    QString secret;
};

/// Access tokens, codes, refresh tokens and clients. All of them are worthless outside this server.
class Tokens
{
public:
    explicit Tokens(quint64 seed = 1);

    static QStringList allScopes();
    QString makePit(const QString &locationId, const QString &companyId, const QStringList &scopes, qint64 expires = 0);
    QString makeAccess(Token token, qint64 now, qint64 lifeMs);
    QString makeRefresh(const Token &token, const QString &userType);
    QString makeCode(Grant grant);

    QHash<QString, Token> access;
    QHash<QString, Grant> codes;
    QHash<QString, Refresh> refreshes;
    QHash<QString, Client> clients;
    qint64 accessLife = 86'399'000; ///< ms
    qint64 grace = 30'000;          ///< ms in which a used refresh token gives its pair again
    int rotations = 0;

    QJsonObject save() const;
    void load(const QJsonObject &saved);

private:
    QString opaque(int words);
    quint64 m_seed;
    quint64 m_count = 0;
};

} // namespace outrigger::practice
