// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"
#include "store/recordjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

/// What the board reads, and what the feed writes.
namespace outrigger::store {

namespace {

constexpr const char *boardSql[] = {
    "SELECT key, stage, value, assigned_to, name, contact_name, company, status FROM opportunities"
    " WHERE location=?1 AND (?2='' OR pipeline=?2) AND hidden=0 AND (?3<0 OR status=?3) ORDER BY moved_at DESC, key DESC",
    "SELECT key, stage, value, assigned_to, name, contact_name, company, status FROM opportunities"
    " WHERE location=?1 AND (?2='' OR pipeline=?2) AND hidden=0 AND (?3<0 OR status=?3) ORDER BY moved_at, key",
    "SELECT key, stage, value, assigned_to, name, contact_name, company, status FROM opportunities"
    " WHERE location=?1 AND (?2='' OR pipeline=?2) AND hidden=0 AND (?3<0 OR status=?3) ORDER BY value DESC, key DESC",
    "SELECT key, stage, value, assigned_to, name, contact_name, company, status FROM opportunities"
    " WHERE location=?1 AND (?2='' OR pipeline=?2) AND hidden=0 AND (?3<0 OR status=?3) ORDER BY name, key",
};
/// The same from the covering index alone, as most looks are: no words to compare, nothing to fetch from the rows.
constexpr const char *plainSql =
    "SELECT key, stage, value, assigned_to FROM opportunities INDEXED BY opportunities_board"
    " WHERE location=?1 AND pipeline=?2 AND hidden=0 AND status=?3 ORDER BY moved_at DESC, key DESC";

Result<Board> readBoard(Connection &connection, qint64 location, const BoardQuery &query)
{
    Board board;
    const QString text = query.text.simplified();
    const bool plain = text.isEmpty() && query.sort == DealSort::Newest && query.status && !query.pipeline.isEmpty();
    auto &read = connection.statement(plain ? plainSql : boardSql[int(query.sort)]);
    QHash<QString, qsizetype> places;
    const Status done = rows::each(read.integer(location).text(query.pipeline.value).integer(query.status ? int(*query.status) : -1),
                                   [&](Statement &row) {
        const auto holds = [&](int column) { return row.textAt(column).contains(text, Qt::CaseInsensitive); };
        const bool wanted = (!query.owner || row.textAt(3) == query.owner->value)
            && (text.isEmpty() || holds(4) || holds(5) || holds(6));
        if (!wanted) {
            ++board.hidden;
            return;
        }
        const QString stage = row.textAt(1);
        auto place = places.constFind(stage);
        if (place == places.constEnd()) {
            place = places.insert(stage, board.columns.size());
            board.columns.append({StageId(stage), {}, 0, 0});
        }
        BoardColumn &column = board.columns[*place];
        column.keys.append(row.integerAt(0));
        if (row.isNull(2))
            ++column.withoutValue;
        else
            column.cents += row.integerAt(2);
    });
    if (!done)
        return fail(done.error());
    return board;
}

constexpr const char *rowSql =
    "SELECT o.key, o.id, o.contact, o.created, o.updated, COALESCE(o.contact_name, c.name), o.company, o.tags, o.source, o.stage_since,"
    " o.status_since, o.more, o.name, o.value, o.pipeline, o.stage, o.status, o.assigned_to, o.lost_reason, o.moved_at, o.mark,"
    " o.record, o.reason, o.base_name, o.base_value, o.base_pipeline, o.base_stage, o.base_status, o.base_assigned,"
    " (SELECT u.name FROM users u WHERE u.location=o.location AND u.id=o.assigned_to),"
    " (SELECT MAX(v.unread) FROM conversations v WHERE v.location=o.location AND v.contact=o.contact AND v.deleted=0),"
    " (SELECT MAX(MAX(v.in_date, COALESCE(v.base_manual_date, 0))) FROM conversations v WHERE v.location=o.location AND v.contact=o.contact),"
    " o.shown_more"
    " FROM opportunities o LEFT JOIN contacts c ON c.location=o.location AND c.id=o.contact WHERE o.key=?";

std::optional<double> moneyAt(const Statement &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(double(row.integerAt(column)) / 100);
}

DealRow readRow(const Statement &row)
{
    DealRow r;
    r.key = row.integerAt(0);
    Opportunity &d = r.deal;
    // Followers and fields of the deal lie as JSON in the form of Opportunity::toJson.
    d = Opportunity::fromJson(objectFrom(row.utf8At(11)));
    d.id = OpportunityId(row.textAt(1));
    d.contactId = ContactId(row.textAt(2));
    d.createdAt = row.dateAt(3);
    d.updatedAt = row.dateAt(4);
    d.contactName = row.textAt(5);
    d.company = row.textAt(6);
    d.tags = rows::tagsFrom(row.utf8At(7));
    d.source = row.textAt(8);
    d.stageSince = row.dateAt(9);
    d.statusSince = row.dateAt(10);
    r.base = d;
    if (!row.isNull(32)) {
        const Opportunity shown = Opportunity::fromJson(objectFrom(row.utf8At(32)));
        d.followers = shown.followers;
        d.customFields = shown.customFields;
    }
    d.name = row.textAt(12);
    d.value = moneyAt(row, 13);
    d.pipeline = PipelineId(row.textAt(14));
    d.stage = StageId(row.textAt(15));
    d.status = DealStatus(row.integerAt(16));
    d.assignedTo = UserId(row.textAt(17));
    d.lostReason = row.textAt(18);
    r.movedAt = row.integerAt(19) > 0 ? row.dateAt(19) : QDateTime();
    r.mark = DealMark(row.integerAt(20));
    r.record = RecordId(row.textAt(21));
    r.reason = row.textAt(22);
    r.base.name = row.textAt(23);
    r.base.value = moneyAt(row, 24);
    r.base.pipeline = PipelineId(row.textAt(25));
    r.base.stage = StageId(row.textAt(26));
    r.base.status = DealStatus(row.integerAt(27));
    r.base.assignedTo = UserId(row.textAt(28));
    r.ownerName = row.textAt(29);
    r.unread = int(row.integerAt(30));
    r.humanAt = row.integerAt(31) > 0 ? row.dateAt(31) : QDateTime();
    return r;
}

Result<QVector<DealRow>> readRows(Connection &connection, const QVector<qint64> &keys)
{
    QVector<DealRow> result;
    result.reserve(keys.size());
    for (const qint64 key : keys) {
        auto &read = connection.statement(rowSql);
        const auto found = read.integer(key).step();
        if (!found)
            return fail(found.error());
        if (*found)
            result.append(readRow(read));
        read.done();
    }
    return result;
}

} // namespace

Task<Result<Board>> Cache::board(BoardQuery query)
{
    return m_reader->run<Board>([query](Connection &connection) -> Result<Board> {
        const auto location = rows::locationKey(connection, query.location);
        if (!location)
            return fail(location.error());
        return readBoard(connection, *location, query);
    });
}

Task<Result<QVector<DealRow>>> Cache::dealRows(QVector<qint64> keys)
{
    return m_reader->run<QVector<DealRow>>([keys](Connection &connection) { return readRows(connection, keys); });
}

Task<Result<std::optional<DealRow>>> Cache::deal(LocationId location, OpportunityId id)
{
    return m_reader->run<std::optional<DealRow>>([location, id](Connection &connection) -> Result<std::optional<DealRow>> {
        auto &find = connection.statement("SELECT key FROM opportunities WHERE location=(SELECT key FROM locations WHERE id=?1)"
                                          " AND id=COALESCE((SELECT server FROM aliases WHERE location=(SELECT key FROM locations"
                                          " WHERE id=?1) AND local=?2), ?2)");
        const auto keys = rows::keys(find.text(location.value).text(id.value));
        if (!keys)
            return fail(keys.error());
        const auto read = readRows(connection, *keys);
        if (!read)
            return fail(read.error());
        return read->isEmpty() ? std::optional<DealRow>() : read->first();
    });
}

Task<Result<QVector<DealRow>>> Cache::dealsOf(LocationId location, ContactId contact)
{
    return m_reader->run<QVector<DealRow>>([location, contact](Connection &connection) -> Result<QVector<DealRow>> {
        auto &find = connection.statement("SELECT key FROM opportunities WHERE location=(SELECT key FROM locations WHERE id=?)"
                                          " AND contact=? AND hidden=0 ORDER BY status<>0, moved_at DESC");
        const auto keys = rows::keys(find.text(location.value).text(contact.value));
        if (!keys)
            return fail(keys.error());
        return readRows(connection, *keys);
    });
}

Task<Result<QVector<OpportunityId>>> Cache::dealsBeside(LocationId location, QSet<QString> ids, bool openOnly)
{
    return m_writer->run<QVector<OpportunityId>>([location, ids, openOnly](Connection &connection) -> Result<QVector<OpportunityId>> {
        QVector<OpportunityId> beside;
        auto &read = connection.statement("SELECT id FROM opportunities WHERE location=(SELECT key FROM locations WHERE id=?)"
                                          " AND id NOT LIKE 'local:%' AND (?=0 OR base_status=0)");
        const Status done = rows::each(read.text(location.value).integer(openOnly), [&](Statement &row) {
            if (const QString id = row.textAt(0); !ids.contains(id))
                beside.append(OpportunityId(id));
        });
        if (!done)
            return fail(done.error());
        return beside;
    });
}

Task<Result<ChangeSet>> Cache::putDeals(LocationId location, QVector<Opportunity> deals, std::optional<Cursor> cursor)
{
    const auto page = std::make_shared<QVector<Opportunity>>(std::move(deals));
    return write(location, Table::Opportunities, cursor, [page](CacheWriter &writer) -> Status {
        const auto taken = std::exchange(*page, {}); // freed on the writer's thread
        for (const Opportunity &deal : taken) {
            if (const Status put = writer.putDeal(deal); !put)
                return put;
        }
        return {};
    });
}

Task<Result<ChangeSet>> Cache::removeDeals(LocationId location, QVector<OpportunityId> ids)
{
    return write(location, Table::Opportunities, std::nullopt, [ids](CacheWriter &writer) -> Status {
        for (const OpportunityId &id : ids) {
            if (const Status gone = writer.removeDeal(id.value); !gone)
                return gone;
        }
        return {};
    });
}

} // namespace outrigger::store
