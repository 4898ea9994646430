// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/calendarpage.h"

#include "domain/ical.h"
#include "domain/whenwhere.h"
#include "gui/calendarchoice.h"
#include "gui/calendarpaper.h"
#include "gui/eventcard.h"
#include "gui/minimonth.h"
#include "gui/work.h"
#include "models/calendarmodel.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <QApplication>
#include <QButtonGroup>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QStandardPaths>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

using Mode = CalendarView::Mode;

namespace {
constexpr int sideFrom = 1000; ///< design px of the page's width; below, the hours need the room
constexpr int oneLineFrom = 860; ///< the same; below, the head takes two lines
constexpr int cardWidth = 300;
constexpr int cardBesideFrom = 780; ///< design px of the page's width; below, seven days beside the card say nothing
} // namespace

CalendarPage::CalendarPage(sync::Engine *engine, models::Desk *desk, Work *work, Actions *actions, QWidget *parent)
    : Pane(Ground::Surface, parent), m_engine(engine), m_desk(desk), m_work(work), m_model(new models::CalendarModel(engine, this)),
      m_view(new CalendarView(this)), m_choice(new CalendarChoice(desk, this)), m_card(new EventCard(desk, work, this))
{
    setObjectName(u"calendar.page"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 0);
    column->addWidget(buildHead());
    m_notice = new Strip(u"calendar.notice"_s, this);
    column->addWidget(m_notice);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(buildSide());
    row->addWidget(m_view, 1);
    row->addWidget(m_card);
    m_card->hide();
    column->addLayout(row, 1);
    m_empty = new Label(TextRole::Body, Ink::Text2, m_view);
    m_empty->setObjectName(u"calendar.empty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_empty->hide();
    m_view->setModel(m_model);
    actions->attach(m_view, KeyScope::Lists);
    actions->attach(m_view, KeyScope::Calendar);
    connect(m_view, &CalendarView::periodChanged, this, &CalendarPage::showPeriod);
    connect(m_view, &CalendarView::currentEventChanged, this, &CalendarPage::showCurrent);
    connect(m_view, &CalendarView::letGo, this, &CalendarPage::showCurrent);
    connect(m_view, &CalendarView::openRequested, this, [this](const EventRow &event) {
        m_card->setEvent(event);
        showCard(true);
        m_card->takeFocus();
    });
    connect(m_view, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (isNarrow())
            Q_EMIT m_view->openRequested(m_model->row(index.row()));
    });
    connect(m_view, &CalendarView::bookRequested, this, &CalendarPage::bookRequested);
    connect(m_view, &CalendarView::blockRequested, this, &CalendarPage::block);
    connect(m_view, &CalendarView::dragBegan, this, [this](const EventRow &event) { m_reading = readFree(this, event); });
    connect(m_view, &CalendarView::moveRequested, this, &CalendarPage::dropped);
    connect(m_model, &models::CalendarModel::refreshed, this, [this] {
        m_view->showKey(m_wanted);
        if (m_view->currentKey() == m_wanted)
            m_wanted = 0;
        showState();
        showCurrent();
    });
    connect(m_model, &models::CalendarModel::failed, this, [this](const QString &sentence) {
        say(Strip::Kind::Calm, wholeSentence(sentence, tr("What is shown is what this computer knows.")));
    });
    connect(m_notice, &Strip::acted, this, [this] { answered(m_act); });
    connect(m_notice, &Strip::secondActed, this, [this] { answered(m_secondAct); });
    connect(m_card, &EventCard::closed, this, [this] {
        hideCard();
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_card, &EventCard::moveRequested, this, &CalendarPage::moveRequested);
    connect(m_card, &EventCard::contactRequested, this, &CalendarPage::contactRequested);
    connect(m_card, &EventCard::textRequested, this, &CalendarPage::textRequested);
    connect(m_card, &EventCard::commandRequested, this, &CalendarPage::run);
    connect(desk, &models::Desk::referenceChanged, this, &CalendarPage::followZone);
    connect(m_choice, &CalendarChoice::changed, this, &CalendarPage::showChoice);
    connect(engine, &sync::Engine::statusChanged, this, &CalendarPage::showState);
    m_minute.setInterval(30'000);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        m_view->setNow(m_clock->now());
        m_mini->setToday(m_clock->now().toLocalTime().date());
    });
    m_minute.start();
    showChoice();
    m_view->setNow(m_clock->now());
    m_mini->setToday(m_clock->now().toLocalTime().date());
    showPeriod();
    m_view->scrollToHour(8);
}

