// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filterbuilder.h"

#include "domain/contactchange.h"
#include "domain/contactinput.h"
#include "domain/username.h"
#include "gui/icons.h"
#include "models/contactwords.h"
#include "models/desk.h"

#include <QComboBox>
#include <QCompleter>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

using Op = ContactCondition::Op;
constexpr int longestPast = 3650; // days

QStringList usualFields()
{
    return {u"tag"_s,     u"assignedTo"_s, u"dateAdded"_s, u"lastActivity"_s, u"dateUpdated"_s, u"unread"_s, u"openDeal"_s, u"dnd.SMS"_s, u"dnd"_s,
            u"source"_s,  u"type"_s,       u"firstName"_s, u"lastName"_s,     u"email"_s,       u"phone"_s,  u"companyName"_s, u"city"_s, u"state"_s,
            u"postalCode"_s, u"country"_s, u"timezone"_s,  u"website"_s,      u"dateOfBirth"_s};
}

} // namespace

FilterBuilder::FilterBuilder(models::Desk *desk, QWidget *parent) : Pane(Ground::Window, parent), m_desk(desk)
{
    setObjectName(u"contacts.conditions"_s);
    setAccessibleName(tr("Conditions of the list"));
    setEdges(Qt::BottomEdge);
    m_column = new QVBoxLayout(this);
    setInsets(m_column, 16, 10, 16, 10, 8);
    connect(desk, &models::Desk::referenceChanged, this, [this] {
        if (!isAncestorOf(focusWidget()))
            rebuild();
    });
}

void FilterBuilder::setFilter(const ContactFilter &filter)
{
    if (m_filter == filter && m_list)
        return;
    m_filter = filter;
    rebuild();
}

void FilterBuilder::takeFocus()
{
    if (m_filter.groups.isEmpty())
        m_filter.groups.append(ContactFilter::Group{false, {ContactCondition{u"tag"_s, Op::Is, {}}}});
    rebuild(0, 0);
}

void FilterBuilder::tell() { Q_EMIT changed(); }

void FilterBuilder::rebuild(int focusGroup, int focusRow)
{
    if (m_list) {
        m_list->hide();
        m_list->deleteLater();
    }
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    setInsets(column, 0, 0, 0, 0, 8);
    for (int group = 0; group < m_filter.groups.size(); ++group) {
        if (group == 1) {
            auto *between = named(new QComboBox(m_list), u"contacts.conditions.between"_s, tr("Between the groups"));
            between->addItems({tr("and"), tr("or")});
            between->setCurrentIndex(m_filter.any ? 1 : 0);
            connect(between, &QComboBox::activated, this, [this](int index) {
                m_filter.any = index == 1;
                tell();
            });
            column->addWidget(between, 0, Qt::AlignLeading);
        } else if (group > 1) {
            column->addWidget(new Label(m_filter.any ? tr("or") : tr("and"), TextRole::Small, Ink::Text2, m_list));
        }
        column->addWidget(buildGroup(group));
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    auto *add = pushButton(m_filter.groups.isEmpty() ? tr("Add a condition") : tr("Add a group"), u"contacts.conditions.addGroup"_s, m_list);
    connect(add, &QPushButton::clicked, this, [this] {
        m_filter.groups.append(ContactFilter::Group{false, {ContactCondition{u"tag"_s, Op::Is, {}}}});
        rebuild(int(m_filter.groups.size()) - 1, 0);
    });
    auto *clear = pushButton(tr("Clear all"), u"contacts.conditions.clear"_s, m_list);
    clear->setVisible(!m_filter.groups.isEmpty());
    connect(clear, &QPushButton::clicked, this, [this] {
        m_filter = {};
        rebuild();
        tell();
    });
    auto *close = pushButton(tr("Hide"), u"contacts.conditions.hide"_s, m_list);
    connect(close, &QPushButton::clicked, this, &FilterBuilder::closed);
    row->addWidget(add);
    row->addWidget(clear);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    m_column->addWidget(m_list);
    m_list->show();
    if (focusGroup >= 0) {
        const QString name = u"contacts.condition.%1.%2.value"_s.arg(focusGroup).arg(focusRow);
        auto *value = m_list->findChild<QWidget *>(name);
        if (!value || value->isHidden())
            value = m_list->findChild<QWidget *>(u"contacts.condition.%1.%2.field"_s.arg(focusGroup).arg(focusRow));
        if (value)
            value->setFocus(Qt::OtherFocusReason);
    }
}

QWidget *FilterBuilder::buildGroup(int group)
{
    auto *box = new QWidget(m_list);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 4);
    auto &conditions = m_filter.groups[group].conditions;
    for (int row = 0; row < conditions.size(); ++row)
        column->addWidget(buildRow(group, row));
    auto *more = pushButton(tr("Add a condition to this group"), u"contacts.conditions.%1.add"_s.arg(group), box);
    more->setFlat(true);
    more->setIcon(icons::icon(u"plus"_s));
    connect(more, &QPushButton::clicked, this, [this, group] {
        m_filter.groups[group].conditions.append(ContactCondition{u"tag"_s, Op::Is, {}});
        rebuild(group, int(m_filter.groups[group].conditions.size()) - 1);
    });
    column->addWidget(more, 0, Qt::AlignLeading);
    return box;
}

