// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/versions.h"
#include "core/profile.h"
#include "core/result.h"
#include "core/task.h"
#include "domain/account.h"
#include "domain/calendar.h"
#include "domain/callwords.h"
#include "domain/catalogue.h"
#include "domain/contact.h"
#include "store/cache.h"
#include "store/ledger.h"
#include "sync/outbox.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace outrigger::auth {
class Session;
class Vault;
}
namespace outrigger::store {
class Ledger;
}

namespace outrigger::sync {

/// How fresh an area is and what it is doing; the status cell and the sync page read it.
struct AreaStatus {
    QString area;            ///< contacts, conversations, messages, users, numbers ...
    QDateTime lastSuccess;
    QDateTime nextRun;
    int requests = 0;        ///< in this run
    bool running = false;
    qint64 seen = 0;
    qint64 total = -1;       ///< of the first sync, -1 unknown
    std::chrono::milliseconds timeLeft{-1}; ///< estimate for the first sync, -1 unknown
    bool firstSyncDone = false;
    qint64 missing = 0;      ///< rows that a full sweep did not find and that wait for confirmRemovals()
    QString error;           ///< one sentence
    QString traceId;
};

enum class Connection { Starting, Live, Slow, Offline, Portal, Limited, SignInNeeded, WaitingForKeyring, WorkingOffline };
struct EngineStatus {
    Connection connection = Connection::Starting;
    QDateTime since;         ///< of this connection state
    QDateTime resumesAt;     ///< limit or next try
    QString detail;          ///< one sentence with what to do
    int waiting = 0;
    int needsYou = 0;
    QVector<AreaStatus> areas;
    std::chrono::milliseconds clockOff{0}; ///< server minus local when more than two minutes
};

struct EngineOptions {
    OutboxTimes outbox;
    bool offline = false;          ///< --offline: nothing leaves
    QUrl server;                   ///< --server, empty: the account's own
    QUrl authorizeUrl;
    api::VersionTable versions;    ///< read by the engine from the profile's settings file
    QString sessionToken;          ///< OUTRIGGER_TOKEN, never stored
    LocationId sessionLocation;    ///< OUTRIGGER_LOCATION
    bool pull = true;              ///< run the feeds (the CLI switches them off but for `sync`)
    bool deliver = true;           ///< let the outbox deliver and settle from the start; else after deliver()
};

/// What a person is looking at; polling follows it.
struct Attention {
    bool focused = true;           ///< 5 s; unfocused 15 s
    bool saving = false;           ///< battery saver or metered: 60 s
    ConversationId conversation;   ///< the open thread
    bool board = false;            ///< the deals are on the screen
};

/// The engine without windows: profile, stores, sign-in, outbox, feeds. One per process. The GUI and the CLI talk only
/// to this, to the models and to the outbox.
class Engine : public QObject
{
    Q_OBJECT
public:
    Engine(Profile profile, EngineOptions options, QObject *parent = nullptr);
    ~Engine() override;

    /// Opens the cache first (so that a screen can be shown), then the ledger, the outbox and the account. Does not
    /// wait for the network or the keyring.
    Task<Status> start();
    /// Clean end: nothing new leaves, what is on the wire gets `patience` to end (cut off, it would have to be looked
    /// up later), and the end is marked as clean.
    Task<void> stop(std::chrono::milliseconds patience = std::chrono::seconds(3));

    store::Cache &cache();
    store::Ledger &ledger();
    Outbox &outbox();
    const QuietHours &quietHours() const; ///< the profile's own table, else the built-in one
    auth::Session *session() const; ///< of the current account, null when there is none
    auth::Vault &vault();
    const Profile &profile() const;
    const EngineOptions &options() const;

    QVector<Account> accounts() const;
    std::optional<Account> account() const; ///< the current one
    Task<Status> addAccount(Account account, bool makeCurrent); ///< its secrets are in the vault by now
    Task<Status> updateAccount(Account account);
    Task<Status> switchAccount(AccountId id);
    /// Removes account, cache rows and secrets, and verifies that they are gone. Refuses with code "waiting" when open
    /// records are left and `discardWaiting` is false.
    Task<Status> removeAccount(AccountId id, bool discardWaiting);

