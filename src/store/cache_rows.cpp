// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_rows.h"

#include "core/ownjson.h"
#include "domain/failures.h"
#include "domain/phone.h"
#include "store/recordjson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace outrigger::store::rows {

using namespace ownjson;

namespace {

QJsonArray arrayOf(const QStringList &list) { return QJsonArray::fromStringList(list); }
QStringList listFrom(const QJsonValue &value)
{
    QStringList list;
    const auto array = value.toArray();
    for (const auto &item : array)
        list.append(item.toString());
    return list;
}

/// The members that no column of ours holds.
QJsonObject unknownPart(const QJsonObject &raw, const QSet<QString> &known)
{
    QJsonObject rest;
    for (auto it = raw.begin(); it != raw.end(); ++it) {
        if (!it.value().isNull() && !known.contains(it.key()))
            rest.insert(it.key(), it.value());
    }
    return rest;
}

QByteArray packed(const QJsonObject &object) { return object.isEmpty() ? QByteArray() : compact(object); }

QJsonObject dndToJson(const QMap<QString, Dnd> &map)
{
    QJsonObject object;
    for (auto it = map.begin(); it != map.end(); ++it) {
        QJsonArray one{int(it->status)};
        if (!it->message.isEmpty() || !it->code.isEmpty()) {
            one.append(it->message);
            one.append(it->code);
        }
        object.insert(it.key(), one);
    }
    return object;
}
QMap<QString, Dnd> dndFromJson(const QJsonValue &value)
{
    QMap<QString, Dnd> map;
    const auto object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const auto one = it.value().toArray();
        map.insert(it.key(), {DndStatus(std::clamp(one.at(0).toInt(), 0, 2)), one.at(1).toString(), one.at(2).toString()});
    }
    return map;
}


} // namespace

Result<qint64> locationKey(Connection &connection, const LocationId &id, bool create)
{
    auto &find = connection.statement("SELECT key FROM locations WHERE id=?");
    const auto found = find.text(id.value).step();
    if (!found)
        return fail(found.error());
    const qint64 key = *found ? find.integerAt(0) : 0;
    find.done();
    if (key || !create)
        return key;
    if (const Status made = connection.statement("INSERT INTO locations(id) VALUES(?)").text(id.value).run(); !made)
        return fail(made.error());
    return connection.lastKey();
}

Status each(Statement &statement, const std::function<void(Statement &)> &take)
{
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return fail(row.error());
        if (!*row)
            break;
        take(statement);
    }
    statement.done();
    return {};
}

Result<QVector<qint64>> keys(Statement &statement)
{
    QVector<qint64> result;
    if (const Status read = each(statement, [&result](Statement &row) { result.append(row.integerAt(0)); }); !read)
        return fail(read.error());
    return result;
}

const char *const contactColumns = "key, id, date_added, date_updated, dnd, dnd_known, first_name, last_name, company, email, phone,"
                                   " tags, address, city, state, postal_code, country, website, timezone, source, type, assigned_to,"
                                   " birthday, more, hash, seen, dirty_until, name, digits";

