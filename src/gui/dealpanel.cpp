// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dealpanel.h"

#include "gui/dealfields.h"
#include "gui/leadnotes.h"
#include "gui/leadtasks.h"
#include "gui/surebox.h"
#include "gui/timelinebox.h"
#include "gui/work.h"
#include "models/dealwords.h"
#include "models/desk.h"
#include "models/words.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int latestShown = 5;

void empty(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
}

} // namespace

DealPanel::DealPanel(models::Desk *desk, Work *work, QWidget *parent) : Pane(Ground::Surface, parent), m_desk(desk), m_work(work)
{
    named(static_cast<QWidget *>(this), u"deal.page"_s, tr("About the deal"));
    setEdges(Qt::LeftEdge);
    setMinimumWidth(px(280));
    build();
    connect(desk, &models::Desk::dealsChanged, this, &DealPanel::reload);
    connect(desk, &models::Desk::conversationsChanged, this, [this] {
        if (m_row.key && isVisible() && m_loadingRest.done())
            m_loadingRest = loadRest(this);
    });
    connect(desk, &models::Desk::referenceChanged, this, [this] {
        if (m_row.key)
            showDeal();
    });
}

void DealPanel::build()
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->setSpacing(0);
    m_body = new Pane(Ground::Surface, this);
    auto *head = buildHead(); // stays where it is: whose deal this is, and the way out
    outer->addWidget(head);
    auto *area = named(new QScrollArea(this), u"deal.page.scroll"_s, tr("About the deal"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(m_body);
    setInsets(column, 16, 8, 16, 16, 12);
    column->addWidget(buildNotice());
    column->addWidget(buildActs());
    m_fields = new DealFields(m_desk, m_work, m_body);
    column->addWidget(m_fields);
    connect(m_fields, &DealFields::stageWanted, this, &DealPanel::stageWanted);
    connect(m_fields, &DealFields::refused, this, &DealPanel::announced);
    m_tasks = new LeadTasks(m_desk, m_work, m_body);
    m_tasks->setObjectName(u"deal.page.tasks"_s);
    if (auto *entry = m_tasks->findChild<QLineEdit *>(u"lead.tasks.entry"_s))
        entry->setObjectName(u"deal.page.tasks.entry"_s);
    column->addWidget(m_tasks);
    connect(m_tasks, &LeadTasks::editRequested, this, &DealPanel::taskRequested);
    m_notes = new LeadNotes(m_desk, m_work, m_body);
    m_notes->setObjectName(u"deal.page.notes"_s);
    column->addWidget(m_notes);
    const auto list = [&](const QString &heading, const QString &name) {
        auto *box = new QWidget(m_body);
        box->setObjectName(name);
        auto *inside = new QVBoxLayout(box);
        setInsets(inside, 0, 0, 0, 0, 6);
        inside->addWidget(new Label(heading, TextRole::SmallStrong, Ink::Text2, box));
        auto *rows = new QVBoxLayout;
        rows->setSpacing(px(4));
        inside->addLayout(rows);
        column->addWidget(box);
        return rows;
    };
    m_latest = list(tr("Last words"), u"deal.page.latest"_s);
    m_timeline = new TimelineBox(m_desk, m_body);
    m_timeline->setObjectName(u"deal.page.timeline"_s);
    column->addWidget(m_timeline);
    connect(m_timeline, &TimelineBox::conversationWanted, this, &DealPanel::contactWanted);
    connect(m_timeline, &TimelineBox::taskWanted, this, &DealPanel::taskRequested);
    connect(m_timeline, &TimelineBox::dealWanted, m_work, &Work::dealWanted);
    connect(m_timeline, &TimelineBox::noteWanted, m_notes, &LeadNotes::reveal);
    connect(m_notes, &LeadNotes::revealed, this, [area](QWidget *card) { area->ensureWidgetVisible(card, 0, px(40)); });
    m_steps = list(tr("History"), u"deal.page.steps"_s);
    column->addStretch(1);
    column->addWidget(buildDelete());
    area->setWidget(m_body);
    outer->addWidget(area);
}

QWidget *DealPanel::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    auto *row = new QHBoxLayout(head);
    setInsets(row, 16, 12, 12, 8, 8);
    auto *words = new QVBoxLayout;
    words->setSpacing(px(2));
    m_name = new Label(TextRole::Heading, Ink::Text, head);
    m_name->setObjectName(u"deal.page.name"_s);
    m_name->setWordWrap(true);
    m_name->setMinimumWidth(1);
    // As in the lead's panel: a name in another script keeps its place.
    m_name->setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter);
    m_under = new Label(TextRole::Small, Ink::Text2, head);
    m_under->setObjectName(u"deal.page.under"_s);
    m_under->setWordWrap(true);
    words->addWidget(m_name);
    words->addWidget(m_under);
    row->addLayout(words, 1);
    auto *close = iconButton(u"close"_s, u"deal.page.close"_s, tr("Close the deal"), head);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &DealPanel::closed);
    return head;
}

