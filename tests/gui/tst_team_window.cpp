// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/maildesk.h"
#include "gui/widgets.h"

#include <QLineEdit>
#include <QPlainTextEdit>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// A teammate answers the lead while somebody here is writing to the same one.
class TestTeamWindow : public QObject
{
    Q_OBJECT
    std::unique_ptr<WindowRun> m_run;

    gui::Strip *strip() const { return m_run->find<gui::Strip>("thread.team"); }
    bool says(const QString &words) const { return strip()->sentence().contains(words); }
    void colleagueAnswers()
    {
        const QString contact = m_run->inbox()->thread()->contactId().value;
        QVERIFY(m_run->control("POST", u"colleague"_s, {{u"contactId"_s, contact}}).contains(u"messageId"_s));
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->window()->resize(1280, 800);
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup() { m_run.reset(); }

    void theFirstEnterAsksAndTheSecondSendsOnce()
    {
        m_run->type(u"I can do Thursday"_s);
        colleagueAnswers();
        QTRY_VERIFY_WITH_TIMEOUT(strip()->isVisible(), 20'000);
        QVERIFY(says(u"while you were writing"_s));
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QVERIFY(says(u"Send once more"_s));
        QCOMPARE(m_run->text()->toPlainText(), u"I can do Thursday"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"I can do Thursday"_s), 1, 15'000);
        QVERIFY(!strip()->isVisible());
    }
    void nothingIsAskedWhenNothingIsBeingWritten()
    {
        m_run->type(u"x"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Backspace);
        const int rows = m_run->inbox()->thread()->findChild<QAbstractItemView *>(u"thread.messages"_s)->model()->rowCount();
        colleagueAnswers();
        QTRY_VERIFY_WITH_TIMEOUT(m_run->inbox()->thread()->findChild<QAbstractItemView *>(u"thread.messages"_s)->model()->rowCount() > rows, 20'000);
        QVERIFY(!strip()->isVisible());
    }
    void emptyingTheFieldEndsTheQuestion()
    {
        m_run->type(u"Hm"_s);
        colleagueAnswers();
        QTRY_VERIFY_WITH_TIMEOUT(strip()->isVisible(), 20'000);
        m_run->text()->selectAll();
        QTest::keyClick(m_run->text(), Qt::Key_Delete);
        QTRY_VERIFY(!strip()->isVisible());
    }
    void anEmailAsksAsWell()
    {
        auto *desk = m_run->inbox()->thread()->findChild<gui::MailDesk *>();
        for (int row = 0; row < m_run->list()->model()->rowCount(); ++row) {
            const Contact &who = m_run->inbox()->thread()->composer()->contact();
            if (!who.email.isEmpty() && !who.dnd && who.dndSettings.isEmpty())
                break;
            m_run->list()->setCurrentIndex(m_run->list()->model()->index(row, 0));
            QTRY_COMPARE(m_run->inbox()->thread()->composer()->contact().id, m_run->inbox()->thread()->contactId());
        }
        desk->write();
        QTRY_VERIFY(m_run->find<QLineEdit>("mailcompose.subject") && m_run->find<QLineEdit>("mailcompose.subject")->isVisible());
        QTest::keyClicks(m_run->find<QLineEdit>("mailcompose.subject"), u"Your appointment"_s);
        auto *text = m_run->find<QPlainTextEdit>("mailcompose.text");
        QTest::keyClicks(text, u"See you on Thursday."_s);
        colleagueAnswers();
        QTRY_VERIFY_WITH_TIMEOUT(strip()->isVisible(), 20'000);
        const auto sent = [this] { return m_run->taken(u"POST"_s, u"/conversations/messages"_s, u"See you on Thursday."_s); };
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(says(u"Send once more"_s));
        QCOMPARE(sent(), 0);
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(sent(), 1, 15'000);
    }
};

QTEST_MAIN(TestTeamWindow)
#include "tst_team_window.moc"
