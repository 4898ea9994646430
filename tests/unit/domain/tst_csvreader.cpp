// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactimport.h"
#include "domain/csv.h"
#include "domain/csvreader.h"
#include "support/trickle.h"

#include <QBuffer>
#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::test;

/// Files of strangers: what is in them, or why they cannot be read.
class TestCsvReader : public QObject
{
    Q_OBJECT

    struct Read {
        QVector<QStringList> rows;
        QString problem;
        QString encoding;
        QChar separator;
    };
    static Read read(const QByteArray &bytes)
    {
        QByteArray copy = bytes;
        QBuffer buffer(&copy);
        if (!buffer.open(QIODevice::ReadOnly))
            qFatal("no buffer");
        csv::Reader reader(&buffer);
        Read all{{}, {}, reader.encoding(), reader.separator()};
        while (!reader.atEnd()) {
            for (const auto &row : reader.read())
                all.rows.append(row.cells);
        }
        all.problem = reader.problem();
        return all;
    }

private Q_SLOTS:
    void filesAreRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QVector<QStringList>>("rows");
        using Rows = QVector<QStringList>;
        const Rows plain{{u"Name"_s, u"Ort"_s}, {u"Jürgen"_s, u"Köln"_s}};
        QTest::newRow("UTF-8") << QByteArray("Name,Ort\nJ\xC3\xBCrgen,K\xC3\xB6ln\n") << plain;
        QTest::newRow("UTF-8 with a mark") << QByteArray("\xEF\xBB\xBFName,Ort\r\nJ\xC3\xBCrgen,K\xC3\xB6ln") << plain;
        QTest::newRow("Windows-1252") << QByteArray("Name;Ort\r\nJ\xFCrgen;K\xF6ln\r\n") << plain;
        QTest::newRow("a euro in Windows-1252") << QByteArray("a;b\n\x80;1\n") << Rows{{u"a"_s, u"b"_s}, {u"€"_s, u"1"_s}};
        QStringEncoder wide(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
        QTest::newRow("UTF-16") << QByteArray(wide.encode(u"Name\tOrt\r\nJürgen\tKöln\r\n"_s)) << plain;
        QTest::newRow("bars") << QByteArray("Name|Ort\nJ\xC3\xBCrgen|K\xC3\xB6ln\n") << plain;
        QTest::newRow("a separator in quotes") << QByteArray("a,b\n\"x;y;z;w\",\"2\n3\"\n") << Rows{{u"a"_s, u"b"_s}, {u"x;y;z;w"_s, u"2\n3"_s}};
        QTest::newRow("quotes in quotes") << QByteArray("a\n\"say \"\"hi\"\"\"\n") << Rows{{u"a"_s}, {u"say \"hi\""_s}};
        QTest::newRow("empty rows") << QByteArray("a,b\n\n,\n1,2\n\n") << Rows{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}};
        QTest::newRow("our own mark against formulas") << csv::line({u"+14075550123"_s, u"=1"_s}) << Rows{{u"+14075550123"_s, u"=1"_s}};
        QTest::newRow("rows of different lengths") << QByteArray("a,b\n1\n1,2,3\n") << Rows{{u"a"_s, u"b"_s}, {u"1"_s}, {u"1"_s, u"2"_s, u"3"_s}};
        QTest::newRow("rows of two programs in one file") << QByteArray("Name,Ort\nJ\xC3\xBCrgen,K\xC3\xB6ln\nJ\xFCrgen,K\xF6ln\n")
                                                          << Rows{{u"Name"_s, u"Ort"_s}, {u"Jürgen"_s, u"Köln"_s}, {u"Jürgen"_s, u"Köln"_s}};
        QTest::newRow("a formula of a stranger stays a text") << QByteArray("a,b\n=HYPERLINK(\"\"x\"\"),1\n")
                                                              << Rows{{u"a"_s, u"b"_s}, {u"=HYPERLINK(\"\"x\"\")"_s, u"1"_s}};
        QTest::newRow("zeros inside") << QByteArray("a,b\nx\0y,2\n", 10) << Rows{{u"a"_s, u"b"_s}, {u"xy"_s, u"2"_s}};
        QTest::newRow("files put together, each with its mark") << QByteArray("\xEF\xBB\xBF" "a,b\n1,2\n\xEF\xBB\xBF" "a,\0\xEF\xBB\xBF" "b\n", 22)
                                                              << Rows{{u"a"_s, u"b"_s}, {u"1"_s, u"2"_s}, {u"a"_s, u"b"_s}};
        QTest::newRow("nothing") << QByteArray() << Rows{};
    }
    void filesAreRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QVector<QStringList>, rows);
        const Read got = read(bytes);
        QCOMPARE(got.problem, QString());
        QCOMPARE(got.rows, rows);
    }

    void aFileThatComesInSmallPiecesIsTheSameFile_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("in sevens") << 7;
    }
    void aFileThatComesInSmallPiecesIsTheSameFile()
    {
        QFETCH(int, piece);
        Trickle pipe("J\xFCrgen;K\xF6ln\n1;2\n", piece);
        csv::Reader reader(&pipe);
        QCOMPARE(reader.encoding(), u"Windows-1252"_s);
        QCOMPARE(reader.separator(), QChar(u';'));
        const auto rows = reader.read();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.first().cells, (QStringList{u"Jürgen"_s, u"Köln"_s}));
        Trickle packed("PK\x03\x04 and so on", piece);
        QVERIFY(!csv::Reader(&packed).problem().isEmpty());
    }

    void anUnclosedQuotationMarkIsSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("at the end") << QByteArray("a,b\n1,\"2\n3,4\n");
        QTest::newRow("and then ten megabytes") << QByteArray("a,b\n1,\"2\n") + QByteArray(10'000'000, 'x');
    }
    void anUnclosedQuotationMarkIsSaid()
    {
        QFETCH(QByteArray, bytes);
        const Read got = read(bytes);
        QVERIFY2(got.problem.contains(u"quotation mark"_s), qPrintable(got.problem));
    }
    void packedFilesAreSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a workbook or a bomb") << QByteArray("PK\x03\x04") + QByteArray(1000, '\0');
        QTest::newRow("gzip") << QByteArray("\x1F\x8B\x08") + QByteArray(1000, 'x');
    }
    void packedFilesAreSaid()
    {
        QFETCH(QByteArray, bytes);
        const Read all = read(bytes);
        QVERIFY(all.rows.isEmpty());
        QVERIFY(all.problem.contains(u"packed"_s));
    }
    void aMillionColumnsAreNoListOfContacts()
    {
        const Read got = read("a,b\n" + QByteArray(1'000'000, ',') + "\n1,2\n");
        QVERIFY(got.problem.contains(u"columns"_s));
    }
    void rowsAreWholeAcrossPieces()
    {
        QByteArray bytes = "name,number\n";
        for (int i = 0; i < 20'000; ++i)
            bytes += "\"J\xC3\xBCrgen, the " + QByteArray::number(i) + "th\",\"line\none\"\n";
        const Read got = read(bytes);
        QCOMPARE(got.problem, QString());
        QCOMPARE(got.rows.size(), 20'001);
        QCOMPARE(got.rows.last(), (QStringList{u"Jürgen, the 19999th"_s, u"line\none"_s}));
    }

    void columnsAreGuessed()
    {
        CustomField budget;
        budget.id = CustomFieldId(u"f1"_s);
        budget.key = u"contact.budget"_s;
        budget.name = u"Budget (USD)"_s;
        const QStringList guessed = guessColumns({u"First Name"_s, u"last_name"_s, u"E-Mail"_s, u"Mobile Phone"_s, u"Budget (USD)"_s, u"Shoe size"_s, u"Phone"_s}, {budget});
        QCOMPARE(guessed, (QStringList{u"firstName"_s, u"lastName"_s, u"email"_s, u"phone"_s, u"field.f1"_s, QString(), QString()}));
    }
    void aRowBecomesAContactOrSaysWhyNot()
    {
        ImportPlan plan;
        plan.columns = {u"name"_s, u"phone"_s, u"email"_s, u"tags"_s, u"country"_s};
        plan.tags = {u"fair"_s};
        ImportedRow row = readRow({u"Ann Marie Jones"_s, u"407 555 0123"_s, QString(), u"Hot; VIP, fair"_s, u"Atlantis"_s}, plan, {}, u"US"_s);
        QCOMPARE(row.problem, QString());
        QCOMPARE(row.draft.firstName, u"Ann"_s);
        QCOMPARE(row.draft.lastName, u"Marie Jones"_s);
        QCOMPARE(row.draft.phone, u"+14075550123"_s);
        QCOMPARE(row.draft.tags, (QStringList{u"fair"_s, u"hot"_s, u"vip"_s}));
        QVERIFY(row.draft.more.isEmpty()); // no such country: the rest is taken
        QVERIFY(!readRow({u"Ann"_s, u"12"_s}, plan, {}, u"US"_s).problem.isEmpty());
        QVERIFY(!readRow({QString(), QString(), QString(), u"hot"_s}, plan, {}, u"US"_s).problem.isEmpty());
        ImportPart part;
        part.job = u"J"_s;
        part.rows = {row.draft};
        part.numbers = {7};
        part.twins = ImportPlan::Twins::Fill;
        const ImportPart back = ImportPart::fromJson(part.toJson());
        QCOMPARE(back.rows.first().toJson(), row.draft.toJson());
        QCOMPARE(back.numbers, part.numbers);
        QVERIFY(back.twins == part.twins);
    }
};

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
