// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice/server.h"

#include "practice/control.h"
#include "practice/generator.h"
#include "practice/media.h"
#include "practice/ops.h"
#include "practice/statefile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>
#include <cstdio>

namespace outrigger::practice
{

/// One request until it is answered. The connection may go away before that.
struct Server::Exchange {
    QPointer<http::Connection> connection;
    http::Request request;
    Match match;
    std::optional<Fault> fault;
    quint64 sequence = 0;
    QString trace;
    bool applied = false;
    QString made;
    int status = 0;
};

Server::Server(Options options, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_tokens(m_options.seed), m_ledger(m_options.record),
      m_rate(m_options.rate, m_options.dialect),
      m_http([this](http::Connection *connection, const http::Request &request) { handle(connection, request); })
{
    m_time.start();
    m_saveTimer.setSingleShot(true);
    connect(&m_saveTimer, &QTimer::timeout, this, [this] {
        if (const Status saved = save(); !saved)
            std::fprintf(stderr, "outrigger-practice: %s\n", qPrintable(saved.error().message));
    });
}

Server::~Server() = default;

Status Server::start()
{
    m_world = std::make_unique<World>(m_options.seed, m_options.start);
    m_token = m_tokens.makePit(m_world->locationId(0), m_world->companyId(), Tokens::allScopes());
    bool loaded = false;
    if (!m_options.stateFile.isEmpty()) {
        const auto found = loadState(m_options.stateFile, *m_world, m_tokens);
        if (!found)
            std::fprintf(stderr, "outrigger-practice: %s A new account is made.\n", qPrintable(found.error().message));
        loaded = found && *found;
    }
    if (!loaded) {
        m_world = std::make_unique<World>(m_options.seed, m_options.start);
        generate(*m_world, m_options.size);
    }
    if (loaded && m_world->pipelines.empty())
        generateDeals(*m_world, m_options.size); // saved before there were any
    m_world->onChange = [this] { changed(); };
    m_people = std::make_unique<People>(*m_world, m_options);
    if (loaded)
        m_people->resume();
    if (!m_http.listen(QHostAddress::LocalHost, m_options.port))
        return fail(ErrorKind::Busy, QStringLiteral("Port %1 on this computer cannot be used: %2.")
                                         .arg(m_options.port)
                                         .arg(m_http.errorString()));
    m_world->base = url();
    return loaded ? Status() : save();
}

QString Server::url() const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port());
}

void Server::changed()
{
    // Soon, but never busy with saving: a big account waits twenty times as long as its last save took.
    if (!m_options.stateFile.isEmpty() && !m_saveTimer.isActive())
        m_saveTimer.start(static_cast<int>(std::max<qint64>(200, 20 * m_saveCost)));
}

Status Server::save()
{
    if (m_options.stateFile.isEmpty())
        return {};
    QElapsedTimer cost;
    cost.start();
    const Status saved = saveState(m_options.stateFile, *m_world, m_tokens);
    m_saveCost = cost.elapsed();
    return saved;
}

void Server::storm(int seconds, int retryAfter)
{
    m_stormUntil = m_time.elapsed() + qint64{seconds} * 1000;
    m_stormRetry = retryAfter;
}

QString Server::traceId()
{
    const quint64 a = mix(m_options.seed + ++m_traces), b = mix(a);
    return QStringLiteral("%1-%2-4%3-a%4-%5")
        .arg(a >> 32, 8, 16, QLatin1Char('0'))
        .arg((a >> 16) & 0xffff, 4, 16, QLatin1Char('0'))
        .arg(a & 0xfff, 3, 16, QLatin1Char('0'))
        .arg((b >> 48) & 0xfff, 3, 16, QLatin1Char('0'))
        .arg(b & 0xffffffffffffULL, 12, 16, QLatin1Char('0'));
}

void Server::handle(http::Connection *connection, const http::Request &request)
{
    if (isControl(request)) {
        connection->respond(controlAnswer(*this, request));
        return;
    }
    if (media::isMedia(request)) {
        connection->respond(media::answer(*m_world, request));
        return;
    }
    auto exchange = open(request);
    exchange->connection = connection;
    exchange->fault = m_faults.take(request);
    if (exchange->fault)
        m_ledger.fault(exchange->sequence, exchange->fault->kind);
    if (m_slow > 0)
        QTimer::singleShot(m_slow, this, [this, exchange] { begin(exchange); });
    else
        begin(exchange);
}

std::shared_ptr<Server::Exchange> Server::open(const http::Request &request)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->request = request;
    exchange->trace = traceId();
    exchange->match = route(request, m_options.dialect);
    const Operation *operation = exchange->match.operation;
    const bool changing = operation ? operation->changing : request.method != "GET" && request.method != "HEAD";
    exchange->sequence =
        m_ledger.open(request, m_world->now(), changing, operation ? QString::fromLatin1(operation->name) : QString());
    return exchange;
}

http::Response Server::respond(const http::Request &request)
{
    const auto exchange = open(request);
    const Reply reply = run(*exchange);
    m_ledger.close(exchange->sequence, reply.status, exchange->applied, exchange->made);
    return response(*exchange, reply);
}

