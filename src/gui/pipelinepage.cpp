// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/dealbar.h"
#include "gui/dealcolumn.h"
#include "gui/dealpanel.h"
#include "gui/dealtable.h"
#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/work.h"
#include "models/boardmodel.h"
#include "models/dealtablemodel.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "models/stagerules.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

PipelinePage::PipelinePage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Window, parent), m_engine(engine), m_desk(desk), m_settings(settings), m_work(work), m_actions(actions),
      m_model(new models::BoardModel(&engine->cache(), this))
{
    named(this, u"pipeline.page"_s, tr("Pipeline"));
    setFocusPolicy(Qt::StrongFocus);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    buildHead();
    m_problem = new Strip(u"pipeline.problem"_s, this);
    m_problem->hide();
    column->addWidget(m_problem);
    m_waiting = new Strip(u"pipeline.waiting"_s, this);
    m_waiting->hide();
    column->addWidget(m_waiting);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(u"pipeline.splitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_stack = new QStackedWidget(m_splitter);
    m_board = new BoardView(m_model, actions, m_stack);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"pipeline.empty"_s);
    m_stack->addWidget(m_board);
    m_stack->addWidget(m_empty);
    m_splitter->addWidget(m_stack);
    m_splitter->setStretchFactor(0, 1);
    column->addWidget(m_splitter, 1);
    buildBar(column);
    actions->attach(this, KeyScope::Board);
    const QStringList folded = QString::fromUtf8(settings->state(u"pipeline.folded"_s)).split(u'\n', Qt::SkipEmptyParts);
    m_board->setFolded(QSet<QString>(folded.cbegin(), folded.cend()));
    m_pipeline = PipelineId(QString::fromUtf8(settings->state(u"pipeline.last"_s)));
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, &PipelinePage::showPipeline);
    connect(m_board, &BoardView::moveWanted, this, &PipelinePage::move);
    connect(m_board, &BoardView::announced, this, &PipelinePage::announced);
    connect(m_board, &BoardView::foldedChanged, this, [this] {
        m_settings->setState(u"pipeline.folded"_s, QStringList(m_board->folded().values()).join(u'\n').toUtf8());
    });
    connect(m_model, &models::BoardModel::changed, this, &PipelinePage::showState);
    connect(m_model, &models::BoardModel::refilled, this, &PipelinePage::onRefilled);
    connect(m_model, &models::BoardModel::failed, this, [this](const Error &error) {
        m_later.clear();
        m_work->said(error.message, {}, {});
    });
    connect(m_board, &BoardView::cardMenuWanted, this, &PipelinePage::showDealMenu);
    connect(m_board, &BoardView::openWanted, this, [this] { run(Command::Open); });
    connect(desk, &models::Desk::referenceChanged, this, &PipelinePage::readReference);
    connect(engine, &sync::Engine::statusChanged, this, [this] {
        showLock();
        showState();
    });
    connect(&engine->outbox(), &sync::Outbox::recordChanged, this, &PipelinePage::onRecord);
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_model->hiddenByFilter() > 0)
            clearFilters();
        else
            newDeal();
    });
    connect(m_problem, &Strip::acted, this, [this] {
        if (!m_problems.isEmpty())
            m_work->dropRecord(m_problems.first().record);
    });
    connect(m_problem, &Strip::secondActed, this, [this] {
        if (!m_problems.isEmpty())
            m_work->retry(m_problems.first().record);
    });
    m_rules = new models::StageRules(desk, this);
    connect(m_rules, &models::StageRules::changed, this, [this] { m_board->setRules(m_rules->allWords()); });
    connect(m_rules, &models::StageRules::failed, this, [this](const Error &error) {
        m_work->said(tr("The rules of the stages could not be read or kept: %1").arg(error.message), {}, {});
    });
    connect(m_board, &BoardView::menuWanted, this, &PipelinePage::showMenu);
    connect(m_board, &BoardView::conflictDecided, this, [this](qint64 key, bool mine) {
        const DealRow *row = m_model->row(key);
        if (row && mine)
            m_work->retry(row->record);
        else if (row)
            m_work->dropRecord(row->record);
    });
    connect(m_waiting, &Strip::acted, this, [this] {
        m_waiting->hide();
        goOn();
    });
    connect(m_waiting, &Strip::secondActed, this, [this] {
        m_waiting->hide();
        m_move.reset();
    });
    connect(work, &Work::bookingEnded, this, &PipelinePage::onBooked);
    m_board->setDense(settings->state(u"pipeline.dense"_s) == "1");
    m_mine = settings->state(u"pipeline.mine"_s) == "1";
    m_sort->setVisible(m_view == View::Board);
    m_filter->setEnabled(m_view != View::Charts);
    m_status->setEnabled(m_view != View::Charts);
    readReference();
}

