// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language.h"
#include "core/profile.h"
#include "gui/composer.h"
#include "gui/composertext.h"
#include "gui/keymap.h"
#include "gui/settings.h"
#include "gui/spelling.h"
#include "gui/writingsettings.h"
#include "models/desk.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace outrigger;
using namespace outrigger::gui;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Spelling in the field a text is written in, with a small dictionary of its own.
class TestSpelling : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<sync::Engine> m_engine;
    std::unique_ptr<models::Desk> m_desk;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<QMainWindow> m_window;
    Composer *m_composer = nullptr;
    ComposerText *m_text = nullptr;

    static bool write(const QString &file, const QByteArray &bytes)
    {
        QFile out(file);
        return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size();
    }
    Spelling *spelling() const { return Spelling::of(m_desk.get(), m_settings.get()); }
    /// The words under a wavy line.
    QStringList wavy() const
    {
        QStringList words;
        for (auto block = m_text->document()->begin(); block.isValid(); block = block.next()) {
            const auto formats = block.layout()->formats();
            for (const auto &range : formats) {
                if (range.format.underlineStyle() == QTextCharFormat::WaveUnderline)
                    words << block.text().mid(range.start, range.length);
            }
        }
        return words;
    }
    QMenu *menu() const { return m_text->findChild<QMenu *>(u"composer.spelling"_s); }
    static QAction *actionWith(const QMenu *menu, const QString &words)
    {
        const auto actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text().contains(words))
                return action;
        }
        return nullptr;
    }
    void start()
    {
        auto profile = Profile::open(m_folder.filePath(u"profile"_s));
        QVERIFY(profile.has_value());
        sync::EngineOptions options;
        options.offline = true;
        m_engine = std::make_unique<sync::Engine>(*profile, options);
        auto starting = m_engine->start();
        QVERIFY(ended(starting, 10'000));
        m_desk = std::make_unique<models::Desk>(m_engine.get());
        m_settings = std::make_unique<Settings>(profile->settingsFile());
        m_window = std::make_unique<QMainWindow>();
        auto *actions = new Actions(m_window.get());
        m_composer = new Composer(m_desk.get(), m_settings.get(), actions, m_window.get());
        m_window->setCentralWidget(m_composer);
        m_window->resize(700, 300);
        m_window->show();
        m_window->activateWindow();
        m_text = m_composer->findChild<ComposerText *>(u"composer.text"_s);
        Contact contact;
        contact.id = ContactId(u"zelda"_s);
        contact.firstName = u"Zxqlda"_s;
        contact.phone = u"+14075550134"_s;
        m_composer->setContact(contact);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_text->setFocus();
    }
    void stop()
    {
        m_window.reset();
        m_settings.reset();
        m_desk.reset();
        auto stopping = m_engine->stop();
        ended(stopping, 10'000);
        m_engine.reset();
    }

private Q_SLOTS:
    void initTestCase()
    {
        installLanguage(QCoreApplication::instance());
        QDir(m_folder.path()).mkdir(u"words"_s);
        QVERIFY(write(m_folder.filePath(u"words/xx_XX.aff"_s), "SET UTF-8\nTRY aehlorstwd\n"));
        QVERIFY(write(m_folder.filePath(u"words/xx_XX.dic"_s), "7\nhello\nhouse\nthere\nyour\nviewing\nnaïve\nit's\n"));
        QVERIFY(write(m_folder.filePath(u"words/broken.aff"_s), "SET NO-SUCH-ENCODING\n"));
        QVERIFY(write(m_folder.filePath(u"words/broken.dic"_s), "1\nhello\n"));
        qputenv("DICPATH", m_folder.filePath(u"words"_s).toUtf8());
    }
    void init()
    {
        QDir(m_folder.filePath(u"profile"_s)).removeRecursively();
        start();
        m_settings->setSpellLanguage(u"xx_XX"_s);
    }
    void cleanup() { stop(); }

    void wordsAreFound_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("plain") << u"Hello there, your house!"_s << QStringList{u"Hello"_s, u"there"_s, u"your"_s, u"house"_s};
        QTest::newRow("apostrophes") << u"it's it’s 'quoted' dogs'"_s << QStringList{u"it's"_s, u"it's"_s, u"quoted"_s, u"dogs"_s};
        QTest::newRow("numbers and capitals") << u"4pm 3rd ASAP I OK ok"_s << QStringList{u"ok"_s};
        QTest::newRow("addresses") << u"see www.site.com or me@site.com, https://x.y/z now. then"_s
                                   << QStringList{u"see"_s, u"or"_s, u"now"_s, u"then"_s};
        QTest::newRow("fields and calls") << u"{{contact.first_name}} hi {{oops and /snip #tag @me"_s << QStringList{u"hi"_s, u"oops"_s, u"and"_s};
        QTest::newRow("other scripts") << u"שלום hello привет 你好"_s << QStringList{u"hello"_s};
        QTest::newRow("emoji") << u"hi👋🏽there"_s << QStringList{};
        QTest::newRow("accents") << u"naïve Café"_s << QStringList{u"naïve"_s, u"Café"_s};
        QTest::newRow("far too long") << QString(100, u'a') << QStringList{};
        QTest::newRow("empty") << u""_s << QStringList{};
    }
    void wordsAreFound()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, words);
        QStringList found;
        const auto pieces = Spelling::pieces(line, u"en_US"_s);
        for (const auto &piece : pieces) {
            found << piece.word;
            QCOMPARE(QString(line.mid(piece.at, piece.length)).replace(QChar(0x2019), u'\''), piece.word);
        }
        QCOMPARE(found, words);
    }
    void typingNeverWaitsForTheDictionary()
    {
        // The first question finds no answer and gives none; that comes later, from another thread.
        QVERIFY(spelling()->wrong(u"hello hosue"_s).isEmpty());
        QSignalSpy changed(spelling(), &Spelling::changed);
        QVERIFY(changed.wait(10'000));
        QCOMPARE(spelling()->wrong(u"hello hosue"_s).size(), 1);
        // What is known is told from the table, without a second question.
        changed.clear();
        for (int i = 0; i < 100; ++i)
            QCOMPARE(spelling()->wrong(u"hello hosue"_s).first().word, u"hosue"_s);
        QVERIFY(!changed.wait(50));
    }
    void aWrongWordIsMarkedOnceItIsWhole()
    {
        QTest::keyClicks(m_text, u"hello hosue"_s);
        QTRY_VERIFY(spelling()->isWrong(u"hosue"_s));
        QVERIFY(wavy().isEmpty()); // still being typed
        QTest::keyClicks(m_text, u" there"_s);
        QTRY_COMPARE(wavy(), QStringList{u"hosue"_s});
    }
    void aDraftOfTheFieldIsNoChange()
    {
        m_composer->setText(u"hello hosue and wrogn"_s, 0);
        QSignalSpy drafts(m_composer, &Composer::draftChanged);
        QTRY_COMPARE(wavy().size(), 3); // "and" is not in this dictionary
        QVERIFY(!drafts.wait(500)); // marks are no writing
        QCOMPARE(m_composer->text(), u"hello hosue and wrogn"_s);
        QVERIFY(!m_text->document()->isUndoAvailable());
    }
    void theLeadsNameIsRight()
    {
        m_composer->setText(u"hello Zxqlda hosue "_s, 0);
        QTRY_COMPARE(wavy(), QStringList{u"hosue"_s});
    }
    void aKeyOffersBetterWords()
    {
        QTest::keyClicks(m_text, u"hello hosue "_s);
        QTRY_COMPARE(wavy(), QStringList{u"hosue"_s});
        QTest::keyClick(m_text, Qt::Key_F7);
        QTRY_VERIFY(menu() && menu()->isVisible());
        QVERIFY(actionWith(menu(), u"house"_s));
        actionWith(menu(), u"house"_s)->trigger();
        QCOMPARE(m_composer->text(), u"hello house "_s);
        QTRY_VERIFY(wavy().isEmpty());
        menu()->close();
        m_text->undo();
        QCOMPARE(m_composer->text(), u"hello hosue "_s);
    }
    void aWordIsLearntForGood()
    {
        QTest::keyClicks(m_text, u"hello Outriggr "_s);
        QTRY_COMPARE(wavy(), QStringList{u"Outriggr"_s});
        QTest::keyClick(m_text, Qt::Key_F7);
        QTRY_VERIFY(menu() && menu()->isVisible());
        actionWith(menu(), u"my words"_s)->trigger();
        QTRY_VERIFY(wavy().isEmpty());
        menu()->close();
        const auto kept = [this] {
            auto asking = m_desk->kept(u"spelling"_s);
            return ended(asking, 5'000) && asking.take().value_or(QString()).contains(u"Outriggr"_s);
        };
        QTRY_VERIFY(kept());
        stop();
        start();
        m_composer->setText(u"Outriggr hosue "_s, 0);
        QTRY_COMPARE(wavy(), QStringList{u"hosue"_s});
    }
    void itCanBeOffAndADictionaryMayBeMissing_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("off") << u"off"_s;
        QTest::newRow("not installed") << u"yy_YY"_s;
        QTest::newRow("damaged") << u"broken"_s;
    }
    void itCanBeOffAndADictionaryMayBeMissing()
    {
        QFETCH(QString, language);
        m_composer->setText(u"hello hosue "_s, 0);
        QTRY_COMPARE(wavy(), QStringList{u"hosue"_s});
        m_settings->setSpellLanguage(language);
        QTRY_VERIFY(wavy().isEmpty());
        QSignalSpy said(m_composer, &Composer::announced);
        QTest::keyClick(m_text, Qt::Key_F7);
        QCOMPARE(said.size(), 1);
        QVERIFY(!menu());
        m_settings->setSpellLanguage(u"xx_XX"_s);
        QTRY_COMPARE(wavy(), QStringList{u"hosue"_s});
    }
    void theLanguageIsTheAccounts()
    {
        LastPlace place = m_settings->lastPlace();
        place.location = LocationId(u"other"_s);
        m_settings->setLastPlace(place);
        QVERIFY(m_settings->spellLanguage().isEmpty());
        m_settings->setSpellLanguage(u"off"_s);
        place.location = {};
        m_settings->setLastPlace(place);
        QCOMPARE(m_settings->spellLanguage(), u"xx_XX"_s);
    }
    void theSettingsSayWhatThereIs()
    {
        {
            WritingSettings page(m_settings.get(), nullptr);
            page.show();
            auto *language = page.findChild<QComboBox *>(u"settings_spelling"_s);
            QCOMPARE(language->currentData().toString(), u"xx_XX"_s);
            QVERIFY(language->findData(u"off"_s) > 0);
            QVERIFY(!page.findChild<QLabel *>(u"settings_noDictionary"_s)->isVisible());
        }
        const QByteArray before = qgetenv("DICPATH");
        qputenv("DICPATH", m_folder.filePath(u"nowhere"_s).toUtf8());
        WritingSettings page(m_settings.get(), nullptr);
        page.show();
        QVERIFY(page.findChild<QLabel *>(u"settings_noDictionary"_s)->isVisible());
        qputenv("DICPATH", before);
    }
};

QTEST_MAIN(TestSpelling)
#include "tst_spelling.moc"
