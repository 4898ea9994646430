// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/referencefeed.h"

using namespace Qt::StringLiterals;

namespace outrigger::sync {

using api::Priority;

QString ReferenceFeed::areaOf(Part part)
{
    switch (part) {
    case Part::Location:
        return u"location"_s;
    case Part::Users:
        return u"users"_s;
    case Part::Numbers:
        return u"numbers"_s;
    case Part::CustomFields:
        return u"customFields"_s;
    case Part::Tags:
        return u"tags"_s;
    }
    return {};
}

ReferenceFeed::ReferenceFeed(FeedContext context, Part part, QObject *parent)
    : Feed(std::move(context), areaOf(part), parent), m_part(part)
{
}

Task<Result<store::ReferenceData>> ReferenceFeed::read()
{
    store::ReferenceData data;
    Source *source = m_context.source;
    switch (m_part) {
    case Part::Location: {
        auto call = patiently<Location>([source] { return source->location(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.location = std::move(*answer);
        break;
    }
    case Part::Users: {
        auto call = patiently<QVector<User>>([source] { return source->users(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.users = std::move(*answer);
        break;
    }
    case Part::Numbers: {
        auto call = patiently<QVector<PhoneNumber>>([source] { return source->numbers(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.numbers = std::move(*answer);
        break;
    }
    case Part::CustomFields: {
        auto call = patiently<QVector<CustomField>>([source] { return source->customFields(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.customFields = std::move(*answer);
        break;
    }
    case Part::Tags: {
        auto call = patiently<QVector<LocationTagItem>>([source] { return source->tags(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.tags = std::move(*answer);
        break;
    }
    }
    co_return data;
}

Task<Status> ReferenceFeed::work(bool full)
{
    Q_UNUSED(full)
    auto ask = read();
    auto data = co_await ask;
    if (!data)
        co_return fail(data.error());
    auto write = m_context.cache->putReference(m_context.location, *data);
    const Status written = co_await write;
    if (!written)
        co_return written;
    store::Cursor cursor;
    cursor.feed = area();
    cursor.complete = true;
    cursor.lastSuccess = m_context.clock->now();
    auto mark = m_context.cache->putCursor(m_context.location, cursor);
    const Status marked = co_await mark;
    setFirstSyncDone(true);
    if (data->location)
        Q_EMIT locationRead(*data->location);
    co_return marked;
}

} // namespace outrigger::sync
