// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/inboxmodel.h"
#include "models/threadmodel.h"
#include "support/waitfor.h"
#include "unit/store/storedata.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

/// A real cache in a folder of its own, filled through the functions that sync uses.
struct ModelBench {
    QTemporaryDir dir;
    std::unique_ptr<outrigger::store::Cache> cache;

    void open()
    {
        cache = std::make_unique<outrigger::store::Cache>(dir.filePath(QStringLiteral("cache.sqlite")));
        const auto opened = outrigger::test::await(cache->open());
        QVERIFY2(opened.has_value(), opened ? "" : qPrintable(opened.error().message));
    }
    void put(const QVector<outrigger::Contact> &contacts)
    {
        const auto done = outrigger::test::await(cache->putContacts(storedata::home, contacts, {}));
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().message));
    }
    void put(const QVector<outrigger::Conversation> &talks)
    {
        const auto done = outrigger::test::await(cache->putConversations(storedata::home, talks, {}));
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().message));
    }
    void put(const QVector<outrigger::Message> &messages)
    {
        const auto done = outrigger::test::await(cache->putMessages(storedata::home, messages, {}));
        QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().message));
    }
    /// `count` contacts "First0 Last0" with a conversation each; the last one is the newest.
    void people(int count)
    {
        QVector<outrigger::Contact> contacts;
        QVector<outrigger::Conversation> talks;
        for (int i = 0; i < count; ++i) {
            const QString id = QStringLiteral("c%1").arg(i);
            contacts << storedata::contact(id, QStringLiteral("First%1").arg(i), QStringLiteral("Last%1").arg(i));
            talks << storedata::talk(QStringLiteral("t%1").arg(i), id, i);
        }
        put(contacts);
        put(talks);
    }
    qint64 talkKey(const QString &id)
    {
        const auto row = outrigger::test::await(cache->conversation(storedata::home, outrigger::ConversationId(id)));
        return row && *row ? (*row)->key : 0;
    }
    outrigger::InboxQuery all() const
    {
        outrigger::InboxQuery query;
        query.location = storedata::home;
        return query;
    }
};
