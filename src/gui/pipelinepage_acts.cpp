// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/chooser.h"
#include "gui/dealcolumn.h"
#include "gui/dealdialog.h"
#include "gui/dealpanel.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/work.h"
#include "models/boardmodel.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

// What a person does on the board, with one deal.
namespace outrigger::gui {

void PipelinePage::move(qint64 key, int column)
{
    const auto *to = m_model->column(column);
    const auto *from = m_model->column(m_model->columnWith(key));
    if (!to || !from)
        return;
    const DealRow *row = m_model->row(key);
    if (m_model->isTicked(key) && m_model->ticked().size() > 1) // all that are ticked go along
        withTicked([this, stage = to->stage()](const QVector<DealRow> &rows) { begin({rows, stage, {}, {}}); });
    else if (row && row->deal.stage == from->stage()) // at once, even when something else of it has changed
        moveTo(DealRow(*row), to->stage());
    else
        withDeal(key, [this, stage = to->stage()](const DealRow &now) { moveTo(now, stage); });
}

const Pipeline *PipelinePage::pipelineWith(const StageId &stage) const
{
    if (const auto &all = m_desk->reference().pipelines) {
        for (const Pipeline &one : *all) {
            if (one.stage(stage))
                return &one;
        }
    }
    return nullptr;
}

void PipelinePage::chooseStage(const DealRow &row)
{
    if (isLocked())
        return;
    QVector<Chooser::Item> items, elsewhere;
    if (const auto &all = m_desk->reference().pipelines) {
        for (const Pipeline &one : *all) {
            for (const Stage &stage : one.stages) {
                if (one.id == row.deal.pipeline)
                    items.append({stage.id.value, stage.name});
                else
                    elsewhere.append({stage.id.value, tr("%1: %2", "pipeline: stage").arg(one.name, stage.name)});
            }
        }
    }
    auto *chooser = new Chooser(u"pipeline.stages"_s, tr("Move %1 to").arg(row.deal.name), items + elsewhere, row.deal.stage.value, this);
    connect(chooser, &Chooser::chosen, this, [this, row](const QString &id) { moveTo(row, StageId(id)); });
    chooser->open();
}

void PipelinePage::choosePipeline()
{
    const auto &all = m_desk->reference().pipelines;
    if (!all || all->isEmpty())
        return;
    QVector<Chooser::Item> items;
    for (const Pipeline &one : *all)
        items.append({one.id.value, one.name});
    auto *chooser = new Chooser(u"pipeline.choice"_s, tr("Pipeline"), items, m_pipeline.value, this);
    connect(chooser, &Chooser::chosen, this, [this](const QString &id) {
        m_pipeline = PipelineId(id);
        m_settings->setState(u"pipeline.last"_s, id.toUtf8());
        showPipeline();
        takeFocus();
    });
    chooser->open();
}

void PipelinePage::setStatus(const DealRow &row, DealStatus status)
{
    if (isLocked())
        return;
    if (row.deal.status == status) {
        Q_EMIT announced(tr("%1 is %2 already.", "a deal, its status").arg(row.deal.name, models::dealwords::status(status)));
        return;
    }
    const auto submit = [this, row, status](const QString &reason) {
        DealChange change;
        change.status = status;
        change.lostReason = reason;
        static constexpr const char *words[] = {QT_TR_NOOP("Open again: %1"), QT_TR_NOOP("Won: %1"), QT_TR_NOOP("Lost: %1"), QT_TR_NOOP("Abandoned: %1")};
        m_work->changeDeal(row, change, tr(words[int(status)]).arg(row.deal.name), {});
    };
    if (status == DealStatus::Lost)
        askWhyLost(tr("Why was %1 lost?").arg(row.deal.name), submit);
    else
        submit({});
}

void PipelinePage::askValue(const DealRow &row, bool thenWon)
{
    if (isLocked())
        return;
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"pipeline.value"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Value"));
    dialog->setLabelText(thenWon ? tr("What was %1 worth?").arg(row.deal.name) : tr("What is %1 worth?").arg(row.deal.name));
    dialog->setTextValue(row.deal.value ? QLocale(QLocale::English).toString(*row.deal.value, 'f', 0) : QString());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, row, thenWon](const QString &text) {
        const auto value = readMoney(text);
        if (!value && !(thenWon && text.trimmed().isEmpty())) {
            Q_EMIT announced(tr("“%1” is no amount of money. Nothing was changed.").arg(text));
            askValue(row, thenWon);
            return;
        }
        DealChange change;
        if (value != row.deal.value)
            change.value = value;
        if (thenWon)
            change.status = DealStatus::Won;
        if (!change.isEmpty())
            m_work->changeDeal(row, change, thenWon ? tr("Won: %1").arg(row.deal.name)
                                                    : tr("%1 is worth %2 now").arg(row.deal.name, models::dealwords::money(value, m_model->region())), {});
    });
    dialog->open();
}

void PipelinePage::newDeal()
{
    const Pipeline *one = pipeline();
    if (!one || one->stages.isEmpty() || isLocked())
        return;
    StageId stage = one->stages.first().id;
    for (int i = 0; i < m_board->columnCount(); ++i) {
        if (m_board->column(i)->list()->hasFocus() && one->stage(m_model->column(i)->stage()))
            stage = m_model->column(i)->stage();
    }
    auto *dialog = new DealDialog(m_desk, one->id, stage, {}, {}, this);
    connect(dialog, &DealDialog::created, m_work, [this](const DealDraft &draft) { m_work->addDeal(draft); });
    dialog->open();
}

