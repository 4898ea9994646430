// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarchoice.h"

#include "gui/avatar.h"
#include "gui/widgets.h"
#include "models/desk.h"
#include "models/keptwords.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPainter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int kindRole = Qt::UserRole + 1;
constexpr int idRole = Qt::UserRole + 2;
constexpr int pictureSize = 18; ///< design px

QPixmap emptyPixmap()
{
    const qreal ratio = qApp->devicePixelRatio();
    QPixmap pixmap(QSize(px(pictureSize), px(pictureSize)) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

/// A square for a calendar, so that it is told from a person's round one without its colour.
QPixmap calendarPixmap(const QString &colour)
{
    QPixmap pixmap = emptyPixmap();
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours().inputBorder, 1));
    painter.setBrush(QColor(colour).isValid() ? QColor(colour) : colours().accent);
    painter.drawRoundedRect(QRectF(2, 2, px(pictureSize) - 4, px(pictureSize) - 4), px(3), px(3));
    return pixmap;
}

QSet<QString> setFrom(const QJsonValue &value)
{
    QSet<QString> all;
    const QJsonArray array = value.toArray();
    for (const auto &one : array)
        all.insert(one.toString());
    return all;
}

QJsonArray arrayOf(const QSet<QString> &set)
{
    QStringList all(set.cbegin(), set.cend());
    all.sort();
    return QJsonArray::fromStringList(all);
}

} // namespace

CalendarChoice::CalendarChoice(models::Desk *desk, QObject *parent) : QObject(parent), m_desk(desk)
{
    connect(desk, &models::Desk::referenceChanged, this, &CalendarChoice::fill);
    connect(&m_items, &QStandardItemModel::itemChanged, this, &CalendarChoice::onItem);
    connect(Style::instance(), &Style::changed, this, &CalendarChoice::fill);
    fill();
}

QString CalendarChoice::nameOfKept() const { return u"calendar.shown."_s + m_location.value; }

void CalendarChoice::setPlace(const LocationId &location)
{
    if (location == m_location)
        return;
    m_location = location;
    m_filter = {};
    m_looks.byPerson = false;
    fill();
    if (!location.isEmpty())
        m_reading = read(this, nameOfKept());
}

Task<void> CalendarChoice::read(CalendarChoice *self, QString name)
{
    auto asking = models::keptOnceOpen(self->m_desk, name);
    const QString text = co_await asking;
    if (text.isEmpty() || name != self->nameOfKept())
        co_return;
    const QJsonObject kept = QJsonDocument::fromJson(text.toUtf8()).object();
    self->m_filter.calendars = setFrom(kept.value("calendars"_L1));
    self->m_filter.people = setFrom(kept.value("people"_L1));
    self->m_filter.cancelledToo = kept.value("cancelled"_L1).toBool(true);
    self->m_looks.byPerson = kept.value("byPerson"_L1).toBool(false);
    self->fill();
}

Task<void> CalendarChoice::write(CalendarChoice *self, QString name, QString json)
{
    auto keeping = self->m_desk->keep(name, json);
    co_await keeping; // not kept: everything is shown at the next start
}

QStandardItem *CalendarChoice::heading(const QString &name)
{
    auto *item = new QStandardItem(name);
    item->setData(int(Kind::Heading), kindRole);
    item->setFlags(Qt::ItemIsEnabled);
    item->setFont(Style::instance()->font(TextRole::SmallStrong));
    m_items.appendRow(item);
    return item;
}

void CalendarChoice::addItem(QStandardItem *under, Kind kind, const QString &id, const QString &name, bool on, const QPixmap &picture)
{
    auto *item = new QStandardItem(name);
    item->setData(int(kind), kindRole);
    item->setData(id, idRole);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    item->setToolTip(name);
    if (!picture.isNull())
        item->setIcon(picture);
    under->appendRow(item);
}

/// Below their groups, as HighLevel shows them; those of no group first.
void CalendarChoice::addCalendars()
{
    const auto all = m_desk->calendars();
    const auto groups = m_desk->reference().calendarGroups.value_or(QVector<CalendarGroup>());
    QHash<QString, QStandardItem *> headings;
    const auto place = [&](const QString &group, const QString &name) {
        for (const Calendar &calendar : all) {
            const bool known = std::any_of(groups.cbegin(), groups.cend(), [&](const CalendarGroup &one) { return one.id == calendar.groupId; });
            if (group.isEmpty() ? known : calendar.groupId != group)
                continue;
            QStandardItem *&under = headings[group];
            if (!under)
                under = heading(name);
            m_looks.calendars.insert(calendar.id.value, calendar.name);
            m_looks.calendarColours.insert(calendar.id.value, calendar.color);
            addItem(under, Kind::Calendar, calendar.id.value, calendar.active ? calendar.name : tr("%1 (switched off)").arg(calendar.name),
                    !m_filter.calendars.contains(calendar.id.value), calendarPixmap(calendar.color));
        }
    };
    place({}, tr("Calendars"));
    for (const CalendarGroup &group : groups)
        place(group.id, group.name);
}

