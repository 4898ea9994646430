// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace outrigger {

/// What somebody typed into the search: words, and what they must be of. Operators are `name:value` without a blank;
/// values with blanks stand in quotes (`tag:"hot lead"`). A name that is none is a word ("re:", "10:30").
struct SearchWords {
    QString words;      ///< without operators
    QStringList tags;   ///< tag: all of them
    QStringList stages; ///< stage: one of these, by a piece of its name
    QString owner;      ///< owner: "=<id>", "nobody", or a piece of a name
    QString from;       ///< from: "me", "them", or a piece of a lead's name
    QString to;         ///< to: a piece of a lead's name; what we sent
    QDateTime after;    ///< after: from the beginning of that day on
    QDateTime before;   ///< before: until the end of the day before
    QStringList has;    ///< image link recording file
    QStringList is;     ///< unread failed scheduled starred done snoozed
    QStringList in;     ///< people messages emails calls notes tasks deals appointments snippets
    QStringList problems; ///< one sentence for each operator that means nothing

    /// Only words: nothing has to be compared but them.
    bool isPlain() const;
    /// Speaks of single messages: from, to, has, is:failed, is:scheduled.
    bool ofMessages() const;
    /// Speaks of a talk: is:unread, starred, done, snoozed.
    bool ofTalks() const;
    /// Whether this kind (a word of `in`) can be meant at all.
    bool wants(const char *kind) const;

    /// today: in the person's zone, for "yesterday" and days without a year.
    static SearchWords parse(const QString &text, const QDate &today);
    /// The same with "owner:me" said so that it is known whom that means.
    static QString forPerson(const QString &text, const UserId &me);
    /// Each operator with what it takes, for help: "from:", ...
    static QStringList operators();
};

} // namespace outrigger
