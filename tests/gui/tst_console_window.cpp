// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "domain/catalogue.h"
#include "gui/consolepage.h"
#include "gui/keymap.h"
#include "models/answermodel.h"
#include "models/desk.h"
#include "models/operationtree.h"
#include "models/watchlist.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Every operation, by the keys of the window.
class TestConsoleWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;

    template <class W>
    W *find(const char *name) const
    {
        return m_run->find<W>(name);
    }
    QLineEdit *field(const char *key) const { return m_run->find<QLineEdit>(QByteArray("console.value.").append(key).constData()); }
    QString status() const { return find<QLabel>("console.status")->text(); }
    void press(QWidget *where, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(where, Qt::Key(key), modifiers); }
    /// Finds it by its name and stands in its form.
    void open(const QString &name)
    {
        m_run->window()->activateWindow(); // after a popup: the window manager's part, which this platform lacks
        QTRY_VERIFY(m_run->window()->isActiveWindow());
        if (!find<QWidget>("console.page") || !find<QWidget>("console.page")->isVisible())
            press(m_run->window(), Qt::Key_8, Qt::ControlModifier);
        QTRY_VERIFY(find<QWidget>("console.page") && find<QWidget>("console.page")->isVisible());
        auto *search = find<QLineEdit>("console.search");
        search->setFocus();
        search->clear();
        QTest::keyClicks(search, name);
        QTRY_COMPARE(find<QLabel>("console.name")->text(), name);
    }
    /// A contact that the cache knows.
    ContactId somebody() const { return m_run->inbox()->thread()->contactId(); }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<test::WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanupTestCase() { m_run.reset(); }

    void theTreeHoldsFourteenCategories()
    {
        press(m_run->window(), Qt::Key_8, Qt::ControlModifier);
        QTRY_VERIFY(find<QTreeView>("console.tree") && find<QTreeView>("console.tree")->isVisible());
        auto *model = find<QTreeView>("console.tree")->model();
        const QAbstractItemModelTester tester(model);
        QCOMPARE(model->rowCount(), 14);
        int leaves = 0;
        for (int row = 0; row < model->rowCount(); ++row)
            leaves += model->rowCount(model->index(row, 0));
        QCOMPARE(leaves, int(catalogue::all().size()));
        auto *search = find<QLineEdit>("console.search");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, u"no such thing"_s);
        QTRY_VERIFY(find<QWidget>("console.nothing")->isVisible());
        search->clear();
        QTRY_COMPARE(model->rowCount(), 14);
    }
    void everyRowHasItsForm()
    {
        auto *page = find<gui::ConsolePage>("console.page");
        for (const auto &operation : catalogue::all()) {
            page->show({&operation, {}, QJsonValue(QJsonValue::Undefined), {}});
            QCOMPARE(find<QLabel>("console.name")->text().startsWith(operation.name), true);
            auto *form = find<QWidget>("console.form");
            for (const auto &parameter : operation.parameters) {
                QWidget *editor = nullptr;
                for (auto *one : form->findChildren<QWidget *>(u"console.value."_s + parameter.key)) {
                    if (!one->isHidden() || one->parentWidget()->isHidden())
                        editor = one;
                }
                QVERIFY2(editor, qPrintable(operation.name + u' ' + parameter.key));
                QVERIFY2(!editor->accessibleName().isEmpty(), qPrintable(operation.name + u' ' + parameter.key));
            }
            QVERIFY2(find<QPlainTextEdit>("console.request")->toPlainText().startsWith(QString::fromLatin1(operation.verb)), qPrintable(operation.name));
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }
    void aReadIsSentByKeysAlone()
    {
        open(u"Get Contact"_s);
        auto *contact = field("contactId");
        contact->setFocus();
        press(contact, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().contains(u"contactId"_s), qPrintable(status())); // it says what is missing
        QTest::keyClicks(contact, somebody().value);
        const QString request = find<QPlainTextEdit>("console.request")->toPlainText();
        QVERIFY2(request.contains(u"/contacts/"_s + somebody().value) && request.contains(u"Version: 2021-07-28"_s), qPrintable(request));
        QVERIFY(!request.contains(u"pit-"_s));
        press(contact, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().startsWith(u"200"_s), qPrintable(status()));
        QVERIFY(find<QPlainTextEdit>("console.json")->toPlainText().contains(somebody().value));
        QVERIFY(find<QTableView>("console.table")->model()->rowCount() > 3);
        QCOMPARE(find<QListWidget>("console.history")->count(), 1);
    }
    void aListIsATable()
    {
        open(u"List Calendars"_s);
        press(find<QWidget>("console.send"), Qt::Key_Space);
        QTRY_VERIFY2(status().startsWith(u"200"_s), qPrintable(status()));
        auto *table = find<QTableView>("console.table");
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->headerData(0, Qt::Horizontal).toString(), u"id"_s);
        QVERIFY(table->model()->rowCount() > 1);
    }
    void anIdIsPickedByItsName()
    {
        open(u"Get Calendar by ID"_s);
        auto *calendar = field("calendarId");
        calendar->setFocus();
        QTest::mouseClick(find<QWidget>("console.pick.calendarId"), Qt::LeftButton);
        QTRY_VERIFY(QApplication::activePopupWidget());
        auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
        QVERIFY(popup && popup->model()->rowCount() > 1);
        press(popup, Qt::Key_Down);
        press(popup, Qt::Key_Return);
        QTRY_VERIFY(calendar->text().size() > 8);
        press(calendar, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().startsWith(u"200"_s), qPrintable(status()));
    }
    void aChangeLeavesOnce()
    {
        open(u"Update Contact"_s);
        field("contactId")->setText(somebody().value);
        auto *more = find<QPushButton>("console.more");
        press(more, Qt::Key_Space);
        QTRY_VERIFY(field("city")->isVisible());
        field("city")->setText(u"Kissimmee"_s);
        press(field("city"), Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY2(status().startsWith(u"Nothing was sent"_s), qPrintable(status()));
        QCOMPARE(m_run->taken(u"PUT"_s, u"/contacts/"_s + somebody().value, u"Kissimmee"_s), 0);
        press(field("city"), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().startsWith(u"200"_s), qPrintable(status()));
        QCOMPARE(m_run->taken(u"PUT"_s, u"/contacts/"_s + somebody().value, u"Kissimmee"_s), 1);
    }
    void theBodyCanBeWrittenAsJson()
    {
        open(u"Create Contact Note"_s);
        field("contactId")->setText(somebody().value);
        find<QPlainTextEdit>("console.value.body")->setPlainText(u"Likes gardens"_s);
        auto *whole = find<QWidget>("console.bodyJson");
        press(whole, Qt::Key_Space);
        auto *body = find<QPlainTextEdit>("console.body");
        QTRY_VERIFY(body->isVisible());
        QVERIFY(body->toPlainText().contains(u"Likes gardens"_s));
        body->setPlainText(u"{\"body\": \"Likes"_s);
        press(body, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().contains(u"JSON"_s), qPrintable(status()));
        body->setPlainText(u"{\"body\": \"Likes ponds\"}"_s);
        QVERIFY(find<QPlainTextEdit>("console.request")->toPlainText().contains(u"Likes ponds"_s));
    }
    void aDeleteIsAllowedByTypingItsName()
    {
        open(u"Delete Contact"_s);
        field("contactId")->setText(u"nobody"_s);
        press(field("contactId"), Qt::Key_Return, Qt::ControlModifier);
        auto *confirm = find<QLineEdit>("console.confirm");
        QTRY_VERIFY2(status().startsWith(u"Nothing was sent"_s), qPrintable(status()));
        QVERIFY(confirm->hasFocus());
        QCOMPARE(m_run->taken(u"DELETE"_s, u"/contacts/nobody"_s, {}), 0);
        QTest::keyClicks(confirm, u"delete contact"_s);
        press(confirm, Qt::Key_Return);
        QTRY_VERIFY2(m_run->taken(u"DELETE"_s, u"/contacts/nobody"_s, {}) == 1, qPrintable(status()));
        QTRY_VERIFY2(status().contains(u"Trace id"_s), qPrintable(status())); // refused, and it says so
        QVERIFY(confirm->text().isEmpty());
    }
    void theCallIsCopiedAsACommand()
    {
        open(u"Get Contact"_s);
        field("contactId")->setText(u"a b"_s);
        press(field("contactId"), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(QApplication::clipboard()->text(), u"outrigger-cli op call get-contact --param 'contactId=a b'"_s);
    }
    void thePastIsCalledAgain()
    {
        auto *history = find<QListWidget>("console.history");
        const int before = history->count();
        QVERIFY(before > 2);
        int row = -1;
        for (int i = 0; i < before; ++i) {
            if (history->item(i)->text().contains(u"List Calendars"_s))
                row = i;
        }
        QVERIFY(row >= 0);
        history->setCurrentRow(row);
        QTRY_COMPARE(find<QLabel>("console.name")->text(), u"List Calendars"_s);
        Q_EMIT history->itemActivated(history->item(row));
        QTRY_COMPARE(history->count(), before + 1);
    }
    void whatIsNewIsWatched()
    {
        open(u"List Businesses by Location"_s);
        if (find<QWidget>("console.watch")->isHidden())
            QFAIL("a trigger can be watched");
        const QString file = QDir(m_run->profile.path()).filePath(u"news.jsonl"_s);
        open(u"List Calendar Groups"_s);
        find<QSpinBox>("console.minutes")->setValue(1);
        find<QLineEdit>("console.watchFile")->setText(file);
        press(find<QWidget>("console.watch"), Qt::Key_Space);
        auto *list = find<QListView>("console.watches");
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QTRY_VERIFY2(list->model()->index(0, 0).data().toString().contains(u"last look"_s), qPrintable(list->model()->index(0, 0).data().toString()));
        open(u"Create Calendar Group"_s);
        for (const char *key : {"name", "slug"})
            field(key)->setText(u"harbour"_s);
        find<QPlainTextEdit>("console.value.description")->setPlainText(u"Viewings at the harbour"_s);
        press(field("name"), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().startsWith(u"20"_s), qPrintable(status()));
        QVERIFY(!QFile::exists(file)); // what was there before is not news
        list->setCurrentIndex(list->model()->index(0, 0));
        press(find<QWidget>("console.watchNow"), Qt::Key_Space);
        QTRY_VERIFY(QFile::exists(file));
        const auto news = [&file] {
            QFile written(file);
            return written.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(written.readAll()).object()[u"name"_s].toString() : QString();
        };
        QTRY_COMPARE(news(), u"harbour"_s);
        press(find<QWidget>("console.watchStop"), Qt::Key_Space);
        QTRY_COMPARE(list->model()->rowCount(), 0);
    }
    /// A calendar that was made here is there to be booked, although the list of calendars is read seldom by itself.
    void aNewCalendarIsThereAtOnce()
    {
        const auto *desk = m_run->window()->findChild<models::Desk *>();
        QTRY_VERIFY_WITH_TIMEOUT(!desk->calendars().isEmpty(), 20'000);
        const auto before = desk->calendars().size();
        open(u"Create Calendar"_s);
        auto *name = field("name");
        name->setFocus();
        QTest::keyClicks(name, u"Evening call"_s);
        press(name, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY2(status().startsWith(u"20"_s), qPrintable(status()));
        QTRY_COMPARE_WITH_TIMEOUT(desk->calendars().size(), before + 1, 20'000);
    }
};

QTEST_MAIN(TestConsoleWindow)
#include "tst_console_window.moc"
