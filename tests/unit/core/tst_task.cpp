// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/await.h"
#include "core/latch.h"
#include "core/result.h"
#include "support/waitfor.h"

#include <QTest>

#include <memory>

using namespace outrigger;
using namespace std::chrono_literals;

namespace {

struct Trace {
    int *alive;
    explicit Trace(int *count) : alive(count) { ++*alive; }
    Trace(const Trace &) = delete;
    Trace &operator=(const Trace &) = delete;
    ~Trace() { --*alive; }
};

Task<Result<int>> immediate(int value)
{
    if (value < 0)
        co_return fail(ErrorKind::Usage, QStringLiteral("negative"));
    co_return value;
}

Task<Result<int>> sum(int count)
{
    int total = 0;
    for (int i = 0; i < count; ++i) {
        auto part = immediate(i);
        auto value = co_await part;
        total += *value;
    }
    co_return total;
}

Task<int> afterDelay(int value, int *alive)
{
    Trace trace(alive);
    Delay pause(1ms);
    co_await pause;
    co_return value;
}

Task<int> nested(int *alive)
{
    Trace trace(alive);
    auto inner = afterDelay(7, alive);
    co_return co_await inner;
}

Task<void> waitOn(Bell *bell, int *woken, int *alive)
{
    Trace trace(alive);
    auto rung = bell->next();
    co_await rung;
    ++*woken;
}

Task<void> waitOn(Latch *latch, int *woken, int *alive)
{
    Trace trace(alive);
    auto opened = latch->opened();
    co_await opened;
    ++*woken;
}

Task<int> endlessly(int *alive)
{
    Trace trace(alive);
    Bell never;
    auto rung = never.next();
    co_await rung;
    co_return 0;
}

Task<void> onSignal(QTimer *timer, int *fired, int *alive)
{
    Trace trace(alive);
    OnSignal signal(timer, &QTimer::timeout);
    co_await signal;
    ++*fired;
}

struct Owner : QObject {
    TaskScope scope;
    int runs = 0;
    Task<void> loop(int *alive)
    {
        Trace trace(alive);
        for (;;) {
            Delay pause(1ms);
            co_await pause;
            ++runs;
        }
    }
};

struct Renewal {
    SingleFlight<int> flight;
    int calls = 0;
    Task<int> work()
    {
        const int number = ++calls;
        Delay pause(5ms);
        co_await pause;
        co_return number;
    }
    Task<void> ask(int *answer)
    {
        auto joined = flight.join([this] { return work(); });
        *answer = co_await joined;
    }
};

} // namespace

class TestTask : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void valuesAndErrorsComeBack()
    {
        QCOMPARE(*test::await(immediate(4)), 4);
        QCOMPARE(test::await(immediate(-1)).error().kind, ErrorKind::Usage);
        QCOMPARE(*test::await(sum(1000)), 499500);
    }
    void aTaskThatWaitsResumes()
    {
        int alive = 0;
        QCOMPARE(test::await(nested(&alive)), 7);
        QCOMPARE(alive, 0);
    }
    void destroyingATaskDestroysEverythingItHolds()
    {
        int alive = 0;
        {
            auto task = nested(&alive);
            QCOMPARE(alive, 2);
        }
        QCOMPARE(alive, 0);
        QTest::qWait(5); // the timer that is gone must not resume it
    }
    void assigningATaskCancelsTheOlderOne()
    {
        int alive = 0;
        Task<int> latest = afterDelay(1, &alive);
        latest = afterDelay(2, &alive);
        QCOMPARE(alive, 1);
        QCOMPARE(test::await(std::move(latest)), 2);
    }
    void aDeadOwnerTakesItsTasksWithIt()
    {
        int alive = 0;
        auto owner = std::make_unique<Owner>();
        owner->scope.start(owner->loop(&alive));
        QTRY_VERIFY(owner->runs > 2);
        owner.reset();
        QCOMPARE(alive, 0);
    }
    void aBellWakesAllWhoWaitAndForgetsTheDead()
    {
        Bell bell;
        int woken = 0;
        int alive = 0;
        auto first = waitOn(&bell, &woken, &alive);
        auto second = waitOn(&bell, &woken, &alive);
        {
            auto third = waitOn(&bell, &woken, &alive);
        }
        bell.ring();
        QCOMPARE(woken, 2);
        QCOMPARE(alive, 0);
        bell.ring();
        QCOMPARE(woken, 2);
    }
    void aLatchIsNotMissedByThoseWhoComeLate()
    {
        Latch latch;
        int woken = 0;
        int alive = 0;
        auto early = waitOn(&latch, &woken, &alive);
        QCOMPARE(woken, 0);
        latch.open();
        latch.open();
        QCOMPARE(woken, 1);
        auto late = waitOn(&latch, &woken, &alive);
        QCOMPARE(woken, 2);
        QCOMPARE(alive, 0);
    }
    void workIsCancelledWhenALatchOpens()
    {
        const auto latch = std::make_shared<Latch>();
        int alive = 0;
        auto quick = unlessOpened(afterDelay(4, &alive), latch);
        QVERIFY(test::ended(quick));
        QCOMPARE(quick.take(), std::optional<int>(4));
        QCOMPARE(alive, 0);
        auto endless = unlessOpened(endlessly(&alive), latch);
        QCOMPARE(alive, 1);
        latch->open();
        QVERIFY(test::ended(endless));
        QCOMPARE(endless.take(), std::optional<int>());
        QCOMPARE(alive, 0);
        auto tooLate = unlessOpened(endlessly(&alive), latch);
        QVERIFY(test::ended(tooLate));
        QCOMPARE(alive, 0);
    }
    void aSignalIsAwaitedOnce()
    {
        QTimer timer;
        timer.setInterval(1);
        timer.start();
        int fired = 0;
        int alive = 0;
        auto task = onSignal(&timer, &fired, &alive);
        QVERIFY(test::ended(task));
        QCOMPARE(fired, 1);
        QCOMPARE(alive, 0);
    }
    void aResolverAfterDeathDoesNothing()
    {
        std::optional<Resolver<int>> resolver;
        {
            Deferred<int> deferred;
            resolver.emplace(deferred.resolver());
        }
        (*resolver)(5);
        (*resolver)(6);
    }
    void oneFlightServesAllWhoAskMeanwhile()
    {
        Renewal renewal;
        std::vector<int> answers(40, 0);
        TaskScope scope;
        for (auto &answer : answers)
            scope.start(renewal.ask(&answer));
        QTRY_COMPARE(scope.active(), std::size_t(0));
        QCOMPARE(renewal.calls, 1);
        for (const int answer : answers)
            QCOMPARE(answer, 1);
        int later = 0;
        scope.start(renewal.ask(&later));
        QTRY_COMPARE(later, 2);
    }
    void aFlightGoesOnWhenItsFirstAskerLeaves()
    {
        Renewal renewal;
        int left = 0;
        int stayed = 0;
        auto first = std::make_unique<TaskScope>();
        TaskScope second;
        first->start(renewal.ask(&left));
        second.start(renewal.ask(&stayed));
        first.reset();
        QTRY_COMPARE(stayed, 1);
        QCOMPARE(left, 0);
    }
};

QTEST_GUILESS_MAIN(TestTask)
#include "tst_task.moc"
