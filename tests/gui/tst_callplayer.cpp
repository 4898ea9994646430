// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowrun.h"

#include "domain/callwords.h"
#include "gui/callplayer.h"
#include "gui/threadview.h"
#include "models/threadmodel.h"
#include "sync/engine.h"

#include <QComboBox>
#include <QDir>
#include <QDirIterator>
#include <QFileDialog>
#include <QListView>
#include <QProcess>
#include <QSlider>
#include <QStandardPaths>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace outrigger;
using gui::CallPlayer;

#if defined(__SANITIZE_ADDRESS__)
/// Qt's FFmpeg plugin does not free what it learned about a file.
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions() { return "leak:libavutil\n"; }
#endif

/// A sound server of our own, with an ear that nobody listens to: playing is real, and silent.
class Ear
{
public:
    bool open(const QString &folder)
    {
        const QString program = QStandardPaths::findExecutable(u"pulseaudio"_s);
        if (program.isEmpty())
            return false;
        const QString socket = folder + u"/native"_s;
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, folder);
        environment.insert(u"XDG_RUNTIME_DIR"_s, folder);
        environment.insert(u"PULSE_STATE_PATH"_s, folder);
        m_process.setProcessEnvironment(environment);
        m_process.start(program, {u"-n"_s, u"--daemonize=no"_s, u"--exit-idle-time=-1"_s, u"--use-pid-file=no"_s, u"-L"_s,
                                  u"module-native-protocol-unix auth-anonymous=1 socket="_s + socket, u"-L"_s, u"module-null-sink"_s});
        qputenv("PULSE_SERVER", "unix:" + QFile::encodeName(socket));
        return m_process.waitForStarted() && QTest::qWaitFor([&] { return QFile::exists(socket); }, 10'000);
    }
    ~Ear()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
};

class TestCallPlayer : public QObject
{
    Q_OBJECT

    QTemporaryDir m_earFolder;
    Ear m_ear;
    bool m_hears = false;
    static bool deaf() { return qEnvironmentVariableIsSet("OUTRIGGER_TEST_NO_SOUND"); }
    std::unique_ptr<test::WindowRun> m_run;

