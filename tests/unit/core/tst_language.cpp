// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language.h"
#include "support/places.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// Counted words: one source string, the right form for each number.
class TestLanguage : public QObject
{
    Q_OBJECT

    struct Counted {
        QString context;
        QString source;
    };
    static QVector<Counted> counted()
    {
        QFile file(outrigger::test::source(QStringLiteral("translations/outrigger_en.ts")));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QXmlStreamReader xml(&file);
        QVector<Counted> found;
        QString context;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == "name"_L1)
                context = xml.readElementText();
            else if (xml.name() == "source"_L1)
                found.append({context, xml.readElementText()});
        }
        return found;
    }

private Q_SLOTS:
    void initTestCase() { outrigger::installLanguage(QCoreApplication::instance()); }
    void oneAndManyAreSaidRight_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("source");
        for (const auto &[context, source] : counted())
            QTest::newRow(qPrintable(context + u": "_s + source.left(40))) << context << source;
        QVERIFY(counted().size() >= 10);
    }
    void oneAndManyAreSaidRight()
    {
        QFETCH(QString, context);
        QFETCH(QString, source);
        const auto said = [&](int n) { return QCoreApplication::translate(context.toUtf8().constData(), source.toUtf8().constData(), nullptr, n); };
        QVERIFY2(said(1).contains(u'1') && !said(1).contains(u"(s)"_s), qPrintable(said(1)));
        QVERIFY2(said(2).contains(u'2') && !said(2).contains(u"(s)"_s), qPrintable(said(2)));
        if (source.contains(u"(s)"_s)) {
            QString many = said(2);
            QVERIFY2(said(1) != many.replace(u'2', u'1'), qPrintable(many));
        }
    }
    void everyCountedSentenceOfTheSourcesHasItsForms()
    {
        QStringList known;
        for (const auto &entry : counted())
            known.append(entry.source);
        const QString all = known.join(u'\n');
        static const QRegularExpression literal(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
        QDirIterator files(outrigger::test::source(QStringLiteral("src")), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto found = literal.globalMatch(QString::fromUtf8(file.readAll()));
            while (found.hasNext()) {
                const QString text = found.next().captured(1).replace(u"\\\""_s, u"\""_s);
                if (text.contains(u"(s)"_s))
                    QVERIFY2(all.contains(text), qPrintable(file.fileName() + u": "_s + text));
            }
        }
    }

    void noFunctionHidesASentenceFromLupdate()
    {
        // lupdate reads the literals inside tr() and translate(); through a function of our own it sees nothing.
        static const QRegularExpression wrapper(QStringLiteral("QString \\w+\\(const char \\*\\w+[^)]*\\)\\s*\\{\\s*return QCoreApplication::translate"));
        QDirIterator files(outrigger::test::source(QStringLiteral("src")), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        int read = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!wrapper.match(QString::fromUtf8(file.readAll())).hasMatch(), qPrintable(file.fileName()));
            ++read;
        }
        QVERIFY(read > 300);
    }
};

QTEST_GUILESS_MAIN(TestLanguage)
#include "tst_language.moc"
