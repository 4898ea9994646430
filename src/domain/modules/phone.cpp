// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/phonemodule.h"

#include <QCoreApplication>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <phonenumbers/asyoutypeformatter.h>
#include <phonenumbers/phonenumberutil.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <memory>

namespace outrigger::phone {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Phone)
};

const PhoneNumberUtil &util() { return *PhoneNumberUtil::GetInstance(); }

QString format(const PhoneNumber &number, PhoneNumberUtil::PhoneNumberFormat how)
{
    std::string text;
    util().Format(number, how, &text);
    return QString::fromStdString(text);
}

QString problemOf(PhoneNumberUtil::ValidationResult result)
{
    switch (result) {
    case PhoneNumberUtil::TOO_SHORT: return Words::tr("This number is too short.");
    case PhoneNumberUtil::TOO_LONG: return Words::tr("This number is too long.");
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return Words::tr("There is no such country code.");
    default: return Words::tr("There is no such number.");
    }
}

std::optional<Parsed> parseNumber(const QString &text, const QString &region)
{
    PhoneNumber number;
    const std::string defaultRegion = region.isEmpty() ? std::string("US") : region.toUpper().toStdString();
    const auto error = util().Parse(text.toStdString(), defaultRegion, &number);
    if (error != PhoneNumberUtil::NO_PARSING_ERROR) {
        Parsed result;
        switch (error) {
        case PhoneNumberUtil::NOT_A_NUMBER: return std::nullopt;
        case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: result.problem = problemOf(PhoneNumberUtil::INVALID_COUNTRY_CODE); break;
        case PhoneNumberUtil::TOO_LONG_NSN: result.problem = problemOf(PhoneNumberUtil::TOO_LONG); break;
        default: result.problem = problemOf(PhoneNumberUtil::TOO_SHORT); break;
        }
        return result;
    }
    Parsed result;
    if (number.has_extension()) {
        result.extension = QString::fromStdString(number.extension());
        const std::string bare = format(number, PhoneNumberUtil::E164).toStdString(); // E.164 carries no extension
        util().Parse(bare, defaultRegion, &number);
    }
    result.e164 = format(number, PhoneNumberUtil::E164);
    result.national = format(number, PhoneNumberUtil::NATIONAL);
    result.international = format(number, PhoneNumberUtil::INTERNATIONAL);
    std::string code;
    util().GetRegionCodeForNumber(number, &code);
    result.region = QString::fromStdString(code);
    // "Possible" is enough to text: plans change faster than the table, and practice numbers are fictional.
    const auto reason = util().IsPossibleNumberWithReason(number);
    result.valid = reason == PhoneNumberUtil::IS_POSSIBLE;
    if (!result.valid)
        result.problem = problemOf(reason);
    return result;
}

QString formatTyped(const QString &text, const QString &region)
{
    const std::unique_ptr<i18n::phonenumbers::AsYouTypeFormatter> formatter(
        util().GetAsYouTypeFormatter(region.isEmpty() ? std::string("US") : region.toUpper().toStdString()));
    std::string result;
    for (const QChar c : text) {
        if (c.isDigit() || c == QLatin1Char('+'))
            formatter->InputDigit(static_cast<char32_t>(c.unicode()), &result);
    }
    return result.empty() ? text : QString::fromStdString(result);
}

constexpr Module functions{parseNumber, formatTyped};

} // namespace

static const Module *module()
{
    return &functions;
}

} // namespace outrigger::phone

extern "C" Q_DECL_EXPORT const outrigger::phone::Module *outrigger_phone_module()
{
    return outrigger::phone::module();
}
