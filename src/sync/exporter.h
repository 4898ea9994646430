// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/contactfilter.h"

#include <QByteArray>
#include <QString>
#include <QVector>

#include <functional>
#include <optional>

namespace outrigger::store {
class Cache;
}

namespace outrigger::sync {

enum class ExportKind { Contacts, Messages, Opportunities };
enum class ExportFormat { Csv, JsonLines, VCard };
std::optional<ExportKind> exportKindFromWord(const QString &word);
std::optional<ExportFormat> exportFormatFromWord(const QString &word); ///< csv, jsonl, vcard

struct ExportRequest {
    LocationId location;
    ExportKind kind = ExportKind::Contacts;
    ExportFormat format = ExportFormat::Csv;
    /// Of contacts: only these rows, in this order; unset: all by name.
    std::optional<QVector<qint64>> contacts = {};
    /// Of opportunities: the same; unset: all, in the order of the file.
    std::optional<QVector<qint64>> deals = {};
};
/// Takes the next bytes; false when it can take no more (disk full). One at a time.
using ExportSink = std::function<Task<bool>(QByteArray)>;
/// What the local copy has, in blocks of 500 rows to `sink`. Rows become bytes on a thread of the pool.
/// With our unsent changes in it. CSV: UTF-8 with a mark for spreadsheets, first line the names of the columns, formulas
/// defused. JSON Lines: one object a line. vCard: contacts only. Answers how many rows were written.
Task<Result<qint64>> exportData(store::Cache *cache, ExportRequest request, ExportSink sink);

} // namespace outrigger::sync