void CalendarPage::setClock(const Clock &clock)
{
    m_clock = &clock;
    m_view->setNow(clock.now());
    m_mini->setToday(clock.now().toLocalTime().date());
    m_view->setDate(clock.now().toLocalTime().date());
}

QWidget *CalendarPage::buildSide()
{
    auto *side = new Pane(Ground::Surface, this);
    side->setObjectName(u"calendar.side"_s);
    side->setEdges(Qt::RightEdge);
    auto *column = new QVBoxLayout(side);
    setInsets(column, 12, 12, 12, 12, 12);
    m_mini = new MiniMonth(m_engine, m_desk, side);
    column->addWidget(m_mini);
    m_shown = m_choice->makeTree(side);
    column->addWidget(m_shown, 1);
    connect(m_mini, &MiniMonth::dateChosen, this, [this](const QDate &date) {
        m_view->setDate(date);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    m_side = side;
    const auto wide = [side] { side->setFixedWidth(px(232)); };
    wide();
    connect(Style::instance(), &Style::changed, side, wide);
    return side;
}

QWidget *CalendarPage::buildHead()
{
    auto *head = new Pane(Ground::Surface, this);
    head->setEdges(Qt::BottomEdge);
    m_head = new QVBoxLayout(head);
    setInsets(m_head, 16, 10, 16, 10, 8);
    auto *row = m_headRow = new QHBoxLayout;
    row->setSpacing(px(8));
    m_head->addLayout(row);
    auto *today = pushButton(tr("Today"), u"calendar.today"_s, head);
    today->setToolTip(tr("Today (%1)").arg(keyText(Command::CalendarToday)));
    auto *earlier = iconButton(u"chevron-left"_s, u"calendar.earlier"_s, tr("Earlier (Ctrl+Left)"), head);
    auto *later = iconButton(u"chevron-right"_s, u"calendar.later"_s, tr("Later (Ctrl+Right)"), head);
    m_period = new Label(TextRole::Title, Ink::Text, head);
    m_period->setObjectName(u"calendar.period"_s);
    m_period->setElided(true);
    row->addWidget(today);
    row->addWidget(earlier);
    row->addWidget(later);
    row->addWidget(m_period, 1);
    m_views = new QWidget(head);
    auto *views = new QHBoxLayout(m_views);
    setInsets(views, 0, 0, 0, 0, 8);
    row->addWidget(m_views);
    m_modes = new QButtonGroup(this);
    const auto mode = [&](Mode value, const QString &name, const QString &id, Command command) {
        auto *button = pushButton(name, u"calendar."_s + id, m_views);
        button->setCheckable(true);
        button->setToolTip(u"%1 (%2)"_s.arg(keyRow(command).name, keyText(command)));
        m_modes->addButton(button, int(value));
        views->addWidget(button);
    };
    mode(Mode::Day, tr("Day"), u"day"_s, Command::CalendarDay);
    mode(Mode::WorkWeek, tr("5 days"), u"workWeek"_s, Command::CalendarWorkWeek);
    mode(Mode::Week, tr("Week"), u"week"_s, Command::CalendarWeek);
    mode(Mode::Month, tr("Month"), u"month"_s, Command::CalendarMonth);
    mode(Mode::Agenda, tr("Agenda"), u"agenda"_s, Command::CalendarAgenda);
    m_modes->button(int(Mode::Week))->setChecked(true);
    m_menu = new QMenu(this);
    m_menu->setObjectName(u"calendar.menu"_s);
    m_calendars = named(new QToolButton(m_views), u"calendar.calendars"_s, tr("Which calendars and people"));
    m_calendars->setText(tr("Calendars"));
    m_calendars->setPopupMode(QToolButton::InstantPopup);
    m_calendars->setMenu(m_menu);
    m_calendars->setToolTip(u"%1 (%2)"_s.arg(keyRow(Command::CalendarWhose).name, keyText(Command::CalendarWhose)));
    connect(m_menu, &QMenu::aboutToShow, this, &CalendarPage::fillMenu);
    views->addWidget(m_calendars);
    auto *book = pushButton(tr("Book"), u"calendar.book"_s, head, true);
    book->setToolTip(tr("Book an appointment (N)"));
    row->addWidget(book);
    connect(today, &QPushButton::clicked, this, [this] { run(Command::CalendarToday); });
    connect(earlier, &QToolButton::clicked, this, [this] { m_view->step(-1); });
    connect(later, &QToolButton::clicked, this, [this] { m_view->step(1); });
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { setMode(Mode(id)); });
    connect(book, &QPushButton::clicked, this, [this] { run(Command::CalendarBook); });
    return head;
}

void CalendarPage::setPlace(const LocationId &location)
{
    m_place = location;
    followZone();
    m_mini->setPlace(location);
    m_choice->setPlace(location);
    showPeriod();
}

/// The location's clock comes with the first sync.
void CalendarPage::followZone()
{
    const QTimeZone place(m_desk->timezone().toLatin1());
    m_model->setPlace(m_place, QTimeZone::systemTimeZone(), place);
    m_view->setPlaceZone(place);
}

void CalendarPage::setLead(const Contact &contact)
{
    if (contact.id.isEmpty())
        m_view->setTheirZone({}, {});
    else
        m_view->setTheirZone(leadZone(contact, m_desk->timezone()).zone, contact.displayName());
}

void CalendarPage::takeFocus() { m_view->setFocus(Qt::OtherFocusReason); }

void CalendarPage::setMode(Mode mode)
{
    m_view->setMode(mode);
    m_modes->button(int(mode))->setChecked(true);
    m_view->setFocus(Qt::OtherFocusReason);
}

bool CalendarPage::run(Command command)
{
    switch (command) {
    case Command::CalendarToday:
        m_view->setDate(m_clock->now().toLocalTime().date());
        return true;
    case Command::CalendarDay: setMode(Mode::Day); return true;
    case Command::CalendarWorkWeek: setMode(Mode::WorkWeek); return true;
    case Command::CalendarWeek: setMode(Mode::Week); return true;
    case Command::CalendarMonth: setMode(Mode::Month); return true;
    case Command::CalendarAgenda: setMode(Mode::Agenda); return true;
    case Command::CalendarEarlier: m_view->step(-1); return true;
    case Command::CalendarLater: m_view->step(1); return true;
    case Command::Book:
    case Command::CalendarBook: Q_EMIT bookRequested(pointedHere() > m_clock->now() ? pointedHere() : QDateTime()); return true;
    case Command::CalendarBlock: block(timeToBlock(), timeToBlock().addSecs(3600)); return true;
    case Command::CalendarShowed: mark(AppointmentStatus::Showed); return true;
    case Command::CalendarNoShow: mark(AppointmentStatus::NoShow); return true;
    case Command::CalendarOffer: offerTimes(); return true;
    case Command::CalendarTomorrow:
        if (const auto row = appointmentWithLead())
            taskForTomorrow(*row);
        return true;
    case Command::CalendarLate: sayLate(); return true;
    case Command::CalendarJoin: join(); return true;
    case Command::CalendarWhose: chooseWhose(); return true;
    case Command::CalendarPdf: exportTo(u"pdf"_s); return true;
    case Command::CalendarExport: exportTo(u"ics"_s); return true;
    default: return false;
    }
}

void CalendarPage::move(int step)
{
    QKeyEvent key(QEvent::KeyPress, step > 0 ? Qt::Key_Down : Qt::Key_Up, Qt::NoModifier);
    QCoreApplication::sendEvent(m_view, &key);
}

void CalendarPage::reveal(qint64 event, const QDateTime &start)
{
    m_wanted = event;
    m_view->setDate(start.toLocalTime().date());
    if (m_view->mode() != CalendarView::Mode::Agenda)
        m_view->scrollToHour(start.toLocalTime().time().hour());
    m_view->showKey(event);
    takeFocus();
}

void CalendarPage::openCurrent()
{
    const QModelIndex index = m_view->currentIndex();
    if (index.isValid())
        Q_EMIT m_view->openRequested(m_model->row(index.row()));
}

void CalendarPage::showPeriod()
{
    const QDate first = m_view->firstDay(), last = first.addDays(m_view->days() - 1);
    const QTimeZone zone = QTimeZone::systemTimeZone();
    m_model->setWindow(first.startOfDay(zone).toUTC(), last.addDays(1).startOfDay(zone).toUTC());
    m_mini->setShown(first, m_view->days(), m_view->date());
    switch (m_view->mode()) {
    case Mode::Day: m_period->setText(locale().toString(first, tr("dddd d MMMM yyyy"))); break;
    case Mode::Month: m_period->setText(locale().toString(m_view->date(), tr("MMMM yyyy"))); break;
    default:
        m_period->setText(first.month() == last.month()
                              ? locale().toString(first, tr("MMMM yyyy"))
                              : tr("%1 – %2", "month, month").arg(locale().toString(first, tr("MMM")), locale().toString(last, tr("MMM yyyy"))));
    }
    showState();
}

void CalendarPage::showState()
{
    const QDateTime from = m_view->firstDay().startOfDay(), to = m_view->firstDay().addDays(m_view->days()).startOfDay();
    bool something = false;
    for (int row = 0; row < m_model->rowCount() && !something; ++row)
        something = m_model->row(row).event.end > from && m_model->row(row).event.start < to;
    const auto connection = m_engine->status().connection;
    const bool away = connection == sync::Connection::Offline || connection == sync::Connection::WorkingOffline;
    const bool none = m_desk->calendars().isEmpty();
    m_empty->setText(none && away  ? tr("The calendars are not on this computer yet. They come when you are online.")
                     : none        ? tr("No calendars here yet. They come with the next sync (F5).")
                                   : tr("Nothing here in this time. N books, Shift+N blocks time."));
    m_empty->setVisible(!something && m_model->loaded());
    m_empty->adjustSize();
    m_empty->move((m_view->width() - m_empty->width()) / 2, m_view->height() / 3);
}

/// In a narrow window the views have a line of their own, or which month it is would have no room.
void CalendarPage::placeHead()
{
    const bool own = width() < px(oneLineFrom);
    if (own == (m_head->indexOf(m_views) >= 0))
        return;
    QBoxLayout *from = own ? static_cast<QBoxLayout *>(m_headRow) : m_head;
    from->removeWidget(m_views);
    if (own)
        m_head->addWidget(m_views);
    else
        m_headRow->insertWidget(m_headRow->count() - 1, m_views); // before Book
}

void CalendarPage::resizeEvent(QResizeEvent *event)
{
    Pane::resizeEvent(event);
    placeHead();
    m_side->setVisible(width() >= px(sideFrom));
    if (!m_card->isHidden() && isNarrow() != m_view->isHidden()) {
        if (isNarrow() && !m_card->isAncestorOf(QApplication::focusWidget()))
            hideCard();
        else
            showCard(true);
    }
    showState();
}

bool CalendarPage::isNarrow() const
{
    return width() < px(cardBesideFrom);
}

/// Where the hours and the card have no room side by side, the card takes their place; then only who asks for it gets it,
/// or the arrow keys would meet it at every appointment.
void CalendarPage::showCard(bool asked)
{
    const bool narrow = isNarrow();
    if (narrow && !asked && m_card->isHidden())
        return;
    m_card->setMinimumWidth(px(cardWidth));
    m_card->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : px(cardWidth));
    m_card->show();
    m_view->setVisible(!narrow);
}

