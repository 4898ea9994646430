// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/glance.h"

#include "store/cache_rows.h"
#include "store/files.h"
#include "store/migrations.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace outrigger::store {

namespace {

constexpr int rowsOfAScreen = 24;

std::optional<Glance> look(const QString &cacheFile, const InboxQuery &query, const std::shared_future<void> &after)
{
    if (after.valid())
        after.wait();
    DatabaseOptions options;
    options.file = cacheFile;
    options.schema = u"cache"_s;
    options.access = Access::ReadOnly;
    if (files::headerVersion(cacheFile) != migrations::newest(options.schema))
        return {}; // nothing there, or another version's
    Glance glance;
    glance.query = query;
    const Status seen = Database::visit(options, [&glance](Connection &connection) -> Status {
        auto spine = rows::inboxSpine(connection, glance.query);
        if (!spine)
            return fail(spine.error());
        glance.spine = std::move(*spine);
        auto rows = rows::conversationRows(connection, glance.spine.keys.mid(0, rowsOfAScreen));
        if (!rows)
            return fail(rows.error());
        glance.rows = std::move(*rows);
        return {};
    });
    return seen ? std::optional(std::move(glance)) : std::nullopt;
}

} // namespace

EarlyGlance::EarlyGlance(const QString &cacheFile, const InboxQuery &query, const std::shared_future<void> &after)
{
    Q_ASSERT(QCoreApplication::instance());
    if (!query.location.isEmpty())
        m_reading = std::async(std::launch::async, look, cacheFile, query, after);
}

std::optional<Glance> EarlyGlance::take()
{
    if (!m_reading.valid() || m_reading.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return {};
    return m_reading.get();
}

} // namespace outrigger::store
