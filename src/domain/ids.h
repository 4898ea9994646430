// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <compare>

namespace outrigger {

/// HighLevel's ids are opaque strings; each kind is its own type so that they cannot be mixed up. Ids made here for
/// what HighLevel does not know yet start with "local:" followed by the ULID of the outbox record that creates it.
template <class Tag>
struct Id {
    QString value;

    Id() = default;
    explicit Id(QString v) : value(std::move(v)) {}
    bool isEmpty() const { return value.isEmpty(); }
    bool isLocal() const { return value.startsWith(QLatin1String("local:")); }
    static Id local(const QString &ulid) { return Id(QLatin1String("local:") + ulid); }
    friend bool operator==(const Id &, const Id &) = default;
    friend bool operator<(const Id &a, const Id &b) { return a.value < b.value; }
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept { return qHash(id.value, seed); }
};

using LocationId = Id<struct LocationTag>;
using CompanyId = Id<struct CompanyTag>;
using UserId = Id<struct UserTag>;
using ContactId = Id<struct ContactTag>;
using ConversationId = Id<struct ConversationTag>;
using MessageId = Id<struct MessageTag>;
using EmailId = Id<struct EmailTag>;
using OpportunityId = Id<struct OpportunityTag>;
using PipelineId = Id<struct PipelineTag>;
using StageId = Id<struct StageTag>;
using CalendarId = Id<struct CalendarTag>;
using AppointmentId = Id<struct AppointmentTag>;
using CustomFieldId = Id<struct CustomFieldTag>;
using TagId = Id<struct TagTag>;
using AccountId = Id<struct AccountTag>; ///< ours: a ULID
using RecordId = Id<struct RecordTag>;   ///< ours: an outbox record's ULID

} // namespace outrigger

Q_DECLARE_METATYPE(outrigger::ContactId)
Q_DECLARE_METATYPE(outrigger::ConversationId)
Q_DECLARE_METATYPE(outrigger::RecordId)
