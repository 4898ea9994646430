// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QStringList>
#include <QUrl>

namespace outrigger {

enum class SignInKind { PrivateToken, OAuth, Session };

/// One sub-account that a person works in. Not secret: tokens are in the keychain under the account's id. The row, not
/// the keychain, says whether we are signed in.
struct Account {
    AccountId id;
    QString name;
    LocationId location;
    QString locationName;
    QString timezone;  ///< IANA, of the location
    QString country;   ///< two letters
    UserId me;         ///< empty: a shared desk
    SignInKind kind = SignInKind::PrivateToken; ///< Session: the token is in memory only, this run
    QUrl server;       ///< API base
    QUrl authorizeUrl;
    QString clientId;  ///< OAuth, the user's own app
    int redirectPort = 0;
    int tokenSlot = 0; ///< which of the two keychain slots holds the current pair
    qint64 tokenGeneration = 0;
    bool rotating = false; ///< a refresh was begun and its result not yet committed
    QDateTime tokenExpires;
    QStringList scopes;  ///< granted, as far as known
    bool needsSignIn = false;
    bool practice = false;
    QDateTime createdAt;
};

/// What the session turns over by itself. Everything else of a row is the person's and the location's to change, so
/// neither side may write the whole row from its own copy.
inline void takeSignIn(Account &to, const Account &from)
{
    to.tokenSlot = from.tokenSlot;
    to.tokenGeneration = from.tokenGeneration;
    to.rotating = from.rotating;
    to.tokenExpires = from.tokenExpires;
    to.scopes = from.scopes;
    to.needsSignIn = from.needsSignIn;
}

} // namespace outrigger
