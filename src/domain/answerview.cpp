// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/answerview.h"

#include "core/json.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::catalogue {

namespace {

constexpr int mostColumns = 12;
constexpr qsizetype longestCell = 200;

QString cellOf(const QJsonValue &value)
{
    QString text;
    if (value.isArray())
        text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    else if (value.isObject())
        text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    else
        text = value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : json::text(value);
    text.replace(u'\n', u' ');
    return text.size() > longestCell ? text.left(longestCell) + u'…' : text;
}

struct List {
    QString name;
    QJsonArray rows;
};

/// The longest list of objects near the top: {"contacts": [...]}, {"messages": {"messages": [...]}}.
List listOf(const QJsonValue &value, int depth = 0)
{
    List best;
    if (value.isArray() && depth == 0)
        return {u"rows"_s, value.toArray()};
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        List here;
        if (it->isArray() && it->toArray().first().isObject())
            here = {it.key(), it->toArray()};
        else if (it->isObject() && depth < 2)
            here = listOf(*it, depth + 1);
        if (here.rows.size() > best.rows.size())
            best = here;
    }
    // A contact is no list because it has custom fields.
    constexpr qsizetype mostOfAWrapper = 6;
    return object.size() <= mostOfAWrapper ? best : List();
}

QJsonValue parsed(const QByteArray &body, bool *good)
{
    QJsonParseError error;
    auto document = QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::IllegalUTF8String)
        document = QJsonDocument::fromJson(json::repairUtf8(body), &error);
    *good = error.error == QJsonParseError::NoError && !document.isNull();
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

/// "businesses" -> "business", "categories" -> "category".
QString kindOf(const QString &list)
{
    static const QHash<QString, QString> odd{{u"businesses"_s, u"business"_s}, {u"categories"_s, u"category"_s}, {u"customFields"_s, u"field"_s},
                                             {u"lostReasons"_s, u"lostReason"_s}, {u"events"_s, u"event"_s}, {u"companies"_s, u"company"_s},
                                             {u"blogs"_s, u"post"_s}, {u"data"_s, u"blog"_s}};
    if (const auto found = odd.constFind(list); found != odd.constEnd())
        return *found;
    return list.endsWith(u's') ? list.chopped(1) : list;
}

QString nameOf(const QJsonObject &row)
{
    for (const char *key : {"name", "title", "contactName", "fullName", "key", "subject", "body", "email"}) {
        const QString text = json::text(row.value(QLatin1String(key))).simplified();
        if (!text.isEmpty())
            return text.left(80);
    }
    const QString first = json::text(row.value("firstName"_L1));
    return first.isEmpty() ? QString() : QString(first + u' ' + json::text(row.value("lastName"_L1))).trimmed();
}

QString idOf(const QJsonObject &row)
{
    return json::text(json::first(row, {u"id", u"_id"}));
}

QString markOf(const QJsonValue &row)
{
    const QString id = idOf(row.toObject());
    return id.isEmpty() ? cellOf(row) : id;
}

void fillTable(AnswerView *view, const QJsonArray &rows, int mostRows)
{
    QSet<QString> seen;
    for (int i = 0; i < rows.size() && i < 50; ++i) {
        const QJsonObject row = rows.at(i).toObject();
        // What tells rows apart comes first; the rest in the order in which it comes.
        for (const char *key : {"id", "_id", "name", "title", "status"}) {
            if (i == 0 && row.contains(QLatin1String(key))) {
                seen.insert(QLatin1String(key));
                view->columns.append(QLatin1String(key));
            }
        }
        for (auto it = row.begin(); it != row.end() && view->columns.size() < mostColumns; ++it) {
            if (!seen.contains(it.key()) && !it->isObject()) {
                seen.insert(it.key());
                view->columns.append(it.key());
            }
        }
    }
    if (view->columns.isEmpty())
        view->columns.append(u"value"_s);
    for (int i = 0; i < rows.size() && i < mostRows; ++i) {
        const QJsonValue row = rows.at(i);
        QStringList cells;
        if (!row.isObject())
            cells.append(cellOf(row));
        else {
            for (const QString &column : std::as_const(view->columns))
                cells.append(cellOf(row.toObject().value(column)));
        }
        view->rows.append(cells);
    }
}

