// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>
#include <QStringList>
#include <QVector>

namespace outrigger {

/// "active" means that do-not-disturb is on; "permanent" that only the contact can lift it (a STOP reply does that).
enum class DndStatus { Inactive, Active, Permanent };

struct Dnd {
    DndStatus status = DndStatus::Inactive;
    QString message;
    QString code;
    friend bool operator==(const Dnd &, const Dnd &) = default;
};

struct CustomValue {
    CustomFieldId id;
    QJsonValue value;
    friend bool operator==(const CustomValue &, const CustomValue &) = default;
};

struct Contact {
    ContactId id;
    LocationId location;
    QString firstName;
    QString lastName;
    QString companyName;
    QString email;
    QString phone; ///< as HighLevel has it, E.164 for anything it validated
    QStringList additionalEmails;
    QStringList additionalPhones;
    QStringList tags;
    QString address;
    QString city;
    QString state;
    QString postalCode;
    QString country; ///< two letters
    QString website;
    QString timezone; ///< IANA name, empty when unknown
    QString source;
    QString type; ///< lead, customer
    bool dnd = false;                 ///< all channels
    QMap<QString, Dnd> dndSettings;   ///< by channel: Call, Email, SMS, WhatsApp, GMB, FB, RCS
    QMap<QString, Dnd> inboundDndSettings;
    bool dndKnown = true;             ///< false when the answer left dndSettings out (some searches do)
    UserId assignedTo;
    QVector<UserId> followers;
    QVector<CustomValue> customFields;
    QDateTime dateAdded;
    QDateTime dateUpdated;
    QString dateOfBirth;
    QJsonObject raw; ///< the answer as it came, for fields we do not know yet

    /// First and last name; else company, e-mail, phone. Never HighLevel's lower-cased contactName.
    QString displayName() const;
    /// One or two letters for the avatar; "#" for a bare number.
    QString initials() const;
    DndStatus smsDnd() const;
};

struct User {
    UserId id;
    QString name;
    QString firstName;
    QString lastName;
    QString email;
    QString phone;
    QString role;
    bool assignedDataOnly = false;
    QJsonObject raw;
};

struct Location {
    LocationId id;
    CompanyId companyId;
    QString name;
    QString timezone; ///< IANA
    QString country;  ///< two letters, the default region for phone numbers
    QString email;
    QString phone;
    bool allowDuplicateContact = false;
    bool allowDuplicateOpportunity = false;
    QJsonObject raw;
};

struct PhoneNumber {
    QString number; ///< E.164
    QString name;
    bool isDefault = false;
    bool sms = true;
    bool mms = true;
    QString assignedTo; ///< user id when the number belongs to a person
};

struct CustomField {
    CustomFieldId id;
    QString name;
    QString key; ///< "contact.license_state"
    QString dataType;
    int position = 0;
    QStringList options;
    QString model; ///< contact, opportunity
};

/// A workflow, campaign or business, for pickers.
struct NamedItem {
    QString id;
    QString name;
    bool usable = true; ///< published
};

struct LocationTagItem {
    TagId id;
    QString name;
};

} // namespace outrigger
