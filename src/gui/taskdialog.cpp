// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/taskdialog.h"

#include "domain/schedule.h"
#include "domain/slots.h"
#include "domain/whenwhere.h"
#include "gui/fieldframe.h"
#include "gui/widgets.h"
#include "models/desk.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

namespace {
constexpr int mostFound = 6;
}

TaskDialog::TaskDialog(models::Desk *desk, const UserId &me, const ContactId &contact, QWidget *parent) : QDialog(parent), m_desk(desk), m_me(me)
{
    setObjectName(u"task.new"_s);
    build(tr("New task"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(120);
    connect(&m_pause, &QTimer::timeout, this, [this] { m_searching = search(this); });
    if (!contact.isEmpty())
        m_searching = read(this, contact);
    showMeaning();
}

TaskDialog::TaskDialog(models::Desk *desk, const UserId &me, const TaskRow &row, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_me(me), m_row(row)
{
    setObjectName(u"task.edit"_s);
    build(tr("Task for %1").arg(row.contactName));
    m_line->setText(row.task.title);
    m_body->setPlainText(row.task.body);
    m_owner->setCurrentIndex(std::max(0, m_owner->findData(row.task.user.value)));
    m_searching = read(this, row.task.contact);
    showMeaning();
}

void TaskDialog::build(const QString &title)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    const QString area = objectName();
    auto *column = new QVBoxLayout(this);
    setInsets(column, 20, 16, 20, 16, 12);
    auto *head = new Label(title, TextRole::Heading, Ink::Text, this);
    head->setElided(true);
    column->addWidget(head);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->setHorizontalSpacing(px(12));
    form->setVerticalSpacing(px(8));
    m_line = named(new QLineEdit(this), area + u".line"_s, tr("What is to be done"));
    m_line->setMaxLength(300);
    form->addRow(tr("Task"), m_line);
    connect(m_line, &QLineEdit::textChanged, this, &TaskDialog::showMeaning);
    if (m_row) {
        m_when = named(new QLineEdit(this), area + u".when"_s, tr("When"));
        m_when->setPlaceholderText(tr("As it is; or: fri 3pm, in 2 days"));
        form->addRow(tr("When"), m_when);
        connect(m_when, &QLineEdit::textChanged, this, &TaskDialog::showMeaning);
    } else {
        m_line->setPlaceholderText(tr("call back fri 3pm their time"));
    }
    m_meaning = new Label(TextRole::Small, Ink::Text2, this);
    m_meaning->setObjectName(area + u".meaning"_s);
    m_meaning->setWordWrap(true);
    m_meaning->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    m_meaning->setMinimumHeight(2 * QFontMetrics(Style::instance()->font(TextRole::Small)).lineSpacing()); // a form asks no width
    form->addRow(QString(), m_meaning);
    if (!m_row)
        addContact(form);
    addFacts(form);
    column->addLayout(form);
    column->addStretch(1);
    auto *row = new QHBoxLayout;
    if (m_row) {
        auto *remove = pushButton(tr("Remove"), area + u".remove"_s, this);
        remove->setAutoDefault(false);
        connect(remove, &QPushButton::clicked, this, [this] {
            Q_EMIT removeWanted(*m_row);
            accept();
        });
        row->addWidget(remove);
    }
    row->addStretch(1);
    auto *cancel = pushButton(tr("Cancel"), area + u".cancel"_s, this);
    cancel->setAutoDefault(false);
    m_keep = pushButton(m_row ? tr("Save") : tr("Add the task"), area + u".keep"_s, this, true);
    row->addWidget(cancel);
    row->addWidget(m_keep);
    column->addLayout(row);
    // Enter in the contact's field chooses the contact: it must not add the task as well.
    m_keep->setDefault(false);
    m_keep->setAutoDefault(false);
    connect(m_line, &QLineEdit::returnPressed, this, &TaskDialog::keep);
    if (m_when)
        connect(m_when, &QLineEdit::returnPressed, this, &TaskDialog::keep);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_keep, &QPushButton::clicked, this, &TaskDialog::keep);
    m_line->setFocus();
    resize(px(480), sizeHint().height());
}

void TaskDialog::addContact(QFormLayout *form)
{
    m_who = named(new QLineEdit(this), u"task.new.contact"_s, tr("Lead"));
    m_who->setPlaceholderText(tr("Name, number or e-mail"));
    m_found = named(new QListWidget(this), u"task.new.found"_s, tr("Leads that were found"));
    m_found->setMaximumHeight(px(132));
    m_found->hide();
    form->addRow(tr("Lead"), m_who);
    form->addRow(QString(), m_found);
    connect(m_who, &QLineEdit::textEdited, this, [this] {
        m_contact = {};
        m_pause.start();
        showMeaning();
    });
    connect(m_found, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) { m_searching = read(this, m_people.value(m_found->row(item))); });
    connect(m_found, &QListWidget::itemClicked, m_found, &QListWidget::itemActivated);
    connect(m_who, &QLineEdit::returnPressed, this, [this] {
        if (m_contact.id.isEmpty() && !m_people.isEmpty())
            m_searching = read(this, m_people.first());
        else
            keep();
    });
}

