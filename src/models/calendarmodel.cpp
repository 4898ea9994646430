// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/calendarmodel.h"

#include "domain/eventdays.h"
#include "domain/slots.h"
#include "store/cache.h"
#include "sync/engine.h"

#include <QColor>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Appointments)
};

} // namespace

QString appointmentWords(AppointmentStatus status)
{
    switch (status) {
    case AppointmentStatus::New: return Words::tr("not confirmed yet");
    case AppointmentStatus::Confirmed: return Words::tr("confirmed");
    case AppointmentStatus::Cancelled: return Words::tr("cancelled");
    case AppointmentStatus::Showed: return Words::tr("they came");
    case AppointmentStatus::NoShow: return Words::tr("they did not come");
    case AppointmentStatus::Invalid: return Words::tr("not valid");
    case AppointmentStatus::Unknown: break;
    }
    return {};
}

QString spanWords(const QDateTime &from, const QDateTime &to, const QString &placeZone)
{
    Appointment there;
    there.start = from;
    there.end = to;
    return eventdays::sentence(there, {QTimeZone::systemTimeZone(), QTimeZone(placeZone.toLatin1())});
}

QString placeWords(const QString &place)
{
    static const QHash<QString, const char *> kinds{
        {u"outbound_call"_s, QT_TRANSLATE_NOOP("Appointments", "Phone call: the lead is called")},
        {u"inbound_call"_s, QT_TRANSLATE_NOOP("Appointments", "Phone call: the lead calls")},
        {u"zoom_conference"_s, QT_TRANSLATE_NOOP("Appointments", "Zoom meeting")},
        {u"google_conference"_s, QT_TRANSLATE_NOOP("Appointments", "Google Meet")},
        {u"ms_teams_conference"_s, QT_TRANSLATE_NOOP("Appointments", "Microsoft Teams meeting")},
        {u"physical"_s, QT_TRANSLATE_NOOP("Appointments", "In person")},
        {u"booker"_s, QT_TRANSLATE_NOOP("Appointments", "Where the lead says")},
    };
    if (place == "custom"_L1)
        return {}; // a place of their own whose words are missing
    const char *words = kinds.value(place);
    return words ? Words::tr(words) : place;
}

CalendarModel::CalendarModel(sync::Engine *engine, QObject *parent) : QAbstractListModel(parent), m_engine(engine)
{
    m_again.setSingleShot(true);
    m_again.setInterval(150);
    connect(&m_again, &QTimer::timeout, this, [this] { m_loading = load(this); });
    if (!engine)
        return;
    connect(&engine->cache().notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (change.table == store::Table::Events && change.location == m_location && m_from.isValid() && !m_again.isActive())
            m_again.start();
    });
}

void CalendarModel::setPlace(const LocationId &location, const QTimeZone &zone, const QTimeZone &placeZone)
{
    m_zone = zone;
    m_placeZone = placeZone;
    if (location == m_location)
        return;
    m_location = location;
    m_loadedFrom = {};
    m_loaded = false;
    take({});
    if (m_from.isValid() && m_engine && !location.isEmpty())
        m_loading = load(this);
}

void CalendarModel::setWindow(const QDateTime &from, const QDateTime &to)
{
    if (from == m_from && to == m_to)
        return;
    m_from = from;
    m_to = to;
    if (!m_engine || m_location.isEmpty())
        return;
    const bool here = m_loadedFrom.isValid() && from >= m_loadedFrom && to <= m_loadedTo;
    const bool nearEdge = !here || m_loadedFrom.secsTo(from) < from.secsTo(to) / 2 || to.secsTo(m_loadedTo) < from.secsTo(to) / 2;
    if (nearEdge)
        m_loading = load(this);
    m_fetching = fetch(this, from, to);
}

void CalendarModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    // What is not to be seen goes at once; what is to be seen again has to be read.
    QVector<EventRow> left = m_rows;
    left.removeIf([this](const EventRow &row) { return isHidden(row); });
    take(std::move(left));
    if (m_engine && m_from.isValid())
        m_loading = load(this);
}

void CalendarModel::setLooks(const Looks &looks)
{
    m_looks = looks;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

bool CalendarModel::isHidden(const EventRow &row) const
{
    const Appointment &event = row.event;
    if (m_filter.calendars.contains(event.calendar.value) || (!m_filter.cancelledToo && isOff(event.status)))
        return true;
    // A calendar's block is nobody's, and yet it is no appointment without a person.
    return event.user.isEmpty() ? !event.block && m_filter.people.contains(QString()) : m_filter.people.contains(event.user.value);
}

Task<void> CalendarModel::load(CalendarModel *self)
{
    const qint64 span = self->m_from.secsTo(self->m_to);
    const QDateTime from = self->m_from.addSecs(-span), to = self->m_to.addSecs(span);
    auto reading = self->m_engine->cache().events(self->m_location, from, to);
    auto rows = co_await reading;
    if (!rows)
        co_return;
    rows->erase(std::remove_if(rows->begin(), rows->end(), [self](const EventRow &row) { return self->isHidden(row); }), rows->end());
    self->m_loadedFrom = from;
    self->m_loadedTo = to;
    self->m_loaded = true;
    self->take(std::move(*rows));
    Q_EMIT self->refreshed();
}

Task<void> CalendarModel::fetch(CalendarModel *self, QDateTime from, QDateTime to)
{
    auto asking = self->m_engine->refreshEvents(from, to);
    const Status asked = co_await asking;
    if (!asked && asked.error().kind != ErrorKind::Cancelled)
        Q_EMIT self->failed(asked.error().message);
}

void CalendarModel::take(QVector<EventRow> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int CalendarModel::rowOfKey(qint64 key) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(), [key](const EventRow &row) { return row.key == key; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

int CalendarModel::rowOfId(const AppointmentId &id) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(), [&](const EventRow &row) { return !id.isEmpty() && row.event.id == id; });
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

int CalendarModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString CalendarModel::sentence(const EventRow &row) const
{
    const Appointment &event = row.event;
    QStringList parts;
    const QString title = event.title.isEmpty() ? (event.block ? tr("Blocked") : tr("Appointment")) : event.title;
    parts << (event.block ? tr("Blocked: %1").arg(title) : title);
    parts << eventdays::sentence(event, {m_zone, m_placeZone});
    const QTimeZone theirs(row.contactZone);
    if (!row.contactZone.isEmpty() && theirs.isValid() && !freetimes::sameClock(event.start, m_zone, theirs))
        parts << tr("%1 for %2", "time, name").arg(freetimes::clock(event.start, theirs), row.contactName);
    if (const QString calendar = m_looks.calendars.value(event.calendar.value); !calendar.isEmpty())
        parts << calendar;
    if (const QString person = m_looks.people.value(event.user.value); !person.isEmpty())
        parts << tr("with %1").arg(person);
    if (!event.block)
        parts << appointmentWords(event.status);
    if (!row.recordState.isEmpty() && row.recordState != "confirmed"_L1 && row.recordState != "accepted"_L1)
        parts << tr("on its way");
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QVariant CalendarModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const EventRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return row.event.title;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return sentence(row);
    case EventRole: return QVariant::fromValue(row);
    case KeyRole: return row.key;
    case ColourRole:
        return QColor(m_looks.byPerson ? m_looks.peopleColours.value(row.event.user.value) : m_looks.calendarColours.value(row.event.calendar.value));
    case InitialsRole: return m_looks.initials.value(row.event.user.value);
    case PersonColourRole: return QColor(m_looks.peopleColours.value(row.event.user.value));
    default: return {};
    }
}

} // namespace outrigger::models
