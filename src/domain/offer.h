// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/calendar.h"

#include <QHash>

#include <optional>

/// Three times offered to a lead, and what the lead's answer may mean. Pure functions, main
/// thread; nothing here books.
namespace outrigger::offers {

struct Offer {
    CalendarId calendar;
    QVector<Slot> times; ///< in the order in which they were offered
    QByteArray zone;     ///< IANA: the clock on which they were told
    QDateTime at;        ///< UTC, when they were offered
    QString passedOver;  ///< id of the answer that a person has looked at already
    bool operator==(const Offer &) const = default;
};
/// An offer is remembered for two days.
inline constexpr qint64 remembered = 48 * 3600; ///< seconds
bool isOpen(const Offer &offer, const QDateTime &now);

/// By lead. Damaged parts and offers that are over are left out.
QHash<ContactId, Offer> fromJson(const QByteArray &json, const QDateTime &now);
QByteArray toJson(const QHash<ContactId, Offer> &all);

/// Which of the offered times an answer means: "2", "the second one", "Tuesday 3pm", "wed morning works". Nothing when it
/// could mean two of them, another time, or none ("not", "can't", "another"). English words, any case. `now`: for "today"
/// and "tomorrow".
std::optional<int> meant(const QString &answer, const Offer &offer, const QDateTime &now);

/// The words of somebody who wants to meet or asks for a time.
bool asksForTime(const QString &text);

} // namespace outrigger::offers
