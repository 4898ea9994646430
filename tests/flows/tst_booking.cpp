// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/slots.h"
#include "flows/enginerun.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

Q_DECLARE_METATYPE(outrigger::practice::Dialect)

/// Bookings, from the outbox to the practice account's calendar.
class TestBooking : public QObject, private test::EngineRun
{
    Q_OBJECT

    ContactId m_lead;
    Calendar m_calendar;

    const practice::Diary &diary() const { return m_server->world().diary; }

    void startServer(practice::Dialect dialect, const QString &zone = {})
    {
        QVERIFY(serve({40, 10, 20, 0}, [dialect](practice::Options &options) { options.dialect = dialect; }));
        if (!zone.isEmpty())
            m_server->world().locations[0].timezone = zone;
    }
    bool startEngine(bool offline = false)
    {
        return open([offline](sync::EngineOptions &options) {
            test::hurry(options);
            options.offline = offline;
            options.outbox.bookWithin = std::chrono::milliseconds(1'500);
        });
    }
    void sync()
    {
        QVERIFY(EngineRun::sync({u"location"_s, u"users"_s, u"contacts"_s, u"calendars"_s}));
        const auto data = await(m_engine->cache().reference(location()));
        QVERIFY(data && data->calendars && data->calendars->size() == 4);
        m_calendar = data->calendars->first();
        QCOMPARE(m_calendar.name, u"Buyer call"_s);
        const auto spine = await(m_engine->cache().contactSpine(location(), {}, ContactSort::DateAdded));
        QVERIFY(spine && !spine->keys.isEmpty());
        m_lead = await(m_engine->cache().contactRows({spine->keys.last()}))->first().contact.id;
    }
    using ContactSort = store::ContactSort;
    QVector<Slot> times(int days = 20)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto found = await(m_engine->freeSlots(m_calendar, now, now.addDays(days), "America/Los_Angeles"));
        return found ? *found : QVector<Slot>();
    }
    BookingDraft draft(const Slot &slot) const
    {
        BookingDraft draft;
        draft.contactId = m_lead;
        draft.calendarId = m_calendar.id;
        draft.start = slot.start;
        draft.end = slot.end;
        draft.title = u"Call with the lead"_s;
        return draft;
    }
    RecordId book(const BookingDraft &draft)
    {
        const auto record = await(m_engine->outbox().submitBooking(*m_engine->account(), draft, {}));
        return record ? *record : RecordId();
    }
    RecordId change(AppointmentChange change)
    {
        change.contactId = m_lead;
        const auto record = await(m_engine->outbox().submitAppointmentChange(*m_engine->account(), change, {}));
        return record ? *record : RecordId();
    }
    AppointmentChange fromTo(const RecordId &booked, const Slot &from, const Slot &to)
    {
        AppointmentChange move;
        move.appointmentId = AppointmentId(record(booked).serverId);
        move.calendarId = m_calendar.id;
        move.start = to.start;
        move.end = to.end;
        move.fromStart = from.start;
        move.fromEnd = from.end;
        return move;
    }
    std::optional<practice::DiaryEvent> onTheServer(const RecordId &id)
    {
        const auto index = m_server->world().mint.index(practice::Kind::Event, record(id).serverId);
        if (!index || *index >= diary().events.size())
            return std::nullopt;
        return diary().events[*index];
    }
    int writes(const char *method, const QString &path) const
    {
        return requests(method, [&](const QString &one) { return one.startsWith(path); });
    }
    int bookedAt(const QDateTime &start) const
    {
        const auto contact = m_server->world().contact(m_lead.value);
        return static_cast<int>(std::count_if(diary().events.begin(), diary().events.end(), [&](const practice::DiaryEvent &event) {
            return !event.off() && event.contact == *contact && event.start == start.toMSecsSinceEpoch();
        }));
    }
    QVector<EventRow> shown(const QDateTime &start)
    {
        const auto rows = await(m_engine->cache().events(location(), start.addSecs(-1), start.addSecs(1)));
        QVector<EventRow> mine;
        for (const EventRow &row : rows ? *rows : QVector<EventRow>()) {
            if (row.event.contact == m_lead && row.event.start == start)
                mine.append(row);
        }
        return mine;
    }
    /// The lead's appointment that appears in HighLevel without this program, made at that moment.
    void colleagueBooks(const Slot &slot, const QDateTime &made)
    {
        practice::DiaryEvent event;
        event.calendar = 0;
        event.contact = *m_server->world().contact(m_lead.value);
        event.user = practice::rulesOf(m_server->world(), 0).people.front();
        event.start = slot.start.toMSecsSinceEpoch();
        event.end = slot.end.toMSecsSinceEpoch();
        event.added = event.updated = made.toMSecsSinceEpoch();
        event.title = u"Call with the lead"_s;
        m_server->world().diary.events.push_back(event);
    }
    /// Somebody else takes every place at that time.
    void steal(const Slot &slot)
    {
        for (const int user : practice::rulesOf(m_server->world(), 0).people) {
            practice::DiaryEvent event;
            event.calendar = 0;
            event.contact = 3;
            event.user = user;
            event.start = slot.start.toMSecsSinceEpoch();
            event.end = slot.end.toMSecsSinceEpoch();
            event.title = u"A colleague's"_s;
            m_server->world().diary.events.push_back(event);
        }
    }

private Q_SLOTS:
    void init()
    {
        startServer(practice::Dialect::Both);
        QVERIFY(startEngine());
        sync();
    }
    void cleanup() { close(); }

