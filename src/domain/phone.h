// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// Phone numbers through libphonenumber. Pure functions; library and tables are loaded at the first call (5 to 10 ms),
/// so call first from another thread than the one that paints.
namespace outrigger::phone {

struct Parsed {
    QString e164;        ///< "+14075551234"
    QString national;    ///< "(407) 555-1234"
    QString international;
    QString extension;   ///< split off; never sent
    QString region;      ///< two letters, "US"
    bool valid = false;  ///< the number exists in its region's plan
    QString problem;     ///< when not valid: too short, too long, not a number, in plain words
};

/// region: two letters, used when the text has no country code. nullopt when there is nothing like a number in it.
std::optional<Parsed> parse(const QString &text, const QString &region);
/// What to show for a stored number: national form in its own region, international otherwise; the text itself when
/// it cannot be parsed.
QString display(const QString &e164, const QString &region);
/// Formats while typing.
QString asYouType(const QString &text, const QString &region);
/// Only digits, for indexes and comparison.
QString digits(const QString &text);
/// IANA zone guessed from the number's area code, empty when unknown.
QString timezone(const QString &e164);

} // namespace outrigger::phone
