// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_freetimes.h"
#include "store/connection.h"
#include "unit/store/storedata.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace outrigger;
using namespace storedata;
using namespace Qt::StringLiterals;

/// Free times that the cache keeps for a start without network.
class TestFreeTimes : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<store::Cache> m_cache;

    void open()
    {
        m_cache.reset();
        m_cache = std::make_unique<store::Cache>(m_dir->filePath(u"cache.sqlite"_s));
        QVERIFY(await(m_cache->open()).has_value());
    }
    /// Half hours on the full hour, from an hour after `minute` on, read then for a day.
    static store::KeptTimes times(const QString &calendar, int minute, int count = 4, const QString &user = {})
    {
        store::KeptTimes kept{CalendarId(calendar), UserId(user), at(minute), at(minute + 24 * 60), at(minute), {}};
        for (int i = 1; i <= count; ++i)
            kept.times.append({at(minute + 60 * i), at(minute + 60 * i + 30)});
        return kept;
    }
    void keep(const store::KeptTimes &kept, const LocationId &location = home) { store::keepFreeTimes(*m_cache, location, kept); }
    /// What was handed to the writer before is done when this answers.
    qint64 value(const QString &sql)
    {
        const auto found = await(m_cache->writer().run<qint64>([sql](store::Connection &connection) -> Result<qint64> {
            const auto answer = connection.value(sql);
            if (!answer)
                return fail(answer.error());
            return answer->toLongLong();
        }));
        if (!found)
            qFatal("%s", qPrintable(found.error().message));
        return *found;
    }
    qint64 rows() { return value(u"SELECT COUNT(*) FROM free_times"_s); }
    QVector<store::KeptTimes> kept(const QDateTime &now, const LocationId &location = home)
    {
        rows();
        auto found = await(store::keptFreeTimes(*m_cache, location, now));
        if (!found)
            qFatal("%s", qPrintable(found.error().message));
        std::sort(found->begin(), found->end(), [](const auto &a, const auto &b) {
            return a.calendar != b.calendar ? a.calendar.value < b.calendar.value : a.user.value < b.user.value;
        });
        return *found;
    }
    QStringList calendars(const QDateTime &now)
    {
        QStringList names;
        for (const auto &one : kept(now))
            names.append(one.calendar.value);
        return names;
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        open();
        QVERIFY(await(m_cache->putContacts(home, {contact(u"c1"_s, u"Sarah"_s, u"Lee"_s)}, {})).has_value());
        QVERIFY(await(m_cache->putContacts(other, {contact(u"c2"_s, u"Gary"_s, u"Poe"_s)}, {})).has_value());
    }

    void whatWasReadIsThereAfterARestart()
    {
        auto anybody = times(u"buyers"_s, 0);
        anybody.times[1].end = anybody.times[1].end.addMSecs(1'234); // lengths are the server's
        const auto gary = times(u"buyers"_s, 3, 0, u"gary"_s);       // nothing is free: that is known, too
        keep(anybody);
        keep(gary);
        keep(times(u"sellers"_s, 5), other);
        QCOMPARE(rows(), 3);
        open();
        const auto found = kept(at(10));
        QCOMPARE(found.size(), 2);
        QCOMPARE(found[0].calendar.value, u"buyers"_s);
        QVERIFY(found[0].user.isEmpty());
        QCOMPARE(found[0].from, anybody.from);
        QCOMPARE(found[0].to, anybody.to);
        QCOMPARE(found[0].readAt, anybody.readAt);
        QCOMPARE(found[0].times, anybody.times);
        QCOMPARE(found[1].user.value, u"gary"_s);
        QCOMPARE(found[1].readAt, gary.readAt);
        QVERIFY(found[1].times.isEmpty());
        QCOMPARE(kept(at(10), other).first().calendar.value, u"sellers"_s);
    }
    void theLaterReadTakesThePlaceOfTheEarlierOne()
    {
        keep(times(u"buyers"_s, 0, 8));
        keep(times(u"buyers"_s, 20, 2));
        const auto found = kept(at(30));
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].readAt, at(20));
        QCOMPARE(found[0].times.size(), 2);
    }
    void aLongMonthIsKeptWhole()
    {
        auto all = times(u"buyers"_s, 0, 0);
        all.to = all.from.addDays(31);
        for (int i = 0; i < 8'900; ++i) // of five minutes
            all.times.append({at(5 * i + 1), at(5 * i + 6)});
        keep(all);
        QCOMPARE(kept(at(0)).first().times, all.times);
    }
    void onlyTheNewestAreKept()
    {
        keep(times(u"sellers"_s, 0), other);
        for (int i = 0; i < store::mostKeptTimes + 8; ++i)
            keep(times(u"c%1"_s.arg(i, 3, 10, QLatin1Char('0')), i));
        keep(times(u"c009"_s, 100)); // read once more: among the newest
        QCOMPARE(rows(), store::mostKeptTimes + 1);
        const QStringList left = calendars(at(110));
        QCOMPARE(left.size(), store::mostKeptTimes);
        QCOMPARE(left.first(), u"c008"_s);
        QCOMPARE(left.at(1), u"c009"_s);
        QCOMPARE(kept(at(110), other).size(), 1); // each location for itself
    }
    void whatLiesWhollyInThePastGoes()
    {
        keep(times(u"buyers"_s, 0));
        keep(times(u"sellers"_s, 120));
        QCOMPARE(calendars(at(130)), (QStringList{u"buyers"_s, u"sellers"_s}));
        QCOMPARE(kept(at(130)).first().times, times(u"buyers"_s, 0).times.mid(2)); // two have begun
        QCOMPARE(calendars(at(24 * 60)), QStringList{u"sellers"_s});
        QCOMPARE(rows(), 2); // reading writes nothing
        keep(times(u"notary"_s, 24 * 60));
        QCOMPARE(rows(), 2);
        QCOMPARE(calendars(at(24 * 60)), (QStringList{u"notary"_s, u"sellers"_s}));
    }
    void whatWasReadLaterThanNowIsNotBelieved()
    {
        keep(times(u"buyers"_s, 300));
        QVERIFY(kept(at(60)).isEmpty()); // the clock was set back
        QCOMPARE(kept(at(300)).size(), 1);
        keep(times(u"sellers"_s, 60));
        QCOMPARE(rows(), 1);
        QCOMPARE(calendars(at(400)), QStringList{u"sellers"_s});
    }
    void whatWasBookedIntoIsForgotten()
    {
        keep(times(u"buyers"_s, 0));
        keep(times(u"buyers"_s, 0, 2, u"gary"_s));
        keep(times(u"sellers"_s, 0));
        keep(times(u"buyers"_s, 0), other);
        store::dropFreeTimes(*m_cache, home, CalendarId(u"buyers"_s));
        QCOMPARE(calendars(at(1)), QStringList{u"sellers"_s});
        QCOMPARE(kept(at(1), other).size(), 1);
    }

    void aDamagedRowIsAsIfItWereNotThere_data()
    {
        QTest::addColumn<QString>("damage");
        const auto row = [](const char *name, const char *set) { QTest::newRow(name) << QString::fromLatin1(set); };
        row("nothing", "times=''");
        row("no JSON", "times='[3600000,18000'");
        row("other JSON", "times='{\"times\":[]}'");
        row("half a time", "times='[3600000,1800000,3600000]'");
        row("words", "times='[\"a\",\"b\"]'");
        row("fractions", "times='[3600000.5,1800000]'");
        row("before the window", "times='[-1,1800000]'");
        row("behind the window", "times='[86400000,1800000]'");
        row("far behind it", "times='[9000000000000000,1800000]'");
        row("beyond all numbers", "times='[1e300,1800000]'");
        row("no length", "times='[3600000,0]'");
        row("a length of years", "times='[3600000,90000000000]'");
        row("one time twice", "times='[3600000,1800000,0,1800000]'");
        row("bytes that are no text", "times=CAST(x'5bff00fe5d' AS TEXT)");
        row("a blob", "times=x'00ff'");
        row("no calendar", "calendar=''");
        row("never read", "read_at=0");
        row("read at no time", "read_at='soon'");
        row("begins at no time", "begins='soon'");
        row("ends at no time", "ends='soon'");
        row("ends before it begins", "begins=ends+1");
        row("a window of all time", "ends=9223372036854775807");
        row("a window before all time", "begins=-9223372036854775807");
    }
    void aDamagedRowIsAsIfItWereNotThere()
    {
        QFETCH(QString, damage);
        keep(times(u"buyers"_s, 0));
        keep(times(u"sellers"_s, 0));
        QCOMPARE(kept(at(1)).size(), 2);
        value(u"UPDATE free_times SET %1 WHERE calendar='buyers' RETURNING 1"_s.arg(damage));
        QCOMPARE(calendars(at(1)), QStringList{u"sellers"_s});
        keep(times(u"buyers"_s, 2)); // read once more
        QCOMPARE(calendars(at(3)), (QStringList{u"buyers"_s, u"sellers"_s}));
    }

    void theyGoWithTheirAccount()
    {
        keep(times(u"buyers"_s, 0));
        keep(times(u"buyers"_s, 0), other);
        QVERIFY(await(m_cache->removeLocation(home)).has_value());
        QCOMPARE(rows(), 1);
        keep(times(u"buyers"_s, 1)); // an answer that comes too late
        QCOMPARE(rows(), 1);
        QCOMPARE(value(u"SELECT COUNT(*) FROM locations WHERE id='%1'"_s.arg(home.value)), 0);
        QCOMPARE(kept(at(1), other).size(), 1);
        // The account again, under whatever key.
        QVERIFY(await(m_cache->putContacts(home, {contact(u"c1"_s, u"Sarah"_s, u"Lee"_s)}, {})).has_value());
        QVERIFY(kept(at(1)).isEmpty());
    }
    void theyGoWithTheCache()
    {
        keep(times(u"buyers"_s, 0));
        QCOMPARE(rows(), 1);
        m_cache.reset();
        QFile file(m_dir->filePath(u"cache.sqlite"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.write(QByteArray(4'096, 'x')) == 4'096);
        file.close();
        open();
        QVERIFY(m_cache->rebuilt());
        QCOMPARE(rows(), 0);
        QVERIFY(kept(at(1)).isEmpty());
    }
    void aCacheOfTheVersionBeforeIsTakenOver()
    {
        value(u"DROP TABLE free_times"_s);
        value(u"PRAGMA user_version=12"_s);
        open();
        QVERIFY(!m_cache->rebuilt());
        QVERIFY(await(m_cache->contact(home, ContactId(u"c1"_s)))->has_value());
        keep(times(u"buyers"_s, 0));
        QCOMPARE(kept(at(1)).size(), 1);
    }
    void aFullDiskCostsNothingButTheTimes()
    {
        keep(times(u"buyers"_s, 0));
        QCOMPARE(rows(), 1);
        m_cache.reset();
        auto faults = std::make_shared<store::Faults>();
        m_cache = std::make_unique<store::Cache>(m_dir->filePath(u"cache.sqlite"_s));
        m_cache->setFaults(faults);
        QVERIFY(await(m_cache->open()).has_value());
        faults->kind = store::Faults::Kind::Full;
        for (int step = 1; step <= 6; ++step) { // begin, location, past, row, bound, commit
            const int before = faults->struck;
            faults->times = 1;
            faults->countdown = step;
            keep(times(u"sellers"_s, 1));
            QCOMPARE(calendars(at(2)), QStringList{u"buyers"_s});
            QCOMPARE(faults->struck.load(), before + 1);
        }
        keep(times(u"sellers"_s, 1));
        QCOMPARE(calendars(at(2)), (QStringList{u"buyers"_s, u"sellers"_s}));
    }
};

QTEST_GUILESS_MAIN(TestFreeTimes)
#include "tst_freetimes.moc"
