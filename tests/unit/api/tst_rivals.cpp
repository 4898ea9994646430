// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/limitercore.h"

#include <QTest>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <vector>

using namespace outrigger::api;
using namespace std::chrono_literals;

namespace {

using Ms = std::chrono::milliseconds;
constexpr Ms start = 1'000'000ms;

/// HighLevel's count of what everybody asks for. It does not say whether it counts in windows or in the last ten seconds.
class Budget
{
public:
    enum Kind { Windows, LastSeconds };
    explicit Budget(Kind kind) : m_kind(kind) {}
    bool take(Ms now)
    {
        expire(now);
        if (m_kind == Windows && m_seen.empty())
            m_began = now;
        m_seen.push_back(now);
        if (m_seen.size() <= 100)
            return true;
        if (m_kind == LastSeconds)
            m_seen.pop_back();
        return false;
    }
    int remaining(Ms now)
    {
        expire(now);
        return std::max(0, 100 - static_cast<int>(m_seen.size()));
    }

private:
    void expire(Ms now)
    {
        if (m_kind == Windows && now - m_began >= 10s)
            m_seen.clear();
        while (m_kind == LastSeconds && !m_seen.empty() && now - m_seen.front() >= 10s)
            m_seen.pop_front();
    }
    Kind m_kind;
    Ms m_began{0};
    std::deque<Ms> m_seen;
};

/// Programs, a network that takes its time each way, and the budget that they share.
class Street
{
public:
    Street(Budget::Kind kind, int programs, quint32 seed) : m_budget(kind), m_random(seed)
    {
        for (int i = 0; i < programs; ++i)
            m_programs.push_back(std::make_unique<Program>(seed * 10 + static_cast<quint32>(i)));
    }

    struct Program {
        explicit Program(quint32 seed) : core(seed) {}
        LimiterCore core;
        int sent = 0;
        int taken = 0;
        int refused = 0;
        Ms nextClick = start;
        Ms wakes = start; ///< when there may be something to do
        std::vector<Ms> clicks; ///< how long each one waited to leave
    };

    /// perSecond: of somebody who listens to nobody, at an even pace.
    void live(Ms length, double perSecond = 0)
    {
        const Ms end = m_now + length;
        double owed = 0;
        for (; m_now < end; m_now += 5ms) {
            for (auto due = m_later.begin(); due != m_later.end() && due->first <= m_now; due = m_later.erase(due))
                due->second();
            for (owed += perSecond / 200; owed >= 1; owed -= 1)
                m_budget.take(m_now);
            std::shuffle(m_programs.begin(), m_programs.end(), m_random);
            for (const auto &program : m_programs) {
                if (m_now >= program->wakes)
                    press(*program);
            }
        }
    }
    std::vector<Priority> asks{Priority::Outbox, Priority::Reconcile, Priority::Visible, Priority::Background, Priority::Prefetch};
    const std::vector<std::unique_ptr<Program>> &programs() const { return m_programs; }
    int sum(int Program::*what) const
    {
        int result = 0;
        for (const auto &program : m_programs)
            result += (*program).*what;
        return result;
    }
    Ms click(int percent) const
    {
        std::vector<Ms> all;
        for (const auto &program : m_programs)
            all.insert(all.end(), program->clicks.begin(), program->clicks.end());
        std::sort(all.begin(), all.end());
        return all.at((all.size() - 1) * static_cast<std::size_t>(percent) / 100);
    }

private:
    int between(int from, int to) { return std::uniform_int_distribution<int>(from, to)(m_random); }
    void press(Program &program)
    {
        program.wakes = std::max(program.nextClick, m_now);
        if (m_now >= program.nextClick) {
            if (const Ms wait = program.core.wait(Priority::Click, m_now); wait > 0ms) {
                program.wakes = m_now + wait;
            } else {
                program.clicks.push_back(m_now - program.nextClick);
                program.nextClick = program.wakes = m_now + Ms(between(200, 12'200));
                send(program, Priority::Click);
            }
        }
        for (const auto priority : asks) {
            Ms wait = program.core.wait(priority, m_now);
            for (; wait == 0ms; wait = program.core.wait(priority, m_now))
                send(program, priority);
            program.wakes = std::min(program.wakes, m_now + wait);
        }
    }
    void send(Program &program, Priority priority)
    {
        const quint64 ticket = program.core.leave(priority, m_now);
        ++program.sent;
        m_later.emplace(m_now + Ms(between(2, 60)), [this, &program, ticket] {
            const bool taken = m_budget.take(m_now);
            const int remaining = m_budget.remaining(m_now);
            m_later.emplace(m_now + Ms(between(2, 90)), [this, &program, ticket, taken, remaining] {
                program.wakes = m_now;
                program.core.back(ticket, m_now);
                program.core.learn({{"x-ratelimit-max", "100"},
                                    {"x-ratelimit-remaining", QByteArray::number(remaining)},
                                    {"x-ratelimit-interval-milliseconds", "10000"}},
                                   m_now, 0);
                ++(taken ? program.taken : program.refused);
                if (!taken)
                    program.core.tooMany(std::nullopt, m_now);
            });
        });
    }

    Ms m_now = start;
    Budget m_budget;
    std::mt19937 m_random;
    std::vector<std::unique_ptr<Program>> m_programs;
    std::multimap<Ms, std::function<void()>> m_later;
};

} // namespace

class TestRivals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pressTogether_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("programs");
        QTest::addColumn<double>("rival"); ///< a second, of one that listens to nobody
        QTest::addColumn<double>("refused"); ///< of a hundred, at most
        QTest::addColumn<int>("taken"); ///< an interval, at least
        QTest::addColumn<int>("click"); ///< ms, 95 of a hundred
        for (const int kind : {Budget::Windows, Budget::LastSeconds}) {
            const QByteArray name = kind == Budget::Windows ? "windows: " : "last seconds: ";
            QTest::addRow("%salone", name.constData()) << kind << 1 << 0.0 << 0.0 << 70 << 10;
            QTest::addRow("%stwo that press", name.constData()) << kind << 2 << 0.0 << 0.1 << 70 << 300;
            QTest::addRow("%sthree that press", name.constData()) << kind << 3 << 0.0 << 0.1 << 75 << 1'500;
            QTest::addRow("%ssix that press", name.constData()) << kind << 6 << 0.0 << 2.0 << 70 << 10'000; // they find each other's part by refusals
            QTest::addRow("%sand one of two a second", name.constData()) << kind << 1 << 2.0 << 0.1 << 50 << 300;
            QTest::addRow("%sand one of five a second", name.constData()) << kind << 1 << 5.0 << 0.5 << 25 << 5'000;
            QTest::addRow("%stwo, and one of three a second", name.constData()) << kind << 2 << 3.0 << 0.5 << 45 << 8'000;
        }
    }

