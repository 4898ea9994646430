// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "gui/fieldsheet.h"

namespace outrigger::gui {

class Work;

/// Fields of one contact as label and value, each changed where it stands. What is empty is shown when it is asked for.
class LeadFields : public FieldSheet
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
    void edit(const QString &field) override;

protected:
    void fill() override;
    void give(const QString &field, const QJsonValue &value) override;

private:
    static QString nameOf(Part part);
    /// A conversation may be here before its contact: what is not known yet must not be taken for empty.
    bool isWhole() const { return !m_contact.location.isEmpty(); }
    void addReach();
    void addPerson();
    void addRest();
    void addField(const QString &field, const QString &shown, bool editable = true);
    QString shownValue(const QString &field) const;

    Part m_part;
    Work *m_work;
    Contact m_contact;
};

} // namespace outrigger::gui
