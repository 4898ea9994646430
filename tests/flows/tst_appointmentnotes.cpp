// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/noteplace.h"
#include "flows/enginerun.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Notes on an appointment, from the outbox to the practice account's diary and back.
class TestAppointmentNotes : public QObject, private test::EngineRun
{
    Q_OBJECT

    EventRow m_event;

    practice::Diary &diary() { return m_server->world().diary; }
    practice::Index eventIndex() { return *m_server->world().mint.index(practice::Kind::Event, m_event.event.id.value); }

    bool startEngine(bool offline = false)
    {
        return open([offline](sync::EngineOptions &options) {
            test::hurry(options);
            options.offline = offline;
        });
    }
    ContactId place() const { return noteplace::onAppointment(m_event.event.contact, m_event.event.id); }
    QStringList onTheServer()
    {
        QStringList bodies;
        for (const auto &note : diary().notes) {
            if (!note.deleted && note.event == eventIndex())
                bodies.append(note.body);
        }
        return bodies;
    }
    QVector<NoteRow> notes()
    {
        const auto rows = await(m_engine->cache().notesOf(location(), place()));
        return rows ? *rows : QVector<NoteRow>();
    }
    RecordId add(const QString &body)
    {
        const auto record = await(m_engine->outbox().submitNote(*m_engine->account(), {place(), body, {}}, {}));
        return record ? *record : RecordId();
    }
    RecordId change(const NoteRow &row, const QString &body, bool remove = false)
    {
        NoteChange change;
        change.contactId = row.note.contact;
        change.noteId = row.note.id;
        change.seen = row.note.body;
        change.body = body;
        change.remove = remove;
        const auto record = await(m_engine->outbox().submitNoteChange(*m_engine->account(), change, {}));
        return record ? *record : RecordId();
    }
    int writes(const char *method) const
    {
        return requests(method, [](const QString &path) { return path.contains(u"/notes"); });
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(serve({40, 10, 20, 0}));
        QVERIFY(startEngine());
        QVERIFY(sync({u"location"_s, u"users"_s, u"contacts"_s, u"calendars"_s}));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto rows = await(m_engine->cache().events(location(), now.addDays(-20), now.addDays(20)));
        QVERIFY(rows);
        const auto found = std::find_if(rows->begin(), rows->end(), [](const EventRow &row) { return !row.event.block && !row.event.contact.isEmpty(); });
        QVERIFY(found != rows->end());
        m_event = *found;
        QVERIFY(onTheServer().isEmpty());
    }
    void cleanup() { close(); }

    void aNoteIsThereAtOnceAndMadeExactlyOnce()
    {
        const auto id = add(u"Bring the floor plan"_s);
        QCOMPARE(notes().size(), 1); // before anybody has answered
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(), QStringList{u"Bring the floor plan"_s});
        QCOMPARE(writes("POST"), 1);
        QCOMPARE(notes().size(), 1);
        QCOMPARE(notes().first().note.id.value, record(id).serverId);
        QVERIFY(await(m_engine->refreshLead(place())));
        QCOMPARE(notes().size(), 1);
        // It is not one on the contact.
        QCOMPARE(noteplace::contactOf(place()), m_event.event.contact);
        const auto own = await(m_engine->cache().notesOf(location(), m_event.event.contact));
        QVERIFY(own && std::none_of(own->begin(), own->end(), [](const NoteRow &row) { return row.note.body.contains(u"floor plan"); }));
        QVERIFY(await(m_engine->refreshLead(m_event.event.contact)));
        QCOMPARE(notes().size(), 1); // reading the contact's own does not take it away
    }
    void itIsChangedAndRemoved()
    {
        const auto id = add(u"Bring the plan"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const auto changing = change(notes().first(), u"Bring two plans"_s);
        QCOMPARE(notes().first().note.body, u"Bring two plans"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(changing), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(), QStringList{u"Bring two plans"_s});
        const auto removing = change(notes().first(), {}, true);
        QVERIFY(notes().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(removing), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer().isEmpty());
        QCOMPARE(writes("PUT"), 1);
        QCOMPARE(writes("DELETE"), 1);
    }
    void aLostAnswerMakesOneNote_data()
    {
        QTest::addColumn<bool>("applied");
        QTest::newRow("it was done") << true;
        QTest::newRow("it was not") << false;
    }
    void aLostAnswerMakesOneNote()
    {
        QFETCH(bool, applied);
        fault({{u"match"_s, u"POST /calendars/appointments/*/notes"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, applied}, {u"times"_s, 1}});
        const auto id = add(u"Only once"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 30'000);
        QCOMPARE(onTheServer(), QStringList{u"Only once"_s});
        QCOMPARE(notes().size(), 1);
    }
    void whatAColleagueWroteIsNotOverwritten()
    {
        const auto id = add(u"Mine"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const NoteRow seen = notes().first();
        diary().notes.back().body = u"Theirs"_s;
        const auto changing = change(seen, u"Mine again"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(changing), u"rejected"_s, 20'000);
        QCOMPARE(record(changing).reasonCode, u"changed_elsewhere"_s);
        QCOMPARE(onTheServer(), QStringList{u"Theirs"_s});
        QTRY_COMPARE(notes().first().note.body, u"Theirs"_s);
    }
    void offlineItWaitsAndIsMadeAsItWasChangedMeanwhile()
    {
        QVERIFY(startEngine(true));
        const auto first = add(u"Written on the train"_s);
        QVERIFY(!first.value.isEmpty());
        QCOMPARE(notes().size(), 1);
        const auto second = change(notes().first(), u"Written twice on the train"_s);
        QVERIFY(!second.value.isEmpty());
        QCOMPARE(notes().size(), 1);
        QVERIFY(onTheServer().isEmpty());
        QVERIFY(startEngine());
        QTRY_COMPARE_WITH_TIMEOUT(onTheServer(), QStringList{u"Written twice on the train"_s}, 30'000);
    }
    void manyNotesComeInPages()
    {
        for (int i = 0; i < 45; ++i)
            diary().notes.push_back({eventIndex(), 1, u"Note %1"_s.arg(i), m_server->world().now(), false});
        QVERIFY(await(m_engine->refreshLead(place())));
        QCOMPARE(notes().size(), 45);
        diary().notes[3].deleted = true;
        QVERIFY(startEngine()); // the next look
        QVERIFY(await(m_engine->refreshLead(place())));
        QCOMPARE(notes().size(), 44);
    }
    void whatCannotBeIsRefused()
    {
        QVERIFY(add(u"   "_s).value.isEmpty());
        QVERIFY(add(QString(5001, u'x')).value.isEmpty());
        QCOMPARE(writes("POST"), 0);
    }
};

QTEST_GUILESS_MAIN(TestAppointmentNotes)
#include "tst_appointmentnotes.moc"
