// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QVector>

#include <optional>

/// Merge fields: "{{contact.first_name}}" in templates and snippets. Pure. HighLevel fills them in its own editor; what
/// goes out over the API is sent as it stands, so they are filled here before a text leaves.
namespace outrigger {

/// A place in a text that stands for something else.
struct MergeField {
    int at = 0;      ///< position of the first brace (UTF-16)
    int length = 0;  ///< with its braces
    QString name;    ///< "contact.first_name": lower case, without blanks around it; empty for "{{}}" and what is not closed
    friend bool operator==(const MergeField &, const MergeField &) = default;
};

/// All fields of a text in their order, never overlapping. A field stays in one line and is at most 200 characters long.
/// "{{" that nothing closes is a field, too (two braces long, without a name): nobody means to send it. Of nested ones
/// the innermost is the field. Linear in the length of the text.
QVector<MergeField> mergeFields(const QString &text);

/// What the fields stand for, by name. A field whose value is empty is not in it.
using MergeValues = QHash<QString, QString>;

/// A word of the location that texts may name: "custom_values.office_hours".
struct LocationWord {
    QString name; ///< as a person reads it
    QString key;  ///< as texts name it, with or without braces
    QString value;
};

/// What the values are made of. Everything may be missing.
struct MergeSource {
    Contact contact;
    std::optional<User> user; ///< who writes
    std::optional<Location> location;
    QVector<CustomField> customFields;
    QVector<LocationWord> words;
};
/// Names as HighLevel's list of merge fields has them (help centre, "List of merge fields"). Fields of appointments,
/// opportunities and messages are never here: which one is meant is for a person to say.
MergeValues mergeValues(const MergeSource &source);

struct Merged {
    QString text;
    QVector<MergeField> open; ///< what could not be filled, with its places in `text`
};
/// Puts the values in. What a value says is never read as a field again.
Merged fillMergeFields(const QString &text, const MergeValues &values);

} // namespace outrigger
