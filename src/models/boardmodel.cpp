// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/boardmodel.h"

#include "models/dealwords.h"
#include "store/cache_next.h"

#include <QElapsedTimer>

#include <algorithm>

namespace outrigger::models {

namespace {
constexpr int refreshInterval = 300; // ms
constexpr int keptRows = 3'000;

/// Of the same pipeline.
bool asksElse(const BoardQuery &a, const BoardQuery &b)
{
    return a.location != b.location || a.status != b.status || a.owner != b.owner || a.text != b.text || a.sort != b.sort;
}

} // namespace

struct BoardModel::Private {
    store::Cache *cache = nullptr;
    Pipeline pipeline;
    BoardQuery query;
    QString region;
    QVector<dealwords::CardLine> lines;
    std::vector<std::unique_ptr<ColumnModel>> columns;
    QVector<Sum> sums;
    QHash<qint64, DealRow> rows;
    QHash<qint64, QDateTime> next;
    QHash<qint64, StageId> ahead;   ///< moved here, not in the cache yet
    QSet<qint64> settled;           ///< of these: stored by now
    QSet<qint64> ticked;
    qint64 hidden = 0;
    bool loading = true;
    bool refilling = false;
    bool delivering = false;
    QTimer refreshTimer;
    QTimer besideTimer; ///< tasks, appointments and messages come in crowds
    QElapsedTimer sinceFetch;
    Task<void> fetching;

    double probability(const StageId &stage) const
    {
        const Stage *known = pipeline.stage(stage);
        return known && known->winProbability >= 0 ? known->winProbability / 100 : 0;
    }
};

// --- one column -------------------------------------------------------------------------------------------------------

ColumnModel::ColumnModel(BoardModel *board, StageId stage) : SpineModel(board), m_board(board), m_stage(std::move(stage)) {}

void ColumnModel::setKeys(QVector<qint64> keys)
{
    // Two empty lists are not compared: one of them may have no memory at all.
    if (!isLoading() && keys.size() == m_keys.size() && (keys.isEmpty() || keys == m_keys))
        return;
    m_keys = std::move(keys);
    store::Spine spine;
    spine.keys = m_keys;
    spine.rowOf.reserve(m_keys.size());
    for (int row = 0; row < m_keys.size(); ++row)
        spine.rowOf.insert(m_keys.at(row), row);
    swapSpine(std::move(spine));
}

void ColumnModel::showTicks(const QVector<qint64> &keys)
{
    for (const qint64 key : keys) {
        if (const int row = rowOfKey(key); row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, 0), {TickedRole, Qt::AccessibleTextRole});
    }
}

Task<Result<store::Spine>> ColumnModel::fetchSpine()
{
    store::Spine spine;
    spine.keys = m_keys;
    for (int row = 0; row < m_keys.size(); ++row)
        spine.rowOf.insert(m_keys.at(row), row);
    co_return spine;
}

Task<void> ColumnModel::fetchRows(QVector<qint64> keys)
{
    auto load = m_board->d->cache->dealRows(keys);
    const auto rows = co_await load;
    auto planning = store::nextSteps(*m_board->d->cache, keys, QDateTime::currentDateTimeUtc());
    const auto next = co_await planning;
    auto &kept = m_board->d->rows;
    if (kept.size() > keptRows) {
        kept.clear(); // far more than a screen holds: what is seen is asked for again
        m_board->d->next.clear();
    }
    for (const qint64 key : keys) {
        const QDateTime at = next ? next->value(key) : QDateTime();
        if (at.isValid())
            m_board->d->next.insert(key, at);
        else
            m_board->d->next.remove(key);
    }
    if (rows) {
        for (const DealRow &row : *rows)
            kept.insert(row.key, row);
    }
    rowsArrived(keys);
    Q_EMIT m_board->changed();
}

bool ColumnModel::hasRow(qint64 key) const { return m_board->d->rows.contains(key); }

