// SPDX-License-Identifier: GPL-3.0-or-later
#include "prove/wire.h"

#include <QDateTime>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace outrigger::prove {

using practice::http::Request;
using practice::http::Response;

namespace {

constexpr std::array<const char *, static_cast<std::size_t>(Harm::Count)> words{
    "none", "refused", "no-name", "never-connects", "closed-before", "closed-inside", "silent-nothing", "silent-effect",
    "reset-nothing", "reset-effect", "late-effect", "silent-late", "slow-answer", "cut-body", "empty-ok", "lying-ok",
    "wrong-ok", "html-ok", "html-ok-effect", "redirect", "status-500", "status-500-effect", "html-502", "html-504-effect",
    "status-408", "status-409-effect", "plain-400-effect", "limited-for", "limited", "rewritten", "same-page", "empty-page", "half-page"};

constexpr qsizetype readInPool = 30 * 1024;

bool changes(const Request &request) { return request.method != "GET"; }

/// Harms that a single request can meet without having been armed by a step: the two in a hundred.
Harm anyHarm(Dice &dice)
{
    return static_cast<Harm>(1 + dice.below(static_cast<int>(Harm::Rewritten)));
}

Request requestFrom(const QByteArray &verb, const QNetworkRequest &from)
{
    Request request;
    request.method = verb;
    const QUrl url = from.url();
    request.target = url.path(QUrl::FullyEncoded).toUtf8();
    const QByteArray query = url.query(QUrl::FullyEncoded).toUtf8();
    const QByteArray path = request.target;
    request.query = practice::http::parseForm(query);
    if (query.isEmpty())
        request.query.clear();
    else
        request.target += '?' + query;
    request.path = QString::fromUtf8(QByteArray::fromPercentEncoding(path));
    request.trailingSlash = path.size() > 1 && path.endsWith('/');
    for (const QByteArray &part : path.split('/')) {
        if (!part.isEmpty())
            request.segments.append(QString::fromUtf8(QByteArray::fromPercentEncoding(part)));
    }
    for (const QByteArray &name : from.rawHeaderList())
        request.headers.append(practice::http::Header(name.toLower(), from.rawHeader(name)));
    return request;
}

/// The program's end of one request.
class Reply final : public QNetworkReply
{
public:
    Reply(Wire *wire, const QByteArray &verb, const QNetworkRequest &request, QIODevice *body, QObject *parent)
        : QNetworkReply(parent), m_wire(wire), m_body(body), m_request(requestFrom(verb, request))
    {
        setRequest(request);
        setUrl(request.url());
        setOperation(verb == "GET" ? QNetworkAccessManager::GetOperation : QNetworkAccessManager::CustomOperation);
        open(QIODevice::ReadOnly);
        later(0, [this] { begin(); });
    }

    void abort() override
    {
        if (isFinished())
            return;
        end(OperationCanceledError);
    }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QNetworkReply::bytesAvailable(); }
    bool isSequential() const override { return true; }

