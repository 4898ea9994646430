// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/calendar.h"

#include <QAbstractListModel>
#include <QSet>
#include <QTimer>

namespace outrigger::sync {
class Engine;
}

namespace outrigger::models {

/// Appointments and blocked time of a window, in the order of time. Reads more than is shown, so that the neighbouring
/// weeks are there when somebody goes there. Asks again when events change, at most every 150 ms.
class CalendarModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        EventRole = Qt::UserRole + 1, ///< EventRow
        KeyRole,                      ///< qint64
        ColourRole,                   ///< QColor of its calendar, or of the person whose it is; invalid when there is none
        InitialsRole,                 ///< of the person whose it is; empty when that need not be told
        PersonColourRole              ///< QColor of that person
    };
    explicit CalendarModel(sync::Engine *engine, QObject *parent = nullptr);
    /// zone: in which the sentences for a screen reader are told; placeZone: the location's, for whole days.
    void setPlace(const LocationId &location, const QTimeZone &zone, const QTimeZone &placeZone = QTimeZone());
    /// What is shown, [from, to). Rows for it are read at once when they are not here; further away HighLevel is asked.
    void setWindow(const QDateTime &from, const QDateTime &to);
    /// What is not shown: calendars, people (empty: nobody's appointments), cancelled ones.
    struct Filter {
        QSet<QString> calendars, people;
        bool cancelledToo = true;
        bool operator==(const Filter &) const = default;
    };
    void setFilter(const Filter &filter);
    /// How calendars and people are called and drawn, by id. Colours are "#rrggbb".
    struct Looks {
        QHash<QString, QString> calendars, calendarColours;
        QHash<QString, QString> people, peopleColours, initials; ///< empty where there is only one person
        bool byPerson = false; ///< whose it is gives the colour
    };
    void setLooks(const Looks &looks);
    bool isByPerson() const { return m_looks.byPerson; }
    const EventRow &row(int row) const { return m_rows.at(row); }
    int rowOfKey(qint64 key) const; ///< -1: not here
    int rowOfId(const AppointmentId &id) const;
    bool loaded() const { return m_loaded; }
    /// For tests and benches: these rows, without a cache.
    void take(QVector<EventRow> rows);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void refreshed();                      ///< rows were read
    void failed(const QString &sentence);  ///< HighLevel could not be asked for a window that is not kept here

private:
    static Task<void> load(CalendarModel *self);
    static Task<void> fetch(CalendarModel *self, QDateTime from, QDateTime to);
    bool isHidden(const EventRow &row) const;
    QString sentence(const EventRow &row) const;

    sync::Engine *m_engine;
    LocationId m_location;
    QTimeZone m_zone = QTimeZone::systemTimeZone();
    QTimeZone m_placeZone;
    QDateTime m_from, m_to;           ///< shown
    QDateTime m_loadedFrom, m_loadedTo;
    QVector<EventRow> m_rows;
    Filter m_filter;
    Looks m_looks;
    bool m_loaded = false;
    QTimer m_again;
    Task<void> m_loading;
    Task<void> m_fetching;
};

/// What HighLevel's word says, for people: "confirmed", "came", "did not come".
QString appointmentWords(AppointmentStatus status);
/// Where it takes place: HighLevel's kinds of places ("outbound_call") in words, anything else as it stands.
QString placeWords(const QString &place);
/// From when to when on the clock of whoever looks; placeZone: IANA, of the location.
QString spanWords(const QDateTime &from, const QDateTime &to, const QString &placeZone);

} // namespace outrigger::models