QVariant ColumnModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const qint64 key = keyAt(index.row());
    if (role == KeyRole)
        return key;
    const auto row = m_board->d->rows.constFind(key);
    const bool loaded = row != m_board->d->rows.constEnd();
    if (!loaded || isStale(key))
        want(index.row());
    switch (role) {
    case LoadedRole: return loaded;
    case TickedRole: return m_board->d->ticked.contains(key);
    case RowRole: return loaded ? QVariant::fromValue(*row) : QVariant();
    case NextRole: return m_board->next(key);
    case LinesRole: return loaded ? m_board->linesOf(*row) : QStringList();
    case Qt::DisplayRole: return loaded ? row->deal.name : QString();
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        if (!loaded)
            return role == Qt::AccessibleTextRole ? tr("Loading") : QString();
        if (role == Qt::ToolTipRole && row->reason.isEmpty())
            return {};
        if (role == Qt::ToolTipRole)
            return row->reason;
        QString sentence = dealwords::sentence(*row, m_board->columnName(m_board->columnOf(m_stage)), m_board->d->region,
                                               QDateTime::currentDateTimeUtc());
        if (const QString planned = dealwords::next(m_board->next(key), QDateTime::currentDateTimeUtc()); row->deal.status == DealStatus::Open)
            sentence += u' ' + planned + u'.';
        for (const QString &line : m_board->linesOf(*row)) {
            if (!line.isEmpty())
                sentence += u' ' + line + u'.';
        }
        return m_board->d->ticked.contains(key) ? tr("Ticked: %1").arg(sentence) : sentence;
    }
    default: return {};
    }
}

// --- the board --------------------------------------------------------------------------------------------------------

BoardModel::BoardModel(store::Cache *cache, QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->cache = cache;
    d->refreshTimer.setSingleShot(true);
    connect(&d->refreshTimer, &QTimer::timeout, this, &BoardModel::refreshNow);
    d->besideTimer.setSingleShot(true);
    d->besideTimer.setInterval(400);
    connect(&d->besideTimer, &QTimer::timeout, this, &BoardModel::lookAgain);
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (!(change.location == d->query.location))
            return;
        if (change.table == store::Table::Tasks || change.table == store::Table::Events || change.table == store::Table::Conversations)
            d->besideTimer.start();
        if (change.table == store::Table::Opportunities) {
            const QVector<qint64> keys = change.everything ? QVector<qint64>(d->rows.keys()) : change.updated;
            for (const auto &column : d->columns)
                column->changed(keys);
            refresh();
        }
    });
}

BoardModel::~BoardModel()
{
    d->fetching = {};
    d->columns.clear();
}

const Pipeline &BoardModel::pipeline() const { return d->pipeline; }
const BoardQuery &BoardModel::query() const { return d->query; }
void BoardModel::setRegion(const QString &region) { d->region = region; }
const QString &BoardModel::region() const { return d->region; }

void BoardModel::setLines(const QVector<dealwords::CardLine> &lines)
{
    if (d->lines == lines)
        return;
    d->lines = lines;
    for (const auto &column : d->columns)
        column->showTicks(column->keys());
}

QStringList BoardModel::linesOf(const DealRow &row) const
{
    QStringList lines;
    for (const auto &line : d->lines) {
        const QString value = dealwords::cardLine(row, line.word);
        lines.append(value.isEmpty() ? QString() : tr("%1: %2", "a field of a card").arg(line.label, value));
    }
    return lines;
}

int BoardModel::columnCount() const { return int(d->columns.size()); }
ColumnModel *BoardModel::column(int at) const { return at >= 0 && at < columnCount() ? d->columns[size_t(at)].get() : nullptr; }
qint64 BoardModel::hiddenByFilter() const { return d->hidden; }
bool BoardModel::isLoading() const { return d->loading; }
bool BoardModel::isRefilling() const { return d->refilling; }

void BoardModel::lookAgain()
{
    const QVector<qint64> keys(d->rows.keys());
    for (const auto &column : d->columns)
        column->changed(keys);
}

QDateTime BoardModel::next(qint64 key) const { return d->next.value(key); }

int BoardModel::columnOf(const StageId &stage) const
{
    for (int i = 0; i < columnCount(); ++i) {
        if (d->columns[size_t(i)]->stage() == stage)
            return i;
    }
    return -1;
}

QString BoardModel::columnName(int at) const
{
    const ColumnModel *one = column(at);
    const Stage *stage = one ? d->pipeline.stage(one->stage()) : nullptr;
    return stage ? stage->name : one ? tr("Removed stage") : QString();
}

