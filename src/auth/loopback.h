// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/oauth.h"
#include "core/result.h"

#include <QObject>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <vector>

class QTcpSocket;

namespace outrigger::auth {

/// Waits on this machine for the browser to come back. Listens on 127.0.0.1 and, where there is IPv6, on ::1 of the same
/// port, so that nobody else can own the other half. Answers with static pages only. What it cannot understand it drops:
/// at most 32 connections at once, 16 KiB and 10 s for a request head.
class LoopbackListener : public QObject
{
    Q_OBJECT
public:
    enum class Verdict { Take, TakeRefusal, Drop };
    /// Looks at what came to the right path of the right host with a code or an error in it. Take and TakeRefusal end the
    /// listening: nothing after it is answered.
    using Judge = std::function<Verdict(const oauth::Returned &)>;

    LoopbackListener(QString path, Judge judge, QObject *parent = nullptr);
    ~LoopbackListener() override;

    /// The first of the ports that is free on both stacks. Usage error when none is.
    Status listen(const QVector<int> &ports);
    int port() const { return m_port; }
    QUrl redirectUri() const;
    /// The one spelling of the address; HighLevel compares it letter by letter with the registered one.
    static QUrl addressOf(int port, const QString &path);
    void close();

    std::chrono::milliseconds headLimit{10'000}; ///< tests shorten it

Q_SIGNALS:
    void taken(const outrigger::auth::oauth::Returned &returned);

private:
    bool listenOn(int port);
    void accept(QTcpServer *server);
    void readMore(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &status, const QString &page);
    void handle(QTcpSocket *socket, const QByteArray &head);

    QString m_path;
    Judge m_judge;
    int m_port = 0;
    std::vector<std::unique_ptr<QTcpServer>> m_servers;
    QList<QTcpSocket *> m_sockets; ///< whose head is not whole yet, oldest first
};

} // namespace outrigger::auth
