// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/task.h"
#include "domain/outboxrecord.h"
#include "domain/rows.h"
#include "gui/widgets.h"

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Work;

/// What needs a person's eye at this lead: changes that met a newer value (both are shown, one is chosen), and other
/// cards that may be the same person. Empty and hidden when there is nothing.
class LeadNotices : public QWidget
{
    Q_OBJECT
public:
    LeadNotices(models::Desk *desk, Work *work, QWidget *parent = nullptr);
    void setContact(const Contact &contact);

Q_SIGNALS:
    void contactRequested(const outrigger::ContactId &contact);

private:
    static Task<void> load(LeadNotices *self);
    void show(const QVector<OutboxRecord> &conflicts, const QVector<ContactHit> &twins);
    void addConflict(const OutboxRecord &record);
    void addTwin(const ContactHit &twin);
    QWidget *addBox(const QString &objectName, Strip::Kind kind);
    models::Desk *m_desk;
    Work *m_work;
    Contact m_contact;
    QWidget *m_list = nullptr;
    Task<void> m_loading;
};

} // namespace outrigger::gui
