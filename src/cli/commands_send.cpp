// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/sending.h"
#include "core/await.h"
#include "core/clock.h"
#include "domain/schedule.h"
#include "domain/phone.h"
#include "domain/segments.h"
#include "domain/sendguard.h"
#include "sync/outbox.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSettings>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::cli {

using sync::Outbox;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// Who the text goes to: a contact, or a number that is no contact yet.
struct Recipient {
    std::optional<Contact> contact;
    QString newPhone;
};

bool looksLikeNumber(const QString &text)
{
    static const QRegularExpression number(u"^[+(]?[0-9][0-9 ().\\-/]{4,}$"_s);
    return number.match(text.trimmed()).hasMatch();
}

Task<Result<Recipient>> byNumber(ContextPtr context, Account account, QString e164)
{
    Recipient recipient;
    auto search = context->engine->cache().findContacts(account.location, e164, regionOf(account), 5);
    const auto hits = co_await search;
    if (!hits)
        co_return fail(hits.error());
    for (const ContactHit &hit : *hits) {
        if (hit.match != ContactHit::Match::Exact || hit.phone != e164 || hit.local)
            continue;
        auto load = context->engine->cache().contact(account.location, hit.id);
        auto contact = co_await load;
        if (!contact)
            co_return fail(contact.error());
        if (*contact) {
            recipient.contact = **contact;
            co_return recipient;
        }
    }
    // The local copy may be behind. Without a network the outbox looks once more before it makes a contact.
    auto ask = context->engine->findOnServer(e164, QString());
    const auto found = co_await ask;
    if (found && *found)
        recipient.contact = **found;
    else if (!found && found.error().kind == ErrorKind::SignInNeeded)
        co_return fail(found.error());
    else
        recipient.newPhone = e164;
    co_return recipient;
}

Task<Result<Recipient>> byEmail(ContextPtr context, Account account, QString email)
{
    Recipient recipient;
    auto search = context->engine->cache().findContacts(account.location, email, regionOf(account), 5);
    const auto hits = co_await search;
    if (!hits)
        co_return fail(hits.error());
    for (const ContactHit &hit : *hits) {
        if (hit.email.compare(email, Qt::CaseInsensitive) != 0 || hit.local)
            continue;
        auto load = context->engine->cache().contact(account.location, hit.id);
        auto contact = co_await load;
        if (contact && *contact) {
            recipient.contact = **contact;
            co_return recipient;
        }
    }
    auto ask = context->engine->findOnServer(QString(), email);
    const auto found = co_await ask;
    if (!found)
        co_return fail(found.error());
    if (!*found)
        co_return fail(ErrorKind::NotFound, Words::tr("No contact has this e-mail address, so there is no number to text."));
    recipient.contact = **found;
    co_return recipient;
}

Task<Result<Recipient>> byId(ContextPtr context, Account account, ContactId id)
{
    Recipient recipient;
    auto load = context->engine->cache().contact(account.location, id);
    auto known = co_await load;
    if (!known)
        co_return fail(known.error());
    if (*known) {
        recipient.contact = **known;
        co_return recipient;
    }
    auto ask = context->engine->refreshContact(id);
    auto contact = co_await ask;
    if (contact) {
        recipient.contact = *contact;
        co_return recipient;
    }
    const ErrorKind kind = contact.error().kind;
    if (kind == ErrorKind::NotFound || kind == ErrorKind::Invalid)
        co_return fail(ErrorKind::NotFound, Words::tr("HighLevel knows no contact with this id."));
    if (kind == ErrorKind::SignInNeeded || kind == ErrorKind::TokenRefused || kind == ErrorKind::Forbidden)
        co_return fail(contact.error());
    // Nobody can be asked now. The id is taken at its word: HighLevel refuses the text when it is wrong.
    Contact bare;
    bare.id = id;
    bare.location = account.location;
    recipient.contact = bare;
    co_return recipient;
}

Task<Result<Recipient>> findRecipient(ContextPtr context, Account account, QString who)
{
    if (who.contains(u'@')) {
        auto email = byEmail(context, account, who);
        co_return co_await email;
    }
    if (looksLikeNumber(who)) {
        const auto number = phone::parse(who, regionOf(account));
        if (!number || !number->valid)
            co_return fail(ErrorKind::Usage, number ? Words::tr("This is no usable number: %1").arg(number->problem)
                                                    : Words::tr("This is no usable number."));
        auto phone = byNumber(context, account, number->e164);
        co_return co_await phone;
    }
    auto id = byId(context, account, ContactId(who));
    co_return co_await id;
}

