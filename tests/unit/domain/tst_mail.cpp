// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mail.h"
#include "domain/outboxrecord.h"
#include "domain/picturestrip.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

class TestMail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addressesAreRead_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("bare"); // empty: none
        QTest::newRow("plain") << u"jo@a.example"_s << u"jo@a.example"_s;
        QTest::newRow("spaces and case") << u"  Jo@A.Example "_s << u"Jo@a.example"_s;
        QTest::newRow("with a name") << u"\"Doe, Jo\" <jo@a.example>"_s << u"jo@a.example"_s;
        QTest::newRow("tag") << u"jo+house@mail.a.example"_s << u"jo+house@mail.a.example"_s;
        QTest::newRow("other script's host") << u"jo@b\u00fccher.example"_s << u"jo@xn--bcher-kva.example"_s;
        QTest::newRow("no host") << u"jo@"_s << QString();
        QTest::newRow("no dot") << u"jo@localhost"_s << QString();
        QTest::newRow("no name") << u"@a.example"_s << QString();
        QTest::newRow("two dots") << u"jo..doe@a.example"_s << QString();
        QTest::newRow("space inside") << u"jo doe@a.example"_s << QString();
        QTest::newRow("header break") << u"jo@a.example\r\nBcc: x@b.example"_s << QString();
        QTest::newRow("words") << u"somebody"_s << QString();
        QTest::newRow("endless") << QString(300, u'a') + u"@a.example"_s << QString();
    }
    void addressesAreRead()
    {
        QFETCH(QString, typed);
        QTEST(mail::bareAddress(typed), "bare");
    }
    void aLineOfAddressesIsTakenApart()
    {
        const auto read = mail::readAddresses(u"jo@a.example; Pat <pat@b.example>,\nJO@a.example, wrong@, ,"_s);
        QCOMPARE(read.good, (QStringList{u"jo@a.example"_s, u"pat@b.example"_s}));
        QCOMPARE(read.bad, QStringList{u"wrong@"_s});
        QVERIFY(mail::readAddresses({}).good.isEmpty());
    }
    void aReplyHasOneRe_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("reply");
        QTest::newRow("plain") << u"The house"_s << u"Re: The house"_s;
        QTest::newRow("again") << u"RE: re: The house"_s << u"Re: The house"_s;
        QTest::newRow("german and counted") << u"AW: Re[2]: The house"_s << u"Re: The house"_s;
        QTest::newRow("a word that begins alike") << u"Regarding: x"_s << u"Re: Regarding: x"_s;
        QTest::newRow("none") << QString() << QString();
        QTest::newRow("only re") << u"Re:"_s << QString();
    }
    void aReplyHasOneRe()
    {
        QFETCH(QString, subject);
        QTEST(mail::replySubject(subject), "reply");
    }
    void draftsAndBodiesComeBackAsTheyWere()
    {
        MessageDraft draft;
        draft.type = u"Email"_s;
        draft.subject = u"S"_s;
        draft.cc = {u"a@a.example"_s};
        draft.bcc = {u"b@b.example"_s, u"c@c.example"_s};
        draft.replyTo = MessageId(u"m"_s);
        const auto again = MessageDraft::fromJson(draft.toJson());
        QVERIFY(again.isEmail());
        QCOMPARE(again.subject, draft.subject);
        QCOMPARE(again.cc, draft.cc);
        QCOMPARE(again.bcc, draft.bcc);
        QCOMPARE(again.replyTo, draft.replyTo);
        MessageDraft text;
        QVERIFY(!text.toJson().contains(u"subject"_s)); // records of texts stay as they were, to the byte
        mail::Body body;
        body.id = EmailId(u"e"_s);
        body.body = u"<p>x"_s;
        body.cc = draft.cc;
        body.date = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        const auto kept = mail::Body::fromJson(body.toJson());
        QCOMPARE(kept.body, body.body);
        QCOMPARE(kept.cc, body.cc);
        QCOMPARE(kept.date, body.date);
    }
    void aMarkBelongsToOneRecord()
    {
        const RecordId one(u"01ARZ3NDEKTSV4RRFFQ69G5FAV"_s);
        const QString html = u"<p>x</p>"_s + mail::markOf(one);
        QVERIFY(mail::carriesMark(html, one));
        QVERIFY(!mail::carriesMark(html, RecordId(u"01ARZ3NDEKTSV4RRFFQ69G5FAW"_s)));
        QVERIFY(!mail::carriesMark(html, RecordId()));
        QVERIFY(mail::carriesAnyMark(html));
        QVERIFY(!mail::carriesAnyMark(u"<p>o:x</p>"_s));
    }
    void picturesLoseTheirNotes()
    {
        const QByteArray app0("\xff\xe0\x00\x04JF", 6), exif("\xff\xe1\x00\x08GPS:47", 10), comment("\xff\xfe\x00\x04hi", 6);
        const QByteArray scan("\xff\xda\x00\x02", 4), end("\xff\xd9", 2);
        const QByteArray jpeg = QByteArray("\xff\xd8") + app0 + exif + comment + scan + "pixels" + end;
        QCOMPARE(withoutPictureNotes(jpeg + "after"), QByteArray("\xff\xd8") + app0 + scan + "pixels" + end);
        QVERIFY(withoutPictureNotes(jpeg.left(jpeg.size() - 4)).isEmpty());
        const auto chunk = [](const char *kind, const QByteArray &data) {
            QByteArray size(4, '\0');
            size[3] = char(data.size());
            return size + kind + data + "crc!";
        };
        const QByteArray head("\x89PNG\r\n\x1a\n");
        const QByteArray png = head + chunk("IHDR", "x") + chunk("tEXt", "place") + chunk("eXIf", "gps") + chunk("IDAT", "p") + chunk("IEND", {});
        QCOMPARE(withoutPictureNotes(png), head + chunk("IHDR", "x") + chunk("IDAT", "p") + chunk("IEND", {}));
        QVERIFY(withoutPictureNotes(head + "\xff\xff\xff\xffIDAT....").isEmpty());
        QVERIFY(withoutPictureNotes("GIF89a").isEmpty());
        QVERIFY(withoutPictureNotes({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMail)
#include "tst_mail.moc"
