// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/opportunity.h"

#include "core/ownjson.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace outrigger {

using namespace ownjson;

namespace {

constexpr const char *statusWords[] = {"open", "won", "lost", "abandoned"};

QStringList listAt(const QJsonObject &object, QLatin1String key)
{
    QStringList list;
    const auto array = object.value(key).toArray();
    for (const auto &item : array)
        list.append(item.toString());
    return list;
}

/// Exact, else the only one that begins so; case does not matter.
template <class T>
const T *byName(const QVector<T> &all, const QString &text)
{
    const T *begins = nullptr;
    int found = 0;
    for (const T &one : all) {
        if (one.id.value == text || one.name.compare(text, Qt::CaseInsensitive) == 0)
            return &one;
        if (!text.isEmpty() && one.name.startsWith(text, Qt::CaseInsensitive)) {
            begins = &one;
            ++found;
        }
    }
    return found == 1 ? begins : nullptr;
}

} // namespace

QString dealStatusWord(DealStatus status)
{
    return QString::fromLatin1(statusWords[int(status)]);
}

std::optional<DealStatus> dealStatusFromWord(const QString &word)
{
    for (int i = 0; i < 4; ++i) {
        if (word.compare(QLatin1String(statusWords[i]), Qt::CaseInsensitive) == 0)
            return DealStatus(i);
    }
    return std::nullopt;
}

const Stage *Pipeline::stage(const StageId &wanted) const
{
    const auto found = std::find_if(stages.cbegin(), stages.cend(), [&](const Stage &one) { return one.id == wanted; });
    return found == stages.cend() ? nullptr : &*found;
}

QJsonObject Opportunity::toJson() const
{
    QJsonObject o;
    put(o, "id"_L1, id.value);
    put(o, "name"_L1, name);
    if (value)
        o.insert("value"_L1, *value);
    put(o, "pipeline"_L1, pipeline.value);
    put(o, "stage"_L1, stage.value);
    put(o, "status"_L1, dealStatusWord(status));
    put(o, "assignedTo"_L1, assignedTo.value);
    put(o, "source"_L1, source);
    put(o, "lostReason"_L1, lostReason);
    put(o, "contactId"_L1, contactId.value);
    put(o, "contactName"_L1, contactName);
    put(o, "company"_L1, company);
    if (!tags.isEmpty())
        o.insert("tags"_L1, QJsonArray::fromStringList(tags));
    if (!followers.isEmpty())
        o.insert("followers"_L1, QJsonArray::fromStringList(followers));
    put(o, "createdAt"_L1, createdAt);
    put(o, "updatedAt"_L1, updatedAt);
    put(o, "stageSince"_L1, stageSince);
    put(o, "statusSince"_L1, statusSince);
    QJsonArray fields;
    for (const CustomValue &field : customFields)
        fields.append(QJsonObject{{"id"_L1, field.id.value}, {"value"_L1, field.value}});
    if (!fields.isEmpty())
        o.insert("fields"_L1, fields);
    return o;
}

Opportunity Opportunity::fromJson(const QJsonObject &o)
{
    Opportunity deal;
    deal.id = OpportunityId(o.value("id"_L1).toString());
    deal.name = o.value("name"_L1).toString();
    if (o.value("value"_L1).isDouble())
        deal.value = o.value("value"_L1).toDouble();
    deal.pipeline = PipelineId(o.value("pipeline"_L1).toString());
    deal.stage = StageId(o.value("stage"_L1).toString());
    deal.status = dealStatusFromWord(o.value("status"_L1).toString()).value_or(DealStatus::Open);
    deal.assignedTo = UserId(o.value("assignedTo"_L1).toString());
    deal.source = o.value("source"_L1).toString();
    deal.lostReason = o.value("lostReason"_L1).toString();
    deal.contactId = ContactId(o.value("contactId"_L1).toString());
    deal.contactName = o.value("contactName"_L1).toString();
    deal.company = o.value("company"_L1).toString();
    deal.tags = listAt(o, "tags"_L1);
    deal.followers = listAt(o, "followers"_L1);
    deal.createdAt = date(o, "createdAt"_L1);
    deal.updatedAt = date(o, "updatedAt"_L1);
    deal.stageSince = date(o, "stageSince"_L1);
    deal.statusSince = date(o, "statusSince"_L1);
    const auto fields = o.value("fields"_L1).toArray();
    for (const auto &item : fields) {
        CustomValue field;
        field.id = CustomFieldId(item.toObject().value("id"_L1).toString());
        field.value = item.toObject().value("value"_L1);
        deal.customFields.append(field);
    }
    return deal;
}

std::optional<double> readMoney(const QString &text)
{
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit() || c == u'.' || c == u',')
            digits.append(c);
        else if (!c.isSpace() && c.category() != QChar::Symbol_Currency && c != u'\'')
            return std::nullopt;
    }
    if (digits.isEmpty() || !std::any_of(digits.cbegin(), digits.cend(), [](QChar c) { return c.isDigit(); }))
        return std::nullopt;
    // The last mark is a decimal one when it stands alone and not before a group of three.
    const qsizetype last = std::max(digits.lastIndexOf(u'.'), digits.lastIndexOf(u','));
    if (last >= 0) {
        const QChar mark = digits.at(last);
        const bool both = digits.contains(u'.') && digits.contains(u',');
        const bool decimal = digits.count(mark) == 1 && (both || digits.size() - last - 1 != 3);
        QString plain;
        for (qsizetype i = 0; i < digits.size(); ++i) {
            if (digits.at(i).isDigit())
                plain.append(digits.at(i));
            else if (i == last && decimal)
                plain.append(u'.');
        }
        digits = plain;
    }
    bool ok = false;
    const double value = digits.toDouble(&ok);
    if (!ok || !std::isfinite(value) || value > 1e12)
        return std::nullopt;
    return std::round(value * 100) / 100;
}

QString dealNameFor(const QString &contactName)
{
    return contactName.simplified().left(200);
}

const Pipeline *findPipeline(const QVector<Pipeline> &pipelines, const QString &text)
{
    return byName(pipelines, text.trimmed());
}

const Stage *findStage(const Pipeline &pipeline, const QString &text)
{
    return byName(pipeline.stages, text.trimmed());
}

} // namespace outrigger
