// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/feeds.h"

#include "core/log.h"
#include "store/files.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::sync {

namespace {

constexpr int beatSize = 20;
constexpr auto aDay = 24h;
constexpr auto backoffCap = 60s;
constexpr qint64 leastDisk = 50 * 1024 * 1024;

bool ofTheNetwork(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Portal:
    case ErrorKind::Server:
    case ErrorKind::RateLimited:
    case ErrorKind::SignInNeeded:
    case ErrorKind::TokenRefused:
    case ErrorKind::KeyringLocked:
    case ErrorKind::Keyring:
    case ErrorKind::Cancelled:
        return true;
    default:
        return false;
    }
}

} // namespace

Feeds::Feeds(FeedContext context, QObject *parent)
    : QObject(parent), m_context(context), m_contacts(new ContactsFeed(context, this)),
      m_conversations(new ConversationsFeed(context, this)), m_messages(new MessagesFeed(context, false, this)),
      m_older(new MessagesFeed(context, true, this)),
      m_deals(new DealsFeed(context, this)), m_calendar(new CalendarFeed(context, this)), m_tasks(new TasksFeed(context, this)), m_threads(new Threads(context, this))
{
    using Part = ReferenceFeed::Part;
    for (const Part part : {Part::Location, Part::Users, Part::Numbers, Part::CustomFields, Part::Tags}) {
        auto *feed = new ReferenceFeed(context, part, this);
        connect(feed, &ReferenceFeed::locationRead, this, &Feeds::locationRead);
        m_slots.push_back({feed, aDay, 0ms, feed->area()});
    }
    auto *pipelines = new ReferenceFeed(context, Part::Pipelines, this);
    m_slots.push_back({pipelines, 10min, 0ms, pipelines->area()});
    m_slots.push_back({m_deals, 5min, 0ms, m_deals->area()});
    m_slots.push_back({m_contacts, 2min, 0ms, m_contacts->area()});
    m_slots.push_back({m_conversations, 30min, 0ms, m_conversations->area()});
    m_slots.push_back({m_messages, 60s, 0ms, m_messages->area()});
    m_slots.push_back({m_calendar, 2min, 0ms, m_calendar->area()});
    m_slots.push_back({m_tasks, 2min, 0ms, m_tasks->area()});
    m_slots.push_back({m_older, aDay, 0ms, m_older->area()});
    // Last: nobody waits for these, and the first sync must not.
    for (const Part part : {Part::Templates, Part::CustomValues, Part::LostReasons, Part::Workflows, Part::Campaigns, Part::Businesses}) {
        auto *feed = new ReferenceFeed(context, part, this);
        m_slots.push_back({feed, aDay, 0ms, feed->area()});
    }
    for (const Slot &slot : m_slots) {
        connect(slot.feed, &Feed::changed, this, &Feeds::areasChanged);
        connect(slot.feed, &Feed::problem, this, &Feeds::problem);
    }
    m_liveTimer.setSingleShot(true);
    m_bulkTimer.setSingleShot(true);
    connect(&m_liveTimer, &QTimer::timeout, this, [this] { m_liveBell.ring(); });
    connect(&m_bulkTimer, &QTimer::timeout, this, [this] { m_bulkBell.ring(); });
    m_rounds.start(restore(this));
}

/// What earlier runs know: the status shows it at once, and small tables that are a few hours old are not asked for.
Task<void> Feeds::restore(Feeds *self)
{
    const QDateTime now = self->m_context.clock->now();
    const auto steady = self->m_context.clock->steady();
    for (std::size_t i = 0; i < self->m_slots.size(); ++i) {
        auto read = self->m_slots[i].feed->restore();
        co_await read;
        Slot &slot = self->m_slots[i];
        const AreaStatus &status = slot.feed->status();
        if (slot.every < aDay || slot.feed == self->m_older || !status.firstSyncDone || !status.lastSuccess.isValid())
            continue;
        const std::chrono::milliseconds age(status.lastSuccess.msecsTo(now));
        if (age >= 0ms && age < slot.every && slot.due == 0ms)
            slot.due = steady + slot.every - age;
    }
    Q_EMIT self->areasChanged();
    self->m_restored = true;
    if (self->m_wanted)
        self->begin();
}

Feeds::~Feeds()
{
    m_rounds.cancel();
}

