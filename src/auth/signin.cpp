// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/signin.h"

#include "auth/areas.h"
#include "auth/loopback.h"
#include "auth/oauth.h"
#include "auth/tokencalls.h"
#include "core/await.h"
#include "core/log.h"
#include "core/ulid.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace outrigger::auth {

namespace {

/// The token that is being tried. It has no second one.
class Candidate : public api::TokenSource
{
public:
    explicit Candidate(QString token) : m_token(std::move(token)) {}
    Task<Result<Token>> token() override { co_return Token{m_token, 1}; }
    Task<Result<Token>> renew(qint64) override { co_return fail(ErrorKind::TokenRefused, QString()); }

private:
    QString m_token;
};

QString pathOf(const SignIn::OAuthRequest &request)
{
    return request.path.isEmpty() ? u"/outrigger/callback"_s : request.path;
}

QString systemUser()
{
    const QString user = qEnvironmentVariable("USER");
    return user.isEmpty() ? qEnvironmentVariable("USERNAME") : user;
}

} // namespace

struct SignIn::Private {
    /// One run of authorize(); lives in its frame.
    struct Attempt {
        QString state;
        QString verifier;
        std::unique_ptr<LoopbackListener> listener;
        std::optional<Resolver<Result<QString>>> code;
        QString heldCode; ///< came without state; waits for the person's word
    };

    QUrl server;
    Vault *vault;
    api::VersionTable versions;
    std::weak_ptr<Attempt> attempt;

    Error refusedToken(const Error &error, const QString &token, const LocationId &location) const;
    LoopbackListener::Verdict judge(const oauth::Returned &returned) const;
    static Result<QString> codeOf(const oauth::Returned &returned);
};

SignIn::SignIn(QUrl server, Vault *vault, api::VersionTable versions, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(Private{std::move(server), vault, std::move(versions), {}}))
{
}

SignIn::~SignIn() = default;

QUrl SignIn::consentPage()
{
    return QUrl(u"https://marketplace.gohighlevel.com/v2/oauth/chooselocation"_s);
}

