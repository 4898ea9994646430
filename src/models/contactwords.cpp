// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contactwords.h"

#include "domain/contactimport.h"
#include "models/words.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models::contactwords {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ContactWords)
};

QString personName(const QString &id, const QVector<User> &users)
{
    for (const User &user : users) {
        if (user.id.value == id) {
            const QString full = (user.firstName + u' ' + user.lastName).trimmed();
            return user.name.isEmpty() ? full : user.name;
        }
    }
    return id;
}

} // namespace

QString label(const QString &field, const QVector<CustomField> *fields)
{
    static const QHash<QString, const char *> known{
        {u"firstName"_s, QT_TRANSLATE_NOOP("ContactWords", "First name")},
        {u"lastName"_s, QT_TRANSLATE_NOOP("ContactWords", "Last name")},
        {u"phone"_s, QT_TRANSLATE_NOOP("ContactWords", "Phone")},
        {u"email"_s, QT_TRANSLATE_NOOP("ContactWords", "E-mail")},
        {u"companyName"_s, QT_TRANSLATE_NOOP("ContactWords", "Company")},
        {u"address1"_s, QT_TRANSLATE_NOOP("ContactWords", "Street")},
        {u"city"_s, QT_TRANSLATE_NOOP("ContactWords", "City")},
        {u"state"_s, QT_TRANSLATE_NOOP("ContactWords", "State")},
        {u"postalCode"_s, QT_TRANSLATE_NOOP("ContactWords", "Postal code")},
        {u"country"_s, QT_TRANSLATE_NOOP("ContactWords", "Country")},
        {u"website"_s, QT_TRANSLATE_NOOP("ContactWords", "Website")},
        {u"timezone"_s, QT_TRANSLATE_NOOP("ContactWords", "Time zone")},
        {u"source"_s, QT_TRANSLATE_NOOP("ContactWords", "Source")},
        {u"dateOfBirth"_s, QT_TRANSLATE_NOOP("ContactWords", "Date of birth")},
        {u"type"_s, QT_TRANSLATE_NOOP("ContactWords", "Type")},
        {u"assignedTo"_s, QT_TRANSLATE_NOOP("ContactWords", "Owner")},
        {u"followers"_s, QT_TRANSLATE_NOOP("ContactWords", "Followers")},
        {u"tag"_s, QT_TRANSLATE_NOOP("ContactWords", "Tag")},
        {u"dateAdded"_s, QT_TRANSLATE_NOOP("ContactWords", "Added")},
        {u"dateUpdated"_s, QT_TRANSLATE_NOOP("ContactWords", "Changed")},
        {u"lastActivity"_s, QT_TRANSLATE_NOOP("ContactWords", "Last activity")},
        {u"unread"_s, QT_TRANSLATE_NOOP("ContactWords", "Something unread")},
        {u"openDeal"_s, QT_TRANSLATE_NOOP("ContactWords", "Open deal")},
        {u"dnd"_s, QT_TRANSLATE_NOOP("ContactWords", "Do not disturb")},
        {u"dnd.SMS"_s, QT_TRANSLATE_NOOP("ContactWords", "No texts")},
        {u"dnd.Call"_s, QT_TRANSLATE_NOOP("ContactWords", "No calls")},
        {u"dnd.Email"_s, QT_TRANSLATE_NOOP("ContactWords", "No e-mail")},
        {u"dnd.WhatsApp"_s, QT_TRANSLATE_NOOP("ContactWords", "No WhatsApp")},
        {u"dnd.GMB"_s, QT_TRANSLATE_NOOP("ContactWords", "No Google messages")},
        {u"dnd.FB"_s, QT_TRANSLATE_NOOP("ContactWords", "No Facebook messages")},
    };
    if (const char *text = known.value(field))
        return Words::tr(text);
    const CustomFieldId id = contactfields::customId(field);
    if (id.isEmpty())
        return field;
    if (!fields)
        return Words::tr("Custom field");
    const auto found = std::find_if(fields->cbegin(), fields->cend(), [&](const CustomField &one) { return one.id == id; });
    return found == fields->cend() ? Words::tr("Removed field") : found->name;
}

QString value(const QString &field, const QJsonValue &value, const QVector<User> &users)
{
    if (field == "dnd"_L1)
        return value.toBool() ? Words::tr("on") : Words::tr("off");
    if (!contactfields::dndChannel(field).isEmpty())
        return value.toString() == "inactive"_L1 || value.toString().isEmpty() ? Words::tr("allowed") : Words::tr("shut");
    if (field == "assignedTo"_L1)
        return value.toString().isEmpty() ? Words::tr("nobody") : personName(value.toString(), users);
    if (field == "followers"_L1) {
        QStringList names;
        const QJsonArray ids = value.toArray();
        for (const auto &id : ids)
            names.append(personName(id.toString(), users));
        return names.isEmpty() ? Words::tr("nobody") : names.join(u", "_s);
    }
    const QString text = words::oneLine(contactfields::text(value));
    return text.isEmpty() ? Words::tr("nothing") : text;
}

