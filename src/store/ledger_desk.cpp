// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger_p.h"
#include "store/ledger_write.h"

using namespace Qt::StringLiterals;

/// Accounts, desk marks, drafts and small settings.
namespace outrigger::store {

namespace {

/// Beside the draft itself, so that an older version reads the text as before.
QString draftTypeName(const LocationId &location, const ContactId &contact)
{
    return u"draft.type/"_s + location.value + u'/' + contact.value;
}

Status writeDraft(Connection &connection, const ThreadDraft &draft)
{
    const QString typeName = draftTypeName(draft.location, draft.contact);
    if (draft.text.isEmpty() || draft.type.isEmpty()) {
        if (const Status gone = connection.statement("DELETE FROM settings WHERE name=?").text(typeName).run(); !gone)
            return gone;
    } else if (const Status kept = ledger::writeSetting(connection, typeName, draft.type); !kept) {
        return kept;
    }
    if (draft.text.isEmpty())
        return connection.statement("DELETE FROM drafts WHERE location=? AND contact=?").text(draft.location.value).text(draft.contact.value).run();
    return connection
        .statement("INSERT INTO drafts(location, contact, text, caret, changed_at) VALUES(?,?,?,?,?)"
                   " ON CONFLICT DO UPDATE SET text=excluded.text, caret=excluded.caret, changed_at=excluded.changed_at")
        .text(draft.location.value)
        .text(draft.contact.value)
        .text(draft.text)
        .integer(draft.caret)
        .integer(draft.changedAt.isValid() ? draft.changedAt.toMSecsSinceEpoch() : QDateTime::currentMSecsSinceEpoch())
        .run();
}

Status removeAccountRows(Connection &connection, const AccountId &id, QVector<QJsonObject> &lines)
{
    auto &find = connection.statement("SELECT id FROM records WHERE account=?");
    find.text(id.value);
    QStringList records;
    for (;;) {
        const auto row = find.step();
        if (!row)
            return fail(row.error());
        if (!*row)
            break;
        records.append(find.textAt(0));
    }
    for (const QString &record : std::as_const(records)) {
        if (const Status removed = ledger::removeRecord(connection, record, lines); !removed)
            return removed;
    }
    return {};
}

Result<bool> hasUnfinished(Connection &connection, const AccountId &id)
{
    auto &find = connection.statement("SELECT 1 FROM records WHERE account=? AND state NOT IN ('confirmed', 'cancelled', 'rejected') LIMIT 1");
    const auto found = find.text(id.value).step();
    find.done();
    return found;
}

} // namespace

Task<Result<QVector<Account>>> Ledger::accounts()
{
    if (d->newer)
        co_return QVector<Account>();
    auto job = m_database->run<QVector<Account>>([](Connection &connection) -> Result<QVector<Account>> {
        auto &read = connection.statement("SELECT data FROM accounts ORDER BY created_at, id");
        QVector<Account> accounts;
        for (;;) {
            const auto row = read.step();
            if (!row)
                return fail(row.error());
            if (!*row)
                return accounts;
            accounts.append(accountFromJson(objectFrom(read.utf8At(0))));
        }
    });
    co_return co_await job;
}

Task<Status> Ledger::putAccount(Account account)
{
    return write<void>([p = d, account](Connection &connection) -> Status {
        Transaction transaction(connection);
        if (!transaction.begun())
            return transaction.begun();
        const QJsonObject data = accountToJson(account);
        if (const Status written = ledger::writeAccount(connection, data); !written)
            return written;
        return ledger::seal(connection, transaction, p->journal, {{{"account"_L1, data}}});
    });
}

Task<Result<Account>> Ledger::changeAccount(AccountId id, std::function<void(Account &)> change)
{
    return write<Account>([p = d, id, change](Connection &connection) -> Result<Account> {
        Transaction transaction(connection);
        if (!transaction.begun())
            return fail(transaction.begun().error());
        auto &read = connection.statement("SELECT data FROM accounts WHERE id=?");
        const auto found = read.text(id.value).step();
        if (!found)
            return fail(found.error());
        if (!*found)
            return fail(ErrorKind::NotFound, tr("There is no such account here."));
        Account account = accountFromJson(objectFrom(read.utf8At(0)));
        read.done();
        change(account);
        account.id = id;
        const QJsonObject data = accountToJson(account);
        if (const Status written = ledger::writeAccount(connection, data); !written)
            return fail(written.error());
        if (const Status sealed = ledger::seal(connection, transaction, p->journal, {{{"account"_L1, data}}}); !sealed)
            return fail(sealed.error());
        return account;
    });
}

Task<Status> Ledger::removeAccount(AccountId id, bool withRecords)
{
    return write<void>([p = d, id, withRecords](Connection &connection) -> Status {
        Transaction transaction(connection);
        if (!transaction.begun())
            return transaction.begun();
        QVector<QJsonObject> lines;
        if (withRecords) {
            if (const Status removed = removeAccountRows(connection, id, lines); !removed)
                return removed;
        } else {
            const auto waiting = hasUnfinished(connection, id);
            if (!waiting)
                return fail(waiting.error());
            if (*waiting)
                return fail(ledger::errorWith(u"waiting"_s, tr("Some changes of this account have not left yet. Send or discard them first.")));
        }
        if (const Status gone = connection.statement("DELETE FROM accounts WHERE id=?").text(id.value).run(); !gone)
            return gone;
        lines.append({{"noAccount"_L1, id.value}});
        return ledger::seal(connection, transaction, p->journal, lines);
    });
}

Task<Result<QVector<Cache::DeskMark>>> Ledger::deskMarks(LocationId location)
{
    if (d->newer)
        co_return QVector<Cache::DeskMark>();
    auto job = m_database->run<QVector<Cache::DeskMark>>([location](Connection &connection) -> Result<QVector<Cache::DeskMark>> {
        auto &read = connection.statement("SELECT contact, done_at, snoozed_until, has_draft FROM marks WHERE location=?");
        read.text(location.value);
        QVector<Cache::DeskMark> marks;
        for (;;) {
            const auto row = read.step();
            if (!row)
                return fail(row.error());
            if (!*row)
                return marks;
            marks.append({location, ContactId(read.textAt(0)), read.dateAt(1), read.dateAt(2), read.integerAt(3) != 0});
        }
    });
    co_return co_await job;
}

Task<Status> Ledger::putDeskMark(Cache::DeskMark mark)
{
    return write<void>([mark](Connection &connection) -> Status {
        if (!mark.doneAt.isValid() && !mark.snoozedUntil.isValid() && !mark.hasDraft)
            return connection.statement("DELETE FROM marks WHERE location=? AND contact=?").text(mark.location.value).text(mark.contact.value).run();
        return connection
            .statement("INSERT INTO marks(location, contact, done_at, snoozed_until, has_draft) VALUES(?,?,?,?,?)"
                       " ON CONFLICT DO UPDATE SET done_at=excluded.done_at, snoozed_until=excluded.snoozed_until, has_draft=excluded.has_draft")
            .text(mark.location.value)
            .text(mark.contact.value)
            .date(mark.doneAt)
            .date(mark.snoozedUntil)
            .integer(mark.hasDraft)
            .run();
    });
}

Task<Result<std::optional<ThreadDraft>>> Ledger::draft(LocationId location, ContactId contact)
{
    return m_database->run<std::optional<ThreadDraft>>([location, contact](Connection &connection) -> Result<std::optional<ThreadDraft>> {
        auto &read = connection.statement("SELECT text, caret, changed_at FROM drafts WHERE location=? AND contact=?");
        const auto found = read.text(location.value).text(contact.value).step();
        if (!found)
            return fail(found.error());
        std::optional<ThreadDraft> draft;
        if (*found)
            draft = ThreadDraft{location, contact, read.textAt(0), int(read.integerAt(1)), read.dateAt(2)};
        read.done();
        if (draft) {
            const auto type = ledger::readSetting(connection, draftTypeName(location, contact));
            if (!type)
                return fail(type.error());
            draft->type = *type;
        }
        return draft;
    });
}

Task<Status> Ledger::putDraft(ThreadDraft draft)
{
    return write<void>([draft](Connection &connection) -> Status {
        Transaction transaction(connection);
        if (!transaction.begun())
            return transaction.begun();
        if (const Status written = writeDraft(connection, draft); !written)
            return written;
        return transaction.commit();
    });
}

Task<Status> Ledger::renameContact(LocationId location, ContactId from, ContactId to)
{
    return write<void>([location, from, to](Connection &connection) -> Status {
        Transaction transaction(connection);
        if (!transaction.begun())
            return transaction.begun();
        // What is already there under the new id was written later and stays.
        for (const char *sql : {"UPDATE OR IGNORE marks SET contact=? WHERE location=? AND contact=?",
                                "UPDATE OR IGNORE drafts SET contact=? WHERE location=? AND contact=?"}) {
            if (const Status moved = connection.statement(sql).text(to.value).text(location.value).text(from.value).run(); !moved)
                return moved;
        }
        const Status typed = connection.statement("UPDATE OR IGNORE settings SET name=? WHERE name=?")
                                 .text(draftTypeName(location, to)).text(draftTypeName(location, from)).run();
        if (!typed)
            return typed;
        return transaction.commit();
    });
}

Task<Result<QString>> Ledger::setting(QString key)
{
    if (d->newer)
        co_return QString();
    auto job = m_database->run<QString>([key](Connection &connection) { return ledger::readSetting(connection, u"user."_s + key); });
    co_return co_await job;
}

Task<Status> Ledger::putSetting(QString key, QString value)
{
    return write<void>([key, value](Connection &connection) { return ledger::writeSetting(connection, u"user."_s + key, value); });
}

} // namespace outrigger::store