Contact readContact(const Statement &row, const LocationId &location)
{
    Contact c;
    c.location = location;
    c.id = ContactId(row.textAt(1));
    c.dateAdded = row.dateAt(2);
    c.dateUpdated = row.dateAt(3);
    c.dnd = row.integerAt(4) != 0;
    c.dndKnown = row.integerAt(5) != 0;
    c.firstName = row.textAt(6);
    c.lastName = row.textAt(7);
    c.companyName = row.textAt(8);
    c.email = row.textAt(9);
    c.phone = row.textAt(10);
    c.tags = tagsFrom(row.utf8At(11));
    c.address = row.textAt(12);
    c.city = row.textAt(13);
    c.state = row.textAt(14);
    c.postalCode = row.textAt(15);
    c.country = row.textAt(16);
    c.website = row.textAt(17);
    c.timezone = row.textAt(18);
    c.source = row.textAt(19);
    c.type = row.textAt(20);
    c.assignedTo = UserId(row.textAt(21));
    c.dateOfBirth = row.textAt(22);
    if (row.isNull(23))
        return c;
    const QJsonObject more = objectFrom(row.utf8At(23));
    c.additionalEmails = listFrom(more.value("emails"_L1));
    c.additionalPhones = listFrom(more.value("phones"_L1));
    c.dndSettings = dndFromJson(more.value("dnd"_L1));
    c.inboundDndSettings = dndFromJson(more.value("inboundDnd"_L1));
    const auto followers = listFrom(more.value("followers"_L1));
    for (const QString &id : followers)
        c.followers.append(UserId(id));
    const auto fields = more.value("fields"_L1).toArray();
    for (const auto &field : fields)
        c.customFields.append({CustomFieldId(field.toArray().at(0).toString()), field.toArray().at(1)});
    c.raw = more.value("raw"_L1).toObject();
    return c;
}

QByteArray contactMore(const Contact &c)
{
    static const QSet<QString> known{
        u"id"_s, u"_id"_s, u"contactId"_s, u"locationId"_s, u"firstName"_s, u"firstNameRaw"_s, u"lastName"_s, u"lastNameRaw"_s,
        u"firstNameLowerCase"_s, u"lastNameLowerCase"_s, u"fullNameLowerCase"_s, u"emailLowerCase"_s, u"contactName"_s, u"name"_s,
        u"fullName"_s, u"companyName"_s, u"businessName"_s, u"email"_s, u"phone"_s, u"additionalEmails"_s, u"additionalPhones"_s,
        u"tags"_s, u"address1"_s, u"address"_s, u"city"_s, u"state"_s, u"postalCode"_s, u"country"_s, u"website"_s, u"timezone"_s,
        u"source"_s, u"type"_s, u"dnd"_s, u"dndSettings"_s, u"inboundDndSettings"_s, u"assignedTo"_s, u"followers"_s,
        u"customFields"_s, u"customField"_s, u"dateAdded"_s, u"createdAt"_s, u"dateUpdated"_s, u"updatedAt"_s, u"dateOfBirth"_s,
        u"searchAfter"_s};
    QJsonObject o;
    if (!c.additionalEmails.isEmpty())
        o.insert("emails"_L1, arrayOf(c.additionalEmails));
    if (!c.additionalPhones.isEmpty())
        o.insert("phones"_L1, arrayOf(c.additionalPhones));
    if (!c.dndSettings.isEmpty())
        o.insert("dnd"_L1, dndToJson(c.dndSettings));
    if (!c.inboundDndSettings.isEmpty())
        o.insert("inboundDnd"_L1, dndToJson(c.inboundDndSettings));
    if (!c.followers.isEmpty()) {
        QJsonArray ids;
        for (const auto &id : c.followers)
            ids.append(id.value);
        o.insert("followers"_L1, ids);
    }
    if (!c.customFields.isEmpty()) {
        QJsonArray fields;
        for (const auto &field : c.customFields)
            fields.append(QJsonArray{field.id.value, field.value});
        o.insert("fields"_L1, fields);
    }
    if (!c.raw.isEmpty()) {
        if (const QJsonObject rest = unknownPart(c.raw, known); !rest.isEmpty())
            o.insert("raw"_L1, rest);
    }
    return packed(o);
}

QByteArray tagsText(const QStringList &tags)
{
    return tags.isEmpty() ? QByteArray() : QJsonDocument(arrayOf(tags)).toJson(QJsonDocument::Compact);
}

QStringList tagsFrom(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    QStringList tags;
    const auto array = QJsonDocument::fromJson(bytes).array();
    for (const auto &tag : array)
        tags.append(tag.toString());
    return tags;
}

QString reversedDigits(const QString &number)
{
    QString digits;
    for (auto it = number.crbegin(); it != number.crend(); ++it) {
        if (*it >= u'0' && *it <= u'9')
            digits.append(*it);
    }
    return digits;
}