void Server::begin(const std::shared_ptr<Exchange> &exchange)
{
    if (exchange->fault)
        faulty(exchange);
    else
        answer(exchange, run(*exchange));
}

void Server::faulty(const std::shared_ptr<Exchange> &exchange)
{
    const Fault fault = *exchange->fault;
    const auto later = [&](auto work) { QTimer::singleShot(fault.milliseconds, this, work); };
    if (fault.kind == u"delay") {
        later([this, exchange] { answer(exchange, run(*exchange)); });
        return;
    }
    if (fault.kind == u"late-effect") {
        if (exchange->connection)
            exchange->connection->drop();
        later([this, exchange] {
            run(*exchange);
            m_ledger.close(exchange->sequence, 0, exchange->applied, exchange->made);
        });
        return;
    }
    Reply reply;
    if (fault.apply)
        reply = run(*exchange);
    const bool silent = fault.kind == u"no-answer" || fault.kind == u"close-before" || fault.kind == u"close-after" ||
                        fault.kind == u"reset";
    if (silent) {
        m_ledger.close(exchange->sequence, 0, exchange->applied, exchange->made);
        if (exchange->connection && fault.kind == u"reset")
            exchange->connection->reset();
        else if (exchange->connection && fault.kind != u"no-answer")
            exchange->connection->drop();
        return;
    }
    if (fault.kind == u"cut-body" && exchange->connection) {
        QByteArray bytes = exchange->connection->frame(response(*exchange, reply), true);
        bytes.chop(std::max<qsizetype>(1, reply.body.size() / 2));
        m_ledger.close(exchange->sequence, reply.status, exchange->applied, exchange->made);
        exchange->connection->respondRaw(bytes, true);
        return;
    }
    if (fault.kind == u"trickle" && exchange->connection) {
        m_ledger.close(exchange->sequence, reply.status, exchange->applied, exchange->made);
        trickle(exchange, exchange->connection->frame(response(*exchange, reply), true), 0);
        return;
    }
    if (fault.kind == u"wrong-type") {
        reply.body = wrongTypes(reply.body);
    } else if (fault.kind == u"html-200") {
        reply = {200,
                 fault.body.isEmpty() ? QByteArray("<!doctype html><html><title>Guest network</title><h1>Please accept "
                                                   "the terms to go online</h1></html>")
                                      : fault.body,
                 "text/html; charset=utf-8",
                 {}};
    } else if (fault.kind == u"redirect") {
        reply = {fault.status == 500 ? 302 : fault.status, {}, "text/html", {}};
        reply.headers = {
            {"Location", fault.text.isEmpty() ? QByteArray("https://portal.example/login") : fault.text.toUtf8()}};
    } else if (fault.kind == u"status") {
        const bool html = fault.body.startsWith('<');
        reply = refusal(exchange->trace, fault.status, QStringLiteral("Something went wrong"));
        if (!fault.body.isEmpty())
            reply.body = fault.body;
        if (html)
            reply.contentType = "text/html; charset=utf-8";
    } else if (fault.kind == u"garbage") {
        reply = {200, QByteArray("{\"contacts\":[{\"id\":\"\xff\xfe\x00", 20) + QByteArray(200, '\x9d')};
    } else if (fault.kind == u"huge") {
        reply = {200, "{\"filler\":\"" + QByteArray(fault.bytes, 'x') + "\"}"};
    }
    if (!fault.contentType.isEmpty())
        reply.contentType = fault.contentType.toLatin1();
    answer(exchange, reply);
}

void Server::trickle(const std::shared_ptr<Exchange> &exchange, const QByteArray &bytes, qsizetype at)
{
    if (!exchange->connection)
        return;
    const int chunk = exchange->fault->chunk;
    if (at + chunk >= bytes.size()) {
        exchange->connection->respondRaw(bytes.mid(at), false);
        return;
    }
    exchange->connection->sendPart(bytes.mid(at, chunk));
    QTimer::singleShot(exchange->fault->milliseconds, this,
                       [this, exchange, bytes, at, chunk] { trickle(exchange, bytes, at + chunk); });
}

QString Server::rateKey(const http::Request &request) const
{
    const QString text = QString::fromLatin1(request.header("authorization").mid(7)).trimmed();
    const auto token = m_tokens.access.constFind(text);
    if (token == m_tokens.access.constEnd())
        return QStringLiteral("nobody");
    // HighLevel counts for each app and location; a private integration counts for itself.
    return token->isPit() ? text : QString(token->clientId + u'/' + token->locationId);
}

std::optional<Reply> Server::limited(const Exchange &exchange)
{
    const bool fine = m_rate.take(rateKey(exchange.request));
    const bool stormy = m_time.elapsed() < m_stormUntil;
    if (fine && !stormy)
        return std::nullopt;
    Reply reply = refusal(exchange.trace, 429, QStringLiteral("Too many requests"));
    if (stormy && m_stormRetry >= 0)
        reply.headers.append({"Retry-After", QByteArray::number(m_stormRetry)});
    return reply;
}

