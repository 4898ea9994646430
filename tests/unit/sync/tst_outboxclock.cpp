// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/sync/outboxbench.h"

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using S = OutboxState;

namespace {

/// Time passes while one looks at it: every reading is a millisecond later than the one before, and nothing else moves it.
class CreepingClock final : public Clock
{
public:
    QDateTime now() const override { return m_now = m_now.addMSecs(1); }
    std::chrono::milliseconds steady() const override { return std::chrono::milliseconds(m_now.toMSecsSinceEpoch()); }
    /// The next reading is this.
    void next(const QDateTime &moment) { m_now = moment.addMSecs(-1); }

private:
    mutable QDateTime m_now = QDateTime::fromSecsSinceEpoch(1'780'000'000, Qt::UTC);
};

} // namespace

/// What is due goes on by itself, whenever its moment comes.
class TestOutboxClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMomentThatComesWhileTheOutboxIsBusyIsNotMissed_data()
    {
        QTest::addColumn<int>("early");
        for (int early = 0; early <= 6; ++early)
            QTest::addRow("%d ms before", early) << early;
    }
    void aMomentThatComesWhileTheOutboxIsBusyIsNotMissed()
    {
        QFETCH(int, early);
        CreepingClock clock;
        OutboxBench bench;
        bench.times.undo = 1h;
        bench.open();
        bench.outbox = std::make_unique<sync::Outbox>(bench.ledger.get(), bench.cache.get(), bench.times, clock);
        bench.start();
        const RecordId id = bench.text(u"Hello"_s, u"contact-1"_s, true);
        const OutboxRecord held = bench.record(id);
        QCOMPARE(held.state, S::Held);
        QVERIFY(held.dueAt.isValid());
        // Something else wakes the outbox just before the hour is over.
        clock.next(held.dueAt.addMSecs(-early));
        bench.outbox->setPaused(false);
        QVERIFY(bench.reaches(id, S::Accepted));
        QCOMPARE(bench.deliveries(id), 1);
    }
};

QTEST_GUILESS_MAIN(TestOutboxClock)
#include "tst_outboxclock.moc"
