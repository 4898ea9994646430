// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/life.h"

#include "prove/owndisk.h"

#include "api/network.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>
#include <malloc.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace outrigger::prove {

using S = OutboxState;
using sync::Outbox;

namespace {

constexpr std::int64_t wallAtBirth = 1'780'000'000'000; // an afternoon in May 2026

QString fastPlace()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath();
}

std::int64_t allocatedBytes()
{
#ifdef __GLIBC__
    const auto all = mallinfo2();
    return std::int64_t(all.uordblks + all.hblkhd);
#else
    return 0;
#endif
}

std::int64_t residentBytes()
{
    QFile statm(u"/proc/self/statm"_s);
    return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

} // namespace

Life::Life(Order *order, const History &history, bool tell)
    : m_order(order), m_history(history), m_tell(tell), m_cuts(history.seed ^ 0xd15c), m_folder(fastPlace() + u"/outrigger-prove-XXXXXX"_s)
{
}

Life::~Life()
{
    watchFolder({});
    close();
    api::setNetworkMaker({});
}

void Life::trouble(const QString &kind, const QString &what)
{
    if (!fine())
        return;
    m_verdict.kind = kind;
    m_verdict.trouble = what;
    if (m_tell)
        std::fprintf(stderr, "%10.3f s  TROUBLE %s: %s\n", double(elapsed()) / 1000, qPrintable(kind), qPrintable(what));
}

void Life::pass(std::int64_t milliseconds)
{
    m_order->runUntil([this] { return !fine(); }, milliseconds);
}

// --- the process ------------------------------------------------------------------------------------------------------

Outcome Life::live()
{
    restartTime(wallAtBirth, m_history.seed);
    m_power = m_history.power;
    watchFolder(m_power ? m_folder.path() : QString());
    m_order->begin(m_history.seed ^ 0x5eed);
    practice::Options options;
    options.size = {14, 2, 6, 12};
    options.rate = m_history.limited ? practice::Rate::Spec : practice::Rate::Off;
    options.quiet = true;
    options.start = wallAtBirth;
    m_server = std::make_unique<practice::Server>(options);
    if (!m_server->start())
        qFatal("The practice server does not start.");
    practice::World &world = m_server->world();
    m_wire = std::make_unique<Wire>(m_server.get(), m_order, m_history.seed ^ 0x31e);
    m_wire->noise = m_history.noise;
    m_wire->leaving = [this](const practice::http::Request &request) { leaves(request); };
    m_wire->happened = [this](const practice::http::Request &request, const practice::http::Response &, bool applied, Harm) {
        arrived(request, applied);
    };
    api::setNetworkMaker([this](QObject *owner) { return new Network(m_wire.get(), owner); });
    for (quint16 place = 0; place < 2; ++place) {
        Desk desk;
        desk.location = place;
        desk.account.id = AccountId(QString(u"01ARZ3NDEKTSV4RRFFQ69G5FA"_s + QChar(u'A' + place)));
        desk.account.location = LocationId(world.locationId(place));
        desk.account.kind = SignInKind::Session;
        desk.token = place == 0 ? m_server->token() : m_server->tokens().makePit(world.locationId(place), world.companyId(), practice::Tokens::allScopes());
        auth::Secret secret;
        secret.accessToken = desk.token;
        wait(m_vault.write(auth::secretKey(desk.account.id, 0), secret.toBytes()));
        for (int i = 0; place == 1 && i < 3; ++i) {
            practice::Contact contact;
            contact.first = u"Second %1"_s.arg(i);
            contact.phone = u"+1305555017%1"_s.arg(i);
            contact.location = 1;
            world.addContact(std::move(contact));
        }
        for (practice::Index i = 0; i < practice::Index(world.contacts.size()) && desk.contacts.size() < 3; ++i) {
            const practice::Contact &contact = world.contacts[i];
            if (contact.location == place && !contact.deleted && !contact.dnd && !contact.phone.isEmpty() && !contact.more && !contact.landline) {
                world.conversationFor(i);
                desk.contacts.append(world.mint.id(practice::Kind::Contact, i));
            }
        }
        if (desk.contacts.size() < 3)
            qFatal("The practice account is too small.");
        while (++desk.calendar < world.diary.calendars.size() && world.diary.calendars[desk.calendar].location != place) { }
        m_desks.push_back(desk);
    }
    if (!open())
        trouble(u"open"_s, u"the first start failed"_s);
    for (const Step &step : m_history.steps) {
        if (!fine())
            break;
        if (m_tell)
            std::fprintf(stderr, "%10.3f s  %s\n", double(elapsed()) / 1000, qPrintable(step.line()));
        act(step);
        if (m_order->crashed())
            restart();
    }
    if (fine())
        decideAll();
    if (fine())
        compareBooks();
    if (fine() && m_history.feeds)
        compareMirror();
    m_verdict.records = int(m_known.size());
    m_verdict.texts = int(std::count_if(m_known.begin(), m_known.end(), [](const Known &known) { return known.kind == OutboxKind::SendMessage; }));
    m_verdict.asked = int(m_asked.size());
    m_verdict.requests = m_wire->requests;
    m_verdict.harmed = m_wire->harmed;
    m_verdict.limited = m_wire->refused;
    m_verdict.hours = double(elapsed()) / 3'600'000;
    m_verdict.trace = m_order->trace();
    return m_verdict;
}

