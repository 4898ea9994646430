// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pipelinepage.h"

#include "gui/boardview.h"
#include "gui/chooser.h"
#include "gui/dealcolumn.h"
#include "gui/dealdialog.h"
#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/work.h"
#include "models/boardmodel.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

PipelinePage::PipelinePage(sync::Engine *engine, models::Desk *desk, Settings *settings, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Window, parent), m_engine(engine), m_desk(desk), m_settings(settings), m_work(work),
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
    m_stack = new QStackedWidget(this);
    m_board = new BoardView(m_model, actions, m_stack);
    m_empty = new EmptyState(m_stack);
    m_empty->setObjectName(u"pipeline.empty"_s);
    m_stack->addWidget(m_board);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
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
    connect(desk, &models::Desk::referenceChanged, this, &PipelinePage::readReference);
    connect(engine, &sync::Engine::statusChanged, this, &PipelinePage::showState);
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
    readReference();
}

void PipelinePage::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 16, 10, 16, 10, 10);
    m_switch = pushButton(tr("Pipeline"), u"pipeline.switch"_s, head);
    m_switch->setIcon(icons::icon(u"chevron-down"_s));
    m_switch->setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight); // the arrow stands at the end
    m_switch->setToolTip(tr("Choose the pipeline (%1)").arg(keyText(Command::PipelineSwitch)));
    row->addWidget(m_switch);
    m_total = new Label(TextRole::Body, Ink::Text2, head);
    m_total->setObjectName(u"pipeline.total"_s);
    m_total->setElided(true);
    row->addWidget(m_total, 1);
    m_hidden = new Label(TextRole::Small, Ink::Warn, head);
    m_hidden->setObjectName(u"pipeline.hidden"_s);
    row->addWidget(m_hidden);
    m_owner = named(new QComboBox(head), u"pipeline.owner"_s, tr("Whose deals"));
    m_owner->addItem(tr("Everybody’s"), u"*"_s);
    row->addWidget(m_owner);
    m_status = named(new QComboBox(head), u"pipeline.status"_s, tr("Which deals"));
    for (const DealStatus status : {DealStatus::Open, DealStatus::Won, DealStatus::Lost, DealStatus::Abandoned}) {
        QString word = models::dealwords::status(status);
        word[0] = word.at(0).toUpper();
        m_status->addItem(word, int(status));
    }
    m_status->addItem(tr("All"), -1);
    row->addWidget(m_status);
    m_sort = named(new QComboBox(head), u"pipeline.sort"_s, tr("Order of the cards"));
    m_sort->addItem(tr("Latest move first"), int(DealSort::Newest));
    m_sort->addItem(tr("Longest in stage first"), int(DealSort::Oldest));
    m_sort->addItem(tr("Highest value first"), int(DealSort::Value));
    m_sort->addItem(tr("By name"), int(DealSort::Name));
    row->addWidget(m_sort);
    m_filter = named(new QLineEdit(head), u"pipeline.filter"_s, tr("Find a deal"));
    m_filter->setPlaceholderText(tr("Find a deal"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(px(220));
    row->addWidget(m_filter);
    auto *add = pushButton(tr("New deal"), u"pipeline.add"_s, head, true);
    add->setToolTip(tr("New deal (%1)").arg(keyText(Command::DealNew)));
    row->addWidget(add);
    static_cast<QVBoxLayout *>(layout())->addWidget(head);
    connect(m_switch, &QPushButton::clicked, this, &PipelinePage::choosePipeline);
    connect(add, &QPushButton::clicked, this, &PipelinePage::newDeal);
    connect(m_filter, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(m_filter, &QLineEdit::returnPressed, this, &PipelinePage::takeFocus);
    for (QComboBox *box : {m_owner, m_status, m_sort})
        connect(box, &QComboBox::activated, this, [this] { showPipeline(); });
}

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
    m_location = location;
    readReference();
    loadProblems();
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
    m_owner->setCurrentIndex(std::max(0, m_owner->findData(chosen)));
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
    }
    showState();
}

void PipelinePage::clearFilters()
{
    m_owner->setCurrentIndex(0);
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
    QWidget *page = m_board;
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
    } else if (!m_model->isLoading() && total.deals == 0) {
        if (hidden > 0) {
            page = m_empty;
            m_empty->set(u"filter"_s, tr("%n deal(s) hidden by filters.", nullptr, hidden), tr("Clear the filters"));
        } else if (m_status->currentIndex() == 0) {
            page = m_empty;
            m_empty->set(u"pipeline"_s, tr("No deals here."), tr("Add one"));
        }
    }
    if (m_stack->currentWidget() != page) {
        const bool had = hasFocus() || m_board->isAncestorOf(focusWidget()) || m_empty->isAncestorOf(focusWidget());
        m_stack->setCurrentWidget(page);
        if (had)
            takeFocus();
    }
}

