// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/limiter.h"
#include "api/limitercore.h"
#include "support/waitfor.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <queue>
#include <random>
#include <vector>

using namespace outrigger;
using namespace outrigger::api;
using namespace outrigger::test;
using namespace std::chrono_literals;

namespace {

using Ms = std::chrono::milliseconds;
constexpr Ms t0 = 1'000'000ms;

LimiterCore::Headers official(int max, int remaining, int dailyRemaining = -1, int intervalMs = 10'000)
{
    LimiterCore::Headers h{{"X-RateLimit-Max", QByteArray::number(max)},
                           {"x-ratelimit-remaining", QByteArray::number(remaining)},
                           {"X-RATELIMIT-INTERVAL-MILLISECONDS", QByteArray::number(intervalMs)}};
    if (dailyRemaining >= 0) {
        h.emplace_back("x-ratelimit-limit-daily", "200000");
        h.emplace_back("x-ratelimit-daily-remaining", QByteArray::number(dailyRemaining));
        h.emplace_back("x-ratelimit-daily-reset", "81283000");
    }
    return h;
}

/// How many requests of a priority leave at this moment; each is answered at once.
int burst(LimiterCore &core, Priority priority, Ms now, int tries = 500)
{
    int left = 0;
    while (tries-- > 0 && core.wait(priority, now) == 0ms) {
        core.back(core.leave(priority, now), now);
        ++left;
    }
    return left;
}

/// HighLevel's bucket: at most `max` in any `interval`, by the time of arrival.
struct Bucket {
    int max = 100;
    Ms interval = 10s;
    std::deque<Ms> seen;
    int refused = 0;
    bool take(Ms now)
    {
        while (!seen.empty() && now - seen.front() >= interval)
            seen.pop_front();
        if (static_cast<int>(seen.size()) >= max) {
            ++refused;
            return false;
        }
        seen.push_back(now);
        return true;
    }
};

Task<void> enter(Limiter *limiter, Priority priority, std::vector<int> *order, int name)
{
    auto admission = limiter->admit(priority);
    const quint64 ticket = co_await admission;
    order->push_back(name);
    limiter->left(ticket);
}

} // namespace

class TestLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstNumbers_data()
    {
        QTest::addColumn<int>("priority");
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("again"); // ms, three seconds later
        QTest::newRow("clicks use everything") << int(Priority::Click) << 90 << 7000;
        QTest::newRow("outbox leaves 15 to clicks, and is lent them at the end") << int(Priority::Outbox) << 75 << 7000 - 1666;
        QTest::newRow("reconcile leaves 15 to clicks") << int(Priority::Reconcile) << 75 << 7000;
        QTest::newRow("visible leaves 15 to clicks") << int(Priority::Visible) << 75 << 7000;
        QTest::newRow("background at most 60") << int(Priority::Background) << 60 << 7000;
        QTest::newRow("prefetch at most 60") << int(Priority::Prefetch) << 60 << 7000;
    }

    void firstNumbers()
    {
        QFETCH(int, priority);
        QFETCH(int, left);
        QFETCH(int, again);
        LimiterCore core(1);
        QCOMPARE(burst(core, Priority(priority), t0), left);
        QCOMPARE(core.wait(Priority(priority), t0 + 3s), Ms(again));
        QCOMPARE(core.wait(Priority(priority), t0 + 10s), 0ms);
    }

    void backgroundFirstThenTheOthers()
    {
        LimiterCore core(1);
        QCOMPARE(burst(core, Priority::Background, t0), 60);
        QCOMPARE(burst(core, Priority::Prefetch, t0), 0);
        QCOMPARE(burst(core, Priority::Visible, t0), 15);
        QCOMPARE(burst(core, Priority::Click, t0), 15);
        QCOMPARE(core.used(t0), 90);
        QCOMPARE(core.used(t0 + 10s), 0);
    }

