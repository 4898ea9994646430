// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/faults.h"

#include "practice/ledger.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace outrigger::practice
{

namespace
{

QJsonValue mangled(const QJsonValue &value, int depth)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().size();
    case QJsonValue::Double:
        return QStringLiteral("n/a");
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("yes") : QStringLiteral("no");
    case QJsonValue::Array: {
        if (depth > 1)
            return QJsonObject{{QStringLiteral("0"), QJsonValue()}};
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const auto &item : array)
            result.append(mangled(item, depth + 1));
        return result;
    }
    case QJsonValue::Object: {
        QJsonObject result;
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            result.insert(it.key(), mangled(it.value(), depth + 1));
        return result;
    }
    default:
        return QStringLiteral("null");
    }
}

} // namespace

QStringList Faults::kinds()
{
    return QStringLiteral(
               "no-answer close-before close-after reset cut-body html-200 redirect status delay late-effect "
               "trickle garbage huge wrong-type rewrite")
        .split(u' ');
}

std::optional<int> Faults::add(const QJsonObject &d, QString *why)
{
    Fault fault;
    const QJsonValue match = d[u"match"];
    if (match.isObject()) {
        fault.method = match[u"method"].toString().toUpper();
        fault.path = match[u"path"].toString();
    } else {
        const QStringList words = match.toString().split(u' ', Qt::SkipEmptyParts);
        fault.path = words.isEmpty() ? QString() : words.last();
        fault.method = words.size() > 1 ? words.first().toUpper() : QString();
    }
    if (fault.method == u"*")
        fault.method.clear();
    fault.kind = d[u"kind"].toString();
    if (!kinds().contains(fault.kind)) {
        *why = QStringLiteral("kind must be one of: ") + kinds().join(u", ");
        return std::nullopt;
    }
    fault.count = d[u"count"].toInt(1);
    fault.skip = d[u"skip"].toInt(0);
    // What happens without a word about it is what the name says.
    const QStringList applied{QStringLiteral("no-answer"),  QStringLiteral("close-after"), QStringLiteral("cut-body"),
                              QStringLiteral("delay"),      QStringLiteral("late-effect"), QStringLiteral("trickle"),
                              QStringLiteral("wrong-type"), QStringLiteral("rewrite")};
    fault.apply = d[u"apply"].toBool(applied.contains(fault.kind));
    fault.milliseconds = d[u"ms"].toInt(fault.kind == u"trickle" ? 20 : 1000);
    fault.status = d[u"status"].toInt(500);
    fault.body = d[u"body"].isObject() ? QJsonDocument(d[u"body"].toObject()).toJson(QJsonDocument::Compact)
                                       : d[u"body"].toString().toUtf8();
    fault.text = d[u"text"].toString();
    fault.bytes = d[u"bytes"].toInteger(64LL * 1024 * 1024);
    fault.chunk = std::max(1, d[u"chunk"].toInt(1));
    fault.contentType = d[u"contentType"].toString();
    const QJsonObject headers = d[u"headers"].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        fault.headers.append({it.key().toLatin1(), it->toString().toLatin1()});
    fault.id = ++m_last;
    m_faults.push_back(fault);
    return fault.id;
}

bool Faults::remove(int id)
{
    return std::erase_if(m_faults, [id](const Fault &f) { return f.id == id; }) > 0;
}

std::optional<Fault> Faults::take(const http::Request &request)
{
    for (Fault &fault : m_faults) {
        if (fault.count == 0 || (!fault.method.isEmpty() && fault.method != QString::fromLatin1(request.method)) ||
            !globMatches(fault.path, request.path))
            continue;
        if (fault.skip > 0) {
            --fault.skip;
            continue;
        }
        if (fault.count > 0)
            --fault.count;
        ++fault.hits;
        return fault;
    }
    return std::nullopt;
}

QByteArray wrongTypes(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return json;
    return QJsonDocument(mangled(QJsonValue(document.object()), 0).toObject()).toJson(QJsonDocument::Compact);
}

} // namespace outrigger::practice
