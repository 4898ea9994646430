// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/http.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace outrigger::practice
{

/// One way of going wrong, armed from the control panel.
struct Fault {
    int id = 0;
    QString method; ///< empty: any
    QString path;   ///< glob; empty: any
    QString kind;   ///< see Faults::kinds()
    int count = 1;  ///< how often; -1: until taken away
    int skip = 0;   ///< matching requests to let pass before
    int hits = 0;
    bool apply = false; ///< whether the effect happens
    int milliseconds = 0;
    int status = 500;
    QByteArray body;
    QString text;     ///< of rewrite; address of redirect
    qint64 bytes = 0; ///< of huge
    int chunk = 1;    ///< bytes at a time of trickle
    QList<http::Header> headers;
    QString contentType;
};

class Faults
{
public:
    static QStringList kinds();
    /// Reads {match: {method, path} | "METHOD /glob", kind, count, skip, apply, ms, status, body, text, bytes,
    /// headers}. nullopt and a sentence when it is wrong.
    std::optional<int> add(const QJsonObject &description, QString *why);
    bool remove(int id);
    void clear() { m_faults.clear(); }
    /// The first armed fault that fits; counts it.
    std::optional<Fault> take(const http::Request &request);
    const std::vector<Fault> &all() const { return m_faults; }

private:
    std::vector<Fault> m_faults;
    int m_last = 0;
};

/// The same answer with its types mixed up: texts become numbers, numbers texts, lists objects, objects null.
QByteArray wrongTypes(const QByteArray &json);

} // namespace outrigger::practice
