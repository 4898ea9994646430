// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mailhtml.h"
#include "domain/maillink.h"
#include "support/mailmarkup.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;
using namespace outrigger::test;

namespace {

QString times(int count, const QString &text) { return text.repeated(count); }

} // namespace

class TestMailHtml : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingForeignComesThrough_data();
    void nothingForeignComesThrough();
    void theWordsStay_data();
    void theWordsStay();
    void linksSayWhereTheyLead_data();
    void linksSayWhereTheyLead();
    void onlyFourSchemesAreLinks_data();
    void onlyFourSchemesAreLinks();
    void picturesAreNumbersAndNothingElse();
    void stylesKeepOnlyWhatIsHarmless_data();
    void stylesKeepOnlyWhatIsHarmless();
    void hiddenWordsStayHidden();
    void whatWasAnsweredIsFolded_data();
    void whatWasAnsweredIsFolded();
    void wordsDeepInTablesAreLaidOutInTime_data();
    void wordsDeepInTablesAreLaidOutInTime();
    void columnsStayColumnsInsideTenWrappers();
    void tooMuchIsSaidAndBounded_data();
    void tooMuchIsSaidAndBounded();
    void plainTextBecomesParagraphsLinksAndQuotes();
    void whatIsSentForTypedTextIsEscaped();
};

