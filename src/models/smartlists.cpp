// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/smartlists.h"

#include "core/await.h"
#include "core/ulid.h"
#include "models/desk.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

constexpr int longestName = 40;
QString placeOf(const LocationId &location) { return u"contacts.lists."_s + location.value; }

} // namespace

SmartLists::SmartLists(Desk *desk, QObject *parent) : QObject(parent), m_desk(desk) {}

void SmartLists::load(const LocationId &location)
{
    if (location == m_location)
        return;
    m_location = location;
    m_all.clear();
    m_loaded = false;
    if (!location.isEmpty())
        m_reading = read(this, location);
}

Task<void> SmartLists::read(SmartLists *self, LocationId location)
{
    Result<QString> kept = QString();
    for (;;) {
        auto asking = self->m_desk->kept(placeOf(location));
        kept = co_await asking;
        if (location != self->m_location)
            co_return;
        if (kept)
            break;
        Delay pause(std::chrono::milliseconds(200)); // the file may not be open yet
        co_await pause;
    }
    self->m_all = fromJson(kept->toUtf8());
    self->m_loaded = true;
    QMetaObject::invokeMethod(self, &SmartLists::changed, Qt::QueuedConnection);
}

std::optional<SmartList> SmartLists::find(const QString &id) const
{
    const auto it = std::find_if(m_all.cbegin(), m_all.cend(), [&id](const SmartList &list) { return list.id == id; });
    return it == m_all.cend() ? std::nullopt : std::optional(*it);
}

QString SmartLists::keep(SmartList list)
{
    if (!m_loaded)
        return {};
    list.name = list.name.simplified().left(longestName);
    const auto it = std::find_if(m_all.begin(), m_all.end(), [&list](const SmartList &one) { return one.id == list.id; });
    if (list.id.isEmpty())
        list.id = newUlid();
    if (it != m_all.end())
        *it = list;
    else if (m_all.size() < most)
        m_all.append(list);
    else
        return {};
    store();
    return list.id;
}

void SmartLists::remove(const QString &id)
{
    if (m_all.removeIf([&id](const SmartList &list) { return list.id == id; }) > 0)
        store();
}

void SmartLists::store()
{
    Q_EMIT changed();
    m_writing.start(write(this, placeOf(m_location), QString::fromUtf8(toJson(m_all))));
}

Task<void> SmartLists::write(SmartLists *self, QString place, QString json)
{
    auto keeping = self->m_desk->keep(std::move(place), std::move(json));
    const Status kept = co_await keeping;
    if (!kept)
        Q_EMIT self->failed(kept.error());
}

QByteArray SmartLists::toJson(const QVector<SmartList> &lists)
{
    QJsonArray all;
    for (const SmartList &list : lists)
        all.append(QJsonObject{{"id"_L1, list.id}, {"name"_L1, list.name}, {"filter"_L1, list.filter.toJson()}, {"text"_L1, list.text}});
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

QVector<SmartList> SmartLists::fromJson(const QByteArray &json)
{
    QVector<SmartList> lists;
    const QJsonArray all = QJsonDocument::fromJson(json).array();
    for (const auto &value : all) {
        const QJsonObject o = value.toObject();
        SmartList list{o["id"_L1].toString(), o["name"_L1].toString().simplified().left(longestName),
                       ContactFilter::fromJson(o["filter"_L1].toObject()), o["text"_L1].toString()};
        if (!list.id.isEmpty() && !list.name.isEmpty() && lists.size() < most)
            lists.append(std::move(list));
    }
    return lists;
}

} // namespace outrigger::models
