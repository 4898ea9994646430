// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window.h"

#include "gui/dealdialog.h"
#include "gui/pipelinepage.h"
#include "gui/toast.h"
#include "gui/work.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QPointer>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

// Deals, from wherever they are asked for.
namespace outrigger::gui {

namespace {

/// Waits for the name, so that the sheet opens with it.
Task<void> openNewDeal(models::Desk *desk, Work *work, ContactId contact, QPointer<QWidget> over)
{
    QString name;
    if (!contact.isEmpty()) {
        auto asking = desk->contact(contact);
        const auto found = co_await asking;
        if (found && *found)
            name = (*found)->displayName();
    }
    if (!over)
        co_return;
    auto *sheet = new DealDialog(desk, {}, {}, name.isEmpty() ? ContactId() : contact, name, over);
    QObject::connect(sheet, &DealDialog::created, work, [work](const DealDraft &draft) { work->addDeal(draft); });
    sheet->open();
}

} // namespace

PipelinePage *MainWindow::pipeline()
{
    if (!m_pipeline) {
        m_pipeline = new PipelinePage(m_engine, m_desk, m_settings, m_work, m_actions, m_pages);
        m_pages->addWidget(m_pipeline);
        m_pipeline->setPlace(m_place);
        carryDeals(m_pipeline);
        connect(m_pipeline, &PipelinePage::contactRequested, this, [this](const ContactId &contact) { openContact(contact); });
        connect(m_pipeline, &PipelinePage::bookingRequested, this, [this](const ContactId &contact) { bookFor(contact, {}); });
        connect(m_pipeline, &PipelinePage::taskRequested, this, &MainWindow::editTask);
        connect(m_pipeline, &PipelinePage::announced, this, &MainWindow::announce);
        m_toast->keepClearOf(m_pipeline->bar());
    }
    return m_pipeline;
}

void MainWindow::newDeal(const ContactId &contact)
{
    const auto &pipelines = m_desk->reference().pipelines;
    if (!pipelines || pipelines->isEmpty()) {
        m_toast->showMessage(tr("There is no pipeline yet. It comes with the first sync, or has to be made in HighLevel."));
        return;
    }
    m_dealTask = openNewDeal(m_desk, m_work, contact, this);
}

} // namespace outrigger::gui
