// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/eventport.h"
#include "domain/events.h"
#include "domain/signature.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <deque>
#include <tuple>

using namespace Qt::StringLiterals;

// `events`: what a relay or a file says has changed is read again.
namespace outrigger::cli {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

constexpr std::size_t mostWaiting = 1000;
constexpr qsizetype mostReported = 1000;

QJsonObject toJson(const events::Event &event, const QString &result)
{
    QJsonObject object{{u"type"_s, event.type}, {u"result"_s, result}};
    if (!event.id.isEmpty())
        object.insert(u"id"_s, event.id);
    if (!event.touched.contact.isEmpty())
        object.insert(u"contactId"_s, event.touched.contact.value);
    if (!event.touched.deal.isEmpty())
        object.insert(u"opportunityId"_s, event.touched.deal.value);
    if (!event.touched.conversation.isEmpty())
        object.insert(u"conversationId"_s, event.touched.conversation.value);
    if (event.touched.events)
        object.insert(u"events"_s, true);
    if (!event.touched.areas.isEmpty())
        object.insert(u"areas"_s, QJsonArray::fromStringList(event.touched.areas));
    return object;
}

bool same(const catalogue::Touched &a, const catalogue::Touched &b)
{
    return a.contact == b.contact && a.deal == b.deal && a.conversation == b.conversation && a.events == b.events && a.areas == b.areas;
}

/// Reads one event's things again and says how that ended.
Task<QString> follow(ContextPtr context, events::Event event)
{
    if (event.touched.isEmpty())
        co_return u"nothing_here"_s;
    auto reading = context->engine->reread(event.touched);
    const Status read = co_await reading;
    if (read)
        co_return u"read_again"_s;
    context->output->note(event.type + u": "_s + read.error().message);
    co_return u"failed"_s;
}

/// What arrives at the port, judged and waiting its turn.
struct Desk {
    ContextPtr context;
    LocationId location;
    QByteArray key;    ///< Ed25519
    QByteArray rsaKey; ///< empty: the older header is not taken
    bool unsignedToo = false;
    events::Gate gate;
    std::deque<events::Event> waiting;
    Bell news;
    QJsonArray report;

    /// HighLevel's own header wins; with it there, the older one is not looked at.
    bool isSigned(const Delivery &delivery) const
    {
        if (const QByteArray given = delivery.headers.value("x-ghl-signature"); !given.isEmpty())
            return verifySignature(SignatureScheme::Ed25519, key, delivery.body, QByteArray::fromBase64(given)).value_or(false);
        const QByteArray older = delivery.headers.value("x-wh-signature");
        if (!older.isEmpty())
            return !rsaKey.isEmpty() && verifySignature(SignatureScheme::RsaSha256, rsaKey, delivery.body, QByteArray::fromBase64(older)).value_or(false);
        return unsignedToo;
    }
    int judge(const Delivery &delivery)
    {
        if (!isSigned(delivery)) {
            context->output->note(Words::tr("A delivery without a good signature was refused."));
            return 401;
        }
        const auto event = events::eventFrom(QJsonDocument::fromJson(delivery.body).object());
        if (!event)
            return 400;
        const auto verdict = gate.judge(*event, QDateTime::currentDateTimeUtc());
        if (verdict == events::Gate::Verdict::Stale) {
            tell(*event, u"stale"_s);
            return 401;
        }
        const bool foreign = !event->location.isEmpty() && event->location != location;
        if (verdict == events::Gate::Verdict::Repeated || foreign) {
            tell(*event, foreign ? u"other_location"_s : u"repeated"_s);
            return 200;
        }
        // One edit gives several events: what waits already is read once.
        for (const auto &other : waiting) {
            if (same(other.touched, event->touched))
                return 200;
        }
        if (waiting.size() >= mostWaiting)
            return 503;
        waiting.push_back(*event);
        news.ring();
        return 200;
    }
    void tell(const events::Event &event, const QString &result)
    {
        if (report.size() < mostReported)
            report.append(toJson(event, result));
        context->output->note(event.type + u": "_s + result);
    }
};

Result<QByteArray> keyFile(const QString &path, SignatureScheme scheme)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Usage, Words::tr("“%1” cannot be read.").arg(path));
    const QByteArray bytes = file.read(64 * 1024);
    const QByteArray key = bytes.contains("-----BEGIN") ? bytes : QByteArray::fromBase64(bytes.trimmed());
    if (!isPublicKey(scheme, key))
        return fail(ErrorKind::Usage, Words::tr("“%1” holds no public key of this kind.").arg(path));
    return key;
}

