// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "domain/leadnote.h"
#include "gui/boardview.h"
#include "gui/dealcolumn.h"
#include "gui/work.h"
#include "models/boardmodel.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "models/stagerules.h"

#include <QInputDialog>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

// Deals on their way into a stage, and what that stage wants of them.
namespace outrigger::gui {

void PipelinePage::moveTo(const DealRow &row, const StageId &stage)
{
    begin({{row}, stage, {}, {}});
}

void PipelinePage::begin(Move move)
{
    const Pipeline *line = pipelineWith(move.stage);
    move.rows.removeIf([&](const DealRow &row) { return row.deal.stage == move.stage; });
    if (!line || move.rows.isEmpty() || isLocked())
        return;
    m_waiting->hide(); // what waited is given up for this one
    m_move = std::move(move);
    goOn();
}

/// Asks the next thing that is still to be asked. What takes a booking or a value is asked of one deal; of many, what
/// holds for all.
void PipelinePage::goOn()
{
    if (!m_move)
        return;
    const auto rule = m_rules->rule(m_move->stage);
    const bool one = m_move->rows.size() == 1;
    if (rule.books && one && !std::exchange(m_move->booked, true) && !m_move->rows.first().deal.contactId.isEmpty())
        askBooking();
    else if (rule.askValue && one && !std::exchange(m_move->valueAsked, true))
        askForValue();
    else if (rule.askReason && !std::exchange(m_move->reasonAsked, true))
        askForReason();
    else
        finish();
}

/// The deal stays where it is until the appointment is booked, or until the person says that it need not be.
void PipelinePage::askBooking()
{
    const DealRow &row = m_move->rows.first();
    const QString stage = pipelineWith(m_move->stage)->stage(m_move->stage)->name;
    m_waiting->show(Strip::Kind::Info, tr("%1 comes to %2 when the appointment is booked.").arg(row.deal.name, stage), tr("Move without booking"), tr("Leave it"));
    Q_EMIT announced(m_waiting->sentence());
    Q_EMIT bookingRequested(row.deal.contactId);
}

void PipelinePage::onBooked(const OutboxRecord &record)
{
    const bool ours = m_move && m_waiting->isVisible() && record.contactId() == m_move->rows.first().deal.contactId;
    if (!ours || record.kind != OutboxKind::BookAppointment || record.state != OutboxState::Confirmed)
        return;
    m_waiting->hide();
    goOn();
}

void PipelinePage::askForValue()
{
    const DealRow &row = m_move->rows.first();
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"pipeline.rule.value"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Value"));
    dialog->setLabelText(tr("What is %1 worth, now that it comes to %2?").arg(row.deal.name, pipelineWith(m_move->stage)->stage(m_move->stage)->name));
    dialog->setTextValue(row.deal.value ? QLocale(QLocale::English).toString(*row.deal.value, 'f', 0) : QString());
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        if (!m_move)
            return;
        m_move->value = readMoney(text);
        if (!m_move->value && !text.trimmed().isEmpty()) {
            Q_EMIT announced(tr("“%1” is no amount of money. Write it like 12,500.").arg(text));
            askForValue();
            return;
        }
        goOn();
    });
    connect(dialog, &QDialog::rejected, this, [this] { m_move.reset(); });
    dialog->open();
}

void PipelinePage::askForReason()
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(u"pipeline.rule.reason"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Reason"));
    const QString stage = pipelineWith(m_move->stage)->stage(m_move->stage)->name;
    dialog->setLabelText(m_move->rows.size() == 1 ? tr("Why does %1 come to %2? It is kept as a note of the lead.").arg(m_move->rows.first().deal.name, stage)
                                                  : tr("Why do these %n deal(s) come to %1? It is kept as a note of each lead.", nullptr, int(m_move->rows.size())).arg(stage));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        if (!m_move)
            return;
        m_move->reason = text.trimmed();
        if (m_move->reason.isEmpty()) {
            Q_EMIT announced(tr("This stage wants a reason. Nothing was moved."));
            m_move.reset();
            return;
        }
        goOn();
    });
    connect(dialog, &QDialog::rejected, this, [this] { m_move.reset(); });
    dialog->open();
}

