// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "gui/channeltabs.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"
#include "sync/engine.h"

#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Other channels than SMS, and comments for the team, by the keys of the window.
class TestChannelsWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::WindowRun> m_run;

    gui::Composer *composer() const { return m_run->inbox()->thread()->composer(); }
    QPushButton *send() const { return m_run->find<QPushButton>("composer.send"); }
    MessageRow bubble(const QString &text, QString *said = nullptr) const
    {
        const auto *model = m_run->find<gui::ThreadView>("thread.messages")->model();
        for (int row = model->rowCount() - 1; row >= 0; --row) {
            const QModelIndex index = model->index(row, 0);
            const auto message = index.data(models::ThreadModel::RowRole).value<MessageRow>();
            if (message.message.body != text)
                continue;
            if (said)
                *said = index.data(Qt::AccessibleTextRole).toString();
            return message;
        }
        return {};
    }
    /// Opens the first conversation whose composer stands on another channel than SMS and lets it go.
    bool openOneOfAnotherChannel()
    {
        for (int row = 0; row < m_run->list()->model()->rowCount(); ++row) {
            const QModelIndex index = m_run->list()->model()->index(row, 0);
            m_run->list()->setCurrentIndex(index);
            const bool open = QTest::qWaitFor([&] {
                const QVariant value = index.data(models::InboxModel::RowRole);
                return value.isValid() && m_run->inbox()->thread()->contactId() == value.value<ConversationRow>().contactId
                    && !composer()->contact().id.isEmpty();
            }, 5'000);
            if (!open)
                return false;
            // Their messages may still be on the way into the cache.
            const Channel last = index.data(models::InboxModel::RowRole).value<ConversationRow>().channel;
            if (last != Channel::Sms && last != Channel::Email && !channelSendType(last).isEmpty())
                static_cast<void>(QTest::qWaitFor([&] { return composer()->channel() != Channel::Sms; }, 1500));
            if (composer()->channel() != Channel::Sms && composer()->channel() != Channel::InternalComment && !m_run->text()->isReadOnly() && send()->accessibleDescription().isEmpty())
                return true;
        }
        return false;
    }
    QString sentType(const QString &text)
    {
        const QJsonArray entries = m_run->control("GET", u"ledger"_s).value("entries"_L1).toArray();
        for (const auto &entry : entries) {
            const QJsonObject body = entry["body"_L1].isObject() ? entry["body"_L1].toObject()
                                                                 : QJsonDocument::fromJson(entry["body"_L1].toString().toUtf8()).object();
            if (body["message"_L1].toString() == text)
                return body["type"_L1].toString();
        }
        return {};
    }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        m_run->options.practiceArguments = u"--contacts 140 --conversations 120 --messages 1100 --opportunities 5 --quiet --rate off --pace 0.02"_s.split(u' ');
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
    }
    void cleanup() { m_run.reset(); }

    void aReplyTakesTheChannelOnWhichTheyWrote()
    {
        QVERIFY(openOneOfAnotherChannel());
        const Channel channel = composer()->channel();
        QVERIFY2(send()->accessibleName().contains(channelWord(channel), Qt::CaseInsensitive), qPrintable(send()->accessibleName()));
        QVERIFY(!m_run->find<QWidget>("composer.meter")->isVisible()); // parts and prices are those of text messages
        m_run->type(u"On your channel"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"On your channel"_s), 1, 10'000);
        QCOMPARE(sentType(u"On your channel"_s), channelSendType(channel));
        QString said;
        QCOMPARE(bubble(u"On your channel"_s, &said).message.channel, channel);
        QVERIFY2(said.contains(channelWord(channel), Qt::CaseInsensitive), qPrintable(said));
    }
    void aVisitorOfTheChatSeesThatSomebodyTypesAndNotTooOften()
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_run->list()->model()->rowCount() > 100, 20'000); // the whole first sync
        bool found = false;
        for (int row = 0; row < m_run->list()->model()->rowCount() && !found; ++row) {
            const QModelIndex index = m_run->list()->model()->index(row, 0);
            m_run->list()->scrollTo(index);
            QTRY_VERIFY(index.data(models::InboxModel::RowRole).isValid());
            if (index.data(models::InboxModel::RowRole).value<ConversationRow>().channel != Channel::LiveChat)
                continue;
            m_run->list()->setCurrentIndex(index);
            // The visitor's id comes with the whole contact.
            found = QTest::qWaitFor([&] {
                return composer()->channel() == Channel::LiveChat && composer()->contact().raw.contains(u"visitorId"_s);
            }, 5'000);
        }
        QVERIFY(found);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->status().connection, sync::Connection::Live, 10'000);
        const auto told = [this](const char *what) {
            return m_run->taken(u"POST"_s, u"/conversations/providers/live-chat/typing"_s, QString::fromLatin1(what));
        };
        m_run->type(u"One moment, I am looking it up for you"_s);
        QTRY_COMPARE_WITH_TIMEOUT(told("\"isTyping\": \"true\""), 1, 5'000);
        m_run->text()->selectAll();
        QTest::keyClick(m_run->text(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(told("\"isTyping\": \"false\""), 1, 5'000);
        QCOMPARE(told("\"isTyping\": \"true\""), 1);
        // Offline it is not kept for later.
        m_run->app->engine()->setWorkOffline(true);
        m_run->type(u"Still there"_s);
        m_run->app->engine()->setWorkOffline(false);
        // What is typed next, with the network back, is the second signal; the one in between was never kept.
        QTest::keyClick(m_run->text(), Qt::Key_End);
        m_run->text()->selectAll();
        QTest::keyClick(m_run->text(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->app->engine()->status().connection, sync::Connection::Live, 10'000);
        m_run->type(u"Here I am again"_s);
        QTRY_COMPARE_WITH_TIMEOUT(told("\"isTyping\": \"true\""), 2, 10'000);
    }
    void aCommentIsWrittenByKeysAndIsNoText()
    {
        QVERIFY(m_run->openOneThatMayBeTexted());
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_4, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(composer()->channel(), Channel::InternalComment);
        QVERIFY(m_run->find<QWidget>("composer.inside")->isVisible());
        QCOMPARE(send()->accessibleName(), u"Add comment"_s);
        QCOMPARE(m_run->text()->accessibleName(), u"Internal comment"_s);
        m_run->type(u"@Marcus this one is yours"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"@Marcus this one is yours"_s), 1, 10'000);
        QCOMPARE(sentType(u"@Marcus this one is yours"_s), u"InternalComment"_s);
        QString said;
        QCOMPARE(bubble(u"@Marcus this one is yours"_s, &said).message.channel, Channel::InternalComment);
        QVERIFY2(said.startsWith(u"You, internal comment"_s), qPrintable(said));
        // The composer stays where the person put it; SMS is one key away.
        QTest::keyClick(m_run->text(), Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(composer()->channel(), Channel::Sms);
        QVERIFY(m_run->find<QWidget>("composer.meter")->isVisible());
    }
    void theSameWordsAsATextAreAskedAbout()
    {
        QVERIFY(m_run->openOneThatMayBeTexted());
        m_run->type(u"@Marcus this one is yours"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_run->find<QPushButton>("composer.strip.act")->isVisible(), 10'000); // the team has been read
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY(m_run->find<QPushButton>("composer.strip.act")->hasFocus());
        QVERIFY(m_run->find<gui::Strip>("composer.strip")->sentence().contains(u"@Marcus"_s));
        QCOMPARE(m_run->texts(u"@Marcus this one is yours"_s), 0);
    }
    void aCommentThatIsTakenBackIsStillAComment()
    {
        QVERIFY(m_run->openOneThatMayBeTexted());
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_4, Qt::ControlModifier | Qt::ShiftModifier);
        m_run->type(u"for us only"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY(m_run->text()->toPlainText().isEmpty());
        QTest::keyClick(m_run->text(), Qt::Key_1, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(m_run->text(), Qt::Key_Up);
        QTRY_COMPARE(m_run->text()->toPlainText(), u"for us only"_s);
        QCOMPARE(composer()->channel(), Channel::InternalComment);
        QCOMPARE(m_run->texts(u"for us only"_s), 0);
    }
    void aDraftOfACommentComesBackAsAComment()
    {
        QVERIFY(m_run->openOneThatMayBeTexted());
        const ContactId who = m_run->inbox()->thread()->contactId();
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_4, Qt::ControlModifier | Qt::ShiftModifier);
        m_run->type(u"half a thought"_s);
        m_run->inbox()->thread()->saveDraft();
        m_run->close();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        m_run->inbox()->openContact(who);
        QTRY_COMPARE_WITH_TIMEOUT(m_run->text()->toPlainText(), u"half a thought"_s, 10'000);
        QCOMPARE(composer()->channel(), Channel::InternalComment);
    }
};

QTEST_MAIN(TestChannelsWindow)
#include "tst_channels_window.moc"