void CalendarPage::hideCard()
{
    m_card->hide();
    m_view->show();
}

void CalendarPage::showCurrent()
{
    if (m_view->isHeld()) // the card would push the days away from below the pointer
        return;
    const QModelIndex index = m_view->currentIndex();
    if (!index.isValid()) {
        if (!m_card->isAsking()) // a form that is being filled in stays, whatever HighLevel brings meanwhile
            hideCard();
        setLead({});
        return;
    }
    const EventRow &row = m_model->row(index.row());
    m_card->setEvent(row);
    showCard(false);
    if (row.event.contact.isEmpty())
        setLead({});
    else
        m_leadReading = readLead(this, row.event.contact);
}

/// The second gutter follows the lead of the current appointment.
Task<void> CalendarPage::readLead(CalendarPage *self, ContactId contact)
{
    auto asking = self->m_desk->contact(contact);
    const auto found = co_await asking;
    if (found && *found)
        self->setLead(**found);
}

/// What is chosen is laid over what is shown, wherever it was chosen.
void CalendarPage::showChoice()
{
    m_model->setLooks(m_choice->looks());
    m_model->setFilter(m_choice->filter());
    showState();
}

/// Made anew each time that it opens: it says what the side says.
void CalendarPage::fillMenu()
{
    m_menu->clear();
    m_choice->fillMenu(m_menu);
    m_menu->addSeparator();
    const auto command = [this](Command which) {
        auto *action = m_menu->addAction(tr("%1 …").arg(keyRow(which).name), this, [this, which] { run(which); });
        action->setShortcut(keyRow(which).keys.first()); // shown; the key itself is the view's
        action->setShortcutContext(Qt::WidgetShortcut);
    };
    command(Command::CalendarPdf);
    command(Command::CalendarExport);
}

