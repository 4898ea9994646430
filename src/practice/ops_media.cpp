// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads, and what is kept of calls: their sound and their words.
#include "practice/media.h"
#include "practice/multipart.h"
#include "practice/ops.h"
#include "practice/phrases.h"

#include <algorithm>

namespace outrigger::practice
{

namespace
{

constexpr qint64 largest = 5 * 1024 * 1024;
constexpr qint64 mostKept = 128LL * 1024 * 1024;

const Part *named(const std::vector<Part> &parts, QStringView name)
{
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part &p) { return p.name == name; });
    return found == parts.end() ? nullptr : &*found;
}

QString textOf(const std::vector<Part> &parts, QStringView name)
{
    const Part *part = named(parts, name);
    return part ? QString::fromUtf8(part->bytes) : QString();
}

bool isTaken(const QString &fileName)
{
    static const QStringList endings =
        QStringLiteral("jpg,jpeg,png,mp4,mpeg,zip,rar,pdf,doc,docx,txt,mp3,wav").split(u',');
    return fileName.contains(u'.') && endings.contains(fileName.section(u'.', -1).toLower());
}

/// A call or voicemail with a sound, or the refusal.
std::optional<Index> soundOf(Call &call, const QString &location, const QString &id, Reply &reply)
{
    if (!locationFor(call, location, reply))
        return std::nullopt;
    const auto index = messageFor(call, id, Kind::Message, reply);
    if (!index)
        return std::nullopt;
    const Message &m = call.world.messages[*index];
    const bool sounds = (m.type == Type::Call || m.type == Type::Voicemail || m.type == Type::CustomCall) && m.more && m.more->callDuration > 0;
    if (!sounds) {
        reply = refusal(call, 404, QStringLiteral("Recording not found for the message"));
        return std::nullopt;
    }
    return index;
}

struct Spoken {
    int speaker;
    qint64 from, to;
    QString text;
};

/// The same call always has the same words.
std::vector<Spoken> wordsOf(const World &world, Index index)
{
    const Message &m = world.messages[index];
    const quint64 salt = mix(world.seed ^ (quint64{index} << 8));
    const auto &choices = phrases::dialoguesOf(m.type == Type::Voicemail ? phrases::Talk::Lead : phrases::Talk::Text);
    const auto &said = phrases::dialogues()[static_cast<size_t>(choices[salt % choices.size()])];
    const QString first = world.contacts[world.conversations[m.conversation].contact].first;
    const qint64 step = std::min<qint64>(8'000, m.more->callDuration * 1000LL / (said.to - said.from));
    std::vector<Spoken> all;
    for (int line = said.from; line < said.to; ++line) {
        const qint64 from = step * (line - said.from);
        const int speaker = phrases::lines()[static_cast<size_t>(line)].inbound ? 2 : 1;
        all.push_back({speaker, from, from + step * 9 / 10, phrases::fill(line, first, salt)});
    }
    return all;
}

void sentence(JsonOut &out, const Spoken &said, int index)
{
    out.object().field("mediaChannel", said.speaker).field("sentenceIndex", index).field("startTime", said.from);
    out.field("endTime", said.to).field("transcript", said.text).field("confidence", 0.9).end();
}

} // namespace

QString keepFile(World &world, const QString &fileName, const QByteArray &type, const QByteArray &bytes)
{
    const QString ending = fileName.section(u'.', -1).toLower();
    const QString address = QStringLiteral("%1-%2.%3").arg(world.files.size() + 1).arg(mix(world.seed + world.files.size()), 0, 36).arg(ending);
    world.files[address] = {type, bytes};
    return world.base + QStringLiteral("/media/uploads/") + address;
}

Reply uploadFiles(Call &call)
{
    World &world = call.world;
    const std::vector<Part> parts = parseMultipart(call.request.header("content-type"), call.request.body);
    Reply reply;
    const auto location = locationFor(call, textOf(parts, u"locationId"), reply);
    if (!location)
        return reply;
    const auto conversation = world.conversation(textOf(parts, u"conversationId"));
    if (!conversation || world.conversations[*conversation].location != *location)
        return refusal(call, 400, QStringLiteral("Conversation not found"));
    if (world.contact(textOf(parts, u"contactId")) != world.conversations[*conversation].contact)
        return refusal(call, 400, QStringLiteral("Contact not found"));
    std::vector<const Part *> files;
    qint64 kept = 0;
    for (const auto &[name, file] : world.files)
        kept += file.bytes.size();
    for (const Part &part : parts) {
        if (part.fileName.isEmpty())
            continue;
        if (!isTaken(part.fileName))
            return refusal(call, 415, QStringLiteral("File type is not supported"));
        kept += part.bytes.size();
        if (part.bytes.size() > largest || kept > mostKept)
            return refusal(call, 413, QStringLiteral("File size is too large"));
        files.push_back(&part);
    }
    if (files.empty())
        return invalid(call, {QStringLiteral("fileAttachment should not be empty")});
    JsonOut out;
    out.object().key("uploadedFiles").object();
    for (const Part *file : files) {
        out.field(file->fileName.toUtf8().constData(), keepFile(world, file->fileName, file->type, file->bytes));
    }
    world.onChange();
    call.applied = true;
    out.end().field("traceId", call.trace).end();
    return done(out);
}

Reply getRecording(Call &call)
{
    Reply reply;
    const auto index = soundOf(call, call.args[1], call.args[0], reply);
    if (!index)
        return reply;
    reply.contentType = "audio/x-wav";
    reply.headers = {{"Content-Disposition", "Attachment; filename=audio.wav"}};
    // As long as its words take, and no longer: a quarter of an hour would be 14 MB.
    reply.body = media::wav(std::clamp(call.world.messages[*index].more->callDuration, 1, 60), mix(*index));
    return reply;
}

Reply getTranscription(Call &call)
{
    Reply reply;
    const auto index = soundOf(call, call.args[0], call.args[1], reply);
    if (!index)
        return reply;
    const std::vector<Spoken> said = wordsOf(call.world, *index);
    JsonOut out;
    // The specification describes one sentence where a call has many.
    if (call.options.dialect == Dialect::Spec) {
        sentence(out, said.front(), 0);
        return done(out);
    }
    out.list();
    for (size_t i = 0; i < said.size(); ++i)
        sentence(out, said[i], static_cast<int>(i));
    out.endList();
    return done(out);
}

Reply downloadTranscription(Call &call)
{
    Reply reply;
    const auto index = soundOf(call, call.args[0], call.args[1], reply);
    if (!index)
        return reply;
    for (const Spoken &said : wordsOf(call.world, *index))
        reply.body += QStringLiteral("Speaker %1: %2\n").arg(said.speaker).arg(said.text).toUtf8();
    reply.contentType = "text/plain; charset=utf-8";
    reply.headers = {{"Content-Disposition", "Attachment; filename=\"transcription.txt\""}};
    return reply;
}

} // namespace outrigger::practice
