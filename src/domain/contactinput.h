// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QJsonValue>
#include <QString>

namespace outrigger {

/// How a field of a contact is edited.
enum class FieldShape { Line, Text, Number, Money, Phone, Email, Date, Choice, Choices, YesNo, Zone, Country, User, ReadOnly };
/// definition: of a custom field; null when it has been removed in HighLevel.
FieldShape fieldShape(const QString &field, const CustomField *definition);

struct FieldInput {
    QJsonValue value;
    QString problem; ///< one sentence when the text cannot be taken
    bool ok() const { return problem.isEmpty(); }
};
/// What a person has typed, as HighLevel takes it: numbers as E.164, dates as YYYY-MM-DD, options in their own writing.
/// Empty clears. Lists are separated by ";" or, when no option has one in it, by ",". region: two letters.
FieldInput readField(const QString &field, const QString &typed, const CustomField *definition, const QString &region);
/// The definition with this id, key ("contact.budget" or "budget") or name; null when there is none.
const CustomField *findField(const QVector<CustomField> &fields, const QString &word);

} // namespace outrigger
