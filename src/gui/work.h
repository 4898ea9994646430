// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/account.h"
#include "domain/calendar.h"
#include "domain/contactchange.h"
#include "domain/dealrows.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/outboxrecord.h"
#include "domain/rows.h"
#include "domain/scheduledtext.h"
#include "gui/undolist.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

#include <functional>

namespace outrigger::models {
class Desk;
}
namespace outrigger::sync {
class Engine;
class Outbox;
}

namespace outrigger::gui {

/// What a person does, handed to the engine, with its undo and the sentence that says what happened. Pages call this
/// and never the outbox, so that every act has the same words wherever it is started.
class Work : public QObject
{
    Q_OBJECT
public:
    Work(sync::Engine *engine, models::Desk *desk, QObject *parent = nullptr);
    ~Work() override;
    UndoList &undoList() { return m_undo; }
    UserId me() const; ///< the person of the account in use; empty when that is not known

    void setDone(const ConversationRow &row, bool done);
    void snooze(const ConversationRow &row, const QDateTime &until, const QString &words);
    /// byHand: says so and can be undone; else it happens quietly because the thread was in view.
    void setRead(const ConversationRow &row, bool read, bool byHand);
    void setStarred(const ConversationRow &row, bool starred);
    /// to: empty is nobody. name: theirs, for the sentence.
    void assign(const ConversationRow &row, const UserId &to, const QString &name);
    void changeTags(const Contact &contact, const QStringList &add, const QStringList &remove);

    using Sent = std::function<void(Result<RecordId>)>;
    /// `answer` is called when the record is durable, or when it could not be made so.
    void sendText(MessageDraft draft, const QString &name, int caret, Sent answer, QVector<OutgoingFile> files = {});
    void sendNewText(ContactDraft contact, MessageDraft draft, const QString &name, int caret, Sent answer, QVector<OutgoingFile> files = {});

