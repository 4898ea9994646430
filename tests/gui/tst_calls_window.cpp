// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/logcalldialog.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDesktopServices>
#include <QPushButton>
#include <QSettings>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Calls that are made and noted from a thread, by the keys of the window.
class TestCallsWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;
    QTemporaryDir m_programs;
    QByteArray m_path;
    QList<QUrl> m_opened;

    MessageRow newest(Channel channel) const
    {
        const auto *model = m_run->find<gui::ThreadView>("thread.messages")->model();
        for (int row = model->rowCount() - 1; row >= 0; --row) {
            const auto message = model->index(row, 0).data(models::ThreadModel::RowRole).value<MessageRow>();
            if (message.message.channel == channel && !message.record.isEmpty())
                return message;
        }
        return {};
    }
    gui::LogCallDialog *form() const { return m_run->find<gui::LogCallDialog>("logcall"); }
    /// xdg-mime that knows this program for telephone links.
    void desktopSays(const QByteArray &handler)
    {
        QFile program(m_programs.filePath(u"xdg-mime"_s));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\necho '" + handler + "'\n");
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("PATH", QFile::encodeName(m_programs.path()) + ':' + m_path);
    }
    void logTheCall(int direction, int outcome, const QDateTime &when)
    {
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(form());
        form()->findChild<QComboBox *>(u"logcall.direction"_s)->setCurrentIndex(direction);
        form()->findChild<QComboBox *>(u"logcall.outcome"_s)->setCurrentIndex(outcome);
        form()->findChild<QDateTimeEdit *>(u"logcall.when"_s)->setDateTime(when);
        QTest::keyClick(form(), Qt::Key_Return);
        QTRY_VERIFY(!form());
    }

public Q_SLOTS:
    void open(const QUrl &url) { m_opened.append(url); }

private Q_SLOTS:
    void initTestCase() { m_path = qgetenv("PATH"); }
    void init()
    {
        m_opened.clear();
        QDesktopServices::setUrlHandler(u"tel"_s, this, "open");
        m_run = std::make_unique<test::WindowRun>();
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup()
    {
        m_run.reset();
        QDesktopServices::unsetUrlHandler(u"tel"_s);
        qputenv("PATH", m_path);
    }

    void aCallIsNotedOnceThroughTheProvider()
    {
        QSettings(m_run->profile.filePath(u"settings.ini"_s), QSettings::IniFormat).setValue(u"calls/provider"_s, u"64f0a1b2c3d4e5f60718293a"_s);
        m_run->close();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        const QDateTime when = QDateTime::currentDateTime().addSecs(-3600);
        logTheCall(1, 1, when);
        const auto posts = [this] { return m_run->taken(u"POST"_s, u"/conversations/messages/inbound"_s, u"no-answer"_s); };
        QTRY_COMPARE_WITH_TIMEOUT(posts(), 1, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(!newest(Channel::Call).message.id.isEmpty(), 10'000);
        QCOMPARE(newest(Channel::Call).message.direction, Direction::Inbound);
        QVERIFY(std::abs(newest(Channel::Call).message.dateAdded.secsTo(when.toUTC())) <= 60);
        QCOMPARE(posts(), 1);
    }
    void withoutAProviderItIsACommentAndTheFormSaysSo()
    {
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(form());
        QVERIFY(form()->findChild<QLabel *>(u"logcall.how"_s)->isVisible());
        QTest::keyClick(form(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Call noted by hand: outgoing, answered"_s), 1, 10'000);
        QCOMPARE(newest(Channel::InternalComment).message.channel, Channel::InternalComment);
    }
    void aNumberIsHandedToTheDesktopsProgram()
    {
        desktopSays("org.kde.kdeconnect.handler.desktop");
        const QString number = m_run->inbox()->thread()->composer()->contact().phone;
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_opened.size(), 1);
        QCOMPARE(m_opened.first().toString(), u"tel:"_s + number);
    }
    void whereNothingTakesCallsItSaysSoAndCopiesTheNumber()
    {
        desktopSays("");
        const QString number = m_run->inbox()->thread()->composer()->contact().phone;
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), number);
        QVERIFY(m_run->find<gui::Strip>("thread.strip")->sentence().contains(u"No program on this computer takes calls"_s));
        QCOMPARE(m_opened.size(), 0);
    }
    void outriggerDoesNotCallItself()
    {
        desktopSays("outrigger-links.desktop");
        QGuiApplication::clipboard()->clear();
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(m_run->find<gui::Strip>("thread.strip")->sentence().contains(u"Outrigger itself"_s));
        QCOMPARE(m_opened.size(), 0);
    }
};

QTEST_MAIN(TestCallsWindow)
#include "tst_calls_window.moc"