    void aFreeTimeIsBookedExactlyOnce()
    {
        const auto free = times();
        QVERIFY(free.size() > 20);
        const Slot slot = free.at(7);
        const auto id = book(draft(slot));
        QCOMPARE(shown(slot.start).size(), 1); // before anybody has answered
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const auto booked = onTheServer(id);
        QVERIFY(booked);
        QCOMPARE(booked->start, slot.start.toMSecsSinceEpoch());
        QCOMPARE(booked->end, slot.end.toMSecsSinceEpoch());
        QCOMPARE(booked->title, u"Call with the lead"_s);
        QVERIFY(booked->notified);
        QVERIFY(booked->user >= 0);
        QCOMPARE(bookedAt(slot.start), 1);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 1);
        sync(); // what the server says is the same row
        QCOMPARE(shown(slot.start).size(), 1);
        QCOMPARE(shown(slot.start).first().event.id.value, record(id).serverId);
        const auto own = await(m_engine->cache().appointmentsOf(location(), m_lead));
        QVERIFY(own && std::any_of(own->begin(), own->end(), [&](const EventRow &row) { return row.event.start == slot.start; }));
    }
    void automationsAreNotToldWhenNobodyWantsIt()
    {
        BookingDraft quiet = draft(times().at(3));
        quiet.notify = false;
        const auto id = book(quiet);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QVERIFY(!onTheServer(id)->notified);
    }
    void aStolenTimeIsRefusedWithTheThreeNearest()
    {
        const auto free = times();
        const Slot slot = free.at(7);
        steal(slot);
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"slot_taken"_s);
        const QJsonArray nearest = record(id).look.value("nearest"_L1).toArray();
        QCOMPARE(nearest.size(), 3);
        const auto now = times();
        for (const auto &one : nearest)
            QVERIFY(freetimes::holds(now, QDateTime::fromMSecsSinceEpoch(one.toArray()[0].toInteger(), Qt::UTC)));
        QCOMPARE(writes("POST", u"/calendars/events"_s), 0);
        QVERIFY(shown(slot.start).isEmpty());
    }
    void aTimeThatIsStolenAfterOurLookIsRefusedByTheServer()
    {
        const Slot slot = times().at(7);
        fault({{u"match"_s, u"POST /calendars/events/appointments"_s}, {u"kind"_s, u"delay"_s}, {u"ms"_s, 600}});
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(writes("POST", u"/calendars/events"_s), 1, 10'000);
        steal(slot);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"slot_taken"_s);
        QCOMPARE(record(id).look.value("nearest"_L1).toArray().size(), 3);
        QCOMPARE(bookedAt(slot.start), 0);
    }
    void anUnclearAnswerIsLookedUpAndNotRepeated()
    {
        const Slot slot = times().at(7);
        fault({{u"match"_s, u"POST /calendars/events/appointments"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, true}});
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 30'000);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 1);
        QCOMPARE(bookedAt(slot.start), 1);
        QVERIFY(onTheServer(id));
        QCOMPARE(shown(slot.start).size(), 1);
    }
    void anUnclearAnswerThatDidNothingAsksAPerson()
    {
        const Slot slot = times().at(7);
        fault({{u"match"_s, u"POST /calendars/events/appointments"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, false}});
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"uncertain"_s, 30'000);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 1);
        QCOMPARE(bookedAt(slot.start), 0);
        // The person says: book it again. It is looked for first, then booked once.
        const auto again = await(m_engine->outbox().resolve(id, sync::Outbox::Resolution::Resend));
        QVERIFY(again);
        QTRY_COMPARE_WITH_TIMEOUT(bookedAt(slot.start), 1, 20'000);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 2);
    }
    void theSameTimeForTheSameLeadIsNotBookedTwice_data()
    {
        QTest::addColumn<bool>("stolen");
        QTest::newRow("nobody else has time") << true;
        QTest::newRow("a second person has time") << false;
    }
    void theSameTimeForTheSameLeadIsNotBookedTwice()
    {
        QFETCH(const bool, stolen);
        const Slot slot = times().at(7);
        const auto first = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(first), u"confirmed"_s, 20'000);
        if (stolen)
            steal(slot);
        const auto second = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(second), u"rejected"_s, 20'000);
        QCOMPARE(record(second).reasonCode, u"already_booked"_s);
        QCOMPARE(bookedAt(slot.start), 1);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 1);
    }
    void aBookingDoesNotNeedTheListOfTheLeadsAppointments()
    {
        fault({{u"match"_s, u"GET /contacts/*/appointments"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 422}, {u"count"_s, -1}});
        const Slot slot = times().at(7);
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(bookedAt(slot.start), 1);
    }
    void twoBookingsOfOneTimeNeverShareAnAppointment()
    {
        const Slot slot = times().at(7);
        m_engine->setWorkOffline(true);
        const auto first = book(draft(slot));
        const QDateTime picked = record(first).createdAt;
        QTRY_VERIFY(picked.msecsTo(QDateTime::currentDateTimeUtc()) > 1'500); // longer ago than OutboxTimes::bookWithin here
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(first), u"held"_s, 20'000);
        const auto second = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(second), u"confirmed"_s, 20'000);
        QVERIFY(await(m_engine->outbox().release(first)));
        QTRY_COMPARE_WITH_TIMEOUT(state(first), u"rejected"_s, 20'000);
        QCOMPARE(record(first).reasonCode, u"already_booked"_s);
        QCOMPARE(bookedAt(slot.start), 1);
    }
    void anAppointmentThatWasThereIsNotTakenForOurs()
    {
        const Slot slot = times().at(7);
        colleagueBooks(slot, QDateTime::currentDateTimeUtc().addSecs(-3600));
        // A person insists, and the request is lost without an answer and without an effect.
        BookingDraft insisted = draft(slot);
        insisted.anyway = true;
        fault({{u"match"_s, u"POST /calendars/events/appointments"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, false}});
        const auto id = book(insisted);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"uncertain"_s, 30'000);
        QVERIFY(record(id).serverId.isEmpty());
        QCOMPARE(bookedAt(slot.start), 1);
        // Nothing is lost by asking for it again: it is there now, beside the other.
        QVERIFY(await(m_engine->outbox().resolve(id, sync::Outbox::Resolution::Resend)));
        QTRY_COMPARE_WITH_TIMEOUT(bookedAt(slot.start), 2, 20'000);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 2);
    }
    void aBookingThatComesLateIsFoundWhenAPersonSaysAgain()
    {
        const Slot slot = times().at(7);
        fault({{u"match"_s, u"POST /calendars/events/appointments"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, false}});
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"uncertain"_s, 30'000);
        colleagueBooks(slot, QDateTime::currentDateTimeUtc()); // what our request does at last
        const auto again = await(m_engine->outbox().resolve(id, sync::Outbox::Resolution::Resend));
        QVERIFY(again);
        QTRY_COMPARE_WITH_TIMEOUT(state(again->id), u"confirmed"_s, 20'000);
        QCOMPARE(bookedAt(slot.start), 1);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 1);
        QVERIFY(!record(again->id).serverId.isEmpty());
    }
    void whatWasChosenOfflineIsAskedAndNeverBookedByItself()
    {
        const Slot slot = times().at(7);
        m_engine->setWorkOffline(true);
        const auto id = book(draft(slot));
        QCOMPARE(state(id), u"queued"_s);
        QCOMPARE(shown(slot.start).size(), 1);
        const QDateTime picked = record(id).createdAt;
        QTRY_VERIFY(picked.msecsTo(QDateTime::currentDateTimeUtc()) > 1'500); // longer ago than OutboxTimes::bookWithin here
        m_engine->setWorkOffline(false);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"held"_s, 20'000);
        QCOMPARE(record(id).reasonCode, u"to_book"_s);
        QCOMPARE(writes("POST", u"/calendars/events"_s), 0);
        // The person says yes; the time is checked and booked.
        QVERIFY(await(m_engine->outbox().release(id)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(bookedAt(slot.start), 1);
    }
    void anAppointmentMovesToAnotherFreeTime()
    {
        const auto free = times();
        const auto id = book(draft(free.at(7)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        AppointmentChange move = fromTo(id, free.at(7), free.at(12));
        const auto moving = change(move);
        QVERIFY(shown(free.at(7).start).isEmpty());
        QCOMPARE(shown(free.at(12).start).size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(state(moving), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(id)->start, free.at(12).start.toMSecsSinceEpoch());
        QCOMPARE(writes("PUT", u"/calendars/events/appointments"_s), 1);
        QCOMPARE(shown(free.at(12).start).size(), 1);
        sync();
        QCOMPARE(shown(free.at(12).start).size(), 1);
        // To a time that is not free it does not go.
        steal(free.at(20));
        move.fromStart = free.at(12).start;
        move.start = free.at(20).start;
        move.end = free.at(20).end;
        const auto refused = change(move);
        QTRY_COMPARE_WITH_TIMEOUT(state(refused), u"rejected"_s, 20'000);
        QCOMPARE(record(refused).reasonCode, u"slot_taken"_s);
        QCOMPARE(record(refused).look.value("nearest"_L1).toArray().size(), 3);
        QTRY_COMPARE(shown(free.at(12).start).size(), 1);
        // Unless a person insists.
        move.anyway = true;
        const auto insisted = change(move);
        QTRY_COMPARE_WITH_TIMEOUT(state(insisted), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(id)->start, free.at(20).start.toMSecsSinceEpoch());
    }
    void aMoveThatIsRefusedAndDoneIsDone()
    {
        const auto free = times();
        const auto id = book(draft(free.at(7)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        fault({{u"match"_s, u"PUT /calendars/events/appointments/*"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 409}, {u"apply"_s, true},
               {u"body"_s, QJsonObject{{u"statusCode"_s, 409}, {u"message"_s, u"Conflict"_s}}}});
        const AppointmentChange move = fromTo(id, free.at(7), free.at(12));
        const auto moving = change(move);
        QTRY_COMPARE_WITH_TIMEOUT(state(moving), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(id)->start, free.at(12).start.toMSecsSinceEpoch());
        QCOMPARE(writes("PUT", u"/calendars/events/appointments"_s), 1);
    }
    void aMoveIsNotWrittenOverAColleagues()
    {
        const auto free = times();
        const auto id = book(draft(free.at(7)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        auto &event = m_server->world().diary.events[*m_server->world().mint.index(practice::Kind::Event, record(id).serverId)];
        event.start = free.at(9).start.toMSecsSinceEpoch();
        event.end = free.at(9).end.toMSecsSinceEpoch();
        const AppointmentChange move = fromTo(id, free.at(7), free.at(12));
        const auto moving = change(move);
        QTRY_COMPARE_WITH_TIMEOUT(state(moving), u"rejected"_s, 20'000);
        QCOMPARE(record(moving).reasonCode, u"changed_elsewhere"_s);
        QCOMPARE(onTheServer(id)->start, free.at(9).start.toMSecsSinceEpoch());
    }
    void cancelShowedAndRemove()
    {
        const auto free = times();
        const auto id = book(draft(free.at(7)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        AppointmentChange mark;
        mark.appointmentId = AppointmentId(record(id).serverId);
        mark.calendarId = m_calendar.id;
        mark.status = u"showed"_s;
        mark.fromStatus = u"confirmed"_s;
        const auto showed = change(mark);
        QCOMPARE(shown(free.at(7).start).first().event.status, AppointmentStatus::Showed);
        QTRY_COMPARE_WITH_TIMEOUT(state(showed), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(id)->status, u"showed"_s);
        mark.status = u"cancelled"_s;
        mark.fromStatus = u"showed"_s;
        const auto cancelled = change(mark);
        QTRY_COMPARE_WITH_TIMEOUT(state(cancelled), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(id)->status, u"cancelled"_s);
        QVERIFY(freetimes::holds(times(), free.at(7).start)); // free again
        QTRY_COMPARE(shown(free.at(7).start).size(), 1); // the history stays
        AppointmentChange away;
        away.appointmentId = mark.appointmentId;
        away.remove = true;
        const auto removed = change(away);
        QVERIFY(shown(free.at(7).start).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(state(removed), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer(id)->deleted);
        QVERIFY(shown(free.at(7).start).isEmpty());
    }
    void aChangeWithAnUnclearAnswerHappensOnce()
    {
        const auto free = times();
        const auto id = book(draft(free.at(7)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        fault({{u"match"_s, u"PUT /calendars/events/appointments/*"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, true}});
        AppointmentChange mark;
        mark.appointmentId = AppointmentId(record(id).serverId);
        mark.status = u"noshow"_s;
        const auto marking = change(mark);
        QTRY_COMPARE_WITH_TIMEOUT(state(marking), u"confirmed"_s, 30'000);
        QCOMPARE(onTheServer(id)->status, u"noshow"_s);
        QCOMPARE(writes("PUT", u"/calendars/events/appointments"_s), 1);
    }
    void timeIsBlockedAndTheBlockMoves()
    {
        const Slot slot = times().at(7);
        BlockDraft block;
        block.calendarId = m_calendar.id;
        block.start = slot.start;
        block.end = slot.end;
        block.title = u"Dentist"_s;
        const auto made = await(m_engine->outbox().submitBlock(*m_engine->account(), block, {}));
        QVERIFY(made);
        QTRY_COMPARE_WITH_TIMEOUT(state(*made), u"confirmed"_s, 20'000);
        QVERIFY(onTheServer(*made)->block);
        QVERIFY(!freetimes::holds(times(), slot.start));
        block.eventId = AppointmentId(record(*made).serverId);
        block.end = slot.end.addSecs(1800);
        const auto changed = await(m_engine->outbox().submitBlock(*m_engine->account(), block, {}));
        QVERIFY(changed);
        QTRY_COMPARE_WITH_TIMEOUT(state(*changed), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(*made)->end, slot.end.addSecs(1800).toMSecsSinceEpoch());
        block.userId = UserId(u"both"_s);
        QVERIFY(!await(m_engine->outbox().submitBlock(*m_engine->account(), block, {})));
    }
    /// Its new place is shown from the moment it is durable, and the old one again when HighLevel refuses.
    void aMovedBlockShowsAtOnceAndGoesBackWhenItIsRefused()
    {
        const auto free = times();
        const Slot slot = free.at(7);
        BlockDraft block;
        block.calendarId = m_calendar.id;
        block.start = slot.start;
        block.end = slot.end;
        block.title = u"Dentist"_s;
        const auto made = await(m_engine->outbox().submitBlock(*m_engine->account(), block, {}));
        QVERIFY(made);
        QTRY_COMPARE_WITH_TIMEOUT(state(*made), u"confirmed"_s, 20'000);
        block.eventId = AppointmentId(record(*made).serverId);
        const auto shown = [&] {
            const auto row = await(m_engine->cache().event(location(), block.eventId));
            return row && *row ? **row : EventRow();
        };
        QCOMPARE(shown().event.start, slot.start);
        const auto move = [&](qint64 seconds) {
            BlockDraft to = block;
            to.start = slot.start.addSecs(seconds);
            to.end = slot.end.addSecs(seconds);
            to.title = u"Dentist, later"_s;
            const auto changed = await(m_engine->outbox().submitBlock(*m_engine->account(), to, {}));
            return changed ? *changed : RecordId();
        };
        // On its way, and refused.
        m_server->slow(500);
        fault({{u"match"_s, u"PUT /calendars/events/block-slots/*"_s}, {u"kind"_s, u"status"_s}, {u"status"_s, 422}});
        const RecordId refused = move(7200);
        QCOMPARE(shown().event.start, slot.start.addSecs(7200));
        QCOMPARE(shown().event.end, slot.end.addSecs(7200));
        QCOMPARE(shown().event.title, u"Dentist, later"_s);
        QCOMPARE(shown().record, refused.value);
        QVERIFY(shown().event.block);
        // The window of the new place has it, that of the old one has not.
        const auto there = await(m_engine->cache().events(location(), slot.start.addSecs(7200), slot.end.addSecs(7200)));
        QVERIFY(there && std::any_of(there->cbegin(), there->cend(), [&](const EventRow &row) { return row.event.id == block.eventId; }));
        QTRY_COMPARE_WITH_TIMEOUT(state(refused), u"rejected"_s, 20'000);
        m_server->slow(0);
        QVERIFY(!record(refused).reason.isEmpty());
        QTRY_COMPARE(shown().event.start, slot.start);
        QCOMPARE(shown().event.title, u"Dentist"_s);
        QVERIFY(shown().record != refused.value);
        // And taken.
        const RecordId taken = move(3600);
        QCOMPARE(shown().event.start, slot.start.addSecs(3600));
        QTRY_COMPARE_WITH_TIMEOUT(state(taken), u"confirmed"_s, 20'000);
        QCOMPARE(shown().event.start, slot.start.addSecs(3600));
        QVERIFY(shown().record != taken.value);
        QCOMPARE(onTheServer(*made)->start, slot.start.addSecs(3600).toMSecsSinceEpoch());
    }
    void whatIsDeletedThereGoesHere()
    {
        const auto free = times();
        const auto id = book(draft(free.at(7)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        const auto all = await(m_engine->cache().events(location(), free.first().start.addDays(-20), free.last().start));
        QVERIFY(all && all->size() > 20);
        const EventRow gone = all->at(10);
        m_server->world().diary.events[*m_server->world().mint.index(practice::Kind::Event, gone.event.id.value)].deleted = true;
        QVERIFY(await(m_engine->syncNow({u"calendars"_s}, true)));
        const auto after = await(m_engine->cache().event(location(), gone.event.id));
        QVERIFY(after && !*after);
        const auto rest = await(m_engine->cache().events(location(), free.first().start.addDays(-20), free.last().start));
        QCOMPARE(rest->size(), all->size() - 1);
    }
    void thirtyTwoDaysAreAskedForInTwoParts()
    {
        const auto before = writes("GET", u"/calendars/"_s);
        Q_UNUSED(before)
        const auto many = times(59);
        QVERIFY(!many.isEmpty());
        QVERIFY(std::is_sorted(many.begin(), many.end(), [](const Slot &a, const Slot &b) { return a.start < b.start; }));
        QVERIFY(many.first().start.daysTo(many.last().start) > 31);
    }
    void anInactiveCalendarIsRefused()
    {
        const auto data = await(m_engine->cache().reference(location()));
        const Calendar inactive = data->calendars->at(3);
        QVERIFY(!inactive.active);
        BookingDraft wrong = draft(times().at(7));
        wrong.calendarId = inactive.id;
        wrong.anyway = true; // even a person cannot insist
        const auto id = book(wrong);
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QVERIFY(record(id).reason.contains(u"inactive"));
    }

    /// A state file or a client may have put anything there; days after no day would never end.
    void aLocationWithoutAClockStillHasFreeTimes()
    {
        m_server->world().locations[0].timezone = u"Mars/Olympus"_s;
        const auto free = times();
        QVERIFY(!free.isEmpty());
        const auto id = book(draft(free.at(3)));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(bookedAt(free.at(3).start), 1);
        // Nor does a window that is no time at all.
        QVERIFY(practice::freeStarts(m_server->world(), 0, std::numeric_limits<qint64>::max() / 2, std::numeric_limits<qint64>::max() / 2, -1).empty());
    }
    void aZoneThatDoesNotExistIsRefused()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto wrong = await(m_engine->freeSlots(m_calendar, now, now.addDays(3), "Mars/Olympus"));
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().kind, ErrorKind::Invalid);
    }
    void timesOutsideOfTheWindowAreNotTaken()
    {
        // The server answers whole days; what was asked for is an interval.
        const auto all = times(10);
        const Slot first = all.at(2), last = all.at(6);
        const auto inside = await(m_engine->freeSlots(m_calendar, first.start, last.start, "America/Los_Angeles"));
        QVERIFY(inside);
        QCOMPARE(inside->first(), first);
        QVERIFY(!freetimes::holds(*inside, last.start) && !freetimes::holds(*inside, all.first().start));
        // And a booking far beyond what the calendar allows is refused in words.
        Slot far{all.first().start.addYears(3), all.first().end.addYears(3)};
        const auto id = book(draft(far));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"rejected"_s, 20'000);
        QVERIFY(!record(id).reason.isEmpty());
        QCOMPARE(bookedAt(far.start), 0);
    }
    void aBookingNeedsATimeThatEndsAfterItBegins()
    {
        const Slot slot = times().at(3);
        QVERIFY(book(draft({slot.start, slot.start})).value.isEmpty());
        QVERIFY(book(draft({slot.end, slot.start})).value.isEmpty());
        QVERIFY(book(draft({QDateTime(), slot.end})).value.isEmpty());
        QVERIFY(book(draft({slot.start.addYears(-1), slot.end.addYears(-1)})).value.isEmpty());
        QCOMPARE(writes("POST", u"/calendars/events"_s), 0);
    }

    void sydneyBooksForLosAngelesOnANightOfTheClocks_data()
    {
        QTest::addColumn<practice::Dialect>("dialect");
        QTest::newRow("spec") << practice::Dialect::Spec;
        QTest::newRow("seed") << practice::Dialect::Seed;
    }
    /// The clocks go back in Los Angeles: half past one is there twice. Who sits in Sydney picks the second one.
    void sydneyBooksForLosAngelesOnANightOfTheClocks()
    {
        QFETCH(practice::Dialect, dialect);
        m_engine.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        startServer(dialect, u"America/Los_Angeles"_s);
        // The next such night, and a calendar that is open then.
        const QTimeZone theirs("America/Los_Angeles"), mine("Australia/Sydney");
        QDateTime change;
        for (auto next = theirs.nextTransition(QDateTime::currentDateTimeUtc()); next.atUtc.isValid(); next = theirs.nextTransition(next.atUtc)) {
            if (next.offsetFromUtc < theirs.offsetFromUtc(next.atUtc.addSecs(-1))) {
                change = next.atUtc;
                break;
            }
        }
        QVERIFY(change.isValid());
        const qint64 ahead = QDateTime::currentDateTimeUtc().secsTo(change) - 2 * 86'400;
        m_server->world().advance(ahead * 1000);
        QJsonObject &body = m_server->world().diary.calendars[0].body;
        QJsonArray week;
        for (int day = 0; day < 7; ++day)
            week.append(QJsonObject{{u"daysOfTheWeek"_s, QJsonArray{day}},
                                    {u"hours"_s, QJsonArray{QJsonObject{{u"openHour"_s, 0}, {u"openMinute"_s, 0}, {u"closeHour"_s, 23}, {u"closeMinute"_s, 30}}}}});
        body.insert(u"openHours"_s, week);
        QVERIFY(startEngine());
        sync();
        const auto found = await(m_engine->freeSlots(m_calendar, change.addSecs(-3 * 3600), change.addSecs(3 * 3600), mine.id()));
        QVERIFY(found);
        // Both of them are offered, and told apart.
        const QDateTime first = change.addSecs(-1800), second = change.addSecs(1800);
        QVERIFY(freetimes::holds(*found, first) && freetimes::holds(*found, second));
        QCOMPARE(freetimes::clock(first, theirs).section(u' ', 0, 0), freetimes::clock(second, theirs).section(u' ', 0, 0));
        QVERIFY(freetimes::clock(first, theirs) != freetimes::clock(second, theirs));
        const Slot slot{second, second.addSecs(60LL * m_calendar.slotMinutes)};
        const auto id = book(draft(slot));
        QTRY_COMPARE_WITH_TIMEOUT(state(id), u"confirmed"_s, 20'000);
        QCOMPARE(onTheServer(id)->start, second.toMSecsSinceEpoch());
        QCOMPARE(bookedAt(second), 1);
        QCOMPARE(bookedAt(first), 0);
        // And an answer that gets lost on that night is found by its instant, not by the reading of the clock.
        fault({{u"match"_s, u"POST /calendars/events/appointments"_s}, {u"kind"_s, u"close-after"_s}, {u"apply"_s, false}});
        const auto lost = book(draft({first, first.addSecs(60LL * m_calendar.slotMinutes)}));
        QTRY_COMPARE_WITH_TIMEOUT(state(lost), u"uncertain"_s, 30'000);
        QCOMPARE(bookedAt(first), 0);
    }
};

QTEST_GUILESS_MAIN(TestBooking)
#include "tst_booking.moc"
