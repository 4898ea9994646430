// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/frames.h"
#include "cli/output.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::cli;

class TestArguments : public QObject
{
    Q_OBJECT

    static Parsed parse(const QStringList &line) { return parseArguments(line, commandTable()); }

private Q_SLOTS:
    void readsACommandWithOptionsAnywhere()
    {
        const Parsed parsed = parse({u"--profile"_s, u"/p"_s, u"send"_s, u"--to=+14075550100"_s, u"--json"_s, u"--text"_s,
                                     u"--not an option"_s, u"--wait"_s});
        QCOMPARE(parsed.problem, QString());
        QVERIFY(parsed.arguments.command);
        QCOMPARE(parsed.arguments.command->name(), u"send"_s);
        QCOMPARE(parsed.arguments.profile, u"/p"_s);
        QCOMPARE(parsed.arguments.value("to"), u"+14075550100"_s);
        QCOMPARE(parsed.arguments.value("text"), u"--not an option"_s);
        QVERIFY(parsed.arguments.json);
        QVERIFY(parsed.arguments.has("wait"));
    }
    void freeWordsAfterTwoDashesAreWords()
    {
        const Parsed parsed = parse({u"search"_s, u"--"_s, u"--json"_s, u"roof"_s});
        QCOMPARE(parsed.problem, QString());
        QVERIFY(!parsed.arguments.json);
        QCOMPARE(parsed.arguments.words, QStringList({u"--json"_s, u"roof"_s}));
    }
    void wrongLinesAreRefused_data()
    {
        QTest::addColumn<QStringList>("line");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{u"fly"_s};
        QTest::newRow("half a command") << QStringList{u"contact"_s};
        QTest::newRow("unknown option") << QStringList{u"send"_s, u"--at-dawn"_s};
        QTest::newRow("option of another command") << QStringList{u"search"_s, u"x"_s, u"--watch"_s};
        QTest::newRow("value missing") << QStringList{u"send"_s, u"--to"_s};
        QTest::newRow("value for a switch") << QStringList{u"send"_s, u"--wait=yes"_s};
        QTest::newRow("word missing") << QStringList{u"contact"_s, u"get"_s};
        QTest::newRow("word too many") << QStringList{u"contact"_s, u"get"_s, u"a"_s, u"b"_s};
        QTest::newRow("dry run of a read") << QStringList{u"outbox"_s, u"list"_s, u"--dry-run"_s};
    }
    void wrongLinesAreRefused()
    {
        QFETCH(QStringList, line);
        QVERIFY(!parse(line).problem.isEmpty());
    }
    void secretsAreRefused_data()
    {
        QTest::addColumn<QStringList>("line");
        const QString token = u"pit-"_s + u"01234567-89ab-cdef-0123-456789abcdef"_s;
        QTest::newRow("option") << QStringList{u"account"_s, u"add"_s, u"--token"_s, u"x"_s};
        QTest::newRow("option with equals") << QStringList{u"account"_s, u"add"_s, u"--client-secret=x"_s};
        QTest::newRow("word") << QStringList{u"search"_s, token};
        QTest::newRow("inside a value") << QStringList{u"send"_s, u"--text"_s, u"here it is: "_s + token};
        QTest::newRow("jwt") << QStringList{u"search"_s, u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghij"_s};
    }
    void secretsAreRefused()
    {
        QFETCH(QStringList, line);
        const Parsed parsed = parse(line);
        QVERIFY2(parsed.problem.contains("Secrets"_L1) || parsed.problem.contains("token"_L1), qPrintable(parsed.problem));
        QVERIFY(!parsed.problem.contains("0123-456789abcdef"_L1));
    }
    void everyCommandHasHelpAndOneMeaning()
    {
        QSet<QString> names;
        for (const CommandSpec &command : commandTable()) {
            QVERIFY2(!names.contains(command.name()), qPrintable(command.name()));
            names.insert(command.name());
            const QString help = commandHelp(command);
            QVERIFY(help.contains(command.name()) && help.contains(command.summary));
            for (const OptionSpec &option : command.options)
                QVERIFY2(help.contains(u"--"_s + option.name) && !option.help.isEmpty(), qPrintable(command.name()));
            QCOMPARE(help.contains("--dry-run"_L1), command.writes);
            QStringList line = command.path;
            line.append(u"--help"_s);
            QCOMPARE(parse(line).arguments.command, &command);
        }
        for (const QString &name : {u"send"_s, u"sync"_s, u"search"_s, u"outbox resolve"_s, u"account add"_s, u"contact dup"_s})
            QVERIFY2(names.contains(name), qPrintable(name));
    }
    void inputIsReadOnlyWhenAskedFor()
    {
        QVERIFY(parse({u"account"_s, u"add"_s, u"--location"_s, u"L"_s, u"--token-stdin"_s}).arguments.wantsInput());
        QVERIFY(!parse({u"account"_s, u"list"_s}).arguments.wantsInput());
    }
    void outputWritesOneDocument()
    {
        QByteArray out;
        QByteArray err;
        Output output(true, [&out](const QByteArray &b) { out += b; }, [&err](const QByteArray &b) { err += b; });
        output.note(u"working"_s);
        Error error;
        error.kind = ErrorKind::RateLimited;
        error.message = u"Too many requests."_s;
        error.http = 429;
        QCOMPARE(output.failure(error), int(Failed));
        output.answer(QJsonObject{{u"second"_s, true}}, {});
        const QJsonDocument document = QJsonDocument::fromJson(out);
        QVERIFY(document.isObject());
        QCOMPARE(document[u"error"_s][u"kind"_s].toString(), u"rate_limited"_s);
        QVERIFY(err.contains("working") && err.contains("Too many requests."));
    }
    void errorsBecomeTheDocumentedCodes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("exit");
        QTest::newRow("usage") << int(ErrorKind::Usage) << 2;
        QTest::newRow("signed out") << int(ErrorKind::SignInNeeded) << 3;
        QTest::newRow("refused") << int(ErrorKind::Invalid) << 4;
        QTest::newRow("scope") << int(ErrorKind::ScopeMissing) << 4;
        QTest::newRow("missing") << int(ErrorKind::NotFound) << 4;
        QTest::newRow("busy") << int(ErrorKind::Busy) << 7;
        QTest::newRow("offline") << int(ErrorKind::Offline) << 1;
    }
    void errorsBecomeTheDocumentedCodes()
    {
        QFETCH(int, kind);
        QFETCH(int, exit);
        Error error;
        error.kind = ErrorKind(kind);
        QCOMPARE(exitOf(error), exit);
    }
    void statesBecomeTheDocumentedCodes()
    {
        QCOMPARE(exitOf(OutboxState::Accepted), 0);
        QCOMPARE(exitOf(OutboxState::Confirmed), 0);
        QCOMPARE(exitOf(OutboxState::Rejected), 4);
        QCOMPARE(exitOf(OutboxState::Uncertain), 5);
        QCOMPARE(exitOf(OutboxState::Queued), 6);
        QCOMPARE(exitOf(OutboxState::Held), 6);
        QCOMPARE(exitOf(OutboxState::Settling), 6);
    }
    void framesSurviveAnyCut()
    {
        const QJsonObject first{{u"argv"_s, QJsonArray{u"sync"_s}}, {u"stdin"_s, packed(QByteArray("\x00\xff\n", 3))}};
        const QJsonObject second{{u"exit"_s, 6}};
        const QByteArray bytes = toFrame(first) + toFrame(second);
        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            FrameReader reader;
            QVector<QJsonObject> got;
            for (const QByteArray &piece : {bytes.left(cut), bytes.mid(cut)}) {
                reader.feed(piece);
                while (const auto frame = reader.next())
                    got.append(*frame);
            }
            QCOMPARE(got.size(), 2);
            QCOMPARE(got.at(0), first);
            QCOMPARE(unpacked(got.at(0).value(u"stdin"_s)), QByteArray("\x00\xff\n", 3));
            QCOMPARE(got.at(1), second);
        }
    }
    void otherLanguagesAreNotUnderstood()
    {
        FrameReader reader;
        reader.feed("GET / HTTP/1.1\r\n\r\n");
        QVERIFY(!reader.next());
        QVERIFY(reader.broken());
        FrameReader list;
        list.feed(QByteArray("\0\0\0\2[]", 6));
        QVERIFY(!list.next());
        QVERIFY(list.broken());
    }
    void textFromOutsideDoesNotSteerTheTerminal()
    {
        QVERIFY(!clean(u"a\x1b[2Jb\x9b"_s).contains(QChar(0x1b)));
        const QString table = columns({{u"id"_s, u"two\nlines"_s}, {u"longer id"_s, u"x"_s}});
        QCOMPARE(table.count(u'\n'), 2);
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
