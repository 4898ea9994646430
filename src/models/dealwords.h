// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/dealrows.h"

#include <QDateTime>
#include <QString>

/// What is said about deals, on cards and aloud.
namespace outrigger::models::dealwords {

/// An amount in the money of that country (two letters); whole amounts without cents. Empty for no amount.
QString money(const std::optional<double> &value, const QString &region);
/// Days a deal has been in its stage; -1 when that is not known.
int daysInStage(const DealRow &row, const QDateTime &now);
/// Days since a person of either side said something, or since the deal was made.
int daysIdle(const DealRow &row, const QDateTime &now);
QString status(DealStatus status);
/// What the next planned thing says of a card: nothing is planned, it is overdue, today, or later.
enum class Next { Nothing, Overdue, Today, Later };
Next nextOf(const QDateTime &at, const QDateTime &now);
/// "Next: today 15:00", for the card's sentence.
QString next(const QDateTime &at, const QDateTime &now);
/// Empty for a card that nothing of ours waits for.
QString mark(const DealRow &row);
/// One more line of a card: "source", "company", "added", "updated", or a custom field's id.
struct CardLine {
    QString word;
    QString label;
    bool operator==(const CardLine &) const = default;
};
/// What stands there, without the label; empty for a deal that has nothing.
QString cardLine(const DealRow &row, const QString &word);
/// The card as one sentence.
QString sentence(const DealRow &row, const QString &stage, const QString &region, const QDateTime &now);

} // namespace outrigger::models::dealwords
