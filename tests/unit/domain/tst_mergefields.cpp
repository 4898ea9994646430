// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/mergefields.h"
#include "domain/snippet.h"

#include <QJsonArray>

#include <QTest>

using namespace outrigger;
using namespace Qt::StringLiterals;

/// Merge fields, and the list of snippets that brings them.
class TestMergeFields : public QObject
{
    Q_OBJECT

    static MergeValues values()
    {
        MergeSource source;
        source.contact.id = ContactId(u"c1"_s);
        source.contact.firstName = u"Sarah"_s;
        source.contact.lastName = u"Jones"_s;
        source.contact.city = u"Orlando"_s;
        source.contact.address = u"1 Bay Street"_s;
        source.contact.state = u"FL"_s;
        source.contact.postalCode = u"32801"_s;
        source.contact.customFields = {{CustomFieldId(u"f1"_s), u"TX"_s}, {CustomFieldId(u"f2"_s), QJsonArray{u"a"_s, u""_s, u"b"_s}},
                                       {CustomFieldId(u"f3"_s), 42.5}, {CustomFieldId(u"f4"_s), u"Evil"_s}};
        source.customFields = {field(u"f1"_s, u"contact.license_state"_s), field(u"f2"_s, u"{{ contact.wishes }}"_s),
                               field(u"f3"_s, u"contact.budget"_s), field(u"f4"_s, u"contact.first_name"_s)};
        User user;
        user.name = u"Gary Reed"_s;
        source.user = user;
        Location location;
        location.name = u"Harborline Homes"_s;
        source.location = location;
        source.words = {{u"Hours"_s, u"{{ custom_values.office_hours }}"_s, u"9 to 6"_s}, {u"Empty"_s, u"{{custom_values.empty_one}}"_s, u" "_s},
                        {u"Sly"_s, u"custom_values.sly"_s, u"{{contact.last_name}}"_s}};
        return mergeValues(source);
    }
    static CustomField field(const QString &id, const QString &key)
    {
        CustomField one;
        one.id = CustomFieldId(id);
        one.key = key;
        return one;
    }
    static QVector<Snippet> some()
    {
        return {{u"1"_s, u"First hello"_s, u"Hi {{contact.first_name}}"_s, false, {}}, {u"2"_s, u"Viewing confirmed"_s, u"Come by"_s, false, {}},
                {u"3"_s, u"Hello again"_s, u"Been a while"_s, true, {}}, {u"4"_s, u"Éclair"_s, u"Sweet parking"_s, true, {}},
                {u"5"_s, {}, u"A template without a name that goes on for quite a while"_s, false, {}}};
    }
    static QStringList ids(const QVector<Snippet> &snippets)
    {
        QStringList all;
        for (const Snippet &snippet : snippets)
            all << snippet.id;
        return all;
    }

private Q_SLOTS:
    void aTextIsFilled_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("filled");
        QTest::addColumn<QStringList>("open");
        const auto row = [](const char *name, const QString &text, const QString &filled, const QStringList &open = {}) {
            QTest::newRow(name) << text << filled << open;
        };
        row("nothing", {}, {});
        row("no field", u"Hello"_s, u"Hello"_s);
        row("one", u"Hi {{contact.first_name}}!"_s, u"Hi Sarah!"_s);
        row("blanks inside", u"Hi {{  contact.first_name  }}!"_s, u"Hi Sarah!"_s);
        row("upper case", u"Hi {{Contact.First_Name}}!"_s, u"Hi Sarah!"_s);
        row("two together", u"{{contact.first_name}}{{contact.last_name}}"_s, u"SarahJones"_s);
        row("whole name", u"{{contact.name}}"_s, u"Sarah Jones"_s);
        row("address", u"{{contact.full_address}}"_s, u"1 Bay Street, Orlando, FL 32801"_s);
        row("the writer", u"{{user.first_name}} of {{location.name}}"_s, u"Gary of Harborline Homes"_s);
        row("custom field", u"{{contact.license_state}} {{contact.wishes}} {{contact.budget}}"_s, u"TX a, b 42.5"_s);
        row("custom value", u"{{ custom_values.office_hours }}"_s, u"9 to 6"_s);
        row("a value is no field", u"{{custom_values.sly}}"_s, u"{{contact.last_name}}"_s);
        row("no value", u"Hi {{contact.company_name}}"_s, u"Hi {{contact.company_name}}"_s, {u"contact.company_name"_s});
        row("empty value", u"{{custom_values.empty_one}}"_s, u"{{custom_values.empty_one}}"_s, {u"custom_values.empty_one"_s});
        row("unknown", u"a {{nickname}} b {{contact.first_name}}"_s, u"a {{nickname}} b Sarah"_s, {u"nickname"_s});
        row("appointments are not guessed", u"{{appointment.start_time}}"_s, u"{{appointment.start_time}}"_s, {u"appointment.start_time"_s});
        row("only opened", u"Hi {{"_s, u"Hi {{"_s, {QString()});
        row("not closed", u"Hi {{contact.first_name, you"_s, u"Hi {{contact.first_name, you"_s, {QString()});
        row("half closed", u"Hi {{contact.first_name} you"_s, u"Hi {{contact.first_name} you"_s, {QString()});
        row("over two lines", u"{{contact.\nfirst_name}}"_s, u"{{contact.\nfirst_name}}"_s, {QString()});
        row("empty", u"{{}}"_s, u"{{}}"_s, {QString()});
        row("blank", u"{{  }}"_s, u"{{  }}"_s, {QString()});
        row("only closed", u"}} {single}"_s, u"}} {single}"_s);
        row("nested", u"{{contact.{{contact.first_name}}}}"_s, u"{{contact.Sarah}}"_s, {QString()});
        row("three braces", u"{{{contact.first_name}}}"_s, u"{Sarah}"_s);
        row("four braces", u"{{{{contact.first_name}}}}"_s, u"{{Sarah}}"_s);
        row("far too long", u"{{"_s + QString(500, u'x') + u"}}"_s, u"{{"_s + QString(500, u'x') + u"}}"_s, {QString()});
        row("right to left", u"שלום {{contact.first_name}}, מה שלומך?"_s, u"שלום Sarah, מה שלומך?"_s);
        row("right to left name", u"{{איש.שם}} مرحبا"_s, u"{{איש.שם}} مرحبا"_s, {u"איש.שם"_s});
        row("emoji around", u"👋{{contact.first_name}}👋🏽"_s, u"👋Sarah👋🏽"_s);
    }
    void aTextIsFilled()
    {
        QFETCH(QString, text);
        QFETCH(QString, filled);
        QFETCH(QStringList, open);
        const Merged merged = fillMergeFields(text, values());
        QCOMPARE(merged.text, filled);
        QStringList names;
        for (const MergeField &field : merged.open) {
            names << field.name;
            QVERIFY(field.at >= 0 && field.length >= 2 && field.at + field.length <= merged.text.size());
            QCOMPARE(merged.text.mid(field.at, 2), u"{{"_s);
        }
        QCOMPARE(names, open);
    }
    void tenThousandFieldsAreNoTrouble()
    {
        QString text;
        for (int i = 0; i < 10'000; ++i)
            text += i % 2 ? u"{{contact.first_name}} "_s : u"{{no.such}} "_s;
        const Merged merged = fillMergeFields(text, values());
        QCOMPARE(merged.open.size(), 5'000);
        QCOMPARE(merged.text.count(u"Sarah"_s), 5'000);
        // Nor is what never closes: each brace looks only 200 characters ahead.
        QCOMPARE(mergeFields(QString(u"{{ "_s).repeated(100'000)).size(), 100'000);
        QCOMPARE(mergeFields(QString(1'000'000, u'{')).size(), 1);
    }
    void theListShowsWhatFits_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("all, own first") << u""_s << QStringList{u"4"_s, u"3"_s, u"5"_s, u"1"_s, u"2"_s};
        QTest::newRow("beginning before word") << u"hel"_s << QStringList{u"3"_s, u"1"_s};
        QTest::newRow("middle") << u"ewing"_s << QStringList{u"2"_s};
        QTest::newRow("accents") << u"ECL"_s << QStringList{u"4"_s};
        QTest::newRow("in the text") << u"park"_s << QStringList{u"4"_s};
        QTest::newRow("in the text, too short") << u"pa"_s << QStringList{};
        QTest::newRow("without a name") << u"a temp"_s << QStringList{u"5"_s};
        QTest::newRow("not in a field") << u"contact"_s << QStringList{};
        QTest::newRow("none") << u"zzz"_s << QStringList{};
    }
    void theListShowsWhatFits()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, found);
        QCOMPARE(ids(matchSnippets(some(), typed)), found);
    }
    void aSlashCallsTheList_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("at");
        QTest::newRow("alone") << u"/"_s << 0;
        QTest::newRow("with letters") << u"/hel"_s << 0;
        QTest::newRow("after a blank") << u"Hi /he"_s << 3;
        QTest::newRow("after a line") << u"Hi\n/"_s << 3;
        QTest::newRow("in a word") << u"and/or"_s << -1;
        QTest::newRow("a date") << u"11/21"_s << -1;
        QTest::newRow("an address") << u"https://a.b/c"_s << -1;
        QTest::newRow("over with a blank") << u"/he llo"_s << -1;
        QTest::newRow("two slashes") << u"//"_s << -1;
        QTest::newRow("too long") << u'/' + QString(40, u'a') << -1;
        QTest::newRow("nothing") << u""_s << -1;
    }
    void aSlashCallsTheList()
    {
        QFETCH(QString, text);
        QFETCH(int, at);
        QCOMPARE(snippetCall(text, int(text.size())), at);
    }
    void snippetsComeBackAsTheyWere()
    {
        QVector<Snippet> own{{u"1"_s, u"Name"_s, u"Text\nwith \"lines\" 👋 {{contact.name}}"_s, true, {}}};
        QCOMPARE(snippetsFromJson(snippetsToJson(own)), own);
        for (const char *damaged : {"", "{", "[]", "{\"snippets\":7}", "{\"snippets\":[1,{\"id\":\"x\"},null]}"})
            QVERIFY(snippetsFromJson(damaged).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMergeFields)
#include "tst_mergefields.moc"
