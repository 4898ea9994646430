// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/slotsmodel.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

void SlotsModel::setZones(const QTimeZone &mine, const QTimeZone &theirs, const QString &name)
{
    beginResetModel();
    m_mine = mine;
    m_theirs = theirs;
    m_name = name;
    endResetModel();
}

void SlotsModel::setWeek(const QDate &first, const QVector<Slot> &times)
{
    beginResetModel();
    m_first = first;
    m_days = freetimes::week(times, first, m_mine);
    m_rows = 0;
    m_count = 0;
    for (const auto &day : std::as_const(m_days)) {
        m_rows = std::max(m_rows, int(day.times.size()));
        m_count += int(day.times.size());
    }
    endResetModel();
}

const Slot *SlotsModel::slotAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.column() >= m_days.size())
        return nullptr;
    const auto &times = m_days.at(index.column()).times;
    return index.row() < times.size() ? &times.at(index.row()) : nullptr;
}

QModelIndex SlotsModel::nth(int n) const
{
    for (int column = 0; column < m_days.size(); ++column) {
        const int here = int(m_days.at(column).times.size());
        if (n >= 1 && n <= here)
            return index(n - 1, column);
        n -= here;
    }
    return {};
}

QModelIndex SlotsModel::indexOf(const QDateTime &start) const
{
    for (int column = 0; column < m_days.size(); ++column) {
        const auto &times = m_days.at(column).times;
        const auto found = std::find_if(times.cbegin(), times.cend(), [&](const Slot &slot) { return slot.start == start; });
        if (found != times.cend())
            return index(int(found - times.cbegin()), column);
    }
    return {};
}

int SlotsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int SlotsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_days.size());
}

Qt::ItemFlags SlotsModel::flags(const QModelIndex &index) const
{
    return slotAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

QVariant SlotsModel::data(const QModelIndex &index, int role) const
{
    const Slot *slot = slotAt(index);
    if (!slot)
        return {};
    const bool one = freetimes::sameClock(slot->start, m_mine, m_theirs);
    switch (role) {
    case SlotRole: return QVariant::fromValue(*slot);
    case Qt::DisplayRole:
    case MineRole: return freetimes::clock(slot->start, m_mine);
    case TheirsRole: {
        if (one)
            return QString();
        const QDate there = slot->start.toTimeZone(m_theirs).date();
        const QString time = freetimes::clock(slot->start, m_theirs);
        return there == m_days.at(index.column()).date ? time : QLocale().toString(there, u"ddd "_s) + time;
    }
    case CivilRole: return freetimes::civil(slot->start, m_theirs);
    case DigitRole: {
        int before = index.row() + 1;
        for (int column = 0; column < index.column(); ++column)
            before += int(m_days.at(column).times.size());
        return before <= 9 ? before : 0;
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        QString sentence = freetimes::bothClocks(slot->start, m_mine, m_theirs, m_name);
        if (!freetimes::civil(slot->start, m_theirs))
            sentence += tr(", outside of the day for %1").arg(m_name.isEmpty() ? tr("the lead") : m_name);
        return sentence;
    }
    default: return {};
    }
}

QVariant SlotsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= m_days.size())
        return {};
    return QLocale().toString(m_days.at(section).date, tr("ddd d MMM"));
}

} // namespace outrigger::models