QString change(const ContactChange &change)
{
    QStringList parts;
    for (auto it = change.to.constBegin(); it != change.to.constEnd(); ++it)
        parts.append(Words::tr("%1: %2", "field: new value").arg(label(it.key()), value(it.key(), it.value())));
    return Words::tr("Change %1").arg(parts.join(u"; "_s));
}

QString enrol(const EnrolChange &change)
{
    if (change.campaign && change.leave)
        return change.id.isEmpty() ? Words::tr("Take out of all campaigns") : Words::tr("Take out of the campaign %1").arg(change.name);
    if (change.campaign)
        return Words::tr("Add to the campaign %1").arg(change.name);
    return change.leave ? Words::tr("Take out of the workflow %1").arg(change.name) : Words::tr("Add to the workflow %1").arg(change.name);
}

QString act(const BulkPart &part)
{
    using Act = BulkPart::Act;
    const QString tags = part.tags.join(u", "_s);
    switch (part.act) {
    case Act::AddTags: return Words::tr("Add tags %1").arg(tags);
    case Act::RemoveTags: return Words::tr("Remove tags %1").arg(tags);
    case Act::Owner: return part.id.isEmpty() ? Words::tr("Take off everybody") : Words::tr("Change the owner");
    case Act::Field: return Words::tr("Set %1 to %2").arg(label(part.field), value(part.field, part.value));
    case Act::JoinWorkflow: return Words::tr("Add to a workflow");
    case Act::LeaveWorkflow: return Words::tr("Take out of a workflow");
    case Act::JoinCampaign: return Words::tr("Add to a campaign");
    case Act::LeaveCampaign: return Words::tr("Take out of a campaign");
    case Act::Business: return Words::tr("Change the business");
    case Act::Delete: return Words::tr("Delete contacts");
    }
    return {};
}

QString bulk(const OutboxRecord &record)
{
    if (ImportPart::is(record.payload)) {
        const ImportPart import = ImportPart::fromJson(record.payload);
        return Words::tr("%1: %2 of %3, part %4 of %5").arg(import.title).arg(record.look[bulkDoneKey].toInt()).arg(import.rows.size()).arg(import.part + 1).arg(import.parts);
    }
    const BulkPart part = BulkPart::fromJson(record.payload);
    const int done = record.look[bulkDoneKey].toInt();
    const int failed = int(record.look[bulkFailedKey].toObject().size());
    QString text = Words::tr("%1: %2 of %3").arg(part.title.isEmpty() ? act(part) : part.title).arg(done).arg(part.contacts.size());
    if (part.parts > 1)
        text += Words::tr(", part %1 of %2").arg(part.part + 1).arg(part.parts);
    if (failed > 0)
        text += Words::tr(", %1 failed").arg(failed);
    return text;
}

QString op(ContactCondition::Op op, const QString &field)
{
    using Op = ContactCondition::Op;
    const bool yesNo = ContactCondition::isYesNo(field);
    switch (op) {
    case Op::Is: return Words::tr("is");
    case Op::IsNot: return Words::tr("is not");
    case Op::Contains: return Words::tr("contains");
    case Op::ContainsNot: return Words::tr("does not contain");
    case Op::Empty: return yesNo ? Words::tr("no") : Words::tr("is empty");
    case Op::Filled: return yesNo ? Words::tr("yes") : Words::tr("is filled");
    case Op::Within: return Words::tr("in the last days");
    case Op::Beyond: return Words::tr("longer ago than days");
    case Op::Before: return Words::tr("before");
    case Op::After: return Words::tr("on or after");
    }
    return {};
}

QString condition(const ContactCondition &condition, const QVector<CustomField> *fields, const QVector<User> &users)
{
    QString text = label(condition.field, fields) + u' ' + op(condition.op, condition.field);
    if (ContactCondition::takesValue(condition.op)) {
        const bool me = condition.field == "assignedTo"_L1 && condition.value == "me"_L1;
        text += u' ' + (me ? Words::tr("me") : value(condition.field == "assignedTo"_L1 ? condition.field : QString(), condition.value, users));
    }
    return text;
}

} // namespace outrigger::models::contactwords
