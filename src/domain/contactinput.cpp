// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contactinput.h"

#include "domain/contactchange.h"
#include "domain/phone.h"

#include <QCoreApplication>
#include <QDate>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ContactInput)
};

FieldInput wrong(const QString &sentence) { return {QJsonValue::Undefined, sentence}; }

FieldInput readNumber(QString text)
{
    text.remove(QRegularExpression(u"^[^\\d.,+-]+|[^\\d.,]+$"_s)); // a currency's sign before or behind
    bool ok = false;
    double number = QLocale().toDouble(text, &ok);
    if (!ok)
        number = QLocale::c().toDouble(text.remove(u','), &ok);
    if (!ok)
        return wrong(Words::tr("This is not a number. Write it as 1250 or 1250.50."));
    return {number, {}};
}

FieldInput readDate(const QString &text)
{
    QDate date = QDate::fromString(text, Qt::ISODate);
    for (const auto format : {QLocale::ShortFormat, QLocale::LongFormat}) {
        if (!date.isValid())
            date = QLocale().toDate(text, format);
    }
    if (!date.isValid() || date.year() < 1800 || date.year() > 9999)
        return wrong(Words::tr("This is not a date. Write it as 1990-05-24."));
    return {date.toString(Qt::ISODate), {}};
}

QString ownWriting(const QStringList &options, const QString &typed)
{
    const auto found = std::find_if(options.cbegin(), options.cend(), [&](const QString &one) { return one.compare(typed, Qt::CaseInsensitive) == 0; });
    return found == options.cend() ? QString() : *found;
}

FieldInput readChoices(const QString &text, const QStringList &options)
{
    const bool comma = std::none_of(options.cbegin(), options.cend(), [](const QString &one) { return one.contains(u','); });
    QJsonArray chosen;
    const QStringList parts = text.split(QRegularExpression(comma ? u"[;,]"_s : u";"_s), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString one = part.trimmed();
        if (one.isEmpty())
            continue;
        const QString own = options.isEmpty() ? one : ownWriting(options, one);
        if (own.isEmpty())
            return wrong(Words::tr("\"%1\" is not one of the choices: %2.").arg(one, options.join(u", "_s)));
        chosen.append(own);
    }
    return {chosen, {}};
}

} // namespace

FieldShape fieldShape(const QString &field, const CustomField *definition)
{
    if (!contactfields::customId(field).isEmpty()) {
        if (!definition)
            return FieldShape::ReadOnly;
        const QString type = definition->dataType.toUpper();
        if (type == "LARGE_TEXT"_L1)
            return FieldShape::Text;
        if (type == "NUMERICAL"_L1)
            return FieldShape::Number;
        if (type == "MONETORY"_L1 || type == "MONETARY"_L1)
            return FieldShape::Money;
        if (type == "PHONE"_L1)
            return FieldShape::Phone;
        if (type == "EMAIL"_L1)
            return FieldShape::Email;
        if (type == "DATE"_L1)
            return FieldShape::Date;
        if (type == "SINGLE_OPTIONS"_L1 || type == "RADIO"_L1)
            return FieldShape::Choice;
        if (type == "MULTIPLE_OPTIONS"_L1 || type == "CHECKBOX"_L1)
            return FieldShape::Choices;
        if (type == "FILE_UPLOAD"_L1 || type == "SIGNATURE"_L1 || type == "TEXTBOX_LIST"_L1)
            return FieldShape::ReadOnly;
        return FieldShape::Line;
    }
    if (field == "phone"_L1)
        return FieldShape::Phone;
    if (field == "email"_L1)
        return FieldShape::Email;
    if (field == "dateOfBirth"_L1)
        return FieldShape::Date;
    if (field == "timezone"_L1)
        return FieldShape::Zone;
    if (field == "country"_L1)
        return FieldShape::Country;
    if (field == "assignedTo"_L1)
        return FieldShape::User;
    if (field == "dnd"_L1 || !contactfields::dndChannel(field).isEmpty())
        return FieldShape::YesNo;
    return contactfields::standard().contains(field) ? FieldShape::Line : FieldShape::ReadOnly;
}

