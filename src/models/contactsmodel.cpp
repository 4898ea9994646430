// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contactsmodel.h"

#include <QBrush>
#include <QColor>
#include <QLocale>
#include <QTimeZone>

#include <array>

namespace outrigger::models {

struct ContactsModel::Private {
    /// A contact and the texts of its cells, told once.
    struct Row {
        Contact contact;
        bool changing = false;
        bool leaving = false;
        std::array<QString, ColumnCount> cells;
    };
    store::Cache *cache;
    LocationId location;
    QString region;
    QTimeZone zone = QTimeZone::systemTimeZone();
    ContactListQuery query;
    QHash<QString, QString> users;
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

void ContactsModel::setText(const QString &text)
{
    if (d->query.text == text)
        return;
    d->query.text = text;
    refreshNow();
}

QString ContactsModel::text() const
{
    return d->query.text;
}

void ContactsModel::setFilter(const ContactFilter &filter, const UserId &me)
{
    if (d->query.filter == filter && d->query.me == me)
        return;
    d->query.filter = filter;
    d->query.me = me;
    refreshNow();
}

void ContactsModel::setUsers(const QVector<User> &users)
{
    d->users.clear();
    for (const User &user : users)
        d->users.insert(user.id.value, user.name.isEmpty() ? (user.firstName + u' ' + user.lastName).trimmed() : user.name);
}

ContactListQuery ContactsModel::query() const
{
    ContactListQuery query = d->query;
    query.location = d->location;
    return query;
}

QString ContactsModel::columnWord(int column)
{
    static constexpr std::array words{"name", "phone", "email", "company", "tags", "owner", "activity", "deals",
                                      "unread", "city", "state", "country", "source", "type", "added", "updated"};
    static_assert(words.size() == ColumnCount);
    return QString::fromLatin1(words.at(size_t(column)));
}

bool ContactsModel::isSortable(int column)
{
    return column == Name || column == Email || column == Company || column == Activity || column == Added || column == Updated;
}

void ContactsModel::sort(int column, Qt::SortOrder order)
{
    if (!isSortable(column))
        return;
    const auto by = column == Email   ? ContactSort::Email
        : column == Company  ? ContactSort::Company
        : column == Activity ? ContactSort::Activity
        : column == Added    ? ContactSort::DateAdded
        : column == Updated  ? ContactSort::DateUpdated
                             : ContactSort::Name;
    const bool descending = order == Qt::DescendingOrder;
    if (d->query.sort == by && d->query.descending == descending)
        return;
    d->query.sort = by;
    d->query.descending = descending;
    refreshNow();
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
    case Company: return contact.companyName;
    case Tags: return contact.tags.join(QStringLiteral(", "));
    case Owner: return users.value(contact.assignedTo.value);
    case Activity: return date(row.lastActivity);
    case Deals: return row.openDeals > 0 ? QLocale().toString(row.openDeals) : QString();
    case Unread: return row.unread > 0 ? QLocale().toString(row.unread) : QString();
    case City: return contact.city;
    case State: return contact.state;
    case Country: return contact.country;
    case Source: return contact.source;
    case Type: return contact.type;
    case Added: return date(contact.dateAdded);
    case Updated: return date(contact.dateUpdated);
    default: return {};
    }
}

void ContactsModel::Private::keep(const ContactRow &found)
{
    auto *row = new Row;
    row->contact = found.contact;
    row->changing = found.changing;
    row->leaving = found.leaving;
    for (int column = 0; column < ColumnCount; ++column)
        row->cells[size_t(column)] = cell(found, column);
    rows.insert(found.key, row);
}

QString ContactsModel::Private::sentence(const Row &row) const
{
    const Contact &contact = row.contact;
    QStringList parts;
    for (const int column : {int(Name), int(Phone), int(Email), int(Company), int(City)}) {
        const QString &text = row.cells[size_t(column)];
        if (!text.isEmpty() && !parts.contains(text))
            parts << text;
    }
    if (contact.id.isLocal())
        parts << ContactsModel::tr("not in HighLevel yet");
    if (row.leaving)
        parts << ContactsModel::tr("is about to be deleted");
    else if (row.changing)
        parts << ContactsModel::tr("a change is on its way");
    const QString &owner = row.cells[size_t(Owner)];
    if (!owner.isEmpty())
        parts << ContactsModel::tr("owner %1").arg(owner);
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
    case Qt::ForegroundRole:
        return row->leaving ? QVariant(QBrush(QColor(Qt::gray))) : QVariant();
    case Qt::ToolTipRole:
        return row->leaving ? QVariant(tr("Is about to be deleted")) : row->changing ? QVariant(tr("A change is on its way to HighLevel")) : QVariant();
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
    case Email: return tr("E-mail");
    case Company: return tr("Company");
    case Tags: return tr("Tags");
    case Owner: return tr("Owner");
    case Activity: return tr("Last activity");
    case Deals: return tr("Open deals");
    case Unread: return tr("Unread");
    case City: return tr("City");
    case State: return tr("State");
    case Country: return tr("Country");
    case Source: return tr("Source");
    case Type: return tr("Type");
    case Added: return tr("Added");
    case Updated: return tr("Updated");
    default: return {};
    }
}

Task<Result<store::Spine>> ContactsModel::fetchSpine()
{
    return d->cache->contactList(query());
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