    /// Programs that press as hard as they are let do not refuse each other, spend what there is, and nobody is left with
    /// less than a quarter of an equal share.
    void pressTogether()
    {
        QFETCH(int, kind);
        QFETCH(int, programs);
        QFETCH(double, rival);
        QFETCH(double, refused);
        QFETCH(int, taken);
        QFETCH(int, click);
        for (quint32 seed = 1; seed <= 2; ++seed) {
            Street street(Budget::Kind(kind), programs, seed);
            street.live(300s, rival);
            const double share = 100.0 * street.sum(&Street::Program::refused) / street.sum(&Street::Program::sent);
            const int perInterval = street.sum(&Street::Program::taken) / 30;
            const QString told = QStringLiteral("seed %1: refused %2 %, taken %3, clicks %4 and %5 ms")
                                     .arg(seed).arg(share, 0, 'f', 2).arg(perInterval).arg(street.click(95).count()).arg(street.click(100).count());
            QString each;
            for (const auto &program : street.programs())
                each += QStringLiteral(" %1").arg(program->taken);
            qInfo().noquote() << told << each;
            QVERIFY2(share <= refused, qPrintable(told));
            QVERIFY2(perInterval >= taken, qPrintable(told));
            QVERIFY2(street.click(95) <= Ms(click), qPrintable(told));
            for (const auto &program : street.programs())
                QVERIFY2(program->taken * 4 * programs >= street.sum(&Street::Program::taken), qPrintable(told + each));
        }
    }

    /// A job that is alone is not slowed down by all this: it reaches 95 of a hundred of our own limit.
    void aJobThatIsAlone_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("windows") << int(Budget::Windows);
        QTest::newRow("last seconds") << int(Budget::LastSeconds);
    }
    void aJobThatIsAlone()
    {
        QFETCH(int, kind);
        Street street(Budget::Kind(kind), 1, 1);
        street.asks = {Priority::Outbox};
        street.programs().front()->nextClick = start + 10min; // nobody is there
        street.live(500s);
        QCOMPARE(street.sum(&Street::Program::refused), 0);
        const int taken = street.sum(&Street::Program::taken);
        QVERIFY2(taken >= int(0.95 * 90 * 50), qPrintable(QString::number(taken)));
    }

    /// Who has asked for nothing yet has its share at once where another has pressed for long, and refuses nobody.
    void aNewcomer()
    {
        Street street(Budget::Windows, 2, 1);
        Street::Program &second = *street.programs().back();
        second.nextClick = second.wakes = start + 120s;
        street.live(240s);
        QCOMPARE(street.sum(&Street::Program::refused), 0);
        QVERIFY2(second.taken >= 12 * 90 / 4, qPrintable(QString::number(second.taken)));
    }

    void othersShowInTheServersNumbers()
    {
        const auto said = [](int left) {
            return LimiterCore::Headers{{"x-ratelimit-max", "100"}, {"x-ratelimit-remaining", QByteArray::number(left)}};
        };
        const auto atOnce = [&](int left) { // ten of ours are counted, an interval after the first
            LimiterCore core(1);
            core.back(core.leave(Priority::Outbox, start), start);
            core.wait(Priority::Outbox, start + 9s);
            for (int i = 0; i < 9; ++i)
                core.back(core.leave(Priority::Outbox, start + 9s), start + 9s);
            core.learn(said(left), start + 11s, 0);
            int out = 0;
            for (; core.wait(Priority::Outbox, start + 11s) == 0ms; ++out)
                core.leave(Priority::Outbox, start + 11s);
            return out;
        };
        QVERIFY(atOnce(91) > 60); // nine of ours: alone
        QVERIFY(atOnce(89) > 60); // two more may be a sign-in
        const int among = atOnce(80);
        QVERIFY2(among > 5 && among <= 16, qPrintable(QString::number(among)));
        QCOMPARE(atOnce(10), 1); // nine of them are ours and stay for clicks and for the others
    }

    void aRefusalAfterAnAnswerIsTheFirstAgain()
    {
        LimiterCore core(1);
        Ms now = start;
        for (int i = 0; i < 4; ++i) {
            core.tooMany(std::nullopt, now);
            const Ms wait = core.wait(Priority::Click, now);
            QVERIFY2(wait >= 10s && wait <= 12'500ms, qPrintable(QString::number(wait.count())));
            QCOMPARE(core.wait(Priority::Outbox, now), wait); // everybody waits until the budget is a new one
            now += wait;
            core.learn({{"x-ratelimit-max", "100"}, {"x-ratelimit-remaining", "90"}}, now, 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestRivals)
#include "tst_rivals.moc"
