// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/arrivals.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace outrigger::models {

namespace {

constexpr auto newsFor = 10min;
constexpr qsizetype mostAtOnce = 200; ///< more than people write in a moment: a sync

bool isNews(const MessageRow &row, const QDateTime &now)
{
    const Message &message = row.message;
    return message.direction == Direction::Inbound && message.channel != Channel::Activity && message.channel != Channel::InternalComment
        && message.dateAdded.isValid() && message.dateAdded > now.addDuration(-newsFor);
}

} // namespace

Arrivals::Arrivals(store::Cache *cache, QObject *parent) : QObject(parent), m_cache(cache)
{
    connect(&cache->notices(), &store::Notices::changed, this, [this](const store::ChangeSet &change) {
        if (change.table != store::Table::Messages || change.everything || m_location.isEmpty() || !(change.location == m_location))
            return;
        if (!change.inserted.isEmpty() && change.inserted.size() <= mostAtOnce)
            m_looking.start(look(this, change.inserted, change.parents));
    });
}

Task<void> Arrivals::look(Arrivals *self, QVector<qint64> messages, QVector<qint64> conversations)
{
    auto reading = self->m_cache->messageRows(messages);
    const auto rows = co_await reading;
    if (!rows)
        co_return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QHash<ConversationId, QVector<MessageRow>> news;
    for (const MessageRow &row : *rows) {
        if (isNews(row, now))
            news[row.message.conversationId].append(row);
    }
    if (news.isEmpty())
        co_return;
    auto asking = self->m_cache->conversationRows(conversations);
    const auto talks = co_await asking;
    if (!talks)
        co_return;
    for (const ConversationRow &talk : *talks) {
        auto found = news.take(talk.id);
        if (found.isEmpty())
            continue;
        std::sort(found.begin(), found.end(),
                  [](const MessageRow &a, const MessageRow &b) { return a.message.dateAdded < b.message.dateAdded; });
        Q_EMIT self->arrived({talk, found});
    }
}

} // namespace outrigger::models
