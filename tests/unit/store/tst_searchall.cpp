// SPDX-License-Identifier: GPL-3.0-or-later
#include "storedata.h"

#include "domain/noteplace.h"
#include "domain/searchwords.h"
#include "store/coverage.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::store;
using namespace storedata;
using namespace Qt::StringLiterals;

/// The search beyond people and messages, and what its operators leave.
class TestSearchAll : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;
    QString m_file;
    std::unique_ptr<Cache> m_cache;

    QVector<Cache::SearchHit> hits(const QString &typed)
    {
        const auto found = await(m_cache->search(home, SearchWords::forPerson(typed, UserId(u"u1"_s)), u"US"_s, 20));
        if (!found)
            qWarning("%s", qPrintable(found.error().message));
        return found.value_or(QVector<Cache::SearchHit>());
    }
    QStringList found(const QString &words)
    {
        QStringList list;
        for (const auto &hit : hits(words))
            list.append(hit.kind + u' ' + (hit.kind == "contact"_L1 ? hit.contact.value : hit.message.value));
        list.sort();
        return list;
    }
    static LeadTask task(const QString &id, const QString &title, const QString &body = {})
    {
        LeadTask one;
        one.id = TaskId(id);
        one.contact = ContactId(u"c1"_s);
        one.title = title;
        one.body = body;
        one.due = at(60);
        return one;
    }
    static LeadNote note(const QString &id, const QString &body)
    {
        LeadNote one;
        one.id = NoteId(id);
        one.contact = ContactId(u"c1"_s);
        one.body = body;
        one.dateAdded = at(3);
        return one;
    }
    static Opportunity deal(const QString &id, const QString &name)
    {
        Opportunity one;
        one.id = OpportunityId(id);
        one.contactId = ContactId(u"c1"_s);
        one.name = name;
        one.stage = StageId(u"s1"_s);
        one.pipeline = PipelineId(u"p1"_s);
        return one;
    }

