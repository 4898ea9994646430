// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/dealrows.h"
#include "gui/fieldsheet.h"

namespace outrigger::gui {

class Work;

/// The fields of one deal as label and value, each changed where it stands. Stage and followers are asked for by name,
/// because moving a deal is more than changing a field.
class DealFields : public FieldSheet
{
    Q_OBJECT
public:
    DealFields(models::Desk *desk, Work *work, QWidget *parent);
    /// While one field of the same deal is being changed, only the others follow.
    void setDeal(const DealRow &row);
    /// Nothing can be changed, and why.
    void setLocked(const QString &why);
    /// name, value, stage, assignedTo, followers, or "field.<id>" of a custom field.
    void edit(const QString &field) override;
    /// Focuses the first field that can be changed; false when there is none.
    bool takeFocus();

Q_SIGNALS:
    void stageWanted(const outrigger::DealRow &row);
    void contactWanted(const outrigger::ContactId &contact);
    void refused(const QString &sentence);

protected:
    void fill() override;
    void give(const QString &field, const QJsonValue &value) override;

private:
    void addField(const QString &field, const QString &name, const QString &shown);
    void addOwn();
    void addCustom();
    void chooseFollower();
    QJsonValue customValue(const QString &field) const;
    QString label(const QString &field) const;
    QString dateText(const QDateTime &when) const;
    const Pipeline *pipeline() const;

    Work *m_work;
    DealRow m_row;
    QString m_locked;
};

} // namespace outrigger::gui
