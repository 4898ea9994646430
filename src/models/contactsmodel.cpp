// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contactsmodel.h"

#include <QLocale>
#include <QTimeZone>

#include <array>

namespace outrigger::models {

struct ContactsModel::Private {
    /// A contact and the texts of its cells, told once.
    struct Row {
        Contact contact;
        std::array<QString, ColumnCount> cells;
    };
    store::Cache *cache;
    LocationId location;
    QString region;
    QTimeZone zone = QTimeZone::systemTimeZone();
    QString filter;
    store::ContactSort sort = store::ContactSort::Name;
    QCache<qint64, Row> rows{4096};

    QString date(const QDateTime &when) const
    {
        return when.isValid() ? QLocale().toString(when.toTimeZone(zone).date(), QLocale::ShortFormat) : QString();
    }
    QString cell(const ContactRow &row, int column) const;
    void keep(const ContactRow &found);
    QString sentence(const Row &row) const;
};

ContactsModel::ContactsModel(store::Cache *cache, QObject *parent) : SpineModel(parent), d(std::make_unique<Private>())
{
    d->cache = cache;
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (change.table != store::Table::Contacts || d->location.isEmpty()
            || (!(change.location == d->location) && !change.location.isEmpty()))
            return;
        expire(change.everything ? d->rows.keys() : change.updated);
        if (change.everything || change.orderTouched || !change.inserted.isEmpty() || !change.removed.isEmpty())
            refresh();
    });
}

ContactsModel::~ContactsModel() = default;

void ContactsModel::setLocation(LocationId location, const QString &region, const QTimeZone &zone)
{
    d->location = std::move(location);
    d->region = region;
    if (zone.isValid())
        d->zone = zone;
    d->rows.clear();
    refreshNow();
}

void ContactsModel::setFilter(const QString &text)
{
    if (d->filter == text)
        return;
    d->filter = text;
    refreshNow();
}

QString ContactsModel::filter() const
{
    return d->filter;
}

void ContactsModel::setSort(store::ContactSort sort)
{
    if (d->sort == sort)
        return;
    d->sort = sort;
    refreshNow();
}

void ContactsModel::sort(int column, Qt::SortOrder)
{
    if (column == Name)
        setSort(store::ContactSort::Name);
    else if (column == Added)
        setSort(store::ContactSort::DateAdded);
    else if (column == Updated)
        setSort(store::ContactSort::DateUpdated);
}

int ContactsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ContactsModel::Private::cell(const ContactRow &row, int column) const
{
    const Contact &contact = row.contact;
    switch (column) {
    case Name: return contact.displayName();
    case Phone: return row.phone;
    case Email: return contact.email;
    case Tags: return contact.tags.join(QStringLiteral(", "));
    case City: return contact.city;
    case Added: return date(contact.dateAdded);
    case Updated: return date(contact.dateUpdated);
    default: return {};
    }
}

void ContactsModel::Private::keep(const ContactRow &found)
{
    auto *row = new Row;
    row->contact = found.contact;
    for (int column = 0; column < ColumnCount; ++column)
        row->cells[size_t(column)] = cell(found, column);
    rows.insert(found.key, row);
}

QString ContactsModel::Private::sentence(const Row &row) const
{
    const Contact &contact = row.contact;
    QStringList parts;
    for (const int column : {int(Name), int(Phone), int(Email), int(City)}) {
        const QString &text = row.cells[size_t(column)];
        if (!text.isEmpty() && !parts.contains(text))
            parts << text;
    }
    if (contact.id.isLocal())
        parts << ContactsModel::tr("not in HighLevel yet");
    if (contact.smsDnd() != DndStatus::Inactive)
        parts << ContactsModel::tr("texts are blocked");
    if (!contact.tags.isEmpty())
        parts << ContactsModel::tr("tags: %1").arg(contact.tags.join(QStringLiteral(", ")));
    return parts.join(QStringLiteral(", ")) + u'.';
}

QVariant ContactsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const qint64 key = keyAt(index.row());
    if (role == KeyRole)
        return key;
    const Private::Row *row = d->rows.object(key);
    if (!row || isStale(key))
        want(index.row());
    if (!row)
        return role == Qt::AccessibleTextRole ? QVariant(tr("Loading")) : QVariant();
    const Contact &contact = row->contact;
    switch (role) {
    case Qt::DisplayRole: return row->cells[size_t(index.column())];
    case Qt::AccessibleTextRole: return index.column() == Name ? d->sentence(*row) : row->cells[size_t(index.column())];
    case ContactRole: return QVariant::fromValue(contact);
    case ContactIdRole: return QVariant::fromValue(contact.id);
    case InitialsRole: return contact.initials();
    case LocalRole: return contact.id.isLocal();
    default: return {};
    }
}

QVariant ContactsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return SpineModel::headerData(section, orientation, role);
    switch (section) {
    case Name: return tr("Name");
    case Phone: return tr("Phone");
    case Email: return tr("Email");
    case Tags: return tr("Tags");
    case City: return tr("City");
    case Added: return tr("Added");
    case Updated: return tr("Updated");
    default: return {};
    }
}

Task<Result<store::Spine>> ContactsModel::fetchSpine()
{
    return d->cache->contactSpine(d->location, d->filter, d->sort);
}

Task<void> ContactsModel::fetchRows(QVector<qint64> keys)
{
    auto fetch = d->cache->contactRows(keys, d->region);
    const auto rows = co_await fetch;
    if (!rows) {
        Q_EMIT failed(rows.error());
    } else {
        for (const ContactRow &row : *rows)
            d->keep(row);
    }
    rowsArrived(keys);
}

bool ContactsModel::hasRow(qint64 key) const
{
    return d->rows.contains(key);
}

} // namespace outrigger::models
