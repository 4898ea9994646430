// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/threadmodel.h"

#include "models/words.h"

#include <QHash>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace outrigger::models {

namespace {

constexpr int newestPage = 60;
constexpr int olderPage = 50;
constexpr qint64 groupSeconds = 5 * 60;
constexpr qint64 unreadLineKey = -1; // day breaks are the negated Julian day, far below

struct Row {
    ThreadModel::RowKind kind = ThreadModel::RowKind::Message;
    qint64 key = 0;
    MessageRow message;
    QDate day;
    bool group = false;
    bool lastOfGroup = true;
    int version = 0;
};

bool sameMessage(const MessageRow &a, const MessageRow &b)
{
    return a.state == b.state && a.hold == b.hold && a.dueAt == b.dueAt && a.reason == b.reason && a.record == b.record
        && a.senderName == b.senderName && a.message.status == b.message.status && a.message.body == b.message.body
        && a.message.dateAdded == b.message.dateAdded && a.message.subject == b.message.subject
        && a.message.error == b.message.error && a.message.attachments == b.message.attachments
        && a.message.channel == b.message.channel && a.message.callSeconds == b.message.callSeconds
        && a.message.id == b.message.id;
}

bool isBubble(const MessageRow &row)
{
    switch (row.message.channel) {
    case Channel::Activity:
    case Channel::Call:
    case Channel::Voicemail:
    case Channel::InternalComment:
    case Channel::Email: return false;
    default: return true;
    }
}

bool continues(const MessageRow &above, const MessageRow &below)
{
    return isBubble(above) && isBubble(below) && above.message.direction == below.message.direction
        && above.message.channel == below.message.channel && above.message.userId == below.message.userId
        && isAutomated(above.message) == isAutomated(below.message)
        && above.message.dateAdded.secsTo(below.message.dateAdded) < groupSeconds;
}

} // namespace

struct ThreadModel::Private {
    store::Cache *cache;
    qint64 conversation = 0;
    QTimeZone zone = QTimeZone::systemTimeZone();
    QString leadName;
    int unread = 0;
    qint64 unreadBefore = 0; // the unread line stands above this message
    QVector<Row> rows;
    QHash<qint64, int> rowOf; // rebuilt when asked for
    bool rowOfValid = false;
    bool loading = false;
    bool cacheAtStart = false;
    bool complete = false;
    bool askedServer = false;
    bool retrying = false; // the server has answered; finding nothing now means that it has nothing older
    Task<void> opening;
    Task<void> older;
    Task<void> reaching;
    Task<void> updating;
    bool updateAgain = false;
    QSet<qint64> touched;

    static Task<void> loadNewest(ThreadModel *self);
    static Task<void> loadOlderPage(ThreadModel *self);
    static Task<void> loadUntil(ThreadModel *self, qint64 key);
    static Task<void> update(ThreadModel *self);
    QVector<MessageRow> messages() const;
    void showNewest(ThreadModel *self, const MessagePage &page);
    void placeUnread(const QVector<MessageRow> &page);
    QVector<Row> build(const QVector<MessageRow> &list) const;
    void show(ThreadModel *self, const QVector<MessageRow> &list);
    void prepend(ThreadModel *self, const QVector<MessageRow> &page);
    void startUpdate(ThreadModel *self);
};

ThreadModel::ThreadModel(store::Cache *cache, QObject *parent)
    : QAbstractListModel(parent), d(std::make_unique<Private>())
{
    d->cache = cache;
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (!d->conversation || change.table != store::Table::Messages)
            return;
        if (!change.everything && !change.parents.contains(d->conversation))
            return;
        for (const qint64 key : change.updated + change.removed)
            d->touched.insert(key);
        if (change.everything) {
            for (const Row &row : std::as_const(d->rows)) {
                if (row.kind == RowKind::Message)
                    d->touched.insert(row.key);
            }
        }
        d->startUpdate(this);
    });
}

ThreadModel::~ThreadModel() = default;

