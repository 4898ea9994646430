// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <vector>

class QTcpSocket;

namespace outrigger::cli {

/// What a tunnel or relay on this computer hands over: the head's lines (names in lower case) and the body as it came.
struct Delivery {
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
};

/// A port on 127.0.0.1 that takes POSTs and nothing else. At most 32 callers at once, 16 KiB for a head, 1 MiB for a body,
/// 10 s for all of it; what is more, or is no HTTP, is hung up on.
class EventPort : public QObject
{
    Q_OBJECT
public:
    /// Judges a delivery and gives the HTTP status that the caller gets.
    using Judge = std::function<int(const Delivery &)>;
    explicit EventPort(Judge judge, QObject *parent = nullptr);
    ~EventPort() override;
    /// 0: any free one. Usage when the port is taken.
    Status listen(int port);
    int port() const { return m_server.serverPort(); }

private:
    struct Caller;
    void accept();
    void read(Caller *caller);
    void answer(Caller *caller, int status);

    Judge m_judge;
    QTcpServer m_server;
    std::vector<std::unique_ptr<Caller>> m_callers;
};

} // namespace outrigger::cli