    CallPlayer *player() const { return m_run->find<CallPlayer>("call.player"); }
    template <class W>
    W *part(const char *name) const
    {
        return player()->findChild<W *>(QString::fromLatin1(name));
    }
    /// Opens a conversation with an answered call in it and makes the call current.
    QModelIndex findCall()
    {
        auto *view = m_run->find<gui::ThreadView>("thread.messages");
        for (int row = 0; row < m_run->list()->model()->rowCount(); ++row) {
            const QModelIndex conversation = m_run->list()->model()->index(row, 0);
            m_run->list()->setCurrentIndex(conversation);
            const bool open = QTest::qWaitFor([&] {
                const QVariant value = conversation.data(models::InboxModel::RowRole);
                return value.isValid() && m_run->inbox()->thread()->contactId() == value.value<ConversationRow>().contactId
                    && !m_run->inbox()->thread()->composer()->contact().id.isEmpty();
            }, 5'000);
            if (!open)
                return {};
            view = m_run->find<gui::ThreadView>("thread.messages");
            for (int at = 0; at < view->model()->rowCount(); ++at) {
                const QModelIndex index = view->model()->index(at, 0);
                const auto message = index.data(models::ThreadModel::RowRole).value<MessageRow>().message;
                if (message.channel == Channel::Call && mayHaveRecording(message) && message.callSeconds > 10)
                    return index;
            }
        }
        return {};
    }
    bool openByKey()
    {
        const QModelIndex call = findCall();
        if (!call.isValid())
            return false;
        auto *view = m_run->find<gui::ThreadView>("thread.messages");
        view->setFocus();
        view->setCurrentIndex(call);
        QTest::keyClick(view, Qt::Key_Return);
        return player() != nullptr;
    }
    QStringList kept() const
    {
        QStringList files;
        QDirIterator all(m_run->profile.filePath(u"calls"_s), QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext())
            files.append(all.next());
        return files;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (deaf())
            qputenv("PULSE_SERVER", "unix:/nonexistent");
        else
            m_hears = m_ear.open(m_earFolder.path());
    }
    void init()
    {
        m_run = std::make_unique<test::WindowRun>();
        m_run->options.practiceArguments = u"--contacts 60 --conversations 40 --messages 800 --opportunities 5 --quiet --rate off --pace 0.02"_s.split(u' ');
        if (!m_run->open())
            QSKIP("outrigger-practice is not built");
        QVERIFY(m_run->waitForRows());
    }
    void cleanup() { m_run.reset(); }

    void aCallIsPlayedByKeysAndItsWordsFollow()
    {
        if (!m_hears)
            QSKIP("pulseaudio is not there");
        QVERIFY(openByKey());
        QTRY_COMPARE_WITH_TIMEOUT(player()->state(), CallPlayer::State::Ready, 15'000);
        auto *words = part<QListView>("call.words");
        QTRY_VERIFY2_WITH_TIMEOUT(words->isVisible() && words->model()->rowCount() > 1, qPrintable(part<QLabel>("call.wordsState")->text()), 10'000);
        auto *seek = part<QSlider>("call.seek");
        QTRY_VERIFY_WITH_TIMEOUT(seek->maximum() >= 1'000, 10'000);
        auto *play = part<QToolButton>("call.play");
        QCOMPARE(play->accessibleName(), u"Play"_s);
        QTest::keyClick(play, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(player()->state(), CallPlayer::State::Playing, 10'000);
        QCOMPARE(play->accessibleName(), u"Pause"_s);
        QTRY_VERIFY_WITH_TIMEOUT(player()->position() > 0, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(words->currentIndex().row(), 0, 5'000);
        QTest::keyClick(play, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(player()->state(), CallPlayer::State::Ready, 10'000);
        // A place by keys, and the speed.
        QTest::keyClick(seek, Qt::Key_Right);
        QVERIFY(player()->position() >= std::min(5'000, seek->maximum()));
        QTest::keyClick(seek, Qt::Key_Left);
        QTest::keyClick(seek, Qt::Key_Left);
        QCOMPARE(player()->position(), 0);
        QTest::keyClick(seek, Qt::Key_Plus);
        QCOMPARE(player()->speed(), 1.25);
        // Nobody else can read what was fetched.
        const QStringList files = kept();
        QCOMPARE(files.filter(u".wav"_s).size(), 1);
        for (const QString &file : files)
            QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    }
    void aClickOnASentenceGoesThere()
    {
        if (!m_hears)
            QSKIP("pulseaudio is not there");
        QVERIFY(openByKey());
        QTRY_COMPARE_WITH_TIMEOUT(player()->state(), CallPlayer::State::Ready, 15'000);
        auto *words = part<QListView>("call.words");
        QTRY_VERIFY2_WITH_TIMEOUT(words->isVisible() && words->model()->rowCount() > 1, qPrintable(part<QLabel>("call.wordsState")->text()), 10'000);
        auto *seek = part<QSlider>("call.seek");
        QTRY_VERIFY_WITH_TIMEOUT(seek->maximum() >= 1'000, 10'000);
        words->setFocus();
        words->setCurrentIndex(words->model()->index(1, 0));
        QTest::keyClick(words, Qt::Key_Return);
        QVERIFY(player()->position() > 0);
    }
    void withoutASoundDeviceTheWordsAreThereAndItSaysSo()
    {
        if (!deaf())
            QSKIP("The sound library keeps its first connection: this has a process of its own, callplayer_nosound.");
        QVERIFY(openByKey());
        QTRY_COMPARE_WITH_TIMEOUT(player()->state(), CallPlayer::State::NoDevice, 15'000);
        QVERIFY(part<QLabel>("call.said")->text().contains(u"no sound device"_s));
        QVERIFY(!part<QToolButton>("call.play")->isEnabled());
        QVERIFY(part<QToolButton>("call.saveSound")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(part<QListView>("call.words")->isVisible(), 10'000);
    }
    void whatWasPlayedOnceIsThereWithoutANetworkAndTheRestSaysWhy()
    {
        QVERIFY(openByKey());
        QTRY_VERIFY_WITH_TIMEOUT(player()->state() == CallPlayer::State::Ready || player()->state() == CallPlayer::State::NoDevice, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(part<QListView>("call.words")->isVisible(), 10'000);
        player()->reject();
        QTRY_VERIFY(!player());
        m_run->app->engine()->setWorkOffline(true);
        QTest::keyClick(m_run->find<gui::ThreadView>("thread.messages"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(player() && (player()->state() == CallPlayer::State::Ready || player()->state() == CallPlayer::State::NoDevice), 10'000);
        QTRY_VERIFY(part<QListView>("call.words")->isVisible());
        player()->reject();
        QTRY_VERIFY(!player());
        for (const QString &file : kept())
            QVERIFY(QFile::remove(file));
        QTest::keyClick(m_run->find<gui::ThreadView>("thread.messages"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(player() && player()->state() == CallPlayer::State::NoSound, 10'000);
        QVERIFY2(part<QLabel>("call.said")->text().contains(u"offline"_s), qPrintable(part<QLabel>("call.said")->text()));
    }
    void aBrokenFileSaysSoAndNoCrash()
    {
        if (!m_hears)
            QSKIP("pulseaudio is not there");
        QVERIFY(openByKey());
        QTRY_COMPARE_WITH_TIMEOUT(player()->state(), CallPlayer::State::Ready, 15'000);
        player()->reject();
        QTRY_VERIFY(!player());
        const QStringList sounds = kept().filter(u".wav"_s);
        QCOMPARE(sounds.size(), 1);
        QFile file(sounds.first());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("RIFF\0\0\0\0WAVEnothing that could be heard", 39);
        file.close();
        QTest::keyClick(m_run->find<gui::ThreadView>("thread.messages"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(player() && player()->state() == CallPlayer::State::Broken, 10'000);
        QVERIFY(part<QLabel>("call.said")->text().contains(u"damaged"_s));
    }
    void soundAndWordsAreSaved()
    {
        QVERIFY(openByKey());
        QTRY_VERIFY_WITH_TIMEOUT(part<QToolButton>("call.saveSound")->isEnabled(), 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(part<QToolButton>("call.saveWords")->isEnabled(), 15'000);
        QTemporaryDir folder;
        QTest::keyClick(player(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = player()->findChild<QFileDialog *>(u"call.save.dialog"_s);
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(folder.filePath(u"words.txt"_s));
        dialog->close();
        QTRY_COMPARE_WITH_TIMEOUT(part<QLabel>("call.said")->text(), u"Saved"_s, 5'000);
        QFile words(folder.filePath(u"words.txt"_s));
        QVERIFY(words.open(QIODevice::ReadOnly));
        QVERIFY(words.readAll().startsWith("0:00  "));
        QTest::keyClick(player(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(player()->findChild<QFileDialog *>(u"call.save.dialog"_s) != nullptr);
        dialog = player()->findChildren<QFileDialog *>(u"call.save.dialog"_s).last();
        Q_EMIT dialog->fileSelected(folder.filePath(u"call.wav"_s));
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(folder.filePath(u"call.wav"_s)).size() > 1'000, 5'000);
    }
};

QTEST_MAIN(TestCallPlayer)
#include "tst_callplayer.moc"
