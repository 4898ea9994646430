// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/eventcard.h"

#include "domain/alarms.h"
#include "domain/blockchange.h"
#include "domain/eventdays.h"
#include "domain/noteplace.h"
#include "domain/slots.h"
#include "gui/leadnotes.h"
#include "gui/work.h"
#include "models/calendarmodel.h"
#include "models/desk.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

EventCard::EventCard(models::Desk *desk, Work *work, QWidget *parent) : Pane(Ground::Surface, parent), m_desk(desk), m_work(work)
{
    setObjectName(u"event.card"_s);
    setAccessibleName(tr("The appointment"));
    setEdges(Qt::LeftEdge);
    setFixedWidth(px(300));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 1, 0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    for (QWidget *page : {buildEvent(), buildBlock()}) { // notes and large text need more than the window is high
        auto *area = new QScrollArea(m_stack);
        area->setObjectName(u"event.scroll"_s);
        area->setFrameShape(QFrame::NoFrame);
        area->setWidgetResizable(true);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setFocusPolicy(Qt::NoFocus);
        area->setWidget(page);
        m_stack->addWidget(area);
    }
    column->addWidget(m_stack);
}

QWidget *EventCard::buildEvent()
{
    auto *page = new Pane(Ground::Surface, this);
    auto *column = new QVBoxLayout(page);
    setInsets(column, 16, 12, 12, 16, 8);
    auto *top = new QHBoxLayout;
    m_title = new Label(TextRole::Heading, Ink::Text, page);
    m_title->setObjectName(u"event.title"_s);
    m_title->setWordWrap(true);
    auto *close = iconButton(u"close"_s, u"event.close"_s, tr("Close (Esc)"), page);
    connect(close, &QToolButton::clicked, this, &EventCard::shut);
    top->addWidget(m_title, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    column->addLayout(top);
    const auto label = [&](const QString &id, Ink ink) {
        auto *made = new Label(TextRole::Body, ink, page);
        made->setObjectName(id);
        made->setWordWrap(true);
        column->addWidget(made);
        return made;
    };
    m_when = label(u"event.when"_s, Ink::Text);
    m_lead = label(u"event.lead"_s, Ink::Text);
    m_facts = label(u"event.facts"_s, Ink::Text2);
    m_state = label(u"event.state"_s, Ink::Text2);
    const auto button = [&](const QString &text, const QString &id, auto act) {
        auto *made = pushButton(text, id, page);
        made->setAutoDefault(true);
        connect(made, &QPushButton::clicked, this, act);
        column->addWidget(made);
        return made;
    };
    m_open = button(tr("Open the conversation"), u"event.open"_s, [this] { Q_EMIT contactRequested(m_row.event.contact); });
    m_move = button(tr("Another time"), u"event.move"_s, [this] {
        if (m_row.event.block)
            changeBlock();
        else
            Q_EMIT moveRequested(m_row);
    });
    const auto command = [&](Command which, const QString &text, const QString &id) {
        return button(tr("%1 (%2)", "an act, its key").arg(text, keyText(which)), id, [this, which] { Q_EMIT commandRequested(which); });
    };
    m_join = command(Command::CalendarJoin, tr("Join the meeting"), u"event.join"_s);
    m_late = command(Command::CalendarLate, tr("Say that I am late"), u"event.late"_s);
    m_showed = button(tr("They came (H)"), u"event.showed"_s, [this] { m_work->markAppointment(m_row, AppointmentStatus::Showed); });
    m_noShow = button(tr("They did not come (Shift+H)"), u"event.noShow"_s, [this] { m_work->markAppointment(m_row, AppointmentStatus::NoShow); });
    m_cancel = button(tr("Cancel it …"), u"event.cancel"_s, [this] {
        if (m_row.event.block) {
            m_work->removeAppointment(m_row);
            shut();
            return;
        }
        m_reasons->setVisible(!m_reasons->isVisible());
        if (auto *first = m_reasons->findChild<QPushButton *>(); first && m_reasons->isVisible())
            first->setFocus(Qt::OtherFocusReason);
    });
    column->addWidget(buildReasons());
    column->addWidget(buildRescue());
    m_notes = new LeadNotes(m_desk, m_work, page, LeadNotes::On::Appointment);
    column->addSpacing(px(8));
    column->addWidget(m_notes);
    column->addStretch(1);
    return page;
}

/// What may still save it after they did not come. Nothing here sends.
QWidget *EventCard::buildRescue()
{
    m_rescue = new QWidget(this);
    m_rescue->setObjectName(u"event.rescue"_s);
    auto *column = new QVBoxLayout(m_rescue);
    setInsets(column, 0, 4, 0, 0, 6);
    column->addWidget(new Label(tr("It may still be saved:"), TextRole::SmallStrong, Ink::Text2, m_rescue));
    const auto button = [&](const QString &text, const QString &id, auto act) {
        auto *made = pushButton(text, id, m_rescue);
        made->setAutoDefault(true);
        connect(made, &QPushButton::clicked, this, act);
        column->addWidget(made);
    };
    const auto command = [&](Command which, const QString &id) {
        button(tr("%1 (%2)", "an act, its key").arg(keyRow(which).name, keyText(which)), id, [this, which] { Q_EMIT commandRequested(which); });
    };
    command(Command::CalendarOffer, u"event.rescueOffer"_s);
    command(Command::CalendarTomorrow, u"event.rescueTask"_s);
    button(tr("Text: “Still good to talk?”"), u"event.rescueText"_s, [this] {
        Q_EMIT textRequested(m_row.event.contact, tr("Hi %1, we missed each other. Still good to talk?").arg(m_row.contactName.section(u' ', 0, 0)));
    });
    button(tr("Find another time"), u"event.rescueTime"_s, [this] { Q_EMIT moveRequested(m_row); });
    m_rescue->hide();
    return m_rescue;
}

QWidget *EventCard::buildReasons()
{
    m_reasons = new QWidget(this);
    m_reasons->setObjectName(u"event.reasons"_s);
    auto *column = new QVBoxLayout(m_reasons);
    setInsets(column, 12, 0, 0, 4, 6);
    column->addWidget(new Label(tr("Why? It stays in the history as cancelled."), TextRole::Small, Ink::Text2, m_reasons));
    const auto reason = [&](const QString &text, const QString &id) {
        auto *button = pushButton(text, u"event.reason."_s + id, m_reasons);
        button->setAutoDefault(true);
        connect(button, &QPushButton::clicked, this, [this, text] { cancel(text); });
        column->addWidget(button);
    };
    reason(tr("The lead cancelled"), u"lead"_s);
    reason(tr("I cancel"), u"me"_s);
    reason(tr("They will not come"), u"noShow"_s);
    reason(tr("Something else"), u"other"_s);
    m_remove = pushButton(tr("Remove it from the calendar for good"), u"event.remove"_s, m_reasons);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_work->removeAppointment(m_row);
        shut();
    });
    column->addWidget(m_remove);
    m_reasons->hide();
    return m_reasons;
}

