// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/ratelimit.h"

#include <QDateTime>

#include <algorithm>

namespace outrigger::practice
{

namespace
{
constexpr qint64 dayMs = 24LL * 3600 * 1000;
}

RateLimit::RateLimit(Rate rate, Dialect dialect) : m_rate(rate), m_dialect(dialect)
{
    m_time.start();
}

qint64 RateLimit::limit() const
{
    return m_rate == Rate::Off ? 1'000'000 : 100;
}

qint64 RateLimit::window() const
{
    return m_rate == Rate::Seed ? 60'000 : 10'000;
}

qint64 RateLimit::daily() const
{
    return m_rate == Rate::Off ? 1'000'000'000 : 200'000;
}

bool RateLimit::take(const QString &key)
{
    const qint64 now = m_time.elapsed();
    if (!m_buckets.contains(key))
        m_buckets.insert(key, {now, now, 0, 0});
    Bucket &bucket = m_buckets[key];
    if (now - bucket.windowStart >= window()) {
        bucket.windowStart = now;
        bucket.used = 0;
    }
    if (now - bucket.dayStart >= dayMs) {
        bucket.dayStart = now;
        bucket.usedToday = 0;
    }
    ++bucket.used;
    ++bucket.usedToday;
    return bucket.used <= limit() && (m_rate == Rate::Seed || bucket.usedToday <= daily());
}

QList<http::Header> RateLimit::headers(const QString &key) const
{
    const Bucket bucket = m_buckets.value(key);
    const qint64 now = m_time.elapsed();
    const qint64 left = std::max<qint64>(0, limit() - bucket.used);
    QList<http::Header> result;
    const auto add = [&](const char *name, qint64 number) { result.append({name, QByteArray::number(number)}); };
    const bool seedWords = m_dialect == Dialect::Seed || (m_dialect == Dialect::Both && m_rate == Rate::Seed);
    if (m_dialect != Dialect::Seed && !(m_dialect == Dialect::Both && m_rate == Rate::Seed)) {
        add("x-ratelimit-max", limit());
        add("x-ratelimit-remaining", left);
        add("x-ratelimit-interval-milliseconds", window());
        add("x-ratelimit-limit-daily", daily());
        add("x-ratelimit-daily-remaining", std::max<qint64>(0, daily() - bucket.usedToday));
        add("x-ratelimit-daily-reset", dayMs - (now - bucket.dayStart));
    }
    if (seedWords) {
        add("X-Rate-Limit-Limit", limit());
        add("X-Rate-Limit-Remaining", left);
        add("X-Rate-Limit-Reset",
            (QDateTime::currentMSecsSinceEpoch() + bucket.windowStart + window() - now + 999) / 1000);
    }
    return result;
}

} // namespace outrigger::practice
