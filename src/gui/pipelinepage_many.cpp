// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/chooser.h"
#include "gui/dealbar.h"
#include "gui/dealtable.h"
#include "gui/keymap.h"
#include "gui/work.h"
#include "models/boardmodel.h"
#include "models/dealtablemodel.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

// Many deals at once. Each gets a record of its own, so that one that HighLevel refuses holds no other up.
namespace outrigger::gui {

void PipelinePage::buildBar(QVBoxLayout *column)
{
    m_bar = new DealBar(this);
    column->addWidget(m_bar);
    connect(m_bar, &DealBar::moveWanted, this, &PipelinePage::moveMany);
    connect(m_bar, &DealBar::ownerWanted, this, [this] { withTicked([this](const QVector<DealRow> &rows) { chooseOwner(rows); }); });
    connect(m_bar, &DealBar::statusWanted, this, &PipelinePage::endMany);
    connect(m_bar, &DealBar::deleteWanted, this, [this] {
        withTicked([this](const QVector<DealRow> &rows) {
            if (!isLocked())
                m_work->deleteDeals(rows);
            clearTicks();
        });
    });
    connect(m_bar, &DealBar::exportWanted, this, &PipelinePage::exportShown);
    connect(m_bar, &DealBar::cleared, this, [this] {
        clearTicks();
        takeFocus();
    });
    connect(m_model, &models::BoardModel::ticksChanged, this, &PipelinePage::showTicks);
}

void PipelinePage::showTicks()
{
    const QVector<qint64> keys = tickedKeys();
    double sum = 0;
    bool known = !keys.isEmpty();
    for (const qint64 key : keys) {
        const DealRow *row = m_view == View::List ? m_rows->row(key) : m_model->row(key);
        known = known && row; // a sum of those that were seen would be another sum
        if (row)
            sum += row->deal.value.value_or(0);
    }
    m_bar->setTicked(int(keys.size()), known && sum > 0 ? models::dealwords::money(sum, m_model->region()) : QString());
}

QVector<qint64> PipelinePage::tickedKeys() const { return m_view == View::List && m_table ? m_table->tickedKeys() : m_view == View::Board ? m_model->ticked() : QVector<qint64>(); }

void PipelinePage::clearTicks()
{
    m_model->clearTicks();
    if (m_table && m_table->tickedKeys().size() > 1)
        m_table->selectionModel()->setCurrentIndex(m_table->currentIndex(), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void PipelinePage::withTicked(std::function<void(const QVector<DealRow> &)> act)
{
    const QVector<qint64> keys = tickedKeys();
    if (!keys.isEmpty())
        m_ticking = readTicked(this, keys, std::move(act));
}

Task<void> PipelinePage::readTicked(PipelinePage *self, QVector<qint64> keys, std::function<void(const QVector<DealRow> &)> act)
{
    auto reading = self->m_engine->cache().dealRows(keys);
    const auto rows = co_await reading;
    if (!rows)
        self->m_work->said(rows.error().message, {}, {});
    else if (!rows->isEmpty())
        act(*rows);
}

void PipelinePage::moveMany()
{
    if (isLocked())
        return;
    const int count = int(tickedKeys().size());
    QVector<Chooser::Item> items;
    for (const Stage &stage : m_model->pipeline().stages)
        items.append({stage.id.value, stage.name});
    auto *chooser = new Chooser(u"pipeline.stages"_s, tr("Move %n deal(s) to", nullptr, count), items, {}, this);
    connect(chooser, &Chooser::chosen, this, [this](const QString &id) {
        withTicked([this, id](const QVector<DealRow> &rows) { begin({rows, StageId(id), {}, {}}); });
    });
    chooser->open();
}

void PipelinePage::chooseOwner(const QVector<DealRow> &rows)
{
    if (isLocked() || rows.isEmpty())
        return;
    QVector<Chooser::Item> items{{QString(), tr("Nobody")}};
    for (const User &user : m_desk->reference().users)
        items.append({user.id.value, m_desk->userName(user.id)});
    const QString title = rows.size() == 1 ? tr("Whose is %1?").arg(rows.first().deal.name) : tr("Whose are these %n deal(s)?", nullptr, int(rows.size()));
    auto *chooser = new Chooser(u"pipeline.owners"_s, title, items, rows.size() == 1 ? rows.first().deal.assignedTo.value : QString(), this);
    connect(chooser, &Chooser::chosen, this, [this, rows](const QString &id) {
        QVector<DealRow> others = rows;
        others.removeIf([&](const DealRow &row) { return row.deal.assignedTo.value == id; });
        if (others.isEmpty())
            return;
        DealChange change;
        change.assignedTo = UserId(id);
        const QString name = m_desk->userName(UserId(id));
        const QString what = others.size() == 1 ? others.first().deal.name : tr("%n deal(s)", nullptr, int(others.size()));
        m_work->changeDeals(others, change, id.isEmpty() ? tr("Nobody’s now: %1").arg(what) : tr("%1’s now: %2").arg(name, what), {});
        clearTicks();
    });
    chooser->open();
}

void PipelinePage::endMany(DealStatus status)
{
    if (isLocked())
        return;
    if (status != DealStatus::Lost) {
        withTicked([this, status](const QVector<DealRow> &rows) { end(rows, status, {}); });
        return;
    }
    askWhyLost(tr("Why were %n deal(s) lost?", nullptr, int(tickedKeys().size())), [this](const QString &reason) {
        withTicked([this, reason](const QVector<DealRow> &rows) { end(rows, DealStatus::Lost, reason); });
    });
}

void PipelinePage::askWhyLost(const QString &title, std::function<void(const QString &reason)> answered)
{
    const auto offered = [this] {
        QVector<Chooser::Item> items;
        for (const LostReason &reason : m_desk->reference().lostReasons.value_or(QVector<LostReason>()))
            items.append({reason.id, reason.name});
        items.append({QString(), tr("Without a reason")});
        return items;
    };
    const bool known = m_desk->reference().lostReasons.has_value();
    if (known && m_desk->reference().lostReasons->isEmpty()) {
        answered({}); // the location has none to choose from
        return;
    }
    auto *chooser = new Chooser(u"pipeline.lost"_s, title, offered(), offered().first().id, this);
    connect(chooser, &Chooser::chosen, this, answered);
    if (!known) {
        chooser->setHint(tr("HighLevel’s reasons are being read and appear here. Without them, the deal can be marked and a note written."));
        connect(m_desk, &models::Desk::referenceChanged, chooser, [this, chooser, offered] {
            if (!m_desk->reference().lostReasons)
                return;
            chooser->setItems(offered());
            chooser->setHint(m_desk->reference().lostReasons->isEmpty() ? tr("This location has no reasons to choose from.") : QString());
        });
        m_reasons = readReasons(this);
    }
    chooser->open();
}

Task<void> PipelinePage::readReasons(PipelinePage *self)
{
    auto reading = self->m_engine->syncNow({u"lostReasons"_s}, false);
    co_await reading; // referenceChanged says what came
}

void PipelinePage::end(const QVector<DealRow> &rows, DealStatus status, const QString &reason)
{
    QVector<DealRow> others = rows;
    others.removeIf([&](const DealRow &row) { return row.deal.status == status; });
    if (others.isEmpty())
        return;
    DealChange change;
    change.status = status;
    change.lostReason = reason;
    QString word = models::dealwords::status(status);
    word[0] = word.at(0).toUpper();
    m_work->changeDeals(others, change, tr("%1: %n deal(s)", nullptr, int(others.size())).arg(word), {});
    clearTicks();
}

/// With two or more ticked, the keys are about those.
bool PipelinePage::runMany(Command command)
{
    if (tickedKeys().size() < 2)
        return false;
    switch (command) {
    case Command::DealMove: moveMany(); return true;
    case Command::DealOwner: withTicked([this](const QVector<DealRow> &rows) { chooseOwner(rows); }); return true;
    case Command::DealWon: endMany(DealStatus::Won); return true;
    case Command::DealLost: endMany(DealStatus::Lost); return true;
    case Command::DealReopen: endMany(DealStatus::Open); return true;
    case Command::DealDelete:
        if (!isLocked())
            m_bar->askDelete();
        return true;
    default: return false;
    }
}

} // namespace outrigger::gui
