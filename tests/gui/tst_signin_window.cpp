// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/profile.h"
#include "gui/app.h"
#include "gui/window.h"
#include "gui/widgets.h"
#include "practice/server.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Sign-in with a token, from the start page to the inbox, against the practice server. No keychain here: that is one
/// of the things it says.
class TestSignInWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<gui::App> m_app;

    template <class W>
    W *find(const char *name) const
    {
        return m_app->window()->findChild<W *>(QString::fromLatin1(name));
    }
    QString strip(const char *name) const
    {
        const auto *strip = find<gui::Strip>(name);
        return strip->sentence();
    }
    QString makeToken(const QJsonObject &body)
    {
        QNetworkAccessManager network;
        QNetworkRequest request(QUrl(m_server->url() + u"/__practice/token"_s));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        auto *reply = network.post(request, QJsonDocument(body).toJson());
        if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 10'000))
            return {};
        return QJsonDocument::fromJson(reply->readAll()).object().value(u"token"_s).toString();
    }
    void check(const QString &token, const QString &location)
    {
        find<QLineEdit>("token.token")->setText(token);
        find<QLineEdit>("token.location")->setText(location);
        QTest::mouseClick(find<QPushButton>("token.check"), Qt::LeftButton);
    }

private Q_SLOTS:
    void init()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); // no keychain
        practice::Options options;
        options.size.contacts = 30;
        options.size.conversations = 10;
        options.quiet = true;
        options.rate = practice::Rate::Off;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start().has_value());
        m_folder = std::make_unique<QTemporaryDir>();
        auto profile = Profile::open(m_folder->path());
        QVERIFY(profile && profile->lock());
        gui::AppOptions appOptions;
        appOptions.profile = m_folder->path();
        appOptions.server = QUrl(m_server->url());
        m_app = std::make_unique<gui::App>(appOptions, *profile);
        QSignalSpy ready(m_app.get(), &gui::App::ready);
        m_app->start();
        QVERIFY(ready.wait(20'000));
        QTRY_VERIFY(find<QWidget>("start")->isVisible());
        QTest::mouseClick(find<QWidget>("start.token"), Qt::LeftButton);
        QVERIFY(find<QLineEdit>("token.token")->isVisible());
    }
    void cleanup()
    {
        m_app.reset();
        m_server.reset();
        m_folder.reset();
    }
    void theWholeWayToTheInbox()
    {
        check(m_server->token(), m_server->locationId());
        auto *areas = find<QTableWidget>("token.areas");
        QTRY_VERIFY2_WITH_TIMEOUT(areas->isVisible() && areas->rowCount() > 3, qPrintable(strip("token.strip")), 20'000);
        auto *next = find<QPushButton>("token.continue");
        QVERIFY(next->isEnabled());
        QTest::mouseClick(next, Qt::LeftButton);
        auto *who = find<QListWidget>("who.list");
        QTRY_VERIFY(who->isVisible());
        QVERIFY(who->count() >= 2);
        who->setCurrentRow(0);
        QTest::mouseClick(find<QPushButton>("who.start"), Qt::LeftButton);
        // There is no keychain: it says so and offers this session only.
        QTRY_VERIFY_WITH_TIMEOUT(strip("start.strip").contains(u"keychain"_s) && find<QPushButton>("start.strip.act")->isVisible(), 30'000);
        QVERIFY(m_app->engine()->accounts().isEmpty());
        QTest::mouseClick(find<QPushButton>("start.strip.act"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_app->engine()->accounts().size(), 1, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_app->engine()->account().has_value(), 10'000); // it becomes the current one a moment later
        QVERIFY(!m_app->engine()->account()->me.isEmpty());
        auto *list = find<QListView>("inbox.list");
        QTRY_VERIFY_WITH_TIMEOUT(list->isVisible(), 10'000);
        QTest::mouseClick(find<QWidget>("inbox.split.all"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 5, 30'000);
    }
    void aWrongTokenIsSaid()
    {
        check(u"pit-00000000-0000-0000-0000-000000000000"_s, m_server->locationId());
        auto *next = find<QPushButton>("token.continue");
        QTRY_VERIFY_WITH_TIMEOUT(strip("token.strip").contains(u"token"_s, Qt::CaseInsensitive)
                                     && !strip("token.strip").contains(u"Checking"_s),
                                 20'000);
        QVERIFY(!next->isEnabled());
        QVERIFY(m_app->engine()->accounts().isEmpty());
    }
    void aMissingScopeIsNamed()
    {
        const QString token = makeToken({{u"scopes"_s, QJsonArray{u"locations.readonly"_s, u"users.readonly"_s, u"contacts.readonly"_s,
                                                             u"conversations.readonly"_s, u"conversations/message.readonly"_s}}});
        QVERIFY(!token.isEmpty());
        check(token, m_server->locationId());
        auto *areas = find<QTableWidget>("token.areas");
        QTRY_VERIFY2_WITH_TIMEOUT(areas->isVisible() && areas->rowCount() > 3, qPrintable(strip("token.strip")), 20'000);
        bool gap = false;
        for (int row = 0; row < areas->rowCount(); ++row)
            gap = gap || areas->item(row, 1)->text().contains(u"not allowed"_s);
        QVERIFY(gap);
        QVERIFY(find<QPushButton>("token.continue")->isEnabled()); // with gaps, but it goes on
    }
    void anOldKeyAndAPastedAddressAreUnderstood()
    {
        QTest::keyClicks(find<QLineEdit>("token.token"), u"aaaaaaaaaa.bbbbbbbbbbbb.cccccccccc"_s);
        QVERIFY(!strip("token.strip").isEmpty());
        auto *location = find<QLineEdit>("token.location");
        QTest::keyClicks(location, u"https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/dashboar"_s);
        location->clear();
        location->setText(u"https://app.gohighlevel.com/v2/location/ve9EPM428h8vShlRW1KT/dashboar"_s);
        QTest::keyClick(location, Qt::Key_D);
        QCOMPARE(location->text(), u"ve9EPM428h8vShlRW1KT"_s);
    }
};

QTEST_MAIN(TestSignInWindow)
#include "tst_signin_window.moc"
