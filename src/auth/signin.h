// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/session.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/account.h"
#include "domain/contact.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace outrigger::auth {

/// One row of the check that sign-in shows.
struct ScopeRow {
    QString area;      ///< "Texting", "Contacts", "Conversations", ...
    enum class Verdict { Works, ReadOnly, Missing, Unreachable } verdict = Verdict::Unreachable;
    QString scope;     ///< the exact scope to tick when it is missing
    QString detail;    ///< one sentence
};

struct CheckReport {
    Location location;
    QVector<User> users;
    QVector<ScopeRow> rows;
    UserId guess;          ///< who the person probably is (e-mail or OS name); empty when nobody fits
};

/// The ways in. Nothing is stored by these but what finish() writes; the caller then gives the account to the engine.
class SignIn : public QObject
{
    Q_OBJECT
public:
    /// versions: what the settings file says of the Version header.
    SignIn(QUrl server, Vault *vault, api::VersionTable versions = {}, QObject *parent = nullptr);
    ~SignIn() override;

    /// HighLevel's own consent page; white-label agencies have another.
    static QUrl consentPage();

    /// What is plainly wrong with a pasted token before any request: a v1 key (three dot parts that are no OAuth JWT
    /// for v2, or the v1 host), blanks, an address instead of a token. Empty when nothing is.
    static QString tokenProblem(const QString &token);
    /// Takes the location id out of a pasted web address; the text itself when it is none.
    static LocationId locationFromText(const QString &text);

    /// Who of these is the person at this computer: by e-mail, by the system's user name, or as the only one. Empty when
    /// nobody or more than one fits.
    static UserId guessUser(const QVector<User> &users, const QString &osName, const QString &email);

    /// Live check: get location, list users, then one harmless read per area. Missing scopes are rows, not errors. The
    /// error "wrong-location" (Error::code) carries the right one in Error::detail["locationId"] when the token tells.
    Task<Result<CheckReport>> check(QString token, LocationId location);

    struct OAuthRequest {
        QString clientId;
        QString clientSecret;
        QUrl authorizeUrl;
        QVector<int> ports{47821, 47822, 47823}; ///< first free one; must be registered with the user's app
        /// Empty: "/outrigger/callback". HighLevel compares the redirect address with the registered ones letter by
        /// letter, so a path that is new for each attempt cannot work. A profile may have a random one of its own that
        /// stays the same and is shown for registering; what protects one attempt is state, PKCE and the single hit.
        QString path;
        QStringList scopes; ///< empty: all that Outrigger uses
        std::chrono::milliseconds timeout{5 * 60 * 1000};
    };
    struct OAuthResult {
        Secret secret;
        LocationId location;
        UserId user;
        QStringList scopes;
        QDateTime expires;
        int port = 0;
    };
    using OpenBrowser = std::function<bool(const QUrl &)>;
    /// The whole browser flow: loopback listener on 127.0.0.1 and ::1 with a random path, state and PKCE, one exact
    /// hit, static answer page, token call. Destroying the task closes the port.
    Task<Result<OAuthResult>> authorize(OAuthRequest request, OpenBrowser open);
    /// The second way while authorize() runs: the address (or code) that the browser ended on.
    /// An address without state, or a bare code, is not proven to be ours: confirmationNeeded follows, as for a browser.
    Status paste(const QString &addressOrCode);
    /// The person's answer to confirmationNeeded.
    void confirmReturn(bool mine);
    QUrl redirectUri() const; ///< while authorize() runs
    /// What authorize() will send with the request's first port: for registering it beforehand.
    static QUrl firstRedirectUri(const OAuthRequest &request);

    /// Writes the secret (vault, or memory for a session-only account) and gives the account row to store.
    Task<Result<Account>> finish(Account account, Secret secret, bool sessionOnly);

Q_SIGNALS:
    void waitingForBrowser(const QUrl &address);
    void progress(const QString &sentence);
    /// The browser came back without `state` (HighLevel does not promise it). Nothing goes on before confirmReturn().
    void confirmationNeeded(const QString &sentence);

private:
    void takeReturned(const QString &code, const QString &state, const QString &error);
    static Error refusedCode(const Error &error);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::auth
