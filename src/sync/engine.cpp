// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/engine.h"

#include "sync/engine_p.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

Engine::Private::Private(Engine *owner, Profile profileIn, EngineOptions optionsIn)
    : q(owner), profile(std::move(profileIn)), options(std::move(optionsIn)),
      cache(std::make_unique<store::Cache>(profile.cacheFile())),
      ledger(std::make_unique<store::Ledger>(profile.outboxFile(), profile.journalFile())),
      files(std::make_unique<OutgoingFiles>(profile.path(QStringLiteral("outgoing")))),
      outbox(std::make_unique<Outbox>(ledger.get(), cache.get(), options.outbox, clock)),
      vault(std::make_unique<auth::KeychainVault>(profile.id()))
{
    options.versions = api::VersionTable::fromSettings(profile.settingsFile());
    outbox->setFiles(files.get());
    QObject::connect(outbox.get(), &Outbox::countsChanged, q, &Engine::statusChanged);
}

Engine::Private::~Private()
{
    // Tasks first, then lines (they use outbox and stores), then the outbox, then the stores.
    tasks.cancel();
    reconnecting.cancel();
    lines.clear();
    retired.clear();
    outbox.reset();
    ledger.reset();
    cache.reset();
}

Engine::Engine(Profile profile, EngineOptions options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(profile), std::move(options)))
{
}

Engine::~Engine() = default;

Task<Status> Engine::start()
{
    auto work = d->start();
    co_return co_await work;
}