void ThreadModel::begin(qint64 conversationKey, QTimeZone zone, int unread, QString leadName)
{
    d->opening.cancel();
    d->older.cancel();
    d->reaching.cancel();
    d->updating.cancel();
    d->updateAgain = false;
    d->touched.clear();
    d->conversation = conversationKey;
    d->zone = zone.isValid() ? zone : QTimeZone::systemTimeZone();
    d->leadName = std::move(leadName);
    d->unread = unread;
    d->unreadBefore = 0;
    d->cacheAtStart = d->complete = d->askedServer = d->retrying = false;
    d->loading = conversationKey != 0;
}

void ThreadModel::open(qint64 conversationKey, QTimeZone zone, int unread, QString leadName, MessagePage page)
{
    begin(conversationKey, std::move(zone), unread, std::move(leadName));
    d->showNewest(this, page);
    QMetaObject::invokeMethod(this, &ThreadModel::opened, Qt::QueuedConnection);
}

void ThreadModel::open(qint64 conversationKey, QTimeZone zone, int unread, QString leadName)
{
    begin(conversationKey, std::move(zone), unread, std::move(leadName));
    if (!conversationKey) {
        beginResetModel();
        d->rows.clear();
        d->rowOfValid = false;
        endResetModel();
        return;
    }
    d->opening = Private::loadNewest(this);
}

Task<void> ThreadModel::Private::loadNewest(ThreadModel *self)
{
    auto *d = self->d.get();
    auto fetch = d->cache->newestMessages(d->conversation, newestPage);
    auto page = co_await fetch;
    d->showNewest(self, page ? *page : MessagePage());
    // Queued: a listener may open another conversation, which would destroy this task from within.
    if (page)
        QMetaObject::invokeMethod(self, &ThreadModel::opened, Qt::QueuedConnection);
    else
        QMetaObject::invokeMethod(
            self, [self, error = page.error()] { Q_EMIT self->failed(error); }, Qt::QueuedConnection);
}

void ThreadModel::Private::showNewest(ThreadModel *self, const MessagePage &page)
{
    loading = false;
    self->beginResetModel(); // also empties what the conversation before has left
    cacheAtStart = page.atStart;
    complete = page.complete;
    placeUnread(page.rows);
    rows = build(page.rows);
    rowOfValid = false;
    self->endResetModel();
}

void ThreadModel::Private::placeUnread(const QVector<MessageRow> &page)
{
    int left = unread;
    for (auto row = page.rbegin(); row != page.rend() && left > 0; ++row) {
        if (row->message.direction != Direction::Inbound)
            continue;
        unreadBefore = row->key;
        --left;
    }
}

QVector<Row> ThreadModel::Private::build(const QVector<MessageRow> &list) const
{
    QVector<Row> built;
    built.reserve(list.size() + 8);
    QDate day;
    const MessageRow *above = nullptr;
    for (const MessageRow &message : list) {
        const QDate here = message.message.dateAdded.toTimeZone(zone).date();
        if (here.isValid() && here != day) {
            day = here;
            Row line;
            line.kind = RowKind::DayBreak;
            line.key = -here.toJulianDay();
            line.day = here;
            built.append(line);
            above = nullptr;
        }
        if (unreadBefore && message.key == unreadBefore) {
            Row line;
            line.kind = RowKind::UnreadLine;
            line.key = unreadLineKey;
            built.append(line);
            above = nullptr;
        }
        Row row;
        row.key = message.key;
        row.message = message;
        row.day = here;
        if (above && continues(*above, message)) {
            row.group = true;
            built.last().lastOfGroup = false;
        }
        built.append(row);
        above = &message;
    }
    return built;
}

QVector<MessageRow> ThreadModel::Private::messages() const
{
    QVector<MessageRow> list;
    list.reserve(rows.size());
    for (const Row &row : rows) {
        if (row.kind == RowKind::Message)
            list.append(row.message);
    }
    return list;
}

