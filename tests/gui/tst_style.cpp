// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/avatar.h"
#include "gui/chips.h"
#include "gui/emptystate.h"
#include "gui/icons.h"
#include "gui/segmentmeter.h"
#include "gui/statemark.h"
#include "gui/style.h"
#include "gui/toast.h"
#include "gui/widgets.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

using namespace outrigger;
using namespace outrigger::gui;
using namespace Qt::StringLiterals;

/// Palette, icons and the small widgets.
class TestStyle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Style::install(qApp); }
    void cleanup();
    void textContrasts_data();
    void textContrasts();
    void schemesSwitchAtOnce();
    void scaleMovesFontsAndMeasures();
    void everyIconDraws();
    void statesDifferByShape();
    void avatarsSurviveRenames();
    void toastActsOnce();
    void aToastLeavesItsColumnFree_data();
    void aToastLeavesItsColumnFree();
    void chipsWrapAndAreRemoved();
    void aStripShowsAllItsWordsAndButtons_data();
    void aStripShowsAllItsWordsAndButtons();
    void aStripThatGoesGivesTheFocusBack();
    void meterSaysWhatItIs();
    void emptyStateHasOneButton();
};

static double luminance(const QColor &colour)
{
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

static double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a) + 0.05;
    const double y = luminance(b) + 0.05;
    return std::max(x, y) / std::min(x, y);
}

void TestStyle::cleanup()
{
    Style::instance()->setChoice(SchemeChoice::Light);
    Style::instance()->setScale(100);
}

void TestStyle::textContrasts_data()
{
    QTest::addColumn<int>("scheme");
    QTest::newRow("light") << int(Scheme::Light);
    QTest::newRow("dark") << int(Scheme::Dark);
    QTest::newRow("high contrast") << int(Scheme::HighContrast);
}

void TestStyle::textContrasts()
{
    QFETCH(int, scheme);
    const Colours c = Style::coloursOf(Scheme(scheme));
    for (const QColor &ground : {c.window, c.surface, c.hover, c.selection, c.bubbleIn, c.bubbleOut}) {
        QVERIFY2(contrast(c.text, ground) >= 7, qPrintable(ground.name()));
        QVERIFY2(contrast(c.text2, ground) >= 4.5, qPrintable(ground.name()));
    }
    QVERIFY(contrast(c.text3, c.surface) >= 4.5);
    QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
    for (const QColor &ink : {c.accent, c.ok, c.warn, c.danger, c.info})
        QVERIFY2(contrast(ink, c.surface) >= 4.5, qPrintable(ink.name()));
    for (const QColor &edge : {c.inputBorder, c.focus})
        QVERIFY2(contrast(edge, c.surface) >= 3, qPrintable(edge.name()));
}

void TestStyle::schemesSwitchAtOnce()
{
    Style *style = Style::instance();
    QSignalSpy changed(style, &Style::changed);
    style->setChoice(SchemeChoice::Dark);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(style->scheme(), Scheme::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Base), Style::coloursOf(Scheme::Dark).surface);
    QCOMPARE(colours().text, QColor(0xE8, 0xEB, 0xF0));
    style->setChoice(SchemeChoice::Dark);
    QCOMPARE(changed.count(), 1); // nothing has changed
    style->setChoice(SchemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(0xF5, 0xF6, 0xF8));
}

void TestStyle::scaleMovesFontsAndMeasures()
{
    Style *style = Style::instance();
    const double size = style->font(TextRole::Body).pointSizeF();
    QCOMPARE(px(16), 16);
    style->setScale(200);
    QCOMPARE(px(16), 32);
    QCOMPARE(style->font(TextRole::Body).pointSizeF(), 2 * size);
    QCOMPARE(QApplication::font().pointSizeF(), 2 * size);
    style->setScale(1000);
    QCOMPARE(style->scale(), 200);
    style->setScale(10);
    QCOMPARE(style->scale(), 80);
    QCOMPARE(px(1), 1);
}

void TestStyle::everyIconDraws()
{
    const QStringList names = icons::names();
    QVERIFY(names.size() > 60);
    for (const QString &name : names) {
        const QImage picture = icons::pixmap(name, 20, Qt::red, 1).toImage();
        QCOMPARE(picture.size(), QSize(20, 20));
        int drawn = 0;
        for (int y = 0; y < 20; ++y) {
            for (int x = 0; x < 20; ++x) {
                const QColor colour = picture.pixelColor(x, y);
                if (colour.alpha() < 128)
                    continue;
                ++drawn;
                QVERIFY2(colour.red() > 200 && colour.green() < 60, qPrintable(name)); // recoloured
            }
        }
        QVERIFY2(drawn >= 6, qPrintable(name));
    }
    for (int i = int(Channel::Sms); i <= int(Channel::Unknown); ++i)
        QVERIFY(names.contains(icons::ofChannel(Channel(i))));
    QCOMPARE(icons::pixmap(u"inbox"_s, 20, Qt::red, 2).size(), QSize(40, 40));
    QVERIFY(!icons::icon(u"send"_s).pixmap(16).isNull());
}

