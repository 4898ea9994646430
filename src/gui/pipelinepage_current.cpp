// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/dealtable.h"
#include "gui/keymap.h"
#include "gui/work.h"
#include "models/boardmodel.h"
#include "models/dealtablemodel.h"
#include "sync/engine.h"

#include <QMenu>

using namespace Qt::StringLiterals;

// Which deal a key or a click means, and what can be done with it.
namespace outrigger::gui {

namespace {

/// Keys whose meaning depends on which card is the current one.
bool isAboutCard(Command command)
{
    switch (command) {
    case Command::Down:
    case Command::Up:
    case Command::Open:
    case Command::DealTick:
    case Command::DealTickAll:
    case Command::DealOwner:
    case Command::DealLeft:
    case Command::DealRight:
    case Command::DealFirst:
    case Command::DealLast:
    case Command::DealLift:
    case Command::DealMove:
    case Command::DealWon:
    case Command::DealLost:
    case Command::DealReopen:
    case Command::DealValue:
    case Command::DealDelete:
    case Command::DealText: return true;
    default: return false;
    }
}

} // namespace

qint64 PipelinePage::currentKey() const
{
    return m_view == View::Board ? m_board->currentKey() : m_view == View::List && m_table ? m_table->currentKey() : 0;
}

std::optional<DealRow> PipelinePage::currentRow() const
{
    const DealRow *row = m_view == View::Board ? m_model->row(currentKey()) : m_view == View::List && m_table ? m_rows->row(currentKey()) : nullptr;
    return row ? std::optional(*row) : std::nullopt;
}

void PipelinePage::withDeal(qint64 key, std::function<void(const DealRow &)> act)
{
    if (!key)
        return;
    const DealRow *known = m_view == View::List && m_rows ? m_rows->freshRow(key) : m_model->freshRow(key);
    if (known) {
        const DealRow row = *known; // what the act does may take it from the model
        act(row);
    } else {
        m_acting.start(readDeal(this, key, std::move(act)));
    }
}

Task<void> PipelinePage::readDeal(PipelinePage *self, qint64 key, std::function<void(const DealRow &)> act)
{
    auto reading = self->m_engine->cache().dealRows({key});
    const auto rows = co_await reading;
    if (!rows)
        self->m_work->said(rows.error().message, {}, {});
    else if (!rows->isEmpty())
        act(rows->first());
}

/// A key that comes before the cards of a new filter is about those: it waits the few milliseconds.
bool PipelinePage::waitsForCards(Command command)
{
    if (m_view != View::Board || !m_model->isRefilling() || !isAboutCard(command))
        return false;
    m_later.append(command);
    return true;
}

void PipelinePage::onRefilled()
{
    m_board->giveCurrent(true);
    const auto later = std::exchange(m_later, {});
    for (const Command command : later)
        run(command);
}

/// What can be done with the card under the pointer, or with the ticked ones when it is one of them.
void PipelinePage::showDealMenu(const QPoint &global)
{
    withDeal(currentKey(), [this, global](const DealRow &row) { popUpDealMenu(row, global); });
}

void PipelinePage::popUpDealMenu(const DealRow &row, const QPoint &global)
{
    const QVector<qint64> ticked = tickedKeys();
    const bool many = ticked.size() > 1;
    if (many && !ticked.contains(row.key))
        clearTicks(); // the pointer is elsewhere: it means this card alone
    auto *menu = new QMenu(this);
    menu->setObjectName(u"pipeline.deal.menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, const QString &name, Command command) {
        auto *action = menu->addAction(text + u'\t' + keyText(command));
        action->setObjectName(u"pipeline.deal."_s + name);
        connect(action, &QAction::triggered, this, [this, command] { run(command); });
        return action;
    };
    const bool both = many && ticked.contains(row.key);
    if (!both)
        add(tr("Open the deal"), u"open"_s, Command::Open);
    add(tr("Move to…"), u"move"_s, Command::DealMove);
    if (!both)
        add(tr("Value…"), u"value"_s, Command::DealValue);
    add(tr("Owner…"), u"owner"_s, Command::DealOwner);
    menu->addSeparator();
    const DealStatus now = row.deal.status;
    if (both || now != DealStatus::Won)
        add(tr("Won"), u"won"_s, Command::DealWon);
    if (both || now != DealStatus::Lost)
        add(tr("Lost…"), u"lost"_s, Command::DealLost);
    if (both || now != DealStatus::Abandoned) {
        auto *abandoned = menu->addAction(tr("Abandoned"));
        abandoned->setObjectName(u"pipeline.deal.abandoned"_s);
        connect(abandoned, &QAction::triggered, this, [this, both, key = row.key] {
            if (both)
                endMany(DealStatus::Abandoned);
            else
                withDeal(key, [this](const DealRow &deal) { setStatus(deal, DealStatus::Abandoned); });
        });
    }
    if (both || now != DealStatus::Open)
        add(tr("Open again"), u"reopen"_s, Command::DealReopen);
    menu->addSeparator();
    if (!both && !row.deal.contactId.isEmpty())
        add(tr("Conversation with the lead"), u"text"_s, Command::DealText);
    add(tr("Tick, or take the tick away"), u"tick"_s, Command::DealTick);
    menu->addSeparator();
    add(tr("Delete"), u"delete"_s, Command::DealDelete);
    menu->popup(global);
}

} // namespace outrigger::gui
