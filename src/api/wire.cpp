// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/wire.h"

#include "api/words.h"
#include "core/json.h"

#include <QJsonDocument>
#include <QUrl>
#include <QUuid>

namespace outrigger::api::wire {

namespace {

Error usage(const QString &message)
{
    Error error;
    error.kind = ErrorKind::Usage;
    error.message = message;
    error.sent = Sent::No;
    return error;
}

/// Lists travel in paths, queries and forms as comma-separated text.
QString plain(const QJsonValue &value)
{
    if (value.isArray())
        return json::texts(value).join(QLatin1Char(','));
    return json::text(value);
}

const char *dndWord(DndStatus status)
{
    switch (status) {
    case DndStatus::Active:
        return "active";
    case DndStatus::Permanent:
        return "permanent";
    case DndStatus::Inactive:
        break;
    }
    return "inactive";
}

void appendPair(QByteArray &to, const char *key, const QString &value)
{
    if (!to.isEmpty())
        to += '&';
    to += percent(QString::fromLatin1(key)) + '=' + percent(value);
}

} // namespace

QJsonValue json(const QDateTime &value)
{
    return value.toUTC().toString(Qt::ISODateWithMs);
}

QJsonValue json(const QVector<CustomValue> &value)
{
    QJsonArray array;
    for (const auto &field : value)
        array.append(QJsonObject{{QStringLiteral("id"), field.id.value}, {QStringLiteral("field_value"), field.value}});
    return array;
}

QJsonValue json(const QMap<QString, Dnd> &value)
{
    QJsonObject object;
    for (auto it = value.begin(); it != value.end(); ++it) {
        QJsonObject one{{QStringLiteral("status"), QString::fromLatin1(dndWord(it->status))}};
        if (!it->message.isEmpty())
            one.insert(QStringLiteral("message"), it->message);
        if (!it->code.isEmpty())
            one.insert(QStringLiteral("code"), it->code);
        object.insert(it.key(), one);
    }
    return object;
}

QByteArray percent(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

void Encoder::add(Place place, const char *key, Need need, bool absent, bool localId, const QJsonValue &value)
{
    if (m_error)
        return;
    if (place == Place::Form)
        m_hasForm = true;
    if (absent) {
        if (need == Need::Required)
            m_error = usage(Words::tr("The request “%1” needs “%2”, which is empty.")
                                .arg(QLatin1String(m_op.name), QLatin1String(key)));
        return;
    }
    if (localId) {
        // Our own ids mean nothing to HighLevel: a request with one would hit nothing, or worse, something else.
        m_error =
            usage(Words::tr("“%1” is not in HighLevel yet. Try again when it has been sent.").arg(QLatin1String(key)));
        return;
    }
    switch (place) {
    case Place::Path: {
        const QString text = plain(value);
        if (text == QLatin1String(".") || text == QLatin1String("..")) {
            m_error = usage(Words::tr("“%1” is not an id of HighLevel.").arg(text));
            return;
        }
        m_path.emplace_back(QByteArray("{") + key + "}", percent(text));
        break;
    }
    case Place::Query:
        appendPair(m_query, key, plain(value));
        break;
    case Place::Form:
        appendPair(m_form, key, plain(value));
        break;
    case Place::Body:
        m_body.insert(QLatin1String(key), value);
        break;
    case Place::Part:
        m_parts.emplace_back(QByteArray("Content-Disposition: form-data; name=\"") + key + '"', plain(value).toUtf8());
        break;
    case Place::File:
        break; // addFile
    }
}

void Encoder::addFile(const char *key, const FilePart &file)
{
    if (m_error)
        return;
    if (const Status fits = checkAttachment(file.name, file.bytes.size()); !fits) {
        m_error = fits.error();
        return;
    }
    // What a browser sends: UTF-8, and the three bytes that would end the name are escaped.
    QByteArray name = file.name.section(QLatin1Char('/'), -1).toUtf8();
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    m_parts.emplace_back(QByteArray("Content-Disposition: form-data; name=\"") + key + "\"; filename=\"" + name +
                             "\"\r\nContent-Type: " + attachmentType(file.name),
                         file.bytes);
}

Result<Request> Encoder::finish() const
{
    if (m_error)
        return fail(*m_error);
    Request request;
    request.op = &m_op;
    request.path = m_op.path;
    for (const auto &[hole, value] : m_path)
        request.path.replace(hole, value);
    if (request.path.contains('{'))
        return fail(usage(Words::tr("The request “%1” lacks a part of its address.").arg(QLatin1String(m_op.name))));
    request.query = m_query;
    if (!m_parts.empty()) {
        const QByteArray border = "outrigger-" + QUuid::createUuid().toByteArray(QUuid::Id128);
        for (const auto &[headers, value] : m_parts)
            request.body += "--" + border + "\r\n" + headers + "\r\n\r\n" + value + "\r\n";
        request.body += "--" + border + "--\r\n";
        request.contentType = "multipart/form-data; boundary=" + border;
    } else if (m_hasForm) {
        request.body = m_form;
        request.contentType = "application/x-www-form-urlencoded";
    } else if (m_op.verb != Verb::Get) {
        request.body = QJsonDocument(m_body).toJson(QJsonDocument::Compact);
        request.contentType = "application/json";
    }
    return request;
}

Result<Bytes> bytesOf(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return fail(badReply(Words::tr("the file")));
    return Bytes{bytes};
}

Error badReply(const QString &what)
{
    Error error;
    error.kind = ErrorKind::BadReply;
    error.message = Words::tr("HighLevel's answer could not be read: %1 is missing or damaged.").arg(what);
    error.sent = Sent::Yes;
    return error;
}

Result<QJsonValue> parse(const QByteArray &bytes)
{
    if (bytes.trimmed().isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    QJsonParseError error;
    auto document = QJsonDocument::fromJson(bytes, &error);
    if (error.error == QJsonParseError::IllegalUTF8String)
        document = QJsonDocument::fromJson(json::repairUtf8(bytes), &error);
    if (error.error != QJsonParseError::NoError || document.isNull())
        return fail(badReply(Words::tr("its JSON")));
    if (document.isArray())
        return QJsonValue(document.array());
    return QJsonValue(document.object());
}

QJsonValue unwrapped(const QJsonValue &value, std::span<const char *const> keys)
{
    const QJsonObject object = value.toObject();
    for (const char *key : keys) {
        const QJsonValue inner = object.value(QLatin1String(key));
        if (inner.isObject())
            return inner;
    }
    return value;
}

} // namespace outrigger::api::wire
