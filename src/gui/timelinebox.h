// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/leadtask.h"

#include <QWidget>

class QListView;
class QPushButton;

namespace outrigger::models {
class Desk;
class LeadTimeline;
}

namespace outrigger::gui {

/// One lead's timeline in a panel: the latest entries, and all of them when somebody wants them. Enter or a click opens
/// what an entry is about.
class TimelineBox : public QWidget
{
    Q_OBJECT
public:
    TimelineBox(models::Desk *desk, QWidget *parent);
    void setContact(const ContactId &contact, const QString &name);

Q_SIGNALS:
    void conversationWanted(const outrigger::ContactId &contact);
    void noteWanted(qint64 note);
    void taskWanted(const outrigger::TaskRow &row);
    void dealWanted(const outrigger::OpportunityId &deal);

private:
    void show();
    void open(int row);
    models::LeadTimeline *m_model;
    QListView *m_list;
    QPushButton *m_more;
    bool m_all = false;
};

} // namespace outrigger::gui
