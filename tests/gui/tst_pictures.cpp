// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowrun.h"

#include "gui/attachments.h"
#include "gui/attachmenttile.h"
#include "gui/mediaviewer.h"
#include "gui/picturestage.h"
#include "gui/threadview.h"
#include "models/mediashelf.h"
#include "models/threadmodel.h"

#include <QClipboard>
#include <QDir>
#include <QDirIterator>
#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace outrigger;
using namespace outrigger::gui;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Pictures go with a text: by the clipboard, by dropping, by Ctrl+U; and leave once.
class TestPictures : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowRun> m_run;
    QTemporaryDir m_files;

    Attachments *attachments() const { return m_run->inbox()->thread()->composer()->attachments(); }
    QList<AttachmentTile *> tiles() const
    {
        auto found = attachments()->findChildren<AttachmentTile *>();
        found.removeIf([](const AttachmentTile *tile) { return tile->isHidden(); });
        return found;
    }
    QString strip() const { return attachments()->findChild<Strip *>(u"composer.attachments.strip"_s)->sentence(); }
    QPushButton *send() const { return m_run->find<QPushButton>("composer.send"); }
    QString picture(const QString &name, QSize size = {300, 200})
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(QColor(40, 120, 80));
        image.save(m_files.filePath(name));
        return m_files.filePath(name);
    }
    void drop(const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        QWidget *on = m_run->text()->viewport();
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(on, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(on, &event);
    }
    int sends() { return m_run->taken(u"POST"_s, u"/conversations/messages"_s, u"/media/uploads/"_s); }

private Q_SLOTS:
    void init()
    {
        m_run = std::make_unique<WindowRun>();
        if (!m_run->open())
            QSKIP("The practice server is not built.");
        m_run->window()->resize(1280, 800);
        QVERIFY(m_run->waitForRows());
        QVERIFY(m_run->openOneThatMayBeTexted());
    }
    void cleanup() { m_run.reset(); }

    void aDroppedPictureIsSentOnce()
    {
        drop({picture(u"house.png"_s)});
        QTRY_COMPARE(tiles().size(), 1);
        QVERIFY(tiles().first()->accessibleName().contains(u"house.png"_s));
        QVERIFY(tiles().first()->accessibleName().contains(u"PNG"_s));
        QVERIFY(m_run->text()->toPlainText().isEmpty()); // not its path
        QTRY_VERIFY(send()->isEnabled()); // a picture needs no words
        m_run->type(u"The house you asked for"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY(tiles().isEmpty());
        QVERIFY(m_run->text()->toPlainText().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"The house you asked for"_s), 1, 20'000);
        QCOMPARE(sends(), 1);
        QCOMPARE(m_run->taken(u"POST"_s, u"/conversations/messages/upload"_s, {}), 1);
    }
    void whatIsNotSentIsThereAfterTheNextStart()
    {
        drop({picture(u"house.png"_s)});
        QTRY_COMPARE(tiles().size(), 1);
        m_run->type(u"The house"_s);
        const ContactId who = m_run->inbox()->thread()->contactId();
        QVERIFY(QFile::remove(m_files.filePath(u"house.png"_s)));
        QTRY_VERIFY(QDirIterator(m_run->profile.filePath(u"drafts"_s), {u"list.json"_s}, QDir::Files, QDirIterator::Subdirectories).hasNext());
        m_run->drop();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        m_run->inbox()->openContact(who);
        QTRY_COMPARE(m_run->inbox()->thread()->contactId(), who);
        QTRY_COMPARE(tiles().size(), 1);
        QVERIFY(tiles().first()->accessibleName().contains(u"house.png"_s));
        QTRY_VERIFY(send()->isEnabled());
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(sends(), 1, 20'000);
        // And what was sent is not.
        QTRY_VERIFY(tiles().isEmpty());
        m_run->close();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        m_run->inbox()->openContact(who);
        QTRY_COMPARE(m_run->inbox()->thread()->composer()->contact().id, who);
        QVERIFY(tiles().isEmpty());
    }
    void aDiskThatCannotBeWrittenIsSaidOnceAndThePictureGoes()
    {
        const QString drafts = m_run->profile.filePath(u"drafts"_s);
        QDir(drafts).removeRecursively();
        QFile inTheWay(drafts);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        QSignalSpy said(attachments(), &Attachments::announced);
        drop({picture(u"house.png"_s)});
        QTRY_VERIFY2(strip().contains(u"kept only until Outrigger ends"_s), qPrintable(strip()));
        QTRY_VERIFY(send()->isEnabled());
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(sends(), 1, 20'000);
        const auto ofTheDisk = std::count_if(said.cbegin(), said.cend(), [](const QList<QVariant> &one) { return one.first().toString().contains(u"kept only until"_s); });
        QCOMPARE(ofTheDisk, 1);
    }
    void aDroppedDocumentGoesAsALink()
    {
        QFile plan(m_files.filePath(u"plan.pdf"_s));
        QVERIFY(plan.open(QIODevice::WriteOnly) && plan.write("%PDF-1.4 the plan of the house") > 0);
        plan.close();
        drop({plan.fileName()});
        QTRY_COMPARE(tiles().size(), 1);
        QVERIFY2(tiles().first()->accessibleName().startsWith(u"File plan.pdf, PDF"_s), qPrintable(tiles().first()->accessibleName()));
        const auto *sum = attachments()->findChild<QLabel *>(u"composer.attachments.sum"_s);
        QTRY_VERIFY2(sum->text().startsWith(u"1 file"_s) && sum->text().contains(u"link"_s), qPrintable(sum->text()));
        m_run->type(u"The plan you asked for"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY(tiles().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(m_run->taken(u"POST"_s, u"/conversations/messages/upload"_s, {}), 1, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(sends(), 1, 20'000);
    }
    void aPastedPictureAndWordsGoTheirOwnWays()
    {
        auto *image = new QMimeData;
        QImage pixels(80, 60, QImage::Format_RGB32);
        pixels.fill(Qt::blue);
        image->setImageData(pixels);
        QApplication::clipboard()->setMimeData(image);
        m_run->text()->setFocus();
        QTest::keySequence(m_run->text(), QKeySequence::Paste);
        QTRY_COMPARE(tiles().size(), 1);
        // What a spreadsheet offers are words and a picture of them: the words are meant.
        auto *cells = new QMimeData;
        cells->setText(u"100 Main St"_s);
        cells->setImageData(pixels);
        QApplication::clipboard()->setMimeData(cells);
        QTest::keySequence(m_run->text(), QKeySequence::Paste);
        QCOMPARE(m_run->text()->toPlainText(), u"100 Main St"_s);
        QCOMPARE(tiles().size(), 1);
    }
    void ctrlUOpensTheDialogAndTheWindowGoesOn()
    {
        m_run->text()->setFocus();
        QTest::keyClick(m_run->text(), Qt::Key_U, Qt::ControlModifier);
        QTRY_VERIFY(m_run->window()->findChild<QFileDialog *>(u"composer.attach.dialog"_s));
        auto *dialog = m_run->window()->findChild<QFileDialog *>(u"composer.attach.dialog"_s);
        Q_EMIT dialog->filesSelected({picture(u"chosen.png"_s)});
        dialog->reject();
        QTRY_COMPARE(tiles().size(), 1);
    }
    void aTileGoesWithTheKeyboardAndTheMouse()
    {
        drop({picture(u"one.png"_s), picture(u"two.png"_s), picture(u"three.png"_s)});
        QTRY_COMPARE(tiles().size(), 3);
        QTRY_VERIFY(!attachments()->working());
        tiles().first()->setFocus();
        QTest::keyClick(tiles().first(), Qt::Key_Delete);
        QTRY_COMPARE(tiles().size(), 2);
        QVERIFY(tiles().first()->hasFocus());
        auto *remove = tiles().first()->findChild<QToolButton *>(u"composer.attachment.remove"_s);
        QVERIFY(remove->accessibleName().contains(u"two.png"_s));
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_COMPARE(tiles().size(), 1);
        QTest::keyClick(tiles().first(), Qt::Key_Delete);
        QTRY_VERIFY(tiles().isEmpty());
    }
    void whatCannotGoIsSaidInOneSentence()
    {
        QFile note(m_files.filePath(u"note.jpg"_s));
        QVERIFY(note.open(QIODevice::WriteOnly) && note.write("not a picture at all") > 0);
        note.close();
        drop({note.fileName()});
        QTRY_VERIFY(strip().contains(u"“note.jpg” is not a picture"_s));
        QVERIFY(tiles().isEmpty());
        drop({m_files.filePath(u"gone.jpg"_s)});
        QTRY_VERIFY(strip().contains(u"not there any more"_s));
        QStringList many;
        for (int i = 0; i < 12; ++i)
            many.append(picture(u"%1.png"_s.arg(i), {40, 30}));
        drop(many);
        QTRY_COMPARE(tiles().size(), 10);
        QTRY_VERIFY(!attachments()->working());
        QVERIFY(strip().contains(u"At most 10"_s));
    }
    void picturesStayWithTheirContact()
    {
        const ContactId first = m_run->inbox()->thread()->contactId();
        drop({picture(u"mine.png"_s)});
        QTRY_COMPARE(tiles().size(), 1);
        m_run->list()->setCurrentIndex(m_run->list()->model()->index(m_run->list()->currentIndex().row() + 1, 0));
        QTRY_VERIFY(m_run->inbox()->thread()->contactId() != first);
        QTRY_VERIFY(tiles().isEmpty());
        m_run->inbox()->thread()->open(first);
        QTRY_COMPARE(tiles().size(), 1);
    }
    void takenBackThePictureIsBackInTheField()
    {
        drop({picture(u"house.png"_s)});
        QTRY_COMPARE(tiles().size(), 1);
        QTRY_VERIFY(!attachments()->working());
        m_run->type(u"wait"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY(tiles().isEmpty());
        QTest::keyClick(m_run->text(), Qt::Key_Escape); // empty again: takes it back
        QTRY_COMPARE(tiles().size(), 1);
        QCOMPARE(m_run->text()->toPlainText(), u"wait"_s);
        QCOMPARE(sends(), 0);
        QCOMPARE(m_run->taken(u"POST"_s, u"/conversations/messages/upload"_s, {}), 0);
    }
    void killedBeforeItLeftItGoesOnceWithItsPicture()
    {
        drop({picture(u"house.png"_s)});
        QTRY_COMPARE(tiles().size(), 1);
        QTRY_VERIFY(!attachments()->working());
        m_run->type(u"after the crash"_s);
        QTest::keyClick(m_run->text(), Qt::Key_Return);
        QTRY_VERIFY(tiles().isEmpty()); // durable
        QVERIFY(QFile::remove(m_files.filePath(u"house.png"_s))); // the person's own file may go
        m_run->drop();
        QVERIFY(m_run->open());
        QVERIFY(m_run->waitForRows());
        // Held for undo when it died: it asks first.
        auto &outbox = m_run->app->engine()->outbox();
        const auto records = await(outbox.list(std::nullopt, false));
        QVERIFY(records);
        const auto text = std::find_if(records->cbegin(), records->cend(), [](const auto &one) { return one.kind == OutboxKind::SendMessage; });
        QVERIFY(text != records->cend());
        QVERIFY(await(outbox.release(text->id)));
        QTRY_COMPARE_WITH_TIMEOUT(m_run->texts(u"after the crash"_s), 1, 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(outbox.counts().waiting, 0, 20'000); // its end, after which nothing follows
        QCOMPARE(m_run->texts(u"after the crash"_s), 1);
        QCOMPARE(sends(), 1);
    }

private:
    /// A text with these comes in from the open contact; answers its row.
    QModelIndex comesIn(const QString &words, const QStringList &attachments)
    {
        m_run->control("POST", u"inbound"_s,
                       {{u"contactId"_s, m_run->inbox()->thread()->contactId().value}, {u"text"_s, words},
                        {u"attachments"_s, QJsonArray::fromStringList(attachments)}});
        if (!await(m_run->app->engine()->syncNow({}, false)))
            return {};
        QModelIndex found;
        const auto *model = view()->model();
        const bool there = QTest::qWaitFor([&] {
            for (int row = model->rowCount() - 1; row >= 0; --row) {
                const QModelIndex index = model->index(row, 0);
                if (index.data(Qt::AccessibleTextRole).toString().contains(words)) {
                    found = index;
                    return true;
                }
            }
            return false;
        }, 20'000);
        return there ? found : QModelIndex();
    }
    ThreadView *view() const { return m_run->inbox()->thread()->view(); }
    MediaViewer *viewer() const { return m_run->window()->findChild<MediaViewer *>(u"media.viewer"_s); }
    void focus(const QModelIndex &index)
    {
        view()->setFocus();
        view()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::Clear);
        view()->scrollTo(index);
    }

private Q_SLOTS:
    void anInboundPictureShowsAndOpensWithTheKeyboard()
    {
        const QModelIndex row = comesIn(u"the kitchen"_s, {u"/media/pictures/7.png"_s, u"/media/pictures/8.png"_s});
        QVERIFY(row.isValid());
        focus(row);
        const QString address = row.data(models::ThreadModel::RowRole).value<MessageRow>().message.attachments.first();
        const int height = view()->visualRect(row).height();
        QTRY_COMPARE_WITH_TIMEOUT(int(view()->shelf()->thumbnail(address)->state), int(models::MediaShelf::State::Ready), 10'000);
        QCOMPARE(view()->visualRect(row).height(), height); // nothing moves when it comes
        QTest::keyClick(view(), Qt::Key_Return);
        QTRY_VERIFY(viewer());
        QTRY_VERIFY(viewer()->isShown());
        auto *stage = viewer()->findChild<PictureStage *>(u"media.picture"_s);
        QVERIFY(stage->accessibleName().contains(u"picture 1 of 2"_s));
        QTest::keyClick(stage, Qt::Key_Right);
        QTRY_VERIFY(viewer()->at() == 1 && viewer()->isShown());
        QTest::keyClick(stage, Qt::Key_Right); // the last one stays
        QCOMPARE(viewer()->at(), 1);
        QTest::keyClick(stage, Qt::Key_Left);
        QTRY_VERIFY(viewer()->at() == 0 && viewer()->isShown());
        const double before = viewer()->zoom();
        QTest::keyClick(stage, Qt::Key_Plus);
        QVERIFY(viewer()->zoom() > before);
        QTest::keyClick(stage, Qt::Key_0);
        QCOMPARE(viewer()->zoom(), before);
        QApplication::clipboard()->clear();
        QTest::keyClick(stage, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->image().size(), QSize(320, 240));
        QTest::keyClick(stage, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(viewer()->findChild<QFileDialog *>(u"media.save.dialog"_s));
        auto *dialog = viewer()->findChild<QFileDialog *>(u"media.save.dialog"_s);
        Q_EMIT dialog->fileSelected(m_files.filePath(u"saved.png"_s));
        dialog->reject();
        QTRY_COMPARE(QImage(m_files.filePath(u"saved.png"_s)).size(), QSize(320, 240));
        QTest::keyClick(stage, Qt::Key_Escape);
        QTRY_VERIFY(!viewer());
    }
    void aClickOpensThePictureThatWasMeant()
    {
        const QModelIndex row = comesIn(u"the garden"_s, {u"/media/pictures/7.png"_s, u"/media/pictures/8.png"_s});
        QVERIFY(row.isValid());
        focus(row);
        const QRect rect = view()->visualRect(row);
        // Two frames stand side by side; the inbound bubble is at the left.
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, QPoint(rect.left() + px(30) + px(150) + px(40), rect.center().y()));
        QTRY_VERIFY(viewer());
        QCOMPARE(viewer()->at(), 1);
        viewer()->reject();
        QTRY_VERIFY(!viewer());
    }
    void whatIsNotThereOrNotAPictureIsSaid_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("words");
        QTest::newRow("gone") << u"/media/gone/3.png"_s << u"not there any more"_s;
        QTest::newRow("a document that calls itself a picture") << u"/media/documents/plan.png"_s << u"not a picture"_s;
        QTest::newRow("plain http from elsewhere") << u"http://pictures.example.com/a.png"_s << u"does not open by itself"_s;
        QTest::newRow("inside the house") << u"https://192.168.1.1/a.png"_s << u"does not open by itself"_s;
    }
    void whatIsNotThereOrNotAPictureIsSaid()
    {
        QFETCH(QString, address);
        QFETCH(QString, words);
        const QModelIndex row = comesIn(u"look at this"_s, {address});
        QVERIFY(row.isValid());
        focus(row);
        const QString named = row.data(models::ThreadModel::RowRole).value<MessageRow>().message.attachments.first();
        QTRY_COMPARE(int(view()->shelf()->thumbnail(named)->state), int(models::MediaShelf::State::Failed));
        QVERIFY2(view()->shelf()->thumbnail(named)->sentence.contains(words), qPrintable(view()->shelf()->thumbnail(named)->sentence));
    }
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
