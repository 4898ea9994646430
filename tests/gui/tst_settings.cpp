// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/desktopentries.h"
#include "gui/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>
#include <QWheelEvent>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// The settings page in the real window, and what it tells the desktop, in a home of its own.
class TestSettings : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<WindowRun> m_run;

    void begin()
    {
        m_run = std::make_unique<WindowRun>();
        m_run->options.undo = std::chrono::milliseconds(-1); // the person's setting
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->window()->actions()->action(gui::Command::Settings)->trigger();
        QTRY_VERIFY(page());
    }
    QWidget *page() const { return m_run->find<QWidget>("settings.page"); }
    bool choose(const char *box, const QVariant &value)
    {
        auto *combo = m_run->find<QComboBox>(box);
        if (!combo || combo->findData(value) < 0)
            return false;
        combo->setCurrentIndex(combo->findData(value));
        Q_EMIT combo->activated(combo->currentIndex());
        return true;
    }
    static QString ask(const QStringList &words)
    {
        QProcess process;
        process.start(u"xdg-mime"_s, words);
        process.waitForFinished(10'000);
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }
    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static bool valid(const QString &file)
    {
        QProcess check;
        check.start(u"desktop-file-validate"_s, {file});
        if (!check.waitForStarted())
            return true; // its package is not installed here
        check.waitForFinished(10'000);
        const QByteArray said = check.readAllStandardOutput();
        if (!said.isEmpty())
            qWarning("%s", said.constData());
        return check.exitCode() == 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME"}) {
            const QString folder = m_home.filePath(QLatin1String(variable));
            QVERIFY(QDir().mkpath(folder));
            qputenv(variable, folder.toUtf8());
        }
        qunsetenv("XDG_CURRENT_DESKTOP");
        qunsetenv("DESKTOP_SESSION");
        qputenv("HOME", m_home.path().toUtf8());
    }
    void cleanup() { m_run.reset(); }

    void theNextTextIsHeldForTheNewTime()
    {
        begin();
        if (!m_run->app)
            return;
        QVERIFY(choose("settings.undo", 30));
        m_run->window()->actions()->action(gui::Command::GoInbox)->trigger();
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
        const auto send = [&](const QString &words) {
            m_run->type(words);
            QTest::keyClick(m_run->text(), Qt::Key_Return);
            return QTest::qWaitFor([&] { return m_run->text()->toPlainText().isEmpty(); }, 5'000);
        };
        auto &outbox = m_run->app->engine()->outbox();
        QSignalSpy changed(&outbox, &sync::Outbox::recordChanged);
        QVERIFY(send(u"Held for long"_s));
        QVERIFY(!changed.isEmpty());
        const auto held = changed.last().first().value<OutboxRecord>();
        QCOMPARE(held.state, OutboxState::Held);
        QCOMPARE(held.createdAt.msecsTo(held.dueAt), 30'000);
        QTest::keyClick(m_run->text(), Qt::Key_Escape); // taken back
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Held for long"_s, 5'000);
        m_run->text()->clear();
        m_run->window()->actions()->action(gui::Command::Settings)->trigger();
        QVERIFY(choose("settings.undo", 0));
        m_run->window()->actions()->action(gui::Command::GoInbox)->trigger();
        changed.clear();
        QVERIFY(send(u"Gone at once"_s));
        QVERIFY(!changed.isEmpty());
        QCOMPARE(changed.first().first().value<OutboxRecord>().state, OutboxState::Queued);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Gone at once"_s), 1, 20'000);
        QCOMPARE(m_run->texts(u"Held for long"_s), 0);
    }
    void everyFieldIsReachedByTabAndHasAName()
    {
        begin();
        if (!m_run->app)
            return;
        QVERIFY(QTest::qWaitForWindowActive(m_run->window()));
        QTRY_VERIFY(m_run->find<QCheckBox>("settings.links.outrigger")->isEnabled());
        QTRY_COMPARE(QApplication::focusWidget(), m_run->find<QComboBox>("settings.theme"));
        QStringList expected;
        for (auto *widget : page()->findChildren<QWidget *>()) {
            const bool control = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
                || qobject_cast<QAbstractSpinBox *>(widget) || (qobject_cast<QLineEdit *>(widget) && widget->objectName().startsWith(u"settings"_s));
            if (!control || !widget->isVisible() || !widget->isEnabled())
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY2(widget->objectName().startsWith(u"settings."_s), qPrintable(widget->objectName()));
            expected.append(widget->objectName());
        }
        QVERIFY(expected.size() >= 14);
        QStringList reached;
        auto *area = m_run->find<QScrollArea>("settings.scroll");
        for (int i = 0; i < 60 && QApplication::focusWidget(); ++i) {
            auto *focus = QApplication::focusWidget();
            if (page()->isAncestorOf(focus) && !reached.contains(focus->objectName())) {
                reached.append(focus->objectName());
                const QPoint at = focus->mapTo(area->viewport(), focus->rect().center());
                QVERIFY2(area->viewport()->rect().contains(at), qPrintable(focus->objectName() + u" is not scrolled into view"_s));
            }
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        for (const QString &name : expected)
            QVERIFY2(reached.contains(name), qPrintable(name));
    }
    void nothingIsCutOff_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("width");
        QTest::newRow("as it comes") << 100 << 1280;
        QTest::newRow("narrow") << 100 << 380;
        QTest::newRow("double, wide") << 200 << 1280;
        QTest::newRow("double, as narrow as it goes") << 200 << 0;
    }
    void nothingIsCutOff()
    {
        QFETCH(int, size);
        QFETCH(int, width);
        begin();
        if (!m_run->app)
            return;
        QVERIFY(choose("settings.textSize", size));
        m_run->window()->resize(qMax(width, m_run->window()->minimumWidth()), 700);
        auto *area = m_run->find<QScrollArea>("settings.scroll");
        QTRY_VERIFY(area->widget()->height() > area->viewport()->height());
        if (!QTest::qWaitFor([&] { return area->widget()->width() == area->viewport()->width(); }, 3'000)) {
            for (auto *widget : area->widget()->findChildren<QWidget *>()) {
                if (widget->isVisible() && widget->minimumSizeHint().width() > area->viewport()->width() - 40)
                    qWarning() << widget->objectName() << widget->minimumSizeHint();
            }
            QFAIL("it scrolls sideways");
        }
        for (auto *widget : area->widget()->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLabel *>(widget) || qobject_cast<QComboBox *>(widget)))
                continue;
            const QPoint end = widget->mapTo(area->widget(), widget->rect().bottomRight());
            QVERIFY2(end.x() < area->viewport()->width(), qPrintable(widget->objectName()));
            if (!qobject_cast<QComboBox *>(widget))
                QVERIFY2(widget->width() >= widget->minimumSizeHint().width(), qPrintable(widget->objectName()));
        }
    }
    void theWheelChangesNothing()
    {
        begin();
        if (!m_run->app)
            return;
        auto *theme = m_run->find<QComboBox>("settings.theme");
        const int before = theme->currentIndex();
        const QPointF at = theme->rect().center();
        QWheelEvent wheel(at, theme->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        theme->setFocus();
        QApplication::sendEvent(theme, &wheel);
        QCOMPARE(theme->currentIndex(), before);
    }
    void quietHoursAreKept()
    {
        begin();
        if (!m_run->app)
            return;
        auto *quiet = m_run->find<QCheckBox>("settings.quiet");
        auto *from = m_run->find<QComboBox>("settings.quietFrom");
        QVERIFY(!quiet->isChecked());
        QVERIFY(!from->isEnabled());
        QTest::keyClick(quiet, Qt::Key_Space);
        QVERIFY(from->isEnabled());
        QVERIFY(choose("settings.quietFrom", QTime(21, 30)));
        gui::Settings kept(m_run->profile.filePath(u"settings.ini"_s));
        QTRY_COMPARE(kept.quietFrom(), QTime(21, 30));
        QCOMPARE(kept.quietTo(), QTime(8, 0));
        QTest::keyClick(quiet, Qt::Key_Space);
        m_run->close();
        gui::Settings after(m_run->profile.filePath(u"settings.ini"_s));
        QVERIFY(!after.quietFrom().isValid());
    }
    void startAtLoginIsAFileAndItsAbsence()
    {
        begin();
        if (!m_run->app)
            return;
        auto *login = m_run->find<QCheckBox>("settings.login");
        QVERIFY(!login->isChecked());
        QTest::keyClick(login, Qt::Key_Space);
        const QDir folder(m_home.filePath(u"XDG_CONFIG_HOME/autostart"_s));
        QCOMPARE(folder.entryList(QDir::Files).size(), 1);
        const QString file = folder.filePath(folder.entryList(QDir::Files).first());
        QVERIFY(contents(file).contains(m_run->profile.path().toUtf8()));
        QVERIFY(valid(file));
        QTest::keyClick(login, Qt::Key_Space);
        QVERIFY(folder.entryList(QDir::Files).isEmpty());
    }
    void linksAreTakenAndGivenBack()
    {
        if (QStandardPaths::findExecutable(u"xdg-mime"_s).isEmpty())
            QSKIP("xdg-utils is not installed.");
        // Another program has tel: links; nobody has sms: links.
        const QString applications = m_home.filePath(u"XDG_DATA_HOME/applications"_s);
        QVERIFY(QDir().mkpath(applications));
        QFile other(applications + u"/dialer.desktop"_s);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("[Desktop Entry]\nType=Application\nName=Dialer\nExec=/bin/true %u\nMimeType=x-scheme-handler/tel;\n");
        other.close();
        ask({u"default"_s, u"dialer.desktop"_s, u"x-scheme-handler/tel"_s});
        QCOMPARE(ask({u"query"_s, u"default"_s, u"x-scheme-handler/tel"_s}), u"dialer.desktop"_s);
        const QByteArray before = contents(m_home.filePath(u"XDG_CONFIG_HOME/mimeapps.list"_s));
        begin();
        if (!m_run->app)
            return;
        auto *tel = m_run->find<QCheckBox>("settings.links.tel");
        auto *sms = m_run->find<QCheckBox>("settings.links.sms");
        for (auto *box : {tel, sms}) {
            QTRY_VERIFY_WITH_TIMEOUT(tel->isEnabled() && sms->isEnabled(), 20'000);
            QVERIFY(!box->isChecked());
            QTest::keyClick(box, Qt::Key_Space);
        }
        QTRY_VERIFY_WITH_TIMEOUT(tel->isEnabled() && sms->isEnabled(), 20'000);
        const auto *said = m_run->find<QLabel>("settings.startResult");
        QVERIFY2(!said->isVisible(), qPrintable(said->text()));
        const QString ours = ask({u"query"_s, u"default"_s, u"x-scheme-handler/tel"_s});
        QVERIFY2(ours.startsWith(u"outrigger"_s), qPrintable(ours));
        QCOMPARE(ask({u"query"_s, u"default"_s, u"x-scheme-handler/sms"_s}), ours);
        QVERIFY(ask({u"query"_s, u"default"_s, u"x-scheme-handler/outrigger"_s}) != ours);
        QVERIFY(valid(applications + u'/' + ours));
        QVERIFY(contents(applications + u'/' + ours).contains(" -- %u\n"));
        for (auto *box : {tel, sms}) {
            QTest::keyClick(box, Qt::Key_Space);
            QTRY_VERIFY_WITH_TIMEOUT(tel->isEnabled() && sms->isEnabled(), 20'000);
        }
        QVERIFY2(!said->isVisible(), qPrintable(said->text()));
        QCOMPARE(ask({u"query"_s, u"default"_s, u"x-scheme-handler/tel"_s}), u"dialer.desktop"_s);
        QCOMPARE(ask({u"query"_s, u"default"_s, u"x-scheme-handler/sms"_s}), QString());
        QVERIFY(!QFile::exists(applications + u'/' + ours));
        QCOMPARE(contents(m_home.filePath(u"XDG_CONFIG_HOME/mimeapps.list"_s)).trimmed(), before.trimmed());
    }
    void hostilePathsAreQuoted_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("line");
        QTest::newRow("plain") << u"/usr/bin/outrigger"_s << u"/usr/bin/outrigger %u"_s;
        QTest::newRow("blank") << u"/opt/my tools/o"_s << u"\"/opt/my tools/o\" %u"_s;
        QTest::newRow("field code") << u"/opt/%f/o"_s << u"/opt/%%f/o %u"_s;
        QTest::newRow("quote") << u"/opt/a\"b"_s << u"\"/opt/a\\\\\"b\" %u"_s;
        QTest::newRow("dollar and tick") << u"/opt/$(a)`b`"_s << u"\"/opt/\\\\$(a)\\\\`b\\\\`\" %u"_s;
        QTest::newRow("backslash") << u"/opt/a\\b"_s << u"\"/opt/a\\\\\\\\b\" %u"_s;
        QTest::newRow("new line") << u"/opt/a\nHidden=true"_s << u"\"/opt/a\\nHidden=true\" %u"_s;
    }
    void hostilePathsAreQuoted()
    {
        QFETCH(QString, program);
        QFETCH(QString, line);
        QCOMPARE(gui::DesktopEntries::execLine(program, {}, u"%u"_s), line);
    }
    void onlyOurLineGoesFromTheList_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("rest");
        const QString head = u"[Default Applications]\n"_s;
        QTest::newRow("only ours") << head + u"x-scheme-handler/sms=o.desktop\nx/y=z\n"_s << head + u"x/y=z\n"_s;
        QTest::newRow("among others") << head + u"x-scheme-handler/sms=o.desktop;p.desktop;\n"_s << head + u"x-scheme-handler/sms=p.desktop\n"_s;
        QTest::newRow("another one's") << head + u"x-scheme-handler/sms=p.desktop\n"_s << head + u"x-scheme-handler/sms=p.desktop\n"_s;
        QTest::newRow("another group") << u"[Removed Associations]\nx-scheme-handler/sms=o.desktop\n"_s << u"[Removed Associations]\nx-scheme-handler/sms=o.desktop\n"_s;
        QTest::newRow("empty") << QString() << QString();
    }
    void onlyOurLineGoesFromTheList()
    {
        QFETCH(QString, list);
        QFETCH(QString, rest);
        QCOMPARE(gui::DesktopEntries::withoutHandler(list, u"x-scheme-handler/sms"_s, u"o.desktop"_s), rest);
    }
};

QTEST_MAIN(TestSettings)
#include "tst_settings.moc"
