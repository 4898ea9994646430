// SPDX-License-Identifier: GPL-3.0-or-later
// Requests as they are written and answers as they are read, without a network.
#include "api/ops.h"
#include "api/registry.h"
#include "api/versions.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace outrigger;
using namespace outrigger::api;
using namespace Qt::StringLiterals;

namespace {

QJsonObject bodyOf(const Result<Request> &request)
{
    return request ? QJsonDocument::fromJson(request->body).object() : QJsonObject();
}

QByteArray message(const QByteArray &more)
{
    return "{\"id\":\"m1\"," + more + "}";
}

/// About 1.7 kB, like a real row of the contact search.
QByteArray realisticContact(int i)
{
    const QByteArray n = QByteArray::number(i);
    return R"({"id":"contact)" + n +
           R"(","locationId":"loc1","contactName":"ann lee","firstName":"Ann","lastName":"Lee",)"
           R"("firstNameLowerCase":"ann","lastNameLowerCase":"lee","email":"ann)" +
           n + R"(@example.com","phone":"+1407555)" + QByteArray::number(1000 + i) +
           R"(","phoneLabel":null,"companyName":"Lee Roofing","businessId":null,)"
           R"("businessName":null,"address":"1 Main Street","city":"Orlando","state":"FL","postalCode":"32801",)"
           R"("country":"US","website":"https://example.com","timezone":"America/New_York","source":"form","type":"lead",)"
           R"("dnd":false,"dndSettings":{"SMS":{"status":"inactive","message":"","code":""},"Call":{"status":"active"}},)"
           R"("inboundDndSettings":{"all":{"status":"inactive"}},"tags":["new lead","roof","spring sale"],)"
           R"("customFields":[{"id":"f1","value":"shingle"},{"id":"f2","value":["a","b"]},{"id":"f3","value":12}],)"
           R"("dateAdded":"2026-01-02T03:04:05.678Z","dateUpdated":"2026-02-02T03:04:05.678Z","dateOfBirth":null,)"
           R"("assignedTo":"user1","followers":["user2"],"validEmail":true,"additionalEmails":[{"email":"b@example.com"}],)"
           R"("additionalPhones":[{"phone":"+14075550000"}],"opportunities":[{"id":"o1","pipelineId":"p1",)"
           R"("pipelineStageId":"s1","monetaryValue":1200,"status":"open"}],"attributionSource":{"url":"https://example.com/a",)"
           R"("utmSource":"google","utmMedium":"cpc","sessionSource":"Paid Search","medium":"form","mediumId":"x1"},)"
           R"("lastAttributionSource":{"url":"https://example.com/a","utmSource":"google","medium":"form"},)"
           R"("searchAfter":[1767323045678,"contact)" +
           n + R"("]})";
}

} // namespace

