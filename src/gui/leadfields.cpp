// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadfields.h"

#include "domain/contactchange.h"
#include "domain/contactinput.h"
#include "domain/phone.h"
#include "domain/whenwhere.h"
#include "gui/chooser.h"
#include "gui/fieldeditor.h"
#include "gui/fieldvalue.h"
#include "gui/work.h"
#include "gui/zonewords.h"
#include "models/contactwords.h"
#include "models/desk.h"

#include <QGridLayout>
#include <QJsonArray>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int longestValue = 500;

bool isNames(const QString &field) { return field == "firstName"_L1 || field == "lastName"_L1; }

} // namespace

LeadFields::LeadFields(Part part, models::Desk *desk, Work *work, QWidget *parent) : QWidget(parent), m_part(part), m_desk(desk), m_work(work)
{
    setObjectName(part == Part::Reach ? u"lead.reach"_s : part == Part::Person ? u"lead.person"_s : u"lead.rest"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    m_more = pushButton(QString(), objectName() + ".more"_L1, this);
    m_more->setFlat(true);
    m_more->setCursor(Qt::PointingHandCursor);
    column->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_all = !m_all;
        rebuild();
        m_more->setFocus(Qt::OtherFocusReason);
    });
}

void LeadFields::setContact(const Contact &contact)
{
    if (contact.id != m_contact.id) {
        if (m_editor)
            m_editor->finish(); // of the lead before
        m_all = false;
    }
    m_contact = contact;
    if (!m_editor)
        rebuild();
}

const CustomField *LeadFields::definition(const QString &field) const
{
    const CustomFieldId id = contactfields::customId(field);
    for (const CustomField &one : m_desk->reference().customFields) {
        if (one.id == id)
            return &one;
    }
    return nullptr;
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
    const bool date = field == "dateOfBirth"_L1 || (custom && custom->dataType.compare(u"DATE"_s, Qt::CaseInsensitive) == 0);
    if (date) {
        const QDate day = QDate::fromString(contactfields::text(value).left(10), Qt::ISODate);
        if (day.isValid())
            return locale().toString(day, QLocale::ShortFormat);
    }
    return contactfields::text(value).left(longestValue);
}

void LeadFields::addHeading(const QString &text)
{
    auto *heading = new Label(text, TextRole::SmallStrong, Ink::Text2, m_list);
    heading->setContentsMargins(0, px(8), 0, 0);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
}

void LeadFields::addPlain(const QString &label, const QString &text, const QString &id, const QString &why)
{
    if (text.isEmpty())
        return;
    auto *left = new Label(label, TextRole::Small, Ink::Text2, m_list);
    left->setWordWrap(true);
    left->setFixedWidth(px(84));
    left->setContentsMargins(0, px(3), 0, 0);
    auto *right = new Label(text, TextRole::Body, Ink::Text, m_list);
    right->setObjectName("lead.fact."_L1 + id);
    right->setWordWrap(text.contains(u' '));
    right->setElided(!text.contains(u' '));
    right->setMinimumWidth(1);
    right->setContentsMargins(px(4), px(2), px(4), px(2));
    right->setTextInteractionFlags(Qt::TextSelectableByMouse);
    right->setToolTip(why);
    const int row = m_grid->rowCount();
    m_grid->addWidget(left, row, 0, Qt::AlignTop);
    m_grid->addWidget(right, row, 1);
}

void LeadFields::addField(const QString &field, const QString &shown, bool editable)
{
    const QString name = models::contactwords::label(field, &m_desk->reference().customFields);
    if (!editable || !isWhole()) {
        addPlain(name, shown, field, editable ? tr("Can be changed when the whole contact is here.") : tr("HighLevel does not let a program change this."));
        return;
    }
    const bool always = field == "phone"_L1 || field == "email"_L1; // a lead without one is asked for it
    if (shown.isEmpty() && !m_all && !always)
        return;
    auto *left = new Label(name, TextRole::Small, Ink::Text2, m_list);
    left->setWordWrap(true);
    left->setFixedWidth(px(84));
    left->setContentsMargins(0, px(3), 0, 0);
    auto *right = new FieldValue(shown.isEmpty() ? tr("Add") : shown, shown.isEmpty(), m_list);
    const bool oneWord = !shown.contains(u' ') && shown.size() > 16;
    right->setWordWrap(!oneWord);
    right->setElided(oneWord);
    right->setObjectName("lead.fact."_L1 + field);
    right->setAccessibleName(tr("%1: %2").arg(name, shown.isEmpty() ? tr("empty") : shown));
    right->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignTop);
    connect(right, &FieldValue::activated, this, [this, field] { edit(field); });
    const int row = m_grid->rowCount();
    m_grid->addWidget(left, row, 0, Qt::AlignTop);
    m_grid->addWidget(right, row, 1);
    m_values.insert(field, right);
}

bool LeadFields::isReach(const QString &field)
{
    return field == "phone"_L1 || field == "email"_L1 || field == "assignedTo"_L1 || field == "companyName"_L1;
}