bool Life::open()
{
    m_cache = std::make_unique<store::Cache>(m_folder.filePath(u"cache.sqlite"_s));
    m_ledger = std::make_unique<store::Ledger>(m_folder.filePath(u"outbox.sqlite"_s), m_folder.filePath(u"outbox.journal"_s));
    const auto cache = wait(m_cache->open(m_verdict.crashes > 0));
    if (!cache)
        return false;
    const auto ledger = wait(m_ledger->open());
    if (!ledger)
        return false;
    if (!*cache || !*ledger) {
        trouble(u"open"_s, u"a file does not open after a crash: "_s + (!*cache ? cache->error().code : ledger->error().code));
        return false;
    }
    if ((*ledger)->salvaged)
        trouble(u"open"_s, u"the outbox was found damaged after a mere crash"_s);
    for (const Desk &desk : m_desks) {
        const auto put = wait(m_ledger->putAccount(desk.account));
        if (!put)
            return false;
    }
    m_outbox = std::make_unique<Outbox>(m_ledger.get(), m_cache.get());
    QObject::connect(m_outbox.get(), &Outbox::recordChanged, m_outbox.get(), [this](const OutboxRecord &record) { changed(record); });
    const auto started = wait(m_outbox->start(m_verdict.crashes > 0));
    if (!started)
        return false;
    if (!*started) {
        trouble(u"open"_s, u"the outbox does not start: "_s + started->error().code);
        return false;
    }
    sync::EngineOptions options;
    options.server = QUrl(m_server->url());
    options.pull = m_history.feeds;
    sync::AccountLine::Parts parts{&m_vault, m_ledger.get(), m_cache.get(), m_outbox.get(), &Clock::system()};
    for (const Desk &desk : m_desks) {
        m_lines.push_back(std::make_unique<sync::AccountLine>(desk.account, parts, options, nullptr));
        QObject::connect(m_lines.back().get(), &sync::AccountLine::backOnline, m_outbox.get(), [this] { reconnect(false); }, Qt::QueuedConnection);
    }
    for (auto &line : m_lines)
        line->start(m_history.feeds && line == m_lines.front());
    return true;
}

/// As when the process is killed: whatever has not been stored is gone. What has left arrives all the same.
void Life::close()
{
    m_tasks.cancel();
    m_lines.clear();
    m_outbox.reset();
    m_ledger.reset();
    m_cache.reset();
}

