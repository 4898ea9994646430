// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets.h"

#include "core/ulid.h"
#include "store/ledger.h"
#include "sync/engine.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace outrigger::models {

namespace {
const QString &place()
{
    static const QString name = u"snippets"_s;
    return name;
}
} // namespace

Snippets::Snippets(sync::Engine *engine, QObject *parent) : QObject(parent), m_engine(engine)
{
}

void Snippets::load()
{
    if (!m_loaded && m_reading.done())
        m_reading = readOnce(this);
}

Task<void> Snippets::readOnce(Snippets *self)
{
    auto reading = read(self);
    const Status done = co_await reading;
    if (done)
        Q_EMIT self->changed();
}

Task<Status> Snippets::read(Snippets *self)
{
    if (self->m_loaded)
        co_return Status{};
    auto asking = self->m_engine->ledger().setting(place());
    const auto kept = co_await asking;
    if (!kept)
        co_return fail(kept.error());
    if (!self->m_loaded) { // a second reader may have been quicker
        self->m_own = snippetsFromJson(kept->toUtf8());
        self->m_loaded = true;
    }
    co_return Status{};
}

void Snippets::setTemplates(const QVector<Snippet> &templates)
{
    if (m_templates == templates)
        return;
    m_templates = templates;
    Q_EMIT changed();
}

/// What is in memory changes with what is on the disk, so two changes at once both count.
Task<Status> Snippets::write(QVector<Snippet> own)
{
    const auto before = std::exchange(m_own, std::move(own));
    auto writing = m_engine->ledger().putSetting(place(), QString::fromUtf8(snippetsToJson(m_own)));
    const Status written = co_await writing;
    if (!written)
        m_own = before;
    else
        Q_EMIT changed();
    co_return written;
}

Task<Result<QString>> Snippets::keep(Snippet snippet)
{
    auto reading = read(this);
    const Status there = co_await reading;
    if (!there)
        co_return fail(there.error());
    snippet.own = true;
    snippet.pictures.clear();
    auto own = m_own;
    const auto old = std::find_if(own.begin(), own.end(), [&snippet](const Snippet &one) { return one.id == snippet.id; });
    if (snippet.id.isEmpty())
        snippet.id = newUlid();
    if (old != own.end())
        *old = snippet;
    else
        own.append(snippet);
    auto writing = write(std::move(own));
    const Status written = co_await writing;
    if (!written)
        co_return fail(written.error());
    co_return snippet.id;
}

Task<Status> Snippets::remove(QString id)
{
    auto reading = read(this);
    const Status there = co_await reading;
    if (!there)
        co_return there;
    auto own = m_own;
    own.removeIf([&id](const Snippet &one) { return one.id == id; });
    auto writing = write(std::move(own));
    co_return co_await writing;
}

} // namespace outrigger::models
