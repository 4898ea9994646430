// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

// Outside of any namespace, as Q_INIT_RESOURCE wants; the linker drops resources of a static library that nobody names.
static void initDataResources()
{
    Q_INIT_RESOURCE(data);
}

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

constexpr qint64 largestFile = 1024 * 1024;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(QuietHours)
};

tl::unexpected<Error> wrong(const QString &what) { return fail(ErrorKind::Invalid, what); }

QTime timeOf(const QJsonValue &value)
{
    const QString text = value.toString();
    return text == "24:00"_L1 ? QTime(23, 59, 59, 999) : QTime::fromString(text, u"HH:mm"_s);
}

Result<QuietRule> ruleFrom(const QJsonObject &o)
{
    QuietRule rule;
    rule.place = o["place"_L1].toString();
    rule.country = o["country"_L1].toString().toUpper();
    rule.state = o["state"_L1].toString().toUpper();
    for (const QJsonValue &code : o["areaCodes"_L1].toArray())
        rule.areaCodes.append(int(json::integer(code).value_or(0)));
    rule.from = timeOf(o["from"_L1]);
    rule.until = timeOf(o["until"_L1]);
    rule.sundayFrom = timeOf(o["sundayFrom"_L1]);
    rule.source = o["source"_L1].toString();
    rule.date = QDate::fromString(o["date"_L1].toString(), Qt::ISODate);
    if (rule.place.isEmpty())
        return wrong(Words::tr("a row has no place"));
    if (!rule.from.isValid() || !rule.until.isValid() || (o.contains("sundayFrom"_L1) && !rule.sundayFrom.isValid()))
        return wrong(Words::tr("the times of %1 are not like 08:00").arg(rule.place));
    if (rule.from >= rule.until || (rule.sundayFrom.isValid() && rule.sundayFrom >= rule.until))
        return wrong(Words::tr("the times of %1 do not begin before they end").arg(rule.place));
    if (rule.source.isEmpty() || !rule.date.isValid())
        return wrong(Words::tr("%1 has no source or no date").arg(rule.place));
    return rule;
}

} // namespace

bool QuietRule::allows(const QDateTime &local) const
{
    const bool sunday = local.date().dayOfWeek() == Qt::Sunday && sundayFrom.isValid();
    return local.time() >= (sunday ? sundayFrom : from) && local.time() < until;
}

QDateTime QuietRule::nextAllowed(const QDateTime &when, const QTimeZone &zone) const
{
    const QDateTime local = when.toTimeZone(zone);
    if (allows(local))
        return when;
    for (int days = 0; days < 3; ++days) {
        const QDate day = local.date().addDays(days);
        const bool sunday = day.dayOfWeek() == Qt::Sunday && sundayFrom.isValid();
        const QDateTime begins(day, sunday ? sundayFrom : from, zone);
        if (begins >= when)
            return begins.toUTC();
    }
    return when;
}

Result<QuietHours> QuietHours::parse(const QByteArray &bytes)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError)
        return wrong(problem.errorString());
    QuietHours table;
    for (const QJsonValue &row : document.object()["rows"_L1].toArray()) {
        auto rule = ruleFrom(row.toObject());
        if (!rule)
            return fail(rule.error());
        table.m_rules.append(std::move(*rule));
    }
    const auto isGeneral = [](const QuietRule &rule) { return rule.country.isEmpty() && rule.state.isEmpty(); };
    if (std::none_of(table.m_rules.cbegin(), table.m_rules.cend(), isGeneral))
        return wrong(Words::tr("there is no row for unknown places (one without a state)"));
    return table;
}

const QuietHours &QuietHours::builtIn()
{
    static const QuietHours table = [] {
        initDataResources();
        QFile file(u":/data/quiet-hours.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("The built-in quiet hours are missing.");
        auto read = parse(file.readAll());
        if (!read)
            qFatal("The built-in quiet hours are broken: %s", qPrintable(read.error().message));
        return *read;
    }();
    return table;
}

QuietHours::Loaded QuietHours::load(const QString &name)
{
    QFile file(name);
    if (!file.exists())
        return {builtIn(), {}};
    QString why;
    if (!file.open(QIODevice::ReadOnly)) {
        why = file.errorString();
    } else if (file.size() > largestFile) {
        why = Words::tr("it is larger than 1 MB");
    } else {
        auto read = parse(file.readAll());
        if (read)
            return {*read, {}};
        why = read.error().message;
    }
    return {builtIn(), Words::tr("Your file %1 cannot be used: %2. The built-in quiet hours hold. Correct the file or remove it, then start again.")
                           .arg(fileName(), why)};
}

const QuietRule &QuietHours::general() const
{
    return *std::find_if(m_rules.cbegin(), m_rules.cend(),
                         [](const QuietRule &rule) { return rule.country.isEmpty() && rule.state.isEmpty(); });
}

const QuietRule &QuietHours::ofState(const QString &state, const QString &country) const
{
    const QString wanted = state.trimmed();
    const bool elsewhere = !country.isEmpty() && country.compare("US"_L1, Qt::CaseInsensitive) != 0
        && !country.startsWith("United States"_L1, Qt::CaseInsensitive) && country.compare("USA"_L1, Qt::CaseInsensitive) != 0;
    for (const QuietRule &rule : m_rules) {
        if (rule.state.isEmpty() || wanted.isEmpty() || (elsewhere && rule.country.compare(country, Qt::CaseInsensitive) != 0))
            continue;
        if (wanted.compare(rule.state, Qt::CaseInsensitive) == 0 || wanted.compare(rule.place, Qt::CaseInsensitive) == 0)
            return rule;
    }
    return general();
}

const QuietRule &QuietHours::ofNumber(const QString &e164) const
{
    if (e164.size() == 12 && e164.startsWith("+1"_L1)) {
        const int code = e164.mid(2, 3).toInt();
        for (const QuietRule &rule : m_rules) {
            if (rule.areaCodes.contains(code))
                return rule;
        }
    }
    return general();
}

} // namespace outrigger
