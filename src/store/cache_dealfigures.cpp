// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

/// Deals as a table, as sums, and the way of one of them.
namespace outrigger::store {

namespace {

/// What the rows are ordered by; the key makes every order a whole one.
QByteArray orderOf(DealField by)
{
    switch (by) {
    case DealField::Name: return "name COLLATE NOCASE";
    case DealField::Contact: return "contact_name COLLATE NOCASE";
    // Stages that the pipeline has no more come last.
    case DealField::Stage: return "COALESCE((SELECT e.key FROM json_each(?4) e WHERE e.value=stage), 1000)";
    case DealField::Value: return "value";
    case DealField::Owner: return "(SELECT u.name FROM users u WHERE u.location=opportunities.location AND u.id=assigned_to) COLLATE NOCASE";
    case DealField::State: return "status";
    case DealField::Age: return "moved_at";
    case DealField::Source: return "source COLLATE NOCASE";
    case DealField::Created: return "created";
    case DealField::Updated: return "updated";
    }
    return "moved_at";
}

Result<Spine> readList(Connection &connection, qint64 location, const DealListQuery &query)
{
    // ?4 is bound in every order, so that the places are always the same.
    const QByteArray order = orderOf(query.by) + (query.descending ? " DESC, key DESC" : ", key");
    const QByteArray sql = "SELECT key, assigned_to, name, contact_name, company, ?4 FROM opportunities"
                           " WHERE location=?1 AND (?2='' OR pipeline=?2) AND hidden=0 AND (?3<0 OR status=?3) ORDER BY " + order;
    QJsonArray stages;
    for (const StageId &stage : query.stages)
        stages.append(stage.value);
    const BoardQuery &where = query.where;
    const QString text = where.text.simplified();
    Spine spine;
    auto &read = connection.statement(sql.constData());
    read.integer(location).text(where.pipeline.value).integer(where.status ? int(*where.status) : -1);
    read.utf8(QJsonDocument(stages).toJson(QJsonDocument::Compact));
    const Status done = rows::each(read, [&](Statement &row) {
        const auto holds = [&](int column) { return row.textAt(column).contains(text, Qt::CaseInsensitive); };
        if ((where.owner && row.textAt(1) != where.owner->value) || (!text.isEmpty() && !holds(2) && !holds(3) && !holds(4)))
            return;
        const qint64 key = row.integerAt(0);
        spine.rowOf.insert(key, int(spine.keys.size()));
        spine.keys.append(key);
    });
    if (!done)
        return fail(done.error());
    return spine;
}

constexpr const char *openSql = "SELECT stage, COUNT(*), COALESCE(SUM(value), 0) FROM opportunities"
                                " WHERE location=?1 AND pipeline=?2 AND hidden=0 AND status=0 AND (?3=0 OR COALESCE(assigned_to, '')=?4) GROUP BY stage";
constexpr const char *endedSql = "SELECT status, COUNT(*), COALESCE(SUM(value), 0) FROM opportunities"
                                 " WHERE location=?1 AND pipeline=?2 AND hidden=0 AND status<>0 AND (?3=0 OR COALESCE(assigned_to, '')=?4) GROUP BY status";
constexpr const char *wonSql = "SELECT strftime('%Y-%m-01', COALESCE(status_since, updated)/1000, 'unixepoch', 'localtime') AS month, COUNT(*),"
                               " COALESCE(SUM(value), 0) FROM opportunities WHERE location=?1 AND pipeline=?2 AND hidden=0 AND status=1"
                               " AND (?3=0 OR COALESCE(assigned_to, '')=?4) AND COALESCE(status_since, updated) IS NOT NULL GROUP BY month ORDER BY month";

Result<DealFigures> readFigures(Connection &connection, qint64 location, const BoardQuery &query)
{
    DealFigures figures;
    const auto run = [&](const char *sql, const std::function<void(Statement &)> &take) {
        auto &read = connection.statement(sql);
        read.integer(location).text(query.pipeline.value).integer(query.owner.has_value()).text(query.owner ? query.owner->value : QString());
        return rows::each(read, take);
    };
    Status done = run(openSql, [&](Statement &row) {
        figures.open.append({StageId(row.textAt(0)), int(row.integerAt(1)), row.integerAt(2)});
    });
    if (done)
        done = run(endedSql, [&](Statement &row) {
            const int deals = int(row.integerAt(1));
            switch (DealStatus(row.integerAt(0))) {
            case DealStatus::Won:
                figures.wonDeals = deals;
                figures.wonCents = row.integerAt(2);
                break;
            case DealStatus::Lost: figures.lostDeals = deals; break;
            default: figures.abandonedDeals += deals; break;
            }
        });
    if (done)
        done = run(wonSql, [&](Statement &row) {
            figures.won.append({QDate::fromString(row.textAt(0), Qt::ISODate), int(row.integerAt(1)), row.integerAt(2)});
        });
    if (!done)
        return fail(done.error());
    return figures;
}

} // namespace

Task<Result<Spine>> Cache::dealList(DealListQuery query)
{
    return m_reader->run<Spine>([query](Connection &connection) -> Result<Spine> {
        const auto location = rows::locationKey(connection, query.where.location);
        if (!location)
            return fail(location.error());
        return readList(connection, *location, query);
    });
}

Task<Result<DealFigures>> Cache::dealFigures(BoardQuery query)
{
    return m_reader->run<DealFigures>([query](Connection &connection) -> Result<DealFigures> {
        const auto location = rows::locationKey(connection, query.location);
        if (!location)
            return fail(location.error());
        return readFigures(connection, *location, query);
    });
}

Task<Result<QVector<DealStep>>> Cache::dealSteps(LocationId location, OpportunityId id, int limit)
{
    return m_reader->run<QVector<DealStep>>([location, id, limit](Connection &connection) -> Result<QVector<DealStep>> {
        QVector<DealStep> steps;
        auto &read = connection.statement("SELECT at, ours, stage_from, stage, status_from, status FROM deal_steps"
                                          " WHERE location=(SELECT key FROM locations WHERE id=?) AND deal=? ORDER BY number DESC LIMIT ?");
        const Status done = rows::each(read.text(location.value).text(id.value).integer(limit), [&](Statement &row) {
            DealStep step;
            step.at = row.dateAt(0);
            step.ours = row.integerAt(1) != 0;
            step.stageFrom = StageId(row.textAt(2));
            step.stage = StageId(row.textAt(3));
            step.statusFrom = DealStatus(row.integerAt(4));
            step.status = DealStatus(row.integerAt(5));
            steps.append(step);
        });
        if (!done)
            return fail(done.error());
        return steps;
    });
}

} // namespace outrigger::store
