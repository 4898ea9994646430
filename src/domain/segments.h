// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace outrigger {

enum class SmsEncoding { Gsm7, Ucs2 };

/// How a text travels. GSM-7: 160 characters in one part, 153 in each of several; UCS-2: 70 and 67. Extension
/// characters (^{}\[~]|€) count twice and are never split; nor is a surrogate pair.
struct SmsMeter {
    SmsEncoding encoding = SmsEncoding::Gsm7;
    int units = 0;      ///< septets, or UTF-16 units
    int parts = 0;      ///< 0 for an empty text
    int perPart = 160;  ///< size of a part at this length
    int left = 160;     ///< units left in the last part
    bool tooLong = false; ///< above 1,600 characters, HighLevel's cap for the whole message
    QVector<int> culprits; ///< positions (UTF-16) of what forces UCS-2
};
constexpr int smsCharacterCap = 1600;
SmsMeter measureSms(const QString &text);
/// Swaps curly quotes, dashes, ellipsis, no-break and zero-width spaces for GSM-7 twins. Nothing else is touched.
QString repairToGsm7(const QString &text);

} // namespace outrigger