/// As people say them; the API's own words are taken as well.
std::optional<Channel> channelOf(QString word)
{
    word = word.trimmed().toLower().remove(u'-').remove(u'_');
    if (word == "livechat"_L1)
        return Channel::LiveChat;
    if (word == "comment"_L1)
        return Channel::InternalComment;
    const Channel channel = channelFromType(word);
    return channel == Channel::Email || channelSendType(channel).isEmpty() ? std::nullopt : std::optional(channel);
}

QJsonObject requestJson(const QString &path, const QJsonObject &body)
{
    return {{u"method"_s, u"POST"_s}, {u"path"_s, path}, {u"body"_s, body}};
}

int dryRun(const ContextPtr &context, const Recipient &recipient, const MessageDraft &draft)
{
    QJsonArray requests;
    QJsonObject body{{u"type"_s, draft.type}, {u"message"_s, draft.body}};
    if (!draft.fromNumber.isEmpty())
        body.insert(u"fromNumber"_s, draft.fromNumber);
    if (!draft.providerId.isEmpty())
        body.insert(u"conversationProviderId"_s, draft.providerId);
    if (draft.sendAt.isValid())
        body.insert(u"scheduledTimestamp"_s, draft.sendAt.toSecsSinceEpoch());
    if (recipient.contact) {
        body.insert(u"contactId"_s, recipient.contact->id.value);
    } else {
        const auto account = context->engine->account();
        requests.append(requestJson(u"/contacts/"_s, {{u"locationId"_s, account ? account->location.value : QString()},
                                                      {u"phone"_s, recipient.newPhone}}));
        body.insert(u"contactId"_s, u"(the id that the first request answers)"_s);
    }
    requests.append(requestJson(u"/conversations/messages"_s, body));
    QString text;
    for (const QJsonValue &request : std::as_const(requests))
        text += u"POST "_s + request[u"path"_s].toString() + u'\n';
    context->output->note(Words::tr("Nothing was sent."));
    context->output->answer(QJsonObject{{u"dryRun"_s, true}, {u"requests"_s, requests}}, text);
    return Done;
}

/// Stops what HighLevel or the law would not have: here, before anything is written down. A Block is final. What asks
/// needs --yes; only the hour is said and not asked: who gives one command for one person sees the clock.
Task<int> guard(ContextPtr context, Account account, Recipient recipient, Channel channel, QString text, QDateTime when)
{
    if (!recipient.contact) {
        recipient.contact = Contact();
        recipient.contact->phone = recipient.newPhone;
    }
    auto learn = context->engine->cache().sendFacts(account.location, recipient.contact->id);
    const auto facts = co_await learn;
    SendQuestion question;
    question.contact = *recipient.contact;
    question.channel = channel;
    if (facts)
        question.facts = *facts;
    if (question.facts.locationZone.isEmpty())
        question.facts.locationZone = account.timezone;
    question.text = text;
    auto reading = context->engine->cache().textFacts(account.location, *recipient.contact, text, regionOf(account), {});
    const auto textFacts = co_await reading;
    if (textFacts)
        question.textFacts = *textFacts;
    question.rules = GuardRules::from(QSettings(context->engine->profile().settingsFile(), QSettings::IniFormat));
    question.now = when.isValid() ? when : Clock::system().now();
    const GuardAnswer answer = judgeSend(question, context->engine->quietHours());
    if (answer.verdict == Verdict::Block)
        co_return context->output->failure(Refused, answer.reasons.first().id.startsWith("dnd"_L1) ? u"dnd"_s : answer.reasons.first().id,
                                           clean(answer.sentences(Verdict::Block)) + u' ' + Words::tr("Nothing was sent."));
    const bool yes = context->arguments.has("yes");
    for (const GuardReason &reason : answer.reasons) {
        if (reason.id == "first_text"_L1)
            continue;
        if (reason.weight == Verdict::Ask && !yes && reason.id != "quiet_hours"_L1)
            co_return context->output->failure(Failed, reason.id,
                                               clean(answer.sentences(Verdict::Ask)) + u' ' + Words::tr("Nothing was sent. Add --yes to send it all the same."));
        context->output->note(clean(reason.sentence));
    }
    co_return Done;
}

