// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowrun.h"

#include "gui/mailcomposer.h"
#include "gui/maildesk.h"
#include "gui/mailfiles.h"
#include "gui/mailreader.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::gui;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Catches what would have gone to the browser.
class Browser : public QObject
{
    Q_OBJECT
public:
    Browser()
    {
        for (const QString &scheme : {u"https"_s, u"http"_s, u"mailto"_s, u"tel"_s, u"file"_s})
            QDesktopServices::setUrlHandler(scheme, this, "open");
    }
    ~Browser() override
    {
        for (const QString &scheme : {u"https"_s, u"http"_s, u"mailto"_s, u"tel"_s, u"file"_s})
            QDesktopServices::unsetUrlHandler(scheme);
    }
    QList<QUrl> opened;
public Q_SLOTS:
    void open(const QUrl &url) { opened.append(url); }
};

/// E-mail in the real window: read, its pictures wanted, answered; by keys.
class TestMailWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;

    MailDesk *desk() const { return m_run->inbox()->thread()->mail(); }
    ThreadView *messages() const { return m_run->inbox()->thread()->view(); }
    Strip *remote() const { return m_run->find<Strip>("mail.remotePictures"); }
    QString contact() const { return m_run->inbox()->thread()->contactId().value; }

    /// An e-mail comes in and stands at the end of the thread; its key.
    qint64 arrives(const QJsonObject &mail)
    {
        QJsonObject body = mail;
        body.insert(u"contactId"_s, contact());
        const QString subject = mail.value(u"subject"_s).toString();
        if (!m_run->control("POST", u"email"_s, body).contains(u"messageId"_s))
            qWarning("no e-mail was made");
        qint64 key = 0;
        const bool came = QTest::qWaitFor([&] {
            const auto *model = messages()->model();
            for (int row = model->rowCount() - 1; row >= 0 && key == 0; --row) {
                const QModelIndex index = model->index(row, 0);
                if (index.data(models::ThreadModel::RowRole).value<MessageRow>().message.subject == subject)
                    key = index.data(models::ThreadModel::KeyRole).toLongLong();
            }
            return key != 0;
        }, 20'000);
        return came ? key : 0;
    }
    bool reads(qint64 key)
    {
        messages()->setFocus();
        messages()->showKey(key);
        QTest::keyClick(messages(), Qt::Key_Return);
        return QTest::qWaitFor([this] { return desk()->reader() && desk()->reader()->isReady() && !desk()->reader()->view()->clean().parts.isEmpty(); }, 10'000);
    }
    QString sentMail(const QString &field)
    {
        const QJsonArray entries = m_run->control("GET", u"ledger"_s).value(u"entries"_s).toArray();
        QString found;
        for (const auto &entry : entries) {
            const auto object = entry.toObject();
            const auto body = object.value(u"body"_s).isObject() ? object.value(u"body"_s).toObject()
                                                                  : QJsonDocument::fromJson(object.value(u"body"_s).toString().toUtf8()).object();
            if (object.value(u"path"_s).toString() == u"/conversations/messages" && body.value(u"type"_s).toString() == u"Email") {
                const QJsonValue value = body.value(field);
                found = value.isArray() ? value.toArray().first().toString() : value.toString();
            }
        }
        return found;
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->window()->resize(1280, 800);
        QVERIFY(m_run->waitForRows());
        for (int row = 0; row < m_run->list()->model()->rowCount(); ++row) {
            m_run->list()->setCurrentIndex(m_run->list()->model()->index(row, 0));
            auto *thread = m_run->inbox()->thread();
            QVERIFY(QTest::qWaitFor([&] {
                return thread->row() && thread->composer()->contact().id == thread->contactId() && !thread->contactId().isEmpty();
            }, 5'000));
            const Contact &who = thread->composer()->contact();
            if (!who.email.isEmpty() && !who.dnd && who.dndSettings.isEmpty())
                return;
        }
        QFAIL("Nobody here has an e-mail address.");
    }
    void cleanup() { m_run.reset(); }

    void enterOpensItAndEscapeGoesBack()
    {
        const qint64 key = arrives({{u"subject"_s, u"The kitchen"_s}, {u"html"_s, u"<p>Is it <b>new</b>?</p><script>x</script>"
                                     "<div class='gmail_quote'>You asked: why?</div>"_s}});
        QVERIFY(reads(key));
        QVERIFY(desk()->isShown());
        QCOMPARE(m_run->find<QLabel>("mail.subject")->text(), u"The kitchen"_s);
        QVERIFY(m_run->find<QLabel>("mail.from")->text().contains(u'@'));
        QVERIFY(m_run->find<QLabel>("mail.to")->text().contains(u'@'));
        auto *view = m_run->find<MailView>("mail.body");
        QVERIFY(view->hasFocus());
        QVERIFY(view->toPlainText().contains(u"Is it new?"_s));
        QVERIFY(!view->toPlainText().contains(u"You asked"_s));
        QVERIFY(view->toPlainText().contains(u"Show what is quoted"_s));
        QVERIFY(!m_run->inbox()->thread()->composer()->isVisible());
        QVERIFY(!remote()->isVisible());
        Q_EMIT view->anchorClicked(QUrl(u"fold:0"_s));
        QVERIFY(view->toPlainText().contains(u"You asked: why?"_s));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!desk()->isShown());
        QVERIFY(m_run->inbox()->thread()->composer()->isVisible());
        QVERIFY(messages()->hasFocus());
    }

    void picturesComeOnlyWhenTheirSenderIsTrusted()
    {
        const qint64 key = arrives({{u"subject"_s, u"Pictures"_s},
                                    {u"html"_s, u"<p>Look</p><img src=\"/media/pictures/7.png\" alt=\"The house\"><img src=\"/media/pixels/3.png\" width=1 height=1>"_s}});
        QVERIFY(reads(key));
        auto *view = desk()->reader()->view();
        QTRY_VERIFY(remote()->isVisible());
        QVERIFY(view->toPlainText().contains(u"[The house]"_s));
        QVERIFY(!view->toHtml().contains(u"picture:"_s));
        auto *act = m_run->find<QPushButton>("mail.remotePictures.act");
        QVERIFY(remote()->sentence().contains(u'@')); // whom one would trust
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_VERIFY(view->toHtml().contains(u"picture:0"_s));
        QVERIFY(!remote()->isVisible());
        QTRY_VERIFY(view->picture(0).width() > 24);
        // The next one of the same sender shows them at once, and asks nobody.
        QTest::keyClick(view, Qt::Key_Escape);
        const qint64 next = arrives({{u"subject"_s, u"More pictures"_s}, {u"html"_s, u"<p>And</p><img src=\"/media/pictures/8.png\">"_s}});
        QVERIFY(reads(next));
        QTRY_VERIFY(view->toHtml().contains(u"picture:0"_s));
        QVERIFY(!remote()->isVisible());
        QTRY_VERIFY(view->picture(0).width() > 24);
        // And a person can change their mind.
        QTest::mouseClick(m_run->find<QToolButton>("mail.picturesOff"), Qt::LeftButton);
        QTRY_VERIFY(remote()->isVisible());
        QTRY_VERIFY(!view->toHtml().contains(u"picture:"_s));
        QCOMPARE(m_run->control("GET", u"state"_s).value(u"pixelsAsked"_s).toInt(-1), 0);
    }

    void linksOpenByAClickAndOnlyEncrypted()
    {
        Browser browser;
        const qint64 key = arrives({{u"subject"_s, u"Links"_s},
                                    {u"html"_s, u"<p><a href='https://good.example/a'>Good</a> <a href='http://plain.example/b'>Plain</a> "
                                                 "<a href='https://evil.example/c'>www.bank.example</a></p>"_s}});
        QVERIFY(reads(key));
        auto *view = desk()->reader()->view();
        QVERIFY(view->toPlainText().contains(u"[not encrypted: plain.example]"_s));
        QVERIFY(view->toPlainText().contains(u"[leads to evil.example]"_s));
        QVERIFY(browser.opened.isEmpty());
        Q_EMIT view->anchorClicked(QUrl(u"link:0"_s));
        QCOMPARE(browser.opened, QList<QUrl>{QUrl(u"https://good.example/a"_s)});
        Q_EMIT view->anchorClicked(QUrl(u"link:1"_s));
        QVERIFY(m_run->find<Strip>("mail.strip")->sentence().contains(u"not encrypted"_s));
        Q_EMIT view->anchorClicked(QUrl(u"link:2"_s));
        QVERIFY(m_run->find<Strip>("mail.strip")->sentence().contains(u"evil.example"_s));
        Q_EMIT view->anchorClicked(QUrl(u"https://evil.example/direct"_s));
        Q_EMIT view->anchorClicked(QUrl(u"link:77"_s));
        QCOMPARE(browser.opened.size(), 1);
        Q_EMIT view->highlighted(QUrl(u"link:1"_s));
        QCOMPARE(m_run->find<QLabel>("mail.linkTarget")->text(), u"http://plain.example/b"_s);
    }

    void aReplyByKeysArrivesOnce()
    {
        const qint64 key = arrives({{u"subject"_s, u"Re: AW: The porch"_s}, {u"html"_s, u"<p>When?</p>"_s}});
        QVERIFY(reads(key));
        QTest::keyClick(desk()->reader()->view(), Qt::Key_R);
        QTRY_VERIFY(desk()->composer() && desk()->composer()->isVisible());
        auto *subject = m_run->find<QLineEdit>("mailcompose.subject");
        auto *words = m_run->find<QPlainTextEdit>("mailcompose.text");
        QCOMPARE(subject->text(), u"Re: The porch"_s);
        QVERIFY(words->hasFocus());
        QVERIFY(m_run->find<QLabel>("mailcompose.to")->text().contains(u'@'));
        QTest::keyClicks(words, u"On Thursday <b>at noon</b>"_s);
        m_run->find<QLineEdit>("mailcompose.cc")->setText(u"pat@office.example; wrong@"_s);
        QTest::keyClick(words, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_run->find<Strip>("mailcompose.strip")->sentence().contains(u"wrong@"_s));
        m_run->find<QLineEdit>("mailcompose.cc")->setText(u"Pat <pat@office.example>"_s);
        QTest::keyClick(words, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!desk()->isShown());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"On Thursday"_s), 1, 20'000);
        QCOMPARE(sentMail(u"subject"_s), u"Re: The porch"_s);
        QCOMPARE(sentMail(u"emailCc"_s), u"pat@office.example"_s);
        QVERIFY(sentMail(u"html"_s).startsWith(u"<p>On Thursday &lt;b&gt;at noon&lt;/b&gt;</p>"_s));
        QVERIFY(!sentMail(u"replyMessageId"_s).isEmpty());
        // And it is read again from the thread.
        const auto *model = messages()->model();
        const auto last = model->index(model->rowCount() - 1, 0).data(models::ThreadModel::RowRole).value<MessageRow>();
        QCOMPARE(last.message.subject, u"Re: The porch"_s);
    }

    void takenBackItIsAsItWas()
    {
        m_run->find<ThreadView>("thread.messages")->setFocus();
        QTest::keyClick(messages(), Qt::Key_2, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(desk()->composer() && desk()->composer()->isVisible());
        m_run->find<QLineEdit>("mailcompose.subject")->setText(u"A thought"_s);
        m_run->find<QLineEdit>("mailcompose.bcc")->setText(u"boss@office.example"_s);
        m_run->find<QPlainTextEdit>("mailcompose.text")->setPlainText(u"Half of it"_s);
        QTest::mouseClick(m_run->find<QPushButton>("mailcompose.send"), Qt::LeftButton);
        QTRY_VERIFY(!desk()->isShown());
        m_run->window()->activateWindow();
        QTest::keyClick(messages(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(desk()->composer()->isVisible());
        QCOMPARE(m_run->find<QLineEdit>("mailcompose.subject")->text(), u"A thought"_s);
        QCOMPARE(m_run->find<QLineEdit>("mailcompose.bcc")->text(), u"boss@office.example"_s);
        QCOMPARE(m_run->find<QPlainTextEdit>("mailcompose.text")->toPlainText(), u"Half of it"_s);
        QCOMPARE(m_run->texts(u"Half of it"_s), 0);
    }

    void oneForLaterIsKeptByHighLevelAndComesBackWithAllItsWords()
    {
        desk()->write();
        QTRY_VERIFY(desk()->composer() && desk()->composer()->isVisible());
        auto *subject = m_run->find<QLineEdit>("mailcompose.subject");
        auto *text = m_run->find<QPlainTextEdit>("mailcompose.text");
        QTest::keyClicks(text, u"The estimate comes with this."_s);
        // Without a subject there is nothing to schedule, and that is said.
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_run->find<Strip>("mailcompose.strip")->sentence().contains(u"subject"_s));
        QTest::keyClicks(subject, u"Your roof"_s);
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        auto *when = m_run->find<QLineEdit>("mailcompose.schedule.when");
        QVERIFY(when && when->isVisible());
        QTest::keyClicks(when, u"in 3 days"_s);
        QTest::keyClick(when, Qt::Key_Return);
        if (auto *confirm = m_run->find<QPushButton>("mailcompose.schedule.confirm"); confirm->isVisible())
            QTest::mouseClick(confirm, Qt::LeftButton); // when the guard asks about that hour
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"The estimate"_s), 1, 20'000);
        QCOMPARE(sentMail(u"subject"_s), u"Your roof"_s);
        QTRY_VERIFY(!desk()->isShown());
        QTest::keyClick(m_run->list(), Qt::Key_Z, Qt::ControlModifier);
        const auto takenBack = [this] {
            const QJsonArray entries = m_run->control("GET", u"ledger"_s).value(u"entries"_s).toArray();
            return std::count_if(entries.begin(), entries.end(), [](const QJsonValue &entry) {
                const QString path = entry[u"path"].toString();
                return entry[u"method"].toString() == u"DELETE" && path.startsWith(u"/conversations/messages/email/"_s) && path.endsWith(u"/schedule"_s);
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(takenBack(), 1, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(desk()->composer()->isVisible() && subject->text() == u"Your roof"_s, 10'000);
        QCOMPARE(text->toPlainText(), u"The estimate comes with this."_s);
    }

    void aDraftOutlivesTheWindow()
    {
        messages()->setFocus();
        QTest::keyClick(messages(), Qt::Key_2, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(desk()->composer() && desk()->composer()->isVisible());
        m_run->find<QLineEdit>("mailcompose.subject")->setText(u"A draft"_s);
        auto *words = m_run->find<QPlainTextEdit>("mailcompose.text");
        words->setPlainText(u"Not ready"_s);
        QTemporaryDir folder;
        QFile plan(folder.filePath(u"plan.pdf"_s));
        QVERIFY(plan.open(QIODevice::WriteOnly) && plan.write("%PDF-1.4 the plan") > 0);
        plan.close();
        desk()->composer()->files()->addPaths({plan.fileName()});
        QTRY_COMPARE(desk()->composer()->files()->files().size(), 1);
        const QString who = contact();
        QVERIFY(plan.remove());
        m_run->drop();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        m_run->inbox()->openContact(ContactId(who));
        QTRY_COMPARE(m_run->inbox()->thread()->composer()->contact().id.value, who);
        messages()->setFocus();
        QTest::keyClick(messages(), Qt::Key_2, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(desk()->composer() && desk()->composer()->isVisible());
        QCOMPARE(m_run->find<QPlainTextEdit>("mailcompose.text")->toPlainText(), u"Not ready"_s);
        QCOMPARE(m_run->find<QLineEdit>("mailcompose.subject")->text(), u"A draft"_s);
        QCOMPARE(desk()->composer()->files()->files().size(), 1);
        QCOMPARE(desk()->composer()->files()->files().first().bytes, QByteArray("%PDF-1.4 the plan"));
    }
};

QTEST_MAIN(TestMailWindow)
#include "tst_mail_window.moc"
