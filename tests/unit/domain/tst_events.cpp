// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/answerview.h"
#include "domain/events.h"
#include "domain/signature.h"
#include "support/places.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

class TestEvents : public QObject
{
    Q_OBJECT

    static events::Event one(const QByteArray &json)
    {
        int bad = 0;
        const auto all = events::eventsFrom(json, &bad);
        return all.value(0);
    }

private Q_SLOTS:
    void theSeventeenOfTheSeedNameWhatTheyTouch_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("names");
        const auto row = [](const char *type, const char *rest, const char *names) {
            QTest::newRow(type) << QByteArray("{\"type\":\"") + type + "\",\"locationId\":\"l1\"," + rest + "}" << QString::fromLatin1(names);
        };
        for (const char *type : {"ContactCreate", "ContactUpdate", "ContactDelete", "ContactDndUpdate", "ContactTagUpdate"})
            row(type, "\"id\":\"c1\"", "contact c1");
        row("NoteCreate", "\"id\":\"n1\",\"contactId\":\"c1\"", "contact c1");
        row("TaskCreate", "\"id\":\"t1\",\"contactId\":\"c1\"", "contact c1");
        for (const char *type : {"OpportunityCreate", "OpportunityUpdate", "OpportunityDelete", "OpportunityStageUpdate"})
            row(type, "\"id\":\"o1\",\"contactId\":\"c1\"", "deal o1");
        for (const char *type : {"AppointmentCreate", "AppointmentUpdate", "AppointmentDelete"})
            row(type, "\"appointment\":{\"id\":\"a1\",\"contactId\":\"c1\"}", "events");
        for (const char *type : {"InboundMessage", "OutboundMessage"})
            row(type, "\"conversationId\":\"v1\",\"contactId\":\"c1\",\"body\":\"Hello\"", "contact c1 conversation v1 conversations");
        row("ConversationUnreadUpdate", "\"id\":\"v1\",\"contactId\":\"c1\",\"unreadCount\":2", "conversations");
    }
    void theSeventeenOfTheSeedNameWhatTheyTouch()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, names);
        const auto event = one(json);
        QCOMPARE(event.location, LocationId(u"l1"_s));
        QStringList words;
        if (!event.touched.contact.isEmpty())
            words.append(u"contact "_s + event.touched.contact.value);
        if (!event.touched.conversation.isEmpty())
            words.append(u"conversation "_s + event.touched.conversation.value);
        if (!event.touched.deal.isEmpty())
            words.append(u"deal "_s + event.touched.deal.value);
        if (event.touched.events)
            words.append(u"events"_s);
        words += event.touched.areas;
        QCOMPARE(words.join(u' '), names);
    }
    void everyPublishedSampleIsRead()
    {
        QFile file(test::source(QStringLiteral("../shared/api/webhook-samples.json")));
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("HighLevel's published samples are not beside the source folder.");
        const auto samples = QJsonDocument::fromJson(file.readAll()).object().value("samples"_L1).toObject();
        int read = 0;
        for (auto it = samples.begin(); it != samples.end(); ++it) {
            const auto list = it->toArray();
            for (const auto &sample : list) {
                const bool typed = sample.toObject().contains("type"_L1);
                QCOMPARE(events::eventFrom(sample.toObject()).has_value(), typed);
                read += typed ? 1 : 0;
            }
        }
        QVERIFY(read > 25);
    }
    void hostileTextIsNoEvent()
    {
        for (const QByteArray &text : {QByteArray(), QByteArray("[]"), QByteArray("[1,null,\"x\"]"), QByteArray("{\"type\":{}}"), QByteArray("\xff\xfe{"), QByteArray(70'000, '[')}) {
            int bad = 0;
            QVERIFY(events::eventsFrom(text, &bad).isEmpty());
        }
        int bad = 0;
        QCOMPARE(events::eventsFrom("{\"type\":\"NoteCreate\"}\nnonsense\n{\"type\":\"TaskCreate\"}\n", &bad).size(), 2);
        QCOMPARE(bad, 1);
    }
    void anEventIsTakenOnceAndSoon()
    {
        events::Gate gate;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        events::Event event;
        event.id = u"w1"_s;
        event.at = now.addSecs(-60);
        using Verdict = events::Gate::Verdict;
        QCOMPARE(gate.judge(event, now), Verdict::Take);
        QCOMPARE(gate.judge(event, now.addSecs(30)), Verdict::Repeated);
        event.id = u"w2"_s;
        QCOMPARE(gate.judge(event, now), Verdict::Take);
        event.at = now.addSecs(-301);
        QCOMPARE(gate.judge(event, now), Verdict::Stale);
        event.at = now.addSecs(301);
        QCOMPARE(gate.judge(event, now), Verdict::Stale);
        event.at = {};
        QCOMPARE(gate.judge(event, now), Verdict::Stale);
    }
    /// RFC 8032, 7.1, test 2.
    void anEd25519SignatureIsChecked()
    {
        const QByteArray key = QByteArray::fromHex("302a300506032b65700321003d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        const QByteArray signature = QByteArray::fromHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                                         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        QCOMPARE(verifySignature(SignatureScheme::Ed25519, key, "\x72", signature), std::optional(true));
        QCOMPARE(verifySignature(SignatureScheme::Ed25519, key, "\x73", signature), std::optional(false));
        QCOMPARE(verifySignature(SignatureScheme::Ed25519, key, "\x72", signature.left(40)), std::optional(false));
        QCOMPARE(verifySignature(SignatureScheme::RsaSha256, key, "\x72", signature), std::optional(false));
        QCOMPARE(verifySignature(SignatureScheme::Ed25519, "no key", "\x72", signature), std::optional(false));
        QVERIFY(isPublicKey(SignatureScheme::Ed25519, QByteArray::fromBase64(events::publicKey)));
    }

    void anAnswersListIsItsTable()
    {
        const auto view = catalogue::viewOf(R"({"calendars":[{"id":"1","name":"A","team":{"x":1}},{"id":"2","name":"B","isActive":true}],"traceId":"t"})");
        QCOMPARE(view.listName, u"calendars"_s);
        QCOMPARE(view.columns, (QStringList{u"id"_s, u"name"_s, u"isActive"_s}));
        QCOMPARE(view.rows.at(1), (QStringList{u"2"_s, u"B"_s, u"true"_s}));
        QCOMPARE(view.ids.at(0).kind, u"calendar"_s);
        QCOMPARE(view.ids.at(1).text, u"B"_s);
        const auto nested = catalogue::viewOf(R"({"messages":{"messages":[{"id":"m"}],"nextPage":false}})");
        QCOMPARE(nested.listName, u"messages"_s);
    }
    void oneObjectIsItsFields()
    {
        const auto view = catalogue::viewOf(R"({"contact":{"id":"c1","firstName":"Ada","tags":["a"],"customFields":[{"id":"f"}],"x1":1,"x2":2,"x3":3}})");
        QVERIFY(view.listName.isEmpty());
        QVERIFY(view.rows.contains(QStringList{u"contact.firstName"_s, u"Ada"_s}));
        QCOMPARE(view.ids.at(0).kind, u"contact"_s);
    }
    void tokensInAnAnswerAreNotShown()
    {
        const auto view = catalogue::viewOf(R"({"access_token":"eyJ.secret.words","refreshToken":"abc","scope":"x"})");
        QVERIFY(!view.text.contains(u"secret"_s) && !view.text.contains(u"abc"_s));
        for (const auto &row : view.rows)
            QVERIFY(!row.value(1).contains(u"secret"_s));
    }
    void alargeAnswerIsCutAtALine()
    {
        QJsonArray rows;
        for (int i = 0; i < 3000; ++i)
            rows.append(QJsonObject{{u"id"_s, QString::number(i)}, {u"name"_s, QString(40, u'x')}});
        const auto view = catalogue::viewOf(QJsonDocument(QJsonObject{{u"contacts"_s, rows}}).toJson());
        QVERIFY(view.cut);
        QVERIFY(view.text.size() <= 120'000);
        QCOMPARE(view.rows.size(), 500);
        QCOMPARE(view.allRows, 3000);
    }
    void onlyWhatIsNewIsNews()
    {
        const QByteArray before = R"({"tags":[{"id":"1","name":"a"}],"traceId":"x"})";
        const QByteArray after = R"({"tags":[{"id":"2","name":"b"},{"id":"1","name":"a"}],"traceId":"y"})";
        QVERIFY(catalogue::rowsBeyond(before, catalogue::rowMarks(before)).isEmpty());
        const auto fresh = catalogue::rowsBeyond(after, catalogue::rowMarks(before));
        QCOMPARE(fresh.size(), 1);
        QCOMPARE(fresh.at(0).text, u"b"_s);
        QVERIFY(catalogue::rowsBeyond(R"({"tags":[],"traceId":"z"})", catalogue::rowMarks(before)).isEmpty());
        QCOMPARE(catalogue::rowsBeyond(R"({"exists":true})", catalogue::rowMarks(R"({"exists":false})")).size(), 1);
        QVERIFY(catalogue::rowsBeyond("no json", {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