/// Turns the rows into those of `list` with the smallest signals: rows that went or have moved are removed, new ones
/// inserted in runs, changed ones announced. Views keep their place because what stays is never touched.
void ThreadModel::Private::show(ThreadModel *self, const QVector<MessageRow> &list)
{
    const QVector<Row> built = build(list);
    QHash<qint64, int> place;
    place.reserve(built.size());
    for (int i = 0; i < int(built.size()); ++i)
        place.insert(built[i].key, i);

    rowOfValid = false;
    // A day break may exist twice when clocks disagree; the hash then holds the last, and order decides.
    QVector<bool> keep(rows.size());
    int reached = int(built.size());
    for (int i = int(rows.size()) - 1; i >= 0; --i) { // from the end: the newest keep their rows
        const int at = place.value(rows[i].key, -1);
        keep[i] = at >= 0 && at < reached;
        if (keep[i])
            reached = at;
    }
    for (int end = int(rows.size()) - 1; end >= 0;) {
        if (keep[end]) {
            --end;
            continue;
        }
        int start = end;
        while (start > 0 && !keep[start - 1])
            --start;
        self->beginRemoveRows({}, start, end);
        rows.remove(start, end - start + 1);
        self->endRemoveRows();
        end = start - 1;
    }
    QVector<int> changed;
    for (int i = 0; i < int(built.size());) {
        if (i < int(rows.size()) && rows[i].key == built[i].key) {
            Row &mine = rows[i];
            const Row &theirs = built[i];
            if (mine.group != theirs.group || mine.lastOfGroup != theirs.lastOfGroup
                || (mine.kind == RowKind::Message && !sameMessage(mine.message, theirs.message))) {
                const int version = mine.version + 1;
                mine = theirs;
                mine.version = version;
                changed.append(i);
            }
            ++i;
            continue;
        }
        const qint64 next = i < int(rows.size()) ? rows[i].key : 0;
        int end = i;
        while (end < int(built.size()) && (i >= int(rows.size()) || built[end].key != next))
            ++end;
        self->beginInsertRows({}, i, end - 1);
        rows.insert(i, end - i, Row());
        std::copy(built.begin() + i, built.begin() + end, rows.begin() + i);
        self->endInsertRows();
        i = end;
    }
    rowOfValid = false;
    for (const int row : std::as_const(changed))
        Q_EMIT self->dataChanged(self->index(row), self->index(row));
}

void ThreadModel::loadOlder()
{
    if (!d->conversation || d->loading || !d->older.done() || !d->reaching.done())
        return;
    if (d->cacheAtStart) {
        if (!d->complete && !d->askedServer) {
            d->askedServer = true;
            Q_EMIT needsServer();
        }
        return;
    }
    d->older = Private::loadOlderPage(this);
}

Task<void> ThreadModel::Private::loadOlderPage(ThreadModel *self)
{
    auto *d = self->d.get();
    const auto first = std::find_if(d->rows.cbegin(), d->rows.cend(),
                                    [](const Row &row) { return row.kind == RowKind::Message; });
    if (first == d->rows.cend())
        co_return;
    auto fetch = d->cache->olderMessages(d->conversation, first->key, olderPage);
    auto page = co_await fetch;
    if (!page) {
        QMetaObject::invokeMethod(
            self, [self, error = page.error()] { Q_EMIT self->failed(error); }, Qt::QueuedConnection);
        co_return;
    }
    d->cacheAtStart = page->atStart || page->rows.isEmpty();
    d->complete = page->complete || (d->retrying && page->rows.isEmpty());
    d->retrying = false;
    if (!page->rows.isEmpty())
        d->prepend(self, page->rows);
    const int added = int(page->rows.size());
    QMetaObject::invokeMethod(
        self, [self, added] { Q_EMIT self->olderLoaded(added); }, Qt::QueuedConnection);
}

