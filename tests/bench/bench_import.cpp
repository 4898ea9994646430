// SPDX-License-Identifier: GPL-3.0-or-later
// A file of ROWS contacts to durable records of the outbox: bench_import DIR ROWS
// Prints import MS, memory MB (by how much the peak of the process grew), floor MS (the file parsed with libcsv alone, its
// rows thrown away).
#include "benchdata.h"
#include "core/profile.h"
#include "domain/csvreader.h"
#include "sync/engine.h"
#include "sync/importer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

using namespace outrigger;
using namespace Qt::StringLiterals;

namespace {

bool write(const QString &path, int rows)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write("First name,Last name,Phone,Email,Company,City,Tags\n");
    for (int i = 0; i < rows; ++i)
        file.write(u"Number %1,Lead,+1407%2,lead%1@example.com,\"Roofs, %3\",Orlando,\"hot, roof\"\n"_s.arg(i).arg(2'000'000 + i).arg(i % 900).toUtf8());
    return file.flush();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 3)
        return 2;
    const QString folder = QString::fromLocal8Bit(argv[1]);
    const int rows = std::atoi(argv[2]);
    QDir().mkpath(folder);
    const QString path = folder + u"/people.csv"_s;
    if (!write(path, rows))
        return bench::gaveUp(__LINE__);
    QElapsedTimer timer;
    timer.start();
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return bench::gaveUp(__LINE__);
        csv::Reader reader(&file);
        qsizetype read = 0;
        while (!reader.atEnd())
            read += reader.read().size();
        if (read != rows + 1)
            return bench::gaveUp(__LINE__);
    }
    const double floor = double(timer.nsecsElapsed()) / 1e6;
    auto profile = Profile::open(folder + u"/profile"_s);
    if (!profile || !profile->lock())
        return bench::gaveUp(__LINE__);
    sync::EngineOptions options;
    options.offline = true;
    options.pull = options.deliver = false;
    sync::Engine engine(*profile, options);
    if (!bench::await(engine.start()))
        return bench::gaveUp(__LINE__);
    Account account;
    account.id = AccountId(u"bench"_s);
    account.location = bench::location;
    const auto preview = bench::await(sync::previewImport(path, {}));
    if (!preview)
        return bench::gaveUp(__LINE__);
    ImportPlan plan;
    plan.columns = preview->columns;
    const qint64 before = bench::memory("VmHWM");
    timer.restart();
    const auto counts = bench::await(sync::importContacts(&engine.cache(), &engine.outbox(), account, path, plan, {}, u"US"_s, false));
    const double took = double(timer.nsecsElapsed()) / 1e6;
    if (!counts || counts->taken != rows)
        return bench::gaveUp(__LINE__);
    std::printf("import %.1f memory %.1f floor %.1f\n", took, double(bench::memory("VmHWM") - before) / 1024.0, floor);
    return 0;
}
