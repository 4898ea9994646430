// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/cache_write.h"
#include "core/ownjson.h"
#include "store/recordjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

/// The small tables of a location: itself, users, numbers, custom fields, tags.
namespace outrigger::store {

using namespace ownjson;

namespace {

QJsonObject toJson(const Location &l)
{
    return {{"id"_L1, l.id.value}, {"company"_L1, l.companyId.value}, {"name"_L1, l.name}, {"timezone"_L1, l.timezone},
            {"country"_L1, l.country}, {"email"_L1, l.email}, {"phone"_L1, l.phone}, {"twins"_L1, l.allowDuplicateContact},
            {"dealTwins"_L1, l.allowDuplicateOpportunity}, {"raw"_L1, l.raw}};
}
Location locationFrom(const QJsonObject &o)
{
    Location l;
    l.id = LocationId(text(o, "id"_L1));
    l.companyId = CompanyId(text(o, "company"_L1));
    l.name = text(o, "name"_L1);
    l.timezone = text(o, "timezone"_L1);
    l.country = text(o, "country"_L1);
    l.email = text(o, "email"_L1);
    l.phone = text(o, "phone"_L1);
    l.allowDuplicateContact = o.value("twins"_L1).toBool();
    l.allowDuplicateOpportunity = o.value("dealTwins"_L1).toBool();
    l.raw = o.value("raw"_L1).toObject();
    return l;
}
QJsonObject toJson(const User &u)
{
    return {{"id"_L1, u.id.value}, {"name"_L1, u.name}, {"firstName"_L1, u.firstName}, {"lastName"_L1, u.lastName}, {"email"_L1, u.email},
            {"phone"_L1, u.phone}, {"role"_L1, u.role}, {"assignedOnly"_L1, u.assignedDataOnly}, {"raw"_L1, u.raw}};
}
User userFrom(const QJsonObject &o)
{
    User u;
    u.id = UserId(text(o, "id"_L1));
    u.name = text(o, "name"_L1);
    u.firstName = text(o, "firstName"_L1);
    u.lastName = text(o, "lastName"_L1);
    u.email = text(o, "email"_L1);
    u.phone = text(o, "phone"_L1);
    u.role = text(o, "role"_L1);
    u.assignedDataOnly = o.value("assignedOnly"_L1).toBool();
    u.raw = o.value("raw"_L1).toObject();
    return u;
}
QJsonObject toJson(const PhoneNumber &n)
{
    return {{"number"_L1, n.number}, {"name"_L1, n.name}, {"default"_L1, n.isDefault}, {"sms"_L1, n.sms}, {"mms"_L1, n.mms},
            {"assignedTo"_L1, n.assignedTo}};
}
PhoneNumber numberFrom(const QJsonObject &o)
{
    return {text(o, "number"_L1), text(o, "name"_L1), o.value("default"_L1).toBool(), o.value("sms"_L1).toBool(true),
            o.value("mms"_L1).toBool(true), text(o, "assignedTo"_L1)};
}
QJsonObject toJson(const CustomField &f)
{
    return {{"id"_L1, f.id.value}, {"name"_L1, f.name}, {"key"_L1, f.key}, {"type"_L1, f.dataType}, {"position"_L1, f.position},
            {"options"_L1, QJsonArray::fromStringList(f.options)}, {"model"_L1, f.model}};
}
CustomField fieldFrom(const QJsonObject &o)
{
    CustomField f;
    f.id = CustomFieldId(text(o, "id"_L1));
    f.name = text(o, "name"_L1);
    f.key = text(o, "key"_L1);
    f.dataType = text(o, "type"_L1);
    f.position = o.value("position"_L1).toInt();
    const auto options = o.value("options"_L1).toArray();
    for (const auto &option : options)
        f.options.append(option.toString());
    f.model = text(o, "model"_L1);
    return f;
}
QJsonObject toJson(const LocationTagItem &t) { return {{"id"_L1, t.id.value}, {"name"_L1, t.name}}; }
LocationTagItem tagFrom(const QJsonObject &o) { return {TagId(text(o, "id"_L1)), text(o, "name"_L1)}; }

QJsonObject toJson(const Snippet &s)
{
    return {{"id"_L1, s.id}, {"name"_L1, s.name}, {"text"_L1, s.text}, {"pictures"_L1, QJsonArray::fromStringList(s.pictures)}};
}
Snippet templateFrom(const QJsonObject &o)
{
    Snippet s{text(o, "id"_L1), text(o, "name"_L1), text(o, "text"_L1), false, {}};
    const auto pictures = o.value("pictures"_L1).toArray();
    for (const auto &picture : pictures)
        s.pictures.append(picture.toString());
    return s;
}
QJsonObject toJson(const LocationWord &w) { return {{"name"_L1, w.name}, {"key"_L1, w.key}, {"value"_L1, w.value}}; }
LocationWord wordFrom(const QJsonObject &o) { return {text(o, "name"_L1), text(o, "key"_L1), text(o, "value"_L1)}; }

QJsonObject toJson(const Stage &s)
{
    return {{"id"_L1, s.id.value}, {"name"_L1, s.name}, {"win"_L1, s.winProbability}, {"color"_L1, s.color}};
}
QJsonObject toJson(const Pipeline &p)
{
    QJsonArray stages;
    for (const Stage &stage : p.stages)
        stages.append(toJson(stage));
    return {{"id"_L1, p.id.value}, {"name"_L1, p.name}, {"stages"_L1, stages}};
}
Pipeline pipelineFrom(const QJsonObject &o)
{
    Pipeline p{PipelineId(text(o, "id"_L1)), text(o, "name"_L1), {}};
    const auto stages = o.value("stages"_L1).toArray();
    for (const auto &item : stages) {
        const QJsonObject s = item.toObject();
        p.stages.append({StageId(text(s, "id"_L1)), text(s, "name"_L1), s.value("win"_L1).toDouble(-1), text(s, "color"_L1)});
    }
    return p;
}
QJsonObject toJson(const LostReason &r) { return {{"id"_L1, r.id}, {"name"_L1, r.name}}; }
LostReason reasonFrom(const QJsonObject &o) { return {text(o, "id"_L1), text(o, "name"_L1)}; }
QJsonObject toJson(const Calendar &c)
{
    QJsonArray people;
    for (const UserId &user : c.people)
        people.append(user.value);
    return {{"id"_L1, c.id.value}, {"name"_L1, c.name}, {"description"_L1, c.description}, {"group"_L1, c.groupId}, {"type"_L1, c.type},
            {"color"_L1, c.color}, {"title"_L1, c.titleTemplate}, {"active"_L1, c.active}, {"minutes"_L1, c.slotMinutes},
            {"interval"_L1, c.intervalMinutes}, {"buffer"_L1, c.bufferMinutes}, {"preBuffer"_L1, c.preBufferMinutes},
            {"notice"_L1, c.noticeMinutes}, {"range"_L1, c.rangeDays}, {"perDay"_L1, c.perDay}, {"confirm"_L1, c.autoConfirm},
            {"reschedule"_L1, c.mayReschedule}, {"cancel"_L1, c.mayCancel}, {"people"_L1, people}, {"place"_L1, c.place}};
}
Calendar calendarFrom(const QJsonObject &o)
{
    Calendar c;
    c.id = CalendarId(text(o, "id"_L1));
    c.name = text(o, "name"_L1);
    c.description = text(o, "description"_L1);
    c.groupId = text(o, "group"_L1);
    c.type = text(o, "type"_L1);
    c.color = text(o, "color"_L1);
    c.titleTemplate = text(o, "title"_L1);
    c.active = o.value("active"_L1).toBool(true);
    c.slotMinutes = o.value("minutes"_L1).toInt(30);
    c.intervalMinutes = o.value("interval"_L1).toInt(30);
    c.bufferMinutes = o.value("buffer"_L1).toInt();
    c.preBufferMinutes = o.value("preBuffer"_L1).toInt();
    c.noticeMinutes = o.value("notice"_L1).toInt();
    c.rangeDays = o.value("range"_L1).toInt();
    c.perDay = o.value("perDay"_L1).toInt();
    c.autoConfirm = o.value("confirm"_L1).toBool(true);
    c.mayReschedule = o.value("reschedule"_L1).toBool(true);
    c.mayCancel = o.value("cancel"_L1).toBool(true);
    const auto people = o.value("people"_L1).toArray();
    for (const auto &user : people)
        c.people.append(UserId(user.toString()));
    c.place = text(o, "place"_L1);
    return c;
}
QJsonObject toJson(const CalendarGroup &g) { return {{"id"_L1, g.id}, {"name"_L1, g.name}, {"active"_L1, g.active}}; }
CalendarGroup groupFrom(const QJsonObject &o) { return {text(o, "id"_L1), text(o, "name"_L1), o.value("active"_L1).toBool(true)}; }

QJsonObject toJson(const NamedItem &n) { return {{"id"_L1, n.id}, {"name"_L1, n.name}, {"usable"_L1, n.usable}}; }
NamedItem namedFrom(const QJsonObject &o) { return {text(o, "id"_L1), text(o, "name"_L1), o.value("usable"_L1).toBool(true)}; }

template <class T>
QJsonObject pack(const QVector<T> &items)
{
    QJsonArray array;
    for (const T &item : items)
        array.append(toJson(item));
    return {{"items"_L1, array}};
}
template <class T, class Read>
QVector<T> unpack(const QJsonObject &object, Read read)
{
    QVector<T> items;
    const auto array = object.value("items"_L1).toArray();
    for (const auto &item : array)
        items.append(read(item.toObject()));
    return items;
}

Status putPart(CacheWriter &writer, const QString &part, const QJsonObject &data)
{
    return writer.connection().statement("INSERT OR REPLACE INTO reference(location, part, data) VALUES(?,?,?)")
        .integer(writer.location()).text(part).utf8(compact(data)).run();
}

Status putUsers(CacheWriter &writer, const QVector<User> &users)
{
    const Status gone = writer.connection().statement("DELETE FROM users WHERE location=?").integer(writer.location()).run();
    if (!gone)
        return gone;
    for (const User &user : users) {
        const QString full = (user.firstName + u' ' + user.lastName).trimmed();
        const Status put = writer.connection().statement("INSERT OR REPLACE INTO users(location, id, name) VALUES(?,?,?)")
                               .integer(writer.location()).text(user.id.value).text(user.name.isEmpty() ? full : user.name).run();
        if (!put)
            return put;
    }
    return putPart(writer, u"users"_s, pack(users));
}

} // namespace

Task<Status> Cache::putReference(LocationId location, ReferenceData data)
{
    auto work = write(location, Table::Reference, std::nullopt, [data](CacheWriter &writer) -> Status {
        Status put;
        if (data.location)
            put = putPart(writer, u"location"_s, toJson(*data.location));
        if (put && !data.users.isEmpty())
            put = putUsers(writer, data.users);
        if (put && !data.numbers.isEmpty())
            put = putPart(writer, u"numbers"_s, pack(data.numbers));
        if (put && !data.customFields.isEmpty())
            put = putPart(writer, u"fields"_s, pack(data.customFields));
        if (put && !data.tags.isEmpty())
            put = putPart(writer, u"tags"_s, pack(data.tags));
        if (put && data.templates)
            put = putPart(writer, u"templates"_s, pack(*data.templates));
        if (put && data.words)
            put = putPart(writer, u"words"_s, pack(*data.words));
        if (put && data.pipelines)
            put = putPart(writer, u"pipelines"_s, pack(*data.pipelines));
        if (put && data.lostReasons)
            put = putPart(writer, u"lostReasons"_s, pack(*data.lostReasons));
        if (put && data.calendars)
            put = putPart(writer, u"calendars"_s, pack(*data.calendars));
        if (put && data.calendarGroups)
            put = putPart(writer, u"calendarGroups"_s, pack(*data.calendarGroups));
        if (put && data.workflows)
            put = putPart(writer, u"workflows"_s, pack(*data.workflows));
        if (put && data.campaigns)
            put = putPart(writer, u"campaigns"_s, pack(*data.campaigns));
        if (put && data.businesses)
            put = putPart(writer, u"businesses"_s, pack(*data.businesses));
        return put;
    });
    const auto written = co_await work;
    if (!written)
        co_return fail(written.error());
    ChangeSet change;
    change.table = Table::Reference;
    change.location = location;
    change.everything = true;
    m_notices.add(change);
    co_return Status{};
}

Task<Result<ReferenceData>> Cache::reference(LocationId location)
{
    return m_reader->run<ReferenceData>([location](Connection &connection) -> Result<ReferenceData> {
        ReferenceData data;
        auto &read = connection.statement("SELECT part, data FROM reference WHERE location=(SELECT key FROM locations WHERE id=?)");
        const Status done = rows::each(read.text(location.value), [&data](Statement &row) {
            const QString part = row.textAt(0);
            const QJsonObject object = objectFrom(row.utf8At(1));
            if (part == "location"_L1)
                data.location = locationFrom(object);
            else if (part == "users"_L1)
                data.users = unpack<User>(object, userFrom);
            else if (part == "numbers"_L1)
                data.numbers = unpack<PhoneNumber>(object, numberFrom);
            else if (part == "fields"_L1)
                data.customFields = unpack<CustomField>(object, fieldFrom);
            else if (part == "tags"_L1)
                data.tags = unpack<LocationTagItem>(object, tagFrom);
            else if (part == "templates"_L1)
                data.templates = unpack<Snippet>(object, templateFrom);
            else if (part == "words"_L1)
                data.words = unpack<LocationWord>(object, wordFrom);
            else if (part == "pipelines"_L1)
                data.pipelines = unpack<Pipeline>(object, pipelineFrom);
            else if (part == "lostReasons"_L1)
                data.lostReasons = unpack<LostReason>(object, reasonFrom);
            else if (part == "calendars"_L1)
                data.calendars = unpack<Calendar>(object, calendarFrom);
            else if (part == "calendarGroups"_L1)
                data.calendarGroups = unpack<CalendarGroup>(object, groupFrom);
            else if (part == "workflows"_L1)
                data.workflows = unpack<NamedItem>(object, namedFrom);
            else if (part == "campaigns"_L1)
                data.campaigns = unpack<NamedItem>(object, namedFrom);
            else if (part == "businesses"_L1)
                data.businesses = unpack<NamedItem>(object, namedFrom);
        });
        if (!done)
            return fail(done.error());
        return data;
    });
}

} // namespace outrigger::store