    void answer(const Response &response, bool cut)
    {
        if (isFinished())
            return;
        setAttribute(QNetworkRequest::HttpStatusCodeAttribute, response.status);
        setRawHeader("Content-Type", response.contentType);
        setRawHeader("Content-Length", QByteArray::number(response.body.size()));
        setRawHeader("Date", QLocale::c().toString(m_wire ? m_wire->serverTime() : QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1());
        for (const auto &[name, value] : response.headers)
            setRawHeader(name, value);
        m_bytes = cut ? response.body.left(response.body.size() / 2) : response.body;
        if (m_bytes.size() > readInPool)
            m_wire->order()->expectOthers();
        Q_EMIT metaDataChanged();
        if (isFinished())
            return;
        if (!m_bytes.isEmpty())
            Q_EMIT readyRead();
        if (isFinished())
            return;
        end(cut ? RemoteHostClosedError : errorFor(response.status));
    }
    void breakOff(NetworkError error)
    {
        if (!isFinished())
            end(error);
    }

protected:
    qint64 readData(char *to, qint64 most) override
    {
        const qint64 now = std::min<qint64>(most, m_bytes.size() - m_at);
        if (now <= 0)
            return isFinished() ? -1 : 0;
        std::memcpy(to, m_bytes.constData() + m_at, static_cast<std::size_t>(now));
        m_at += now;
        return now;
    }

private:
    template <class Work>
    void later(int milliseconds, Work work)
    {
        QTimer::singleShot(milliseconds, Qt::PreciseTimer, this, std::move(work));
    }
    static NetworkError errorFor(int status)
    {
        if (status < 400)
            return NoError;
        switch (status) {
        case 401:
            return AuthenticationRequiredError;
        case 403:
            return ContentAccessDenied;
        case 404:
            return ContentNotFoundError;
        case 409:
            return ContentConflictError;
        case 500:
            return InternalServerError;
        case 503:
            return ServiceUnavailableError;
        default:
            return status < 500 ? UnknownContentError : UnknownServerError;
        }
    }
    void end(NetworkError error)
    {
        if (error != NoError) {
            setError(error, u"as the proof wants it"_s);
            Q_EMIT errorOccurred(error);
        }
        setFinished(true);
        Q_EMIT finished();
    }
    void begin()
    {
        if (isFinished() || !m_wire)
            return;
        const Harm harm = m_wire->fate(m_request);
        Q_EMIT socketStartedConnecting();
        switch (harm) {
        case Harm::Refused:
            later(3, [this] { breakOff(ConnectionRefusedError); });
            return;
        case Harm::NoName:
            later(20, [this] { breakOff(HostNotFoundError); });
            return;
        case Harm::NeverConnects:
            return;
        case Harm::ClosedBefore:
            later(5, [this] { breakOff(RemoteHostClosedError); });
            return;
        default:
            break;
        }
        later(m_wire->between(1, 30), [this, harm] { send(harm); });
    }
    void send(Harm harm)
    {
        if (isFinished() || !m_wire || !m_wire->order()->step())
            return;
        if (m_body) {
            m_request.body = harm == Harm::ClosedInside ? m_body->read(20) : m_body->readAll();
            Q_EMIT uploadProgress(m_request.body.size(), m_request.body.size());
        }
        if (isFinished())
            return;
        if (harm == Harm::ClosedInside) {
            later(2, [this] { breakOff(RemoteHostClosedError); });
            return;
        }
        if (m_wire->leaving)
            m_wire->leaving(m_request);
        Q_EMIT requestSent();
        travel(harm);
        m_wire->order()->step(); // it has left, and nobody has heard anything of it
    }
    void travel(Harm harm);

    QPointer<Wire> m_wire;
    QPointer<QIODevice> m_body;
    Request m_request;
    QByteArray m_bytes;
    qsizetype m_at = 0;
};

Response html(int status, const char *text)
{
    Response response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    response.body = text;
    return response;
}
Response plain(int status, const QByteArray &json)
{
    Response response;
    response.status = status;
    response.body = json;
    return response;
}

/// What comes back in place of what the server said; nullopt: nothing does.
std::optional<Response> disguise(Harm harm, const Response &real)
{
    switch (harm) {
    case Harm::EmptyOk:
        return plain(201, {});
    case Harm::LyingOk:
        return plain(201, "{}");
    case Harm::WrongOk:
        return plain(200, R"({"ok":true,"traceId":"x","contacts":[],"count":0})");
    case Harm::HtmlOk:
    case Harm::HtmlOkEffect:
        return html(200, "<html><body><h1>Accept the terms to go online</h1></body></html>");
    case Harm::Redirect: {
        Response response = html(302, "");
        response.headers.append(practice::http::Header("Location", "https://portal.example/login"));
        return response;
    }
    case Harm::Status500:
    case Harm::Status500Effect:
        return plain(500, R"({"statusCode":500,"message":"Internal server error"})");
    case Harm::Html502:
        return html(502, "<html><body>Bad gateway</body></html>");
    case Harm::Html504Effect:
        return html(504, "<html><body>Gateway time-out</body></html>");
    case Harm::Status408:
        return plain(408, R"({"statusCode":408,"message":"Request timeout"})");
    case Harm::Status409Effect:
        return plain(409, R"({"statusCode":409,"message":"Conflict"})");
    case Harm::Plain400Effect: {
        Response response = plain(400, "Bad Request");
        response.contentType = "text/plain";
        return response;
    }
    case Harm::LimitedFor: {
        Response response = plain(429, R"({"statusCode":429,"message":"Too many requests"})");
        response.headers.append(practice::http::Header("Retry-After", "12"));
        return response;
    }
    case Harm::Limited:
        return plain(429, R"({"statusCode":429,"message":"Too many requests"})");
    default:
        return real;
    }
}

bool hasEffect(Harm harm)
{
    switch (harm) {
    case Harm::SilentNothing:
    case Harm::ResetNothing:
    case Harm::LyingOk:
    case Harm::WrongOk:
    case Harm::HtmlOk:
    case Harm::Redirect:
    case Harm::Status500:
    case Harm::Html502:
    case Harm::Status408:
    case Harm::LimitedFor:
    case Harm::Limited:
        return false;
    default:
        return true;
    }
}

void Reply::travel(Harm harm)
{
    Wire *wire = m_wire;
    const QPointer<Reply> home(this);
    const bool counts = changes(m_request);
    wire->onTheWay += counts ? 1 : 0;
    const int there = wire->between(2, 60);
    const int back = harm == Harm::SlowAnswer ? wire->between(20'000, 50'000) : wire->between(2, 90);
    const bool late = harm == Harm::LateEffect || harm == Harm::SilentLate;
    const int when = late ? wire->between(1'000, 100'000) : there;
    if (harm == Harm::LateEffect)
        QTimer::singleShot(there + back, wire, [home] { if (home) home->breakOff(RemoteHostClosedError); });
    wire->later(when, [wire, home, harm, back, late, counts, request = m_request] {
        wire->onTheWay -= counts ? 1 : 0;
        Response real;
        if (hasEffect(harm))
            real = wire->serve(request, harm);
        if (late || harm == Harm::SilentNothing || harm == Harm::SilentEffect)
            return;
        QTimer::singleShot(back, wire, [home, harm, real] {
            if (!home)
                return;
            if (harm == Harm::ResetNothing || harm == Harm::ResetEffect)
                home->breakOff(RemoteHostClosedError);
            else if (const auto shown = disguise(harm, real))
                home->answer(*shown, harm == Harm::CutBody);
        });
    });
}

} // namespace