    /// `draft` carries the moment; answers as sendText().
    void schedule(MessageDraft draft, const QString &name, const QString &when, Sent answer, QVector<OutgoingFile> files = {});
    /// HighLevel keeps it for later: it does not leave, and the text comes back.
    enum class Return { Composer, Draft }; ///< opens the conversation; or is there when that is opened next
    void unschedule(const MessageRow &row, Return where = Return::Composer);
    /// Other words, another moment (at, UTC) or now (at invalid) for a text that is to leave later. cancelOnReply empty: as
    /// it was. `answer` is called when both the taking back and the new text are durable.
    void replaceScheduled(const ScheduledText &item, const QString &body, const QDateTime &at, std::optional<bool> cancelOnReply, Sent answer);
    // --- calendar: work_calendar.cpp ---
    /// when: the time in words. text: to be texted to the lead once it is booked; empty: nothing.
    void book(const BookingDraft &draft, const QString &name, const QString &when, const QString &text, Sent answer);
    /// Nothing is asked: what lies outside of the free times must have been asked about before (`anyway`).
    void moveAppointment(const EventRow &row, const Slot &to, bool anyway, const QString &when, const QString &text, Sent answer);
    void markAppointment(const EventRow &row, AppointmentStatus status);
    void cancelAppointment(const EventRow &row, const QString &reason);
    void removeAppointment(const EventRow &row);
    void blockTime(const BlockDraft &draft, const QString &when, Sent answer);
    // --- tasks and notes: work_tasks.cpp ---
    void addTask(const TaskDraft &draft, Sent answer);
    /// `change` needs only what becomes different; what the row shows is what the person saw. words: said with Undo, or
    /// quietly when empty.
    void changeTask(const TaskRow &row, TaskChange change, const QString &words);
    void completeTask(const TaskRow &row, bool done);
    void removeTask(const TaskRow &row);
    void addNote(const NoteDraft &draft, Sent answer);
    /// What of `change` is to be other than in `row`: its words, its colour, its pin.
    void changeNote(const NoteRow &row, NoteChange change, Sent answer);
    void removeNote(const NoteRow &row);
    void takeBack(const RecordId &record); ///< held for undo, or waiting: it does not leave, the text comes back
    void takeBackLatest(const ContactId &contact); ///< the latest held one to this contact, if any
    bool hasHeld(const ContactId &contact) const;
    // work_deals.cpp
    /// `change` needs only what becomes different; what the row shows is what the person saw. words: said with Undo, or
    /// quietly when empty. stored: called once it is durable (true) or could not be made so; may be empty.
    void changeDeal(const DealRow &row, DealChange change, const QString &words, std::function<void(bool)> stored);
    void addDeal(const DealDraft &draft);
    void deleteDeal(const DealRow &row);
    /// Ids of users. words: said with Undo, or quietly when empty.
    void changeFollowers(const DealRow &row, const QStringList &add, const QStringList &remove, const QString &words);
    /// The same change of many: a record for each, one sentence and one Undo. stored: called once all are durable or could
    /// not be made so; may be empty.
    void changeDeals(const QVector<DealRow> &rows, const DealChange &change, const QString &words, std::function<void()> stored);
    void deleteDeals(const QVector<DealRow> &rows);
    // work_contacts.cpp
    /// One field; what the contact shows is what the person saw. Can be undone.
    void changeContact(const Contact &contact, const QString &field, const QJsonValue &value);
    /// answer: called with the new record when it is durable; the contact's id is local and carries it.
    void addContact(const ContactDraft &draft, Sent answer);
    /// What a person wrote of somebody who turned out to be here: fields in one change, tags beside theirs. Can be undone.
    void updateContact(const Contact &there, const ContactChange &change, const QStringList &tags, Sent answer);
    void deleteContact(const Contact &contact);
    /// Changes of this contact that met a newer value of the server, and refused ones.
    Task<Result<QVector<OutboxRecord>>> conflictsOf(ContactId contact);
    void enrol(const EnrolChange &change);
    /// One act for many; answers with the job. undo: the opposite, for what has one.
    void bulk(const BulkPart &what, const QVector<ContactId> &contacts, const QString &words, std::optional<BulkPart> undo);
    void dropRecord(const RecordId &record); ///< stops what waits, puts aside what was refused
    void release(const RecordId &record);
    void retry(const RecordId &record);
    enum class Resolution { Sent, Resend, Discard };
    void resolve(const RecordId &record, Resolution resolution);

Q_SIGNALS:
    /// Somebody wants to see this deal, from wherever it is named.
    void dealWanted(const outrigger::OpportunityId &id);
    /// And a new one for this contact.
    void newDealWanted(const outrigger::ContactId &contact);
    /// For a toast. act may be empty.
    void said(const QString &sentence, const QString &actName, const std::function<void()> &act);
    /// This text did not leave; contact may be local and gone by now. toNumber is set for a new text. type: the send
    /// call's word of the channel.
    void tookBack(const outrigger::ContactId &contact, const QString &text, int caret, const QString &toNumber,
                  const QVector<outrigger::OutgoingFile> &files, const QString &type);
    /// The same for one of many: to be kept as that conversation's draft, which nobody wants opened.
    void tookBackAside(const outrigger::ContactId &contact, const QString &text, const QVector<outrigger::OutgoingFile> &files);

    /// A change of a contact's fields got on.
    void contactRecordChanged(const outrigger::ContactId &contact);
    /// A booking or a move ended: Confirmed, or refused with the nearest free times in its look.
    void bookingEnded(const outrigger::OutboxRecord &record);

