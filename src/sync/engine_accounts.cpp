// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/draftfiles.h"
#include "sync/engine_p.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

const QString currentSetting = QStringLiteral("account.current");

} // namespace

AccountLine *Engine::Private::line() const
{
    const auto found = lines.find(current);
    return found == lines.end() ? nullptr : found->second.get();
}

Account *Engine::Private::stored(const AccountId &id)
{
    for (Account &account : accounts) {
        if (account.id == id)
            return &account;
    }
    return nullptr;
}

auth::Vault *Engine::Private::vaultOf(const Account &account) const
{
    return account.kind == SignInKind::Session ? &auth::sessionVault() : vault.get();
}

AccountLine *Engine::Private::openLine(const Account &account)
{
    auto &place = lines[account.id];
    if (place)
        return place.get();
    AccountLine::Parts parts;
    parts.vault = vaultOf(account);
    parts.ledger = ledger.get();
    parts.cache = cache.get();
    parts.outbox = outbox.get();
    parts.clock = &clock;
    place = std::make_unique<AccountLine>(account, parts, options, nullptr);
    AccountLine *line = place.get();
    QObject::connect(line, &AccountLine::statusChanged, q, &Engine::statusChanged);
    QObject::connect(line, &AccountLine::problem, q, &Engine::problem);
    // Queued: the signal may come out of a request that the running reconnect waits for, and that must not be cut from
    // inside itself.
    QObject::connect(line, &AccountLine::backOnline, q, [this] { reconnecting = reconnect(this, false); }, Qt::QueuedConnection);
    QObject::connect(line, &AccountLine::signInChanged, q, [this](const Account &changed) {
        Account *row = stored(changed.id);
        if (!row)
            return;
        const bool seen = row->needsSignIn != changed.needsSignIn;
        takeSignIn(*row, changed);
        if (seen)
            Q_EMIT q->accountsChanged();
    });
    QObject::connect(line, &AccountLine::locationRead, q, [this](const AccountId &id, const Location &location) {
        tasks.start(rememberLocation(this, id, location));
    });
    return line;
}

/// An account that goes is kept quiet until the engine ends: somebody may still wait for one of its answers.
void Engine::Private::retire(const AccountId &id)
{
    reconnecting.cancel();
    updatePaused();
    outbox->setCourier(id, nullptr);
    const auto found = lines.find(id);
    if (found == lines.end())
        return;
    found->second->disconnect(q);
    found->second->setOffline(true);
    retired.push_back(std::move(found->second));
    lines.erase(found);
}

Task<Status> Engine::Private::loadAccounts()
{
    auto read = ledger->accounts();
    const auto rows = co_await read;
    if (!rows)
        co_return fail(rows.error());
    accounts = *rows;
    auto ask = ledger->setting(currentSetting);
    const auto wanted = co_await ask;
    if (wanted)
        current = AccountId(*wanted);
    if (!stored(current))
        current = accounts.isEmpty() ? AccountId() : accounts.constFirst().id;
    if (!options.sessionToken.isEmpty()) {
        auto add = addSessionAccount();
        co_return co_await add;
    }
    co_return Status{};
}

/// A token from the environment works for this run. Where the profile knows its location, it stands in for that
/// account, so that records and cache are the same; else it is an account of its own, with the same id in every run.
Task<Status> Engine::Private::addSessionAccount()
{
    Account account;
    bool known = false;
    for (const Account &row : std::as_const(accounts)) {
        const bool same = options.sessionLocation.isEmpty() ? accounts.size() == 1 : row.location == options.sessionLocation;
        if (same) {
            account = row;
            known = true;
            break;
        }
    }
    if (!known) {
        if (options.sessionLocation.isEmpty())
            co_return fail(ErrorKind::Usage,
                           QCoreApplication::translate("Engine", "OUTRIGGER_TOKEN needs OUTRIGGER_LOCATION beside it: the id of "
                                                                 "the location that the token is for."));
        const QByteArray hash =
            QCryptographicHash::hash(options.sessionLocation.value.toUtf8(), QCryptographicHash::Sha256).toHex().left(20);
        account.id = AccountId(u"RUN"_s + QString::fromLatin1(hash).toUpper());
        account.location = options.sessionLocation;
        account.name = options.sessionLocation.value;
        account.createdAt = clock.now();
    }
    account.kind = SignInKind::Session;
    account.needsSignIn = false;
    account.rotating = false;
    account.tokenExpires = {};
    if (!options.server.isEmpty())
        account.server = options.server;
    auth::Secret secret;
    secret.accessToken = options.sessionToken;
    secret.generation = account.tokenGeneration;
    auto keep = auth::sessionVault().write(auth::secretKey(account.id, account.tokenSlot), secret.toBytes());
    const Status kept = co_await keep;
    if (!kept)
        co_return kept;
    options.sessionToken.clear();
    if (Account *row = stored(account.id))
        *row = account;
    else
        accounts.append(account);
    current = account.id;
    co_return Status{};
}

Task<void> Engine::Private::rememberLocation(Private *self, AccountId id, Location location)
{
    Account *row = self->stored(id);
    if (!row || location.id != row->location)
        co_return;
    Account changed = *row;
    changed.locationName = location.name;
    changed.timezone = location.timezone;
    changed.country = location.country;
    if (changed.name.isEmpty() || changed.name == changed.location.value)
        changed.name = location.name;
    if (changed.locationName == row->locationName && changed.timezone == row->timezone &&
        changed.country == row->country && changed.name == row->name)
        co_return;
    auto update = self->q->updateAccount(changed);
    co_await update;
}

