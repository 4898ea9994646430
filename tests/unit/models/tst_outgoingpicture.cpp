// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mediatype.h"
#include "models/outgoingpicture.h"
#include "support/waitfor.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/stat.h>

using namespace outrigger;
using namespace outrigger::models;
using namespace outrigger::test;
using namespace Qt::StringLiterals;

/// Pictures of people go out small, upright and without a word about where they were taken.
class TestOutgoingPicture : public QObject
{
    Q_OBJECT

    static QImage noise(int width, int height)
    {
        QImage image(width, height, QImage::Format_RGB32);
        QRandomGenerator random(7);
        for (int y = 0; y < height; ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            for (int x = 0; x < width; ++x)
                line[x] = random.generate() | 0xff000000;
        }
        return image;
    }
    static QImage halves(int width, int height) ///< red on the left, blue on the right
    {
        QImage image(width, height, QImage::Format_RGB32);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                image.setPixel(x, y, x < width / 2 ? qRgb(220, 20, 20) : qRgb(20, 20, 220));
        }
        return image;
    }
    static QByteArray written(const QImage &image, const char *format, int quality = -1)
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        if (!image.save(&buffer, format, quality))
            qFatal("The picture cannot be written as %s.", format);
        return bytes;
    }
    /// With an EXIF block: orientation 6 (turned by 90 degrees) and a place.
    static QByteArray withExif(QByteArray jpeg)
    {
        QByteArray tiff("MM\0*\0\0\0\x08", 8);
        tiff += QByteArray("\0\x02", 2);
        tiff += QByteArray("\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", 12);      // orientation
        tiff += QByteArray("\x01\x0e\0\x02\0\0\0\x14\0\0\0\x26", 12);      // description, 20 bytes at 38
        tiff += QByteArray("\0\0\0\0", 4);
        tiff += QByteArray("GPS 28.5383 -81.3792", 20);
        const QByteArray body = QByteArray("Exif\0\0", 6) + tiff;
        QByteArray block("\xff\xe1", 2);
        block += char((body.size() + 2) >> 8);
        block += char((body.size() + 2) & 0xff);
        return jpeg.insert(2, block + body);
    }
    static QByteArray gif()
    {
        return QByteArray::fromBase64("R0lGODlhAgACAPAAAP8AAAAAACH5BAAAAAAALAAAAAACAAIAAAIChFEAOw==");
    }
    static Result<PreparedPicture> prepare(const QByteArray &bytes, qint64 budget = PictureLimits::total)
    {
        return preparePicture({{}, bytes, {}, u"house.jpg"_s}, budget);
    }

