// SPDX-License-Identifier: GPL-3.0-or-later
// Notes of contacts.
#include "practice/answers.h"

namespace outrigger::practice
{

namespace
{

QJsonObject noteWhole(const World &world, Index index)
{
    const ShelfItem &item = world.shelf.items[index];
    QJsonObject whole = shelfWhole(world, index, "id", false);
    whole.insert(QStringLiteral("contactId"), item.owner);
    whole.insert(QStringLiteral("dateAdded"), isoDate(item.added));
    return whole;
}

std::optional<Index> noteNamed(const Call &call, Reply &reply)
{
    return contactNamed(call, reply) ? shelved(call, u"note", call.args[1], reply, call.args[0]) : std::nullopt;
}

QStringList checkNote(const Call &call, bool creating)
{
    QStringList problems = creating ? missing(call, {"body"}) : QStringList();
    for (const char *key : {"body", "title", "color", "userId"}) {
        const QJsonValue value = call.body[QLatin1String(key)];
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            problems.append(QLatin1String(key) + QStringLiteral(" must be a string"));
    }
    if (const QJsonValue pinned = call.body[u"pinned"]; !pinned.isUndefined() && !pinned.isBool())
        problems.append(QStringLiteral("pinned must be a boolean value"));
    if (call.body[u"body"].toString().size() > 5000)
        problems.append(QStringLiteral("body must be shorter than or equal to 5000 characters"));
    return problems;
}

QJsonObject fieldsOf(const Call &call) { return only(call.body, {"body", "title", "color", "pinned", "userId"}); }

Reply noteReply(const Call &call, Index index, int status = 200) { return answered(call, "note", noteWhole(call.world, index), status); }

} // namespace

Reply listContactNotes(Call &call)
{
    Reply reply;
    const auto contact = contactNamed(call, reply);
    if (!contact)
        return reply;
    QJsonArray all;
    const auto found = shelfOf(call.world, u"note", call.world.contacts[*contact].location, call.args[0]);
    for (auto it = found.rbegin(); it != found.rend(); ++it) // newest first
        all.append(noteWhole(call.world, *it));
    return answered(call, "notes", all);
}

Reply getContactNote(Call &call)
{
    Reply reply;
    const auto index = noteNamed(call, reply);
    return index ? noteReply(call, *index) : reply;
}

Reply createContactNote(Call &call)
{
    Reply reply;
    const auto contact = contactNamed(call, reply);
    if (!contact)
        return reply;
    if (const QStringList problems = checkNote(call, true); !problems.isEmpty())
        return invalid(call, problems);
    QJsonObject fields = fieldsOf(call);
    if (!fields.contains(u"userId") && !call.token->userId.isEmpty())
        fields.insert(QStringLiteral("userId"), call.token->userId);
    return noteReply(call, shelve(call, QStringLiteral("note"), call.world.contacts[*contact].location, fields, call.args[0]), 201);
}

Reply updateContactNote(Call &call)
{
    Reply reply;
    const auto index = noteNamed(call, reply);
    if (!index)
        return reply;
    if (const QStringList problems = checkNote(call, false); !problems.isEmpty())
        return invalid(call, problems);
    reshelve(call, *index, fieldsOf(call));
    return noteReply(call, *index);
}

Reply deleteContactNote(Call &call)
{
    Reply reply;
    const auto index = noteNamed(call, reply);
    if (!index)
        return reply;
    unshelve(call, *index);
    return success(call, "succeded");
}

} // namespace outrigger::practice
