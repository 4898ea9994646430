// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/newcontact.h"

#include "domain/contactinput.h"
#include "gui/widgets.h"
#include "gui/work.h"
#include "models/contactwords.h"
#include "models/desk.h"

#include <QCheckBox>
#include <QCompleter>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace outrigger::gui {

NewContact::NewContact(models::Desk *desk, Work *work, const UserId &me, QWidget *parent) : QDialog(parent), m_desk(desk), m_work(work), m_me(me)
{
    setObjectName(u"newContact"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New contact"));
    auto *column = new QVBoxLayout(this);
    setInsets(column, 20, 16, 20, 16, 12);
    column->addWidget(new Label(tr("New contact"), TextRole::Heading, Ink::Text, this));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(px(12));
    form->setVerticalSpacing(px(8));
    m_phone = addLine(tr("Phone"), u"newContact.phone"_s, form);
    m_first = addLine(tr("First name"), u"newContact.first"_s, form);
    m_last = addLine(tr("Last name"), u"newContact.last"_s, form);
    m_email = addLine(tr("E-mail"), u"newContact.email"_s, form);
    m_company = addLine(tr("Company"), u"newContact.company"_s, form);
    m_tags = addLine(tr("Tags"), u"newContact.tags"_s, form);
    m_tags->setPlaceholderText(tr("separated by commas"));
    m_source = addLine(tr("Source"), u"newContact.source"_s, form);
    column->addLayout(form);
    m_mine = named(new QCheckBox(tr("I am the owner"), this), u"newContact.mine"_s, tr("I am the owner"));
    m_mine->setChecked(!me.isEmpty());
    m_mine->setVisible(!me.isEmpty());
    column->addWidget(m_mine);
    m_said = new Label(TextRole::Body, Ink::Warn, this);
    m_said->setObjectName(u"newContact.said"_s);
    m_said->setWordWrap(true);
    m_said->hide();
    column->addWidget(m_said);
    auto *row = new QHBoxLayout;
    row->setSpacing(px(8));
    m_open = pushButton(tr("Open this contact"), u"newContact.open"_s, this);
    m_open->hide();
    m_update = pushButton(tr("Update it"), u"newContact.update"_s, this);
    m_update->hide();
    auto *cancel = pushButton(tr("Cancel"), u"newContact.cancel"_s, this);
    m_add = pushButton(tr("Add contact"), u"newContact.add"_s, this, true);
    m_open->setAutoDefault(false);
    m_update->setAutoDefault(false);
    cancel->setAutoDefault(false);
    m_add->setDefault(true);
    row->addWidget(m_open);
    row->addWidget(m_update);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_add);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &NewContact::submit);
    connect(m_open, &QPushButton::clicked, this, [this] {
        Q_EMIT contactRequested(m_twin);
        accept();
    });
    connect(m_update, &QPushButton::clicked, this, &NewContact::update);
    m_pause.setSingleShot(true);
    m_pause.setInterval(150);
    connect(&m_pause, &QTimer::timeout, this, &NewContact::look);
    for (auto *line : {m_phone, m_first, m_last, m_email, m_company, m_tags, m_source})
        connect(line, &QLineEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    setMinimumWidth(px(420));
    m_phone->setFocus();
}

QLineEdit *NewContact::addLine(const QString &label, const QString &objectName, QFormLayout *form)
{
    auto *line = named(new QLineEdit(this), objectName, label);
    line->setMaxLength(300);
    auto *words = new QLabel(label, this);
    words->setBuddy(line);
    words->setMinimumHeight(line->sizeHint().height()); // a form puts a low label near the top of a high field
    form->addRow(words, line);
    return line;
}

void NewContact::setPhone(const QString &phone) { m_phone->setText(phone); }

void NewContact::say(const QString &sentence, const ContactId &open, bool stops)
{
    m_twin = open;
    m_there.reset();
    m_update->hide();
    m_said->setText(sentence);
    m_said->setVisible(!sentence.isEmpty());
    m_open->setVisible(!open.isEmpty());
    m_add->setEnabled(!stops);
    m_add->setVisible(!stops || open.isEmpty());
    if (stops && !open.isEmpty()) {
        m_open->setDefault(true);
    } else {
        m_add->setDefault(true);
    }
    makeRoom();
}

/// What is said takes lines of its own: the sheet grows, else its fields would be squeezed. Never beyond the screen: with
/// large text its buttons would be out of reach.
void NewContact::makeRoom()
{
    layout()->activate();
    const int needed = qMax(layout()->hasHeightForWidth() ? layout()->heightForWidth(width()) : 0, layout()->minimumSize().height());
    const QRect room = screen()->availableGeometry();
    const int most = qMin(needed, int(room.height() * 0.9));
    if (most <= height())
        return;
    resize(width(), most);
    const int over = frameGeometry().bottom() - room.bottom();
    if (isVisible() && over > 0)
        move(x(), qMax(room.top(), y() - over));
}

ContactChange NewContact::changeOf(const ContactDraft &typed, const Contact &there) const
{
    const Contact said = contactOf(typed);
    ContactChange change;
    change.contactId = there.id;
    for (const QString &field : contactfields::standard()) {
        const QJsonValue value = contactfields::value(said, field);
        if (!contactfields::isNothing(value) && !contactfields::same(field, value, contactfields::value(there, field)))
            change.set(there, field, value);
    }
    return change;
}

