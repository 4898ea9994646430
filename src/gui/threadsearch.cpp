// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/threadsearch.h"

#include "domain/pastday.h"
#include "domain/textfind.h"
#include "gui/icons.h"
#include "models/desk.h"

#include <QCalendarWidget>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {

constexpr int pause = 150; ///< ms after the last key

QString longDay(const QDate &day)
{
    return QLocale().toString(day, ThreadSearch::tr("dddd d MMMM yyyy", "a day, in full"));
}

} // namespace

ThreadSearch::ThreadSearch(models::Desk *desk, QWidget *parent) : Pane(Ground::Window, parent), m_desk(desk)
{
    setObjectName(u"thread.search"_s);
    setEdges(Qt::BottomEdge);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 12, 6, 8, 7, 0);
    m_words = buildWords();
    m_day = buildDay();
    column->addWidget(m_words);
    column->addWidget(m_day);
    m_wait.setSingleShot(true);
    m_wait.setInterval(pause);
    connect(&m_wait, &QTimer::timeout, this, [this] { look(true); });
    hide();
}

QWidget *ThreadSearch::buildWords()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    setInsets(row, 0, 0, 0, 0, 6);
    m_text = named(new QLineEdit(line), u"thread.search.text"_s, tr("Find in this conversation"));
    m_text->setPlaceholderText(tr("Find in this conversation"));
    m_text->setMaxLength(200);
    m_text->addAction(icons::icon(u"search"_s), QLineEdit::LeadingPosition);
    m_count = new Label(TextRole::Small, Ink::Text2, line);
    m_count->setObjectName(u"thread.search.count"_s);
    m_further = pushButton(tr("Look further back"), u"thread.search.further"_s, line);
    m_further->setToolTip(tr("Older messages of this conversation are still in HighLevel only. Fetch some and look again."));
    m_further->hide();
    m_older = iconButton(u"chevron-up"_s, u"thread.search.older"_s, tr("Older place (Enter)"), line);
    m_newer = iconButton(u"chevron-down"_s, u"thread.search.newer"_s, tr("Newer place (Shift+Enter)"), line);
    auto *close = iconButton(u"close"_s, u"thread.search.close"_s, tr("Close (Esc)"), line);
    row->addWidget(m_text, 1);
    row->addWidget(m_count);
    row->addWidget(m_further);
    row->addWidget(m_older);
    row->addWidget(m_newer);
    row->addWidget(close);
    connect(m_text, &QLineEdit::textChanged, &m_wait, qOverload<>(&QTimer::start));
    connect(m_older, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_newer, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_further, &QPushButton::clicked, this, &ThreadSearch::olderRequested);
    connect(close, &QToolButton::clicked, this, &ThreadSearch::left);
    return line;
}

QWidget *ThreadSearch::buildDay()
{
    auto *box = new QWidget(this);
    auto *column = new QVBoxLayout(box);
    setInsets(column, 0, 0, 0, 0, 6);
    auto *row = new QHBoxLayout;
    m_typed = named(new QLineEdit(box), u"thread.day.text"_s, tr("Day to go to"));
    m_typed->setPlaceholderText(tr("Go to a day: yesterday, last monday, 3 may"));
    m_typed->setMaxLength(60);
    m_typed->addAction(icons::icon(u"calendar"_s), QLineEdit::LeadingPosition);
    m_go = pushButton(tr("Go"), u"thread.day.go"_s, box, true);
    auto *close = iconButton(u"close"_s, u"thread.day.close"_s, tr("Close (Esc)"), box);
    row->addWidget(m_typed, 1);
    row->addWidget(m_go);
    row->addWidget(close);
    column->addLayout(row);
    m_meant = new Label(TextRole::Small, Ink::Text2, box);
    m_meant->setObjectName(u"thread.day.meant"_s);
    column->addWidget(m_meant);
    m_calendar = named(new QCalendarWidget(box), u"thread.day.calendar"_s, tr("Month"));
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setDateEditEnabled(false);
    m_calendar->setMaximumWidth(px(360));
    column->addWidget(m_calendar, 0, Qt::AlignLeft);
    connect(m_typed, &QLineEdit::textChanged, this, &ThreadSearch::typedDay);
    connect(m_typed, &QLineEdit::returnPressed, this, [this] { go(m_date); });
    connect(m_go, &QPushButton::clicked, this, [this] { go(m_date); });
    connect(m_calendar, &QCalendarWidget::selectionChanged, this, [this] {
        m_date = m_calendar->selectedDate();
        m_meant->setInk(Ink::Text2);
        m_meant->setText(longDay(m_date));
        m_go->setEnabled(true);
    });
    connect(m_calendar, &QCalendarWidget::activated, this, &ThreadSearch::go);
    connect(m_calendar, &QCalendarWidget::clicked, this, &ThreadSearch::go);
    connect(close, &QToolButton::clicked, this, &ThreadSearch::left);
    return box;
}