    void countsUntilAnIntervalAfterTheAnswer()
    {
        LimiterCore core(1);
        std::vector<quint64> tickets;
        for (int i = 0; i < 90; ++i)
            tickets.push_back(core.leave(Priority::Click, t0));
        QVERIFY(core.wait(Priority::Click, t0 + 30s) > 0ms); // not answered: still counted
        for (const auto ticket : tickets)
            core.back(ticket, t0 + 30s);
        QCOMPARE(core.wait(Priority::Click, t0 + 31s), 9000ms);
        QCOMPARE(core.wait(Priority::Click, t0 + 40s), 0ms);
        core.back(tickets.front(), t0 + 50s); // twice is once
        QCOMPARE(core.used(t0 + 50s), 0);
    }

    void remaining_data()
    {
        QTest::addColumn<int>("remaining");
        QTest::addColumn<bool>("click");
        QTest::addColumn<bool>("outbox");
        QTest::addColumn<bool>("visible");
        QTest::addColumn<bool>("background");
        QTest::newRow("20") << 20 << true << true << true << true;
        QTest::newRow("19") << 19 << true << true << true << false;
        QTest::newRow("5") << 5 << true << true << true << false;
        QTest::newRow("4") << 4 << true << true << false << false;
        QTest::newRow("1") << 1 << true << true << false << false;
        QTest::newRow("0") << 0 << false << false << false << false;
    }

    void remaining()
    {
        QFETCH(int, remaining);
        QFETCH(bool, click);
        QFETCH(bool, outbox);
        QFETCH(bool, visible);
        QFETCH(bool, background);
        LimiterCore core(1);
        core.learn(official(100, remaining), t0, 0);
        QCOMPARE(core.wait(Priority::Click, t0) == 0ms, click);
        QCOMPARE(core.wait(Priority::Outbox, t0) == 0ms, outbox);
        QCOMPARE(core.wait(Priority::Visible, t0) == 0ms, visible);
        QCOMPARE(core.wait(Priority::Background, t0) == 0ms, background);
        QCOMPARE(core.wait(Priority::Prefetch, t0) == 0ms, background);
        // The number is old after an interval.
        QCOMPARE(core.wait(Priority::Prefetch, t0 + 10s), 0ms);
    }

    void daily_data()
    {
        QTest::addColumn<int>("remaining");
        QTest::addColumn<int>("background");
        QTest::addColumn<bool>("visible");
        QTest::newRow("plenty") << 150'000 << 60 << true;
        QTest::newRow("just above 20 %") << 40'100 << 60 << true;
        QTest::newRow("below 20 %") << 39'999 << 15 << true;
        QTest::newRow("just above 5 %") << 10'100 << 15 << true;
        QTest::newRow("below 5 %") << 9'999 << 0 << false;
        QTest::newRow("none left") << 0 << 0 << false;
    }

