// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache.h"

#include "core/log.h"
#include "store/cache_write.h"
#include "store/files.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

constexpr int badKept = 2;

DatabaseOptions optionsFor(const QString &file, Access access)
{
    DatabaseOptions options;
    options.file = file;
    options.schema = u"cache"_s;
    options.access = access;
    return options;
}

bool mustRebuild(const Error &error)
{
    return error.code == "corrupt"_L1 || error.code == "newer"_L1 || error.code == "sqlite"_L1 || error.code == "constraint"_L1;
}

} // namespace

Cache::Cache(const QString &file, QObject *parent)
    : QObject(parent),
      m_reader(std::make_unique<Database>(optionsFor(file, Access::ReadOnly))),
      m_writer(std::make_unique<Database>(optionsFor(file, Access::ReadWrite)))
{
}

Cache::~Cache()
{
    m_reader.reset();
    m_writer.reset();
}

void Cache::setFaults(std::shared_ptr<Faults> faults)
{
    auto options = m_writer->options();
    options.faults = std::move(faults);
    m_writer = std::make_unique<Database>(options);
}

Task<Status> Cache::openOnce()
{
    auto writing = m_writer->open();
    const Status writer = co_await writing;
    if (!writer)
        co_return writer;
    auto reading = m_reader->open();
    const Status reader = co_await reading;
    co_return reader;
}

Task<Status> Cache::open(bool afterUncleanEnd)
{
    m_writer->setCheckIntegrity(afterUncleanEnd);
    auto first = openOnce();
    const Status opened = co_await first;
    if (opened || !mustRebuild(opened.error()))
        co_return opened;
    auto closeReader = m_reader->close();
    co_await closeReader;
    auto closeWriter = m_writer->close();
    co_await closeWriter;
    const QString file = m_writer->options().file;
    if (files::setAside(file, opened.error().code == "newer"_L1 ? u"newer"_s : u"bad"_s, badKept).isEmpty())
        co_return opened;
    QFile::remove(file + u".check"_s);
    qCWarning(logStore) << "the cache was set aside and is built anew:" << opened.error().code;
    m_rebuilt = true;
    auto second = openOnce();
    co_return co_await second;
}

void Cache::announce(const Changes &changes)
{
    m_notices.add(changes.contacts);
    m_notices.add(changes.conversations);
    m_notices.add(changes.messages);
    m_notices.add(changes.deals);
    m_notices.add(changes.events);
    m_notices.add(changes.tasks);
}

Task<Result<ChangeSet>> Cache::write(LocationId location, Table primary, std::optional<Cursor> cursor,
                                     std::function<Status(CacheWriter &)> job)
{
    auto work = m_writer->run<Changes>([location, cursor, job, at = now()](Connection &connection) -> Result<Changes> {
        CacheWriter writer(connection, location, at);
        if (const Status begun = writer.begin(); !begun)
            return fail(begun.error());
        if (const Status done = job(writer); !done)
            return fail(done.error());
        return writer.commit(cursor);
    });
    auto changes = co_await work;
    if (!changes)
        co_return fail(changes.error());
    announce(*changes);
    co_return changes->of(primary);
}

Task<Result<Cursor>> Cache::cursor(LocationId location, QString feed)
{
    return m_writer->run<Cursor>([location, feed](Connection &connection) -> Result<Cursor> {
        Cursor cursor;
        cursor.feed = feed;
        auto &read = connection.statement("SELECT position, watermark, seen, total, complete, sweep, last_error, last_success FROM cursors"
                                          " WHERE location=(SELECT key FROM locations WHERE id=?) AND feed=?");
        const auto found = read.text(location.value).text(feed).step();
        if (!found)
            return fail(found.error());
        if (*found) {
            cursor.position = read.textAt(0);
            cursor.watermark = read.dateAt(1);
            cursor.seen = read.integerAt(2);
            cursor.total = read.integerAt(3);
            cursor.complete = read.integerAt(4) != 0;
            cursor.sweep = read.integerAt(5);
            cursor.lastError = read.textAt(6);
            cursor.lastSuccess = read.dateAt(7);
        }
        read.done();
        return cursor;
    });
}

