// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/whenwhere.h"
#include "gui/calendarpaper.h"
#include "gui/calendarview.h"
#include "models/calendarmodel.h"

#include <QBuffer>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QScrollBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using gui::CalendarView;
using Mode = gui::CalendarView::Mode;

namespace {

/// Keeps every text that is painted, and where on which page.
class ReadingEngine : public QPaintEngine
{
public:
    struct Text {
        QString words;
        QPointF at; ///< on the page
        int page;
    };
    QVector<Text> texts;
    int page = 0;

    ReadingEngine() : QPaintEngine(QPaintEngine::AllFeatures) {}
    bool begin(QPaintDevice *) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState &) override {}
    void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
    void drawPath(const QPainterPath &) override {}
    void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
    void drawTextItem(const QPointF &at, const QTextItem &item) override
    {
        if (painter()->hasClipping() && !painter()->clipBoundingRect().contains(at))
            return; // nobody would see it
        texts.append({item.text(), painter()->combinedTransform().map(at), page});
    }
};

class ReadPaper : public QPaintDevice
{
public:
    ReadPaper(const QSize &size, int dots) : m_size(size), m_dots(dots) {}
    QPaintEngine *paintEngine() const override { return &engine; }
    mutable ReadingEngine engine;

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth: return m_size.width();
        case PdmHeight: return m_size.height();
        case PdmWidthMM: return m_size.width() * 254 / m_dots / 10;
        case PdmHeightMM: return m_size.height() * 254 / m_dots / 10;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return m_dots;
        case PdmDepth: return 32;
        case PdmNumColors: return INT_MAX;
        case PdmDevicePixelRatio: return 1;
        case PdmDevicePixelRatioScaled: return int(QPaintDevice::devicePixelRatioFScale());
        }
        return 0;
    }

private:
    QSize m_size;
    int m_dots;
};

} // namespace

/// What is on the paper: everything that stands in the days that are shown, whatever is scrolled into view.
class TestCalendarPaper : public QObject
{
    Q_OBJECT

    models::CalendarModel m_model{nullptr};
    std::unique_ptr<CalendarView> m_view;
    const QTimeZone m_zone{"America/New_York"};
    const QDate m_monday{2026, 11, 2};

    static constexpr QSize across{1047, 718}, upright{718, 1047}; // A4 without margins at 96 dots an inch

