// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <vector>

/// Everything of the practice account that needs no behaviour of its own but to be kept, found, changed and removed:
/// tasks, notes, businesses, workflows, links, blog posts and the rest. The place in the vector is the identity
/// (Kind::Shelf), deleting sets a flag.
namespace outrigger::practice
{

class World;

struct ShelfItem {
    QString kind;  ///< task, note, business, workflow, campaign, ...
    QString owner; ///< id of what it belongs to; empty: the location itself
    QJsonObject body; ///< as the API writes it, without id and locationId
    quint16 location = 0;
    qint64 added = 0, updated = 0; ///< ms since 1970
    bool deleted = false;
};

struct Shelf {
    std::vector<ShelfItem> items;

    QJsonObject save() const;
    void load(const QJsonObject &saved);
};

/// Workflows, campaigns, businesses, and notes and tasks of some contacts. Draws from a stream of its own, so that
/// nothing else of the account changes.
void fillShelf(World &world);

} // namespace outrigger::practice
