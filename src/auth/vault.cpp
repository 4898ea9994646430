// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/vault.h"

#include "auth/secretservice.h"
#include "core/await.h"
#include "core/log.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QPointer>

#include <deque>

#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;

namespace outrigger::auth {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

tl::unexpected<Error> lockedError()
{
    return fail(ErrorKind::KeyringLocked,
                Words::tr("The keyring is locked. Unlock it and Outrigger goes on by itself."));
}

tl::unexpected<Error> absentError()
{
    return fail(ErrorKind::Keyring,
                Words::tr("This computer offers no keyring to programs, so Outrigger cannot keep your "
                                                 "token. Install or start one (for example gnome-keyring), or sign in "
                                                 "for this run only."));
}

tl::unexpected<Error> silentError()
{
    return fail(ErrorKind::Keyring, Words::tr("The keyring did not answer in time. Nothing is lost; "
                                                                     "try again, or restart the keyring."));
}

tl::unexpected<Error> refusedError()
{
    return fail(ErrorKind::Keyring,
                Words::tr("The keyring refused the request. If this stays so, check that libsecret is "
                                                 "installed and that the keyring is unlocked."));
}

tl::unexpected<Error> missingError()
{
    return fail(ErrorKind::NotFound, Words::tr("The keyring holds nothing under this name."));
}

/// How a QtKeychain job ended; `late` is our own deadline.
struct Outcome {
    bool late = false;
    QKeychain::Error error = QKeychain::OtherError;
    QByteArray data;
};

} // namespace

struct KeychainVault::Private {
    KeychainVault *q;
    QString service;
    std::chrono::milliseconds deadline;
    SecretService bus;
    std::deque<std::function<Task<void>()>> queue;
    bool busy = false;
    TaskScope scope;

    Task<Outcome> run(QKeychain::Job *job, std::chrono::milliseconds limit);
    Task<Result<QByteArray>> readOnce(QString key, QDeadlineTimer until);
    Task<Status> writeOnce(QString key, QByteArray secret, QDeadlineTimer until);
    Task<Status> removeOnce(QString key, QDeadlineTimer until);
    Task<Status> open(QDeadlineTimer until);
    Task<Error> explain(Outcome outcome, QDeadlineTimer until);

    static Task<void> pump(Private *d)
    {
        while (!d->queue.empty()) {
            auto next = std::move(d->queue.front());
            d->queue.pop_front();
            auto work = next();
            co_await work;
        }
        d->busy = false;
    }
    /// Queued work belongs to the vault: a caller that goes away does not leave a half-done write behind.
    template <class T>
    static Task<void> deliver(std::function<Task<T>()> start, Resolver<T> resolve)
    {
        auto work = start();
        T result = co_await work;
        resolve(std::move(result));
    }
    template <class T>
    Task<T> enqueue(std::function<Task<T>()> start)
    {
        Deferred<T> mine;
        queue.push_back([start = std::move(start), resolve = mine.resolver()] { return deliver<T>(start, resolve); });
        if (!busy) {
            busy = true;
            scope.start(pump(this));
        }
        co_return co_await mine;
    }
    QDeadlineTimer until() const { return QDeadlineTimer(deadline); }
};

/// Runs a job that deletes itself. QtKeychain cannot abort one: past our limit it is left alone and its answer dropped.
Task<Outcome> KeychainVault::Private::run(QKeychain::Job *job, std::chrono::milliseconds limit)
{
    Deferred<Outcome> ended;
    job->setInsecureFallback(false);
    const QPointer<KeychainVault> owner(q);
    QObject::connect(job, &QKeychain::Job::finished, job, [resolve = ended.resolver(), owner](QKeychain::Job *done) {
        Outcome outcome{false, done->error(), {}};
        if (auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done))
            outcome.data = read->binaryData();
        if (owner) // resumes from the event loop, never from inside QtKeychain
            QMetaObject::invokeMethod(owner, [resolve, outcome] { resolve(outcome); }, Qt::QueuedConnection);
    });
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(
        &timer, &QTimer::timeout, &timer, [resolve = ended.resolver()] { resolve(Outcome{true, QKeychain::OtherError, {}}); },
        Qt::QueuedConnection);
    timer.start(limit);
    job->start();
    co_return co_await ended;
}

/// Ok only when a job may be started without a prompt appearing.
Task<Status> KeychainVault::Private::open(QDeadlineTimer until)
{
    auto asked = bus.probe(std::chrono::milliseconds(std::max<qint64>(1, until.remainingTime())));
    const auto state = co_await asked;
    switch (state) {
    case VaultState::Available:
        co_return Status();
    case VaultState::Locked:
        co_return lockedError();
    case VaultState::Absent:
        co_return absentError();
    case VaultState::Unknown:
        break;
    }
    co_return silentError();
}

/// A job's error in our words. A keyring that was locked meanwhile reads as empty and refuses writes, hence the look.
Task<Error> KeychainVault::Private::explain(Outcome outcome, QDeadlineTimer until)
{
    if (outcome.late)
        co_return silentError().value();
    auto looking = open(until);
    auto usable = co_await looking;
    if (!usable)
        co_return usable.error();
    if (outcome.error == QKeychain::EntryNotFound)
        co_return missingError().value();
    qCWarning(logAuth) << "the keyring refused a job with error" << int(outcome.error);
    co_return refusedError().value();
}

static std::chrono::milliseconds rest(const QDeadlineTimer &until)
{
    return std::chrono::milliseconds(std::max<qint64>(1, until.remainingTime()));
}

