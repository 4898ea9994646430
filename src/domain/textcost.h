// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/segments.h"

namespace outrigger {

/// What a text costs, in US dollars, as a person has set it: "about", because the account's plan and the carrier decide.
/// The first two are what HighLevel's help centre names for texts in the US (price of a part, carrier's fee a part).
/// For a message with pictures it names no single price; these are of the usual size, to be set from one's own invoice.
struct TextPrices {
    double part = 0.0079;
    double fee = 0.005;
    double picture = 0.02;    ///< a whole MMS
    double pictureFee = 0.01;
    friend bool operator==(const TextPrices &, const TextPrices &) = default;
};

/// With pictures the whole travels as one MMS, however long it is.
double costOf(const SmsMeter &meter, int pictures, const TextPrices &prices);
/// "$0.013": tenths of a cent below a dollar, cents from there on. Negative and odd prices count as nothing.
QString dollars(double amount);

} // namespace outrigger