/// One person alone is no choice, and needs no mark.
void CalendarChoice::addPeople()
{
    auto users = m_desk->reference().users;
    if (users.size() < 2)
        return;
    const auto nameOf = [this](const User &user) { return m_desk->userName(user.id); };
    std::stable_sort(users.begin(), users.end(), [&](const User &a, const User &b) { return nameOf(a).localeAwareCompare(nameOf(b)) < 0; });
    QStandardItem *under = heading(tr("People"));
    QStringList ids;
    for (const User &user : std::as_const(users))
        ids << user.id.value;
    const QHash<QString, QColor> colours = teamColours(ids);
    for (const User &user : std::as_const(users)) {
        const QString name = nameOf(user), initials = initialsOf(name);
        const QColor colour = colours.value(user.id.value);
        m_looks.people.insert(user.id.value, name);
        m_looks.peopleColours.insert(user.id.value, colour.name());
        m_looks.initials.insert(user.id.value, initials);
        addItem(under, Kind::Person, user.id.value, name, !m_filter.people.contains(user.id.value),
                personPixmap(colour, initials, px(pictureSize), qApp->devicePixelRatio()));
    }
    addItem(under, Kind::Person, {}, tr("With nobody"), !m_filter.people.contains(QString()), emptyPixmap());
}

void CalendarChoice::fill()
{
    m_filling = true;
    m_items.clear();
    const bool byPerson = m_looks.byPerson;
    m_looks = {};
    m_looks.byPerson = byPerson;
    addCalendars();
    addPeople();
    QStandardItem *under = heading(tr("How"));
    addItem(under, Kind::Cancelled, {}, tr("Cancelled ones too"), m_filter.cancelledToo, {});
    if (!m_looks.people.isEmpty())
        addItem(under, Kind::ByPerson, {}, tr("Colours of people"), m_looks.byPerson, {});
    m_filling = false;
    Q_EMIT changed();
}

void CalendarChoice::onItem(const QStandardItem *item)
{
    if (m_filling)
        return;
    const bool on = item->checkState() == Qt::Checked;
    const QString id = item->data(idRole).toString();
    const auto put = [on, &id](QSet<QString> &hidden) {
        if (on)
            hidden.remove(id);
        else
            hidden.insert(id);
    };
    switch (Kind(item->data(kindRole).toInt())) {
    case Kind::Heading: return;
    case Kind::Calendar: put(m_filter.calendars); break;
    case Kind::Person: put(m_filter.people); break;
    case Kind::Cancelled: m_filter.cancelledToo = on; break;
    case Kind::ByPerson: m_looks.byPerson = on; break;
    }
    const QJsonObject kept{{u"calendars"_s, arrayOf(m_filter.calendars)},
                           {u"people"_s, arrayOf(m_filter.people)},
                           {u"cancelled"_s, m_filter.cancelledToo},
                           {u"byPerson"_s, m_looks.byPerson}};
    if (!m_location.isEmpty())
        m_writing.start(write(this, nameOfKept(), QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact))));
    Q_EMIT changed();
}

QTreeView *CalendarChoice::makeTree(QWidget *parent)
{
    auto *tree = named(new QTreeView(parent), u"calendar.shown"_s, tr("Which calendars and people"));
    tree->setModel(&m_items);
    tree->setHeaderHidden(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setRootIsDecorated(false);
    tree->setItemsExpandable(false);
    tree->setUniformRowHeights(true);
    tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree->setTextElideMode(Qt::ElideRight);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto show = [tree] {
        tree->setIndentation(px(4));
        tree->setIconSize(QSize(px(pictureSize), px(pictureSize)));
        tree->expandAll();
    };
    show();
    connect(this, &CalendarChoice::changed, tree, show);
    return tree;
}

void CalendarChoice::fillMenu(QMenu *menu)
{
    for (int group = 0; group < m_items.rowCount(); ++group) {
        const QStandardItem *heading = m_items.item(group);
        menu->addSection(heading->text());
        for (int row = 0; row < heading->rowCount(); ++row) {
            QStandardItem *item = heading->child(row);
            QAction *action = menu->addAction(item->icon(), item->text());
            action->setCheckable(true);
            action->setChecked(item->checkState() == Qt::Checked);
            connect(action, &QAction::toggled, this, [this, index = QPersistentModelIndex(item->index())](bool on) {
                if (index.isValid())
                    m_items.setData(index, on ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
            });
        }
    }
}

} // namespace outrigger::gui
