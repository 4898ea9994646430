// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/leadnote.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace outrigger {

QString plainNote(const QString &body)
{
    static const QRegularExpression tag(u"</?[a-zA-Z][^<>]{0,2000}>"_s);
    if (!body.contains(tag))
        return body.trimmed();
    static const QRegularExpression end(u"<br\\s*/?>|</(p|div|li|h[1-6]|tr)>"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression lines(u"\\n{3,}"_s);
    QString text = body;
    text.replace(end, u"\n"_s).remove(tag);
    text.replace(u"&nbsp;"_s, u" "_s).replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s).replace(u"&#39;"_s, u"'"_s);
    text.replace(u"&amp;"_s, u"&"_s); // last: "&amp;lt;" is the text "&lt;"
    return text.replace(lines, u"\n\n"_s).trimmed();
}

QJsonObject NoteDraft::toJson() const
{
    QJsonObject object{{u"contactId"_s, contactId.value}, {u"body"_s, body}, {u"user"_s, user.value}};
    if (!color.isEmpty())
        object.insert("color"_L1, color);
    if (pinned)
        object.insert("pinned"_L1, true);
    return object;
}

NoteDraft NoteDraft::fromJson(const QJsonObject &object)
{
    return {ContactId(object.value("contactId"_L1).toString()), object.value("body"_L1).toString(), UserId(object.value("user"_L1).toString()),
            object.value("color"_L1).toString(), object.value("pinned"_L1).toBool()};
}

bool NoteChange::isIn(const LeadNote &note) const
{
    return (!rewrites() || note.body == body) && (!color || note.color == *color) && (!pinned || note.pinned == *pinned);
}

void NoteChange::applyTo(LeadNote &note) const
{
    if (rewrites())
        note.body = body;
    note.color = color.value_or(note.color);
    note.pinned = pinned.value_or(note.pinned);
}

QJsonObject NoteChange::toJson() const
{
    QJsonObject object{{u"contactId"_s, contactId.value}, {u"noteId"_s, noteId.value}, {u"seen"_s, seen}, {u"body"_s, body}};
    if (remove)
        object.insert("remove"_L1, true);
    if (color)
        object.insert("color"_L1, *color);
    if (pinned)
        object.insert("pinned"_L1, *pinned);
    return object;
}

NoteChange NoteChange::fromJson(const QJsonObject &object)
{
    NoteChange change;
    change.contactId = ContactId(object.value("contactId"_L1).toString());
    change.noteId = NoteId(object.value("noteId"_L1).toString());
    change.seen = object.value("seen"_L1).toString();
    change.body = object.value("body"_L1).toString();
    change.remove = object.value("remove"_L1).toBool();
    if (const QJsonValue color = object.value("color"_L1); color.isString())
        change.color = color.toString();
    if (const QJsonValue pinned = object.value("pinned"_L1); pinned.isBool())
        change.pinned = pinned.toBool();
    return change;
}

} // namespace outrigger
