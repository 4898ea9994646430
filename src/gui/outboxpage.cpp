// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/outboxpage.h"

#include "domain/noteplace.h"
#include "gui/celldelegate.h"
#include "gui/emptystate.h"
#include "gui/keymap.h"
#include "gui/statuscell.h"
#include "gui/work.h"
#include "models/outboxmodel.h"
#include "sync/engine.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::OutboxModel;

OutboxPage::OutboxPage(sync::Engine *engine, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_work(work),
      m_model(new OutboxModel(&engine->outbox(), &engine->cache(), this))
{
    setObjectName(u"outbox.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    m_stack = new QStackedWidget(this);
    m_view = named(new QTableView(m_stack), u"outbox.list"_s, tr("Outbox"));
    m_view->setModel(m_model);
    setUpTable(m_view, 36);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setColumnWidth(OutboxModel::What, px(300));
    m_view->setColumnWidth(OutboxModel::To, px(160));
    m_view->setColumnWidth(OutboxModel::State, px(170));
    m_view->setColumnWidth(OutboxModel::Age, px(80));
    actions->attach(m_view, KeyScope::Lists);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"outbox.empty"_s);
    m_empty->set(u"outbox"_s, tr("Nothing waits. What you write shows here until HighLevel has it."));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    column->addWidget(buildActs());
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &OutboxPage::showEmptiness);
    connect(m_model, &QAbstractItemModel::modelReset, this, &OutboxPage::showEmptiness);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &OutboxPage::showActs);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &OutboxPage::showActs);
    connect(m_view, &QAbstractItemView::doubleClicked, m_open, &QPushButton::click);
    connect(engine, &sync::Engine::statusChanged, this, &OutboxPage::showHead);
    showHead();
    showEmptiness();
}

QWidget *OutboxPage::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 16, 12, 16, 12, 12);
    row->addWidget(new Label(tr("Outbox"), TextRole::Title, Ink::Text, head));
    m_summary = new Label(TextRole::Body, Ink::Text2, head);
    m_summary->setObjectName(u"outbox.summary"_s);
    m_summary->setElided(true);
    row->addWidget(m_summary, 1);
    m_finished = named(new QCheckBox(tr("Also what is through"), head), u"outbox.finished"_s, tr("Also what is through"));
    connect(m_finished, &QCheckBox::toggled, m_model, &OutboxModel::setFinishedToo);
    row->addWidget(m_finished);
    return head;
}

QWidget *OutboxPage::buildActs()
{
    auto *bar = new Pane(Ground::Window, this);
    bar->setEdges(Qt::TopEdge);
    auto *column = new QVBoxLayout(bar);
    setInsets(column, 16, 10, 16, 10, 8);
    m_reason = new Label(TextRole::Body, Ink::Text2, bar);
    m_reason->setObjectName(u"outbox.reason"_s);
    m_reason->setWordWrap(true);
    column->addWidget(m_reason);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    const auto act = [&](QPushButton *&button, const QString &text, const QString &id, auto &&what) {
        button = pushButton(text, "outbox."_L1 + id, bar);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, what] {
            const auto record = current();
            if (record)
                what(*record);
        });
    };
    act(m_there, tr("It is there"), u"there"_s, [this](const OutboxRecord &r) { m_work->resolve(r.id, Work::Resolution::Sent); });
    act(m_again, tr("Send again"), u"again"_s, [this](const OutboxRecord &r) { m_work->resolve(r.id, Work::Resolution::Resend); });
    act(m_discard, tr("Discard"), u"discard"_s, [this](const OutboxRecord &r) { m_work->resolve(r.id, Work::Resolution::Discard); });
    act(m_theirs, tr("Keep theirs"), u"theirs"_s, [this](const OutboxRecord &r) { m_work->dropRecord(r.id); });
    act(m_mine, tr("Use mine"), u"mine"_s, [this](const OutboxRecord &r) { m_work->retry(r.id); });
    act(m_retry, tr("Try again"), u"retry"_s, [this](const OutboxRecord &r) { m_work->retry(r.id); });
    act(m_now, tr("Send now"), u"now"_s, [this](const OutboxRecord &r) { m_work->release(r.id); });
    act(m_undo, tr("Take back"), u"undo"_s, [this](const OutboxRecord &r) { m_work->takeBack(r.id); });
    row->addStretch(1);
    act(m_open, tr("Open the conversation"), u"open"_s, [this](const OutboxRecord &r) { Q_EMIT contactRequested(noteplace::contactOf(r.contactId())); });
    column->addLayout(row);
    return bar;
}

