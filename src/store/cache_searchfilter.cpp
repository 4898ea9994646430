// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_search.h"

#include "domain/textfind.h"

#include <algorithm>

using namespace Qt::StringLiterals;

// What the search's operators ask, as SQL.
namespace outrigger::store::searching {

namespace {

QByteArray marks(qsizetype count)
{
    QByteArray list;
    for (qsizetype i = 0; i < count; ++i)
        list += i ? ",?" : "?";
    return '(' + list + ')';
}

QVariantList values(const QStringList &texts)
{
    QVariantList list;
    for (const QString &text : texts)
        list.append(text);
    return list;
}

/// A tag among the tags, which are a JSON list: the quotes make "hot" another one than "hotel".
QString tagPattern(const QString &tag)
{
    const QString piece = rows::likePattern(tag);
    return u"%\""_s + piece.mid(1, piece.size() - 2) + u"\"%"_s;
}

/// The lead's name or number has this.
void addLead(Condition &condition, const QString &who)
{
    const QString digits = rows::reversedDigits(who);
    const bool number = digits.size() >= 3 && std::none_of(who.cbegin(), who.cend(), [](QChar c) { return c.isLetter(); });
    if (number)
        condition.add("c.digits LIKE ?", {QString(digits + u'%')});
    else
        condition.add("COALESCE(c.name, v.contact_name, '') LIKE ? ESCAPE '\\'", {rows::likePattern(who)});
}

} // namespace

void bind(Statement &statement, const Condition &condition)
{
    for (const QVariant &value : condition.values) {
        if (value.userType() == QMetaType::QString)
            statement.text(value.toString());
        else
            statement.integer(value.toLongLong());
    }
}

bool Question::fits(const QString &text) const
{
    if (needles.isEmpty())
        return true;
    const QString folded = textfind::folded(text);
    return std::all_of(needles.begin(), needles.end(), [&folded](const QString &word) { return folded.contains(word); });
}

Condition ofPerson(const Question &question)
{
    const SearchWords &words = question.words;
    Condition condition;
    for (const QString &tag : words.tags)
        condition.add("c.tags LIKE ? ESCAPE '\\'", {tagPattern(tag)});
    if (words.owner == "nobody"_L1)
        condition.add("COALESCE(c.assigned_to, '')=''");
    else if (!words.owner.isEmpty())
        condition.add("c.assigned_to IN " + marks(question.owners.size()), values(question.owners));
    if (!words.stages.isEmpty())
        condition.add("EXISTS(SELECT 1 FROM opportunities o WHERE o.location=c.location AND o.contact=c.id AND o.hidden=0 AND o.stage IN "
                          + marks(question.stages.size()) + ')', values(question.stages));
    const auto talk = [&](const char *what, const QVariantList &with = {}) {
        condition.add(QByteArray("EXISTS(SELECT 1 FROM conversations w WHERE w.location=c.location AND w.contact=c.id AND w.deleted=0 AND ") + what + ')', with);
    };
    for (const QString &is : words.is) {
        if (is == "unread"_L1)
            talk("w.unread>0");
        else if (is == "starred"_L1)
            talk("w.starred<>0");
        else if (is == "done"_L1)
            talk("w.done_at IS NOT NULL");
        else if (is == "snoozed"_L1)
            talk("w.snoozed_until>?", {question.now});
    }
    return condition;
}

void addDates(Condition &condition, const Question &question, const QByteArray &column)
{
    if (question.words.after.isValid())
        condition.add(column + ">=?", {question.words.after.toMSecsSinceEpoch()});
    if (question.words.before.isValid())
        condition.add(column + "<?", {question.words.before.toMSecsSinceEpoch()});
}

Condition ofMessage(const Question &question)
{
    const SearchWords &words = question.words;
    Condition condition;
    const QByteArray inbound = "m.direction=" + QByteArray::number(int(Direction::Inbound));
    const QByteArray outbound = "m.direction=" + QByteArray::number(int(Direction::Outbound));
    if (words.from == "me"_L1 || words.from == "us"_L1) {
        condition.add(outbound);
    } else if (!words.from.isEmpty()) {
        condition.add(inbound);
        if (words.from != "them"_L1)
            addLead(condition, words.from);
    }
    if (!words.to.isEmpty()) {
        condition.add(words.to == "me"_L1 || words.to == "us"_L1 ? inbound : outbound);
        if (words.to != "them"_L1 && words.to != "me"_L1 && words.to != "us"_L1)
            addLead(condition, words.to);
    }
    for (const QString &has : words.has) {
        if (has == "link"_L1)
            condition.add("m.body LIKE '%http://%' OR m.body LIKE '%https://%' OR m.body LIKE '%www.%'");
        else if (has == "recording"_L1)
            condition.add("m.channel IN (" + QByteArray::number(int(Channel::Call)) + ',' + QByteArray::number(int(Channel::Voicemail))
                          + ") AND COALESCE(json_extract(m.more, '$.seconds'), 0)>0");
        else if (has == "file"_L1)
            condition.add("m.more LIKE '%\"attachments\"%'");
        else
            condition.add("m.more LIKE '%\"attachments\"%' AND (m.more LIKE '%.jpg%' OR m.more LIKE '%.jpeg%' OR m.more LIKE '%.png%' OR m.more LIKE '%.gif%'"
                          " OR m.more LIKE '%.webp%' OR m.more LIKE '%.heic%')");
    }
    for (const QString &is : words.is) {
        if (is == "failed"_L1)
            condition.add(outbound + " AND (m.status IN ('failed','undelivered') OR m.record_state IN ('rejected','uncertain'))");
        else if (is == "scheduled"_L1)
            condition.add("m.status='scheduled'");
    }
    addDates(condition, question, "m.date");
    return condition;
}

Condition ofChannels(const Question &question)
{
    const SearchWords &words = question.words;
    Condition condition;
    const bool emails = words.in.contains(u"emails"_s), calls = words.in.contains(u"calls"_s), texts = words.in.contains(u"messages"_s);
    if (!words.in.isEmpty() && !texts && (emails || calls)) {
        QByteArray channels;
        if (emails)
            channels = QByteArray::number(int(Channel::Email));
        if (calls)
            channels += (channels.isEmpty() ? QByteArray() : QByteArray(",")) + QByteArray::number(int(Channel::Call)) + ',' + QByteArray::number(int(Channel::Voicemail));
        condition.add("m.channel IN (" + channels + ')');
    }
    return condition;
}

QString tellingWords(const QString &words)
{
    QStringList telling;
    for (const QString &word : words.split(u' ', Qt::SkipEmptyParts)) {
        const bool latin = std::all_of(word.cbegin(), word.cend(), [](QChar c) { return c.unicode() < 0x250 && !c.isDigit(); });
        if (!latin || word.size() >= 3)
            telling.append(word);
    }
    return telling.join(u' ');
}

} // namespace outrigger::store::searching