private Q_SLOTS:
    void init()
    {
        const QString dir = m_dir.filePath(QString::number(++m_number));
        QVERIFY(QDir().mkpath(dir));
        m_file = dir + u"/cache.sqlite"_s;
        m_cache = std::make_unique<Cache>(m_file);
        QVERIFY(await(m_cache->open(false)));
        Contact hot = contact(u"c1"_s, u"Sarah"_s, u"Jones"_s, u"+14075550134"_s);
        hot.tags = {u"hot lead"_s};
        hot.assignedTo = UserId(u"u1"_s);
        QVERIFY(await(m_cache->putContacts(home, {hot, contact(u"c2"_s, u"Bob"_s, u"Reed"_s, u"+14075550199"_s)}, std::nullopt)));
        QVERIFY(await(m_cache->putConversations(home, {talk(u"t1"_s, u"c1"_s, 1, Direction::Inbound, 2), talk(u"t2"_s, u"c2"_s, 2)}, std::nullopt)));
        QVERIFY(await(m_cache->putMessages(home, {message(u"m1"_s, u"t1"_s, u"c1"_s, 1, u"the zephyr roof leaks"_s),
                                                  message(u"m2"_s, u"t1"_s, u"c1"_s, 2, u"zephyr offer https://example.com"_s, Direction::Outbound, u"failed"_s),
                                                  message(u"m3"_s, u"t2"_s, u"c2"_s, 3000, u"a zephyr blows"_s)}, std::nullopt)));
    }
    void cleanup() { m_cache.reset(); }

    void findsEveryKindOfText()
    {
        QVERIFY(await(m_cache->putTasks(home, {task(u"k1"_s, u"Call about the walrus"_s, u"bring the ladder"_s)}, {})));
        QVERIFY(await(m_cache->putNotes(home, ContactId(u"c1"_s), {note(u"n1"_s, u"Likes the walrus on the fence"_s)})));
        QVERIFY(await(m_cache->putDeals(home, {deal(u"d1"_s, u"Walrus roof"_s)}, std::nullopt)));
        Appointment visit;
        visit.id = AppointmentId(u"a1"_s);
        visit.contact = ContactId(u"c1"_s);
        visit.title = u"Walrus inspection"_s;
        visit.start = at(100);
        visit.end = at(130);
        QVERIFY(await(m_cache->putAppointments(home, {visit})));
        mail::Body body;
        body.id = EmailId(u"e1"_s);
        body.subject = u"Your walrus"_s;
        QVERIFY(await(m_cache->putEmail(home, body, MessageId(u"m1"_s), u"As said on the phone"_s)));
        QVERIFY(await(putTranscript(*m_cache, home, MessageId(u"m3"_s), u"so the walrus stays outside"_s)));
        const QStringList all{u"appointment a1"_s, u"call m3"_s, u"deal d1"_s, u"email m1"_s, u"note n1"_s, u"task k1"_s};
        QCOMPARE(found(u"walrus"_s), all);
        QCOMPARE(found(u"WALR"_s), all);
        QCOMPARE(found(u"alru"_s), all); // inside the word
        QCOMPARE(found(u"ladder"_s), QStringList{u"task k1"_s});
        QCOMPARE(found(u"in:notes walrus"_s), QStringList{u"note n1"_s});
        QCOMPARE(found(u"in:notes"_s), QStringList{u"note n1"_s});
        QCOMPARE(found(u"in:calls walrus"_s), QStringList{u"call m3"_s});
        QCOMPARE(found(u"walrus tag:\"hot lead\" in:tasks"_s), QStringList{u"task k1"_s});
        QCOMPARE(found(u"walrus tag:cold"_s), QStringList());
        const auto first = hits(u"walrus in:tasks"_s).first();
        QCOMPARE(first.title, u"Call about the walrus"_s);
        QVERIFY(first.snippet.contains(u"Sarah Jones"_s));
        QCOMPARE(first.contact, ContactId(u"c1"_s));
        const auto seen = await(searchCoverage(*m_cache, home));
        QVERIFY(seen);
        QCOMPARE(seen->noteLeads, 1);
        QCOMPARE(seen->emails, 1);
        QCOMPARE(seen->transcripts, 1);
        QVERIFY(!seen->allMessages);
        QCOMPARE(seen->messagesBackTo, at(1));
    }

    void aNoteOnAnAppointmentLeadsToTheAppointment()
    {
        Appointment visit;
        visit.id = AppointmentId(u"a1"_s);
        visit.contact = ContactId(u"c1"_s);
        visit.title = u"Inspection"_s;
        visit.start = at(100);
        visit.end = at(130);
        QVERIFY(await(m_cache->putAppointments(home, {visit})));
        const ContactId place = noteplace::onAppointment(ContactId(u"c1"_s), AppointmentId(u"a1"_s));
        LeadNote gate = note(u"n9"_s, u"The walrus guards the gate"_s);
        gate.contact = place;
        QVERIFY(await(m_cache->putNotes(home, place, {gate})));
        QCOMPARE(found(u"walrus"_s), QStringList{u"appointment a1"_s});
        QCOMPARE(found(u"walrus tag:\"hot lead\""_s), QStringList{u"appointment a1"_s}); // the lead's own tags
        const auto hit = hits(u"in:notes alru"_s).first();
        QCOMPARE(hit.contact, ContactId(u"c1"_s));
        QCOMPARE(hit.title, u"Inspection"_s);
        QCOMPARE(hit.date, at(100));
        QVERIFY2(hit.snippet.contains(u"Sarah Jones"_s) && hit.snippet.contains(u"walrus"_s), qPrintable(hit.snippet));
    }

    void forgetsWhatWasChangedOrIsGone()
    {
        const ContactId sarah(u"c1"_s);
        QVERIFY(await(m_cache->putNotes(home, sarah, {note(u"n1"_s, u"the walrus"_s), note(u"n2"_s, u"the gazelle"_s)})));
        QVERIFY(await(m_cache->putNotes(home, sarah, {note(u"n2"_s, u"the ostrich"_s)})));
        QCOMPARE(found(u"walrus"_s), QStringList());
        QCOMPARE(found(u"gazel"_s), QStringList());
        QCOMPARE(found(u"stric"_s), QStringList{u"note n2"_s});
        QVERIFY(await(putTranscript(*m_cache, home, MessageId(u"m3"_s), u"the walrus spoke"_s)));
        QVERIFY(await(m_cache->removeMessage(home, MessageId(u"m3"_s))));
        QCOMPARE(found(u"walrus"_s), QStringList());
        QVERIFY(await(m_cache->removeLocation(home)));
        QCOMPARE(found(u"ostrich"_s), QStringList());
    }
    void operatorsNarrow_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("there");
        const QString day = at(0).toLocalTime().date().addDays(1).toString(Qt::ISODate);
        QTest::newRow("words") << u"zephyr"_s << QStringList{u"message m1"_s, u"message m2"_s, u"message m3"_s};
        QTest::newRow("from them") << u"zephyr from:them"_s << QStringList{u"message m1"_s, u"message m3"_s};
        QTest::newRow("from me") << u"zephyr from:me"_s << QStringList{u"message m2"_s};
        QTest::newRow("from a name") << u"zephyr from:sarah"_s << QStringList{u"message m1"_s};
        QTest::newRow("from a number") << u"zephyr from:0199"_s << QStringList{u"message m3"_s};
        QTest::newRow("to a name") << u"to:jones"_s << QStringList{u"message m2"_s};
        QTest::newRow("tag") << u"zephyr tag:\"hot lead\""_s << QStringList{u"message m1"_s, u"message m2"_s};
        QTest::newRow("part of a tag is another tag") << u"zephyr tag:hot"_s << QStringList();
        QTest::newRow("people of a tag") << u"tag:\"hot lead\""_s << QStringList{u"contact c1"_s};
        QTest::newRow("mine") << u"owner:me"_s << QStringList{u"contact c1"_s};
        QTest::newRow("nobody's") << u"owner:nobody in:people"_s << QStringList{u"contact c2"_s};
        QTest::newRow("mine by words") << u"jo owner:me in:people"_s << QStringList{u"contact c1"_s};
        QTest::newRow("unread") << u"is:unread"_s << QStringList{u"contact c1"_s};
        QTest::newRow("failed") << u"is:failed"_s << QStringList{u"message m2"_s};
        QTest::newRow("link") << u"has:link"_s << QStringList{u"message m2"_s};
        QTest::newRow("after") << u"zephyr after:"_s + day << QStringList{u"message m3"_s};
        QTest::newRow("before") << u"zephyr before:"_s + day << QStringList{u"message m1"_s, u"message m2"_s};
        QTest::newRow("only by date") << u"after:"_s + day << QStringList{u"message m3"_s};
        QTest::newRow("two letters and an operator") << u"le from:them"_s << QStringList{u"message m1"_s};
        QTest::newRow("an unknown stage") << u"stage:nowhere"_s << QStringList();
    }
    void operatorsNarrow()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, there);
        QCOMPARE(found(typed), there);
    }
    void whatAMessageCarriesAndTheStateOfATalkNarrow_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("all") << u"okapi"_s << QStringList{u"message p1"_s, u"message p2"_s, u"message p3"_s, u"message p4"_s};
        QTest::newRow("picture") << u"okapi has:image"_s << QStringList{u"message p1"_s};
        QTest::newRow("another word for it") << u"okapi has:photo"_s << QStringList{u"message p1"_s};
        QTest::newRow("file") << u"okapi has:file"_s << QStringList{u"message p1"_s, u"message p2"_s};
        QTest::newRow("recording") << u"okapi has:recording"_s << QStringList{u"message p3"_s};
        QTest::newRow("calls") << u"okapi in:calls"_s << QStringList{u"message p3"_s};
        QTest::newRow("scheduled") << u"okapi is:scheduled"_s << QStringList{u"message p4"_s};
        QTest::newRow("starred") << u"okapi is:starred"_s << QStringList{u"message p4"_s};
        QTest::newRow("unread") << u"okapi is:unread"_s << QStringList{u"message p1"_s, u"message p2"_s, u"message p3"_s};
    }
    void whatAMessageCarriesAndTheStateOfATalkNarrow()
    {
        QFETCH(QString, words);
        Conversation starred = talk(u"t1"_s, u"c1"_s, 4), unread = talk(u"t2"_s, u"c2"_s, 5, Direction::Inbound, 1);
        starred.starred = true;
        QVERIFY(await(m_cache->putConversations(home, {starred, unread}, std::nullopt)));
        Message picture = message(u"p1"_s, u"t2"_s, u"c2"_s, 11, u"the okapi at the fence"_s), file = message(u"p2"_s, u"t2"_s, u"c2"_s, 12, u"okapi papers"_s);
        picture.attachments = {u"https://files.example.com/okapi.jpg"_s};
        file.attachments = {u"https://files.example.com/okapi.pdf"_s};
        Message call = message(u"p3"_s, u"t2"_s, u"c2"_s, 13, u"okapi on the phone"_s);
        call.channel = Channel::Call;
        call.typeWord = u"TYPE_CALL"_s;
        call.callSeconds = 41;
        const Message later = message(u"p4"_s, u"t1"_s, u"c1"_s, 14, u"okapi tomorrow"_s, Direction::Outbound, u"scheduled"_s);
        QVERIFY(await(m_cache->putMessages(home, {picture, file, call, later}, std::nullopt)));
        QTEST(found(words), "found");
    }

    void stagesAreFoundByTheirNames()
    {
        ReferenceData reference;
        Pipeline pipeline;
        pipeline.id = PipelineId(u"p1"_s);
        Stage stage;
        stage.id = StageId(u"s1"_s);
        stage.name = u"Proposal sent"_s;
        pipeline.stages = {stage};
        reference.pipelines = QVector<Pipeline>{pipeline};
        QVERIFY(await(m_cache->putReference(home, reference)));
        QVERIFY(await(m_cache->putDeals(home, {deal(u"d1"_s, u"Roof"_s)}, std::nullopt)));
        QCOMPARE(found(u"stage:proposal in:people"_s), QStringList{u"contact c1"_s});
        QCOMPARE(found(u"roof stage:proposal"_s), (QStringList{u"deal d1"_s, u"message m1"_s}));
    }
};

QTEST_GUILESS_MAIN(TestSearchAll)
#include "tst_searchall.moc"
