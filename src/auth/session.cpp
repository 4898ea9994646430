// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/session.h"

#include "auth/session_p.h"
#include "core/log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::auth {

namespace {
constexpr auto renewEarly = 5min;
constexpr auto keyringPatience = 30s; ///< how often token() looks at the keyring again by itself
constexpr auto refreshPause = 5s;     ///< a failed refresh answers for this long, so that failures make no storm
} // namespace

QByteArray Secret::toBytes() const
{
    QJsonObject object{{u"access"_s, accessToken}, {u"generation"_s, generation}};
    if (!refreshToken.isEmpty())
        object.insert(u"refresh"_s, refreshToken);
    if (!clientSecret.isEmpty())
        object.insert(u"client"_s, clientSecret);
    if (expires.isValid())
        object.insert(u"expires"_s, expires.toMSecsSinceEpoch());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<Secret> Secret::fromBytes(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    Secret secret;
    secret.accessToken = object.value(u"access"_s).toString();
    if (secret.accessToken.isEmpty())
        return std::nullopt;
    secret.refreshToken = object.value(u"refresh"_s).toString();
    secret.clientSecret = object.value(u"client"_s).toString();
    secret.generation = object.value(u"generation"_s).toInteger();
    if (const qint64 expires = object.value(u"expires"_s).toInteger(); expires > 0)
        secret.expires = QDateTime::fromMSecsSinceEpoch(expires, Qt::UTC);
    return secret;
}

QString secretKey(const AccountId &account, int slot)
{
    return account.value + u'/' + QString::number(slot);
}

Task<Status> removeSecrets(Vault *vault, AccountId account)
{
    Status worst;
    for (int slot = 0; slot < 2; ++slot) {
        auto removing = vault->remove(secretKey(account, slot));
        auto removed = co_await removing;
        if (!removed && worst)
            worst = removed;
    }
    co_return worst;
}

Session::Private::Private(Session *session, Account row, Vault *store, Commit save, const Clock &time)
    : q(session), account(std::move(row)), vault(store), commit(std::move(save)), clock(time), waits{2s, 5s, 10s, 30s}
{
    // A token for this run only never reaches the keychain, whatever the caller handed over.
    if (account.kind == SignInKind::Session && !qobject_cast<MemoryVault *>(store))
        vault = &sessionVault();
}

void Session::Private::setState(SessionState next, const QString &sentence)
{
    const bool changed = state != next || detail != sentence;
    state = next;
    detail = sentence;
    if (changed)
        Q_EMIT q->stateChanged(next);
}

TokenCalls &Session::Private::tokenCalls()
{
    if (!calls)
        calls = std::make_unique<TokenCalls>(account.server, clock);
    return *calls;
}

Task<Result<std::optional<Secret>>> Session::Private::readSlot(int slot)
{
    auto reading = vault->read(secretKey(account.id, slot));
    auto bytes = co_await reading;
    if (!bytes && bytes.error().kind != ErrorKind::NotFound)
        co_return fail(bytes.error());
    std::optional<Secret> secret;
    if (bytes)
        secret = Secret::fromBytes(*bytes);
    co_return secret;
}

/// Takes the newest pair of the two slots. The row's pointer may be one step behind (a crash between writing and
/// committing), so the generation inside the secret decides.
Task<Status> Session::Private::readSlots()
{
    const int slot = account.tokenSlot;
    auto first = readSlot(slot);
    auto pointed = co_await first;
    if (!pointed)
        co_return fail(pointed.error());
    std::optional<Secret> other;
    if (account.kind != SignInKind::PrivateToken || !*pointed) {
        auto second = readSlot(1 - slot);
        auto found = co_await second;
        if (!found)
            co_return fail(found.error());
        other = *found;
    }
    std::optional<Secret> chosen = *pointed;
    const bool swap = other && (!chosen || other->generation > chosen->generation);
    if (swap)
        std::swap(chosen, other);
    if (!chosen)
        co_return fail(ErrorKind::NotFound,
                       account.kind == SignInKind::Session
                           ? tr("You had chosen to sign in for one run only. Sign in again to go on.")
                           : tr("The keyring is open but holds no token for this account. If you have another keyring, "
                                "unlock it; otherwise sign in again."));
    unsure = account.rotating && !swap && !chosen->refreshToken.isEmpty();
    oldSlotFull = other.has_value();
    fallback = other;
    current = chosen;
    if (swap || account.tokenGeneration != chosen->generation) {
        account.tokenSlot = swap ? 1 - slot : slot;
        account.tokenGeneration = chosen->generation;
        account.rotating = account.rotating && !swap;
        if (chosen->expires.isValid())
            account.tokenExpires = chosen->expires;
        auto storing = commit(account);
        auto stored = co_await storing; // a failure costs nothing: the same choice is made at the next start
        if (!stored)
            qCWarning(logAuth) << "the account row could not be brought up to date";
    }
    co_return Status();
}

/// False when somebody cut it short.
Task<bool> Session::Private::pause(std::chrono::milliseconds interval)
{
    Deferred<bool> over;
    hurry = over.resolver();
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, &timer, [resolve = over.resolver()] { resolve(true); }, Qt::QueuedConnection);
    timer.start(interval);
    co_return co_await over;
}