void PipelinePage::takeFocus()
{
    // Where there is no card the page has the keys: N, P, F.
    DealList *list = m_stack->currentWidget() == m_board ? m_board->current() : nullptr;
    (list ? static_cast<QWidget *>(list) : this)->setFocus(Qt::OtherFocusReason);
}

std::optional<DealRow> PipelinePage::currentRow() const
{
    const DealRow *row = m_model->row(m_board->currentKey());
    return row ? std::optional(*row) : std::nullopt;
}

// --- acts -------------------------------------------------------------------------------------------------------------

void PipelinePage::move(qint64 key, int column)
{
    const DealRow *row = m_model->row(key);
    if (row && m_model->column(column))
        moveTo(*row, m_model->column(column)->stage());
}

void PipelinePage::moveTo(const DealRow &row, const StageId &stage)
{
    const Stage *to = m_model->pipeline().stage(stage);
    if (!to || row.deal.stage == stage)
        return;
    DealChange change;
    change.pipeline = m_model->pipeline().id;
    change.stage = stage;
    const qint64 key = row.key;
    const DealRow before = row;
    m_model->moveAhead(key, stage); // before anything is stored: the hand has let go
    m_board->goTo(key);
    m_work->changeDeal(before, change, tr("Moved to %1: %2").arg(to->name, before.deal.name), [this, key](bool) { m_model->settle(key); });
    Q_EMIT announced(tr("%1 moved to %2.").arg(before.deal.name, to->name));
}

void PipelinePage::chooseStage()
{
    const auto row = currentRow();
    if (!row)
        return;
    QVector<Chooser::Item> items;
    for (const Stage &stage : m_model->pipeline().stages)
        items.append({stage.id.value, stage.name});
    auto *chooser = new Chooser(u"pipeline.stages"_s, tr("Move %1 to").arg(row->deal.name), items, row->deal.stage.value, this);
    connect(chooser, &Chooser::chosen, this, [this, row = *row](const QString &id) { moveTo(row, StageId(id)); });
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
    if (row.deal.status == status)
        return;
    const auto submit = [this, row, status](const QString &reason) {
        DealChange change;
        change.status = status;
        change.lostReason = reason;
        static constexpr const char *words[] = {QT_TR_NOOP("Open again: %1"), QT_TR_NOOP("Won: %1"), QT_TR_NOOP("Lost: %1"), QT_TR_NOOP("Abandoned: %1")};
        m_work->changeDeal(row, change, tr(words[int(status)]).arg(row.deal.name), {});
    };
    const auto &reasons = m_desk->reference().lostReasons;
    if (status != DealStatus::Lost || !reasons || reasons->isEmpty()) {
        submit({});
        return;
    }
    QVector<Chooser::Item> items;
    for (const LostReason &reason : *reasons)
        items.append({reason.id, reason.name});
    items.append({QString(), tr("Without a reason")});
    auto *chooser = new Chooser(u"pipeline.lost"_s, tr("Why was %1 lost?").arg(row.deal.name), items, items.first().id, this);
    connect(chooser, &Chooser::chosen, this, submit);
    chooser->open();
}

void PipelinePage::askValue(const DealRow &row, bool thenWon)
{
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
    if (!one || one->stages.isEmpty())
        return;
    StageId stage = one->stages.first().id;
    for (int i = 0; i < m_board->columnCount(); ++i) {
        if (m_board->column(i)->list()->hasFocus() && one->stage(m_model->column(i)->stage()))
            stage = m_model->column(i)->stage();
    }
    auto *dialog = new DealDialog(m_desk, *one, stage, {}, {}, this);
    connect(dialog, &DealDialog::created, m_work, [this](const DealDraft &draft) { m_work->addDeal(draft); });
    dialog->open();
}