private Q_SLOTS:
    void typesAreToldByContent_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("type");
        QTest::newRow("jpeg") << QByteArray("\xff\xd8\xff\xe0 and more") << int(MediaType::Jpeg);
        QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1a\n....") << int(MediaType::Png);
        QTest::newRow("gif") << QByteArray("GIF89a....") << int(MediaType::Gif);
        QTest::newRow("webp") << QByteArray("RIFF\1\2\3\4WEBPVP8 ") << int(MediaType::WebP);
        QTest::newRow("riff, not webp") << QByteArray("RIFF\1\2\3\4WAVEfmt ") << int(MediaType::Unknown);
        QTest::newRow("heic") << QByteArray("\0\0\0\x18" "ftypheic", 12) << int(MediaType::Heic);
        QTest::newRow("mp4") << QByteArray("\0\0\0\x18" "ftypisom", 12) << int(MediaType::Video);
        QTest::newRow("svg") << QByteArray("<svg xmlns='http:'>") << int(MediaType::Svg);
        QTest::newRow("svg with declaration") << QByteArray("<?xml version='1.0'?>\n<svg>") << int(MediaType::Svg);
        QTest::newRow("pdf") << QByteArray("%PDF-1.4") << int(MediaType::Pdf);
        QTest::newRow("text") << QByteArray("hello") << int(MediaType::Unknown);
        QTest::newRow("nothing") << QByteArray() << int(MediaType::Unknown);
        QTest::newRow("cut png") << QByteArray("\x89PN") << int(MediaType::Unknown);
    }
    void typesAreToldByContent()
    {
        QFETCH(QByteArray, head);
        QFETCH(int, type);
        QCOMPARE(int(sniffMedia(head)), type);
    }

    void whatGoesOutFits_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qint64>("budget");
        QTest::addColumn<QString>("type");
        QTest::newRow("small photo") << written(halves(400, 300), "jpeg", 90) << PictureLimits::total << u"image/jpeg"_s;
        QTest::newRow("large photo") << written(noise(2400, 1800), "jpeg", 95) << PictureLimits::total << u"image/jpeg"_s;
        QTest::newRow("screenshot") << written(halves(1200, 800), "png") << PictureLimits::total << u"image/png"_s;
        QTest::newRow("large png") << written(noise(900, 700), "png") << PictureLimits::total << u"image/jpeg"_s;
        QTest::newRow("little room") << written(noise(900, 700), "jpeg", 95) << qint64(20'000) << u"image/jpeg"_s;
        QTest::newRow("gif") << gif() << PictureLimits::total << u"image/png"_s;
        QTest::newRow("higher than the longest side") << written(halves(40, 5000), "png") << PictureLimits::total << u"image/png"_s;
    }
    void whatGoesOutFits()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qint64, budget);
        QFETCH(QString, type);
        const auto picture = prepare(bytes, budget);
        QVERIFY2(picture, qPrintable(picture ? QString() : picture.error().message));
        QVERIFY(picture->file.bytes.size() <= std::min(budget, PictureLimits::each));
        QCOMPARE(picture->file.type, type);
        QCOMPARE(mediaTypeMime(sniffMedia(picture->file.bytes)), type);
        QCOMPARE(picture->originalBytes, bytes.size());
        QCOMPARE(picture->stillOnly, bytes.startsWith("GIF"));
        const QImage sent = QImage::fromData(picture->file.bytes);
        QVERIFY(!sent.isNull());
        QVERIFY(std::max(sent.width(), sent.height()) <= PictureLimits::longestSide);
        QVERIFY(!picture->thumbnail.isNull());
    }
    void aTurnedPhotoStandsUprightAndSaysNothingOfItsPlace()
    {
        const QByteArray original = withExif(written(halves(400, 200), "jpeg", 92));
        QVERIFY(original.contains("28.5383"));
        const auto picture = prepare(original);
        QVERIFY(picture);
        QVERIFY(!picture->file.bytes.contains("28.5383"));
        QVERIFY(!picture->file.bytes.contains("Exif"));
        const QImage sent = QImage::fromData(picture->file.bytes);
        QCOMPARE(sent.size(), QSize(200, 400));
        QVERIFY(qRed(sent.pixel(100, 40)) > 150); // what was left is on top now
        QVERIFY(qBlue(sent.pixel(100, 360)) > 150);
    }
    void wordsInAPngStayHere()
    {
        QImage image = halves(60, 40);
        image.setText(u"Comment"_s, u"taken at home by Nora"_s);
        const QByteArray original = written(image, "png");
        QCOMPARE(QImage::fromData(original).text(u"Comment"_s), u"taken at home by Nora"_s);
        const auto picture = prepare(original);
        QVERIFY(picture);
        QVERIFY(QImage::fromData(picture->file.bytes).textKeys().isEmpty());
        QVERIFY(!picture->file.bytes.contains("Nora"));
    }
    void whatIsSeenThroughBecomesWhiteInAJpeg()
    {
        QImage image = noise(900, 700).convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < 100; ++y) {
            for (int x = 0; x < 900; ++x)
                image.setPixel(x, y, qRgba(0, 0, 0, 0));
        }
        const auto picture = prepare(written(image, "png"), 200'000);
        QVERIFY(picture);
        QCOMPARE(picture->file.type, u"image/jpeg"_s);
        const QImage sent = QImage::fromData(picture->file.bytes);
        QVERIFY(qGreen(sent.pixel(sent.width() / 2, 5)) > 230);
    }

    void eachRefusalIsOneClearSentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QByteArray bomb = written(halves(50, 50), "jpeg"); // says that it has 60,000 x 60,000
        const auto frame = bomb.indexOf("\xff\xc0");
        QVERIFY(frame > 0);
        bomb.replace(frame + 5, 4, "\xea\x60\xea\x60");
        QTest::newRow("svg named jpg") << QByteArray("<svg xmlns='x'><script/></svg>") << u"type"_s;
        QTest::newRow("pdf named jpg") << QByteArray("%PDF-1.4 and more") << u"type"_s;
        QTest::newRow("program named jpg") << QByteArray("\x7f" "ELF and more") << u"type"_s;
        QTest::newRow("webp") << QByteArray("RIFF\1\2\3\4WEBPVP8 ") << u"type"_s;
        QTest::newRow("empty") << QByteArray() << u"empty"_s;
        QTest::newRow("cut jpeg") << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF") << u"damaged"_s;
        QTest::newRow("cut png") << written(halves(50, 50), "png").left(60) << u"damaged"_s;
        QTest::newRow("gif header only") << QByteArray("GIF89a") << u"damaged"_s;
        QTest::newRow("far more pixels than bytes") << bomb << u"large"_s;
    }
    void eachRefusalIsOneClearSentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const auto picture = prepare(bytes);
        QVERIFY(!picture);
        QCOMPARE(picture.error().code, code);
        QCOMPARE(picture.error().kind, ErrorKind::Usage);
        QVERIFY(picture.error().message.startsWith(u"“house.jpg”"_s) || code == u"room"_s);
    }
    void aFileOfAnotherKindIsTakenAsItIsOrRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QTest::newRow("pdf") << u"plan.PDF"_s << QByteArray("%PDF-1.4 the plan") << QString();
        QTest::newRow("words") << u"note.txt"_s << QByteArray("call back") << QString();
        QTest::newRow("a voice") << u"voice.wav"_s << QByteArray("RIFF\1\2\3\4WAVEfmt ") << QString();
        QTest::newRow("a program") << u"tool.exe"_s << QByteArray("MZ and more") << u"type"_s;
        QTest::newRow("no ending") << u"README"_s << QByteArray("read me") << u"type"_s;
        QTest::newRow("a phone's picture") << u"photo.heic"_s << QByteArray("\0\0\0\x18" "ftypheic", 12) << u"type"_s;
        QTest::newRow("too large") << u"film.mp4"_s << QByteArray(5 * 1024 * 1024 + 1, 'x') << u"type"_s;
        QTest::newRow("empty") << u"empty.pdf"_s << QByteArray() << u"empty"_s;
    }
    void aFileOfAnotherKindIsTakenAsItIsOrRefused()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const QTemporaryDir folder;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        const auto taken = preparePicture({file.fileName(), {}, {}, {}}, PictureLimits::total);
        QCOMPARE(taken ? QString() : taken.error().code, code);
        if (!taken) {
            QVERIFY2(taken.error().message.contains(name), qPrintable(taken.error().message));
            return;
        }
        QVERIFY(taken->asLink);
        QCOMPARE(taken->file.bytes, bytes);
        QCOMPARE(taken->file.name, name);
        QVERIFY(!taken->file.type.isEmpty() && !taken->file.type.startsWith(u"image/"_s));
        QCOMPARE(taken->typeName, name.section(u'.', -1).toUpper());
    }
    void noRoomIsSaid()
    {
        const auto picture = prepare(written(halves(400, 300), "jpeg"), 5'000);
        QVERIFY(!picture);
        QCOMPARE(picture.error().code, u"room"_s);
    }
    void filesThatCannotBeReadAreSaid()
    {
        const QTemporaryDir folder;
        const auto codeOf = [&](const QString &name) {
            const auto picture = preparePicture({folder.filePath(name), {}, {}, {}}, PictureLimits::total);
            return picture ? u"taken"_s : picture.error().code;
        };
        QCOMPARE(codeOf(u"never.jpg"_s), u"gone"_s);
        QVERIFY(QDir(folder.path()).mkdir(u"album.jpg"_s));
        QCOMPARE(codeOf(u"album.jpg"_s), u"folder"_s);
        // A pipe without a writer: opening it would wait for ever.
        QCOMPARE(::mkfifo(QFile::encodeName(folder.filePath(u"pipe.jpg"_s)).constData(), 0600), 0);
        QCOMPARE(codeOf(u"pipe.jpg"_s), u"unreadable"_s);
        QFile huge(folder.filePath(u"huge.jpg"_s));
        QVERIFY(huge.open(QIODevice::WriteOnly) && huge.resize(PictureLimits::source + 1));
        QCOMPARE(codeOf(u"huge.jpg"_s), u"large"_s);
        QFile good(folder.filePath(u"good.bin"_s)); // the name does not matter
        QVERIFY(good.open(QIODevice::WriteOnly) && good.write(written(halves(40, 40), "jpeg")) > 0);
        good.close();
        QCOMPARE(codeOf(u"good.bin"_s), u"taken"_s);
    }
    void theWorkIsDoneAside()
    {
        PictureSource source;
        source.image = halves(300, 200);
        const auto picture = await(preparePictureAside(source, PictureLimits::total));
        QVERIFY(picture);
        QCOMPARE(picture->file.name, u"Pasted picture"_s);
        QCOMPARE(picture->originalBytes, 0);
        QCOMPARE(QThread::currentThread(), QCoreApplication::instance()->thread());
    }
};

QTEST_MAIN(TestOutgoingPicture)
#include "tst_outgoingpicture.moc"