void Life::restart()
{
    for (int i = 0; i < 5 && fine(); ++i) {
        ++m_verdict.crashes;
        if (m_power)
            m_seen.clear(); // what the cache wrote last need not be on the disk; it is read again
        if (m_tell)
            std::fprintf(stderr, "%10.3f s  -- killed and started again\n", double(elapsed()) / 1000);
        const Image image = m_power ? asAfterPowerCut(m_folder.path(), m_cuts) : asWritten(m_folder.path());
        close(); // tidier than a death; so what the death left is put back
        putBack(m_folder.path(), image);
        m_order->clearCrash();
        if (m_again > 0)
            m_order->crashAfter(std::exchange(m_again, 0));
        if (open())
            return;
    }
    trouble(u"open"_s, u"does not start"_s);
}

/// The server and the books live in this process as well and grow; so what counts is what closing gives back.
void Life::measure()
{
    m_verdict.resident.push_back(residentBytes());
    const std::int64_t before = allocatedBytes();
    close();
    m_verdict.held.push_back(before - allocatedBytes());
    if (!open())
        trouble(u"open"_s, u"does not start after it was closed"_s);
}

void Life::reconnect(bool stale)
{
    for (auto &line : m_lines)
        m_tasks.start(line->reconnect(stale));
}

// --- what people do ---------------------------------------------------------------------------------------------------

QString Life::keyOf(const QString &location, const QString &contact, const QString &body) const
{
    return body.startsWith(u"Proof same") ? location + u'/' + contact + u'/' + body : body;
}

const practice::Contact &Life::contactOf(int account, int contact)
{
    const Desk &desk = m_desks[std::size_t(account)];
    return m_server->world().contacts[*m_server->world().contact(desk.contacts[contact])];
}

void Life::submitted(const std::optional<Result<RecordId>> &id, int account, const QString &lane, const QString &body, OutboxKind kind)
{
    if (!id)
        return; // the crash came before the answer: nobody was told that it is kept
    if (!*id) {
        trouble(u"not-taken"_s, u"not submitted: %1 %2"_s.arg((*id).error().code, (*id).error().message));
        return;
    }
    m_known.push_back({**id, account, lane, body, kind, false});
}

void Life::act(const Step &step)
{
    switch (step.act) {
    case Act::Text:
        writeText(step, u"Proof %1: are you free on Tuesday?"_s.arg(step.c));
        return;
    case Act::Same:
        writeText(step, step.c == 0 ? u"Proof same: Hi"_s : u"Proof same: See you at noon"_s);
        return;
    case Act::NewText:
        writeNewText(step);
        return;
    case Act::Tag:
    case Act::Field:
    case Act::Star:
        change(step);
        return;
    case Act::Task:
    case Act::Note:
    case Act::Deal:
        create(step);
        return;
    case Act::Enrol:
        enrol(step);
        return;
    case Act::Many:
        many(step);
        return;
    case Act::Book:
        book(step);
        return;
    case Act::Move:
        move(step);
        return;
    case Act::Drag:
        drag(step);
        return;
    case Act::Tick:
        tick(step);
        return;
    case Act::Cancel:
    case Act::Release:
    case Act::Retry:
        person(step);
        return;
    default:
        around(step);
    }
}

void Life::writeText(const Step &step, const QString &body)
{
    const Desk &desk = m_desks[std::size_t(step.a)];
    MessageDraft draft;
    draft.contactId = ContactId(desk.contacts[step.b]);
    draft.body = body;
    Outbox::SubmitOptions options;
    options.undoable = step.act == Act::Text && step.d != 0;
    ++m_allowed[keyOf(desk.account.location.value, draft.contactId.value, body)];
    submitted(wait(m_outbox->submitMessage(desk.account, draft, options)), step.a, u"%1/%2"_s.arg(step.a).arg(step.b), body, OutboxKind::SendMessage);
}

void Life::writeNewText(const Step &step)
{
    const Desk &desk = m_desks[std::size_t(step.a)];
    ContactDraft contact;
    contact.firstName = u"New"_s;
    contact.phone = u"+1407555019%1"_s.arg(step.b);
    MessageDraft draft;
    draft.body = u"Proof %1: hello, new one"_s.arg(step.c);
    Outbox::SubmitOptions options;
    options.undoable = step.c % 3 == 0;
    ++m_allowed[draft.body];
    submitted(wait(m_outbox->submitNewText(desk.account, contact, draft, options)), step.a, u"%1/%2"_s.arg(step.a).arg(contact.phone), draft.body,
              OutboxKind::SendMessage);
}

