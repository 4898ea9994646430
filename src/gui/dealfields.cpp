// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealfields.h"

#include "domain/contactchange.h"
#include "domain/username.h"
#include "gui/chooser.h"
#include "gui/fieldvalue.h"
#include "gui/work.h"
#include "models/dealwords.h"
#include "models/desk.h"

#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int labelWidth = 96;

/// What the editor needs to know of a field that HighLevel has built in.
CustomField builtIn(const QString &field)
{
    CustomField definition;
    definition.id = CustomFieldId(field);
    definition.dataType = field == "value"_L1 ? u"MONETORY"_s : u"TEXT"_s;
    return definition;
}

} // namespace

DealFields::DealFields(models::Desk *desk, Work *work, QWidget *parent)
    : FieldSheet(u"deal.page"_s, u"deal.page.fields"_s, u"deal.page.more"_s, labelWidth, desk, parent), m_work(work)
{
}

void DealFields::setDeal(const DealRow &row)
{
    if (row.key != m_row.key)
        startAnew();
    m_row = row;
    rebuild();
}

void DealFields::setLocked(const QString &why)
{
    if (m_locked == why)
        return;
    m_locked = why;
    if (m_row.key)
        rebuild();
}

const Pipeline *DealFields::pipeline() const
{
    if (const auto &all = m_desk->reference().pipelines) {
        for (const Pipeline &one : *all) {
            if (one.id == m_row.deal.pipeline)
                return &one;
        }
    }
    return nullptr;
}

QJsonValue DealFields::customValue(const QString &field) const
{
    const CustomFieldId id = contactfields::customId(field);
    for (const CustomValue &one : m_row.deal.customFields) {
        if (one.id == id)
            return one.value;
    }
    return QJsonValue::Null;
}

QString DealFields::label(const QString &field) const
{
    if (field == "name"_L1)
        return tr("Name");
    if (field == "value"_L1)
        return tr("Value");
    if (field == "stage"_L1)
        return tr("Stage");
    if (field == "assignedTo"_L1)
        return tr("Owner");
    if (field == "followers"_L1)
        return tr("Followers");
    const CustomField *custom = definition(field);
    return custom ? custom->name : tr("Removed field");
}

QString DealFields::dateText(const QDateTime &when) const
{
    return when.isValid() ? locale().toString(when.toLocalTime().date(), QLocale::ShortFormat) : QString();
}

void DealFields::addField(const QString &field, const QString &name, const QString &shown)
{
    if (m_locked.isEmpty())
        addValue(field, name, shown);
    else
        addFact(field, name, shown, m_locked);
}

void DealFields::addOwn()
{
    const Opportunity &deal = m_row.deal;
    addField(u"name"_s, tr("Name"), deal.name);
    addField(u"value"_s, tr("Value"), models::dealwords::money(deal.value, m_desk->region()));
    const Pipeline *line = pipeline();
    const Stage *stage = line ? line->stage(deal.stage) : nullptr;
    addField(u"stage"_s, tr("Stage"), stage ? stage->name : tr("Removed stage"));
    addFact(u"pipeline"_s, tr("Pipeline"), line ? line->name : QString(), tr("Choosing a stage of another pipeline moves it there."));
    const QString owner = m_desk->userName(deal.assignedTo);
    addField(u"assignedTo"_s, tr("Owner"), deal.assignedTo.isEmpty() ? tr("Nobody") : owner.isEmpty() ? tr("Somebody who left") : owner);
    QStringList followers;
    for (const QString &id : deal.followers) {
        const QString name = m_desk->userName(UserId(id));
        followers.append(name.isEmpty() ? tr("somebody who left") : name);
    }
    addField(u"followers"_s, tr("Followers"), followers.join(u", "_s));
    tellWho(u"assignedTo"_s, {deal.assignedTo});
    QVector<UserId> following;
    for (const QString &id : deal.followers)
        following.append(UserId(id));
    tellWho(u"followers"_s, following);
    const QString fixed = tr("HighLevel does not let a program change this.");
    addFact(u"source"_s, tr("Source"), deal.source, fixed);
    if (deal.status == DealStatus::Lost && m_desk->reference().lostReasons) {
        for (const LostReason &reason : *m_desk->reference().lostReasons) {
            if (reason.id == deal.lostReason)
                addFact(u"lostReason"_s, tr("Lost because"), reason.name, tr("Say it anew by opening the deal again."));
        }
    }
    addFact(u"created"_s, tr("Made"), dateText(deal.createdAt), fixed);
    addFact(u"moved"_s, tr("In this stage since"), dateText(m_row.movedAt), fixed);
    if (deal.status != DealStatus::Open)
        addFact(u"ended"_s, tr("Ended"), dateText(deal.statusSince), fixed);
    addFact(u"updated"_s, tr("Last changed"), dateText(deal.updatedAt), fixed);
}

