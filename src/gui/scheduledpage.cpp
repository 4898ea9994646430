// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scheduledpage.h"

#include "gui/celldelegate.h"
#include "gui/emptystate.h"
#include "gui/keymap.h"
#include "gui/scheduleeditor.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/scheduledmodel.h"
#include "sync/engine.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>

#include <utility>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using models::ScheduledModel;

ScheduledPage::ScheduledPage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_settings(settings), m_work(work),
      m_model(new ScheduledModel(&engine->outbox(), &engine->cache(), this)), m_sorted(new QSortFilterProxyModel(this))
{
    setObjectName(u"scheduled.page"_s);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ScheduledModel::SortRole);
    m_sorted->setSortLocaleAware(true);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    m_stack = new QStackedWidget(this);
    buildTable();
    actions->attach(m_view, KeyScope::Lists);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"scheduled.empty"_s);
    m_empty->set(u"schedule"_s, tr("Nothing is scheduled. %1 in a text sends it later.").arg(keyText(Command::Schedule)));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    column->addWidget(buildActs());
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_sorted, signal, this, &ScheduledPage::showState);
    connect(m_sorted, &QAbstractItemModel::dataChanged, this, &ScheduledPage::showState);
    connect(m_model, &ScheduledModel::loaded, this, &ScheduledPage::showState);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ScheduledPage::showState);
    connect(m_view, &QAbstractItemView::doubleClicked, this, &ScheduledPage::change);
    connect(desk, &models::Desk::referenceChanged, this, [this] {
        if (const auto account = m_engine->account())
            setAccount(account->id); // by now it is known where the location is
    });
    showState();
}

QWidget *ScheduledPage::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 16, 12, 16, 12, 12);
    row->addWidget(new Label(tr("Scheduled"), TextRole::Title, Ink::Text, head));
    m_summary = new Label(TextRole::Body, Ink::Text2, head);
    m_summary->setObjectName(u"scheduled.summary"_s);
    m_summary->setElided(true);
    row->addWidget(m_summary, 1);
    return head;
}

void ScheduledPage::buildTable()
{
    m_view = named(new QTableView(m_stack), u"scheduled.list"_s, tr("Scheduled texts"));
    m_view->setModel(m_sorted);
    setUpTable(m_view, 36);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(ScheduledModel::When, Qt::AscendingOrder);
    m_view->horizontalHeader()->setSectionResizeMode(ScheduledModel::Text, QHeaderView::Stretch);
    m_view->setColumnWidth(ScheduledModel::When, px(150));
    m_view->setColumnWidth(ScheduledModel::TheirTime, px(150));
    m_view->setColumnWidth(ScheduledModel::To, px(170));
    m_view->setColumnWidth(ScheduledModel::State, px(190));
    m_view->installEventFilter(this);
}

QWidget *ScheduledPage::buildActs()
{
    m_acts = new Pane(Ground::Window, this);
    m_acts->setEdges(Qt::TopEdge);
    auto *row = new QHBoxLayout(m_acts);
    setInsets(row, 16, 10, 16, 10, 8);
    m_change = pushButton(tr("Change or send now"), u"scheduled.change"_s, m_acts);
    m_takeBack = pushButton(tr("Take back"), u"scheduled.takeBack"_s, m_acts);
    m_open = pushButton(tr("Open the conversation"), u"scheduled.open"_s, m_acts);
    m_takeBack->setToolTip(tr("It will not be sent; its words become a draft of that conversation (Del)"));
    row->addWidget(m_change);
    row->addWidget(m_takeBack);
    row->addStretch(1);
    row->addWidget(m_open);
    connect(m_change, &QPushButton::clicked, this, &ScheduledPage::change);
    connect(m_takeBack, &QPushButton::clicked, this, &ScheduledPage::takeBack);
    connect(m_open, &QPushButton::clicked, this, &ScheduledPage::openCurrent);
    return m_acts;
}

void ScheduledPage::setAccount(const std::optional<AccountId> &account)
{
    m_model->setAccount(account, m_desk->location(), m_desk->timezone());
}

void ScheduledPage::showEvent(QShowEvent *event)
{
    m_model->setActive(true);
    Pane::showEvent(event);
}

void ScheduledPage::hideEvent(QHideEvent *event)
{
    m_model->setActive(false);
    Pane::hideEvent(event);
}

void ScheduledPage::takeFocus()
{
    m_wantsFocus = m_sorted->rowCount() == 0;
    if (!m_wantsFocus)
        m_view->setFocus(Qt::OtherFocusReason);
}

void ScheduledPage::move(int step)
{
    const int rows = m_sorted->rowCount();
    const QModelIndex index = m_view->currentIndex();
    if (rows > 0)
        m_view->setCurrentIndex(m_sorted->index(index.isValid() ? qBound(0, index.row() + step, rows - 1) : 0, 0));
}

QVector<ScheduledText> ScheduledPage::chosen() const
{
    QVector<ScheduledText> all;
    const auto rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        all.append(row.data(ScheduledModel::ItemRole).value<ScheduledText>());
    return all;
}

void ScheduledPage::openCurrent()
{
    const auto items = chosen();
    if (items.size() == 1)
        Q_EMIT contactRequested(items.first().row.message.contactId);
}

void ScheduledPage::change()
{
    const auto items = chosen();
    if (items.size() == 1)
        (new ScheduleEditor(items.first(), m_desk, m_settings, m_work, window()))->open();
}

void ScheduledPage::takeBack()
{
    const auto items = chosen();
    for (const ScheduledText &item : items) {
        if (item.row.message.id.isEmpty())
            m_work->takeBack(item.row.record);
        else
            m_work->unschedule(item.row, Work::Return::Draft);
    }
}

bool ScheduledPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        takeBack();
        return true;
    }
    return Pane::eventFilter(watched, event);
}

void ScheduledPage::showState()
{
    const int rows = m_sorted->rowCount();
    m_stack->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_view) : m_empty);
    if (rows > 0 && !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_sorted->index(0, 0));
    if (rows > 0 && std::exchange(m_wantsFocus, false) && isVisible())
        m_view->setFocus(Qt::OtherFocusReason);
    const auto count = m_view->selectionModel()->selectedRows().size();
    m_summary->setText(rows > 0 ? tr("%n text(s) will leave later", nullptr, rows) : QString());
    m_takeBack->setText(count > 1 ? tr("Take back %n text(s)", nullptr, int(count)) : tr("Take back"));
    m_change->setEnabled(count == 1);
    m_open->setEnabled(count == 1);
    m_acts->setVisible(rows > 0);
}

} // namespace outrigger::gui
