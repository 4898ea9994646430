// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/importer.h"

#include "core/aside.h"
#include "core/ulid.h"
#include "domain/csvreader.h"
#include "domain/vcardreader.h"
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
    std::unique_ptr<csv::Reader> table;
    std::unique_ptr<vcard::Reader> cards;
    explicit Open(const QString &path) : file(path)
    {
        if (!file.open(QIODevice::ReadOnly))
            return;
        if (vcard::isCards(file.peek(64)))
            cards = std::make_unique<vcard::Reader>(&file);
        else
            table = std::make_unique<csv::Reader>(&file);
    }
};

Task<Result<std::shared_ptr<Open>>> opened(QString path)
{
    auto opening = aside([path] { return std::make_shared<Open>(path); });
    const auto open = co_await opening;
    if (!open->table && !open->cards)
        co_return unreadable(QCoreApplication::translate("Import", "%1 cannot be read: %2").arg(path, open->file.errorString()));
    co_return open;
}

struct Block {
    QVector<csv::Reader::Row> rows;
    bool last = false;
    QString problem;
};

Block readBlock(Open &open)
{
    Block block;
    const auto read = [&block](auto &reader) {
        block.rows = reader.read();
        block.last = reader.atEnd();
        block.problem = reader.problem();
    };
    if (open.cards)
        read(*open.cards);
    else
        read(*open.table);
    return block;
}

QString keyOf(const ContactDraft &draft) { return draft.phone.isEmpty() ? draft.email.toLower() : draft.phone; }

/// One going through the file. Lives on the threads of the pool, used by one job at a time.
struct Pass {
    ImportPlan plan;
    QVector<CustomField> fields;
    QString region;
    ImportCounts counts = {};
    QSet<size_t> seen = {}; ///< hashes of numbers and addresses: 100,000 of them are 4 MB
    bool header = true;
};

using Drafts = QVector<std::pair<qint64, ContactDraft>>;

void readInto(Pass &pass, const Block &block, Drafts &taken)
{
    for (const auto &row : block.rows) {
        if (std::exchange(pass.header, false))
            continue;
        ++pass.counts.rows;
        ImportedRow read = readRow(row.cells, pass.plan, pass.fields, pass.region);
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

/// The next rows as drafts. Reading numbers is most of the work of an import, so all of it is done aside.
struct Stretch {
    Drafts taken;
    bool last = false;
    QString problem;
};

Task<Stretch> stretchOf(std::shared_ptr<Open> open, std::shared_ptr<Pass> pass)
{
    auto reading = aside([open, pass] {
        const Block block = readBlock(*open);
        Stretch stretch;
        stretch.last = block.last;
        stretch.problem = block.problem;
        if (block.problem.isEmpty())
            readInto(*pass, block, stretch.taken);
        return stretch;
    });
    co_return co_await reading;
}

/// And as parts of a job, as the outbox stores them; `part` goes on from one to the next.
struct Parts {
    QJsonArray ready;
    bool last = false;
    QString problem;
};

Task<Parts> partsOf(std::shared_ptr<Open> open, std::shared_ptr<Pass> pass, std::shared_ptr<ImportPart> part)
{
    auto reading = aside([open, pass, part] {
        const Block block = readBlock(*open);
        Drafts taken;
        if (block.problem.isEmpty())
            readInto(*pass, block, taken);
        Parts parts;
        parts.last = block.last;
        parts.problem = block.problem;
        const auto close = [&] {
            parts.ready.append(part->toJson());
            part->rows.clear();
            part->numbers.clear();
            ++part->part;
        };
        for (auto &[number, draft] : taken) {
            part->numbers.append(number);
            part->rows.append(std::move(draft));
            if (part->rows.size() == partRows)
                close();
        }
        if (block.last && !part->rows.isEmpty())
            close();
        return parts;
    });
    co_return co_await reading;
}

} // namespace

Task<Result<ImportPreview>> previewImport(QString file, QVector<CustomField> fields)
{
    auto opening = opened(file);
    const auto open = co_await opening;
    if (!open)
        co_return fail(open.error());
    auto reading = aside([open = *open] { return readBlock(*open); });
    const Block block = co_await reading;
    if (block.rows.isEmpty())
        co_return unreadable(block.problem.isEmpty() ? QCoreApplication::translate("Import", "There is nothing in this file.") : block.problem);
    ImportPreview preview;
    if ((*open)->table) {
        preview.encoding = (*open)->table->encoding();
        preview.separator = (*open)->table->separator();
    } else {
        preview.encoding = u"vCard"_s;
    }
    preview.header = block.rows.first().cells;
    for (qsizetype i = 1; i < std::min<qsizetype>(block.rows.size(), previewRows + 1); ++i)
        preview.rows.append(block.rows[i].cells);
    preview.columns = guessColumns(preview.header, fields);
    co_return preview;
}

Task<Result<ImportCounts>> importContacts(store::Cache *cache, Outbox *outbox, Account account, QString file, ImportPlan plan, QVector<CustomField> fields,
                                          QString region, bool dryRun)
{
    const auto pass = std::make_shared<Pass>(Pass{plan, fields, region});
    auto opening = opened(file);
    const auto open = co_await opening;
    if (!open)
        co_return fail(open.error());
    for (bool last = false; dryRun && !last;) {
        auto reading = stretchOf(*open, pass);
        const Stretch stretch = co_await reading;
        if (!stretch.problem.isEmpty())
            co_return unreadable(stretch.problem);
        last = stretch.last;
        const Drafts &taken = stretch.taken;
        for (qsizetype i = 0; i < taken.size() && taken[i].first <= askedHere; ++i) {
            const QStringList words{taken[i].second.phone, taken[i].second.email};
            bool here = false;
            for (qsizetype w = 0; w < words.size() && !here; ++w) {
                if (words[w].isEmpty())
                    continue;
                auto asking = cache->findContacts(account.location, words[w], region, 1);
                const auto hits = co_await asking;
                here = hits && !hits->isEmpty() && hits->first().match == ContactHit::Match::Exact;
            }
            pass->counts.here += here ? 1 : 0;
        }
    }
    if (dryRun)
        co_return pass->counts;
    // The file is read once, to its end, before anybody of it is added: one that breaks off is refused as a whole. What
    // was read waits packed, a tenth of its size.
    const auto part = std::make_shared<ImportPart>();
    part->job = newUlid();
    part->title = QCoreApplication::translate("Import", "Import %1").arg(QFileInfo(file).fileName());
    part->twins = plan.twins;
    QVector<QJsonArray> ready;
    for (bool last = false; !last;) {
        auto reading = partsOf(*open, pass, part);
        const Parts parts = co_await reading;
        if (!parts.problem.isEmpty())
            co_return unreadable(parts.problem);
        last = parts.last;
        if (!parts.ready.isEmpty())
            ready.append(parts.ready);
    }
    const int count = int((pass->counts.taken + partRows - 1) / partRows);
    for (const QJsonArray &some : std::as_const(ready)) {
        QJsonArray whole;
        for (const QJsonValue &one : some) {
            QJsonObject object = one.toObject();
            object.insert("parts"_L1, count);
            whole.append(object);
        }
        BulkPart carrier;
        carrier.field = importField;
        carrier.value = whole;
        auto handing = outbox->submitBulk(account, carrier, {}, {});
        const auto handed = co_await handing;
        if (!handed)
            co_return fail(handed.error());
    }
    if (count > 0)
        pass->counts.job = part->job;
    co_return pass->counts;
}

} // namespace outrigger::sync
