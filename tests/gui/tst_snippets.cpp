// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "models/desk.h"
#include "models/snippets.h"

#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Snippets and templates in the real window, with the practice account's templates and custom values.
class TestSnippets : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;

    void begin()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        auto pulling = m_run->app->engine()->syncNow({u"templates"_s, u"customValues"_s}, false);
        QVERIFY(ended(pulling, 20'000));
        const auto *desk = m_run->window()->findChild<models::Desk *>();
        QTRY_VERIFY(desk->reference().words && desk->snippets()->all().size() >= 7);
        QVERIFY(m_run->inbox()->thread()->composer()->contact().firstName.size() > 1);
    }
    QListWidget *list() const { return m_run->find<QListWidget>("composer.snippets.list"); }
    bool listed() const { return list() && list()->isVisible(); }
    QString name() const { return m_run->inbox()->thread()->composer()->contact().firstName; }
    void key(Qt::Key which, Qt::KeyboardModifiers with = {}) { QTest::keyClick(m_run->text(), which, with); }
    gui::Strip *strip() const { return m_run->find<gui::Strip>("composer.strip"); }

private Q_SLOTS:
    void cleanup() { m_run.reset(); }

    void aTemplateIsFilledWithTheLead()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->type(u"/"_s);
        QTRY_VERIFY(listed());
        QTRY_VERIFY(list()->count() >= 7); // the account's templates for texts, no letters
        m_run->type(u"first"_s);
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(m_run->find<QLabel>("composer.snippets.preview")->text().contains(name()));
        key(Qt::Key_Return);
        QVERIFY(!listed());
        const QString text = m_run->text()->toPlainText();
        QVERIFY2(text.startsWith(u"Hi %1, this is "_s.arg(name())) && !text.contains(u'/') && !text.contains(u"{{"_s), qPrintable(text));
        key(Qt::Key_Z, Qt::ControlModifier); // one step, and what was typed is there again
        QCOMPARE(m_run->text()->toPlainText(), u"/first"_s);
    }
    void aSlashInsideWordsIsJustASlash()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->type(u"and/or 11/21 "_s);
        QVERIFY(!listed());
        m_run->type(u"/"_s);
        QTRY_VERIFY(listed());
        key(Qt::Key_Escape);
        QVERIFY(!listed());
        m_run->type(u"fi"_s); // put away, it stays away
        QVERIFY(!listed());
        QCOMPARE(m_run->text()->toPlainText(), u"and/or 11/21 /fi"_s);
    }
    void tabGoesThroughTheGapsAndTheSendAsks()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->type(u"/viewing"_s);
        QTRY_VERIFY(listed() && list()->count() == 1);
        key(Qt::Key_Return);
        QVERIFY(m_run->text()->toPlainText().contains(u"Park on the street side"_s)); // the location's word
        QCOMPARE(m_run->text()->textCursor().selectedText(), u"{{appointment.start_date}}"_s);
        QTest::keyClicks(m_run->text(), u"Friday"_s);
        key(Qt::Key_Return); // one is still open
        QTRY_VERIFY2(strip()->sentence().contains(u"{{appointment.start_time}}"_s), qPrintable(strip()->sentence()));
        QCOMPARE(m_run->app->engine()->outbox().counts().waiting, 0);
        key(Qt::Key_Escape);
        m_run->text()->setFocus();
        QTextCursor start = m_run->text()->textCursor();
        start.setPosition(0);
        m_run->text()->setTextCursor(start);
        key(Qt::Key_Tab);
        QCOMPARE(m_run->text()->textCursor().selectedText(), u"{{appointment.start_time}}"_s);
        QTest::keyClicks(m_run->text(), u"3 pm"_s);
        QTRY_VERIFY(strip()->sentence().isEmpty());
        const QString words = m_run->text()->toPlainText();
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Friday at 3 pm"_s), 1, 30'000);
        QVERIFY(words.contains(u"your viewing is on Friday at 3 pm."_s));
    }
    void aPastedFieldIsFilled()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        QGuiApplication::clipboard()->setText(u"Dear {{contact.first_name}} {{contact.shoe_size}}"_s);
        m_run->text()->setFocus();
        m_run->text()->paste();
        QCOMPARE(m_run->text()->toPlainText(), u"Dear %1 {{contact.shoe_size}}"_s.arg(name()));
    }
    void snippetsAreKeptChangedAndDeleted()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->type(u"Hi "_s + name());
        m_run->type(u", my own words"_s);
        m_run->window()->actions()->action(gui::Command::SaveSnippet)->trigger();
        QPointer<QDialog> dialog = m_run->find<QDialog>("snippets");
        QVERIFY(dialog && dialog->isVisible());
        // For anybody, not for this lead.
        QCOMPARE(dialog->findChild<QPlainTextEdit *>(u"snippets.text"_s)->toPlainText(), u"Hi {{contact.first_name}}, my own words"_s);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(u"snippets.name"_s), u"Own hello"_s);
        QTest::mouseClick(dialog->findChild<QPushButton *>(u"snippets.save"_s), Qt::LeftButton);
        auto *desk = m_run->window()->findChild<models::Desk *>();
        // Typed while the first words are still being written to the disk.
        QTest::keyClicks(dialog->findChild<QPlainTextEdit *>(u"snippets.text"_s), u"?"_s);
        QTRY_COMPARE(desk->snippets()->own().size(), 1);
        QTRY_VERIFY(dialog->findChild<QListWidget *>(u"snippets.list"_s)->count() > 0);
        QVERIFY(dialog->findChild<QPlainTextEdit *>(u"snippets.text"_s)->toPlainText().contains(u'?'));
        // What is typed and not saved by hand is kept when the dialog goes.
        QTest::keyClicks(dialog->findChild<QPlainTextEdit *>(u"snippets.text"_s), u"!"_s);
        dialog->reject();
        QTRY_VERIFY(!dialog);
        QTRY_VERIFY(desk->snippets()->own().first().text.contains(u'!'));
        QVERIFY(desk->snippets()->own().first().text.contains(u'?'));
        QCOMPARE(desk->snippets()->own().size(), 1);
        m_run->close();
        QVERIFY(m_run->open()); // a new start
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        m_run->text()->clear();
        m_run->type(u"/own"_s);
        QTRY_VERIFY(listed() && list()->item(0)->text().contains(u"Own hello"_s));
        key(Qt::Key_Escape);
        m_run->window()->actions()->action(gui::Command::Snippets)->trigger();
        dialog = m_run->find<QDialog>("snippets");
        QTRY_VERIFY(dialog->findChild<QListWidget *>(u"snippets.list"_s)->count() > 0);
        dialog->findChild<QListWidget *>(u"snippets.list"_s)->setCurrentRow(0);
        auto *remove = dialog->findChild<QPushButton *>(u"snippets.remove"_s);
        QTest::mouseClick(remove, Qt::LeftButton);
        desk = m_run->window()->findChild<models::Desk *>();
        QCOMPARE(desk->snippets()->own().size(), 1); // asked first
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_VERIFY(desk->snippets()->own().isEmpty());
        dialog->reject();
        QTRY_VERIFY(!dialog);
    }
};

QTEST_MAIN(TestSnippets)
#include "tst_snippets.moc"
