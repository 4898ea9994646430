// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/phone.h"

#include "core/module.h"
#include "domain/phonemodule.h"
#include "domain/zonetables.h"

namespace outrigger::phone {

namespace {

constexpr qsizetype longestInput = 64;

/// nullptr when the installation lacks it: numbers then stay as they were written.
const Module *module()
{
    static const Module *const loaded = [] {
        const auto open = reinterpret_cast<ModuleFunction *>(moduleFunction(QStringLiteral("phone"), moduleFunctionName));
        return open ? open() : nullptr;
    }();
    return loaded;
}

} // namespace

std::optional<Parsed> parse(const QString &text, const QString &region)
{
    if (text.size() > longestInput || digits(text).size() < 3 || !module())
        return std::nullopt;
    return module()->parse(text, region);
}

QString display(const QString &e164, const QString &region)
{
    const auto parsed = parse(e164, region);
    if (!parsed || parsed->e164.isEmpty())
        return e164;
    return parsed->region == region.toUpper() ? parsed->national : parsed->international;
}

QString asYouType(const QString &text, const QString &region)
{
    return text.size() > longestInput || !module() ? text : module()->asYouType(text, region);
}

QString digits(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        if (c.isDigit() && c.digitValue() >= 0)
            result += QLatin1Char(static_cast<char>('0' + c.digitValue()));
    }
    return result;
}

QString timezone(const QString &e164)
{
    const QString number = digits(e164);
    if (number.size() == 11 && number.startsWith(QLatin1Char('1')))
        return QString::fromLatin1(zones::ofAreaCode(number.mid(1, 3).toInt()));
    const auto parsed = parse(e164, QString());
    return parsed ? QString::fromLatin1(zones::ofCountry(parsed->region)) : QString();
}

} // namespace outrigger::phone