void fillFields(AnswerView *view, const QJsonObject &object, const QString &prefix, int depth)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = prefix + it.key();
        if (it->isObject() && depth < 2 && !it->toObject().isEmpty())
            fillFields(view, it->toObject(), name + u'.', depth + 1);
        else
            view->rows.append({name, cellOf(*it)});
    }
}

QString hidden(QString text)
{
    static const QRegularExpression secret(u"(\"(?:access_?token|refresh_?token|client_?secret|password|api_?key)\"\\s*:\\s*\")[^\"]+\""_s,
                                           QRegularExpression::CaseInsensitiveOption);
    return text.replace(secret, u"\\1(hidden)\""_s);
}

} // namespace

AnswerView viewOf(const QByteArray &body, qsizetype mostCharacters, int mostRows)
{
    AnswerView view;
    view.bytes = body.size();
    const QJsonValue value = parsed(body, &view.isJson);
    if (!view.isJson) {
        view.text = body.contains('\0') ? QString() : QString::fromUtf8(body.left(mostCharacters));
        view.cut = body.size() > mostCharacters;
        return view;
    }
    const auto document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    view.text = hidden(QString::fromUtf8(document.toJson(QJsonDocument::Indented)));
    if (view.text.size() > mostCharacters) {
        view.cut = true;
        view.text.truncate(view.text.lastIndexOf(u'\n', mostCharacters));
    }
    const List list = listOf(value);
    if (!list.rows.isEmpty()) {
        view.listName = list.name;
        view.allRows = int(list.rows.size());
        fillTable(&view, list.rows, mostRows);
        for (const auto &item : list.rows) {
            const QJsonObject row = item.toObject();
            if (const QString id = idOf(row); !id.isEmpty())
                view.ids.append({kindOf(list.name), id, nameOf(row)});
        }
        return view;
    }
    view.columns = {u"field"_s, u"value"_s};
    fillFields(&view, value.toObject(), {}, 0);
    for (QStringList &row : view.rows) {
        static const QRegularExpression secret(u"(access_?token|refresh_?token|client_?secret|password|api_?key)$"_s, QRegularExpression::CaseInsensitiveOption);
        if (secret.match(row.first()).hasMatch())
            row[1] = u"(hidden)"_s;
    }
    view.allRows = int(view.rows.size());
    // {"business": {"id": ...}}: what was just made can be picked.
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (const QString id = idOf(it->toObject()); !id.isEmpty())
            view.ids.append({it.key(), id, nameOf(it->toObject())});
    }
    return view;
}

QStringList rowMarks(const QByteArray &body)
{
    bool good = false;
    const QJsonValue value = parsed(body, &good);
    const List list = listOf(value);
    QStringList marks;
    for (const auto &row : list.rows)
        marks.append(markOf(row));
    if (list.rows.isEmpty() && good && !(value.toArray().isEmpty() && value.isArray())) {
        // traceIds differ from answer to answer.
        QJsonObject object = value.toObject();
        object.remove(u"traceId"_s);
        const bool emptyList = std::any_of(object.begin(), object.end(), [](const QJsonValue &v) { return v.isArray() && v.toArray().isEmpty(); });
        if (!emptyList || object.size() > 4)
            marks.append(QString::fromUtf8(json::canonical(object)));
    }
    return marks;
}

QVector<FreshRow> rowsBeyond(const QByteArray &body, const QStringList &known)
{
    const QSet<QString> before(known.begin(), known.end());
    bool good = false;
    const QJsonValue value = parsed(body, &good);
    const List list = listOf(value);
    QVector<FreshRow> fresh;
    for (const auto &row : list.rows) {
        if (before.contains(markOf(row)))
            continue;
        const QString name = nameOf(row.toObject());
        const QJsonDocument document = row.isObject() ? QJsonDocument(row.toObject()) : QJsonDocument(QJsonArray{row});
        fresh.append({name.isEmpty() ? markOf(row) : name, document.toJson(QJsonDocument::Compact)});
    }
    if (list.rows.isEmpty() && good) {
        const QStringList marks = rowMarks(body);
        if (!marks.isEmpty() && !before.contains(marks.first()))
            fresh.append({nameOf(value.toObject()), QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)});
    }
    return fresh;
}

} // namespace outrigger::catalogue
