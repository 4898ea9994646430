// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/settle.h"

#include "domain/matching.h"

#include <QJsonArray>

#include <algorithm>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

QDateTime readTime(const QJsonObject &object, QLatin1String key)
{
    const auto value = object.value(key);
    return value.isDouble() ? QDateTime::fromMSecsSinceEpoch(qint64(value.toDouble()), Qt::UTC) : QDateTime();
}
void writeTime(QJsonObject &object, QLatin1String key, const QDateTime &time)
{
    if (time.isValid())
        object.insert(key, double(time.toMSecsSinceEpoch()));
    else
        object.remove(key);
}
constexpr QLatin1String closedKey("closedAt");
constexpr QLatin1String looksKey("looks");
constexpr QLatin1String firstKey("firstCounting");
constexpr QLatin1String lastKey("lastCounting");
constexpr QLatin1String sinceKey("uncertainSince");
constexpr QLatin1String lateKey("late");
constexpr QLatin1String candidatesKey("candidates");

} // namespace

LookLog LookLog::from(const QJsonObject &look)
{
    LookLog log;
    log.closedAt = readTime(look, closedKey);
    log.looks = look.value(looksKey).toInt();
    log.firstCounting = readTime(look, firstKey);
    log.lastCounting = readTime(look, lastKey);
    log.uncertainSince = readTime(look, sinceKey);
    log.late = look.value(lateKey).toInt();
    const auto ids = look.value(candidatesKey).toArray();
    for (const auto &id : ids)
        log.candidates.append(id.toString());
    return log;
}

QJsonObject LookLog::into(QJsonObject look) const
{
    writeTime(look, closedKey, closedAt);
    writeTime(look, firstKey, firstCounting);
    writeTime(look, lastKey, lastCounting);
    writeTime(look, sinceKey, uncertainSince);
    look.insert(looksKey, looks);
    look.insert(lateKey, late);
    if (candidates.isEmpty())
        look.remove(candidatesKey);
    else
        look.insert(candidatesKey, QJsonArray::fromStringList(candidates));
    return look;
}

bool LookLog::note(bool counts, const QDateTime &at, const OutboxTimes &times)
{
    ++looks;
    if (!counts)
        return false;
    if (!firstCounting.isValid() || at < firstCounting) // the wall clock may have been set back
        firstCounting = at;
    lastCounting = at;
    return closedAt.isValid() && firstCounting.msecsTo(at) >= times.betweenLooks.count()
        && closedAt.msecsTo(at) >= times.absentAfter.count();
}

QDateTime LookLog::nextLook(const QDateTime &now, const OutboxTimes &times) const
{
    const auto planned = std::size_t(std::max(looks, 0));
    if (closedAt.isValid() && planned < times.looks.size()) {
        const QDateTime next = closedAt.addMSecs(times.looks[planned].count());
        if (next > now)
            return next;
    }
    // Behind the plan: a restart, a jump of the clock, or a server that cannot be read. Once per distance between
    // looks until it is clear, rarer when this goes on.
    const int beyond = std::clamp(looks - int(times.looks.size()), 0, 6);
    return now.addMSecs(std::min<qint64>(times.betweenLooks.count() << beyond, std::max(times.backoffCap, times.betweenLooks).count()));
}

QDateTime LookLog::nextLateLook(const OutboxTimes &times) const
{
    if (!uncertainSince.isValid() || late < 0 || std::size_t(late) >= times.lateLooks.size())
        return {};
    return uncertainSince.addMSecs(times.lateLooks[std::size_t(late)].count());
}

bool reachesBack(const OutboxRecord &record, const QVector<Message> &page, bool complete, std::chrono::milliseconds skew)
{
    if (complete)
        return true;
    QDateTime reach = record.watermark.newestDate;
    if (!reach.isValid() && record.firstWriteAt.isValid()) // nothing was known of the thread: up to where ours may begin
        reach = record.firstWriteAt.addMSecs(-10'000 - std::abs(skew.count()));
    if (!reach.isValid())
        return false;
    return std::any_of(page.cbegin(), page.cend(), [&](const Message &message) {
        return message.id.value == record.watermark.newestId
            || (message.dateAdded.isValid() && message.dateAdded <= reach);
    });
}

namespace {

/// Records and messages of which each may be each, through others too.
struct Group {
    QVector<int> records;
    QVector<int> messages;
};

QVector<Group> groupsOf(const QVector<QVector<int>> &candidates, int messageCount)
{
    QVector<int> groupOfMessage(messageCount, -1);
    QVector<Group> groups;
    for (int record = 0; record < candidates.size(); ++record) {
        if (candidates[record].isEmpty())
            continue;
        Group merged;
        merged.records.append(record);
        for (const int message : candidates[record]) {
            const int other = groupOfMessage[message];
            if (other < 0) {
                merged.messages.append(message);
            } else if (!groups[other].records.isEmpty()) {
                merged.records += std::exchange(groups[other].records, {});
                merged.messages += std::exchange(groups[other].messages, {});
            }
        }
        for (const int message : std::as_const(merged.messages))
            groupOfMessage[message] = int(groups.size());
        groups.append(merged);
    }
    return groups;
}

} // namespace

BindPlan planBinding(const QVector<OutboxRecord> &records, const QVector<Message> &messages, const QDateTime &now,
                     std::chrono::milliseconds skew, const UserId &me)
{
    QVector<QVector<int>> candidates(records.size());
    for (int r = 0; r < records.size(); ++r) {
        for (int m = 0; m < messages.size(); ++m) {
            if (mayBe(records[r], messages[m], now, skew, me))
                candidates[r].append(m);
        }
    }
    BindPlan plan;
    const auto groups = groupsOf(candidates, int(messages.size()));
    for (Group group : groups) {
        if (group.records.isEmpty())
            continue;
        std::sort(group.records.begin(), group.records.end(), [&](int a, int b) {
            return std::tie(records[a].firstWriteAt, records[a].id) < std::tie(records[b].firstWriteAt, records[b].id);
        });
        std::sort(group.messages.begin(), group.messages.end(), [&](int a, int b) {
            return std::tie(messages[a].dateAdded, messages[a].id) < std::tie(messages[b].dateAdded, messages[b].id);
        });
        const bool underWay = std::any_of(group.records.cbegin(), group.records.cend(),
                                          [&](int r) { return records[r].state == OutboxState::Attempting; });
        if (underWay && (group.records.size() > 1 || group.messages.size() > 1))
            continue;
        QVector<BindPlan::Pair> pairs;
        QVector<int> free = group.records;
        for (const int m : std::as_const(group.messages)) {
            const auto place = std::find_if(free.begin(), free.end(), [&](int r) { return candidates[r].contains(m); });
            if (place == free.end())
                break;
            pairs.append({records[*place].id, messages[m].id});
            free.erase(place);
        }
        if (pairs.size() == group.messages.size()) {
            plan.bound += pairs;
            continue;
        }
        for (const int r : std::as_const(group.records)) {
            QStringList ids;
            for (const int m : std::as_const(candidates[r]))
                ids.append(messages[m].id.value);
            plan.undecided.insert(records[r].id, ids);
        }
    }
    return plan;
}

} // namespace outrigger::sync
