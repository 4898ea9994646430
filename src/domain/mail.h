// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/conversation.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

/// E-mail as HighLevel keeps it, and the addresses of those who get one.
namespace outrigger::mail {

/// One e-mail as it was fetched. `body` is hostile: mailhtml.h makes it safe.
struct Body {
    EmailId id;
    QString subject;
    QString body;
    QString contentType;
    QString from;
    QStringList to;
    QStringList cc;
    QStringList bcc;
    QStringList attachments;
    QDateTime date;
    QJsonObject toJson() const;
    static Body fromJson(const QJsonObject &object);
};

/// "Jo Doe <jo@a.example>" -> "jo@a.example"; lower case host. Empty when it is no address.
QString bareAddress(const QString &text);
/// What was typed into a line of addresses: separated by commas, semicolons or new lines, each once.
struct Addresses {
    QStringList good;
    QStringList bad; ///< as typed
};
Addresses readAddresses(const QString &line);
/// "Re: ..." once, whatever stood there in whichever language's habit.
QString replySubject(const QString &subject);

/// Kept in what is sent, so that an e-mail whose answer was lost is known again: a comment no reader shows.
QString markOf(const RecordId &record);
/// Whether this body carries that mark; and whether it carries any of ours.
bool carriesMark(const QString &body, const RecordId &record);
bool carriesAnyMark(const QString &body);

} // namespace outrigger::mail
