// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealfields.h"

#include "domain/contactchange.h"
#include "gui/chooser.h"
#include "gui/fieldvalue.h"
#include "gui/work.h"
#include "models/dealwords.h"
#include "models/desk.h"

#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int longestValue = 500;
constexpr int labelWidth = 96;

QString userName(const User &user) { return user.name.isEmpty() ? (user.firstName + u' ' + user.lastName).trimmed() : user.name; }

/// What the editor needs to know of a field that HighLevel has built in.
CustomField builtIn(const QString &field)
{
    CustomField definition;
    definition.id = CustomFieldId(field);
    definition.dataType = field == "value"_L1 ? u"MONETORY"_s : u"TEXT"_s;
    return definition;
}

} // namespace

DealFields::DealFields(models::Desk *desk, Work *work, QWidget *parent) : QWidget(parent), m_desk(desk), m_work(work)
{
    setObjectName(u"deal.page.fields"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    m_more = pushButton(QString(), u"deal.page.more"_s, this);
    m_more->setFlat(true);
    m_more->setCursor(Qt::PointingHandCursor);
    column->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_all = !m_all;
        rebuild();
        m_more->setFocus(Qt::OtherFocusReason);
    });
}

void DealFields::setDeal(const DealRow &row)
{
    if (row.key != m_row.key) {
        if (m_editor)
            m_editor->finish(); // of the deal before
        m_all = false;
    }
    m_row = row;
    if (!m_editor)
        rebuild();
}

void DealFields::setLocked(const QString &why)
{
    if (m_locked == why)
        return;
    m_locked = why;
    if (!m_editor && m_row.key)
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

const CustomField *DealFields::definition(const QString &field) const
{
    const CustomFieldId id = contactfields::customId(field);
    for (const CustomField &one : m_desk->reference().customFields) {
        if (one.id == id)
            return &one;
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

void DealFields::addHeading(const QString &text)
{
    auto *heading = new Label(text, TextRole::SmallStrong, Ink::Text2, m_list);
    heading->setContentsMargins(0, px(8), 0, 0);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
}

void DealFields::addPlain(const QString &field, const QString &name, const QString &shown, const QString &why)
{
    if (shown.isEmpty())
        return;
    auto *left = new Label(name, TextRole::Small, Ink::Text2, m_list);
    left->setWordWrap(true);
    left->setFixedWidth(px(labelWidth));
    left->setContentsMargins(0, px(3), 0, 0);
    auto *right = new Label(shown, TextRole::Body, Ink::Text, m_list);
    right->setObjectName("deal.page.fact."_L1 + field);
    right->setAccessibleName(tr("%1: %2").arg(name, shown));
    right->setWordWrap(true);
    right->setMinimumWidth(1);
    right->setContentsMargins(px(4), px(2), px(4), px(2));
    right->setTextInteractionFlags(Qt::TextSelectableByMouse);
    right->setToolTip(why);
    const int row = m_grid->rowCount();
    m_grid->addWidget(left, row, 0, Qt::AlignTop);
    m_grid->addWidget(right, row, 1);
}

void DealFields::addField(const QString &field, const QString &name, const QString &shown)
{
    if (!m_locked.isEmpty()) {
        addPlain(field, name, shown, m_locked);
        return;
    }
    auto *left = new Label(name, TextRole::Small, Ink::Text2, m_list);
    left->setWordWrap(true);
    left->setFixedWidth(px(labelWidth));
    left->setContentsMargins(0, px(3), 0, 0);
    auto *right = new FieldValue(shown.isEmpty() ? tr("Add") : shown, shown.isEmpty(), m_list);
    right->setWordWrap(true);
    right->setObjectName("deal.page.fact."_L1 + field);
    right->setAccessibleName(tr("%1: %2").arg(name, shown.isEmpty() ? tr("empty") : shown));
    right->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignTop);
    connect(right, &FieldValue::activated, this, [this, field] { edit(field); });
    const int row = m_grid->rowCount();
    m_grid->addWidget(left, row, 0, Qt::AlignTop);
    m_grid->addWidget(right, row, 1);
    m_values.insert(field, right);
}

void DealFields::addOwn()
{
    const Opportunity &deal = m_row.deal;
    addField(u"name"_s, tr("Name"), deal.name);
    addField(u"value"_s, tr("Value"), models::dealwords::money(deal.value, m_desk->region()));
    const Pipeline *line = pipeline();
    const Stage *stage = line ? line->stage(deal.stage) : nullptr;
    addField(u"stage"_s, tr("Stage"), stage ? stage->name : tr("Removed stage"));
    addPlain(u"pipeline"_s, tr("Pipeline"), line ? line->name : QString(), tr("Choosing a stage of another pipeline moves it there."));
    const QString owner = m_desk->userName(deal.assignedTo);
    addField(u"assignedTo"_s, tr("Owner"), deal.assignedTo.isEmpty() ? tr("Nobody") : owner.isEmpty() ? tr("Somebody who left") : owner);
    QStringList followers;
    for (const QString &id : deal.followers) {
        const QString name = m_desk->userName(UserId(id));
        followers.append(name.isEmpty() ? tr("somebody who left") : name);
    }
    addField(u"followers"_s, tr("Followers"), followers.join(u", "_s));
    const QString fixed = tr("HighLevel does not let a program change this.");
    addPlain(u"source"_s, tr("Source"), deal.source, fixed);
    if (deal.status == DealStatus::Lost && m_desk->reference().lostReasons) {
        for (const LostReason &reason : *m_desk->reference().lostReasons) {
            if (reason.id == deal.lostReason)
                addPlain(u"lostReason"_s, tr("Lost because"), reason.name, tr("Say it anew by opening the deal again."));
        }
    }
    addPlain(u"created"_s, tr("Made"), dateText(deal.createdAt), fixed);
    addPlain(u"moved"_s, tr("In this stage since"), dateText(m_row.movedAt), fixed);
    if (deal.status != DealStatus::Open)
        addPlain(u"ended"_s, tr("Ended"), dateText(deal.statusSince), fixed);
    addPlain(u"updated"_s, tr("Last changed"), dateText(deal.updatedAt), fixed);
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
        QString shown = contactfields::text(customValue(field)).left(longestValue);
        if (known && known->dataType.compare(u"DATE"_s, Qt::CaseInsensitive) == 0) {
            if (const QDate day = QDate::fromString(shown.left(10), Qt::ISODate); day.isValid())
                shown = locale().toString(day, QLocale::ShortFormat);
        }
        if (shown.isEmpty())
            ++empty;
        if (shown.isEmpty() && !m_all)
            continue;
        if (std::exchange(first, false))
            addHeading(tr("Fields"));
        if (fieldShape(field, known) == FieldShape::ReadOnly)
            addPlain(field, label(field), shown, known ? tr("HighLevel does not let a program change this.") : tr("This field has been removed in HighLevel."));
        else
            addField(field, label(field), shown);
    }
    m_more->setVisible(empty > 0 && m_locked.isEmpty());
    m_more->setText(m_all ? tr("Hide empty fields") : tr("All custom fields"));
}

void DealFields::rebuild()
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
    addOwn();
    addCustom();
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_list);
    m_list->show();
    if (auto *value = m_values.value(focused))
        value->setFocus(Qt::OtherFocusReason);
}

