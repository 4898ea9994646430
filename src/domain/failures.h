// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace outrigger {

/// What one of the carrier's codes means to a person. Sources: the carrier's public list of error and warning codes
/// (twilio.com/docs/api/errors), whose numbers HighLevel hands on in a message's `error`.
struct Failure {
    int code = 0;       ///< 30003; 0: the text held no code that is known here
    QString what;       ///< what happened, one sentence
    QString meaning;    ///< what it means, one sentence
    QString fix;        ///< what to do, one sentence
    enum class About { Unknown, Number, Landline, OptedOut, Sender, Content, Passing } about = About::Unknown;
    /// All three as one text.
    QString sentence() const;
};

/// The documented code in what the server says of a failure ("Unknown destination handset (30005)"); 0 when there is none.
int failureCode(const QString &error);
/// The diagnosis for a failed message. An unknown code or a plain text gives About::Unknown with the server's own words
/// in `what`.
Failure diagnose(const QString &error);

} // namespace outrigger
