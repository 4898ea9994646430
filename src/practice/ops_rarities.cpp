// SPDX-License-Identifier: GPL-3.0-or-later
// Calls of the everyday families that hardly any client makes: large uploads, files of a call noted by hand, who has
// unsubscribed, and pipelines themselves.
#include "practice/answers.h"
#include "practice/render.h"

#include "core/json.h"

#include <algorithm>

namespace outrigger::practice
{

Reply startUpload(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"conversationId", "filename", "contentType", "channel"}); !problems.isEmpty())
        return invalid(call, problems);
    if (!call.world.conversation(call.body[u"conversationId"].toString()))
        return refusal(call, 400, QStringLiteral("Conversation not found"));
    const Index index = shelve(call, QStringLiteral("upload"), *location, only(call.body, {"conversationId", "filename", "contentType", "fileSize"}));
    const QString id = shelfId(call.world, index), path = QStringLiteral("location/%1/uploads/%2").arg(call.body[u"locationId"].toString(), id);
    JsonOut out;
    out.object().field("uploadUrl", QString(call.world.base + QStringLiteral("/media/large/") + id)).field("uploadId", id).field("filePath", path);
    out.field("expiresAt", call.world.now() + 900'000).field("maxFileSize", qint64{100 * 1024 * 1024}).field("traceId", call.trace).end();
    return done(out);
}

Reply finishUpload(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"uploadId", "filePath", "conversationId", "filename"}); !problems.isEmpty())
        return invalid(call, problems);
    const auto index = shelved(call, u"upload", call.body[u"uploadId"].toString(), reply, {}, 400);
    if (!index)
        return reply;
    const QJsonObject begun = call.world.shelf.items[*index].body;
    const QString name = call.body[u"filename"].toString(), type = begun[u"contentType"].toString();
    const QString address = keepFile(call.world, name, type.toLatin1(), QByteArray());
    unshelve(call, *index);
    JsonOut out;
    out.object().field("uploadedFiles", QJsonValue(QJsonObject{{name, address}}));
    out.field("metadata", QJsonValue(QJsonObject{{QStringLiteral("size"), begun[u"fileSize"].toDouble()}, {QStringLiteral("contentType"), type}}));
    out.field("traceId", call.trace).end();
    return done(out);
}

Reply putAttachments(Call &call)
{
    Reply reply;
    const auto index = messageFor(call, call.args[0], Kind::Message, reply);
    if (!index)
        return reply;
    const QStringList files = json::texts(call.body[u"attachments"]);
    if (files.isEmpty() || files.size() > 5)
        return invalid(call, {QStringLiteral("attachments must contain between 1 and 5 elements")});
    Message &message = call.world.messages[*index];
    if (message.type != Type::Call && message.type != Type::CustomCall)
        return refusal(call, 400, QStringLiteral("Attachments can only be set on external calls"));
    message.rest().attachments = files;
    message.updated = call.world.now();
    call.world.onChange();
    return success(call);
}

Reply unsubscriptions(Call &call)
{
    Reply reply;
    const auto location = locationFor(call, call.query("locationId"), reply);
    if (!location)
        return reply;
    const auto index = call.world.contact(call.query("contactId"));
    if (!index || call.world.contacts[*index].location != *location)
        return refusal(call, 400, QStringLiteral("Contact with id %1 not found").arg(call.query("contactId")));
    const Contact &contact = call.world.contacts[*index];
    bool off = contact.dnd;
    if (contact.more) {
        const auto mail = contact.more->dndSettings.find(QStringLiteral("Email"));
        off = off || (mail != contact.more->dndSettings.end() && mail->second.status != u"inactive");
    }
    JsonOut out;
    out.object().field("contactId", call.query("contactId")).field("email", contact.email).field("unsubscribed", off).field("traceId", call.trace).end();
    return done(out);
}

// --- pipelines ------------------------------------------------------------------------------------------------------------

namespace
{

std::optional<quint16> pipelineNamed(const Call &call, Reply &reply)
{
    const auto index = call.world.pipeline(call.args[0]);
    if (!index) {
        reply = refusal(call, 404, QStringLiteral("Pipeline not found"));
        return std::nullopt;
    }
    if (auto wrong = foreign(call, call.world.pipelines[*index].location)) {
        reply = *wrong;
        return std::nullopt;
    }
    return index;
}

Reply pipelineReply(const Call &call, quint16 index, int status)
{
    JsonOut out;
    out.object().key("pipeline");
    render::pipeline(out, call.world, index);
    out.field("traceId", call.trace).end();
    return done(out, status);
}

/// The list replaces the stages: known ids stay what they are, the others are new, what is not named is gone.
QStringList setStages(World &world, quint16 index, const QJsonArray &wanted)
{
    Pipeline &pipeline = world.pipelines[index];
    if (pipeline.stages.size() + static_cast<size_t>(wanted.size()) > stagesAtMost)
        return {QStringLiteral("stages must contain fewer elements")};
    for (PipelineStage &stage : pipeline.stages)
        stage.deleted = true;
    for (const auto &entry : wanted) {
        const QJsonObject o = entry.toObject();
        const auto known = world.mint.index(Kind::Stage, o[u"id"].toString());
        PipelineStage made{o[u"name"].toString(), o[u"probability"].toInt(), false};
        if (known && *known / stagesAtMost == index && *known % stagesAtMost < pipeline.stages.size())
            pipeline.stages[*known % stagesAtMost] = made;
        else
            pipeline.stages.push_back(made);
    }
    return {};
}

} // namespace

Reply getPipeline(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    const auto index = pipelineNamed(call, reply);
    return index ? pipelineReply(call, *index, 200) : reply;
}

Reply createPipeline(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    const auto location = locationFor(call, call.body[u"locationId"].toString(), reply);
    if (!location)
        return reply;
    if (const QStringList problems = missing(call, {"name", "stages"}); !problems.isEmpty())
        return invalid(call, problems);
    Pipeline pipeline;
    pipeline.name = call.body[u"name"].toString();
    pipeline.location = *location;
    call.world.pipelines.push_back(std::move(pipeline));
    const auto index = static_cast<quint16>(call.world.pipelines.size() - 1);
    setStages(call.world, index, call.body[u"stages"].toArray());
    call.applied = true;
    call.made = call.world.mint.id(Kind::Pipeline, index);
    call.world.onChange();
    return pipelineReply(call, index, 201);
}

Reply updatePipeline(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    const auto index = pipelineNamed(call, reply);
    if (!index)
        return reply;
    if (call.body[u"stages"].isArray()) {
        if (const QStringList problems = setStages(call.world, *index, call.body[u"stages"].toArray()); !problems.isEmpty())
            return invalid(call, problems);
    }
    if (call.body[u"name"].isString())
        call.world.pipelines[*index].name = call.body[u"name"].toString();
    call.applied = true;
    call.world.onChange();
    return pipelineReply(call, *index, 200);
}

Reply deletePipeline(Call &call)
{
    if (const auto old = onlyNew(call))
        return *old;
    Reply reply;
    const auto index = pipelineNamed(call, reply);
    if (!index)
        return reply;
    call.world.pipelines[*index].deleted = true;
    for (Index i = 0; i < call.world.opportunities.size(); ++i) {
        if (call.world.opportunities[i].pipeline == *index && !call.world.opportunities[i].deleted) {
            call.world.opportunities[i].deleted = true;
            call.world.opportunityChanged(i);
        }
    }
    call.world.onChange();
    return success(call, "succeded");
}

} // namespace outrigger::practice
