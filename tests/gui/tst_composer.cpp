// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"
#include "core/language.h"
#include "core/profile.h"
#include "gui/composer.h"
#include "gui/composertext.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/snooze.h"
#include "gui/uri.h"
#include "models/desk.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::gui;
using namespace Qt::StringLiterals;

/// The field a text is written in, without a network.
class TestComposer : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    FakeClock m_clock;
    std::unique_ptr<sync::Engine> m_engine;
    std::unique_ptr<models::Desk> m_desk;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<QMainWindow> m_window;
    Composer *m_composer = nullptr;
    ComposerText *m_text = nullptr;

    static Contact sarah()
    {
        Contact contact;
        contact.id = ContactId(u"sarah"_s);
        contact.firstName = u"Sarah"_s;
        contact.phone = u"+14075550134"_s;
        return contact;
    }
    QPushButton *send() const { return m_composer->findChild<QPushButton *>(u"composer.send"_s); }
    QPushButton *anyway() const { return m_composer->findChild<QPushButton *>(u"composer.strip.act"_s); }
    QString strip() const { return m_composer->findChild<Strip *>(u"composer.strip"_s)->sentence(); }

private Q_SLOTS:
    void initTestCase() { installLanguage(QCoreApplication::instance()); }
    void init()
    {
        auto profile = Profile::open(m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction())));
        QVERIFY(profile.has_value());
        sync::EngineOptions options;
        options.offline = true;
        m_engine = std::make_unique<sync::Engine>(*profile, options);
        m_desk = std::make_unique<models::Desk>(m_engine.get());
        m_settings = std::make_unique<Settings>(profile->settingsFile());
        m_window = std::make_unique<QMainWindow>();
        auto *actions = new Actions(m_window.get());
        m_composer = new Composer(m_desk.get(), m_settings.get(), actions, m_window.get());
        m_clock.setWall(QDateTime(QDate(2026, 6, 10), QTime(18, 0), Qt::UTC)); // two in the afternoon for Sarah
        m_composer->setClock(m_clock);
        m_window->setCentralWidget(m_composer);
        m_window->resize(700, 300);
        m_window->show();
        m_text = m_composer->findChild<ComposerText *>(u"composer.text"_s);
        m_composer->setContact(sarah());
        m_text->setFocus();
    }
    void cleanup()
    {
        m_window.reset();
        m_settings.reset();
        m_desk.reset();
        m_engine.reset();
    }
    void enterSendsAndShiftEnterMakesALine()
    {
        QSignalSpy asked(m_composer, &Composer::sendRequested);
        QTest::keyClicks(m_text, u"one"_s);
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(m_text, u"two"_s);
        QCOMPARE(asked.size(), 0);
        QTest::keyClick(m_text, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).toString(), u"one\ntwo"_s);
        QCOMPARE(asked.first().at(1).toBool(), false);
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.at(1).at(1).toBool(), true);
    }
    void enterCanBeALine()
    {
        m_settings->setEnterSends(false);
        QSignalSpy asked(m_composer, &Composer::sendRequested);
        QTest::keyClicks(m_text, u"one"_s);
        QTest::keyClick(m_text, Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(asked.size(), 1);
    }
    void theTextStaysUntilItIsDurable()
    {
        QTest::keyClicks(m_text, u"kept"_s);
        m_composer->setBusy(true);
        QCOMPARE(m_composer->text(), u"kept"_s);
        QVERIFY(!m_composer->canSend());
        QTest::keyClicks(m_text, u" and more"_s);
        m_composer->accepted(u"kept"_s);
        QCOMPARE(m_composer->text(), u"and more"_s);
        m_composer->setBusy(true);
        m_composer->refused(u"The disk is full."_s);
        QCOMPARE(m_composer->text(), u"and more"_s);
        QCOMPARE(strip(), u"The disk is full."_s);
    }
    void nothingCrossesToAnotherContact()
    {
        QTest::keyClicks(m_text, u"for Sarah"_s);
        auto other = sarah();
        other.id = ContactId(u"other"_s);
        m_composer->setContact(other);
        QVERIFY(m_composer->text().isEmpty());
        auto same = other;
        m_composer->setText(u"for the other"_s, 3);
        same.firstName = u"Renamed"_s;
        m_composer->setContact(same);
        QCOMPARE(m_composer->text(), u"for the other"_s);
        QCOMPARE(m_composer->caret(), 3);
        QVERIFY(send()->text().contains(u"Renamed"_s));
    }
    void blockedContactsCannotBeTexted_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("word");
        QTest::newRow("asked to stop") << int(DndStatus::Permanent) << u"asked to stop"_s;
        QTest::newRow("paused") << int(DndStatus::Active) << u"Do not disturb"_s;
    }
    void blockedContactsCannotBeTexted()
    {
        QFETCH(int, status);
        QFETCH(QString, word);
        m_composer->setText(u"a draft"_s, 0);
        QVERIFY(m_composer->canSend());
        auto contact = sarah();
        contact.dndSettings.insert(u"SMS"_s, Dnd{DndStatus(status), {}, {}});
        m_composer->setContact(contact);
        QVERIFY(!m_composer->canSend());
        QVERIFY(!send()->isEnabled());
        QVERIFY(strip().contains(word));
        QVERIFY(m_composer->findChild<QTabBar *>(u"composer.channel"_s)->tabToolTip(0).contains(word));
        QCOMPARE(m_composer->text(), u"a draft"_s);
        QSignalSpy asked(m_composer, &Composer::sendRequested);
        QTest::keyClick(m_text, Qt::Key_Return);
        QCOMPARE(asked.size(), 0);
    }
    void aBlockIsSaidWhereAScreenReaderLooks()
    {
        m_composer->setText(u"a draft"_s, 0);
        SendFacts facts;
        facts.known = true;
        facts.heard = {{u"STOP"_s, m_clock.now().addDays(-1)}};
        m_composer->setFacts(facts);
        QVERIFY(!send()->isEnabled());
        QVERIFY(send()->accessibleDescription().contains(u"“STOP”"_s));
        QVERIFY(strip().contains(u"START"_s));
        QVERIFY(!anyway()->isVisible()); // nothing to press
        QSignalSpy asked(m_composer, &Composer::sendRequested);
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::mouseClick(send(), Qt::LeftButton);
        QCOMPARE(asked.size(), 0);
        QCOMPARE(m_composer->text(), u"a draft"_s);
    }
    void whatAsksNeedsASecondAct_data()
    {
        QTest::addColumn<bool>("night");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("word");
        QTest::newRow("at night") << true << QString() << QString() << u"wake"_s;
        QTest::newRow("a softer wish") << false << u"please remove me"_s << QString() << u"remove me"_s;
        QTest::newRow("a landline") << false << QString() << u"Landline (30006)"_s << u"landline"_s;
    }
    void whatAsksNeedsASecondAct()
    {
        QFETCH(bool, night);
        QFETCH(QString, said);
        QFETCH(QString, error);
        QFETCH(QString, word);
        SendFacts facts;
        facts.known = facts.textedBefore = true;
        if (!said.isEmpty())
            facts.heard = {{said, m_clock.now().addDays(-1)}};
        if (!error.isEmpty())
            facts.failed = {{error, {}, m_clock.now().addDays(-1)}};
        if (night)
            m_clock.setWall(QDateTime(QDate(2026, 6, 11), QTime(3, 0), Qt::UTC));
        m_composer->setFacts(facts);
        QVERIFY(strip().isEmpty()); // nothing is written yet
        QTest::keyClicks(m_text, u"hello"_s);
        QVERIFY2(strip().contains(word), qPrintable(strip()));
        QVERIFY(send()->accessibleDescription().contains(word));
        QSignalSpy asked(m_composer, &Composer::sendRequested);
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.size(), 0);
        QTRY_VERIFY(anyway()->hasFocus());
        QVERIFY(anyway()->accessibleDescription().contains(word));
        QTest::keyClick(anyway(), Qt::Key_Escape);
        QVERIFY(m_text->hasFocus());
        QCOMPARE(asked.size(), 0);
        QTest::mouseClick(send(), Qt::LeftButton);
        QCOMPARE(asked.size(), 0);
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(anyway(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).toString(), u"hello"_s);
        QCOMPARE(asked.first().at(1).toBool(), true);
        QVERIFY(m_text->hasFocus());
    }
    void theFirstTextIsOnlySaid()
    {
        SendFacts facts;
        facts.known = true;
        m_composer->setFacts(facts);
        QTest::keyClicks(m_text, u"hello"_s);
        QVERIFY(strip().contains(u"first text"_s));
        QSignalSpy asked(m_composer, &Composer::sendRequested);
        QTest::keyClick(m_text, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
    }
    void noNumberIsSaid()
    {
        auto contact = sarah();
        contact.phone.clear();
        m_composer->setContact(contact);
        m_composer->setText(u"x"_s, 1);
        QVERIFY(!m_composer->canSend());
        QVERIFY(strip().contains(u"no phone number"_s));
    }
    void repairMakesItCheapAndUndoBringsItBack()
    {
        const QString dear = u"It’s “fine” – really…"_s;
        m_composer->setText(dear, 0);
        auto *repair = m_composer->findChild<QPushButton *>(u"composer.repair"_s);
        QVERIFY(repair->isVisible());
        QTest::mouseClick(repair, Qt::LeftButton);
        QVERIFY(!m_composer->text().contains(u'’'));
        QVERIFY(!repair->isVisible());
        m_text->undo();
        QCOMPARE(m_composer->text(), dear);
    }
    void altGSaysWhatItSaved()
    {
        // 150 letters and one curly quote: three parts as Unicode, one as GSM-7.
        m_composer->setText(QString(150, u'a') + u'’', 0);
        auto *meter = m_composer->findChild<QLabel *>(u"composer.meter"_s);
        QVERIFY2(meter->text().contains(u"3 parts · about $0.039"_s), qPrintable(meter->text()));
        QSignalSpy said(m_composer, &Composer::announced);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_text->setFocus();
        QTest::keyClick(m_text, Qt::Key_G, Qt::AltModifier);
        QCOMPARE(said.size(), 1);
        QCOMPARE(said.first().first().toString(), u"2 parts saved, about $0.026"_s);
        QVERIFY2(meter->text().contains(u"1 part · about $0.013"_s), qPrintable(meter->text()));
        auto prices = m_settings->prices();
        prices.part = 1.5;
        m_settings->setPrices(prices);
        QVERIFY2(meter->text().contains(u"about $1.50"_s) || meter->text().contains(u"about $1.51"_s), qPrintable(meter->text()));
    }
    void itGrowsFromOneToEightLines()
    {
        const int one = m_text->sizeHint().height();
        m_composer->setText(u"1\n2\n3"_s, 0);
        const int three = m_text->sizeHint().height();
        QVERIFY(three > one);
        m_composer->setText(QStringList(8, u"x"_s).join(u'\n'), 0);
        const int eight = m_text->sizeHint().height();
        m_composer->setText(QStringList(40, u"x"_s).join(u'\n'), 0);
        QCOMPARE(m_text->sizeHint().height(), eight);
        QVERIFY(eight > three);
    }
    void snoozeTimesLieAhead()
    {
        for (const QDateTime &now : {QDateTime(QDate(2026, 3, 1), QTime(23, 59)), QDateTime(QDate(2026, 6, 8), QTime(8, 0)),
                                     QDateTime(QDate(2026, 12, 31), QTime(12, 30))}) {
            const auto choices = snooze::choices(now);
            QCOMPARE(choices.size(), 4);
            for (const auto &choice : choices)
                QVERIFY2(choice.until > now.toUTC(), qPrintable(choice.name));
            QCOMPARE(choices.at(2).until.toLocalTime().date().dayOfWeek(), 1);
        }
    }
    void linksAreReadStrictly_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *link, uri::Kind kind, const char *value, const char *text) {
            QTest::newRow(link) << QString::fromUtf8(link) << int(kind) << QString::fromUtf8(value) << QString::fromUtf8(text);
        };
        row("tel:+1-407-555-0134", uri::Kind::Number, "+14075550134", "");
        row("tel:+14075550134;ext=5", uri::Kind::Number, "+14075550134", "");
        row("sms:+14075550134?body=Hi%20there", uri::Kind::Number, "+14075550134", "Hi there");
        row("sms:%2B14075550134?body=a%0Ab%07c", uri::Kind::Number, "+14075550134", "a\nbc");
        row("outrigger://contact/abc_DEF-1", uri::Kind::Contact, "abc_DEF-1", "");
        row("outrigger://conversation/xyz", uri::Kind::Conversation, "xyz", "");
        row("outrigger://opportunity/xyz", uri::Kind::Opportunity, "xyz", "");
        row("outrigger://contact/../x", uri::Kind::Unknown, "", "");
        row("outrigger://send/abc", uri::Kind::Unknown, "", "");
        row("file:///etc/passwd", uri::Kind::Unknown, "", "");
        row("tel:", uri::Kind::Unknown, "", "");
        row("", uri::Kind::None, "", "");
    }
    void linksAreReadStrictly()
    {
        QFETCH(QString, link);
        QFETCH(int, kind);
        QFETCH(QString, value);
        QFETCH(QString, text);
        const auto target = uri::parse(link);
        QCOMPARE(int(target.kind), kind);
        QCOMPARE(target.value, value);
        QCOMPARE(target.text, text);
    }

    void atNightTheFirstAllowedMinuteIsOffered()
    {
        m_clock.setWall(QDateTime(QDate(2026, 6, 11), QTime(3, 30), Qt::UTC)); // half past eleven in the evening for Sarah
        QTest::keyClicks(m_text, u"See you on Thursday"_s);
        auto *later = m_composer->findChild<QPushButton *>(u"composer.strip.second"_s);
        QTRY_VERIFY(later && later->isVisible());
        QVERIFY2(later->text().contains(u"their time"_s), qPrintable(later->text()));
        QSignalSpy scheduled(m_composer, &Composer::scheduleRequested);
        later->click();
        QCOMPARE(scheduled.size(), 1);
        QCOMPARE(scheduled.first().at(0).toString(), u"See you on Thursday"_s);
        QCOMPARE(scheduled.first().at(1).toDateTime(), QDateTime(QDate(2026, 6, 11), QTime(12, 0), Qt::UTC)); // eight in Orlando
    }
    void whenMoreThanTheHourIsAskedAboutNothingIsOfferedForLater()
    {
        m_clock.setWall(QDateTime(QDate(2026, 6, 11), QTime(3, 30), Qt::UTC));
        QTest::keyClicks(m_text, u"See you {{contact.missing}}"_s);
        QTRY_VERIFY(anyway()->isVisible());
        QVERIFY(m_composer->findChild<QPushButton *>(u"composer.strip.second"_s)->isHidden());
    }
};

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