void TestMailHtml::nothingForeignComesThrough_data()
{
    QTest::addColumn<QString>("html");
    const auto row = [](const char *name, const QString &html) { QTest::newRow(name) << html; };
    row("script", u"a<script>alert(1)</script>b"_s);
    row("script in script", u"<scr<script>ipt>alert(1)</scr</script>ipt>"_s);
    row("unclosed script", u"a<script>alert(1)"_s);
    row("event", u"<img src=x onerror=alert(1)>"_s);
    row("event with slash", u"<img/src=x/onerror=alert(1)>"_s);
    row("event by quote", u"<b title=\"'\"onclick=alert(1)'\">x</b>"_s);
    row("javascript", u"<a href=\"javascript:alert(1)\">x</a>"_s);
    row("javascript with tab", u"<a href=\"java\tscript:alert(1)\">x</a>"_s);
    row("javascript as entities", u"<a href=\"&#x6a;avascript&colon;alert(1)\">x</a>"_s);
    row("javascript with control", u"<a href=\"\x01javascript:alert(1)\">x</a>"_s);
    row("vbscript", u"<a href='vbscript:x'>x</a>"_s);
    row("data link", u"<a href='data:text/html,<script>alert(1)</script>'>x</a>"_s);
    row("file link", u"<a href='file:///etc/passwd'>x</a>"_s);
    row("file picture", u"<img src='file:///etc/passwd'>"_s);
    row("unc picture", u"<img src='\\\\evil\\share\\a.png'>"_s);
    row("cid picture", u"<img src='cid:part1@mail'>"_s);
    row("qrc picture", u"<img src=':/icons/done.svg'><img src='qrc:/a'>"_s);
    row("svg picture", u"<img src='data:image/svg+xml;base64,PHN2Zz4='>"_s);
    row("svg with script", u"<svg><style><img src=x onerror=alert(1)></style></svg>"_s);
    row("math mutation", u"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">"_s);
    row("noscript mutation", u"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">"_s);
    row("form mutation", u"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"_s);
    row("template", u"<template><img src=x onerror=alert(1)></template>"_s);
    row("textarea mutation", u"<textarea></textarea><img title=\"<textarea>\" onerror=x src=y>"_s);
    row("title mutation", u"<title><img title=\"</title><img src=x onerror=alert(1)>\">"_s);
    row("comment trick", u"<!--><img src=x onerror=alert(1)>-->"_s);
    row("conditional comment", u"<!--[if mso]><script>alert(1)</script><![endif]-->x"_s);
    row("unclosed comment", u"a<!-- <b>"_s);
    row("cdata", u"<![CDATA[<script>alert(1)</script>]]>x"_s);
    row("processing", u"<?php system('x') ?>x<?xml version=\"1.0\"?>"_s);
    row("doctype entity", u"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><p>&e;</p>"_s);
    row("billion laughs", u"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><p>&b;</p>"_s);
    row("iframe", u"<iframe src=https://evil.example></iframe>x"_s);
    row("object", u"<object data=x><embed src=y></object>x"_s);
    row("form", u"<form action=https://evil.example><input name=a><button formaction=javascript:x>go</button></form>"_s);
    row("base and meta", u"<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example'>x"_s);
    row("link style", u"<link rel=stylesheet href=https://evil.example/a.css><style>@import url(https://evil.example)</style>x"_s);
    row("style url", u"<p style=\"background:url(https://evil.example/a)\">x</p>"_s);
    row("style expression", u"<p style=\"width:expression(alert(1))\">x</p>"_s);
    row("style escape", u"<p style=\"color:\\72 ed;b\\61 ckground:ur\\6c(x)\">x</p>"_s);
    row("style break-out", u"<p style=\"color:red;&quot;><script>alert(1)</script>\">x</p>"_s);
    row("background", u"<table background=https://evil.example/a><tr><td background=//evil.example/b>x"_s);
    row("null bytes", u"<scr"_s + QChar(0) + u"ipt>alert(1)</scr"_s + QChar(0) + u"ipt><b>x"_s);
    row("null in tag", u"<img"_s + QChar(0) + u" src=x onerror=alert(1)>"_s);
    row("lone surrogates", QString(QChar(0xd800)) + u"<b>x</b>"_s + QChar(0xdc00));
    row("unclosed everything", u"<table><tr><td><b><i><a href=https://a.example><ul><li>x"_s);
    row("wrong order", u"<b><i>x</b></i></p></div></table></td>"_s);
    row("loose cells", u"<td>a</td><tr>b</tr><table>c<tr>d<td>e</table>f"_s);
    row("words in tables", u"<table><b>x</b><img src=https://a.example/a.png alt=y><tr>z"_s);
    row("link in link", u"<a href=https://a.example>1<a href=https://b.example>2</a>3</a>"_s);
    row("attribute without end", u"<a href=\"https://a.example"_s);
    row("broken tag", u"<<b>>x<</b>< /b></ b><b/<i>"_s);
    row("quote in table", u"<table><tr><td><blockquote type=cite>x</blockquote>"_s);
    row("quotes in quotes", u"<div><blockquote type=cite><p>a<blockquote type=cite>b</blockquote></blockquote>c</div>d"_s);
    row("huge colspan", u"<table><tr><td colspan=99999999 rowspan=99999999>x</table>"_s);
    row("huge picture", u"<img src=https://a.example/a width=99999 height=99999 style='width:99999px'>"_s);
    row("dir trick", u"<p dir='\"><script>'>x</p>"_s);
    row("pre", u"<pre>\n a < b\n</pre>"_s);
    row("latin1 claim", u"<meta charset=utf-7>+ADw-script+AD4-alert(1)<p>ä"_s);
}

void TestMailHtml::nothingForeignComesThrough()
{
    QFETCH(QString, html);
    for (const bool pictures : {false, true}) {
        const auto clean = mail::clean(html, {.dark = pictures, .pictures = pictures});
        QCOMPARE(foreignMarkup(clean), QString());
        for (const auto &part : clean.parts)
            QVERIFY2(!part.text.contains(u"alert(1)") || html.contains(u"+AD4-") || html.contains(u"CDATA") || html.contains(u"&gt;") ||
                         html.contains(u"</scr</script>") || html.contains(u"<!-->"),
                     qPrintable(part.text));
        for (const auto &link : clean.links)
            QVERIFY(link.address.startsWith(u"https://"));
        QVERIFY(clean.inlinePictures.isEmpty());
    }
}

void TestMailHtml::theWordsStay_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("text");
    QTest::newRow("paragraphs") << u"<p>One</p><p>Two<br>three</p>"_s << u"One\nTwo\nthree"_s;
    QTest::newRow("list") << u"<ul><li>a<li>b</ul>"_s << u"- a\n- b"_s;
    QTest::newRow("entities") << u"&lt;b&gt; &amp; &euro; &#128512; &nosuch;"_s << QString::fromUtf8("<b> & € 😀 &nosuch;");
    QTest::newRow("umlauts without a charset") << QString::fromUtf8("<p>Grüße, 你好, שלום</p>") << QString::fromUtf8("Grüße, 你好, שלום");
    QTest::newRow("unknown tags") << u"<o:p>Out</o:p><blink>look</blink>"_s << u"Outlook"_s;
    QTest::newRow("table") << u"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"_s << u"a\nb\nc"_s;
    QTest::newRow("space") << u"  a \n\t b  "_s << u"a b"_s;
    QTest::newRow("pre") << u"<pre>a\n  b</pre>"_s << u"a\n  b"_s;
    QTest::newRow("no closing tags") << u"<p>a<p>b<div>c"_s << u"a\nb\nc"_s;
    QTest::newRow("direction overrides") << u"a\u202Egnp.exe"_s << u"agnp.exe"_s;
    QTest::newRow("form words") << u"<form>Name: <input value=x> <button>Send</button></form>"_s << u"Name: Send"_s;
}

void TestMailHtml::theWordsStay()
{
    QFETCH(QString, html);
    const auto clean = mail::clean(html);
    QTEST(clean.text(), "text");
    QVERIFY(clean.problem.isEmpty());
    QCOMPARE(foreignMarkup(clean), QString());
}

void TestMailHtml::linksSayWhereTheyLead_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("shown"); // empty: nothing beside the words
    QTest::newRow("plain") << u"<a href='https://shop.example/x'>Buy</a>"_s << u"shop.example"_s << QString();
    QTest::newRow("same host") << u"<a href='https://www.shop.example/x?y=1'>shop.example</a>"_s << u"www.shop.example"_s << QString();
    QTest::newRow("tracking host of the same site") << u"<a href='https://click.shop.example/'>https://shop.example/sale</a>"_s << u"click.shop.example"_s << QString();
    QTest::newRow("another host") << u"<a href='https://evil.example/x'>www.bank.example</a>"_s << u"evil.example"_s << u"evil.example"_s;
    QTest::newRow("another host with scheme") << u"<a href='https://evil.example/x'>https://bank.example/login</a>"_s << u"evil.example"_s << u"evil.example"_s;
    QTest::newRow("host as a path") << u"<a href='https://evil.example/bank.example'>bank.example</a>"_s << u"evil.example"_s << u"evil.example"_s;
    QTest::newRow("suffix trick") << u"<a href='https://bank.example.evil.example'>bank.example</a>"_s << u"bank.example.evil.example"_s << u"bank.example.evil.example"_s;
    QTest::newRow("user name trick") << u"<a href='https://bank.example@evil.example/'>Pay</a>"_s << u"evil.example"_s << u"evil.example"_s;
    QTest::newRow("homograph") << QString::fromUtf8("<a href='https://p\xd0\xb0ypal.example/'>Pay</a>") << u"xn--pypal-4ve.example"_s << u"xn--pypal-4ve.example"_s;
    QTest::newRow("homograph in words") << QString::fromUtf8("<a href='https://evil.example/'>b\xd0\xb0nk.example</a>") << u"evil.example"_s << u"evil.example"_s;
    QTest::newRow("not encrypted") << u"<a href='http://shop.example/'>Buy</a>"_s << u"shop.example"_s << u"not encrypted: shop.example"_s;
    QTest::newRow("backslashes") << u"<a href='https:\\\\evil.example\\x'>x</a>"_s << QString() << QString();
}

