// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/exporter.h"

#include "core/aside.h"
#include "domain/contactchange.h"
#include "domain/csv.h"
#include "domain/vcard.h"
#include "store/cache.h"

#include <QCoreApplication>
#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

constexpr int block = 500;

tl::unexpected<Error> noRoom()
{
    Error error;
    error.kind = ErrorKind::StorageFull;
    error.message = QCoreApplication::translate("Export", "The file could not be written to the end. Is the disk full?");
    return fail(std::move(error));
}

QString when(const QDateTime &date) { return date.isValid() ? date.toUTC().toString(Qt::ISODateWithMs) : QString(); }

/// Column by column, as text and as JSON.
struct Row {
    QStringList names;
    QVector<QJsonValue> values;
    void add(const QString &name, const QJsonValue &value)
    {
        names.append(name);
        values.append(value);
    }
};

QByteArray written(const Row &row, ExportFormat format)
{
    if (format == ExportFormat::Csv) {
        QStringList cells;
        for (const QJsonValue &value : row.values)
            cells.append(contactfields::text(value));
        return csv::line(cells);
    }
    QJsonObject object;
    for (qsizetype i = 0; i < row.names.size(); ++i)
        object.insert(row.names[i], row.values[i]);
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QJsonValue list(const QStringList &texts) { return QJsonArray::fromStringList(texts); }
QJsonValue moment(const QDateTime &date) { return date.isValid() ? QJsonValue(when(date)) : QJsonValue(QJsonValue::Null); }

Row contactRow(const Contact &c, const QVector<CustomField> &fields)
{
    Row row;
    row.add(u"id"_s, c.id.value);
    for (const QString &field : contactfields::standard())
        row.add(field, contactfields::value(c, field));
    row.add(u"additionalPhones"_s, list(c.additionalPhones));
    row.add(u"additionalEmails"_s, list(c.additionalEmails));
    row.add(u"tags"_s, list(c.tags));
    row.add(u"type"_s, c.type);
    row.add(u"assignedTo"_s, c.assignedTo.value);
    row.add(u"dnd"_s, c.dnd);
    row.add(u"dndSms"_s, c.smsDnd() != DndStatus::Inactive);
    row.add(u"dateAdded"_s, moment(c.dateAdded));
    row.add(u"dateUpdated"_s, moment(c.dateUpdated));
    for (const CustomField &field : fields) {
        if (field.model.isEmpty() || field.model == "contact"_L1)
            row.add(field.key.isEmpty() ? field.name : field.key, contactfields::value(c, contactfields::ofCustom(field.id)));
    }
    return row;
}

Row messageRow(const store::Cache::ExportMessage &one)
{
    const Message &m = one.message;
    Row row;
    row.add(u"id"_s, m.id.value);
    row.add(u"conversationId"_s, m.conversationId.value);
    row.add(u"contactId"_s, one.contact.value);
    row.add(u"contactName"_s, one.contactName);
    row.add(u"date"_s, moment(m.dateAdded));
    row.add(u"direction"_s, m.direction == Direction::Inbound ? u"inbound"_s : u"outbound"_s);
    row.add(u"type"_s, m.typeWord);
    row.add(u"status"_s, m.status);
    row.add(u"from"_s, m.from);
    row.add(u"to"_s, m.to);
    row.add(u"subject"_s, m.subject);
    row.add(u"body"_s, m.body);
    row.add(u"attachments"_s, list(m.attachments));
    row.add(u"userId"_s, m.userId.value);
    return row;
}

/// The pipeline's and the stage's names, too: ids alone tell a person nothing.
Row dealRow(const DealRow &one, const QVector<Pipeline> &pipelines)
{
    const Opportunity &d = one.deal;
    Row row;
    row.add(u"id"_s, d.id.value);
    row.add(u"name"_s, d.name);
    row.add(u"value"_s, d.value ? QJsonValue(*d.value) : QJsonValue(QJsonValue::Null));
    row.add(u"status"_s, dealStatusWord(d.status));
    row.add(u"pipelineId"_s, d.pipeline.value);
    row.add(u"stageId"_s, d.stage.value);
    row.add(u"contactId"_s, d.contactId.value);
    row.add(u"contactName"_s, d.contactName);
    row.add(u"assignedTo"_s, d.assignedTo.value);
    row.add(u"source"_s, d.source);
    row.add(u"createdAt"_s, moment(d.createdAt));
    row.add(u"updatedAt"_s, moment(d.updatedAt));
    const auto line = std::find_if(pipelines.cbegin(), pipelines.cend(), [&](const Pipeline &pipeline) { return pipeline.id == d.pipeline; });
    const Stage *stage = line == pipelines.cend() ? nullptr : line->stage(d.stage);
    row.add(u"pipeline"_s, line == pipelines.cend() ? QString() : line->name);
    row.add(u"stage"_s, stage ? stage->name : QString());
    row.add(u"owner"_s, one.ownerName);
    row.add(u"stageSince"_s, moment(one.movedAt));
    row.add(u"followers"_s, list(d.followers));
    return row;
}

/// The names of the columns, also when there is no row.
QByteArray head(const Row &row, ExportFormat format)
{
    return format == ExportFormat::Csv ? QByteArray("\xEF\xBB\xBF") + csv::line(row.names) : QByteArray();
}

Task<Result<qint64>> contacts(store::Cache *cache, ExportRequest request, ExportSink sink)
{
    auto learning = cache->reference(request.location);
    const auto reference = co_await learning;
    if (!reference)
        co_return fail(reference.error());
    if (!request.contacts) {
        ContactListQuery query;
        query.location = request.location;
        auto listing = cache->contactList(query);
        const auto spine = co_await listing;
        if (!spine)
            co_return fail(spine.error());
        request.contacts = spine->keys;
    }
    auto beginning = sink(head(contactRow({}, reference->customFields), request.format));
    if (const bool taken = co_await beginning; !taken)
        co_return noRoom();
    qint64 count = 0;
    for (qsizetype at = 0; at < request.contacts->size(); at += block) {
        auto reading = cache->contactRows(request.contacts->mid(at, block));
        const auto rows = co_await reading;
        if (!rows)
            co_return fail(rows.error());
        auto writing = aside([rows = *rows, fields = reference->customFields, format = request.format] {
            QByteArray bytes;
            for (const ContactRow &row : rows)
                bytes += format == ExportFormat::VCard ? vcard::card(row.contact) : written(contactRow(row.contact, fields), format);
            return bytes;
        });
        QByteArray bytes = co_await writing;
        count += rows->size();
        auto handing = sink(std::move(bytes));
        if (const bool taken = co_await handing; !taken)
            co_return noRoom();
    }
    co_return count;
}

template <class Item, class Fetch, class Write>
Task<Result<qint64>> pages(ExportFormat format, ExportSink sink, Fetch fetch, Write write, std::function<qint64(const Item &)> keyOf)
{
    auto beginning = sink(head(write(Item()), format));
    if (const bool taken = co_await beginning; !taken)
        co_return noRoom();
    qint64 count = 0;
    qint64 last = 0;
    for (;;) {
        auto reading = fetch(last);
        const Result<QVector<Item>> items = co_await reading;
        if (!items)
            co_return fail(items.error());
        if (items->isEmpty())
            break;
        auto writing = aside([items = *items, write, format] {
            QByteArray bytes;
            for (const Item &item : items)
                bytes += written(write(item), format);
            return bytes;
        });
        QByteArray bytes = co_await writing;
        count += items->size();
        last = keyOf(items->last());
        auto handing = sink(std::move(bytes));
        if (const bool taken = co_await handing; !taken)
            co_return noRoom();
    }
    co_return count;
}

/// Only these, in this order.
Task<Result<qint64>> deals(store::Cache *cache, QVector<qint64> keys, QVector<Pipeline> pipelines, ExportFormat format, ExportSink sink)
{
    auto beginning = sink(head(dealRow({}, pipelines), format));
    if (const bool taken = co_await beginning; !taken)
        co_return noRoom();
    qint64 count = 0;
    for (qsizetype at = 0; at < keys.size(); at += block) {
        auto reading = cache->dealRows(keys.mid(at, block));
        const auto rows = co_await reading;
        if (!rows)
            co_return fail(rows.error());
        auto writing = aside([rows = *rows, pipelines, format] {
            QByteArray bytes;
            for (const DealRow &row : rows)
                bytes += written(dealRow(row, pipelines), format);
            return bytes;
        });
        QByteArray bytes = co_await writing;
        count += rows->size();
        auto handing = sink(std::move(bytes));
        if (const bool taken = co_await handing; !taken)
            co_return noRoom();
    }
    co_return count;
}

} // namespace