void NewContact::offerUpdate(const Contact &there)
{
    const QString name = there.displayName();
    const ContactDraft typed = this->typed();
    const ContactChange change = changeOf(typed, there);
    QStringList parts;
    for (auto it = change.to.constBegin(); it != change.to.constEnd(); ++it) {
        const QString before = contactfields::isNothing(change.from[it.key()]) ? QString() : models::contactwords::value(it.key(), change.from[it.key()]);
        const QString label = models::contactwords::label(it.key()), after = models::contactwords::value(it.key(), it.value());
        parts.append(before.isEmpty() ? tr("%1: %2", "field: new value").arg(label, after) : tr("%1: %2 instead of %3", "field: new value, old value").arg(label, after, before));
    }
    if (const QStringList tags = newTags(typed.tags, there.tags); !tags.isEmpty())
        parts.append(tr("new tags: %1").arg(tags.join(u", "_s)));
    say(parts.isEmpty() ? tr("%1 has this number or address already. Open that contact instead of adding a second one.").arg(name)
                        : tr("%1 has this number or address already. Open that contact, or update it: %2.", "name, what would change").arg(name, parts.join(u"; "_s)),
        there.id, true);
    m_there = there;
    m_update->setVisible(!parts.isEmpty());
    makeRoom();
}

/// Queued like every change: it waits when HighLevel cannot be reached, and meets a newer value as a conflict.
void NewContact::update()
{
    const auto typed = draft();
    if (!typed || !m_there)
        return;
    const Contact there = *m_there;
    m_update->setEnabled(false);
    m_work->updateContact(there, changeOf(*typed, there), newTags(typed->tags, there.tags), [guard = QPointer<NewContact>(this), id = there.id](const Result<RecordId> &record) {
        if (!guard)
            return;
        guard->m_update->setEnabled(true);
        if (!record)
            return;
        Q_EMIT guard->contactRequested(id);
        guard->accept();
    });
}

std::optional<ContactDraft> NewContact::draft()
{
    const auto phone = readField(u"phone"_s, m_phone->text(), nullptr, m_desk->region());
    const auto email = readField(u"email"_s, m_email->text(), nullptr, m_desk->region());
    for (const auto &[input, line] : {std::pair(phone, m_phone), std::pair(email, m_email)}) {
        if (!input.ok()) {
            say(input.problem, {}, false);
            line->setFocus(Qt::OtherFocusReason);
            return std::nullopt;
        }
    }
    const ContactDraft draft = typed();
    if (draft.phone.isEmpty() && draft.email.isEmpty() && draft.firstName.isEmpty() && draft.lastName.isEmpty()) {
        say(tr("A contact needs a name, a number or an e-mail address."), {}, false);
        return std::nullopt;
    }
    return draft;
}

ContactDraft NewContact::typed() const
{
    ContactDraft draft;
    if (const auto phone = readField(u"phone"_s, m_phone->text(), nullptr, m_desk->region()); phone.ok())
        draft.phone = phone.value.toString();
    if (const auto email = readField(u"email"_s, m_email->text(), nullptr, m_desk->region()); email.ok())
        draft.email = email.value.toString();
    draft.firstName = m_first->text().simplified();
    draft.lastName = m_last->text().simplified();
    draft.source = m_source->text().simplified();
    const QStringList tags = m_tags->text().split(u',', Qt::SkipEmptyParts);
    for (const QString &tag : tags) {
        if (const QString word = tag.simplified().toLower(); !word.isEmpty() && !draft.tags.contains(word))
            draft.tags.append(word);
    }
    if (m_mine->isChecked())
        draft.assignedTo = m_me;
    if (const QString company = m_company->text().simplified(); !company.isEmpty())
        draft.more.insert("companyName"_L1, company);
    return draft;
}

void NewContact::look() { m_looking = lookUp(this); }

/// Who is here already, while it is typed. Half a number says nothing.
Task<void> NewContact::lookUp(NewContact *self)
{
    auto searching = self->m_desk->twinsOf(contactOf(self->typed()));
    const auto twins = co_await searching;
    if (!twins || twins->isEmpty()) {
        self->say({}, {}, false);
        co_return;
    }
    const ContactHit twin = twins->first();
    switch (twin.match) {
    case ContactHit::Match::Exact: {
        auto loading = self->m_desk->contact(twin.id);
        const auto there = co_await loading;
        if (there && *there) {
            self->offerUpdate(**there);
            break;
        }
        self->say(tr("%1 has this number or address already. Open that contact instead of adding a second one.").arg(twin.name), twin.id, true);
        break;
    }
    case ContactHit::Match::Maybe: self->say(tr("%1 has a number that ends alike.").arg(twin.name), twin.id, false); break;
    case ContactHit::Match::Name: self->say(tr("There is a contact of this name: %1.").arg(twin.name), twin.id, false); break;
    }
}

void NewContact::submit()
{
    const auto what = draft();
    if (what && m_adding.done())
        m_adding = askAndAdd(this, *what);
}

/// The local copy may be behind: HighLevel is asked as well. Where it cannot be reached the contact is added and waits.
Task<void> NewContact::askAndAdd(NewContact *self, ContactDraft draft)
{
    self->m_add->setEnabled(false);
    if (!draft.phone.isEmpty() || !draft.email.isEmpty()) {
        auto asking = self->m_desk->findOnServer(draft.phone, draft.email);
        const auto found = co_await asking;
        if (found && *found) {
            self->offerUpdate(**found);
            co_return;
        }
    }
    self->m_add->setEnabled(true);
    self->m_work->addContact(draft, [guard = QPointer<NewContact>(self)](Result<RecordId> record) {
        if (!guard || !record)
            return;
        Q_EMIT guard->contactRequested(ContactId::local(record->value));
        guard->accept();
    });
}

} // namespace outrigger::gui