/// A file that stands while we run: still there at a start, it says that the last run did not end by itself.
void Engine::Private::setMark(bool running)
{
    QFile mark(profile.path(u"running"_s));
    if (!running) {
        mark.remove();
        return;
    }
    if (mark.open(QIODevice::WriteOnly))
        mark.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

Task<Status> Engine::Private::start()
{
    if (started)
        co_return Status{};
    uncleanEnd = QFile::exists(profile.path(u"running"_s));
    setMark(true);
    auto openCache = cache->open(uncleanEnd);
    const Status cacheOpen = co_await openCache;
    if (!cacheOpen)
        co_return cacheOpen;
    Q_EMIT q->cacheReady();
    loadQuietHours();
    auto openOutbox = openLedger();
    const Status ledgerOpen = co_await openOutbox;
    if (!ledgerOpen)
        co_return ledgerOpen;
    auto load = loadAccounts();
    const Status loaded = co_await load;
    if (!loaded)
        co_return loaded;
    auto mirror = showMarks();
    const Status mirrored = co_await mirror;
    if (!mirrored)
        co_return mirrored;
    started = true;
    for (const Account &account : std::as_const(accounts)) {
        if (mayDeliver || account.id == current)
            openLine(account)->start(account.id == current);
    }
    watchSurroundings();
    updatePaused();
    Q_EMIT q->accountsChanged();
    Q_EMIT q->accountChanged();
    Q_EMIT q->statusChanged();
    co_return Status{};
}

/// A few kilobytes, once, before anything may leave.
void Engine::Private::loadQuietHours()
{
    auto loaded = QuietHours::load(profile.path(QuietHours::fileName()));
    if (!loaded.problem.isEmpty())
        Q_EMIT q->problem(loaded.problem, {});
    hours = std::move(loaded.table);
    outbox->setQuietHours(hours);
}

Task<Status> Engine::Private::openLedger()
{
    auto open = ledger->open();
    const auto report = co_await open;
    if (!report)
        co_return fail(report.error());
    if (report->newerVersion) {
        mayDeliver = false;
        Q_EMIT q->problem(
            QCoreApplication::translate("Engine", "A newer version of Outrigger wrote the outbox of this profile. Nothing is "
                                                  "sent or changed."),
            QCoreApplication::translate("Engine", "Start the newer version, or choose another profile."));
        co_return Status{};
    }
    if (report->salvaged) {
        Q_EMIT q->problem(
            QCoreApplication::translate("Engine", "The outbox file was damaged. It was rebuilt; %1 entries could not be read. "
                                                  "The damaged file was kept.")
                .arg(report->unreadable.size()),
            QCoreApplication::translate("Engine", "Look through the outbox and at what you sent last."));
    }
    auto begin = outbox->start(cache->rebuilt() || uncleanEnd || report->salvaged);
    co_return co_await begin;
}

Task<Status> Engine::Private::showMarks()
{
    QSet<QString> locations;
    for (const Account &account : std::as_const(accounts))
        locations.insert(account.location.value);
    for (const QString &location : std::as_const(locations)) {
        auto read = ledger->deskMarks(LocationId(location));
        const auto marks = co_await read;
        if (!marks)
            co_return fail(marks.error());
        if (marks->isEmpty())
            continue;
        auto mirror = cache->putDeskMarks(*marks);
        const auto mirrored = co_await mirror;
        if (!mirrored)
            co_return fail(mirrored.error());
    }
    co_return Status{};
}

void Engine::Private::watchSurroundings()
{
    surroundings = std::make_unique<Surroundings>(clock);
    const auto again = [this] {
        reconnecting = reconnect(this, true);
        Q_EMIT q->statusChanged();
    };
    QObject::connect(surroundings.get(), &Surroundings::wokeUp, q, again);
    QObject::connect(surroundings.get(), &Surroundings::networkChanged, q, again);
}

/// Token, settling, what was written to us, and only then what waits to leave.
Task<void> Engine::Private::reconnect(Private *self, bool connectionsAreStale)
{
    if (self->options.offline)
        co_return;
    self->updatePaused(true);
    QVector<QPointer<AccountLine>> all;
    for (const auto &[id, line] : self->lines)
        all.append(line.get());
    for (const QPointer<AccountLine> &line : std::as_const(all)) {
        if (!line)
            continue;
        auto work = line->reconnect(connectionsAreStale);
        co_await work;
    }
    self->updatePaused();
}

void Engine::Private::updatePaused(bool waitFirst)
{
    outbox->setPaused(waitFirst || ending || options.offline || !options.deliver || !mayDeliver);
}

void Engine::deliver()
{
    d->options.deliver = true;
    d->updatePaused();
}

Task<void> Engine::Private::untilNothingIsOnTheWire(std::chrono::milliseconds patience)
{
    const auto begun = clock.steady();
    while (clock.steady() - begun < patience) {
        auto load = outbox->list({}, false);
        const auto records = co_await load;
        const bool busy = records && std::any_of(records->begin(), records->end(), [](const OutboxRecord &record) {
            return record.state == OutboxState::Attempting;
        });
        if (!busy)
            co_return;
        Delay pause(20ms);
        co_await pause;
    }
}

Task<void> Engine::stop(std::chrono::milliseconds patience)
{
    if (!d->started) {
        // Ended while it was starting: nothing has been written, so the next start has nothing to look for.
        if (!d->uncleanEnd)
            d->setMark(false);
        co_return;
    }
    d->ending = true;
    d->tasks.cancel();
    d->reconnecting.cancel();
    d->surroundings.reset();
    d->updatePaused();
    for (const auto &[id, line] : d->lines) {
        if (line->feeds())
            line->feeds()->pause(true);
    }
    auto wire = d->untilNothingIsOnTheWire(patience);
    co_await wire;
    for (const auto &[id, line] : d->lines)
        line->setOffline(true);
    d->setMark(false);
    d->started = false;
}

store::Cache &Engine::cache()
{
    return *d->cache;
}
store::Ledger &Engine::ledger()
{
    return *d->ledger;
}
const QuietHours &Engine::quietHours() const { return d->hours; }
Outbox &Engine::outbox()
{
    return *d->outbox;
}
auth::Vault &Engine::vault()
{
    return *d->vault;
}
const Profile &Engine::profile() const
{
    return d->profile;
}
const EngineOptions &Engine::options() const
{
    return d->options;
}

auth::Session *Engine::session() const
{
    const AccountLine *line = d->line();
    return line ? line->session() : nullptr;
}

EngineStatus Engine::status() const
{
    EngineStatus status;
    const auto counts = d->outbox->counts(d->current.isEmpty() ? std::nullopt : std::optional(d->current));
    status.waiting = counts.waiting;
    status.needsYou = counts.needsYou;
    if (const AccountLine *line = d->line()) {
        line->describe(status);
        if (line->feeds())
            status.areas = line->feeds()->areas();
    } else if (d->started) {
        status.connection = Connection::SignInNeeded;
        status.detail = QCoreApplication::translate("Engine", "No account is signed in.");
    }
    if (status.connection != d->lastConnection || !d->since.isValid()) {
        d->lastConnection = status.connection;
        d->since = d->clock.now();
    }
    status.since = d->since;
    return status;
}

void Engine::setAttention(Attention attention)
{
    d->attention = attention;
    if (AccountLine *line = d->line(); line && line->feeds())
        line->feeds()->setAttention(attention);
}

void Engine::setWorkOffline(bool offline)
{
    if (d->options.offline == offline)
        return;
    d->options.offline = offline;
    for (const auto &[id, line] : d->lines)
        line->setOffline(offline);
    d->updatePaused();
    if (!offline)
        d->reconnecting = Private::reconnect(d.get(), true);
    Q_EMIT statusChanged();
}

namespace {

tl::unexpected<Error> noAccount()
{
    return fail(ErrorKind::SignInNeeded, QCoreApplication::translate("Engine", "No account is signed in."));
}

tl::unexpected<Error> workingOffline()
{
    return fail(ErrorKind::Offline, QCoreApplication::translate("Engine", "Working offline: nothing is asked for."));
}

} // namespace

Task<Status> Engine::syncNow(QStringList areas, bool full)
{
    AccountLine *line = d->line();
    if (!line || !line->feeds())
        co_return noAccount();
    if (d->options.offline)
        co_return workingOffline();
    // Somebody asks for it: a network that was down a moment ago is tried at once, not when its turn comes.
    auto reach = line->reach();
    const Status reached = co_await reach;
    if (!reached)
        co_return reached;
    auto work = line->feeds()->pull(areas, full);
    co_return co_await work;
}

void Engine::pullByItself()
{
    d->options.pull = true;
    if (AccountLine *line = d->line(); line && line->feeds())
        line->feeds()->start();
}

Task<Status> Engine::confirmRemovals(QString area)
{
    AccountLine *line = d->line();
    if (!line || !line->feeds())
        co_return noAccount();
    auto work = line->feeds()->removeConfirmed(area);
    co_return co_await work;
}

Task<Status> Engine::prefetchThread(ConversationId id, ContactId contact)
{
    AccountLine *line = d->line();
    if (!line || d->options.offline)
        co_return Status{}; // nobody has asked for it
    auto work = line->threads()->refresh(id, contact, api::Priority::Prefetch);
    co_return co_await work;
}

Task<Status> Engine::refreshThread(ConversationId id, ContactId contact)
{
    AccountLine *line = d->line();
    if (!line)
        co_return noAccount();
    if (d->options.offline)
        co_return workingOffline();
    auto work = line->threads()->refresh(id, contact);
    co_return co_await work;
}

Task<Status> Engine::loadOlder(ConversationId id, MessageId before)
{
    AccountLine *line = d->line();
    if (!line)
        co_return noAccount();
    if (d->options.offline)
        co_return workingOffline();
    auto work = line->threads()->loadOlder(id, before);
    co_return co_await work;
}

Task<Result<Contact>> Engine::refreshContact(ContactId id)
{
    AccountLine *line = d->line();
    if (!line)
        co_return noAccount();
    if (d->options.offline)
        co_return workingOffline();
    auto work = line->threads()->refreshContact(id);
    co_return co_await work;
}

Task<Result<std::optional<Contact>>> Engine::findOnServer(QString phone, QString email)
{
    AccountLine *line = d->line();
    if (!line)
        co_return noAccount();
    if (d->options.offline)
        co_return workingOffline();
    auto work = line->threads()->findOnServer(phone, email);
    co_return co_await work;
}

Task<Status> Engine::setDone(ContactId contact, bool done)
{
    const QDateTime when = done ? d->clock.now() : QDateTime();
    auto work = changeMark(contact, [when](store::Cache::DeskMark &mark) {
        mark.doneAt = when;
        mark.snoozedUntil = {};
    });
    co_return co_await work;
}

Task<Status> Engine::snooze(ContactId contact, QDateTime until)
{
    auto work = changeMark(contact, [until](store::Cache::DeskMark &mark) { mark.snoozedUntil = until; });
    co_return co_await work;
}

Task<Status> Engine::saveDraft(store::ThreadDraft draft)
{
    auto write = d->ledger->putDraft(draft);
    const Status written = co_await write;
    if (!written)
        co_return written;
    const bool has = !draft.text.isEmpty();
    auto work = changeMark(draft.contact, [has](store::Cache::DeskMark &mark) { mark.hasDraft = has; });
    co_return co_await work;
}

Task<Status> Engine::changeMark(ContactId contact, std::function<void(store::Cache::DeskMark &)> change)
{
    const auto here = account();
    if (!here)
        co_return noAccount();
    auto read = d->ledger->deskMarks(here->location);
    const auto marks = co_await read;
    if (!marks)
        co_return fail(marks.error());
    store::Cache::DeskMark mark;
    mark.location = here->location;
    mark.contact = contact;
    for (const auto &known : std::as_const(*marks)) {
        if (known.contact == contact)
            mark = known;
    }
    change(mark);
    auto write = d->ledger->putDeskMark(mark);
    const Status written = co_await write;
    if (!written)
        co_return written;
    auto mirror = d->cache->putDeskMarks(QVector<store::Cache::DeskMark>(1, mark));
    const auto mirrored = co_await mirror;
    if (!mirrored)
        co_return fail(mirrored.error());
    d->cache->notices().flush();
    co_return Status{};
}

} // namespace outrigger::sync
