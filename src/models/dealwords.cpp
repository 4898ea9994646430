// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dealwords.h"

#include "domain/contactchange.h"
#include "models/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger::models::dealwords {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(outrigger::models::DealWords)
};

} // namespace

QString money(const std::optional<double> &value, const QString &region)
{
    if (!value)
        return {};
    const auto territory = QLocale::codeToTerritory(region);
    const QLocale place(QLocale::English, territory == QLocale::AnyTerritory ? QLocale::UnitedStates : territory);
    const bool whole = std::abs(*value - std::round(*value)) < 0.005;
    return place.toCurrencyString(*value, {}, whole ? 0 : 2);
}

int daysInStage(const DealRow &row, const QDateTime &now)
{
    return row.movedAt.isValid() ? int(std::max<qint64>(0, row.movedAt.secsTo(now) / 86'400)) : -1;
}

int daysIdle(const DealRow &row, const QDateTime &now)
{
    const QDateTime last = row.humanAt.isValid() ? std::max(row.humanAt, row.deal.createdAt) : row.deal.createdAt;
    return last.isValid() ? int(std::max<qint64>(0, last.secsTo(now) / 86'400)) : 0;
}

QString status(DealStatus status)
{
    switch (status) {
    case DealStatus::Open: return Words::tr("open");
    case DealStatus::Won: return Words::tr("won");
    case DealStatus::Lost: return Words::tr("lost");
    case DealStatus::Abandoned: return Words::tr("abandoned");
    }
    return {};
}

Next nextOf(const QDateTime &at, const QDateTime &now)
{
    if (!at.isValid())
        return Next::Nothing;
    if (at < now)
        return Next::Overdue;
    return at.toLocalTime().date() == now.toLocalTime().date() ? Next::Today : Next::Later;
}

QString next(const QDateTime &at, const QDateTime &now)
{
    const QString when = at.isValid() ? words::dayAndClock(at, QTimeZone::systemTimeZone()) : QString();
    switch (nextOf(at, now)) {
    case Next::Nothing: return Words::tr("Nothing is planned");
    case Next::Overdue: return Words::tr("Overdue since %1").arg(when);
    case Next::Today: return Words::tr("Planned for today, %1").arg(words::clock(at.toLocalTime().time()));
    case Next::Later: return Words::tr("Planned for %1").arg(when);
    }
    return {};
}

QString mark(const DealRow &row)
{
    switch (row.mark) {
    case DealMark::None: return {};
    case DealMark::Waiting: return Words::tr("waiting to be sent");
    case DealMark::UnderWay: return Words::tr("being sent");
    case DealMark::Refused: return Words::tr("refused");
    case DealMark::Conflict: return Words::tr("changed by somebody else");
    case DealMark::NeedsYou: return Words::tr("needs your decision");
    }
    return {};
}

QString cardLine(const DealRow &row, const QString &word)
{
    const Opportunity &deal = row.deal;
    if (word == "source"_L1)
        return deal.source;
    if (word == "company"_L1)
        return deal.company;
    if (word == "added"_L1)
        return deal.createdAt.isValid() ? QLocale().toString(deal.createdAt.toLocalTime().date(), QLocale::ShortFormat) : QString();
    if (word == "updated"_L1)
        return deal.updatedAt.isValid() ? QLocale().toString(deal.updatedAt.toLocalTime().date(), QLocale::ShortFormat) : QString();
    for (const CustomValue &one : deal.customFields) {
        if (one.id.value == word)
            return contactfields::text(one.value).simplified();
    }
    return {};
}

QString sentence(const DealRow &row, const QString &stage, const QString &region, const QDateTime &now)
{
    QStringList parts;
    parts.append(row.deal.name.isEmpty() ? Words::tr("Deal without a name") : row.deal.name);
    if (!row.deal.contactName.isEmpty() && row.deal.contactName != row.deal.name)
        parts.append(row.deal.contactName);
    parts.append(row.deal.value ? money(row.deal.value, region) : Words::tr("no value"));
    if (!stage.isEmpty())
        parts.append(stage);
    if (row.deal.status != DealStatus::Open)
        parts.append(status(row.deal.status));
    parts.append(row.ownerName.isEmpty() ? Words::tr("nobody's", "a deal without owner") : row.ownerName);
    if (const int days = daysInStage(row, now); days >= 0)
        parts.append(Words::tr("%n day(s) in this stage", nullptr, days));
    if (row.unread > 0)
        parts.append(Words::tr("%n unread message(s)", nullptr, row.unread));
    QString text = parts.join(u", "_s) + u'.';
    if (const QString waits = mark(row); !waits.isEmpty())
        text += u' ' + waits.at(0).toUpper() + waits.mid(1) + u'.';
    if (!row.reason.isEmpty())
        text += u' ' + row.reason;
    return text;
}

} // namespace outrigger::models::dealwords