void PipelinePage::openRow(const DealRow &row)
{
    const Pipeline *of = nullptr;
    if (const auto &all = m_desk->reference().pipelines) {
        for (const Pipeline &one : *all) {
            if (one.id == row.deal.pipeline)
                of = &one;
        }
    }
    if (!of)
        return;
    auto *dialog = new DealDialog(m_desk, *of, row, this);
    connect(dialog, &DealDialog::changed, this, [this](const DealRow &deal, const DealChange &change) {
        m_work->changeDeal(deal, change, tr("Changed: %1").arg(deal.deal.name), {});
    });
    connect(dialog, &DealDialog::deleteWanted, m_work, &Work::deleteDeal);
    connect(dialog, &DealDialog::statusWanted, this, &PipelinePage::setStatus);
    connect(dialog, &DealDialog::contactWanted, this, &PipelinePage::contactRequested);
    dialog->open();
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
    const auto row = currentRow();
    switch (command) {
    case Command::Down:
    case Command::Up:
        if (DealList *list = m_board->current(); list && list->model() && list->model()->rowCount() > 0) {
            const int at = list->currentIndex().isValid() ? list->currentIndex().row() + (command == Command::Down ? 1 : -1) : 0;
            list->setCurrentIndex(list->model()->index(std::clamp(at, 0, list->model()->rowCount() - 1), 0));
        }
        return;
    case Command::Open:
        if (row)
            openRow(*row);
        return;
    case Command::FilterHere:
    case Command::ListFilter:
    case Command::BoardFilter: m_filter->setFocus(Qt::ShortcutFocusReason); return;
    case Command::DealLeft: m_board->moveCurrent(-1, false); return;
    case Command::DealRight: m_board->moveCurrent(1, false); return;
    case Command::DealFirst: m_board->moveCurrent(-1, true); return;
    case Command::DealLast: m_board->moveCurrent(1, true); return;
    case Command::DealLift: m_board->lift(); return;
    case Command::DealMove: chooseStage(); return;
    case Command::DealWon:
        if (row && !row->deal.value)
            askValue(*row, true);
        else if (row)
            setStatus(*row, DealStatus::Won);
        return;
    case Command::DealLost:
        if (row)
            setStatus(*row, DealStatus::Lost);
        return;
    case Command::DealReopen:
        if (row)
            setStatus(*row, DealStatus::Open);
        return;
    case Command::DealValue:
        if (row)
            askValue(*row, false);
        return;
    case Command::DealNew: newDeal(); return;
    case Command::DealDelete:
        if (row)
            m_work->deleteDeal(*row);
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

// --- what did not go as it was meant ----------------------------------------------------------------------------------

void PipelinePage::onRecord(const OutboxRecord &record)
{
    if (!isDealKind(record.kind))
        return;
    if (record.state == OutboxState::Rejected && record.reasonCode == u"stage_gone"_s)
        m_reading = readAgain(this);
    if (record.state == OutboxState::Rejected && isVisible())
        Q_EMIT announced(record.reason);
    if (record.state == OutboxState::Rejected || record.state == OutboxState::Cancelled || record.state == OutboxState::Queued)
        loadProblems();
}

Task<void> PipelinePage::readAgain(PipelinePage *self)
{
    auto pull = self->m_engine->syncNow({u"pipelines"_s, u"opportunities"_s}, false);
    co_await pull;
}

void PipelinePage::loadProblems()
{
    m_finding = findProblems(this);
}

Task<void> PipelinePage::findProblems(PipelinePage *self)
{
    auto list = self->m_engine->outbox().list({}, false);
    const auto records = co_await list;
    QVector<Problem> problems;
    if (records) {
        for (const OutboxRecord &record : *records) {
            if (!isDealKind(record.kind) || record.state != OutboxState::Rejected || record.location != self->m_location)
                continue;
            Problem problem;
            problem.record = record.id;
            problem.conflict = record.reasonCode == u"changed_elsewhere"_s;
            const auto change = DealChange::fromJson(record.payload);
            const QString name = record.kind == OutboxKind::DealCreate ? DealDraft::fromJson(record.payload).name : change.shownName;
            problem.sentence = u"%1: %2"_s.arg(name, record.reason);
            const auto theirs = Opportunity::fromJson(record.look.value(theirsKey).toObject());
            const Stage *there = self->m_model->pipeline().stage(theirs.stage);
            const Stage *mine = change.stage ? self->m_model->pipeline().stage(*change.stage) : nullptr;
            if (problem.conflict && there && mine) {
                const qint64 minutes = theirs.stageSince.isValid() ? theirs.stageSince.secsTo(QDateTime::currentDateTimeUtc()) / 60 : 0;
                problem.sentence = minutes > 0 && minutes < 24 * 60
                    ? tr("%1: somebody moved it to %2 %n minute(s) ago, while you moved it to %3. Yours was not sent.", nullptr, int(minutes)).arg(name, there->name, mine->name)
                    : tr("%1: somebody moved it to %2 while you moved it to %3. Yours was not sent.").arg(name, there->name, mine->name);
            }
            problems.append(problem);
        }
    }
    self->m_problems = problems;
    self->showProblem();
}

void PipelinePage::showProblem()
{
    if (m_problems.isEmpty()) {
        m_problem->hide();
        return;
    }
    const Problem &first = m_problems.first();
    if (first.conflict)
        m_problem->show(Strip::Kind::Warn, first.sentence, tr("Keep theirs"), tr("Use mine"));
    else
        m_problem->show(Strip::Kind::Danger, first.sentence, tr("Close"), tr("Try again"));
}

} // namespace outrigger::gui