void DealFields::addCustom()
{
    QStringList fields;
    int empty = 0;
    for (const CustomField &field : m_desk->reference().customFields) {
        if (field.model == "opportunity"_L1)
            fields.append(contactfields::ofCustom(field.id));
    }
    for (const CustomValue &value : m_row.deal.customFields) { // what was entered into a field that has been removed
        if (const QString field = contactfields::ofCustom(value.id); !fields.contains(field))
            fields.append(field);
    }
    bool first = true;
    for (const QString &field : std::as_const(fields)) {
        const CustomField *known = definition(field);
        const QString shown = shortened(contactfields::text(customValue(field)), known && known->dataType.compare(u"DATE"_s, Qt::CaseInsensitive) == 0);
        if (shown.isEmpty())
            ++empty;
        if (shown.isEmpty() && !m_all)
            continue;
        if (std::exchange(first, false))
            addHeading(tr("Fields"));
        if (fieldShape(field, known) == FieldShape::ReadOnly)
            addFact(field, label(field), shown, known ? tr("HighLevel does not let a program change this.") : tr("This field has been removed in HighLevel."));
        else
            addField(field, label(field), shown);
    }
    m_more->setVisible(empty > 0 && m_locked.isEmpty());
    m_more->setText(m_all ? tr("Hide empty fields") : tr("All custom fields"));
}

void DealFields::fill()
{
    addOwn();
    addCustom();
}

bool DealFields::takeFocus()
{
    FieldValue *first = m_locked.isEmpty() ? valueOf(u"name"_s) : nullptr;
    if (first)
        first->setFocus(Qt::OtherFocusReason);
    return first != nullptr;
}

void DealFields::edit(const QString &field)
{
    if (isEditing() || !m_row.key || !m_locked.isEmpty())
        return;
    if (field == "stage"_L1) {
        Q_EMIT stageWanted(m_row);
        return;
    }
    if (field == "followers"_L1) {
        chooseFollower();
        return;
    }
    if (!valueOf(field))
        return;
    FieldEditor::Subject subject;
    subject.label = label(field);
    subject.region = m_desk->region();
    subject.users = m_desk->reference().users;
    const CustomField own = builtIn(field);
    if (field == "assignedTo"_L1) {
        subject.field = field;
        subject.value = m_row.deal.assignedTo.value;
    } else if (field == "name"_L1 || field == "value"_L1) {
        subject.field = contactfields::ofCustom(own.id);
        subject.definition = &own;
        subject.value = field == "name"_L1 ? QJsonValue(m_row.deal.name) : m_row.deal.value ? QJsonValue(*m_row.deal.value) : QJsonValue();
    } else {
        subject.field = field;
        subject.definition = definition(field);
        subject.value = customValue(field);
    }
    begin(field, subject);
}

void DealFields::give(const QString &field, const QJsonValue &value)
{
    const Opportunity &deal = m_row.deal;
    DealChange change;
    QString words;
    if (field == "name"_L1) {
        const QString name = value.toString().simplified().left(200);
        if (name.isEmpty()) {
            Q_EMIT refused(tr("A deal needs a name. It keeps the one it had."));
            return;
        }
        if (name == deal.name)
            return;
        change.name = name;
        words = tr("Renamed: %1").arg(name);
    } else if (field == "value"_L1) {
        const auto money = value.isDouble() ? readMoney(QString::number(value.toDouble(), 'f', 2)) : readMoney(value.toString());
        if (!money) {
            Q_EMIT refused(value.toString().isEmpty() && !value.isDouble() ? tr("HighLevel lets nobody take a value away. Write 0 for none.")
                                                                           : tr("This is no amount that a deal can have. It keeps the one it had."));
            return;
        }
        if (money == deal.value)
            return;
        change.value = money;
        words = tr("%1 is worth %2 now").arg(deal.name, models::dealwords::money(money, m_desk->region()));
    } else if (field == "assignedTo"_L1) {
        const UserId to(value.toString());
        if (to == deal.assignedTo)
            return;
        change.assignedTo = to;
        words = to.isEmpty() ? tr("%1 is nobody's now").arg(deal.name) : tr("%1 is %2's now").arg(deal.name, m_desk->userName(to));
    } else {
        if (contactfields::same(field, value, customValue(field)))
            return;
        change.fields.insert(contactfields::customId(field).value, value);
        words = tr("Changed: %1").arg(label(field));
    }
    m_work->changeDeal(m_row, change, words, {});
}

void DealFields::chooseFollower()
{
    QVector<Chooser::Item> items;
    for (const User &user : m_desk->reference().users) {
        const bool follows = m_row.deal.followers.contains(user.id.value);
        items.append({user.id.value, follows ? tr("%1 (follows; choose to take off)").arg(teammateName(user)) : teammateName(user)});
    }
    auto *chooser = new Chooser(u"deal.followers"_s, tr("Who follows this deal"), items, {}, this);
    connect(chooser, &Chooser::chosen, this, [this, row = m_row](const QString &id) {
        const QString name = m_desk->userName(UserId(id));
        if (row.deal.followers.contains(id))
            m_work->changeFollowers(row, {}, {id}, tr("%1 does not follow %2 any more").arg(name, row.deal.name));
        else
            m_work->changeFollowers(row, {id}, {}, tr("%1 follows %2").arg(name, row.deal.name));
    });
    chooser->open();
}

} // namespace outrigger::gui