void PipelinePage::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *rows = new QVBoxLayout(head);
    setInsets(rows, 16, 10, 16, 10, 8);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(10));
    rows->addLayout(row);
    // Large letters take two rows: one would not fit any screen.
    auto *filters = px(100) >= 140 ? new QHBoxLayout : row;
    filters->setSpacing(px(10));
    m_lockSign = iconButton(u"lock"_s, u"pipeline.lock"_s, tr("This board can only be read"), head);
    m_lockSign->hide();
    row->addWidget(m_lockSign);
    connect(m_lockSign, &QToolButton::clicked, this, [this] { Q_EMIT announced(m_lock); });
    m_switch = pushButton(tr("Pipeline"), u"pipeline.switch"_s, head);
    m_switch->setIcon(icons::icon(u"chevron-down"_s));
    m_switch->setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight); // the arrow stands at the end
    m_switch->setToolTip(tr("Choose the pipeline (%1)").arg(keyText(Command::PipelineSwitch)));
    row->addWidget(m_switch);
    m_total = new Label(TextRole::Body, Ink::Text2, head);
    m_total->setObjectName(u"pipeline.total"_s);
    m_total->setElided(true);
    m_total->setMinimumWidth(px(152)); // count and sum; the weighted one where there is room
    row->addWidget(m_total, 1);
    m_hidden = new Label(TextRole::Small, Ink::Warn, head);
    m_hidden->setObjectName(u"pipeline.hidden"_s);
    filters->addWidget(m_hidden);
    m_owner = named(new QComboBox(head), u"pipeline.owner"_s, tr("Whose deals"));
    m_owner->addItem(tr("Everybody’s"), u"*"_s);
    filters->addWidget(m_owner);
    m_status = named(new QComboBox(head), u"pipeline.status"_s, tr("Which deals"));
    for (const DealStatus status : {DealStatus::Open, DealStatus::Won, DealStatus::Lost, DealStatus::Abandoned}) {
        QString word = models::dealwords::status(status);
        word[0] = word.at(0).toUpper();
        m_status->addItem(word, int(status));
    }
    m_status->addItem(tr("All"), -1);
    filters->addWidget(m_status);
    m_sort = named(new QComboBox(head), u"pipeline.sort"_s, tr("Order of the cards"));
    m_sort->addItem(tr("Latest move first"), int(DealSort::Newest));
    m_sort->addItem(tr("Longest in stage first"), int(DealSort::Oldest));
    m_sort->addItem(tr("Highest value first"), int(DealSort::Value));
    m_sort->addItem(tr("By name"), int(DealSort::Name));
    filters->addWidget(m_sort);
    m_filter = named(new QLineEdit(head), u"pipeline.filter"_s, tr("Find a deal"));
    m_filter->setPlaceholderText(tr("Find a deal"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(px(220));
    m_filter->setMinimumWidth(px(88));
    filters->addWidget(m_filter);
    if (filters != row) {
        filters->addStretch(1);
        rows->addLayout(filters);
    }
    buildViews(row, head);
    m_add = pushButton(tr("New deal"), u"pipeline.add"_s, head, true);
    m_add->setToolTip(tr("New deal (%1)").arg(keyText(Command::DealNew)));
    row->addWidget(m_add);
    static_cast<QVBoxLayout *>(layout())->addWidget(head);
    connect(m_switch, &QPushButton::clicked, this, &PipelinePage::choosePipeline);
    connect(m_add, &QPushButton::clicked, this, &PipelinePage::newDeal);
    connect(m_filter, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, &PipelinePage::applyFilter);
    connect(m_owner, &QComboBox::activated, this, [this] { rememberMine(); });
    for (QComboBox *box : {m_owner, m_status, m_sort})
        connect(box, &QComboBox::activated, this, [this] { showPipeline(); });
}

QWidget *PipelinePage::bar() const { return m_bar; }

const Pipeline *PipelinePage::pipeline() const
{
    const auto &all = m_desk->reference().pipelines;
    if (!all || all->isEmpty())
        return nullptr;
    for (const Pipeline &one : *all) {
        if (one.id == m_pipeline)
            return &one;
    }
    return &all->first();
}

void PipelinePage::setPlace(const LocationId &location)
{
    if (m_location != location && m_panel)
        closePanel();
    if (m_location != location)
        m_scopeMissing = false;
    m_location = location;
    m_rules->setLocation(location);
    readReference();
    showLock();
    loadProblems();
}

/// With the first deal that is opened, not with the page.
DealPanel *PipelinePage::panel()
{
    if (!m_panel) {
        m_panel = new DealPanel(m_desk, m_work, m_splitter);
        m_splitter->addWidget(m_panel);
        m_splitter->setStretchFactor(1, 0);
        m_panel->resize(px(380), m_splitter->height());
        m_splitter->setSizes({std::max(px(200), m_splitter->width() - px(380)), px(380)});
        connect(m_panel, &DealPanel::closed, this, &PipelinePage::closePanel);
        connect(m_panel, &DealPanel::stageWanted, this, &PipelinePage::chooseStage);
        connect(m_panel, &DealPanel::statusWanted, this, &PipelinePage::setStatus);
        connect(m_panel, &DealPanel::contactWanted, this, &PipelinePage::contactRequested);
        connect(m_panel, &DealPanel::bookingWanted, this, &PipelinePage::bookingRequested);
        connect(m_panel, &DealPanel::taskRequested, this, &PipelinePage::taskRequested);
        connect(m_panel, &DealPanel::announced, m_work, [this](const QString &sentence) { m_work->said(sentence, {}, {}); });
    }
    return m_panel;
}

/// A sign-in that says which permissions it has and lacks the one to write: the board shows, and says why it only shows.
void PipelinePage::showLock()
{
    const auto account = m_engine->account();
    const bool known = account && !account->scopes.isEmpty();
    const bool readOnly = known && !account->scopes.contains(u"opportunities.write"_s);
    m_lock = !readOnly && m_scopeMissing ? tr("HighLevel refused a change because the sign-in lacks the permission for it. Sign in again with more permissions (opportunities.write), and this board can be worked on.")
             : readOnly ? tr("The sign-in may read deals and not change them: the permission opportunities.write is missing. Sign in again with it, and this board can be worked on.")
                      : QString();
    const bool locked = !m_lock.isEmpty();
    m_lockSign->setVisible(locked);
    m_lockSign->setToolTip(m_lock);
    m_lockSign->setAccessibleDescription(m_lock);
    m_add->setEnabled(!locked);
    m_add->setToolTip(locked ? m_lock : tr("New deal (%1)").arg(keyText(Command::DealNew)));
    m_board->setReadOnly(locked);
    m_bar->setLocked(m_lock);
    if (m_panel)
        m_panel->setLocked(m_lock);
}

/// Says it when it is so.
bool PipelinePage::isLocked()
{
    if (m_lock.isEmpty())
        return false;
    m_work->said(m_lock, {}, {});
    return true;
}

ContactId PipelinePage::currentContact() const
{
    if (m_panel && m_panel->isVisible())
        return m_panel->row().deal.contactId;
    const auto row = currentRow();
    return row ? row->deal.contactId : ContactId();
}

/// Pipelines and people may be others than they were.
void PipelinePage::readReference()
{
    const QString chosen = m_owner->currentData().toString();
    while (m_owner->count() > 1)
        m_owner->removeItem(1);
    const auto account = m_engine->account();
    const UserId me = account ? account->me : UserId();
    if (!me.isEmpty())
        m_owner->addItem(tr("Mine"), me.value);
    m_owner->addItem(tr("Nobody’s"), QString());
    for (const User &user : m_desk->reference().users) {
        if (user.id != me)
            m_owner->addItem(tr("%1’s", "deals of a user").arg(user.name), user.id.value);
    }
    // "Mine" is a wish that holds from day to day; it waits until it is known who "I" am.
    m_owner->setCurrentIndex(std::max(0, m_owner->findData(m_mine && !me.isEmpty() && chosen == u"*"_s ? me.value : chosen)));
    m_model->setRegion(m_desk->region());
    showPipeline();
}

void PipelinePage::showPipeline()
{
    const Pipeline *one = pipeline();
    if (one && !m_location.isEmpty()) {
        m_pipeline = one->id;
        m_switch->setText(one->name);
        m_switch->setAccessibleName(tr("Pipeline: %1").arg(one->name));
        BoardQuery query;
        query.location = m_location;
        query.text = m_filter->text().trimmed();
        const int status = m_status->currentData().toInt();
        query.status = status < 0 ? std::nullopt : std::optional(DealStatus(status));
        if (const QString owner = m_owner->currentData().toString(); owner != u"*"_s)
            query.owner = UserId(owner);
        query.sort = DealSort(m_sort->currentData().toInt());
        m_model->show(*one, query);
        showCards();
        fillView();
    }
    showState();
}

void PipelinePage::applyFilter()
{
    if (m_pause.isActive()) {
        m_pause.stop();
        showPipeline(); // the next key is about what was typed
    }
    takeFocus();
}

void PipelinePage::rememberMine()
{
    const auto account = m_engine->account();
    m_mine = account && !account->me.isEmpty() && m_owner->currentData().toString() == account->me.value;
    m_settings->setState(u"pipeline.mine"_s, m_mine ? "1" : "0");
}

void PipelinePage::toggleMine()
{
    const auto account = m_engine->account();
    if (!account || account->me.isEmpty()) {
        m_work->said(tr("It is not known who you are in HighLevel yet, so there is no “mine”."), {}, {});
        return;
    }
    const int mine = m_owner->findData(account->me.value);
    m_owner->setCurrentIndex(m_owner->currentIndex() == mine ? 0 : std::max(0, mine));
    rememberMine();
    showPipeline();
    Q_EMIT announced(m_mine ? tr("Only your deals") : tr("Everybody’s deals"));
}

void PipelinePage::toggleDensity()
{
    m_board->setDense(!m_board->dense());
    m_settings->setState(u"pipeline.dense"_s, m_board->dense() ? "1" : "0");
    Q_EMIT announced(m_board->dense() ? tr("Low cards") : tr("High cards"));
}

void PipelinePage::clearFilters()
{
    m_owner->setCurrentIndex(0);
    rememberMine();
    m_filter->clear();
    showPipeline();
    takeFocus();
}

/// Counts and sums, and what stands in the place of a board that has nothing to show.
void PipelinePage::showState()
{
    const auto total = m_model->total();
    const QString region = m_model->region();
    QStringList words{tr("%n deal(s)", nullptr, total.deals)};
    if (total.value > 0)
        words.append(models::dealwords::money(total.value, region));
    if (total.weighted > 0)
        words.append(tr("weighted %1").arg(models::dealwords::money(std::round(total.weighted), region)));
    m_total->setText(pipeline() ? words.join(u"  ·  "_s) : QString());
    const int hidden = int(m_model->hiddenByFilter());
    m_hidden->setText(hidden > 0 ? tr("%n hidden by filters", nullptr, hidden) : QString());
    m_hidden->setVisible(hidden > 0);
    if (m_follow && m_model->columnWith(m_follow) >= 0)
        m_board->goTo(std::exchange(m_follow, 0));
    QWidget *page = viewWidget();
    if (!pipeline()) {
        page = m_empty;
        QString trouble;
        const auto areas = m_engine->status().areas;
        for (const auto &area : areas) {
            if (area.area == u"pipelines"_s)
                trouble = area.error;
        }
        if (trouble.isEmpty())
            m_empty->set(u"pipeline"_s, m_desk->reference().pipelines ? tr("There is no pipeline in HighLevel yet. Make one there, and it shows here.")
                                                                      : tr("The pipelines come with the first sync."));
        else
            m_empty->set(u"lock"_s, trouble);
    } else if (!m_model->isLoading() && total.deals == 0 && m_view != View::Charts) {
        if (hidden > 0) {
            page = m_empty;
            m_empty->set(u"filter"_s, tr("%n deal(s) hidden by filters.", nullptr, hidden), tr("Clear the filters"));
        } else if (m_status->currentIndex() == 0) {
            page = m_empty;
            m_empty->set(u"pipeline"_s, tr("No deals here."), tr("Add one"));
        }
    }
    if (m_stack->currentWidget() != page) {
        const bool had = hasFocus() || m_stack->isAncestorOf(focusWidget());
        m_stack->setCurrentWidget(page);
        if (had)
            takeFocus();
    }
    if (page == m_board && hasFocus() && total.deals > 0)
        takeFocus(); // the cards came after the person
    m_board->giveCurrent(false);
}

void PipelinePage::takeFocus()
{
    if (m_stack->currentWidget() == m_table && m_table) {
        m_table->setFocus(Qt::OtherFocusReason);
        m_table->move(0);
        return;
    }
    // Where there is no card the page has the keys: N, P, F.
    DealList *list = m_stack->currentWidget() == m_board ? m_board->current() : nullptr;
    (list ? static_cast<QWidget *>(list) : this)->setFocus(Qt::OtherFocusReason);
}

bool PipelinePage::nextPane(int step)
{
    if (!m_panel || !m_panel->isVisible())
        return false;
    const bool inPanel = m_panel->isAncestorOf(focusWidget()), inside = isAncestorOf(focusWidget());
    if (inPanel ? step > 0 : inside && step < 0)
        return false;
    if (inPanel || (!inside && step > 0))
        takeFocus();
    else
        m_panel->takeFocus();
    return true;
}

} // namespace outrigger::gui