    /// The same for an e-mail.
    void tookBackEmail(const outrigger::MessageDraft &draft, const QVector<outrigger::OutgoingFile> &files);
    void tookBackEmailAside(const outrigger::MessageDraft &draft, const QVector<outrigger::OutgoingFile> &files); ///< kept, not shown

private:
    void say(const QString &sentence, const QString &actName = {}, const std::function<void()> &act = {});
    void sayError(const Error &error);
    void onRecord(const OutboxRecord &record);
    static Task<void> doUpdateContact(Work *self, Contact there, ContactChange change, TagChange tags, QString words, Sent answer);
    static Task<void> doDone(Work *self, ConversationRow row, bool done);
    static Task<void> doSnooze(Work *self, ConversationRow row, QDateTime until, QString words);
    using Submit = std::function<Task<Result<RecordId>>(sync::Outbox &, const Account &)>;
    /// Something that its opposite undoes: handed over, and said with the way back; quietly when there are no words.
    static Task<void> doChange(Work *self, Submit submit, QString words, std::function<void()> back);
    static Submit reading(const ReadChange &change);
    static Task<void> doSend(Work *self, MessageDraft draft, QString name, int caret, Sent answer, QVector<OutgoingFile> files);
    static Task<void> doSendNew(Work *self, ContactDraft contact, MessageDraft draft, QString name, int caret, Sent answer, QVector<OutgoingFile> files);
    static Task<Result<RecordId>> submitText(Work *self, MessageDraft draft, QVector<OutgoingFile> files);
    static Task<void> doSchedule(Work *self, MessageDraft draft, QString name, QString when, Sent answer, QVector<OutgoingFile> files);
    static Task<void> doUnschedule(Work *self, MessageRow row, Return where);
    static Task<void> doReplaceScheduled(Work *self, ScheduledText item, QString body, QDateTime at, std::optional<bool> cancelOnReply, Sent answer);
    static Task<Result<RecordId>> replaceWaiting(Work *self, ScheduledText item, QString body, QDateTime at, std::optional<bool> cancelOnReply);
    static Task<Result<RecordId>> replaceKept(Work *self, ScheduledText item, QString body, QDateTime at, std::optional<bool> cancelOnReply);
    static Task<void> doTakeBackScheduled(Work *self, RecordId record);
    void onScheduleCancel(const OutboxRecord &record);
    static Task<void> doBook(Work *self, BookingDraft draft, QString name, QString when, QString text, Sent answer);
    static Task<void> doAppointment(Work *self, AppointmentChange change, QString words, QString name, QString text, Sent answer);
    static Task<void> doBlock(Work *self, BlockDraft draft, QString when, Sent answer);
    void onAppointment(const OutboxRecord &record);
    static Task<void> doAddTask(Work *self, TaskDraft draft, Sent answer);
    static Task<void> doChangeTask(Work *self, TaskRow row, TaskChange change, QString words);
    static Task<void> doRemoveTask(Work *self, TaskChange change);
    static Task<void> doAddNote(Work *self, NoteDraft draft, Sent answer);
    static Task<void> doChangeNote(Work *self, NoteRow row, NoteChange change, Sent answer);
    void onTask(const OutboxRecord &record);
    static Task<void> doTakeBack(Work *self, RecordId record);
    static Task<void> doDealChange(Work *self, DealRow row, DealChange change, QString words, std::function<void(bool)> stored);
    static Task<void> doAddDeal(Work *self, DealDraft draft);
    static Task<void> doDeleteDeal(Work *self, DealRow row);
    static Task<void> doFollow(Work *self, DealRow row, FollowChange change, QString words);
    static Task<void> doDealChanges(Work *self, QVector<DealRow> rows, QVector<DealChange> changes, QString words, std::function<void()> stored);
    static Task<void> doDeleteDeals(Work *self, QVector<DealRow> rows);
    static Task<void> doChangeContact(Work *self, ContactChange change, QString words, bool undoable);
    static Task<void> doAddContact(Work *self, ContactDraft draft, Sent answer);
    static Task<void> doDeleteContact(Work *self, Contact contact);
    static Task<void> doEnrol(Work *self, EnrolChange change);
    static Task<void> doBulk(Work *self, BulkPart what, QVector<ContactId> contacts, QString words, std::optional<BulkPart> undo);
    static Task<void> doDropRecord(Work *self, RecordId record);
    static Task<void> doRelease(Work *self, RecordId record);
    static Task<void> doRetry(Work *self, RecordId record);
    static Task<void> doResolve(Work *self, RecordId record, Resolution resolution);
    void remember(const RecordId &record, const ContactId &contact, const QString &name, int caret);

    struct Held {
        ContactId contact;
        QString name;
        int caret = 0;
    };
    sync::Engine *m_engine;
    models::Desk *m_desk;
    UndoList m_undo;
    QHash<RecordId, Held> m_held;
    struct Unscheduling {
        ContactId contact;
        QString text;
        QVector<OutgoingFile> files;
        Return where = Return::Composer;
        std::optional<MessageDraft> mail; ///< it is an e-mail
    };
    QHash<RecordId, Unscheduling> m_unscheduling; ///< by the record of the cancel
    struct Booking {
        ContactId contact;
        QString name;
        QString words; ///< said when it is certain; empty: nothing
        QString text;  ///< to be texted then
    };
    QHash<RecordId, Booking> m_bookings;
    QVector<RecordId> m_heldOrder;
    TaskScope m_tasks;
};

} // namespace outrigger::gui
