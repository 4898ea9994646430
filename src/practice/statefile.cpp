// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/statefile.h"

#include <QDataStream>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace outrigger::practice
{

namespace
{

constexpr quint32 magic = 0x4f505241; // "OPRA"
constexpr quint32 version = 1;

// One function for both directions keeps them alike.
template <class Stream, class... Fields>
void pass(Stream &stream, Fields &...fields)
{
    if constexpr (std::is_same_v<Stream, QDataStream>)
        (static_cast<void>(stream << fields), ...);
    else
        (static_cast<void>(*stream.in >> fields), ...);
}
struct Reader {
    QDataStream *in;
};

template <class Stream, class Enum>
void passEnum(Stream &stream, Enum &value)
{
    auto number = static_cast<quint8>(value);
    pass(stream, number);
    value = static_cast<Enum>(number);
}

template <class Stream>
void passDnd(Stream &stream, Dnd &dnd)
{
    pass(stream, dnd.status, dnd.message, dnd.code);
}

template <class Stream>
void passMore(Stream &stream, ContactMore &more)
{
    QStringList channels;
    for (const auto &[channel, dnd] : more.dndSettings)
        channels.append(channel);
    pass(stream, channels);
    for (const QString &channel : std::as_const(channels))
        passDnd(stream, more.dndSettings[channel]);
    passDnd(stream, more.inbound);
    QByteArray fields = QJsonDocument(more.customFields).toJson(QJsonDocument::Compact);
    pass(stream, fields, more.otherEmails, more.otherPhones, more.followers, more.dateOfBirth, more.business);
    more.customFields = QJsonDocument::fromJson(fields).array();
}

template <class Stream>
void passItem(Stream &stream, Contact &c)
{
    pass(stream, c.first, c.last, c.email, c.phone, c.company, c.address, c.city, c.state, c.postalCode, c.country,
         c.website, c.timezone, c.source, c.tags, c.added, c.updated, c.conversation, c.location, c.assigned, c.dnd,
         c.lead, c.landline, c.deleted);
    bool has = c.more != nullptr;
    pass(stream, has);
    if (has)
        passMore(stream, c.rest());
}

template <class Stream>
void passItem(Stream &stream, Conversation &c)
{
    pass(stream, c.contact, c.added, c.updated, c.lastMessage, c.lastManual, c.unread, c.assigned, c.location,
         c.starred, c.deleted, c.inbox);
}

template <class Stream>
void passItem(Stream &stream, Message &m)
{
    pass(stream, m.added, m.updated, m.conversation, m.text, m.user, m.inbound, m.deleted);
    passEnum(stream, m.type);
    passEnum(stream, m.state);
    passEnum(stream, m.origin);
    bool has = m.more != nullptr;
    pass(stream, has);
    if (has) {
        MessageMore &more = m.rest();
        QByteArray activity = QJsonDocument(more.activity).toJson(QJsonDocument::Compact);
        pass(stream, more.from, more.to, more.error, more.subject, more.html, more.attachments, more.cc, more.bcc,
             more.callDuration, more.callStatus, more.due, activity, more.altId);
        more.activity = QJsonDocument::fromJson(activity).object();
    }
}

template <class Stream>
void passItem(Stream &stream, QString &text)
{
    pass(stream, text);
}

template <class Stream>
void passItem(Stream &stream, User &u)
{
    pass(stream, u.first, u.last, u.email, u.phone, u.role, u.locations, u.deleted);
}

template <class Stream>
void passItem(Stream &stream, CustomField &f)
{
    pass(stream, f.name, f.key, f.dataType, f.options, f.model, f.location);
}

template <class Stream>
void passItem(Stream &stream, PhoneNumber &n)
{
    pass(stream, n.number, n.name, n.location, n.isDefault, n.sms);
}

template <class Stream>
void passItem(Stream &stream, Tag &t)
{
    pass(stream, t.name, t.location);
}

template <class Stream>
void passItem(Stream &stream, LocationData &l)
{
    pass(stream, l.name, l.email, l.phone, l.address, l.city, l.state, l.country, l.postalCode, l.website, l.timezone,
         l.allowDuplicateContact, l.first, l.last);
}

template <class Stream>
void passItem(Stream &stream, PipelineStage &s)
{
    pass(stream, s.name, s.probability, s.deleted);
}

template <class Stream>
void passItem(Stream &stream, Opportunity &o)
{
    pass(stream, o.name, o.source, o.value, o.hasValue, o.contact, o.pipeline, o.stage, o.location, o.assigned, o.lostReason,
         o.added, o.updated, o.stageSince, o.statusSince, o.followers, o.deleted);
    passEnum(stream, o.status);
    QByteArray fields = QJsonDocument(o.customFields).toJson(QJsonDocument::Compact);
    pass(stream, fields);
    o.customFields = QJsonDocument::fromJson(fields).array();
}

template <class Stream>
void passItem(Stream &stream, Pipeline &p);

template <class Stream, class T>
void passList(Stream &stream, std::vector<T> &list)
{
    auto size = static_cast<quint32>(list.size());
    pass(stream, size);
    if constexpr (std::is_same_v<Stream, QDataStream>) {
        for (T &item : list)
            passItem(stream, item);
    } else {
        list.clear();
        for (quint32 i = 0; i < size && stream.in->status() == QDataStream::Ok; ++i)
            passItem(stream, list.emplace_back());
    }
}

template <class Stream>
void passItem(Stream &stream, Pipeline &p)
{
    pass(stream, p.name, p.location, p.deleted);
    passList(stream, p.stages);
}

/// Came later than the rest: stands behind it.
template <class Stream>
void passDeals(Stream &stream, World &world)
{
    passList(stream, world.pipelines);
    passList(stream, world.opportunities);
    passList(stream, world.lostReasons);
}

template <class Stream>
void passWorld(Stream &stream, World &world)
{
    passList(stream, world.locations);
    passList(stream, world.users);
    passList(stream, world.fields);
    passList(stream, world.numbers);
    passList(stream, world.tags);
    passList(stream, world.contacts);
    passList(stream, world.conversations);
    passList(stream, world.messages);
    passList(stream, world.ownTexts);
}

/// Lists whose items could not be removed when the format was made: the places of those that are gone now.
QJsonObject goneOf(const World &world)
{
    const auto places = [](const auto &list) {
        QJsonArray gone;
        for (size_t i = 0; i < list.size(); ++i) {
            if (list[i].deleted)
                gone.append(static_cast<qint64>(i));
        }
        return gone;
    };
    return {{QStringLiteral("tags"), places(world.tags)}, {QStringLiteral("fields"), places(world.fields)},
            {QStringLiteral("locations"), places(world.locations)}};
}

void setGone(World &world, const QJsonObject &gone)
{
    const auto mark = [](auto &list, const QJsonArray &places) {
        for (const auto &place : places) {
            if (const qint64 at = place.toInteger(-1); at >= 0 && at < static_cast<qint64>(list.size()))
                list[static_cast<size_t>(at)].deleted = true;
        }
    };
    mark(world.tags, gone[u"tags"].toArray());
    mark(world.fields, gone[u"fields"].toArray());
    mark(world.locations, gone[u"locations"].toArray());
}

/// Whether every place named somewhere exists: a damaged file must not become a crash.
bool isWhole(const World &world)
{
    for (const Contact &c : world.contacts) {
        if (c.location >= world.locations.size() ||
            (c.conversation != none && c.conversation >= world.conversations.size()))
            return false;
    }
    for (const Conversation &c : world.conversations) {
        if (c.contact >= world.contacts.size() || c.location >= world.locations.size())
            return false;
    }
    for (const Message &m : world.messages) {
        if (m.conversation >= world.conversations.size() ||
            (m.text < 0 && static_cast<size_t>(-1 - m.text) >= world.ownTexts.size()) ||
            static_cast<int>(m.type) >= typeCount || static_cast<int>(m.state) >= stateCount || m.origin > Origin::None)
            return false;
    }
    for (const Opportunity &o : world.opportunities) {
        if (o.contact >= world.contacts.size() || o.location >= world.locations.size() || o.pipeline >= world.pipelines.size() ||
            o.stage >= world.pipelines[o.pipeline].stages.size() || o.status > DealStatus::Abandoned ||
            o.lostReason >= static_cast<int>(world.lostReasons.size()))
            return false;
    }
    return !world.locations.empty();
}

} // namespace

Status saveState(const QString &path, const World &world, const Tokens &tokens)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail(ErrorKind::Storage,
                    QStringLiteral("The practice account cannot be saved in %1: %2.").arg(path, file.errorString()));
    QDataStream out(&file);
    out.setVersion(QDataStream::Qt_6_4);
    out << magic << version << world.seed << QJsonDocument(tokens.save()).toJson(QJsonDocument::Compact);
    passWorld(out, const_cast<World &>(world)); // only read in this direction
    out << magic;
    // Files came later: a state without them ends here.
    out << static_cast<quint32>(world.files.size());
    for (const auto &[name, stored] : world.files)
        out << name << stored.type << stored.bytes;
    passDeals(out, const_cast<World &>(world));
    // So did the calendar.
    out << QJsonDocument(world.diary.save()).toJson(QJsonDocument::Compact);
    // And the shelf, with what was removed of the lists above.
    QJsonObject shelf = world.shelf.save();
    shelf.insert(QStringLiteral("gone"), goneOf(world));
    out << QJsonDocument(shelf).toJson(QJsonDocument::Compact);
    if (out.status() != QDataStream::Ok || !file.commit())
        return fail(ErrorKind::Storage,
                    QStringLiteral("The practice account cannot be saved in %1: %2.").arg(path, file.errorString()));
    return {};
}

