// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldeditor.h"

#include "domain/contactchange.h"
#include "domain/username.h"

#include <QComboBox>
#include <QCompleter>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTimeZone>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int mostTicksShown = 6;

QStringList listOf(const QJsonValue &value)
{
    QStringList all;
    if (!value.isArray()) {
        const QString one = contactfields::text(value);
        return one.isEmpty() ? all : QStringList{one};
    }
    const QJsonArray array = value.toArray();
    for (const auto &one : array)
        all.append(contactfields::text(one));
    return all;
}

} // namespace

FieldEditor::FieldEditor(const Subject &subject, const QString &objectName, QWidget *parent)
    : QWidget(parent), m_field(subject.field), m_label(subject.label), m_value(subject.value), m_users(subject.users), m_region(subject.region),
      m_shape(fieldShape(subject.field, subject.definition))
{
    if (subject.definition)
        m_definition = *subject.definition;
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 2);
    switch (m_shape) {
    case FieldShape::Text: buildText(objectName); break;
    case FieldShape::Choice:
    case FieldShape::YesNo:
    case FieldShape::User: buildChoice(objectName); break;
    case FieldShape::Choices: buildChoices(objectName); break;
    default: buildLine(objectName);
    }
    column->addWidget(m_input);
    m_problem = new Label(TextRole::Small, Ink::Danger, this);
    m_problem->setObjectName(objectName + ".problem"_L1);
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    m_input->installEventFilter(this);
}

void FieldEditor::buildLine(const QString &name)
{
    auto *line = named(new QLineEdit(this), name, m_label);
    line->setMaxLength(2000);
    line->setText(m_shape == FieldShape::Date ? contactfields::text(m_value).left(10) : contactfields::text(m_value));
    if (m_shape == FieldShape::Date)
        line->setPlaceholderText(tr("1990-05-24"));
    if (m_shape == FieldShape::Zone) {
        QStringList zones;
        const auto ids = QTimeZone::availableTimeZoneIds();
        for (const QByteArray &id : ids)
            zones.append(QString::fromLatin1(id));
        auto *completer = new QCompleter(zones, line);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        line->setCompleter(completer);
    }
    m_input = line;
}

void FieldEditor::buildText(const QString &name)
{
    auto *text = named(new QPlainTextEdit(this), name, m_label);
    text->setPlainText(contactfields::text(m_value));
    text->setTabChangesFocus(true);
    text->setFixedHeight(px(96));
    text->setToolTip(tr("Ctrl+Enter keeps it"));
    m_input = text;
}

/// What is offered; what the contact has and is not offered any more stays in the list.
QStringList FieldEditor::choices() const
{
    QStringList all = m_definition ? m_definition->options : QStringList();
    const QStringList has = listOf(m_value);
    for (const QString &one : has) {
        if (!all.contains(one, Qt::CaseInsensitive))
            all.append(one);
    }
    return all;
}

void FieldEditor::buildChoice(const QString &name)
{
    auto *box = named(new QComboBox(this), name, m_label);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    if (m_shape == FieldShape::YesNo) {
        const bool all = m_field == "dnd"_L1;
        box->addItem(all ? tr("off") : tr("allowed"), u"off"_s);
        box->addItem(all ? tr("on: nothing is sent") : tr("shut"), u"on"_s);
        box->setCurrentIndex((all ? m_value.toBool() : m_value.toString() != "inactive"_L1 && !m_value.toString().isEmpty()) ? 1 : 0);
    } else if (m_shape == FieldShape::User) {
        box->addItem(tr("Nobody"), QString());
        for (const User &user : std::as_const(m_users))
            box->addItem(teammateName(user), user.id.value);
        if (box->findData(m_value.toString()) < 0)
            box->addItem(tr("Somebody who left"), m_value.toString());
        box->setCurrentIndex(box->findData(m_value.toString()));
    } else {
        box->addItem(tr("Nothing"), QString());
        const QStringList all = choices();
        for (const QString &one : all) {
            const bool offered = m_definition && m_definition->options.contains(one, Qt::CaseInsensitive);
            box->addItem(offered ? one : tr("%1 (not offered any more)").arg(one), one);
        }
        box->setCurrentIndex(std::max(0, box->findData(contactfields::text(m_value), Qt::UserRole, Qt::MatchFixedString)));
    }
    connect(box, &QComboBox::activated, this, &FieldEditor::commit);
    m_input = box;
}