void Life::change(const Step &step)
{
    const Desk &desk = m_desks[std::size_t(step.a)];
    const ContactId contact(desk.contacts[step.b]);
    Outbox::SubmitOptions options;
    options.undoable = false;
    const QString place = u"%1/%2/"_s.arg(step.a).arg(step.b);
    std::optional<Result<RecordId>> id;
    if (step.act == Act::Tag) {
        TagChange change;
        change.contactId = contact;
        const QString tag = u"proof-%1"_s.arg(step.c);
        (step.d ? change.add : change.remove).append(tag);
        id = wait(m_outbox->submitTags(desk.account, change, options));
        if (id)
            m_tags.insert(place + tag, step.d != 0);
        else
            m_tags.remove(place + tag); // nobody knows whether it was kept
    } else if (step.act == Act::Field) {
        static const QStringList names{u"city"_s, u"address1"_s, u"postalCode"_s};
        const practice::Contact &there = contactOf(step.a, step.b);
        const QStringList now{there.city, there.address, there.postalCode};
        const QString name = names[step.c];
        const QString value = u"Proof %1"_s.arg(step.d);
        ContactChange change;
        change.contactId = contact;
        change.to.insert(name, value);
        change.from.insert(name, m_fields.value(place + name, now[step.c]));
        id = wait(m_outbox->submitContactChange(desk.account, change, options));
        if (id)
            m_fields.insert(place + name, value);
        else
            m_fields.remove(place + name);
    } else {
        ReadChange change;
        change.contactId = contact;
        change.starred = step.c != 0;
        id = wait(m_outbox->submitRead(desk.account, change, options));
        if (id)
            m_stars.insert(place, step.c != 0);
        else
            m_stars.remove(place);
    }
    submitted(id, step.a, {}, {}, step.act == Act::Tag ? OutboxKind::ContactTags : step.act == Act::Field ? OutboxKind::ContactUpdate : OutboxKind::ConversationRead);
}

void Life::create(const Step &step)
{
    const Desk &desk = m_desks[std::size_t(step.a)];
    const ContactId contact(desk.contacts[step.b]);
    Outbox::SubmitOptions options;
    options.undoable = false;
    const QString title = u"Proof %1 %2"_s.arg(QLatin1String(word(step.act))).arg(step.c);
    if (step.act == Act::Task) {
        TaskDraft draft;
        draft.contactId = contact;
        draft.title = title;
        draft.due = QDateTime::currentDateTimeUtc().addDays(1);
        ++m_things[title];
        submitted(wait(m_outbox->submitTask(desk.account, draft, options)), step.a, {}, title, OutboxKind::AddTask);
    } else if (step.act == Act::Note) {
        NoteDraft draft;
        draft.contactId = contact;
        draft.body = title;
        ++m_things[title];
        submitted(wait(m_outbox->submitNote(desk.account, draft, options)), step.a, {}, title, OutboxKind::AddNote);
    } else {
        const practice::World &world = m_server->world();
        for (practice::Index i = 0; i < practice::Index(world.pipelines.size()); ++i) {
            if (world.pipelines[i].location != desk.location || world.pipelines[i].deleted)
                continue;
            DealDraft draft;
            draft.contactId = contact;
            draft.name = title;
            draft.pipeline = PipelineId(world.mint.id(practice::Kind::Pipeline, i));
            draft.stage = StageId(world.stageId(quint16(i), 0));
            ++m_things[title];
            submitted(wait(m_outbox->submitDeal(desk.account, draft, options)), step.a, {}, title, OutboxKind::DealCreate);
            return;
        }
    }
}

