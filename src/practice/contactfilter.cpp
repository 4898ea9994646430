// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/contactfilter.h"

#include "core/json.h"

#include <algorithm>
#include <limits>

namespace outrigger::practice
{

namespace
{

struct Condition {
    QString field;
    QString op;
    QJsonValue value;
};

qint64 milliseconds(const QJsonValue &value, qint64 fallback)
{
    const QDateTime date = json::date(value);
    return date.isValid() ? date.toMSecsSinceEpoch() : fallback;
}

std::optional<TimeRange> rangeOf(const QJsonValue &value)
{
    const QJsonObject o = value.toObject();
    TimeRange range;
    bool any = false;
    const auto read = [&](QStringView key, qint64 shift, qint64 &to) {
        if (o.value(key).isUndefined())
            return true;
        any = true;
        const qint64 ms = milliseconds(o.value(key), -1);
        to = ms + shift;
        return ms >= 0;
    };
    const bool fine = read(u"gte", 0, range.from) && read(u"gt", 1, range.from) && read(u"lte", 0, range.to) &&
                      read(u"lt", -1, range.to);
    return fine && any ? std::optional(range) : std::nullopt;
}

/// The texts of a field; nothing for a field this server does not search.
using Texts = std::function<QStringList(const Contact &)>;

Texts textsOf(const QString &field)
{
    const auto one = [](QString Contact::*member) -> Texts {
        return [member](const Contact &c) { return (c.*member).isEmpty() ? QStringList() : QStringList{c.*member}; };
    };
    if (field == u"email")
        return one(&Contact::email);
    if (field == u"phone")
        return one(&Contact::phone);
    if (field == u"firstNameLowerCase" || field == u"firstName")
        return one(&Contact::first);
    if (field == u"lastNameLowerCase" || field == u"lastName")
        return one(&Contact::last);
    if (field == u"companyName")
        return one(&Contact::company);
    if (field == u"source")
        return one(&Contact::source);
    if (field == u"city")
        return one(&Contact::city);
    if (field == u"state")
        return one(&Contact::state);
    if (field == u"country")
        return one(&Contact::country);
    if (field == u"timezone")
        return one(&Contact::timezone);
    if (field == u"tags")
        return [](const Contact &c) { return c.tags; };
    if (field == u"type")
        return
            [](const Contact &c) { return QStringList{c.lead ? QStringLiteral("lead") : QStringLiteral("customer")}; };
    if (field == u"dnd")
        return [](const Contact &c) { return QStringList{c.dnd ? QStringLiteral("true") : QStringLiteral("false")}; };
    if (field.startsWith(u"dndSettings.") && field.endsWith(u".status")) {
        const QString channel = field.section(u'.', 1, 1);
        return [channel](const Contact &c) {
            if (!c.more || !c.more->dndSettings.contains(channel))
                return QStringList();
            return QStringList{c.more->dndSettings.at(channel).status};
        };
    }
    if (field == u"inboundDndSettings.all.status")
        return [](const Contact &c) {
            return c.more && !c.more->inbound.status.isEmpty() ? QStringList{c.more->inbound.status} : QStringList();
        };
    if (field.startsWith(u"customFields.")) {
        const QString id = field.mid(13);
        return [id](const Contact &c) {
            QStringList found;
            if (c.more) {
                for (const auto &item : c.more->customFields) {
                    if (item.toObject()[u"id"].toString() == id)
                        found += item.toObject()[u"value"].isArray()
                                     ? json::texts(item.toObject()[u"value"])
                                     : QStringList{json::text(item.toObject()[u"value"])};
                }
            }
            return found;
        };
    }
    return {};
}

ContactTest compare(const Texts &texts, const QString &op, const QStringList &wanted)
{
    if (op == u"exists")
        return [texts](const Contact &c) { return !texts(c).isEmpty(); };
    if (op == u"not_exists")
        return [texts](const Contact &c) { return texts(c).isEmpty(); };
    const bool part = op == u"contains" || op == u"not_contains";
    const bool negative = op.startsWith(u"not_");
    return [texts, part, negative, wanted](const Contact &c) {
        const QStringList have = texts(c);
        const bool hit = std::any_of(have.begin(), have.end(), [&](const QString &h) {
            return std::any_of(wanted.begin(), wanted.end(), [&](const QString &w) {
                return part ? h.contains(w, Qt::CaseInsensitive) : h.compare(w, Qt::CaseInsensitive) == 0;
            });
        });
        return hit != negative;
    };
}

ContactTest conditionTest(const QJsonObject &o, const QString &where, QStringList &problems)
{
    const QString field = o[u"field"].toString(), op = o[u"operator"].toString();
    static const QStringList ops{QStringLiteral("eq"),           QStringLiteral("not_eq"), QStringLiteral("contains"),
                                 QStringLiteral("not_contains"), QStringLiteral("exists"), QStringLiteral("not_exists"),
                                 QStringLiteral("range")};
    if (field.isEmpty() || !ops.contains(op)) {
        problems.append(
            where + (field.isEmpty()
                         ? QStringLiteral("field should not be empty")
                         : QStringLiteral("operator must be one of the following values: %1").arg(ops.join(u", "))));
        return {};
    }
    if (field == u"dateAdded" || field == u"dateUpdated") {
        const auto member = field == u"dateAdded" ? &Contact::added : &Contact::indexed;
        const auto range = rangeOf(o[u"value"]);
        if (op != u"range" || !range) {
            problems.append(where + QStringLiteral("value must be a range of ISO dates for field %1").arg(field));
            return {};
        }
        return [member, range](const Contact &c) { return c.*member >= range->from && c.*member <= range->to; };
    }
    const QStringList wanted = o[u"value"].isArray() ? json::texts(o[u"value"]) : QStringList{json::text(o[u"value"])};
    if (std::any_of(wanted.begin(), wanted.end(), [](const QString &w) { return w.size() > 75; })) {
        problems.append(where + QStringLiteral("value must be shorter than or equal to 75 characters"));
        return {};
    }
    const Texts texts = field == u"assignedTo" || field == u"id" ? Texts() : textsOf(field);
    if (!texts || op == u"range") {
        problems.append(where + QStringLiteral("Invalid field or operator: %1").arg(field));
        return {};
    }
    return compare(texts, op, wanted);
}

ContactTest all(std::vector<ContactTest> tests, bool any)
{
    return [tests = std::move(tests), any](const Contact &c) {
        return any ? std::any_of(tests.begin(), tests.end(), [&](const ContactTest &t) { return t(c); })
                   : std::all_of(tests.begin(), tests.end(), [&](const ContactTest &t) { return t(c); });
    };
}

ContactTest listTest(const QJsonArray &filters, bool any, const QString &where, int depth, QStringList &problems)
{
    std::vector<ContactTest> tests;
    for (qsizetype i = 0; i < filters.size(); ++i) {
        const QJsonObject o = filters[i].toObject();
        const QString here = where + QStringLiteral("filters.%1.").arg(i);
        if (o.contains(u"group")) {
            const QString group = o[u"group"].toString();
            if ((group != u"AND" && group != u"OR") || depth > 4)
                problems.append(here + QStringLiteral("group must be one of the following values: AND, OR"));
            else
                tests.push_back(listTest(o[u"filters"].toArray(), group == u"OR", here, depth + 1, problems));
        } else {
            tests.push_back(conditionTest(o, here, problems));
        }
    }
    return problems.isEmpty() ? all(std::move(tests), any && !tests.empty()) : ContactTest();
}

} // namespace

ContactTest contactTest(const QJsonArray &filters, QStringList &problems)
{
    return listTest(filters, false, {}, 0, problems);
}

bool holdsText(const Contact &c, const QString &text, const QString &digits)
{
    if (c.first.contains(text, Qt::CaseInsensitive) || c.last.contains(text, Qt::CaseInsensitive) ||
        c.email.contains(text, Qt::CaseInsensitive) || c.company.contains(text, Qt::CaseInsensitive) ||
        c.phone.contains(text))
        return true;
    if (digits.size() >= 4 && c.phone.contains(digits))
        return true;
    return text.contains(u' ') && QString(c.first + u' ' + c.last).contains(text, Qt::CaseInsensitive);
}

std::optional<TimeRange> onlyRange(const QJsonArray &filters, const QString &field)
{
    if (filters.isEmpty())
        return TimeRange{};
    const QJsonObject o = filters[0].toObject();
    if (filters.size() != 1 || o[u"field"].toString() != field || o[u"operator"].toString() != u"range")
        return std::nullopt;
    return rangeOf(o[u"value"]);
}

} // namespace outrigger::practice