/// What HighLevel did not take stands here, too, with what a person can say to it.
QWidget *DealPanel::buildNotice()
{
    m_notice = new Pane(Ground::Window, m_body);
    m_notice->setObjectName(u"deal.page.notice"_s);
    m_notice->setEdges(Qt::TopEdge | Qt::BottomEdge | Qt::LeftEdge | Qt::RightEdge);
    auto *column = new QVBoxLayout(m_notice);
    setInsets(column, 10, 8, 10, 8, 8);
    m_noticeWords = new Label(TextRole::Body, Ink::Text, m_notice);
    m_noticeWords->setWordWrap(true);
    column->addWidget(m_noticeWords);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    m_theirs = pushButton(QString(), u"deal.page.theirs"_s, m_notice, true);
    m_mine = pushButton(QString(), u"deal.page.mine"_s, m_notice);
    row->addWidget(m_theirs);
    row->addWidget(m_mine);
    row->addStretch(1);
    column->addLayout(row);
    m_notice->hide();
    connect(m_theirs, &QPushButton::clicked, this, [this] { m_work->dropRecord(m_row.record); });
    connect(m_mine, &QPushButton::clicked, this, [this] { m_work->retry(m_row.record); });
    return m_notice;
}

QWidget *DealPanel::buildActs()
{
    auto *box = new QWidget(m_body);
    auto *grid = new QGridLayout(box);
    setInsets(grid, 0, 0, 0, 0, 8);
    m_contact = pushButton(QString(), u"deal.page.conversation"_s, box);
    grid->addWidget(m_contact, 0, 0, 1, 2);
    connect(m_contact, &QPushButton::clicked, this, [this] { Q_EMIT contactWanted(m_row.deal.contactId); });
    m_book = pushButton(tr("Book an appointment"), u"deal.page.book"_s, box);
    grid->addWidget(m_book, 0, 2, 1, 2);
    connect(m_book, &QPushButton::clicked, this, [this] { Q_EMIT bookingWanted(m_row.deal.contactId); });
    const auto act = [&](const QString &text, const QString &name, DealStatus status, int column) {
        auto *button = pushButton(text, u"deal.page."_s + name, box);
        grid->addWidget(button, 1, column, 1, status == DealStatus::Abandoned ? 2 : 1);
        m_acts.append(button);
        connect(button, &QPushButton::clicked, this, [this, status] { Q_EMIT statusWanted(m_row, status); });
    };
    act(tr("Won"), u"won"_s, DealStatus::Won, 0);
    act(tr("Lost"), u"lost"_s, DealStatus::Lost, 1);
    act(tr("Abandoned"), u"abandoned"_s, DealStatus::Abandoned, 2);
    act(tr("Open again"), u"reopen"_s, DealStatus::Open, 0);
    return box;
}

QWidget *DealPanel::buildDelete()
{
    m_sure = new SureBox(u"deal.page.delete"_s, tr("Delete this deal"), tr("Keep the deal"), m_body);
    connect(m_sure, &SureBox::wanted, this, [this] {
        m_sure->ask(tr("%1 goes from HighLevel for everybody, with its fields and followers; the lead stays. It can be undone until it has left, "
                       "and never in HighLevel.").arg(m_row.deal.name));
    });
    connect(m_sure, &SureBox::confirmed, this, [this] {
        m_work->deleteDeal(m_row);
        Q_EMIT closed();
    });
    return m_sure;
}