Task<Result<QByteArray>> KeychainVault::Private::readOnce(QString key, QDeadlineTimer until)
{
    auto looking = open(until);
    auto usable = co_await looking;
    if (!usable)
        co_return fail(usable.error());
    auto *job = new QKeychain::ReadPasswordJob(service);
    job->setKey(key);
    auto running = run(job, rest(until));
    auto outcome = co_await running;
    if (!outcome.late && outcome.error == QKeychain::NoError)
        co_return outcome.data;
    auto explaining = explain(outcome, until);
    co_return fail(co_await explaining);
}

Task<Status> KeychainVault::Private::writeOnce(QString key, QByteArray secret, QDeadlineTimer until)
{
    auto looking = open(until);
    auto usable = co_await looking;
    if (!usable)
        co_return usable;
    auto *job = new QKeychain::WritePasswordJob(service);
    job->setKey(key);
    job->setBinaryData(secret);
    auto running = run(job, rest(until));
    auto outcome = co_await running;
    if (outcome.late || outcome.error != QKeychain::NoError) {
        auto explaining = explain(outcome, until);
        co_return fail(co_await explaining);
    }
    auto reading = readOnce(key, until);
    auto back = co_await reading;
    if (!back && back.error().kind != ErrorKind::NotFound)
        co_return fail(back.error());
    if (!back || *back != secret)
        co_return fail(ErrorKind::Keyring, Words::tr("The keyring did not keep what was written. Your "
                                                                            "token is not stored."));
    co_return Status();
}

Task<Status> KeychainVault::Private::removeOnce(QString key, QDeadlineTimer until)
{
    auto looking = open(until);
    auto usable = co_await looking;
    if (!usable)
        co_return usable;
    auto *job = new QKeychain::DeletePasswordJob(service);
    job->setKey(key);
    auto running = run(job, rest(until));
    auto outcome = co_await running;
    if (outcome.late || (outcome.error != QKeychain::NoError && outcome.error != QKeychain::EntryNotFound)) {
        auto explaining = explain(outcome, until);
        co_return fail(co_await explaining);
    }
    // QtKeychain says "no error" when a locked keyring kept the entry.
    auto reading = readOnce(key, until);
    auto back = co_await reading;
    if (back)
        co_return fail(ErrorKind::Keyring,
                       Words::tr("The keyring did not remove the token. Remove it by hand in your "
                                                        "keyring program, or try again."));
    if (back.error().kind != ErrorKind::NotFound)
        co_return fail(back.error());
    co_return Status();
}

KeychainVault::KeychainVault(const QString &profileId, std::chrono::milliseconds deadline, QObject *parent)
    : Vault(parent), d(new Private{this, u"outrigger/"_s + profileId, deadline, SecretService(), {}, false, {}})
{
}

KeychainVault::~KeychainVault() = default;

Task<Result<QByteArray>> KeychainVault::read(QString key)
{
    // The deadline of a job begins when the job does, not when it is queued.
    std::function<Task<Result<QByteArray>>()> start = [p = d.get(), key] { return p->readOnce(key, p->until()); };
    auto queued = d->enqueue<Result<QByteArray>>(std::move(start));
    co_return co_await queued;
}

Task<Status> KeychainVault::write(QString key, QByteArray secret)
{
    std::function<Task<Status>()> start = [p = d.get(), key, secret] { return p->writeOnce(key, secret, p->until()); };
    auto queued = d->enqueue<Status>(std::move(start));
    co_return co_await queued;
}

Task<Status> KeychainVault::remove(QString key)
{
    std::function<Task<Status>()> start = [p = d.get(), key] { return p->removeOnce(key, p->until()); };
    auto queued = d->enqueue<Status>(std::move(start));
    co_return co_await queued;
}

Task<VaultState> KeychainVault::probe()
{
    auto asked = d->bus.probe(d->deadline);
    co_return co_await asked;
}

Task<VaultState> KeychainVault::unlock()
{
    // As long as a person needs to find and type a password.
    auto asked = d->bus.unlock(std::chrono::minutes(5));
    co_return co_await asked;
}

Task<VaultState> Vault::unlock()
{
    auto asked = probe();
    co_return co_await asked;
}

static std::optional<Error> memoryProblem(VaultState state)
{
    switch (state) {
    case VaultState::Available:
        return std::nullopt;
    case VaultState::Locked:
        return lockedError().value();
    case VaultState::Absent:
        return absentError().value();
    case VaultState::Unknown:
        break;
    }
    return silentError().value();
}

Task<Result<QByteArray>> MemoryVault::read(QString key)
{
    if (auto problem = memoryProblem(state))
        co_return fail(*problem);
    const auto found = m_secrets.constFind(key);
    if (found == m_secrets.cend())
        co_return missingError();
    co_return *found;
}

Task<Status> MemoryVault::write(QString key, QByteArray secret)
{
    if (auto problem = memoryProblem(state))
        co_return fail(*problem);
    m_secrets.insert(key, secret);
    co_return Status();
}

Task<Status> MemoryVault::remove(QString key)
{
    if (auto problem = memoryProblem(state))
        co_return fail(*problem);
    m_secrets.remove(key);
    co_return Status();
}

Task<VaultState> MemoryVault::probe()
{
    co_return state;
}

MemoryVault &sessionVault()
{
    static MemoryVault vault;
    return vault;
}

} // namespace outrigger::auth