QWidget *FilterBuilder::buildRow(int group, int row)
{
    auto *line = new QWidget(m_list);
    auto *layout = new QHBoxLayout(line);
    setInsets(layout, 0, 0, 0, 0, 8);
    const QString name = u"contacts.condition.%1.%2"_s.arg(group).arg(row);
    const int lead = px(72);
    if (row == 0) {
        auto *where = new Label(tr("Where"), TextRole::Body, Ink::Text2, line);
        where->setFixedWidth(lead);
        layout->addWidget(where);
    } else if (row == 1) {
        auto *both = named(new QComboBox(line), name + ".any"_L1, tr("All or any of this group"));
        both->addItems({tr("and"), tr("or")});
        both->setCurrentIndex(m_filter.groups[group].any ? 1 : 0);
        both->setFixedWidth(lead);
        connect(both, &QComboBox::activated, this, [this, group, row](int index) {
            m_filter.groups[group].any = index == 1;
            tell();
            rebuild(group, row);
        });
        layout->addWidget(both);
    } else {
        auto *word = new Label(m_filter.groups[group].any ? tr("or") : tr("and"), TextRole::Body, Ink::Text2, line);
        word->setFixedWidth(lead);
        layout->addWidget(word);
    }
    const auto &customs = m_desk->reference().customFields;
    auto *field = named(new QComboBox(line), name + ".field"_L1, tr("What is asked about"));
    const QStringList usual = usualFields();
    for (const QString &one : usual)
        field->addItem(models::contactwords::label(one), one);
    for (const CustomField &custom : customs) {
        if (custom.model.isEmpty() || custom.model == "contact"_L1)
            field->addItem(custom.name, contactfields::ofCustom(custom.id));
    }
    if (field->findData(at(group, row).field) < 0) // of a field that has been removed
        field->addItem(models::contactwords::label(at(group, row).field, &customs), at(group, row).field);
    field->setCurrentIndex(field->findData(at(group, row).field));
    field->setMaxVisibleItems(20);
    connect(field, &QComboBox::activated, this, [this, group, row, field] {
        auto &condition = at(group, row);
        condition.field = field->currentData().toString();
        condition.op = ContactCondition::opsFor(condition.field).first();
        condition.value = ContactCondition::isDate(condition.field) ? u"30"_s : QString();
        tell();
        rebuild(group, row);
    });
    layout->addWidget(field);
    auto *how = named(new QComboBox(line), name + ".op"_L1, tr("How it is compared"));
    const auto ops = ContactCondition::opsFor(at(group, row).field);
    for (const Op op : ops)
        how->addItem(models::contactwords::op(op, at(group, row).field), int(op));
    how->setCurrentIndex(std::max(0, how->findData(int(at(group, row).op))));
    connect(how, &QComboBox::activated, this, [this, group, row, how] {
        auto &condition = at(group, row);
        const Op before = condition.op;
        condition.op = Op(how->currentData().toInt());
        const auto isDays = [](Op op) { return op == Op::Within || op == Op::Beyond; };
        if (isDays(before) != isDays(condition.op) && ContactCondition::isDate(condition.field))
            condition.value = isDays(condition.op) ? u"30"_s : QDate::currentDate().addDays(-30).toString(Qt::ISODate);
        tell();
        rebuild(group, row);
    });
    layout->addWidget(how);
    if (ContactCondition::takesValue(at(group, row).op))
        layout->addWidget(buildValue(group, row, name + ".value"_L1));
    layout->addStretch(1);
    auto *remove = iconButton(u"close"_s, name + ".remove"_L1, tr("Remove this condition"), line);
    connect(remove, &QToolButton::clicked, this, [this, group, row] {
        m_filter.groups[group].conditions.removeAt(row);
        if (m_filter.groups[group].conditions.isEmpty())
            m_filter.groups.removeAt(group);
        tell();
        rebuild();
    });
    layout->addWidget(remove);
    return line;
}

