// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "gui/widgets.h"

#include <QHash>

class QGridLayout;
class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class FieldEditor;
class FieldValue;
class Work;

/// Fields of one contact as label and value, each changed where it stands. What is empty is shown when it is asked for.
class LeadFields : public QWidget
{
    Q_OBJECT
public:
    enum class Part {
        Reach,  ///< how and when they are reached, and whose they are: numbers, e-mail, their clock, owner, company
        Person, ///< names, address and the like
        Rest    ///< custom fields, do not disturb, followers
    };
    static bool isReach(const QString &field);
    LeadFields(Part part, models::Desk *desk, Work *work, QWidget *parent = nullptr);
    /// While one field of the same contact is being changed, only the others follow.
    void setContact(const Contact &contact);
    void edit(const QString &field);
    bool isEditing() const { return m_editor != nullptr; }

private:
    /// A conversation may be here before its contact: what is not known yet must not be taken for empty.
    bool isWhole() const { return !m_contact.location.isEmpty(); }
    void rebuild();
    void addReach();
    void addPerson();
    void addRest();
    void addField(const QString &field, const QString &shown, bool editable = true);
    void addPlain(const QString &label, const QString &text, const QString &id, const QString &why);
    void addHeading(const QString &text);
    QString shownValue(const QString &field) const;
    void give(const QString &field, const QJsonValue &value);
    void endEditing(const QString &field);
    const CustomField *definition(const QString &field) const;

    Part m_part;
    models::Desk *m_desk;
    Work *m_work;
    Contact m_contact;
    bool m_all = false; ///< empty ones too
    QWidget *m_list = nullptr;
    QGridLayout *m_grid = nullptr;
    QPushButton *m_more;
    FieldEditor *m_editor = nullptr;
    QString m_editing;
    QHash<QString, FieldValue *> m_values;
};

} // namespace outrigger::gui
