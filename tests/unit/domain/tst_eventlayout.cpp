// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/eventlayout.h"

#include <QRandomGenerator>
#include <QTest>

using namespace outrigger;
using eventlayout::Place;
using eventlayout::Span;

/// Where events stand beside each other.
class TestEventLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotOverlapHasTheWholeWidth()
    {
        const auto places = eventlayout::columns({{540, 600}, {600, 660}, {700, 720}});
        for (const Place &place : places)
            QCOMPARE(place, (Place{0, 1, 1}));
    }
    void twoThatOverlapStandBesideEachOther()
    {
        const auto places = eventlayout::columns({{540, 600}, {570, 630}});
        QCOMPARE(places[0], (Place{0, 1, 2}));
        QCOMPARE(places[1], (Place{1, 1, 2}));
    }
    void freeWidthToTheRightIsUsed()
    {
        // Three at nine; at half past ten only the first column is still taken by the long one.
        const auto places = eventlayout::columns({{540, 720}, {540, 600}, {540, 600}, {630, 690}});
        QCOMPARE(places[3].column, 1);
        QCOMPARE(places[3].width, 2);
        QCOMPARE(places[3].columns, 3);
    }
    void aMomentIsDrawnAsAQuarter()
    {
        const auto places = eventlayout::columns({{540, 540}, {545, 545}});
        QVERIFY(places[0].column != places[1].column);
    }
    void nothingIsFine()
    {
        QVERIFY(eventlayout::columns({}).isEmpty());
        QVERIFY(eventlayout::rows({}).isEmpty());
    }
    /// Any five hundred events: none lies over another one, and nobody's width reaches over somebody's column.
    void noneLiesOverAnother()
    {
        QRandomGenerator dice(7);
        for (int round = 0; round < 40; ++round) {
            QVector<Span> spans;
            for (int i = 0; i < 500; ++i) {
                const int from = dice.bounded(1440);
                spans.append({from, from + dice.bounded(180)});
            }
            const auto places = eventlayout::columns(spans);
            QCOMPARE(places.size(), spans.size());
            for (int a = 0; a < spans.size(); ++a) {
                QVERIFY(places[a].column >= 0 && places[a].width >= 1 && places[a].column + places[a].width <= places[a].columns);
                for (int b = a + 1; b < spans.size(); ++b) {
                    const int endA = std::max(spans[a].to, spans[a].from + 15), endB = std::max(spans[b].to, spans[b].from + 15);
                    if (spans[a].from >= endB || spans[b].from >= endA)
                        continue;
                    const bool apart = places[a].column + places[a].width <= places[b].column || places[b].column + places[b].width <= places[a].column;
                    QVERIFY2(apart, qPrintable(QString::number(a) + QLatin1Char(' ') + QString::number(b)));
                    QCOMPARE(places[a].columns, places[b].columns);
                }
            }
        }
    }
    void barsOfSeveralDaysGetTheirRows()
    {
        const auto rows = eventlayout::rows({{0, 2}, {1, 1}, {3, 4}, {2, 3}});
        QCOMPARE(rows[0], 0);
        QCOMPARE(rows[1], 1);
        QCOMPARE(rows[2], 0);
        QCOMPARE(rows[3], 1);
    }
};

QTEST_GUILESS_MAIN(TestEventLayout)
#include "tst_eventlayout.moc"
