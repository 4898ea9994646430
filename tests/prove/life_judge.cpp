// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/life.h"

#include "store/database.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

// The books: what must hold at every instant, what a person decides at the end, and whether both sides then agree.
namespace outrigger::prove {

using S = OutboxState;
using sync::Outbox;

namespace {

constexpr auto optOut = " Reply STOP to opt out";

bool isDone(const OutboxRecord &record) { return record.state == S::Confirmed || record.state == S::Cancelled; }

/// The text as it was written, without what the server added.
QString written(QString text)
{
    if (text.endsWith(QLatin1String(optOut)))
        text.chop(int(qstrlen(optOut)));
    return text;
}

} // namespace

/// Whether the outbox's file says so, at this moment: no byte may leave before it does.
bool Life::isAttempted(const QString &text, const QString &contact) const
{
    store::DatabaseOptions options;
    options.file = m_folder.filePath(u"outbox.sqlite"_s);
    options.schema = u"outbox"_s;
    options.access = store::Access::ReadOnly;
    int found = 0;
    const Status read = store::Database::visit(options, [&](store::Connection &connection) -> Status {
        const auto count = connection.value(u"SELECT count(*) FROM records WHERE kind = 'message.send' AND state = 'attempting' AND instr(data, ?) AND instr(data, ?)"_s,
                                            {text, contact});
        if (!count)
            return fail(count.error());
        found = count->toInt();
        return {};
    });
    return read && found > 0;
}

/// A changing request leaves the program. Nobody has answered yet; what stands in the ledger is what counts.
void Life::leaves(const practice::http::Request &request)
{
    if (request.method == "GET" || !m_outbox)
        return;
    const QString token = QString::fromLatin1(request.header("authorization").mid(7));
    const auto desk = std::find_if(m_desks.begin(), m_desks.end(), [&](const Desk &one) { return one.token == token; });
    const int account = int(desk - m_desks.begin());
    if (!Wire::isText(request))
        return;
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QString text = body["message"_L1].toString();
    const QString contact = body["contactId"_L1].toString();
    const auto there = m_server->world().contact(contact);
    if (!there || desk == m_desks.end() || m_server->world().contacts[*there].location != desk->location)
        trouble(u"account"_s, u"a text leaves with the token of another location: "_s + text);
    const Known *mine = nullptr;
    for (const Known &known : m_known) {
        if (known.kind != OutboxKind::SendMessage || known.body != text)
            continue;
        if (known.account != account && !text.startsWith(u"Proof same"))
            trouble(u"account"_s, u"a text leaves with another account: "_s + text);
        const auto active = m_outbox->active(known.id);
        if (active && active->state == S::Attempting && active->account == desk->account.id && active->contactId().value == contact)
            mine = &known;
    }
    if (!isAttempted(text, contact))
        trouble(u"unrecorded"_s, u"a text leaves, and the file does not say that it was attempted: "_s + text);
    if (!mine || mine->lane.isEmpty() || mine->released)
        return;
    for (const Known &known : m_known) {
        if (&known == mine)
            break;
        if (known.lane != mine->lane || known.released)
            continue;
        const auto earlier = m_outbox->active(known.id);
        if (!earlier)
            continue;
        const bool waits = earlier->state == S::Queued || earlier->state == S::Attempting || earlier->state == S::Settling
            || (earlier->state == S::Held && !(earlier->hold == HoldReason::Ask || earlier->hold == HoldReason::Stale));
        if (waits)
            trouble(u"order"_s, u"\"%1\" leaves while \"%2\" is %3 %4"_s.arg(text, known.body, outboxStateWord(earlier->state), holdWord(earlier->hold)));
    }
}

/// A changing request has had its effect, or not.
void Life::arrived(const practice::http::Request &request, bool applied)
{
    if (m_tell)
        std::fprintf(stderr, "%10.3f s      server: %s %s %s\n", double(elapsed()) / 1000, request.method.constData(), qPrintable(request.path),
                     applied ? "(done)" : "(nothing)");
    if (applied && request.method == "POST" && request.path.contains(u"/workflow/"_s) && ++m_effects[request.path] > m_allowed.value(request.path))
        trouble(u"twice"_s, u"an automation was begun %1 times and wanted %2 times: %3"_s.arg(m_effects.value(request.path)).arg(m_allowed.value(request.path)).arg(request.path));
    if (!applied || !Wire::isText(request))
        return;
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QString contact = body["contactId"_L1].toString();
    const auto there = m_server->world().contact(contact);
    const QString location = there ? m_server->world().locationId(m_server->world().contacts[*there].location) : QString();
    const QString key = keyOf(location, contact, body["message"_L1].toString());
    if (++m_effects[key] > m_allowed.value(key))
        trouble(u"twice"_s, u"\"%1\" is there %2 times and was written %3 times"_s.arg(key).arg(m_effects.value(key)).arg(m_allowed.value(key)));
}

/// Every step of every record. "Sent" may be said only of what is there.
void Life::changed(const OutboxRecord &record)
{
    if (m_tell)
        std::fprintf(stderr, "%10.3f s      %s %s %s %s\n", double(elapsed()) / 1000, qPrintable(record.id.value.right(6)), qPrintable(outboxKindWord(record.kind)),
                     qPrintable(outboxStateWord(record.state)), qPrintable(record.reasonCode));
    m_order->note(std::uint64_t(record.state) * 31 + std::uint64_t(elapsed()));
    if (record.kind != OutboxKind::SendMessage)
        return;
    if (record.state == S::Uncertain)
        m_asked.insert(record.id);
    if ((record.state != S::Accepted && record.state != S::Confirmed) || record.serverId.isEmpty())
        return;
    const practice::World &world = m_server->world();
    const auto index = world.message(record.serverId);
    const QString body = record.payload["body"_L1].toString();
    if (!index) {
        trouble(u"false-sent"_s, u"\"%1\" is said to be sent as a message that does not exist"_s.arg(body));
        return;
    }
    const practice::Message &message = world.messages[*index];
    const practice::Conversation &conversation = world.conversations[message.conversation];
    if (message.inbound || message.origin != practice::Origin::Api || written(world.text(message)) != body
        || world.mint.id(practice::Kind::Contact, conversation.contact) != record.contactId().value)
        trouble(u"false-sent"_s, u"\"%1\" is said to be sent as another message: \"%2\""_s.arg(body, world.text(message)));
}

// --- the end ----------------------------------------------------------------------------------------------------------

std::optional<QVector<OutboxRecord>> Life::book()
{
    auto list = wait(m_outbox->list(std::nullopt, true));
    if (!list)
        return std::nullopt;
    if (!*list) {
        trouble(u"open"_s, u"the outbox cannot be read"_s);
        return std::nullopt;
    }
    return **list;
}

/// A message in the conversation that no record has.
QString Life::unclaimed(const OutboxRecord &record, const QVector<OutboxRecord> &records)
{
    QSet<QString> claimed;
    for (const OutboxRecord &one : records) {
        if (one.id != record.id)
            claimed.insert(one.serverId);
    }
    const practice::World &world = m_server->world();
    if (!record.serverId.isEmpty() && world.message(record.serverId))
        return record.serverId;
    for (practice::Index i = 0; i < practice::Index(world.messages.size()); ++i) {
        const practice::Message &message = world.messages[i];
        const QString id = world.mint.id(practice::Kind::Message, i);
        if (message.deleted || message.inbound || message.origin != practice::Origin::Api || claimed.contains(id))
            continue;
        const practice::Conversation &conversation = world.conversations[message.conversation];
        if (world.mint.id(practice::Kind::Contact, conversation.contact) == record.contactId().value
            && written(world.text(message)) == record.payload["body"_L1].toString())
            return id;
    }
    return {};
}

void Life::decide(const OutboxRecord &record, const QVector<OutboxRecord> &records)
{
    const auto mark = [this](const RecordId &id) {
        for (Known &known : m_known) {
            if (known.id == id)
                known.released = true;
        }
    };
    mark(record.id);
    const int account = record.account == m_desks[0].account.id ? 0 : 1;
    if (record.state == S::Held) {
        wait(m_outbox->release(record.id));
    } else if (record.state == S::Rejected) {
        // What was refused once and goes through now: a person tries again; a text is dropped now and then.
        // A second deal for one contact is refused for good.
        // Who finds a time taken chooses another.
        const bool booking = record.kind == OutboxKind::BookAppointment || record.kind == OutboxKind::ChangeAppointment;
        if (record.kind == OutboxKind::DealCreate || booking || (record.kind == OutboxKind::SendMessage && m_history.seed % 2 == 0)) {
            wait(m_outbox->cancel(record.id));
            return;
        }
        const auto again = wait(m_outbox->retry(record.id));
        if (again && *again)
            m_known.push_back({(*again)->id, account, {}, record.payload["body"_L1].toString(), record.kind, true});
    } else if (record.state == S::Uncertain) {
        const QString there = record.kind == OutboxKind::SendMessage ? unclaimed(record, records) : bookedThere(record);
        // Whether a lead is in a workflow is seen in HighLevel's own pages.
        const EnrolChange enrolled = EnrolChange::fromJson(record.payload);
        const QString beginning = enrolment(enrolled.contactId.value, enrolled.id);
        // What other records have begun is not this one's doing.
        const auto others = std::count_if(records.cbegin(), records.cend(), [&](const OutboxRecord &other) {
            if (other.kind != OutboxKind::ContactEnrol || (other.state != S::Accepted && other.state != S::Confirmed))
                return false;
            const EnrolChange theirs = EnrolChange::fromJson(other.payload);
            return !theirs.leave && enrolment(theirs.contactId.value, theirs.id) == beginning;
        });
        const bool begun = record.kind == OutboxKind::ContactEnrol && m_effects.value(beginning) > others;
        const bool done = begun || !there.isEmpty();
        const auto again = wait(m_outbox->resolve(record.id, done ? Outbox::Resolution::Sent : Outbox::Resolution::Resend, there));
        if (again && *again && (*again)->id != record.id)
            m_known.push_back({(*again)->id, account, {}, record.payload["body"_L1].toString(), record.kind, true});
    }
}

/// The storm is over. Everything has to come to its end by itself or through a person who looks at what is there.
void Life::decideAll()
{
    m_calm = true;
    m_order->crashAfter(0);
    m_wire->armed.clear();
    m_wire->noise = 0;
    m_wire->down = false;
    m_wire->lag = 0;
    m_server->world().setLag(0);
    for (practice::Index i = 0; i < practice::Index(m_server->world().contacts.size()); ++i)
        disturb(i, false);
    m_outbox->setPaused(false);
    if (m_history.seed % 3 == 0 && m_verdict.crashes > 0)
        restart(); // two of three have to manage without
    for (int round = 0; fine(); ++round) {
        if (m_tell && round == 0)
            std::fprintf(stderr, "%10.3f s  -- calm\n", double(elapsed()) / 1000);
        pass(30'000);
        if (m_wire->onTheWay > 0)
            continue;
        const auto records = book();
        if (!records)
            return;
        bool waits = false;
        QStringList states;
        for (const OutboxRecord &record : *records) {
            if (isDone(record) || !fine())
                continue;
            waits = true;
            states.append(outboxKindWord(record.kind) + u' ' + outboxStateWord(record.state) + u' ' + holdWord(record.hold) + u' ' + record.reasonCode);
            const bool forPerson = record.state == S::Rejected || record.state == S::Uncertain
                || (record.state == S::Held && (record.hold == HoldReason::Ask || record.hold == HoldReason::Stale));
            if (!forPerson)
                continue;
            decide(record, *records);
            if (record.state == S::Uncertain)
                break; // what is claimed has changed
        }
        if (!waits)
            return;
        if (round > 600)
            trouble(u"stuck"_s, u"after five quiet hours: "_s + states.join(u", "_s));
    }
}

QJsonObject Life::ask(int account, const QString &path)
{
    practice::http::Request request;
    request.method = "GET";
    request.path = path;
    request.target = path.toUtf8();
    request.segments = path.split(u'/', Qt::SkipEmptyParts);
    request.headers.append(practice::http::Header("authorization", "Bearer " + m_desks[std::size_t(account)].token.toLatin1()));
    request.headers.append(practice::http::Header("version", "2021-07-28"));
    return QJsonDocument::fromJson(m_server->respond(request).body).object();
}

void Life::compareTexts(const QVector<OutboxRecord> &records)
{
    QHash<QString, int> sent;
    QSet<QString> ids;
    for (const OutboxRecord &record : records) {
        if (record.kind != OutboxKind::SendMessage || record.state != S::Confirmed)
            continue;
        ++sent[record.location.value + u'/' + record.contactId().value + u'/' + record.payload["body"_L1].toString()];
        if (record.serverId.isEmpty())
            continue;
        if (ids.contains(record.location.value + record.serverId))
            trouble(u"bound-twice"_s, u"one message belongs to two records"_s);
        ids.insert(record.location.value + record.serverId);
    }
    QHash<QString, int> there;
    const practice::World &world = m_server->world();
    for (const practice::Message &message : world.messages) {
        const QString text = written(world.text(message));
        if (message.deleted || message.inbound || message.origin != practice::Origin::Api || !text.startsWith(u"Proof "))
            continue;
        const practice::Conversation &conversation = world.conversations[message.conversation];
        ++there[world.locationId(conversation.location) + u'/' + world.mint.id(practice::Kind::Contact, conversation.contact) + u'/' + text];
    }
    for (auto it = there.constBegin(); it != there.constEnd(); ++it) {
        if (sent.value(it.key()) != it.value())
            trouble(it.value() > sent.value(it.key()) ? u"unknown-sent"_s : u"false-sent"_s,
                    u"%1: there %2 times, said to be sent %3 times"_s.arg(it.key()).arg(it.value()).arg(sent.value(it.key())));
    }
    for (auto it = sent.constBegin(); it != sent.constEnd(); ++it) {
        if (!there.contains(it.key()))
            trouble(u"false-sent"_s, it.key() + u": said to be sent, and not there"_s);
    }
}

void Life::compareThings(const QVector<OutboxRecord> &records)
{
    QHash<QString, int> there;
    for (int account = 0; account < 2; ++account) {
        for (const QString &contact : m_desks[std::size_t(account)].contacts) {
            const QJsonArray tasks = ask(account, u"/contacts/%1/tasks"_s.arg(contact))["tasks"_L1].toArray();
            for (const auto &task : tasks) {
                const QString title = task.toObject()["title"_L1].toString();
                ++there[title];
                if (m_ticks.contains(title) && task.toObject()["completed"_L1].toBool() != m_ticks.value(title))
                    trouble(u"task"_s, title + (m_ticks.value(title) ? u" is not done"_s : u" is done"_s));
            }
            const QJsonArray notes = ask(account, u"/contacts/%1/notes"_s.arg(contact))["notes"_L1].toArray();
            for (const auto &note : notes)
                ++there[note.toObject()["body"_L1].toString()];
        }
    }
    for (const practice::Opportunity &deal : m_server->world().opportunities) {
        if (!deal.deleted)
            ++there[deal.name];
    }
    for (const practice::DiaryEvent &event : m_server->world().diary.events) {
        if (!event.deleted)
            ++there[event.title];
    }
    QHash<QString, int> done;
    for (const OutboxRecord &record : records) {
        const bool thing = record.kind == OutboxKind::AddTask || record.kind == OutboxKind::AddNote || record.kind == OutboxKind::DealCreate
            || record.kind == OutboxKind::BookAppointment;
        if (!thing || record.state != S::Confirmed)
            continue;
        const bool titled = record.kind == OutboxKind::AddTask || record.kind == OutboxKind::BookAppointment;
        const QString title = titled ? record.payload["title"_L1].toString()
            : record.kind == OutboxKind::AddNote ? record.payload["body"_L1].toString() : record.payload["name"_L1].toString();
        ++done[title];
    }
    for (auto it = m_things.constBegin(); it != m_things.constEnd(); ++it) {
        if (there.value(it.key()) > 1)
            trouble(u"twin"_s, it.key() + u" is there more than once"_s);
        else if (there.value(it.key()) != done.value(it.key()))
            trouble(there.value(it.key()) > 0 ? u"unknown-made"_s : u"false-made"_s,
                    u"%1: there %2 times, said to be made %3 times"_s.arg(it.key()).arg(there.value(it.key())).arg(done.value(it.key())));
    }
    QSet<QString> numbers;
    for (const practice::Contact &contact : m_server->world().contacts) {
        const QString number = u"%1/%2"_s.arg(contact.location).arg(contact.phone);
        if (contact.deleted || !contact.phone.startsWith(u"+1407555019"))
            continue;
        if (numbers.contains(number))
            trouble(u"twin"_s, u"two contacts have "_s + contact.phone);
        numbers.insert(number);
    }
}

void Life::compareStates()
{
    for (int account = 0; account < 2; ++account) {
        for (int i = 0; i < 3; ++i) {
            const practice::Contact &contact = contactOf(account, i);
            const QString place = u"%1/%2/"_s.arg(account).arg(i);
            for (int tag = 0; tag < 3; ++tag) {
                const QString name = u"proof-%1"_s.arg(tag);
                if (m_tags.contains(place + name) && contact.tags.contains(name) != m_tags.value(place + name))
                    trouble(u"tags"_s, place + name + (contact.tags.contains(name) ? u" is on"_s : u" is off"_s));
            }
            const QHash<QString, QString> now{{u"city"_s, contact.city}, {u"address1"_s, contact.address}, {u"postalCode"_s, contact.postalCode}};
            for (auto it = now.constBegin(); it != now.constEnd(); ++it) {
                if (m_fields.contains(place + it.key()) && m_fields.value(place + it.key()) != it.value())
                    trouble(u"field"_s, u"%1%2 is \"%3\", not \"%4\""_s.arg(place, it.key(), it.value(), m_fields.value(place + it.key())));
            }
            if (m_stars.contains(place) && contact.conversation != practice::none
                && m_server->world().conversations[contact.conversation].starred != m_stars.value(place))
                trouble(u"star"_s, place + (m_stars.value(place) ? u" has no star"_s : u" has a star"_s));
        }
    }
}

void Life::compareBooks()
{
    const auto records = book();
    if (!records)
        return;
    QSet<RecordId> kept;
    for (const OutboxRecord &record : *records)
        kept.insert(record.id);
    for (const Known &known : m_known) {
        if (!kept.contains(known.id))
            trouble(u"lost"_s, u"a record is gone: "_s + known.body);
    }
    compareTexts(*records);
    compareThings(*records);
    compareJobs(*records);
    compareBookings(*records);
    compareDeals();
    compareStates();
}

} // namespace outrigger::prove
