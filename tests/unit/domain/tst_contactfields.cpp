// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactchange.h"
#include "domain/contactfilter.h"
#include "domain/contactinput.h"
#include "domain/csv.h"
#include "domain/vcard.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace outrigger;

/// Fields of a contact: as typed, as compared, as written to files.
class TestContactFields : public QObject
{
    Q_OBJECT

    static CustomField field(const QString &type, const QStringList &options = {})
    {
        CustomField one;
        one.id = CustomFieldId(u"f1"_s);
        one.name = u"Budget"_s;
        one.key = u"contact.budget"_s;
        one.dataType = type;
        one.options = options;
        return one;
    }

private Q_SLOTS:
    void whatIsTypedBecomesWhatHighLevelTakes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QJsonValue>("value"); // undefined: refused with words
        const QJsonValue refused(QJsonValue::Undefined);
        const QStringList colours{u"Red"_s, u"Blue"_s};
        const auto custom = [](const QString &type) { return type; };
        QTest::newRow("number of a phone") << u"phone"_s << QString() << QStringList() << u"(407) 555-0123"_s << QJsonValue(u"+14075550123"_s);
        QTest::newRow("too short") << u"phone"_s << QString() << QStringList() << u"407 55"_s << refused;
        QTest::newRow("no number clears") << u"phone"_s << QString() << QStringList() << u"  "_s << QJsonValue(QString());
        QTest::newRow("e-mail") << u"email"_s << QString() << QStringList() << u" a@b.co "_s << QJsonValue(u"a@b.co"_s);
        QTest::newRow("no e-mail") << u"email"_s << QString() << QStringList() << u"a@b"_s << refused;
        QTest::newRow("day of birth") << u"dateOfBirth"_s << QString() << QStringList() << u"1990-05-24"_s << QJsonValue(u"1990-05-24"_s);
        QTest::newRow("no day") << u"dateOfBirth"_s << QString() << QStringList() << u"1990-02-31"_s << refused;
        QTest::newRow("zone") << u"timezone"_s << QString() << QStringList() << u"America/Denver"_s << QJsonValue(u"America/Denver"_s);
        QTest::newRow("no zone") << u"timezone"_s << QString() << QStringList() << u"Denver"_s << refused;
        QTest::newRow("country") << u"country"_s << QString() << QStringList() << u"us"_s << QJsonValue(u"US"_s);
        QTest::newRow("no country") << u"country"_s << QString() << QStringList() << u"America"_s << refused;
        QTest::newRow("quiet") << u"dnd"_s << QString() << QStringList() << u"on"_s << QJsonValue(true);
        QTest::newRow("one channel") << u"dnd.SMS"_s << QString() << QStringList() << u"on"_s << QJsonValue(u"active"_s);
        QTest::newRow("text") << u"field.f1"_s << custom(u"TEXT"_s) << QStringList() << u" a "_s << QJsonValue(u"a"_s);
        QTest::newRow("large text keeps its lines") << u"field.f1"_s << custom(u"LARGE_TEXT"_s) << QStringList() << u"a\n b"_s << QJsonValue(u"a\n b"_s);
        QTest::newRow("number") << u"field.f1"_s << custom(u"NUMERICAL"_s) << QStringList() << u"12.5"_s << QJsonValue(12.5);
        QTest::newRow("minus") << u"field.f1"_s << custom(u"NUMERICAL"_s) << QStringList() << u"-3"_s << QJsonValue(-3);
        QTest::newRow("no digits") << u"field.f1"_s << custom(u"NUMERICAL"_s) << QStringList() << u"many"_s << refused;
        QTest::newRow("money") << u"field.f1"_s << custom(u"MONETORY"_s) << QStringList() << u"$1,250.50"_s << QJsonValue(1250.5);
        QTest::newRow("date") << u"field.f1"_s << custom(u"DATE"_s) << QStringList() << u"2026-01-02"_s << QJsonValue(u"2026-01-02"_s);
        QTest::newRow("custom phone") << u"field.f1"_s << custom(u"PHONE"_s) << QStringList() << u"407 555 0123"_s << QJsonValue(u"+14075550123"_s);
        QTest::newRow("custom e-mail") << u"field.f1"_s << custom(u"EMAIL"_s) << QStringList() << u"nobody"_s << refused;
        QTest::newRow("one of the choices") << u"field.f1"_s << custom(u"SINGLE_OPTIONS"_s) << colours << u"red"_s << QJsonValue(u"Red"_s);
        QTest::newRow("radio") << u"field.f1"_s << custom(u"RADIO"_s) << colours << u"green"_s << refused;
        QTest::newRow("ticks") << u"field.f1"_s << custom(u"CHECKBOX"_s) << colours << u"blue, Red"_s << QJsonValue(QJsonArray{u"Blue"_s, u"Red"_s});
        QTest::newRow("several") << u"field.f1"_s << custom(u"MULTIPLE_OPTIONS"_s) << QStringList{u"A, B"_s, u"C"_s} << u"C; A, B"_s << QJsonValue(QJsonArray{u"C"_s, u"A, B"_s});
        QTest::newRow("no tick") << u"field.f1"_s << custom(u"CHECKBOX"_s) << colours << QString() << QJsonValue(QJsonArray());
        QTest::newRow("files are HighLevel's") << u"field.f1"_s << custom(u"FILE_UPLOAD"_s) << QStringList() << u"x"_s << refused;
        QTest::newRow("a kind from the future is text") << u"field.f1"_s << custom(u"HOLOGRAM"_s) << QStringList() << u"x"_s << QJsonValue(u"x"_s);
    }
    void whatIsTypedBecomesWhatHighLevelTakes()
    {
        QFETCH(QString, name);
        QFETCH(QString, type);
        QFETCH(QStringList, options);
        QFETCH(QString, typed);
        QFETCH(QJsonValue, value);
        const CustomField definition = field(type, options);
        const FieldInput input = readField(name, typed, type.isEmpty() ? nullptr : &definition, u"US"_s);
        QCOMPARE(input.ok(), !value.isUndefined());
        if (input.ok())
            QCOMPARE(input.value, value);
    }

    void aRemovedFieldIsShownAndNotWritten()
    {
        QCOMPARE(fieldShape(u"field.gone"_s, nullptr), FieldShape::ReadOnly);
        QVERIFY(!readField(u"field.gone"_s, u"x"_s, nullptr, u"US"_s).ok());
        Contact contact;
        contactfields::put(contact, u"field.gone"_s, u"kept"_s);
        QCOMPARE(contactfields::value(contact, u"field.gone"_s).toString(), u"kept"_s);
    }

    void valuesThatMeanTheSameAreTheSame_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("a");
        QTest::addColumn<QJsonValue>("b");
        QTest::addColumn<bool>("same");
        QTest::newRow("e-mail's case") << u"email"_s << QJsonValue(u"A@b.co"_s) << QJsonValue(u"a@B.co"_s) << true;
        QTest::newRow("a number's form") << u"phone"_s << QJsonValue(u"+1 407-555-0123"_s) << QJsonValue(u"+14075550123"_s) << true;
        QTest::newRow("other number") << u"phone"_s << QJsonValue(u"+14075550124"_s) << QJsonValue(u"+14075550123"_s) << false;
        QTest::newRow("birthday with a time") << u"dateOfBirth"_s << QJsonValue(u"1990-05-24T00:00:00Z"_s) << QJsonValue(u"1990-05-24"_s) << true;
        QTest::newRow("empty and absent") << u"city"_s << QJsonValue(QString()) << QJsonValue(QJsonValue::Null) << true;
        QTest::newRow("name's case counts") << u"firstName"_s << QJsonValue(u"ann"_s) << QJsonValue(u"Ann"_s) << false;
        QTest::newRow("order of ticks") << u"field.f"_s << QJsonValue(QJsonArray{u"a"_s, u"b"_s}) << QJsonValue(QJsonArray{u"b"_s, u"a"_s}) << true;
        QTest::newRow("a list of one") << u"field.f"_s << QJsonValue(QJsonArray{u"a"_s}) << QJsonValue(u"a"_s) << true;
        QTest::newRow("number as text") << u"field.f"_s << QJsonValue(12) << QJsonValue(u"12"_s) << true;
        QTest::newRow("followers in any order") << u"followers"_s << QJsonValue(QJsonArray{u"u1"_s, u"u2"_s}) << QJsonValue(QJsonArray{u"u2"_s, u"u1"_s}) << true;
    }
    void valuesThatMeanTheSameAreTheSame()
    {
        QFETCH(QString, name);
        QFETCH(QJsonValue, a);
        QFETCH(QJsonValue, b);
        QFETCH(bool, same);
        QCOMPARE(contactfields::same(name, a, b), same);
        QCOMPARE(contactfields::same(name, b, a), same);
    }

    void aLaterEditKeepsWhatTheFirstOneSaw()
    {
        Contact seen;
        seen.id = ContactId(u"c"_s);
        seen.city = u"Old"_s;
        ContactChange first;
        first.set(seen, u"city"_s, u"New"_s);
        seen.city = u"New"_s;
        ContactChange second;
        second.set(seen, u"city"_s, u"Newer"_s);
        const ContactChange net = second.after(first);
        QCOMPARE(net.to["city"_L1].toString(), u"Newer"_s);
        QCOMPARE(net.from["city"_L1].toString(), u"Old"_s);
        Contact server;
        server.city = u"Theirs"_s;
        QCOMPARE(net.collisionsWith(server), QStringList{u"city"_s});
        server.city = u"Newer"_s; // they did the same
        QVERIFY(net.collisionsWith(server).isEmpty());
        QVERIFY(net.missingIn(server).isEmpty());
        QCOMPARE(ContactChange::fromJson(net.toJson()).to, net.to);
    }

    void cellsAreNoFormulas_data()
    {
        QTest::addColumn<QString>("cell");
        QTest::addColumn<QByteArray>("written");
        QTest::newRow("plain") << u"Ann"_s << QByteArray("Ann\r\n");
        QTest::newRow("formula") << u"=1+1"_s << QByteArray("'=1+1\r\n");
        QTest::newRow("plus") << u"+14075550123"_s << QByteArray("'+14075550123\r\n");
        QTest::newRow("minus") << u"-2+3"_s << QByteArray("'-2+3\r\n");
        QTest::newRow("at") << u"@SUM(A1)"_s << QByteArray("'@SUM(A1)\r\n");
        QTest::newRow("tab") << u"\t=1"_s << QByteArray("\"'\t=1\"\r\n");
        QTest::newRow("return") << u"\r=1"_s << QByteArray("\"'\r=1\"\r\n");
        QTest::newRow("blanks before") << u"  =1"_s << QByteArray("'  =1\r\n");
        QTest::newRow("full width") << u"\uff1d1"_s << QByteArray("'\xEF\xBC\x9D" "1\r\n");
        QTest::newRow("a mark before it") << u"\u200e=1"_s << QByteArray("'\xE2\x80\x8E=1\r\n");
        QTest::newRow("quotes") << u"say \"hi\""_s << QByteArray("\"say \"\"hi\"\"\"\r\n");
        QTest::newRow("comma") << u"a,b"_s << QByteArray("\"a,b\"\r\n");
        QTest::newRow("lines") << u"a\nb"_s << QByteArray("\"a\nb\"\r\n");
        QTest::newRow("null") << u"a"_s + QChar(QChar::Null) + u'b' << QByteArray("ab\r\n");
    }
    void cellsAreNoFormulas()
    {
        QFETCH(QString, cell);
        QFETCH(QByteArray, written);
        QCOMPARE(csv::line({cell}), written);
        if (csv::looksLikeFormula(cell))
            QCOMPARE(csv::fused(csv::defused(cell)), cell);
    }

    void aCardHoldsThePersonAndNoForeignLine()
    {
        Contact contact;
        contact.firstName = u"Ann\nEND:VCARD"_s;
        contact.lastName = u"O;Neill"_s;
        contact.phone = u"+14075550123"_s;
        contact.additionalEmails = {u"second@example.com"_s};
        contact.companyName = QString(200, u'ä');
        const QByteArray card = vcard::card(contact);
        QCOMPARE(card.count("END:VCARD\r\n"), 1);
        QVERIFY(card.contains("N:O\\;Neill;Ann\\nEND:VCARD;;;\r\n"));
        QVERIFY(card.contains("TEL;TYPE=cell;PREF=1:+14075550123\r\n"));
        const auto lines = card.split('\n');
        for (const QByteArray &line : lines)
            QVERIFY(line.size() <= 76);
        QVERIFY(QString::fromUtf8(QByteArray(card).replace("\r\n ", "")).contains(QString(200, u'ä')));
    }

    void aFilterSurvivesBeingKept()
    {
        ContactFilter filter;
        filter.any = true;
        filter.groups = {{false, {{u"tag"_s, ContactCondition::Op::Is, u"hot"_s}, {u"field.f1"_s, ContactCondition::Op::Contains, u"x"_s}}},
                         {true, {{u"dateAdded"_s, ContactCondition::Op::Within, u"7"_s}}}};
        QCOMPARE(ContactFilter::fromJson(filter.toJson()), filter);
        QJsonObject strange = filter.toJson();
        strange.insert(u"groups"_s, QJsonArray{QJsonObject{{u"conditions"_s, QJsonArray{QJsonObject{{u"field"_s, u"drop table"_s}, {u"op"_s, u"is"_s}}}}}, 7});
        QVERIFY(ContactFilter::fromJson(strange).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestContactFields)
#include "tst_contactfields.moc"