std::optional<Reply> Server::unauthorised(const Exchange &exchange, Call &call)
{
    const Operation &operation = *exchange.match.operation;
    if (operation.token) {
        const QByteArray header = exchange.request.header("authorization");
        const QString text =
            header.left(7).toLower() == "bearer " ? QString::fromLatin1(header.mid(7)).trimmed() : QString();
        const auto token = m_tokens.access.constFind(text);
        const bool known = token != m_tokens.access.constEnd();
        const bool dead = known && (token->revoked || (token->expires && token->expires < m_world->now()));
        if (text.startsWith(u"pit-") && (!known || dead))
            return refusal(call, 401, QStringLiteral("Invalid Private Integration token"));
        if (!known)
            return refusal(call, 401, QStringLiteral("Invalid JWT"));
        if (dead)
            return refusal(call, 401, QStringLiteral("Invalid token: access token is invalid"));
        call.token = &*token;
    }
    if (operation.version) {
        const QByteArray version = exchange.request.header("version");
        static const QByteArrayList published{"2021-04-15", "2021-07-28", "2023-02-21", "v3"};
        if (version.isEmpty())
            return refusal(call, 401, QStringLiteral("version header was not found."));
        if (!published.contains(version))
            return refusal(call, 401, QStringLiteral("version header is invalid"));
    }
    if (!call.token)
        return std::nullopt;
    for (const QString &glob : call.token->unsupported) {
        if (globMatches(glob, exchange.request.path))
            return refusal(
                call, 401,
                QStringLiteral("This route is not yet supported by the IAM Service. Please update your IAM config."));
    }
    const QString scope = QString::fromLatin1(operation.scope);
    if (!scope.isEmpty() && !call.token->scopes.contains(scope))
        return refusal(call, 401, QStringLiteral("The token is not authorized for this scope."));
    const bool agency = call.token->locationId.isEmpty();
    const bool agencyToo = operation.whose != For::Location || exchange.request.path.startsWith(u"/locations/") ||
                           exchange.request.path.startsWith(u"/users/");
    if (agency ? !agencyToo : operation.whose == For::Agency)
        return refusal(call, 401, QStringLiteral("This token's user type is not yet supported!"));
    return std::nullopt;
}

Reply Server::run(Exchange &exchange)
{
    m_world->settle();
    Call call{*m_world,       m_tokens, *m_people, m_options, exchange.request, exchange.match.args, {}, false, nullptr,
              exchange.trace, {},       false,     {}};
    if (exchange.fault && exchange.fault->kind == u"rewrite")
        call.rewrite = exchange.fault->text.isEmpty() ? QStringLiteral("(changed on the way)") : exchange.fault->text;
    Reply reply = dispatch(exchange, call);
    exchange.applied = call.applied;
    exchange.made = call.made;
    exchange.status = reply.status;
    return reply;
}

Reply Server::dispatch(Exchange &exchange, Call &call)
{
    if (auto tooMany = limited(exchange))
        return *tooMany;
    const http::Request &request = exchange.request;
    if (!exchange.match.operation)
        return refusal(call, 404,
                       QStringLiteral("Cannot %1 %2").arg(QString::fromLatin1(request.method), request.path));
    if (auto refused = unauthorised(exchange, call))
        return *refused;
    const bool form = request.header("content-type").toLower().startsWith("application/x-www-form-urlencoded");
    const bool files = request.header("content-type").toLower().startsWith("multipart/form-data");
    if (files && exchange.match.operation->handler != uploadFiles && !exchange.match.operation->files)
        return refusal(call, 415, QStringLiteral("Unsupported Media Type"));
    if (!request.body.isEmpty() && !form && !files) {
        if (!request.header("content-type").toLower().startsWith("application/json") && request.method != "GET")
            return refusal(call, 415, QStringLiteral("Unsupported Media Type"));
        QJsonParseError problem{};
        const QJsonDocument document = QJsonDocument::fromJson(request.body, &problem);
        if (document.isNull())
            return refusal(call, 400, QStringLiteral("Unexpected token in JSON at position %1").arg(problem.offset));
        call.bodyIsArray = document.isArray();
        call.body = document.object();
    }
    return exchange.match.operation->handler(call);
}

http::Response Server::response(const Exchange &exchange, const Reply &reply) const
{
    http::Response response;
    response.status = reply.status;
    response.contentType = reply.contentType;
    response.body = reply.body;
    response.headers = reply.headers + m_rate.headers(rateKey(exchange.request));
    if (exchange.fault)
        response.headers += exchange.fault->headers;
    return response;
}

void Server::answer(const std::shared_ptr<Exchange> &exchange, const Reply &reply)
{
    m_ledger.close(exchange->sequence, exchange->connection ? reply.status : 0, exchange->applied, exchange->made);
    if (exchange->connection && !exchange->fault && reply.contentType.startsWith("application/json"))
        m_ledger.answer(exchange->sequence, reply.body);
    if (exchange->connection)
        exchange->connection->respond(response(*exchange, reply));
}

} // namespace outrigger::practice