void DealPanel::setDeal(const DealRow &row)
{
    const bool another = row.key != m_row.key;
    const bool otherLead = row.deal.contactId != m_row.deal.contactId;
    m_row = row;
    if (another) {
        findChild<QScrollArea *>(u"deal.page.scroll"_s)->verticalScrollBar()->setValue(0);
        m_sure->reset();
        showSteps({});
        m_loading = {};
    }
    if (otherLead || another) {
        showLatest({});
        m_tasks->hide(); // never another lead's
        m_notes->hide();
    }
    showDeal();
    m_loadingRest = loadRest(this);
}

void DealPanel::clear()
{
    m_row = {};
    m_loading = {};
    m_loadingRest = {};
}

void DealPanel::setLocked(const QString &why)
{
    m_locked = why;
    m_fields->setLocked(why);
    if (m_row.key)
        showActs();
}

void DealPanel::edit(const QString &field) { m_fields->edit(field); }

void DealPanel::takeFocus()
{
    if (!m_fields->takeFocus())
        findChild<QToolButton *>(u"deal.page.close"_s)->setFocus(Qt::OtherFocusReason);
}

void DealPanel::reload()
{
    if (m_row.key && isVisible())
        m_loading = load(this);
}

/// A deal that was made here has another id when HighLevel has taken it: the store knows it by both.
Task<void> DealPanel::load(DealPanel *self)
{
    auto asking = self->m_desk->deal(self->m_row.deal.id);
    const auto row = co_await asking;
    if (!row)
        co_return;
    if (!*row) {
        Q_EMIT self->closed();
        co_return;
    }
    self->m_row = **row;
    self->showDeal();
    self->m_loadingRest = loadRest(self);
}

Task<void> DealPanel::loadRest(DealPanel *self)
{
    const DealRow row = self->m_row;
    auto tracing = self->m_desk->dealSteps(row.deal.id);
    const auto steps = co_await tracing;
    self->showSteps(steps.value_or(QVector<DealStep>()));
    auto asking = self->m_desk->contact(row.deal.contactId);
    const auto contact = co_await asking;
    const bool known = contact && *contact;
    self->m_tasks->setVisible(known);
    self->m_notes->setVisible(known);
    if (known) {
        self->m_tasks->setContact(**contact);
        self->m_notes->setContact((*contact)->id);
    }
    self->m_timeline->setContact(row.deal.contactId, known ? (*contact)->displayName() : row.deal.contactName);
    auto reading = self->m_desk->latestOf(row.deal.contactId, latestShown);
    const auto rows = co_await reading;
    self->showLatest(rows.value_or(QVector<MessageRow>()));
}

QString DealPanel::stageName(const StageId &stage) const
{
    if (const auto &pipelines = m_desk->reference().pipelines) {
        for (const Pipeline &one : *pipelines) {
            if (const Stage *found = one.stage(stage))
                return found->name;
        }
    }
    return tr("a removed stage");
}

void DealPanel::showDeal()
{
    const Opportunity &deal = m_row.deal;
    const QString name = deal.name.isEmpty() ? tr("Deal without a name") : deal.name;
    m_name->setText(name);
    setAccessibleName(tr("About the deal %1").arg(name));
    QString status = models::dealwords::status(deal.status);
    status[0] = status.at(0).toUpper();
    QStringList under{status, stageName(deal.stage)};
    if (const int days = models::dealwords::daysInStage(m_row, QDateTime::currentDateTimeUtc()); days >= 0)
        under.append(tr("%n day(s) in this stage", nullptr, days));
    if (const QString waits = models::dealwords::mark(m_row); !waits.isEmpty())
        under.append(waits);
    m_under->setText(under.join(u"  ·  "_s));
    const bool conflict = m_row.mark == DealMark::Conflict, refusedOne = m_row.mark == DealMark::Refused;
    m_notice->setVisible(conflict || refusedOne);
    if (conflict || refusedOne) {
        m_noticeWords->setText(m_row.reason);
        m_theirs->setText(conflict ? tr("Keep theirs") : tr("Close"));
        m_mine->setText(conflict ? tr("Use mine") : tr("Try again"));
    }
    m_fields->setDeal(m_row);
    showActs();
    m_body->show();
}

