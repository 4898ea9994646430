// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/dealcharts.h"
#include "gui/dealtable.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "models/boardmodel.h"
#include "models/dealtablemodel.h"
#include "models/desk.h"
#include "sync/engine.h"
#include "sync/exportfile.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

// The same deals as a board, as a list and as charts.
namespace outrigger::gui {

void PipelinePage::buildViews(QBoxLayout *row, QWidget *head)
{
    const auto add = [&](const QString &icon, const QString &name, const QString &words) {
        auto *button = iconButton(icon, u"pipeline.view."_s + name, words, head);
        button->setToolTip(tr("%1 (%2)").arg(words, keyText(Command::BoardNextView)));
        button->setCheckable(true);
        const auto view = View(m_viewButtons.size());
        connect(button, &QToolButton::clicked, this, [this, view] { setView(view); });
        m_viewButtons.append(button);
        row->addWidget(button);
    };
    add(u"pipeline"_s, u"board"_s, tr("Board"));
    add(u"tasks"_s, u"list"_s, tr("List"));
    add(u"reports"_s, u"charts"_s, tr("Funnel and forecast"));
    const int kept = m_settings->state(u"pipeline.view"_s).toInt();
    m_view = View(std::clamp(kept, 0, 2));
    m_viewButtons[int(m_view)]->setChecked(true);
    m_cards = iconButton(u"panel"_s, u"pipeline.cards"_s, tr("What the cards show"), head);
    m_cards->setVisible(m_view == View::Board);
    connect(m_cards, &QToolButton::clicked, this, &PipelinePage::showCardMenu);
    row->addWidget(m_cards);
    auto *out = iconButton(u"save"_s, u"pipeline.export"_s, tr("Export these deals"), head);
    out->setToolTip(tr("Export these deals (%1)").arg(keyText(Command::DealExport)));
    connect(out, &QToolButton::clicked, this, &PipelinePage::exportShown);
    row->addWidget(out);
}

void PipelinePage::setView(View view)
{
    const qint64 key = m_view == View::Board ? m_board->currentKey() : m_table ? m_table->currentKey() : 0;
    clearTicks(); // what is ticked must be what is seen
    m_view = view;
    m_settings->setState(u"pipeline.view"_s, QByteArray::number(int(view)));
    for (int i = 0; i < m_viewButtons.size(); ++i)
        m_viewButtons[i]->setChecked(i == int(view));
    m_sort->setVisible(view == View::Board); // a table has its heads for that
    m_cards->setVisible(view == View::Board);
    const bool charts = view == View::Charts;
    m_filter->setEnabled(!charts);
    m_filter->setToolTip(charts ? tr("The charts show all deals of the pipeline, whatever is looked for.") : QString());
    m_status->setEnabled(!charts);
    fillView();
    showState();
    showTicks();
    if (view == View::Board && key && m_model->columnWith(key) >= 0)
        m_board->goTo(key);
    else if (view == View::List && key)
        m_table->goTo(key);
    takeFocus();
    Q_EMIT announced(m_viewButtons[int(view)]->accessibleName());
}

void PipelinePage::nextView()
{
    setView(View((int(m_view) + 1) % 3));
}

DealTable *PipelinePage::table()
{
    if (!m_table) {
        m_rows = new models::DealTableModel(&m_engine->cache(), this);
        m_table = new DealTable(m_rows, m_settings, m_actions, m_stack);
        m_stack->addWidget(m_table);
        connect(m_table, &DealTable::ticksChanged, this, &PipelinePage::showTicks);
        connect(m_table, &DealTable::opened, this, [this] { run(Command::Open); });
        connect(m_table, &DealTable::menuWanted, this, &PipelinePage::showDealMenu);
        connect(m_rows, &models::DealTableModel::spineChanged, this, &PipelinePage::showTicks);
    }
    return m_table;
}

DealCharts *PipelinePage::charts()
{
    if (!m_charts) {
        m_charts = new DealCharts(m_desk, m_stack);
        m_stack->addWidget(m_charts);
    }
    return m_charts;
}

QWidget *PipelinePage::viewWidget()
{
    switch (m_view) {
    case View::List: return table();
    case View::Charts: return charts();
    default: return m_board;
    }
}

void PipelinePage::fillView()
{
    const Pipeline *one = pipeline();
    if (!one || m_location.isEmpty())
        return;
    if (m_view == View::List) {
        table();
        m_rows->show(*one, m_model->query(), m_model->region());
    } else if (m_view == View::Charts) {
        charts()->show(*one, m_model->query().owner);
    }
}

void PipelinePage::moveInOrder(const DealRow &row, Command command)
{
    const auto &stages = m_model->pipeline().stages;
    if (stages.isEmpty())
        return;
    const auto found = std::find_if(stages.begin(), stages.end(), [&row](const Stage &stage) { return stage.id == row.deal.stage; });
    const int at = found != stages.end() ? int(found - stages.begin()) : 0, last = int(stages.size()) - 1;
    const int to = command == Command::DealFirst ? 0 : command == Command::DealLast ? last : std::clamp(at + (command == Command::DealRight ? 1 : -1), 0, last);
    if (to != at)
        moveTo(row, stages[to].id);
}

bool PipelinePage::runInTable(Command command)
{
    if (m_view != View::List || !m_table)
        return false;
    switch (command) {
    case Command::Down: m_table->move(1); return true;
    case Command::Up: m_table->move(-1); return true;
    case Command::DealTick: m_table->toggleCurrent(); return true;
    case Command::DealTickAll: m_table->selectAll(); return true;
    case Command::DealLeft:
    case Command::DealRight:
    case Command::DealFirst:
    case Command::DealLast: withDeal(currentKey(), [this, command](const DealRow &row) { moveInOrder(row, command); }); return true;
    case Command::DealLift: withDeal(currentKey(), [this](const DealRow &row) { chooseStage(row); }); return true;
    default: return command >= Command::BoardColumn1 && command <= Command::BoardColumn9;
    }
}

/// The ticked ones; with none, all that are shown.
void PipelinePage::exportShown()
{
    QVector<qint64> keys = tickedKeys();
    if (keys.isEmpty() && m_view == View::List && m_rows) {
        for (int row = 0; row < m_rows->rowCount(); ++row)
            keys.append(m_rows->keyAt(row));
    } else if (keys.isEmpty()) {
        for (int i = 0; i < m_model->columnCount(); ++i)
            keys += m_model->column(i)->keys();
    }
    if (keys.isEmpty()) {
        Q_EMIT announced(tr("There is nothing to export."));
        return;
    }
    auto *dialog = new QFileDialog(this, tr("Export %n deal(s)", nullptr, int(keys.size())), QString(), tr("Comma-separated values (*.csv);;JSON Lines (*.jsonl)"));
    dialog->setObjectName(u"pipeline.export.file"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, keys](const QString &path) { m_exporting = writeExport(this, path, keys); });
    dialog->open();
}

Task<void> PipelinePage::writeExport(PipelinePage *self, QString path, QVector<qint64> keys)
{
    sync::ExportRequest request;
    request.location = self->m_location;
    request.kind = sync::ExportKind::Opportunities;
    request.format = sync::exportFormatOf(path);
    request.deals = keys;
    auto writing = sync::exportToFile(&self->m_engine->cache(), request, path);
    const auto count = co_await writing;
    Q_EMIT self->announced(count ? tr("%n deal(s) written to %1", nullptr, int(*count)).arg(path) : count.error().message);
}

} // namespace outrigger::gui
