// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/exporter.h"

namespace outrigger::sync {

/// By the ending of its name: .vcf, .jsonl, else CSV.
ExportFormat exportFormatOf(const QString &path);
/// Exports to a file that only its owner may read; the whole of it or nothing. The disk is touched on a thread of the
/// pool; called and answered on the main thread. The rows written; Storage with one sentence when that failed.
Task<Result<qint64>> exportToFile(store::Cache *cache, ExportRequest request, QString path);

} // namespace outrigger::sync
