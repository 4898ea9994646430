// SPDX-License-Identifier: GPL-3.0-or-later
#include "../unit/sync/scriptedlocation.h"
#include "gui/style.h"
#include "gui/syncpage.h"
#include "gui/widgets.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;
using outrigger::test::ScriptedLocation;

/// The page about sync, over a real engine and a location whose answers are scripted.
class TestSyncPage : public QObject
{
    Q_OBJECT

    static qint64 contacts(sync::Engine &engine) { return await(engine.cache().totals(LocationId(u"LOC"_s)))->contacts; }

private Q_SLOTS:
    void initTestCase() { gui::Style::install(qApp); }
    void rowsMissingInHighLevelAreRemovedOnlyByTheButton()
    {
        QTemporaryDir folder;
        ScriptedLocation server(1'200);
        auto profile = Profile::open(folder.path());
        QVERIFY(profile && profile->lock());
        sync::EngineOptions options;
        options.pull = false;
        options.server = server.server.url();
        options.sessionToken = u"test-token"_s;
        options.sessionLocation = LocationId(u"LOC"_s);
        sync::Engine engine(*profile, options);
        QVERIFY(await(engine.start()));
        gui::SyncPage page(&engine);
        page.resize(1000, 600);
        page.show();
        QVERIFY(await(engine.syncNow({u"contacts"_s}, false)));
        auto *strip = page.findChild<gui::Strip *>(u"sync.strip"_s);
        QVERIFY(strip);
        QVERIFY(!strip->isVisible());

        server.contacts.remove(100, 80);
        QVERIFY(await(engine.syncNow({u"contacts"_s}, true)));
        QTRY_VERIFY(strip->isVisible());
        auto *act = strip->findChild<QPushButton *>();
        QVERIFY(act && act->isVisible());
        QVERIFY2(act->text().contains(u"80"_s), qPrintable(act->text()));
        QCOMPARE(contacts(engine), 1'200); // nothing has gone by itself

        act->setFocus();
        QTest::keyClick(act, Qt::Key_Space);
        QTRY_COMPARE(contacts(engine), 1'120);
        QTRY_VERIFY(!strip->isVisible());
        await(engine.stop());
    }
};

QTEST_MAIN(TestSyncPage)
#include "tst_syncpage.moc"
