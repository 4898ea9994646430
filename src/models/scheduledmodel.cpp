// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/scheduledmodel.h"

#include "domain/whenwhere.h"
#include "models/words.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

/// What makes a row another one to look at.
bool same(const ScheduledText &a, const ScheduledText &b)
{
    return a.row.key == b.row.key && a.at == b.at && a.row.state == b.row.state && a.row.hold == b.row.hold
        && a.row.message.body == b.row.message.body && a.row.message.id == b.row.message.id
        && a.row.reason == b.row.reason && a.contact.displayName() == b.contact.displayName();
}

/// Where they end: the new row, or the end.
qsizetype rowOf(const QVector<ScheduledText> &rows, qint64 key)
{
    return std::find_if(rows.begin(), rows.end(), [key](const ScheduledText &text) { return text.row.key == key; }) - rows.begin();
}

} // namespace

ScheduledModel::ScheduledModel(sync::Outbox *outbox, store::Cache *cache, QObject *parent)
    : QAbstractTableModel(parent), m_outbox(outbox), m_cache(cache)
{
    m_again.setSingleShot(true);
    m_again.setInterval(300);
    connect(&m_again, &QTimer::timeout, this, [this] { m_loading = load(this); });
    const auto soon = [this] {
        if (!m_active)
            m_stale = true;
        else if (m_account && !m_again.isActive())
            m_again.start();
    };
    connect(&cache->notices(), &store::Notices::changed, this, [this, soon](const store::ChangeSet &change) {
        if (change.table == store::Table::Messages && (change.location.isEmpty() || change.location == m_location))
            soon();
    });
    connect(outbox, &sync::Outbox::recordChanged, this, [soon](const OutboxRecord &record) {
        if (record.kind == OutboxKind::SendMessage || record.kind == OutboxKind::CancelSchedule)
            soon();
    });
}

void ScheduledModel::setActive(bool active)
{
    m_active = active;
    if (active && m_account && std::exchange(m_stale, false))
        m_loading = load(this);
}

void ScheduledModel::setAccount(std::optional<AccountId> account, const LocationId &location, const QString &locationZone)
{
    m_account = std::move(account);
    m_location = location;
    m_locationZone = locationZone;
    m_fresh = true;
    take({});
    m_loading = m_account ? load(this) : Task<void>();
}

Task<void> ScheduledModel::load(ScheduledModel *self)
{
    auto listing = self->m_outbox->list(self->m_account, false);
    const auto records = co_await listing;
    QHash<RecordId, QDateTime> moments;
    QVector<RecordId> onTheWay;
    for (const OutboxRecord &record : records.value_or(QVector<OutboxRecord>())) {
        const QDateTime at = record.kind == OutboxKind::SendMessage ? MessageDraft::fromJson(record.payload).sendAt : QDateTime();
        const bool leaves = record.state != OutboxState::Rejected && record.serverId.isEmpty();
        if (!at.isValid() || !leaves || record.location != self->m_location)
            continue;
        onTheWay.append(record.id);
        moments.insert(record.id, at);
    }
    auto reading = self->m_cache->scheduled(self->m_location, onTheWay);
    auto rows = co_await reading;
    if (!rows)
        co_return;
    QSet<qint64> seen;
    QVector<ScheduledText> all;
    for (ScheduledText &text : *rows) {
        if (seen.contains(text.row.key))
            continue; // HighLevel has it since the records were listed
        seen.insert(text.row.key);
        if (!text.at.isValid())
            text.at = moments.value(text.row.record);
        all.append(std::move(text));
    }
    self->take(std::move(all));
    if (std::exchange(self->m_fresh, false))
        Q_EMIT self->loaded();
}

/// Rows come and go singly, so that the selection stays where it is.
void ScheduledModel::take(QVector<ScheduledText> rows)
{
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const qsizetype now = rowOf(rows, m_rows.at(row).row.key);
        if (now == rows.size()) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
            continue;
        }
        if (!same(m_rows.at(row), rows.at(now))) {
            m_rows[row] = rows.at(now);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        rows.removeAt(now);
    }
    if (rows.isEmpty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
    m_rows += rows;
    endInsertRows();
}

int ScheduledModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ScheduledModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ScheduledModel::theirTime(const ScheduledText &text) const
{
    if (!text.at.isValid())
        return {};
    return words::dayAndClock(text.at, leadZone(text.contact, m_locationZone).zone);
}

QString ScheduledModel::cell(const ScheduledText &text, int column) const
{
    switch (column) {
    case When: return text.at.isValid() ? words::dayAndClock(text.at, QTimeZone::systemTimeZone()) : tr("HighLevel knows");
    case TheirTime: return theirTime(text);
    case To: return text.contact.id.isEmpty() ? tr("Unknown contact") : text.contact.displayName();
    case Text: {
        if (!text.row.message.body.isEmpty())
            return text.row.message.body.simplified();
        return text.row.message.attachments.isEmpty() ? QString() : tr("Picture");
    }
    case State: {
        if (!text.row.message.id.isEmpty())
            return tr("Kept by HighLevel");
        QString state = words::state(text.row.state, text.row.hold, text.row.reason);
        if (!state.isEmpty())
            state[0] = state[0].toUpper();
        return state;
    }
    default: return {};
    }
}

QString ScheduledModel::sentence(const ScheduledText &text) const
{
    const QString when = text.at.isValid() ? tr("%1 for you, %2 for them", "time, time").arg(cell(text, When), theirTime(text))
                                           : tr("at a time that HighLevel knows");
    return tr("To %1, %2: %3. %4", "name, time, text, state").arg(cell(text, To), when, cell(text, Text), cell(text, State));
}

QVariant ScheduledModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ScheduledText &text = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return cell(text, index.column());
    case Qt::ToolTipRole: return index.column() == Text ? text.row.message.body : QVariant();
    case Qt::AccessibleTextRole: return index.column() == When ? sentence(text) : cell(text, index.column());
    case ItemRole: return QVariant::fromValue(text);
    case SortRole:
        return index.column() <= TheirTime ? QVariant(text.at.isValid() ? text.at : QDateTime::fromMSecsSinceEpoch(0))
                                           : QVariant(cell(text, index.column()));
    default: return {};
    }
}

QVariant ScheduledModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When: return tr("Your time");
    case TheirTime: return tr("Their time");
    case To: return tr("To");
    case Text: return tr("Text");
    case State: return tr("State");
    default: return {};
    }
}

} // namespace outrigger::models