void ThreadSearch::setConversation(qint64 key)
{
    if (key == m_conversation)
        return;
    m_conversation = key;
    m_going.cancel();
    shut();
}

void ThreadSearch::openWords()
{
    open(Mode::Words);
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
    look(true);
}

void ThreadSearch::openDay()
{
    open(Mode::Day);
    const QDate today = QDate::currentDate();
    m_calendar->setMaximumDate(today);
    m_calendar->setSelectedDate(today);
    m_typed->clear();
    typedDay();
    m_typed->setFocus(Qt::ShortcutFocusReason);
}

void ThreadSearch::open(Mode mode)
{
    if (!m_conversation)
        return;
    m_words->setVisible(mode == Mode::Words);
    m_day->setVisible(mode == Mode::Day);
    if (mode == Mode::Day)
        Q_EMIT cleared();
    show();
}

void ThreadSearch::shut()
{
    m_wait.stop();
    m_looking.cancel();
    if (isHidden())
        return;
    hide();
    m_hits = {};
    m_at = -1;
    m_needle.clear();
    Q_EMIT cleared();
}

void ThreadSearch::again()
{
    if (isVisible() && m_words->isVisible() && !m_needle.isEmpty())
        look(false);
}

void ThreadSearch::look(bool move)
{
    m_wait.stop();
    m_needle = textfind::folded(m_text->text());
    if (m_needle.isEmpty() || !m_conversation) {
        m_looking.cancel();
        m_hits = {};
        m_at = -1;
        showCount();
        Q_EMIT cleared();
        return;
    }
    m_looking = search(this, m_conversation, m_text->text(), move);
}

Task<void> ThreadSearch::search(ThreadSearch *self, qint64 conversation, QString text, bool move)
{
    auto asking = self->m_desk->findInThread(conversation, text);
    const auto hits = co_await asking;
    if (!hits || conversation != self->m_conversation)
        co_return;
    const qint64 was = self->m_hits.keys.value(self->m_at);
    self->m_hits = *hits;
    const auto kept = self->m_hits.keys.indexOf(was);
    // The newest first: what is looked for was usually said lately.
    self->m_at = kept >= 0 ? int(kept) : int(self->m_hits.keys.size()) - 1;
    // Queued: the message that is shown may lead to a new search, which would destroy this task from within.
    QMetaObject::invokeMethod(
        self,
        [self, move] {
            self->showCount();
            if (!move)
                return;
            Q_EMIT self->announced(self->m_count->text());
            self->step(0);
        },
        Qt::QueuedConnection);
}

void ThreadSearch::step(int by)
{
    if (m_wait.isActive()) { // Enter does not wait for the pause
        look(true);
        return;
    }
    const auto size = int(m_hits.keys.size());
    if (size == 0) {
        Q_EMIT cleared();
        return;
    }
    m_at = (m_at + by + size) % size;
    showCount();
    Q_EMIT found(m_hits.keys.at(m_at), m_needle);
}

