// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/wronglead.h"
#include "models/desk.h"

#include <QClipboard>
#include <QLineEdit>
#include <QMimeData>
#include <QDir>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QTextStream>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// A text that was meant for somebody else, in the real window; and drafts, which must stay where they were written.
class TestWrongLead : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;
    Contact m_other; ///< was open just before
    Contact m_lead;  ///< is open

    const Contact &shown() const { return m_run->inbox()->thread()->composer()->contact(); }
    gui::Strip *strip() const { return m_run->find<gui::Strip>("composer.strip"); }
    bool mayBeTexted() const
    {
        return !m_run->text()->isReadOnly() && m_run->find<QAbstractButton>("composer.send")->accessibleDescription().isEmpty();
    }
    /// Opens two leads with names and numbers that are not alike, one after the other.
    bool openTwo()
    {
        m_other = m_lead = {};
        for (int row = 0; row < m_run->list()->model()->rowCount() && m_lead.id.isEmpty(); ++row) {
            const QModelIndex index = m_run->list()->model()->index(row, 0);
            m_run->list()->setCurrentIndex(index);
            if (!QTest::qWaitFor([&] {
                    const QVariant value = index.data(models::InboxModel::RowRole);
                    return value.isValid() && m_run->inbox()->thread()->contactId() == value.value<ConversationRow>().contactId && !shown().id.isEmpty();
                }, 5'000))
                return false;
            const Contact now = shown();
            static const QRegularExpression latin(u"^[A-Za-z]{3,}$"_s);
            if (!mayBeTexted() || !latin.match(now.firstName).hasMatch() || now.phone.isEmpty() || now.email.isEmpty())
                continue;
            if (m_other.id.isEmpty())
                m_other = now;
            else if (now.firstName.at(0) != m_other.firstName.at(0) && now.phone != m_other.phone)
                m_lead = now;
        }
        return !m_lead.id.isEmpty();
    }
    void begin()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        QVERIFY(m_run->waitForRows());
        QVERIFY(openTwo());
    }
    void enter() { QTest::keyClick(m_run->text(), Qt::Key_Return); }
    int waiting() const { return m_run->app->engine()->outbox().counts().waiting; }

public:
    /// What the killed process does.
    int writeAndWait()
    {
        m_run = std::make_unique<WindowRun>();
        QTextStream out(stdout);
        if (!m_run->open() || !m_run->waitForRows() || !openTwo()) {
            out << "skip" << Qt::endl;
            return 1;
        }
        out << "profile " << m_run->profile.path() << Qt::endl;
        int written = 0;
        for (const auto &[word, contact] : {std::pair("first", m_other.id), std::pair("second", m_lead.id)}) {
            m_run->inbox()->openContact(contact);
            if (!QTest::qWaitFor([&] { return shown().id == contact; }, 10'000))
                return 1;
            m_run->type(u"Only for the "_s + QLatin1String(word));
            out << word << ' ' << contact.value << Qt::endl;
            // Written a quarter of a second after the last key; nothing else makes it durable.
            if (QTest::qWaitFor([&] {
                    auto reading = m_run->app->engine()->ledger().draft(m_run->app->engine()->account()->location, contact);
                    const auto draft = await(std::move(reading));
                    return draft && *draft && (*draft)->text.endsWith(QLatin1String(word));
                }, 10'000))
                ++written;
        }
        if (written == 2)
            out << "ready" << Qt::endl;
        return QCoreApplication::exec();
    }

private Q_SLOTS:
    void cleanup() { m_run.reset(); }

    void aTextThatGreetsAnotherLeadAsks()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const QString words = u"Hi %1, is Friday fine?"_s.arg(m_other.firstName);
        m_run->type(words);
        enter(); // at once: faster than the question to the cache
        QTRY_VERIFY2(strip()->sentence().contains(u"This greets %1, but you are writing to %2."_s.arg(m_other.firstName, m_lead.firstName)),
                     qPrintable(strip()->sentence()));
        QTRY_COMPARE(QApplication::focusWidget(), m_run->find<QPushButton>("composer.strip.act"));
        QCOMPARE(waiting(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape); // back to the words
        QCOMPARE(QApplication::focusWidget(), m_run->text());
        QCOMPARE(m_run->text()->toPlainText(), words);
        enter();
        QTRY_COMPARE(QApplication::focusWidget(), m_run->find<QPushButton>("composer.strip.act"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // once more: it goes
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(words), 1, 30'000);
    }
    void aRuleCanBeSwitchedOff()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->type(u"Hi %1, is Friday fine?"_s.arg(m_other.firstName));
        QTRY_VERIFY(strip()->sentence().contains(u"This greets"_s));
        m_run->window()->actions()->action(gui::Command::Settings)->trigger();
        auto *rule = m_run->find<QAbstractButton>("settings.guardGreeting");
        QVERIFY(rule && rule->isChecked());
        rule->click();
        QTRY_VERIFY(!strip()->sentence().contains(u"This greets"_s));
    }
    void draftsSurviveAKillAndStayWithTheirLeads()
    {
        // Another process writes to two leads and is killed without warning.
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--write-and-wait"_s});
        QVERIFY(child.waitForStarted());
        QByteArray said;
        const auto line = [&said](const QByteArray &word) {
            const auto at = said.indexOf(word + ' ');
            return at < 0 || said.indexOf('\n', at) < 0 ? QString() : QString::fromUtf8(said.mid(at, said.indexOf('\n', at) - at)).section(u' ', 1);
        };
        QVERIFY(QTest::qWaitFor([&] {
            said += child.readAllStandardOutput();
            return said.contains("\nready") || child.state() == QProcess::NotRunning;
        }, 60'000));
        if (said.contains("skip"))
            QSKIP("The practice server is not built.");
        QVERIFY2(said.contains("\nready"), said.constData());
        child.kill(); // SIGKILL
        QVERIFY(child.waitForFinished(10'000));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);

        m_run = std::make_unique<WindowRun>();
        QDir left(line("profile"));
        QVERIFY(left.exists());
        const auto files = left.entryList(QDir::Files | QDir::Hidden);
        for (const QString &file : files)
            QVERIFY(QFile::copy(left.filePath(file), m_run->profile.filePath(file)) || file.contains(u"lock"_s));
        left.removeRecursively();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        for (const char *which : {"first", "second", "first"}) {
            m_run->inbox()->openContact(ContactId(line(which)));
            QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Only for the "_s + QLatin1String(which), 10'000);
        }
        // A third lead has none.
        for (int row = 0; row < m_run->list()->model()->rowCount(); ++row) {
            m_run->list()->setCurrentIndex(m_run->list()->model()->index(row, 0));
            QTRY_VERIFY(!shown().id.isEmpty() && m_run->inbox()->thread()->contactId() == shown().id);
            const QString lead = shown().id.value;
            const QString kept = m_run->text()->toPlainText();
            QCOMPARE(kept, lead == line("first") ? u"Only for the first"_s : lead == line("second") ? u"Only for the second"_s : QString());
        }
        QCOMPARE(waiting(), 0);
    }
    void theRightNameGoesWithoutAQuestion()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const QString words = u"Hi %1, is Friday fine?"_s.arg(m_lead.firstName);
        m_run->type(words);
        enter();
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(words), 1, 30'000);
    }
    void anotherLeadsNumberAndAddressAsk()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        for (const QString &foreign : {m_other.phone, m_other.email}) {
            m_run->text()->clear();
            m_run->type(u"You reach me at "_s + foreign);
            QTRY_VERIFY2(strip()->sentence().contains(u"belongs to "_s + m_other.displayName()), qPrintable(foreign + strip()->sentence()));
        }
        for (const QString &own : {m_lead.phone, m_lead.email}) {
            m_run->text()->clear();
            m_run->type(u"Is it still "_s + own);
            enter();
            QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Is it still "_s + own), 1, 30'000);
        }
    }
    void wordsOfAnotherConversationAsk()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        m_run->type(u"The lock box code is 4711, by the way"_s);
        m_run->text()->selectAll();
        m_run->text()->cut();
        m_run->text()->paste(); // in the same conversation nobody minds
        QVERIFY2(!strip()->sentence().contains(u"copied"_s), qPrintable(strip()->sentence()));
        m_run->text()->selectAll();
        m_run->text()->cut();
        m_run->inbox()->openContact(m_other.id);
        QTRY_COMPARE(shown().id, m_other.id);
        m_run->text()->setFocus();
        m_run->text()->paste();
        QTRY_VERIFY2(strip()->sentence().contains(u"copied from the conversation with "_s + m_lead.displayName()), qPrintable(strip()->sentence()));
        enter();
        QTRY_COMPARE(QApplication::focusWidget(), m_run->find<QPushButton>("composer.strip.act"));
        QCOMPARE(waiting(), 0);
        m_run->text()->clear();
        m_run->type(u"Something else"_s); // the pasted words are gone, and so is the question
        QTRY_VERIFY2(!strip()->sentence().contains(u"copied"_s), qPrintable(strip()->sentence()));
    }
    void noOtherLeadsRowIsMarkedWhileOneIsOpen()
    {
        begin();
        if (QTest::currentTestFailed() || !m_run->app)
            return;
        const auto marked = [this] { return m_run->list()->selectionModel()->selectedRows().size(); };
        QCOMPARE(marked(), 1);
        m_run->find<QLineEdit>("inbox.filter")->setText(m_lead.phone);
        QTRY_COMPARE(m_run->list()->model()->rowCount(), 1);
        m_run->inbox()->openContact(m_other.id); // as from a notification: their row is not in this list
        QTRY_COMPARE(shown().id, m_other.id);
        QCOMPARE(marked(), 0);
        m_run->inbox()->openContact(m_lead.id);
        QTRY_COMPARE(shown().id, m_lead.id);
        QTRY_COMPARE(marked(), 1);
    }
    void theClipboardTellsOthersNoName()
    {
        const std::unique_ptr<QMimeData> data(gui::copied(u"words"_s, ContactId(u"abc"_s)));
        QCOMPARE(data->text(), u"words"_s);
        QCOMPARE(gui::copiedFrom(data.get()), ContactId(u"abc"_s));
        QMimeData foreign;
        foreign.setText(u"words"_s);
        QVERIFY(gui::copiedFrom(&foreign).isEmpty());
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    TestWrongLead test;
    if (application.arguments().contains(u"--write-and-wait"_s))
        return test.writeAndWait();
    return QTest::qExec(&test, argc, argv);
}
#include "tst_wronglead.moc"
