// SPDX-License-Identifier: GPL-3.0-or-later
// The first sync of all contacts: bench_first_sync URL LOCATION DIR ROUNDS   (token in OUTRIGGER_TOKEN)
// Prints for each round: sync MS, floor MS, rows N. The floor parses the same bytes with QJsonDocument and inserts the
// same rows with the SQLite C API into the same schema; it neither asks a network nor looks at what it has.
#include "benchdata.h"
#include "core/profile.h"
#include "floordb.h"
#include "paintwatch.h"
#include "store/cache.h"
#include "sync/engine.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace outrigger;

namespace {

QVector<QByteArray> fetchPages(const QUrl &server, const QString &token, const QString &location)
{
    QNetworkAccessManager manager;
    QVector<QByteArray> pages;
    QJsonArray after;
    for (;;) {
        QJsonObject body{{QStringLiteral("locationId"), location}, {QStringLiteral("pageLimit"), 500},
                         {QStringLiteral("sort"), QJsonArray{QJsonObject{{QStringLiteral("field"), QStringLiteral("dateUpdated")}, {QStringLiteral("direction"), QStringLiteral("desc")}}}}};
        if (!after.isEmpty())
            body.insert(QStringLiteral("searchAfter"), after);
        QNetworkRequest request(server.resolved(QUrl(QStringLiteral("/contacts/search"))));
        request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
        request.setRawHeader("Version", "2021-07-28");
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        std::unique_ptr<QNetworkReply> reply(manager.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact)));
        if (!bench::waitUntil([&] { return reply->isFinished(); }) || reply->error() != QNetworkReply::NoError)
            return {};
        pages.append(reply->readAll());
        const auto contacts = QJsonDocument::fromJson(pages.last()).object().value(QLatin1String("contacts")).toArray();
        if (contacts.isEmpty())
            break;
        after = contacts.last().toObject().value(QLatin1String("searchAfter")).toArray();
    }
    return pages;
}

double syncOnce(const QUrl &server, const QString &token, const QString &location, const QString &dir)
{
    auto profile = Profile::open(dir);
    if (!profile || !profile->lock())
        return -1;
    sync::EngineOptions options;
    options.server = server;
    options.sessionToken = token;
    options.sessionLocation = LocationId(location);
    options.pull = false;
    sync::Engine engine(*profile, options);
    if (!bench::await(engine.start()))
        return -1;
    if (!bench::await(engine.syncNow({QStringLiteral("users")}, false))) // signed in, connection open
        return -1;
    QElapsedTimer timer;
    timer.start();
    const auto done = bench::await(engine.syncNow({QStringLiteral("contacts")}, false));
    const double elapsed = bench::milliseconds(timer);
    if (!done)
        std::fprintf(stderr, "bench_first_sync: %s\n", qPrintable(done.error().message));
    bench::await(engine.stop());
    return done ? elapsed : -1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 5)
        return 2;
    const QUrl server(QString::fromLocal8Bit(argv[1]));
    const QString location = QString::fromLocal8Bit(argv[2]);
    const QString token = qEnvironmentVariable("OUTRIGGER_TOKEN");
    const auto pages = fetchPages(server, token, location);
    if (pages.size() < 2)
        return bench::gaveUp(__LINE__);
    for (int round = 0; round < std::atoi(argv[4]); ++round) {
        const QString dir = QString::fromLocal8Bit(argv[3]) + QStringLiteral("/round%1").arg(round);
        const double sync = syncOnce(server, token, location, dir);
        if (sync < 0)
            return bench::gaveUp(__LINE__);
        bench::FloorDb floor(dir + QStringLiteral("/cache.sqlite"), dir + QStringLiteral("/floor.sqlite"));
        QElapsedTimer timer;
        timer.start();
        for (const auto &page : pages) {
            if (QJsonDocument::fromJson(page).isNull())
                return bench::gaveUp(__LINE__);
        }
        const double parsed = bench::milliseconds(timer);
        const double inserted = floor.insertAll();
        std::printf("sync %.1f floor %.1f parse %.1f insert %.1f rows %lld\n", sync, parsed + inserted, parsed, inserted, floor.rows());
        std::fflush(stdout);
        QDir(dir).removeRecursively();
    }
    return 0;
}