std::optional<ExportKind> exportKindFromWord(const QString &word)
{
    if (word == "contacts"_L1)
        return ExportKind::Contacts;
    if (word == "messages"_L1)
        return ExportKind::Messages;
    if (word == "opportunities"_L1)
        return ExportKind::Opportunities;
    return std::nullopt;
}

std::optional<ExportFormat> exportFormatFromWord(const QString &word)
{
    if (word == "csv"_L1)
        return ExportFormat::Csv;
    if (word == "jsonl"_L1)
        return ExportFormat::JsonLines;
    if (word == "vcard"_L1 || word == "vcf"_L1)
        return ExportFormat::VCard;
    return std::nullopt;
}

Task<Result<qint64>> exportData(store::Cache *cache, ExportRequest request, ExportSink sink)
{
    if (request.kind == ExportKind::Contacts) {
        auto work = contacts(cache, std::move(request), std::move(sink));
        co_return co_await work;
    }
    if (request.format == ExportFormat::VCard)
        co_return fail(ErrorKind::Usage, QCoreApplication::translate("Export", "Only contacts can be written as vCards."));
    const LocationId location = request.location;
    if (request.kind == ExportKind::Messages) {
        auto work = pages<store::Cache::ExportMessage>(
            request.format, std::move(sink), [cache, location](qint64 key) { return cache->messagesAfter(location, key, block); }, &messageRow,
            [](const store::Cache::ExportMessage &one) { return one.key; });
        co_return co_await work;
    }
    auto learning = cache->reference(location);
    const auto reference = co_await learning;
    if (!reference)
        co_return fail(reference.error());
    const QVector<Pipeline> pipelines = reference->pipelines.value_or(QVector<Pipeline>());
    if (request.deals) {
        auto some = deals(cache, *request.deals, pipelines, request.format, std::move(sink));
        co_return co_await some;
    }
    auto work = pages<DealRow>(
        request.format, std::move(sink), [cache, location](qint64 key) { return cache->dealsAfter(location, key, block); },
        [pipelines](const DealRow &row) { return dealRow(row, pipelines); }, [](const DealRow &one) { return one.key; });
    co_return co_await work;
}

} // namespace outrigger::sync
