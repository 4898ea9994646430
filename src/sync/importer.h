// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/task.h"
#include "domain/account.h"
#include "domain/contactimport.h"

#include <QStringList>
#include <QVector>

namespace outrigger::store {
class Cache;
}

namespace outrigger::sync {

class Outbox;

/// What a file looks like, before anything is done with it.
struct ImportPreview {
    QString encoding;
    QChar separator; ///< null: the file holds vCards, and its columns are ours
    QStringList header;
    QVector<QStringList> rows; ///< the first ones
    QStringList columns;       ///< what the header seems to mean
};
Task<Result<ImportPreview>> previewImport(QString file, QVector<CustomField> fields);

struct ImportCounts {
    qint64 rows = 0;
    qint64 taken = 0;    ///< go to the outbox
    qint64 repeated = 0; ///< the same number or address further up in the file
    qint64 here = 0;     ///< of the first 2,000: already in the local copy
    struct Problem {
        qint64 row = 0;
        QString sentence;
    };
    QVector<Problem> problems; ///< the first hundred
    qint64 wrong = 0;
    QString job; ///< empty for a dry run
};
/// Reads the file row by row on a thread of the pool and hands it to the outbox in parts of a hundred; memory does not
/// grow with the file. dryRun: counts only. A file that cannot be read to its end is refused as a whole, before anything
/// is handed over.
Task<Result<ImportCounts>> importContacts(store::Cache *cache, Outbox *outbox, Account account, QString file, ImportPlan plan, QVector<CustomField> fields,
                                          QString region, bool dryRun);

} // namespace outrigger::sync