QWidget *EventCard::buildBlock()
{
    auto *page = new Pane(Ground::Surface, this);
    auto *column = new QVBoxLayout(page);
    setInsets(column, 16, 12, 12, 16, 8);
    column->addWidget(m_blockHead = new Label(tr("Block time"), TextRole::Heading, Ink::Text, page));
    m_blockTitle = named(new QLineEdit(page), u"block.title"_s, tr("What for"));
    m_blockTitle->setPlaceholderText(tr("What for? Only your team sees it"));
    m_blockTitle->setMaxLength(200);
    m_blockFor = named(new QComboBox(page), u"block.for"_s, tr("For which calendar or person"));
    m_blockFor->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_blockFrom = named(new QDateTimeEdit(page), u"block.from"_s, tr("From"));
    m_blockTo = named(new QDateTimeEdit(page), u"block.to"_s, tr("To"));
    for (auto *edit : {m_blockFrom, m_blockTo}) {
        edit->setDisplayFormat(tr("ddd d MMM yyyy  HH:mm"));
        edit->setCalendarPopup(true);
    }
    m_blockProblem = new Label(TextRole::Small, Ink::Warn, page);
    m_blockProblem->setWordWrap(true);
    m_blockProblem->hide();
    auto *act = m_blockAct = pushButton(tr("Block"), u"block.confirm"_s, page, true);
    act->setAutoDefault(false);
    auto *leave = m_blockLeave = pushButton(tr("Do not block"), u"block.leave"_s, page);
    connect(act, &QPushButton::clicked, this, &EventCard::doBlock);
    connect(m_blockTitle, &QLineEdit::returnPressed, this, &EventCard::doBlock);
    connect(leave, &QPushButton::clicked, this, &EventCard::shut);
    connect(m_blockFrom, &QDateTimeEdit::dateTimeChanged, this, [this](const QDateTime &from) {
        if (m_blockTo->dateTime() <= from)
            m_blockTo->setDateTime(from.addSecs(3600));
    });
    column->addWidget(m_blockTitle);
    column->addWidget(m_blockFor);
    for (QDateTimeEdit *edit : {m_blockFrom, m_blockTo}) {
        auto *caption = new Label(edit->accessibleName(), TextRole::Small, Ink::Text2, page);
        caption->setBuddy(edit);
        column->addWidget(caption);
        column->addWidget(edit);
    }
    for (QWidget *widget : {static_cast<QWidget *>(m_blockProblem), static_cast<QWidget *>(act), static_cast<QWidget *>(leave)})
        column->addWidget(widget);
    column->addStretch(1);
    return page;
}