Task<void> work(std::shared_ptr<Desk> desk)
{
    for (;;) {
        while (!desk->waiting.empty()) {
            const events::Event event = desk->waiting.front();
            desk->waiting.pop_front();
            auto following = follow(desk->context, event);
            const QString result = co_await following;
            desk->tell(event, result);
        }
        auto more = desk->news.next();
        co_await more;
    }
}

} // namespace

Task<int> eventsRead(ContextPtr context, Account account)
{
    int bad = 0;
    const auto all = events::eventsFrom(context->input, &bad);
    if (all.isEmpty())
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("There is no event in this: it is JSON with a type, one or many, or one a line."));
    if (bad > 0)
        context->output->note(Words::tr("%1 of them could not be read.").arg(bad));
    QJsonArray report;
    QVector<QStringList> rows;
    bool failed = false;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto &event = all.at(i);
        const bool before = std::any_of(all.begin(), all.begin() + i, [&](const auto &other) { return same(other.touched, event.touched); });
        QString result = u"read_again"_s;
        if (!event.location.isEmpty() && event.location != account.location) {
            result = u"other_location"_s;
        } else if (!before || event.touched.isEmpty()) {
            auto following = follow(context, event);
            result = co_await following;
        }
        failed = failed || result == "failed"_L1;
        report.append(toJson(event, result));
        rows.append({event.type, result});
    }
    context->output->answer(report, columns(rows));
    co_return failed ? Failed : Done;
}

Task<int> eventsListen(ContextPtr context, Account account)
{
    const Arguments &given = context->arguments;
    const auto port = given.number("port");
    if (given.has("port") && (!port || *port > 65535))
        co_return context->output->failure(WrongUsage, u"usage"_s, Words::tr("--port takes a number up to 65535."));
    auto desk = std::make_shared<Desk>();
    desk->context = context;
    desk->location = account.location;
    desk->unsignedToo = given.has("unsigned");
    desk->key = QByteArray::fromBase64(events::publicKey);
    for (const auto &[option, scheme, into] : {std::tuple{"key", SignatureScheme::Ed25519, &desk->key}, std::tuple{"rsa-key", SignatureScheme::RsaSha256, &desk->rsaKey}}) {
        if (!given.has(option))
            continue;
        auto key = keyFile(given.value(option), scheme);
        if (!key)
            co_return context->output->failure(key.error());
        *into = *key;
    }
    if (!desk->unsignedToo && !isPublicKey(SignatureScheme::Ed25519, desk->key))
        co_return context->output->failure(Failed, u"signature"_s, Words::tr("Signatures cannot be checked: Outrigger's module \"signature\" is missing. Install Outrigger anew."));
    EventPort door([desk](const Delivery &delivery) { return desk->judge(delivery); });
    const Status listening = door.listen(port.value_or(0));
    if (!listening)
        co_return context->output->failure(listening.error());
    context->output->note(Words::tr("listening http://127.0.0.1:%1").arg(door.port()));
    auto working = work(desk);
    TaskScope scope;
    scope.start(std::move(working));
    auto stopped = context->stop->opened();
    co_await stopped;
    scope.cancel();
    context->output->answer(desk->report, {});
    co_return Done;
}

} // namespace outrigger::cli
