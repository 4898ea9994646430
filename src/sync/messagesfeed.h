// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/feed.h"

namespace outrigger::sync {

/// Messages through the location-wide export: the last 90 days first (e-mail in a second pass, the export leaves it
/// out otherwise), then what changed since the watermark; older ones, back to two years, when there is time.
class MessagesFeed final : public Feed
{
    Q_OBJECT
public:
    /// older: the feed for what lies before the 90 days.
    MessagesFeed(FeedContext context, bool older, QObject *parent = nullptr);
    Task<void> restore() override;
    /// The next pull asks for changed e-mails as well; without it they are asked for now and then.
    void expectEmail() { m_emailDue = true; }

protected:
    Task<Status> work(bool full) override;

private:
    struct Pass {
        QString feed;
        QString channel;
    };
    Task<Result<FeedPage>> fetch(ExportQuery query);
    Task<Result<store::Cursor>> load(QString feed);
    Task<Status> keep(QVector<Message> messages, std::optional<store::Cursor> cursor);
    Task<Status> sweep(Pass pass, bool full);
    Task<Status> changes(Pass pass);
    Task<Status> rememberStart(Pass pass);

    bool m_older;
    bool m_emailRestored = false;
    qint64 m_counted = 0; ///< rows of the passes that this pull has finished
    bool m_emailDue = true;
    std::chrono::milliseconds m_emailAt{-1};
};

} // namespace outrigger::sync
