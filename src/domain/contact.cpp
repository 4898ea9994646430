// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/contact.h"

#include <QTextBoundaryFinder>

namespace outrigger {

namespace {

/// The first character as a reader sees it: a letter with its marks, or a whole emoji.
QString firstGrapheme(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return {};
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, trimmed);
    const auto end = finder.toNextBoundary();
    return trimmed.left(end > 0 ? end : 1);
}

} // namespace

QString Contact::displayName() const
{
    const QString full = (firstName.trimmed() + QLatin1Char(' ') + lastName.trimmed()).trimmed();
    for (const QString &candidate : {full, companyName.trimmed(), email.trimmed(), phone.trimmed()}) {
        if (!candidate.isEmpty())
            return candidate;
    }
    return {};
}

QString Contact::initials() const
{
    QString first = firstGrapheme(firstName);
    QString last = firstGrapheme(lastName);
    if (first.isEmpty() && last.isEmpty())
        first = firstGrapheme(companyName.isEmpty() ? email : companyName);
    const QString both = (first + last).toUpper();
    return both.isEmpty() ? QStringLiteral("#") : both;
}

DndStatus Contact::smsDnd() const
{
    const Dnd sms = dndSettings.value(QStringLiteral("SMS"));
    if (sms.status != DndStatus::Inactive)
        return sms.status;
    return dnd ? DndStatus::Active : DndStatus::Inactive;
}

} // namespace outrigger