void PipelinePage::finish()
{
    const Move move = *std::exchange(m_move, std::nullopt);
    const Pipeline *line = pipelineWith(move.stage);
    if (!line)
        return; // gone while the person was asked
    const QString stage = line->stage(move.stage)->name;
    DealChange change;
    change.pipeline = line->id;
    change.stage = move.stage;
    const bool here = line->id == m_model->pipeline().id;
    QVector<qint64> ahead;
    for (const DealRow &row : move.rows) {
        if (here && m_model->columnWith(row.key) >= 0)
            ahead.append(row.key);
    }
    // Before anything is stored: the hand has let go.
    for (const qint64 key : std::as_const(ahead))
        m_model->moveAhead(key, move.stage);
    const auto stored = [this, ahead] { m_model->settle(ahead); };
    if (move.rows.size() == 1) {
        const DealRow &row = move.rows.first();
        if (!ahead.isEmpty() && m_board->isVisible() && (!focusWidget() || m_board->isAncestorOf(focusWidget()) || focusWidget() == this))
            m_board->goTo(row.key);
        if (move.value && move.value != row.deal.value)
            change.value = move.value;
        m_work->changeDeal(row, change, tr("Moved to %1: %2").arg(stage, row.deal.name), [stored](bool) { stored(); });
        Q_EMIT announced(tr("%1 moved to %2.").arg(row.deal.name, stage));
    } else {
        const QString words = tr("Moved to %1: %n deal(s)", nullptr, int(move.rows.size())).arg(stage);
        m_work->changeDeals(move.rows, change, words, stored);
        clearTicks();
        Q_EMIT announced(words);
    }
    if (move.reason.isEmpty())
        return;
    QSet<QString> told;
    for (const DealRow &row : move.rows) {
        if (row.deal.contactId.isEmpty() || told.contains(row.deal.contactId.value))
            continue;
        told.insert(row.deal.contactId.value);
        NoteDraft note;
        note.contactId = row.deal.contactId;
        note.body = tr("%1 came to %2: %3").arg(row.deal.name, stage, move.reason);
        m_work->addNote(note, {});
    }
}

/// What a stage wants, ticked where it stands.
void PipelinePage::showMenu(int column, const QPoint &global)
{
    const auto *of = m_model->column(column);
    if (!of)
        return;
    const StageId stage = of->stage();
    auto *menu = new QMenu(this);
    menu->setObjectName(u"pipeline.menu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(tr("A deal that comes to %1").arg(m_model->columnName(column)));
    const auto rule = m_rules->rule(stage);
    const auto add = [&](const QString &text, const QString &name, bool models::StageRule::*flag) {
        auto *action = menu->addAction(text);
        action->setObjectName(u"pipeline.rule."_s + name);
        action->setCheckable(true);
        action->setChecked(rule.*flag);
        action->setEnabled(m_rules->isLoaded());
        connect(action, &QAction::toggled, this, [this, stage, flag](bool on) {
            auto now = m_rules->rule(stage);
            now.*flag = on;
            m_rules->setRule(stage, now);
        });
    };
    add(tr("Books an appointment first"), u"books"_s, &models::StageRule::books);
    add(tr("Asks for its value"), u"value"_s, &models::StageRule::askValue);
    add(tr("Asks for a reason, kept as a note"), u"reason"_s, &models::StageRule::askReason);
    add(tr("Sets off automations"), u"automations"_s, &models::StageRule::automations);
    menu->addSeparator();
    auto *tick = menu->addAction(tr("Tick all deals of this stage"));
    tick->setObjectName(u"pipeline.menu.tick"_s);
    connect(tick, &QAction::triggered, this, [this, stage] {
        if (const auto *now = m_model->column(m_model->columnOf(stage)))
            m_model->tick(now->keys(), true);
    });
    menu->popup(global);
}

} // namespace outrigger::gui