void ThreadSearch::showCount()
{
    const auto size = int(m_hits.keys.size());
    m_older->setEnabled(size > 0);
    m_newer->setEnabled(size > 0);
    const bool partly = !m_needle.isEmpty() && !m_hits.complete && m_hits.oldest.isValid();
    const QString since = partly ? QLocale().toString(m_hits.oldest.toLocalTime().date(), tr("d MMM yyyy", "a day, short")) : QString();
    QString words;
    if (m_needle.isEmpty())
        words = QString();
    else if (size == 0)
        words = partly ? tr("Not found since %1", "day").arg(since) : tr("Not found");
    else // counted from the newest, because that is where one begins
        words = partly ? tr("%1 of %2 since %3", "number, count, day").arg(size - m_at).arg(size).arg(since)
                       : tr("%1 of %2", "number, count").arg(size - m_at).arg(size);
    m_count->setText(words);
    m_count->setToolTip(partly ? tr("As far back as this computer has the conversation.") : QString());
    m_further->setVisible(partly && size == 0);
    m_text->setAccessibleDescription(words);
}

void ThreadSearch::typedDay()
{
    const auto day = pastday::parse(m_typed->text(), QDate::currentDate());
    m_date = day.date;
    m_meant->setInk(day.problem.isEmpty() ? Ink::Text2 : Ink::Warn);
    m_meant->setText(day.date.isValid() ? longDay(day.date)
                                        : day.problem.isEmpty() ? tr("Or choose a day below.") : day.problem);
    m_typed->setAccessibleDescription(m_meant->text());
    m_go->setEnabled(day.date.isValid());
    if (!day.date.isValid())
        return;
    const QSignalBlocker quiet(m_calendar); // what was typed is what counts
    m_calendar->setSelectedDate(day.date);
}

void ThreadSearch::go(const QDate &day)
{
    if (!day.isValid() || !m_conversation)
        return;
    m_going = toDay(this, m_conversation, day);
}

Task<void> ThreadSearch::toDay(ThreadSearch *self, qint64 conversation, QDate day)
{
    auto asking = self->m_desk->messageAt(conversation, day.startOfDay());
    const auto key = co_await asking;
    if (!key || !*key || conversation != self->m_conversation)
        co_return;
    QMetaObject::invokeMethod(
        self,
        [self, key = *key] {
            self->shut();
            Q_EMIT self->found(key, {});
        },
        Qt::QueuedConnection);
}

void ThreadSearch::lastByPerson(qint64 beforeKey)
{
    if (m_conversation)
        m_going = toPerson(this, m_conversation, beforeKey);
}

Task<void> ThreadSearch::toPerson(ThreadSearch *self, qint64 conversation, qint64 before)
{
    auto asking = self->m_desk->lastByPerson(conversation, before);
    auto key = co_await asking;
    if (key && !*key && before) { // from the top it begins again at the end
        auto fromEnd = self->m_desk->lastByPerson(conversation, 0);
        key = co_await fromEnd;
    }
    if (!key || conversation != self->m_conversation)
        co_return;
    QMetaObject::invokeMethod(
        self,
        [self, key = *key] {
            if (key)
                Q_EMIT self->found(key, {});
            else
                Q_EMIT self->nothingByPeople();
        },
        Qt::QueuedConnection);
}

void ThreadSearch::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (m_words->isVisible() && enter)
        step(event->modifiers() & Qt::ShiftModifier ? 1 : -1);
    else if (m_words->isVisible() && (event->key() == Qt::Key_F3))
        step(event->modifiers() & Qt::ShiftModifier ? 1 : -1);
    else if (m_words->isVisible() && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        step(event->key() == Qt::Key_Up ? -1 : 1);
    else
        Pane::keyPressEvent(event);
}

} // namespace outrigger::gui