bool DealFields::takeFocus()
{
    FieldValue *first = m_values.value(u"name"_s);
    if (first)
        first->setFocus(Qt::OtherFocusReason);
    return first != nullptr;
}

void DealFields::edit(const QString &field)
{
    if (m_editor || !m_row.key || !m_locked.isEmpty())
        return;
    if (field == "stage"_L1) {
        Q_EMIT stageWanted(m_row);
        return;
    }
    if (field == "followers"_L1) {
        chooseFollower();
        return;
    }
    if (!m_values.contains(field)) {
        m_all = true;
        rebuild();
    }
    if (!m_values.contains(field))
        return;
    m_editing = field;
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
    begin(subject);
}

void DealFields::begin(const FieldEditor::Subject &subject)
{
    const QString field = m_editing;
    FieldValue *value = m_values.value(field);
    m_editor = new FieldEditor(subject, "deal.page.edit."_L1 + field, m_list);
    int row = 0, column = 0, rows = 0, columns = 0;
    m_grid->getItemPosition(m_grid->indexOf(value), &row, &column, &rows, &columns);
    value->hide();
    m_grid->addWidget(m_editor, row, column);
    m_editor->show();
    connect(m_editor, &FieldEditor::given, this, [this, field](const QJsonValue &given) {
        const qint64 key = m_row.key;
        endEditing(field);
        if (key == m_row.key)
            give(field, given);
    });
    connect(m_editor, &FieldEditor::takenBack, this, [this, field] { endEditing(field); });
    m_editor->begin();
}

void DealFields::endEditing(const QString &field)
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
        items.append({user.id.value, follows ? tr("%1 (follows; choose to take off)").arg(userName(user)) : userName(user)});
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