void Feeds::start()
{
    m_wanted = true;
    if (m_restored && !m_started)
        begin();
}

void Feeds::begin()
{
    m_started = true;
    m_rounds.start(live());
    m_rounds.start(bulk());
}

void Feeds::setAllowed(bool allowed)
{
    if (m_allowed == allowed)
        return;
    m_allowed = allowed;
    if (allowed)
        hurry();
}

void Feeds::pause(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (!paused)
        hurry();
}

void Feeds::setAttention(const Attention &attention)
{
    const bool sooner = (attention.focused && !m_attention.focused) || (m_attention.saving && !attention.saving);
    const bool otherThread = attention.conversation != m_attention.conversation;
    const bool boardShown = attention.board && !m_attention.board;
    m_attention = attention;
    for (Slot &slot : m_slots) {
        if (slot.feed == m_deals)
            slot.every = attention.board ? boardEvery() : 5min;
        if (boardShown && slot.feed == m_deals)
            slot.due = std::min(slot.due, m_context.clock->steady());
    }
    if (boardShown)
        m_bulkTimer.start(0ms);
    if (otherThread)
        m_threadAt = -1ms;
    if (sooner)
        m_liveTimer.start(0ms);
}

void Feeds::hurry()
{
    m_beatFailures = 0;
    m_changesAt = -1ms;
    m_threadAt = -1ms;
    m_liveTimer.start(0ms);
    m_bulkTimer.start(0ms);
}

std::chrono::milliseconds Feeds::beatEvery() const
{
    if (m_attention.saving)
        return 60s;
    return m_attention.focused ? 5s : 15s;
}

/// While somebody looks at it: every 45 s, less often where one look takes many requests (a hundred deals each).
std::chrono::milliseconds Feeds::boardEvery() const
{
    const qint64 pages = m_deals->status().total / 100 + 1;
    return std::clamp<std::chrono::milliseconds>(pages * 15s, 45s, 5min);
}

std::chrono::milliseconds Feeds::retryAfter(const Feed &feed) const
{
    if (feed.switchedOff())
        return aDay;
    const auto step = std::min<std::chrono::milliseconds>(1s * (1 << std::min(feed.failures(), 10)), backoffCap);
    return std::chrono::milliseconds(step.count() / 2 + QRandomGenerator::global()->bounded(int(step.count() / 2 + 1)));
}

Task<void> Feeds::live()
{
    for (;;) {
        if (mayAsk()) {
            auto beat = beatOnce();
            co_await beat;
        }
        auto wait = beatEvery();
        if (m_beatFailures > 0)
            wait = std::min<std::chrono::milliseconds>(1s * (1 << std::min(m_beatFailures, 6)), backoffCap);
        if (mayAsk())
            m_liveTimer.start(wait);
        auto rung = m_liveBell.next();
        co_await rung;
    }
}

Task<void> Feeds::beatOnce()
{
    auto call = m_conversations->heartbeat(beatSize);
    const auto beat = co_await call;
    if (!beat) {
        ++m_beatFailures;
        co_return;
    }
    m_beatFailures = 0;
    if (!m_messages->status().firstSyncDone)
        co_return; // the first sync brings the messages
    const auto now = m_context.clock->steady();
    const bool news = !beat->changed.isEmpty() && !beat->first;
    if (beat->emails)
        m_messages->expectEmail();
    // Changes of state (delivered, failed) do not show in the list of conversations: ask for them now and then.
    if (news || m_changesAt < 0ms || now - m_changesAt >= beatEvery() * 3) {
        m_changesAt = now;
        auto changes = m_messages->pull(false);
        co_await changes;
    }
    const ConversationId open = m_attention.conversation;
    if (open.isEmpty() || open.isLocal())
        co_return;
    const bool openChanged = std::any_of(beat->changed.begin(), beat->changed.end(),
                                         [&open](const Conversation &row) { return row.id == open; });
    if (openChanged || m_threadAt < 0ms || now - m_threadAt >= 60s) {
        m_threadAt = now;
        auto thread = m_threads->refresh(open, ContactId());
        co_await thread;
    }
}

