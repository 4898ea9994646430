// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>
#include <cmath>

namespace outrigger::json {

QJsonValue first(const QJsonObject &object, std::initializer_list<QStringView> keys)
{
    for (const auto key : keys) {
        const QJsonValue value = object.value(key);
        if (!value.isUndefined() && !value.isNull())
            return value;
    }
    return QJsonValue(QJsonValue::Undefined);
}

QString text(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Bool:
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case QJsonValue::Double: {
        const double number = value.toDouble();
        if (std::floor(number) == number && std::abs(number) < 9e15)
            return QString::number(static_cast<qint64>(number));
        return QString::number(number, 'g', 15);
    }
    default:
        return {};
    }
}

std::optional<double> number(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    if (value.isString()) {
        bool ok = false;
        const double result = value.toString().trimmed().toDouble(&ok);
        if (ok && std::isfinite(result))
            return result;
    }
    return std::nullopt;
}

std::optional<qint64> integer(const QJsonValue &value)
{
    if (value.isString()) {
        bool ok = false;
        const qint64 result = value.toString().trimmed().toLongLong(&ok);
        if (ok)
            return result;
    }
    const auto real = number(value);
    if (!real || std::abs(*real) > 9.2e18)
        return std::nullopt;
    return static_cast<qint64>(*real);
}

std::optional<bool> boolean(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool();
    if (value.isDouble())
        return value.toDouble() != 0.0;
    if (value.isString()) {
        const QString word = value.toString().trimmed().toLower();
        if (word == QLatin1String("true") || word == QLatin1String("1") || word == QLatin1String("yes"))
            return true;
        if (word == QLatin1String("false") || word == QLatin1String("0") || word == QLatin1String("no"))
            return false;
    }
    return std::nullopt;
}

QStringList texts(const QJsonValue &value, bool splitCommas)
{
    QStringList result;
    const auto add = [&result](const QString &item) {
        if (!item.trimmed().isEmpty())
            result.append(item);
    };
    if (value.isArray()) {
        const auto array = value.toArray();
        result.reserve(array.size());
        for (const auto &item : array)
            add(text(item));
    } else if (splitCommas && value.isString()) {
        const auto parts = value.toString().split(QLatin1Char(','));
        for (const auto &part : parts)
            add(part.trimmed());
    } else {
        add(text(value));
    }
    return result;
}

namespace {

/// Digits at a place of a text that is known to be long enough; -1 when one of them is no digit.
int digitsAt(const QString &t, int position, int count)
{
    int value = 0;
    for (int i = position; i < position + count; ++i) {
        const ushort c = t.at(i).unicode();
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// "2024-10-28T10:00:00.123Z" by hand: Qt's parser needs several microseconds a date and a first sync has millions.
QDateTime plainUtc(const QString &t)
{
    const auto size = t.size();
    if (size < 20 || t.at(size - 1) != QLatin1Char('Z') || t.at(4) != QLatin1Char('-') || t.at(10) != QLatin1Char('T')
        || (size != 20 && size != 24))
        return {};
    const int year = digitsAt(t, 0, 4), month = digitsAt(t, 5, 2), day = digitsAt(t, 8, 2);
    const int hour = digitsAt(t, 11, 2), minute = digitsAt(t, 14, 2), second = digitsAt(t, 17, 2);
    const int millisecond = size == 24 ? digitsAt(t, 20, 3) : 0;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59
        || second < 0 || second > 59 || millisecond < 0)
        return {};
    const QDate date(year, month, day);
    if (!date.isValid())
        return {};
    const qint64 seconds = (date.toJulianDay() - 2440588) * 86400 + hour * 3600 + minute * 60 + second;
    return QDateTime::fromMSecsSinceEpoch(seconds * 1000 + millisecond, Qt::UTC);
}

QDateTime fromEpoch(double value)
{
    if (!(value > 0) || value > 9e15)
        return {};
    const double milliseconds = value > 1e11 ? value : value * 1000;
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(milliseconds), Qt::UTC);
}

} // namespace

QDateTime date(const QJsonValue &value, const QTimeZone &naiveZone)
{
    if (value.isDouble())
        return fromEpoch(value.toDouble());
    if (!value.isString())
        return {};
    const QString t = value.toString().trimmed();
    if (const auto quick = plainUtc(t); quick.isValid())
        return quick;
    bool ok = false;
    const double epoch = t.toDouble(&ok);
    if (ok)
        return fromEpoch(epoch);
    QString iso = t;
    if (iso.size() > 10 && iso.at(10) == QLatin1Char(' '))
        iso[10] = QLatin1Char('T');
    QDateTime parsed = QDateTime::fromString(iso, Qt::ISODateWithMs);
    if (!parsed.isValid())
        return {};
    if (parsed.timeSpec() == Qt::LocalTime)
        parsed = QDateTime(parsed.date(), parsed.time(), naiveZone.isValid() ? naiveZone : QTimeZone::utc());
    return parsed.toUTC();
}

QByteArray repairUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(bytes);
    return decoded.toUtf8();
}

QByteArray canonical(const QJsonObject &object)
{
    // QJsonObject keeps its keys sorted, at every level.
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace outrigger::json