QString BoardModel::columnColor(int at) const
{
    const ColumnModel *one = column(at);
    const Stage *stage = one ? d->pipeline.stage(one->stage()) : nullptr;
    return stage ? stage->color : QString();
}

BoardModel::Sum BoardModel::sum(int at) const { return d->sums.value(at); }

BoardModel::Sum BoardModel::total() const
{
    Sum all;
    for (const Sum &one : d->sums) {
        all.deals += one.deals;
        all.value += one.value;
        all.weighted += one.weighted;
        all.withoutValue += one.withoutValue;
    }
    return all;
}

const DealRow *BoardModel::row(qint64 key) const
{
    const auto found = d->rows.constFind(key);
    return found == d->rows.constEnd() ? nullptr : &*found;
}

const DealRow *BoardModel::freshRow(qint64 key) const
{
    const DealRow *known = row(key);
    const int at = columnWith(key);
    return known && at >= 0 && !d->columns[size_t(at)]->isStale(key) ? known : nullptr;
}

QVector<qint64> BoardModel::ticked() const
{
    QVector<qint64> keys;
    if (d->ticked.isEmpty())
        return keys;
    for (const auto &column : d->columns) {
        for (const qint64 key : column->keys()) {
            if (d->ticked.contains(key))
                keys.append(key);
        }
    }
    return keys;
}

bool BoardModel::isTicked(qint64 key) const { return d->ticked.contains(key); }

void BoardModel::tick(const QVector<qint64> &keys, bool on)
{
    for (const qint64 key : keys) {
        if (on)
            d->ticked.insert(key);
        else
            d->ticked.remove(key);
    }
    for (const auto &column : d->columns)
        column->showTicks(keys);
    Q_EMIT ticksChanged();
}

void BoardModel::clearTicks()
{
    if (!d->ticked.isEmpty())
        tick(QVector<qint64>(d->ticked.cbegin(), d->ticked.cend()), false);
}

int BoardModel::columnWith(qint64 key) const
{
    for (int i = 0; i < columnCount(); ++i) {
        if (d->columns[size_t(i)]->rowOfKey(key) >= 0)
            return i;
    }
    return -1;
}

void BoardModel::show(const Pipeline &pipeline, const BoardQuery &query)
{
    QVector<StageId> before, after;
    for (const auto &column : d->columns)
        before.append(column->stage());
    for (const Stage &stage : pipeline.stages)
        after.append(stage.id);
    const bool other = pipeline.id != d->pipeline.id || asksElse(d->query, query);
    d->pipeline = pipeline;
    d->query = query;
    d->query.pipeline = pipeline.id;
    if (before.size() != after.size() || (!after.isEmpty() && before != after)) {
        d->fetching = {};
        d->columns.clear();
        d->sums.fill({}, after.size());
        for (const StageId &stage : std::as_const(after))
            d->columns.push_back(std::make_unique<ColumnModel>(this, stage));
        d->loading = true;
        Q_EMIT columnsChanged();
    }
    d->refilling = (other || d->refilling) && !d->query.location.isEmpty() && !d->pipeline.id.isEmpty();
    refreshNow();
}

void BoardModel::refresh()
{
    if (d->refreshTimer.isActive())
        return;
    // What a person did shows at once (it was flushed); a steady stream from a feed is gathered.
    const qint64 since = d->sinceFetch.isValid() ? d->sinceFetch.elapsed() : refreshInterval;
    d->refreshTimer.start(int(std::max<qint64>(0, refreshInterval - since)));
}

void BoardModel::refreshNow()
{
    if (d->delivering) {
        d->refreshTimer.start(0);
        return;
    }
    d->refreshTimer.stop();
    d->sinceFetch.start();
    if (!d->query.location.isEmpty() && !d->pipeline.id.isEmpty())
        d->fetching = load(this); // the latest request wins
}

Task<void> BoardModel::load(BoardModel *self)
{
    const auto settled = self->d->settled;
    auto ask = self->d->cache->board(self->d->query);
    auto board = co_await ask;
    self->d->delivering = true;
    if (board) {
        for (const qint64 key : settled) { // this look was begun after they were stored
            self->d->ahead.remove(key);
            self->d->settled.remove(key);
        }
        self->take(std::move(*board));
    } else {
        self->d->loading = self->d->refilling = false;
        Q_EMIT self->failed(board.error());
    }
    self->d->delivering = false;
}

