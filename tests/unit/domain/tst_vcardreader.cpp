// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactimport.h"
#include "domain/vcard.h"
#include "domain/vcardreader.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Cards of telephones and mail programs, and of people who mean harm.
class TestVCardReader : public QObject
{
    Q_OBJECT

    struct Read {
        QVector<QStringList> rows; ///< without the header
        QString problem;
    };
    static Read read(QByteArray bytes)
    {
        QBuffer buffer(&bytes);
        if (!buffer.open(QIODevice::ReadOnly))
            qFatal("no buffer");
        vcard::Reader reader(&buffer);
        Read all;
        bool header = true;
        while (!reader.atEnd()) {
            for (const auto &row : reader.read()) {
                if (!std::exchange(header, false))
                    all.rows.append(row.cells);
            }
        }
        all.problem = reader.problem();
        return all;
    }
    static QString cell(const QStringList &row, const QString &column) { return row.value(vcard::Reader::header().indexOf(column)); }

private Q_SLOTS:
    void everyVersionIsRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("value");
        const QByteArray begin = "BEGIN:VCARD\r\nVERSION:3.0\r\n", end = "END:VCARD\r\n";
        const auto row = [&](const char *name, const QByteArray &line, const QString &column, const QString &value) {
            QTest::newRow(name) << begin + line + "\r\n" + end << column << value;
        };
        row("name", "N:Jones;Sarah;;;", u"First name"_s, u"Sarah"_s);
        row("last name", "N:Jones;Sarah;;;", u"Last name"_s, u"Jones"_s);
        row("only a full name", "FN:Sarah Jones", u"Name"_s, u"Sarah Jones"_s);
        row("escapes", "ORG:Smith\\, Sons\\; Co\\\\;Sales", u"Company"_s, u"Smith, Sons; Co\\"_s);
        row("folded", "ORG:North\r\n  Plumbing", u"Company"_s, u"North Plumbing"_s);
        row("quoted-printable of 2.1", "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:K=C3=B6ln=\r\n Dach", u"Company"_s, u"Köln Dach"_s);
        row("Latin-1", "ORG:K\xF6ln", u"Company"_s, u"Köln"_s);
        row("a group and a type in quotes", "item1.TEL;TYPE=\"voice,cell\":+1 407 555 0134", u"Phone"_s, u"+1 407 555 0134"_s);
        row("the preferred number", "TEL;TYPE=HOME:1\r\nTEL;TYPE=CELL:2\r\nTEL;TYPE=WORK;PREF=1:3", u"Phone"_s, u"3"_s);
        row("else a mobile", "TEL;TYPE=HOME:1\r\nTEL;CELL:2\r\nTEL;TYPE=WORK:3", u"Phone"_s, u"2"_s);
        row("a number as an address", "TEL;VALUE=uri:tel:+1-407-555-0134;ext=5", u"Phone"_s, u"+1-407-555-0134"_s);
        row("a number with a colon in its parameters", "TEL;X-A=\"b:c\":7", u"Phone"_s, u"7"_s);
        row("address", "ADR;TYPE=home:;;12 Elm St;Orlando;FL;32801;USA", u"City"_s, u"Orlando"_s);
        row("birthday", "BDAY:19840315", u"Birthday"_s, u"1984-03-15"_s);
        row("a birthday without a year", "BDAY:--0315", u"Birthday"_s, QString());
        row("tags", "CATEGORIES:hot,roof\\,repair", u"Tags"_s, u"hot,roof,repair"_s);
        row("a card inside", "FN:Boss\r\nAGENT:\r\nBEGIN:VCARD\r\nTEL:666\r\nEND:VCARD\r\nTEL:5", u"Phone"_s, u"5"_s);
    }
    void everyVersionIsRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, column);
        QFETCH(QString, value);
        QVERIFY(vcard::isCards(bytes));
        const Read all = read(bytes);
        QCOMPARE(all.problem, QString());
        QCOMPARE(all.rows.size(), 1);
        QCOMPARE(cell(all.rows.first(), column), value);
    }
    void whatWeWriteComesBack()
    {
        Contact contact;
        contact.firstName = u"Zoë; the \\ second"_s;
        contact.lastName = QString(60, u'ß');
        contact.phone = u"+14075550134"_s;
        contact.additionalPhones = {u"+14075550199"_s};
        contact.email = u"zoe@example.com"_s;
        contact.companyName = u"A, B\nC"_s;
        contact.dateOfBirth = u"1984-03-15"_s;
        contact.tags = {u"hot lead"_s, u"roof"_s};
        const QByteArray twice = vcard::card(contact) + vcard::card(contact);
        const Read all = read(twice);
        QCOMPARE(all.rows.size(), 2);
        ImportPlan plan;
        plan.columns = guessColumns(vcard::Reader::header(), {});
        QVERIFY(!plan.columns.contains(QString())); // every column of ours means something
        const ImportedRow row = readRow(all.rows.last(), plan, {}, u"US"_s);
        QCOMPARE(row.problem, QString());
        QCOMPARE(row.draft.firstName, contact.firstName);
        QCOMPARE(row.draft.lastName, contact.lastName);
        QCOMPARE(row.draft.phone, contact.phone);
        QCOMPARE(row.draft.email, contact.email);
        QCOMPARE(row.draft.tags, contact.tags);
        QCOMPARE(row.draft.more["companyName"_L1].toString(), u"A, B C"_s);
    }
    void hostileFilesAreSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("said");
        QTest::newRow("cut off") << QByteArray("BEGIN:VCARD\nFN:A\n") << true;
        QTest::newRow("endless lines") << "BEGIN:VCARD\n" + QByteArray("X:1\n").repeated(10'000) + "END:VCARD\n" << true;
        QTest::newRow("a picture of 20 MB") << "BEGIN:VCARD\nPHOTO;ENCODING=b:" + QByteArray(20'000'000, 'A') + "\nFN:A\nEND:VCARD\n" << false;
        QTest::newRow("a folded one of 20 MB") << "BEGIN:VCARD\nPHOTO:" + QByteArray(" AAAAAAAAAAAAAAAAAAAAAAAA\n").repeated(800'000) + "FN:A\nEND:VCARD\n" << false;
        QTest::newRow("deep") << QByteArray("BEGIN:VCARD\n").repeated(100'000) << true;
        QTest::newRow("a note in three hundred thousand pieces") << "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:" + QByteArray("x=\n").repeated(300'000) + "\nFN:A\nEND:VCARD\n" << false;
        QTest::newRow("ends alone") << QByteArray("END:VCARD\n").repeated(100'000) + "BEGIN:VCARD\nFN:A\nEND:VCARD\n" << false;
    }
    void hostileFilesAreSaid()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, said);
        const Read all = read(bytes);
        QCOMPARE(!all.problem.isEmpty(), said);
        QCOMPARE(all.rows.size(), said ? 0 : 1);
    }
};

QTEST_GUILESS_MAIN(TestVCardReader)
#include "tst_vcardreader.moc"
