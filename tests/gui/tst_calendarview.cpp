// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/avatar.h"
#include "gui/calendarview.h"
#include "models/calendarmodel.h"
#include "models/slotsmodel.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using gui::CalendarView;
using Mode = gui::CalendarView::Mode;

/// The painted calendar: places, keys, drags, and what a screen reader hears.
class TestCalendarView : public QObject
{
    Q_OBJECT

    models::CalendarModel m_model{nullptr};
    std::unique_ptr<CalendarView> m_view;
    const QTimeZone m_zone{"America/New_York"};
    const QDate m_monday{2026, 11, 2};

    static EventRow row(qint64 key, const QDateTime &start, int minutes, const QString &title)
    {
        EventRow row;
        row.key = key;
        row.event.id = AppointmentId(u"e%1"_s.arg(key));
        row.event.calendar = CalendarId(u"c"_s);
        row.event.contact = ContactId(u"lead"_s);
        row.event.start = start.toUTC();
        row.event.end = row.event.start.addSecs(60LL * minutes);
        row.event.title = title;
        row.contactName = u"Sarah Jones"_s;
        row.contactZone = "America/Los_Angeles";
        return row;
    }
    QDateTime at(int day, int hour, int minute = 0) const { return QDateTime(m_monday.addDays(day), QTime(hour, minute), m_zone); }

private Q_SLOTS:
    void init()
    {
        m_model.setPlace(LocationId(u"l"_s), m_zone);
        m_view = std::make_unique<CalendarView>();
        m_view->setModel(&m_model);
        m_view->setZone(m_zone);
        m_view->setNow(at(1, 12));
        m_view->setDate(m_monday.addDays(1));
        m_view->setMode(Mode::WorkWeek);
        m_view->resize(1000, 700);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_model.take({row(1, at(0, 9), 60, u"One"_s), row(2, at(0, 9, 30), 60, u"Two"_s), row(3, at(2, 14), 30, u"Three"_s), row(4, at(3, 9), 30, u"Four"_s)});
    }
    void cleanup() { m_view.reset(); }

