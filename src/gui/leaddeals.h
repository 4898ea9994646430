// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/dealrows.h"

#include <QWidget>

class QVBoxLayout;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

/// The deals of the lead whose conversation is open: name, stage, value; each leads to the board.
class LeadDeals : public QWidget
{
    Q_OBJECT
public:
    LeadDeals(models::Desk *desk, QWidget *parent);
    void setContact(const ContactId &contact);

Q_SIGNALS:
    void dealChosen(const outrigger::OpportunityId &id);
    void newDealWanted(const outrigger::ContactId &contact);

private:
    void read();
    static Task<void> load(LeadDeals *self);
    void show(const QVector<DealRow> &rows);
    QString stageName(const Opportunity &deal) const;

    models::Desk *m_desk;
    ContactId m_contact;
    QWidget *m_list = nullptr;
    Task<void> m_loading;
};

} // namespace outrigger::gui