void DealPanel::showActs()
{
    const Opportunity &deal = m_row.deal;
    const bool open = deal.status == DealStatus::Open;
    m_contact->setText(tr("Conversation"));
    m_contact->setAccessibleName(tr("Conversation with %1").arg(deal.contactName));
    m_contact->setToolTip(deal.contactName);
    m_contact->setEnabled(!deal.contactId.isEmpty());
    m_book->setEnabled(!deal.contactId.isEmpty());
    for (int i = 0; i < m_acts.size(); ++i) {
        m_acts[i]->setVisible(i < 3 ? open : !open);
        m_acts[i]->setEnabled(m_locked.isEmpty());
        m_acts[i]->setToolTip(m_locked);
    }
    m_sure->setLocked(m_locked);
}

void DealPanel::showLatest(const QVector<MessageRow> &rows)
{
    empty(m_latest);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    for (const MessageRow &row : rows) {
        const bool theirs = row.message.direction == Direction::Inbound;
        const QString when = row.message.dateAdded.isValid() ? models::words::dayAndClock(row.message.dateAdded, zone) : QString();
        const QString who = theirs ? (m_row.deal.contactName.isEmpty() ? tr("They") : m_row.deal.contactName) : models::words::writer(row);
        auto *head = new Label(u"%1  ·  %2  ·  %3"_s.arg(who, models::words::channel(row.message.channel, row.message.typeWord), when), TextRole::Small, Ink::Text2, m_body);
        head->setElided(true);
        head->setContentsMargins(0, m_latest->isEmpty() ? 0 : px(6), 0, 0);
        const QString said = !row.message.body.isEmpty() ? row.message.body : !row.message.subject.isEmpty() ? row.message.subject : row.message.activityTitle;
        auto *words = new Label(said.isEmpty() ? tr("(no words)") : models::words::oneLine(said, 160), TextRole::Body, Ink::Text, m_body);
        words->setWordWrap(true);
        words->setAccessibleName(models::words::message(row, m_row.deal.contactName, now, zone));
        m_latest->addWidget(head);
        m_latest->addWidget(words);
    }
    if (rows.isEmpty())
        m_latest->addWidget(new Label(tr("Nothing has been said yet."), TextRole::Small, Ink::Text2, m_body));
}

QString DealPanel::stepSentence(const DealStep &step) const
{
    const QString when = models::words::dayAndClock(step.at, QTimeZone::systemTimeZone());
    QStringList what;
    if (!step.stage.isEmpty())
        what.append(tr("%1 to %2", "from stage to stage").arg(stageName(step.stageFrom), stageName(step.stage)));
    if (step.status != step.statusFrom)
        what.append(tr("%1 to %2", "from status to status").arg(models::dealwords::status(step.statusFrom), models::dealwords::status(step.status)));
    return step.ours ? tr("%1: %2, from here").arg(when, what.join(u", "_s)) : tr("%1: %2").arg(when, what.join(u", "_s));
}

void DealPanel::showSteps(const QVector<DealStep> &steps)
{
    empty(m_steps);
    for (const DealStep &step : steps) {
        auto *line = new Label(stepSentence(step), TextRole::Body, Ink::Text, m_body);
        line->setWordWrap(true);
        m_steps->addWidget(line);
    }
    auto *why = new Label(steps.isEmpty() ? tr("HighLevel keeps no history of a deal. The steps that this computer sees it take are written down here.")
                                          : tr("HighLevel keeps no history of a deal: these are the steps that this computer has seen."),
                          TextRole::Small, Ink::Text2, m_body);
    why->setWordWrap(true);
    m_steps->addWidget(why);
}

void DealPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        event->accept();
        Q_EMIT closed();
        return;
    }
    Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