void Life::person(const Step &step)
{
    if (step.a >= int(m_known.size()))
        return;
    Known &known = m_known[m_known.size() - 1 - std::size_t(step.a)];
    if (known.kind != OutboxKind::SendMessage && step.act != Act::Cancel)
        return;
    const bool made = known.kind == OutboxKind::AddTask || known.kind == OutboxKind::AddNote || known.kind == OutboxKind::DealCreate
        || known.kind == OutboxKind::BookAppointment || known.kind == OutboxKind::ChangeAppointment;
    if (known.kind != OutboxKind::SendMessage && !made)
        return;
    // Too late, or not in that state: fine, a person is told.
    if (step.act == Act::Cancel) {
        wait(m_outbox->cancel(known.id));
    } else if (step.act == Act::Release) {
        known.released = true; // it takes its place at this moment, when a younger one may be leaving already
        wait(m_outbox->release(known.id));
    } else {
        known.released = true;
        const int account = known.account;
        const QString body = known.body;
        const auto again = wait(m_outbox->retry(known.id));
        if (again && *again && (*again)->id != m_known[m_known.size() - 1 - std::size_t(step.a)].id)
            m_known.push_back({(*again)->id, account, {}, body, OutboxKind::SendMessage, true});
    }
}

void Life::around(const Step &step)
{
    const auto index = [&] { return *m_server->world().contact(m_desks[std::size_t(step.a)].contacts[step.b]); };
    switch (step.act) {
    case Act::TheyWrite:
        m_server->people().inbound(index(), u"Yes"_s);
        break;
    case Act::Colleague: {
        practice::Message message;
        message.conversation = m_server->world().conversationFor(index());
        message.type = practice::Type::Sms;
        message.state = practice::State::Delivered;
        message.origin = practice::Origin::App;
        message.user = 1;
        message.text = m_server->world().keep(step.c == 0 ? u"Proof same: Hi"_s : u"Proof same: See you at noon"_s);
        m_server->world().addMessage(std::move(message));
        break;
    }
    case Act::Taken:
        colleagueTakes(step);
        break;
    case Act::Disturb:
        disturb(index(), step.c != 0);
        break;
    case Act::Wait:
        pass(step.a);
        if (m_history.feeds)
            stillThere();
        break;
    case Act::Gone: {
        practice::World &world = m_server->world();
        int left = step.a;
        for (practice::Index i = 0; i < practice::Index(world.contacts.size()); ++i) {
            const QString id = world.mint.id(practice::Kind::Contact, i);
            const practice::Contact &contact = world.contacts[i];
            const bool other = contact.location == 0 && !contact.deleted && !m_desks[0].contacts.contains(id) && !contact.phone.startsWith(u"+1407555019");
            if (!other || left-- > 0)
                continue;
            world.removeContact(i);
            break;
        }
        break;
    }
    case Act::Comes: {
        practice::Contact contact;
        contact.first = u"Walked in"_s;
        contact.phone = u"+1512555%1"_s.arg(int(m_server->world().contacts.size()), 4, 10, QChar(u'0'));
        contact.added = contact.updated = m_server->world().now();
        m_server->world().addContact(std::move(contact));
        break;
    }
    case Act::Harm:
        m_wire->armed.push_back({static_cast<Harm>(std::clamp(step.a, 0, int(Harm::Count) - 1)), step.b, step.c, step.d});
        break;
    case Act::Lag:
        m_wire->lag = step.a * 1000;
        m_server->world().setLag(step.a * 1000);
        break;
    case Act::Down:
        m_wire->down = step.a != 0;
        break;
    case Act::Pause:
        m_outbox->setPaused(step.a != 0);
        break;
    case Act::Network:
        reconnect(true);
        break;
    case Act::Sleep:
        shiftWall(std::int64_t(step.a) * 1000);
        m_server->world().advance(std::int64_t(step.a) * 1000);
        m_wire->arriveNow();
        reconnect(true);
        break;
    case Act::Wall:
        shiftWall(std::int64_t(step.a) * 1000);
        break;
    case Act::Crash:
        restart();
        break;
    case Act::Measure:
        measure();
        break;
    case Act::CrashIn:
        m_again = step.b;
        m_order->crashAfter(step.a);
        break;
    default:
        break;
    }
}

} // namespace outrigger::prove
