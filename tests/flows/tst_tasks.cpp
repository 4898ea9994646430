// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/leadnote.h"
#include "domain/leadtask.h"
#include "domain/notecolour.h"
#include "domain/noteplace.h"
#include "flows/enginerun.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// Tasks and notes, from the outbox to the practice account's shelf and back.
class TestTasks : public QObject, private test::EngineRun
{
    Q_OBJECT

    ContactId m_lead; ///< nothing is there about this one
    const QDateTime m_due = QDateTime(QDate(2030, 5, 6), QTime(15, 0), Qt::UTC);

    bool startEngine(bool offline = false)
    {
        return open([offline](sync::EngineOptions &options) {
            test::hurry(options);
            options.offline = offline;
        });
    }
    /// What the server has about the lead: bodies with their ids.
    QVector<QJsonObject> onTheServer(QStringView kind) const
    {
        QVector<QJsonObject> found;
        for (size_t i = 0; i < m_server->world().shelf.items.size(); ++i) {
            const auto &item = m_server->world().shelf.items[i];
            if (item.deleted || item.kind != kind || item.owner != m_lead.value)
                continue;
            QJsonObject body = item.body;
            body.insert(u"id"_s, m_server->world().mint.id(practice::Kind::Shelf, static_cast<practice::Index>(i)));
            found.append(body);
        }
        return found;
    }
    void changeOnTheServer(const QString &id, const QString &key, const QJsonValue &value)
    {
        const auto index = m_server->world().mint.index(practice::Kind::Shelf, id);
        QVERIFY(index);
        m_server->world().shelf.items[*index].body.insert(key, value);
    }
    TaskDraft draft(const QString &title = u"Call back"_s) const
    {
        TaskDraft made;
        made.contactId = m_lead;
        made.title = title;
        made.due = m_due;
        made.user = UserId(m_server->world().userId(1));
        return made;
    }
    RecordId add(const TaskDraft &task)
    {
        const auto record = await(m_engine->outbox().submitTask(*m_engine->account(), task, {}));
        return record ? *record : RecordId();
    }
    RecordId change(const TaskRow &row, TaskChange change)
    {
        change.contactId = row.task.contact;
        change.taskId = row.task.id;
        change.seen = row.task;
        const auto record = await(m_engine->outbox().submitTaskChange(*m_engine->account(), change, {}));
        return record ? *record : RecordId();
    }
    RecordId note(const QString &body)
    {
        const auto record = await(m_engine->outbox().submitNote(*m_engine->account(), {m_lead, body, {}}, {}));
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
    RecordId look(const NoteRow &row, std::optional<QString> color, std::optional<bool> pinned, sync::Outbox::SubmitOptions options = {})
    {
        NoteChange change;
        change.contactId = row.note.contact;
        change.noteId = row.note.id;
        change.seen = change.body = row.note.body;
        change.color = color;
        change.pinned = pinned;
        const auto record = await(m_engine->outbox().submitNoteChange(*m_engine->account(), change, options));
        return record ? *record : RecordId();
    }
    NoteRow noteSaying(const QString &body)
    {
        for (const NoteRow &row : notes()) {
            if (row.note.body == body)
                return row;
        }
        return {};
    }
    QJsonObject onTheServerSaying(const QString &body) const
    {
        for (const QJsonObject &one : onTheServer(u"note")) {
            if (one[u"body"].toString() == body)
                return one;
        }
        return {};
    }
    QJsonObject lastWrite() const
    {
        const auto &entries = m_server->ledger().entries();
        const auto last = std::find_if(entries.rbegin(), entries.rend(), [](const auto &entry) { return entry.method == "PUT"; });
        return last == entries.rend() ? QJsonObject() : QJsonDocument::fromJson(last->body).object();
    }
    QVector<TaskRow> tasks()
    {
        const auto rows = await(m_engine->cache().tasksOf(location(), m_lead));
        return rows ? *rows : QVector<TaskRow>();
    }
    QVector<NoteRow> notes()
    {
        const auto rows = await(m_engine->cache().notesOf(location(), m_lead));
        return rows ? *rows : QVector<NoteRow>();
    }
    int writes(const QByteArray &method, const QString &part) const
    {
        return requests(method, [&](const QString &path) { return path.contains(part); });
    }

private Q_SLOTS:
    void init()
    {
        QVERIFY(serve({200, 10, 20, 0}));
        QVERIFY(startEngine());
        QVERIFY(sync({u"location"_s, u"users"_s, u"contacts"_s, u"tasks"_s}));
        practice::World &world = m_server->world();
        for (practice::Index i = 0; i < world.contacts.size() && m_lead.isEmpty(); ++i) {
            const QString id = world.mint.id(practice::Kind::Contact, i);
            if (std::none_of(world.shelf.items.begin(), world.shelf.items.end(), [&](const auto &item) { return item.owner == id; }))
                m_lead = ContactId(id);
        }
        QVERIFY(!m_lead.isEmpty());
    }
    void cleanup()
    {
        close();
        m_lead = {};
    }

    void aTaskIsThereAtOnceAndMadeExactlyOnce()
    {
        const auto id = add(draft());
        QCOMPARE(tasks().size(), 1); // before anybody has answered
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const auto there = onTheServer(u"task");
        QCOMPARE(there.size(), 1);
        QCOMPARE(there.first()[u"title"].toString(), u"Call back"_s);
        QCOMPARE(there.first()[u"dueDate"].toString(), u"2030-05-06T15:00:00.000Z"_s);
        QCOMPARE(there.first()[u"assignedTo"].toString(), m_server->world().userId(1));
        QCOMPARE(there.first()[u"completed"].toBool(true), false);
        // What a list says is the same row.
        QVERIFY(await(m_engine->syncNow({u"tasks"_s}, true)));
        QVERIFY(await(m_engine->refreshLead(m_lead)));
        QCOMPARE(tasks().size(), 1);
        QCOMPARE(tasks().first().task.id.value, there.first()[u"id"].toString());
    }

    void aLostAnswerOfACreationMakesOneTask_data()
    {
        QTest::addColumn<bool>("happened");
        QTest::newRow("it had happened") << true;
        QTest::newRow("it had not") << false;
    }
    void aLostAnswerOfACreationMakesOneTask()
    {
        QFETCH(bool, happened);
        fault({{u"match"_s, u"POST /contacts/*/tasks"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, happened}});
        const auto id = add(draft());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 30'000);
        QCOMPARE(onTheServer(u"task").size(), 1);
        QCOMPARE(writes("POST", u"/tasks"_s) - writes("POST", u"/tasks/search"_s), happened ? 1 : 2);
        QCOMPARE(tasks().size(), 1);
    }

    void anEqualTaskThatWasThereBeforeIsNotTakenForOurs()
    {
        const auto first = add(draft());
        QTRY_COMPARE_WITH_TIMEOUT(state(first), u"confirmed"_s, 20'000);
        fault({{u"match"_s, u"POST /contacts/*/tasks"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, false}});
        const auto second = add(draft());
        QTRY_COMPARE_WITH_TIMEOUT(state(second), u"confirmed"_s, 30'000);
        QCOMPARE(onTheServer(u"task").size(), 2);
        QVERIFY(record(first).serverId != record(second).serverId);
    }

    void aLateEffectOfALostRequestMakesOneNote()
    {
        fault({{u"match"_s, u"POST /contacts/*/notes"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, true}});
        const auto id = note(u"Wants a garden"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 30'000);
        QCOMPARE(onTheServer(u"note").size(), 1);
        QCOMPARE(writes("POST", u"/notes"_s), 1);
        QCOMPARE(notes().size(), 1);
    }

    void ticksMovesAndRemovalsReachTheServer()
    {
        const auto id = add(draft());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        TaskChange tick;
        tick.done = true;
        const auto ticked = change(tasks().first(), tick);
        QVERIFY(tasks().first().task.done); // at once
        QTRY_COMPARE_WITH_TIMEOUT(state(ticked), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer(u"task").first()[u"completed"].toBool());
        QCOMPARE(writes("PUT", u"/completed"_s), 1);
        TaskChange move;
        move.due = m_due.addDays(1);
        move.title = u"Call Ann"_s;
        move.done = false;
        const auto moved = change(tasks().first(), move);
        QTRY_COMPARE_WITH_TIMEOUT(state(moved), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(u"task").first()[u"dueDate"].toString(), u"2030-05-07T15:00:00.000Z"_s);
        QCOMPARE(onTheServer(u"task").first()[u"title"].toString(), u"Call Ann"_s);
        QCOMPARE(onTheServer(u"task").first()[u"assignedTo"].toString(), m_server->world().userId(1)); // what was not changed stays
        TaskChange away;
        away.remove = true;
        const auto gone = change(tasks().first(), away);
        QVERIFY(tasks().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(gone), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer(u"task").isEmpty());
        QVERIFY(tasks().isEmpty());
    }

    void aTaskThatAColleagueChangedIsNotOverwritten()
    {
        const auto id = add(draft());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const TaskRow seen = tasks().first();
        changeOnTheServer(seen.task.id.value, u"title"_s, u"Call the bank"_s);
        TaskChange mine;
        mine.title = u"Call the seller"_s;
        const auto refused = change(seen, mine);
        QTRY_COMPARE_WITH_TIMEOUT(state(refused), u"rejected"_s, 20'000);
        QCOMPARE(record(refused).reasonCode, u"changed_elsewhere"_s);
        QTRY_COMPARE(tasks().first().task.title, u"Call the bank"_s); // theirs is shown, mine is in the record
        QCOMPARE(TaskChange::fromJson(record(refused).payload).title, u"Call the seller"_s);
        const auto again = await(m_engine->outbox().retry(refused));
        QVERIFY(again);
        QTRY_COMPARE_WITH_TIMEOUT(state(again->id), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(u"task").first()[u"title"].toString(), u"Call the seller"_s);
    }

    void bothTextsOfANoteAreKept()
    {
        const auto id = note(u"Wants a garden"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const NoteRow seen = notes().first();
        changeOnTheServer(seen.note.id.value, u"body"_s, u"Wants a garden and a pool"_s);
        const auto refused = change(seen, u"Wants a garden and a garage"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(refused), u"rejected"_s, 20'000);
        QTRY_COMPARE(notes().first().note.body, u"Wants a garden and a pool"_s);
        QCOMPARE(NoteChange::fromJson(record(refused).payload).body, u"Wants a garden and a garage"_s);
        QCOMPARE(onTheServer(u"note").size(), 1);
        QCOMPARE(onTheServer(u"note").first()[u"body"].toString(), u"Wants a garden and a pool"_s);
    }

    void notesAreChangedAndRemoved()
    {
        const auto id = note(u"First"_s);
        QCOMPARE(notes().size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const auto changed = change(notes().first(), u"Second"_s);
        QCOMPARE(notes().first().note.body, u"Second"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(changed), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(u"note").first()[u"body"].toString(), u"Second"_s);
        const auto removed = change(notes().first(), {}, true);
        QVERIFY(notes().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(removed), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer(u"note").isEmpty());
    }

    void aNoteIsPinnedAndColouredAndItsWordsStay()
    {
        const auto first = note(u"<p>Older</p>"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(first), u"confirmed"_s, 20'000);
        const auto second = note(u"Newer"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(second), u"confirmed"_s, 20'000);
        QCOMPARE(notes().first().note.body, u"Newer"_s);
        const auto pinned = look(noteSaying(u"<p>Older</p>"_s), {}, true);
        QCOMPARE(notes().first().note.body, u"<p>Older</p>"_s); // at once, above the newer one
        QVERIFY(notes().first().note.pinned);
        QTRY_COMPARE_WITH_TIMEOUT(state(pinned), u"confirmed"_s, 20'000);
        QCOMPARE(lastWrite(), (QJsonObject{{u"pinned"_s, true}})); // nobody's words travel with it
        const auto coloured = look(noteSaying(u"<p>Older</p>"_s), QString(notecolour::all[0].hex), {});
        QTRY_COMPARE_WITH_TIMEOUT(state(coloured), u"confirmed"_s, 20'000);
        QCOMPARE(lastWrite(), (QJsonObject{{u"color"_s, QString(notecolour::all[0].hex)}}));
        QVERIFY(onTheServerSaying(u"<p>Older</p>"_s)[u"pinned"].toBool());
        QCOMPARE(onTheServerSaying(u"<p>Older</p>"_s)[u"color"].toString(), QString(notecolour::all[0].hex));
        // Read again it is the same, and both can be taken off.
        QVERIFY(startEngine() && await(m_engine->refreshLead(m_lead)));
        QCOMPARE(notes().first().note.color, QString(notecolour::all[0].hex));
        const auto plain = look(notes().first(), QString(), false);
        QCOMPARE(notes().first().note.body, u"Newer"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(plain), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServerSaying(u"<p>Older</p>"_s)[u"pinned"].toBool(true), false);
        QCOMPARE(onTheServerSaying(u"<p>Older</p>"_s)[u"color"].toString(), QString());
        QCOMPARE(noteSaying(u"<p>Older</p>"_s).note.color, QString());
    }

    void aPinIsNoConflictWithWordsOfAColleague()
    {
        const auto id = note(u"Wants a garden"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const NoteRow seen = notes().first();
        changeOnTheServer(seen.note.id.value, u"body"_s, u"Wants a garden and a pool"_s);
        const auto pinned = look(seen, {}, true);
        QTRY_COMPARE_WITH_TIMEOUT(state(pinned), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(u"note").first()[u"body"].toString(), u"Wants a garden and a pool"_s);
        QVERIFY(onTheServer(u"note").first()[u"pinned"].toBool());
    }

    void offlineAPinIsTakenBackOrKept()
    {
        const auto id = note(u"Wants a garden"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QVERIFY(startEngine(true));
        const auto pinned = look(notes().first(), {}, true);
        QVERIFY(notes().first().note.pinned);
        QVERIFY(await(m_engine->outbox().cancel(pinned)));
        QVERIFY(!notes().first().note.pinned);
        const auto coloured = look(notes().first(), QString(notecolour::all[4].hex), {});
        // One that is not there yet is made as it looks by then.
        const auto fresh = note(u"New and pinned"_s);
        QVERIFY(!fresh.isEmpty());
        QVERIFY(!look(noteSaying(u"New and pinned"_s), QString(notecolour::all[2].hex), true).isEmpty());
        QCOMPARE(notes().first().note.body, u"New and pinned"_s);
        QVERIFY(notes().first().note.pinned);
        const int before = writes("PUT", u"/notes"_s);
        QVERIFY(startEngine());
        QTRY_COMPARE_WITH_TIMEOUT(state(coloured), u"confirmed"_s, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(onTheServer(u"note").size(), 2, 20'000);
        QVERIFY(onTheServerSaying(u"New and pinned"_s)[u"pinned"].toBool());
        QCOMPARE(onTheServerSaying(u"New and pinned"_s)[u"color"].toString(), QString(notecolour::all[2].hex));
        QCOMPARE(onTheServerSaying(u"Wants a garden"_s)[u"color"].toString(), QString(notecolour::all[4].hex));
        QVERIFY(!onTheServerSaying(u"Wants a garden"_s)[u"pinned"].toBool());
        QCOMPARE(writes("PUT", u"/notes"_s) - before, 1);
    }

    void aLostAnswerToAPinIsReadBack()
    {
        const auto id = note(u"Wants a garden"_s);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        fault({{u"match"_s, u"PUT /contacts/*/notes/*"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, true}});
        const auto pinned = look(notes().first(), {}, true);
        QTRY_COMPARE_WITH_TIMEOUT(state(pinned), u"confirmed"_s, 30'000);
        QVERIFY(onTheServer(u"note").first()[u"pinned"].toBool());
        QVERIFY(notes().first().note.pinned);
    }

    void notesOnAppointmentsHaveNeither()
    {
        NoteChange change;
        change.contactId = noteplace::onAppointment(m_lead, AppointmentId(u"a1"_s));
        change.noteId = NoteId(u"n1"_s);
        change.pinned = true;
        const auto refused = await(m_engine->outbox().submitNoteChange(*m_engine->account(), change, {}));
        QVERIFY(!refused);
        QVERIFY(!refused.error().message.isEmpty());
    }

    void offlineATaskWaitsAndIsMadeAsItWasChangedMeanwhile()
    {
        QVERIFY(startEngine(true));
        const auto id = add(draft());
        QVERIFY(!id.isEmpty());
        QCOMPARE(tasks().size(), 1);
        QVERIFY(tasks().first().task.id.isLocal());
        TaskChange later;
        later.title = u"Call back, urgent"_s;
        later.done = true;
        QVERIFY(!change(tasks().first(), later).isEmpty());
        QCOMPARE(tasks().size(), 1);
        QCOMPARE(tasks().first().task.title, u"Call back, urgent"_s);
        const auto other = add(draft(u"Never mind"_s));
        QVERIFY(!other.isEmpty());
        TaskChange away;
        away.remove = true;
        const auto rows = tasks();
        const auto dropped = std::find_if(rows.begin(), rows.end(), [](const TaskRow &row) { return row.task.title == u"Never mind"_s; });
        QVERIFY(dropped != rows.end());
        change(*dropped, away);
        QCOMPARE(tasks().size(), 1);
        QVERIFY(startEngine());
        QTRY_COMPARE_WITH_TIMEOUT(onTheServer(u"task").size(), 1, 20'000);
        QCOMPARE(onTheServer(u"task").first()[u"title"].toString(), u"Call back, urgent"_s);
        QVERIFY(onTheServer(u"task").first()[u"completed"].toBool());
        QCOMPARE(writes("POST", u"/tasks"_s) - writes("POST", u"/tasks/search"_s), 1);
    }

    void aPullFindsWhatColleaguesDid()
    {
        const auto all = await(m_engine->cache().tasks(location()));
        QVERIFY(all && all->size() > 4);
        const auto open = std::count_if(all->begin(), all->end(), [](const TaskRow &row) { return !row.task.done; });
        practice::World &world = m_server->world();
        const auto theirs = std::count_if(world.shelf.items.begin(), world.shelf.items.end(), [&](const auto &item) {
            return item.kind == u"task" && !item.deleted && !item.body[u"completed"].toBool() && world.contact(item.owner);
        });
        QCOMPARE(qint64(open), qint64(theirs));
        for (const TaskRow &row : *all)
            QVERIFY2(!row.contactName.isEmpty(), qPrintable(row.task.title));
        // One is finished there, one removed.
        QStringList ids;
        for (const TaskRow &row : *all) {
            if (!row.task.done && ids.size() < 2)
                ids.append(row.task.id.value);
        }
        changeOnTheServer(ids[0], u"completed"_s, true);
        world.shelf.items[*world.mint.index(practice::Kind::Shelf, ids[1])].deleted = true;
        QVERIFY(await(m_engine->syncNow({u"tasks"_s}, true)));
        const auto now = await(m_engine->cache().tasks(location()));
        QVERIFY(now);
        QCOMPARE(std::count_if(now->begin(), now->end(), [](const TaskRow &row) { return !row.task.done; }), open - 2);
        QVERIFY(std::any_of(now->begin(), now->end(), [&](const TaskRow &row) { return row.task.id.value == ids[0] && row.task.done; }));
        QVERIFY(std::none_of(now->begin(), now->end(), [&](const TaskRow &row) { return row.task.id.value == ids[1]; }));
    }

    void notesAreReadWhenALeadIsOpened()
    {
        practice::World &world = m_server->world();
        world.shelf.items.push_back({u"note"_s, m_lead.value, {{u"body"_s, u"From the phone"_s}, {u"userId"_s, world.userId(0)}}, 0, world.now(), world.now(), false});
        QVERIFY(notes().isEmpty());
        QVERIFY(await(m_engine->refreshLead(m_lead)));
        QCOMPARE(notes().size(), 1);
        QCOMPARE(notes().first().note.body, u"From the phone"_s);
    }

    void withoutPermissionForTheSearchNothingIsWrong()
    {
        fault({{u"match"_s, u"POST /locations/*/tasks/search"_s},
               {u"kind"_s, u"status"_s},
               {u"status"_s, 401},
               {u"body"_s, u"{\"statusCode\":401,\"message\":\"The token is not authorized for this scope.\"}"_s},
               {u"count"_s, 20}});
        QVERIFY(await(m_engine->syncNow({u"tasks"_s}, true)));
        m_server->faults().clear();
        const auto id = add(draft());
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
    }
};

QTEST_GUILESS_MAIN(TestTasks)
#include "tst_tasks.moc"
