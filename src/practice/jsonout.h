// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace outrigger::practice
{

/// Writes JSON straight into bytes: pages of 500 contacts must cost a few milliseconds, and a QJsonObject per contact
/// costs more than everything else together.
class JsonOut
{
public:
    JsonOut &object() { return start('{'); }
    JsonOut &end() { return stop('}'); }
    JsonOut &list() { return start('['); }
    JsonOut &endList() { return stop(']'); }
    JsonOut &key(const char *name);
    JsonOut &key(const QString &name);
    JsonOut &value(const QString &text);
    JsonOut &value(const char *text) { return raw(QByteArray("\"") + text + '"'); }
    JsonOut &value(qint64 number) { return raw(QByteArray::number(number)); }
    JsonOut &value(int number) { return raw(QByteArray::number(number)); }
    JsonOut &value(double number) { return raw(QByteArray::number(number, 'g', 15)); }
    JsonOut &value(bool yes) { return raw(yes ? "true" : "false"); }
    JsonOut &value(const QStringList &texts);
    JsonOut &value(const QJsonValue &json);
    JsonOut &null() { return raw("null"); }
    template <class T>
    JsonOut &field(const char *name, const T &content)
    {
        return key(name).value(content);
    }
    /// Nothing at all when the text is empty.
    JsonOut &fieldIf(const char *name, const QString &text) { return text.isEmpty() ? *this : key(name).value(text); }
    QByteArray take() { return std::move(m_bytes); }
    void reserve(qsizetype size) { m_bytes.reserve(size); }

private:
    JsonOut &start(char c);
    JsonOut &stop(char c);
    JsonOut &raw(const QByteArray &bytes);
    void quoted(const QString &text);
    void comma();
    QByteArray m_bytes;
    bool m_needComma = false;
};

/// "2026-06-19T08:15:30.123Z"
QString isoDate(qint64 milliseconds);

} // namespace outrigger::practice