void TestMailHtml::linksSayWhereTheyLead()
{
    QFETCH(QString, html);
    QFETCH(QString, host);
    QFETCH(QString, shown);
    const auto clean = mail::clean(html);
    QCOMPARE(foreignMarkup(clean), QString());
    if (host.isEmpty()) {
        QVERIFY(clean.links.isEmpty());
        return;
    }
    QCOMPARE(clean.links.size(), 1);
    QCOMPARE(clean.links.constFirst().host, host);
    QVERIFY(!clean.links.constFirst().address.contains(u'@'));
    const QString after = clean.text().section(u'[', 1);
    if (shown.isEmpty())
        QVERIFY2(after.isEmpty(), qPrintable(after));
    else
        QVERIFY2(after.contains(shown), qPrintable(clean.text()));
}

void TestMailHtml::onlyFourSchemesAreLinks_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("kept");
    QTest::newRow("https") << u"https://a.example/b?c=d#e"_s << u"https://a.example/b?c=d#e"_s;
    QTest::newRow("upper case") << u"HTTPS://A.example/B"_s << u"https://a.example/B"_s;
    QTest::newRow("spaces around") << u"  https://a.example/\n"_s << u"https://a.example/"_s;
    QTest::newRow("mail") << u"mailto:jo@a.example?subject=x&body=I+owe+you"_s << u"mailto:jo@a.example"_s;
    QTest::newRow("mail to nobody's host") << u"mailto:jo@"_s << QString();
    QTest::newRow("mail to many") << u"mailto:jo@a.example,al@b.example"_s << QString();
    QTest::newRow("number") << u"tel:+1 (407) 555-0134;ext=*21#"_s << u"tel:+1407555013421"_s;
    QTest::newRow("relative") << u"/login"_s << QString();
    QTest::newRow("fragment") << u"#top"_s << QString();
    QTest::newRow("ftp") << u"ftp://a.example"_s << QString();
    QTest::newRow("sms") << u"sms:+14075550134"_s << QString();
    QTest::newRow("ours") << u"outrigger://lead/1"_s << QString();
    QTest::newRow("blob") << u"blob:https://a.example/1"_s << QString();
    QTest::newRow("no host") << u"https:///x"_s << QString();
    QTest::newRow("endless") << u"https://a.example/"_s + QString(5000, u'x') << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestMailHtml::onlyFourSchemesAreLinks()
{
    QFETCH(QString, address);
    const auto link = mail::readLink(address);
    QTEST(link ? link->address : QString(), "kept");
}