    void theModelsKeepTheirWord()
    {
        QAbstractItemModelTester tester(&m_model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model.take({row(1, at(0, 9), 60, u"One"_s)});
        m_model.take({});
        models::SlotsModel times;
        QAbstractItemModelTester other(&times, QAbstractItemModelTester::FailureReportingMode::QtTest);
        times.setZones(m_zone, QTimeZone("America/Los_Angeles"), u"Sarah"_s);
        times.setWeek(m_monday, {{at(0, 9).toUTC(), at(0, 9, 30).toUTC()}, {at(0, 10).toUTC(), at(0, 10, 30).toUTC()}, {at(4, 9).toUTC(), at(4, 9, 30).toUTC()}});
        QCOMPARE(times.rowCount(), 2);
        QCOMPARE(times.columnCount(), 7);
        QCOMPARE(times.count(), 3);
        QCOMPARE(times.nth(3), times.index(0, 4));
        QCOMPARE(times.nth(3).data(models::SlotsModel::DigitRole).toInt(), 3);
        QVERIFY(!times.nth(4).isValid());
        QVERIFY(!times.index(0, 0).data(models::SlotsModel::CivilRole).toBool()); // six in the morning for her
        QVERIFY(times.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"Sarah"));
        times.setWeek(m_monday, {});
        QVERIFY(times.isEmpty());
    }
    void everyEventHasItsSentence()
    {
        const QString sentence = m_model.index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(sentence.contains(u"One") && sentence.contains(u"2 November") && sentence.contains(u"Sarah Jones") && sentence.contains(u"confirmed"),
                 qPrintable(sentence));
    }
    void whatOverlapsStandsSideBySide()
    {
        const QRect one = m_view->rectOf(0), two = m_view->rectOf(1);
        QVERIFY(!one.isEmpty() && !two.isEmpty());
        QVERIFY(!one.intersects(two));
        QVERIFY(two.left() >= one.right());
        QVERIFY(m_view->rectOf(2).left() > two.right());
        QCOMPARE(m_view->indexAt(two.center()).row(), 1);
    }
    void allModesShowThem_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("shown");
        QTest::newRow("day") << int(Mode::Day) << 0; // Tuesday is empty
        QTest::newRow("work week") << int(Mode::WorkWeek) << 4;
        QTest::newRow("week") << int(Mode::Week) << 4;
        QTest::newRow("month") << int(Mode::Month) << 4;
        QTest::newRow("agenda") << int(Mode::Agenda) << 2; // from Tuesday on
    }
    void allModesShowThem()
    {
        QFETCH(int, mode);
        QFETCH(int, shown);
        m_view->setMode(Mode(mode));
        int count = 0;
        for (int row = 0; row < 4; ++row)
            count += m_view->rectOf(row).isEmpty() ? 0 : 1;
        QCOMPARE(count, shown);
        QVERIFY(!m_view->grab().toImage().isNull());
    }
    void arrowsGoFromOneToTheNext()
    {
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Down); // the next from now on
        QCOMPARE(m_view->currentIndex().row(), 2);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->currentIndex().row(), 3);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentIndex().row(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->currentIndex().row(), 1);
        QSignalSpy opened(m_view.get(), &CalendarView::openRequested);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
    }
    void theCurrentOneStaysWhenRowsCome()
    {
        m_view->showKey(3);
        QCOMPARE(m_view->currentKey(), 3);
        m_model.take({row(9, at(0, 8), 30, u"New"_s), row(1, at(0, 9), 60, u"One"_s), row(3, at(2, 14), 30, u"Three"_s)});
        QCOMPARE(m_view->currentKey(), 3);
    }
    void aDragSnapsToWhatIsFree()
    {
        m_view->scrollToHour(8);
        QSignalSpy began(m_view.get(), &CalendarView::dragBegan);
        QSignalSpy moved(m_view.get(), &CalendarView::moveRequested);
        const QRect from = m_view->rectOf(3); // Thursday at nine
        const QPoint grip = from.topLeft() + QPoint(10, 6);
        const int hourHigh = m_view->rectOf(0).height() + 2;
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, grip);
        QTest::mouseMove(m_view->viewport(), grip + QPoint(0, 10));
        QCOMPARE(began.size(), 1);
        m_view->setFreeTimes({{at(3, 11).toUTC(), at(3, 11, 30).toUTC()}});
        QTest::mouseMove(m_view->viewport(), grip + QPoint(0, 2 * hourHigh + 5));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, grip + QPoint(0, 2 * hourHigh + 5));
        QCOMPARE(moved.size(), 1);
        const auto to = moved.first().at(1).value<Slot>();
        QCOMPARE(to.start, at(3, 11).toUTC());
        QCOMPARE(to.start.secsTo(to.end), 1800);
        QVERIFY(moved.first().at(2).toBool());
    }
    void aDropOutsideOfWhatIsFreeSaysSo()
    {
        m_view->scrollToHour(8);
        QSignalSpy moved(m_view.get(), &CalendarView::moveRequested);
        const QPoint grip = m_view->rectOf(3).topLeft() + QPoint(10, 6);
        const int hourHigh = m_view->rectOf(0).height() + 2;
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, grip);
        QTest::mouseMove(m_view->viewport(), grip + QPoint(0, 10));
        m_view->setFreeTimes({});
        QTest::mouseMove(m_view->viewport(), grip + QPoint(0, 2 * hourHigh));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, grip + QPoint(0, 2 * hourHigh));
        QCOMPARE(moved.size(), 1);
        QVERIFY(!moved.first().at(2).toBool());
    }
    /// A blocked time is as long as a person drags it; an appointment is as long as its calendar says.
    void anEdgeOfABlockIsDragged_data()
    {
        QTest::addColumn<bool>("block");
        QTest::addColumn<bool>("end");
        QTest::addColumn<int>("quarters"); // that the edge is dragged down
        QTest::addColumn<QTime>("from");
        QTest::addColumn<QTime>("to");
        QTest::newRow("longer") << true << true << 6 << QTime(9, 0) << QTime(11, 30);
        QTest::newRow("shorter") << true << true << -2 << QTime(9, 0) << QTime(9, 30);
        QTest::newRow("not below a quarter") << true << true << -7 << QTime(9, 0) << QTime(9, 15);
        QTest::newRow("earlier") << true << false << -2 << QTime(8, 30) << QTime(10, 0);
        QTest::newRow("later") << true << false << 1 << QTime(9, 15) << QTime(10, 0);
        QTest::newRow("an appointment goes as a whole") << false << true << 4 << QTime(10, 0) << QTime(11, 0);
    }
    void anEdgeOfABlockIsDragged()
    {
        QFETCH(bool, block);
        QFETCH(bool, end);
        QFETCH(int, quarters);
        QFETCH(QTime, from);
        QFETCH(QTime, to);
        EventRow lunch = row(7, at(2, 9), 60, u"Lunch"_s);
        lunch.event.block = block;
        m_model.take({lunch});
        m_view->scrollToHour(7);
        QSignalSpy moved(m_view.get(), &CalendarView::moveRequested);
        const QRect box = m_view->rectOf(0);
        const int quarter = (box.height() + 2) / 4;
        const QPoint grip(box.center().x(), end ? box.bottom() - 1 : box.top() + 1);
        QTest::mouseMove(m_view->viewport(), box.center()); // or there would be no movement from where the last one ended
        QTest::mouseMove(m_view->viewport(), grip);
        QCOMPARE(m_view->viewport()->cursor().shape(), block ? Qt::SizeVerCursor : Qt::ArrowCursor);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, grip);
        QTest::mouseMove(m_view->viewport(), grip + QPoint(0, 6));
        // Beside its column as well: it stays on its day.
        QTest::mouseMove(m_view->viewport(), grip + QPoint(block ? 2 * box.width() : 0, quarters * quarter));
        QVERIFY(!m_view->grab().toImage().isNull());
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, grip + QPoint(block ? 2 * box.width() : 0, quarters * quarter));
        QCOMPARE(moved.size(), 1);
        const auto slot = moved.first().at(1).value<Slot>();
        QCOMPARE(slot.start, QDateTime(m_monday.addDays(2), from, m_zone).toUTC());
        QCOMPARE(slot.end, QDateTime(m_monday.addDays(2), to, m_zone).toUTC());
    }
    void escapeLeavesTheEdgeWhereItWas()
    {
        EventRow lunch = row(7, at(2, 9), 60, u"Lunch"_s);
        lunch.event.block = true;
        m_model.take({lunch});
        m_view->scrollToHour(7);
        QSignalSpy moved(m_view.get(), &CalendarView::moveRequested);
        const QPoint grip = m_view->rectOf(0).bottomLeft() + QPoint(20, -1);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, grip);
        QTest::mouseMove(m_view->viewport(), grip + QPoint(0, 60));
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, grip + QPoint(0, 60));
        QVERIFY(moved.isEmpty());
    }
    /// Without a key: many desktops move the window when Alt is held.
    void emptyTimeIsDraggedToBlockIt()
    {
        m_view->scrollToHour(8);
        QSignalSpy blocked(m_view.get(), &CalendarView::blockRequested);
        const int hourHigh = m_view->rectOf(0).height() + 2;
        const QPoint eleven(m_view->rectOf(3).center().x(), m_view->rectOf(3).top() - 1 + 2 * hourHigh);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, eleven + QPoint(0, 5));
        QTest::mouseMove(m_view->viewport(), eleven + QPoint(0, 7));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, eleven + QPoint(0, 7)); // over the edge of a quarter
        QVERIFY(blocked.isEmpty());
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, eleven + QPoint(0, 3 * hourHigh / 2));
        QTest::mouseMove(m_view->viewport(), eleven + QPoint(0, hourHigh));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, eleven); // upwards
        QCOMPARE(blocked.size(), 1);
        QCOMPARE(blocked.first().at(0).toDateTime(), at(3, 11).toUTC());
        QCOMPARE(blocked.first().at(1).toDateTime(), at(3, 12, 30).toUTC());
    }
    void wholeDaysStandAboveTheHours()
    {
        EventRow away = row(7, QDateTime(m_monday.addDays(1), QTime(0, 0), m_zone), 2 * 1440, u"Away"_s);
        m_model.take({away, row(1, at(1, 9), 60, u"One"_s)});
        const QRect band = m_view->rectOf(0);
        QVERIFY(band.height() < 40 && band.width() > m_view->rectOf(1).width());
    }
    /// Four days over the night on which the clocks go back, in every view: one bar where there are columns, each of its
    /// days where there is a list.
    void severalDaysOverANightOfTheClocks_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QDate>("date");
        QTest::addColumn<int>("columns"); // that the first piece covers
        QTest::newRow("day, the first") << int(Mode::Day) << QDate(2026, 10, 30) << 1;
        QTest::newRow("day, the long one") << int(Mode::Day) << QDate(2026, 11, 1) << 1;
        QTest::newRow("day, the last") << int(Mode::Day) << QDate(2026, 11, 2) << 1;
        QTest::newRow("day, the one after") << int(Mode::Day) << QDate(2026, 11, 3) << 0;
        QTest::newRow("work week, its end") << int(Mode::WorkWeek) << QDate(2026, 11, 2) << 1;
        QTest::newRow("work week, its beginning") << int(Mode::WorkWeek) << QDate(2026, 10, 28) << 1;
        QTest::newRow("agenda") << int(Mode::Agenda) << QDate(2026, 10, 31) << 1;
    }
    void severalDaysOverANightOfTheClocks()
    {
        QFETCH(int, mode);
        QFETCH(QDate, date);
        QFETCH(int, columns);
        const EventRow away = row(7, QDate(2026, 10, 30).startOfDay(m_zone), 4 * 1440 + 60, u"Away"_s); // with the hour that comes twice
        m_view->setMode(Mode(mode));
        m_view->setDate(date);
        m_model.take({away});
        const QRect place = m_view->rectOf(0);
        QCOMPARE(place.isEmpty() ? 0 : 1, columns);
        QVERIFY(!m_view->grab().toImage().isNull());
        const QString sentence = m_model.index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(sentence.contains(u"30 October"_s) && sentence.contains(u"2 November"_s) && sentence.contains(u"all day"_s), qPrintable(sentence));
    }
    void aWeekHasOneBarForSeveralDays()
    {
        m_view->setMode(Mode::Week);
        m_view->setDate(QDate(2026, 10, 30));
        m_model.take({row(7, QDate(2026, 10, 28).startOfDay(m_zone), 3 * 1440, u"Fair"_s), row(8, QDate(2026, 10, 28).startOfDay(m_zone), 1440, u"One day"_s)});
        const QRect fair = m_view->rectOf(0), day = m_view->rectOf(1);
        QVERIFY(fair.width() > 2 * day.width());
        QVERIFY(!fair.intersects(day));
        QCOMPARE(fair.left(), day.left());
    }
    void aMonthKeepsABarOnOneLine()
    {
        m_view->setMode(Mode::Month);
        m_view->setDate(QDate(2026, 11, 15));
        const QDate monday(2026, 11, 9);
        // The second day has something else first, and the bar stays above it.
        QVector<EventRow> rows{row(1, QDateTime(monday, QTime(9, 0), m_zone), 30, u"Call"_s),
                               row(2, QDate(monday).startOfDay(m_zone), 3 * 1440, u"Fair"_s),
                               row(3, QDateTime(monday.addDays(1), QTime(8, 0), m_zone), 30, u"Early"_s)};
        std::stable_sort(rows.begin(), rows.end(), [](const EventRow &a, const EventRow &b) { return a.event.start < b.event.start; });
        m_model.take(rows);
        const QRect fair = m_view->rectOf(m_model.rowOfKey(2)), call = m_view->rectOf(m_model.rowOfKey(1)), early = m_view->rectOf(m_model.rowOfKey(3));
        QVERIFY(fair.width() > 2 * call.width());
        QVERIFY(fair.top() < call.top() && fair.top() < early.top());
        QVERIFY(!fair.intersects(call) && !fair.intersects(early));
        QCOMPARE(call.top(), early.top());
        QCOMPARE(m_view->indexAt(QPoint(early.center().x(), fair.center().y())), m_model.index(m_model.rowOfKey(2)));
    }
    void aFullCellSaysHowManyMoreAndABarIsLeftOutOnlyThere()
    {
        m_view->setMode(Mode::Month);
        m_view->setDate(QDate(2026, 11, 15));
        QVector<EventRow> rows;
        for (int i = 0; i < 30; ++i)
            rows.append(row(i + 1, QDate(2026, 11, 10).startOfDay(m_zone), 1440, u"Full"_s));
        rows.append(row(50, QDate(2026, 11, 10).startOfDay(m_zone).addSecs(1), 2 * 1440 + 10, u"Longer"_s));
        m_model.take(rows);
        int shown = 0;
        for (int i = 0; i < 30; ++i)
            shown += m_view->rectOf(i).isEmpty() ? 0 : 1;
        QVERIFY(shown > 0 && shown < 30);
        QVERIFY(!m_view->rectOf(30).isEmpty());
    }
    void theAgendaHasEachDayOfIt()
    {
        m_view->setMode(Mode::Agenda);
        m_view->setDate(QDate(2026, 10, 30));
        m_model.take({row(7, QDate(2026, 10, 29).startOfDay(m_zone), 4 * 1440 + 60, u"Away"_s), row(1, QDateTime(QDate(2026, 10, 31), QTime(9, 0), m_zone), 30, u"Call"_s)});
        // Friday, Saturday above the call, Sunday.
        const int step = m_view->rectOf(1).top() - m_view->rectOf(0).top();
        QCOMPARE(m_view->indexAt(m_view->rectOf(1).center() - QPoint(0, 48)).row(), 0);
        QVERIFY(step > 2 * 48);
        QVERIFY(m_view->indexAt(m_view->rectOf(1).center() + QPoint(0, 48 + 42)).row() == 0);
    }
    /// From Friday to the Sunday of the long night: it stays a whole day, wherever it was taken hold of.
    void wholeDaysAreCarriedByDays()
    {
        m_view->setMode(Mode::Week);
        m_view->setDate(QDate(2026, 10, 29));
        EventRow away = row(7, QDate(2026, 10, 27).startOfDay(m_zone), 2 * 1440, u"Away"_s);
        away.event.block = true;
        m_model.take({away});
        QSignalSpy moved(m_view.get(), &CalendarView::moveRequested);
        const QRect bar = m_view->rectOf(0);
        const int column = bar.width() / 2;
        const QPoint grip(bar.left() + column + column / 2, bar.center().y()); // its second day
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, grip);
        QTest::mouseMove(m_view->viewport(), grip + QPoint(20, 0));
        QTest::mouseMove(m_view->viewport(), grip + QPoint(2 * column, 200));
        QVERIFY(!m_view->grab().toImage().isNull());
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, grip + QPoint(2 * column, 200));
        QCOMPARE(moved.size(), 1);
        const auto to = moved.first().at(1).value<Slot>();
        QCOMPARE(to.start, QDate(2026, 10, 29).startOfDay(m_zone).toUTC());
        QCOMPARE(to.end, QDate(2026, 10, 31).startOfDay(m_zone).toUTC());
    }
    void theLocationsDayIsADayHereToo()
    {
        const QTimeZone place("America/Los_Angeles");
        m_view->setPlaceZone(place);
        m_model.setPlace(LocationId(u"l"_s), m_zone, place);
        m_model.take({row(7, m_monday.startOfDay(place), 1440, u"Closed"_s), row(1, at(0, 9), 60, u"One"_s)});
        QVERIFY(m_view->rectOf(m_model.rowOfKey(7)).height() < 40);
        QVERIFY(m_model.index(m_model.rowOfKey(7)).data(Qt::AccessibleTextRole).toString().contains(u"2 November, all day"_s));
    }
    void peopleHaveColoursAndLettersOfTheirOwn()
    {
        models::CalendarModel::Looks looks;
        looks.calendarColours.insert(u"c"_s, u"#112233"_s);
        looks.people.insert(u"p"_s, u"Paula Meyer"_s);
        looks.peopleColours.insert(u"p"_s, u"#8e3b46"_s);
        looks.initials.insert(u"p"_s, u"PM"_s);
        EventRow one = row(1, at(0, 9), 60, u"One"_s);
        one.event.user = UserId(u"p"_s);
        m_model.take({one});
        m_model.setLooks(looks);
        QCOMPARE(m_model.index(0).data(models::CalendarModel::ColourRole).value<QColor>(), QColor(u"#112233"_s));
        QCOMPARE(m_model.index(0).data(models::CalendarModel::InitialsRole).toString(), u"PM"_s);
        QVERIFY(m_model.index(0).data(Qt::AccessibleTextRole).toString().contains(u"with Paula Meyer"_s));
        looks.byPerson = true;
        m_model.setLooks(looks);
        QCOMPARE(m_model.index(0).data(models::CalendarModel::ColourRole).value<QColor>(), QColor(u"#8e3b46"_s));
        m_model.setLooks({});
    }
    /// Two people of a team have not the same colour, and the order in which they come changes nothing.
    void aTeamHasAsManyColoursAsPeople()
    {
        QStringList ids;
        for (int i = 0; i < 12; ++i)
            ids << u"user%1"_s.arg(i);
        const auto colours = gui::teamColours(ids);
        QSet<QRgb> seen;
        for (const QColor &colour : colours)
            seen.insert(colour.rgb());
        QCOMPARE(seen.size(), 12);
        std::reverse(ids.begin(), ids.end());
        QCOMPARE(gui::teamColours(ids), colours);
        ids << u"one more than there are colours"_s;
        QCOMPARE(gui::teamColours(ids).size(), 13);
        QCOMPARE(gui::teamColours({u"alone"_s}).value(u"alone"_s), gui::avatarColour(ContactId(u"alone"_s)));
    }
    void theNightOfTheClocksHasEverything()
    {
        // The first of November 2026: half past one is there twice.
        m_view->setDate(QDate(2026, 11, 1));
        m_view->setMode(Mode::Day);
        const QDateTime first = QDateTime(QDate(2026, 11, 1), QTime(5, 30), Qt::UTC);
        m_model.take({row(1, first, 30, u"First"_s), row(2, first.addSecs(3600), 30, u"Second"_s)});
        QVERIFY(!m_view->rectOf(0).isEmpty() && !m_view->rectOf(1).isEmpty());
        QVERIFY(!m_view->rectOf(0).intersects(m_view->rectOf(1)));
        QVERIFY(m_model.index(0).data(Qt::AccessibleTextRole).toString().contains(u"(first)"));
        QVERIFY(m_model.index(1).data(Qt::AccessibleTextRole).toString().contains(u"(second)"));
    }
    void weeksGoByOneByOne()
    {
        QSignalSpy changed(m_view.get(), &CalendarView::periodChanged);
        m_view->step(1);
        QCOMPARE(m_view->firstDay(), m_monday.addDays(7));
        m_view->step(-2);
        QCOMPARE(m_view->firstDay(), m_monday.addDays(-7));
        QCOMPARE(changed.size(), 2);
        m_view->setMode(Mode::Month);
        m_view->setDate(QDate(2026, 1, 31));
        m_view->step(1);
        QCOMPARE(m_view->date().month(), 2);
    }
    void doubleClickOnNothingBooksThere()
    {
        m_view->scrollToHour(8);
        QSignalSpy wanted(m_view.get(), &CalendarView::bookRequested);
        const QRect four = m_view->rectOf(3);
        const QPoint below(four.center().x(), four.top() + 2 * (m_view->rectOf(0).height() + 2));
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, below);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().toDateTime().toTimeZone(m_zone).date(), m_monday.addDays(3));
    }
};

QTEST_MAIN(TestCalendarView)
#include "tst_calendarview.moc"