/// Older rows in front of those that are here, which stay as they are: the cost is that of the new ones.
void ThreadModel::Private::prepend(ThreadModel *self, const QVector<MessageRow> &page)
{
    QVector<Row> built = build(page);
    rowOfValid = false;
    if (!rows.isEmpty() && rows.first().kind == RowKind::DayBreak && rows.first().day == built.last().day) {
        self->beginRemoveRows({}, 0, 0); // the day began earlier
        rows.removeFirst();
        self->endRemoveRows();
    }
    const bool joined = !rows.isEmpty() && rows.first().kind == RowKind::Message && rows.first().key != unreadBefore
        && continues(built.last().message, rows.first().message);
    built.last().lastOfGroup = !joined;
    const auto count = built.size();
    self->beginInsertRows({}, 0, int(count) - 1);
    rows.insert(0, count, Row());
    std::move(built.begin(), built.end(), rows.begin());
    self->endInsertRows();
    rowOfValid = false;
    if (!joined)
        return;
    rows[count].group = true;
    ++rows[count].version;
    Q_EMIT self->dataChanged(self->index(int(count)), self->index(int(count)));
}

void ThreadModel::reach(qint64 key)
{
    if (!d->conversation || d->loading)
        return;
    if (rowOfKey(key) >= 0) {
        Q_EMIT reached(key);
        return;
    }
    d->older.cancel();
    d->reaching = Private::loadUntil(this, key);
}

Task<void> ThreadModel::Private::loadUntil(ThreadModel *self, qint64 key)
{
    auto *d = self->d.get();
    const auto first = std::find_if(d->rows.cbegin(), d->rows.cend(), [](const Row &row) { return row.kind == RowKind::Message; });
    if (first == d->rows.cend())
        co_return;
    auto fetch = d->cache->messagesFrom(d->conversation, key, first->key);
    auto page = co_await fetch;
    if (!page) {
        QMetaObject::invokeMethod(
            self, [self, error = page.error()] { Q_EMIT self->failed(error); }, Qt::QueuedConnection);
        co_return;
    }
    d->cacheAtStart = page->atStart;
    d->complete = page->complete;
    if (!page->rows.isEmpty())
        d->prepend(self, page->rows);
    // Queued: who listens may wish for another one, which would destroy this task from within. A view that had asked for
    // older rows hears that they are here, too.
    QMetaObject::invokeMethod(
        self,
        [self, key, added = int(page->rows.size())] {
            Q_EMIT self->olderLoaded(added);
            if (self->rowOfKey(key) >= 0)
                Q_EMIT self->reached(key);
        },
        Qt::QueuedConnection);
}

void ThreadModel::retryOlder()
{
    if (d->complete)
        return;
    d->askedServer = false;
    d->cacheAtStart = false;
    d->retrying = true;
    loadOlder();
}

void ThreadModel::Private::startUpdate(ThreadModel *self)
{
    if (!updating.done() || loading) {
        updateAgain = true;
        return;
    }
    updating = update(self);
}

