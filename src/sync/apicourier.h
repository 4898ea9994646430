// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/client.h"
#include "api/limiter.h"
#include "auth/session.h"
#include "domain/account.h"
#include "domain/calendar.h"
#include "domain/contactchange.h"
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "sync/courier.h"

namespace outrigger::api {
struct SendMessage;
}

namespace outrigger::sync {

/// Delivers and looks for one account through the API. Client, session and limiter outlive it; the outbox must have
/// been told that it goes (Outbox::setCourier with null) before it is destroyed.
class ApiCourier : public Courier
{
    Q_OBJECT
public:
    ApiCourier(Account account, api::Client *client, auth::Session *session, api::Limiter *limiter, QObject *parent = nullptr);

    /// Whether the location allows two contacts with one number or e-mail; unknown counts as allowed. An upsert is used
    /// only where twins are forbidden.
    void setTwinsAllowed(bool allowed) { m_twinsAllowed = allowed; }

    Task<Result<Delivered>> deliver(OutboxRecord record) override;
    Task<Result<Uploaded>> upload(OutboxRecord record, MessageFile file, QByteArray bytes) override;
    Task<Result<Look>> look(OutboxRecord record) override;
    bool ready() const override;
    Task<Status> preflight(std::chrono::milliseconds age) override;
    QDateTime serverNow() const override;
    bool knowsServerTime() const override;
    std::chrono::milliseconds skew() const override;

private:
    Task<Result<Delivered>> delivery(OutboxRecord record);
    Task<Result<Look>> sight(OutboxRecord record);
    Task<Result<Delivered>> sendMessage(OutboxRecord record);
    Task<Result<Delivered>> createContact(OutboxRecord record);
    Task<Result<Delivered>> changeTags(OutboxRecord record);
    Task<Result<Delivered>> changeRead(OutboxRecord record);
    Task<Result<Delivered>> changeAssigned(OutboxRecord record);
    Task<Result<Delivered>> cancelSchedule(OutboxRecord record);
    Task<Result<Delivered>> logCall(OutboxRecord record);
    Task<Result<Delivered>> deliverCalendar(OutboxRecord record);
    Task<Result<Delivered>> bookAppointment(OutboxRecord record);
    Task<Result<Delivered>> changeAppointment(OutboxRecord record);
    Task<Result<Delivered>> blockTime(OutboxRecord record);
    Task<Result<QVector<Slot>>> freeAround(CalendarId calendar, QDateTime start, QDateTime end, UserId user);
    struct Booked {
        std::optional<Appointment> ours, before; ///< made since the first request for it; there already then
    };
    Task<Result<Booked>> bookedAt(OutboxRecord record, bool nothingLeft);
    /// A read before the one request that changes something has failed: nothing has been changed, whatever the read said.
    static Error beforeAnythingLeft(Error error);
    Task<Result<Contact>> create(ContactDraft draft);
    /// What a refused creation means: a twin to be adopted, the refusal, or not clear.
    Task<Result<Delivered>> afterRefusal(ContactDraft draft, Error refusal);

    Task<Result<Look>> lookAtNothing();
    Task<Result<Look>> lookForMessage(OutboxRecord record);
    Task<Result<Look>> lookInThread(OutboxRecord record, ConversationId conversation);
    Task<Result<Look>> lookInExport(OutboxRecord record);
    Task<Result<Look>> readEmails(OutboxRecord record, Look look);
    static void fillEmail(api::SendMessage &operation, const OutboxRecord &record, const MessageDraft &draft);
    Task<Result<Look>> lookForContact(OutboxRecord record);
    Task<Result<Look>> lookForTags(OutboxRecord record);
    Task<Result<Look>> lookForRead(OutboxRecord record);
    Task<Result<Look>> lookForAssigned(OutboxRecord record);
    Task<Result<Look>> lookForSchedule(OutboxRecord record);
    // apicontacts.cpp
    Task<Result<Delivered>> changeContact(OutboxRecord record);
    Task<Result<Delivered>> putFields(OutboxRecord record, ContactChange change, Contact theirs, QStringList fields);
    Task<Result<Delivered>> changeFollowers(ContactChange change, Contact theirs);
    Task<Result<Delivered>> deleteContact(OutboxRecord record);
    Task<Result<Delivered>> changeEnrolment(OutboxRecord record);
    Task<Result<Look>> lookForContactChange(OutboxRecord record);
    Task<Result<Look>> lookForDeleted(OutboxRecord record);
    // apibulk.cpp
    Task<Result<Delivered>> deliverBulk(OutboxRecord record);
    Task<Result<Delivered>> deliverImport(OutboxRecord record); // apiimport.cpp
    Task<Status> bulkOne(BulkPart part, ContactId contact);
    // apideals.cpp
    Task<Result<Delivered>> createDeal(OutboxRecord record);
    Task<Result<Delivered>> changeDeal(OutboxRecord record);
    Task<Result<Delivered>> deleteDeal(OutboxRecord record);
    Task<Result<Delivered>> changeFollowers(OutboxRecord record);
    Task<Result<Delivered>> upsertDeal(OutboxRecord record);
    Task<Result<Look>> lookForDeal(OutboxRecord record);
    Task<Result<Look>> lookForNewDeal(OutboxRecord record);
    // apitasks.cpp
    Task<Result<Delivered>> deliverTask(OutboxRecord record);
    Task<Result<Delivered>> addTask(OutboxRecord record);
    Task<Result<Delivered>> changeTask(OutboxRecord record);
    Task<Result<Delivered>> addNote(OutboxRecord record);
    Task<Result<Delivered>> changeNote(OutboxRecord record);
    Task<Result<Look>> lookForTask(OutboxRecord record);
    Task<Result<QVector<LeadTask>>> tasksOf(ContactId contact);
    Task<Result<Look>> lookInCalendar(OutboxRecord record);
    Task<Result<Look>> lookForBooking(OutboxRecord record);
    Task<Result<Look>> lookForChange(OutboxRecord record);
    Task<Result<Look>> lookForBlock(OutboxRecord record);

    /// By number, then by e-mail.
    Task<Result<std::optional<Contact>>> duplicate(QString phone, QString email);
    Task<Result<std::optional<Conversation>>> conversationOf(ContactId contact);
    /// The conversation of a contact who may have none yet.
    Task<Result<ConversationId>> conversationFor(OutboxRecord record);
    void check();

    Account m_account;
    api::Client *m_client;
    auth::Session *m_session;
    api::Limiter *m_limiter;
    bool m_twinsAllowed = true;
    bool m_wasReady = false;
};

} // namespace outrigger::sync