/// Whether this contact can be written to on a channel, as far as the local copy knows the talk.
Task<Result<ReplyWay>> wayOf(ContextPtr context, Account account, Contact contact, Channel channel)
{
    auto learn = context->engine->cache().sendFacts(account.location, contact.id);
    const auto facts = co_await learn;
    if (!facts)
        co_return fail(facts.error());
    for (const ReplyWay &way : replyWays(contact, facts->talks)) {
        if (way.channel != channel)
            continue;
        if (!way.why.isEmpty())
            co_return fail(ErrorKind::Usage, clean(way.why));
        co_return way;
    }
    if (goesToNumber(channel)) {
        ReplyWay way;
        way.channel = channel; // a first message to a number; HighLevel says when it may not be
        co_return way;
    }
    co_return fail(ErrorKind::Usage, Words::tr("This contact has not written on this channel, so nothing can be sent on it. Sync first if they have."));
}

Task<int> answerFor(ContextPtr context, RecordId id, int exit)
{
    auto load = context->engine->outbox().record(id);
    const auto record = co_await load;
    if (!record)
        co_return context->output->failure(record.error());
    if (!*record)
        co_return context->output->failure(Failed, u"internal"_s, Words::tr("The record is gone."));
    const OutboxRecord &now = **record;
    QString text = outboxStateWord(now.state) + u' ' + now.id.value;
    if (!now.serverId.isEmpty())
        text += u' ' + now.serverId;
    if (!now.reason.isEmpty())
        context->output->note(clean(now.reason));
    if (now.kind == OutboxKind::CreateContact && now.look.contains(wasThereKey))
        context->output->note(Words::tr("HighLevel had a contact with this number or address already, so there is no second one. What was missing there is added; "
                                        "what differs waits for a decision: \"outrigger-cli outbox list\"."));
    context->output->answer(toJson(now), text);
    co_return exit;
}

/// Without --wait the answer does not depend on the network. But what can leave at once should: an attempt that is cut
/// off by the end of this process would have to be looked up later.
Task<void> giveItAChance(ContextPtr context, RecordId id)
{
    const Clock &clock = Clock::system();
    const auto begun = clock.steady();
    for (;;) {
        const auto record = context->engine->outbox().active(id);
        if (!record)
            co_return;
        if (record->state != OutboxState::Queued && record->state != OutboxState::Held)
            co_return; // what is on the wire gets its time when the engine stops
        const auto connection = context->engine->status().connection;
        const bool open = connection == sync::Connection::Live || connection == sync::Connection::Slow ||
                          connection == sync::Connection::Starting;
        const auto spent = clock.steady() - begun;
        if (!open || spent > 5s || record->hold == HoldReason::Ask)
            co_return;
        Delay pause(20ms);
        co_await pause;
    }
}

Task<int> afterSubmit(ContextPtr context, RecordId id)
{
    int exit = Done;
    if (context->arguments.has("wait")) {
        const std::chrono::seconds timeout(context->arguments.number("timeout").value_or(300));
        auto wait = waitForRecord(context, id, timeout, 10s);
        exit = co_await wait;
    } else {
        auto chance = giveItAChance(context, id);
        co_await chance;
        const auto left = context->engine->outbox().active(id);
        if (left && (left->state == OutboxState::Rejected || left->state == OutboxState::Uncertain))
            exit = exitOf(left->state);
    }
    auto answer = answerFor(context, id, exit);
    co_return co_await answer;
}

} // namespace

Task<Result<Contact>> contactFor(ContextPtr context, Account account, QString who)
{
    auto search = findRecipient(context, account, who);
    const auto found = co_await search;
    if (!found)
        co_return fail(found.error());
    if (!found->contact)
        co_return fail(ErrorKind::NotFound, Words::tr("This number is nobody's here. Create a contact with an e-mail address first."));
    co_return *found->contact;
}

QJsonObject request(const QString &verb, const QString &path, const QJsonObject &body)
{
    QJsonObject object{{u"method"_s, verb}, {u"path"_s, path}};
    if (!body.isEmpty())
        object.insert(u"body"_s, body);
    return object;
}

int dryRun(const ContextPtr &context, const QVector<QJsonObject> &requests)
{
    QJsonArray array;
    QString text;
    for (const QJsonObject &one : requests) {
        array.append(one);
        text += one[u"method"_s].toString() + u' ' + one[u"path"_s].toString() + u'\n';
    }
    context->output->note(Words::tr("Nothing was sent."));
    context->output->answer(QJsonObject{{u"dryRun"_s, true}, {u"requests"_s, array}}, text);
    return Done;
}

sync::Outbox::SubmitOptions fromHere()
{
    sync::Outbox::SubmitOptions options;
    options.undoable = false;
    options.origin = u"cli"_s;
    return options;
}

Task<int> afterSubmitting(ContextPtr context, Result<RecordId> record)
{
    if (!record)
        co_return context->output->failure(record.error());
    auto rest = afterSubmitting(context, *record);
    co_return co_await rest;
}

