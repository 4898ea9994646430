// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/idpicks.h"

#include "core/aside.h"
#include "models/desk.h"
#include "sync/engine.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {

constexpr int mostHits = 8;
constexpr qsizetype mostLearned = 300;

using catalogue::NamedId;

QString dayOf(const EventRow &row)
{
    return row.event.start.toLocalTime().toString(u"yyyy-MM-dd hh:mm"_s);
}

} // namespace

IdPicks::IdPicks(sync::Engine *engine, Desk *desk, QObject *parent) : QObject(parent), m_engine(engine), m_desk(desk) {}

QVector<NamedId> IdPicks::known(const QString &kind) const
{
    const store::ReferenceData &reference = m_desk->reference();
    QVector<NamedId> ids;
    const auto add = [&ids, &kind](const QString &id, const QString &text) { ids.append({kind, id, text}); };
    if (kind == "location"_L1) {
        if (const auto account = m_engine->account())
            add(account->location.value, account->locationName.isEmpty() ? account->name : account->locationName);
    } else if (kind == "user"_L1) {
        for (const User &user : reference.users)
            add(user.id.value, user.name);
    } else if (kind == "tag"_L1 || kind == "tagname"_L1) {
        for (const LocationTagItem &tag : reference.tags)
            add(kind == "tag"_L1 ? tag.id.value : tag.name, tag.name);
    } else if (kind == "field"_L1) {
        for (const CustomField &field : reference.customFields)
            add(field.id.value, field.name);
    } else if (kind == "number"_L1) {
        for (const PhoneNumber &number : reference.numbers)
            add(number.number, number.name);
    } else if (kind == "calendar"_L1 && reference.calendars) {
        for (const Calendar &calendar : *reference.calendars)
            add(calendar.id.value, calendar.name);
    } else if (kind == "group"_L1 && reference.calendarGroups) {
        for (const CalendarGroup &group : *reference.calendarGroups)
            add(group.id, group.name);
    } else if (kind == "lostReason"_L1 && reference.lostReasons) {
        for (const LostReason &reason : *reference.lostReasons)
            add(reason.id, reason.name);
    } else if ((kind == "pipeline"_L1 || kind == "stage"_L1) && reference.pipelines) {
        for (const Pipeline &pipeline : *reference.pipelines) {
            if (kind == "pipeline"_L1)
                add(pipeline.id.value, pipeline.name);
            for (const Stage &stage : pipeline.stages) {
                if (kind == "stage"_L1)
                    add(stage.id.value, tr("%1, %2").arg(pipeline.name, stage.name));
            }
        }
    }
    const auto learned = m_learned.value(kind);
    for (const NamedId &one : learned) {
        if (std::none_of(ids.begin(), ids.end(), [&one](const NamedId &other) { return other.id == one.id; }))
            ids.append(one);
    }
    return ids;
}

bool IdPicks::isSearched(const QString &kind)
{
    return kind == "contact"_L1 || kind == "conversation"_L1 || kind == "opportunity"_L1 || kind == "event"_L1;
}

Task<Result<QVector<NamedId>>> IdPicks::search(QString kind, QString text)
{
    auto finding = m_desk->find(text, mostHits);
    const auto hits = co_await finding;
    if (!hits)
        co_return fail(hits.error());
    QVector<NamedId> found;
    for (const ContactHit &hit : *hits) {
        if (hit.local)
            continue; // HighLevel does not know it yet
        if (kind == "contact"_L1) {
            found.append({kind, hit.id.value, hit.phone.isEmpty() ? hit.name : tr("%1, %2").arg(hit.name, hit.phone)});
        } else if (kind == "conversation"_L1) {
            auto reading = m_desk->conversationOf(hit.id);
            const auto row = co_await reading;
            if (row && *row && !(*row)->id.isEmpty())
                found.append({kind, (*row)->id.value, hit.name});
        } else if (kind == "opportunity"_L1) {
            auto reading = m_desk->dealsOf(hit.id);
            const auto rows = co_await reading;
            for (const DealRow &row : rows.value_or(QVector<DealRow>()))
                found.append({kind, row.deal.id.value, tr("%1, %2").arg(row.deal.name, hit.name)});
        } else {
            auto reading = m_desk->appointmentsOf(hit.id);
            const auto rows = co_await reading;
            for (const EventRow &row : rows.value_or(QVector<EventRow>()))
                found.append({kind, row.event.id.value, tr("%1, %2").arg(hit.name, dayOf(row))});
        }
    }
    co_return found;
}

const catalogue::Operation *IdPicks::source(const QString &kind)
{
    static const QHash<QString, const char *> lists{
        {u"business"_s, "list-businesses-by-location"}, {u"workflow"_s, "list-workflows"},        {u"campaign"_s, "list-campaigns"},
        {u"blog"_s, "get-blogs-by-location"},           {u"association"_s, "find-associations"},  {u"author"_s, "get-blog-authors"},
        {u"category"_s, "get-blog-categories"},         {u"group"_s, "list-calendar-groups"},     {u"user"_s, "list-users-by-location"},
        {u"tag"_s, "list-tags"},                        {u"template"_s, "list-templates"},        {u"schedule"_s, "list-schedules"}};
    const auto found = lists.constFind(kind);
    return found == lists.constEnd() ? nullptr : catalogue::find(QLatin1String(*found));
}

Task<Status> IdPicks::fetch(QString kind)
{
    const auto account = m_engine->account();
    catalogue::Call call;
    call.operation = source(kind);
    if (!call.operation || !account)
        co_return fail(ErrorKind::Usage, tr("There is no list of these to choose from. Type or paste the id."));
    catalogue::fillIn(call, account->location);
    for (const auto *parameter : catalogue::missing(call)) // pages: the first
        call.values.insert(parameter->key, parameter->key == "limit"_L1 ? QJsonValue(50) : QJsonValue(0));
    auto calling = m_engine->callOperation(call);
    const auto answer = co_await calling;
    if (!answer)
        co_return fail(answer.error());
    auto reading = aside([body = answer->body] { return catalogue::viewOf(body); });
    auto view = co_await reading;
    for (NamedId &id : view.ids)
        id.kind = kind; // whatever the answer calls its list
    learn(view.ids);
    co_return Status{};
}

void IdPicks::learn(const QVector<NamedId> &ids)
{
    for (const NamedId &id : ids) {
        auto &list = m_learned[id.kind];
        list.removeIf([&id](const NamedId &other) { return other.id == id.id; });
        list.prepend(id);
        if (list.size() > mostLearned)
            list.removeLast();
    }
    if (!ids.isEmpty())
        Q_EMIT learned();
}

QString IdPicks::nameOf(const QString &kind, const QString &id) const
{
    const auto all = known(kind);
    const auto found = std::find_if(all.begin(), all.end(), [&id](const NamedId &one) { return one.id == id; });
    return found == all.end() || found->text == id ? QString() : found->text;
}

} // namespace outrigger::models
