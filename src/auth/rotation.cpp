// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order of a refresh: mark -> call -> write to the free slot -> read back -> commit the pointer -> use -> remove the
// old slot after the first success. A process that dies between two steps finds at its next start either the old pair
// with the mark (it refreshes at once: inside the grace window the server answers with the same new pair) or the new pair
// in the other slot with a higher generation (it takes that one).
#include "auth/session_p.h"

#include "core/log.h"

#include <array>

using namespace std::chrono_literals;

namespace outrigger::auth {

/// Steps 1 and 2. Leaves the new pair in `pending`.
Task<Status> Session::Private::askForPair()
{
    const bool wasMarked = account.rotating;
    account.rotating = true;
    auto marking = commit(account);
    auto marked = co_await marking;
    if (!marked) {
        account.rotating = wasMarked;
        co_return marked;
    }
    std::optional<Error> refusal;
    const std::array<std::optional<Secret>, 2> candidates{current, fallback};
    for (const auto &pair : candidates) {
        if (!pair || pair->refreshToken.isEmpty())
            continue;
        auto call = tokenCalls().refresh(account.clientId, pair->clientSecret, pair->refreshToken);
        auto answer = co_await call;
        if (!answer && TokenCalls::refusesGrant(answer.error())) {
            qCInfo(logAuth) << "a refresh token was refused with status" << answer.error().http;
            if (!refusal)
                refusal = answer.error();
            continue;
        }
        if (!answer)
            co_return fail(answer.error());
        PendingPair fresh;
        fresh.secret.accessToken = answer->accessToken;
        fresh.secret.refreshToken = answer->refreshToken.isEmpty() ? pair->refreshToken : answer->refreshToken;
        fresh.secret.clientSecret = pair->clientSecret;
        fresh.secret.generation = std::max(current->generation, account.tokenGeneration) + 1;
        fresh.secret.expires = clock.now().addDuration(answer->expiresIn);
        fresh.scopes = answer->scopes;
        fresh.slot = 1 - account.tokenSlot;
        pending = fresh;
        co_return Status();
    }
    auto leaving = needSignIn(tr("HighLevel has ended this sign-in. Sign in again to go on; nothing that waits is lost."));
    co_return co_await leaving;
}

/// Steps 3 to 5. May be repeated as often as needed while `pending` lives.
Task<Status> Session::Private::makeDurable()
{
    if (!pending->written) {
        auto writing = vault->write(secretKey(account.id, pending->slot), pending->secret.toBytes());
        auto written = co_await writing; // read back by the vault
        if (!written) {
            setState(SessionState::WaitingForKeyring,
                     tr("A new token has arrived but the keyring does not take it. Unlock the keyring; until then nothing is "
                        "sent or fetched."));
            if (!std::exchange(persisting, true))
                scope.start(persistLater(this));
            co_return written;
        }
        pending->written = true;
    }
    Account next = account;
    next.tokenSlot = pending->slot;
    next.tokenGeneration = pending->secret.generation;
    next.tokenExpires = pending->secret.expires;
    next.rotating = false;
    next.needsSignIn = false;
    if (!pending->scopes.isEmpty())
        next.scopes = pending->scopes;
    auto storing = commit(next);
    auto stored = co_await storing;
    if (!stored)
        co_return stored;
    account = next;
    current = pending->secret;
    pending.reset();
    fallback.reset();
    unsure = false;
    oldSlotFull = true;
    co_return Status();
}

Task<Result<api::TokenSource::Token>> Session::Private::rotate(Private *d)
{
    d->setState(SessionState::Refreshing);
    Status done;
    if (!d->pending) {
        auto asking = d->askForPair();
        done = co_await asking;
    }
    if (done) {
        auto keeping = d->makeDurable();
        done = co_await keeping;
    }
    if (done) {
        d->refreshError.reset();
        d->setState(SessionState::Ready);
        co_return d->token();
    }
    d->refreshError = done.error();
    d->refreshFailedAt = d->clock.steady();
    if (d->state == SessionState::Refreshing)
        d->setState(SessionState::Ready, done.error().message);
    co_return fail(done.error());
}

/// Always an error: what the caller hands on.
Task<Status> Session::Private::needSignIn(QString sentence)
{
    account.needsSignIn = true;
    account.rotating = false;
    auto storing = commit(account);
    auto stored = co_await storing;
    if (!stored)
        qCWarning(logAuth) << "the account row could not be marked for a new sign-in";
    setState(SessionState::NeedsSignIn, sentence);
    co_return fail(ErrorKind::SignInNeeded, sentence);
}

Task<void> Session::Private::persistLater(Private *d)
{
    static constexpr std::array steps{2s, 5s, 10s, 30s};
    for (std::size_t turn = 0; d->pending; ++turn) {
        Delay pause(steps[std::min(turn, steps.size() - 1)]);
        co_await pause;
        if (!d->pending)
            break;
        auto again = d->refreshing.join([d] { return rotate(d); });
        co_await again;
    }
    d->persisting = false;
}

Task<void> Session::Private::removeOldSlot(Private *d, int slot)
{
    auto removing = d->vault->remove(secretKey(d->account.id, slot));
    auto removed = co_await removing;
    // Harmless: the old refresh token is spent, and the next rotation writes over it.
    if (!removed)
        qCInfo(logAuth) << "the old pair is still in the keyring";
}

Task<void> Session::Private::refreshNow(Private *d)
{
    auto flight = d->refreshing.join([d] { return rotate(d); });
    co_await flight;
}

} // namespace outrigger::auth
