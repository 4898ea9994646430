// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/keymap.h"

#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// A morning at the desk with the keyboard alone.
class TestKeyboard : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;

    /// Presses a key where the focus is, as a person does; afterwards the focus must be somewhere that can be seen.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QVERIFY2(focus && focus->isVisible(), "nothing that can be seen has the focus");
        QTest::keyClick(focus, key, modifiers);
        QTRY_VERIFY2(QApplication::activePopupWidget() || (QApplication::focusWidget() && QApplication::focusWidget()->isVisible()),
                     qPrintable(u"the focus was lost after %1"_s.arg(QKeySequence(key | modifiers).toString())));
    }
    static QString focusName() { auto *w = QApplication::focusWidget(); return w ? w->objectName().isEmpty() ? QString::fromLatin1(w->metaObject()->className()) : w->objectName() : u"none"_s; }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<WindowRun>();
        m_run->options.undo = std::chrono::milliseconds(4'000);
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QVERIFY(m_run->waitForRows());
    }
    void cleanupTestCase() { m_run.reset(); }

    void aTextIsTakenBackAndSent()
    {
        auto *list = m_run->list();
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
        for (int row = 0; row < list->model()->rowCount(); ++row) { // on to the first lead who may be texted
            QTRY_VERIFY(!m_run->inbox()->thread()->composer()->contact().id.isEmpty()
                        && list->currentIndex().data(models::InboxModel::ContactIdRole).value<ContactId>()
                            == m_run->inbox()->thread()->composer()->contact().id);
            const auto *send = m_run->inbox()->thread()->composer()->findChild<QAbstractButton *>(u"composer.send"_s);
            if (!m_run->text()->isReadOnly() && send->accessibleDescription().isEmpty())
                break; // nor does the send guard ask
            press(Qt::Key_J);
        }
        press(Qt::Key_R);
        QTRY_COMPARE(focusName(), u"composer.text"_s);
        const QString words = u"Typed by hand"_s;
        QTest::keyClicks(QApplication::focusWidget(), words);
        press(Qt::Key_Return);
        QTRY_VERIFY(m_run->text()->toPlainText().isEmpty());
        press(Qt::Key_Z, Qt::ControlModifier); // an empty field: the text comes back
        QTRY_COMPARE(m_run->text()->toPlainText(), words);
        QCOMPARE(m_run->texts(words), 0);
        press(Qt::Key_Return);
        QTRY_VERIFY(m_run->text()->toPlainText().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(words), 1, 30'000);
    }
    void aStrangerIsTexted()
    {
        press(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(focusName(), u"newtext.to"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"+14075550163"_s);
        auto *composer = m_run->find<gui::Composer>("newtext.composer");
        QTRY_VERIFY(composer->textField()->isEnabled() && !composer->contact().phone.isEmpty());
        press(Qt::Key_Return); // to the name, which may stay empty
        QTRY_COMPARE(focusName(), u"newtext.first"_s);
        press(Qt::Key_Return);
        QTRY_VERIFY(composer->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClicks(QApplication::focusWidget(), u"Hello stranger"_s);
        press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Hello stranger"_s), 1, 30'000);
        QCOMPARE(m_run->taken(u"POST"_s, u"/contacts/"_s, u"+14075550163"_s), 1);
    }
    void everyPlaceIsReachedAndLeft()
    {
        press(Qt::Key_J, Qt::ControlModifier);
        QTRY_VERIFY(m_run->find<QWidget>("outbox.page")->isVisible());
        press(Qt::Key_5, Qt::ControlModifier);
        QTRY_COMPARE(focusName(), u"contacts.table"_s);
        press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(m_run->find<QWidget>("settings.page")->isVisible());
        press(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY(m_run->inbox()->isVisible());
        for (int pane = 0; pane < 4 && focusName() != "inbox.list"_L1; ++pane)
            press(Qt::Key_F6);
        QCOMPARE(focusName(), u"inbox.list"_s);
    }
    void theSheetOfKeysOpensAndCloses()
    {
        press(Qt::Key_F1);
        auto *sheet = m_run->find<QDialog>("cheatsheet");
        QVERIFY(sheet);
        QTRY_COMPARE(QApplication::activeWindow(), sheet);
        QPointer<QDialog> open = sheet;
        QTRY_VERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        m_run->window()->activateWindow(); // the window manager's part, which this platform lacks
        QTRY_VERIFY(!open || !open->isVisible());
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
    }
    void theQuestionMarkOpensTheSheet()
    {
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Question); // as the display's keyboard says it, without Shift
        auto *sheet = m_run->find<QDialog>("cheatsheet");
        QVERIFY(sheet);
        QTRY_COMPARE(QApplication::activeWindow(), sheet);
        QPointer<QDialog> open = sheet;
        QTRY_VERIFY(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Question); // the same key shuts it
        m_run->window()->activateWindow();
        QTRY_VERIFY(!open || !open->isVisible());
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
    }
    void theSyncPageIsReachedAndLeft()
    {
        press(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY(m_run->find<QWidget>("sync.page") && m_run->find<QWidget>("sync.page")->isVisible());
        press(Qt::Key_Left, Qt::AltModifier);
        QTRY_VERIFY(m_run->inbox()->isVisible());
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
    }
    void theNextUnreadIsOneKeyAway()
    {
        auto *list = m_run->list();
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
        const auto row = [&] { return m_run->inbox()->list()->currentRow(); };
        QTRY_VERIFY(row().has_value());
        if (row()->unread > 0) { // so that there is one beside the current one
            press(Qt::Key_U);
            QTRY_COMPARE(row()->unread, 0);
        }
        press(Qt::Key_J);
        QTRY_VERIFY(row().has_value());
        const qint64 marked = row()->key;
        if (row()->unread == 0) {
            press(Qt::Key_U);
            QTRY_VERIFY(row()->unread > 0);
        }
        press(Qt::Key_K);
        QTRY_VERIFY(row() && row()->key != marked && row()->unread == 0);
        press(Qt::Key_N);
        QTRY_VERIFY(row() && row()->key == marked);
        QVERIFY(list->currentIndex().isValid());
    }
    void aSnoozeIsChosenAndEndedByKeys()
    {
        auto *list = m_run->list();
        const auto key = m_run->inbox()->list()->currentKey();
        QVERIFY(key);
        press(Qt::Key_S);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_2); // tomorrow at nine
        QTRY_VERIFY(!QApplication::activePopupWidget());
        m_run->window()->activateWindow();
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
        QTRY_VERIFY(m_run->inbox()->list()->currentKey() != key); // the next one is chosen
        for (int split = 0; split < 8 && m_run->inbox()->list()->split() != Split::Snoozed; ++split)
            press(Qt::Key_Tab, Qt::ControlModifier);
        QTRY_COMPARE(list->model()->rowCount(), 1);
        if (!list->currentIndex().isValid())
            press(Qt::Key_J);
        QTRY_COMPARE(m_run->inbox()->list()->currentKey(), key);
        const auto until = [&] {
            const auto row = m_run->inbox()->list()->currentRow();
            return row ? row->snoozedUntil.toLocalTime() : QDateTime();
        };
        QTRY_COMPARE(until(), QDateTime(QDate::currentDate().addDays(1), QTime(9, 0)));
        press(Qt::Key_Z, Qt::ControlModifier); // awake again
        QTRY_COMPARE(list->model()->rowCount(), 0);
        for (int split = 0; split < 8 && m_run->inbox()->list()->split() != Split::All; ++split)
            press(Qt::Key_Tab, Qt::ControlModifier);
        QTRY_VERIFY(list->model()->rowCount() > 0);
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
    }
    void theSnoozeMenuOpensAndDoneIsTakenBack()
    {
        auto *list = m_run->list();
        const int all = list->model()->rowCount();
        if (!list->currentIndex().isValid())
            press(Qt::Key_J);
        QTRY_VERIFY(m_run->inbox()->list()->currentRow().has_value());
        press(Qt::Key_S);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!QApplication::activePopupWidget() && !m_run->find<QMenu>("snooze.menu"));
        m_run->window()->activateWindow(); // as above
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
        press(Qt::Key_Tab, Qt::ControlModifier); // New leads
        QTRY_COMPARE(m_run->inbox()->list()->split(), Split::NewLeads);
        QTRY_VERIFY(list->model()->rowCount() > 0 && list->model()->rowCount() < all);
        const int leads = list->model()->rowCount();
        QTRY_COMPARE(focusName(), u"inbox.list"_s);
        if (!list->currentIndex().isValid())
            press(Qt::Key_J);
        QTRY_VERIFY(m_run->inbox()->list()->currentRow().has_value());
        press(Qt::Key_E);
        QTRY_COMPARE(list->model()->rowCount(), leads - 1);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(list->model()->rowCount(), leads);
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