void TestMailHtml::picturesAreNumbersAndNothingElse()
{
    const QString png = QString::fromLatin1("data:image/png;base64," + QByteArray("\x89PNG\r\n\x1a\n0000", 12).toBase64());
    const QString html = u"<img src='https://a.example/1.png' alt='The house' width=300 height=200><img src='//a.example/2.png'>"
                         "<img src='https://a.example/1.png'><img src='https://a.example/open.gif' width=1 height=1><img src='%1'>"
                         "<img src='data:image/png;base64,AAAA'><img src='data:image/svg+xml;base64,AAAA'>"_s.arg(png);
    const auto off = mail::clean(html);
    QCOMPARE(off.remotePictures, (QStringList{u"https://a.example/1.png"_s, u"https://a.example/2.png"_s}));
    QCOMPARE(off.trackers, 1);
    QCOMPARE(off.inlinePictures.size(), 1);
    QVERIFY(!allMarkup(off).contains(u"picture:"));
    QVERIFY(off.text().contains(u"[The house]"));
    const auto on = mail::clean(html, {.dark = false, .pictures = true});
    QCOMPARE(allMarkup(on).count(u"picture:0"_s), 2);
    QVERIFY(allMarkup(on).contains(u"<img src=\"picture:0\" width=\"300\" height=\"200\">"));
    QVERIFY(!allMarkup(on).contains(u"a.example"));
    QVERIFY(mail::readInlinePicture(u"data:image/png;base64,"_s + QString::fromLatin1(QByteArray("\x89PNG\r\n\x1a\n").append(QByteArray(300 * 1024, 'x')).toBase64())).isEmpty());
}

void TestMailHtml::stylesKeepOnlyWhatIsHarmless_data()
{
    QTest::addColumn<QString>("style");
    QTest::addColumn<QString>("light");
    QTest::addColumn<QString>("dark");
    QTest::newRow("colour") << u"color: #036"_s << u"color:#003366;"_s << QString();
    QTest::newRow("white on white") << u"color:white"_s << QString() << u"color:#ffffff;"_s;
    QTest::newRow("rgb") << u"color: rgb(0, 0,139) !important"_s << u"color:#00008b;"_s << QString();
    QTest::newRow("weight and align") << u"font-weight:bold;text-align:center;position:fixed;top:0"_s << u"font-weight:bold;text-align:center;"_s
                                      << u"font-weight:bold;text-align:center;"_s;
    QTest::newRow("sizes") << u"font-size:1px"_s << u"font-size:8pt;"_s << u"font-size:8pt;"_s;
    QTest::newRow("giant") << u"font-size:9000px"_s << u"font-size:24pt;"_s << u"font-size:24pt;"_s;
    QTest::newRow("ground and font") << u"background:#000;font-family:evil;width:9px;-qt-table-type:root"_s << QString() << QString();
    QTest::newRow("url") << u"color:url(https://a.example)"_s << QString() << QString();
}

