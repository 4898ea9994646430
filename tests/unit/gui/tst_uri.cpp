// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app.h"
#include "gui/uri.h"
#include "support/places.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger::gui;

/// Links come from web pages and mails: what they may do is go somewhere or fill something in.
class TestUri : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereALinkLeads_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<uri::Kind>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("text");
        using Kind = uri::Kind;
        const auto row = [](const char *name, const QString &link, Kind kind, const QString &value = {}, const QString &text = {}) {
            QTest::newRow(name) << link << kind << value << text;
        };
        row("nothing", u"  "_s, Kind::None);
        row("tel", u"tel:+1-407-555-0134"_s, Kind::Number, u"+14075550134"_s);
        row("tel with slashes", u"tel://4075550134"_s, Kind::Number, u"4075550134"_s);
        row("tel in capitals", u"TEL:4075550134"_s, Kind::Number, u"4075550134"_s);
        row("tel with a parameter", u"tel:+14075550134;ext=9"_s, Kind::Number, u"+14075550134"_s);
        row("tel escaped", u"tel:%2B14075550134"_s, Kind::Number, u"+14075550134"_s);
        row("sms with words", u"sms:+14075550134?body=Hi%20there"_s, Kind::Number, u"+14075550134"_s, u"Hi there"_s);
        row("quick", u"outrigger:quick"_s, Kind::Quick);
        row("contact", u"outrigger://contact/abc-DEF_1"_s, Kind::Contact, u"abc-DEF_1"_s);
        row("conversation", u"outrigger://conversation/x1/"_s, Kind::Conversation, u"x1"_s);
        row("opportunity", u"outrigger://opportunity/x1"_s, Kind::Opportunity, u"x1"_s);

        row("code that dials away", u"tel:*21*4075550134%23"_s, Kind::Number, u"214075550134"_s);
        row("no number", u"tel:"_s, Kind::Unknown);
        row("letters", u"tel:javascript"_s, Kind::Unknown);
        row("two numbers", u"sms:+14075550134,+14075550135?body=x"_s, Kind::Number, u"+14075550134"_s, u"x"_s);
        row("two numbers by semicolon", u"sms:+14075550134;+14075550135"_s, Kind::Number, u"+14075550134"_s);
        row("a second body", u"sms:4075550134?body=a&body=b"_s, Kind::Number, u"4075550134"_s, u"a"_s);
        row("send parameter", u"sms:4075550134?send=1&body=a"_s, Kind::Number, u"4075550134"_s, u"a"_s);
        row("no return into the field", u"sms:4075550134?body=a%0D%0Ab%00c"_s, Kind::Number, u"4075550134"_s, u"a\nbc"_s);
        row("turned-round text", u"sms:4075550134?body=a%E2%80%AEb"_s, Kind::Number, u"4075550134"_s, u"ab"_s);
        row("marks beyond the first plane that hide words", u"sms:4075550134?body=a%F3%A0%81%81b"_s, Kind::Number, u"4075550134"_s, u"ab"_s);
        row("half a character at the end of a long text", u"sms:4075550134?body="_s + u"a"_s.repeated(1599) + u"%F0%9F%98%80"_s, Kind::Number, u"4075550134"_s,
            u"a"_s.repeated(1599));
        row("words for nobody", u"sms:?body=Hi"_s, Kind::Unknown);
        row("digits of another script", u"tel:+\u0661\u0664\u0660\u0667"_s, Kind::Number, u"+1407"_s);
        row("path out of an id", u"outrigger://contact/../../etc"_s, Kind::Unknown);
        row("query behind an id", u"outrigger://contact/x?send=1"_s, Kind::Unknown);
        row("quick with a text", u"outrigger:quick?to=1&body=x"_s, Kind::Unknown);
        row("id with a quote", u"outrigger://contact/x'--"_s, Kind::Unknown);
        row("id too long", u"outrigger://contact/"_s + u"a"_s.repeated(65), Kind::Unknown);
        row("other host", u"outrigger://send/x"_s, Kind::Unknown);
        row("an option", u"--profile=/tmp/x"_s, Kind::Unknown);
        row("a file", u"file:///etc/passwd"_s, Kind::Unknown);
        row("a script", u"javascript:alert(1)"_s, Kind::Unknown);
    }
    void whereALinkLeads()
    {
        QFETCH(QString, link);
        QFETCH(uri::Kind, kind);
        QFETCH(QString, value);
        QFETCH(QString, text);
        const auto target = uri::parse(link);
        QCOMPARE(target.kind, kind);
        if (kind != uri::Kind::Unknown)
            QCOMPARE(target.value, value);
        QCOMPARE(target.text, text);
    }
    void theInstalledEntryGivesALinkAndNeverAnOption_data()
    {
        QTest::addColumn<QString>("link");
        QTest::newRow("link") << u"sms:+14075550134?body=Hi"_s;
        QTest::newRow("option") << u"--profile=/tmp/elsewhere"_s;
        QTest::newRow("server") << u"--server=https://evil.example"_s;
        QTest::newRow("none") << QString();
    }
    void theInstalledEntryGivesALinkAndNeverAnOption()
    {
        QFETCH(QString, link);
        QFile entry(outrigger::test::source(QStringLiteral("packaging/outrigger.desktop")));
        QVERIFY(entry.open(QIODevice::ReadOnly));
        QString command;
        for (const QByteArray &line : entry.readAll().split('\n')) {
            if (line.startsWith("Exec=") && command.isEmpty())
                command = QString::fromUtf8(line.mid(5));
        }
        QStringList words;
        for (const QString &word : command.split(u' ')) {
            if (word != u"%u"_s)
                words.append(word);
            else if (!link.isEmpty())
                words.append(link);
        }
        const auto options = App::parse(words);
        QVERIFY2(options.problems.isEmpty(), qPrintable(options.problems.join(u' ')));
        QCOMPARE(options.uri, link);
        QVERIFY(options.profile.isEmpty());
        QVERIFY(options.server.isEmpty());
    }
    void aLongBodyIsCut()
    {
        QVERIFY(uri::parse(u"sms:4075550134?body="_s + u"a"_s.repeated(100'000)).text.size() <= 1600);
        QVERIFY(uri::parse(u"tel:"_s + u"1"_s.repeated(100'000)).value.size() <= 64);
    }
};

QTEST_GUILESS_MAIN(TestUri)
#include "tst_uri.moc"
