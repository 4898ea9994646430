// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flows/deliveryline.h"

#include <QCoreApplication>

#include <cstdio>
#include <functional>

/// The program that is killed: it texts, or goes on with what it finds, and says aloud each state that is stored. Test
/// programs start themselves with "--person" to play it.
namespace outrigger::test {

struct Person {
    QString what; ///< text, pictures, undoable, offline; continue: whatever is there is brought to its end
    QString folder;
    QUrl server;
    QString token;
    QString location;
    QString contact;
    int patience = 1;             ///< DeliveryLine's
    std::function<void()> begins; ///< before the first file is opened

    static constexpr int words = 6; ///< behind "--person"
    static std::optional<Person> from(const QStringList &arguments)
    {
        const auto at = arguments.indexOf(QStringLiteral("--person"));
        if (at < 0 || arguments.size() < at + 1 + words)
            return std::nullopt;
        const auto word = [&](int i) { return arguments[at + i]; };
        return Person{word(1), word(2), QUrl(word(3)), word(4), word(5), word(6), 1, {}};
    }
};

inline void say(const QString &word)
{
    std::printf("%s\n", qPrintable(word));
    std::fflush(stdout);
}

/// What a person does with what asks: releases what was held, sends again what is not there.
inline Task<void> decide(DeliveryLine *line, OutboxRecord record)
{
    if (record.state == OutboxState::Held && record.hold == HoldReason::Ask) {
        auto job = line->outbox->release(record.id);
        co_await job;
    } else if (record.state == OutboxState::Uncertain) {
        auto job = line->outbox->resolve(record.id, sync::Outbox::Resolution::Resend);
        co_await job;
    }
}

inline int play(QCoreApplication &app, const Person &person)
{
    if (person.begins)
        person.begins();
    DeliveryLine line(person.folder, person.server, person.token, person.location, person.patience);
    TaskScope decisions;
    const bool goesOn = person.what == QLatin1String("continue");
    QObject::connect(line.outbox.get(), &sync::Outbox::recordChanged, line.outbox.get(), [&](const OutboxRecord &record) {
        say(outboxStateWord(record.state));
        if (goesOn)
            decisions.start(decide(&line, record));
        if (record.state == OutboxState::Accepted || record.state == OutboxState::Confirmed)
            say(QStringLiteral("done"));
    });
    line.outbox->setPaused(person.what == QLatin1String("offline"));
    line.start();
    if (goesOn) {
        const auto records = await(line.outbox->list(std::nullopt, false));
        const auto open = records ? std::count_if(records->cbegin(), records->cend(), [](const OutboxRecord &one) { return one.state != OutboxState::Accepted; }) : -1;
        if (open == 0)
            say(QStringLiteral("nothing"));
    } else {
        const auto id = person.what == QLatin1String("pictures")
            ? line.pictures(person.contact, QStringLiteral("Hello Nora!"), 2)
            : line.text(person.contact, QStringLiteral("Hello Nora!"), person.what == QLatin1String("undoable"));
        say(id ? QStringLiteral("durable ") + id->value : id.error().code == QLatin1String("unclear") ? QStringLiteral("unclear") : QStringLiteral("refused"));
    }
    return app.exec();
}

} // namespace outrigger::test
