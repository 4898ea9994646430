// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/jsonout.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <chrono>
#include <cstdio>

namespace outrigger::practice
{

void JsonOut::comma()
{
    if (m_needComma)
        m_bytes += ',';
    m_needComma = true;
}

JsonOut &JsonOut::start(char c)
{
    comma();
    m_bytes += c;
    m_needComma = false;
    return *this;
}

JsonOut &JsonOut::stop(char c)
{
    m_bytes += c;
    m_needComma = true;
    return *this;
}

JsonOut &JsonOut::raw(const QByteArray &bytes)
{
    comma();
    m_bytes += bytes;
    return *this;
}

JsonOut &JsonOut::key(const char *name)
{
    comma();
    m_bytes += '"';
    m_bytes += name;
    m_bytes += "\":";
    m_needComma = false;
    return *this;
}

JsonOut &JsonOut::key(const QString &name)
{
    comma();
    quoted(name);
    m_bytes += ':';
    m_needComma = false;
    return *this;
}

JsonOut &JsonOut::value(const QString &text)
{
    comma();
    quoted(text);
    return *this;
}

void JsonOut::quoted(const QString &text)
{
    m_bytes += '"';
    const QByteArray utf8 = text.toUtf8();
    const char *from = utf8.constData();
    const char *const last = from + utf8.size();
    for (const char *at = from; at != last; ++at) {
        const auto c = static_cast<unsigned char>(*at);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        m_bytes.append(from, at - from);
        from = at + 1;
        switch (c) {
        case '"':
            m_bytes += "\\\"";
            break;
        case '\\':
            m_bytes += "\\\\";
            break;
        case '\n':
            m_bytes += "\\n";
            break;
        case '\r':
            m_bytes += "\\r";
            break;
        case '\t':
            m_bytes += "\\t";
            break;
        default: {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", c);
            m_bytes += escape;
        }
        }
    }
    m_bytes.append(from, last - from);
    m_bytes += '"';
}

JsonOut &JsonOut::value(const QStringList &texts)
{
    list();
    for (const QString &text : texts)
        value(text);
    return endList();
}

JsonOut &JsonOut::value(const QJsonValue &json)
{
    switch (json.type()) {
    case QJsonValue::Object:
        return raw(QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Array:
        return raw(QJsonDocument(json.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::String:
        return value(json.toString());
    case QJsonValue::Bool:
        return value(json.toBool());
    case QJsonValue::Double:
        return value(json.toDouble());
    default:
        return null();
    }
}

QString isoDate(qint64 milliseconds)
{
    using namespace std::chrono;
    const sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(milliseconds)};
    const auto day = floor<days>(at);
    const year_month_day date(day);
    const auto time = (at - day).count();
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time / 3'600'000), static_cast<int>(time / 60'000 % 60),
                  static_cast<int>(time / 1000 % 60), static_cast<int>(time % 1000));
    return QString::fromLatin1(text);
}

} // namespace outrigger::practice