void EventCard::setEvent(const EventRow &row)
{
    const bool other = row.key != m_row.key;
    m_row = row;
    const Appointment &event = row.event;
    if (other) { // else a form that is being filled in stays
        m_stack->setCurrentIndex(0);
        m_reasons->hide();
    }
    const QTimeZone mine = QTimeZone::systemTimeZone();
    const QTimeZone theirs(row.contactZone);
    const bool known = !row.contactZone.isEmpty() && theirs.isValid();
    m_title->setText(event.title.isEmpty() ? event.block ? tr("Blocked") : tr("Appointment") : event.title);
    const eventdays::Zones zones{mine, QTimeZone(m_desk->timezone().toLatin1())};
    m_when->setText((eventdays::isBand(event, zones) ? eventdays::sentence(event, zones)
                                                     : freetimes::bothClocks(event.start, mine, known ? theirs : mine, row.contactName))
                    + u'\n' + eventdays::length(event, zones));
    m_lead->setText(row.contactName);
    m_lead->setVisible(!row.contactName.isEmpty());
    QStringList facts;
    if (const auto calendar = m_desk->calendar(event.calendar))
        facts << calendar->name;
    if (const QString name = m_desk->userName(event.user); !name.isEmpty())
        facts << tr("with %1").arg(name);
    if (const QString place = models::placeWords(event.address); !place.isEmpty())
        facts << place;
    if (!event.notes.isEmpty())
        facts << event.notes;
    m_facts->setText(facts.join(u'\n'));
    m_facts->setVisible(!facts.isEmpty());
    QString state = event.block ? tr("nobody can book this time") : models::appointmentWords(event.status);
    if (!row.recordState.isEmpty() && row.recordState != "confirmed"_L1 && row.recordState != "accepted"_L1)
        state += u". "_s + (row.reason.isEmpty() ? tr("On its way to HighLevel") : row.reason);
    if (!state.isEmpty())
        state[0] = state[0].toUpper();
    m_state->setText(state);
    const bool there = !event.id.isEmpty() && !event.block;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool over = event.start <= now;
    m_open->setVisible(!event.contact.isEmpty());
    m_move->setText(event.block ? tr("Change it") : tr("Another time"));
    m_move->setVisible(!event.id.isEmpty() && !isOff(event.status));
    const bool noted = there && !event.id.isLocal();
    m_notes->setVisible(noted);
    m_notes->setAbout(noted ? event.contact : ContactId(), noted ? event.id : AppointmentId());
    if (noted)
        m_desk->readLead(noteplace::onAppointment(event.contact, event.id));
    const bool near = there && !isOff(event.status) && event.end > now && event.start < now.addDays(1);
    m_join->setVisible(near && !alarms::joinLink(event).isEmpty());
    m_late->setVisible(near && !event.contact.isEmpty());
    const bool marking = m_noShow->hasFocus();
    m_rescue->setVisible(there && event.status == AppointmentStatus::NoShow && !event.contact.isEmpty());
    if (marking && m_rescue->isVisible())
        m_rescue->findChild<QPushButton *>()->setFocus(Qt::OtherFocusReason);
    m_showed->setVisible(there && over && event.status != AppointmentStatus::Showed);
    m_noShow->setVisible(there && over && event.status != AppointmentStatus::NoShow);
    m_cancel->setText(event.block ? tr("Remove it") : tr("Cancel it …"));
    m_cancel->setVisible(!event.id.isEmpty() && !isOff(event.status));
}

