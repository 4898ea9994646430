// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/life.h"

#include "domain/contactchange.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

// Automations, which begin twice when they are begun twice and of which nobody can ask whether they have begun, and jobs
// over many contacts.
namespace outrigger::prove {

using S = OutboxState;
using sync::Outbox;

QString Life::workflowOf(int account) const
{
    const practice::World &world = m_server->world();
    const auto &items = world.shelf.items;
    for (practice::Index i = 0; i < practice::Index(items.size()); ++i) {
        if (items[i].kind == "workflow"_L1 && !items[i].deleted && items[i].location == m_desks[std::size_t(account)].location
            && items[i].body["status"_L1].toString() == "published"_L1)
            return world.mint.id(practice::Kind::Shelf, i);
    }
    return {};
}

/// The request that begins it, as a key in the books.
QString Life::enrolment(const QString &contact, const QString &workflow) { return u"/contacts/%1/workflow/%2"_s.arg(contact, workflow); }

void Life::enrol(const Step &step)
{
    const Desk &desk = m_desks[std::size_t(step.a)];
    EnrolChange change;
    change.contactId = ContactId(desk.contacts[step.b]);
    change.id = workflowOf(step.a);
    change.name = u"Proof"_s;
    change.leave = step.c != 0;
    Outbox::SubmitOptions options;
    options.undoable = false;
    if (!change.leave)
        ++m_allowed[enrolment(change.contactId.value, change.id)];
    submitted(wait(m_outbox->submitEnrol(desk.account, change, options)), step.a, {}, {}, OutboxKind::ContactEnrol);
}

void Life::many(const Step &step)
{
    const Desk &desk = m_desks[std::size_t(step.a)];
    QVector<ContactId> contacts;
    for (const QString &id : desk.contacts)
        contacts.append(ContactId(id));
    BulkPart what;
    what.act = step.c == 0 ? BulkPart::Act::AddTags : BulkPart::Act::JoinWorkflow;
    if (step.c == 0) {
        what.tags.append(u"proof-many-%1"_s.arg(step.b));
    } else {
        what.id = workflowOf(step.a);
        for (const QString &id : desk.contacts)
            ++m_allowed[enrolment(id, what.id)];
    }
    const auto job = wait(m_outbox->submitBulk(desk.account, what, contacts, {}));
    if (!job)
        return; // the crash came before the answer
    if (*job)
        m_jobs.insert(**job);
    else
        trouble(u"not-taken"_s, u"a job was not taken: "_s + job->error().message);
}

/// Every job is there, whole; whom it names as done has got it, and an unclear one is named.
void Life::compareJobs(const QVector<OutboxRecord> &records)
{
    QSet<QString> there;
    for (const OutboxRecord &record : records) {
        if (record.kind != OutboxKind::ContactBulk)
            continue;
        const BulkPart part = BulkPart::fromJson(record.payload);
        there.insert(part.job);
        if (record.state != S::Confirmed)
            continue;
        const QJsonObject failed = record.look[bulkFailedKey].toObject();
        if (record.look[bulkDoneKey].toInt() != part.contacts.size())
            trouble(u"lost"_s, u"a job ended after %1 of %2 contacts"_s.arg(record.look[bulkDoneKey].toInt()).arg(part.contacts.size()));
        for (const QString &id : part.contacts) {
            if (failed.contains(id))
                continue;
            const practice::Contact &contact = m_server->world().contacts[*m_server->world().contact(id)];
            if (part.act == BulkPart::Act::AddTags && !contact.tags.contains(part.tags.first()))
                trouble(u"false-sent"_s, u"a job says that %1 has the tag %2"_s.arg(id, part.tags.first()));
            if (part.act == BulkPart::Act::JoinWorkflow && m_effects.value(enrolment(id, part.id)) == 0)
                trouble(u"false-sent"_s, u"a job says that %1 is in the workflow"_s.arg(id));
        }
    }
    for (const QString &job : std::as_const(m_jobs)) {
        if (!there.contains(job))
            trouble(u"lost"_s, u"a job is gone"_s);
    }
}

} // namespace outrigger::prove