void TestMailHtml::stylesKeepOnlyWhatIsHarmless()
{
    QFETCH(QString, style);
    QTEST(mail::readStyle(style, false).css, "light");
    QTEST(mail::readStyle(style, true).css, "dark");
}

void TestMailHtml::hiddenWordsStayHidden()
{
    const auto clean = mail::clean(u"<div style='display:none'>pre<b>header</b></div><span style='visibility: hidden'>x</span><p>Seen</p>"_s);
    QCOMPARE(clean.text(), u"Seen"_s);
    QCOMPARE(mail::clean(u"<body style='display:none'>All of it</body>"_s).text(), u"All of it"_s);
}

void TestMailHtml::whatWasAnsweredIsFolded_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QStringList>("parts"); // "> " before what is quoted
    QTest::newRow("cite") << u"<p>Yes</p><blockquote type=\"cite\">Will you?</blockquote>"_s << QStringList{u"Yes"_s, u"> Will you?"_s};
    QTest::newRow("gmail") << u"<div dir=ltr>Yes</div><div class=\"gmail_quote\">On Monday:<blockquote>Will you?</blockquote></div>"_s
                           << QStringList{u"Yes"_s, u"> On Monday:\nWill you?"_s};
    QTest::newRow("outlook") << u"<div>Yes</div><div id=\"divRplyFwdMsg\">From: Jo</div><div>Will you?</div>"_s
                             << QStringList{u"Yes"_s, u"> From: Jo"_s, u"> Will you?"_s};
    QTest::newRow("answer below") << u"<div><blockquote type=cite>Will you?</blockquote><p>Yes</p></div>"_s << QStringList{u"> Will you?"_s, u"Yes"_s};
    QTest::newRow("only a quotation") << u"<p>He said</p><blockquote>Nothing</blockquote>"_s << QStringList{u"He said\nNothing"_s};
}

void TestMailHtml::whatWasAnsweredIsFolded()
{
    QFETCH(QString, html);
    QStringList parts;
    const auto clean = mail::clean(html);
    for (const auto &part : clean.parts)
        parts.append((part.quoted ? u"> "_s : QString()) + part.text);
    QTEST(parts, "parts");
    QCOMPARE(foreignMarkup(clean), QString());
}

