// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"
#include "gui/widgets.h"

#include <optional>

class QPushButton;

namespace outrigger::models {
class Desk;
}

namespace outrigger::gui {

class Work;

/// Workflows and campaigns of the open lead. HighLevel does not tell who is in which, so they are only begun and ended.
class LeadAutomation : public QWidget
{
    Q_OBJECT
public:
    LeadAutomation(models::Desk *desk, Work *work, QWidget *parent = nullptr);
    /// Whether there is one that can be begun: a location without, or a sign-in that may not see them, has none.
    static bool anyUsable(const std::optional<QVector<NamedItem>> &items);
    void setContact(const Contact &contact);

private:
    void choose(bool campaign, bool leave);
    void show();
    models::Desk *m_desk;
    Work *m_work;
    Contact m_contact;
    QPushButton *m_workflow;
    QPushButton *m_campaign;
    QPushButton *m_stop;
    QPushButton *m_leave;
};

} // namespace outrigger::gui