const char *const messageColumns = "key, location, id, conversation, date, date_updated, channel, direction, type, status, body, source,"
                                   " user, more, record, record_state, hold, due_at, reason, reason_code";

MessageState shownState(Direction direction, const QString &status, const QString &recordState, const QString &reasonCode)
{
    if (const auto state = outboxStateFromWord(recordState)) {
        const bool there = *state == OutboxState::Accepted || *state == OutboxState::Confirmed;
        if (!there || status.isEmpty())
            return stateFromRecord(*state, reasonCode);
    }
    return direction == Direction::Inbound ? MessageState::Sent : stateFromServer(status);
}

MessageRow readMessage(const Statement &row)
{
    MessageRow result;
    Message &m = result.message;
    result.key = row.integerAt(0);
    m.id = MessageId(row.textAt(2));
    m.dateAdded = row.dateAt(4);
    m.dateUpdated = row.dateAt(5);
    m.channel = Channel(row.integerAt(6));
    m.direction = Direction(row.integerAt(7));
    m.typeWord = row.textAt(8);
    m.status = row.textAt(9);
    m.body = row.textAt(10);
    m.source = row.textAt(11);
    m.userId = UserId(row.textAt(12));
    if (!row.isNull(13)) {
        const QJsonObject more = objectFrom(row.utf8At(13));
        m.contentType = text(more, "contentType"_L1);
        m.attachments = listFrom(more.value("attachments"_L1));
        m.from = text(more, "from"_L1);
        m.to = text(more, "to"_L1);
        m.error = text(more, "error"_L1);
        m.subject = text(more, "subject"_L1);
        m.emailIds = listFrom(more.value("emailIds"_L1));
        m.activityTitle = text(more, "activity"_L1);
        m.callSeconds = more.value("seconds"_L1).toInt(-1);
        m.raw = more.value("raw"_L1).toObject();
    }
    result.record = RecordId(row.textAt(14));
    result.hold = holdFromWord(row.textAt(16)).value_or(HoldReason::None);
    result.dueAt = row.dateAt(17);
    result.reason = row.textAt(18);
    QString code = row.textAt(19);
    result.triedAgain = code.endsWith(againSuffix);
    if (result.triedAgain)
        code.chop(againSuffix.size());
    result.state = shownState(m.direction, m.status, row.textAt(15), code);
    if (result.state == MessageState::Failed && result.reason.isEmpty())
        result.reason = diagnose(m.error).sentence();
    return result;
}

QByteArray messageMore(const Message &m)
{
    static const QSet<QString> known{u"id"_s, u"_id"_s, u"messageId"_s, u"locationId"_s, u"conversationId"_s, u"contactId"_s, u"type"_s,
                                     u"messageType"_s, u"messageTypeString"_s, u"direction"_s, u"status"_s, u"body"_s, u"message"_s,
                                     u"contentType"_s, u"attachments"_s, u"source"_s, u"userId"_s, u"from"_s, u"to"_s, u"error"_s,
                                     u"subject"_s, u"dateAdded"_s, u"createdAt"_s, u"dateUpdated"_s, u"updatedAt"_s};
    QJsonObject o;
    put(o, "contentType"_L1, m.contentType == "text/plain"_L1 ? QString() : m.contentType);
    if (!m.attachments.isEmpty())
        o.insert("attachments"_L1, arrayOf(m.attachments));
    put(o, "from"_L1, m.from);
    put(o, "to"_L1, m.to);
    put(o, "error"_L1, m.error);
    put(o, "subject"_L1, m.subject);
    if (!m.emailIds.isEmpty())
        o.insert("emailIds"_L1, arrayOf(m.emailIds));
    put(o, "activity"_L1, m.activityTitle);
    if (m.callSeconds >= 0)
        o.insert("seconds"_L1, m.callSeconds);
    if (!m.raw.isEmpty()) {
        if (const QJsonObject rest = unknownPart(m.raw, known); !rest.isEmpty())
            o.insert("raw"_L1, rest);
    }
    return packed(o);
}