void FieldEditor::buildChoices(const QString &name)
{
    auto *list = named(new QListWidget(this), name, m_label);
    const QStringList has = listOf(m_value);
    const QStringList all = choices();
    for (const QString &one : all) {
        const bool offered = m_definition && m_definition->options.contains(one, Qt::CaseInsensitive);
        auto *item = new QListWidgetItem(offered ? one : tr("%1 (not offered any more)").arg(one), list);
        item->setData(Qt::UserRole, one);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(has.contains(one, Qt::CaseInsensitive) ? Qt::Checked : Qt::Unchecked);
    }
    list->setToolTip(tr("Space ticks, Enter keeps"));
    const int row = std::max(px(24), list->sizeHintForRow(0));
    list->setFixedHeight(row * std::clamp(int(all.size()), 1, mostTicksShown) + 2 * list->frameWidth());
    if (list->count() > 0)
        list->setCurrentRow(0);
    m_input = list;
}

FieldInput FieldEditor::read() const
{
    const CustomField *definition = m_definition ? &*m_definition : nullptr;
    if (const auto *box = qobject_cast<const QComboBox *>(m_input)) {
        const QString chosen = box->currentData().toString();
        if (m_shape == FieldShape::YesNo)
            return readField(m_field, chosen, definition, m_region);
        return {chosen, {}};
    }
    if (const auto *list = qobject_cast<const QListWidget *>(m_input)) {
        QJsonArray ticked;
        for (int i = 0; i < list->count(); ++i) {
            if (list->item(i)->checkState() == Qt::Checked)
                ticked.append(list->item(i)->data(Qt::UserRole).toString());
        }
        return {ticked, {}};
    }
    const auto *text = qobject_cast<const QPlainTextEdit *>(m_input);
    const auto *line = qobject_cast<const QLineEdit *>(m_input);
    return readField(m_field, text ? text->toPlainText() : line->text(), definition, m_region);
}

void FieldEditor::commit()
{
    if (m_ended)
        return;
    const FieldInput input = read();
    if (!input.ok()) {
        m_problem->setText(input.problem);
        m_problem->show();
        m_input->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_ended = true;
    Q_EMIT given(input.value);
}

void FieldEditor::finish()
{
    if (std::exchange(m_ended, true))
        return;
    const FieldInput input = read();
    if (input.ok())
        Q_EMIT given(input.value);
    else
        Q_EMIT takenBack();
}

void FieldEditor::begin()
{
    m_input->setFocus(Qt::OtherFocusReason);
    if (auto *line = qobject_cast<QLineEdit *>(m_input))
        line->selectAll();
    else if (auto *text = qobject_cast<QPlainTextEdit *>(m_input))
        text->selectAll();
}

bool FieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        const bool leaves = reason == Qt::MouseFocusReason || reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
        // What is wrong stays to be mended; what is right is kept.
        if (leaves && !m_ended && read().ok())
            QMetaObject::invokeMethod(this, &FieldEditor::finish, Qt::QueuedConnection);
    }
    if (watched != m_input || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (key->key() == Qt::Key_Escape) {
        if (!std::exchange(m_ended, true))
            Q_EMIT takenBack();
        return true;
    }
    const bool lines = m_shape == FieldShape::Text;
    if (enter && (!lines || key->modifiers().testFlag(Qt::ControlModifier))) {
        commit();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrigger::gui