void CalendarPage::chooseWhose()
{
    if (m_side->isVisible()) {
        m_shown->setFocus(Qt::OtherFocusReason);
        if (!m_shown->currentIndex().isValid())
            m_shown->setCurrentIndex(m_shown->indexBelow(m_shown->model()->index(0, 0)));
    } else {
        m_calendars->showMenu();
    }
}

void CalendarPage::exportTo(const QString &suffix)
{
    auto *dialog = new QFileDialog(this, tr("Save the calendar"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setObjectName(u"calendar.save"_s);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(suffix == "ics"_L1 ? tr("iCalendar (*.ics)") : tr("PDF (*.pdf)"));
    dialog->selectFile(tr("Calendar %1").arg(m_view->firstDay().toString(Qt::ISODate)) + u'.' + suffix);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &CalendarPage::write);
    dialog->open();
}

/// Which days these are; on paper nobody can look further.
QString CalendarPage::paperTitle() const
{
    const QDate first = m_view->firstDay(), last = first.addDays(m_view->days() - 1);
    if (m_view->mode() == Mode::Day || m_view->mode() == Mode::Month)
        return m_period->text();
    return tr("%1 – %2", "day, day").arg(locale().toString(first, tr("d MMMM")), locale().toString(last, tr("d MMMM yyyy")));
}

void CalendarPage::write(const QString &file)
{
    QSaveFile out(file);
    bool written = out.open(QIODevice::WriteOnly);
    if (written && file.endsWith(".pdf"_L1, Qt::CaseInsensitive)) {
        written = calendarpaper::write(m_view, paperTitle(), &out);
    } else if (written) {
        QVector<EventRow> shown;
        const QDateTime from = m_view->firstDay().startOfDay(), to = m_view->firstDay().addDays(m_view->days()).startOfDay();
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->row(row).event.end > from && m_model->row(row).event.start < to)
                shown.append(m_model->row(row));
        }
        const QByteArray text = ical::write(shown);
        written = !text.isEmpty() && out.write(text) == text.size();
    }
    written = written && out.commit();
    if (written)
        ask(Strip::Kind::Calm, tr("Saved as %1.").arg(file), tr("Open it"), [this, file] {
            if (!QDesktopServices::openUrl(QUrl::fromLocalFile(file)))
                say(Strip::Kind::Warn, tr("No program on this computer opened %1.").arg(file));
        }, tr("Close"), {});
    else
        say(Strip::Kind::Danger, tr("%1 could not be written: %2. Choose another place.").arg(file, out.errorString()));
}

} // namespace outrigger::gui
