// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>

#include <functional>

namespace outrigger::test {

/// A real HTTP server on loopback whose answers the test decides, one request a connection.
class AnswerServer : public QTcpServer
{
public:
    struct Request {
        QByteArray method;
        QString path;
        QUrlQuery query;
        QHash<QByteArray, QByteArray> headers;
        QByteArray body;
        QUrlQuery form() const { return QUrlQuery(QString::fromUtf8(body)); }
    };
    struct Answer {
        int status = 200;
        QByteArray body;
        QByteArray type = "application/json";
        bool drop = false; ///< closes without a word, after the request has had its effect
        static Answer json(int status, const QJsonObject &object)
        {
            return {status, QJsonDocument(object).toJson(QJsonDocument::Compact), "application/json", false};
        }
    };
    std::function<Answer(const Request &)> respond;
    QVector<Request> seen;

    AnswerServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection()) {
                auto *buffer = new QByteArray;
                connect(socket, &QObject::destroyed, this, [buffer] { delete buffer; });
                connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer] { more(socket, buffer); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort())); }

private:
    void more(QTcpSocket *socket, QByteArray *buffer)
    {
        buffer->append(socket->readAll());
        const auto end = buffer->indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const auto lines = buffer->left(end).split('\n');
        Request request;
        const auto first = lines.first().trimmed().split(' ');
        request.method = first.value(0);
        const QUrl target = QUrl::fromEncoded(first.value(1));
        request.path = target.path();
        request.query = QUrlQuery(target);
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const auto colon = lines.at(i).indexOf(':');
            request.headers.insert(lines.at(i).left(colon).toLower(), lines.at(i).mid(colon + 1).trimmed());
        }
        if (buffer->size() < end + 4 + request.headers.value("content-length").toInt())
            return;
        request.body = buffer->mid(end + 4);
        buffer->clear();
        seen.append(request);
        const Answer answer = respond(request);
        if (answer.drop) {
            socket->abort();
            return;
        }
        socket->write("HTTP/1.1 " + QByteArray::number(answer.status) + " X\r\nContent-Type: " + answer.type
                      + "\r\nContent-Length: " + QByteArray::number(answer.body.size()) + "\r\nConnection: close\r\n\r\n"
                      + answer.body);
        socket->disconnectFromHost();
    }
};

} // namespace outrigger::test
