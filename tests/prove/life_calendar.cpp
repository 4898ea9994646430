// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/life.h"

#include "domain/calendar.h"
#include "practice/diary.h"

using namespace Qt::StringLiterals;

// What has one place: times that are booked, and the stage of a deal.
namespace outrigger::prove {

using S = OutboxState;
using sync::Outbox;

namespace {

constexpr qint64 day = 86'400'000;

} // namespace

/// As the person sees it, who has just read the free times.
std::optional<QDateTime> Life::freeTime(int account, int which) const
{
    const practice::World &world = m_server->world();
    const qint64 from = world.now() + 2 * day;
    const auto starts = practice::freeStarts(world, m_desks[std::size_t(account)].calendar, from, from + 5 * day, -1);
    if (which >= int(starts.size()))
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(starts[std::size_t(which)], Qt::UTC);
}

void Life::book(const Step &step)
{
    const auto start = freeTime(step.a, step.d);
    if (!start)
        return;
    const Desk &desk = m_desks[std::size_t(step.a)];
    BookingDraft draft;
    draft.contactId = ContactId(desk.contacts[step.b]);
    draft.calendarId = CalendarId(m_server->world().mint.id(practice::Kind::Calendar, desk.calendar));
    draft.start = *start;
    draft.end = start->addSecs(30 * 60);
    draft.title = u"Proof book %1"_s.arg(step.c);
    Outbox::SubmitOptions options;
    options.undoable = false;
    ++m_things[draft.title];
    const auto id = wait(m_outbox->submitBooking(desk.account, draft, options));
    if (id && *id)
        m_booked.push_back({**id, step.a, step.b, draft.start, draft.end, false});
    submitted(id, step.a, {}, draft.title, OutboxKind::BookAppointment);
}

void Life::move(const Step &step)
{
    if (step.a >= int(m_booked.size()))
        return;
    Booked &booked = m_booked[m_booked.size() - 1 - std::size_t(step.a)];
    const auto record = wait(m_outbox->record(booked.record));
    const bool there = record && *record && **record && ((**record)->state == S::Accepted || (**record)->state == S::Confirmed);
    const auto start = freeTime(booked.account, step.b);
    if (!there || (**record)->serverId.isEmpty() || booked.off || !start)
        return;
    const Desk &desk = m_desks[std::size_t(booked.account)];
    AppointmentChange change;
    change.contactId = ContactId(desk.contacts[booked.contact]);
    change.appointmentId = AppointmentId((**record)->serverId);
    change.calendarId = CalendarId(m_server->world().mint.id(practice::Kind::Calendar, desk.calendar));
    if (step.c == 0) {
        change.start = *start;
        change.end = start->addSecs(30 * 60);
        change.fromStart = booked.start;
        change.fromEnd = booked.end;
    } else {
        change.status = u"cancelled"_s;
        change.fromStatus = u"confirmed"_s;
    }
    Outbox::SubmitOptions options;
    options.undoable = false;
    const auto id = wait(m_outbox->submitAppointmentChange(desk.account, change, options));
    if (step.c != 0) {
        booked.off = true;
    } else {
        booked.start = change.start;
        booked.end = change.end;
    }
    submitted(id, step.a, {}, {}, OutboxKind::ChangeAppointment);
}

void Life::drag(const Step &step)
{
    practice::World &world = m_server->world();
    int left = step.a;
    for (practice::Index i = 0; i < practice::Index(world.opportunities.size()); ++i) {
        const practice::Opportunity &deal = world.opportunities[i];
        if (deal.location != 0 || deal.deleted || deal.name.startsWith(u"Proof"_s) || left-- > 0)
            continue;
        const auto stages = world.pipelines[deal.pipeline].stages.size();
        const auto to = quint16(step.b % int(stages));
        DealChange change;
        change.id = OpportunityId(world.mint.id(practice::Kind::Opportunity, i));
        change.shownName = deal.name;
        if (step.c == 0) {
            change.pipeline = PipelineId(world.mint.id(practice::Kind::Pipeline, deal.pipeline));
            change.stage = StageId(world.stageId(deal.pipeline, to));
            change.stageFrom = StageId(world.stageId(deal.pipeline, m_stages.value(i, deal.stage)));
        } else {
            change.status = step.c == 1 ? DealStatus::Won : DealStatus::Open;
            change.statusFrom = m_won.contains(i) ? (m_won[i] ? DealStatus::Won : DealStatus::Open) : DealStatus(deal.status);
        }
        Outbox::SubmitOptions options;
        options.undoable = false;
        const auto id = wait(m_outbox->submitDealChange(m_desks[0].account, change, options));
        // After a crash nobody knows whether it was kept.
        if (step.c == 0 && id)
            m_stages.insert(i, to);
        else if (step.c == 0)
            m_stages.remove(i);
        else if (id)
            m_won.insert(i, step.c == 1);
        else
            m_won.remove(i);
        submitted(id, 0, {}, {}, OutboxKind::DealUpdate);
        return;
    }
}

void Life::tick(const Step &step)
{
    int left = step.a;
    for (auto known = m_known.rbegin(); known != m_known.rend(); ++known) {
        if (known->kind != OutboxKind::AddTask || left-- > 0)
            continue;
        const QString title = known->body;
        const int account = known->account;
        const auto record = wait(m_outbox->record(known->id));
        if (!record || !*record || !**record || (**record)->serverId.isEmpty())
            return;
        TaskChange change;
        change.contactId = (**record)->contactId();
        change.taskId = TaskId((**record)->serverId);
        change.seen.id = change.taskId;
        change.seen.title = title;
        change.seen.done = m_ticks.value(title);
        change.done = step.b != 0;
        Outbox::SubmitOptions options;
        options.undoable = false;
        const auto id = wait(m_outbox->submitTaskChange(m_desks[std::size_t(account)].account, change, options));
        if (id)
            m_ticks.insert(title, step.b != 0);
        else
            m_ticks.remove(title);
        submitted(id, account, {}, {}, OutboxKind::ChangeTask);
        return;
    }
}

/// Everybody of the calendar has something else at that time.
void Life::colleagueTakes(const Step &step)
{
    const auto start = freeTime(step.a, step.b);
    if (!start)
        return;
    const Desk &desk = m_desks[std::size_t(step.a)];
    practice::World &world = m_server->world();
    for (const int user : practice::rulesOf(world, desk.calendar).people) {
        practice::DiaryEvent event;
        event.block = true;
        event.location = desk.location;
        event.user = user;
        event.title = u"A colleague's"_s;
        event.start = start->toMSecsSinceEpoch();
        event.end = event.start + 30 * 60 * 1000;
        event.added = event.updated = world.now();
        world.diary.events.push_back(event);
    }
}

/// A colleague, in HighLevel: they must not be written to, or may be again.
void Life::disturb(practice::Index contact, bool never)
{
    practice::World &world = m_server->world();
    if (world.contacts[contact].dnd == never)
        return;
    world.contactChanges(contact);
    world.contacts[contact].dnd = never;
    world.contactChanged(contact);
}

/// Where a booking stands that nobody could tell of; empty: nowhere.
QString Life::bookedThere(const OutboxRecord &record) const
{
    if (record.kind != OutboxKind::BookAppointment)
        return {};
    const practice::World &world = m_server->world();
    for (practice::Index i = 0; i < practice::Index(world.diary.events.size()); ++i) {
        const practice::DiaryEvent &event = world.diary.events[i];
        if (!event.deleted && event.title == record.payload["title"_L1].toString())
            return world.mint.id(practice::Kind::Event, i);
    }
    return {};
}

/// Every booking stands where the last change that is said to be done has put it, and off the calendar if that said so.
void Life::compareBookings(const QVector<OutboxRecord> &records)
{
    struct Place {
        QDateTime start;
        bool off = false;
    };
    QHash<QString, Place> places;
    for (const OutboxRecord &record : records) {
        if (record.kind == OutboxKind::BookAppointment && record.state == S::Confirmed && !record.serverId.isEmpty())
            places[record.serverId].start = BookingDraft::fromJson(record.payload).start;
    }
    QVector<OutboxRecord> changes;
    for (const OutboxRecord &record : records) {
        if (record.kind == OutboxKind::ChangeAppointment && record.state == S::Confirmed)
            changes.append(record);
    }
    std::sort(changes.begin(), changes.end(), [](const OutboxRecord &a, const OutboxRecord &b) { return a.laneSequence < b.laneSequence; });
    for (const OutboxRecord &record : std::as_const(changes)) {
        const auto change = AppointmentChange::fromJson(record.payload);
        Place &place = places[change.appointmentId.value];
        if (change.start.isValid())
            place.start = change.start;
        place.off = place.off || change.status == u"cancelled"_s;
    }
    const practice::World &world = m_server->world();
    for (auto it = places.constBegin(); it != places.constEnd(); ++it) {
        const auto index = world.mint.index(practice::Kind::Event, it.key());
        if (!index || *index >= world.diary.events.size()) {
            trouble(u"false-made"_s, u"a booking is said to be there that is not"_s);
            continue;
        }
        const practice::DiaryEvent &event = world.diary.events[*index];
        if (event.start != it->start.toMSecsSinceEpoch() || event.off() != it->off)
            trouble(u"booking"_s, u"%1 stands at %2%3, and is said to stand at %4%5"_s.arg(event.title,
                QDateTime::fromMSecsSinceEpoch(event.start, Qt::UTC).toString(Qt::ISODate), event.off() ? u" (off)"_s : u""_s,
                it->start.toString(Qt::ISODate), it->off ? u" (off)"_s : u""_s));
    }
}

void Life::compareDeals()
{
    const practice::World &world = m_server->world();
    for (auto it = m_stages.constBegin(); it != m_stages.constEnd(); ++it) {
        if (world.opportunities[it.key()].stage != it.value())
            trouble(u"stage"_s,
                    u"\"%1\" is in stage %2, and was dragged to %3"_s.arg(world.opportunities[it.key()].name).arg(world.opportunities[it.key()].stage).arg(it.value()));
    }
    for (auto it = m_won.constBegin(); it != m_won.constEnd(); ++it) {
        if ((world.opportunities[it.key()].status == practice::DealStatus::Won) != it.value())
            trouble(u"status"_s, world.opportunities[it.key()].name + (it.value() ? u" is not won"_s : u" is not open"_s));
    }
}

} // namespace outrigger::prove
