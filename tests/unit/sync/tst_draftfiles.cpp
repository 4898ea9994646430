// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/waitfor.h"
#include "sync/draftfiles.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using outrigger::test::await;

/// The files of drafts: there again after an end, whole or not at all.
class TestDraftFiles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    const LocationId m_here{u"location/../1"_s};
    QString folder() const { return m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction())); }
    static QVector<OutgoingFile> two()
    {
        return {{u"house.jpg"_s, u"image/jpeg"_s, QByteArray(300'000, 'a')}, {u"../plan.pdf"_s, u"application/pdf"_s, QByteArray("plan")}};
    }
    QVector<OutgoingFile> found(const QString &name)
    {
        sync::DraftFiles later(folder()); // as the next start has it
        return await(later.kept(m_here, name));
    }
    /// Every file below the folder.
    QStringList files() const
    {
        QStringList all;
        QDirIterator each(folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (each.hasNext())
            all.append(each.next());
        return all;
    }

private Q_SLOTS:
    void whatIsKeptIsThereAgain()
    {
        sync::DraftFiles kept(folder());
        QVERIFY(await(kept.keep(m_here, u"text/7"_s, two())));
        const auto again = found(u"text/7"_s);
        QCOMPARE(again.size(), 2);
        QCOMPARE(again.at(0).bytes, two().at(0).bytes);
        QCOMPARE(again.at(1).name, two().at(1).name);
        QCOMPARE(again.at(1).type, two().at(1).type);
        QVERIFY(found(u"mail/7"_s).isEmpty());
        const auto paths = files();
        QCOMPARE(paths.size(), 3);
        for (const QString &path : paths) // names from outside are never names of files
            QCOMPARE(QFile(path).permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    }
    void theNewestReplacesAndNothingRemovesAll()
    {
        sync::DraftFiles kept(folder());
        QVERIFY(await(kept.keep(m_here, u"text/7"_s, two())));
        QVERIFY(await(kept.keep(m_here, u"text/7"_s, {two().at(1)})));
        QCOMPARE(found(u"text/7"_s).size(), 1);
        QVERIFY(await(kept.keep(m_here, u"text/7"_s, {})));
        QVERIFY(found(u"text/7"_s).isEmpty());
        QVERIFY(files().isEmpty());
    }
    void anEndWhileItIsWrittenLeavesTheOldOrTheNew_data()
    {
        QTest::addColumn<bool>("whole");
        QTest::addColumn<int>("expected");
        QTest::newRow("the new one has no list yet: the old one") << false << 2;
        QTest::newRow("the new one is whole, and the old one gone") << true << 1;
    }
    void anEndWhileItIsWrittenLeavesTheOldOrTheNew()
    {
        QFETCH(bool, whole);
        QFETCH(int, expected);
        QDir(folder()).removeRecursively();
        {
            sync::DraftFiles kept(folder());
            QVERIFY(await(kept.keep(m_here, u"text/7"_s, whole ? QVector{two().at(1)} : two())));
        }
        QString place;
        for (const QString &path : files()) {
            if (path.endsWith(u"/list.json"_s))
                place = path.chopped(10);
        }
        QVERIFY(!place.isEmpty());
        if (whole) {
            QVERIFY(QDir().rename(place, place + u".new"_s));
        } else {
            QVERIFY(QDir().mkpath(place + u".new"_s));
            QFile half(place + u".new/0"_s);
            QVERIFY(half.open(QIODevice::WriteOnly) && half.write("half") == 4);
        }
        QCOMPARE(found(u"text/7"_s).size(), expected);
    }
    void damagedOnesAreNone_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a list that is none") << u"list.json"_s << QByteArray("{");
        QTest::newRow("a list of a thousand") << u"list.json"_s << "[" + QByteArray("{\"bytes\":4},").repeated(999) + "{}]";
        QTest::newRow("a file that was cut") << u"0"_s << QByteArray("x");
    }
    void damagedOnesAreNone()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, bytes);
        QDir(folder()).removeRecursively();
        {
            sync::DraftFiles kept(folder());
            QVERIFY(await(kept.keep(m_here, u"text/7"_s, two())));
        }
        for (const QString &path : files()) {
            if (!path.endsWith(u'/' + file))
                continue;
            QFile damaged(path);
            QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate) && damaged.write(bytes) == bytes.size());
        }
        QVERIFY(found(u"text/7"_s).isEmpty());
    }
    void theEndOfALocationTakesItsFilesOnly()
    {
        sync::DraftFiles kept(folder());
        QVERIFY(await(kept.keep(m_here, u"text/7"_s, two())));
        QVERIFY(await(kept.keep(LocationId(u"other"_s), u"text/7"_s, two())));
        sync::DraftFiles::forget(folder(), m_here);
        QVERIFY(found(u"text/7"_s).isEmpty());
        QCOMPARE(await(kept.kept(LocationId(u"other"_s), u"text/7"_s)).size(), 2);
    }
    void aDiskThatCannotBeWrittenIsSaid()
    {
        QFile inTheWay(folder());
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        sync::DraftFiles kept(folder());
        const Status said = await(kept.keep(m_here, u"text/7"_s, two()));
        QVERIFY(!said);
        QCOMPARE(said.error().kind, ErrorKind::Storage);
        QVERIFY(!said.error().message.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDraftFiles)
#include "tst_draftfiles.moc"
