// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QJsonObject>
#include <QStringList>

namespace outrigger {

struct ContactDraft;

/// The fields of a contact that a person can change, by the names that HighLevel's update call has (API-NOTES 4.2).
/// Beside them "dnd.SMS" (one channel's do-not-disturb: "active", "inactive"), "followers" (user ids) and
/// "field.<id>" (a custom field: text, number or list of texts).
namespace contactfields {

/// firstName ... dateOfBirth, in the order in which they are shown; without dnd, followers and custom fields.
const QStringList &standard();
/// The channels that can be shut one by one.
const QStringList &dndChannels();
QString ofCustom(const CustomFieldId &id);
/// Empty when the name is not one of a custom field.
CustomFieldId customId(const QString &name);
/// Empty when the name is not one of a channel.
QString dndChannel(const QString &name);
bool isKnown(const QString &name);

/// Null for a custom field that the contact does not have.
QJsonValue value(const Contact &contact, const QString &name);
void put(Contact &contact, const QString &name, const QJsonValue &value);
/// An absent value, an empty text and an empty list are all "nothing".
bool isNothing(const QJsonValue &value);
/// Whether two values of a field mean the same: case of e-mail, form of numbers, order of followers, empty and absent.
bool same(const QString &name, const QJsonValue &a, const QJsonValue &b);
/// One line for people and files; lists are joined by ", ".
QString text(const QJsonValue &value);

} // namespace contactfields

/// The contact that a creation makes, without an id.
Contact contactOf(const ContactDraft &draft);
/// The tags of `said` that `there` has not, whatever their case.
QStringList newTags(const QStringList &said, const QStringList &there);

/// Payload of ContactUpdate: what is changed, and what the person saw there. Somebody else's change of the same field
/// since then is a conflict; the other fields go on.
struct ContactChange {
    ContactId contactId;
    QString shownName; ///< of the contact, for lists of what waits
    QJsonObject to;    ///< by field
    QJsonObject from;  ///< the same fields
    bool isEmpty() const { return to.isEmpty(); }
    void set(const Contact &seen, const QString &field, const QJsonValue &value);
    /// What `said` has in words and `there` has not, or otherwise: where that has nothing it is to be filled, what differs
    /// collides with what is there (`from` is nothing). Where a lead came from is filled only. Owner and tags are not
    /// fields here.
    static ContactChange ofMore(const Contact &said, const Contact &there);
    /// The fields of it in which `there` has something else.
    QStringList differingFrom(const Contact &there) const;
    /// This change after `before`, which has not left: what the server still has is what `before` saw.
    ContactChange after(const ContactChange &before) const;
    /// Fields that the server has not as we want them.
    QStringList missingIn(const Contact &contact) const;
    /// Of these, what somebody has changed to something else since the person looked.
    QStringList collisionsWith(const Contact &contact) const;
    void applyTo(Contact &contact) const;
    QJsonObject toJson() const;
    static ContactChange fromJson(const QJsonObject &object);
};

/// Payload of ContactEnrol: into or out of a workflow or campaign. Out of an empty campaign: out of all of them.
struct EnrolChange {
    ContactId contactId;
    bool campaign = false; ///< else a workflow
    QString id;
    QString name; ///< for lists of what waits
    bool leave = false;
    QJsonObject toJson() const;
    static EnrolChange fromJson(const QJsonObject &object);
};

/// Payload of ContactBulk: one part of a job over many contacts. A job has several records, so that it goes on from
/// where it was after a restart and one refused contact holds nobody up.
struct BulkPart {
    enum class Act { AddTags, RemoveTags, Owner, Field, JoinWorkflow, LeaveWorkflow, JoinCampaign, LeaveCampaign, Business, Delete };
    QString job;  ///< a ULID
    QString title; ///< one line for people
    Act act = Act::AddTags;
    int part = 0; ///< from 0
    int parts = 1;
    QStringList contacts; ///< at most `most`
    QStringList tags;
    QString id;     ///< of the user, workflow, campaign, business
    QString field;  ///< for Field
    QJsonValue value;
    static constexpr int most = 100;
    /// Repeating it after an unclear answer does no harm.
    bool mayRepeat() const { return act != Act::JoinWorkflow && act != Act::JoinCampaign; }
    QJsonObject toJson() const;
    static BulkPart fromJson(const QJsonObject &object);
};
/// In OutboxRecord::look of a ContactBulk: how many contacts of the part are through, and who failed and why.
inline constexpr QLatin1String bulkDoneKey{"done"};
inline constexpr QLatin1String bulkFailedKey{"failed"};
/// In OutboxRecord::look of a ContactUpdate: fields that HighLevel has taken already.
inline constexpr QLatin1String doneFieldsKey{"doneFields"};

} // namespace outrigger
