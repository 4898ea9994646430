// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/savedsplits.h"

#include "core/await.h"
#include "core/ulid.h"
#include "models/desk.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

/// The words are stored: never rename one.
constexpr std::array words{std::pair{Split::NewLeads, QLatin1String("newleads")}, std::pair{Split::Replies, QLatin1String("replies")},
                           std::pair{Split::Mine, QLatin1String("mine")},         std::pair{Split::Unassigned, QLatin1String("unassigned")},
                           std::pair{Split::Snoozed, QLatin1String("snoozed")},   std::pair{Split::All, QLatin1String("all")}};
constexpr int longestName = 40;

QString placeOf(const LocationId &location)
{
    return u"splits/"_s + location.value;
}

} // namespace

InboxQuery SavedSplit::applied(InboxQuery query) const
{
    query.split = base;
    query.filter = filter;
    query.text = text;
    query.oldestFirst = oldestFirst;
    return query;
}

SavedSplits::SavedSplits(Desk *desk, QObject *parent) : QObject(parent), m_desk(desk) {}

void SavedSplits::load(const LocationId &location)
{
    if (location == m_location)
        return;
    m_location = location;
    m_all.clear();
    m_loaded = false;
    m_reading = read(this, location);
}

Task<void> SavedSplits::read(SavedSplits *self, LocationId location)
{
    Result<QString> kept;
    for (;;) {
        auto asking = self->m_desk->kept(placeOf(location));
        kept = co_await asking;
        if (location != self->m_location)
            co_return;
        if (kept)
            break;
        // The first picture knows its location before the file with the splits is open.
        Delay pause(std::chrono::milliseconds(200));
        co_await pause;
    }
    self->m_all = fromJson(kept->toUtf8());
    self->m_loaded = true;
    QMetaObject::invokeMethod(self, &SavedSplits::changed, Qt::QueuedConnection);
}

std::optional<SavedSplit> SavedSplits::find(const QString &id) const
{
    const auto it = std::find_if(m_all.cbegin(), m_all.cend(), [&id](const SavedSplit &split) { return split.id == id; });
    return it == m_all.cend() ? std::nullopt : std::optional(*it);
}

QString SavedSplits::keep(SavedSplit split)
{
    if (!m_loaded)
        return {};
    split.name = split.name.simplified().left(longestName);
    const auto it = std::find_if(m_all.begin(), m_all.end(), [&split](const SavedSplit &one) { return one.id == split.id; });
    if (split.id.isEmpty())
        split.id = newUlid();
    if (it != m_all.end())
        *it = split;
    else if (m_all.size() < most)
        m_all.append(split);
    else
        return {};
    store();
    return split.id;
}

void SavedSplits::remove(const QString &id)
{
    if (m_all.removeIf([&id](const SavedSplit &split) { return split.id == id; }) > 0)
        store();
}

void SavedSplits::move(const QString &id, int step)
{
    for (int i = 0; i < m_all.size(); ++i) {
        if (m_all.at(i).id != id)
            continue;
        const int to = std::clamp(i + step, 0, int(m_all.size()) - 1);
        if (to != i) {
            m_all.move(i, to);
            store();
        }
        return;
    }
}

void SavedSplits::store()
{
    Q_EMIT changed();
    m_writing.start(write(this, placeOf(m_location), QString::fromUtf8(toJson(m_all))));
}

Task<void> SavedSplits::write(SavedSplits *self, QString place, QString json)
{
    auto keeping = self->m_desk->keep(std::move(place), std::move(json));
    const Status kept = co_await keeping;
    if (!kept)
        Q_EMIT self->failed(kept.error());
}

QByteArray SavedSplits::toJson(const QVector<SavedSplit> &splits)
{
    QJsonArray list;
    for (const SavedSplit &split : splits) {
        QJsonObject object{{u"id"_s, split.id}, {u"name"_s, split.name}};
        for (const auto &[what, word] : words) {
            if (what == split.base)
                object.insert("base"_L1, word);
        }
        if (!split.filter.isEmpty())
            object.insert("filter"_L1, split.filter.toJson());
        if (!split.text.isEmpty())
            object.insert("text"_L1, split.text);
        if (split.oldestFirst)
            object.insert("oldestFirst"_L1, *split.oldestFirst);
        list.append(object);
    }
    return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

QVector<SavedSplit> SavedSplits::fromJson(const QByteArray &json)
{
    QVector<SavedSplit> splits;
    const auto list = QJsonDocument::fromJson(json).array();
    for (const auto &value : list) {
        const QJsonObject object = value.toObject();
        SavedSplit split;
        split.id = object.value("id"_L1).toString();
        split.name = object.value("name"_L1).toString().simplified().left(longestName);
        for (const auto &[what, word] : words) {
            if (object.value("base"_L1).toString() == word)
                split.base = what;
        }
        split.filter = InboxFilter::fromJson(object.value("filter"_L1).toObject());
        split.text = object.value("text"_L1).toString();
        if (const auto first = object.value("oldestFirst"_L1); first.isBool())
            split.oldestFirst = first.toBool();
        if (!split.id.isEmpty() && !split.name.isEmpty() && splits.size() < most)
            splits.append(split);
    }
    return splits;
}

} // namespace outrigger::models
