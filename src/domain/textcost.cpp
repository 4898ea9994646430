// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/textcost.h"

#include <cmath>

namespace outrigger {

namespace {
double sane(double price)
{
    return std::isfinite(price) && price > 0 ? price : 0;
}
} // namespace

double costOf(const SmsMeter &meter, int pictures, const TextPrices &prices)
{
    if (pictures > 0)
        return sane(prices.picture) + sane(prices.pictureFee);
    return meter.parts * (sane(prices.part) + sane(prices.fee));
}

QString dollars(double amount)
{
    const double plain = sane(amount);
    return QLatin1Char('$') + QString::number(plain, 'f', plain < 0.9995 ? 3 : 2);
}

} // namespace outrigger