void TaskDialog::addFacts(QFormLayout *form)
{
    const QString area = objectName();
    m_body = named(new QPlainTextEdit(this), area + u".body"_s, tr("More words"));
    m_body->setTabChangesFocus(true);
    m_body->setFixedHeight(px(72));
    auto *frame = new FieldFrame(this);
    frame->setField(m_body);
    form->addRow(tr("More"), frame);
    m_owner = named(new QComboBox(this), area + u".owner"_s, tr("Whose"));
    m_owner->addItem(tr("Nobody"), QString());
    for (const User &user : m_desk->reference().users)
        m_owner->addItem(user.id == m_me ? tr("%1 (you)").arg(user.name) : user.name, user.id.value);
    m_owner->setCurrentIndex(std::max(0, m_owner->findData(m_me.value)));
    form->addRow(tr("Whose"), m_owner);
}

Task<void> TaskDialog::search(TaskDialog *self)
{
    auto asking = self->m_desk->find(self->m_who->text(), mostFound);
    const auto hits = co_await asking;
    self->m_found->clear();
    self->m_people.clear();
    for (const ContactHit &hit : hits ? *hits : QVector<ContactHit>()) {
        self->m_people.append(hit.id);
        self->m_found->addItem(hit.name + (hit.phone.isEmpty() ? QString() : u"  ·  "_s + hit.phone));
    }
    self->m_found->setVisible(!self->m_people.isEmpty());
    self->adjustSize();
}

Task<void> TaskDialog::read(TaskDialog *self, ContactId contact)
{
    auto asking = self->m_desk->contact(contact);
    const auto found = co_await asking;
    Contact person;
    person.id = contact; // during the first sync a conversation may be here before its contact
    self->choose(found && *found ? **found : person);
}

void TaskDialog::choose(const Contact &contact)
{
    m_contact = contact;
    if (m_who) {
        m_who->setText(contact.displayName());
        m_found->hide();
        m_line->setFocus();
    }
    showMeaning();
}

taskentry::Entry TaskDialog::typed() const
{
    const QTimeZone mine = QTimeZone::systemTimeZone();
    const QTimeZone theirs = m_contact.id.isEmpty() ? mine : leadZone(m_contact, m_desk->timezone()).zone;
    return taskentry::parse(m_row ? m_when->text() : m_line->text(), QDateTime::currentDateTimeUtc(), mine, theirs);
}

/// What will be kept, before it is: the words without the time, and the time on both clocks.
void TaskDialog::showMeaning()
{
    if (!m_keep)
        return;
    const auto entry = typed();
    const QTimeZone mine = QTimeZone::systemTimeZone();
    const QTimeZone theirs = m_contact.id.isEmpty() ? mine : leadZone(m_contact, m_desk->timezone()).zone;
    const QString name = m_contact.firstName.isEmpty() ? m_contact.displayName() : m_contact.firstName;
    const auto clocks = [&](const QDateTime &at) { return freetimes::bothClocks(at, mine, theirs, name); };
    bool fine = false;
    QString words;
    if (m_row) {
        const bool kept = m_when->text().trimmed().isEmpty();
        fine = !m_line->text().trimmed().isEmpty() && (kept || entry.timed);
        words = kept ? (m_row->task.due.isValid() ? clocks(m_row->task.due) : tr("No date"))
            : entry.timed ? clocks(entry.due) : tr("Write a day and a time, like \"fri 3pm\" or \"tomorrow 9\".");
    } else if (!entry.title.isEmpty()) {
        fine = !m_contact.id.isEmpty();
        words = entry.title + u" · "_s + clocks(entry.due);
        if (!entry.timed)
            words += u" ("_s + tr("no time was typed") + u')';
        for (const QString &tag : entry.tags)
            words += u" · "_s + tr("tag %1").arg(tag);
        if (!fine)
            words += u'\n' + tr("Choose the lead it is about.");
    }
    if (!entry.note.isEmpty())
        words += u'\n' + entry.note;
    m_meaning->setText(words);
    m_keep->setEnabled(fine);
}

void TaskDialog::keep()
{
    if (!m_keep->isEnabled()) {
        if (m_who && m_contact.id.isEmpty())
            m_who->setFocus();
        return;
    }
    const auto entry = typed();
    const UserId owner(m_owner->currentData().toString());
    if (m_row) {
        TaskChange change;
        if (const QString title = m_line->text().trimmed(); title != m_row->task.title)
            change.title = title;
        if (const QString body = m_body->toPlainText().trimmed(); body != m_row->task.body)
            change.body = body;
        if (!m_when->text().trimmed().isEmpty())
            change.due = entry.due;
        if (owner != m_row->task.user)
            change.user = owner;
        if (!change.isEmpty())
            Q_EMIT changed(*m_row, change);
    } else {
        TaskDraft draft;
        draft.contactId = m_contact.id;
        draft.title = entry.title;
        draft.body = m_body->toPlainText().trimmed();
        draft.due = entry.due;
        draft.user = owner;
        Q_EMIT created(draft, m_contact, entry.tags);
    }
    accept();
}

} // namespace outrigger::gui
