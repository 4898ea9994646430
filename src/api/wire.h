// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/attachment.h"
#include "api/op.h"
#include "core/result.h"
#include "domain/contact.h"
#include "domain/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

/// Between operation structs and bytes. Pure functions without threads or network.
namespace outrigger::api {

/// A request as it will leave, but for server, token and version.
struct Request {
    const Op *op = nullptr;
    QByteArray path;        ///< percent-encoded
    QByteArray query;       ///< percent-encoded, without "?"
    QByteArray body;        ///< JSON or form; "{}" for calls that change something and have no fields
    QByteArray contentType; ///< empty for GET
    bool raw = false;       ///< the answer is a file, not JSON
};

/// What came back with a 2xx.
struct CallInfo {
    QDateTime serverDate; ///< of the Date header, invalid when there was none
    QString traceId;
    int http = 0;
    qint64 bytes = 0;
};
struct Answer {
    QByteArray body;
    CallInfo info;
};

/// An answer that is a file: a recording.
struct Bytes {
    QByteArray data; ///< never empty
};

/// Reads an answer's JSON as T. Specialised beside each reply type (replies.h, decode_*.cpp). Safe on any thread.
template <class T>
struct Decode; // static Result<T> from(const QJsonValue &value);

namespace wire {

// --- values of requests ---
inline QJsonValue json(const QString &value)
{
    return value;
}
inline QJsonValue json(bool value)
{
    return value;
}
inline QJsonValue json(int value)
{
    return value;
}
inline QJsonValue json(qint64 value)
{
    return value;
}
inline QJsonValue json(double value)
{
    return value;
}
inline QJsonValue json(const QJsonObject &value)
{
    return value;
}
inline QJsonValue json(const QJsonArray &value)
{
    return value;
}
inline QJsonValue json(const QJsonValue &value)
{
    return value;
}
inline QJsonValue json(const QStringList &value)
{
    return QJsonArray::fromStringList(value);
}
/// ISO 8601 with milliseconds, UTC.
QJsonValue json(const QDateTime &value);
/// As HighLevel's dated versions write them: {"id", "field_value"}.
QJsonValue json(const QVector<CustomValue> &value);
/// By channel: {"SMS": {"status": "active"}}.
QJsonValue json(const QMap<QString, Dnd> &value);
template <class Tag>
QJsonValue json(const Id<Tag> &value)
{
    return value.value;
}
template <class T>
QJsonValue json(const std::optional<T> &value)
{
    return value ? json(*value) : QJsonValue(QJsonValue::Undefined);
}

template <class T>
bool isAbsent(const T &value)
{
    if constexpr (std::is_same_v<T, QJsonValue>)
        return value.isUndefined() || value.isNull();
    else if constexpr (std::is_same_v<T, QDateTime>)
        return !value.isValid();
    else if constexpr (requires { value.has_value(); })
        return !value.has_value();
    else if constexpr (requires { value.isEmpty(); })
        return value.isEmpty();
    else
        return false;
}
template <class T>
bool isLocalId(const T &value)
{
    if constexpr (requires { value.isLocal(); })
        return value.isLocal();
    else
        return false;
}

/// Collects one operation's parameters.
class Encoder
{
public:
    explicit Encoder(const Op &op) : m_op(op) {}
    void add(Place place, const char *key, Need need, bool absent, bool localId, const QJsonValue &value);
    void addFile(const char *key, const FilePart &file);
    Result<Request> finish() const;

private:
    const Op &m_op;
    std::vector<std::pair<QByteArray, QByteArray>> m_path;
    QByteArray m_query;
    QByteArray m_form;
    QJsonObject m_body;
    std::vector<std::pair<QByteArray, QByteArray>> m_parts; ///< headers, value
    bool m_hasForm = false;
    std::optional<Error> m_error;
};

template <class Operation>
Result<Request> encode(const Operation &operation)
{
    Encoder encoder(Operation::op);
    const auto one = [&](const auto &param) {
        const auto &value = operation.*(param.member);
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, FilePart>)
            encoder.addFile(param.key, value);
        else
            encoder.add(param.place, param.key, param.need, isAbsent(value), isLocalId(value), json(value));
    };
    std::apply([&](const auto &...param) { (one(param), ...); }, Operation::params);
    auto request = encoder.finish();
    if (request)
        request->raw = std::is_same_v<typename Operation::Reply, Bytes>;
    return request;
}

// --- answers ---
/// Whole and valid JSON, or BadReply. Invalid UTF-8 is repaired once. Nothing at all gives Undefined, so that calls
/// whose answer says nothing may accept it.
Result<QJsonValue> parse(const QByteArray &bytes);
/// The object under the first of these keys, else the value itself.
QJsonValue unwrapped(const QJsonValue &value, std::span<const char *const> keys);

/// The error for an answer that lacks what it must have. what: a plain noun, "the message id".
Error badReply(const QString &what);
Result<Bytes> bytesOf(const QByteArray &bytes);

template <class Operation>
Result<typename Operation::Reply> decodeJson(const QByteArray &bytes)
{
    auto parsed = parse(bytes);
    if (!parsed)
        return fail(std::move(parsed.error()));
    if constexpr (requires { Operation::unwrap; })
        return Decode<typename Operation::Reply>::from(unwrapped(*parsed, Operation::unwrap));
    else
        return Decode<typename Operation::Reply>::from(*parsed);
}
template <class Operation>
Result<typename Operation::Reply> decode(const QByteArray &bytes)
{
    if constexpr (std::is_same_v<typename Operation::Reply, Bytes>)
        return bytesOf(bytes);
    else
        return decodeJson<Operation>(bytes);
}

/// Reads a list whose items may be spoilt: bad ones are skipped and counted; no list, or only bad items, is an error.
template <class T>
Result<QVector<T>> list(const QJsonValue &value, std::optional<T> (*read)(const QJsonObject &), int *skipped,
                        const QString &what)
{
    if (!value.isArray())
        return fail(badReply(what));
    const QJsonArray array = value.toArray();
    QVector<T> result;
    result.reserve(array.size());
    int bad = 0;
    for (const auto &item : array) {
        auto one = item.isObject() ? read(item.toObject()) : std::nullopt;
        if (one)
            result.append(std::move(*one));
        else
            ++bad;
    }
    if (skipped)
        *skipped = bad;
    if (result.isEmpty() && bad > 0)
        return fail(badReply(what));
    return result;
}

/// Everything but unreserved characters is encoded, the plus sign of phone numbers included.
QByteArray percent(const QString &text);

} // namespace wire
} // namespace outrigger::api