void OutboxPage::takeFocus()
{
    m_wantsFocus = m_model->rowCount() == 0;
    if (!m_wantsFocus)
        m_view->setFocus(Qt::OtherFocusReason);
}

void OutboxPage::move(int step)
{
    const int rows = m_model->rowCount();
    const QModelIndex index = m_view->currentIndex();
    if (rows > 0)
        m_view->setCurrentIndex(m_model->index(index.isValid() ? qBound(0, index.row() + step, rows - 1) : 0, 0));
}

void OutboxPage::openCurrent()
{
    m_open->click();
}

void OutboxPage::setAccount(const std::optional<AccountId> &account)
{
    m_model->setAccount(account);
}

std::optional<OutboxRecord> OutboxPage::current() const
{
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid())
        return {};
    const QVariant value = index.data(OutboxModel::RecordRole);
    return value.isValid() ? std::optional(value.value<OutboxRecord>()) : std::nullopt;
}

void OutboxPage::showHead()
{
    const auto account = m_engine->account();
    const auto counts = m_engine->outbox().counts(account ? std::optional(account->id) : std::nullopt);
    QString text = statuswords::outbox(m_engine->status());
    if (counts.waiting > 0 && counts.oldest.isValid())
        text += tr(" · oldest %1").arg(statuswords::age(std::chrono::seconds(counts.oldest.secsTo(QDateTime::currentDateTimeUtc()))));
    m_summary->setText(text);
}

void OutboxPage::showEmptiness()
{
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_view) : m_empty);
    if (m_model->rowCount() > 0 && !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_model->index(0, 0));
    if (m_model->rowCount() > 0 && std::exchange(m_wantsFocus, false) && isVisible())
        m_view->setFocus(Qt::OtherFocusReason);
    showActs();
    showHead();
}

void OutboxPage::showActs()
{
    const auto record = current();
    const auto acts = record ? OutboxModel::actsOf(*record) : OutboxModel::Acts();
    m_undo->setVisible(acts.testFlag(OutboxModel::Undo) || acts.testFlag(OutboxModel::Cancel));
    m_now->setVisible(acts.testFlag(OutboxModel::SendNow));
    const bool conflict = record && OutboxModel::isConflict(*record);
    m_theirs->setVisible(conflict);
    m_mine->setVisible(conflict);
    m_retry->setVisible(acts.testFlag(OutboxModel::Retry) && !conflict);
    for (auto *button : {m_there, m_again, m_discard})
        button->setVisible(acts.testFlag(OutboxModel::Resolve));
    m_open->setVisible(record && !record->contactId().isEmpty());
    const QString reason = m_view->currentIndex().isValid()
        ? m_model->index(m_view->currentIndex().row(), OutboxModel::Reason).data().toString()
        : QString();
    m_reason->setText(acts.testFlag(OutboxModel::Resolve) && reason.isEmpty()
                          ? tr("The answer never came. Look in HighLevel whether the text is there, then say so.")
                          : conflict ? OutboxModel::conflictWords(*record) : reason);
    m_reason->setVisible(!m_reason->text().isEmpty());
    m_undo->parentWidget()->setVisible(record.has_value());
}

} // namespace outrigger::gui