    void daily()
    {
        QFETCH(int, remaining);
        QFETCH(int, background);
        QFETCH(bool, visible);
        LimiterCore core(1);
        core.learn(official(100, 99, remaining), t0, 0);
        QCOMPARE(core.dailyLimit(), 200'000);
        QCOMPARE(core.dailyRemaining(t0), remaining);
        QCOMPARE(core.wait(Priority::Click, t0), 0ms);
        QCOMPARE(core.wait(Priority::Outbox, t0), 0ms);
        QCOMPARE(core.wait(Priority::Visible, t0) == 0ms, visible);
        LimiterCore other(1);
        other.learn(official(100, 100, remaining), t0, 0);
        QCOMPARE(std::min(burst(other, Priority::Background, t0), 60), background);
        QCOMPARE(core.dailyRemaining(t0 + 23h), -1); // the day is over after 81,283 s
        QCOMPARE(core.wait(Priority::Visible, t0 + 23h), 0ms);
    }

    void headers_data()
    {
        QTest::addColumn<LimiterCore::Headers>("headers");
        QTest::addColumn<int>("allowed");
        QTest::addColumn<int>("interval");
        using H = LimiterCore::Headers;
        QTest::newRow("none") << H{} << 90 << 10'000;
        QTest::newRow("official") << official(100, 50) << 90 << 10'000;
        QTest::newRow("official, larger") << official(200, 50) << 180 << 10'000;
        QTest::newRow("official, other interval") << official(50, 50, -1, 5'000) << 45 << 5'000;
        QTest::newRow("per minute") << H{{"X-Rate-Limit-Limit", "100"},
                                         {"X-Rate-Limit-Remaining", "99"},
                                         {"X-Rate-Limit-Reset", "1780000000"}}
                                    << 90 << 60'000;
        QTest::newRow("both: the official one") << official(100, 50) + H{{"X-Rate-Limit-Limit", "10"}} << 90 << 10'000;
        QTest::newRow("limit of one") << official(1, 1) << 1 << 10'000;
        QTest::newRow("words") << H{{"x-ratelimit-max", "many"}, {"x-ratelimit-remaining", "some"}} << 90 << 10'000;
        QTest::newRow("zero") << H{{"x-ratelimit-max", "0"}} << 90 << 10'000;
        QTest::newRow("negative") << H{{"x-ratelimit-max", "-5"}, {"x-ratelimit-remaining", "-1"}} << 90 << 10'000;
        QTest::newRow("absurd") << H{{"x-ratelimit-max", "999999999999"}} << 90 << 10'000;
        QTest::newRow("not a number") << H{{"x-ratelimit-max", "nan"}, {"x-ratelimit-remaining", "inf"}} << 90
                                      << 10'000;
        QTest::newRow("absurd interval") << official(100, 50, -1, 1) << 90 << 10'000;
        QTest::newRow("more left than there is")
            << H{{"x-ratelimit-max", "100"}, {"x-ratelimit-remaining", "5000"}} << 90 << 10'000;
    }

    void headers()
    {
        QFETCH(LimiterCore::Headers, headers);
        QFETCH(int, allowed);
        QFETCH(int, interval);
        LimiterCore core(1);
        core.learn(headers, t0, 0);
        QCOMPARE(core.allowed(), allowed);
        QCOMPARE(core.interval(), Ms(interval));
        QCOMPARE(core.wait(Priority::Click, t0), 0ms);
        QCOMPARE(core.wait(Priority::Background, t0 + 70s), 0ms); // nothing of this may stop us for ever
    }

    void tooMany_data()
    {
        QTest::addColumn<int>("retryAfter");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("none: one interval and jitter") << -1 << 10'000 << 12'500;
        QTest::newRow("0 is 1 s") << 0 << 1'000 << 1'000;
        QTest::newRow("7 s") << 7'000 << 7'000 << 7'000;
        QTest::newRow("a day is an hour") << 86'400'000 << 3'600'000 << 3'600'000;
    }

    void tooMany()
    {
        QFETCH(int, retryAfter);
        QFETCH(int, least);
        QFETCH(int, most);
        for (quint32 seed = 1; seed < 200; ++seed) {
            LimiterCore core(seed);
            core.tooMany(retryAfter < 0 ? std::nullopt : std::optional(Ms(retryAfter)), t0);
            const Ms wait = core.wait(Priority::Click, t0);
            QVERIFY2(wait >= Ms(least) && wait <= Ms(most), qPrintable(QString::number(wait.count())));
            QCOMPARE(core.wait(Priority::Prefetch, t0), wait); // everything waits
            QCOMPARE(core.wait(Priority::Click, t0 + wait), 0ms);
        }
    }

    void refusalsInARowDoubleUpToAMinute()
    {
        LimiterCore core(1);
        Ms now = t0;
        const int floors[] = {10, 20, 40, 60, 60, 60};
        for (const int floor : floors) {
            core.tooMany(std::nullopt, now);
            core.tooMany(std::nullopt, now + 50ms); // its neighbours from the same burst change nothing
            const Ms wait = core.wait(Priority::Click, now);
            QVERIFY2(wait >= std::chrono::seconds(floor) && wait <= 60s, qPrintable(QString::number(wait.count())));
            now += wait;
        }
        now += 10min;
        core.tooMany(std::nullopt, now);
        QVERIFY(core.wait(Priority::Click, now) <= 12'500ms);
    }

    void backgroundIsHalvedAndGrowsSlowly()
    {
        LimiterCore core(1);
        QCOMPARE(core.backgroundShare(t0), 60);
        core.tooMany(1s, t0);
        QCOMPARE(core.backgroundShare(t0), 30);
        QCOMPARE(burst(core, Priority::Background, t0 + 1s), 30);
        core.tooMany(1s, t0 + 2s);
        QCOMPARE(core.backgroundShare(t0 + 3s), 15);
        core.wait(Priority::Click, t0 + 30s);
        const int later = core.backgroundShare(t0 + 30s);
        QVERIFY(later > 15 && later < 30);
        core.wait(Priority::Click, t0 + 10min);
        QCOMPARE(core.backgroundShare(t0 + 10min), 60);
        for (int i = 0; i < 20; ++i)
            core.tooMany(1s, t0 + 11min + std::chrono::seconds(i * 2));
        QVERIFY(core.backgroundShare(t0 + 12min) >= 1);
    }

    /// A greedy client against HighLevel's own bucket, with a network that delays each way by up to two seconds:
    /// no 429 of our own making, and clicks are not kept waiting by background work.
    void noRefusalOfOurOwn()
    {
        for (quint32 seed = 1; seed <= 4; ++seed) {
            std::mt19937 random(seed);
            LimiterCore core(seed);
            Bucket bucket;
            struct Event {
                Ms at;
                quint64 ticket;
                bool arrival;
                bool operator>(const Event &other) const { return at > other.at; }
            };
            std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
            Ms now = t0;
            Ms longestClick = 0ms;
            Ms clickSince = -1ms;
            int left = 0;
            const auto travel = [&] { return Ms(std::uniform_int_distribution<int>(1, 2000)(random)); };
            while (left < 2000) {
                while (!events.empty() && events.top().at <= now) {
                    const Event event = events.top();
                    events.pop();
                    if (event.arrival) {
                        if (!bucket.take(event.at))
                            core.tooMany(std::nullopt, now);
                        events.push({event.at + travel(), event.ticket, false});
                    } else {
                        core.back(event.ticket, now);
                        core.learn(official(100, 100 - static_cast<int>(bucket.seen.size())), now, 0);
                    }
                }
                if (clickSince < 0ms && random() % 100 == 0)
                    clickSince = now;
                if (clickSince >= 0ms && core.wait(Priority::Click, now) == 0ms) {
                    longestClick = std::max(longestClick, now - clickSince);
                    clickSince = -1ms;
                    events.push({now + travel(), core.leave(Priority::Click, now), true});
                    ++left;
                }
                for (const auto priority : {Priority::Visible, Priority::Background, Priority::Prefetch}) {
                    if (core.wait(priority, now) == 0ms) {
                        events.push({now + travel(), core.leave(priority, now), true});
                        ++left;
                    }
                }
                now += 20ms;
            }
            QCOMPARE(bucket.refused, 0);
            QVERIFY2(longestClick < 300ms, qPrintable(QString::number(longestClick.count())));
        }
    }

    /// What is kept for clicks is lent to a job while nobody clicks, and never so that a person would have to wait for it.
    void aJobUsesWhatNobodyElseWants()
    {
        LimiterCore core(1);
        Bucket bucket;
        bucket.max = 90; // our own number: never more than this in any interval
        int left = 0;
        int fewest = 90;
        Ms longest = 0ms;
        for (Ms now = t0; now < t0 + 70s; now += 10ms) {
            while (core.wait(Priority::Outbox, now) == 0ms) {
                core.back(core.leave(Priority::Outbox, now), now);
                QVERIFY(bucket.take(now));
                left += now >= t0 + 10s ? 1 : 0;
            }
            LimiterCore there = core; // what a person who comes back at this moment would find
            fewest = std::min(fewest, burst(there, Priority::Click, now));
            LimiterCore whole = core;
            Ms then = now;
            for (int clicks = 0; clicks < 15; then += 10ms)
                clicks += burst(whole, Priority::Click, then, 15 - clicks);
            longest = std::max(longest, then - now);
        }
        QVERIFY2(left >= int(0.95 * 90 * 6), qPrintable(QString::number(left)));
        QVERIFY2(fewest >= 2, qPrintable(QString::number(fewest)));
        QVERIFY2(longest <= 1800ms, qPrintable(QString::number(longest.count())));
    }

    void whoClicksHasTheReserveBack()
    {
        LimiterCore core(1);
        core.back(core.leave(Priority::Click, t0), t0);
        int most = 0;
        for (Ms now = t0; now < t0 + 55s; now += 50ms) {
            burst(core, Priority::Outbox, now);
            most = std::max(most, core.used(now));
        }
        QCOMPARE(most, 75); // 15 stay free for the next click
        for (Ms now = t0 + 55s; now < t0 + 80s; now += 50ms) {
            burst(core, Priority::Outbox, now);
            most = std::max(most, core.used(now));
        }
        QCOMPARE(most, 88); // a minute later nobody seems to be there
    }

    void nothingIsLentWhereSomebodyElseUsesTheBudget()
    {
        LimiterCore core(1);
        int most = 0;
        for (Ms now = t0; now < t0 + 30s; now += 50ms) {
            if (core.used(now) > 0)
                core.learn(official(100, std::max(0, 100 - core.used(now) - 12)), now, 0); // another program takes twelve
            burst(core, Priority::Outbox, now);
            most = std::max(most, core.used(now));
        }
        QCOMPARE(most, 75);
    }

    void orderOfThoseWhoWait()
    {
        Limiter limiter;
        std::vector<int> order;
        limiter.tooMany(1s);
        QVERIFY(limiter.pausedUntil().isValid());
        std::vector<Task<void>> tasks;
        const Priority asked[] = {Priority::Prefetch,  Priority::Background, Priority::Outbox, Priority::Click,
                                  Priority::Reconcile, Priority::Visible,    Priority::Click};
        for (int i = 0; i < 7; ++i)
            tasks.push_back(enter(&limiter, asked[i], &order, i));
        tasks[5].cancel(); // somebody who went away is passed over, and not counted
        QSignalSpy spy(&limiter, &Limiter::pausedChanged);
        QTRY_COMPARE_WITH_TIMEOUT(order.size(), std::size_t(6), 5000);
        QCOMPARE(order, (std::vector<int>{3, 6, 2, 4, 1, 0}));
        QCOMPARE(limiter.usedInInterval(), 6);
        QTRY_COMPARE(spy.size(), 1);
        QVERIFY(!limiter.pausedUntil().isValid());
    }

    void limiterDiesWhileSomebodyWaits()
    {
        auto limiter = std::make_unique<Limiter>();
        limiter->tooMany(1h);
        std::vector<int> order;
        auto task = enter(limiter.get(), Priority::Click, &order, 1);
        limiter.reset();
        QVERIFY(!task.done());
    }

    void learnsThroughTheShell()
    {
        FakeClock clock;
        Limiter limiter(clock);
        limiter.learn(official(50, 50, 1000, 5000));
        QCOMPARE(limiter.allowedPerInterval(), 45);
        QCOMPARE(limiter.interval(), 5000ms);
        QCOMPARE(limiter.dailyLimit(), 200'000);
        QCOMPARE(limiter.dailyRemaining(), 1000);
        limiter.tooMany(30s);
        QCOMPARE(limiter.pausedUntil(), clock.now().addSecs(30));
        clock.advance(31s);
        QVERIFY(!limiter.pausedUntil().isValid());
    }
};

QTEST_GUILESS_MAIN(TestLimiter)
#include "tst_limiter.moc"