    EngineStatus status() const;
    void setAttention(Attention attention);
    void setWorkOffline(bool offline);
    /// Lets the outbox of an engine that was made with EngineOptions::deliver off go to work.
    void deliver();
    /// Starts the feeds of an engine that was made with EngineOptions::pull off.
    void pullByItself();
    /// One pull of these areas (empty: all), answering when it is through. full: from the beginning, finding deletions.
    Task<Status> syncNow(QStringList areas, bool full);
    /// Removes the rows that a full sweep of this area no longer found, after a person has agreed.
    Task<Status> confirmRemovals(QString area);
    /// The open thread's newest messages, from the server into the cache.
    Task<Status> refreshThread(ConversationId id, ContactId contact);
    /// The same for one that will probably be opened next: after everything else, and only while the limit leaves room.
    Task<Status> prefetchThread(ConversationId id, ContactId contact);
    /// Older messages than the cache has.
    Task<Status> loadOlder(ConversationId id, MessageId before);
    Task<Result<Contact>> refreshContact(ContactId id);
    /// One deal as HighLevel has it now, into the cache; NotFound also takes it out of the cache.
    Task<Status> refreshDeal(OpportunityId id);
    /// The server's duplicate search; its list search by phone has been wrong.
    Task<Result<std::optional<Contact>>> findOnServer(QString phone, QString email);

    /// The bytes of a file that a message of the cache names (Message::attachments); never asks the API and shows nobody
    /// the token. Sync's own address of a file that is still here ("outgoing:...") is read from the profile.
    Task<Result<QByteArray>> media(QString address);

    /// The text of an e-mail, from the cache when it has been opened before, else fetched and kept. message: whose it is.
    /// Errors carry a sentence: Offline, Timeout, NotFound, SignInNeeded and those of the client.
    Task<Result<mail::Body>> email(EmailId id, MessageId message);
    static QString emailWords(const mail::Body &body); ///< its own words without what it quotes, plain

    /// The file with the sound of a call, fetched once and kept in the profile (0600). What plays it never sees the token.
    Task<Result<QString>> callSound(MessageId id);
    /// The words of a call, fetched once and kept. An empty list: HighLevel has none.
    Task<Result<QVector<Sentence>>> callWords(MessageId id);

    /// Tells a visitor of the live chat that somebody types. Sent once or not at all: not without a live connection,
    /// never kept, never repeated.
    Task<Status> chatTyping(ConversationId conversation, QString visitor, bool typing);

    /// What is free in a calendar, asked for now. zone: IANA, the one in which the person looks; it decides only how days
    /// are cut. user: empty for anybody. Any length: it is asked for in parts of 31 days.
    Task<Result<QVector<Slot>>> freeSlots(Calendar calendar, QDateTime from, QDateTime to, QByteArray zone, UserId user = {});
    /// A window of the calendar that somebody looks at: what lies outside of what is kept fresh is read now.
    Task<Status> refreshEvents(QDateTime from, QDateTime to);

    /// The request that callOperation() would make, with the account's server and without its token. Errors: Usage.
    Result<catalogue::Request> describeCall(const catalogue::Call &call) const;
    /// Any operation of HighLevel's catalogue, asked for by a person now: sent once, with the account's token and budget.
    /// It neither goes through the outbox nor changes the cache; what it named is read again with reread().
    Task<Result<catalogue::Answer>> callOperation(catalogue::Call call);
    /// Reads one thing again that somebody says has changed (an event, an operation of the console), through the feeds.
    Task<Status> reread(catalogue::Touched what);
    /// Tasks and notes of a lead that is looked at, into the cache; at most once a minute. Quiet while offline.
    Task<Status> refreshLead(ContactId contact);

    // Local marks of the desk, durable and shown in lists.
    Task<Status> setDone(ContactId contact, bool done);
    Task<Status> snooze(ContactId contact, QDateTime until);
    Task<Status> saveDraft(store::ThreadDraft draft);

Q_SIGNALS:
    void statusChanged();
    void accountChanged();
    void accountsChanged();
    /// The cache can be read: the window may paint rows.
    void cacheReady();
    void problem(const QString &sentence, const QString &nextStep);

private:
    Task<Status> changeMark(ContactId contact, std::function<void(store::Cache::DeskMark &)> change);
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace outrigger::sync
