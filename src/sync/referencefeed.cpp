// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/referencefeed.h"

#include "sync/source_leads.h"

using namespace Qt::StringLiterals;

namespace outrigger::sync {

using api::Priority;

namespace {
constexpr int mostPages = 20; // of 100 templates
}

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
    case Part::Templates:
        return u"templates"_s;
    case Part::CustomValues:
        return u"customValues"_s;
    case Part::Pipelines:
        return u"pipelines"_s;
    case Part::LostReasons:
        return u"lostReasons"_s;
    case Part::Workflows:
        return u"workflows"_s;
    case Part::Campaigns:
        return u"campaigns"_s;
    case Part::Businesses:
        return u"businesses"_s;
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
    case Part::Pipelines: {
        auto call = patiently<QVector<Pipeline>>([source] { return source->pipelines(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.pipelines = std::move(*answer);
        break;
    }
    case Part::LostReasons: {
        auto call = patiently<QVector<LostReason>>([source] { return source->lostReasons(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.lostReasons = std::move(*answer);
        break;
    }
    case Part::Workflows: {
        auto call = patiently<QVector<NamedItem>>([source] { return readWorkflows(source, Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.workflows = std::move(*answer);
        break;
    }
    case Part::Campaigns: {
        auto call = patiently<QVector<NamedItem>>([source] { return readCampaigns(source, Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.campaigns = std::move(*answer);
        break;
    }
    case Part::Businesses: {
        auto call = patiently<QVector<NamedItem>>([source] { return readBusinesses(source, Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.businesses = std::move(*answer);
        break;
    }
    case Part::Templates: {
        auto pages = readTemplates();
        co_return co_await pages;
    }
    case Part::CustomValues: {
        auto call = patiently<QVector<LocationWord>>([source] { return source->customValues(Priority::Background); });
        auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.words = std::move(*answer);
        break;
    }
    }
    co_return data;
}

Task<Result<store::ReferenceData>> ReferenceFeed::readTemplates()
{
    store::ReferenceData data;
    data.templates.emplace();
    Source *source = m_context.source;
    int read = 0;
    for (int page = 0; page < mostPages; ++page) {
        auto call = patiently<Source::TemplateList>([source, read] { return source->templates(read, Priority::Background); });
        const auto answer = co_await call;
        if (!answer)
            co_return fail(answer.error());
        data.templates->append(answer->snippets);
        read += answer->received;
        if (answer->received == 0 || answer->total < 0 || read >= answer->total)
            break;
    }
    co_return data;
}

bool ReferenceFeed::mayBeMissing(const Error &error) const
{
    const bool extra = m_part == Part::Templates || m_part == Part::CustomValues || m_part == Part::LostReasons
        || m_part == Part::Workflows || m_part == Part::Campaigns || m_part == Part::Businesses;
    return extra && (error.kind == ErrorKind::ScopeMissing || error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound);
}

Task<Status> ReferenceFeed::work(bool full)
{
    Q_UNUSED(full)
    auto ask = read();
    auto data = co_await ask;
    if (!data && mayBeMissing(data.error()))
        co_return Status{};
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
