// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QString>

/// A day that is over, as a person types it: where to go in a conversation.
namespace outrigger::pastday {

struct Day {
    QDate date;      ///< invalid when there is a problem or nothing was typed
    QString problem; ///< one sentence
};

/// "yesterday", "3 may", "may 3 2024", "2025-05-03", "last monday", "3 weeks ago", "may 2024", "2023". English words, any
/// case. Without a year it is the latest such day that is not after `today`; a month or year alone is its first day.
/// What could be two days ("3/5") is said and not guessed.
Day parse(const QString &text, const QDate &today);

} // namespace outrigger::pastday