const char *word(Harm harm) { return words[static_cast<std::size_t>(harm)]; }

Wire::Wire(practice::Server *server, Order *order, std::uint64_t seed) : m_server(server), m_order(order), m_dice(seed) {}

bool Wire::isText(const Request &request)
{
    return request.method == "POST" && request.path == u"/conversations/messages";
}

void Wire::later(int milliseconds, std::function<void()> work)
{
    const int number = ++m_numbers;
    m_later.emplace(number, std::move(work));
    QTimer::singleShot(milliseconds, this, [this, number] {
        if (auto node = m_later.extract(number))
            node.mapped()();
    });
}

void Wire::arriveNow()
{
    while (!m_later.empty()) {
        auto node = m_later.extract(m_later.begin());
        node.mapped()();
    }
}

Harm Wire::fate(const Request &request)
{
    ++requests;
    m_order->note(qHash(request.path) ^ static_cast<std::uint64_t>(elapsed()));
    if (down)
        return Harm::Refused;
    for (auto one = armed.begin(); one != armed.end(); ++one) {
        const bool fits = one->what == 2 || (one->what == 3 && !changes(request)) || (one->what == 1 && changes(request))
            || (one->what == 0 && isText(request));
        if (!fits)
            continue;
        if (one->skip > 0) {
            --one->skip;
            continue;
        }
        const Harm harm = one->harm;
        if (--one->count <= 0)
            armed.erase(one);
        ++harmed;
        return harm;
    }
    if (noise > 0 && changes(request) && m_dice.below(1000) < noise) {
        ++harmed;
        return anyHarm(m_dice);
    }
    return Harm::None;
}

Response Wire::serve(const Request &request, Harm harm)
{
    Request changed = request;
    if (harm == Harm::Rewritten && isText(request)) {
        QJsonObject body = QJsonDocument::fromJson(request.body).object();
        body.insert("message"_L1, QString(body["message"_L1].toString() + QLatin1String(" Reply STOP to opt out")));
        changed.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    Response response = m_server->respond(changed);
    refused += response.status == 429 ? 1 : 0;
    if (happened && changes(request)) {
        const auto &entries = m_server->ledger().entries();
        happened(request, response, !entries.empty() && entries.back().applied, harm);
    }
    if (!changes(request) && lag > 0)
        hideYoung(response);
    spoilPage(response, request.path, harm);
    return response;
}

/// A list whose pages go wrong. What is no list is left alone.
void Wire::spoilPage(Response &response, const QString &path, Harm harm)
{
    if (response.status != 200)
        return;
    QJsonObject body = QJsonDocument::fromJson(response.body).object();
    QString list;
    for (auto it = body.constBegin(); it != body.constEnd() && list.isEmpty(); ++it) {
        if (it->isArray() && it->toArray().first().isObject())
            list = it.key();
    }
    if (list.isEmpty())
        return;
    const QByteArray before = std::exchange(m_pages[path], response.body);
    if (harm == Harm::SamePage && !before.isEmpty()) {
        response.body = before;
    } else if (harm == Harm::EmptyPage || harm == Harm::HalfPage) {
        QJsonArray rows = body[list].toArray();
        for (auto left = harm == Harm::EmptyPage ? rows.size() : rows.size() / 2; left > 0; --left)
            rows.removeLast();
        body.insert(list, rows);
        response.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
}

QDateTime Wire::serverTime() const { return QDateTime::fromMSecsSinceEpoch(m_server->world().now(), Qt::UTC); }

/// Reads lag behind writes: lists of messages leave out what is too young.
void Wire::hideYoung(Response &response) const
{
    if (response.status != 200 || !response.body.contains("\"messages\""))
        return;
    const QDateTime line = serverTime().addMSecs(-lag);
    const auto thinned = [&](const QJsonArray &list) {
        QJsonArray kept;
        for (const auto &one : list) {
            const auto added = QDateTime::fromString(one.toObject()["dateAdded"_L1].toString(), Qt::ISODateWithMs);
            if (!added.isValid() || added <= line)
                kept.append(one);
        }
        return kept;
    };
    QJsonObject body = QJsonDocument::fromJson(response.body).object();
    QJsonValue list = body["messages"_L1];
    if (list.isArray()) {
        body.insert("messages"_L1, thinned(list.toArray()));
    } else if (list.isObject()) {
        QJsonObject inner = list.toObject();
        inner.insert("messages"_L1, thinned(inner["messages"_L1].toArray()));
        body.insert("messages"_L1, inner);
    }
    response.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
}

Network::Network(Wire *wire, QObject *parent) : QNetworkAccessManager(parent), m_wire(wire) {}

QNetworkReply *Network::createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body)
{
    QByteArray verb = "GET";
    if (operation != GetOperation)
        verb = request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
    return new Reply(m_wire, verb, request, body, this);
}

} // namespace outrigger::prove