void LeadFields::addReach()
{
    addField(u"phone"_s, shownValue(u"phone"_s));
    for (const QString &other : m_contact.additionalPhones)
        addPlain(tr("Other phone"), phone::display(other, m_desk->region()), u"phone2"_s, tr("HighLevel lets programs read further numbers, and not change them."));
    addField(u"email"_s, shownValue(u"email"_s));
    for (const QString &other : m_contact.additionalEmails)
        addPlain(tr("Other e-mail"), other, u"email2"_s, tr("HighLevel lets programs read further addresses, and not change them."));
    addPlain(tr("Local time"), zonewords::localTime(leadZone(m_contact, m_desk->timezone()), QDateTime::currentDateTimeUtc()), u"time"_s, {});
    addField(u"assignedTo"_s, shownValue(u"assignedTo"_s));
    addField(u"companyName"_s, shownValue(u"companyName"_s));
    const QString business = m_contact.raw["businessId"_L1].toString();
    for (const NamedItem &item : m_desk->reference().businesses.value_or(QVector<NamedItem>())) {
        if (item.id == business)
            addPlain(tr("Business"), item.name, u"business"_s, tr("Changed with the ticked contacts in Contacts, under Business."));
    }
}

void LeadFields::addPerson()
{
    for (const QString &field : contactfields::standard()) {
        if (isReach(field) || (isNames(field) && !m_all)) // names are the heading
            continue;
        addField(field, shownValue(field));
    }
    addPlain(tr("Type"), m_contact.type.left(1).toUpper() + m_contact.type.mid(1), u"type"_s, tr("HighLevel does not let a program change this."));
    const auto day = [this](const QDateTime &when) {
        return when.isValid() ? locale().toString(when.toLocalTime().date(), QLocale::ShortFormat) : QString();
    };
    addPlain(tr("Added"), day(m_contact.dateAdded), u"added"_s, {});
    addPlain(tr("Updated"), day(m_contact.dateUpdated), u"updated"_s, {});
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
            addPlain(models::contactwords::label(field), tr("They asked to stop"), field, tr("Only they can lift it, by writing START."));
        else if (usual || m_all || contactfields::value(m_contact, field).toString() != "inactive"_L1)
            addField(field, shownValue(field));
    }
    addHeading(tr("Followers"));
    addField(u"followers"_s, shownValue(u"followers"_s));
}

void LeadFields::rebuild()
{
    QString focused;
    for (auto it = m_values.cbegin(); it != m_values.cend(); ++it) {
        if (it.value()->hasFocus())
            focused = it.key();
    }
    m_values.clear();
    if (m_list) {
        m_list->hide();
        m_list->deleteLater();
    }
    m_list = new QWidget(this);
    m_grid = new QGridLayout(m_list);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(px(4));
    m_grid->setVerticalSpacing(px(2));
    m_grid->setColumnStretch(1, 1);
    switch (m_part) {
    case Part::Reach: addReach(); break;
    case Part::Person: addPerson(); break;
    case Part::Rest: addRest(); break;
    }
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_list);
    m_list->show();
    m_more->setVisible(isWhole() && m_part != Part::Reach);
    m_more->setText(m_all ? tr("Hide empty fields") : m_part == Part::Person ? tr("All fields") : tr("All custom fields"));
    if (auto *value = m_values.value(focused))
        value->setFocus(Qt::OtherFocusReason);
}

void LeadFields::edit(const QString &field)
{
    if (m_editor || !isWhole())
        return;
    if (!m_values.contains(field)) {
        m_all = true;
        rebuild();
    }
    FieldValue *value = m_values.value(field);
    if (!value)
        return;
    if (field == "followers"_L1) {
        const auto &users = m_desk->reference().users;
        QVector<Chooser::Item> items;
        for (const User &user : users) {
            const bool follows = m_contact.followers.contains(user.id);
            const QString name = user.name.isEmpty() ? (user.firstName + u' ' + user.lastName).trimmed() : user.name;
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
    m_editing = field;
    m_editor = new FieldEditor(subject, "lead.edit."_L1 + field, m_list);
    const int at = m_grid->indexOf(value);
    int row = 0, column = 0, rows = 0, columns = 0;
    m_grid->getItemPosition(at, &row, &column, &rows, &columns);
    value->hide();
    m_grid->addWidget(m_editor, row, column);
    m_editor->show();
    connect(m_editor, &FieldEditor::given, this, [this, field](const QJsonValue &given) {
        endEditing(field);
        give(field, given);
    });
    connect(m_editor, &FieldEditor::takenBack, this, [this, field] { endEditing(field); });
    m_editor->begin();
}

void LeadFields::endEditing(const QString &field)
{
    const bool here = m_editor->isAncestorOf(window()->focusWidget());
    m_editor->hide();
    m_editor->deleteLater();
    m_editor = nullptr;
    m_editing.clear();
    rebuild();
    // With the keys one goes on from here; who has clicked elsewhere is elsewhere.
    if (auto *value = m_values.value(field); value && here)
        value->setFocus(Qt::OtherFocusReason);
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