Task<int> afterSubmitting(ContextPtr context, RecordId id)
{
    auto rest = afterSubmit(context, id);
    co_return co_await rest;
}

int exitOf(OutboxState state)
{
    switch (state) {
    case OutboxState::Accepted:
    case OutboxState::Confirmed:
        return Done;
    case OutboxState::Rejected:
        return Refused;
    case OutboxState::Uncertain:
        return Uncertain;
    case OutboxState::Cancelled:
    case OutboxState::Quarantined:
        return Failed;
    case OutboxState::Held:
    case OutboxState::Queued:
    case OutboxState::Attempting:
    case OutboxState::Settling:
        return Waiting;
    }
    return Failed;
}

Task<int> waitForRecord(ContextPtr context, RecordId id, std::chrono::milliseconds timeout, std::chrono::milliseconds patience)
{
    const Clock &clock = Clock::system();
    const auto begun = clock.steady();
    auto stuckSince = std::chrono::milliseconds(-1);
    for (;;) {
        auto load = context->engine->outbox().record(id);
        const auto loaded = co_await load;
        if (!loaded || !*loaded)
            co_return Failed;
        const OutboxRecord record = **loaded;
        const int exit = exitOf(record.state);
        if (exit != Waiting)
            co_return exit;
        const auto now = clock.steady();
        if (now - begun >= timeout)
            co_return Waiting;
        // What waits for a person or for another day is not waited for.
        if (record.state == OutboxState::Held && record.hold != HoldReason::Undo && record.hold != HoldReason::Parent)
            co_return Waiting;
        const auto connection = context->engine->status().connection;
        const bool shut = connection == sync::Connection::Offline || connection == sync::Connection::Portal ||
                          connection == sync::Connection::SignInNeeded || connection == sync::Connection::WaitingForKeyring ||
                          connection == sync::Connection::WorkingOffline;
        if (!shut || record.state == OutboxState::Attempting || record.state == OutboxState::Settling)
            stuckSince = -1ms;
        else if (stuckSince < 0ms)
            stuckSince = now;
        else if (now - stuckSince >= patience)
            co_return connection == sync::Connection::SignInNeeded ? int(SignInNeeded) : int(Waiting);
        Delay pause(30ms);
        co_await pause;
    }
}

/// Two people in two zones read a time without an offset as two moments.
Result<QDateTime> momentOf(const QString &text)
{
    const QDateTime at = QDateTime::fromString(text.trimmed(), Qt::ISODate);
    if (!at.isValid() || at.timeSpec() == Qt::LocalTime)
        return fail(ErrorKind::Usage, Words::tr("--at needs a time with its offset, like 2026-12-01T09:00:00-05:00 or 2026-12-01T14:00:00Z."));
    if (at < Clock::system().now().addSecs(schedule::leastAhead))
        return fail(ErrorKind::Usage, Words::tr("The time after --at is over, or less than a minute away."));
    return at.toUTC();
}

