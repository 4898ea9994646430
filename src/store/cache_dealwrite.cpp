// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"
#include "store/recordjson.h"

#include <cmath>

using namespace Qt::StringLiterals;

/// Deals as the server has them, and what the outbox lays over them.
namespace outrigger::store {

namespace {

/// Over the fields as they are: writing them as JSON first took most of the time of a refresh that changes nothing.
qint64 contentHash(const Opportunity &deal)
{
    QByteArray all;
    all.reserve(1024);
    const auto text = [&all](const QString &value) {
        const qint64 size = value.size();
        all.append(reinterpret_cast<const char *>(&size), sizeof size);
        all.append(reinterpret_cast<const char *>(value.constData()), value.size() * qsizetype(sizeof(QChar)));
    };
    const auto number = [&all](qint64 value) { all.append(reinterpret_cast<const char *>(&value), sizeof value); };
    const auto date = [&number](const QDateTime &value) { number(value.isValid() ? value.toMSecsSinceEpoch() : -1); };
    for (const QString *value : {&deal.id.value, &deal.name, &deal.pipeline.value, &deal.stage.value, &deal.assignedTo.value, &deal.source,
                                 &deal.lostReason, &deal.contactId.value, &deal.contactName, &deal.company})
        text(*value);
    number(deal.value ? qint64(std::llround(*deal.value * 100)) : -1);
    number(int(deal.status));
    for (const QStringList *list : {&deal.tags, &deal.followers}) {
        number(list->size());
        for (const QString &value : *list)
            text(value);
    }
    for (const QDateTime *value : {&deal.createdAt, &deal.updatedAt, &deal.stageSince, &deal.statusSince})
        date(*value);
    for (const CustomValue &field : deal.customFields) {
        text(field.id.value);
        all.append(compact(QJsonObject{{QString(), field.value}}));
    }
    return qint64(qHashBits(all.constData(), size_t(all.size()), 23));
}

Statement &money(Statement &statement, const std::optional<double> &value)
{
    return value ? statement.integer(qint64(std::llround(*value * 100))) : statement.null();
}

/// What is only shown on the deal's own page. Its derived twin is `shown_more`.
QByteArray moreOf(const Opportunity &deal)
{
    Opportunity rest;
    rest.followers = deal.followers;
    rest.customFields = deal.customFields;
    return rest.followers.isEmpty() && rest.customFields.isEmpty() ? QByteArray() : compact(rest.toJson());
}

/// Never null: an empty one means that nothing is left.
QByteArray shownMoreOf(const Opportunity &deal)
{
    const QByteArray more = moreOf(deal);
    return more.isNull() ? QByteArrayLiteral("{}") : more;
}

DealMark markOf(const QString &state, const QString &code)
{
    const auto known = outboxStateFromWord(state).value_or(OutboxState::Queued);
    switch (known) {
    case OutboxState::Held:
    case OutboxState::Queued:
        return DealMark::Waiting;
    case OutboxState::Attempting:
    case OutboxState::Settling:
        return DealMark::UnderWay;
    case OutboxState::Rejected:
        return code == "changed_elsewhere"_L1 ? DealMark::Conflict : DealMark::Refused;
    case OutboxState::Uncertain:
        return DealMark::NeedsYou;
    default:
        return DealMark::None;
    }
}

Status putChange(CacheWriter &writer, const OutboxRecord &record, const QString &deal, qint64 now)
{
    return writer.connection()
        .statement("INSERT INTO deal_changes(record, location, deal, kind, state, reason_code, reason, at, data) VALUES(?,?,?,?,?,?,?,?,?)"
                   " ON CONFLICT(record) DO UPDATE SET deal=excluded.deal, state=excluded.state, reason_code=excluded.reason_code,"
                   " reason=excluded.reason, data=excluded.data")
        .text(record.id.value).integer(writer.location()).text(deal).text(outboxKindWord(record.kind)).text(outboxStateWord(record.state))
        .text(record.reasonCode).text(record.reason).integer(record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : now)
        .utf8(compact(record.payload)).run();
}

} // namespace

Result<qint64> CacheWriter::dealKey(const QString &id)
{
    auto &find = m_connection.statement("SELECT key FROM opportunities WHERE location=? AND id=?");
    const auto found = find.integer(m_location).text(id).step();
    if (!found)
        return fail(found.error());
    const qint64 key = *found ? find.integerAt(0) : 0;
    find.done();
    return key;
}

Status CacheWriter::putDeal(const Opportunity &d)
{
    if (d.id.isEmpty())
        return {};
    auto &read = m_connection.statement("SELECT key, updated, hash, dirty_until, base_stage, base_status FROM opportunities WHERE location=? AND id=?");
    const auto found = read.integer(m_location).text(d.id.value).step();
    if (!found)
        return fail(found.error());
    qint64 key = *found ? read.integerAt(0) : 0;
    const QString stageBefore = *found ? read.textAt(4) : QString();
    const int statusBefore = *found ? int(read.integerAt(5)) : 0;
    const QDateTime updated = *found ? read.dateAt(1) : QDateTime();
    const bool hashed = *found && !read.isNull(2);
    const qint64 stored = hashed ? read.integerAt(2) : 0;
    const qint64 dirtyUntil = *found ? read.integerAt(3) : 0;
    read.done();
    const qint64 hash = contentHash(d);
    if (hashed && stored == hash)
        return {};
    const bool dated = d.updatedAt.isValid() && updated.isValid();
    if (dated && d.updatedAt < updated)
        return {};
    // Just confirmed: a list that lags behind must not flip it back.
    if (key && m_now < dirtyUntil && (!dated || d.updatedAt <= updated))
        return {};
    if (!key) {
        const Status made = m_connection.statement("INSERT INTO opportunities(location, id) VALUES(?,?)").integer(m_location).text(d.id.value).run();
        if (!made)
            return made;
        key = m_connection.lastKey();
        m_changes.deals.inserted.append(key);
    } else {
        const QDateTime moved = stageBefore == d.stage.value ? d.statusSince : d.stageSince;
        const qint64 at = moved.isValid() ? moved.toMSecsSinceEpoch() : m_now;
        if (const Status noted = noteDealStep(d.id.value, stageBefore, d.stage.value, statusBefore, int(d.status), at, false); !noted)
            return noted;
    }
    auto &update = m_connection.statement(
        "UPDATE opportunities SET contact=?, created=?, updated=?, hash=?, dirty_until=0, contact_name=?, company=?, tags=?, source=?,"
        " base_name=?, base_value=?, base_pipeline=?, base_stage=?, base_status=?, base_assigned=?, base_lost_reason=?, stage_since=?,"
        " status_since=?, more=? WHERE key=?");
    update.text(d.contactId.value).date(d.createdAt).date(d.updatedAt).integer(hash).textOrNull(d.contactName).textOrNull(d.company);
    update.utf8(rows::tagsText(d.tags)).textOrNull(d.source).textOrNull(d.name);
    money(update, d.value).textOrNull(d.pipeline.value).textOrNull(d.stage.value).integer(int(d.status)).textOrNull(d.assignedTo.value);
    update.textOrNull(d.lostReason).date(d.stageSince).date(d.statusSince).utf8(moreOf(d)).integer(key);
    touchDeal(key);
    return update.run();
}

Status CacheWriter::noteDealStep(const QString &deal, const QString &stageFrom, const QString &stage, int statusFrom, int status, qint64 at, bool ours)
{
    if (stageFrom == stage && statusFrom == status)
        return {};
    return m_connection
        .statement("INSERT INTO deal_steps(location, deal, at, ours, stage_from, stage, status_from, status) VALUES(?,?,?,?,?,?,?,?)")
        .integer(m_location).text(deal).integer(at).integer(ours).text(stageFrom).text(stageFrom == stage ? QString() : stage)
        .integer(statusFrom).integer(status).run();
}

Status CacheWriter::dropDealRow(qint64 key)
{
    const Status forgotten = m_connection
        .statement("DELETE FROM deal_steps WHERE location=?1 AND deal=(SELECT id FROM opportunities WHERE key=?2)").integer(m_location).integer(key).run();
    if (!forgotten)
        return forgotten;
    if (const Status gone = m_connection.statement("DELETE FROM opportunities WHERE key=?").integer(key).run(); !gone)
        return gone;
    m_touchedDeals.remove(key);
    m_changes.deals.removed.append(key);
    m_changes.deals.orderTouched = true;
    return {};
}

Status CacheWriter::removeDeal(const QString &id)
{
    const auto key = dealKey(id);
    if (!key)
        return fail(key.error());
    return *key ? dropDealRow(*key) : Status{};
}

Status CacheWriter::clearDealProjection()
{
    auto &touched = m_connection.statement("SELECT DISTINCT o.key FROM opportunities o JOIN deal_changes c ON c.location=o.location AND c.deal=o.id"
                                           " WHERE o.location=?");
    const auto keys = rows::keys(touched.integer(m_location));
    if (!keys)
        return fail(keys.error());
    for (const qint64 key : *keys)
        touchDeal(key);
    if (const Status gone = m_connection.statement("DELETE FROM deal_changes WHERE location=?").integer(m_location).run(); !gone)
        return gone;
    auto &locals = m_connection.statement("SELECT key FROM opportunities WHERE location=? AND id LIKE 'local:%'");
    const auto made = rows::keys(locals.integer(m_location));
    if (!made)
        return fail(made.error());
    for (const qint64 key : *made) {
        if (const Status gone = dropDealRow(key); !gone)
            return gone;
    }
    return {};
}

/// The row of a deal that HighLevel does not have yet.
Result<qint64> CacheWriter::makeDeal(const OutboxRecord &record, const QString &id)
{
    auto key = dealKey(id);
    if (!key)
        return key;
    if (!*key) {
        const Status made = m_connection.statement("INSERT INTO opportunities(location, id) VALUES(?,?)").integer(m_location).text(id).run();
        if (!made)
            return fail(made.error());
        key = m_connection.lastKey();
        m_changes.deals.inserted.append(*key);
    }
    const auto draft = DealDraft::fromJson(record.payload);
    const auto contact = serverContact(draft.contactId.value);
    if (!contact)
        return fail(contact.error());
    auto &update = m_connection.statement("UPDATE opportunities SET contact=?, created=?, base_name=?, base_value=?, base_pipeline=?, base_stage=?,"
                                          " base_status=?, base_assigned=? WHERE key=?");
    update.text(*contact).date(record.createdAt).textOrNull(draft.name);
    money(update, draft.value).textOrNull(draft.pipeline.value).textOrNull(draft.stage.value).integer(int(draft.status));
    if (const Status written = update.textOrNull(draft.assignedTo.value).integer(*key).run(); !written)
        return fail(written.error());
    touchDeal(*key);
    return key;
}

/// The local id becomes the server's. A row that a feed has brought already stays, ours goes.
Status CacheWriter::adoptDeal(const QString &local, const QString &server)
{
    const Status aliased = m_connection.statement("INSERT OR REPLACE INTO aliases(location, local, server) VALUES(?,?,?)")
                               .integer(m_location).text(local).text(server).run();
    if (!aliased)
        return aliased;
    const Status renamed = m_connection.statement("UPDATE deal_changes SET deal=? WHERE location=? AND deal=?")
                               .text(server).integer(m_location).text(local).run();
    if (!renamed)
        return renamed;
    const auto ours = dealKey(local);
    if (!ours)
        return fail(ours.error());
    const auto theirs = dealKey(server);
    if (!theirs)
        return fail(theirs.error());
    if (*theirs)
        touchDeal(*theirs);
    if (!*ours)
        return {};
    if (*theirs)
        return dropDealRow(*ours);
    touchDeal(*ours);
    return m_connection.statement("UPDATE opportunities SET id=?, hash=NULL WHERE key=?").text(server).integer(*ours).run();
}

Result<bool> CacheWriter::dropDealChange(const RecordId &record)
{
    if (const Status gone = m_connection.statement("DELETE FROM deal_changes WHERE record=?").text(record.value).run(); !gone)
        return fail(gone.error());
    return m_connection.changes() > 0;
}

/// HighLevel has taken it: what was laid over becomes what is.
Status CacheWriter::applyToBase(qint64 key, const OutboxRecord &record)
{
    if (record.kind == OutboxKind::DealFollow)
        return applyFollow(key, FollowChange::fromJson(record.payload));
    const auto change = DealChange::fromJson(record.payload);
    const qint64 at = record.lastWriteAt.isValid() ? record.lastWriteAt.toMSecsSinceEpoch() : m_now;
    const auto run = [&](const char *sql, const std::function<void(Statement &)> &bind) -> Status {
        auto &statement = m_connection.statement(sql);
        bind(statement);
        return statement.integer(key).run();
    };
    Status done = change.stage || change.status ? noteOwnStep(key, change, at) : Status{};
    if (done)
        done = run("UPDATE opportunities SET hash=NULL, dirty_until=? WHERE key=?", [&](Statement &s) { s.integer(m_now + dirtyFor); });
    if (done && change.stage)
        done = run("UPDATE opportunities SET stage_since=CASE WHEN base_stage=?1 THEN stage_since ELSE ?2 END, base_stage=?1,"
                   " base_pipeline=CASE WHEN ?3='' THEN base_pipeline ELSE ?3 END WHERE key=?4",
                   [&](Statement &s) { s.text(change.stage->value).integer(at).text(change.pipeline.value); });
    if (done && change.status)
        done = run("UPDATE opportunities SET base_status=?, base_lost_reason=?, status_since=? WHERE key=?", [&](Statement &s) {
            s.integer(int(*change.status)).textOrNull(*change.status == DealStatus::Lost ? change.lostReason : QString()).integer(at);
        });
    if (done && change.name)
        done = run("UPDATE opportunities SET base_name=? WHERE key=?", [&](Statement &s) { s.textOrNull(*change.name); });
    if (done && change.value)
        done = run("UPDATE opportunities SET base_value=? WHERE key=?", [&](Statement &s) { money(s, change.value); });
    if (done && change.assignedTo)
        done = run("UPDATE opportunities SET base_assigned=? WHERE key=?", [&](Statement &s) { s.textOrNull(change.assignedTo->value); });
    if (done && !change.fields.isEmpty())
        done = changeMore(key, [&](Opportunity &deal) { DealChange rest; rest.fields = change.fields; rest.applyTo(deal); });
    return done;
}

/// Followers and custom fields lie together in one column.
Status CacheWriter::changeMore(qint64 key, const std::function<void(Opportunity &)> &change)
{
    auto &read = m_connection.statement("SELECT more FROM opportunities WHERE key=?");
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    Opportunity deal = *found ? Opportunity::fromJson(objectFrom(read.utf8At(0))) : Opportunity();
    read.done();
    change(deal);
    return m_connection.statement("UPDATE opportunities SET more=?, hash=NULL, dirty_until=? WHERE key=?")
        .utf8(moreOf(deal)).integer(m_now + dirtyFor).integer(key).run();
}

Status CacheWriter::applyFollow(qint64 key, const FollowChange &change)
{
    return changeMore(key, [&](Opportunity &deal) { change.applyTo(deal); });
}

Status CacheWriter::noteOwnStep(qint64 key, const DealChange &change, qint64 at)
{
    auto &read = m_connection.statement("SELECT id, base_stage, base_status FROM opportunities WHERE key=?");
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    const QString id = *found ? read.textAt(0) : QString();
    const QString stage = *found ? read.textAt(1) : QString();
    const int status = *found ? int(read.integerAt(2)) : 0;
    read.done();
    return noteDealStep(id, stage, change.stage ? change.stage->value : stage, status, change.status ? int(*change.status) : status, at, true);
}

Status CacheWriter::projectDeal(const OutboxRecord &record)
{
    const auto known = serverContact(record.opportunityId().value); // aliases hold deals too: local ids are never alike
    if (!known)
        return fail(known.error());
    const QString id = *known;
    const bool arrived = record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed;
    if (record.kind == OutboxKind::DealCreate) {
        if (!record.serverId.isEmpty()) {
            if (const auto dropped = dropDealChange(record.id); !dropped)
                return fail(dropped.error());
            return adoptDeal(record.opportunityId().value, record.serverId);
        }
        if (record.state != OutboxState::Cancelled) {
            if (const auto made = makeDeal(record, id); !made)
                return fail(made.error());
            return putChange(*this, record, id, m_now);
        }
        if (const auto dropped = dropDealChange(record.id); !dropped)
            return fail(dropped.error());
        auto &others = m_connection.statement("SELECT number FROM deal_changes WHERE location=? AND deal=? AND kind='opportunity.create'");
        const auto left = rows::keys(others.integer(m_location).text(id));
        if (!left)
            return fail(left.error());
        return left->isEmpty() && id.startsWith("local:"_L1) ? removeDeal(id) : Status{};
    }
    if (const auto theirs = record.look.value(theirsKey); record.state == OutboxState::Rejected && theirs.isObject()) {
        if (const Status put = putDeal(Opportunity::fromJson(theirs.toObject())); !put)
            return put;
    }
    const auto key = dealKey(id);
    if (!key)
        return fail(key.error());
    if (*key)
        touchDeal(*key);
    if (!arrived && record.state != OutboxState::Cancelled)
        return putChange(*this, record, id, m_now);
    const auto was = dropDealChange(record.id);
    if (!was)
        return fail(was.error());
    if (!*was || !arrived || !*key)
        return {};
    return record.kind == OutboxKind::DealDelete ? dropDealRow(*key) : applyToBase(*key, record);
}

Status CacheWriter::deriveDeal(qint64 key)
{
    auto &read = m_connection.statement("SELECT id, base_name, base_value, base_pipeline, base_stage, base_status, base_assigned, base_lost_reason,"
                                        " COALESCE(stage_since, created, 0), more FROM opportunities WHERE key=?");
    const auto found = read.integer(key).step();
    if (!found)
        return fail(found.error());
    if (!*found) {
        read.done();
        return {};
    }
    Opportunity deal = Opportunity::fromJson(objectFrom(read.utf8At(9)));
    const QString id = read.textAt(0);
    deal.name = read.textAt(1);
    if (!read.isNull(2))
        deal.value = double(read.integerAt(2)) / 100;
    deal.pipeline = PipelineId(read.textAt(3));
    deal.stage = StageId(read.textAt(4));
    deal.status = DealStatus(read.integerAt(5));
    deal.assignedTo = UserId(read.textAt(6));
    deal.lostReason = read.textAt(7);
    qint64 movedAt = read.integerAt(8);
    read.done();
    bool hidden = false;
    bool moreChanged = false;
    DealMark mark = DealMark::None;
    QString record;
    QString reason;
    auto &changes = m_connection.statement("SELECT record, kind, state, reason_code, reason, at, data FROM deal_changes"
                                           " WHERE location=? AND deal=? ORDER BY number");
    const Status laid = rows::each(changes.integer(m_location).text(id), [&](Statement &row) {
        const QString kind = row.textAt(1);
        const DealMark own = markOf(row.textAt(2), row.textAt(3));
        if (own >= mark) {
            mark = own;
            record = row.textAt(0);
            reason = row.textAt(4);
        }
        if (own == DealMark::Refused || own == DealMark::Conflict)
            return; // taken back: the server's is shown, and the reason
        if (kind == "opportunity.delete"_L1) {
            hidden = true;
        } else if (kind == "opportunity.followers"_L1) {
            FollowChange::fromJson(objectFrom(row.utf8At(6))).applyTo(deal);
            moreChanged = true;
        } else if (kind != "opportunity.create"_L1) {
            const auto change = DealChange::fromJson(objectFrom(row.utf8At(6)));
            moreChanged = moreChanged || !change.fields.isEmpty();
            if (change.stage && *change.stage != deal.stage)
                movedAt = row.integerAt(5);
            change.applyTo(deal);
        }
    });
    if (!laid)
        return laid;
    auto &update = m_connection.statement("UPDATE opportunities SET name=?, value=?, pipeline=?, stage=?, status=?, assigned_to=?, lost_reason=?,"
                                          " moved_at=?, hidden=?, mark=?, record=?, reason=?, shown_more=? WHERE key=?");
    update.textOrNull(deal.name);
    money(update, deal.value).text(deal.pipeline.value).text(deal.stage.value).integer(int(deal.status)).textOrNull(deal.assignedTo.value);
    update.textOrNull(deal.lostReason).integer(movedAt).integer(hidden).integer(int(mark)).textOrNull(record).textOrNull(reason);
    (moreChanged ? update.utf8(shownMoreOf(deal)) : update.null()).integer(key);
    m_changes.deals.updated.append(key);
    m_changes.deals.orderTouched = true;
    return update.run();
}

} // namespace outrigger::store
