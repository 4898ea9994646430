// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_search.h"
#include "store/cache_write.h"
#include "store/recordjson.h"

using namespace Qt::StringLiterals;

// E-mail that has been opened: its text is not in lists.
namespace outrigger::store {

constexpr qsizetype threadWords = 2000; ///< of an e-mail

Task<Result<std::optional<mail::Body>>> Cache::email(LocationId location, EmailId id)
{
    return m_reader->run<std::optional<mail::Body>>([location, id](Connection &connection) -> Result<std::optional<mail::Body>> {
        std::optional<mail::Body> found;
        auto &read = connection.statement("SELECT data FROM emails WHERE location=(SELECT key FROM locations WHERE id=?) AND id=?");
        const Status done = rows::each(read.text(location.value).text(id.value),
                                       [&found](Statement &row) { found = mail::Body::fromJson(objectFrom(row.utf8At(0))); });
        if (!done)
            return fail(done.error());
        return found;
    });
}

Task<Status> Cache::putEmail(LocationId location, mail::Body body, MessageId message, QString words)
{
    auto work = write(location, Table::Messages, std::nullopt, [body, message, words](CacheWriter &writer) -> Status {
        const Status put = writer.connection().statement("INSERT OR REPLACE INTO emails(location, id, data) VALUES(?,?,?)")
                               .integer(writer.location()).text(body.id.value).utf8(compact(body.toJson())).run();
        if (!put || message.isEmpty() || words.isEmpty())
            return put;
        const auto key = writer.messageKey(message.value);
        if (!key)
            return fail(key.error());
        if (!*key)
            return {};
        if (const Status found = searching::putText(writer.connection(), writer.location(), searching::mailText, *key, body.subject + u'\n' + words); !found)
            return found;
        const auto row = writer.messageRow(*key, nullptr);
        if (!row)
            return fail(row.error());
        if (!*row || !(*row)->message.body.isEmpty())
            return {};
        Message known = (*row)->message;
        known.body = words.left(threadWords);
        return writer.updateMessage(*key, known);
    });
    const auto written = co_await work;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

} // namespace outrigger::store
