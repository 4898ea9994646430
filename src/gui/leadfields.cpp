// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadfields.h"

#include "domain/contactchange.h"
#include "domain/contactinput.h"
#include "domain/phone.h"
#include "domain/username.h"
#include "domain/whenwhere.h"
#include "gui/chooser.h"
#include "gui/fieldvalue.h"
#include "gui/work.h"
#include "gui/zonewords.h"
#include "models/contactwords.h"
#include "models/desk.h"

#include <QJsonArray>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int labelWidth = 84;

bool isNames(const QString &field) { return field == "firstName"_L1 || field == "lastName"_L1; }

} // namespace

QString LeadFields::nameOf(Part part) { return part == Part::Reach ? u"lead.reach"_s : part == Part::Person ? u"lead.person"_s : u"lead.rest"_s; }

LeadFields::LeadFields(Part part, models::Desk *desk, Work *work, QWidget *parent)
    : FieldSheet(u"lead"_s, nameOf(part), nameOf(part) + u".more"_s, labelWidth, desk, parent), m_part(part), m_work(work)
{
}

void LeadFields::setContact(const Contact &contact)
{
    if (contact.id != m_contact.id)
        startAnew();
    m_contact = contact;
    rebuild();
}

QString LeadFields::shownValue(const QString &field) const
{
    const QJsonValue value = contactfields::value(m_contact, field);
    if (field == "phone"_L1)
        return phone::display(m_contact.phone, m_desk->region());
    if (field == "assignedTo"_L1) {
        const QString name = m_contact.assignedTo.isEmpty() ? tr("Nobody") : m_desk->userName(m_contact.assignedTo);
        return name.isEmpty() ? tr("Somebody who left") : name;
    }
    if (field == "dnd"_L1 || field == "followers"_L1 || !contactfields::dndChannel(field).isEmpty())
        return models::contactwords::value(field, value, m_desk->reference().users);
    const CustomField *custom = definition(field);
    return shortened(contactfields::text(value), field == "dateOfBirth"_L1 || (custom && custom->dataType.compare(u"DATE"_s, Qt::CaseInsensitive) == 0));
}

void LeadFields::addField(const QString &field, const QString &shown, bool editable)
{
    const QString name = models::contactwords::label(field, &m_desk->reference().customFields);
    if (!editable || !isWhole()) {
        addFact(field, name, shown, editable ? tr("Can be changed when the whole contact is here.") : tr("HighLevel does not let a program change this."));
        return;
    }
    const bool always = field == "phone"_L1 || field == "email"_L1; // a lead without one is asked for it
    if (shown.isEmpty() && !m_all && !always)
        return;
    addValue(field, name, shown);
}

bool LeadFields::isReach(const QString &field)
{
    return field == "phone"_L1 || field == "email"_L1 || field == "assignedTo"_L1 || field == "companyName"_L1;
}

void LeadFields::addReach()
{
    addField(u"phone"_s, shownValue(u"phone"_s));
    for (const QString &other : m_contact.additionalPhones)
        addFact(u"phone2"_s, tr("Other phone"), phone::display(other, m_desk->region()), tr("HighLevel lets programs read further numbers, and not change them."));
    addField(u"email"_s, shownValue(u"email"_s));
    for (const QString &other : m_contact.additionalEmails)
        addFact(u"email2"_s, tr("Other e-mail"), other, tr("HighLevel lets programs read further addresses, and not change them."));
    addFact(u"time"_s, tr("Local time"), zonewords::localTime(leadZone(m_contact, m_desk->timezone()), QDateTime::currentDateTimeUtc()), {});
    addField(u"assignedTo"_s, shownValue(u"assignedTo"_s));
    tellWho(u"assignedTo"_s, {m_contact.assignedTo});
    addField(u"companyName"_s, shownValue(u"companyName"_s));
    const QString business = m_contact.raw["businessId"_L1].toString();
    for (const NamedItem &item : m_desk->reference().businesses.value_or(QVector<NamedItem>())) {
        if (item.id == business)
            addFact(u"business"_s, tr("Business"), item.name, tr("Changed with the ticked contacts in Contacts, under Business."));
    }
}

