// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/cache.h"

#include <future>

namespace outrigger::store {

/// What the inbox shows first: its order and the rows that the eye falls on. Not the counts: those cost more than both.
struct Glance {
    InboxQuery query;
    Spine spine;
    QVector<ConversationRow> rows;
};

/// Reads the first screen of the inbox on a thread of its own while the main thread makes the window, so that the
/// first paint has rows. Read-only; a cache that is missing, damaged or of another version gives nothing, and then the
/// rows come once the cache has been opened in earnest.
class EarlyGlance
{
public:
    /// Begins at once, or when `after` is ready if that is valid. Nothing is read when the query names no location.
    /// Not before there is a QCoreApplication: its constructor makes the paths of Qt's plugins anew, and the thread here
    /// looks for the database driver in them. One start in five hundred crashed.
    EarlyGlance(const QString &cacheFile, const InboxQuery &query, const std::shared_future<void> &after = {});
    /// Waits for the reading, which takes milliseconds.
    ~EarlyGlance() = default;
    /// What was read, when that is done and worked out. Never waits; gives it once.
    std::optional<Glance> take();

private:
    std::future<std::optional<Glance>> m_reading;
};

} // namespace outrigger::store