Task<int> sendCommand(ContextPtr context)
{
    const Arguments &arguments = context->arguments;
    if (arguments.value("channel").toLower() == "email"_L1) {
        auto mail = sendEmail(context);
        co_return co_await mail;
    }
    Output &out = *context->output;
    const QString text = arguments.value("text");
    const QString who = arguments.value("to").trimmed();
    const auto channel = channelOf(arguments.has("channel") ? arguments.value("channel") : u"sms"_s);
    if (who.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Say who gets it: --to CONTACT_ID, a phone number or an e-mail address."));
    if (arguments.has("subject") || arguments.has("cc") || arguments.has("bcc"))
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("--subject, --cc and --bcc are for e-mail: add --channel email."));
    if (text.trimmed().isEmpty() && !arguments.has("attach"))
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("There is nothing to send: give --text."));
    if (!channel)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("That channel cannot be sent on from here. There are sms, email, whatsapp, facebook, instagram, livechat, rcs, tiktok, custom and comment."));
    if (*channel == Channel::Sms && measureSms(text).tooLong)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("The text is longer than 1,600 characters, HighLevel's limit."));
    auto reading = attachedFiles(arguments.values("attach"), false);
    const auto files = co_await reading;
    if (!files)
        co_return out.failure(WrongUsage, u"usage"_s, clean(files.error().message));
    if (*channel != Channel::Sms && (arguments.has("from") || arguments.has("at")))
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("--from and --at are for the channel sms only."));
    const auto account = accountOf(context);
    if (!account)
        co_return out.failure(account.error());

    MessageDraft draft;
    draft.body = text;
    draft.type = channelSendType(*channel);
    if (arguments.has("from")) {
        const auto from = phone::parse(arguments.value("from"), regionOf(*account));
        if (!from || !from->valid)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("The number after --from cannot be used."));
        draft.fromNumber = from->e164;
    }
    if (arguments.has("at")) {
        const auto at = momentOf(arguments.value("at"));
        if (!at)
            co_return out.failure(WrongUsage, u"usage"_s, at.error().message);
        draft.sendAt = *at;
    }
    auto search = findRecipient(context, *account, who);
    const auto recipient = co_await search;
    if (!recipient)
        co_return out.failure(recipient.error());
    if (draft.sendAt.isValid() && !recipient->contact)
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("A text for later can be sent to contacts only. Create the contact first."));
    if (*channel != Channel::Sms) {
        if (!recipient->contact)
            co_return out.failure(WrongUsage, u"usage"_s, Words::tr("Only a text message can go to a number that is no contact yet."));
        auto ways = wayOf(context, *account, *recipient->contact, *channel);
        const auto way = co_await ways;
        if (!way)
            co_return out.failure(WrongUsage, u"usage"_s, way.error().message);
        draft.providerId = way->providerId;
    }
    auto guarding = guard(context, *account, *recipient, *channel, text, draft.sendAt);
    const int guarded = co_await guarding;
    if (guarded != Done)
        co_return guarded;
    if (arguments.dryRun)
        co_return dryRun(context, *recipient, draft);

    auto options = fromHere();
    options.files = *files;
    Result<RecordId> submitted = fail(ErrorKind::Internal, QString());
    if (recipient->contact) {
        draft.contactId = recipient->contact->id;
        auto thread = context->engine->cache().conversationFor(account->location, draft.contactId);
        const auto row = co_await thread;
        if (row && *row)
            draft.conversationId = (*row)->id;
        auto submit = context->engine->outbox().submitMessage(*account, draft, options);
        submitted = co_await submit;
    } else {
        ContactDraft contact;
        contact.phone = recipient->newPhone;
        auto submit = context->engine->outbox().submitNewText(*account, contact, draft, options);
        submitted = co_await submit;
    }
    if (!submitted)
        co_return out.failure(submitted.error());
    auto rest = afterSubmit(context, *submitted);
    co_return co_await rest;
}

Task<int> contactCreate(ContextPtr context, Account account)
{
    const Arguments &arguments = context->arguments;
    Output &out = *context->output;
    ContactDraft draft;
    draft.firstName = arguments.value("first");
    draft.lastName = arguments.value("last");
    draft.email = arguments.value("email").trimmed();
    draft.tags = arguments.values("tag");
    draft.source = arguments.value("source");
    if (arguments.has("phone")) {
        const auto number = phone::parse(arguments.value("phone"), regionOf(account));
        if (!number || !number->valid)
            co_return out.failure(WrongUsage, u"usage"_s, number ? Words::tr("This is no usable number: %1").arg(number->problem)
                                                                 : Words::tr("This is no usable number."));
        draft.phone = number->e164;
    }
    if (draft.phone.isEmpty() && draft.email.isEmpty() && draft.firstName.isEmpty() && draft.lastName.isEmpty())
        co_return out.failure(WrongUsage, u"usage"_s, Words::tr("A contact needs a name, a number or an e-mail address."));
    if (arguments.dryRun) {
        QJsonObject body{{u"locationId"_s, account.location.value}};
        const auto put = [&body](const QString &key, const QString &value) {
            if (!value.isEmpty())
                body.insert(key, value);
        };
        put(u"firstName"_s, draft.firstName);
        put(u"lastName"_s, draft.lastName);
        put(u"email"_s, draft.email);
        put(u"phone"_s, draft.phone);
        put(u"source"_s, draft.source);
        if (!draft.tags.isEmpty())
            body.insert(u"tags"_s, QJsonArray::fromStringList(draft.tags));
        out.note(Words::tr("Nothing was sent."));
        out.answer(QJsonObject{{u"dryRun"_s, true}, {u"requests"_s, QJsonArray{requestJson(u"/contacts/"_s, body)}}},
                   u"POST /contacts/"_s);
        co_return Done;
    }
    auto options = fromHere();
    auto submit = context->engine->outbox().submitContact(account, draft, options);
    const auto submitted = co_await submit;
    if (!submitted)
        co_return out.failure(submitted.error());
    auto rest = afterSubmit(context, *submitted);
    co_return co_await rest;
}

} // namespace outrigger::cli