class TestDecode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // --- requests ---
    void paths()
    {
        const auto one = wire::encode(GetContact{.id = ContactId(u"a/b?c#d é"_s)});
        QVERIFY(one.has_value());
        QCOMPARE(one->path, QByteArray("/contacts/a%2Fb%3Fc%23d%20%C3%A9"));
        QVERIFY(one->body.isEmpty());
        for (const auto &id : {u""_s, u"."_s, u".."_s, u"local:01H"_s}) {
            const auto bad = wire::encode(GetContact{.id = ContactId(id)});
            QVERIFY2(!bad.has_value(), qPrintable(id));
            QCOMPARE(bad.error().kind, ErrorKind::Usage);
            QCOMPARE(bad.error().sent, Sent::No);
        }
    }

    void emptyParametersAreLeftOut()
    {
        const auto request = wire::encode(SearchConversations{.location = LocationId(u"l"_s), .limit = 20});
        QCOMPARE(request->query, QByteArray("locationId=l&limit=20"));
        const auto text = wire::encode(SendMessage{.contactId = ContactId(u"c"_s), .message = u"Hi"_s});
        QCOMPARE(bodyOf(text), (QJsonObject{{u"type"_s, u"SMS"_s}, {u"contactId"_s, u"c"_s}, {u"message"_s, u"Hi"_s}}));
        QVERIFY(!wire::encode(SendMessage{.message = u"Hi"_s}).has_value());
        QVERIFY(!wire::encode(AddTags{.id = ContactId(u"c"_s)}).has_value());
    }

    void textIsNotChanged()
    {
        const QString text = u"“Hi” \"there\"\n\\ 👋 é\u0000x"_s;
        const auto body = bodyOf(wire::encode(SendMessage{.contactId = ContactId(u"c"_s), .message = text}));
        QCOMPARE(body.value("message"_L1).toString(), text);
    }

    void contactSearch()
    {
        SearchContacts ask{.location = LocationId(u"l"_s), .pageLimit = 500};
        ask.filters.append(SearchContacts::updatedSince(QDateTime(QDate(2026, 5, 1), QTime(10, 0), Qt::UTC)));
        ask.sort.append(SearchContacts::sortBy(u"dateUpdated"_s, true));
        ask.searchAfter = QJsonArray{1700000000000.0, u"c9"_s};
        const auto body = bodyOf(wire::encode(ask));
        QCOMPARE(body.value("filters"_L1)
                     .toArray()
                     .first()
                     .toObject()
                     .value("value"_L1)
                     .toObject()
                     .value("gte"_L1)
                     .toString(),
                 u"2026-05-01T10:00:00.000Z"_s);
        QCOMPARE(body.value("sort"_L1).toArray().first().toObject().value("direction"_L1).toString(), u"asc"_s);
        QCOMPARE(body.value("searchAfter"_L1).toArray().first().toInteger(), 1700000000000);
        QVERIFY(!body.contains("page"_L1));
    }

    void updateClearsAndLeaves()
    {
        UpdateContact change{.id = ContactId(u"c"_s), .email = u""_s};
        change.customFields = {{CustomFieldId(u"f1"_s), u"v"_s}};
        change.dndSettings.insert(u"SMS"_s, Dnd{DndStatus::Active, u"asked"_s, {}});
        const auto body = bodyOf(wire::encode(change));
        QVERIFY(body.contains("email"_L1)); // set to empty: clears
        QVERIFY(!body.contains("phone"_L1));
        QVERIFY(!body.contains("tags"_L1));
        QCOMPARE(body.value("customFields"_L1).toArray().first().toObject(),
                 (QJsonObject{{u"id"_s, u"f1"_s}, {u"field_value"_s, u"v"_s}}));
        QCOMPARE(body.value("dndSettings"_L1).toObject().value("SMS"_L1).toObject().value("status"_L1).toString(),
                 u"active"_s);
    }

    void deleteHasABody()
    {
        const auto request = wire::encode(RemoveTags{.id = ContactId(u"c"_s), .tags = {u"a,b"_s}});
        QCOMPARE(request->body, QByteArray(R"({"tags":["a,b"]})"));
        QCOMPARE(request->contentType, QByteArray("application/json"));
    }

    void versions()
    {
        const auto table = VersionTable::withOverrides({{u"contacts"_s, u"2023-02-21"_s},
                                                        {u"conversations"_s, u""_s},
                                                        {u"nonsense"_s, u"v3"_s},
                                                        {u"users"_s, u"v3\r\nX: y"_s}});
        QCOMPARE(table.of(Api::Contacts), QByteArray("2023-02-21"));
        QCOMPARE(table.of(Api::Conversations), QByteArray());
        QCOMPARE(table.of(Api::Users), QByteArray("2021-07-28"));
        QCOMPARE(VersionTable().of(Api::Calendars), QByteArray("2021-04-15"));
        QCOMPARE(VersionTable().of(Api::OAuth), QByteArray());
        QCOMPARE(VersionTable().of(Api::EmailMessages), QByteArray());
        for (int i = 0; i <= int(Api::Emails); ++i)
            QCOMPARE(VersionTable::fromWord(VersionTable::word(Api(i))), std::optional(Api(i)));
    }

    void registry()
    {
        QCOMPARE(allOps().size(), qsizetype(std::tuple_size_v<AllOps>));
        const auto send = findOp(u"send-a-new-message"_s);
        QVERIFY(send && send->changes && !send->repeatable);
        QCOMPARE(send->scope, u"conversations/message.write"_s);
        const auto search = findOp(u"search-contacts-advanced"_s);
        QVERIFY(search && !search->changes);
        QCOMPARE(search->params.first().type, u"location"_s);
        QVERIFY(!findOp(u"no-such"_s));
    }

    // --- answers ---
    void messageShapes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("channel");
        QTest::addColumn<bool>("outbound");
        QTest::newRow("sms word") << message(R"("messageType":"TYPE_SMS","type":2,"direction":"outbound")")
                                  << int(Channel::Sms) << true;
        QTest::newRow("sms number") << message(R"("type":2,"direction":"inbound")") << int(Channel::Sms) << false;
        QTest::newRow("sms number as text") << message(R"("type":"2")") << int(Channel::Sms) << false;
        QTest::newRow("event word") << message(R"("messageType":"SMS")") << int(Channel::Sms) << false;
        QTest::newRow("type is the word") << message(R"("type":"TYPE_EMAIL")") << int(Channel::Email) << false;
        QTest::newRow("unknown word") << message(R"("messageType":"TYPE_NO_SHOW","type":100)") << int(Channel::Unknown)
                                      << false;
    }

    void messageShapes()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, channel);
        QFETCH(bool, outbound);
        const auto read = wire::decode<GetMessage>(json);
        QVERIFY(read.has_value());
        QCOMPARE(int(read->channel), channel);
        QCOMPARE(read->direction == Direction::Outbound, outbound);
        const auto wrapped = wire::decode<GetMessage>("{\"message\":" + json + "}");
        QVERIFY(wrapped.has_value());
        QCOMPARE(wrapped->id, read->id);
    }

    void messageFields()
    {
        const auto m = *wire::decode<GetMessage>(QByteArray(
            R"({"id":"m","body":null,"status":"Delivered","attachments":["https://a/b.png",{"url":"https://a/c.png"}],)"
            R"("meta":{"email":{"email":{"messageIds":["e1","e2"]}},"call":{"duration":"17"}},"dateAdded":1767323045678,)"
            R"("dateUpdated":"2026-01-02T03:04:05.678Z","error":{"message":"blocked"},"to":["+1","+2"],"unknown":{"x":1}})"));
        QCOMPARE(m.body, QString());
        QCOMPARE(m.status, u"delivered"_s);
        QCOMPARE(m.attachments, (QStringList{u"https://a/b.png"_s, u"https://a/c.png"_s}));
        QCOMPARE(m.emailIds, (QStringList{u"e1"_s, u"e2"_s}));
        QCOMPARE(m.callSeconds, 17);
        QCOMPARE(m.dateAdded, m.dateUpdated);
        QCOMPARE(m.error, u"blocked"_s);
        QCOMPARE(m.raw.value("unknown"_L1).toObject().value("x"_L1).toInt(), 1);
        const auto flat = *wire::decode<GetMessage>(
            QByteArray(R"({"id":"m","meta":{"email":{"messageIds":["e1"]},"callDuration":"5"}})"));
        QCOMPARE(flat.emailIds, QStringList{u"e1"_s});
        QCOMPARE(flat.callSeconds, 5);
    }

    void pagesNestedAndFlat()
    {
        const QByteArray list = R"([{"id":"m1"},{"id":"m2"}])";
        const auto nested = wire::decode<ListMessages>("{\"messages\":{\"messages\":" + list +
                                                       ",\"lastMessageId\":\"m2\",\"nextPage\":true}}");
        const auto flat =
            wire::decode<ListMessages>("{\"messages\":" + list + ",\"lastMessageId\":\"m2\",\"nextPage\":\"true\"}");
        QVERIFY(nested && flat);
        QCOMPARE(nested->messages.size(), 2);
        QCOMPARE(flat->messages.size(), 2);
        QCOMPARE(nested->lastMessageId, flat->lastMessageId);
        QVERIFY(nested->nextPage && flat->nextPage);
        const auto exported =
            wire::decode<ExportMessages>("{\"messages\":" + list + ",\"nextCursor\":null,\"total\":\"2\"}");
        QVERIFY(exported && exported->nextCursor.isEmpty());
        QCOMPARE(exported->total, 2);
    }

    void badItemsAreCounted_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<int>("good"); // -1: error
        QTest::addColumn<int>("bad");
        QTest::newRow("none") << QByteArray("[]") << 0 << 0;
        QTest::newRow("good") << QByteArray(R"([{"id":"a"}])") << 1 << 0;
        QTest::newRow("one of three") << QByteArray(R"([{"id":"a"},{"x":1},{"id":"b"}])") << 2 << 1;
        QTest::newRow("null, text, list") << QByteArray(R"([null,"x",[],{"id":"b"}])") << 1 << 3;
        QTest::newRow("all") << QByteArray(R"([{"x":1},7])") << -1 << 0;
        QTest::newRow("object") << QByteArray("{}") << -1 << 0;
        QTest::newRow("null") << QByteArray("null") << -1 << 0;
    }

    void badItemsAreCounted()
    {
        QFETCH(QByteArray, list);
        QFETCH(int, good);
        QFETCH(int, bad);
        const auto check = [&](const auto &page, auto size) {
            QCOMPARE(page.has_value(), good >= 0);
            if (page) {
                QCOMPARE(int(size(*page)), good);
                QCOMPARE(page->skipped, bad);
            } else {
                QCOMPARE(page.error().kind, ErrorKind::BadReply);
            }
        };
        check(wire::decode<SearchContacts>("{\"contacts\":" + list + "}"),
              [](const auto &p) { return p.contacts.size(); });
        check(wire::decode<SearchConversations>("{\"conversations\":" + list + "}"),
              [](const auto &p) { return p.conversations.size(); });
        check(wire::decode<ListUsers>("{\"users\":" + list + "}"), [](const auto &p) { return p.users.size(); });
        check(wire::decode<ListCustomFields>("{\"customFields\":" + list + "}"),
              [](const auto &p) { return p.fields.size(); });
        QVERIFY(!wire::decode<SearchContacts>("{}").has_value());
        QVERIFY(!wire::decode<ListMessages>("{\"messages\":{}}").has_value());
    }

    void contactFields()
    {
        const auto c = *wire::decode<GetContact>("{\"contact\":" + realisticContact(7) + "}");
        QCOMPARE(c.id, ContactId(u"contact7"_s));
        QCOMPARE(c.address, u"1 Main Street"_s);
        QCOMPARE(c.tags.size(), 3);
        QCOMPARE(c.additionalEmails, QStringList{u"b@example.com"_s});
        QCOMPARE(c.additionalPhones, QStringList{u"+14075550000"_s});
        QCOMPARE(c.followers, QVector<UserId>{UserId(u"user2"_s)});
        QCOMPARE(c.customFields.size(), 3);
        QCOMPARE(c.customFields.at(2).value.toInt(), 12);
        QVERIFY(c.dndKnown);
        QCOMPARE(c.dndSettings.value(u"Call"_s).status, DndStatus::Active);
        QCOMPARE(c.smsDnd(), DndStatus::Inactive);
        QCOMPARE(c.dateAdded.toMSecsSinceEpoch(), 1767323045678);
        const auto bare = *wire::decode<GetContact>(QByteArray(
            R"({"id":"c","address1":"A","tags":null,"dnd":"true","dndSettings":{"SMS":{"status":"permanent","message":"STOP_KEYWORD"}},)"
            R"("customFields":[{"id":"f","fieldValueString":"x"},{"value":"no id"}],"assignedTo":null})"));
        QCOMPARE(bare.address, u"A"_s);
        QVERIFY(bare.dnd);
        QCOMPARE(bare.dndSettings.value(u"SMS"_s).status, DndStatus::Permanent);
        QCOMPARE(bare.customFields.size(), 1);
        QVERIFY(bare.assignedTo.isEmpty());
        QVERIFY(!wire::decode<GetContact>(QByteArray(R"({"id":"c"})"))->dndKnown);
    }

    void duplicateLookup()
    {
        QVERIFY(!wire::decode<FindDuplicate>(QByteArray(R"({"contact":null})"))->contact);
        QVERIFY(!wire::decode<FindDuplicate>(QByteArray(R"({"contact":{},"traceId":"t"})"))->contact);
        QVERIFY(wire::decode<FindDuplicate>(QByteArray(R"({"contact":{"id":"c"}})"))->contact);
        // "Nobody" must be said; it is never concluded from a spoilt answer, because a new contact would follow.
        QVERIFY(!wire::decode<FindDuplicate>(QByteArray("[]")).has_value());
        QVERIFY(!wire::decode<FindDuplicate>(QByteArray()).has_value());
        QVERIFY(!wire::decode<FindDuplicate>(QByteArray(R"({"contact":{"name":"x"}})")).has_value());
        QVERIFY(!wire::decode<FindDuplicate>(QByteArray(R"({"contact":"x"})")).has_value());
    }

    void conversationFields()
    {
        const auto page = *wire::decode<SearchConversations>(QByteArray(
            R"({"conversations":[{"id":"a","contactId":"c","fullName":"Ann Lee","contactName":"ann lee","lastMessageDate":1767323045678,)"
            R"("unreadCount":"3","type":"TYPE_PHONE","lastMessageType":"TYPE_SMS","sort":[1767323045678]},)"
            R"({"id":"b","lastMessageDate":"2026-01-02T03:04:05.678Z","unreadCount":-1,"deleted":true}],"total":2})"));
        QCOMPARE(page.conversations.first().contactName, u"Ann Lee"_s);
        QCOMPARE(page.conversations.first().unreadCount, 3);
        QCOMPARE(page.conversations.first().lastMessageDate, page.conversations.last().lastMessageDate);
        QCOMPARE(page.conversations.last().unreadCount, 0);
        QVERIFY(page.conversations.last().deleted);
        QCOMPARE(page.lastSort, 1767323045678);
        const auto update =
            wire::decode<UpdateConversation>(QByteArray(R"({"success":true,"conversation":{"unreadCount":0}})"));
        QVERIFY(update && !update->conversation);
    }

    void aSuccessThatSpeaksOfSomethingElseProvesNothing()
    {
        const QByteArray other = R"({"ok":true,"contacts":[],"count":0})";
        QVERIFY(!wire::decode<AddTags>(other));
        QVERIFY(!wire::decode<RemoveTags>(QByteArray("{}")));
        QVERIFY(wire::decode<AddTags>(QByteArray(R"({"tags":[]})")));
        QVERIFY(wire::decode<RemoveTags>(QByteArray(R"({"tagsRemoved":["a"]})")));
        QVERIFY(!wire::decode<UpdateConversation>(other));
        QVERIFY(wire::decode<UpdateConversation>(QByteArray(R"({"success":true})")));
        QVERIFY(!wire::decode<AddToWorkflow>(other));
        QVERIFY(!wire::decode<AddToWorkflow>(QByteArray(R"({"succeded":false})")));
        QVERIFY(wire::decode<AddToWorkflow>(QByteArray(R"({"succeded":true,"traceId":"x"})")));
        QVERIFY(wire::decode<DeleteContact>(QByteArray())); // says nothing against it
        QVERIFY(!wire::decode<DeleteContact>(QByteArray("{}")));
        QVERIFY(!wire::decode<BulkTags>(QByteArray()));
        QVERIFY(!wire::decode<DeleteContact>(QByteArray("[]")));
        QVERIFY(!wire::decode<BulkTags>(other));
        QVERIFY(wire::decode<BulkTags>(QByteArray(R"({"succeded":true,"errorCount":0,"responses":[]})")));
        QVERIFY(wire::decode<BulkBusiness>(QByteArray(R"({"success":true,"ids":[]})")));
    }

    void tokensInBothSpellings()
    {
        const auto dated = *wire::decode<GetAccessToken>(QByteArray(
            R"({"access_token":"a","refresh_token":"r","expires_in":86399,"scope":"x.readonly y.write","userType":"Location","locationId":"l","userId":"u"})"));
        const auto v3 = *wire::decode<GetAccessToken>(QByteArray(
            R"({"accessToken":"a","refreshToken":"r","expiresIn":"86399","scope":"x.readonly y.write","userType":"Location","locationId":"l","userId":"u"})"));
        QCOMPARE(dated.accessToken, v3.accessToken);
        QCOMPARE(dated.refreshToken, v3.refreshToken);
        QCOMPARE(dated.expiresIn, v3.expiresIn);
        QCOMPARE(dated.scopes, (QStringList{u"x.readonly"_s, u"y.write"_s}));
        QCOMPARE(dated.user, UserId(u"u"_s));
        QVERIFY(!wire::decode<GetAccessToken>(QByteArray(R"({"refresh_token":"r"})")).has_value());
    }

    void sendAnswers()
    {
        const auto plain =
            *wire::decode<SendMessage>(QByteArray(R"({"conversationId":"c","messageId":"m","traceId":"t"})"));
        QCOMPARE(plain.messageId, MessageId(u"m"_s));
        const auto several =
            *wire::decode<SendMessage>(QByteArray(R"({"conversationId":"c","messageIds":["m1","m2"]})"));
        QCOMPARE(several.messageId, MessageId(u"m1"_s));
        QVERIFY(!wire::decode<SendMessage>(QByteArray(R"({"conversationId":"c"})")).has_value());
    }

    void numbersInBothWrappings()
    {
        const QByteArray inner =
            R"({"numbers":[{"phoneNumber":"+14075550100","friendlyName":"Desk","isDefaultNumber":true,)"
            R"("capabilities":{"sms":true,"mms":false}}],"accountStatus":"active"})";
        const auto flat = *wire::decode<ListNumbers>(inner);
        const auto wrapped = *wire::decode<ListNumbers>("{\"status\":\"ok\",\"data\":" + inner + "}");
        QCOMPARE(flat.numbers.first().number, u"+14075550100"_s);
        QCOMPARE(wrapped.numbers.first().number, u"+14075550100"_s);
        QVERIFY(flat.numbers.first().isDefault && !flat.numbers.first().mms);
    }

    /// Every byte of a good answer damaged in turn, and random rubbish: a result or an error, never a crash.
    void damaged()
    {
        const QByteArray good = "{\"contacts\":[" + realisticContact(1) + "],\"total\":1}";
        int readable = 0;
        for (qsizetype i = 0; i < good.size(); ++i) {
            for (const char c : {'\0', '"', '{', ']', '\xff', '9'}) {
                QByteArray bad = good;
                bad[i] = c;
                readable += wire::decode<SearchContacts>(bad).has_value();
            }
            readable += wire::decode<SearchContacts>(good.left(i)).has_value();
        }
        QVERIFY(readable > 0 && readable < 7 * good.size());
        QRandomGenerator random(7);
        for (int i = 0; i < 2000; ++i) {
            QByteArray noise(static_cast<qsizetype>(random.bounded(200)), '\0');
            for (auto &c : noise)
                c = char(random.bounded(256));
            QVERIFY(!wire::decode<GetMessage>(noise).has_value());
        }
    }

    void pageOf500()
    {
        QByteArray body = "{\"contacts\":[";
        for (int i = 0; i < 500; ++i)
            body += (i ? "," : "") + realisticContact(i);
        body += "],\"total\":500}";
        QBENCHMARK
        {
            const auto page = wire::decode<SearchContacts>(body);
            QVERIFY(page && page->contacts.size() == 500);
        }
        QVERIFY(body.size() > 700 * 1000);
    }
};

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
