// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/dealrows.h"
#include "gui/fieldeditor.h"

#include <QHash>

class QGridLayout;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class FieldValue;
class Work;

/// The fields of one deal as label and value, each changed where it stands. Stage and followers are asked for by name,
/// because moving a deal is more than changing a field.
class DealFields : public QWidget
{
    Q_OBJECT
public:
    DealFields(models::Desk *desk, Work *work, QWidget *parent);
    /// While one field of the same deal is being changed, only the others follow.
    void setDeal(const DealRow &row);
    /// Nothing can be changed, and why.
    void setLocked(const QString &why);
    /// name, value, stage, assignedTo, followers, or "field.<id>" of a custom field.
    void edit(const QString &field);
    bool isEditing() const { return m_editor != nullptr; }
    /// Focuses the first field that can be changed; false when there is none.
    bool takeFocus();

Q_SIGNALS:
    void stageWanted(const outrigger::DealRow &row);
    void contactWanted(const outrigger::ContactId &contact);
    void refused(const QString &sentence);

private:
    void rebuild();
    void addField(const QString &field, const QString &name, const QString &shown);
    void addPlain(const QString &field, const QString &name, const QString &shown, const QString &why);
    void addHeading(const QString &text);
    void addOwn();
    void addCustom();
    void chooseFollower();
    void begin(const FieldEditor::Subject &subject);
    void endEditing(const QString &field);
    void give(const QString &field, const QJsonValue &value);
    QJsonValue customValue(const QString &field) const;
    const CustomField *definition(const QString &field) const;
    QString label(const QString &field) const;
    QString dateText(const QDateTime &when) const;
    const Pipeline *pipeline() const;

    models::Desk *m_desk;
    Work *m_work;
    DealRow m_row;
    QString m_locked;
    bool m_all = false; ///< empty custom fields too
    QWidget *m_list = nullptr;
    QGridLayout *m_grid = nullptr;
    QPushButton *m_more;
    FieldEditor *m_editor = nullptr;
    QString m_editing;
    QHash<QString, FieldValue *> m_values;
};

} // namespace outrigger::gui
