// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/exportfile.h"

#include "core/aside.h"

#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace outrigger::sync {

namespace {
tl::unexpected<Error> notWritten(const QSaveFile &file)
{
    return fail(ErrorKind::Storage, QCoreApplication::translate("Export", "The file could not be written: %1").arg(file.errorString()));
}
} // namespace

ExportFormat exportFormatOf(const QString &path)
{
    if (path.endsWith(u".vcf"_s, Qt::CaseInsensitive))
        return ExportFormat::VCard;
    return path.endsWith(u".jsonl"_s, Qt::CaseInsensitive) ? ExportFormat::JsonLines : ExportFormat::Csv;
}

Task<Result<qint64>> exportToFile(store::Cache *cache, ExportRequest request, QString path)
{
    const auto file = std::make_shared<QSaveFile>(path);
    auto opening = aside([file] { return file->open(QIODevice::WriteOnly) && file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner); });
    if (const bool open = co_await opening; !open)
        co_return notWritten(*file);
    auto writing = exportData(cache, std::move(request), [file](QByteArray bytes) {
        return aside([file, bytes = std::move(bytes)] { return file->write(bytes) == bytes.size(); });
    });
    const auto count = co_await writing;
    if (!count)
        co_return fail(count.error());
    auto closing = aside([file] { return file->commit(); });
    if (const bool kept = co_await closing; !kept)
        co_return notWritten(*file);
    co_return *count;
}

} // namespace outrigger::sync
