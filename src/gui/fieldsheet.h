// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/fieldeditor.h"

#include <QHash>

class QGridLayout;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class FieldValue;

/// Fields of one record as label and value, each changed where it stands: what the page of a lead and that of a deal have
/// in common. Which rows there are, and what a change does, is theirs.
class FieldSheet : public QWidget
{
    Q_OBJECT
public:
    virtual void edit(const QString &field) = 0;
    bool isEditing() const { return m_editor != nullptr; }

protected:
    /// kind: what the names of rows and editors begin with ("lead": lead.fact.X, lead.edit.X). more: of the button that shows
    /// empty fields, too.
    FieldSheet(const QString &kind, const QString &objectName, const QString &more, int labelWidth, models::Desk *desk, QWidget *parent);
    virtual void fill() = 0; ///< adds the rows
    virtual void give(const QString &field, const QJsonValue &value) = 0;
    void rebuild();
    /// Another record, whose rows begin without the empty ones; what is being edited of the one before is finished.
    void startAnew();
    void addHeading(const QString &text);
    /// A row that cannot be changed, and why; none when there is nothing to show.
    void addFact(const QString &field, const QString &name, const QString &shown, const QString &why);
    void addValue(const QString &field, const QString &name, const QString &shown);
    /// The field names teammates: a card says who they are.
    void tellWho(const QString &field, const QVector<UserId> &users);
    /// The field's row, with the empty ones shown when it is one of those; null: there is none.
    FieldValue *valueOf(const QString &field);
    void begin(const QString &field, const FieldEditor::Subject &subject);
    /// What the location says of a custom field; null: it was removed, or it is none.
    const CustomField *definition(const QString &field) const;
    /// A value as it is shown: days as people write them, and not without end.
    QString shortened(const QString &text, bool day) const;

    models::Desk *m_desk;
    bool m_all = false; ///< empty ones too
    QPushButton *m_more;

private:
    QWidget *addRow(const QString &field, const QString &name, const QString &shown, QWidget *right);
    void endEditing(const QString &field);
    QString m_kind;
    int m_labelWidth;
    QWidget *m_list = nullptr;
    QGridLayout *m_grid = nullptr;
    FieldEditor *m_editor = nullptr;
    QHash<QString, FieldValue *> m_values;
};

} // namespace outrigger::gui
