// SPDX-License-Identifier: GPL-3.0-or-later
// Fills a profile: bench_fill DIR CONTACTS CONVERSATIONS MESSAGES [MESSAGES_IN_THE_FIRST_CONVERSATION]
#include "benchdata.h"
#include "core/profile.h"
#include "core/ulid.h"
#include "store/cache.h"
#include "store/ledger.h"

using namespace outrigger;

namespace {

bool check(const Error *error)
{
    if (error)
        std::fprintf(stderr, "bench_fill: %s\n", qPrintable(error->message));
    return !error;
}
template <class T>
bool good(const Result<T> &result) { return check(result ? nullptr : &result.error()); }

constexpr int slice = 1000;

bool fillContacts(store::Cache &cache, int count)
{
    for (int from = 0; from < count; from += slice) {
        QVector<Contact> contacts;
        for (int n = from; n < std::min(count, from + slice); ++n)
            contacts.append(bench::contact(n));
        if (!good(bench::await(cache.putContacts(bench::location, contacts, std::nullopt))))
            return false;
    }
    return true;
}

bool fillTalks(store::Cache &cache, int talks, int messages, int inFirst)
{
    for (int from = 0; from < talks; from += slice) {
        QVector<Conversation> rows;
        for (int n = from; n < std::min(talks, from + slice); ++n)
            rows.append(bench::conversation(n));
        if (!good(bench::await(cache.putConversations(bench::location, rows, std::nullopt))))
            return false;
    }
    QVector<Message> batch;
    const auto flush = [&] {
        const bool ok = batch.isEmpty() || good(bench::await(cache.putMessages(bench::location, std::exchange(batch, {}), std::nullopt)));
        return ok;
    };
    const int each = talks > 1 ? (messages - inFirst) / (talks - 1) : 0;
    for (int talk = 0; talk < talks; ++talk) {
        const int count = talk == 0 ? inFirst : each;
        for (int n = count - 1; n >= 0; --n) {
            batch.append(bench::message(talk, n));
            if (batch.size() >= 5000 && !flush())
                return false;
        }
    }
    return flush();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 5)
        return 2;
    auto profile = Profile::open(QString::fromLocal8Bit(argv[1]));
    if (!good(profile))
        return 1;
    store::Ledger ledger(profile->outboxFile(), profile->journalFile());
    if (!good(bench::await(ledger.open())))
        return 1;
    Account account;
    account.id = AccountId(newUlid());
    account.name = QStringLiteral("Bench");
    account.location = bench::location;
    account.locationName = QStringLiteral("Bench location");
    account.timezone = QStringLiteral("America/New_York");
    account.country = QStringLiteral("US");
    account.server = QUrl(QStringLiteral("http://127.0.0.1:9"));
    account.createdAt = QDateTime::currentDateTimeUtc();
    if (!good(bench::await(ledger.putAccount(account))))
        return 1;
    store::Cache cache(profile->cacheFile());
    if (!good(bench::await(cache.open())))
        return 1;
    const int talks = std::atoi(argv[3]);
    const int messages = std::atoi(argv[4]);
    const int inFirst = argc > 5 ? std::atoi(argv[5]) : (talks ? messages / talks : 0);
    return fillContacts(cache, std::atoi(argv[2])) && fillTalks(cache, talks, messages, inFirst) ? 0 : 1;
}
