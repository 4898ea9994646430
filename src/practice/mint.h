// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace outrigger::practice
{

enum class Kind : quint8 {
    Location = 1,
    Company,
    User,
    Contact,
    Conversation,
    Message,
    Email,
    Field,
    Tag,
    Number,
    Business,
    Template,
    CustomValue,
    Pipeline,
    Stage,
    Opportunity,
    LostReason,
    Calendar,
    CalendarGroup,
    Event,
    AppointmentNote,
    CalendarThing,
    Shelf
};

/// Ids of 20 characters as HighLevel's older records have them. They are computed from seed, kind and place in the
/// world's vectors and can be turned back, so that a million messages need no stored ids and no index.
class Mint
{
public:
    explicit Mint(quint64 seed = 1);
    QString id(Kind kind, quint32 index) const;
    /// Nothing for a text that this mint has not made for this kind.
    std::optional<quint32> index(Kind kind, const QString &id) const;

private:
    quint64 m_keys[4];
};

/// A good mixer of 64 bits; the generator's source of variety as well.
quint64 mix(quint64 value);

} // namespace outrigger::practice