QString SignIn::tokenProblem(const QString &token)
{
    const QString text = token.trimmed();
    if (text.isEmpty())
        return tr("Paste the token first. HighLevel shows it once, when a Private Integration is made.");
    if (text.contains("rest.gohighlevel.com"_L1))
        return tr("This is the address of the old interface, which HighLevel has retired. Make a Private Integration token in "
                  "Settings and paste that.");
    if (text.contains("://"_L1))
        return tr("This is a web address, not a token. The token starts with \"pit-\".");
    if (text.startsWith("bearer "_L1, Qt::CaseInsensitive))
        return tr("Leave out the word \"Bearer\" and paste the token alone.");
    static const QRegularExpression odd(u"[^\\x21-\\x7e]"_s);
    if (odd.match(text).hasMatch())
        return tr("There are blanks or odd characters inside the token. Copy it again, from its first to its last character.");
    if (text.size() > 8192)
        return tr("This is too long to be a token.");
    if (text.startsWith("pit-"_L1))
        return text.size() < 20 ? tr("The token looks cut off. Copy it again, from its first to its last character.") : QString();
    if (text.count(u'.') == 2 && oauth::locationInToken(text).isEmpty())
        return tr("This is an old-style key. HighLevel has retired that interface. Make a Private Integration token in "
                  "Settings and paste that.");
    // v1 location keys that are no JWT look like a bare UUID.
    static const QRegularExpression uuid(u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"_s);
    if (uuid.match(text).hasMatch())
        return tr("This is an old-style key, or the beginning of the token is missing. A Private Integration token starts with "
                  "\"pit-\".");
    return {};
}

LocationId SignIn::locationFromText(const QString &text)
{
    static const QRegularExpression inAddress(u"/location/([A-Za-z0-9]{8,40})(?:[/?#]|$)"_s);
    const auto match = inAddress.match(text);
    if (match.hasMatch())
        return LocationId(match.captured(1));
    return LocationId(text.trimmed());
}

/// Says in plain words why the first read failed.
Error SignIn::Private::refusedToken(const Error &error, const QString &token, const LocationId &location) const
{
    Error told = error;
    const QString hint = oauth::locationInToken(token);
    switch (error.kind) {
    case ErrorKind::TokenRefused:
    case ErrorKind::SignInNeeded:
        told.kind = ErrorKind::TokenRefused;
        told.message = tr("HighLevel does not know this token. Copy it again, or make a new one in Settings, Private "
                          "Integrations.");
        break;
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Invalid:
        if (!hint.isEmpty() && hint != location.value) {
            told.message = tr("The token is good, but for another sub-account: %1. Use that one?").arg(hint);
            told.detail = QJsonObject{{u"locationId"_s, hint}};
            told.code = u"wrong-location"_s;
        } else {
            told.message = tr("HighLevel answers, but this token may not open the location %1. Check the location id, or make "
                              "the token inside that sub-account.")
                               .arg(location.value);
        }
        break;
    case ErrorKind::Offline:
        told.message = tr("HighLevel cannot be reached. Check the network; the token is not stored and can be checked again.");
        break;
    case ErrorKind::Timeout:
        told.message = tr("HighLevel did not answer in time. Nothing is wrong with the token as far as we know; try again.");
        break;
    case ErrorKind::Tls:
        told.message = tr("The connection to HighLevel is not safe: its certificate was not accepted. The token was not sent. "
                          "Check the clock of this computer, and whether something inspects its connections.");
        break;
    case ErrorKind::Portal:
        told.message = tr("A web page answered instead of HighLevel. If this network has a log-in page, open it in the "
                          "browser first, then try again.");
        break;
    default:
        break;
    }
    return told;
}

UserId SignIn::guessUser(const QVector<User> &users, const QString &osName, const QString &email)
{
    const auto same = [](const QString &a, const QString &b) { return !a.isEmpty() && a.compare(b, Qt::CaseInsensitive) == 0; };
    const auto only = [&users](auto fits) {
        UserId found;
        for (const auto &user : users) {
            if (!fits(user))
                continue;
            if (!found.isEmpty())
                return UserId(); // two fit: better to ask
            found = user.id;
        }
        return found;
    };
    if (const UserId user = only([&](const User &u) { return same(u.email, email); }); !user.isEmpty())
        return user;
    if (const UserId user = only([&](const User &u) { return same(u.email.section(u'@', 0, 0), osName); }); !user.isEmpty())
        return user;
    if (users.size() == 1)
        return users.first().id;
    return only([&](const User &u) {
        return same(u.firstName, osName) || same(u.firstName + u.lastName, osName) || same(u.firstName + u'.' + u.lastName, osName)
            || (!u.firstName.isEmpty() && same(u.firstName.left(1) + u.lastName, osName));
    });
}

Task<Result<CheckReport>> SignIn::check(QString token, LocationId location)
{
    token = token.trimmed();
    const QString problem = tokenProblem(token);
    if (!problem.isEmpty())
        co_return fail(ErrorKind::Usage, problem);
    if (location.isEmpty())
        location = LocationId(oauth::locationInToken(token));
    if (location.isEmpty())
        co_return fail(ErrorKind::Usage, tr("Enter the location id too. It stands in the web address of your sub-account, after "
                                            "\"/location/\"."));
    Candidate candidate(token);
    api::Limiter limiter;
    api::ClientOptions options;
    options.server = d->server;
    options.versions = d->versions;
    options.totalTimeout = std::chrono::seconds(20);
    options.idleTimeout = std::chrono::seconds(20);
    api::Client client(options, &candidate, &limiter);

    CheckReport report;
    Q_EMIT progress(tr("Asking HighLevel for the sub-account…"));
    auto locating = client.send(api::GetLocation{location}, api::Priority::Click);
    auto located = co_await locating;
    if (!located && located.error().kind != ErrorKind::ScopeMissing)
        co_return fail(d->refusedToken(located.error(), token, location));
    report.location = located ? *located : Location{};
    report.location.id = location;
    report.rows.append(scopeRow(tr("Sub-account"), u"locations.readonly"_s,
                                located ? std::nullopt : std::optional<Error>(located.error())));

    Q_EMIT progress(tr("Asking who works there…"));
    auto listing = client.send(api::ListUsers{location}, api::Priority::Click);
    auto listed = co_await listing;
    if (listed) {
        report.users = listed->users;
        report.guess = guessUser(report.users, systemUser(), qEnvironmentVariable("EMAIL"));
    } else if (!located) {
        // Not one read worked, so nothing shows that the location is right.
        co_return fail(d->refusedToken(listed.error(), token, location));
    }
    report.rows.append(
        scopeRow(tr("Users"), u"users.readonly"_s, listed ? std::nullopt : std::optional<Error>(listed.error())));

    AreaCheck areas(&client, location, report.users.isEmpty() ? UserId() : report.users.first().id);
    for (int i = 0; i < areas.count(); ++i) {
        Q_EMIT progress(tr("Looking at what this token may do… %1 of %2").arg(i + 1).arg(areas.count()));
        auto looking = areas.row(i);
        auto row = co_await looking;
        report.rows.append(row);
    }
    co_return report;
}

Result<QString> SignIn::Private::codeOf(const oauth::Returned &returned)
{
    if (!returned.error.isEmpty() || returned.code.isEmpty())
        return fail(ErrorKind::SignInNeeded, tr("HighLevel did not give access: it was refused in the browser. Start again when "
                                                "you want to."));
    return returned.code;
}

/// What may end the attempt. A wrong mark never does: somebody else's page must not be able to stop the sign-in.
LoopbackListener::Verdict SignIn::Private::judge(const oauth::Returned &returned) const
{
    const auto running = attempt.lock();
    if (!running || (!returned.state.isEmpty() && returned.state != running->state))
        return LoopbackListener::Verdict::Drop;
    if (returned.state.isEmpty() && !returned.error.isEmpty())
        return LoopbackListener::Verdict::Drop;
    return returned.error.isEmpty() ? LoopbackListener::Verdict::Take : LoopbackListener::Verdict::TakeRefusal;
}

Task<Result<SignIn::OAuthResult>> SignIn::authorize(OAuthRequest request, OpenBrowser open)
{
    if (!d->attempt.expired())
        co_return fail(ErrorKind::Busy, tr("A sign-in is already waiting for the browser. Finish or cancel that one first."));
    if (request.clientId.trimmed().isEmpty() || request.clientSecret.trimmed().isEmpty())
        co_return fail(ErrorKind::Usage, tr("Enter the client id and the client secret of your marketplace app."));
    if (!oauth::safeAddress(request.authorizeUrl))
        co_return fail(ErrorKind::Usage, tr("The address of the consent page must begin with https://."));
    const QString path = pathOf(request);

    auto attempt = std::make_shared<Private::Attempt>();
    attempt->state = oauth::randomWord();
    attempt->verifier = oauth::randomWord();
    attempt->listener = std::make_unique<LoopbackListener>(path, [p = d.get()](const auto &back) { return p->judge(back); });
    auto listening = attempt->listener->listen(request.ports);
    if (!listening)
        co_return fail(listening.error());
    Deferred<Result<QString>> arrived;
    attempt->code = arrived.resolver();
    connect(
        attempt->listener.get(), &LoopbackListener::taken, this,
        [this](const oauth::Returned &returned) { takeReturned(returned.code, returned.state, returned.error); },
        Qt::QueuedConnection); // the listener goes away with what this resumes
    d->attempt = attempt;

    const QString redirect = attempt->listener->redirectUri().toString();
    const int port = attempt->listener->port();
    const QStringList scopes = request.scopes.isEmpty() ? oauth::wantedScopes() : request.scopes;
    const QUrl address = oauth::authorizeAddress(
        {request.authorizeUrl, request.clientId.trimmed(), redirect, scopes, attempt->state, attempt->verifier});
    Q_EMIT waitingForBrowser(address);
    if (!open || !open(address))
        Q_EMIT progress(tr("No browser could be opened. Copy the address and open it in a browser yourself."));
    QTimer timer;
    timer.setSingleShot(true);
    connect(
        &timer, &QTimer::timeout, &timer,
        [resolve = arrived.resolver()] {
            resolve(fail(ErrorKind::Timeout, tr("Nobody came back from the browser in time. Start again, or paste the address "
                                                "that you ended on.")));
        },
        Qt::QueuedConnection);
    timer.start(request.timeout);
    auto code = co_await arrived;
    attempt->listener->close();
    if (!code)
        co_return fail(code.error());

    Q_EMIT progress(tr("Fetching the token…"));
    TokenCalls calls(d->server, Clock::system());
    auto exchanging =
        calls.exchange(request.clientId.trimmed(), request.clientSecret.trimmed(), *code, redirect, attempt->verifier);
    auto answer = co_await exchanging;
    if (!answer)
        co_return fail(refusedCode(answer.error()));
    if (answer->location.isEmpty())
        co_return fail(ErrorKind::Usage, tr("This sign-in is for a whole agency. Start again and pick one sub-account in the "
                                            "browser."));
    OAuthResult result;
    result.expires = Clock::system().now().addDuration(answer->expiresIn);
    result.secret.accessToken = answer->accessToken;
    result.secret.refreshToken = answer->refreshToken;
    result.secret.clientSecret = request.clientSecret.trimmed();
    result.secret.expires = result.expires;
    result.location = answer->location;
    result.user = answer->user;
    result.scopes = answer->scopes;
    result.port = port;
    co_return result;
}

Error SignIn::refusedCode(const Error &error)
{
    Error told = error;
    if (TokenCalls::refusesGrant(error) || error.http == 400 || error.http == 401 || error.http == 422)
        told.message = tr("HighLevel did not accept the sign-in (status %1). Check the client id and secret, and that the "
                          "redirect address is registered with the app exactly as shown; then start again.")
                           .arg(error.http);
    else if (error.kind == ErrorKind::Offline || error.kind == ErrorKind::Timeout)
        told.message = tr("HighLevel cannot be reached, so the sign-in could not be finished. Check the network and start again.");
    return told;
}

void SignIn::takeReturned(const QString &code, const QString &state, const QString &error)
{
    const auto running = d->attempt.lock();
    if (!running || !running->code)
        return;
    if (state.isEmpty() && error.isEmpty()) {
        running->heldCode = code;
        Q_EMIT confirmationNeeded(tr("The browser came back without the mark that proves it was your own sign-in. Go on only if "
                                     "you have just signed in yourself."));
        return;
    }
    const auto resolve = *running->code;
    resolve(Private::codeOf({code, state, error}));
}

void SignIn::confirmReturn(bool mine)
{
    const auto running = d->attempt.lock();
    if (!running || !running->code || running->heldCode.isEmpty())
        return;
    const auto resolve = *running->code;
    if (mine)
        resolve(std::exchange(running->heldCode, {}));
    else
        resolve(fail(ErrorKind::Cancelled, tr("The sign-in was stopped. Nothing was stored.")));
}

Status SignIn::paste(const QString &addressOrCode)
{
    const auto running = d->attempt.lock();
    if (!running || !running->code)
        return fail(ErrorKind::Usage, tr("No sign-in is waiting. Start it first."));
    const auto returned = oauth::fromPasted(addressOrCode);
    if (returned.isEmpty())
        return fail(ErrorKind::Usage, tr("There is no code in this. Paste the whole address that the browser ended on."));
    if (!returned.state.isEmpty() && returned.state != running->state)
        return fail(ErrorKind::Usage, tr("This address belongs to another sign-in. Paste the one that the browser shows now."));
    takeReturned(returned.code, returned.state, returned.error);
    return {};
}

QUrl SignIn::firstRedirectUri(const OAuthRequest &request)
{
    return LoopbackListener::addressOf(request.ports.value(0), pathOf(request));
}

QUrl SignIn::redirectUri() const
{
    const auto running = d->attempt.lock();
    return running && running->listener ? running->listener->redirectUri() : QUrl();
}

Task<Result<Account>> SignIn::finish(Account account, Secret secret, bool sessionOnly)
{
    Vault *vault = sessionOnly ? &sessionVault() : d->vault;
    if (account.id.isEmpty())
        account.id = AccountId(newUlid());
    // A slot may still hold a pair of an earlier sign-in; the newest generation wins at the next start, so ours must be it.
    qint64 newest = account.tokenGeneration;
    for (int slot = 0; slot < 2; ++slot) {
        auto reading = vault->read(secretKey(account.id, slot));
        auto bytes = co_await reading;
        if (!bytes && bytes.error().kind != ErrorKind::NotFound)
            co_return fail(bytes.error());
        if (bytes) {
            const auto old = Secret::fromBytes(*bytes);
            newest = std::max(newest, old ? old->generation : 0);
        }
    }
    secret.generation = newest + 1;
    auto writing = vault->write(secretKey(account.id, account.tokenSlot), secret.toBytes());
    auto written = co_await writing;
    if (!written)
        co_return fail(written.error());
    auto removing = vault->remove(secretKey(account.id, 1 - account.tokenSlot));
    auto removed = co_await removing;
    if (!removed)
        qCInfo(logAuth) << "an older pair is still in the keyring"; // it loses by its generation
    if (sessionOnly)
        account.kind = SignInKind::Session;
    else
        account.kind = secret.refreshToken.isEmpty() ? SignInKind::PrivateToken : SignInKind::OAuth;
    account.server = d->server;
    account.tokenGeneration = secret.generation;
    account.tokenExpires = secret.expires;
    account.rotating = false;
    account.needsSignIn = false;
    if (!account.createdAt.isValid())
        account.createdAt = Clock::system().now();
    co_return account;
}

} // namespace outrigger::auth