/// The last 50 MiB belong to what a person writes.
bool Feeds::diskIsFull()
{
    const qint64 left = store::files::freeSpace(m_context.cache->writer().options().file);
    const bool low = left >= 0 && left < leastDisk;
    if (low && !m_lowDisk)
        Q_EMIT problem(QCoreApplication::translate("Feeds", "The disk is nearly full. Nothing more is pulled from HighLevel; what you write still goes out."),
                       QCoreApplication::translate("Feeds", "Make room on the disk."));
    m_lowDisk = low;
    return low;
}

Feeds::Slot *Feeds::nextSlot()
{
    const auto now = m_context.clock->steady();
    for (Slot &slot : m_slots) {
        if (slot.due <= now)
            return &slot;
    }
    return nullptr;
}

void Feeds::schedule(Slot &slot, const Status &result)
{
    const auto wait = result ? slot.every : retryAfter(*slot.feed);
    slot.due = m_context.clock->steady() + wait;
    slot.feed->setNextRun(m_context.clock->now().addMSecs(wait.count()));
}

Task<void> Feeds::bulk()
{
    for (;;) {
        Slot *slot = mayAsk() && !diskIsFull() ? nextSlot() : nullptr;
        if (slot && slot->feed == m_contacts && m_conversations->status().lastSuccess.isNull()) {
            // The newest conversations first: with them a person can begin to work.
            auto beat = m_conversations->heartbeat(100);
            const auto beaten = co_await beat;
            if (!beaten && ofTheNetwork(beaten.error()))
                slot = nullptr;
        }
        if (!slot) {
            if (mayAsk()) {
                const auto now = m_context.clock->steady();
                auto wait = std::chrono::milliseconds(aDay);
                for (const Slot &each : m_slots)
                    wait = std::min(wait, std::max<std::chrono::milliseconds>(each.due - now, m_lowDisk ? 60s : 1s));
                m_bulkTimer.start(wait);
            }
            auto rung = m_bulkBell.next();
            co_await rung;
            continue;
        }
        // The feed for older messages waits for the first sync of the newer ones.
        if (slot->feed == m_older && !m_messages->status().firstSyncDone) {
            slot->due = m_context.clock->steady() + 10s;
            continue;
        }
        auto work = slot->feed->pull(false);
        const Status done = co_await work;
        schedule(*slot, done);
        if (!done && ofTheNetwork(done.error())) {
            // Nothing else would fare better now.
            const auto until = slot->due;
            for (Slot &other : m_slots)
                other.due = std::max(other.due, std::min(until, m_context.clock->steady() + std::chrono::milliseconds(backoffCap)));
        }
    }
}

Task<Status> Feeds::pull(QStringList areas, bool full)
{
    Status first;
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        const QString name = m_slots[i].name;
        const bool wanted = areas.isEmpty() || areas.contains(name) ||
                            (name == "messages.older"_L1 && areas.contains("messages"_L1));
        if (!wanted)
            continue;
        if (m_slots[i].feed->askedFor() && m_slots[i].feed->running()) {
            auto current = m_slots[i].feed->pull(false);
            co_await current;
            m_slots[i].feed->askedFor();
        }
        auto work = m_slots[i].feed->pull(full);
        const Status done = co_await work;
        schedule(m_slots[i], done);
        if (!done && first)
            first = done;
        if (!done && ofTheNetwork(done.error()) && done.error().kind != ErrorKind::Server)
            break;
    }
    Q_EMIT areasChanged();
    co_return first;
}

Task<Status> Feeds::removeConfirmed(QString area)
{
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        if (m_slots[i].name != area)
            continue;
        auto removal = m_slots[i].feed->removeConfirmed();
        co_return co_await removal;
    }
    co_return fail(ErrorKind::Usage, u"There is no area of this name."_s);
}

QVector<AreaStatus> Feeds::areas() const
{
    QVector<AreaStatus> all;
    for (const Slot &slot : m_slots)
        all.append(slot.feed->status());
    return all;
}

QStringList Feeds::areaNames()
{
    return {u"location"_s, u"users"_s,         u"numbers"_s,  u"customFields"_s, u"tags"_s,
            u"contacts"_s, u"conversations"_s, u"messages"_s, u"messages.older"_s,
            u"templates"_s, u"customValues"_s, u"pipelines"_s, u"opportunities"_s, u"lostReasons"_s, u"calendars"_s, u"tasks"_s,
            u"workflows"_s, u"campaigns"_s, u"businesses"_s};
}

} // namespace outrigger::sync