Task<Status> Session::Private::ready()
{
    keyringError.reset();
    if (account.needsSignIn) {
        const QString sentence = tr("HighLevel no longer accepts this sign-in. Sign in again to go on.");
        setState(SessionState::NeedsSignIn, sentence);
        co_return fail(ErrorKind::SignInNeeded, sentence);
    }
    setState(SessionState::Ready);
    if (unsure)
        scope.start(refreshNow(this)); // the grace window is short, so at once
    co_return Status();
}

Task<Status> Session::Private::load(Private *d, bool patient)
{
    for (qsizetype turn = 0;; ++turn) {
        auto reading = d->readSlots();
        auto read = co_await reading;
        d->keyringTriedAt = d->clock.steady();
        if (read) {
            auto finishing = d->ready();
            co_return co_await finishing;
        }
        d->keyringError = read.error();
        if (d->account.kind == SignInKind::Session) {
            auto error = read.error();
            error.kind = ErrorKind::SignInNeeded;
            d->setState(SessionState::NeedsSignIn, error.message);
            co_return fail(error);
        }
        d->setState(SessionState::WaitingForKeyring, read.error().message);
        if (!patient || turn >= d->waits.size())
            co_return read;
        auto waiting = d->pause(d->waits.at(turn));
        co_await waiting;
    }
}

Session::Session(Account account, Vault *vault, Commit commit, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(account), vault, std::move(commit), clock))
{
}

Session::~Session() = default;

SessionState Session::state() const
{
    return d->state;
}

QString Session::detail() const
{
    return d->detail;
}

const Account &Session::account() const
{
    return d->account;
}

void Session::setKeyringWaits(QVector<std::chrono::milliseconds> waits)
{
    d->waits = std::move(waits);
}

Task<Status> Session::start()
{
    auto loading = d->loading.join([p = d.get()] { return Private::load(p, true); });
    co_return co_await loading;
}

Task<Status> Session::retryKeyring()
{
    auto unlocking = d->vault->unlock();
    co_await unlocking;
    if (d->current) {
        // Only a new pair may be waiting for the keyring.
        d->refreshError.reset();
        if (!d->pending)
            co_return Status();
        auto writing = d->refreshing.join([p = d.get()] { return Private::rotate(p); });
        auto written = co_await writing;
        co_return written ? Status() : Status(fail(written.error()));
    }
    if (auto hurry = std::exchange(d->hurry, {}))
        (*hurry)(false);
    if (d->current)
        co_return Status();
    // Joins the look that hurry has just begun, or begins one.
    auto loading = d->loading.join([p = d.get()] { return Private::load(p, false); });
    co_return co_await loading;
}

Task<Result<api::TokenSource::Token>> Session::token()
{
    if (d->state == SessionState::NeedsSignIn)
        co_return fail(ErrorKind::SignInNeeded, d->detail);
    if (!d->current) {
        const bool asked = d->keyringError.has_value();
        if (asked && (d->loading.running() || d->clock.steady() - d->keyringTriedAt < keyringPatience))
            co_return fail(*d->keyringError);
        auto loading = d->loading.join([p = d.get(), asked] { return Private::load(p, !asked); });
        auto loaded = co_await loading;
        if (!loaded)
            co_return fail(loaded.error());
    }
    const QDateTime now = d->clock.now();
    const QDateTime expires = d->account.tokenExpires;
    const bool due = expires.isValid() && now.addDuration(renewEarly) >= expires;
    if (!d->renewable() || (!due && !(d->unsure && d->refreshing.running())))
        co_return d->token();
    auto renewing = renew(d->current->generation);
    auto renewed = co_await renewing;
    if (!renewed && renewed.error().kind != ErrorKind::SignInNeeded && expires.isValid() && now < expires)
        co_return d->token(); // the old one still holds for a few minutes
    co_return renewed;
}

Task<Result<api::TokenSource::Token>> Session::renew(qint64 generation)
{
    if (d->state == SessionState::NeedsSignIn)
        co_return fail(ErrorKind::SignInNeeded, d->detail);
    if (!d->current && d->keyringError)
        co_return fail(*d->keyringError);
    if (!d->current)
        co_return fail(ErrorKind::Keyring, tr("The token has not been read yet."));
    if (generation < d->current->generation)
        co_return d->token(); // somebody has refreshed since
    if (!d->renewable()) {
        auto leaving = d->needSignIn(tr("HighLevel does not accept this token any more. Make a new one in Settings, "
                                        "Private Integrations, and enter it here; nothing that waits is lost."));
        auto left = co_await leaving;
        co_return fail(left.error());
    }
    if (d->refreshError && !d->refreshing.running() && d->clock.steady() - d->refreshFailedAt < refreshPause)
        co_return fail(*d->refreshError);
    auto flight = d->refreshing.join([p = d.get()] { return Private::rotate(p); });
    co_return co_await flight;
}

void Session::confirmToken(qint64 generation)
{
    if (!d->current || d->current->generation != generation || !d->oldSlotFull || d->pending || d->refreshing.running())
        return;
    d->oldSlotFull = false;
    d->fallback.reset();
    d->scope.start(Private::removeOldSlot(d.get(), 1 - d->account.tokenSlot));
}

} // namespace outrigger::auth
