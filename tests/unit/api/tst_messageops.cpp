// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules, files, recordings and templates on the wire: what leaves, and what answers mean.
#include "api/ops.h"

#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace outrigger;
using namespace outrigger::api;
using namespace Qt::StringLiterals;

namespace {

UploadAttachment upload(const QString &name, const QByteArray &bytes)
{
    return {ConversationId(u"v"_s), ContactId(u"c"_s), LocationId(u"l"_s), {name, bytes}};
}

} // namespace

class TestMessageOps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTimeOfAScheduleIsInSeconds()
    {
        const QDateTime moment(QDate(2026, 6, 19), QTime(15, 0), QTimeZone::utc());
        QCOMPARE(SendMessage::dueAt(moment), 1'781'881'200LL);
        QCOMPARE(SendMessage::dueAt(moment.addMSecs(1)), 1'781'881'201LL); // never earlier than was chosen
        const auto request = wire::encode(
            SendMessage{.contactId = ContactId(u"c"_s), .message = u"Hi"_s, .scheduledTimestamp = SendMessage::dueAt(moment)});
        QVERIFY(request);
        QVERIFY2(request->body.contains("\"scheduledTimestamp\":1781881200}") || request->body.contains("\"scheduledTimestamp\":1781881200,"),
                 request->body.constData());
    }
    void aRefusalInsideASuccessIsAnError_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind"); ///< -1: cancelled
        QTest::newRow("done") << QByteArray(R"({"status":200,"message":"ok"})") << -1;
        QTest::newRow("as text") << QByteArray(R"({"status":"200"})") << -1;
        QTest::newRow("silent") << QByteArray(R"({"traceId":"t"})") << -1;
        QTest::newRow("left already") << QByteArray(R"({"status":400,"message":"Failed"})") << int(ErrorKind::Invalid);
        QTest::newRow("unknown") << QByteArray(R"({"status":404,"message":"Failed cancel the scheduled message"})") << int(ErrorKind::NotFound);
        QTest::newRow("broken there") << QByteArray(R"({"status":500})") << int(ErrorKind::Server);
        QTest::newRow("a word") << QByteArray(R"({"status":"error"})") << int(ErrorKind::BadReply);
    }
    void aRefusalInsideASuccessIsAnError()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, kind);
        const auto message = wire::decode<CancelScheduledMessage>(answer);
        QCOMPARE(message ? -1 : int(message.error().kind), kind);
        const auto email = wire::decode<CancelScheduledEmail>(answer);
        QCOMPARE(email ? -1 : int(email.error().kind), kind);
    }
    void anUploadIsAFormWithAFile()
    {
        const QByteArray bytes("\x89PNG\0\r\n--x", 11);
        const auto request = wire::encode(upload(u"/home/me/the \"house\"\r\nX: y.png"_s, bytes));
        QVERIFY(request);
        QVERIFY(request->contentType.startsWith("multipart/form-data; boundary="));
        const QByteArray border = "--" + request->contentType.mid(request->contentType.indexOf('=') + 1);
        QVERIFY(request->body.startsWith(border + "\r\n") && request->body.endsWith("\r\n" + border + "--\r\n"));
        QCOMPARE(request->body.count(border), 5);
        QVERIFY(request->body.contains("name=\"conversationId\"\r\n\r\nv\r\n"));
        QVERIFY(request->body.contains("name=\"fileAttachment\"; filename=\"the %22house%22%0D%0AX: y.png\"\r\nContent-Type: image/png\r\n\r\n" + bytes + "\r\n"));
        QVERIFY(!wire::encode(upload(u"a.png"_s, bytes))->body.startsWith(border)); // a border of its own each time
    }
    void whatHighLevelDoesNotTakeNeverLeaves_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("size");
        QTest::addColumn<bool>("taken");
        QTest::newRow("picture") << u"House.JPG"_s << qint64(1) << true;
        QTest::newRow("largest") << u"a.pdf"_s << attachmentLimit << true;
        QTest::newRow("too large") << u"a.pdf"_s << attachmentLimit + 1 << false;
        QTest::newRow("empty") << u"a.pdf"_s << qint64(0) << false;
        QTest::newRow("program") << u"a.pdf.exe"_s << qint64(1) << false;
        QTest::newRow("no ending") << u"pdf"_s << qint64(1) << false;
        QTest::newRow("gif") << u"a.gif"_s << qint64(1) << false;
    }
    void whatHighLevelDoesNotTakeNeverLeaves()
    {
        QFETCH(QString, name);
        QFETCH(qint64, size);
        QFETCH(bool, taken);
        QCOMPARE(checkAttachment(name, size).has_value(), taken);
        const auto request = wire::encode(upload(name, QByteArray(size, 'x')));
        QCOMPARE(request.has_value(), taken);
        if (!taken) {
            QCOMPARE(int(request.error().kind), int(ErrorKind::Usage));
            QCOMPARE(int(request.error().sent), int(Sent::No));
        }
    }
    void wordsOfACall_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QStringList>("texts");
        const QByteArray late = R"({"mediaChannel":2,"sentenceIndex":1,"startTime":900,"endTime":1200,"transcript":"Yes","confidence":0.5})";
        const QByteArray early = R"({"mediaChannel":"1","sentenceIndex":"0","startTime":"34","transcript":"Hello"})";
        QTest::newRow("a list") << QByteArray("[" + late + "," + early + "]") << QStringList{u"Hello"_s, u"Yes"_s};
        QTest::newRow("below a key") << QByteArray("{\"data\":[" + early + "]}") << QStringList{u"Hello"_s};
        QTest::newRow("one, as documented") << late << QStringList{u"Yes"_s};
        QTest::newRow("nobody spoke") << QByteArray("[]") << QStringList();
    }
    void wordsOfACall()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QStringList, texts);
        const auto read = wire::decode<GetTranscription>(answer);
        QVERIFY(read);
        QStringList all;
        for (const Sentence &sentence : read->sentences)
            all.append(sentence.text);
        QCOMPARE(all, texts);
        QVERIFY(!wire::decode<GetTranscription>(QByteArray(R"([{"confidence":1}])")));
    }
    void templatesOfEverySort()
    {
        const auto page = wire::decode<ListTemplates>(QByteArray(
            R"({"templates":[{"id":"1","name":"A","type":"sms","template":{"body":"Hi {{contact.first_name}}","attachments":[]},)"
            R"("urlAttachments":["https://x/y.png"]},{"_id":"2","type":"email","template":{"subject":"S","html":"<p>x</p>"}},)"
            R"({"name":"no id"}],"totalCount":"3"})"));
        QVERIFY(page);
        QCOMPARE(page->templates.size(), 2);
        QCOMPARE(page->skipped, 1);
        QCOMPARE(page->total, 3);
        QCOMPARE(page->templates[0].body, u"Hi {{contact.first_name}}"_s);
        QCOMPARE(page->templates[0].attachments, QStringList{u"https://x/y.png"_s});
        QCOMPARE(page->templates[1].subject, u"S"_s);
        QCOMPARE(page->templates[1].body, u"<p>x</p>"_s);
    }
    void aRecordingIsItsBytes()
    {
        QCOMPARE(wire::decode<GetRecording>(QByteArray("RIFF\0x", 6))->data, QByteArray("RIFF\0x", 6));
        QVERIFY(!wire::decode<GetRecording>(QByteArray()));
        QVERIFY(wire::encode(GetRecording{MessageId(u"m"_s), LocationId(u"l"_s)})->raw);
        QVERIFY(!wire::encode(GetMessage{MessageId(u"m"_s)})->raw);
    }
};

QTEST_GUILESS_MAIN(TestMessageOps)
#include "tst_messageops.moc"
