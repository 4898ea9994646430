// SPDX-License-Identifier: GPL-3.0-or-later
// Users as an administrator makes, changes and removes them.
#include "practice/answers.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

std::optional<int> userNamed(const Call &call, Reply &reply)
{
    const int index = call.world.userIndex(call.args[0]);
    if (index < 0 || call.world.users[static_cast<size_t>(index)].deleted) {
        reply = refusal(call, 404, QStringLiteral("User not found"));
        return std::nullopt;
    }
    const User &user = call.world.users[static_cast<size_t>(index)];
    if (!call.token->locationId.isEmpty() && !user.locations.contains(call.token->locationId)) {
        reply = refusal(call, 403, QStringLiteral("The token does not have access to this location."));
        return std::nullopt;
    }
    return index;
}

void setFields(User &user, const QJsonObject &body)
{
    for (const auto &[key, to] : {std::pair{"firstName", &user.first}, std::pair{"lastName", &user.last}, std::pair{"phone", &user.phone},
                                  std::pair{"role", &user.role}}) {
        if (body[QLatin1String(key)].isString())
            *to = body[QLatin1String(key)].toString();
    }
    if (body[u"locationIds"].isArray())
        user.locations = json::texts(body[u"locationIds"]);
}

QStringList checkFields(const Call &call)
{
    QStringList problems;
    for (const auto &[key, words] : {std::pair{"type", QStringList{QStringLiteral("account"), QStringLiteral("agency")}},
                                     std::pair{"role", QStringList{QStringLiteral("admin"), QStringLiteral("user")}}}) {
        const QString value = call.body[QLatin1String(key)].toString();
        if (!value.isEmpty() && !words.contains(value))
            problems.append(QLatin1String(key) + QStringLiteral(" must be one of the following values: ") + words.join(QStringLiteral(", ")));
    }
    if (const QJsonValue locations = call.body[u"locationIds"]; !locations.isUndefined()) {
        const QStringList named = json::texts(locations);
        if (!locations.isArray() || !std::all_of(named.begin(), named.end(), [&](const QString &id) { return call.world.location(id).has_value(); }))
            problems.append(QStringLiteral("locationIds must be ids of locations"));
    }
    return problems;
}

bool known(const World &world, const QString &email)
{
    return std::any_of(world.users.begin(), world.users.end(),
                       [&](const User &user) { return !user.deleted && user.email.compare(email, Qt::CaseInsensitive) == 0; });
}

Reply userReply(const Call &call, int index, int status)
{
    JsonOut out;
    render::user(out, call.world, index);
    return done(out, status);
}

} // namespace

Reply createUser(Call &call)
{
    QStringList problems = missing(call, {"companyId", "firstName", "lastName", "email", "password", "type", "role", "locationIds"}) + checkFields(call);
    if (!problems.isEmpty())
        return invalid(call, problems);
    if (call.body[u"companyId"].toString() != call.world.companyId())
        return refusal(call, 403, QStringLiteral("Forbidden resource"));
    const QStringList locations = json::texts(call.body[u"locationIds"]);
    if (!call.token->locationId.isEmpty() && locations != QStringList{call.token->locationId})
        return refusal(call, 403, QStringLiteral("The token does not have access to this location."));
    if (known(call.world, call.body[u"email"].toString()))
        return refusal(call, 400, QStringLiteral("A user with the email already exists"));
    User user;
    user.email = call.body[u"email"].toString();
    setFields(user, call.body);
    call.world.users.push_back(std::move(user));
    const auto index = static_cast<int>(call.world.users.size() - 1);
    call.applied = true;
    call.made = call.world.userId(index);
    call.world.onChange();
    return userReply(call, index, 201);
}

Reply updateUser(Call &call)
{
    Reply reply;
    const auto index = userNamed(call, reply);
    if (!index)
        return reply;
    QStringList problems = checkFields(call);
    User &user = call.world.users[static_cast<size_t>(*index)];
    if (const QString email = call.body[u"email"].toString(); !email.isEmpty() && email != user.email)
        problems.append(QStringLiteral("email cannot be updated"));
    if (!problems.isEmpty())
        return invalid(call, problems);
    setFields(user, call.body);
    call.applied = true;
    call.world.onChange();
    return userReply(call, *index, 200);
}

Reply deleteUser(Call &call)
{
    Reply reply;
    const auto index = userNamed(call, reply);
    if (!index)
        return reply;
    User &user = call.world.users[static_cast<size_t>(*index)];
    user.deleted = true;
    call.applied = true;
    call.world.onChange();
    JsonOut out;
    out.object().field("succeded", true).field("message", QString(QStringLiteral("Queued deleting user with e-mail %1 and name %2 %3. Will take effect in a few minutes.")
                                                                       .arg(user.email, user.first, user.last)));
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply filterUsers(Call &call)
{
    if (const QStringList problems = missing(call, {"companyId", "emails"}); !problems.isEmpty())
        return invalid(call, problems);
    if (call.body[u"companyId"].toString() != call.world.companyId())
        return refusal(call, 403, QStringLiteral("Forbidden resource"));
    QStringList emails = call.body[u"emails"].isArray() ? json::texts(call.body[u"emails"]) : call.body[u"emails"].toString().split(u',', Qt::SkipEmptyParts);
    for (QString &email : emails)
        email = email.trimmed().toLower();
    // Numbers come as texts here.
    const int skip = call.body[u"skip"].toVariant().toInt(), limit = call.body.contains(u"limit") ? call.body[u"limit"].toVariant().toInt() : 25;
    const bool deleted = call.body[u"deleted"].toBool();
    JsonOut out;
    out.object().key("users").list();
    int count = 0;
    for (size_t i = 0; i < call.world.users.size(); ++i) {
        const User &user = call.world.users[i];
        if (user.deleted != deleted || !emails.contains(user.email.toLower()))
            continue;
        if (count >= skip && count < skip + limit)
            render::user(out, call.world, static_cast<int>(i));
        ++count;
    }
    out.endList().field("count", count).field("traceId", call.trace).end();
    return done(out);
}

} // namespace outrigger::practice