QWidget *FilterBuilder::buildValue(int group, int row, const QString &name)
{
    const ContactCondition condition = at(group, row);
    const auto set = [this, group, row](const QString &value) {
        at(group, row).value = value;
        tell();
    };
    if (condition.op == Op::Within || condition.op == Op::Beyond) {
        auto *days = named(new QSpinBox(m_list), name, tr("Days"));
        days->setRange(1, longestPast);
        days->setValue(std::max(1, condition.value.toInt()));
        days->setSuffix(tr(" days", "after a number"));
        connect(days, &QSpinBox::valueChanged, this, [set](int value) { set(QString::number(value)); });
        return days;
    }
    if (condition.op == Op::Before || condition.op == Op::After) {
        auto *day = named(new QDateEdit(m_list), name, tr("Day"));
        day->setCalendarPopup(true);
        day->setDate(QDate::fromString(condition.value, Qt::ISODate));
        connect(day, &QDateEdit::dateChanged, this, [set](QDate date) { set(date.toString(Qt::ISODate)); });
        return day;
    }
    const CustomFieldId id = contactfields::customId(condition.field);
    QVector<std::pair<QString, QString>> offered; // text, value
    const auto &reference = m_desk->reference();
    if (condition.field == "assignedTo"_L1) {
        offered.append({tr("Me"), u"me"_s});
        for (const User &user : reference.users)
            offered.append({teammateName(user), user.id.value});
    }
    for (const CustomField &custom : reference.customFields) {
        if (custom.id == id) {
            for (const QString &option : custom.options)
                offered.append({option, option});
        }
    }
    if (!offered.isEmpty()) {
        auto *box = named(new QComboBox(m_list), name, tr("Value"));
        for (const auto &[text, value] : offered)
            box->addItem(text, value);
        int index = box->findData(condition.value);
        if (index < 0 && !condition.value.isEmpty()) {
            box->addItem(condition.value, condition.value);
            index = box->count() - 1;
        }
        box->setCurrentIndex(index);
        connect(box, &QComboBox::activated, this, [set, box] { set(box->currentData().toString()); });
        return box;
    }
    auto *line = named(new QLineEdit(m_list), name, tr("Value"));
    line->setMinimumWidth(px(180));
    line->setMaxLength(200);
    line->setText(condition.value);
    if (condition.field == "tag"_L1) {
        QStringList tags;
        for (const auto &tag : reference.tags)
            tags.append(tag.name);
        auto *completer = new QCompleter(tags, line);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        line->setCompleter(completer);
        line->setPlaceholderText(tr("Tag"));
    }
    connect(line, &QLineEdit::textChanged, this, set);
    return line;
}

void FilterBuilder::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
