// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/snippet.h"

#include "domain/mergefields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger {

namespace {

constexpr int longestCall = 30;
constexpr int nameLength = 40;

QString folded(const QString &text)
{
    QString result;
    const QString apart = text.normalized(QString::NormalizationForm_D);
    result.reserve(apart.size());
    for (const QChar c : apart) {
        if (!c.isMark())
            result += c.toCaseFolded();
    }
    return result;
}

int rank(const Snippet &snippet, const QString &typed)
{
    const QString name = folded(snippet.shownName());
    if (name.startsWith(typed))
        return 0;
    for (qsizetype at = name.indexOf(typed); at > 0; at = name.indexOf(typed, at + 1)) {
        if (!name.at(at - 1).isLetterOrNumber())
            return 1;
    }
    if (name.contains(typed))
        return 2;
    if (typed.size() < 3)
        return -1;
    QString words = snippet.text;
    const auto fields = mergeFields(words);
    for (auto field = fields.crbegin(); field != fields.crend(); ++field)
        words.remove(field->at, field->length); // "first" is no word of "{{contact.first_name}}"
    return folded(words).contains(typed) ? 3 : -1;
}

} // namespace

QString Snippet::shownName() const
{
    if (!name.trimmed().isEmpty())
        return name.trimmed();
    const QString line = text.simplified();
    return line.size() > nameLength ? line.left(nameLength - 1) + u'…' : line;
}

QVector<Snippet> matchSnippets(const QVector<Snippet> &all, const QString &typed)
{
    const QString wanted = folded(typed);
    QVector<std::pair<int, Snippet>> found;
    for (const Snippet &snippet : all) {
        const int at = wanted.isEmpty() ? 0 : rank(snippet, wanted);
        if (at >= 0)
            found.append({at * 2 + (snippet.own ? 0 : 1), snippet});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first : folded(a.second.shownName()) < folded(b.second.shownName());
    });
    QVector<Snippet> result;
    result.reserve(found.size());
    for (const auto &[at, snippet] : std::as_const(found))
        result.append(snippet);
    return result;
}

int snippetCall(const QString &text, int caret)
{
    for (int at = qMin(caret, int(text.size())) - 1; at >= 0 && caret - at <= longestCall + 1; --at) {
        const QChar c = text.at(at);
        if (c == u'/')
            return at == 0 || text.at(at - 1).isSpace() ? at : -1;
        if (c.isSpace())
            return -1;
    }
    return -1;
}

QByteArray snippetsToJson(const QVector<Snippet> &own)
{
    QJsonArray list;
    for (const Snippet &snippet : own)
        list.append(QJsonObject{{u"id"_s, snippet.id}, {u"name"_s, snippet.name}, {u"text"_s, snippet.text}});
    return QJsonDocument(QJsonObject{{u"snippets"_s, list}}).toJson(QJsonDocument::Compact);
}

QVector<Snippet> snippetsFromJson(const QByteArray &json)
{
    QVector<Snippet> own;
    const auto list = QJsonDocument::fromJson(json).object().value("snippets"_L1).toArray();
    for (const auto &value : list) {
        const auto object = value.toObject();
        Snippet snippet;
        snippet.id = object.value("id"_L1).toString();
        snippet.name = object.value("name"_L1).toString();
        snippet.text = object.value("text"_L1).toString();
        if (!snippet.id.isEmpty() && !snippet.text.isEmpty())
            own.append(snippet);
    }
    return own;
}

} // namespace outrigger
