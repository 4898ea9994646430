// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "practice/server.h"
#include "support/waitfor.h"
#include "sync/engine.h"

#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>

namespace outrigger::test {

/// A practice account and a whole engine with a profile of its own: what the tests stand on that go from the outbox to
/// the server's books and back. Nothing is pulled by itself.
class EngineRun
{
protected:
    /// A new account of this size and a new profile; nothing is read yet.
    bool serve(decltype(practice::Options::size) size, const std::function<void(practice::Options &)> &change = {})
    {
        m_engine.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        practice::Options options;
        options.size = size;
        options.rate = practice::Rate::Off;
        options.quiet = true;
        if (change)
            change(options);
        m_server = std::make_unique<practice::Server>(options);
        return m_server->start().has_value();
    }
    /// As a start of the program: again on the same profile, after whatever end.
    bool open(const std::function<void(sync::EngineOptions &)> &change = {})
    {
        m_engine.reset();
        auto profile = Profile::open(m_folder->path());
        if (!profile || !profile->lock())
            return false;
        sync::EngineOptions options;
        options.pull = false;
        options.server = QUrl(m_server->url());
        options.sessionToken = m_server->token();
        options.sessionLocation = location();
        if (change)
            change(options);
        m_engine = std::make_unique<sync::Engine>(*profile, options);
        return await(m_engine->start()).has_value();
    }
    bool sync(const QStringList &feeds = {}) { return await(m_engine->syncNow(feeds, false)).has_value(); }
    void close()
    {
        m_engine.reset();
        m_server.reset();
    }

    LocationId location() const { return LocationId(m_server->locationId()); }
    practice::World &world() { return m_server->world(); }
    const practice::World &world() const { return m_server->world(); }
    OutboxRecord record(const RecordId &id)
    {
        const auto found = await(m_engine->outbox().record(id));
        return found && *found ? **found : OutboxRecord();
    }
    QString state(const RecordId &id) { return outboxStateWord(record(id).state); }
    /// The server's requests of this verb whose path is one of these.
    int requests(const QByteArray &verb, const std::function<bool(const QString &)> &path) const
    {
        const auto &entries = m_server->ledger().entries();
        return int(std::count_if(entries.begin(), entries.end(), [&](const auto &entry) { return entry.method == verb && path(entry.path); }));
    }
    void fault(const QJsonObject &what)
    {
        QString why;
        QVERIFY2(m_server->faults().add(what, &why), qPrintable(why));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::Server> m_server;
    std::unique_ptr<sync::Engine> m_engine;
};

/// Waits short enough for a test of what is unclear, in the proportions of the product.
inline void hurry(sync::EngineOptions &options)
{
    using namespace std::chrono_literals;
    options.outbox.undo = 0ms;
    options.outbox.looks = {50ms, 100ms, 200ms};
    options.outbox.absentAfter = 400ms;
    options.outbox.betweenLooks = 100ms;
    options.outbox.backoffBase = 50ms;
}

} // namespace outrigger::test
