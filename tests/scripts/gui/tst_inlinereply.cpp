// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowrun.h"

#include "notificationservice.h"

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Replies written into a notification: the same guard and outbox as the composer's.
class TestInlineReply : public QObject
{
    Q_OBJECT

    NotificationService m_service;
    std::unique_ptr<WindowRun> m_run;

    /// Two leads: one whose thread stays open, one who writes. Answers the latter.
    Contact begin()
    {
        m_service.shown.clear();
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open() || !m_run->waitForRows() || !m_run->openOneThatMayBeTexted())
            return {};
        const Contact contact = m_run->inbox()->thread()->composer()->contact();
        // Another thread is open, so that the notification comes.
        auto *list = m_run->list();
        const int other = list->currentIndex().row() == 0 ? 1 : 0;
        list->setCurrentIndex(list->model()->index(other, 0));
        if (!QTest::qWaitFor([&] { return m_run->inbox()->thread()->contactId() != contact.id; }, 5'000))
            return {};
        return contact;
    }
    bool write(const Contact &contact, const QString &words)
    {
        m_run->control("POST", u"inbound"_s, {{u"contactId"_s, contact.id.value}, {u"text"_s, words}});
        return QTest::qWaitFor([&] { return !m_service.shown.isEmpty(); }, 30'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_service.offer());
    }
    void cleanup() { m_run.reset(); }

    void aReplyLeavesOnceWithoutTheWindow()
    {
        const Contact contact = begin();
        QVERIFY(!contact.id.isEmpty());
        QVERIFY(write(contact, u"Is Friday free?"_s));
        QVERIFY(m_service.shown.last().actions.contains(u"inline-reply"_s));
        const uint id = m_service.shown.last().id;
        Q_EMIT m_service.NotificationReplied(id, u"Friday at ten"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"Friday at ten"_s), 1, 20'000);
        QVERIFY(m_run->inbox()->thread()->contactId() != contact.id); // the person stays where they are
        QTRY_VERIFY(m_service.closed.contains(id));
        QTRY_VERIFY_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting == 0, 20'000);
        QCOMPARE(m_run->texts(u"Friday at ten"_s), 1);
    }
    void whatTheGuardAsksAboutIsShownInTheThread()
    {
        const Contact contact = begin();
        QVERIFY(!contact.id.isEmpty());
        QVERIFY(write(contact, u"Please stop texting me so much"_s)); // asks
        Q_EMIT m_service.NotificationReplied(m_service.shown.last().id, u"Sorry about that"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->inbox()->thread()->contactId(), contact.id, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Sorry about that"_s, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->outbox().counts().waiting, 0, 20'000); // but the mark that the thread is read
        QCOMPARE(m_run->texts(u"Sorry about that"_s), 0);
    }
    void aDraftIsNotLostToIt()
    {
        const Contact contact = begin();
        QVERIFY(!contact.id.isEmpty());
        store::ThreadDraft draft;
        draft.location = m_run->app->engine()->account()->location;
        draft.contact = contact.id;
        draft.text = u"Begun before"_s;
        draft.changedAt = QDateTime::currentDateTimeUtc();
        auto saving = m_run->app->engine()->saveDraft(draft);
        QVERIFY(ended(saving, 5'000));
        QVERIFY(write(contact, u"STOP"_s)); // blocks
        Q_EMIT m_service.NotificationReplied(m_service.shown.last().id, u"And this"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->inbox()->thread()->contactId(), contact.id, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"Begun before\nAnd this"_s, 10'000);
        QCOMPARE(m_run->texts(u"And this"_s), 0);
    }
    void anEmptyReplyOnlyOpensTheThread()
    {
        const Contact contact = begin();
        QVERIFY(!contact.id.isEmpty());
        QVERIFY(write(contact, u"Hello?"_s));
        Q_EMIT m_service.NotificationReplied(m_service.shown.last().id, u"  "_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->inbox()->thread()->contactId(), contact.id, 10'000);
        QVERIFY(m_run->text()->toPlainText().isEmpty());
    }
};

QTEST_MAIN(TestInlineReply)
#include "tst_inlinereply.moc"