namespace {

/// A number of North America in the usual forms, without the library: it takes a file of 100,000 numbers ten seconds. Empty
/// for everything else, which the library then reads.
QString northAmerican(const QString &text, const QString &region)
{
    QString digits;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9')
            digits += c;
        else if (c != u' ' && c != u'-' && c != u'(' && c != u')' && c != u'.' && !(c == u'+' && digits.isEmpty()))
            return {};
    }
    const bool whole = text.startsWith(u'+');
    if (!whole && region != "US"_L1 && region != "CA"_L1)
        return {};
    if (digits.size() == 11 && digits.startsWith(u'1'))
        digits.remove(0, 1);
    else if (whole)
        return {};
    return digits.size() == 10 && digits.at(0) >= u'2' ? u"+1"_s + digits : QString();
}

} // namespace

FieldInput readField(const QString &field, const QString &typed, const CustomField *definition, const QString &region)
{
    const FieldShape shape = fieldShape(field, definition);
    const QString text = shape == FieldShape::Text ? typed : typed.trimmed();
    if (shape == FieldShape::YesNo) {
        static const QStringList yes{u"yes"_s, u"on"_s, u"true"_s, u"1"_s};
        static const QStringList no{u"no"_s, u"off"_s, u"false"_s, u"0"_s, QString()};
        const bool on = yes.contains(text.toLower());
        if (!on && !no.contains(text.toLower()))
            return wrong(Words::tr("Say on or off."));
        return {field == "dnd"_L1 ? QJsonValue(on) : QJsonValue(on ? u"active"_s : u"inactive"_s), {}};
    }
    if (text.isEmpty())
        return {shape == FieldShape::Choices ? QJsonValue(QJsonArray()) : QJsonValue(QString()), {}};
    switch (shape) {
    case FieldShape::Phone: {
        if (const QString plain = northAmerican(text, region); !plain.isEmpty())
            return {plain, {}};
        const auto number = phone::parse(text, region);
        if (!number || !number->valid)
            return wrong(number && !number->problem.isEmpty() ? Words::tr("This is no usable number: %1").arg(number->problem) : Words::tr("This is no usable number."));
        return {number->e164, {}};
    }
    case FieldShape::Email: {
        static const QRegularExpression form(u"^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$"_s);
        if (!form.match(text).hasMatch())
            return wrong(Words::tr("This is not an e-mail address."));
        return {text, {}};
    }
    case FieldShape::Number:
    case FieldShape::Money: return readNumber(text);
    case FieldShape::Date: return readDate(text);
    case FieldShape::Choice: {
        const QString own = ownWriting(definition->options, text);
        if (own.isEmpty() && !definition->options.isEmpty())
            return wrong(Words::tr("\"%1\" is not one of the choices: %2.").arg(text, definition->options.join(u", "_s)));
        return {own.isEmpty() ? text : own, {}};
    }
    case FieldShape::Choices: return readChoices(text, definition->options);
    case FieldShape::Zone:
        if (!QTimeZone::isTimeZoneIdAvailable(text.toUtf8()))
            return wrong(Words::tr("There is no such time zone. Write it as America/New_York."));
        return {text, {}};
    case FieldShape::Country: {
        static const QRegularExpression two(u"^[A-Za-z]{2}$"_s);
        if (!two.match(text).hasMatch())
            return wrong(Words::tr("Write the country as two letters, such as US."));
        return {text.toUpper(), {}};
    }
    case FieldShape::ReadOnly: return wrong(Words::tr("HighLevel does not let a program change this field."));
    default: return {text, {}};
    }
}

const CustomField *findField(const QVector<CustomField> &fields, const QString &word)
{
    const auto find = [&](auto fits) -> const CustomField * {
        const auto found = std::find_if(fields.cbegin(), fields.cend(), fits);
        return found == fields.cend() ? nullptr : &*found;
    };
    if (const auto *field = find([&](const CustomField &one) { return one.id.value == word; }))
        return field;
    if (const auto *field = find([&](const CustomField &one) { return one.key == word || one.key == "contact."_L1 + word; }))
        return field;
    return find([&](const CustomField &one) { return one.name.compare(word, Qt::CaseInsensitive) == 0; });
}

} // namespace outrigger
