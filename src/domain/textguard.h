// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/contact.h"

#include <QString>
#include <QStringList>
#include <QVector>

class QSettings;

/// What the words of a text give to think about before it leaves; a part of the send guard, which is what others call.
namespace outrigger {

/// What the cache and the window know about one text.
struct TextFacts {
    struct Lead {
        ContactId id;
        QString firstName;
        QString name;
    };
    struct Owned {
        QString found; ///< as it stands in the text
        QString name;  ///< whose it is
    };
    QVector<Lead> recent;   ///< other leads touched in the last hour, latest first
    QVector<Owned> owned;   ///< numbers and addresses in the text that are another lead's and not this one's
    QString pastedFrom;     ///< the name of the lead from whose conversation some of it was pasted; empty: none
};

/// What a person has switched off. Merge fields cannot be: nobody means to send "{{contact.first_name}}".
struct GuardRules {
    bool greeting = true;
    bool othersNumber = true;
    bool pasted = true;
    static GuardRules from(const QSettings &settings); ///< [guard] greeting, othersNumber, pasted
};

struct TextDoubt {
    QString id; ///< merge_field greeting others_number pasted
    QString sentence;
};
QVector<TextDoubt> judgeText(const QString &text, const Contact &contact, const TextFacts &facts, const GuardRules &rules);

/// Whom a text greets: "Hi John, ..." and "John, ..." give "John"; empty when it greets nobody by name.
QString greetedName(const QString &text);
/// Telephone numbers and e-mail addresses in a text, as they stand there, at most 20.
QStringList numbersIn(const QString &text);
QStringList addressesIn(const QString &text);

} // namespace outrigger