void TestStyle::statesDifferByShape()
{
    // In one colour and without words no two marks may look the same.
    QVector<QImage> pictures;
    for (int i = int(MessageState::Held); i <= int(MessageState::Cancelled); ++i) {
        const auto state = MessageState(i);
        if (state == MessageState::Waiting)
            continue; // shares the clock with Held, which has the draining line
        QImage image(40, 26, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        paintStateMark(&painter, QRectF(2, 2, stateMarkWidth(state, 22), 22), state, Qt::black);
        painter.end();
        QVERIFY2(!pictures.contains(image), qPrintable(stateKey(state)));
        pictures.append(image);
    }
    QCOMPARE(pictures.size(), 13);
}

void TestStyle::avatarsSurviveRenames()
{
    const ContactId id(u"abc123"_s);
    QCOMPARE(avatarColour(id), avatarColour(ContactId(u"abc123"_s)));
    QSet<QRgb> seen;
    for (int i = 0; i < 300; ++i)
        seen.insert(avatarColour(ContactId(u"contact%1"_s.arg(i))).rgb());
    QCOMPARE(seen.size(), 12);
    for (const QRgb ground : std::as_const(seen))
        QVERIFY(contrast(Qt::white, QColor(ground)) >= 5.3);
    const QImage filled = avatarPixmap(id, u"SJ"_s, false, 40, 1).toImage();
    const QImage local = avatarPixmap(id, u"SJ"_s, true, 40, 1).toImage();
    QCOMPARE(filled.pixelColor(20, 4), avatarColour(id));
    QVERIFY(local.pixelColor(20, 6).alpha() == 0); // only an edge
}

void TestStyle::toastActsOnce()
{
    QWidget host;
    host.resize(600, 400);
    QLineEdit field(&host);
    Toast toast(&host);
    host.show();
    field.setFocus();
    int done = 0;
    toast.showMessage(u"Marked as done."_s, u"Undo"_s, [&done] { ++done; });
    QCOMPARE(toast.message(), u"Marked as done."_s);
    QVERIFY(host.rect().contains(toast.geometry()));
    auto *button = toast.findChild<QPushButton *>(u"toast.act"_s);
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(done, 1);
    QVERIFY(!toast.isVisible());
    toast.showMessage(u"Short."_s, {}, {}, std::chrono::milliseconds(20));
    QVERIFY(!button->isVisible());
    QTest::mouseMove(&host, QPoint(590, 5)); // under the mouse it stays
    QTRY_VERIFY_WITH_TIMEOUT(!toast.isVisible(), 9000);
    QCOMPARE(done, 1);
}

void TestStyle::aToastLeavesItsColumnFree_data()
{
    QTest::addColumn<bool>("rightToLeft");
    QTest::newRow("left to right") << false;
    QTest::newRow("right to left") << true;
}
void TestStyle::aToastLeavesItsColumnFree()
{
    QFETCH(const bool, rightToLeft);
    QWidget host;
    host.setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    host.resize(600, 400);
    QWidget column(&host);
    column.setGeometry(rightToLeft ? 540 : 0, 0, 60, 400);
    Toast toast(&host);
    toast.keepBeside(&column);
    host.show();
    toast.showMessage(u"A sentence that is long enough to need all the room that there is, and more than one line."_s, u"Undo"_s, [] {});
    QVERIFY(!toast.geometry().intersects(column.geometry()));
    QVERIFY(host.rect().contains(toast.geometry()));
    column.hide(); // as before the sign-in
    QTRY_VERIFY(toast.geometry().intersects(QRect(rightToLeft ? 540 : 0, 0, 60, 400)));
}

void TestStyle::aStripShowsAllItsWordsAndButtons_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("scale");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("beside");
    QTest::newRow("wide") << 900 << 100 << QString() << true;
    QTest::newRow("narrow") << 300 << 100 << QString() << false;
    QTest::newRow("large text") << 600 << 200 << QString() << false;
    QTest::newRow("two buttons") << 1000 << 100 << u"Change the time of it"_s << true;
    QTest::newRow("two buttons in a narrow one") << 260 << 100 << u"Change the time of it"_s << false;
    QTest::newRow("two buttons, large text") << 420 << 200 << u"Change the time of it"_s << false;
}
void TestStyle::aStripShowsAllItsWordsAndButtons()
{
    QFETCH(int, width);
    QFETCH(int, scale);
    QFETCH(QString, second);
    QFETCH(bool, beside);
    Style::instance()->setScale(scale);
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        QWidget holder;
        holder.setLayoutDirection(direction);
        auto *column = new QVBoxLayout(&holder);
        auto *strip = new Strip(u"test.strip"_s, &holder);
        column->addWidget(strip);
        column->addStretch(1);
        holder.resize(width, 700);
        strip->show(Strip::Kind::Warn, u"One picture is not loaded: fetching it would tell the sender that you have read this."_s, u"Show this sender’s pictures"_s, second);
        holder.show();
        QVERIFY(QTest::qWaitForWindowExposed(&holder));
        QCoreApplication::processEvents();
        const auto *words = strip->findChild<QLabel *>(u"test.strip.text"_s);
        QVERIFY2(words->height() >= words->heightForWidth(words->width()), "words are cut");
        QRect taken = words->geometry();
        for (const char *name : {"test.strip.act", "test.strip.second"}) {
            const auto *button = strip->findChild<QPushButton *>(QLatin1String(name));
            if (button->isHidden())
                continue;
            QVERIFY2(strip->rect().contains(button->geometry()), name);
            QVERIFY2(button->width() >= button->sizeHint().width(), name);
            QVERIFY2(!taken.intersects(button->geometry()), name);
            QCOMPARE(button->geometry().center().y() < words->geometry().bottom(), beside);
        }
        QVERIFY(words->width() >= strip->width() / 3);
    }
    Style::instance()->setScale(100);
}
void TestStyle::chipsWrapAndAreRemoved()
{
    ChipRow row;
    QVector<ChipRow::Chip> chips;
    for (int i = 0; i < 8; ++i) {
        ChipRow::Chip chip;
        chip.text = u"Interested %1"_s.arg(i);
        chip.removable = true;
        chips << chip;
    }
    row.setChips(chips);
    row.setAddName(u"Add tag"_s);
    QVERIFY(row.heightForWidth(200) > 2 * row.heightForWidth(2000));
    QSignalSpy removed(&row, &ChipRow::removeRequested);
    QSignalSpy added(&row, &ChipRow::addRequested);
    QToolButton *add = nullptr;
    const auto buttons = row.findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        QVERIFY(!button->accessibleName().isEmpty());
        if (button->accessibleName() == u"Add tag")
            add = button;
        else if (button->accessibleName() == u"Remove Interested 3")
            button->click();
    }
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.first().first().toString(), u"Interested 3"_s);
    QVERIFY(add);
    add->click();
    QCOMPARE(added.count(), 1);
}

