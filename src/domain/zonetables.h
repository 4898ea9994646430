// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// Where people are, as far as an area code or a state tells. Guesses: a mobile number travels with its owner, and
/// several states have two zones (the one in which most people live is given).
namespace outrigger::zones {

/// IANA name for a North American area code ("407"), empty when unknown. Source: the public numbering plan (NANPA).
QByteArray ofAreaCode(int areaCode);
/// For a US state or Canadian province, two letters or English name; empty when unknown.
QByteArray ofState(const QString &state, const QString &country);
/// For a country whose zones all show the same time at this moment; empty otherwise. country: two letters.
QByteArray ofCountry(const QString &country);

} // namespace outrigger::zones
