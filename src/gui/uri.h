// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace outrigger::gui::uri {

enum class Kind { None, Number, Contact, Conversation, Opportunity, Quick, Unknown };
/// Where a link leads. Links only navigate or pre-fill.
struct Target {
    Kind kind = Kind::None;
    QString value; ///< number or id
    QString text;  ///< body of an sms: link, at most 1,600 characters, control characters removed
};
/// tel:, sms:+1407…?body=…, outrigger://contact/ID, outrigger://conversation/ID, outrigger://opportunity/ID,
/// outrigger:quick (the quick text window, empty: it takes nothing from a link).
Target parse(const QString &text);

} // namespace outrigger::gui::uri
