// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/leadnote.h"
#include "domain/notecolour.h"
#include "domain/taskentry.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// One line that makes a task, and the groups of a list of tasks.
class TestTaskEntry : public QObject
{
    Q_OBJECT

    const QTimeZone newYork = QTimeZone("America/New_York");
    const QTimeZone losAngeles = QTimeZone("America/Los_Angeles");
    // A Saturday, 10:00 in New York.
    const QDateTime now = QDateTime(QDate(2026, 11, 21), QTime(15, 0), Qt::UTC);

    LeadTask due(const char *local, bool done = false) const
    {
        LeadTask task;
        task.due = QDateTime::fromString(QString::fromLatin1(local), u"yyyy-MM-dd HH:mm"_s);
        task.due = QDateTime(task.due.date(), task.due.time(), newYork).toUTC();
        task.done = done;
        return task;
    }

private Q_SLOTS:
    void aLineGivesTitleAndTime_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("due"); // in New York
        const auto row = [](const char *typed, const char *title, const char *due) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(title) << QString::fromLatin1(due);
        };
        row("call back fri 3pm", "call back", "2026-11-27 15:00");
        row("call back fri 3pm their time", "call back", "2026-11-27 18:00");
        row("tomorrow 9 bring the contract", "bring the contract", "2026-11-22 09:00");
        row("call back friday 3pm about the roof", "call back about the roof", "2026-11-27 15:00");
        row("call mon about friday 3pm", "call mon about", "2026-11-27 15:00");
        row("send papers by 12 mar", "send papers", "2027-03-12 09:00");
        row("follow up in 2 hours", "follow up", "2026-11-21 12:00");
        row("follow up on friday", "follow up", "2026-11-27 09:00");
        // What is no time stays in the title; without a time it is tomorrow at nine.
        row("send 2 listings", "send 2 listings", "2026-11-22 09:00");
        row("visit 48 Oak Court", "visit 48 Oak Court", "2026-11-22 09:00");
        row("ask May about the sun room", "ask May about the sun room", "2026-11-22 09:00");
        row("Anruf wegen Küche 🏠 tomorrow 10", "Anruf wegen Küche 🏠", "2026-11-22 10:00");
    }
    void aLineGivesTitleAndTime()
    {
        QFETCH(QString, typed);
        QFETCH(QString, title);
        QFETCH(QString, due);
        const auto entry = taskentry::parse(typed, now, newYork, losAngeles);
        QCOMPARE(entry.title, title);
        QCOMPARE(entry.due.toTimeZone(newYork).toString(u"yyyy-MM-dd HH:mm"_s), due);
    }

    void tagsAreTakenOut()
    {
        const auto entry = taskentry::parse(u"call #Hot tomorrow 9 #first-time"_s, now, newYork, losAngeles);
        QCOMPARE(entry.title, u"call"_s);
        QCOMPARE(entry.tags, (QStringList{u"hot"_s, u"first-time"_s}));
        QVERIFY(entry.timed);
        QVERIFY(!taskentry::parse(u"call"_s, now, newYork, losAngeles).timed);
    }

    void nothingBreaksIt_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("empty") << QString();
        QTest::newRow("blanks") << u"  \n\t "_s;
        QTest::newRow("only a time") << u"tomorrow 9"_s;
        QTest::newRow("long") << QString(100'000, u'x');
        QTest::newRow("many words") << u"fri "_s.repeated(5'000);
        QTest::newRow("signs") << u"### #  their time my time"_s;
    }
    void nothingBreaksIt()
    {
        QFETCH(QString, typed);
        const auto entry = taskentry::parse(typed, now, newYork, losAngeles);
        QVERIFY(entry.due.isValid());
        QVERIFY(entry.title.size() <= 500);
    }

    void groupsGoByThePersonsClock_data()
    {
        QTest::addColumn<LeadTask>("task");
        QTest::addColumn<taskentry::Group>("group");
        using G = taskentry::Group;
        QTest::newRow("yesterday") << due("2026-11-20 09:00") << G::Overdue;
        QTest::newRow("an hour ago") << due("2026-11-21 09:00") << G::Overdue;
        QTest::newRow("this evening") << due("2026-11-21 23:30") << G::Today;
        QTest::newRow("after midnight") << due("2026-11-22 00:30") << G::Tomorrow;
        QTest::newRow("in two days") << due("2026-11-23 09:00") << G::Week;
        QTest::newRow("in seven days") << due("2026-11-28 09:00") << G::Week;
        QTest::newRow("in eight days") << due("2026-11-29 09:00") << G::Later;
        QTest::newRow("done") << due("2026-11-20 09:00", true) << G::Done;
        QTest::newRow("no date") << LeadTask() << G::NoDate;
    }
    void groupsGoByThePersonsClock()
    {
        QFETCH(LeadTask, task);
        QFETCH(taskentry::Group, group);
        QCOMPARE(taskentry::groupOf(task, now, newYork), group);
    }

    void aChangeKnowsWhetherItIsThere()
    {
        LeadTask task = due("2026-11-23 09:00");
        task.title = u"Call"_s;
        TaskChange change;
        change.seen = task;
        change.done = true;
        QVERIFY(change.onlyDone());
        QVERIFY(!change.isIn(task));
        QVERIFY(!change.collidesWith(task));
        change.title = u"Call Ann"_s;
        LeadTask other = task;
        other.title = u"Call Bob"_s;
        QVERIFY(change.collidesWith(other));
        const TaskChange back = TaskChange::fromJson(change.toJson());
        change.applyTo(task);
        QVERIFY(back.isIn(task));
        QCOMPARE(back.toJson(), change.toJson());
    }

    void notesAreReadWithoutTheirTags()
    {
        QCOMPARE(plainNote(u"<p>Sellers agreed.</p><p>Ask about the <b>fence</b> &amp; roof.</p>"_s), u"Sellers agreed.\nAsk about the fence & roof."_s);
        QCOMPARE(plainNote(u"a < b and b > c"_s), u"a < b and b > c"_s);
        QCOMPARE(plainNote(u"&amp;lt;"_s), u"&amp;lt;"_s); // no tags: as it is
    }

    void coloursOfNotesAreReadFromAnyForm_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("hex");
        QTest::addColumn<QString>("word");
        QTest::newRow("HighLevel's example") << u"#FFAA00"_s << u"#FFAA00"_s << u"yellow"_s;
        QTest::newRow("small letters") << u"#2563eb"_s << u"#2563EB"_s << u"blue"_s;
        QTest::newRow("short") << u"#0a0"_s << u"#00AA00"_s << u"green"_s;
        QTest::newRow("a word") << u"Red"_s << u"#DC2626"_s << u"red"_s;
        for (const char *none : {"", "none", "teal", "#12345", "#GGGGGG", "#12345678", "url(x)", "1234567"})
            QTest::newRow(none) << QString::fromLatin1(none) << QString() << QString();
        QTest::newRow("digits of another script") << u"#\u0661\u0662\u0663"_s << QString() << QString();
    }
    void coloursOfNotesAreReadFromAnyForm()
    {
        QFETCH(QString, given);
        QFETCH(QString, hex);
        QFETCH(QString, word);
        QCOMPARE(notecolour::tidy(given), hex);
        QCOMPARE(notecolour::word(hex), word);
    }
    void everyColourThatIsOfferedHasItsOwnName()
    {
        for (const notecolour::Named &one : notecolour::all) {
            QCOMPARE(notecolour::tidy(one.hex), QString(one.hex));
            QCOMPARE(notecolour::word(one.hex), QString(one.word));
        }
    }
};

QTEST_GUILESS_MAIN(TestTaskEntry)
#include "tst_taskentry.moc"
