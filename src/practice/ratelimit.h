// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/http.h"
#include "practice/options.h"

#include <QElapsedTimer>
#include <QHash>

namespace outrigger::practice
{

/// Counts requests for each app and location. spec: 100 in 10 seconds and 200,000 a day; seed: 100 a minute.
/// Runs on real time: a client waits in real time.
class RateLimit
{
public:
    RateLimit(Rate rate, Dialect dialect);
    /// Counts one request. False: refuse it with 429.
    bool take(const QString &key);
    /// What the last take() for this key leaves, as headers of the dialect.
    QList<http::Header> headers(const QString &key) const;
    void setRate(Rate rate) { m_rate = rate; }

private:
    struct Bucket {
        qint64 windowStart = 0;
        qint64 dayStart = 0;
        qint64 used = 0;
        qint64 usedToday = 0;
    };
    qint64 limit() const;
    qint64 window() const;
    qint64 daily() const;

    Rate m_rate;
    Dialect m_dialect;
    QElapsedTimer m_time;
    QHash<QString, Bucket> m_buckets;
};

} // namespace outrigger::practice
