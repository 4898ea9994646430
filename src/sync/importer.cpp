// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/importer.h"

#include "core/aside.h"
#include "core/ulid.h"
#include "domain/csvreader.h"
#include "store/cache.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {

constexpr int previewRows = 20;
constexpr int partRows = 100;
constexpr int askedHere = 2'000;
constexpr int problemsKept = 100;

tl::unexpected<Error> unreadable(const QString &sentence) { return fail(ErrorKind::Usage, sentence); }

/// A file being read; only ever used by one job at a time.
struct Open {
    QFile file;
    std::unique_ptr<csv::Reader> reader;
    explicit Open(const QString &path) : file(path)
    {
        if (file.open(QIODevice::ReadOnly))
            reader = std::make_unique<csv::Reader>(&file);
    }
};

Task<Result<std::shared_ptr<Open>>> opened(QString path)
{
    auto opening = aside([path] { return std::make_shared<Open>(path); });
    const auto open = co_await opening;
    if (!open->reader)
        co_return unreadable(QCoreApplication::translate("Import", "%1 cannot be read: %2").arg(path, open->file.errorString()));
    co_return open;
}

struct Block {
    QVector<csv::Reader::Row> rows;
    bool last = false;
    QString problem;
};

Task<Block> blockOf(std::shared_ptr<Open> open)
{
    auto reading = aside([open] {
        Block block;
        block.rows = open->reader->read();
        block.last = open->reader->atEnd();
        block.problem = open->reader->problem();
        return block;
    });
    co_return co_await reading;
}

QString keyOf(const ContactDraft &draft) { return draft.phone.isEmpty() ? draft.email.toLower() : draft.phone; }

/// One going through the file: `take` gets each row that can be used; answers with an error of its own to stop.
struct Pass {
    ImportCounts counts;
    QSet<size_t> seen; ///< hashes of numbers and addresses: 100,000 of them are 4 MB
    bool header = true;
};

void readInto(Pass &pass, const Block &block, const ImportPlan &plan, const QVector<CustomField> &fields, const QString &region,
              QVector<std::pair<qint64, ContactDraft>> &taken)
{
    for (const auto &row : block.rows) {
        if (std::exchange(pass.header, false))
            continue;
        ++pass.counts.rows;
        ImportedRow read = readRow(row.cells, plan, fields, region);
        if (!read.problem.isEmpty()) {
            ++pass.counts.wrong;
            if (pass.counts.problems.size() < problemsKept)
                pass.counts.problems.append({row.number, read.problem});
            continue;
        }
        if (const QString key = keyOf(read.draft); !key.isEmpty()) {
            const size_t hash = qHash(key);
            if (pass.seen.contains(hash)) {
                ++pass.counts.repeated;
                continue;
            }
            pass.seen.insert(hash);
        }
        ++pass.counts.taken;
        taken.append({row.number, std::move(read.draft)});
    }
}

} // namespace

Task<Result<ImportPreview>> previewImport(QString file, QVector<CustomField> fields)
{
    auto opening = opened(file);
    const auto open = co_await opening;
    if (!open)
        co_return fail(open.error());
    auto reading = blockOf(*open);
    const Block block = co_await reading;
    if (block.rows.isEmpty())
        co_return unreadable(block.problem.isEmpty() ? QCoreApplication::translate("Import", "There is nothing in this file.") : block.problem);
    ImportPreview preview;
    preview.encoding = (*open)->reader->encoding();
    preview.separator = (*open)->reader->separator();
    preview.header = block.rows.first().cells;
    for (qsizetype i = 1; i < std::min<qsizetype>(block.rows.size(), previewRows + 1); ++i)
        preview.rows.append(block.rows[i].cells);
    preview.columns = guessColumns(preview.header, fields);
    co_return preview;
}

Task<Result<ImportCounts>> importContacts(store::Cache *cache, Outbox *outbox, Account account, QString file, ImportPlan plan, QVector<CustomField> fields,
                                          QString region, bool dryRun)
{
    // Once for the counts, so that a file that breaks off is refused before anybody of it is added.
    Pass first;
    auto opening = opened(file);
    const auto open = co_await opening;
    if (!open)
        co_return fail(open.error());
    for (bool last = false; !last;) {
        auto reading = blockOf(*open);
        const Block block = co_await reading;
        if (!block.problem.isEmpty())
            co_return unreadable(block.problem);
        last = block.last;
        QVector<std::pair<qint64, ContactDraft>> taken;
        readInto(first, block, plan, fields, region, taken);
        for (qsizetype i = 0; dryRun && i < taken.size() && taken[i].first <= askedHere; ++i) {
            const QStringList words{taken[i].second.phone, taken[i].second.email};
            bool here = false;
            for (qsizetype w = 0; w < words.size() && !here; ++w) {
                if (words[w].isEmpty())
                    continue;
                auto asking = cache->findContacts(account.location, words[w], region, 1);
                const auto hits = co_await asking;
                here = hits && !hits->isEmpty() && hits->first().match == ContactHit::Match::Exact;
            }
            first.counts.here += here ? 1 : 0;
        }
    }
    if (dryRun || first.counts.taken == 0)
        co_return std::move(first.counts);
    Pass second;
    auto again = opened(file);
    const auto reopened = co_await again;
    if (!reopened)
        co_return fail(reopened.error());
    ImportPart part;
    part.job = newUlid();
    part.title = QCoreApplication::translate("Import", "Import %1").arg(QFileInfo(file).fileName());
    part.twins = plan.twins;
    part.parts = int((first.counts.taken + partRows - 1) / partRows);
    for (bool last = false; !last;) {
        auto reading = blockOf(*reopened);
        const Block block = co_await reading;
        last = block.last;
        QVector<std::pair<qint64, ContactDraft>> taken;
        readInto(second, block, plan, fields, region, taken);
        QVector<QJsonObject> parts;
        const auto close = [&] {
            parts.append(part.toJson());
            part.rows.clear();
            part.numbers.clear();
            ++part.part;
        };
        for (auto &[number, draft] : taken) {
            part.numbers.append(number);
            part.rows.append(std::move(draft));
            if (part.rows.size() == partRows)
                close();
        }
        if (last && !part.rows.isEmpty())
            close();
        if (parts.isEmpty())
            continue;
        BulkPart carrier;
        carrier.field = importField;
        QJsonArray all;
        for (const QJsonObject &one : std::as_const(parts))
            all.append(one);
        carrier.value = all;
        auto handing = outbox->submitBulk(account, carrier, {}, {});
        const auto handed = co_await handing;
        if (!handed)
            co_return fail(handed.error());
    }
    first.counts.job = part.job;
    co_return std::move(first.counts);
}

} // namespace outrigger::sync