void PipelinePage::openRow(const DealRow &row)
{
    panel()->setDeal(row);
    panel()->setLocked(m_lock);
    panel()->show();
    panel()->takeFocus();
}

void PipelinePage::closePanel()
{
    if (!m_panel || !m_panel->isVisible())
        return;
    const bool had = m_panel->isAncestorOf(focusWidget()) || !focusWidget();
    m_panel->hide();
    m_panel->clear();
    if (had)
        takeFocus();
}

void PipelinePage::openDeal(const OpportunityId &id)
{
    m_opening = findDeal(this, id);
}

Task<void> PipelinePage::findDeal(PipelinePage *self, OpportunityId id)
{
    auto asking = self->m_engine->cache().deal(self->m_location, id);
    auto row = co_await asking;
    if (row && !*row) {
        auto reading = self->m_engine->refreshDeal(id);
        const Status read = co_await reading;
        if (read) {
            auto again = self->m_engine->cache().deal(self->m_location, id);
            row = co_await again;
        }
    }
    if (!row || !*row) {
        self->m_work->said(tr("This deal is not in HighLevel, or not on this computer yet."), {}, {});
        co_return;
    }
    const DealRow found = **row;
    self->m_pipeline = found.deal.pipeline;
    self->m_owner->setCurrentIndex(0);
    self->m_filter->clear();
    self->m_status->setCurrentIndex(self->m_status->findData(int(found.deal.status)));
    self->m_follow = found.key;
    self->showPipeline();
    self->openRow(found);
}

void PipelinePage::run(Command command)
{
    if (command == Command::BoardNextView) {
        nextView();
        return;
    }
    if (command == Command::DealExport) {
        exportShown();
        return;
    }
    if (waitsForCards(command) || runMany(command) || runInTable(command))
        return;
    const auto withCurrent = [this](std::function<void(const DealRow &)> act) { withDeal(currentKey(), std::move(act)); };
    switch (command) {
    case Command::DealTick: m_board->tickCurrent(); return;
    case Command::DealTickAll: m_board->tickColumn(); return;
    case Command::BoardMine: toggleMine(); return;
    case Command::BoardDensity: toggleDensity(); return;
    case Command::DealOwner:
        withCurrent([this](const DealRow &row) { chooseOwner({row}); });
        return;
    case Command::Down:
    case Command::Up:
        if (DealList *list = m_board->current(); list && list->model() && list->model()->rowCount() > 0) {
            const int at = list->currentIndex().isValid() ? list->currentIndex().row() + (command == Command::Down ? 1 : -1) : 0;
            list->setCurrentIndex(list->model()->index(std::clamp(at, 0, list->model()->rowCount() - 1), 0));
        }
        return;
    case Command::Open:
        withCurrent([this](const DealRow &row) { openRow(row); });
        return;
    case Command::FilterHere:
    case Command::ListFilter:
    case Command::BoardFilter: m_filter->setFocus(Qt::ShortcutFocusReason); return;
    case Command::DealLeft: m_board->moveCurrent(-1, false); return;
    case Command::DealRight: m_board->moveCurrent(1, false); return;
    case Command::DealFirst: m_board->moveCurrent(-1, true); return;
    case Command::DealLast: m_board->moveCurrent(1, true); return;
    case Command::DealLift: m_board->lift(); return;
    case Command::DealMove:
        withCurrent([this](const DealRow &row) { chooseStage(row); });
        return;
    case Command::DealWon:
        withCurrent([this](const DealRow &row) {
            if (row.deal.value || row.deal.status == DealStatus::Won)
                setStatus(row, DealStatus::Won);
            else
                askValue(row, true);
        });
        return;
    case Command::DealLost:
        withCurrent([this](const DealRow &row) { setStatus(row, DealStatus::Lost); });
        return;
    case Command::DealReopen:
        withCurrent([this](const DealRow &row) { setStatus(row, DealStatus::Open); });
        return;
    case Command::DealValue:
        withCurrent([this](const DealRow &row) { askValue(row, false); });
        return;
    case Command::DealNew: newDeal(); return;
    case Command::DealDelete:
        withCurrent([this](const DealRow &row) {
            if (!isLocked())
                m_work->deleteDeal(row);
        });
        return;
    case Command::DealText:
        withCurrent([this](const DealRow &row) {
            if (!row.deal.contactId.isEmpty())
                Q_EMIT contactRequested(row.deal.contactId);
        });
        return;
    case Command::PipelineSwitch: choosePipeline(); return;
    case Command::BoardColumn1: m_board->focusColumn(0); return;
    case Command::BoardColumn2: m_board->focusColumn(1); return;
    case Command::BoardColumn3: m_board->focusColumn(2); return;
    case Command::BoardColumn4: m_board->focusColumn(3); return;
    case Command::BoardColumn5: m_board->focusColumn(4); return;
    case Command::BoardColumn6: m_board->focusColumn(5); return;
    case Command::BoardColumn7: m_board->focusColumn(6); return;
    case Command::BoardColumn8: m_board->focusColumn(7); return;
    case Command::BoardColumn9: m_board->focusColumn(8); return;
    default: return;
    }
}

} // namespace outrigger::gui