void TestStyle::meterSaysWhatItIs()
{
    SegmentMeter meter;
    meter.setText(QString(43, u'a'));
    QCOMPARE(meter.QLabel::text(), u"GSM-7 43/160 · 1 part · about $0.013"_s);
    meter.setText(QString(200, u'a'));
    QCOMPARE(meter.QLabel::text(), u"GSM-7 200/306 · 2 parts · about $0.026"_s);
    meter.setPictures(1); // one message, however long
    QCOMPARE(meter.QLabel::text(), u"MMS · 200 characters · about $0.030"_s);
    meter.setPictures(0);
    meter.setPrices({0.01, 0.0, 0.0, 0.0});
    QCOMPARE(meter.QLabel::text(), u"GSM-7 200/306 · 2 parts · about $0.020"_s);
    meter.setPrices({0.0, 0.0, 0.0, 0.0}); // who knows no price is told none
    QCOMPARE(meter.QLabel::text(), u"GSM-7 200/306 · 2 parts"_s);
    meter.setText(u"Hello 😀"_s);
    QVERIFY(meter.QLabel::text().startsWith(u"Unicode 8/70"));
    QVERIFY(meter.accessibleDescription().contains(u"😀"));
    meter.setText(QString(1700, u'a'));
    QVERIFY(meter.QLabel::text().endsWith(u"too long"));
}

void TestStyle::emptyStateHasOneButton()
{
    EmptyState empty;
    empty.set(u"inbox"_s, u"No conversations yet."_s, u"New text"_s);
    QSignalSpy activated(&empty, &EmptyState::activated);
    const auto buttons = empty.findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 1);
    buttons.first()->click();
    QCOMPARE(activated.count(), 1);
    empty.set(u"inbox"_s, u"Nothing."_s);
    QVERIFY(buttons.first()->isHidden());
}

void TestStyle::aStripThatGoesGivesTheFocusBack()
{
    QWidget window;
    auto *rows = new QVBoxLayout(&window);
    auto *first = new QPushButton(u"The first thing of the window"_s);
    auto *list = new QLineEdit;
    auto *strip = new Strip(u"test.strip"_s);
    rows->addWidget(first);
    rows->addWidget(list);
    rows->addWidget(strip);
    QObject::connect(strip, &Strip::acted, strip, &QWidget::hide);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    list->setFocus();
    strip->show(Strip::Kind::Calm, u"You work offline."_s, u"Go online"_s);
    auto *button = strip->findChild<QPushButton *>(u"test.strip.act"_s);
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(QApplication::focusWidget(), list);
    // By key, and when what had the focus has gone meanwhile.
    strip->show(Strip::Kind::Calm, u"You work offline."_s, u"Go online"_s);
    button->setFocus();
    list->hide();
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY(strip->isHidden());
    QTRY_COMPARE(QApplication::focusWidget(), first);
    // The toast does as the strip does.
    list->show();
    list->setFocus();
    Toast toast(&window);
    toast.showMessage(u"Marked as done."_s, u"Undo"_s, [] {});
    auto *undo = toast.findChild<QPushButton *>(u"toast.act"_s);
    undo->setFocus();
    QTest::keyClick(undo, Qt::Key_Space);
    QVERIFY(toast.isHidden());
    QTRY_COMPARE(QApplication::focusWidget(), list);
}

QTEST_MAIN(TestStyle)
#include "tst_style.moc"
