// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/leadtasks.h"

#include "domain/slots.h"
#include "domain/taskentry.h"
#include "domain/whenwhere.h"
#include "gui/widgets.h"
#include "gui/work.h"
#include "models/desk.h"
#include "models/tasksmodel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int shown = 5;
}

LeadTasks::LeadTasks(models::Desk *desk, Work *work, QWidget *parent) : QWidget(parent), m_desk(desk), m_work(work)
{
    setObjectName(u"lead.tasks"_s);
    auto *column = new QVBoxLayout(this);
    setInsets(column, 0, 0, 0, 0, 6);
    column->addWidget(new Label(tr("Tasks"), TextRole::SmallStrong, Ink::Text2, this));
    m_entry = named(new QLineEdit(this), u"lead.tasks.entry"_s, tr("New task for this lead"));
    m_entry->setPlaceholderText(tr("call back fri 3pm their time"));
    m_entry->setMaxLength(300);
    m_meaning = new Label(TextRole::Small, Ink::Text2, this);
    m_meaning->setObjectName(u"lead.tasks.meaning"_s);
    m_meaning->setWordWrap(true);
    m_meaning->hide();
    column->addWidget(m_entry);
    column->addWidget(m_meaning);
    connect(m_entry, &QLineEdit::textChanged, this, &LeadTasks::showMeaning);
    connect(m_entry, &QLineEdit::returnPressed, this, &LeadTasks::add);
    connect(desk, &models::Desk::tasksChanged, this, &LeadTasks::read);
}

void LeadTasks::setContact(const Contact &contact)
{
    const bool another = contact.id != m_contact.id;
    m_contact = contact;
    if (!another)
        return;
    m_entry->clear(); // never another lead's task
    show({});
    read();
    m_desk->readLead(contact.id);
}

void LeadTasks::read()
{
    if (!m_contact.id.isEmpty())
        m_loading = load(this);
}

Task<void> LeadTasks::load(LeadTasks *self)
{
    const ContactId contact = self->m_contact.id;
    auto asking = self->m_desk->tasksOf(contact);
    const auto rows = co_await asking;
    if (rows && contact == self->m_contact.id && *rows != self->m_rows)
        self->show(*rows);
}

QWidget *LeadTasks::line(const TaskRow &row, int number)
{
    auto *box = new QWidget(m_list);
    auto *layout = new QHBoxLayout(box);
    setInsets(layout, 0, 0, 0, 0, 6);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QTimeZone zone = QTimeZone::systemTimeZone();
    auto *tick = named(new QCheckBox(box), u"lead.task%1.done"_s.arg(number), tr("Done: %1").arg(row.task.title));
    tick->setChecked(row.task.done);
    connect(tick, &QCheckBox::clicked, this, [this, row](bool done) { m_work->completeTask(row, done); });
    layout->addWidget(tick, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    setInsets(words, 0, 0, 0, 0, 0);
    auto *title = new Label(row.task.title, TextRole::Body, Ink::Text, box);
    title->setWordWrap(true);
    title->setToolTip(row.task.body);
    words->addWidget(title);
    const bool overdue = taskentry::groupOf(row.task, now, zone) == taskentry::Group::Overdue;
    const QString due = taskentry::dueWords(row.task.due, now, zone);
    if (!due.isEmpty())
        words->addWidget(new Label(overdue ? tr("Overdue: %1").arg(due) : due, TextRole::Small, overdue ? Ink::Danger : Ink::Text2, box));
    layout->addLayout(words, 1);
    auto *button = iconButton(u"edit"_s, u"lead.task%1"_s.arg(number), tr("Change the task"), box);
    button->setAccessibleDescription(models::TasksModel::sentence(row, now, zone, m_desk->userName(row.task.user)));
    connect(button, &QToolButton::clicked, this, [this, row] { Q_EMIT editRequested(row); });
    layout->addWidget(button, 0, Qt::AlignTop);
    return box;
}

void LeadTasks::show(const QVector<TaskRow> &rows)
{
    m_rows = rows;
    delete m_list;
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    setInsets(column, 0, 0, 0, 0, 4);
    int number = 0, more = 0;
    for (const TaskRow &row : rows) {
        if (row.task.done)
            continue;
        if (number < shown)
            column->addWidget(line(row, ++number));
        else
            ++more;
    }
    if (more > 0)
        column->addWidget(new Label(tr("and %1 more").arg(more), TextRole::Small, Ink::Text2, m_list));
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, m_list);
    m_list->setVisible(number > 0);
}

/// The time on both clocks while it is typed: what will be kept, before it is.
void LeadTasks::showMeaning()
{
    const QTimeZone mine = QTimeZone::systemTimeZone(), theirs = leadZone(m_contact, m_desk->timezone()).zone;
    const auto entry = taskentry::parse(m_entry->text(), QDateTime::currentDateTimeUtc(), mine, theirs);
    m_meaning->setVisible(!entry.title.isEmpty());
    const QString name = m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName;
    QString words = freetimes::bothClocks(entry.due, mine, theirs, name);
    if (!entry.timed)
        words = tr("%1 (no time was typed)").arg(words);
    m_meaning->setText(words + (entry.note.isEmpty() ? QString() : u'\n' + entry.note));
}

void LeadTasks::add()
{
    const QTimeZone mine = QTimeZone::systemTimeZone(), theirs = leadZone(m_contact, m_desk->timezone()).zone;
    const auto entry = taskentry::parse(m_entry->text(), QDateTime::currentDateTimeUtc(), mine, theirs);
    if (entry.title.isEmpty() || m_contact.id.isEmpty())
        return;
    TaskDraft draft;
    draft.contactId = m_contact.id;
    draft.title = entry.title;
    draft.due = entry.due;
    draft.user = m_work->me();
    m_work->addTask(draft, [self = QPointer(this), typed = m_entry->text()](const Result<RecordId> &added) {
        if (added && self && self->m_entry->text() == typed)
            self->m_entry->clear();
    });
    if (!entry.tags.isEmpty())
        m_work->changeTags(m_contact, entry.tags, {});
}

} // namespace outrigger::gui