/// Fetches the newest page and what else of the shown rows was named as changed, and shows both.
Task<void> ThreadModel::Private::update(ThreadModel *self)
{
    auto *d = self->d.get();
    do {
        d->updateAgain = false;
        const auto touchedNow = std::exchange(d->touched, {});
        auto fetch = d->cache->newestMessages(d->conversation, newestPage);
        auto page = co_await fetch;
        if (!page)
            co_return;
        QSet<qint64> onPage;
        for (const MessageRow &row : std::as_const(page->rows))
            onPage.insert(row.key);
        QVector<qint64> ask;
        for (const Row &row : std::as_const(d->rows)) {
            if (row.kind == RowKind::Message && touchedNow.contains(row.key) && !onPage.contains(row.key))
                ask.append(row.key);
        }
        QHash<qint64, MessageRow> fresh;
        if (!ask.isEmpty()) {
            auto more = d->cache->messageRows(ask);
            auto found = co_await more;
            if (!found)
                co_return;
            for (const MessageRow &row : std::as_const(*found))
                fresh.insert(row.key, row);
        }
        const auto before = d->messages();
        QSet<qint64> known;
        for (const MessageRow &row : before)
            known.insert(row.key);
        // What is older than the page stays as it is, but for rows that were named. Without any common row the page
        // stands alone: between them there may be messages that we do not have.
        const bool overlap = page->atStart || std::any_of(page->rows.cbegin(), page->rows.cend(), [&](const auto &row) {
            return known.contains(row.key);
        });
        QVector<MessageRow> list;
        if (overlap && !page->rows.isEmpty()) {
            const QDateTime from = page->rows.first().message.dateAdded;
            for (const MessageRow &row : before) {
                if (onPage.contains(row.key) || (!page->atStart && row.message.dateAdded > from) || page->atStart)
                    continue;
                if (!ask.contains(row.key))
                    list.append(row);
                else if (fresh.contains(row.key))
                    list.append(fresh.value(row.key));
            }
        } else {
            d->cacheAtStart = page->atStart;
            d->complete = page->complete;
        }
        list += page->rows;
        d->show(self, list);
        for (const MessageRow &row : std::as_const(page->rows)) {
            const Message &m = row.message;
            const bool byHand = m.direction == Direction::Outbound && row.record.isEmpty() && !m.userId.isEmpty() && !isAutomated(m) && isBubble(row);
            if (byHand && !known.contains(row.key) && !known.isEmpty() && m.dateAdded >= before.last().message.dateAdded) {
                QMetaObject::invokeMethod(
                    self, [self, who = m.userId, name = row.senderName, when = m.dateAdded] { Q_EMIT self->colleagueWrote(who, name, when); },
                    Qt::QueuedConnection);
            }
            if (known.contains(row.key) || known.isEmpty() || row.message.direction != Direction::Inbound
                || row.message.dateAdded < before.last().message.dateAdded)
                continue;
            const QString spoken = words::message(row, d->leadName, QDateTime::currentDateTimeUtc(), d->zone);
            QMetaObject::invokeMethod(
                self, [self, spoken] { Q_EMIT self->inboundArrived(spoken); }, Qt::QueuedConnection);
        }
    } while (d->updateAgain);
}

qint64 ThreadModel::conversationKey() const
{
    return d->conversation;
}

bool ThreadModel::atStart() const
{
    return d->cacheAtStart && d->complete;
}

bool ThreadModel::isLoading() const
{
    return d->loading;
}

QString ThreadModel::leadName() const
{
    return d->leadName;
}

int ThreadModel::rowOfKey(qint64 key) const
{
    if (!d->rowOfValid) {
        d->rowOf.clear();
        for (int i = 0; i < int(d->rows.size()); ++i)
            d->rowOf.insert(d->rows[i].key, i);
        d->rowOfValid = true;
    }
    return d->rowOf.value(key, -1);
}

int ThreadModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

QVariant ThreadModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = d->rows[index.row()];
    switch (role) {
    case KindRole: return int(row.kind);
    case KeyRole: return row.key;
    case VersionRole: return row.version;
    case GroupRole: return row.group;
    case LastOfGroupRole: return row.lastOfGroup;
    case RowRole: return row.kind == RowKind::Message ? QVariant::fromValue(row.message) : QVariant();
    case TimeRole:
        return row.kind == RowKind::Message && row.message.message.dateAdded.isValid()
            ? words::clock(row.message.message.dateAdded.toTimeZone(d->zone).time())
            : QString();
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: break;
    default: return {};
    }
    if (row.kind == RowKind::UnreadLine)
        return tr("Unread messages");
    if (row.kind == RowKind::DayBreak)
        return dayName(row.day);
    return role == Qt::DisplayRole
        ? row.message.message.body
        : words::message(row.message, d->leadName, QDateTime::currentDateTimeUtc(), d->zone);
}

QString ThreadModel::dayName(const QDate &day) const
{
    const QDate today = QDateTime::currentDateTimeUtc().toTimeZone(d->zone).date();
    if (day == today)
        return tr("Today");
    if (day == today.addDays(-1))
        return tr("Yesterday");
    const QLocale locale;
    return day.year() == today.year() ? locale.toString(day, tr("ddd d MMMM", "date of a day in this year"))
                                      : locale.toString(day, tr("ddd d MMMM yyyy", "date of a day in another year"));
}

} // namespace outrigger::models