void BoardModel::take(Board board)
{
    d->loading = false;
    d->hidden = board.hidden;
    QHash<StageId, qsizetype> places;
    for (qsizetype i = 0; i < board.columns.size(); ++i)
        places.insert(board.columns.at(i).stage, i);
    // Deals of a stage that the pipeline has no more have a column of their own, at the end.
    bool more = false;
    for (const BoardColumn &column : std::as_const(board.columns)) {
        if (columnOf(column.stage) < 0) {
            d->columns.push_back(std::make_unique<ColumnModel>(this, column.stage));
            more = true;
        }
    }
    const auto gone = std::remove_if(d->columns.begin(), d->columns.end(), [&](const auto &column) {
        return !d->pipeline.stage(column->stage()) && !places.contains(column->stage());
    });
    more = more || gone != d->columns.end();
    if (more) {
        std::vector<std::unique_ptr<ColumnModel>> leaving(std::make_move_iterator(gone), std::make_move_iterator(d->columns.end()));
        d->columns.erase(gone, d->columns.end());
        Q_EMIT columnsChanged(); // views let go of the models first
    }
    d->sums.fill({}, columnCount());
    for (int i = 0; i < columnCount(); ++i) {
        ColumnModel *column = d->columns[size_t(i)].get();
        const auto place = places.constFind(column->stage());
        BoardColumn found = place == places.constEnd() ? BoardColumn{column->stage(), {}, 0, 0} : std::move(board.columns[*place]);
        for (auto it = d->ahead.constBegin(); it != d->ahead.constEnd(); ++it) {
            if (it.value() == column->stage() && !found.keys.contains(it.key()))
                found.keys.prepend(it.key());
            else if (!(it.value() == column->stage()))
                found.keys.removeOne(it.key());
        }
        Sum &sum = d->sums[i];
        sum.deals = int(found.keys.size());
        sum.value = double(found.cents) / 100;
        sum.weighted = sum.value * d->probability(column->stage());
        sum.withoutValue = found.withoutValue;
        column->setKeys(std::move(found.keys));
    }
    if (!d->ticked.isEmpty()) {
        const QVector<qint64> left = ticked();
        if (left.size() != d->ticked.size()) {
            d->ticked = QSet<qint64>(left.cbegin(), left.cend());
            Q_EMIT ticksChanged();
        }
    }
    const bool asked = std::exchange(d->refilling, false);
    Q_EMIT changed();
    if (asked)
        Q_EMIT refilled();
}

void BoardModel::moveAhead(qint64 key, const StageId &to)
{
    const int from = columnWith(key);
    const int target = columnOf(to);
    if (from < 0 || target < 0 || from == target)
        return;
    d->ahead.insert(key, to);
    d->settled.remove(key);
    const auto row = d->rows.find(key);
    const double value = row != d->rows.end() ? row->deal.value.value_or(0) : 0;
    if (row != d->rows.end()) {
        row->deal.stage = to;
        row->mark = DealMark::Waiting;
        row->movedAt = QDateTime::currentDateTimeUtc();
    }
    QVector<qint64> left = d->columns[size_t(from)]->keys();
    left.removeOne(key);
    QVector<qint64> gained = d->columns[size_t(target)]->keys();
    if (d->query.sort == DealSort::Newest)
        gained.prepend(key);
    else
        gained.append(key);
    // First where it comes to, so that it is never nowhere.
    d->columns[size_t(target)]->setKeys(std::move(gained));
    d->columns[size_t(from)]->setKeys(std::move(left));
    d->sums[from].deals -= 1;
    d->sums[from].value -= value;
    d->sums[from].weighted -= value * d->probability(d->columns[size_t(from)]->stage());
    d->sums[target].deals += 1;
    d->sums[target].value += value;
    d->sums[target].weighted += value * d->probability(to);
    Q_EMIT changed();
}

void BoardModel::settle(const QVector<qint64> &keys)
{
    bool any = false;
    for (const qint64 key : keys) {
        if (d->ahead.contains(key)) {
            d->settled.insert(key);
            any = true;
        }
    }
    if (any)
        refreshNow();
}

} // namespace outrigger::models
