// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/replies.h"
#include "api/words.h"
#include "core/json.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

std::optional<Sentence> readSentence(const QJsonObject &o)
{
    Sentence s;
    s.text = json::text(json::first(o, {u"transcript", u"text"}));
    if (s.text.isEmpty())
        return std::nullopt;
    s.speaker = static_cast<int>(std::clamp<qint64>(json::integer(o.value("mediaChannel"_L1)).value_or(0), 0, 99));
    s.index = static_cast<int>(std::clamp<qint64>(json::integer(o.value("sentenceIndex"_L1)).value_or(0), 0, 1'000'000));
    s.from = json::integer(o.value("startTime"_L1)).value_or(0);
    s.to = json::integer(o.value("endTime"_L1)).value_or(0);
    s.confidence = json::number(o.value("confidence"_L1)).value_or(0);
    return s;
}

std::optional<Template> readTemplate(const QJsonObject &o)
{
    Template t;
    t.id = json::text(json::first(o, {u"id", u"_id"}));
    if (t.id.isEmpty())
        return std::nullopt;
    t.name = json::text(o.value("name"_L1));
    t.type = json::text(o.value("type"_L1)).toLower();
    const QJsonObject inner = o.value("template"_L1).toObject();
    t.body = json::text(json::first(inner, {u"body", u"html"}));
    t.subject = json::text(inner.value("subject"_L1));
    t.attachments = json::texts(o.value("urlAttachments"_L1)) + json::texts(inner.value("attachments"_L1));
    t.attachments.removeAll(QString());
    t.attachments.removeDuplicates();
    return t;
}

std::optional<LocationValue> readValue(const QJsonObject &o)
{
    LocationValue v;
    v.id = json::text(json::first(o, {u"id", u"_id"}));
    if (v.id.isEmpty())
        return std::nullopt;
    v.name = json::text(o.value("name"_L1));
    v.key = json::text(o.value("fieldKey"_L1));
    v.value = json::text(o.value("value"_L1));
    return v;
}

} // namespace

Result<Cancelled> Decode<Cancelled>::from(const QJsonValue &value)
{
    const QJsonObject o = value.toObject();
    const QJsonValue status = o.value("status"_L1);
    if (status.isUndefined() || status.isNull())
        return Cancelled{}; // a 2xx that says nothing else
    const auto code = json::integer(status);
    if (!code)
        return fail(wire::badReply(Words::tr("whether the message was cancelled")));
    if (*code >= 200 && *code < 300)
        return Cancelled{};
    Error error;
    error.kind = *code == 404 ? ErrorKind::NotFound : *code >= 500 ? ErrorKind::Server : ErrorKind::Invalid;
    error.message = Words::tr("HighLevel did not cancel the message. It may have left already: look at the conversation.");
    error.code = u"not_cancelled"_s;
    error.sent = Sent::Yes;
    error.detail = o;
    error.jsonError = true;
    return fail(std::move(error));
}

Result<UploadAnswer> Decode<UploadAnswer>::from(const QJsonValue &value)
{
    const QJsonObject o = value.toObject();
    QJsonValue files = o.value("uploadedFiles"_L1);
    if (files.isUndefined())
        files = o.value("data"_L1).toObject().value("uploadedFiles"_L1);
    if (!files.isObject())
        return fail(wire::badReply(Words::tr("the address of the uploaded file")));
    UploadAnswer answer;
    const QJsonObject list = files.toObject();
    for (auto it = list.begin(); it != list.end(); ++it) {
        const QString url = it->isObject() ? json::text(it->toObject().value("url"_L1)) : json::text(*it);
        if (!url.isEmpty())
            answer.files.append({it.key(), url});
    }
    return answer;
}

Result<Transcription> Decode<Transcription>::from(const QJsonValue &value)
{
    // The document shows one sentence; a call has many: a list, or a list below some key.
    QJsonArray list = value.toArray();
    if (value.isObject()) {
        const QJsonObject o = value.toObject();
        const QJsonValue inner = json::first(o, {u"sentences", u"transcription", u"transcriptions", u"data"});
        list = inner.isArray() ? inner.toArray() : QJsonArray{o};
    }
    Transcription all;
    for (const auto &item : std::as_const(list)) {
        if (auto sentence = readSentence(item.toObject()))
            all.sentences.append(std::move(*sentence));
    }
    if (all.sentences.isEmpty() && !list.isEmpty())
        return fail(wire::badReply(Words::tr("the text of the call")));
    std::stable_sort(all.sentences.begin(), all.sentences.end(), [](const Sentence &a, const Sentence &b) { return a.from < b.from; });
    return all;
}

Result<TemplatePage> Decode<TemplatePage>::from(const QJsonValue &value)
{
    const QJsonObject o = value.toObject();
    TemplatePage page;
    auto rows = wire::list<Template>(o.value("templates"_L1), &readTemplate, &page.skipped, Words::tr("the list of templates"));
    if (!rows)
        return fail(rows.error());
    page.templates = std::move(*rows);
    page.total = json::integer(json::first(o, {u"totalCount", u"total"})).value_or(-1);
    return page;
}

Result<CustomValueList> Decode<CustomValueList>::from(const QJsonValue &value)
{
    CustomValueList all;
    auto rows = wire::list<LocationValue>(value.toObject().value("customValues"_L1), &readValue, &all.skipped,
                                          Words::tr("the list of custom values"));
    if (!rows)
        return fail(rows.error());
    all.values = std::move(*rows);
    return all;
}

} // namespace outrigger::api