Task<Status> Cache::putCursor(LocationId location, Cursor cursor)
{
    auto work = write(location, Table::Reference, cursor, [](CacheWriter &) { return Status{}; });
    const auto written = co_await work;
    if (!written)
        co_return fail(written.error());
    co_return Status{};
}

namespace {

/// Rows for a job that also frees them: the last of 500 contacts with their fields would cost the GUI thread 5 ms.
template <class Row>
std::shared_ptr<QVector<Row>> handedOver(QVector<Row> rows)
{
    return std::make_shared<QVector<Row>>(std::move(rows));
}

} // namespace

Task<Result<ChangeSet>> Cache::putContacts(LocationId location, QVector<Contact> contacts, std::optional<Cursor> cursor)
{
    return write(location, Table::Contacts, cursor, [page = handedOver(std::move(contacts)), cursor](CacheWriter &writer) -> Status {
        const auto taken = std::exchange(*page, {});
        if (const Status marked = writer.markSweep(u"contacts"_s, cursor); !marked)
            return marked;
        for (const Contact &contact : taken) {
            if (const Status put = writer.putContact(contact); !put)
                return put;
        }
        return {};
    });
}

Task<Result<ChangeSet>> Cache::putConversations(LocationId location, QVector<Conversation> conversations, std::optional<Cursor> cursor)
{
    return write(location, Table::Conversations, cursor, [page = handedOver(std::move(conversations)), cursor](CacheWriter &writer) -> Status {
        const auto taken = std::exchange(*page, {});
        if (const Status marked = writer.markSweep(u"conversations"_s, cursor); !marked)
            return marked;
        for (const Conversation &conversation : taken) {
            if (const Status put = writer.putConversation(conversation); !put)
                return put;
        }
        return {};
    });
}

Task<Result<ChangeSet>> Cache::putMessages(LocationId location, QVector<Message> messages, std::optional<Cursor> cursor)
{
    return write(location, Table::Messages, cursor, [page = handedOver(std::move(messages))](CacheWriter &writer) -> Status {
        const auto taken = std::exchange(*page, {});
        if (const Status marked = writer.markSweep(u"conversations"_s, std::nullopt); !marked)
            return marked;
        for (const Message &message : taken) {
            if (const Status put = writer.putMessage(message); !put)
                return put;
        }
        return {};
    });
}

Task<Result<ChangeSet>> Cache::project(OutboxRecord record)
{
    const Table primary = record.kind == OutboxKind::SendMessage || record.kind == OutboxKind::CancelSchedule ? Table::Messages
        : record.kind == OutboxKind::ConversationRead            ? Table::Conversations
        : isDealKind(record.kind)                                ? Table::Opportunities
        : isTaskKind(record.kind) || isNoteKind(record.kind)     ? Table::Tasks
                                                                 : Table::Contacts;
    return write(record.location, primary, std::nullopt, [record](CacheWriter &writer) -> Status {
        if (const Status marked = writer.markSweep(u"contacts"_s, std::nullopt); !marked)
            return marked;
        return writer.project(record);
    });
}

Task<Result<ChangeSet>> Cache::removeContact(LocationId location, ContactId id)
{
    return write(location, Table::Contacts, std::nullopt, [id](CacheWriter &writer) { return writer.removeContact(id.value); });
}

Task<Result<ChangeSet>> Cache::markConversationDeleted(LocationId location, ConversationId id)
{
    return write(location, Table::Conversations, std::nullopt, [id](CacheWriter &writer) -> Status {
        auto &mark = writer.connection().statement("UPDATE conversations SET deleted=1, hash=NULL WHERE location=? AND id=? AND deleted=0 RETURNING key");
        const auto keys = rows::keys(mark.integer(writer.location()).text(id.value));
        if (!keys)
            return fail(keys.error());
        for (const qint64 key : *keys)
            writer.touch(key);
        return {};
    });
}

Task<Result<ChangeSet>> Cache::removeMessage(LocationId location, MessageId id)
{
    return write(location, Table::Messages, std::nullopt, [id](CacheWriter &writer) -> Status {
        const auto key = writer.messageKey(id.value);
        if (!key)
            return fail(key.error());
        return *key ? writer.deleteMessageRow(*key) : Status{};
    });
}

} // namespace outrigger::store
