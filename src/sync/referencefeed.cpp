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

/// Reads one part and nothing else.
template <class T, class Member>
Task<Result<store::ReferenceData>> ReferenceFeed::only(Member store::ReferenceData::*member, std::function<Task<Result<T>>()> read)
{
    auto call = patiently<T>(std::move(read));
    auto answer = co_await call;
    if (!answer)
        co_return fail(answer.error());
    store::ReferenceData data;
    data.*member = std::move(*answer);
    co_return data;
}

Task<Result<store::ReferenceData>> ReferenceFeed::read()
{
    Source *source = m_context.source;
    switch (m_part) {
    case Part::Location:
        return only<Location>(&store::ReferenceData::location, [source] { return source->location(Priority::Background); });
    case Part::Users:
        return only<QVector<User>>(&store::ReferenceData::users, [source] { return source->users(Priority::Background); });
    case Part::Numbers:
        return only<QVector<PhoneNumber>>(&store::ReferenceData::numbers, [source] { return source->numbers(Priority::Background); });
    case Part::CustomFields:
        return only<QVector<CustomField>>(&store::ReferenceData::customFields, [source] { return source->customFields(Priority::Background); });
    case Part::Tags:
        return only<QVector<LocationTagItem>>(&store::ReferenceData::tags, [source] { return source->tags(Priority::Background); });
    case Part::Pipelines:
        return only<QVector<Pipeline>>(&store::ReferenceData::pipelines, [source] { return source->pipelines(Priority::Background); });
    case Part::LostReasons:
        return only<QVector<LostReason>>(&store::ReferenceData::lostReasons, [source] { return source->lostReasons(Priority::Background); });
    case Part::Workflows:
        return only<QVector<NamedItem>>(&store::ReferenceData::workflows, [source] { return readWorkflows(source, Priority::Background); });
    case Part::Campaigns:
        return only<QVector<NamedItem>>(&store::ReferenceData::campaigns, [source] { return readCampaigns(source, Priority::Background); });
    case Part::Businesses:
        return only<QVector<NamedItem>>(&store::ReferenceData::businesses, [source] { return readBusinesses(source, Priority::Background); });
    case Part::Templates:
        return readTemplates();
    case Part::CustomValues:
        return only<QVector<LocationWord>>(&store::ReferenceData::words, [source] { return source->customValues(Priority::Background); });
    }
    return {};
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