    EventRow row(qint64 key, int day, const QTime &time, const QString &title) const
    {
        EventRow row;
        row.key = key;
        row.event.id = AppointmentId(u"e%1"_s.arg(key));
        row.event.calendar = CalendarId(u"c"_s);
        row.event.start = QDateTime(m_monday.addDays(day), time, m_zone).toUTC();
        row.event.end = row.event.start.addSecs(30 * 60);
        row.event.title = title;
        return row;
    }
    QVector<ReadingEngine::Text> printed(const QSize &page, const QString &title = u"The title"_s)
    {
        ReadPaper paper(page, m_view->logicalDpiY());
        QPainter painter(&paper);
        gui::calendarpaper::paint(m_view.get(), title, painter, page, [&paper] { ++paper.engine.page; });
        painter.end();
        return paper.engine.texts;
    }
    static QVector<ReadingEngine::Text> having(const QVector<ReadingEngine::Text> &texts, const QString &words)
    {
        QVector<ReadingEngine::Text> found;
        std::copy_if(texts.begin(), texts.end(), std::back_inserter(found), [&](const auto &text) { return text.words.contains(words); });
        return found;
    }
    static bool within(const QVector<ReadingEngine::Text> &texts, const QSize &page)
    {
        return std::all_of(texts.begin(), texts.end(), [&](const auto &text) { return QRectF(QPointF(), QSizeF(page)).contains(text.at); });
    }

private Q_SLOTS:
    void init()
    {
        m_model.setPlace(LocationId(u"l"_s), m_zone);
        m_view = std::make_unique<CalendarView>();
        m_view->setModel(&m_model);
        m_view->setZone(m_zone);
        m_view->setNow(QDateTime(m_monday.addDays(1), QTime(12, 0), m_zone));
        m_view->setDate(m_monday.addDays(1));
        m_view->resize(1000, 500); // eight hours are in view
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup()
    {
        gui::Style::instance()->setChoice(gui::SchemeChoice::System);
        gui::Style::instance()->setScale(100);
        m_view.reset();
    }

    void everyHourThatHasSomethingIsThere_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QSize>("page");
        QTest::addColumn<int>("scale");
        QTest::newRow("day") << int(Mode::Day) << upright << 100;
        QTest::newRow("work week") << int(Mode::WorkWeek) << across << 100;
        QTest::newRow("week") << int(Mode::Week) << across << 100;
        QTest::newRow("week, large text") << int(Mode::Week) << across << 200;
        QTest::newRow("month") << int(Mode::Month) << across << 100;
        QTest::newRow("agenda") << int(Mode::Agenda) << upright << 100;
    }
    void everyHourThatHasSomethingIsThere()
    {
        QFETCH(int, mode);
        QFETCH(QSize, page);
        QFETCH(int, scale);
        gui::Style::instance()->setScale(scale);
        m_view->setMode(Mode(mode));
        m_model.take({row(1, 1, QTime(6, 0), u"Early"_s), row(2, 1, QTime(12, 0), u"Noon"_s), row(3, 1, QTime(21, 0), u"Late"_s)});
        m_view->scrollToHour(9);
        const int scrolled = m_view->verticalScrollBar()->value();
        const QRect noon = m_view->rectOf(1);
        const auto texts = printed(page);
        QVERIFY(within(texts, page));
        for (const QString &title : {u"The title"_s, u"Early"_s, u"Noon"_s, u"Late"_s})
            QVERIFY2(having(texts, title).size() == 1 && having(texts, title).first().page == 0, qPrintable(title));
        QVERIFY(having(texts, u"Early"_s).first().at.y() < having(texts, u"Noon"_s).first().at.y());
        QVERIFY(having(texts, u"Noon"_s).first().at.y() < having(texts, u"Late"_s).first().at.y());
        // The screen stands where it stood.
        QCOMPARE(m_view->verticalScrollBar()->value(), scrolled);
        QCOMPARE(m_view->rectOf(1), noon);
    }
    void whatTheScreenHidesWouldNotBeThere()
    {
        // So that the test above can fail: the same engine sees of a picture of the screen what a person sees.
        m_view->setMode(Mode::Week);
        m_model.take({row(1, 1, QTime(6, 0), u"Early"_s), row(2, 1, QTime(12, 0), u"Noon"_s)});
        m_view->scrollToHour(9);
        ReadPaper paper(m_view->size(), m_view->logicalDpiY());
        QPainter painter(&paper);
        m_view->paintSheet(painter, {m_view->viewport()->size(), 0, m_view->verticalScrollBar()->value(), {}, {}, false});
        painter.end();
        QVERIFY(having(paper.engine.texts, u"Early"_s).isEmpty());
        QVERIFY(!having(paper.engine.texts, u"Noon"_s).isEmpty());
    }
    void theHoursOfWorkAreThereInAnEmptyWeek()
    {
        m_view->setMode(Mode::Week);
        m_model.take({});
        const auto texts = printed(across);
        const auto hour = [](int at) { return clockTime(QTime(at, 0)).remove(u":00"_s); };
        QVERIFY(!having(texts, hour(9)).isEmpty() && !having(texts, hour(17)).isEmpty());
        QVERIFY(having(texts, hour(23)).isEmpty());
    }
    void aMonthSaysAllOfAFullDay()
    {
        m_view->setMode(Mode::Month);
        QVector<EventRow> rows;
        for (int i = 0; i < 24; ++i)
            rows.append(row(i + 1, 1, QTime(i, 0), u"Number%1."_s.arg(i)));
        m_model.take(rows);
        const auto texts = printed(across);
        QVERIFY(within(texts, across));
        for (int i = 0; i < 24; ++i)
            QCOMPARE(having(texts, u"Number%1."_s.arg(i)).size(), 1);
        QVERIFY(having(texts, u"more"_s).isEmpty());
        QVERIFY(having(texts, u"Page 2 of"_s).size() == 1 && having(texts, u"Page 2 of"_s).first().page == 1);
    }
    void theLeadsNameStandsWhereTheTitleHasNoRoom()
    {
        m_view->setMode(Mode::Month);
        EventRow one = row(1, 1, QTime(9, 0), u"A call about the house at the lake and the boat"_s);
        one.contactName = u"Rosa Lee"_s;
        m_model.take({one});
        QCOMPARE(having(printed(across), u"Rosa Lee"_s).size(), 1);
        m_view->setMode(Mode::Agenda);
        QCOMPARE(having(printed(upright), u"A call about the house at the lake and the boat"_s).size(), 1);
    }
    void anAgendaGoesOnOnTheNextPage()
    {
        m_view->setMode(Mode::Agenda);
        QVector<EventRow> rows;
        for (int i = 0; i < 90; ++i)
            rows.append(row(i + 1, 1 + i / 45, QTime(i % 45 / 2, i % 2 * 30), u"Number%1."_s.arg(i)));
        m_model.take(rows);
        const auto texts = printed(upright);
        QVERIFY(within(texts, upright));
        int pages = 0;
        for (int i = 0; i < 90; ++i) {
            const auto here = having(texts, u"Number%1."_s.arg(i));
            QCOMPARE(here.size(), 1);
            QVERIFY(here.first().page >= pages); // in their order
            pages = here.first().page;
        }
        QVERIFY(pages >= 3);
        // Each page says which day it goes on with.
        for (int page = 0; page <= pages; ++page) {
            const auto headings = having(texts, u"November"_s);
            QVERIFY2(std::any_of(headings.begin(), headings.end(), [page](const auto &text) { return text.page == page; }), qPrintable(QString::number(page)));
        }
    }
    void paperIsWhiteInTheDark()
    {
        gui::Style::instance()->setChoice(gui::SchemeChoice::Dark);
        QVERIFY(gui::colours().surface.lightness() < 128);
        m_view->setMode(Mode::Week);
        m_model.take({row(1, 1, QTime(12, 0), u"Noon"_s)});
        QImage image(across, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        gui::calendarpaper::paint(m_view.get(), u"The title"_s, painter, across, [] {});
        painter.end();
        int dark = 0;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7)
                dark += qGray(image.pixel(x, y)) < 100 ? 1 : 0;
        }
        QVERIFY2(dark < 400, qPrintable(QString::number(dark))); // letters; of 15,000 points
    }
    void aFileHasAllPages()
    {
        m_view->setMode(Mode::Agenda);
        QVector<EventRow> rows;
        for (int i = 0; i < 45; ++i)
            rows.append(row(i + 1, 1, QTime(i / 2, i % 2 * 30), u"Number%1."_s.arg(i)));
        m_model.take(rows);
        QBuffer file;
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(gui::calendarpaper::write(m_view.get(), u"The title"_s, &file));
        QVERIFY(file.data().startsWith("%PDF-"));
        const auto pages = m_view->sheets(QSize(gui::px(760), gui::px(1060))).size();
        QVERIFY(pages >= 2);
        QCOMPARE(file.data().count("/Type /Page\n"), pages);
    }
};

QTEST_MAIN(TestCalendarPaper)
#include "tst_calendarpaper.moc"