QByteArray conversationMore(const Conversation &c)
{
    static const QSet<QString> known{
        u"id"_s, u"_id"_s, u"conversationId"_s, u"locationId"_s, u"contactId"_s, u"fullName"_s, u"contactName"_s, u"email"_s, u"phone"_s,
        u"lastMessageBody"_s, u"lastMessageType"_s, u"lastMessageDirection"_s, u"lastOutboundMessageAction"_s, u"lastMessageAction"_s,
        u"lastMessageDate"_s, u"lastManualMessageDate"_s, u"dateAdded"_s, u"createdAt"_s, u"dateUpdated"_s, u"updatedAt"_s,
        u"unreadCount"_s, u"starred"_s, u"deleted"_s, u"assignedTo"_s, u"type"_s, u"sort"_s, u"tags"_s};
    const QJsonObject rest = c.raw.isEmpty() ? QJsonObject() : unknownPart(c.raw, known);
    return packed(rest);
}

Result<QHash<QString, QVector<TagChange>>> pendingTags(Connection &connection, qint64 location)
{
    QHash<QString, QVector<TagChange>> changes;
    auto &read = connection.statement("SELECT contact, data FROM pending WHERE location=? AND kind='tags' ORDER BY number");
    read.integer(location);
    const Status done = each(read, [&changes](Statement &row) {
        changes[row.textAt(0)].append(TagChange::fromJson(objectFrom(row.utf8At(1))));
    });
    if (!done)
        return fail(done.error());
    return changes;
}

Result<std::optional<UserId>> pendingOwner(Connection &connection, qint64 location, const QString &contact)
{
    std::optional<UserId> owner;
    auto &read = connection.statement("SELECT data FROM pending WHERE location=? AND contact=? AND contact<>'' AND kind='assign' ORDER BY number");
    read.integer(location).text(contact);
    const Status done = each(read, [&owner](Statement &row) { owner = AssignChange::fromJson(objectFrom(row.utf8At(0))).to; });
    if (!done)
        return fail(done.error());
    return owner;
}

QStringList applied(QStringList tags, const QVector<TagChange> &changes)
{
    for (const TagChange &change : changes) {
        for (const QString &tag : change.remove)
            tags.removeAll(tag);
        for (const QString &tag : change.add) {
            if (!tags.contains(tag, Qt::CaseInsensitive))
                tags.append(tag);
        }
    }
    return tags;
}

namespace {

/// Marks and surrogates belong to words; the tokenizer sorts them out.
QStringList wordsOf(const QString &input)
{
    QStringList words;
    QString word;
    const auto flush = [&] {
        if (!word.isEmpty() && words.size() < 12)
            words.append(word);
        word.clear();
    };
    for (const QChar &character : input) {
        if (character.isLetterOrNumber() || character.isMark() || character.isSurrogate())
            word.append(character);
        else
            flush();
    }
    flush();
    return words;
}

} // namespace

QString matchExpression(const QString &input)
{
    QStringList words = wordsOf(input);
    for (QString &word : words)
        word = u'"' + word + u"\"*"_s;
    return words.join(u' ');
}

QString piecesExpression(const QString &input)
{
    constexpr int enough = 24; // more groups than this leave nothing that the rows themselves would not
    QStringList groups;
    for (const QString &word : wordsOf(input)) {
        const auto letters = word.toUcs4();
        for (qsizetype i = 0; i + 3 <= letters.size() && groups.size() < enough; ++i) {
            const QString group = u'"' + QString::fromUcs4(reinterpret_cast<const char32_t *>(letters.constData() + i), 3) + u'"';
            if (!groups.contains(group))
                groups.append(group);
        }
    }
    return groups.join(u' ');
}

QString likePattern(const QString &piece)
{
    QString pattern = piece;
    pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + pattern + u'%';
}

} // namespace outrigger::store::rows
