// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldsheet.h"

#include "domain/contactchange.h"
#include "gui/fieldvalue.h"
#include "gui/teamcard.h"
#include "models/desk.h"

#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int longestValue = 500;
constexpr int longestWord = 16; ///< that is wrapped rather than cut
}

FieldSheet::FieldSheet(const QString &kind, const QString &objectName, const QString &more, int labelWidth, models::Desk *desk, QWidget *parent)
    : QWidget(parent), m_desk(desk), m_kind(kind), m_labelWidth(labelWidth)
{
    setObjectName(objectName);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    m_more = pushButton(QString(), more, this);
    m_more->setFlat(true);
    m_more->setCursor(Qt::PointingHandCursor);
    column->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_all = !m_all;
        rebuild();
        m_more->setFocus(Qt::OtherFocusReason);
    });
}

void FieldSheet::startAnew()
{
    if (m_editor)
        m_editor->finish();
    m_all = false;
}

const CustomField *FieldSheet::definition(const QString &field) const
{
    const CustomFieldId id = contactfields::customId(field);
    for (const CustomField &one : m_desk->reference().customFields) {
        if (one.id == id)
            return &one;
    }
    return nullptr;
}

QString FieldSheet::shortened(const QString &text, bool day) const
{
    const QDate date = day ? QDate::fromString(text.left(10), Qt::ISODate) : QDate();
    return date.isValid() ? locale().toString(date, QLocale::ShortFormat) : text.left(longestValue);
}

void FieldSheet::addHeading(const QString &text)
{
    auto *heading = new Label(text, TextRole::SmallStrong, Ink::Text2, m_list);
    heading->setContentsMargins(0, px(8), 0, 0);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
}

QWidget *FieldSheet::addRow(const QString &field, const QString &name, const QString &shown, QWidget *right)
{
    auto *left = new Label(name, TextRole::Small, Ink::Text2, m_list);
    left->setWordWrap(true);
    left->setFixedWidth(px(m_labelWidth));
    left->setContentsMargins(0, px(3), 0, 0);
    right->setObjectName(m_kind + ".fact."_L1 + field);
    right->setAccessibleName(tr("%1: %2", "a field: what it holds").arg(name, shown.isEmpty() ? tr("empty") : shown));
    const int row = m_grid->rowCount();
    m_grid->addWidget(left, row, 0, Qt::AlignTop);
    m_grid->addWidget(right, row, 1);
    return right;
}

void FieldSheet::addFact(const QString &field, const QString &name, const QString &shown, const QString &why)
{
    if (shown.isEmpty())
        return;
    auto *right = new Label(shown, TextRole::Body, Ink::Text, m_list);
    const bool words = shown.contains(u' ');
    right->setWordWrap(words);
    right->setElided(!words);
    right->setMinimumWidth(1);
    right->setContentsMargins(px(4), px(2), px(4), px(2));
    right->setTextInteractionFlags(Qt::TextSelectableByMouse);
    right->setToolTip(why);
    addRow(field, name, shown, right);
}

void FieldSheet::addValue(const QString &field, const QString &name, const QString &shown)
{
    auto *right = new FieldValue(shown.isEmpty() ? tr("Add") : shown, shown.isEmpty(), m_list);
    const bool oneWord = !shown.contains(u' ') && shown.size() > longestWord;
    right->setWordWrap(!oneWord);
    right->setElided(oneWord);
    right->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignTop);
    connect(right, &FieldValue::activated, this, [this, field] { edit(field); });
    addRow(field, name, shown, right);
    m_values.insert(field, right);
}

void FieldSheet::tellWho(const QString &field, const QVector<UserId> &users)
{
    if (FieldValue *value = m_values.value(field))
        TeamCard::attach(value, m_desk, users);
}

void FieldSheet::rebuild()
{
    if (m_editor)
        return; // the others follow when it is done
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
    fill();
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_list);
    m_list->show();
    if (auto *value = m_values.value(focused))
        value->setFocus(Qt::OtherFocusReason);
}

FieldValue *FieldSheet::valueOf(const QString &field)
{
    if (!m_values.contains(field) && !m_all && !m_editor) {
        m_all = true;
        rebuild();
    }
    return m_values.value(field);
}

void FieldSheet::begin(const QString &field, const FieldEditor::Subject &subject)
{
    FieldValue *value = m_values.value(field);
    if (!value || m_editor)
        return;
    m_editor = new FieldEditor(subject, m_kind + ".edit."_L1 + field, m_list);
    int row = 0, column = 0, rows = 0, columns = 0;
    m_grid->getItemPosition(m_grid->indexOf(value), &row, &column, &rows, &columns);
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

void FieldSheet::endEditing(const QString &field)
{
    const bool here = m_editor->isAncestorOf(window()->focusWidget());
    m_editor->hide();
    m_editor->deleteLater();
    m_editor = nullptr;
    rebuild();
    // With the keys one goes on from here; who has clicked elsewhere is elsewhere.
    if (auto *value = m_values.value(field); value && here)
        value->setFocus(Qt::OtherFocusReason);
}

} // namespace outrigger::gui
