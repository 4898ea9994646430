// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadautomation.h"

#include "gui/chooser.h"
#include "gui/work.h"
#include "models/desk.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

LeadAutomation::LeadAutomation(models::Desk *desk, Work *work, QWidget *parent) : QWidget(parent), m_desk(desk), m_work(work)
{
    setObjectName(u"lead.automation"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Automation"), TextRole::SmallStrong, Ink::Text2, this));
    const auto add = [&](QPushButton *&button, const QString &text, const QString &id) {
        button = pushButton(text, u"lead."_s + id, this);
        column->addWidget(button, 0, Qt::AlignLeading);
    };
    add(m_workflow, tr("Add to a workflow"), u"workflow.add"_s);
    add(m_leave, tr("Take out of a workflow"), u"workflow.remove"_s);
    add(m_campaign, tr("Add to a campaign"), u"campaign.add"_s);
    add(m_stop, tr("Stop all campaigns"), u"campaign.clear"_s);
    connect(m_workflow, &QPushButton::clicked, this, [this] { choose(false, false); });
    connect(m_leave, &QPushButton::clicked, this, [this] { choose(false, true); });
    connect(m_campaign, &QPushButton::clicked, this, [this] { choose(true, false); });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_work->enrol(EnrolChange{m_contact.id, true, {}, {}, true}); });
    connect(desk, &models::Desk::referenceChanged, this, &LeadAutomation::show);
    show();
}

void LeadAutomation::setContact(const Contact &contact)
{
    m_contact = contact;
    show();
}

bool LeadAutomation::anyUsable(const std::optional<QVector<NamedItem>> &items)
{
    return items && std::any_of(items->cbegin(), items->cend(), [](const NamedItem &item) { return item.usable; });
}

void LeadAutomation::show()
{
    const auto &reference = m_desk->reference();
    const bool workflows = anyUsable(reference.workflows);
    const bool campaigns = anyUsable(reference.campaigns);
    m_workflow->setVisible(workflows);
    m_leave->setVisible(workflows);
    m_campaign->setVisible(campaigns);
    m_stop->setVisible(campaigns);
    setVisible(workflows || campaigns);
}

void LeadAutomation::choose(bool campaign, bool leave)
{
    const auto &items = campaign ? m_desk->reference().campaigns : m_desk->reference().workflows;
    QVector<Chooser::Item> offered;
    if (items) {
        for (const NamedItem &item : *items) {
            if (item.usable || leave) // a draft begins nothing
                offered.append({item.id, item.name});
        }
    }
    const QString title = campaign ? tr("Add %1 to a campaign") : leave ? tr("Take %1 out of a workflow") : tr("Add %1 to a workflow");
    auto *chooser = new Chooser(campaign ? u"lead.campaigns"_s : u"lead.workflows"_s, title.arg(m_contact.displayName()), offered, {}, this);
    connect(chooser, &Chooser::chosen, this, [this, campaign, leave, offered](const QString &id) {
        for (const auto &item : offered) {
            if (item.id == id)
                m_work->enrol(EnrolChange{m_contact.id, campaign, id, item.text, leave});
        }
    });
    chooser->open();
}

} // namespace outrigger::gui