Task<Status> Engine::Private::makeCurrent(AccountId id)
{
    if (!stored(id))
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Engine", "There is no such account here."));
    auto remember = ledger->putSetting(currentSetting, id.value);
    const Status remembered = co_await remember;
    if (!remembered)
        co_return remembered;
    if (AccountLine *before = line(); before && before->feeds())
        before->feeds()->pause(true);
    current = id;
    AccountLine *now = openLine(*stored(id));
    now->start(true);
    now->feeds()->pause(false);
    Attention fresh = attention;
    fresh.conversation = {};
    q->setAttention(fresh);
    Q_EMIT q->accountChanged();
    Q_EMIT q->statusChanged();
    co_return Status{};
}

QVector<Account> Engine::accounts() const
{
    return d->accounts;
}

std::optional<Account> Engine::account() const
{
    const Account *row = d->stored(d->current);
    return row ? std::optional(*row) : std::nullopt;
}

Task<Status> Engine::addAccount(Account account, bool makeCurrent)
{
    if (account.kind != SignInKind::Session) {
        auto write = d->ledger->putAccount(account);
        const Status written = co_await write;
        if (!written)
            co_return written;
    }
    d->retire(account.id); // a new sign-in replaces what was there
    if (Account *row = d->stored(account.id))
        *row = account;
    else
        d->accounts.append(account);
    Q_EMIT accountsChanged();
    if (makeCurrent || d->current.isEmpty() || d->current == account.id) {
        auto change = d->makeCurrent(account.id);
        co_return co_await change;
    }
    d->openLine(account)->start(false);
    co_return Status{};
}

Task<Status> Engine::updateAccount(Account account)
{
    Account *row = d->stored(account.id);
    if (!row)
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Engine", "There is no such account here."));
    if (account.kind != SignInKind::Session) {
        auto write = d->ledger->changeAccount(account.id, [account](Account &stored) {
            Account next = account;
            takeSignIn(next, stored);
            stored = next;
        });
        const auto written = co_await write;
        if (!written)
            co_return fail(written.error());
        account = *written;
    }
    row = d->stored(account.id);
    if (row)
        *row = account;
    Q_EMIT accountsChanged();
    if (account.id == d->current)
        Q_EMIT accountChanged();
    co_return Status{};
}

Task<Status> Engine::switchAccount(AccountId id)
{
    if (id == d->current)
        co_return Status{};
    auto change = d->makeCurrent(id);
    co_return co_await change;
}

Task<Status> Engine::Private::eraseSecrets(Account account)
{
    auth::Vault *where = vaultOf(account);
    auto removal = auth::removeSecrets(where, account.id);
    const Status removed = co_await removal;
    if (!removed && removed.error().kind != ErrorKind::NotFound)
        co_return removed;
    for (int slot = 0; slot < 2; ++slot) {
        auto check = where->read(auth::secretKey(account.id, slot));
        const auto left = co_await check;
        if (left || left.error().kind != ErrorKind::NotFound)
            co_return fail(ErrorKind::Keyring,
                           QCoreApplication::translate("Engine", "The token could not be removed from the keychain. Unlock it and "
                                                                 "remove the account again."));
    }
    co_return Status{};
}

Task<Status> Engine::Private::eraseRows(Account account)
{
    const bool shared = std::any_of(accounts.begin(), accounts.end(), [&account](const Account &other) {
        return other.id != account.id && other.location == account.location;
    });
    if (shared)
        co_return Status{}; // another account of this profile works with the same rows
    callFolder().forget(account.location);
    DraftFiles::forget(profile.path(DraftFiles::folderName), account.location);
    auto removal = cache->removeLocation(account.location);
    const Status removed = co_await removal;
    if (!removed)
        co_return removed;
    auto count = cache->totals(account.location);
    const auto left = co_await count;
    if (!left)
        co_return fail(left.error());
    if (left->contacts + left->conversations + left->messages > 0)
        co_return fail(ErrorKind::Storage, QCoreApplication::translate("Engine", "Some of the account's data could not be removed. "
                                                                                 "Remove the account again."));
    co_return Status{};
}

Task<Status> Engine::removeAccount(AccountId id, bool discardWaiting)
{
    const Account *row = d->stored(id);
    if (!row)
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Engine", "There is no such account here."));
    const Account account = *row;
    const int waiting = d->outbox->counts(id).waiting;
    if (waiting > 0 && !discardWaiting) {
        Error error;
        error.kind = ErrorKind::Usage;
        error.code = u"waiting"_s;
        error.message = QCoreApplication::translate("Engine", "%n change(s) have not left yet. Send or discard them first.", nullptr, waiting);
        co_return fail(error);
    }
    // Secrets and rows first, the account's row last: when something stops this half-way, it can be done again.
    d->retire(id);
    auto secrets = d->eraseSecrets(account);
    const Status forgotten = co_await secrets;
    if (!forgotten)
        co_return forgotten;
    auto rows = d->eraseRows(account);
    const Status erased = co_await rows;
    if (!erased)
        co_return erased;
    if (account.kind != SignInKind::Session) {
        auto removal = d->ledger->removeAccount(id, discardWaiting);
        const Status removed = co_await removal;
        if (!removed)
            co_return removed;
    }
    d->outbox->forget(id);
    d->accounts.erase(std::remove_if(d->accounts.begin(), d->accounts.end(),
                                     [&id](const Account &other) { return other.id == id; }),
                      d->accounts.end());
    Q_EMIT accountsChanged();
    if (d->current != id)
        co_return Status{};
    d->current = {};
    if (!d->accounts.isEmpty()) {
        auto change = d->makeCurrent(d->accounts.constFirst().id);
        co_return co_await change;
    }
    Q_EMIT accountChanged();
    Q_EMIT statusChanged();
    co_return Status{};
}

} // namespace outrigger::sync
