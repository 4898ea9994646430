// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/areas.h"

#include "api/ops.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace outrigger::api {

/// Of a read whose status alone is asked for: that it may be made.
struct Allowed {
};
template <>
struct Decode<Allowed> {
    static Result<Allowed> from(const QJsonValue &) { return Allowed{}; }
};

} // namespace outrigger::api

namespace outrigger::auth {

namespace {

using api::in::path;
using api::in::query;
using api::Need;

// Reads of parts that have no place in the operation table yet; only their status matters here.
struct LookAtCalendars {
    LocationId location;
    using Reply = api::Allowed;
    static constexpr api::Op op{"get-calendars", api::Verb::Get, api::Api::Calendars, "/calendars/", "calendars.readonly",
                                api::Repeat::Safe};
    static constexpr auto params = std::tuple{query("locationId", &LookAtCalendars::location, Need::Required)};
};
struct LookAtEvents {
    LocationId location;
    UserId user;
    QString from;
    QString to;
    using Reply = api::Allowed;
    static constexpr api::Op op{"get-calendar-events", api::Verb::Get, api::Api::Calendars, "/calendars/events",
                                "calendars/events.readonly", api::Repeat::Safe};
    static constexpr auto params =
        std::tuple{query("locationId", &LookAtEvents::location, Need::Required), query("userId", &LookAtEvents::user),
                   query("startTime", &LookAtEvents::from, Need::Required),
                   query("endTime", &LookAtEvents::to, Need::Required)};
};
struct LookAtWorkflows {
    LocationId location;
    using Reply = api::Allowed;
    static constexpr api::Op op{"get-workflow", api::Verb::Get, api::Api::Workflows, "/workflows/", "workflows.readonly",
                                api::Repeat::Safe};
    static constexpr auto params = std::tuple{query("locationId", &LookAtWorkflows::location, Need::Required)};
};

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AreaCheck)
};

template <class Operation>
Task<ScopeRow> look(api::Client *client, QString area, Operation operation)
{
    const QString scope = QLatin1String(Operation::op.scope);
    auto call = client->send(std::move(operation), api::Priority::Click);
    auto answer = co_await call;
    std::optional<Error> error;
    if (!answer)
        error = answer.error();
    co_return scopeRow(area, scope, error);
}

} // namespace

ScopeRow scopeRow(const QString &area, const QString &scope, const std::optional<Error> &error, const QString &detail)
{
    ScopeRow row{area, ScopeRow::Verdict::Works, {}, detail};
    if (!error)
        return row;
    row.scope = scope;
    if (error->kind == ErrorKind::ScopeMissing || error->kind == ErrorKind::Forbidden) {
        row.verdict = ScopeRow::Verdict::Missing;
        row.detail = Words::tr("Not allowed yet. Tick %1 for this token and check again.").arg(scope);
    } else {
        row.verdict = ScopeRow::Verdict::Unreachable;
        row.detail = Words::tr("Could not be checked: %1").arg(error->message);
    }
    return row;
}

AreaCheck::AreaCheck(api::Client *client, LocationId location, UserId someUser)
    : m_client(client), m_location(std::move(location)), m_user(std::move(someUser))
{
}

int AreaCheck::count() const
{
    // Events can only be read for somebody.
    return m_user.isEmpty() ? 9 : 10;
}

Task<ScopeRow> AreaCheck::contacts()
{
    api::SearchContacts search;
    search.location = m_location;
    search.pageLimit = 1;
    auto looking = look(m_client, Words::tr("Contacts"), std::move(search));
    co_return co_await looking;
}

Task<ScopeRow> AreaCheck::conversations()
{
    api::SearchConversations search;
    search.location = m_location;
    search.limit = 1;
    auto call = m_client->send(std::move(search), api::Priority::Click);
    auto page = co_await call;
    if (!page)
        m_conversationError = page.error();
    else if (!page->conversations.isEmpty())
        m_conversation = page->conversations.first().id;
    co_return scopeRow(Words::tr("Conversations"), u"conversations.readonly"_s,
                       m_conversationError);
}

/// Sending cannot be tried without sending, so only reading is checked, and the row says so.
Task<ScopeRow> AreaCheck::texting()
{
    const QString area = Words::tr("Texting");
    const QString scope = u"conversations/message.readonly"_s;
    if (m_conversation.isEmpty()) {
        ScopeRow row{area, ScopeRow::Verdict::Unreachable, scope, {}};
        row.detail = m_conversationError
            ? Words::tr("Could not be checked because conversations cannot be read.")
            : Words::tr("There is no conversation yet to check with. Sending also needs "
                                                 "conversations/message.write.");
        co_return row;
    }
    api::ListMessages list;
    list.id = m_conversation;
    list.limit = 1;
    auto call = m_client->send(std::move(list), api::Priority::Click);
    auto page = co_await call;
    std::optional<Error> error;
    if (!page)
        error = page.error();
    co_return scopeRow(area, scope, error,
                       Words::tr("Messages can be read. Whether they may be sent shows with the first "
                                                          "one: that needs conversations/message.write."));
}

Task<ScopeRow> AreaCheck::row(int index)
{
    Task<ScopeRow> work;
    switch (index) {
    case 0:
        work = contacts();
        break;
    case 1:
        work = conversations();
        break;
    case 2:
        work = texting();
        break;
    case 3: {
        api::ListNumbers numbers;
        numbers.location = m_location;
        numbers.pageSize = 1;
        work = look(m_client, Words::tr("Phone numbers"), std::move(numbers));
        break;
    }
    case 4: {
        api::ListCustomFields fields;
        fields.location = m_location;
        work = look(m_client, Words::tr("Custom fields"), std::move(fields));
        break;
    }
    case 5: {
        api::ListLocationTags tags;
        tags.location = m_location;
        work = look(m_client, Words::tr("Tags"), std::move(tags));
        break;
    }
    case 6: {
        api::GetPipelines pipelines;
        pipelines.location = m_location;
        work = look(m_client, Words::tr("Pipeline"), std::move(pipelines));
        break;
    }
    case 7: {
        LookAtCalendars calendars{m_location};
        work = look(m_client, Words::tr("Calendar"), std::move(calendars));
        break;
    }
    case 8: {
        LookAtWorkflows workflows{m_location};
        work = look(m_client, Words::tr("Workflows"), std::move(workflows));
        break;
    }
    default: {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        LookAtEvents events{m_location, m_user, QString::number(now), QString::number(now + 86'400'000)};
        work = look(m_client, Words::tr("Appointments"), std::move(events));
        break;
    }
    }
    co_return co_await work;
}

} // namespace outrigger::auth