void EventCard::askBlock(const QDateTime &from, const QDateTime &to)
{
    m_changing.reset();
    m_blockFor->clear();
    const auto calendars = m_desk->calendars();
    for (const Calendar &calendar : calendars) {
        if (calendar.active)
            m_blockFor->addItem(tr("Calendar: %1").arg(calendar.name), u"c:"_s + calendar.id.value);
    }
    for (const auto &user : m_desk->reference().users)
        m_blockFor->addItem(tr("Person: %1").arg(m_desk->userName(user.id)), u"u:"_s + user.id.value);
    // One's own time is what one blocks most.
    m_blockFor->setCurrentIndex(std::max(0, m_blockFor->findData(u"u:"_s + m_work->me().value)));
    m_blockTitle->clear();
    showBlock(from, to);
}

/// Whose time it is stays: HighLevel knows no other way than another block.
void EventCard::changeBlock()
{
    m_changing = blockOf(m_row);
    m_blockTitle->setText(m_changing->title);
    showBlock(m_changing->start, m_changing->end);
    takeFocus();
}

void EventCard::showBlock(const QDateTime &from, const QDateTime &to)
{
    m_blockHead->setText(m_changing ? tr("Change the blocked time") : tr("Block time"));
    m_blockAct->setText(m_changing ? tr("Change") : tr("Block"));
    m_blockLeave->setText(m_changing ? tr("Leave it") : tr("Do not block"));
    m_blockFor->setVisible(!m_changing);
    m_blockFrom->setDateTime(from.toLocalTime());
    m_blockTo->setDateTime(to.toLocalTime());
    m_blockProblem->hide();
    m_stack->setCurrentIndex(1);
}

void EventCard::doBlock()
{
    const QString who = m_blockFor->currentData().toString();
    BlockDraft draft = m_changing.value_or(BlockDraft());
    if (!m_changing && who.startsWith("c:"_L1))
        draft.calendarId = CalendarId(who.mid(2));
    else if (!m_changing)
        draft.userId = UserId(who.mid(2));
    draft.start = m_blockFrom->dateTime().toUTC();
    draft.end = m_blockTo->dateTime().toUTC();
    draft.title = m_blockTitle->text().trimmed().isEmpty() ? tr("Blocked") : m_blockTitle->text().trimmed();
    QPointer<EventCard> self(this);
    m_work->blockTime(draft, models::spanWords(draft.start, draft.end, m_desk->timezone()), [self](const Result<RecordId> &record) {
        if (!self)
            return;
        if (record) {
            self->shut();
            return;
        }
        self->m_blockProblem->setText(record.error().message);
        self->m_blockProblem->show();
    });
}

bool EventCard::isAsking() const
{
    return !isHidden() && m_stack->currentIndex() == 1;
}

void EventCard::takeFocus()
{
    if (m_stack->currentIndex() == 1)
        m_blockTitle->setFocus(Qt::OtherFocusReason);
    else if (m_open->isVisible())
        m_open->setFocus(Qt::OtherFocusReason);
    else
        m_cancel->setFocus(Qt::OtherFocusReason);
}

void EventCard::cancel(const QString &reason)
{
    m_reasons->hide();
    m_work->cancelAppointment(m_row, reason);
}

void EventCard::shut()
{
    hide();
    m_stack->setCurrentIndex(0);
    Q_EMIT closed();
}

void EventCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        shut();
        return;
    }
    Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
