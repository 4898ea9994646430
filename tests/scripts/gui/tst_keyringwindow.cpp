// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing in, working and signing out in the real window with a real keyring. Started by
// tests/support/with-keyring unlocked.
#include "auth/session.h"
#include "auth/vault.h"
#include "core/profile.h"
#include "gui/accountdialog.h"
#include "gui/app.h"
#include "gui/widgets.h"
#include "gui/window.h"
#include "practice/server.h"
#include "support/consentbrowser.h"
#include "support/keyringbus.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace outrigger;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

class TestKeyringWindow : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<gui::App> m_app;
    ConsentBrowser m_browser;
    KeyringOwner m_owner;
    QUrl m_opened;

    template <class W>
    W *find(const char *name) const
    {
        return m_app->window()->findChild<W *>(QString::fromLatin1(name));
    }
    QString strip(const char *name) const { return find<gui::Strip>(name)->sentence(); }
    void click(const char *name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
    sync::Engine &engine() const { return *m_app->engine(); }

    bool open()
    {
        auto profile = Profile::open(m_folder->path());
        if (!profile || !profile->lock())
            return false;
        gui::AppOptions options;
        options.profile = m_folder->path();
        options.server = QUrl(m_server->url());
        options.authorizeUrl = QUrl(m_server->url() + u"/v2/oauth/chooselocation"_s);
        m_app = std::make_unique<gui::App>(options, *profile);
        QSignalSpy ready(m_app.get(), &gui::App::ready);
        m_app->start();
        return ready.wait(20'000) && m_app->window();
    }
    void close()
    {
        if (!m_app)
            return;
        QSignalSpy finished(m_app.get(), &gui::App::finished);
        m_app->quit();
        finished.wait(10'000);
        m_app.reset();
    }
    /// Fills in the OAuth page and presses the button; the address that the browser gets is in m_opened afterwards.
    bool openBrowser()
    {
        m_opened.clear();
        click("start.oauth");
        const auto client = m_server->tokens().clients.constBegin();
        find<QLineEdit>("oauth.client")->setText(client.key());
        find<QLineEdit>("oauth.secret")->setText(client->secret);
        click("oauth.open");
        return QTest::qWaitFor([this] { return m_opened.isValid(); }, 10'000);
    }
    QUrl cameBack() { return m_browser.answer(m_opened, m_server->locationId()); }
    /// From "who are you?" to the inbox.
    bool enter()
    {
        auto *who = find<QListWidget>("who.list");
        if (!QTest::qWaitFor([who] { return who->isVisible(); }, 20'000)) {
            qWarning("%s", qPrintable(strip("oauth.strip")));
            return false;
        }
        who->setCurrentRow(0);
        click("who.start");
        const bool in = QTest::qWaitFor([this] { return engine().account() && find<QListView>("inbox.list")->isVisible(); }, 20'000);
        if (!in)
            qWarning("%s", qPrintable(strip("start.strip")));
        return in;
    }
    bool inboxFills()
    {
        click("inbox.split.all");
        return QTest::qWaitFor([this] { return find<QListView>("inbox.list")->model()->rowCount() > 5; }, 30'000);
    }
    std::optional<auth::Secret> secret(int slot)
    {
        const auto bytes = await(engine().vault().read(auth::secretKey(engine().account()->id, slot)));
        return bytes ? auth::Secret::fromBytes(*bytes) : std::nullopt;
    }

private Q_SLOTS:
    void browser(const QUrl &address) { m_opened = address; }

    void initTestCase()
    {
        if (qEnvironmentVariable("OUTRIGGER_KEYRING_WORLD") != u"unlocked"_s)
            QSKIP("Needs a private keyring: tests/support/with-keyring unlocked tst_keyringwindow.");
        QDesktopServices::setUrlHandler(u"http"_s, this, "browser");
    }
    void cleanupTestCase() { QDesktopServices::unsetUrlHandler(u"http"_s); }
    void init()
    {
        practice::Options options;
        options.size.contacts = 30;
        options.size.conversations = 10;
        options.quiet = true;
        options.rate = practice::Rate::Off;
        m_server = std::make_unique<practice::Server>(options);
        QVERIFY(m_server->start().has_value());
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(open());
        QTRY_VERIFY(find<QWidget>("start")->isVisible());
    }
    void cleanup()
    {
        close();
        m_server.reset();
        m_folder.reset();
    }

    void throughTheBrowserToTheInbox()
    {
        click("start.oauth");
        const QString registered = find<QLineEdit>("oauth.redirect")->text(); // what the page told to register
        QVERIFY(openBrowser());
        QCOMPARE(QUrlQuery(m_opened).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded), registered);
        QVERIFY(m_browser.visit(cameBack()).body.contains("Back to Outrigger"));
        QVERIFY(enter());
        QVERIFY(inboxFills());
        const auto account = *engine().account();
        QCOMPARE(account.kind, SignInKind::OAuth);
        QVERIFY(!account.scopes.isEmpty());
        const auto before = secret(account.tokenSlot);
        QVERIFY(before && !before->refreshToken.isEmpty());

        // Every access token dies: the session renews by itself, and after the first success only the new pair is kept.
        m_server->tokens().access.clear();
        QVERIFY(await(engine().syncNow({u"contacts"_s}, false)));
        const int slot = 1 - account.tokenSlot;
        QTRY_VERIFY(secret(slot) && secret(slot)->refreshToken != before->refreshToken);
        QTRY_VERIFY(!secret(account.tokenSlot));
        // And the next start works with it.
        close();
        QVERIFY(open());
        QTRY_VERIFY_WITH_TIMEOUT(engine().session() && engine().session()->state() == auth::SessionState::Ready, 10'000);
        QCOMPARE(engine().account()->tokenSlot, slot);
        QVERIFY(await(engine().syncNow({u"contacts"_s}, false)));
    }
    void aRenameSurvivesARefresh()
    {
        QVERIFY(openBrowser());
        m_browser.visit(cameBack());
        QVERIFY(enter());
        Account named = *engine().account();
        named.name = u"Front desk"_s;
        QVERIFY(await(engine().updateAccount(named)));
        m_server->tokens().access.clear();
        QVERIFY(await(engine().syncNow({u"contacts"_s}, false)));
        close();
        QVERIFY(open());
        QCOMPARE(engine().account()->name, u"Front desk"_s);
        QCOMPARE(engine().account()->tokenSlot, 1 - named.tokenSlot);
    }
    void backWithoutTheMarkIsAskedInThePage()
    {
        QVERIFY(openBrowser());
        m_browser.visit(ConsentBrowser::withoutState(cameBack()));
        auto *yes = find<QPushButton>("oauth.strip.act");
        QTRY_VERIFY(yes->isVisible());
        QVERIFY(strip("oauth.strip").contains(u"yourself"_s));
        QVERIFY(!QApplication::activeModalWidget());
        QVERIFY(!find<QListWidget>("who.list")->isVisible()); // nothing goes on without the answer
        QTest::mouseClick(yes, Qt::LeftButton);
        QVERIFY(enter());
    }
    void backWithoutTheMarkCanBeRefused()
    {
        QVERIFY(openBrowser());
        m_browser.visit(ConsentBrowser::withoutState(cameBack()));
        auto *no = find<QPushButton>("oauth.strip.second");
        QTRY_VERIFY(no && no->isVisible());
        QTest::mouseClick(no, Qt::LeftButton);
        QTRY_VERIFY(strip("oauth.strip").contains(u"Nothing was stored"_s));
        QVERIFY(engine().accounts().isEmpty());
        QVERIFY(find<QPushButton>("oauth.open")->isEnabled()); // and it can be begun again
        QVERIFY(openBrowser());
        m_browser.visit(cameBack());
        QVERIFY(enter());
    }
    void theAddressCanBePasted()
    {
        QVERIFY(openBrowser());
        const QUrl back = cameBack(); // the browser could not reach the program
        auto *field = find<QLineEdit>("oauth.pasted");
        QVERIFY(field->isVisible());
        field->setText(u"hello there"_s);
        click("oauth.take");
        QVERIFY(strip("oauth.strip").contains(u"no code"_s));
        field->setText(back.toString(QUrl::FullyEncoded));
        click("oauth.take");
        QVERIFY(enter());
    }
    void signingOutCountsWhatWaits()
    {
        QVERIFY(openBrowser());
        m_browser.visit(cameBack());
        QVERIFY(enter());
        QVERIFY(inboxFills());
        const Account account = *engine().account();
        engine().setWorkOffline(true);
        MessageDraft draft;
        draft.contactId = ContactId(m_server->world().mint.id(practice::Kind::Contact, 0));
        draft.body = u"Not yet gone"_s;
        const auto record = await(engine().outbox().submitMessage(account, draft, {}));
        QVERIFY2(record, record ? "" : qPrintable(record.error().message));
        QTRY_COMPARE(engine().outbox().counts(account.id).waiting, 1);

        gui::AccountDialog dialog(&engine(), false, m_app->window());
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        auto *out = dialog.findChild<QPushButton *>(u"accounts.signOut"_s);
        auto *said = dialog.findChild<gui::Strip *>(u"accounts.strip"_s);
        auto *act = dialog.findChild<QPushButton *>(u"accounts.strip.act"_s);
        QTest::mouseClick(out, Qt::LeftButton);
        QVERIFY2(said->sentence().contains(u"1 change"_s), qPrintable(said->sentence()));
        QCOMPARE(engine().accounts().size(), 1); // nothing is done before the second click
        QTest::mouseClick(act, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(engine().accounts().isEmpty(), 10'000);
        QTRY_VERIFY2(said->sentence().contains(u"Signed out"_s), qPrintable(said->sentence()));
        for (const int slot : {0, 1})
            QCOMPARE(await(engine().vault().read(auth::secretKey(account.id, slot))).error().kind, ErrorKind::NotFound);
        dialog.close();
        QTRY_VERIFY(find<QWidget>("start")->isVisible());
    }
    void aLockedKeyringIsUnlockedFromTheSyncPage()
    {
        QVERIFY(openBrowser());
        m_browser.visit(cameBack());
        QVERIFY(enter());
        close();
        QVERIFY(m_owner.lock());
        QVERIFY(open());
        QTRY_VERIFY_WITH_TIMEOUT(engine().status().connection == sync::Connection::WaitingForKeyring, 60'000);
        QCOMPARE(engine().accounts().size(), 1); // a locked keyring is no sign-out
        QVERIFY(!find<QWidget>("start") || !find<QWidget>("start")->isVisible());
        QTest::mouseClick(find<QWidget>("status.network"), Qt::LeftButton);
        QTRY_VERIFY(find<QPushButton>("sync.unlock") && find<QPushButton>("sync.unlock")->isVisible());
        // The prompt is not answered: said, and nothing is lost.
        click("sync.unlock");
        QTRY_VERIFY_WITH_TIMEOUT(find<gui::Label>("sync.detail")->text().contains(u"still locked"_s), 30'000);
        QCOMPARE(engine().accounts().size(), 1);
        // Unlocked: the same button, and everything works.
        QVERIFY(m_owner.unlock());
        click("sync.unlock");
        QTRY_VERIFY_WITH_TIMEOUT(engine().session()->state() == auth::SessionState::Ready, 30'000);
        QTRY_VERIFY(!find<QPushButton>("sync.unlock")->isVisible());
        QVERIFY(await(engine().syncNow({u"contacts"_s}, false)));
    }
};

QTEST_MAIN(TestKeyringWindow)
#include "tst_keyringwindow.moc"
