// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/catalogue.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QJsonObject>

#include <chrono>
#include <optional>

/// HighLevel's webhook events. What they carry is never believed: an event says only what to read again.
namespace outrigger::events {

struct Event {
    QString type;        ///< "ContactCreate"
    QString id;          ///< webhookId, for telling repeats; empty when it has none
    QDateTime at;        ///< timestamp; invalid when it has none
    LocationId location; ///< empty when it names none
    catalogue::Touched touched; ///< empty for events that change nothing here
};

/// Nullopt: this is no event.
std::optional<Event> eventFrom(const QJsonObject &object);
/// One event, a list of them, or one a line. `bad`: how many could not be read.
QVector<Event> eventsFrom(const QByteArray &text, int *bad);

/// HighLevel's public key for X-GHL-Signature: Ed25519, SPKI in base64 (marketplace documentation, webhook security).
inline constexpr char publicKey[] = "MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=";
/// Deliveries whose timestamp is further away than this are refused (same source).
inline constexpr std::chrono::minutes replayWindow{5};

/// Remembers deliveries, so that one is taken once: their ids as long as their timestamps would be accepted.
class Gate
{
public:
    enum class Verdict { Take, Repeated, Stale };
    Verdict judge(const Event &event, const QDateTime &now);

private:
    QHash<QString, QDateTime> m_seen;
};

} // namespace outrigger::events
