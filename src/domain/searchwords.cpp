// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/searchwords.h"

#include "domain/pastday.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Search)
};

const QStringList &known(const QString &name)
{
    static const QStringList has{u"image"_s, u"link"_s, u"recording"_s, u"file"_s};
    static const QStringList is{u"unread"_s, u"failed"_s, u"scheduled"_s, u"starred"_s, u"done"_s, u"snoozed"_s};
    static const QStringList in{u"people"_s, u"messages"_s, u"emails"_s, u"calls"_s, u"notes"_s, u"tasks"_s, u"deals"_s, u"appointments"_s, u"snippets"_s};
    static const QStringList none;
    return name == "has"_L1 ? has : name == "is"_L1 ? is : name == "in"_L1 ? in : none;
}

/// "note", "contacts", "opportunity": what people say for the same.
QString usual(const QString &name, QString value)
{
    if (name == "has"_L1)
        return value == "picture"_L1 || value == "photo"_L1 || value == "images"_L1 ? u"image"_s : value == "links"_L1 ? u"link"_s : value;
    if (name != "in"_L1)
        return value;
    if (value == "contacts"_L1 || value == "contact"_L1 || value == "leads"_L1)
        return u"people"_s;
    if (value == "opportunities"_L1 || value == "opportunity"_L1)
        return u"deals"_s;
    if (value == "texts"_L1 || value == "sms"_L1)
        return u"messages"_s;
    if (value == "mail"_L1 || value == "e-mails"_L1)
        return u"emails"_s;
    if (value == "transcripts"_L1 || value == "calendar"_L1)
        return value == "calendar"_L1 ? u"appointments"_s : u"calls"_s;
    return known(name).contains(value + u's') ? value + u's' : value;
}

/// Cut at blanks that stand in no quotes; quotes around a value go, those of words stay.
QStringList pieces(const QString &text)
{
    QStringList list;
    QString piece;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"')
            quoted = !quoted;
        if (c.isSpace() && !quoted) {
            if (!piece.isEmpty())
                list.append(std::exchange(piece, {}));
            continue;
        }
        piece.append(c);
    }
    if (!piece.isEmpty())
        list.append(piece);
    return list;
}

void takeDay(SearchWords &into, const QString &name, const QString &value, const QDate &today)
{
    const auto day = pastday::parse(QString(value).replace(u'_', u' '), today);
    if (!day.date.isValid()) {
        into.problems.append(day.problem.isEmpty() ? Words::tr("“%1:%2” is no day. Write a date, for example %1:2025-05-03, or %1:yesterday.").arg(name, value) : day.problem);
        return;
    }
    (name == "before"_L1 ? into.before : into.after) = day.date.startOfDay(QTimeZone::systemTimeZone());
}

void takeChoice(SearchWords &into, const QString &name, const QString &value)
{
    const QString word = usual(name, value.toLower());
    if (!known(name).contains(word)) {
        into.problems.append(Words::tr("“%1:%2” is not known. After %1: can stand: %3.").arg(name, value, known(name).join(u", "_s)));
        return;
    }
    auto &list = name == "has"_L1 ? into.has : name == "is"_L1 ? into.is : into.in;
    if (!list.contains(word))
        list.append(word);
}

/// False when it is no operator.
bool take(SearchWords &into, const QString &piece, const QDate &today)
{
    const qsizetype colon = piece.indexOf(u':');
    if (colon <= 0 || piece.startsWith(u'"'))
        return false;
    const QString name = piece.left(colon).toLower();
    if (!SearchWords::operators().contains(name + u':'))
        return false;
    QString value = piece.mid(colon + 1);
    value = value.remove(u'"').simplified();
    if (value.isEmpty()) // still being written
        return true;
    if (name == "tag"_L1)
        into.tags.append(value);
    else if (name == "stage"_L1)
        into.stages.append(value);
    else if (name == "owner"_L1)
        into.owner = value;
    else if (name == "from"_L1)
        into.from = value;
    else if (name == "to"_L1)
        into.to = value;
    else if (name == "before"_L1 || name == "after"_L1)
        takeDay(into, name, value, today);
    else
        takeChoice(into, name, value);
    return true;
}

} // namespace

QString SearchWords::forPerson(const QString &text, const UserId &me)
{
    QStringList all = pieces(text);
    for (QString &piece : all) {
        if (piece.compare(u"owner:me"_s, Qt::CaseInsensitive) == 0)
            piece = u"owner:="_s + me.value;
    }
    return all.join(u' ');
}

QStringList SearchWords::operators()
{
    return {u"from:"_s, u"to:"_s, u"tag:"_s, u"stage:"_s, u"owner:"_s, u"before:"_s, u"after:"_s, u"has:"_s, u"is:"_s, u"in:"_s};
}

SearchWords SearchWords::parse(const QString &text, const QDate &today)
{
    SearchWords result;
    QStringList words;
    const QStringList all = pieces(text);
    for (const QString &piece : all) {
        if (!take(result, piece, today))
            words.append(piece);
    }
    result.words = words.join(u' ');
    return result;
}

bool SearchWords::isPlain() const
{
    return tags.isEmpty() && stages.isEmpty() && owner.isEmpty() && !ofMessages() && !ofTalks() && !after.isValid() && !before.isValid() && in.isEmpty();
}

bool SearchWords::ofMessages() const
{
    return !from.isEmpty() || !to.isEmpty() || !has.isEmpty() || is.contains(u"failed"_s) || is.contains(u"scheduled"_s);
}

bool SearchWords::ofTalks() const
{
    return std::any_of(is.cbegin(), is.cend(), [](const QString &one) { return one != "failed"_L1 && one != "scheduled"_L1; });
}

bool SearchWords::wants(const char *kind) const
{
    const QLatin1String word(kind);
    if (!in.isEmpty() && !in.contains(word))
        return false;
    const bool message = word == "messages"_L1 || word == "emails"_L1 || word == "calls"_L1;
    if (ofMessages())
        return message;
    if (word == "people"_L1 && (after.isValid() || before.isValid()))
        return in.contains(word);
    if (word == "snippets"_L1)
        return isPlain() || in.contains(word);
    if (words.isEmpty() && in.isEmpty()) // nothing to read texts for: whom or what it is said of
        return word == "people"_L1 || (word == "deals"_L1 && !ofTalks()) || (word == "messages"_L1 && (after.isValid() || before.isValid()));
    return true;
}

} // namespace outrigger
