// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/versions.h"

#include "core/log.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::api {

namespace {

struct Part {
    Api api;
    const char *word;
    const char *version;
};

constexpr const char *july = "2021-07-28";
constexpr const char *april = "2021-04-15";

constexpr Part parts[] = {
    {Api::OAuth, "oauth", ""},
    {Api::Locations, "locations", july},
    {Api::Users, "users", july},
    {Api::Contacts, "contacts", july},
    {Api::Conversations, "conversations", april},
    {Api::EmailMessages, "email-messages", ""},
    {Api::PhoneSystem, "phone-system", july},
    {Api::Opportunities, "opportunities", july},
    {Api::Calendars, "calendars", april},
    {Api::Workflows, "workflows", july},
    {Api::Campaigns, "campaigns", july},
    {Api::Businesses, "businesses", july},
    {Api::Companies, "companies", july},
    {Api::Associations, "associations", july},
    {Api::Blogs, "blogs", july},
    {Api::Snapshots, "snapshots", july},
    {Api::CustomFields, "custom-fields", july},
    {Api::Medias, "medias", july},
    {Api::Links, "links", july},
    {Api::Objects, "objects", july},
    {Api::Emails, "emails", july},
};

const Part *part(Api api)
{
    const auto found = std::find_if(std::begin(parts), std::end(parts), [api](const Part &p) { return p.api == api; });
    return found == std::end(parts) ? nullptr : found;
}

bool isPlain(const QString &value)
{
    return value.size() <= 40 && std::all_of(value.begin(), value.end(), [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('.'));
           });
}

} // namespace

VersionTable VersionTable::withOverrides(const QMap<QString, QString> &overrides)
{
    VersionTable table;
    for (auto it = overrides.begin(); it != overrides.end(); ++it) {
        const auto api = fromWord(it.key());
        if (api && isPlain(it.value()))
            table.m_overrides.insert(static_cast<int>(*api), it.value().toLatin1());
    }
    return table;
}

VersionTable VersionTable::fromSettings(const QString &file)
{
    if (!QFileInfo::exists(file))
        return {};
    QSettings settings(file, QSettings::IniFormat);
    settings.beginGroup(u"versions"_s);
    QMap<QString, QString> overrides;
    const QStringList words = settings.childKeys();
    for (const QString &word : words) {
        const QString value = settings.value(word).toString().trimmed();
        if (!fromWord(word) || !isPlain(value))
            qCWarning(logApi) << "a line of the [versions] group in the settings file is not understood and left out";
        overrides.insert(word, value);
    }
    return withOverrides(overrides);
}

QByteArray VersionTable::of(Api api) const
{
    if (const auto found = m_overrides.constFind(static_cast<int>(api)); found != m_overrides.constEnd())
        return *found;
    const Part *known = part(api);
    return known ? QByteArray(known->version) : QByteArray();
}

QString VersionTable::word(Api api)
{
    const Part *known = part(api);
    return known ? QString::fromLatin1(known->word) : QString();
}

std::optional<Api> VersionTable::fromWord(const QString &word)
{
    for (const Part &p : parts) {
        if (word == QLatin1String(p.word))
            return p.api;
    }
    return std::nullopt;
}

} // namespace outrigger::api
