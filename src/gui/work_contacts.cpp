// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/work.h"

#include "models/contactwords.h"
#include "models/desk.h"
#include "sync/engine.h"

using namespace Qt::StringLiterals;

// What a person does to contacts.
namespace outrigger::gui {

void Work::changeContact(const Contact &contact, const QString &field, const QJsonValue &value)
{
    ContactChange change;
    change.set(contact, field, value);
    if (contactfields::same(field, change.from[field], value))
        return;
    const QString label = models::contactwords::label(field, &m_desk->reference().customFields);
    m_tasks.start(doChangeContact(this, change, tr("%1 of %2 changed").arg(label, contact.displayName()), true));
}

Task<void> Work::doChangeContact(Work *self, ContactChange change, QString words, bool undoable)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitContactChange(*account, change, {});
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    if (!undoable)
        co_return;
    ContactChange back = change;
    std::swap(back.to, back.from);
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, back] { self->m_tasks.start(doChangeContact(self, back, {}, false)); };
    entry.redo = [self, change] { self->m_tasks.start(doChangeContact(self, change, {}, false)); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::addContact(const ContactDraft &draft, Sent answer)
{
    m_tasks.start(doAddContact(this, draft, std::move(answer)));
}

Task<void> Work::doAddContact(Work *self, ContactDraft draft, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    sync::Outbox::SubmitOptions options;
    options.undoable = false; // the person has filled in a form and pressed a button
    auto submitting = self->m_engine->outbox().submitContact(*account, draft, options);
    const auto submitted = co_await submitting;
    if (!submitted)
        self->sayError(submitted.error());
    else
        self->say(tr("%1 added").arg((draft.firstName + u' ' + draft.lastName).trimmed().isEmpty() ? draft.phone + draft.email
                                                                                                   : (draft.firstName + u' ' + draft.lastName).trimmed()));
    if (answer)
        answer(submitted);
}

void Work::updateContact(const Contact &there, const ContactChange &change, const QStringList &tags, Sent answer)
{
    TagChange more;
    more.contactId = there.id;
    more.add = tags;
    m_tasks.start(doUpdateContact(this, there, change, more, tr("%1 updated").arg(there.displayName()), std::move(answer)));
}

/// words: empty when it is the way back or forth of an undo. `answer` gets the record that was made last.
Task<void> Work::doUpdateContact(Work *self, Contact there, ContactChange change, TagChange tags, QString words, Sent answer)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    Result<RecordId> last = RecordId();
    if (!change.isEmpty()) {
        auto submitting = self->m_engine->outbox().submitContactChange(*account, change, {});
        last = co_await submitting;
    }
    if (last && !(tags.add.isEmpty() && tags.remove.isEmpty())) {
        auto submitting = self->m_engine->outbox().submitTags(*account, tags, {});
        last = co_await submitting;
    }
    if (!last)
        self->sayError(last.error());
    if (answer)
        answer(last);
    if (!last || words.isEmpty())
        co_return;
    ContactChange back = change;
    std::swap(back.to, back.from);
    TagChange off = tags;
    std::swap(off.add, off.remove);
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, there, back, off] { self->m_tasks.start(doUpdateContact(self, there, back, off, {}, {})); };
    entry.redo = [self, there, change, tags] { self->m_tasks.start(doUpdateContact(self, there, change, tags, {}, {})); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

void Work::deleteContact(const Contact &contact)
{
    m_tasks.start(doDeleteContact(this, contact));
}

Task<void> Work::doDeleteContact(Work *self, Contact contact)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitContactDelete(*account, contact.id, contact.displayName(), {});
    const auto submitted = co_await submitting;
    if (!submitted)
        self->sayError(submitted.error());
    else
        self->say(tr("%1 is deleted in half a minute").arg(contact.displayName()), tr("Keep"), [self, id = *submitted] { self->dropRecord(id); });
}

Task<Result<QVector<OutboxRecord>>> Work::conflictsOf(ContactId contact)
{
    const auto account = m_engine->account();
    if (!account)
        co_return QVector<OutboxRecord>();
    auto listing = m_engine->outbox().list(account->id, false);
    auto records = co_await listing;
    if (!records)
        co_return fail(records.error());
    records->removeIf([&](const OutboxRecord &record) {
        const bool edit = record.kind == OutboxKind::ContactUpdate || record.kind == OutboxKind::ContactDelete;
        return !edit || record.state != OutboxState::Rejected || record.contactId() != contact;
    });
    co_return std::move(*records);
}

void Work::enrol(const EnrolChange &change)
{
    m_tasks.start(doEnrol(this, change));
}

Task<void> Work::doEnrol(Work *self, EnrolChange change)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    auto submitting = self->m_engine->outbox().submitEnrol(*account, change, {});
    const auto submitted = co_await submitting;
    if (!submitted)
        self->sayError(submitted.error());
    else if (change.leave)
        self->say(models::contactwords::enrol(change));
    else
        self->say(models::contactwords::enrol(change), tr("Undo"), [self, id = *submitted] { self->dropRecord(id); });
}

void Work::bulk(const BulkPart &what, const QVector<ContactId> &contacts, const QString &words, std::optional<BulkPart> undo)
{
    m_tasks.start(doBulk(this, what, contacts, words, std::move(undo)));
}

Task<void> Work::doBulk(Work *self, BulkPart what, QVector<ContactId> contacts, QString words, std::optional<BulkPart> undo)
{
    const auto account = self->m_engine->account();
    if (!account)
        co_return;
    what.title = words;
    auto submitting = self->m_engine->outbox().submitBulk(*account, what, contacts, {});
    const auto submitted = co_await submitting;
    if (!submitted) {
        self->sayError(submitted.error());
        co_return;
    }
    if (!undo) {
        self->say(words);
        co_return;
    }
    UndoList::Entry entry;
    entry.what = words;
    entry.undo = [self, back = *undo, contacts, words] { self->bulk(back, contacts, tr("Taken back: %1").arg(words), {}); };
    entry.redo = [self, what, contacts, words] { self->bulk(what, contacts, words, {}); };
    self->m_undo.add(entry);
    self->say(words, tr("Undo"), [self] { self->m_undo.undo(); });
}

} // namespace outrigger::gui