void TestMailHtml::tooMuchIsSaidAndBounded_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<bool>("said");
    QTest::newRow("five megabytes of words") << times(500'000, u"0123456789"_s) << true;
    QTest::newRow("five megabytes of tags") << times(1'000'000, u"<b>x</"_s) << true;
    QTest::newRow("five megabytes of closing tags") << u"<i>a"_s + times(1'200'000, u"</b>"_s) << true;
    QTest::newRow("an endless attribute") << u"<b title=\""_s + QString(5'000'000, u'a') + u"\">words</b>"_s << false;
    QTest::newRow("an endless comment") << u"words<!--"_s + times(1'000'000, u"- -->"_s.left(4)) << false;
    QTest::newRow("a hundred thousand open tags") << times(100'000, u"<div>"_s) + u"deep"_s << true;
    QTest::newRow("twenty tables") << times(20, u"<table><tr><td>"_s) + u"deep"_s + times(20, u"</td></tr></table>"_s) << false;
    QTest::newRow("a wide table") << u"<table><tr>"_s + times(5'000, u"<td>x"_s) << true;
    QTest::newRow("a long and wide table") << u"<table>"_s + times(3'000, u"<tr><td>x"_s) + u"<tr>"_s + times(40, u"<td>words"_s) << false;
    QTest::newRow("ten thousand links") << times(10'000, u"<a href=https://a.example/>x</a> "_s) << true;
    QTest::newRow("many colours") << times(100'000, u"<font color=#000001><p>"_s) << true;
    QTest::newRow("attributes without end") << u"<b "_s + times(300'000, u"a=b c "_s) + u">words</b>"_s << true;
}

void TestMailHtml::tooMuchIsSaidAndBounded()
{
    QFETCH(QString, html);
    QFETCH(bool, said);
    const auto clean = mail::clean(html);
    QCOMPARE(!clean.problem.isEmpty(), said);
    QVERIFY(allMarkup(clean).size() < 900'000);
    QVERIFY(clean.links.size() <= 2'000);
    QCOMPARE(foreignMarkup(clean), QString());
    QVERIFY(allMarkup(clean).count(u"<table"_s) <= 8);
    if (!said)
        QVERIFY(clean.text().contains(u"deep") || clean.text().contains(u"words"));
}

void TestMailHtml::wordsDeepInTablesAreLaidOutInTime_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("paragraphs");
    QTest::newRow("a short letter in two") << 2 << 20;
    QTest::newRow("a long letter in one") << 1 << 3'000;
    QTest::newRow("a letter in three") << 3 << 1'000;
    QTest::newRow("a letter in eight") << 8 << 300;
    QTest::newRow("a long letter in twenty") << 20 << 50'000;
}

void TestMailHtml::wordsDeepInTablesAreLaidOutInTime()
{
    // Qt lays a table out twice for each table around it, so 300,000 characters in eight of them took 45 s.
    QFETCH(int, depth);
    QFETCH(int, paragraphs);
    const auto clean = mail::clean(times(depth, u"<table><tr><td>side</td><td>"_s) + times(paragraphs, u"<p>Some words of a letter.</p>"_s)
                                   + times(depth, u"</td></tr></table>"_s));
    const QString html = allMarkup(clean);
    QVERIFY(html.contains(u"Some words of a letter."_s));
    qint64 work = 0;
    int inside = 0;
    for (qsizetype at = 0; at < html.size(); ++at) {
        if (QStringView(html).mid(at).startsWith(u"<table"))
            ++inside;
        else if (QStringView(html).mid(at).startsWith(u"</table"))
            --inside;
        work += inside > 0 ? 1LL << inside : 0;
    }
    QVERIFY2(work < 90'000, qPrintable(QString::number(work)));
}

void TestMailHtml::columnsStayColumnsInsideTenWrappers()
{
    const auto clean = mail::clean(times(10, u"<table width=600><tr><td>"_s) + u"<table><tr><td>left</td><td>right</td></tr></table>"_s
                                   + times(10, u"</td></tr></table>"_s));
    QCOMPARE(allMarkup(clean).count(u"<table"_s), 1);
    QCOMPARE(allMarkup(clean).count(u"<td"_s), 2);
    QCOMPARE(clean.text().simplified(), u"left right"_s);
}

void TestMailHtml::plainTextBecomesParagraphsLinksAndQuotes()
{
    const auto clean = mail::cleanText(u"Yes <b>!\nSee https://a.example/x, please.\n> Will you?\n> Really?\nJo"_s);
    QCOMPARE(clean.parts.size(), 3);
    QVERIFY(clean.parts.at(0).html.contains(u"&lt;b&gt;"));
    QVERIFY(clean.parts.at(0).html.contains(u"<a href=\"link:0\">https://a.example/x</a>,"));
    QVERIFY(clean.parts.at(1).quoted);
    QCOMPARE(clean.parts.at(2).text, u"Jo"_s);
    QVERIFY(!mail::looksLikeHtml(u"a < b and b > c"_s, {}));
    QVERIFY(mail::looksLikeHtml(u"<p>x"_s, {}));
    QVERIFY(!mail::looksLikeHtml(u"<p>x"_s, u"text/plain; charset=utf-8"_s));
}

void TestMailHtml::whatIsSentForTypedTextIsEscaped()
{
    QCOMPARE(mail::htmlFor(u"Hi <Jo> & \"co\",\nline two\n\n\nBye\n"_s),
             u"<p>Hi &lt;Jo&gt; &amp; &quot;co&quot;,<br>line two</p><p>Bye</p>"_s);
    QCOMPARE(mail::htmlFor({}), QString());
}

QTEST_GUILESS_MAIN(TestMailHtml)
#include "tst_mailhtml.moc"
