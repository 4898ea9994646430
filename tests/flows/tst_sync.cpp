// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/session.h"
#include "practice/server.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace outrigger;
using outrigger::test::await;

/// The engine against a whole practice account over real sockets.
class TestSync : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;

    LocationId location() const { return LocationId(m_server->locationId()); }

    void startServer(int contacts, int conversations)
    {
        practice::Options options;
        options.size = {contacts, 0, conversations, 0};
        options.rate = practice::Rate::Off;
        options.quiet = true;
        m_server = std::make_unique<practice::Server>(options);
        const Status started = m_server->start();
        QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    }
    std::unique_ptr<sync::Engine> engine(bool pull)
    {
        auto profile = Profile::open(m_folder->path());
        if (!profile || !profile->lock())
            qFatal("no profile");
        sync::EngineOptions options;
        options.pull = pull;
        options.server = QUrl(m_server->url());
        options.sessionToken = m_server->token();
        options.sessionLocation = location();
        auto made = std::make_unique<sync::Engine>(*profile, options);
        const Status started = await(made->start());
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        return made;
    }
    store::Cache::Totals totals(sync::Engine &engine) { return *await(engine.cache().totals(location())); }
    /// What the server has at this location, counted in its own world.
    store::Cache::Totals truth() const
    {
        const practice::World &world = m_server->world();
        store::Cache::Totals all;
        const auto count = [](const auto &list) {
            return std::count_if(list.begin(), list.end(), [](const auto &item) { return !item.deleted && item.location == 0; });
        };
        all.contacts = count(world.contacts);
        all.conversations = count(world.conversations);
        all.messages = std::count_if(world.messages.begin(), world.messages.end(), [&world](const practice::Message &message) {
            return !message.deleted && world.conversations[message.conversation].location == 0;
        });
        return all;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server.reset();
    }

    void firstSyncBringsWhatTheServerHas()
    {
        startServer(1'150, 130);
        const auto here = engine(false);
        const Status pulled = await(here->syncNow({}, false), 60'000);
        QVERIFY2(pulled, pulled ? "" : qPrintable(pulled.error().message));
        const auto all = totals(*here);
        const auto there = truth();
        QCOMPARE(all.contacts, there.contacts);
        QCOMPARE(all.conversations, there.conversations);
        QVERIFY2(all.messages > 0 && all.messages <= there.messages, qPrintable(QString::number(all.messages)));
        const auto reference = await(here->cache().reference(location()));
        QVERIFY(reference && reference->location && !reference->users.isEmpty() && !reference->numbers.isEmpty());
        const auto account = here->account();
        QVERIFY(account && account->timezone == reference->location->timezone);
        for (const auto &area : here->status().areas)
            QVERIFY2(area.error.isEmpty(), qPrintable(area.area + u": "_s + area.error));
    }
    void everyMessageOfAThreadIsThere()
    {
        startServer(60, 30);
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({}, false), 60'000));
        InboxQuery query;
        query.location = location();
        query.now = QDateTime::currentDateTimeUtc();
        const auto spine = await(here->cache().inboxSpine(query));
        QVERIFY(spine && !spine->keys.isEmpty());
        const auto rows = await(here->cache().conversationRows({spine->keys.constFirst()}));
        QVERIFY(rows && rows->size() == 1);
        QVERIFY(await(here->refreshThread(rows->constFirst().id, rows->constFirst().contactId)));
        const auto page = await(here->cache().newestMessages(spine->keys.constFirst(), 1'000));
        QVERIFY(page && !page->rows.isEmpty());
        for (const MessageRow &row : page->rows)
            QCOMPARE(row.message.contactId, rows->constFirst().contactId);
    }
    void everySplitOfThePracticeAccountHasRows()
    {
        startServer(240, 60);
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({}, false), 60'000));
        const auto rowsOf = [&here, this](Split split) {
            InboxQuery query;
            query.location = location();
            query.split = split;
            query.now = QDateTime::currentDateTimeUtc();
            query.me = UserId(m_server->world().userId(0));
            const auto spine = await(here->cache().inboxSpine(query));
            const auto rows = spine ? await(here->cache().conversationRows(spine->keys)) : fail(spine.error());
            return rows ? *rows : QList<ConversationRow>();
        };
        const practice::World &world = m_server->world();
        const auto leads = rowsOf(Split::NewLeads);
        QVERIFY2(leads.size() >= 4 && leads.size() <= 8, qPrintable(QString::number(leads.size())));
        bool afterWorkflow = false;
        for (const auto &lead : leads) {
            const auto index = world.conversation(lead.id.value);
            QVERIFY(index);
            QVERIFY2(!lead.preview.isEmpty(), qPrintable(lead.name));
            for (const practice::Index i : world.conversations[*index].messages) {
                const practice::Message &message = world.messages[i];
                QVERIFY2(message.inbound || message.origin == practice::Origin::Workflow, qPrintable(world.text(message)));
                afterWorkflow = afterWorkflow || !message.inbound;
            }
        }
        QVERIFY(afterWorkflow);
        QVERIFY(rowsOf(Split::Replies).size() > leads.size());
        QVERIFY(!rowsOf(Split::Mine).isEmpty() && !rowsOf(Split::Unassigned).isEmpty());

        const auto all = rowsOf(Split::All);
        const auto mails = std::count_if(all.begin(), all.end(), [](const auto &row) { return row.channel == Channel::Email; });
        QVERIFY(mails > 0);
        for (const auto &row : all)
            QVERIFY2(row.channel != Channel::Email || !row.preview.isEmpty(), qPrintable(row.name));
    }
    void aCommentOfTheDeskIsNoAnswer_data()
    {
        QTest::addColumn<bool>("before");
        QTest::newRow("there before the first sync") << true;
        QTest::newRow("comes later") << false;
    }
    void aCommentOfTheDeskIsNoAnswer()
    {
        QFETCH(bool, before);
        startServer(60, 20);
        practice::World &world = m_server->world();
        practice::Index lead = practice::none;
        for (practice::Index i = 0; i < world.conversations.size() && lead == practice::none; ++i) {
            const auto &all = world.conversations[i].messages;
            if (std::all_of(all.begin(), all.end(), [&world](practice::Index m) { return world.messages[m].inbound; }))
                lead = i;
        }
        QVERIFY(lead != practice::none);
        const auto comment = [&world, lead] {
            practice::Message message;
            message.conversation = lead;
            message.type = practice::Type::InternalComment;
            message.origin = practice::Origin::App;
            message.user = 1;
            message.text = world.keep(u"Who takes this one?"_s);
            world.addMessage(std::move(message));
        };
        if (before)
            comment();
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({}, false), 60'000));
        if (!before) {
            comment();
            QVERIFY(await(here->syncNow({}, false), 60'000));
        }
        InboxQuery query;
        query.location = location();
        query.split = Split::NewLeads;
        query.now = QDateTime::currentDateTimeUtc();
        const auto spine = await(here->cache().inboxSpine(query));
        const auto rows = spine ? await(here->cache().conversationRows(spine->keys)) : fail(spine.error());
        QVERIFY(rows);
        const auto row = std::find_if(rows->begin(), rows->end(), [&](const auto &r) { return world.conversation(r.id.value) == lead; });
        QVERIFY(row != rows->end());
        QVERIFY2(row->preview != "Who takes this one?"_L1 && !row->preview.isEmpty(), qPrintable(row->preview));
    }
    void anInboundMessageComesByItself()
    {
        startServer(80, 25);
        const auto here = engine(true);
        here->setAttention({true, false, {}});
        const auto synced = [&here] {
            const auto status = here->status();
            return std::any_of(status.areas.begin(), status.areas.end(),
                               [](const auto &area) { return area.area == "messages"_L1 && area.firstSyncDone; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(synced(), 60'000);
        QCOMPARE(int(here->status().connection), int(sync::Connection::Live));
        const auto contact = m_server->people().anybody();
        QVERIFY(m_server->people().inbound(contact, u"Is the house still for sale?"_s) != practice::none);
        const auto found = [&here, this] {
            const auto hits = await(here->cache().search(location(), u"house still for sale"_s, u"US"_s, 5));
            return hits && !hits->isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(found(), 30'000);
    }
    void aDeletedContactGoes()
    {
        startServer(400, 20);
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({u"contacts"_s}, false), 60'000));
        const auto before = totals(*here).contacts;
        m_server->world().removeContact(7);
        QVERIFY(await(here->syncNow({u"contacts"_s}, true), 60'000));
        QCOMPARE(totals(*here).contacts, before - 1);
    }
    void aTextLeavesAndIsSeen()
    {
        startServer(50, 20);
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({}, false), 60'000));
        const auto hits = await(here->cache().contactSpine(location(), {}, store::ContactSort::Name));
        QVERIFY(hits && !hits->keys.isEmpty());
        const auto contacts = await(here->cache().contactRows(hits->keys));
        QVERIFY(contacts);
        const auto reachable = std::find_if(contacts->begin(), contacts->end(), [](const ContactRow &row) {
            const Contact &contact = row.contact;
            return !contact.phone.isEmpty() && contact.smsDnd() == DndStatus::Inactive && !contact.dnd;
        });
        QVERIFY(reachable != contacts->end());
        MessageDraft draft;
        draft.contactId = reachable->contact.id;
        draft.body = u"See you at four."_s;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto record = await(here->outbox().submitMessage(*here->account(), draft, options));
        QVERIFY(record);
        const auto state = [&here, &record] {
            const auto now = await(here->outbox().record(*record));
            return now && *now ? outboxStateWord((*now)->state) : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"accepted"_s, 20'000);
        QVERIFY(await(here->syncNow({u"messages"_s}, false), 30'000));
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"confirmed"_s, 20'000);
        int sends = 0;
        for (const auto &entry : m_server->ledger().entries())
            sends += entry.method == "POST" && entry.path == "/conversations/messages"_L1 ? 1 : 0;
        QCOMPARE(sends, 1);
    }
    void anAccountLeavesNothingBehind()
    {
        startServer(120, 20);
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({}, false), 60'000));
        QVERIFY(totals(*here).contacts > 0);
        const auto account = here->account();
        QVERIFY(account);
        const Status removed = await(here->removeAccount(account->id, false));
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        QVERIFY(!here->account());
        const auto left = totals(*here);
        QCOMPARE(left.contacts + left.conversations + left.messages, 0);
        QCOMPARE(int(here->status().connection), int(sync::Connection::SignInNeeded));
    }
    void recordsOfAnAccountOutOfViewStillLeave()
    {
        startServer(50, 20);
        const auto here = engine(false);
        QVERIFY(await(here->syncNow({u"contacts"_s}, false), 60'000));
        const auto first = *here->account();
        const auto spine = await(here->cache().contactSpine(location(), {}, store::ContactSort::Name));
        const auto contacts = await(here->cache().contactRows(spine->keys));
        const auto reachable = std::find_if(contacts->begin(), contacts->end(), [](const ContactRow &row) {
            const Contact &contact = row.contact;
            return !contact.phone.isEmpty() && contact.smsDnd() == DndStatus::Inactive && !contact.dnd;
        });
        QVERIFY(reachable != contacts->end());

        // A second account at the same server, with a token of its own, comes into view.
        Account second;
        second.id = AccountId(u"SECOND"_s);
        second.name = u"Second"_s;
        second.location = LocationId(m_server->world().locationId(1));
        second.kind = SignInKind::Session;
        second.server = QUrl(m_server->url());
        auth::Secret secret;
        secret.accessToken = m_server->tokens().makePit(second.location.value, m_server->world().companyId(),
                                                        practice::Tokens::allScopes(), 0);
        QVERIFY(await(auth::sessionVault().write(auth::secretKey(second.id, 0), secret.toBytes())));
        QVERIFY(await(here->addAccount(second, true)));
        QCOMPARE(here->account()->id, second.id);
        QVERIFY(await(here->syncNow({u"contacts"_s}, false), 60'000));

        MessageDraft draft;
        draft.contactId = reachable->contact.id;
        draft.body = u"From the account in the back."_s;
        sync::Outbox::SubmitOptions options;
        options.undoable = false;
        const auto record = await(here->outbox().submitMessage(first, draft, options));
        QVERIFY(record);
        const auto state = [&here, &record] {
            const auto now = await(here->outbox().record(*record));
            return now && *now ? outboxStateWord((*now)->state) : QString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(state(), u"accepted"_s, 20'000);

        // Rows of one location never mix with the other's; and going back needs no new sync.
        const auto there = await(here->cache().totals(second.location));
        QVERIFY(there && there->contacts > 0 && there->contacts < totals(*here).contacts);
        QVERIFY(await(here->switchAccount(first.id)));
        QCOMPARE(here->account()->id, first.id);
        QVERIFY(await(here->removeAccount(second.id, false)));
        QCOMPARE(await(here->cache().totals(second.location))->contacts, 0);
        QVERIFY(totals(*here).contacts > 0);
    }
    void workingOfflineAsksNothing()
    {
        startServer(30, 10);
        const auto here = engine(true);
        QTRY_VERIFY_WITH_TIMEOUT(totals(*here).contacts > 0, 30'000);
        here->setWorkOffline(true);
        QCOMPARE(int(here->status().connection), int(sync::Connection::WorkingOffline));
        const Status pulled = await(here->syncNow({}, false));
        QVERIFY(!pulled);
        QCOMPARE(int(pulled.error().kind), int(ErrorKind::Offline));
        here->setWorkOffline(false);
        QTRY_VERIFY_WITH_TIMEOUT(here->status().connection == sync::Connection::Live, 20'000);
    }
    void aServerThatGoesAndComesBackIsNoticed()
    {
        startServer(30, 10);
        const auto here = engine(true);
        QTRY_VERIFY_WITH_TIMEOUT(here->status().connection == sync::Connection::Live, 30'000);
        practice::Options options = m_server->options();
        options.port = m_server->port();
        m_server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(int(here->status().connection), int(sync::Connection::Offline), 30'000);
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start());
        QTRY_VERIFY_WITH_TIMEOUT(here->status().connection == sync::Connection::Live, 60'000);
    }
};

QTEST_GUILESS_MAIN(TestSync)
#include "tst_sync.moc"
