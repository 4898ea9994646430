// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/ids.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QVector>

#include <algorithm>
#include <optional>

namespace outrigger::models {

class Desk;

/// What lists of things with a person's own names share: read for a location, written after every change. They are
/// kept in the ledger, because they exist nowhere else.
class NamedLists : public QObject
{
    Q_OBJECT
public:
    /// place: the name of the ledger's entry, before the location's id.
    NamedLists(Desk *desk, QString place, QObject *parent);
    void load(const LocationId &location);

Q_SIGNALS:
    void changed();
    void failed(const outrigger::Error &error);

protected:
    virtual void take(const QByteArray &json) = 0;
    virtual QByteArray json() const = 0;
    bool isLoaded() const { return m_loaded; }
    void store();
    static QString shortName(const QString &name); ///< as it is kept: one line, 40 characters at most
    static QString newId();

private:
    static Task<void> read(NamedLists *self, LocationId location);
    static Task<void> write(NamedLists *self, QString place, QString json);
    QString placeOf(const LocationId &location) const { return m_place + location.value; }

    Desk *m_desk;
    QString m_place;
    LocationId m_location;
    bool m_loaded = false; ///< nothing is written before what is there has been read
    Task<void> m_reading;
    TaskScope m_writing;
};

/// The list of one kind. Item has an id and a name, toJson() and a static fromJson(), which cuts nothing.
template <typename Item, int Most>
class NamedList : public NamedLists
{
public:
    static constexpr int most = Most;
    using NamedLists::NamedLists;

    const QVector<Item> &all() const { return m_all; }
    std::optional<Item> find(const QString &id) const
    {
        const auto it = std::find_if(m_all.cbegin(), m_all.cend(), [&id](const Item &item) { return item.id == id; });
        return it == m_all.cend() ? std::nullopt : std::optional(*it);
    }
    /// Adds it (an empty id) or takes the place of the one with its id; answers with the id, or nothing when there are
    /// too many or they have not been read yet.
    QString keep(Item item)
    {
        if (!isLoaded())
            return {};
        item.name = shortName(item.name);
        const auto it = std::find_if(m_all.begin(), m_all.end(), [&item](const Item &one) { return one.id == item.id; });
        if (item.id.isEmpty())
            item.id = newId();
        if (it != m_all.end())
            *it = item;
        else if (m_all.size() < most)
            m_all.append(item);
        else
            return {};
        store();
        return item.id;
    }
    void remove(const QString &id)
    {
        if (m_all.removeIf([&id](const Item &item) { return item.id == id; }) > 0)
            store();
    }

    static QByteArray toJson(const QVector<Item> &items)
    {
        QJsonArray list;
        for (const Item &item : items)
            list.append(item.toJson());
        return QJsonDocument(list).toJson(QJsonDocument::Compact);
    }
    /// What cannot be read is left out.
    static QVector<Item> fromJson(const QByteArray &json)
    {
        QVector<Item> items;
        const QJsonArray list = QJsonDocument::fromJson(json).array();
        for (const auto &value : list) {
            Item item = Item::fromJson(value.toObject());
            item.name = shortName(item.name);
            if (!item.id.isEmpty() && !item.name.isEmpty() && items.size() < most)
                items.append(std::move(item));
        }
        return items;
    }

protected:
    void take(const QByteArray &json) override { m_all = fromJson(json); }
    QByteArray json() const override { return toJson(m_all); }
    QVector<Item> m_all;
};

} // namespace outrigger::models