Result<bool> loadState(const QString &path, World &world, Tokens &tokens)
{
    QFile file(path);
    if (!file.exists())
        return false;
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage,
                    QStringLiteral("The practice account in %1 cannot be read: %2.").arg(path, file.errorString()));
    QDataStream in(&file);
    in.setVersion(QDataStream::Qt_6_4);
    quint32 word = 0, number = 0, last = 0;
    quint64 seed = 0;
    QByteArray saved;
    in >> word >> number >> seed >> saved;
    if (word != magic || number != version || seed != world.seed)
        return fail(ErrorKind::Storage, QStringLiteral("%1 is not the state of this practice account.").arg(path));
    Reader reader{&in};
    passWorld(reader, world);
    in >> last;
    quint32 files = 0;
    if (!in.atEnd())
        in >> files;
    for (quint32 i = 0; i < files && in.status() == QDataStream::Ok; ++i) {
        QString name;
        StoredFile stored;
        in >> name >> stored.type >> stored.bytes;
        world.files.insert_or_assign(name, stored);
    }
    if (!in.atEnd())
        passDeals(reader, world);
    QByteArray diary;
    if (!in.atEnd())
        in >> diary;
    if (!diary.isEmpty())
        world.diary.load(QJsonDocument::fromJson(diary).object());
    else
        makeDiary(world); // an account from before there was a calendar
    QByteArray shelf;
    if (!in.atEnd())
        in >> shelf;
    if (!shelf.isEmpty()) {
        const QJsonObject kept = QJsonDocument::fromJson(shelf).object();
        world.shelf.load(kept);
        setGone(world, kept[u"gone"].toObject());
    } else {
        fillShelf(world);
    }
    if (in.status() != QDataStream::Ok || last != magic || !isWhole(world))
        return fail(ErrorKind::Storage, QStringLiteral("The practice account in %1 is damaged.").arg(path));
    world.rebuild();
    tokens.load(QJsonDocument::fromJson(saved).object());
    return true;
}

} // namespace outrigger::practice
