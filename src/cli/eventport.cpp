// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/eventport.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace outrigger::cli {

namespace {

constexpr std::size_t mostCallers = 32;
constexpr qsizetype longestHead = 16 * 1024;
constexpr qsizetype longestBody = 1024 * 1024;
constexpr auto patience = 10s;

QByteArray phrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 405: return "Method Not Allowed";
    case 411: return "Length Required";
    case 413: return "Content Too Large";
    default: return "Service Unavailable";
    }
}

} // namespace

struct EventPort::Caller {
    QTcpSocket *socket = nullptr;
    QTimer deadline;
    QByteArray bytes;
    Delivery delivery;
    qsizetype bodyAt = -1; ///< where it begins; -1: the head is not whole yet
    qsizetype bodySize = 0;
    bool answered = false;
};

EventPort::EventPort(Judge judge, QObject *parent) : QObject(parent), m_judge(std::move(judge))
{
    connect(&m_server, &QTcpServer::newConnection, this, &EventPort::accept);
}

EventPort::~EventPort()
{
    for (const auto &caller : m_callers)
        caller->socket->disconnect(this);
}

Status EventPort::listen(int port)
{
    if (!m_server.listen(QHostAddress::LocalHost, quint16(port)))
        return fail(ErrorKind::Usage, QCoreApplication::translate("Cli", "Port %1 cannot be used: %2").arg(port).arg(m_server.errorString()));
    return {};
}

void EventPort::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        if (m_callers.size() >= mostCallers) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto made = std::make_unique<Caller>();
        Caller *caller = made.get();
        caller->socket = socket;
        socket->setParent(this);
        caller->deadline.setSingleShot(true);
        connect(&caller->deadline, &QTimer::timeout, socket, [socket] { socket->abort(); });
        connect(socket, &QTcpSocket::readyRead, this, [this, caller] { read(caller); });
        connect(socket, &QTcpSocket::disconnected, this, [this, caller] {
            caller->socket->deleteLater();
            std::erase_if(m_callers, [caller](const auto &one) { return one.get() == caller; });
        }, Qt::QueuedConnection);
        caller->deadline.start(patience);
        m_callers.push_back(std::move(made));
    }
}

void EventPort::read(Caller *caller)
{
    if (caller->answered) {
        caller->socket->readAll();
        return;
    }
    caller->bytes += caller->socket->readAll();
    if (caller->bodyAt < 0) {
        const qsizetype end = caller->bytes.indexOf("\r\n\r\n");
        if (end < 0) {
            if (caller->bytes.size() > longestHead)
                caller->socket->abort();
            return;
        }
        const auto lines = caller->bytes.left(end).split('\n');
        if (!lines.first().startsWith("POST ") || !lines.first().contains(" HTTP/1.")) {
            answer(caller, lines.first().contains(" HTTP/1.") ? 405 : 400);
            return;
        }
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const qsizetype colon = lines.at(i).indexOf(':');
            if (colon > 0)
                caller->delivery.headers.insert(lines.at(i).left(colon).trimmed().toLower(), lines.at(i).mid(colon + 1).trimmed());
        }
        bool good = false;
        caller->bodySize = caller->delivery.headers.value("content-length").toLongLong(&good);
        if (!good || caller->bodySize < 0 || caller->delivery.headers.contains("transfer-encoding")) {
            answer(caller, 411);
            return;
        }
        if (caller->bodySize > longestBody) {
            answer(caller, 413);
            return;
        }
        caller->bodyAt = end + 4;
    }
    if (caller->bytes.size() < caller->bodyAt + caller->bodySize)
        return;
    caller->delivery.body = caller->bytes.mid(caller->bodyAt, caller->bodySize);
    answer(caller, m_judge(caller->delivery));
}

void EventPort::answer(Caller *caller, int status)
{
    caller->answered = true;
    caller->socket->write("HTTP/1.1 " + QByteArray::number(status) + ' ' + phrase(status) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    caller->socket->disconnectFromHost();
}

} // namespace outrigger::cli
