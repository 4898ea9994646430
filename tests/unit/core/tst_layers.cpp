// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

/// The house rules that a compiler does not check.
class TestLayers : public QObject
{
    Q_OBJECT

    struct Source {
        QString path;  ///< from src/
        QString layer; ///< its folder; empty for main.cpp
        QString text;
    };
    QVector<Source> m_sources;

    static QString withoutComments(QString text)
    {
        static const QRegularExpression comments(QStringLiteral("//[^\\n]*|/\\*.*?\\*/"), QRegularExpression::DotMatchesEverythingOption);
        return text.replace(comments, QString());
    }
    QStringList offenders(const QRegularExpression &pattern, const std::function<bool(const Source &)> &applies) const
    {
        QStringList found;
        for (const auto &source : m_sources) {
            if (!applies(source))
                continue;
            auto matches = pattern.globalMatch(withoutComments(source.text));
            while (matches.hasNext())
                found.append(source.path + QStringLiteral(": ") + matches.next().captured().simplified());
        }
        return found;
    }
    static bool isWiring(const Source &source)
    {
        return source.path.startsWith(QStringLiteral("main")) || source.path.contains(QStringLiteral("/main"))
            || source.path.startsWith(QStringLiteral("gui/app"));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir root(outrigger::test::source(QStringLiteral("src")));
        QDirIterator files(root.path(), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            Source source;
            source.path = root.relativeFilePath(file.fileName());
            source.layer = source.path.contains(QLatin1Char('/')) ? source.path.section(QLatin1Char('/'), 0, 0) : QString();
            source.text = QString::fromUtf8(file.readAll());
            m_sources.append(source);
        }
        QVERIFY(m_sources.size() > 30);
    }
    void includesPointOneWay()
    {
        const QHash<QString, QStringList> allowed{
            {QStringLiteral("core"), {}},
            {QStringLiteral("domain"), {QStringLiteral("core")}},
            {QStringLiteral("api"), {QStringLiteral("core"), QStringLiteral("domain")}},
            {QStringLiteral("store"), {QStringLiteral("core"), QStringLiteral("domain")}},
            {QStringLiteral("practice"), {QStringLiteral("core"), QStringLiteral("domain")}},
            {QStringLiteral("auth"), {QStringLiteral("core"), QStringLiteral("domain"), QStringLiteral("api")}},
            {QStringLiteral("sync"), {QStringLiteral("core"), QStringLiteral("domain"), QStringLiteral("api"), QStringLiteral("auth"), QStringLiteral("store")}},
            {QStringLiteral("models"), {QStringLiteral("core"), QStringLiteral("domain"), QStringLiteral("store"), QStringLiteral("sync")}},
            {QStringLiteral("gui"), {QStringLiteral("core"), QStringLiteral("domain"), QStringLiteral("models"), QStringLiteral("sync"), QStringLiteral("auth")}},
            {QStringLiteral("cli"), {QStringLiteral("core"), QStringLiteral("domain"), QStringLiteral("store"), QStringLiteral("sync"), QStringLiteral("auth")}},
        };
        static const QRegularExpression include(QStringLiteral("#include \"([a-z]+)/[^\"]+\""));
        QStringList found;
        for (const auto &source : m_sources) {
            if (source.layer.isEmpty() || isWiring(source))
                continue;
            QVERIFY2(allowed.contains(source.layer), qPrintable(source.path));
            auto matches = include.globalMatch(source.text);
            while (matches.hasNext()) {
                const QString layer = matches.next().captured(1);
                if (layer != source.layer && allowed.contains(layer) && !allowed.value(source.layer).contains(layer))
                    found.append(source.path + QStringLiteral(" includes ") + layer);
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void nothingNestsAnEventLoop()
    {
        const auto found = offenders(QRegularExpression(QStringLiteral("QEventLoop|processEvents|[.>]exec\\s*\\(\\s*\\)|waitFor(?:Finished|ReadyRead|Connected|BytesWritten)\\s*\\(")),
                                     [](const Source &s) { return !s.path.contains(QStringLiteral("main")) && s.layer != QStringLiteral("store"); });
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void sqlStaysInTheStore()
    {
        const auto found = offenders(QRegularExpression(QStringLiteral("QSql\\w+|sqlite3_\\w+")),
                                     [](const Source &s) { return s.layer != QStringLiteral("store"); });
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void onlyTheClientOwnsAnAccessManager()
    {
        const auto found = offenders(QRegularExpression(QStringLiteral("QNetworkAccessManager")), [](const Source &s) {
            return s.layer != QStringLiteral("api") && !s.path.startsWith(QStringLiteral("gui/practicecontrol"));
        });
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void widgetsStayInTheGui()
    {
        const auto found = offenders(QRegularExpression(QStringLiteral("#include <Q(?:Widget|Dialog|MessageBox|Application)>")),
                                     [](const Source &s) { return !s.layer.isEmpty() && s.layer != QStringLiteral("gui"); });
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void coroutinesAreWrittenAsTheCompilerNeedsThem()
    {
        // GCC 12 miscompiles co_await inside ?: and braces, and destroys temporaries of an awaited call twice.
        const auto found = offenders(QRegularExpression(QStringLiteral("\\?[^;\\n:]*co_await|\\{[^;{}\\n]*co_await[^;{}\\n]*\\}|co_await\\s+\\w+[\\w:>.-]*\\([^\\n]*\\)\\s*\\)*;")),
                                     [](const Source &) { return true; });
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
    void unsafeWordsStayOut()
    {
        const auto found = offenders(QRegularExpression(QStringLiteral("ignoreSslErrors|setInsecureFallback\\s*\\(\\s*true|NoLessSafeRedirectPolicy|UserVerifiedRedirectPolicy|VerifyNone|\\bTODO\\b|\\bFIXME\\b")),
                                     [](const Source &) { return true; });
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        // One view shows HTML: that which domain/mailhtml.h has put together anew.
        const auto html = offenders(QRegularExpression(QStringLiteral("setHtml\\s*\\(")),
                                    [](const Source &s) { return s.path != QStringLiteral("gui/mailview.cpp"); });
        QVERIFY2(html.isEmpty(), qPrintable(html.join(QLatin1Char('\n'))));
    }
    void filesStayReadable()
    {
        QStringList found;
        for (const auto &source : m_sources) {
            const auto lines = source.text.count(QLatin1Char('\n'));
            if (lines > 600)
                found.append(QStringLiteral("%1: %2 lines").arg(source.path).arg(lines));
            if (!source.text.startsWith(QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later")))
                found.append(source.path + QStringLiteral(": no licence line"));
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
