// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/account.h"
#include "domain/outboxrecord.h"
#include "store/cache.h"
#include "store/database.h"

/// The precious file: outbox records, accounts, drafts and desk marks. synchronous FULL, with an append-only journal
/// (one checksummed, fsynced line per transition) from which the outbox can be rebuilt.
namespace outrigger::store {

struct LedgerReport {
    bool newerVersion = false;    ///< written by a newer Outrigger: neither deliver nor change
    bool salvaged = false;        ///< the file was damaged; it was copied aside and rebuilt from rows and journal
    QStringList unreadable;       ///< record ids that could not be brought back
    QString setAside;             ///< where the damaged file is
};

struct ThreadDraft {
    LocationId location;
    ContactId contact;
    QString text;
    int caret = 0;
    QDateTime changedAt;
    QString type = {}; ///< the send call's word of the channel it was written on; empty: not chosen
};

class Ledger : public QObject
{
    Q_OBJECT
public:
    Ledger(const QString &file, const QString &journalFile, QObject *parent = nullptr);
    ~Ledger() override;
    Task<Result<LedgerReport>> open();

    // --- records ---
    /// Durable when it returns: committed with synchronous FULL and in the journal. Gives the lane sequence.
    Task<Result<OutboxRecord>> insert(OutboxRecord record);
    /// Two records that belong together (create contact, then text it) in one transaction.
    Task<Result<QVector<OutboxRecord>>> insertAll(QVector<OutboxRecord> records);
    /// Moves a record from one state to another and stores the changed fields, durably; fails with code "state" when
    /// the stored state is not `expected` or mayFollow() forbids the step, and with code "bound" when the server id
    /// already belongs to another record.
    Task<Result<OutboxRecord>> transition(OutboxRecord record, OutboxState expected);
    /// Changes fields without a change of state (due time, look, payload while Queued or Held).
    Task<Result<OutboxRecord>> update(OutboxRecord record);
    /// Several at once, one transaction: used to coalesce (the replaced record becomes Cancelled).
    Task<Result<QVector<OutboxRecord>>> replace(OutboxRecord fresh, QVector<RecordId> cancelled, QString reason);
    Task<Result<std::optional<OutboxRecord>>> record(RecordId id);
    /// All but Confirmed and Cancelled, oldest first; the working set at start.
    Task<Result<QVector<OutboxRecord>>> unfinished();
    struct ListQuery {
        std::optional<AccountId> account;
        bool finishedToo = false;
        int limit = 1000;
    };
    Task<Result<QVector<OutboxRecord>>> list(ListQuery query);
    /// Texts that HighLevel took and keeps until after `now`.
    Task<Result<QVector<OutboxRecord>>> keptForLater(QDateTime now);
    Task<Result<std::optional<OutboxRecord>>> byServerId(LocationId location, QString serverId);
    /// Removes Confirmed and Cancelled records older than 30 days.
    Task<Result<int>> cleanUp(QDateTime before);
    struct JournalLine {
        QDateTime at;
        RecordId record;
        QString state;
        QString note;
    };
    Task<Result<QVector<JournalLine>>> history(RecordId id);

    // --- accounts ---
    Task<Result<QVector<Account>>> accounts();
    Task<Status> putAccount(Account account); ///< insert or replace, synced to disk
    /// Changes the row as it is on the disk, in one transaction, so that two who change different fields of it do not
    /// undo each other. `change` runs on the writer's thread. Answers the row as it is now; NotFound when it is gone.
    Task<Result<Account>> changeAccount(AccountId id, std::function<void(Account &)> change);
    /// Removes the account and, if asked, its records; refuses with code "waiting" when open ones are left.
    Task<Status> removeAccount(AccountId id, bool withRecords);

    // --- desk ---
    Task<Result<QVector<Cache::DeskMark>>> deskMarks(LocationId location);
    Task<Status> putDeskMark(Cache::DeskMark mark);
    Task<Result<std::optional<ThreadDraft>>> draft(LocationId location, ContactId contact);
    Task<Status> putDraft(ThreadDraft draft); ///< empty text removes it
    /// A local contact got its server id: drafts and marks follow.
    Task<Status> renameContact(LocationId location, ContactId from, ContactId to);

    // --- small settings that must survive (clean end, limiter back-off, ...) ---
    Task<Result<QString>> setting(QString key);
    Task<Status> putSetting(QString key, QString value);

    Database &database() { return *m_database; }
    /// Tests only: before open().
    void setFaults(std::shared_ptr<Faults> faults);

    struct Private;

private:
    /// Once more when the disk was full: the ballast has been given back by then.
    template <class T>
    Task<Result<T>> write(std::function<Result<T>(Connection &)> job);
    Task<Result<LedgerReport>> salvage();

    QString m_journalFile;
    std::shared_ptr<Private> d; ///< shared with the jobs on the database's thread
    std::unique_ptr<Database> m_database;
};

} // namespace outrigger::store