void LeadFields::addPerson()
{
    for (const QString &field : contactfields::standard()) {
        if (isReach(field) || (isNames(field) && !m_all)) // names are the heading
            continue;
        addField(field, shownValue(field));
    }
    addFact(u"type"_s, tr("Type"), m_contact.type.left(1).toUpper() + m_contact.type.mid(1), tr("HighLevel does not let a program change this."));
    const auto day = [this](const QDateTime &when) {
        return when.isValid() ? locale().toString(when.toLocalTime().date(), QLocale::ShortFormat) : QString();
    };
    addFact(u"added"_s, tr("Added"), day(m_contact.dateAdded), {});
    addFact(u"updated"_s, tr("Updated"), day(m_contact.dateUpdated), {});
}

void LeadFields::addRest()
{
    QStringList fields;
    for (const CustomField &field : m_desk->reference().customFields) {
        if (field.model.isEmpty() || field.model == "contact"_L1)
            fields.append(contactfields::ofCustom(field.id));
    }
    // What was entered into a field that has been removed is still the person's.
    for (const CustomValue &value : m_contact.customFields) {
        if (const QString field = contactfields::ofCustom(value.id); !fields.contains(field))
            fields.append(field);
    }
    bool first = true;
    for (const QString &field : std::as_const(fields)) {
        const QString shown = shownValue(field);
        if (shown.isEmpty() && !m_all)
            continue;
        if (std::exchange(first, false))
            addHeading(tr("Fields"));
        addField(field, shown, fieldShape(field, definition(field)) != FieldShape::ReadOnly);
    }
    addHeading(tr("Contact allowed"));
    addField(u"dnd"_s, shownValue(u"dnd"_s));
    for (const QString &channel : contactfields::dndChannels()) {
        const QString field = "dnd."_L1 + channel;
        const bool lasting = m_contact.dndSettings.value(channel).status == DndStatus::Permanent;
        const bool usual = channel == "SMS"_L1 || channel == "Call"_L1 || channel == "Email"_L1;
        if (lasting)
            addFact(field, models::contactwords::label(field), tr("They asked to stop"), tr("Only they can lift it, by writing START."));
        else if (usual || m_all || contactfields::value(m_contact, field).toString() != "inactive"_L1)
            addField(field, shownValue(field));
    }
    addHeading(tr("Followers"));
    addField(u"followers"_s, shownValue(u"followers"_s));
    tellWho(u"followers"_s, m_contact.followers);
}

void LeadFields::fill()
{
    switch (m_part) {
    case Part::Reach: addReach(); break;
    case Part::Person: addPerson(); break;
    case Part::Rest: addRest(); break;
    }
    m_more->setVisible(isWhole() && m_part != Part::Reach);
    m_more->setText(m_all ? tr("Hide empty fields") : m_part == Part::Person ? tr("All fields") : tr("All custom fields"));
}

void LeadFields::edit(const QString &field)
{
    if (isEditing() || !isWhole() || !valueOf(field))
        return;
    if (field == "followers"_L1) {
        const auto &users = m_desk->reference().users;
        QVector<Chooser::Item> items;
        for (const User &user : users) {
            const bool follows = m_contact.followers.contains(user.id);
            const QString name = teammateName(user);
            items.append({user.id.value, follows ? tr("%1 (follows; choose to take off)").arg(name) : name});
        }
        auto *chooser = new Chooser(u"lead.followers"_s, tr("Who follows this lead"), items, {}, this);
        connect(chooser, &Chooser::chosen, this, [this](const QString &id) {
            Contact after = m_contact;
            if (!after.followers.removeOne(UserId(id)))
                after.followers.append(UserId(id));
            m_work->changeContact(m_contact, u"followers"_s, contactfields::value(after, u"followers"_s));
        });
        chooser->open();
        return;
    }
    FieldEditor::Subject subject;
    subject.field = field;
    subject.label = models::contactwords::label(field, &m_desk->reference().customFields);
    subject.value = contactfields::value(m_contact, field);
    subject.definition = definition(field);
    subject.users = m_desk->reference().users;
    subject.region = m_desk->region();
    begin(field, subject);
}

void LeadFields::give(const QString &field, const QJsonValue &value)
{
    if (field == "assignedTo"_L1) { // the conversation follows, so it has a record of its own kind
        ConversationRow row;
        row.contactId = m_contact.id;
        row.name = m_contact.displayName();
        row.assignedTo = m_contact.assignedTo;
        const UserId to(value.toString());
        m_work->assign(row, to, m_desk->userName(to));
        return;
    }
    m_work->changeContact(m_contact, field, value);
}

} // namespace outrigger::gui
