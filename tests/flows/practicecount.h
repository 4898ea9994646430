// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/server.h"

#include <QJsonObject>

#include <memory>

namespace outrigger::test {

inline std::unique_ptr<practice::Server> startPractice()
{
    practice::Options options;
    options.size = {60, 0, 20, 0};
    options.rate = practice::Rate::Off;
    options.quiet = true;
    auto server = std::make_unique<practice::Server>(options);
    const Status started = server->start();
    if (!started)
        qFatal("%s", qPrintable(started.error().message));
    return server;
}

/// Contacts of the first location that can be texted.
inline QStringList textable(practice::Server &server)
{
    QStringList ids;
    const practice::World &world = server.world();
    for (practice::Index i = 0; i < practice::Index(world.contacts.size()); ++i) {
        const practice::Contact &contact = world.contacts[i];
        if (contact.location == 0 && !contact.deleted && !contact.dnd && !contact.phone.isEmpty() && !contact.more)
            ids.append(world.mint.id(practice::Kind::Contact, i));
    }
    return ids;
}

inline void arm(practice::Server &server, QJsonObject fault)
{
    QString why;
    if (!fault.contains(QStringLiteral("match")))
        fault.insert(QStringLiteral("match"), QStringLiteral("POST /conversations/messages"));
    if (!server.faults().add(fault, &why))
        qFatal("%s", qPrintable(why));
}

struct Posts {
    int arrived = 0;
    int applied = 0;
};
/// What the server's own ledger has of requests to this path.
inline Posts posts(practice::Server &server, const QString &path = QStringLiteral("/conversations/messages"))
{
    Posts result;
    for (const auto &entry : server.ledger().entries()) {
        if (entry.method != "POST" || entry.path != path)
            continue;
        ++result.arrived;
        result.applied += entry.applied ? 1 : 0;
    }
    return result;
}

/// Messages with this text in the server's world.
inline int messagesWith(practice::Server &server, const QString &text)
{
    const practice::World &world = server.world();
    return int(std::count_if(world.messages.begin(), world.messages.end(), [&](const practice::Message &message) {
        return !message.deleted && world.text(message).startsWith(text);
    }));
}

} // namespace outrigger::test
